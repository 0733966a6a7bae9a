"""会办 by hand: units added, ticked, dated, reminded; shown on the cards; 批注 ticked off."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from db.enums import LetterKind
from desktop.letter.model import Assignment, Case, Issue
from desktop.services.assignments import labels
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.views.case_page import PAGES
from desktop.views.co_handling_page import CoHandlingPage
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from desktop.widgets.chips import Chips
from desktop.widgets.line_field import LineField
from tests.cases import shared_case
from tests.desktop.views.hands import (
    ALT,
    CTRL,
    NARRATIVE,
    SHIFT,
    click,
    focused,
    press,
    settle,
    show,
    when_asked,
    write,
)
from tests.desktop.views.test_looks import LOOKS, backwards, focusable, laid_out, wrong

TODAY = date.today()


@pytest.fixture
def page(window: MainWindow) -> CoHandlingPage:
    """会办 of a case without units."""
    show(window, NARRATIVE, "co_handling")
    return window.page.co_handling


@pytest.fixture
def shared(window: MainWindow) -> MainWindow:
    """A case with two units and three notes, one of them dealt with, on 建议与答复."""
    case = with_new_keys(shared_case())
    save_case(None, case)
    window.show_case(case.key)
    window.page.show_page("replies")
    settle()
    return window


def add(qtbot: QtBot, page: CoHandlingPage, name: str) -> Assignment:
    page.new.setFocus()
    write(name, page.new)
    press(qtbot, Qt.Key.Key_Return)
    return page.case.assignments[-1]


def undone(window: MainWindow) -> str:
    """What one undo takes back."""
    assert window.session.open_case
    deed = window.session.open_case.undo()
    settle()
    return deed


def rows(page: CoHandlingPage) -> list[str]:
    model = page.model
    return [
        " ".join(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


# the tab
def test_an_empty_tab_says_what_it_is_for(page: CoHandlingPage) -> None:
    assert page.empty.isVisible()
    assert "会办单位" in page.empty.text()
    assert not page.table.isVisible()
    assert not page.group.isVisible()
    assert not page.deeds.isVisible()


def test_an_opinion_is_shared_with_nobody(window: MainWindow, page: CoHandlingPage) -> None:
    assert window.session.draft
    window.session.draft.change(replace(page.case, kind=LetterKind.OPINION), "会办意见")
    assert "会办意见" in page.empty.text()
    assert not page.new.isVisible()
    assert undone(window)
    assert page.new.isVisible()


def test_units_are_typed_one_after_the_other(
    window: MainWindow, page: CoHandlingPage, qtbot: QtBot
) -> None:
    add(qtbot, page, "区财政局")
    add(qtbot, page, "区住建局")
    assert rows(page) == [
        "区财政局 全部建议 — — — 未发出",
        "区住建局 全部建议 — — — 未发出",
    ]
    assert page.name.text() == "区住建局"
    assert page.new.hasFocus()
    with qtbot.waitSignal(page.said) as heard:
        add(qtbot, page, "区财政局")
    assert "已经有" in heard.args[0]
    assert len(page.case.assignments) == 2
    assert [undone(window), undone(window), undone(window)] == ["添加会办单位"] * 2 + [""]
    assert page.empty.isVisible()


def test_what_is_typed_is_saved(window: MainWindow, page: CoHandlingPage, qtbot: QtBot) -> None:
    add(qtbot, page, "区财政局")
    page.contact.setFocus()
    write("8000-0001", page.contact)
    assert window.session.save()
    (unit,) = find_case(window.session.case.key).assignments
    assert (unit.unit, unit.contact) == ("区财政局", "8000-0001")
    assert undone(window) == "修改会办单位"  # all that was typed in one go
    assert page.contact.text() == ""


def test_a_name_that_cannot_be_is_said_and_taken_back(page: CoHandlingPage, qtbot: QtBot) -> None:
    add(qtbot, page, "甲局")
    add(qtbot, page, "乙局")
    page.name.setFocus()
    page.name.selectAll()
    press(qtbot, Qt.Key.Key_Delete)
    assert "不能空着" in page.name_row.problem
    write("甲局", page.name)
    assert "已经有" in page.name_row.problem
    press(qtbot, Qt.Key.Key_Tab)
    assert (page.name.text(), page.name_row.problem) == ("乙局", "")
    assert [unit.unit for unit in page.case.assignments] == ["甲局", "乙局"]


def test_a_tick_stands_with_its_own_words(page: CoHandlingPage, qtbot: QtBot) -> None:
    """Not midway between its words and those of the one before."""
    add(qtbot, page, "区财政局")
    one, two = list(page.ticks.boxes.values())[:2]
    option = QStyleOptionButton()
    one.initStyleOption(option)
    words = one.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, one)
    tick = one.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, one)
    assert two.x() - one.geometry().right() > words.left() - tick.right()


def test_ticks_never_leave_a_unit_without_a_suggestion(
    window: MainWindow, page: CoHandlingPage, qtbot: QtBot
) -> None:
    add(qtbot, page, "区财政局")
    boxes = list(page.ticks.boxes.values())
    assert [box.isChecked() for box in boxes] == [True] * 4
    assert not page.ticks.whole.isEnabled()
    for box in boxes[1:]:
        click(qtbot, box)
    assert labels(page.case, page.case.assignments[0]) == "建议1"
    assert not boxes[0].isEnabled()
    assert "移除" in boxes[0].toolTip()
    click(qtbot, boxes[2])
    assert boxes[0].isEnabled()
    assert rows(page)[0].startswith("区财政局 建议1、3")
    click(qtbot, page.ticks.whole)
    assert labels(page.case, page.case.assignments[0]) == "全部建议"
    assert undone(window) == "改变负责的建议"
    assert [box.isChecked() for box in page.ticks.boxes.values()] == [True, False, True, False]


def test_days_are_put_changed_and_taken_away(
    window: MainWindow, page: CoHandlingPage, qtbot: QtBot
) -> None:
    add(qtbot, page, "区财政局")
    click(qtbot, page.step)
    assert page.case.assignments[0].sent_on == TODAY
    due = page.case.assignments[0].due_on
    assert due is not None
    assert 28 <= (due - TODAY).days <= 31
    assert page.step.text() == "标为已返回"
    page.due.day.setFocus()
    page.due.day.setSelectedSection(page.due.day.Section.YearSection)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Return)
    assert page.case.assignments[0].due_on == due.replace(year=due.year + 1)
    click(qtbot, page.due.clear)
    assert page.case.assignments[0].due_on is None
    assert page.due.put.isVisible()
    click(qtbot, page.step)
    assert page.case.assignments[0].returned_on == TODAY
    assert not page.step.isEnabled()
    assert not page.remind.isEnabled()
    assert "已经返回" in page.remind.toolTip()
    deeds = [undone(window) for _ in range(4)]
    assert deeds == ["标明返回", "改变要求返回的日子", "改变要求返回的日子", "标明发出"]
    assert rows(page) == ["区财政局 全部建议 — — — 未发出"]


def test_who_is_late_stands_out_in_words_and_colour(
    shared: MainWindow,
) -> None:
    shared.page.show_page("co_handling")
    page = shared.page.co_handling
    late = (TODAY - date(2025, 10, 8)).days
    assert rows(page)[1].endswith(f"逾期{late}天")
    for chosen in (0, 1):
        page.table.selectRow(chosen)
        settle()
        picture = page.table.grab().toImage()
        states = page.table.columnViewportPosition(5)
        bad = [
            (x, y)
            for x, y in product(range(states, picture.width()), range(picture.height()))
            if picture.pixelColor(x, y) == theme.color("bad")
        ]
        top = page.table.horizontalHeader().height() + page.table.rowViewportPosition(1)
        assert bad
        assert all(top <= y <= top + page.table.rowHeight(1) for _, y in bad)


def test_a_reminder_is_copied(shared: MainWindow, qtbot: QtBot) -> None:
    shared.page.show_page("co_handling")
    page = shared.page.co_handling
    page.table.selectRow(1)
    with qtbot.waitSignal(page.said):
        click(qtbot, page.remind)
    told = QGuiApplication.clipboard().text()
    assert told.startswith("区城市管理和综合执法局：\n")
    assert "逾期" in told


def test_a_unit_is_removed_and_comes_back(shared: MainWindow, qtbot: QtBot) -> None:
    shared.page.show_page("co_handling")
    page = shared.page.co_handling
    before = page.case.assignments
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert page.name.text() == "区城市管理和综合执法局"
    click(qtbot, page.remove)
    assert page.case.assignments == before[:1]
    assert page.name.text() == "区财政局"
    assert undone(shared) == "移除会办单位"
    assert page.case.assignments == before
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert page.name.hasFocus()


# on the cards
def menu_of(window: MainWindow, qtbot: QtBot, row: int) -> QMenu:
    """会办单位 of a suggestion, by its key."""
    rows = [row for card in window.page.replies.cards for row in card.rows]
    window.activateWindow()  # offscreen, a menu that closed gives the focus to nobody
    rows[row].text.setFocus()
    settle()
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(qtbot: QtBot, menu: QMenu, words: str) -> None:
    """A click on the entry that begins so."""
    action = next(a for a in menu.actions() if a.text().startswith(words))
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    settle()


def chips(window: MainWindow) -> list[tuple[str, ...]]:
    found = []
    for card in window.page.replies.cards:
        for row in card.rows:
            shown = row.chips and row.chips.isVisible()
            found.append(row.chips.words() if row.chips and shown else ())
    return found


BOTH, ONE = ("区财政局", "区城市管理和综合执法局"), ("区城市管理和综合执法局",)


def test_chips_show_who_is_asked_and_the_menu_ticks_them(shared: MainWindow, qtbot: QtBot) -> None:
    assert chips(shared) == [BOTH, BOTH, ONE]
    choose(qtbot, menu_of(shared, qtbot, 2), "区财政局")
    assert chips(shared) == [BOTH, BOTH, BOTH]
    choose(qtbot, menu_of(shared, qtbot, 0), "区城市管理")
    assert chips(shared) == [("区财政局",), BOTH, BOTH]
    assert [undone(shared), undone(shared)] == ["改变会办单位"] * 2
    assert chips(shared) == [BOTH, BOTH, ONE]


def test_the_last_suggestion_of_a_unit_says_why_it_stays(shared: MainWindow, qtbot: QtBot) -> None:
    choose(qtbot, menu_of(shared, qtbot, 0), "区财政局")
    menu = menu_of(shared, qtbot, 1)
    (action,) = (a for a in menu.actions() if a.text().startswith("区财政局"))
    assert action.text() == "区财政局（只负责这一条，要移除请到“会办”页）"
    assert action.isChecked()
    assert not action.isEnabled()
    menu.close()


def test_a_unit_whose_last_suggestion_goes_is_told_of(shared: MainWindow, qtbot: QtBot) -> None:
    """It stands for all from then on, which nobody would guess."""
    page = shared.page.replies
    first, second = [row.key for card in page.cards for row in card.rows][:2]
    with qtbot.waitSignal(page.said) as heard:
        page.remove_suggestion(first)
    assert heard.args == ["已删除建议，Ctrl+Z 可以恢复"]
    with qtbot.waitSignal(page.said) as heard:
        page.remove_suggestion(second)
    assert heard.args == ["已删除建议，区财政局改为负责全部建议，请到“会办”页核对，Ctrl+Z 可以恢复"]


def test_a_unit_is_added_from_a_card(shared: MainWindow, qtbot: QtBot) -> None:
    def answer(dialog: QDialog) -> None:
        write("梅园街道办", dialog.findChild(LineField))
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(answer)
    choose(qtbot, menu_of(shared, qtbot, 2), "添加单位")
    assert chips(shared)[2] == (*ONE, "梅园街道办")
    when_asked(answer)  # it is there: this suggestion is asked about as well
    choose(qtbot, menu_of(shared, qtbot, 0), "添加单位")
    assert chips(shared)[0] == (*BOTH, "梅园街道办")
    assert [undone(shared), undone(shared)] == ["添加会办单位"] * 2


def test_chips_are_a_button_of_mouse_and_keys(shared: MainWindow, qtbot: QtBot) -> None:
    found = shared.page.replies.cards[0].rows[0].chips
    assert isinstance(found, Chips)
    for ask in (
        lambda: qtbot.mouseClick(found, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(found, Qt.Key.Key_Space),
    ):
        ask()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.close()
        settle()


def test_the_menu_of_the_right_button_has_the_units(shared: MainWindow) -> None:
    menu = QMenu(shared)
    shared.page.replies.cards[0].rows[0].add_deeds(menu)
    (inner,) = menu.findChildren(QMenu)
    assert inner.title() == "会办单位"
    assert [a.text() for a in inner.actions()][:2] == list(BOTH)
    menu.deleteLater()


# 批注
def note_button(strip: QWidget, words: str) -> QPushButton:
    return next(b for b in strip.findChildren(QPushButton) if b.text() == words and b.isVisible())


def open_notes(case: Case) -> list[str]:
    return [note.text for note in case.notes if not note.done]


def test_a_note_stands_at_its_reply_and_is_ticked_off(shared: MainWindow, qtbot: QtBot) -> None:
    first, *others = shared.page.replies.cards
    assert [bool(card.notes and card.notes.isVisible()) for card in others] == [False] * 3
    strip = first.notes
    assert strip is not None
    click(qtbot, note_button(strip, "处理好了"))
    assert open_notes(shared.session.case) == ["全文请再通读。"]
    assert strip.fold.text() == "已处理的批注 1 条"
    click(qtbot, strip.fold)
    click(qtbot, note_button(strip, "还要处理"))
    assert len(open_notes(shared.session.case)) == 2
    assert [undone(shared), undone(shared)] == ["处理批注"] * 2
    assert not strip.fold.isVisible()


def test_a_note_on_a_long_paragraph_quotes_its_beginning(shared: MainWindow) -> None:
    draft = shared.session.draft
    assert draft
    long = "<b>" + "口袋公园管护" * 40
    note = replace(draft.case.notes[0], quoted=long, place=draft.case.replies[0].key, done=False)
    draft.change(replace(draft.case, notes=(note,)), "来了批注")
    settle()
    strip = shared.page.replies.cards[0].notes
    assert strip is not None
    (said,) = (label for label in strip.findChildren(QLabel) if note.text in label.text())
    assert f"“{long[:24]}…”" in said.text()
    assert long.removeprefix("<b>") in said.toolTip()
    assert "<" not in said.toolTip()


def test_notes_are_ticked_off_by_keys(shared: MainWindow, qtbot: QtBot) -> None:
    """The focus goes on to the next; a strip that loses its notes by undo loses the focus too."""
    draft = shared.session.draft
    assert draft
    case = draft.case
    bare = replace(case, notes=())
    draft.change(bare, "没有批注")
    draft.change(
        replace(
            case, notes=tuple(replace(n, place=case.replies[0].key, done=False) for n in case.notes)
        ),
        "来了批注",
    )
    settle()
    strip = shared.page.replies.cards[0].notes
    assert strip is not None
    strip.buttons[0].setFocus()
    for left in (2, 1, 0):
        press(qtbot, Qt.Key.Key_Space)
        assert len(open_notes(draft.case)) == left
        assert focused() is (strip.buttons[0] if left else strip.fold)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Tab)
    assert focused() is strip.buttons[0]
    assert strip.buttons[0].text() == "还要处理"
    for _ in range(4):
        undone(shared)
    assert draft.case == bare
    assert not strip.isVisible()


def test_a_note_stands_at_its_field(shared: MainWindow, qtbot: QtBot) -> None:
    shared.page.show_page("letter")
    settle()
    strip = shared.page.letter.fields["title"].notes
    assert strip is not None
    assert shared.page.letter.fields["opening"].notes is None
    click(qtbot, strip.fold)
    click(qtbot, note_button(strip, "还要处理"))
    assert "标题请简化。" in open_notes(shared.session.case)


def test_a_note_without_a_place_stands_on_the_tab(shared: MainWindow, qtbot: QtBot) -> None:
    shared.page.show_page("co_handling")
    settle()
    strip = shared.page.co_handling.strip
    click(qtbot, note_button(strip, "处理好了"))
    assert strip.fold.isVisible()
    shared.page.show_page("replies")
    reply = shared.page.replies.cards[0].key
    shared.page.replies.deed_on_card("merge")
    shared.page.replies.remove_suggestion(shared.page.replies.cards[0].rows[0].key)
    shared.page.show_page("co_handling")
    settle()
    assert reply not in [r.key for r in shared.session.case.replies]
    assert note_button(strip, "处理好了")  # the reply it stood at is gone, the note is not


# around it
def test_an_issued_case_is_read_only(shared: MainWindow, qtbot: QtBot) -> None:
    dealt_with = shared.page.replies.cards[0].notes
    assert dealt_with is not None
    click(qtbot, note_button(dealt_with, "处理好了"))
    shared.session.issue(Issue(TODAY))
    settle()
    case = shared.session.case
    assert chips(shared)[0] == BOTH
    found = shared.page.replies.cards[0].rows[0].chips
    assert found is not None
    click(qtbot, found)
    assert QApplication.activePopupWidget() is None
    click(qtbot, dealt_with.fold)
    assert len(dealt_with.buttons) == 1  # unfolded to be read
    assert not dealt_with.buttons[0].isVisible()
    shared.page.show_page("co_handling")
    settle()
    assert not shared.page.co_handling.isEnabled()
    shared.session.reopen()
    settle()
    assert shared.page.co_handling.isEnabled()
    assert shared.session.case.assignments == case.assignments


def test_tab_goes_through_the_page_and_on(shared: MainWindow, qtbot: QtBot) -> None:
    """As pressed, from the name of a unit to the last of its days, however many can be ticked."""
    shared.page.show_page("co_handling")
    page = shared.page.co_handling
    for row in (0, 1):
        page.table.selectRow(row)
        settle()
        page.contact.setFocus()
        passed = dict.fromkeys([focused()])  # in a date it stops three times
        for _ in range(16):
            press(qtbot, Qt.Key.Key_Tab)
            passed[focused()] = None
        boxes = [box for box in page.ticks.boxes.values() if box.isEnabled()]
        whole = [page.ticks.whole] if page.ticks.whole.isEnabled() else []
        days = [day.focusProxy() for day in (page.due, page.sent, page.returned)]
        assert [part for part in passed if part in (*boxes, *whole, *days)] == [
            *boxes,
            *whole,
            *days,
        ]


def test_looking_at_units_and_notes_changes_nothing(shared: MainWindow, qtbot: QtBot) -> None:
    before = shared.session.case
    for name in PAGES:
        shared.page.show_page(name)
        for _ in range(30):
            press(qtbot, Qt.Key.Key_Tab)
    assert shared.session.case is before


def test_the_tab_has_its_key(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    qtbot.keyClick(window, Qt.Key.Key_4, ALT)
    assert window.page.page == "co_handling"
    qtbot.keyClick(window, Qt.Key.Key_5, ALT)
    assert window.page.page == "revisions"


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_nothing_of_it_is_cut_and_tab_follows_the_eye(
    shared: MainWindow, size: tuple[int, int], scale: int
) -> None:
    laid_out(shared, size, scale)
    found: dict[str, list[str]] = {}
    for name in ("replies", "letter", "co_handling"):
        shared.page.show_page(name)
        settle()
        shown = shared.page.stack.currentWidget()
        found[name] = wrong(shared) + backwards(shared, shown)
        found[name] += [
            str(w)
            for w in focusable(shared)
            if not w.accessibleName() and not getattr(w, "text", str)()
        ]
    assert {name: here for name, here in found.items() if here} == {}


def test_a_day_field_shows_what_it_was_given(page: CoHandlingPage, qtbot: QtBot) -> None:
    add(qtbot, page, "区财政局")
    heard: list[object] = []
    page.sent.changed.connect(heard.append)
    day = TODAY - timedelta(days=400)
    page.sent.show_day(day, TODAY)
    assert heard == []
    assert page.sent.day.date() == QDate(day.year, day.month, day.day)
