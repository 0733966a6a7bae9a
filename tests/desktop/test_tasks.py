"""The door to the background: values arrive on the GUI's thread, at whoever still lives."""

import gc
import threading
import weakref
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop import tasks
from desktop.errors import FuhanError, InputError

pytestmark = pytest.mark.usefixtures("qapp")


class Receiver(QDialog):
    """A dialog that waits for something."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[Exception] = []
        self.threads: list[QThread] = []

    def done(self, value: object) -> None:
        """Take the value."""
        self.values.append(value)
        self.threads.append(QThread.currentThread())

    def failed(self, error: Exception) -> None:
        """Take the error."""
        self.errors.append(error)


@pytest.fixture
def receiver(qtbot: QtBot) -> Receiver:
    receiver = Receiver()
    qtbot.addWidget(receiver)
    return receiver


def fail(error: Exception) -> object:
    raise error


def test_a_value_arrives_on_the_gui_thread(receiver: Receiver, qtbot: QtBot) -> None:
    elsewhere: list[int] = []

    def work() -> int:
        elsewhere.append(threading.get_ident())
        return 42

    tasks.run(work, receiver.done, receiver.failed)
    assert receiver.values == []  # never before `run` has returned
    qtbot.waitUntil(lambda: receiver.values == [42], timeout=2000)
    assert receiver.threads == [receiver.thread()]
    assert elsewhere != [threading.get_ident()]


def test_the_world_s_failure_arrives_as_it_is(receiver: Receiver) -> None:
    error = InputError("打不开。")
    tasks.run(lambda: fail(error), receiver.done, receiver.failed)
    assert tasks.wait_for_all(2)
    assert receiver.errors == [error]


def test_our_mistake_leaves_a_report(receiver: Receiver) -> None:
    words = "某某某"
    tasks.run(lambda: fail(ZeroDivisionError(words * 2)), receiver.done, receiver.failed)
    assert tasks.wait_for_all(2)
    (error,) = receiver.errors
    assert isinstance(error, FuhanError)
    report = Path(str(error).partition("：")[2])
    text = report.read_text(encoding="utf-8")
    report.unlink()
    assert "ZeroDivisionError" in text
    assert words * 2 not in text + str(error)


@pytest.mark.parametrize("death", ["python", "qt"])
def test_a_receiver_that_died_is_not_called(death: str) -> None:
    go = threading.Event()
    receiver: Receiver | None = Receiver()
    assert receiver is not None
    values, gone = receiver.values, weakref.ref(receiver)
    tasks.run(lambda: go.wait(2), receiver.done, receiver.failed)
    if death == "qt":
        shiboken6.delete(receiver)
    else:
        del receiver
        gc.collect()
        assert gone() is None  # what is under way does not keep it alive
    go.set()
    assert tasks.wait_for_all(2)
    assert values == []


def test_a_plain_function_is_called_and_let_go() -> None:
    class Big:
        """Something a closure holds."""

    big, values = Big(), []
    gone = weakref.ref(big)

    def done(value: int, big: Big = big) -> None:
        values.append((value, big is not None))

    tasks.run(lambda: 1, done, values.append)
    assert tasks.wait_for_all(2)
    del big, done
    gc.collect()
    assert values == [(1, True)]
    assert gone() is None


def test_a_cancelled_task_says_nothing(receiver: Receiver) -> None:
    go = threading.Event()
    task = tasks.run(lambda: go.wait(2), receiver.done, receiver.failed)
    task.cancel()
    go.set()
    assert tasks.wait_for_all(2)
    assert (receiver.values, receiver.errors) == ([], [])


def test_waiting_has_an_end() -> None:
    go = threading.Event()
    tasks.run(lambda: go.wait(2), lambda _: None, lambda _: None)
    assert not tasks.wait_for_all(0.05)
    go.set()
    assert tasks.wait_for_all(2)


def test_many_at_once_all_arrive(qtbot: QtBot) -> None:
    values: list[int] = []
    for number in range(200):
        tasks.run(lambda number=number: number, values.append, values.append)
    qtbot.waitUntil(lambda: len(values) == 200, timeout=5000)
    assert sorted(values) == list(range(200))


def test_the_collector_rests_while_another_thread_works(qtbot: QtBot) -> None:
    """Run there, it could destroy Qt's objects in a thread that is not theirs."""
    seen: list[bool] = []
    ended: list[object] = []
    for _ in range(3):
        tasks.run(lambda: seen.append(gc.isenabled()), ended.append, ended.append)
    qtbot.waitUntil(lambda: len(ended) == 3)
    assert seen == [False] * 3
    assert gc.isenabled()
