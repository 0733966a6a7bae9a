"""常用语 and 文号 are offered in the pauses of writing, and never stand in the way."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import phrases
from desktop.settings import HIDDEN, Settings
from desktop.views.main_window import MainWindow
from desktop.views.reply_editor import ReplyEditor
from desktop.widgets.offer import Offer
from tests.desktop.views.earlier import earlier_case, until, with_earlier
from tests.desktop.views.hands import NARRATIVE, click, focused, preedit, press, settle, show, write

Key = Qt.Key
PHRASE = "下一步，我局将继续做好口袋公园管护，确保各项措施落地见效。"
TITLE = "《口袋公园管护办法》（云园〔2023〕12号）"
SAID = (PHRASE, f"根据{TITLE}，管护经费由区财政承担。")


@pytest.fixture
def editor(window: MainWindow, qtbot: QtBot) -> ReplyEditor:
    """An empty paragraph at the end of a reply, beside letters that say the same twice."""
    said = [earlier_case(number, "加强管护", SAID) for number in ("2023118", "2022031")]
    with_earlier(window, qtbot, *said)
    show(window, NARRATIVE)
    editor = window.page.replies.cards[0].editor
    editor.setFocus()
    editor.put_caret(editor.paragraphs()[-1].key, 999)
    press(qtbot, Key.Key_Return)
    return editor


def paused(window: MainWindow, qtbot: QtBot) -> list[str]:
    """What is offered when the handler pauses."""
    completing = window.earlier.completing
    until(qtbot, lambda: not (completing._pause.isActive() or completing._answer.busy))
    return completing.offered


def last(window: MainWindow) -> str:
    return window.session.case.replies[0].paragraphs[-1].text


def test_a_phrase_is_offered_and_taken_as_one_step(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("下一步")
    assert PHRASE in paused(window, qtbot)
    assert focused() is editor
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert last(window) == PHRASE
    assert window.earlier.completing.offered == []
    assert editor.textCursor().positionInBlock() == len(PHRASE)
    window.session.undo()
    assert last(window) == "下一步"


def test_a_title_brings_its_number_and_eats_the_closing_mark(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("根据《》执行")
    cursor = editor.textCursor()
    cursor.setPosition(cursor.position() - 3)
    editor.setTextCursor(cursor)
    write("口袋")
    assert paused(window, qtbot)[0] == TITLE
    offer = window.findChild(Offer)
    assert isinstance(offer, Offer)
    place = offer.visualItemRect(offer.item(0)).center()
    qtbot.mouseClick(offer.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert last(window) == f"根据{TITLE}执行"
    assert focused() is editor


def test_enter_without_a_choice_is_a_new_paragraph(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("下一步")
    assert paused(window, qtbot)
    before = len(editor.paragraphs())
    press(qtbot, Key.Key_Return)
    assert len(editor.paragraphs()) == before + 1
    assert window.earlier.completing.offered == []


@pytest.mark.parametrize("way", ["esc", "write", "caret", "leave", "preedit", "page"])
def test_whatever_else_is_done_puts_it_away(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot, way: str
) -> None:
    write("下一步")
    assert paused(window, qtbot)
    if way == "esc":
        press(qtbot, Key.Key_Escape)
    elif way == "write":
        write("，", editor)
    elif way == "caret":
        press(qtbot, Key.Key_Home)
    elif way == "leave":
        window.sidebar.list.setFocus()
    elif way == "preedit":
        preedit("wo")
    else:
        window.page.show_page("basics")
    settle()
    assert window.earlier.completing.offered == []
    assert last(window) in ("下一步", "下一步，")


def test_nothing_is_offered_while_an_input_method_composes(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("下一步")
    preedit("women")
    assert paused(window, qtbot) == []
    preedit("")
    assert editor.textCursor().block().layout().preeditAreaText() == ""


def test_nothing_is_offered_inside_a_sentence(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("将尽快办理")
    cursor = editor.textCursor()
    cursor.setPosition(cursor.position() - 5)
    editor.setTextCursor(cursor)
    write("下一步")
    assert paused(window, qtbot) == []


def test_a_title_is_offered_inside_a_sentence(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("根据的要求办理")
    cursor = editor.textCursor()
    cursor.setPosition(cursor.position() - 5)
    editor.setTextCursor(cursor)
    write("《公园")
    assert paused(window, qtbot)[0] == TITLE
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert last(window) == f"根据{TITLE}的要求办理"


def test_an_answer_that_comes_late_is_dropped(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    real = phrases.completions

    def slow(*asked: object) -> object:
        go_on.wait(5)
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(phrases, "completions", slow)
    write("下一步")
    completing = window.earlier.completing
    until(qtbot, lambda: not completing._pause.isActive())
    cursor = editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.Left)
    editor.setTextCursor(cursor)
    go_on.set()
    assert paused(window, qtbot) == []


def test_it_can_be_switched_off(window: MainWindow, editor: ReplyEditor, qtbot: QtBot) -> None:
    ticked = window.deeds.by_name["toggle_completion"]
    assert ticked.isChecked()
    write("下一步", editor)
    assert paused(window, qtbot)
    ticked.trigger()
    assert window.earlier.completing.offered == []
    assert Settings(window.folder).completion == HIDDEN
    press(qtbot, Key.Key_Return)
    write("下一步")
    assert paused(window, qtbot) == []


def test_the_offer_stands_inside_what_is_seen(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("下一步")
    assert paused(window, qtbot)
    offer = window.findChild(Offer)
    assert isinstance(offer, Offer)
    seen = offer.visibleRegion().boundingRect()
    assert seen.size() == offer.size()
    assert offer.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert QApplication.focusWidget() is editor
    click(qtbot, window.page.replies.cards[1].editor.viewport())
    assert window.earlier.completing.offered == []
