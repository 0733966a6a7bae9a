"""往年答复 beside the reply: what is similar by itself, what is sought, what is inserted."""

import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from db.search import FILE_NAME
from desktop.letter.model import Issue
from desktop.models.earlier_answers import LINE, spoken
from desktop.services import search, trash
from desktop.services.case_list import list_cases
from desktop.services.cases import save_case
from desktop.services.rows import ReplyFound
from desktop.views.earlier_deeds import BEGIN_MS, EMPTY
from desktop.views.earlier_panel import HINT
from desktop.views.main_window import MainWindow
from desktop.views.preview_bars import EARLIER, PAPER
from desktop.widgets import theme
from tests.conftest import ROOT, TODAY
from tests.desktop.views.earlier import (
    BUSES,
    PARKS,
    SAID,
    answered,
    earlier_case,
    in_step,
    until,
    with_earlier,
)
from tests.desktop.views.hands import (
    CTRL,
    NARRATIVE,
    RESULT_LIST,
    click,
    drop,
    focused,
    press,
    settle,
    show,
    write,
)
from tests.desktop.views.test_looks import overlapping, tab_order

Key = Qt.Key


@pytest.fixture
def writing(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The narrative sample, the caret at the end of its first reply, earlier letters known."""
    with_earlier(window, qtbot)
    show(window, NARRATIVE)
    editor = window.page.replies.cards[0].editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    settle()
    answered(window, qtbot)
    return window


def numbers(window: MainWindow) -> list[str]:
    """Of the letters shown, in their order."""
    heads = [line for line in window.earlier.panel.model.lines if not line.said]
    return [line.found.proposal_number for line in heads]


def seek(window: MainWindow, qtbot: QtBot, words: str) -> None:
    window.earlier.panel.search.setText(words)
    answered(window, qtbot)


def choose(window: MainWindow, text: str) -> None:
    """Click the paragraph with these words."""
    panel = window.earlier.panel
    row = next(n for n, one in enumerate(panel.model.lines) if one.said and one.said.text == text)
    index = panel.model.index(row)
    panel.list.scrollTo(index)
    settle()
    panel.list.setCurrentIndex(index)
    settle()


def texts(window: MainWindow, card: int = 0) -> list[str]:
    return [p.text for p in window.session.case.replies[card].paragraphs]


# what is shown
def test_what_is_similar_stands_there_by_itself(writing: MainWindow) -> None:
    assert numbers(writing)[0] == "2023118"
    assert "2022031" not in numbers(writing)
    found = writing.earlier.panel.model.lines[0].found
    assert "口袋公园" in "".join(found.why) or "管护" in "".join(found.why)
    assert writing.preview.head.tabs.tabText(EARLIER) == f"往年答复 {len(numbers(writing))}"


def test_f4_leads_there_and_enter_takes_by_keyboard_alone(
    writing: MainWindow, qtbot: QtBot
) -> None:
    before = texts(writing)
    press(qtbot, Key.Key_F4)
    assert writing.preview.head.tabs.currentIndex() == EARLIER
    assert focused() is writing.earlier.panel.search
    press(qtbot, Key.Key_Down)
    assert focused() is writing.earlier.panel.list
    assert writing.earlier.panel.chosen()[0].said
    press(qtbot, Key.Key_Return)
    assert texts(writing) == [*before, SAID[0]]
    editor = writing.page.replies.cards[0].editor
    assert focused() is editor
    assert editor.caret_paragraph().text == SAID[0]
    write("好")
    assert texts(writing)[-1] == f"{SAID[0]}好"


def test_esc_and_f4_lead_back_to_the_words(writing: MainWindow, qtbot: QtBot) -> None:
    editor = writing.page.replies.cards[0].editor
    for leave in (Key.Key_Escape, Key.Key_F4):
        press(qtbot, Key.Key_F4)
        press(qtbot, Key.Key_Down)
        press(qtbot, leave)
        assert focused() is editor
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Escape)
    assert focused() is editor


def test_up_from_the_first_line_leads_to_the_search(writing: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_Up)
    assert focused() is writing.earlier.panel.search


def test_another_card_asks_for_its_own(writing: MainWindow, qtbot: QtBot) -> None:
    told = writing.earlier.panel.told
    assert "建议1、2" in told.text()
    click(qtbot, writing.page.replies.cards[1].rows[0].text.viewport())
    answered(writing, qtbot)
    assert "建议3、4" in told.text()


def test_search_finds_with_marks_and_filters(writing: MainWindow, qtbot: QtBot) -> None:
    panel = writing.earlier.panel
    writing.preview.turn(EARLIER)
    assert not panel.filters.isVisible()
    seek(writing, qtbot, "公交")
    assert numbers(writing) == ["2022031"]
    click(qtbot, panel.narrow)
    assert panel.filters.isVisible()
    line = panel.model.lines[1]
    assert line.said
    assert [line.said.text[a:b] for a, b in line.said.spans] == ["公交"]
    for narrow, there in (
        (lambda: panel.year.setCurrentText("2023年"), []),
        (lambda: panel.year.setCurrentText("2022年"), ["2022031"]),
        (lambda: panel.proposer.setText("周"), []),
        (lambda: panel.proposer.setText("何静雯"), ["2022031"]),
        (lambda: panel.outcome.setCurrentText("不能采纳"), []),
        (lambda: panel.outcome.setCurrentText("当年完成"), ["2022031"]),
        (lambda: panel.unit.setText("教育"), []),
    ):
        narrow()
        answered(writing, qtbot)
        assert numbers(writing) == there
    assert "没有找到" in panel.told.text()
    click(qtbot, panel.narrow)
    answered(writing, qtbot)
    assert numbers(writing) == ["2022031"]
    seek(writing, qtbot, "")
    assert numbers(writing)[0] == "2023118"


def test_a_filter_alone_is_a_question(writing: MainWindow, qtbot: QtBot) -> None:
    panel = writing.earlier.panel
    writing.preview.turn(EARLIER)
    click(qtbot, panel.narrow)
    panel.proposer.setText("何静雯")
    answered(writing, qtbot)
    assert numbers(writing) == ["2023118", "2022031"]
    assert panel.told.text() == "找到 2 条"


def test_enter_waits_for_what_was_asked(writing: MainWindow, qtbot: QtBot) -> None:
    """Whoever types fast must not get a paragraph of the list of before."""
    before, panel = texts(writing), writing.earlier.panel
    press(qtbot, Key.Key_F4)
    assert panel.model.lines
    panel.search.setText("夜间公交")
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    assert texts(writing) == before
    answered(writing, qtbot)
    assert focused() is panel.list
    press(qtbot, Key.Key_Return)
    assert texts(writing) == [*before, "已增开三条夜间公交线路。"]


def test_nothing_old_is_taken_by_mouse_either(writing: MainWindow, qtbot: QtBot) -> None:
    writing.preview.turn(EARLIER)
    choose(writing, SAID[0])
    before, panel = texts(writing), writing.earlier.panel
    panel.search.setText("夜间公交")
    click(qtbot, panel.insert)
    assert texts(writing) == before
    panel.search.setText("")
    answered(writing, qtbot)
    click(qtbot, panel.insert)
    assert texts(writing) == [*before, SAID[0]]


def test_twenty_at_a_time_and_no_more_than_there_are(window: MainWindow, qtbot: QtBot) -> None:
    """The open case holds the word as well and is not counted."""
    cases = [earlier_case(f"20230{n}", f"第{n}处口袋公园", ("已建成。",)) for n in range(10, 35)]
    with_earlier(window, qtbot, *cases)
    show(window, NARRATIVE)
    window.preview.turn(EARLIER)
    panel = window.earlier.panel
    seek(window, qtbot, "口袋公园")
    assert (len(set(numbers(window))), panel.told.text()) == (20, "前 20 条")
    panel.list.setCurrentIndex(panel.model.index(30))
    panel.list.scrollToBottom()
    settle()
    kept = panel.list.verticalScrollBar().value()
    click(qtbot, panel.more)
    answered(window, qtbot)
    assert (len(set(numbers(window))), panel.told.text()) == (25, "找到 25 条")
    assert panel.list.currentIndex().row() == 30
    assert panel.list.verticalScrollBar().value() == kept
    assert not panel.more.isVisible()


def test_a_save_leaves_the_list_where_it_was_read(window: MainWindow, qtbot: QtBot) -> None:
    cases = [earlier_case(f"20230{n}", f"第{n}处口袋公园管护") for n in range(10, 20)]
    with_earlier(window, qtbot, *cases)
    show(window, NARRATIVE)
    answered(window, qtbot)
    window.preview.turn(EARLIER)
    settle()
    bar = window.earlier.panel.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    kept = bar.value()
    editor = window.page.replies.cards[0].editor
    write("字", editor)
    window.session.save()
    in_step(window, qtbot)
    assert bar.value() == kept > 0


def test_a_search_ends_with_its_case(writing: MainWindow, qtbot: QtBot) -> None:
    seek(writing, qtbot, "公交")
    assert writing.preview.head.tabs.tabText(EARLIER) == "往年答复"
    show(writing, RESULT_LIST)
    answered(writing, qtbot)
    assert writing.earlier.panel.words == ""
    assert "2022031" not in numbers(writing)


def test_esc_empties_the_search_first(writing: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_F4)
    seek(writing, qtbot, "公交")
    press(qtbot, Key.Key_Escape)
    assert focused() is writing.earlier.panel.search
    assert writing.earlier.panel.words == ""
    press(qtbot, Key.Key_Escape)
    assert focused() is writing.page.replies.cards[0].editor


def test_esc_leads_to_the_words_before_any_caret_was_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    with_earlier(window, qtbot)
    show(window, NARRATIVE)
    window.sidebar.list.setFocus()
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Escape)
    assert focused() is window.page.replies.cards[0].editor


def test_a_library_without_earlier_letters_says_so(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(window, RESULT_LIST)
    trash.delete_case(window.session.case.key, datetime.now())
    show(window, NARRATIVE)
    window.earlier.begin()
    window.sidebar.set_rows(list_cases())
    in_step(window, qtbot)
    window.preview.turn(EARLIER)
    settle()
    panel = window.earlier.panel
    assert panel.told.text() == EMPTY
    asked: list[bool] = []
    monkeypatch.setattr(window.importing, "ask_folder", lambda: asked.append(True))
    click(qtbot, panel.bring)
    assert asked


def test_the_case_itself_is_not_found(writing: MainWindow, qtbot: QtBot) -> None:
    parks = PARKS.proposals[0].proposal_number
    seek(writing, qtbot, "公园")
    assert parks in numbers(writing)
    assert NARRATIVE not in numbers(writing)
    show(writing, parks)  # what is sought stays, what is one's own is another
    answered(writing, qtbot)
    assert parks not in numbers(writing)
    assert NARRATIVE in numbers(writing)


def test_a_line_says_itself(writing: MainWindow) -> None:
    head, first = writing.earlier.panel.model.lines[:2]
    assert head.found.issued
    for words in ("第2023118号", "2023年5月12日", "何静雯", "当年完成、明年待落实", "定稿"):
        assert words in spoken(head)
    assert spoken(first) == f"当年完成：{SAID[0]}"
    index = writing.earlier.panel.model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == spoken(head)
    assert index.data(LINE) is head


def test_tab_reaches_it_after_the_page(writing: MainWindow) -> None:
    writing.preview.begin()
    writing.preview.turn(EARLIER)
    writing.preview.come_last()
    settle()
    stops = tab_order(writing, writing)
    panel = [n for n, stop in enumerate(stops) if writing.earlier.panel.isAncestorOf(stop)]
    page = [n for n, stop in enumerate(stops) if writing.page.isAncestorOf(stop)]
    assert panel
    assert min(panel) > max(page)


def test_tab_goes_through_it_when_it_is_made_last(window: MainWindow, qtbot: QtBot) -> None:
    """As after a restart into an open case."""
    window.preview.begin()
    show(window, NARRATIVE)
    window.earlier.begin()
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Tab)
    assert focused() is window.earlier.panel.narrow


def test_on_another_page_esc_leads_to_its_tab(writing: MainWindow, qtbot: QtBot) -> None:
    writing.page.show_page("letter")
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Escape)
    assert focused() is writing.page.tabs


# what is inserted
def test_insert_is_one_step_and_brings_no_outcome(writing: MainWindow, qtbot: QtBot) -> None:
    before = writing.session.case.replies[0].paragraphs
    writing.preview.turn(EARLIER)
    choose(writing, SAID[0])
    click(qtbot, writing.earlier.panel.whole)
    after = writing.session.case.replies[0].paragraphs
    assert after[: len(before)] == before
    assert [(p.text, p.outcome) for p in after[len(before) :]] == [
        (SAID[0], None),
        (SAID[1], None),
    ]
    writing.session.undo()
    assert writing.session.case.replies[0].paragraphs == before
    assert not writing.page.replies.cards[0].reuse.isVisible()
    writing.session.redo()
    assert writing.session.case.replies[0].paragraphs == after
    assert writing.page.replies.cards[0].reuse.isVisible()


def test_a_double_click_and_a_drag_take_too(writing: MainWindow, qtbot: QtBot) -> None:
    writing.preview.turn(EARLIER)
    choose(writing, SAID[0])
    panel, before = writing.earlier.panel, texts(writing)
    place = panel.list.visualRect(panel.list.currentIndex()).center()
    qtbot.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert texts(writing) == [*before, SAID[0]]
    writing.session.undo()
    choose(writing, SAID[1])
    data = panel.model.mimeData(panel.list.selectedIndexes())
    assert data.text() == SAID[1]
    editor = writing.page.replies.cards[1].editor
    other = texts(writing, 1)
    drop(editor.viewport(), data, QPoint(editor.viewport().width() - 4, 8))
    settle()
    assert texts(writing, 1) == [other[0], SAID[1], *other[1:]]
    assert texts(writing) == before
    assert focused() is editor


def test_an_issued_letter_takes_nothing_and_says_why(writing: MainWindow, qtbot: QtBot) -> None:
    writing.session.issue(Issue(TODAY))
    settle()
    answered(writing, qtbot)
    writing.preview.turn(EARLIER)
    choose(writing, SAID[0])
    panel, before = writing.earlier.panel, writing.session.case
    assert not panel.insert.isEnabled()
    assert "已定稿" in panel.foot.text()
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Return)
    assert writing.session.case is before


def test_what_is_copied_is_the_paragraph_alone(writing: MainWindow, qtbot: QtBot) -> None:
    writing.preview.turn(EARLIER)
    choose(writing, SAID[0])
    writing.earlier.panel.list.setFocus()
    press(qtbot, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == SAID[0]


def test_what_is_copied_is_pasted_with_its_marks(writing: MainWindow, qtbot: QtBot) -> None:
    """Whatever is listed by then."""
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_C, CTRL)
    seek(writing, qtbot, "公交")
    card, other = writing.page.replies.cards[1], texts(writing, 1)
    card.editor.setFocus()
    card.editor.moveCursor(QTextCursor.MoveOperation.End)
    press(qtbot, Key.Key_V, CTRL)
    assert texts(writing, 1) == [*other, SAID[0]]
    assert "3 处待核对" in card.reuse.said.text()


def test_what_another_program_copied_from_us_is_plain_words(
    writing: MainWindow, qtbot: QtBot
) -> None:
    data = writing.earlier.panel.model.mimeData([writing.earlier.panel.model.index(1)])
    writing.earlier.panel.model.carried.clear()  # another window's
    QApplication.clipboard().setMimeData(data)
    before = texts(writing)
    press(qtbot, Key.Key_V, CTRL)
    assert texts(writing) == [*before[:-1], before[-1] + SAID[0]]


COPY = """
from PySide6.QtGui import QGuiApplication
from desktop.models.earlier_answers import EarlierAnswersModel
from tests.desktop.services.test_reusing import found
app, model = QGuiApplication([]), EarlierAnswersModel()
model.set_found([found()])
app.clipboard().setMimeData(model.mimeData([model.index(1)]))
"""


def test_a_program_that_ends_with_something_copied_ends_well() -> None:
    assert subprocess.run([sys.executable, "-c", COPY], cwd=ROOT).returncode == 0


def test_open_shows_that_case_and_leads_back(writing: MainWindow, qtbot: QtBot) -> None:
    editor = writing.page.replies.cards[0].editor
    paragraph = editor.paragraphs()[0]
    editor.put_caret(paragraph.key, 3)
    home, panel = writing.session.case, writing.earlier.panel
    seek(writing, qtbot, "口袋公园")
    writing.preview.turn(EARLIER)
    choose(writing, SAID[0])
    click(qtbot, panel.open)
    answered(writing, qtbot)
    looked_at = writing.session.case
    assert looked_at.key == PARKS.key
    assert panel.words == "口袋公园"
    assert panel.chosen()[0].said  # the list is as it was
    assert not panel.insert.isEnabled()
    press(qtbot, Key.Key_F4)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert writing.session.case is looked_at
    back = next(
        button
        for button in writing.page.banner.findChildren(QPushButton)
        if button.text() == "回到第2025118号"
    )
    click(qtbot, back)
    answered(writing, qtbot)
    assert writing.session.case.key == home.key
    editor = writing.page.replies.cards[0].editor
    assert focused() is editor
    assert editor.caret_paragraph() == paragraph
    assert editor.textCursor().positionInBlock() == 3
    assert writing.page.banner.sentence == ""
    assert panel.words == "口袋公园"
    choose(writing, SAID[0])
    assert panel.insert.isEnabled()


def test_a_visit_ends_where_something_else_is_opened(writing: MainWindow, qtbot: QtBot) -> None:
    writing.earlier.panel.open_asked.emit(BUSES.key)
    answered(writing, qtbot)
    assert "回到第2025118号" in writing.earlier.panel.foot.text()
    show(writing, RESULT_LIST)
    answered(writing, qtbot)
    assert writing.earlier.panel.foot.text() == HINT


# in step with the library
def test_it_learns_of_what_comes_goes_and_changes(writing: MainWindow, qtbot: QtBot) -> None:
    trash.delete_case(PARKS.key, datetime.now())
    with qtbot.waitSignal(writing.earlier.keeping.fresh, timeout=5000):
        writing.sidebar.set_rows(list_cases())
    answered(writing, qtbot)
    assert "2023118" not in numbers(writing)
    trash.bring_back(PARKS.key)
    with qtbot.waitSignal(writing.earlier.keeping.fresh, timeout=5000):
        writing.sidebar.set_rows(list_cases())
    answered(writing, qtbot)
    assert numbers(writing)[0] == "2023118"


def test_nothing_is_read_while_somebody_types(writing: MainWindow, qtbot: QtBot) -> None:
    keeping = writing.earlier.keeping
    save_case(None, earlier_case("2021007", "增开夜间公交线路", ("已增开夜间公交。",), 2021))
    write("字")
    keeping.refresh()
    until(qtbot, keeping._step_on.isActive)
    assert keeping._what is None
    with qtbot.waitSignal(keeping.fresh, timeout=5000):
        pass
    seek(writing, qtbot, "夜间公交")
    assert set(numbers(writing)) == {"2021007", "2022031"}


def test_a_broken_index_is_made_anew_with_a_quiet_word(
    writing: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    earlier = writing.earlier
    assert earlier._letters
    opened, earlier._letters._open = earlier._letters._open, None
    assert opened
    opened[0].close()
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    seek(writing, qtbot, "公交")
    assert "已经丢弃" in earlier.panel.told.text()
    assert "已经丢弃" in writing.status.word.text()
    in_step(writing, qtbot)
    assert numbers(writing) == ["2022031"]


def test_a_late_answer_is_dropped(
    writing: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, shown = threading.Event(), []
    real = search.search

    def slow(index: object, words: str, *others: object) -> list[ReplyFound]:
        if words == "公交":
            go_on.wait(5)
        return real(index, words, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(search, "search", slow)
    earlier = writing.earlier
    monkeypatch.setattr(earlier, "_show", lambda found, **_: shown.append(found))
    earlier.panel.search.setText("公交")
    until(qtbot, lambda: not earlier._soon.isActive())
    earlier.panel.search.setText("口袋公园")
    until(qtbot, lambda: not earlier._soon.isActive())
    go_on.set()
    until(qtbot, lambda: not earlier.answer.busy)
    assert [[one.proposal_number for one in found] for found in shown] == [["2023118"]]


def test_the_window_closes_while_it_searches(
    writing: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = search.search

    def slow(*asked: object) -> list[ReplyFound]:
        threading.Event().wait(0.3)
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(search, "search", slow)
    writing.earlier.panel.search.setText("公交")
    writing.earlier._ask()
    writing.earlier.keeping.refresh()
    writing.close()
    assert writing.earlier._letters
    assert writing.earlier._letters._open is None
    (tmp_path / FILE_NAME).unlink()
    qtbot.wait(100)
    assert not (tmp_path / FILE_NAME).exists()


def test_a_window_that_was_closed_at_once_opens_no_index(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.close()
    qtbot.wait(BEGIN_MS + 100)
    assert not (tmp_path / FILE_NAME).exists()


# looks
def test_f6_turns_to_the_paper_and_folds_it(writing: MainWindow, qtbot: QtBot) -> None:
    preview, ticked = writing.preview, writing.deeds.by_name["toggle_preview"]
    press(qtbot, Key.Key_F4)
    assert not ticked.isChecked()
    assert not preview.sheet.isVisible()
    press(qtbot, Key.Key_F6)
    assert preview.head.tabs.currentIndex() == PAPER
    assert ticked.isChecked()
    press(qtbot, Key.Key_F6)
    assert preview.isHidden()
    press(qtbot, Key.Key_F4)
    assert writing.earlier.panel.isVisible()


def test_it_folds_in_a_narrow_window(writing: MainWindow, qtbot: QtBot) -> None:
    writing.resize(1093, 614)
    settle()
    assert writing.preview.isHidden()
    press(qtbot, Key.Key_F4)
    assert writing.earlier.panel.isVisible()
    assert writing.sidebar.isHidden()
    assert overlapping(writing.earlier.panel) == []
    press(qtbot, Key.Key_F6)
    press(qtbot, Key.Key_F6)
    assert writing.sidebar.isVisible()


def test_foreign_words_are_plain(writing: MainWindow) -> None:
    for label in writing.earlier.panel.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_lines_follow_theme_and_size(writing: MainWindow) -> None:
    writing.preview.turn(EARLIER)
    settle()
    panel = writing.earlier.panel.list
    first = panel.model().index(0, 0)
    before = panel.visualRect(first).height()
    light = panel.grab().toImage()
    theme.dress("dark", 130)
    settle()
    assert panel.visualRect(first).height() > before
    assert panel.grab().toImage() != light
    theme.dress("light", 100)
    settle()
    assert panel.visualRect(first).height() == before


def test_its_menu_dies(writing: MainWindow) -> None:
    writing.preview.turn(EARLIER)
    choose(writing, SAID[0])
    panel = writing.earlier.panel
    before = len(writing.findChildren(QMenu))
    place = panel.list.visualRect(panel.list.currentIndex()).center()
    for _ in range(5):
        panel.list.customContextMenuRequested.emit(place)
        settle()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.close()
        settle()
    assert len(writing.findChildren(QMenu)) == before


def test_another_case_shows_its_own(writing: MainWindow, qtbot: QtBot) -> None:
    show(writing, RESULT_LIST)
    answered(writing, qtbot)
    shown = [line.found.case for line in writing.earlier.panel.model.lines]
    assert writing.session.case.key not in shown
    assert BUSES.key not in shown
