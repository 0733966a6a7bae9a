"""The next start stands where the last one stood: case, page, field, caret; and harms nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.bookmark import BYTES, FILE, Bookmark, read_bookmark, write_bookmark
from desktop.services import trash
from desktop.services.cases import find_case, save_case
from desktop.services.library import library
from desktop.views.main_window import MainWindow
from desktop.views.whereabouts import KEEP_AFTER_MS
from tests.bench.cases import of_thirty
from tests.desktop.views.hands import (
    NARRATIVE,
    RESULT_LIST,
    focused,
    opened_window,
    settle,
    show,
    write,
)


def into(name: str) -> Callable[[MainWindow], QWidget]:
    """The field of the page that is shown whose accessible name this is."""

    def find(window: MainWindow) -> QWidget:
        page = window.page.stack.currentWidget()
        fields = page.findChildren(QLineEdit) + page.findChildren(QTextEdit)
        return next(f for f in fields if f.accessibleName() == name and not f.focusProxy())

    return find


# page, and the field with the caret there
FIELDS = {
    "a reply": ("replies", lambda window: window.page.replies.cards[1].editor),
    "a suggestion": ("replies", lambda window: window.page.replies.cards[0].rows[0].text),
    "its label": ("replies", lambda window: window.page.replies.cards[0].rows[0].label),
    "subject": ("basics", into("案由")),
    "office": ("basics", into("单位全称")),
    "title": ("letter", into("标题")),
    "number": ("letter", into("发文字号的机关代字")),
}


def put(field: QWidget, place: int) -> None:
    """The caret at `place`, as a click puts it."""
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.setCursorPosition(place)
    else:
        assert isinstance(field, QTextEdit)
        cursor = field.textCursor()
        cursor.setPosition(place)
        field.setTextCursor(cursor)


def caret(field: QWidget) -> tuple[str, int]:
    """Its name and the place of the caret."""
    if isinstance(field, QLineEdit):
        return field.accessibleName(), field.cursorPosition()
    assert isinstance(field, QTextEdit)
    return field.accessibleName(), field.textCursor().position()


@pytest.mark.parametrize("where", FIELDS)
def test_the_caret_stands_where_it_stood(qtbot: QtBot, tmp_path: Path, where: str) -> None:
    page, field = FIELDS[where]
    with opened_window(qtbot, tmp_path, samples=True) as first:
        show(first, NARRATIVE, page)
        put(field(first), 1)
        there = caret(focused())
    with opened_window(qtbot, tmp_path, samples=False) as second:
        settle()
        assert second.page.page == page
        assert caret(focused()) == there
        assert there[1] == 1
        assert second.session.open_case
        assert not second.session.open_case.unsaved
        assert not second.session.open_case.undo_name


def test_it_is_kept_with_the_words(window: MainWindow) -> None:
    """Never ahead of the library: a kill takes both back to the same moment."""
    show(window, NARRATIVE)
    editor = window.page.replies.cards[0].editor
    put(editor, 3)
    window.session.save()
    window.caret.keep()
    write("核")
    assert read_bookmark(window.folder).at == 3
    window.session.save()
    assert read_bookmark(window.folder) == Bookmark(
        window.session.case.key, "replies", window.page.replies.cards[0].key, 4
    )


def test_it_is_kept_when_the_caret_moves(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    editor = window.page.replies.cards[0].editor
    put(editor, 2)
    qtbot.waitUntil(lambda: read_bookmark(window.folder).at == 2, timeout=KEEP_AFTER_MS * 4)
    window.page.show_page("letter")
    qtbot.waitUntil(lambda: read_bookmark(window.folder).page == "letter", timeout=2000)
    assert read_bookmark(window.folder).field == ""


def test_it_tells_nothing_of_the_letter(window: MainWindow) -> None:
    show(window, NARRATIVE)
    put(window.page.replies.cards[0].editor, 2)
    window.caret.keep()
    kept = (window.folder / FILE).read_bytes()
    assert len(kept) == BYTES
    assert kept.isascii()


def test_a_far_card_is_reached_and_seen(qtbot: QtBot, tmp_path: Path) -> None:
    """Of thirty, of which the first six are made at once; the library is as it was."""
    case = of_thirty("thirtythirty")
    with library(tmp_path):
        save_case(None, case)
    write_bookmark(tmp_path, Bookmark(case.key, "replies", case.replies[24].key, 5))
    with opened_window(qtbot, tmp_path, samples=False) as window:
        settle()
        editor = window.page.replies.cards[24].editor
        assert focused() is editor
        assert editor.textCursor().position() == 5
        qtbot.waitUntil(lambda: editor.visibleRegion().contains(editor.cursorRect()), timeout=2000)
        assert find_case(case.key) == window.session.case


def test_a_page_read_without_a_caret_is_scrolled_as_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path, samples=True) as first:
        show(first, NARRATIVE, "letter")
        first.page.letter.view.verticalScrollBar().setValue(150)
    with opened_window(qtbot, tmp_path, samples=False) as second:
        settle()
        assert second.page.letter.view.verticalScrollBar().value() == 150


def test_beyond_the_end_is_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    """A backup was brought back: its reply is shorter."""
    with opened_window(qtbot, tmp_path, samples=True) as first:
        show(first, NARRATIVE)
        key, reply = first.session.case.key, first.session.case.replies[0].key
    write_bookmark(tmp_path, Bookmark(key, "replies", reply, 1_000_000, 1_000_000))
    with opened_window(qtbot, tmp_path, samples=False) as second:
        settle()
        editor = second.page.replies.cards[0].editor
        assert focused() is editor
        assert editor.textCursor().atEnd()


def test_a_deleted_case_is_not_come_back_to(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path, samples=True) as first:
        show(first, NARRATIVE)
        key = first.session.case.key
    with library(tmp_path):
        trash.delete_case(key, datetime.now())
    with opened_window(qtbot, tmp_path, samples=False) as second:
        settle()
        assert second.session.open_case is None
        assert QApplication.focusWidget() is second.welcome.new


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\x00" * BYTES,
        b"\xff\xfe garbage",
        b"[" * BYTES,
        b'{"case": 5}',
        b'{"case": "x", "page": "replies", "field": null}',
        b'{"case": "x", "page": "nowhere", "field": "y", "at": -5, "scroll": -9}',
        b'{"case": "x", "letter": "y"}',
        b'{"at": ' + b"9" * 400 + b"}",
        b'{"at": true}',
    ],
)
def test_a_bookmark_without_sense_is_none(qtbot: QtBot, tmp_path: Path, garbage: bytes) -> None:
    (tmp_path / FILE).write_bytes(garbage)
    with opened_window(qtbot, tmp_path, samples=False) as window:
        settle()
        assert window.session.open_case is None
        assert window.page.page == "replies"


def test_a_place_that_makes_no_sense_in_a_case_that_does(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path, samples=True) as first:
        show(first, RESULT_LIST)
        key, reply = first.session.case.key, first.session.case.replies[0].key
    for mark in (
        Bookmark(key, "nowhere", "nothing", -5, -9),
        Bookmark(key, "replies", reply, -5, -9),
        Bookmark(key, "replies", reply, 10**400, 0),
        Bookmark(key, "letter", reply, 3, 2**63),
    ):
        write_bookmark(tmp_path, mark)
        with opened_window(qtbot, tmp_path, samples=False) as window:
            settle()
            assert window.session.case.key == key


def test_where_no_bookmark_can_be_written_there_is_none(window: MainWindow) -> None:
    (window.folder / FILE).unlink(missing_ok=True)
    (window.folder / FILE).mkdir()
    show(window, NARRATIVE)
    window.caret.keep()
    assert read_bookmark(window.folder) == Bookmark()
