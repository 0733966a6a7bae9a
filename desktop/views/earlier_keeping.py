"""往年答复 kept in step with the library while the window stands, without anybody noticing.

The library is read here, a few letters at a time and never while somebody types; the index is
written in the background. Whoever changed the library only says `refresh`.
"""

from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import tasks
from desktop.crash import write_report
from desktop.services.earlier_letters import EarlierLetters, Known
from desktop.services.search_index import News, further, news

CALM_MS = 500  # since the last key: then there is time for a few letters
OURS = "往年答复没有整理成，文库和正在写的都不受影响；请把报告交给维护人员："


class EarlierKeeping(QObject):
    """`advanced` says how many letters are known by now, `fresh` that all are and whether any was
    new, `failed` why it could not be done; it is tried again when it is asked next."""

    advanced = Signal(int)
    fresh = Signal(bool)
    failed = Signal(str)

    def __init__(self, letters: EarlierLetters, parent: QObject) -> None:
        """Nothing is looked at before `refresh`."""
        super().__init__(parent)
        self._letters = letters
        self._known: Known = ("", {})  # when it was last asked
        self._ready: set[str] = set()  # the letters it knows by now
        self._what: News | None = None  # on its way into the index, or there
        self._busy = self._again = self._any_new = self._stopped = False
        self._touched = 0.0
        self._soon, self._step_on = QTimer(self), QTimer(self)
        for timer, slot in ((self._soon, self._begin), (self._step_on, self._step)):
            timer.setSingleShot(True)
            timer.timeout.connect(slot)

    @property
    def busy(self) -> bool:
        """Whether letters are being taken in, or soon will be."""
        return self._busy or self._soon.isActive()

    @property
    def letters(self) -> set[str]:
        """The keys of the letters that are known."""
        return set(self._known[1])

    def touch(self) -> None:
        """Somebody types: everything else waits."""
        self._touched = monotonic()

    def refresh(self, wait_ms: int = 0) -> None:
        """The library may have changed; look after it in `wait_ms`."""
        if self._busy:
            self._again = True
        elif not self._stopped:
            self._soon.start(wait_ms)

    def stop(self) -> None:
        """The window closes."""
        self._stopped = True
        self._soon.stop()
        self._step_on.stop()

    def _begin(self) -> None:
        self._busy, self._again, self._any_new = True, False, False
        self._compare()

    def _compare(self) -> None:
        tasks.run(self._letters.known, self._heard, self._refused)

    def _heard(self, known: Known) -> None:
        self._known, self._ready, self._what = known, set(known[1]), None
        self._step()

    def _step(self) -> None:
        """Read a few letters, and have them taken in."""
        if self._stopped:
            return
        left = CALM_MS - round((monotonic() - self._touched) * 1000)
        if left > 0:
            self._step_on.start(left)
            return
        try:
            what = further(self._what) if self._what else news(self._known)
        except Exception as error:  # ours, or a damaged library: the words do not depend on it
            self.stop()  # one report, not one every half a minute
            self._end(f"{OURS}{write_report(error)}")
            return
        if what.empty:
            self._end()
            return
        self._what = what
        tasks.run(partial(self._letters.take_in, what), self._taken, self._refused)

    def _taken(self, _: object) -> None:
        what = self._what
        assert what
        if what.anew:
            self._ready.clear()
        self._ready.difference_update(what.gone)
        self._ready.update(letter.key for letter, _ in what.came)
        self._any_new = True
        self.advanced.emit(len(self._ready))
        if what.left:
            self._step_on.start(0)
        else:  # what changed meanwhile is found now
            self._compare()

    def _refused(self, error: Exception) -> None:
        if not self._stopped:
            self._end(str(error))

    def _end(self, problem: str = "") -> None:
        self._busy = False
        if problem:
            self.failed.emit(problem)
        else:
            self.fresh.emit(self._any_new)
        if self._again:
            self.refresh()
