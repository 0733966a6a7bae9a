"""Our own mistakes, wherever they are made: one sentence, one report, and the window goes on."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop import crash
from desktop.crash import FOLDER, RUN, Watch, keep_reports_in
from desktop.errors import LibraryError
from desktop.mistakes import AGAIN, FELL, KILLED, SAVED, UNSAVED, Mistakes
from desktop.services.cases import find_case
from desktop.views import open_case
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import NARRATIVE, settle, show, when_asked, write

WORDS = "".join(("周明", "远委员的信"))


@pytest.fixture(autouse=True)
def _reports(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """They lie in the folder of the window; pytest keeps the interpreter's own traces."""
    for owned_by_pytest in ("faulthandler.enable", "faulthandler.disable"):
        monkeypatch.setattr(owned_by_pytest, lambda *_: None)
    monkeypatch.setattr(crash, "_places", [])
    keep_reports_in(window.folder)


@pytest.fixture
def mistakes(window: MainWindow) -> Iterator[Mistakes]:
    """Heard while the narrative sample is open."""
    show(window, NARRATIVE)
    watch = Watch(window.folder)
    heard = Mistakes(window, watch)
    yield heard
    heard.end()
    watch.end()


def fail() -> None:
    """A mistake that quotes a letter."""
    raise ValueError(WORDS)


class Dying:
    """Fails as it dies, where nobody can be told."""

    def __del__(self) -> None:
        fail()


def in_a_slot() -> None:
    QTimer.singleShot(0, fail)


def in_a_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def while_dying() -> None:
    Dying()
    gc.collect()


def reports(window: MainWindow) -> list[str]:
    return [p.read_text(encoding="utf-8") for p in (window.folder / FOLDER).iterdir()]


@pytest.mark.usefixtures("mistakes")
@pytest.mark.parametrize("make", [in_a_slot, in_a_thread, while_dying])
def test_wherever_it_is_made_it_is_one_sentence_and_what_was_written_is_saved(
    window: MainWindow, qtbot: QtBot, make: Callable[[], None]
) -> None:
    window.page.replies.cards[0].editor.setFocus()
    settle()
    write("甲")
    said = when_asked("知道了")
    make()
    qtbot.waitUntil(lambda: bool(said), timeout=3000)
    assert said == [SAVED]
    assert find_case(window.session.case.key) == window.session.case
    (report,) = reports(window)
    assert "ValueError" in report
    assert "in fail" in report
    assert "周明远" not in report


@pytest.mark.usefixtures("mistakes")
def test_the_same_again_is_a_quiet_word(window: MainWindow, qtbot: QtBot) -> None:
    """As where a widget cannot be painted: a dialog a frame would shut the handler out."""
    said = when_asked("知道了")
    in_a_slot()
    qtbot.waitUntil(lambda: bool(said), timeout=3000)
    in_a_slot()
    qtbot.waitUntil(lambda: window.status.word.text() == AGAIN, timeout=3000)
    assert len(said) == len(reports(window)) == 1


@pytest.mark.usefixtures("mistakes")
def test_what_is_not_saved_is_not_said_to_be(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LibraryError("磁盘已满，这一步没有保存，请先腾出空间再试。")

    window.page.replies.cards[0].editor.setFocus()
    settle()
    with monkeypatch.context() as patch:
        patch.setattr(open_case, "save_case", full)
        write("甲")
        said = when_asked("知道了")
        in_a_slot()
        qtbot.waitUntil(lambda: bool(said), timeout=3000)
    assert said == [UNSAVED]


@pytest.mark.usefixtures("mistakes")
def test_the_report_is_copied_and_saved_elsewhere(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    targets = iter(["", str(tmp_path / "nowhere" / "a.txt"), str(tmp_path / "报告.txt")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(targets), ""))
    monkeypatch.setattr(
        "desktop.views.dialogs.report.show_error", lambda _, sentence: refused.append(sentence)
    )

    def act(dialog: QDialog) -> None:
        buttons = {b.text(): b for b in dialog.findChildren(QAbstractButton) if b.isVisible()}
        buttons["复制"].click()
        for _ in range(3):
            buttons["另存…"].click()
        assert buttons["另存…"].text() == "已另存"
        buttons["详细信息"].click()

    said = when_asked(act)
    in_a_slot()
    qtbot.waitUntil(lambda: bool(said), timeout=3000)
    (report,) = reports(window)
    assert (tmp_path / "报告.txt").read_text(encoding="utf-8") == report
    assert QGuiApplication.clipboard().text().startswith(report)
    assert len(refused) == 1
    assert "原来的文件没有动" in refused[0]


def test_when_the_window_goes_others_hear_again(window: MainWindow) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    watch = Watch(window.folder)
    heard = Mistakes(window, watch)
    assert sys.excepthook != before[0]
    heard.end()
    watch.end()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize(("trace", "sentence"), [(b"", KILLED), (b"Fatal Python error: X", FELL)])
def test_the_run_before_is_told_of_where_it_is_seen(
    window: MainWindow, opened: bool, trace: bytes, sentence: str
) -> None:
    if opened:
        show(window, NARRATIVE)
    (window.folder / RUN).write_bytes(trace)
    watch = Watch(window.folder)
    heard = Mistakes(window, watch)
    bar = window.page.banner if opened else window.welcome.banner
    assert bar.isVisible()
    assert bar.sentence == sentence
    deeds = [b for b in bar.findChildren(QAbstractButton) if b.text() == "查看报告"]
    if trace:
        said = when_asked("知道了")
        deeds[0].click()
        assert said == [FELL]
    assert bool(deeds) is bool(trace)
    heard.end()
    watch.end()
