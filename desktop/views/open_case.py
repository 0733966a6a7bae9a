"""The case on the screen: its facts now, how to go back, and what of it is on disk.

Every deed makes a new frozen `Case`; the history is a list of them, so undo brings back words,
keys and order alike. `changed` tells the pages, each of which shows what differs.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from math import inf
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.crash import write_report
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services.automatic_states import EVERY_S, keep_automatic
from desktop.services.cases import save_case
from desktop.services.secrecy import entering, sentence

SAVE_AFTER_MS = 800  # after the last key (data-safety.md)
SAVE_AT_LATEST_S = 1.0  # while somebody types without a pause: all a kill may take
RETRY_MS = 5000
RUN_S = 1.5  # a longer pause begins a new step of undo
STEPS = 500


@dataclass
class _Step:
    before: Case
    after: Case
    deed: str
    run: str
    at: float


class OpenCase(QObject):
    """One case while it is open. `saved` carries the time of the commit, `failed` a sentence.

    `refused` says why what was typed did not come in.
    """

    changed = Signal(object, object, bool)  # before, after, by undo or redo
    saved = Signal(object)
    failed = Signal(str)
    refused = Signal(str)

    def __init__(self, case: Case, parent: QObject | None = None, *, stored: bool = True) -> None:
        """`stored` is False for a new case: it enters the library with its first fact."""
        super().__init__(parent)
        self.case = case
        self._stored: Case | None = case if stored else None
        self._blank = None if stored else case
        self._steps: list[_Step] = []
        self._undone: list[_Step] = []
        self._marked: list[Case] = []  # refused, but still shown
        self._dirty_since = 0.0
        self._kept_at = -inf  # when a state was last kept by itself
        self.failing = False  # the last commit was refused
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    @property
    def issued(self) -> bool:
        """定稿: it can be read, not changed."""
        return self.case.issue is not None

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not on disk yet."""
        return self.case != self._blank if self._stored is None else self.case is not self._stored

    @property
    def in_library(self) -> bool:
        """Whether the library knows it."""
        return self._stored is not None

    def change(self, after: Case, deed: str, run: str = "") -> None:
        """The user did `deed`; equal `run`s without a pause are one step of undo.

        What brings a secrecy mark (密级标志) in is not done.
        """
        before = self.case
        if after == before or self.issued:
            return
        if mark := entering(before, after):
            if not self._marked:  # a page may be in the middle of its editing
                QTimer.singleShot(0, self, lambda: self._take_back(mark))
            self._marked.append(after)
            return
        now = monotonic()
        last = self._steps[-1] if self._steps else None
        if last and run and last.run == run and now - last.at < RUN_S and not self._undone:
            last.after, last.at = after, now
        else:
            self._steps.append(_Step(before, after, deed, run, now))
            del self._steps[:-STEPS]
        self._undone.clear()
        self._become(after, undo=False)

    def replace(self, case: Case, deed: str = "") -> None:
        """Show `case`, which a service has stored: after issuing, reopening, restoring. With `deed`
        it is one more step of undo, without it the history ends."""
        before, self.case, self._stored = self.case, case, case
        self._blank = None
        self._dirty_since, self.failing = 0.0, False
        if not deed:
            self._steps.clear()
        elif case != before:
            self._steps.append(_Step(before, case, deed, "", monotonic()))
        self._undone.clear()
        self._timer.stop()
        self.changed.emit(before, case, True)

    def undo(self) -> str:
        """Take the last step back; returns its name, empty where there is none."""
        if not self._steps or self.issued:
            return ""
        step = self._steps.pop()
        self._undone.append(step)
        self._become(step.before, undo=True)
        return step.deed

    def redo(self) -> str:
        """Do the step again that was taken back."""
        if not self._undone or self.issued:
            return ""
        step = self._undone.pop()
        step.run = ""
        self._steps.append(step)
        self._become(step.after, undo=True)
        return step.deed

    @property
    def undo_name(self) -> str:
        """What undo would take back."""
        return self._steps[-1].deed if self._steps and not self.issued else ""

    @property
    def redo_name(self) -> str:
        """What redo would do again."""
        return self._undone[-1].deed if self._undone and not self.issued else ""

    def save(self) -> bool:
        """Commit what changed; True when everything shown is on disk."""
        self._timer.stop()
        if not self.unsaved:  # taken back before it was written
            if self._dirty_since and self._stored:
                self._clean()
            return True
        try:
            save_case(self._stored, self.case)
        except Exception as error:  # ours too: the words must not depend on it
            self.failing = True
            self._timer.start(RETRY_MS)
            self.failed.emit(str(error) if isinstance(error, FuhanError) else _ours(error))
            return False
        before, self._stored = self._stored, self.case
        self._clean()
        self._keep(before)
        return True

    def _keep(self, before: Case | None) -> None:
        """At the first change, then every few minutes of change: what was there stays in 版本."""
        now = monotonic()
        if before and now - self._kept_at >= EVERY_S:
            self._kept_at = now
            with suppress(FuhanError):  # the words themselves are safe
                keep_automatic(before, datetime.now())

    def _clean(self) -> None:
        """All of it is on disk."""
        self._dirty_since, self.failing = 0.0, False
        self.saved.emit(datetime.now())

    def _take_back(self, mark: str) -> None:
        """The pages show the case again instead of what was refused."""
        refused, self._marked = self._marked, []
        for case in refused:
            self._tell(case, undo=False)
        self.refused.emit(sentence(mark))

    def _become(self, case: Case, *, undo: bool) -> None:
        before, self.case = self.case, case
        self._tell(before, undo=undo)

    def _tell(self, before: Case, *, undo: bool) -> None:
        now = monotonic()
        self._dirty_since = self._dirty_since or now
        if not (self.failing and self._timer.isActive()):  # else a dead disk is asked at each key
            left = self._dirty_since + SAVE_AT_LATEST_S - now
            self._timer.start(max(0, min(SAVE_AFTER_MS, round(left * 1000))))
        self.changed.emit(before, self.case, undo)


def _ours(error: Exception) -> str:
    """The sentence for a mistake of ours while saving."""
    return (
        "程序内部出错，最后写下的内容还没有存到磁盘，程序会继续重试；请先把它复制出来，"
        f"再把报告交给维护人员：{write_report(error)}"
    )
