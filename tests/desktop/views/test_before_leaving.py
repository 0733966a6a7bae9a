"""发出前核对 in the window: asked once before a letter leaves, by every way it can leave."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from desktop import launch, tasks
from desktop.views.dialogs.before_leaving import LeavingDialog
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import (
    NARRATIVE,
    click,
    focused,
    press,
    settle,
    show,
    when_asked,
    write,
)

MOBILE = "13800000000"
WAYS = {
    "export_letter": "导出",
    "export_pdf": "导出",
    "open_in_word": "打开",
    "print_in_word": "打印",
    "copy_body": "复制",
}


@pytest.fixture
def leaky(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The narrative sample, a mobile number written at the end of its first answer."""
    show(window, NARRATIVE)
    editor = window.page.replies.cards[0].editor
    editor.put_caret(editor.paragraphs()[0].key)
    editor.setFocus()
    press(qtbot, Qt.Key.Key_End)
    write(f"联系{MOBILE}。")
    return window


def leaves(window: MainWindow, way: str) -> None:
    """The menu entry, as far as it can come without a printer or Word."""
    getattr(window.letter_deeds, way)()
    tasks.wait_for_all(10)
    settle()


@pytest.mark.parametrize("way", WAYS)
def test_each_way_out_asks_once_and_goes_on(
    leaky: MainWindow, way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / f"out{'.pdf' if way == 'export_pdf' else '.docx'}"
    opened: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(launch, "open_file", lambda path: bool(opened.append(path)) or True)
    monkeypatch.setattr(launch, "print_file", lambda path: bool(opened.append(path)) or True)
    said = when_asked("取消")
    leaves(leaky, way)
    assert WAYS[way] in said[0]
    assert not out.exists()
    assert not opened
    assert not QGuiApplication.clipboard().text()

    when_asked(f"照样{WAYS[way]}")
    leaves(leaky, way)
    assert out.exists() or opened or MOBILE in QGuiApplication.clipboard().text()
    leaves(leaky, way)  # a dialog nobody answers would fail the test


def test_printing_asks_before_it_asks_how(leaky: MainWindow) -> None:
    said = when_asked("取消")
    leaves(leaky, "print_letter")
    assert "照样打印" in said[0]
    titles: list[str] = []

    def go_on(dialog: QDialog) -> None:
        assert isinstance(dialog, LeavingDialog)
        when_asked(lambda box: titles.append(box.windowTitle()))
        dialog.on_button.click()

    when_asked(go_on)
    leaves(leaky, "print_letter")
    when_asked(lambda box: titles.append(box.windowTitle()))
    leaves(leaky, "print_letter")
    assert titles == ["打印", "打印"]


def test_go_and_look(leaky: MainWindow, qtbot: QtBot) -> None:
    """去看看: nothing leaves, and the caret stands before the number, whatever page was shown."""
    leaky.page.show_page("letter")
    when_asked("去看看")
    leaves(leaky, "copy_body")
    assert QGuiApplication.clipboard().text() == ""
    assert leaky.page.page == "replies"
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    settle()
    assert MOBILE[1:] in leaky.page.replies.cards[0].editor.toPlainText()
    assert MOBILE not in leaky.page.replies.cards[0].editor.toPlainText()
    leaves(leaky, "copy_body")  # not asked: it is no mobile any more
    assert QGuiApplication.clipboard().text()


def test_with_the_preview_folded_the_way_is_known_too(leaky: MainWindow) -> None:
    if leaky.preview.isVisible():
        leaky.preview.fold.toggle()
    leaky.page.show_page("basics")

    def double_click(dialog: QDialog) -> None:
        assert isinstance(dialog, LeavingDialog)
        dialog.list.itemDoubleClicked.emit(dialog.list.item(0))

    when_asked(double_click)
    leaves(leaky, "copy_body")
    assert leaky.page.page == "replies"
    assert focused() is leaky.page.replies.cards[0].editor


def test_what_is_new_is_asked_what_was_let_go_is_not(leaky: MainWindow, qtbot: QtBot) -> None:
    when_asked("照样复制")
    leaves(leaky, "copy_body")
    focused_editor = leaky.page.replies.cards[0].editor
    focused_editor.setFocus()
    write("或13900000000。")
    rows: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, LeavingDialog)
        rows.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        click(qtbot, dialog.on_button)

    when_asked(look)
    leaves(leaky, "copy_body")
    assert len(rows) == 1
    assert "13900000000" in rows[0]
    assert "13900000000" in QGuiApplication.clipboard().text()


def test_what_stands_beside_the_body_is_not_asked_when_that_is_copied(window: MainWindow) -> None:
    show(window, NARRATIVE, "letter")
    copies = window.page.letter.fields["copies"].editor.focusProxy()
    assert copies is not None
    copies.setFocus()
    write(MOBILE)
    leaves(window, "copy_body")
    assert QGuiApplication.clipboard().text()
    said = when_asked("取消")
    leaves(window, "export_letter")
    assert said


def test_a_letter_that_cannot_be_printed_says_only_that(leaky: MainWindow) -> None:
    leaky.session.switch_form()
    for card in leaky.page.replies.cards:
        card.editor.selectAll()
        card.editor.mark(None)
    said = when_asked("知道了")
    leaves(leaky, "copy_body")
    assert "标注" in said[0]
