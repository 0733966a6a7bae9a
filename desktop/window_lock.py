"""One window writes a library (文库) at a time: its lock file, and the call to come forward.

SQLite's own lock keeps every other program out (`db.connection`). This one says which window has
the library, so that a second start brings that window forward instead of being refused. Qt's lock
file is held by a lock of the system too: a file that a dead window left is known by that, whatever
it says. The call is a file the second start makes and the window removes: no watcher of the system
that may run out, nothing that a save wakes, and it works on a network drive.
"""

import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QSysInfo, QTimer, Signal

LOCK, CALL = "fuhan.lock", "fuhan.show"
LOOK_MS = 400  # how often a window looks for a call: one failing unlink, some microseconds
PATIENCE = 4.0  # seconds for an answer: the first window may be starting on a slow disk


@dataclass(frozen=True, slots=True)
class Holder:
    """The window a lock file names: its process, its computer, since when; `here`: this one."""

    process: int
    computer: str
    since: datetime
    here: bool


class WindowLock(QObject):
    """The lock of the window on one folder; nobody has it before `take`."""

    called = Signal()  # a second start was made: the window is to come forward

    def __init__(self, folder: Path) -> None:
        """The lock of the library in `folder`, which is made where it is missing."""
        super().__init__()
        with suppress(OSError):  # said where the library is opened
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path, self._call = folder / LOCK, folder / CALL
        self._lock = QLockFile(str(self._path))
        self._lock.setStaleLockTime(0)  # a window may stand open for days
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_MS)
        self._clock.timeout.connect(self._look)

    def take(self, *, anyway: bool = False) -> Holder | None:
        """Take the lock, and keep it until `release`; returns who has it where that is in vain.

        What nobody holds any more, and what names nobody, is taken over; what another computer
        left only `anyway`. Where no lock file can be made SQLite's lock must do: that is no holder.
        """
        holder = None
        for _ in range(2):
            if self._lock.tryLock(0):
                self._clock.start()
                return None
            holder = self._holder()
            if holder and not (holder.here or anyway):
                break
            if not self._lock.removeStaleLockFile():  # somebody alive has it, or it is no file
                break
        return holder

    def release(self) -> None:
        """Give it up."""
        self._clock.stop()
        self._lock.unlock()

    def call(self, holder: Holder) -> bool:
        """Have the window of `holder` come forward; whether it answered. Where it did not, it may
        have ended meanwhile. Raises `OSError` where nobody can write. Blocks up to `PATIENCE`."""
        _let_come_forward(holder.process)
        self._call.touch(mode=0o600)
        end = time.monotonic() + PATIENCE
        while self._path.exists() and time.monotonic() < end:
            if not self._call.exists():
                return True
            time.sleep(0.02)
        with suppress(OSError):
            self._call.unlink()
        return False

    def _look(self) -> None:
        try:
            self._call.unlink()
        except OSError:  # nobody calls
            return
        self.called.emit()

    def _holder(self) -> Holder | None:
        process, computer, _ = self._lock.getLockInfo()
        if not process:
            return None
        here, since = computer == QSysInfo.machineHostName(), datetime.now()
        with suppress(OSError):
            since = datetime.fromtimestamp(self._path.stat().st_mtime)
            known = bytes(QSysInfo.machineUniqueId().data())  # a computer may have been renamed
            here = here or bool(known and known in self._path.read_bytes())
        return Holder(process, computer, since, here)


def _let_come_forward(process: int) -> None:
    """Windows lets only the program that was started last give the foreground to another one."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(process)
