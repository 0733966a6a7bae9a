"""拆成建议: borders dragged by a real mouse and by keys; no character is lost, no answer either."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop.letter import case_file
from desktop.services.proposal_text import Cutting, cut_text, cutting_of
from desktop.views.cutting_text import CuttingText
from desktop.views.dialogs.cut_proposal import CutProposal, Recut
from desktop.views.dialogs.original import OriginalDialog
from desktop.views.main_window import MainWindow
from tests.cases import plain_case, with_original
from tests.conftest import DATA
from tests.desktop.views.hands import (
    ALT,
    CTRL,
    NARRATIVE,
    NONE,
    SHIFT,
    drop_files,
    settle,
    show,
    when_asked,
)

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
TEXT = (
    "关于改造老旧小区的提案\n楼道昏暗𠮷。管线老化。\n建议：\n一、更换楼道灯具。\n先改无灯楼栋。再逐栋登记。\n"
    "二、整理架空线，拆除废弃线缆。\n三、设置晾晒区。"
)


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[CutProposal]:
    """The dialog on `TEXT`, pasted."""
    QGuiApplication.clipboard().setText(TEXT)
    made = CutProposal(window, plain_case(suggestions=0))
    made.show()
    settle()
    assert made.pages.currentWidget() is made.original
    yield made
    made.close()
    settle()


def labels(dialog: CutProposal | Recut) -> list[str]:
    """What the cards say, as it is seen."""
    return [
        f"{card.label.text()} {card.text.text()}|{card.elaboration.text()}"
        for card in dialog.cards.cards
        if card.isVisible()
    ]


def place(text: CuttingText, words: str, offset: int = 0) -> QPoint:
    """In the viewport, in the middle of the line, just before these words."""
    at = text.place_of(text.source.index(words) + offset)
    line = next(one for one in text.shown_lines() if one.start <= at < one.end)
    return QPoint(round(line.x(at)), round(line.rect.center().y()))


def border(text: CuttingText, words: str) -> QPoint:
    """On the border before these words, which begin a line."""
    at = text.place_of(text.source.index(words))
    line = next(one for one in text.shown_lines() if one.start == at)
    return QPoint(200, round(line.rect.top()) + 1)


def drag(text: CuttingText, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    """Press, go there in steps, let go."""
    port = text.viewport()
    QTest.mouseMove(port, start)
    QTest.mousePress(port, Left, keys, start)
    for step in range(1, 5):
        move(text, start + (end - start) * step / 4, keys)
    QTest.mouseRelease(port, Left, keys, end)
    settle()


def move(
    text: CuttingText, point: QPoint, keys: Qt.KeyboardModifier, held: Qt.MouseButton = Left
) -> None:
    """The mouse with its button held; QTest knows neither button nor keys of a move."""
    at = QPointF(point)
    everywhere = QPointF(text.viewport().mapToGlobal(point))
    event = QMouseEvent(QEvent.Type.MouseMove, at, everywhere, held, held, keys)
    QApplication.sendEvent(text.viewport(), event)


def whole(cutting: Cutting) -> str:
    return "".join(cutting.source[p.start : p.end] for p in cutting.pieces)


def test_the_right_button_does_not_let_a_dragged_border_hang(dialog: CutProposal) -> None:
    """It makes no menu, which would take the release of the left one."""
    text = dialog.original
    port, start, end = text.viewport(), border(text, "二、"), place(text, "再逐栋", 1)
    QTest.mousePress(port, Left, NONE, start)
    move(text, end, NONE)
    QTest.mousePress(port, Qt.MouseButton.RightButton, NONE, end)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, end, port.mapToGlobal(end))
    QApplication.sendEvent(port, menu)
    QTest.mouseRelease(port, Qt.MouseButton.RightButton, NONE, end)
    assert QApplication.activePopupWidget() is None
    assert text._drag
    QTest.mouseRelease(port, Left, NONE, end)
    assert labels(dialog)[0] == "建议一 更换楼道灯具。|先改无灯楼栋。"
    QTest.mousePress(port, Left, NONE, border(text, "三、"))
    after = labels(dialog)
    move(text, place(text, "管线"), NONE, Qt.MouseButton.NoButton)  # the release went elsewhere
    assert not text._drag
    assert labels(dialog) == after
    dialog.undo.click()
    assert dialog.cutting == cut_text(TEXT)


def test_it_is_read_named_and_shown_as_cards(dialog: CutProposal) -> None:
    assert labels(dialog) == [
        "建议一 更换楼道灯具。|先改无灯楼栋。再逐栋登记。",
        "建议二 整理架空线，拆除废弃线缆。|",
        "建议三 设置晾晒区。|",
    ]
    stretches = dialog.original._stretches
    names = [stretch.word for stretch in stretches]
    assert names == ["不取", "建议一", "补充说明一", "建议二", "建议三"]
    assert dialog.count.text() == "拆成 3 条建议"
    assert dialog.original.hasFocus()


def test_a_border_is_dragged_to_a_sentence_and_with_alt_anywhere(dialog: CutProposal) -> None:
    text = dialog.original
    drag(text, border(text, "二、"), place(text, "再逐栋", 1))
    assert labels(dialog)[:2] == [
        "建议一 更换楼道灯具。|先改无灯楼栋。",
        "建议二 再逐栋登记。二、整理架空线，拆除废弃线缆。|",
    ]
    moved = place(text, "再逐栋")
    drag(text, moved, place(text, "无灯"), ALT)
    assert labels(dialog)[0] == "建议一 更换楼道灯具。|先改"
    assert whole(dialog.cutting) == dialog.cutting.source == TEXT
    for _ in range(2):
        dialog.undo.click()
    assert dialog.cutting == cut_text(TEXT)
    dialog.redo.click()
    assert labels(dialog)[0].endswith("先改无灯楼栋。")


def test_the_cards_follow_while_it_is_dragged_and_esc_takes_it_back(dialog: CutProposal) -> None:
    text, before = dialog.original, dialog.cutting
    QTest.mousePress(text.viewport(), Left, NONE, border(text, "三、"))
    move(text, place(text, "再逐栋"), NONE)
    assert labels(dialog)[1:] == ["建议二 整理架空线，拆除废弃线缆。三、设置晾晒区。|"]
    assert dialog.cutting == before  # not yet
    QTest.keyClick(text, Key.Key_Escape)
    assert dialog.isVisible()
    QTest.mouseRelease(text.viewport(), Left, NONE, place(text, "再逐栋"))
    assert dialog.cutting == before
    assert labels(dialog)[-1] == "建议三 设置晾晒区。|"
    assert len(dialog._done) == 1  # the paste


def test_by_keys_a_border_is_chosen_and_moved(dialog: CutProposal) -> None:
    text = dialog.original
    text.select(0, 0)
    for words in ("一、", "先改", "二、"):
        QTest.keyClick(text, Key.Key_Down, CTRL)
        assert text.border == TEXT.index(words)
    QTest.keyClick(text, Key.Key_Up, ALT)
    assert text.border == TEXT.index("再逐栋")
    QTest.keyClick(text, Key.Key_Right, ALT)
    assert text.border == TEXT.index("再逐栋") + 1
    QTest.keyClick(text, Key.Key_Left, ALT)
    QTest.keyClick(text, Key.Key_Down, ALT)
    assert dialog.cutting == cut_text(TEXT)
    QTest.keyClick(text, Key.Key_Up, CTRL)
    assert text.border == TEXT.index("先改")
    assert whole(dialog.cutting) == TEXT


def test_split_join_and_mark_by_keys(dialog: CutProposal) -> None:
    text = dialog.original
    at = TEXT.index("再逐栋")
    text.select(at, at)
    QTest.keyClick(text, Key.Key_Return)
    assert dialog.isVisible()
    assert labels(dialog)[1] == "建议二 再逐栋登记。|"
    at = TEXT.index("二、")
    text.select(at, at)
    QTest.keyClick(text, Key.Key_Delete)
    assert dialog.count.text() == "拆成 3 条建议"
    text.select(TEXT.index("拆除"), TEXT.index("三、"))
    QTest.keyClick(text, Key.Key_2, ALT)
    assert labels(dialog)[2:] == ["建议三 整理架空线，|拆除废弃线缆。", "建议四 设置晾晒区。|"]
    QTest.keyClick(text, Key.Key_Z, CTRL)
    QTest.keyClick(text, Key.Key_3, ALT)
    assert not any("拆除" in label for label in labels(dialog))
    while dialog.undo.isEnabled() and len(dialog._done) > 1:
        QTest.keyClick(text, Key.Key_Z, CTRL)
    assert dialog.cutting == cut_text(TEXT)


def test_the_menu_does_the_same(dialog: CutProposal) -> None:
    text = dialog.original
    at = place(text, "三、", 2)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(text.viewport(), QContextMenuEvent(reason, at, text.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text().startswith("不取")).trigger()
    menu.close()
    assert dialog.count.text() == "拆成 2 条建议"


def test_the_text_is_changed_and_cut_again(dialog: CutProposal) -> None:
    dialog.turn("text")
    assert dialog.text.toPlainText() == TEXT
    dialog.text.selectAll()
    dialog.text.paste_text("建议：\n1.甲事要办。\n2.乙事要办。")
    assert labels(dialog) == ["建议1 甲事要办。|", "建议2 乙事要办。|"]
    dialog.take_back()
    assert dialog.cutting == cut_text(TEXT)
    assert dialog.pages.currentWidget() is dialog.original


def test_typing_is_not_tidied_under_the_hand(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    dialog = CutProposal(window, plain_case(suggestions=0))
    dialog.show()
    settle()
    for key in ("建议：", "\n", "1.甲,乙", "  "):
        dialog.text.textCursor().insertText(key)
        settle()
    assert dialog.text.toPlainText() == "建议：\n1.甲,乙  "
    assert dialog.pages.currentWidget() is dialog.text
    assert labels(dialog) == ["建议1 甲，乙|"]
    dialog.close()


def test_any_dragging_conserves_every_character(dialog: CutProposal) -> None:
    text, random = dialog.original, Random(6)
    size = text.viewport().size()
    for _ in range(40):
        shown = text._shown_borders()
        if not shown or random.random() < 0.3:
            at = random.randrange(len(TEXT))
            text.select(at, min(len(TEXT), at + random.randrange(9)))
            text.do(random.choice(["begin", "join", "suggest", "explain", "leave"]))
        else:
            line, _ = random.choice(shown)
            start = QPoint(random.randrange(size.width()), round(line.rect.top()))
            end = QPoint(random.randrange(size.width()), random.randrange(size.height()))
            drag(text, start, end, random.choice([NONE, ALT, SHIFT]))
        assert whole(dialog.cutting) == TEXT
        assert len(labels(dialog)) == len(dialog.cutting.cards())
        case_file.check(dialog._deed(dialog._case, dialog.cutting, 0))


# later, and at import
def test_a_case_is_cut_anew_and_its_answers_stay(window: MainWindow) -> None:
    show(window, NARRATIVE)
    draft = window.session.draft
    assert draft
    first = window.session.case.proposals[0]
    placed = with_original(window.session.case)
    draft.change(placed, "粘贴")
    answers = [reply.paragraphs for reply in placed.replies]

    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, Recut)
        assert dialog.cutting == cutting_of(placed.proposals[0])
        start = dialog.cutting.cards()[0].spans[0][0]
        dialog.original.select(start + 4, start + 4)
        QTest.keyClick(dialog.original, Key.Key_Return)
        dialog.main_button.click()

    when_asked(mend)
    window.deeds.by_name["recut_proposal"].trigger()
    after = window.session.case
    assert len([*after.suggestions()]) == len(first.suggestions) + 1
    assert {s.key for s in first.suggestions} < {s.key for s in after.suggestions()}
    assert [r.paragraphs for r in after.replies if r.paragraphs] == answers
    window.session.undo()
    assert window.session.case == placed


def test_without_an_original_it_is_said(window: MainWindow) -> None:
    show(window, NARRATIVE)
    for deed in ("recut_proposal", "show_original"):
        window.status.say("")
        with_said: list[str] = []
        window.cutting.said.connect(with_said.append)
        window.deeds.by_name[deed].trigger()
        window.cutting.said.disconnect(with_said.append)
        assert "没有留下原文" in with_said[0]


def test_the_original_shows_where_a_card_came_from(window: MainWindow) -> None:
    show(window, NARRATIVE)
    draft = window.session.draft
    assert draft
    draft.change(with_original(window.session.case), "粘贴")
    settle()
    second = window.session.case.proposals[0].suggestions[1]
    row = window.page.replies.row(second.key)
    assert row
    row.text.setFocus()
    seen: list[tuple[str, list[str]]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, OriginalDialog)
        tinted = [s for s in dialog.original._stretches if s.ground]
        words = [dialog.original.source[s.start : s.end] for s in tinted]
        seen.append((tinted[0].word, words))
        assert dialog.original.selection()[0] == second.spans[0][0]

    when_asked(look)
    window.deeds.by_name["show_original"].trigger()
    menu = QMenu(window)
    row.add_deeds(menu)
    when_asked(look)
    next(a for a in menu.actions() if a.text().startswith("查看原文")).trigger()
    original = window.session.case.proposals[0].original
    assert seen == [(f"建议{second.label}", [original[a:b] for a, b in second.spans])] * 2


def test_an_imported_proposal_is_mended_before_it_is_in(window: MainWindow, qtbot: QtBot) -> None:
    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, Recut)
        assert dialog.main_button.text() == "导入"
        start = dialog.cutting.cards()[-1].spans[0][0]
        dialog.original.select(start, start)
        dialog.buttons["leave"].click()
        dialog.main_button.click()

    path = DATA / "proposals" / "food-halls.txt"
    read = cut_text(path.read_text(encoding="utf-8")).cards()
    when_asked(mend)
    with qtbot.waitSignal(window.importing.ended, timeout=10_000):
        drop_files(window, [path])
    texts = [s.text for s in window.session.case.suggestions()]
    assert texts == [card.text for card in read[:-1]]
    assert "社区食堂" in window.session.case.proposals[0].original


def test_an_import_that_is_cancelled_stays_out(window: MainWindow, qtbot: QtBot) -> None:
    rows = len(window.sidebar.model.rows)
    when_asked("取消")
    with qtbot.waitSignal(window.importing.ended, timeout=10_000) as ended:
        drop_files(window, [Path(DATA / "proposals" / "food-halls.txt")])
    assert ended.args[0] == []
    assert len(window.sidebar.model.rows) == rows
