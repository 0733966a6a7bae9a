"""The import dialog as a handler uses it: looking, selecting, pressing the field's key."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import models
from db.enums import LetterKind
from desktop.letter.foreign.anatomy import Fact, Part
from desktop.letter.reader import read_case
from desktop.letter.reading import Reading
from desktop.services import cases
from desktop.services.library import library
from desktop.views.dialogs.import_letter import ImportLetter
from desktop.views.import_fields import FIELDS, UNKNOWN
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from tests.conftest import DATA, TODAY
from tests.desktop.views.hands import (
    ALT,
    CTRL,
    SHIFT,
    click,
    drop_files,
    settle,
    when_asked,
)

MESSY = DATA / "messy-letter.txt"
LETTERS = [MESSY, *sorted((DATA / "letters").glob("*.txt"))]
Key = Qt.Key
FIELD_NAMES = [field.name for field in FIELDS]


def read(path: Path) -> Reading:
    return read_case(path.read_bytes(), TODAY)


def opened(qtbot: QtBot, reading: Reading) -> ImportLetter:
    dialog = ImportLetter(None, "来函.txt", reading, TODAY)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    return dialog


@pytest.fixture(autouse=True)
def _shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """A library: the dialog says what stands in it."""
    if "window" in request.fixturenames:
        yield
        return
    with library(tmp_path):
        yield


@pytest.fixture
def dialog(qtbot: QtBot) -> ImportLetter:
    return opened(qtbot, read(MESSY))


def select(dialog: ImportLetter, words: str) -> None:
    start = dialog.original.toPlainText().index(words)
    dialog.original.select(start, start + len(words))


def said(dialog: ImportLetter, name: str) -> str:
    return dialog.fields.rows[name].value.text()


def test_a_selection_becomes_the_field_whose_key_is_pressed(
    qtbot: QtBot, dialog: ImportLetter
) -> None:
    """The handler wants the 案由 shorter, and the phone alone as contact."""
    assert said(dialog, "案由") == "关于打通乡村断头路的建议"
    select(dialog, "打通乡村断头路")
    qtbot.keyClick(dialog.original, Key.Key_A, ALT)
    assert said(dialog, "案由") == "打通乡村断头路"
    select(dialog, "联系人:魏长青 电话:0712-3344556")
    click(qtbot, dialog.fields.rows["联系"].take)
    assert dialog.reading.anatomy
    assert dialog.reading.anatomy.value(Fact.CONTACT_NAME) == "魏长青"
    assert "共 5 段" in said(dialog, "正文")
    click(qtbot, dialog.main_button)
    assert dialog.answer
    (proposal, *_) = dialog.answer.case.proposals
    assert proposal.subject == "打通乡村断头路"
    assert dialog.answer.case.fields.contact.text == "联系人:魏长青 电话:0712-3344556"


def test_with_keys_only(qtbot: QtBot, dialog: ImportLetter) -> None:
    """Select a line with Shift+End, make it none of the letter, take that back, import."""
    original = dialog.original
    assert dialog.focusWidget() is original
    cursor = original.textCursor()
    cursor.setPosition(original.toPlainText().index("(此件主动公开)"))
    original.setTextCursor(cursor)
    qtbot.keyClick(original, Key.Key_End, SHIFT)
    qtbot.keyClick(original, Key.Key_0, ALT)
    assert said(dialog, "公开") == UNKNOWN
    assert any("(此件主动公开)" in line for line in listed(dialog))
    qtbot.keyClick(original, Key.Key_Z, CTRL)
    assert said(dialog, "公开") == "此件主动公开"
    assert dialog.reading == read(MESSY)
    qtbot.keyClick(original, Key.Key_Return)
    assert dialog.answer == read(MESSY)


def listed(dialog: ImportLetter) -> list[str]:
    return [dialog.left_out.item(n).text() for n in range(dialog.left_out.count())]


def test_what_cannot_be_is_said_and_nothing_changes(qtbot: QtBot, dialog: ImportLetter) -> None:
    before = dialog.reading
    qtbot.keyClick(dialog.original, Key.Key_1, ALT)  # nothing is selected
    assert "没有选中文字" in dialog.problem.text()
    select(dialog, "感谢您们的理解")
    qtbot.keyClick(dialog.original, Key.Key_7, ALT)
    assert "不是一个日期" in dialog.problem.text()
    assert dialog.reading is before
    assert not dialog.undo.isEnabled()
    select(dialog, "2023-06-20")
    qtbot.keyClick(dialog.original, Key.Key_7, ALT)
    assert dialog.problem.isHidden()


def test_two_numbers_are_a_choice(qtbot: QtBot) -> None:
    dialog = opened(qtbot, read(DATA / "letters" / "disagreeing.txt"))
    row = dialog.fields.rows["编号"]
    assert row.choice
    assert [button.text() for button in row.choice.buttons()] == ["110", "111"]
    assert not row.problem.isHidden()
    click(qtbot, row.choice.buttons()[1])
    assert said(dialog, "编号") == "111"
    assert row.problem.isHidden()
    assert dialog.reading.case.proposals[0].proposal_number == "111"
    assert not any("110" in note for note in dialog.reading.notes)


def test_an_opinion_is_said_to_be_one(qtbot: QtBot) -> None:
    dialog = opened(qtbot, read(DATA / "letters" / "opinion-plain.txt"))
    assert "这是会办意见" in dialog.kind.text()
    assert dialog.reading.case.kind is LetterKind.OPINION


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_nothing_the_reader_found_is_kept_from_the_handler(qtbot: QtBot, path: Path) -> None:
    """The whole source, every fact, everything left out with its reason, every note."""
    reading = read(path)
    anatomy = reading.anatomy
    assert anatomy
    dialog = opened(qtbot, reading)
    assert dialog.original.toPlainText() == anatomy.source
    assert listed(dialog) == [f"{why}：{text}" for why, text in anatomy.left_out()]
    assert dialog.notes.text().split("\n") == list(reading.notes or [""])
    rows = dialog.fields.rows.values()
    shown = "".join(
        (row.choice and " ".join(b.text() for b in row.choice.buttons())) or row.value.text()
        for row in rows
    )
    printed = "".join(shown.split())
    for found in anatomy.facts:
        place = "".join(anatomy.source[found.start : found.end].split())
        assert found.value in printed or place in printed, found
    for part in Part:
        if any(anatomy.of(part)) and part is not Part.LEFT_OUT:
            row = next(r for r in rows if part in (r.field.target, r.field.fact))
            assert row.value.text() != UNKNOWN


def test_a_name_leads_to_its_place(qtbot: QtBot, dialog: ImportLetter) -> None:
    click(qtbot, dialog.fields.rows["署名"].name)
    assert dialog.original.textCursor().selectedText() == "青梧县交通运输局"
    click(qtbot, dialog.fields.rows["附件"].name)
    assert "Alt+F" in dialog.problem.text()
    dialog.left_out.itemActivated.emit(dialog.left_out.item(1))
    assert dialog.original.textCursor().selectedText().startswith("索引号")


def test_a_character_that_is_two_to_qt(qtbot: QtBot) -> None:
    text = MESSY.read_text(encoding="utf-8").replace("方以宁", "方以𠮷")
    dialog = opened(qtbot, read_text(text))
    select_after = dialog.original.toPlainText().index("关于打通乡村断头路的建议")
    dialog.original.select(select_after, select_after + 12)
    assert dialog.original.textCursor().selectedText() == "关于打通乡村断头路的建议"
    assert dialog.original.selection() == (select_after, select_after + 12)
    qtbot.keyClick(dialog.original, Key.Key_A, ALT)
    assert said(dialog, "案由") == "关于打通乡村断头路的建议"


def read_text(text: str) -> Reading:
    return read_case(text.encode(), TODAY)


def imported(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.importing.busy, timeout=8000)
    settle()


@pytest.mark.parametrize(("answer", "came"), [("导入", 1), ("取消", 0)])
def test_a_dropped_letter_is_looked_at_first(
    window: MainWindow, qtbot: QtBot, answer: str, came: int
) -> None:
    before = len(models.Letter.select())
    asked = when_asked(answer)
    drop_files(window, [MESSY])
    imported(window, qtbot)
    assert asked == ["导入 messy-letter.txt"]
    assert len(models.Letter.select()) == before + came
    assert bool([r for r in window.sidebar.model.rows if r.proposal_number == "0087"]) == bool(came)


def test_what_was_corrected_is_what_is_stored(window: MainWindow, qtbot: QtBot) -> None:
    def correct(dialog: object) -> None:
        assert isinstance(dialog, ImportLetter)
        select(dialog, "关于打通乡村断头路的建议")
        dialog.activateWindow()
        settle()
        qtbot.keyClick(dialog.original, Key.Key_A, ALT)
        dialog.main_button.click()

    when_asked(correct)
    drop_files(window, [MESSY])
    imported(window, qtbot)
    case = cases.find_case("0087")
    assert case.proposals[0].subject == "关于打通乡村断头路的建议"
    assert QApplication.activeModalWidget() is None


def test_what_no_letter_is_without_is_missed_in_red(qtbot: QtBot) -> None:
    dialog = opened(qtbot, read_text("县政协第12号提案的答复\n叶青禾委员：\n已办。\n"))
    looks = {
        name: row.value.palette().windowText().color().name()
        for name, row in dialog.fields.rows.items()
        if row.value.text() == UNKNOWN
    }
    red = {name for name, look in looks.items() if look == theme.color("bad").name()}
    assert {"届次", "案由", "署名", "日期"} <= red
    assert {"附件", "抄送", "签发人"} <= looks.keys() - red
    (note,) = (n for n in dialog.reading.notes if "未识别" in n)
    assert {name for name in FIELD_NAMES if name in note} <= red


def test_two_names_that_touch_are_both_coloured(dialog: ImportLetter) -> None:
    """Of two touching selections of one look Qt draws but one."""
    places = [
        (made.cursor.selectionStart(), made.cursor.selectionEnd())
        for made in dialog.original.extraSelections()
        if made.format.fontUnderline()
    ]
    assert all(one[1] < other[0] for one, other in pairwise(sorted(places)))
    covered = {n for start, end in places for n in range(start, end)}
    assert dialog.reading.anatomy
    assert {n for f in dialog.reading.anatomy.facts for n in range(f.start, f.end)} <= covered


@pytest.mark.parametrize(("answer", "stays"), [("取消", True), ("放弃", False)])
def test_corrections_are_not_lost_by_one_key(
    qtbot: QtBot, dialog: ImportLetter, answer: str, stays: bool
) -> None:
    select(dialog, "打通乡村断头路")
    qtbot.keyClick(dialog.original, Key.Key_A, ALT)
    asked = when_asked(answer)
    qtbot.keyClick(dialog.original, Key.Key_Escape)
    assert "1 处更正" in asked[0]
    assert dialog.isVisible() == stays
    assert len(dialog.corrections) == 1


def test_where_nothing_was_corrected_nothing_is_asked(qtbot: QtBot, dialog: ImportLetter) -> None:
    qtbot.keyClick(dialog.original, Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_program_that_ends_waits_for_no_answer(qtbot: QtBot, dialog: ImportLetter) -> None:
    select(dialog, "打通乡村断头路")
    qtbot.keyClick(dialog.original, Key.Key_A, ALT)
    QApplication.closeAllWindows()
    assert not dialog.isVisible()


def test_what_is_there_already_is_said_before_the_work(qtbot: QtBot) -> None:
    cases.store(read(MESSY))
    dialog = opened(qtbot, read(MESSY))
    assert dialog.notes.text().startswith("文库中已有第0087号")
    select(dialog, "索引号：014203/2023-00127")
    dialog.original.select(dialog.original.selection()[0] + 4, dialog.original.selection()[0] + 10)
    qtbot.keyClick(dialog.original, Key.Key_B, ALT)
    assert dialog.reading.case.proposals[0].proposal_number == "014203"
    assert "文库中已有" not in dialog.notes.text(), "it is another one now"


@pytest.mark.parametrize(("ticked", "state"), [(True, "issued"), (False, "draft")])
def test_a_letter_that_left_long_ago_comes_in_as_it_is(
    window: MainWindow, qtbot: QtBot, ticked: bool, state: str
) -> None:
    def tick(dialog: object) -> None:
        assert isinstance(dialog, ImportLetter)
        assert dialog.issued.isVisible()
        assert dialog.issued.isChecked()
        if not ticked:
            click(qtbot, dialog.issued)
        click(qtbot, dialog.main_button)

    when_asked(tick)
    drop_files(window, [MESSY])
    imported(window, qtbot)
    issue = cases.find_case("0087").issue
    assert ("issued" if issue else "draft") == state
    assert not issue or (str(issue.on), issue.by) == ("2023-06-16", "石榆")


def test_a_letter_of_today_is_no_old_one(qtbot: QtBot) -> None:
    text = MESSY.read_text(encoding="utf-8").replace("二○二三年六月十六日", "2025年11月21日")
    assert opened(qtbot, read_text(text)).issued.isHidden()
