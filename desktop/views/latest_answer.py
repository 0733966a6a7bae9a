"""Questions that follow each other faster than they are answered: only the newest one counts."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop import tasks


class LatestAnswer(QObject):
    """One question at a time goes to the background. Of those that wait only the newest is asked,
    and what is answered after a newer one was asked is dropped."""

    answered = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        """Nothing is asked yet."""
        super().__init__(parent)
        self._under_way: tasks.Task | None = None
        self._waiting: Callable[[], object] | None = None
        self._wanted = False  # whether what is under way is still the newest

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._wanted or self._waiting is not None

    def ask(self, question: Callable[[], object]) -> None:
        """Answer `question` in the background; what was asked before is forgotten."""
        self.forget()
        if self._under_way:
            self._waiting = question
            return
        self._wanted = True
        self._under_way = tasks.run(question, self._done, self._refused)

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._wanted, self._waiting = False, None

    def _done(self, answer: object) -> None:
        if self._ended():
            self.answered.emit(answer)

    def _refused(self, error: Exception) -> None:
        if self._ended():
            self.failed.emit(str(error))

    def _ended(self) -> bool:
        """Whether the answer is still wanted; then what waits is asked."""
        wanted, self._wanted = self._wanted, False
        waiting, self._waiting, self._under_way = self._waiting, None, None
        if waiting:
            self.ask(waiting)
        return wanted
