"""The one door to the background: plain values go in, plain values come out on the GUI's thread.

`work` runs in another thread and touches no widget and no record of the store. A receiver
(`done`, `failed`) that is a method of a Qt object is held weakly, and not called once that object
is gone; so nothing under way keeps a closed dialog alive.
"""

import gc
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, QThreadPool, Signal

from desktop.crash import write_report
from desktop.errors import FuhanError

T = TypeVar("T")


class Task:
    """A piece of work under way. `cancel` drops its outcome; it cannot stop the work itself."""

    def __init__(self, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        self.cancelled = False
        self._done, self._failed = _receiver(done), _receiver(failed)

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        self.cancelled = True

    def deliver(self, value: Any, error: Exception | None) -> None:
        """Hand the outcome to its receiver, if it is still wanted."""
        receiver = self._done() if error is None else self._failed()
        if receiver is not None and not self.cancelled:
            receiver(value if error is None else error)


def run(
    work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
) -> Task:
    """Do `work` in the background, then call `done` with its value or `failed` with the error.

    Called on the GUI's thread, as are both receivers. The error is a `FuhanError`: the world's as
    it was raised, or one that names the report of our own mistake.
    """
    task, door = Task(done, failed), _door()

    def perform() -> None:
        value, error = _outcome(work)
        door.ended.emit(task, value, error)

    door.begin()
    door.pool.start(perform)
    return task


def wait_for_all(seconds: float) -> bool:
    """Wait until nothing is under way and the outcomes are delivered; False if it takes longer."""
    door = _door()
    finished = door.pool.waitForDone(round(seconds * 1000))
    QCoreApplication.sendPostedEvents(door, QEvent.Type.MetaCall.value)
    return finished


def _outcome(work: Callable[[], T]) -> tuple[T | None, Exception | None]:
    try:
        return work(), None
    except FuhanError as error:
        return None, error
    except Exception as error:  # a mistake of ours
        sentence = "程序内部出错，没有做完这件事；做完的已经保存，请把这份报告交给维护人员："
        return None, FuhanError(f"{sentence}{write_report(error)}")


def _receiver(call: Callable[[Any], None]) -> Callable[[], Callable[[Any], None] | None]:
    """A function that gives `call` back as long as whoever it belongs to lives."""
    owner = getattr(call, "__self__", None)
    if not isinstance(owner, QObject):
        return lambda: call
    weak = WeakMethod(call)

    def living() -> Callable[[Any], None] | None:
        method = weak()
        if method is None or not shiboken6.isValid(getattr(method, "__self__", None)):
            return None
        return method

    return living


class _Door(QObject):
    """Stands in the GUI's thread; what the other threads send is delivered there."""

    ended = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.pool = QThreadPool()
        self.pool.setThreadPriority(QThread.Priority.LowPriority)
        self.ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._under_way = 0

    def begin(self) -> None:
        """Work goes to another thread. Python's collector rests meanwhile: run there, it could
        destroy Qt's objects in a thread that is not theirs."""
        self._under_way += 1
        gc.disable()

    def _deliver(self, task: Task, value: Any, error: Exception | None) -> None:
        self._under_way -= 1
        if not self._under_way:
            gc.enable()
        task.deliver(value, error)


@cache
def _door() -> _Door:
    return _Door()
