"""The whole job of a handler, with keys, the input method and the mouse, to the Word file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.enums import FieldState, Form, Outcome
from desktop.letter.model import Case, Office
from desktop.letter.reader import read_case
from desktop.services.cases import find_case
from desktop.services.offices import set_our_office
from desktop.views.main_window import MainWindow
from tests.cases import labels
from tests.desktop.views.hands import (
    ALT,
    CTRL,
    SHIFT,
    click,
    click_text,
    drop_suggestion,
    press,
    settle,
    write,
)

Key = Qt.Key
OFFICE = Office("某某市某某区城市更新局", "区更新局", "我局", "我区", "某更提函")
ASKED = ("明确管护责任主体。", "核定管护经费。", "引入居民认养。", "补齐夜间照明。")
ANSWERS = (
    (("已签订管护责任书41份，", Key.Key_1), ("正在按三档测算经费。", Key.Key_2)),
    (("明年把认养办法推广到全区。", Key.Key_3), ("全天开放一项暂不能采纳。", Key.Key_4)),
)


def new_case(window: MainWindow, qtbot: QtBot) -> None:
    """新建, and the four facts of 基本信息, from field to field by Tab."""
    press(qtbot, Key.Key_N, CTRL)
    qtbot.keyClicks(window.focusWidget(), "2025201")
    for words in ("某某区政协七届二次会议", "关于完善口袋公园管护机制的建议", "周明远、何静"):
        press(qtbot, Key.Key_Tab)
        write(words)


def four_suggestions(qtbot: QtBot) -> None:
    """One after the other, by Enter."""
    press(qtbot, Key.Key_N, CTRL | SHIFT)
    for number, words in enumerate(ASKED):
        if number:
            press(qtbot, Key.Key_Return)
        write(words)


def answer(window: MainWindow, qtbot: QtBot) -> None:
    """Two paragraphs a card, each marked as soon as it is written."""
    for card, paragraphs in zip(window.page.replies.cards, ANSWERS, strict=True):
        click_text(qtbot, card.editor)
        for number, (words, mark) in enumerate(paragraphs):
            if number:
                press(qtbot, Key.Key_Return)
            write(words)
            press(qtbot, mark, CTRL)


def state_button(window: MainWindow, field: str, word: str) -> QPushButton:
    """自动, 自拟 or 不印 of a field of the letter."""
    buttons = window.page.letter.fields[field].state.findChildren(QPushButton)
    return next(b for b in buttons if b.text() == word)


def fill_fields(window: MainWindow, qtbot: QtBot) -> None:
    """An own title, no closing words, an own opening that is given up again, a 文号."""
    press(qtbot, Key.Key_3, ALT)
    fields = window.page.letter.fields
    click(qtbot, state_button(window, "title", "自拟"))
    press(qtbot, Key.Key_A, CTRL)
    write("关于口袋公园提案的答复")
    click(qtbot, state_button(window, "closing", "不印"))
    fields["opening"].begin()
    write("再次")
    assert window.session.case.fields.opening.state is FieldState.OWN
    click(qtbot, state_button(window, "opening", "自动"))
    fields["document_number"].begin()
    write("18")


def export(window: MainWindow, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """导出 Word, and the case a reader finds in the file."""
    asked: list[Any] = []

    def chosen(*of: Any) -> tuple[str, str]:
        asked.append(of)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    press(qtbot, Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: "已导出" in window.page.banner.sentence, timeout=8000)
    assert "关于第2025201号提案的答复" in asked[0][2]
    window.page.banner.hide()
    return read_case(path.read_bytes(), date.today()).case


@pytest.fixture
def answered(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Four suggestions in two cards, answered and marked."""
    set_our_office(OFFICE)
    new_case(window, qtbot)
    four_suggestions(qtbot)
    cards = window.page.replies.cards
    assert [card.title.text() for card in cards] == [f"建议{n}及其答复" for n in "1234"]
    click_row(window, qtbot, 1)
    press(qtbot, Key.Key_Up, ALT)
    assert labels(window.session.case) == [["1", "2"], ["3"], ["4"]]
    drop_suggestion(window.page.replies.cards[1], window.page.replies.cards[2].rows[0].key)
    assert labels(window.session.case) == [["1", "2"], ["3", "4"]]
    answer(window, qtbot)
    return window


def click_row(window: MainWindow, qtbot: QtBot, number: int) -> None:
    """Into the words of a suggestion."""
    rows = [row for card in window.page.replies.cards for row in card.rows]
    text = rows[number].text
    place = text.cursorRect().center() + QPoint(2, 0)
    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def test_the_cards_say_what_was_typed(answered: MainWindow) -> None:
    case = answered.session.case
    proposal = case.proposals[0]
    assert proposal.proposal_number == "2025201"
    assert proposal.subject == "关于完善口袋公园管护机制的建议"
    assert proposal.session == "某某区政协七届二次会议"
    assert [p.name for p in proposal.proposers] == ["周明远", "何静"]
    assert tuple(s.text for s in proposal.suggestions) == ASKED
    written = [[(p.text, p.outcome) for p in reply.paragraphs] for reply in case.replies]
    grades = iter(Outcome)
    assert written == [[(words, next(grades)) for words, _ in reply] for reply in ANSWERS]
    assert [card.badge.text() for card in answered.page.replies.cards] == ["已答复", "已答复"]
    assert case.office == OFFICE


def test_both_forms_come_back_from_word_as_the_same_case(
    answered: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_fields(answered, qtbot)
    case = answered.session.case
    fields = case.fields
    assert fields.title.text == "关于口袋公园提案的答复"
    assert fields.closing.state is FieldState.ABSENT
    assert fields.opening.state is FieldState.COMPOSED
    assert fields.document_number.text.endswith("18号"), fields.document_number
    for form in (Form.NARRATIVE, Form.RESULT_LIST):
        if answered.session.case.form is not form:
            press(qtbot, Key.Key_L, CTRL | SHIFT)
        assert answered.session.case.form is form
        back = export(answered, qtbot, tmp_path / f"{form.value}.docx", monkeypatch)
        assert at_home(back) == at_home(answered.session.case)
    assert find_case("2025201") == answered.session.case


def at_home(case: Case) -> tuple[object, ...]:
    """What a working copy carries: all but the office's contact, which stays at home."""
    return case.form, case.proposals, case.replies, case.fields


def test_undo_takes_the_whole_job_back_and_redo_does_it_again(
    answered: MainWindow, qtbot: QtBot
) -> None:
    done = answered.session.case
    while answered.session.open_case and answered.session.open_case.undo_name:
        press(qtbot, Key.Key_Z, CTRL)
    assert not any(p.suggestions or p.proposal_number for p in answered.session.case.proposals)
    assert answered.session.case.replies == ()
    while answered.session.open_case and answered.session.open_case.redo_name:
        press(qtbot, Key.Key_Y, CTRL)
    assert answered.session.case == done
