"""What was taken over stays marked with its source until it is changed or put away."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from desktop.views.main_window import MainWindow
from desktop.views.reply_card import ReplyCard
from desktop.widgets import theme
from tests.desktop.views.earlier import SAID, answered, with_earlier
from tests.desktop.views.hands import NARRATIVE, RESULT_LIST, click, press, settle, show, write

Key = Qt.Key
AGED = ["2023年", "首批", "目前"]


@pytest.fixture
def card(window: MainWindow, qtbot: QtBot) -> ReplyCard:
    """A card into which the first earlier paragraph was taken."""
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
