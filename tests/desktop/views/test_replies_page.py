"""建议与答复: find and replace, marking, what is missing, moving, what goes with a suggestion."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db.enums import Form, Outcome
from desktop.letter.model import Case, Issue
from desktop.services.case_list import list_cases
from desktop.services.cases import save_case
from desktop.services.find_replace import find
from desktop.views.cards import AT_ONCE
from desktop.views.main_window import MainWindow
from desktop.views.reply_card import ReplyCard
from tests.cases import labels, plain_case
from tests.desktop.views.hands import (
    ALT,
    CTRL,
    NARRATIVE,
    RESULT_LIST,
    SHIFT,
    click,
    drop_suggestion,
    focused,
    press,
    settle,
    show,
    shown,
    told,
    write,
)

Key = Qt.Key


@pytest.fixture
def open_sample(window: MainWindow) -> MainWindow:
    """The narrative sample on its cards."""
    show(window, NARRATIVE)
    return window


def selected(window: MainWindow) -> str:
    """The selection of whatever shows one, in a reply or a suggestion."""
    fields = [card.editor for card in window.page.replies.cards]
    rows = [row for card in window.page.replies.cards for row in card.rows]
    fields += [f for row in rows for f in (row.text, row.elaboration) if f]  # type: ignore[misc]
    found = [f.textCursor().selectedText() for f in fields if f.textCursor().hasSelection()]
    return found[-1] if found else ""


# find and replace
def test_find_goes_over_all_cards_and_round(open_sample: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_F, CTRL)
    write("公园")
    bar = open_sample.page.replies.find_bar
    total = len(find(open_sample.session.case, "公园"))
    assert bar._count.text() == f"共 {total} 处"
    for number in range(1, total + 2):
        press(qtbot, Key.Key_Return)
        assert bar._count.text() == f"第 {(number - 1) % total + 1} 处，共 {total} 处"
        assert selected(open_sample) == "公园"
        assert focused().parent() is bar
    press(qtbot, Key.Key_Return, SHIFT)
    assert bar._count.text() == f"第 {total} 处，共 {total} 处"
    press(qtbot, Key.Key_Escape)
    assert bar.isHidden()
    assert not any(c.editor.extraSelections() for c in open_sample.page.replies.cards)


def test_find_leaves_one_selection_only(open_sample: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_F, CTRL)
    write("公园")
    for _ in range(5):
        press(qtbot, Key.Key_Return)
    cards = open_sample.page.replies.cards
    fields = [f for c in cards for r in c.rows for f in (r.text, r.elaboration) if f]
    marked = [f for f in (*fields, *(c.editor for c in cards)) if f.textCursor().hasSelection()]
    assert len(marked) == 1


def test_replace_one_then_all_then_undo(open_sample: MainWindow, qtbot: QtBot) -> None:
    before = open_sample.session.case
    open_sample.page.replies.cards[0].editor.setFocus()
    press(qtbot, Key.Key_H, CTRL)
    bar = open_sample.page.replies.find_bar
    bar._find.setText("公园")
    bar._by.setText("𠮷园")
    total = len(find(before, "公园"))
    press(qtbot, Key.Key_Return)
    click(qtbot, bar._replace)
    assert len(find(open_sample.session.case, "公园")) == total - 1
    click(qtbot, bar._all)
    left = find(open_sample.session.case, "公园")
    assert {hit.part for hit in left} <= {"text", "elaboration"}  # the proposer's own words
    assert shown(open_sample) == told(open_sample)
    press(qtbot, Key.Key_Z, CTRL)
    press(qtbot, Key.Key_Z, CTRL)
    assert open_sample.session.case == before
    assert shown(open_sample) == told(open_sample)


def test_an_issued_case_is_searched_not_replaced(open_sample: MainWindow, qtbot: QtBot) -> None:
    open_sample.session.issue(Issue(date(2025, 9, 5)))
    press(qtbot, Key.Key_F, CTRL)
    assert open_sample.page.replies.find_bar.isVisible()
    assert open_sample.page.replies.find_bar._by.isHidden()


# what is missing
def test_the_status_line_leads_to_each_place(window: MainWindow, qtbot: QtBot) -> None:
    window.new_case()
    window.page.show_page("letter")
    press(qtbot, Key.Key_F8)
    assert window.page.page == "replies"
    assert focused() is window.page.replies.empty.add
    window.page.replies.add_suggestion()
    press(qtbot, Key.Key_F8)
    editor = window.page.replies.cards[0].editor
    assert focused() is editor
    write("已完成。")
    press(qtbot, Key.Key_F8)
    assert window.page.page == "basics"
    assert focused() is window.page.basics._proposals[0].fields["proposal_number"]
    for words in ("2025201", "", "关于公园的建议", "周明远"):
        write(words) if words else None
        press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_F8)
    assert focused() is window.page.basics.office_fields["full_name"]
    write("某某局")
    window.status.show_count()
    assert window.status.missing.isHidden()


def test_the_status_line_speaks_of_the_case_that_is_open(window: MainWindow) -> None:
    """Not of the one before, not even for a moment."""
    window.new_case()
    window.status.show_count()
    assert window.status.missing.isVisible()
    show(window, NARRATIVE)
    assert window.status.missing.isHidden()


def test_unmarked_paragraphs_are_named_and_gone_to(open_sample: MainWindow, qtbot: QtBot) -> None:
    page = open_sample.page.replies
    assert page.strip.isHidden()
    second = page.cards[1].editor.paragraphs()[2]
    page.cards[1].editor.mark_paragraph(2, None)
    assert page.strip.isHidden()  # the narrative needs no marks
    press(qtbot, Key.Key_L, CTRL | SHIFT)
    assert "1 段未标注" in page.strip.label.text()
    click(qtbot, page.strip.next)
    assert focused() is page.cards[1].editor
    assert page.cards[1].editor.caret_paragraph().key == second.key
    press(qtbot, Key.Key_2, CTRL)
    assert page.strip.isHidden()


def test_proposed_outcomes_are_taken_only_when_accepted(
    open_sample: MainWindow, qtbot: QtBot
) -> None:
    page = open_sample.page.replies
    press(qtbot, Key.Key_L, CTRL | SHIFT)
    editor = page.cards[1].editor
    for number in range(5):
        editor.mark_paragraph(number, None)
    before = open_sample.session.case
    press(qtbot, Key.Key_B, CTRL | SHIFT)
    assert open_sample.session.case is before
    proposed = dict(editor._proposed)
    assert proposed
    assert f"{len(proposed)} 处" in page.strip.take.text()
    # one by a click on its label, the rest at once
    first = next(n for n, p in enumerate(editor.paragraphs()) if p.key in proposed)
    block = editor.document().findBlockByNumber(first)
    top = editor.document().documentLayout().blockBoundingRect(block).top()
    qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, int(top) + 14))
    key = editor.paragraphs()[first].key
    assert editor.paragraphs()[first].outcome is proposed[key]
    click(qtbot, page.strip.take)
    marked = {p.key: p.outcome for p in editor.paragraphs() if p.key in proposed}
    assert marked == proposed
    press(qtbot, Key.Key_Z, CTRL)
    assert len([p for p in editor.paragraphs() if p.outcome]) == 1
    press(qtbot, Key.Key_Z, CTRL)
    assert open_sample.session.case == before


def test_nothing_to_propose_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.new_case()
    window.page.show_page("replies")
    window.page.replies.add_suggestion()
    press(qtbot, Key.Key_B, CTRL | SHIFT)
    assert "逐段标注" in window.status.word.text()


# moving
def test_a_suggestion_moves_over_the_cards_with_its_words(
    open_sample: MainWindow, qtbot: QtBot
) -> None:
    page = open_sample.page.replies
    before = open_sample.session.case
    page.cards[0].rows[1].text.setFocus()
    press(qtbot, Key.Key_Down, ALT)
    assert labels(open_sample.session.case) == [["1"], ["2", "3", "4"], []]
    assert page.current_suggestion() == page.cards[1].rows[0].key
    press(qtbot, Key.Key_Up, ALT)
    assert open_sample.session.case == before


def test_at_the_edge_nothing_moves(open_sample: MainWindow, qtbot: QtBot) -> None:
    before = open_sample.session.case
    open_sample.page.replies.cards[0].rows[0].text.setFocus()
    press(qtbot, Key.Key_Up, ALT)
    assert open_sample.session.case is before


def test_dropping_on_the_ground_answers_alone(open_sample: MainWindow) -> None:
    page = open_sample.page.replies
    before = open_sample.session.case
    drop_suggestion(page._ground, page.cards[0].rows[1].key)
    assert labels(open_sample.session.case) == [["1"], ["2"], ["3", "4"], []]
    assert page.cards[0].editor.paragraphs() == before.replies[0].paragraphs
    assert page.cards[1].editor.toPlainText() == ""


def test_the_general_reply_takes_no_suggestion(open_sample: MainWindow) -> None:
    page, before = open_sample.page.replies, open_sample.session.case
    drop_suggestion(page.cards[-1], page.cards[0].rows[0].key)
    assert open_sample.session.case is before


def test_a_suggestion_of_another_window_changes_nothing(open_sample: MainWindow) -> None:
    before = open_sample.session.case
    drop_suggestion(open_sample.page.replies.cards[0], "nosuchkey")
    assert open_sample.session.case is before


def test_merge_and_split_and_the_deeds_shown(open_sample: MainWindow, qtbot: QtBot) -> None:
    page = open_sample.page.replies
    before = open_sample.session.case
    words = [p.text for r in before.replies[:2] for p in r.paragraphs]
    click(qtbot, page.cards[1].buttons["merge"])
    assert labels(open_sample.session.case) == [["1", "2", "3", "4"], []]
    assert [p.text for p in page.cards[0].editor.paragraphs()] == words
    assert not page.cards[0].buttons["merge"].isVisible()
    click(qtbot, page.cards[0].buttons["split"])
    assert labels(open_sample.session.case) == [["1"], ["2"], ["3"], ["4"], []]
    press(qtbot, Key.Key_Z, CTRL)
    press(qtbot, Key.Key_Z, CTRL)
    assert open_sample.session.case == before


def test_a_removed_suggestion_comes_back_with_its_answer(window: MainWindow, qtbot: QtBot) -> None:
    show(window, RESULT_LIST)
    before = window.session.case
    window.page.replies.remove_suggestion(window.page.replies.cards[0].rows[0].key)
    assert len(window.session.case.replies) == len(before.replies) - 1
    press(qtbot, Key.Key_Z, CTRL)
    assert window.session.case == before
    assert shown(window) == told(window)


def test_an_elaboration_is_added_where_there_is_none(window: MainWindow, qtbot: QtBot) -> None:
    show(window, RESULT_LIST)
    row = window.page.replies.cards[0].rows[0]
    click(qtbot, row.more)
    write("第一段。")
    press(qtbot, Key.Key_Return)
    write("第二段。")
    assert next(window.session.case.suggestions()).elaboration == "第一段。\n第二段。"
    press(qtbot, Key.Key_Z, CTRL)
    press(qtbot, Key.Key_Z, CTRL)
    press(qtbot, Key.Key_Z, CTRL)
    assert next(window.session.case.suggestions()).elaboration == ""


def test_a_suggestion_shows_what_the_case_holds(window: MainWindow) -> None:
    """What no letter can bear is dropped from the field, not only from the case."""
    window.new_case()
    window.page.show_page("replies")
    window.page.replies.add_suggestion()
    QGuiApplication.clipboard().setText("甲\x0b乙\u202e丙\n丁\x07")
    text = window.page.replies.cards[0].rows[0].text
    text.paste()
    settle()
    assert text.toPlainText() == next(window.session.case.suggestions()).text


def test_switching_the_form_changes_no_data(open_sample: MainWindow, qtbot: QtBot) -> None:
    before = open_sample.session.case
    buttons = open_sample.page.form._buttons
    click(qtbot, buttons[Form.RESULT_LIST.value])
    assert open_sample.session.case.form is Form.RESULT_LIST
    assert open_sample.session.case.replies is before.replies
    click(qtbot, buttons[Form.NARRATIVE.value])
    assert open_sample.session.case == before


def test_the_badges_follow(open_sample: MainWindow, qtbot: QtBot) -> None:
    card = open_sample.page.replies.cards[0]
    card.editor.setFocus()
    press(qtbot, Key.Key_A, CTRL)
    press(qtbot, Key.Key_Delete)
    assert card.badge.text() == "未答复"
    press(qtbot, Key.Key_Z, CTRL)
    assert card.badge.text() == "已答复"
    assert Outcome.DONE in {p.outcome for p in card.editor.paragraphs()}


def many(window: MainWindow) -> Case:
    """A case with more cards than are made at once."""
    case = plain_case(suggestions=20)
    save_case(None, case)
    window.sidebar.set_rows(list_cases())
    return case


def test_a_long_case_shows_its_first_cards_at_once_and_then_the_rest(window: MainWindow) -> None:
    case = many(window)
    window.page.show_page("replies")
    window.show_case(case.key)
    assert len(window.page.replies.cards_there) == AT_ONCE
    for _ in range(40):
        settle()
    assert [card.key for card in window.page.replies.cards_there] == [r.key for r in case.replies]
    assert window.page.replies.foot.isVisible()


def test_a_long_case_opened_again_and_again_has_each_card_once(window: MainWindow) -> None:
    case = many(window)
    page = window.page.replies
    for _ in range(3):
        window.session.show_case(case.key, anew=True)
        show(window, RESULT_LIST)
        window.session.show_case(case.key, anew=True)
        window.session.show_case(case.key, anew=True)
    assert [card.key for card in page.cards] == [reply.key for reply in case.replies]
    assert [card.editor.paragraphs() for card in page.cards] == [r.paragraphs for r in case.replies]
    shown = [card for card in page.findChildren(ReplyCard) if not card.isHidden()]
    assert len(shown) == len(case.replies)
    tops = [card.y() for card in page.cards]
    settle()
    assert tops == sorted(tops)
