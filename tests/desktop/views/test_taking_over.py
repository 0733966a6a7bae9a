"""What was taken over stays marked with its source until it is changed or put away."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from db.enums import Outcome
from desktop.views.dialogs.before_leaving import LeavingDialog
from desktop.views.main_window import MainWindow
from desktop.views.reply_card import ReplyCard
from desktop.widgets import theme
from tests.desktop.views.earlier import SAID, answered, with_earlier
from tests.desktop.views.hands import (
    CTRL,
    NARRATIVE,
    RESULT_LIST,
    click,
    focused,
    opened_window,
    press,
    settle,
    show,
    when_asked,
    write,
)

Key = Qt.Key
AGED = ["2023年", "首批", "目前"]


@pytest.fixture
def card(window: MainWindow, qtbot: QtBot) -> ReplyCard:
    """A card into which the first earlier paragraph was taken."""
    return taken(window, qtbot)


def taken(window: MainWindow, qtbot: QtBot) -> ReplyCard:
    with_earlier(window, qtbot)
    show(window, NARRATIVE)
    card = window.page.replies.cards[0]
    card.editor.setFocus()
    card.editor.moveCursor(QTextCursor.MoveOperation.End)
    answered(window, qtbot)
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    return card


def marked(card: ReplyCard) -> list[str]:
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    return [
        place.cursor.selectedText()  # type: ignore[attr-defined]
        for place in card.editor.extraSelections()
        if place.format.underlineStyle() == wave  # type: ignore[attr-defined]
    ]


def select(card: ReplyCard, words: str) -> None:
    paragraph = card.editor.paragraphs()[-1]
    card.editor.put_caret(paragraph.key, paragraph.text.index(words), len(words))


def test_source_and_what_ages_are_shown(card: ReplyCard) -> None:
    assert card.reuse.said.text() == "引自第2023118号（2023年） · 3 处待核对"
    assert marked(card) == AGED


def test_a_changed_word_is_no_more_marked_and_undo_brings_the_mark_back(
    window: MainWindow, card: ReplyCard
) -> None:
    select(card, "2023年")
    write("2025年")
    assert marked(card) == AGED[1:]
    assert "2 处待核对" in card.reuse.said.text()
    window.session.undo()
    assert marked(card) == AGED
    card.editor.moveCursor(QTextCursor.MoveOperation.End)
    write("字")
    assert marked(card) == AGED


def test_the_count_is_in_the_status_line_and_f8_leads_there(
    window: MainWindow, card: ReplyCard
) -> None:
    window.status.show_count()
    assert "建议1、2取用的往年答复有 3 处待核对" in window.status.missing.toolTip()
    window.sidebar.list.setFocus()
    window.status.wanted.emit(window.status._also[0])
    settle()
    assert card.editor.hasFocus()
    assert card.editor.caret_paragraph().text == SAID[0]
    show(window, RESULT_LIST)
    assert window.status._also == ()
    show(window, NARRATIVE)
    assert len(window.status._also) == 1
    assert marked(window.page.replies.cards[0]) == AGED


def test_words_that_are_gone_have_no_source(
    window: MainWindow, card: ReplyCard, qtbot: QtBot
) -> None:
    """Cut out they leave an empty line, which is from nowhere; undone it is there again."""
    select(card, SAID[0])
    press(qtbot, Qt.Key.Key_X, CTRL)
    assert card.editor.paragraphs()[-1].text == ""
    assert card.reuse.isHidden()
    window.session.undo()
    assert card.reuse.said.text() == "引自第2023118号（2023年） · 3 处待核对"


def test_next_goes_from_word_to_word(card: ReplyCard, qtbot: QtBot) -> None:
    seen = []
    for _ in range(4):
        click(qtbot, card.reuse.next)
        seen.append(card.editor.textCursor().selectedText())
    assert seen == [*AGED, AGED[0]]


def test_put_away_leaves_the_words(window: MainWindow, card: ReplyCard, qtbot: QtBot) -> None:
    before = window.session.case
    click(qtbot, card.reuse.put_away)
    assert window.session.case is before
    assert marked(card) == []
    assert not card.reuse.isVisible()
    assert window.status._also == ()
    write("字")
    assert marked(card) == []


def test_one_word_is_put_away_by_its_menu(card: ReplyCard) -> None:
    select(card, "首批")
    menus: list[QMenu] = []
    card.editor.menu_opening.connect(menus.append)
    menu = card.editor.context_menu()
    card.editor.menu_opening.emit(menu)
    deed = next(action for action in menu.actions() if action.text() == "“首批”已核对")
    deed.trigger()
    assert marked(card) == ["2023年", "目前"]
    menu.deleteLater()


def test_a_tip_says_why(card: ReplyCard) -> None:
    select(card, "首批")
    place = card.editor.cursorRect().center()
    tip = QHelpEvent(QEvent.Type.ToolTip, place, card.editor.viewport().mapToGlobal(place))
    QApplication.sendEvent(card.editor.viewport(), tip)
    assert "批次、期次" in QToolTip.text()
    margin = QPoint(5, place.y())
    tip = QHelpEvent(QEvent.Type.ToolTip, margin, card.editor.viewport().mapToGlobal(margin))
    QApplication.sendEvent(card.editor.viewport(), tip)
    assert "引自第2023118号" in QToolTip.text()
    QToolTip.hideText()


def test_marks_of_the_search_and_of_age_stand_side_by_side(
    window: MainWindow, card: ReplyCard
) -> None:
    window.page.replies.find_bar.open("管护", replacing=False)
    settle()
    assert marked(card) == AGED
    assert len(card.editor.extraSelections()) > len(AGED)
    window.page.replies.find_bar.close_bar()
    assert len(card.editor.extraSelections()) == len(AGED)


def test_a_parted_paragraph_keeps_its_marks(card: ReplyCard, qtbot: QtBot) -> None:
    paragraph = card.editor.paragraphs()[-1]
    card.editor.put_caret(paragraph.key, paragraph.text.index("目前"))
    press(qtbot, Key.Key_Return)
    assert marked(card) == AGED
    press(qtbot, Key.Key_Backspace)
    assert marked(card) == AGED


def test_the_marks_follow_the_theme(card: ReplyCard) -> None:
    theme.dress("dark", 100)
    settle()
    place = card.editor.extraSelections()[0]
    assert place.format.underlineColor() == theme.color("pending")  # type: ignore[attr-defined]
    theme.dress("light", 100)


def test_the_old_outcome_is_offered_and_a_click_takes_it(
    window: MainWindow, card: ReplyCard, qtbot: QtBot
) -> None:
    paragraph = card.editor.caret_paragraph()
    assert paragraph.outcome is None
    assert card.editor._proposed == {paragraph.key: Outcome.DONE}
    place = QPoint(30, card.editor.cursorRect().center().y())
    tip = QHelpEvent(QEvent.Type.ToolTip, place, card.editor.viewport().mapToGlobal(place))
    QApplication.sendEvent(card.editor.viewport(), tip)
    assert "引自第2023118号" in QToolTip.text()
    QToolTip.hideText()
    qtbot.mouseClick(card.editor.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.session.case.replies[0].paragraphs[-1].outcome is Outcome.DONE


def test_marks_go_with_what_is_cut_and_pasted_elsewhere(
    window: MainWindow, card: ReplyCard, qtbot: QtBot
) -> None:
    card.editor.moveCursor(QTextCursor.MoveOperation.StartOfBlock)
    card.editor.moveCursor(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    press(qtbot, Key.Key_X, CTRL)
    assert marked(card) == []
    other = window.page.replies.cards[1]
    other.editor.setFocus()
    other.editor.moveCursor(QTextCursor.MoveOperation.End)
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_V, CTRL)
    assert marked(other) == AGED
    assert "引自第2023118号（2023年） · 3 处待核对" in other.reuse.said.text()


def test_a_piece_that_is_copied_takes_its_own_marks_along(
    window: MainWindow, card: ReplyCard, qtbot: QtBot
) -> None:
    select(card, "目前已测算管护经费")
    press(qtbot, Key.Key_C, CTRL)
    other = window.page.replies.cards[1]
    other.editor.setFocus()
    press(qtbot, Key.Key_V, CTRL)
    assert marked(other) == ["目前"]
    assert marked(card) == AGED


@pytest.mark.parametrize("deed", ["nothing", "one looked at", "put away"])
def test_the_marks_are_there_again_after_a_restart(qtbot: QtBot, tmp_path: Path, deed: str) -> None:
    with opened_window(qtbot, tmp_path, samples=True) as window:
        card = taken(window, qtbot)
        if deed == "one looked at":
            card.editor.marks.looked_at.emit(card.editor.caret_paragraph().key, "首批")
        elif deed == "put away":
            click(qtbot, card.reuse.put_away)
        key = window.session.case.key
    with opened_window(qtbot, tmp_path, samples=False) as window:
        window.show_case(key)
        settle()
        card = window.page.replies.cards[0]
        left = {"nothing": AGED, "one looked at": ["2023年", "目前"], "put away": []}[deed]
        assert marked(card) == left
        assert card.reuse.isVisible() == bool(left)
        assert len(window.status._also) == bool(left)


def test_a_letter_with_open_marks_leaves_only_when_asked(
    window: MainWindow, card: ReplyCard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    listed: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, LeavingDialog)
        listed.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        dialog.accept()

    when_asked(look)
    window.letter_deeds.export_letter()
    settle()
    assert [words.partition("，")[0] for words in listed] == [
        f"引用待核对的“{word}”" for word in AGED
    ]
    assert focused() is card.editor
    assert card.editor.caret_paragraph().text == SAID[0]
    click(qtbot, card.reuse.put_away)
    window.letter_deeds.export_letter()  # a dialog nobody answers would fail the test
