"""Files that leave: a name every system takes, and a write that never harms what stood there."""

import contextlib
import os
import re
import tempfile
from pathlib import Path

from desktop.errors import OutputError

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)
MAX_CHARACTERS, MAX_BYTES = 60, 240  # bytes: file systems take 255 with the temporary suffix


def file_name(stem: str, suffix: str) -> str:
    """`stem` as a file name with `suffix`, at most 60 characters and good on Windows and Linux."""
    name = _FORBIDDEN.sub("", stem).strip(" .")[:MAX_CHARACTERS]
    while len((name + suffix).encode()) > MAX_BYTES:
        name = name[:-1]
    name = name.rstrip(" .")
    return (f"_{name}" if _RESERVED.match(name) else name or "未命名") + suffix


def write_file(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, make it safe on disk, then let it take the name.

    Raises `OutputError`; the file that stood there is then as it was.
    """
    draft = ""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".fuhan-", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise OutputError(
            f"写不进“{path}”，原来的文件没有动，"
            "请检查它是否正被 Word 打开、磁盘是否已满、有没有写入权限。"
        ) from error
