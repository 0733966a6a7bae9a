"""The bytes of a file somebody else wrote, or why they cannot be had."""

import os
import stat
from pathlib import Path

from desktop.errors import InputError
from desktop.letter.reading import MAX_FILE

_LOCKS = ("~$", ".~")  # Word and WPS, LibreOffice: their names begin so, none of a letter does


def contents(path: Path) -> bytes:
    """What the file at `path` holds, at most 30 MB; `InputError` says why it cannot be read.

    A pipe or a device is not opened: it might never end, or never begin. What Word puts beside a
    file while it is open there is no file anybody means.
    """
    if path.name.startswith(_LOCKS):
        raise InputError(
            "这是 Word 或 WPS 打开文件时留下的临时文件，不是文件本身，没有导入任何内容，"
            "请保存并关闭正在打开的那一份，再选它。"
        )
    try:
        _check(path.stat())
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(MAX_FILE + 1)
            after = os.fstat(file.fileno())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("没有这个文件，没有导入任何内容，请检查文件名。") from error
    except PermissionError as error:
        raise InputError(
            "文件打不开，它可能正在 Word 或 WPS 里打开，或者没有读取权限，没有导入任何内容，"
            "请保存并关闭它，或复制一份再导入。"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name no file can have
        raise InputError(
            "文件读不出来，没有导入任何内容，请检查它所在的磁盘，重新拷贝后再导入。"
        ) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError("文件正在被别的程序改写，没有导入任何内容，请等它写完再导入。")
    if len(data) > MAX_FILE:
        raise _too_large()
    return data


def _check(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise InputError("这是文件夹，没有导入任何内容，请选择其中的文件。")
    if not stat.S_ISREG(status.st_mode):
        raise InputError("这不是文件，是设备或管道，没有导入任何内容，请选择一份文件。")
    if status.st_size > MAX_FILE:
        raise _too_large()


def _too_large() -> InputError:
    return InputError(f"文件超过 {MAX_FILE >> 20} MB，没有导入任何内容，请确认选对了文件。")
