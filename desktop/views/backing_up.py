"""备份 in the window: a verified backup a day and at the end, in steps nobody feels.

The thread of the library copies a little at each turn of the event loop; checking the copy,
thinning and the second place (另存处) are done in the background.
"""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import tasks
from desktop.errors import FuhanError

if TYPE_CHECKING:
    from desktop.services.backups import BackupUnderWay

BEGIN_MS = 3000  # after the start: the handler opens a case first
DAMAGED = (
    "有{}个旧版本的记录已损坏，卷宗现在的内容不受影响；请不要删除备份，"
    "需要那些版本时从备份恢复（fuhan verify 查看）。"
)


class BackingUp(QObject):
    """Backs the open library in `folder` up. `warned` carries what the handler should know."""

    warned = Signal(str)

    def __init__(self, parent: QObject, folder: Path) -> None:
        """Begin soon, and look every day again."""
        super().__init__(parent)
        self._folder = folder
        self._under_way: BackupUnderWay | None = None
        self._day: date | None = None  # of the last backup, or of the last time nothing was due
        self._checked: int | None = 0  # the last state whose digest was checked; None: all
        self._said = ""
        self._held = False
        self._steps = QTimer(self)
        self._steps.timeout.connect(self._step)
        QTimer.singleShot(BEGIN_MS, self, self.rest)

    def hold(self, held: bool) -> None:
        """While a backup is being chosen none is made: it could take the place of that one."""
        self._held = held
        if held and self._under_way:
            tasks.wait_for_all(10)
            self._stop()
            self._day = None

    def rest(self) -> None:
        """The handler pauses: the day's backup, if it is due, and a few old states looked at."""
        from desktop.services import backups, soundness

        if self._held:
            return
        try:
            if self._day != date.today() and not self._under_way:
                self._day = date.today()
                self._under_way = backups.begin_backup(self._day)
                if self._under_way:
                    self._steps.start(0)
                else:
                    self._settle()
            elif self._checked is not None:
                checked = soundness.check_states(self._checked)
                self._checked = checked.after
                if checked.damaged:
                    self._warn(DAMAGED.format(len(checked.damaged)))
        except FuhanError as error:
            self._warn(str(error))

    def at_close(self) -> None:
        """What changed since the last backup, all at once; a refusal was said before, or is next
        time."""
        from desktop.services import backups

        self._stop()
        if self._held:
            return
        try:
            backups.daily_backup(date.today())
        except FuhanError:
            return

    def _step(self) -> None:
        assert self._under_way
        try:
            done = self._under_way.step()
        except FuhanError as error:
            self._stop()
            self._warn(str(error))
            return
        if done:
            self._steps.stop()
            tasks.run(self._under_way.finish, self._finished, self._failed)

    def _finished(self, _path: Path) -> None:
        self._under_way = None
        self._settle()

    def _settle(self) -> None:
        from desktop.services import backups

        tasks.run(partial(backups.settle, self._folder, date.today()), self._warn, self._failed)

    def _failed(self, error: Exception) -> None:
        self._stop()
        self._warn(str(error))

    def _stop(self) -> None:
        self._steps.stop()
        if self._under_way:
            self._under_way.discard()
            self._under_way = None

    def _warn(self, sentence: str) -> None:
        """Once, not at every pause."""
        if sentence and sentence != self._said:
            self._said = sentence
            self.warned.emit(sentence)
