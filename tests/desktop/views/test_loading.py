"""Showing a case, on any page, in any order, writes nothing."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db import models
from desktop.views.case_page import PAGES
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import NARRATIVE, RESULT_LIST, press, settle, show

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "BEGIN", "SAVEPOINT")


@pytest.fixture
def statements(window: MainWindow) -> Iterator[list[str]]:  # noqa: ARG001
    """Every statement the library is told."""
    said: list[str] = []
    connection = models.Letter._meta.database.connection()
    connection.set_trace_callback(said.append)
    yield said
    connection.set_trace_callback(None)


def writes(statements: list[str]) -> list[str]:
    return [s for s in statements if s.lstrip().upper().startswith(WRITES)]


def test_showing_every_page_of_every_case_writes_nothing(
    window: MainWindow, qtbot: QtBot, statements: list[str]
) -> None:
    for number, page in (*product((NARRATIVE, RESULT_LIST), PAGES), (NARRATIVE, "letter")):
        show(window, number, page)
        assert window.session.open_case is not None
        assert not window.session.open_case.unsaved, (number, page)
        for _ in range(4):
            press(qtbot, Qt.Key.Key_Tab)
    qtbot.wait(900)  # longer than autosave waits
    assert any(s.lstrip().upper().startswith("SELECT") for s in statements)
    assert writes(statements) == []


def test_a_deed_writes(window: MainWindow, statements: list[str]) -> None:
    """The test above can fail."""
    show(window, NARRATIVE)
    window.session.switch_form()
    window.session.save()
    assert writes(statements)


def test_looks_and_sizes_write_nothing(window: MainWindow, statements: list[str]) -> None:
    show(window, NARRATIVE)
    before = window.session.case
    for name in ("theme_dark", "scale_150", "scale_90", "theme_light", "scale_100"):
        window.deeds.by_name[name].trigger()
        settle()
    assert window.session.case is before
    assert writes(statements) == []


def test_a_look_at_a_blank_case_leaves_no_case(
    window: MainWindow, qtbot: QtBot, statements: list[str]
) -> None:
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    for page in PAGES:
        window.page.show_page(page)
        settle()
    show(window, NARRATIVE)
    assert writes(statements) == []
    assert len(window.sidebar.model.rows) == 2
