"""Imports and the process that reads: started before it is needed, ended when nobody waits."""

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop import tasks
from desktop.paths import SAMPLES
from desktop.services import foreign, trash
from desktop.services.case_list import list_cases
from desktop.services.foreign import ForeignReader
from desktop.views.dialogs.cut_proposal import Recut
from desktop.views.dialogs.import_letter import ImportLetter
from desktop.views.main_window import MainWindow
from tests.conftest import DATA
from tests.desktop.views.hands import (
    ALT,
    CTRL,
    NARRATIVE,
    RESULT_LIST,
    click,
    drop_files,
    focused,
    opened_window,
    press,
    settle,
    show,
    when_asked,
)

MESSY = (DATA / "messy-letter.txt").read_text(encoding="utf-8")
ENDLESS = """
from desktop import reader_process
old = reader_process.read_case
def read_case(data, today):
    while data == b"x": open({!r}, "w").close()
    return old(data, today)
reader_process.read_case = read_case
reader_process.main()
"""


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A pipe that opens once a file of one x is being read, for ever."""
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    reader = ForeignReader([sys.executable, "-c", ENDLESS.format(str(begun))])
    monkeypatch.setattr(foreign, "read", reader.read)
    monkeypatch.setattr(foreign, "close", reader.close)
    yield begun
    reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a name of a file")
def test_cancel_stops_the_file_that_takes_its_time(
    window: MainWindow,
    endless: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next import need not wait for it."""
    said: list[str] = []
    monkeypatch.setattr("desktop.views.importing.show_error", lambda _, text: said.append(text))
    (tmp_path / "x.txt").write_bytes(b"x")
    window.importing.take([tmp_path / "x.txt"])
    endless.read_bytes()
    with qtbot.waitSignal(window.importing.ended) as ended:
        window.importing.cancel()
    assert said == ["已取消，剩下的 1 个文件没有导入，原文件没有改动。"]
    when_asked("导入")
    with qtbot.waitSignal(window.importing.ended, timeout=5000) as ended:
        window.importing.take([DATA / "twin-narrative.txt"])
    assert "已导入 1 份" in ended.args[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a name of a file")
def test_closing_does_not_wait_for_it(
    window: MainWindow, endless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor are the files behind it forgotten in silence."""
    said: list[str] = []
    monkeypatch.setattr("desktop.views.importing.show_error", lambda _, text: said.append(text))
    (tmp_path / "x.txt").write_bytes(b"x")
    window.importing.take([tmp_path / "x.txt", DATA / "twin-narrative.txt"])
    endless.read_bytes()
    before = monotonic()
    assert window.close()
    assert monotonic() - before < foreign.TIME_LIMIT / 2
    assert said == ["已取消，剩下的 2 个文件没有导入，原文件没有改动。"]


def test_it_is_warm_before_the_first_file(window: MainWindow) -> None:
    foreign.close()
    window.importing.warm()
    assert tasks.wait_for_all(5)
    assert foreign._READER.process_id


def ended(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.importing.busy, timeout=8000)
    settle()


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window as on the first day: nothing in the library."""
    with opened_window(qtbot, tmp_path, samples=False) as window:
        yield window


def test_after_an_import_no_key_deletes(empty: MainWindow, qtbot: QtBot) -> None:
    """Drop, Enter; what comes next goes to the list, where a space harms nothing."""
    when_asked("导入")
    drop_files(empty, [DATA / "messy-letter.txt"])
    ended(empty, qtbot)
    before = empty.session.case
    assert focused() is empty.sidebar.list
    press(qtbot, Qt.Key.Key_Space)
    assert empty.session.case is before
    press(qtbot, Qt.Key.Key_Return)
    assert focused() is empty.page.replies.cards[0].editor


def test_another_case_takes_no_button_for_the_caret(window: MainWindow) -> None:
    """Whatever opened it, while a button of the page had the keyboard."""
    show(window, NARRATIVE)
    remove = next(b for b in window.page.replies.findChildren(QAbstractButton) if b.isVisible())
    remove.setFocus()
    show(window, RESULT_LIST)
    assert focused() is window.sidebar.list


def test_long_words_widen_no_window(window: MainWindow) -> None:
    show(window, NARRATIVE)
    window.resize(1093, 614)
    settle()
    before = window.minimumSizeHint().width()
    window.say("读出五条建议，不对的可以按原文重新拆分，情况和分析只留在原文里。" * 5)
    settle()
    assert window.minimumSizeHint().width() == before
    assert window.status.width() == window.width() == 1093
    assert window.status.word.toolTip() == window.status.word.text()


def test_what_is_to_be_known_of_it_stays(window: MainWindow, qtbot: QtBot) -> None:
    """Of a file that no dialog showed: in the bar above the page, not for five seconds."""
    show(window, NARRATIVE)
    trash.delete_case(window.session.case.key, datetime.now())
    window.session.leave()
    when_asked("替换它（先留一个版本）")
    drop_files(window, [SAMPLES / "narrative.json"])
    ended(window, qtbot)
    assert "回收站" in window.page.banner.sentence
    assert window.status.word.text() == "已导入 1 份"


def test_what_is_issued_is_not_offered_to_be_replaced(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """An old letter comes in as 定稿, the tick is on: a second time it can only stand beside."""
    choices: list[str] = []

    def once_more(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportLetter)
        told = "；".join(label.text() for label in dialog.notes.findChildren(QLabel))
        assert "已定稿，不能替换，导入时会问您要不要另存一份" in told
        when_asked(beside)
        click(qtbot, dialog.main_button)

    def beside(dialog: QDialog) -> None:
        buttons = dialog.findChildren(QAbstractButton)
        choices.extend(button.text() for button in buttons)
        defaults = [button.text() for button in buttons if button.property("default")]
        assert defaults == ["取消"], "one Enter too many makes no second copy"
        click(qtbot, next(button for button in buttons if button.text() == "另存一份"))

    path = tmp_path / "来函.txt"
    path.write_text(MESSY, encoding="utf-8")
    for answer in ("导入", once_more):
        when_asked(answer)
        drop_files(window, [path])
        ended(window, qtbot)
    assert sorted(choices) == ["取消", "另存一份"]
    assert len(list_cases()) == 4


def test_a_letter_is_pasted(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(MESSY)
    asked = when_asked("导入")
    press(qtbot, Qt.Key.Key_O, CTRL | ALT)
    ended(window, qtbot)
    assert asked == ["导入 粘贴的函件"]
    assert window.session.case.proposals[0].proposal_number == "0087"
    assert "断头路" in window.page.title.text()


def test_a_pasted_proposal_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    text = (DATA / "proposals" / "food-halls.txt").read_text(encoding="utf-8")
    QGuiApplication.clipboard().setText(text)

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, Recut)
        click(qtbot, dialog.main_button)

    when_asked(take)
    window.deeds.by_name["paste_letter"].trigger()
    ended(window, qtbot)
    assert "社区食堂" in window.session.case.proposals[0].original


@pytest.mark.parametrize(
    ("text", "said"), [("", "剪贴板里没有文字"), (f"机密★1年\n{MESSY}", "密级标志")]
)
def test_what_cannot_be_pasted_is_said(
    window: MainWindow, qtbot: QtBot, text: str, said: str
) -> None:
    QGuiApplication.clipboard().setText(text)
    asked = when_asked("知道了")
    window.deeds.by_name["paste_letter"].trigger()
    ended(window, qtbot)
    assert said in asked[0]
    assert not window.session.open_case
