"""回收站 in the window: deleting asks once, can be taken back at once and for 90 days."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import trash
from desktop.services.cases import find_case
from desktop.views.dialogs.trash import TrashDialog
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import (
    CTRL,
    NARRATIVE,
    RESULT_LIST,
    SHIFT,
    click,
    press,
    settle,
    show,
    when_asked,
    write,
)

Key = Qt.Key


def keys(window: MainWindow) -> set[str]:
    return {row.key for row in window.sidebar.model.rows}


def button(place: QWidget, words: str) -> QPushButton:
    return next(b for b in place.findChildren(QPushButton) if b.text() == words)


@pytest.fixture
def deleted(window: MainWindow, qtbot: QtBot) -> str:
    """The narrative sample, deleted by key while it was open; its key."""
    show(window, NARRATIVE)
    key = window.session.case.key
    when_asked("移到回收站")
    press(qtbot, Key.Key_Delete, CTRL | SHIFT)
    return key


def test_deleting_asks_once_and_says_what_stays(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    key = window.session.case.key
    said = when_asked("取消")
    press(qtbot, Key.Key_Delete, CTRL | SHIFT)
    assert "第2025118号" in said[0]
    assert "90 天" in said[0]
    assert key in keys(window)
    assert window.session.case.key == key
    assert trash.list_deleted() == []


def test_enter_never_deletes(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)

    def enter(dialog: QDialog) -> None:
        qtbot.keyClick(dialog, Key.Key_Return)

    when_asked(enter)
    window.deeds.by_name["delete_case"].trigger()
    assert trash.list_deleted() == []


def test_the_deleted_case_leaves_the_window(window: MainWindow, deleted: str) -> None:
    assert deleted not in keys(window)
    assert window.session.open_case is None
    assert window.stack.currentWidget() is window.welcome
    assert window.welcome.banner.sentence.startswith("第2025118号“")
    assert "已移到回收站" in window.welcome.banner.sentence
    assert window.windowTitle() == "复函"
    assert not window.deeds.by_name["delete_case"].isEnabled()


def test_what_was_typed_last_rests_with_it(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    window.page.replies.cards[0].editor.setFocus()
    write("最后一句。")
    case = window.session.case
    when_asked("移到回收站")
    press(qtbot, Key.Key_Delete, CTRL | SHIFT)
    click(qtbot, button(window.welcome.banner, "恢复"))
    assert find_case(case.key) == case == window.session.case


def test_one_click_takes_it_back(window: MainWindow, deleted: str, qtbot: QtBot) -> None:
    click(qtbot, button(window.welcome.banner, "恢复"))
    assert deleted in keys(window)
    assert window.session.case.key == deleted
    assert window.stack.currentWidget() is window.page
    assert window.welcome.banner.isHidden()


def test_another_case_is_deleted_from_the_list_and_the_open_one_stays(
    window: MainWindow, qtbot: QtBot
) -> None:
    show(window, NARRATIVE)
    other = next(r.key for r in window.sidebar.model.rows if r.proposal_number == RESULT_LIST)
    when_asked("移到回收站")
    window.sidebar.wished.emit("delete", other)
    settle()
    assert window.session.case.proposals[0].proposal_number == NARRATIVE
    assert other not in keys(window)
    click(qtbot, button(window.page.banner, "恢复"))
    assert window.session.case.key == other
    assert window.page.banner.isHidden()


def test_the_delete_key_on_the_list(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    key = window.session.case.key
    window.sidebar.list.setFocus()
    when_asked("移到回收站")
    press(qtbot, Key.Key_Delete)
    assert [row.key for row in trash.list_deleted()] == [key]


def test_the_menu_of_a_row_deletes(window: MainWindow) -> None:
    show(window, NARRATIVE)

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = next(action for action in menu.actions() if action.text() == "删除提案…")
        menu.setActiveAction(entry)
        QTimer.singleShot(0, window, answer)
        from PySide6.QtTest import QTest

        QTest.keyClick(menu, Key.Key_Return)

    def answer() -> None:
        when_asked("移到回收站")

    QTimer.singleShot(0, window, choose)
    row = window.sidebar.list.visualRect(window.sidebar.list.currentIndex())
    window.sidebar.list.customContextMenuRequested.emit(row.center() + QPoint(1, 1))
    settle()
    assert len(trash.list_deleted()) == 1


def test_a_blank_page_is_just_left(window: MainWindow) -> None:
    window.new_case()
    window.deeds.by_name["delete_case"].trigger()
    assert window.session.open_case is None
    assert trash.list_deleted() == []


def test_the_last_case_deleted_leaves_the_words_for_an_empty_library(
    window: MainWindow, deleted: str
) -> None:
    when_asked("移到回收站")
    window.sidebar.wished.emit("delete", next(iter(keys(window))))
    settle()
    assert keys(window) == set()
    assert window.welcome.samples.isVisible()
    assert {row.key for row in trash.list_deleted()} > {deleted}


# the dialog
def opened(window: MainWindow, look: Callable[[TrashDialog], object]) -> None:
    """回收站 by key, and what is done in it."""

    def inside(dialog: QDialog) -> None:
        assert isinstance(dialog, TrashDialog)
        look(dialog)

    when_asked(inside)
    window.deeds.by_name["show_trash"].trigger()
    settle()


def test_the_dialog_brings_back(window: MainWindow, deleted: str) -> None:
    lines: list[str] = []

    def look(dialog: TrashDialog) -> None:
        lines.append(dialog.list.item(0).text())
        dialog.main_button.click()

    opened(window, look)
    day = datetime.now()
    assert f"{day.year}年{day.month}月{day.day}日删除，还保留 90 天" in lines[0]
    assert window.session.case.key == deleted
    assert trash.list_deleted() == []


def test_deleting_for_good_asks_and_is_for_good(window: MainWindow, deleted: str) -> None:
    states: list[tuple[int, bool]] = []

    def look(dialog: TrashDialog) -> None:
        for answer in ("取消", "彻底删除"):
            when_asked(answer)
            dialog.purge_button.click()
            states.append((dialog.list.count(), dialog.main_button.isEnabled()))

    opened(window, look)
    assert states == [(1, True), (0, False)]
    assert trash.list_deleted() == []
    assert deleted not in keys(window)


def test_days_left_are_counted(window: MainWindow, deleted: str) -> None:  # noqa: ARG001
    for days, left in ((0, 90), (1, 89), (90, 0), (200, 0), (-5, 95)):
        dialog = TrashDialog(window, datetime.now() + timedelta(days=days, minutes=1))
        assert f"还保留 {min(left, 90)} 天" in dialog.list.item(0).text()
        dialog.close()
