"""A secrecy mark (密级标志) stays outside, however it comes; nothing of it reaches the disk."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.letter.model import Case
from desktop.services import offices
from desktop.services.secrecy import sentence
from desktop.views.dialogs import office as office_dialog
from desktop.views.dialogs.cut_proposal import CutProposal
from desktop.views.main_window import MainWindow
from desktop.widgets.message import ErrorMessage
from tests.conftest import DATA
from tests.desktop.views.hands import (
    CTRL,
    NARRATIVE,
    NONE,
    drop_files,
    focused,
    press,
    settle,
    show,
    shown,
    told,
    when_asked,
    write,
)

MARK = "机密★1年"


@pytest.fixture
def said(window: MainWindow) -> Iterator[list[str]]:
    """Whatever error opens is read and closed."""
    said: list[str] = []
    clock = QTimer(window)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ErrorMessage):
            said.append(dialog.accessibleDescription())
            dialog.accept()

    clock.timeout.connect(look)
    clock.start(10)
    yield said
    clock.stop()


@pytest.fixture(autouse=True)
def nothing_on_disk(window: MainWindow) -> Iterator[None]:
    """When all is saved, backed up and remembered, no file holds the mark."""
    yield
    window.session.save()
    window.backing_up.at_close()
    window.settings.store.sync()
    files = [path for path in window.folder.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert {"fuhan.db", "fuhan.db-wal"} <= names
    assert any(path.suffix == ".db" and path.name != "fuhan.db" for path in files)
    for path in files:
        if path.parent.name != "外来":
            data = path.read_bytes()
            assert "密★".encode() not in data, path
            assert "密★".encode("utf-16-le") not in data, path


def paste(qtbot: QtBot, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(qtbot, Qt.Key.Key_V, CTRL)


def reply(window: MainWindow) -> QWidget:
    show(window, NARRATIVE)
    return window.page.replies.cards[0].editor


def suggestion(window: MainWindow) -> QWidget:
    show(window, NARRATIVE)
    return window.page.replies.cards[0].rows[0].text


def label(window: MainWindow) -> QWidget:
    show(window, NARRATIVE)
    return window.page.replies.cards[0].rows[0].label


def subject(window: MainWindow) -> QWidget:
    show(window, NARRATIVE, "basics")
    return window.page.basics._proposals[0].fields["subject"]


def proposers(window: MainWindow) -> QWidget:
    show(window, NARRATIVE, "basics")
    return window.page.basics._proposals[0].fields["proposers"]


def phone(window: MainWindow) -> QWidget:
    show(window, NARRATIVE, "basics")
    return window.page.basics.office_fields["contact_phone"]


def opening(window: MainWindow) -> QWidget:
    show(window, NARRATIVE, "letter")
    return window.page.letter.fields["opening"]._text


def number(window: MainWindow) -> QWidget:
    show(window, NARRATIVE, "letter")
    return window.page.letter.fields["document_number"]._text.prefix  # type: ignore[union-attr]


FIELDS = (reply, suggestion, label, subject, proposers, phone, opening, number)


def text_of(field: QWidget) -> str:
    told = field.property("plainText")
    return str(field.property("text") if told is None else told)


def typed_by_keys(_qtbot: QtBot) -> None:
    field = focused()
    for character in MARK:
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, character))
        settle()


def committed(_qtbot: QtBot) -> None:
    write(MARK)


def pasted(qtbot: QtBot) -> None:
    paste(qtbot, f"前言{MARK}后记")


@pytest.mark.parametrize("enter", [typed_by_keys, committed, pasted])
@pytest.mark.parametrize("field_of", FIELDS)
def test_it_is_refused_once_and_taken_back(
    window: MainWindow,
    qtbot: QtBot,
    said: list[str],
    field_of: Callable[[MainWindow], QWidget],
    enter: Callable[[QtBot], None],
) -> None:
    field = field_of(window)
    field.setFocus()
    settle()
    before = window.session.case
    words = text_of(field)
    enter(qtbot)
    qtbot.waitUntil(lambda: len(said) == 1)
    settle()
    assert "没有录入" in said[0]
    assert "密★" not in text_of(field)
    if enter is typed_by_keys:  # up to the star there is no mark yet, and after it none
        assert text_of(field) != words
    else:
        assert text_of(field) == words
        assert window.session.case == before
    field.setFocus()
    write("好")
    settle()
    assert "好" in text_of(field)
    assert window.session.case != before
    qtbot.wait(30)
    assert len(said) == 1


def test_page_and_case_agree_afterwards(window: MainWindow, qtbot: QtBot, said: list[str]) -> None:
    editor = reply(window)
    editor.setFocus()
    settle()
    paste(qtbot, f"第一段,好\n\n{MARK}\n第三段")
    qtbot.waitUntil(lambda: said == [sentence(MARK)])
    settle()
    assert shown(window) == told(window)
    editor.setFocus()
    write("好")
    assert shown(window) == told(window)
    assert window.session.save()


def test_undo_and_redo_do_not_bring_it_back(
    window: MainWindow, qtbot: QtBot, said: list[str]
) -> None:
    reply(window).setFocus()
    settle()
    write("甲")
    paste(qtbot, MARK)
    qtbot.waitUntil(lambda: len(said) == 1)
    cases: list[Case] = []
    window.session.undo()
    cases.append(window.session.case)
    window.session.redo()
    window.session.redo()
    cases.append(window.session.case)
    assert "甲" not in str(cases[0])
    assert "甲" in str(cases[1])
    assert "密★" not in str(cases)
    assert shown(window) == told(window)


def test_it_is_said_that_all_is_saved(window: MainWindow, qtbot: QtBot, said: list[str]) -> None:
    reply(window).setFocus()
    settle()
    write(MARK)
    qtbot.waitUntil(lambda: len(said) == 1)
    qtbot.waitUntil(lambda: window.status.saved.text().startswith("已保存"), timeout=2000)
    assert window.session.open_case
    assert not window.session.open_case.unsaved


def test_dropped_text_is_refused_too(window: MainWindow, qtbot: QtBot, said: list[str]) -> None:
    editor = window.page.replies
    show(window, NARRATIVE)
    data = QMimeData()
    data.setText(MARK)
    editor.cards[0].editor.insertFromMimeData(data)
    qtbot.waitUntil(lambda: said == [sentence(MARK)])
    assert shown(window) == told(window)


def test_the_cut_dialog_takes_none(window: MainWindow, qtbot: QtBot, said: list[str]) -> None:
    show(window, NARRATIVE)
    before = window.session.case
    seen: list[str] = []

    def inside(dialog: QDialog) -> None:
        assert isinstance(dialog, CutProposal)
        dialog.text.paste_text("一、建议加强管护。")
        dialog.text.paste_text(f"\n{MARK}\n二、建议增加经费。")
        qtbot.waitUntil(lambda: len(said) == 1)
        seen.append(dialog.text.toPlainText())
        seen.append(dialog.cutting.source)
        dialog.close()

    QGuiApplication.clipboard().clear()
    when_asked(inside)
    window.cutting.cut_proposal()
    assert seen == ["一、建议加强管护。"] * 2
    assert said == [sentence(MARK)]
    assert window.session.case == before


def test_the_cut_dialog_does_not_begin_with_one(window: MainWindow, said: list[str]) -> None:
    show(window, NARRATIVE)
    QGuiApplication.clipboard().setText(f"{MARK}\n" + "一、建议加强管护。\n" * 20)
    seen: list[str] = []
    clock = QTimer(window)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if said and isinstance(dialog, CutProposal):
            seen.append(dialog.text.toPlainText())
            dialog.close()

    clock.timeout.connect(look)
    clock.start(15)
    window.cutting.cut_proposal()
    clock.stop()
    assert seen == [""]
    assert said == [sentence(MARK)]


def test_a_dropped_file_stays_outside(window: MainWindow, qtbot: QtBot, said: list[str]) -> None:
    rows = len(window.sidebar.model.rows)
    place = window.folder / "外来"
    place.mkdir()
    file = place / "a.txt"
    text = (DATA / "twin-narrative.txt").read_text(encoding="utf-8")
    file.write_text(f"{MARK}\n{text}", encoding="utf-8")
    drop_files(window, [file])
    qtbot.waitUntil(lambda: len(said) == 1)
    assert said == [f"a.txt：{sentence(MARK)}"]
    assert len(window.sidebar.model.rows) == rows


def test_our_office_takes_none(window: MainWindow, qtbot: QtBot, said: list[str]) -> None:
    before = offices.our_office()

    def inside(dialog: QDialog) -> None:
        assert isinstance(dialog, office_dialog.OfficeDialog)
        dialog.full_name.setText(MARK)
        dialog.main_button.click()

    when_asked(inside)
    window.office.edit_office()
    qtbot.waitUntil(lambda: said == [sentence(MARK)])
    assert offices.our_office() == before
