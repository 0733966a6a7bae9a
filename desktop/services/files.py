"""Files that leave: a name every system takes, and a write that never harms what stood there."""

import contextlib
import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import OutputError
from desktop.letter.clean import clean_text

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|(conin|conout)\$|(com|lpt)[\d¹²³]) *(\.|$)", re.I)
_OLD_S = 3600  # a draft of the last hour may be in the making
MAX_CHARACTERS, MAX_BYTES = 60, 240  # bytes: file systems take 255 with the temporary suffix


def file_name(stem: str, suffix: str) -> str:
    """`stem` as a file name with `suffix`, at most 60 characters and good on Windows and Linux."""
    name = _FORBIDDEN.sub("", clean_text(stem)).strip(" .　")[:MAX_CHARACTERS]
    while len((name + suffix).encode()) > MAX_BYTES:
        name = name[:-1]
    name = name.rstrip(" .　")
    return (f"_{name}" if _RESERVED.match(name) else name or "未命名") + suffix


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to stand at `path`, safe on disk beside it until it takes the name."""

    path: Path
    place: Path

    def take_name(self) -> None:
        """Stand at `path` from now on, in place of what stood there."""
        try:
            os.replace(self.place, self.path)
        except OSError as error:
            self.discard()
            raise _refusal(self.path) from error

    def discard(self) -> None:
        """Leave no trace, unless the name is taken already."""
        with contextlib.suppress(OSError):
            self.place.unlink()


def write_draft(path: Path, data: bytes) -> Draft:
    """Write `data` beside `path` and make it safe on disk.

    Raises `OutputError`; the file at `path` is as it was either way.
    """
    place = ""
    clear_drafts(path.parent, ".fuhan-*.tmp")
    try:
        handle, place = tempfile.mkstemp(dir=path.parent, prefix=".fuhan-", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # a stick may know no permissions
            os.chmod(place, 0o644)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(place)
        raise _refusal(path) from error
    return Draft(path, Path(place))


def clear_drafts(folder: Path, names: str) -> None:
    """Remove the drafts of these `names` that a killed program left in `folder`."""
    with contextlib.suppress(OSError):  # the next time, then
        for draft in folder.glob(names):
            if time.time() - draft.stat().st_mtime > _OLD_S:
                draft.unlink()


def _refusal(path: Path) -> OutputError:
    return OutputError(
        f"写不进“{path}”，原来的文件没有动，"
        "请检查它是否正被别的程序打开、磁盘是否已满、有没有写入权限。"
    )
