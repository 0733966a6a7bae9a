"""Promise 1 under kill -9: the services that save, and the window that is typed into, are killed at
any moment; what was said to be saved is there, whole, and so are the states and the backups.

Each is forked from a process that has everything imported and nothing open.
"""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.letter.model import Case, Paragraph
from desktop.services.cases import save_case
from desktop.services.library import library
from desktop.settings import Settings
from desktop.views import backing_up, open_case
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from tests.faults.author import (
    CASE,
    Acknowledged,
    Author,
    HalfError,
    judge,
    with_twin,
    without_transactions,
)
from tests.faults.figures import Fault, Figures


def service_kills(folder: Path, tried: int, seed: int, *, mutant: bool = False) -> Figures:
    """Kill the services while they save, keep states, back up and fold the log, `tried` times.

    The `mutant` has no transactions.
    """
    found, said, chance = Figures(tried=tried), Acknowledged(), Random(seed)
    for _ in range(tried):
        for kind, number in _said_until_killed(partial(_write_on, folder, mutant), chance):
            said.told(kind, number)
        judge(folder, said, found)
    found.note = f"{said.saved} saves"
    return found


def window_kills(folder: Path, tried: int, seed: int, *, mutant: bool = False) -> Figures:
    """Kill the window while a handler types, `tried` times; “已保存” was read off its foot.

    The `mutant` says so before the commit.
    """
    found, said, chance = Figures(tried=tried), Acknowledged(), Random(seed)
    with library(folder):
        save_case(None, _typed(0))
    for _ in range(tried):
        for kind, number in _said_until_killed(partial(_type_on, folder, mutant), chance):
            said.told(kind, number)
        judge(folder, said, found, _sentences)
    found.note = f"{said.saved} sentences"
    return found


def _said_until_killed(
    work: Callable[[Connection], None], chance: Random
) -> Iterator[tuple[str, int]]:
    """What `work`, in a process of its own, says before it is killed."""
    processes = multiprocessing.get_context("forkserver")  # not on Windows
    processes.set_forkserver_preload([__name__])
    hears, tells = processes.Pipe(duplex=False)
    process = processes.Process(target=work, args=(tells,))
    process.start()
    tells.close()
    try:
        for _ in range(chance.randrange(8)):
            yield hears.recv()
        time.sleep(chance.uniform(0, 0.01))  # the moment is the fault
        process.kill()
        with suppress(EOFError, OSError):  # the last word may be cut off
            while True:
                yield hears.recv()
    finally:
        process.kill()
        process.join()
        hears.close()


def _write_on(folder: Path, mutant: bool, tells: Connection) -> None:
    with without_transactions() if mutant else nullcontext(), library(folder):
        author = Author(folder, lambda *said: tells.send(said))
        while True:
            for deed in author.round():
                deed()


def _typed(number: int) -> Case:
    """The case when so many sentences are typed."""
    words = "".join(f"这是第{n + 1}句。" for n in range(number))
    first, *others = CASE.replies
    written = replace(first, paragraphs=(Paragraph(first.key, f"现答复如下：{words}"),))
    return replace(CASE, replies=(written, *others))


def _sentences(case: Case) -> int:
    """How many are in the case; `HalfError` where it holds anything else."""
    number = case.replies[0].paragraphs[0].text.count("。")
    if case != _typed(number):
        raise HalfError
    return number


class _Typist(QObject):
    """Types one sentence after the other into a window, now and then with a pause to save in."""

    def __init__(self, window: MainWindow, tells: Connection) -> None:
        super().__init__(window)
        self._window, self._tells, self._chance = window, tells, Random()
        self._editor = window.page.replies.cards[0].editor
        self._editor.moveCursor(QTextCursor.MoveOperation.End)
        self._number = _sentences(window.session.case)
        window.session.saved.connect(self._saved)
        self._type()

    def _type(self) -> None:
        self._number += 1
        event = QInputMethodEvent("", [])
        event.setCommitString(f"这是第{self._number}句。")
        QApplication.sendEvent(self._editor, event)
        QTimer.singleShot(self._chance.choice((1, 1, 1, 2 * open_case.SAVE_AFTER_MS)), self._type)

    def _saved(self, case: Case, _at: datetime) -> None:
        if self._window.status.saved.text().startswith("已保存"):
            self._tells.send(("saved", _sentences(case)))


def _type_on(folder: Path, mutant: bool, tells: Connection) -> None:
    """The window as it starts, but quick: it saves, keeps states and backs up at every pause."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"
    open_case.SAVE_AFTER_MS, open_case.EVERY_S, backing_up.BEGIN_MS = 10, 0, 10
    if mutant:
        open_case.save_case = lambda *cases: QTimer.singleShot(100, partial(save_case, *cases))
    app = QApplication([])
    with library(folder):
        theme.dress("light", 100)
        window = MainWindow(folder, Settings(folder))
        window.show()
        window.show_case(CASE.key)
        window.page.show_page("replies")
        _Typist(window, tells)
        app.exec()


FAULTS = (
    Fault("kill -9 while saving", with_twin(service_kills, 480, 40, "no transactions")),
    Fault("kill -9 of the window typed into", with_twin(window_kills, 40, 5, "said too early")),
)
