"""Reports (报告) of our own mistakes: where in the program, never what a letter says.

They lie in the data folder, the last ten of them, or else among the temporary files. `Watch` knows
of the run before this one whether it came to its end, and what the interpreter wrote as it fell.
"""

import contextlib
import faulthandler
import os
import platform
import re
import tempfile
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from desktop import __version__

FOLDER, KEPT = "报告", 10
RUN = "fuhan.run"
MOST = 64 * 1024  # bytes of what the interpreter wrote
_NAME = re.compile(r"fuhan-\d{8}-\d{6}-\d{6}\.txt")
_NO_FILE = "（报告没有写成文件，磁盘可能已满）"
_places: list[Path] = []


@dataclass(frozen=True, slots=True)
class Report:
    """A report and where it lies; as text, the place to be told."""

    text: str
    path: Path | None

    def __str__(self) -> str:
        return str(self.path) if self.path else _NO_FILE


def keep_reports_in(folder: Path) -> None:
    """From now on reports lie in the data folder `folder`."""
    _places[:] = [folder / FOLDER]


def write_report(error: BaseException) -> Report:
    """Write type and places of `error` (no message: it may quote a letter); never raises."""
    lines: list[str] = []
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        seen.append(cause)
        number = f" {cause.errno}" if isinstance(cause, OSError) else ""
        lines += [f"{type(cause).__name__}{number}\n", *traceback.format_tb(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return _written("程序内部出错", "".join(lines))


def _written(what: str, trace: str) -> Report:
    now, home = datetime.now(), os.path.expanduser("~") + os.sep
    text = (
        f"复函 {__version__}　{now:%Y-%m-%d %H:%M:%S}\n"
        f"{what}。这里只有出错的位置，没有函件的内容。\n"
        f"{platform.system()} {platform.release()} {platform.machine()}，"
        f"Python {platform.python_version()}\n\n"
        f"{trace.replace(home, '~/')}"  # a home bears its user's name
    )
    for folder in (*_places, None):
        with contextlib.suppress(OSError):
            return Report(text, _write(folder or Path(tempfile.gettempdir()), now, text))
    return Report(text, None)


def _write(folder: Path, now: datetime, text: str) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"fuhan-{now:%Y%m%d-%H%M%S-%f}.txt"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:  # half a report is none
        path.unlink()
        raise
    old = sorted(found for found in folder.iterdir() if _NAME.fullmatch(found.name))[:-KEPT]
    for found in old:
        with contextlib.suppress(OSError):
            found.unlink()
    return path


class Watch:
    """Watches this run of the window: a file that is there until the run comes to its end.

    `unclean`: the run before did not come to its end. `report`: what fell then, where the
    interpreter could still write it (segmentation faults, aborts).
    """

    def __init__(self, folder: Path) -> None:
        """Watch a run on the library in `folder`, which nobody else has open."""
        self._path = folder / RUN
        self._file: TextIO | None = None
        trace = ""
        self.unclean = self._path.exists()
        with contextlib.suppress(OSError), self._path.open("rb") as file:
            trace = file.read(MOST).decode("utf-8", "replace").strip("\0 \n")
        self.report = _written("程序上次运行时中断", f"{trace}\n") if trace else None
        self.begin()

    def begin(self) -> None:
        """Watch, or watch on; a disk that refuses is not watched."""
        if self._file:
            return
        with contextlib.suppress(OSError):
            self._file = self._path.open("w")
            faulthandler.enable(self._file)

    def end(self) -> None:
        """All is well from here on."""
        if self._file:
            faulthandler.disable()
            self._file.close()
            self._file = None
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
