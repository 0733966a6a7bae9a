"""收回来稿 by hand: files dropped, looked at, taken or left change by change, and undone."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db import models
from db.enums import RevisionReason
from desktop.letter.model import Case
from desktop.letter.writer import letter_docx
from desktop.services import exports, revisions
from desktop.services.cases import find_case, save_case
from desktop.services.differences import Change
from desktop.services.merging.merge_change import ChangeKind, MarkedRun, MergeChange
from desktop.services.receiving import File
from desktop.views.dialogs.returns import ReturnsDialog
from desktop.views.main_window import MainWindow
from desktop.views.return_cards import UNPLACED, ChangeCard
from desktop.views.return_list import ROW, Row
from desktop.widgets import theme
from tests.cases import plain_case
from tests.conftest import DATA
from tests.desktop.views.hands import (
    CTRL,
    NARRATIVE,
    RESULT_LIST,
    click,
    drop,
    drop_files,
    press,
    settle,
    show,
    when_asked,
)
from tests.desktop.views.test_looks import LOOKS, backwards
from tests.docx_edits import edited, new_paragraph, paragraph, paragraphs, set_text
from tests.returned_files import ANSWERS, OURS, REMARK, STRAY, TYPED, all_back

TODAY = date.today()
READ_MS = 20_000  # for the reading process to start and read, beside other work
ANSWERED = [text for said in ANSWERS.values() for texts in said.values() for text in texts]


@pytest.fixture
def key(window: MainWindow) -> str:
    """Of the case the files belong to."""
    rows = window.sidebar.model.rows
    return next(row.key for row in rows if row.proposal_number == NARRATIVE)


@pytest.fixture
def back(window: MainWindow, key: str, tmp_path: Path) -> list[Path]:
    """Four packages and the letter that came back; the case they belong to is open."""
    folder = tmp_path / "来稿"
    folder.mkdir()
    paths = all_back(key, folder, TODAY)
    show(window, NARRATIVE)
    return paths


@pytest.fixture
def dialog(window: MainWindow, back: list[Path], qtbot: QtBot) -> Iterator[ReturnsDialog]:
    """The dialog with all five."""
    yield from opened(window, back, qtbot)


def opened(window: MainWindow, paths: list[Path], qtbot: QtBot) -> Iterator[ReturnsDialog]:
    dialog = ReturnsDialog(window, paths, TODAY)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # it is asked afterwards
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    have_read(dialog, qtbot)
    yield dialog
    dialog.done(0)
    dialog.deleteLater()
    settle()


def have_read(dialog: ReturnsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.busy.isHidden, timeout=READ_MS)
    settle()


def by_hand(qtbot: QtBot, deeds: Callable[[ReturnsDialog], object]) -> list[str]:
    """What is done in the dialog that opens next, once its files are read."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ReturnsDialog)
        have_read(dialog, qtbot)
        deeds(dialog)

    return when_asked(answer)


def texts(case: Case) -> list[str]:
    return [p.text for reply in case.replies for p in reply.paragraphs]


def row(dialog: ReturnsDialog, name: str, start: int = 0) -> tuple[int, QRect]:
    """The place of the line that begins so, the first from `start` on."""
    tree = dialog.list
    for number in range(start, tree.topLevelItemCount()):
        item = tree.topLevelItem(number)
        if item and item.text(0).startswith(name):
            tree.scrollToItem(item)
            return number, tree.visualItemRect(item)
    raise AssertionError(name)


def turn_to(dialog: ReturnsDialog, qtbot: QtBot, name: str, start: int = 0) -> int:
    """A click on a line of the list."""
    number, place = row(dialog, name, start)
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(dialog.list.viewport(), button, pos=place.center())
    settle()
    return number


def button(inside: QDialog | ChangeCard, text: str) -> QAbstractButton:
    return next(b for b in inside.findChildren(QAbstractButton) if b.text() == text)


def conflict(dialog: ReturnsDialog) -> ChangeCard:
    return next(card for card in dialog.page.cards if card.change.conflict)


# the whole of it
def test_five_returns_are_taken_in_with_a_handful_of_clicks(
    window: MainWindow, back: list[Path], key: str, qtbot: QtBot
) -> None:
    """Dropped together, one question, all that is clear, two decisions: seconds of a person."""
    clicks = 0

    def decide(dialog: ReturnsDialog) -> None:
        nonlocal clicks
        for target in (
            dialog.clear,
            lambda: button(conflict(dialog), "用来稿"),
            dialog.rest,
            dialog.main_button,
        ):
            click(qtbot, target() if callable(target) else target)
            clicks += 1

    def agree(question: QDialog) -> None:
        nonlocal clicks
        by_hand(qtbot, decide)
        click(qtbot, button(question, "收回来稿"))
        clicks += 1

    before, began = window.session.case, monotonic()
    said = when_asked(agree)
    drop_files(window, back)
    qtbot.waitUntil(lambda: window.session.case != before, timeout=READ_MS)
    settle()
    assert clicks == 5
    assert monotonic() - began < READ_MS / 1000
    assert said[0].startswith("这 5 份都是第2025118号")
    after = window.session.case
    assert set(ANSWERED) <= set(texts(after))
    assert TYPED[1] in texts(after)[0]
    assert all(unit.returned_on == TODAY for unit in after.assignments)
    assert {REMARK, f"未归位：{STRAY}"} == {note.text for note in after.notes}
    assert find_case(key) == after
    assert "改动前的内容留在“版本”里" in window.page.banner.sentence
    kept = revisions.list_revisions(key)
    assert kept[0].reason is RevisionReason.MERGE
    assert window.page.banner.isVisible()
    press(qtbot, Qt.Key.Key_Z, CTRL)  # all of it, in one step
    assert window.session.case == before
    assert not window.page.banner.isVisible()  # it is no longer so
    assert window.session.save()
    assert find_case(key) == before


def test_cancel_changes_nothing(
    window: MainWindow, back: list[Path], key: str, qtbot: QtBot
) -> None:
    before, states = find_case(key), len(revisions.list_revisions(key))

    said: list[list[str]] = []

    def leave(dialog: ReturnsDialog) -> None:
        click(qtbot, dialog.all)
        said.append(when_asked("取消"))
        press(qtbot, Qt.Key.Key_Escape)  # by mistake: what was chosen stays
        assert dialog.isVisible()
        assert dialog.picking.begun
        said.append(when_asked("关闭"))
        click(qtbot, button(dialog, "取消"))
        assert not dialog.isVisible()

    by_hand(qtbot, leave)
    window.receiving.take_in(back)
    assert all("都不保留" in words for words in (*said[0], *said[1]))
    assert [len(words) for words in said] == [1, 1]
    assert find_case(key) == before == window.session.case
    assert len(revisions.list_revisions(key)) == states
    assert not models.Returned.select().exists()
    assert not window.session.open_case or not window.session.open_case.undo_name


def test_by_keys_alone(dialog: ReturnsDialog, key: str, qtbot: QtBot) -> None:
    """Enter leads to what is not decided; Space takes, ↓ goes on, also into the next file."""
    cards = dialog.page.cards
    assert cards[0].hasFocus()
    seen = set()
    while dialog.main_button.isEnabled() and not dialog.entered:
        card = dialog.focusWidget()
        assert isinstance(card, ChangeCard)
        seen.add(card.change.key)
        press(qtbot, Qt.Key.Key_Space)
        last = not any(map(dialog.picking.undecided, files(dialog)))
        press(qtbot, Qt.Key.Key_Return if last else Qt.Key.Key_Down)
    assert len(seen) == 10
    ((_, after),) = dialog.entered
    assert after == find_case(key)
    assert set(ANSWERED) <= set(texts(after))


def files(dialog: ReturnsDialog) -> list[File]:
    return [file for merge in dialog.picking.merges for file in merge.files]


# one change
def test_a_change_is_taken_left_and_taken_back(dialog: ReturnsDialog, qtbot: QtBot) -> None:
    card = dialog.page.cards[0]
    click(qtbot, button(card, "采纳"))
    assert dialog.page.cards[0] is card  # in place, under the mouse
    assert dialog.will.text().startswith("将改动 1 条答复的 1 处")
    assert "已采纳" not in card.accessibleDescription()
    assert card.accessibleDescription().startswith("采纳")
    click(qtbot, button(card, "不采纳"))
    assert "将改动" not in dialog.will.text()
    press(qtbot, Qt.Key.Key_Z, CTRL)
    assert dialog.will.text().startswith("将改动 1 条答复的 1 处")
    press(qtbot, Qt.Key.Key_Left)
    press(qtbot, Qt.Key.Key_Right)
    assert card.choice.value() == "leave"


def test_the_whole_of_a_reply(dialog: ReturnsDialog, qtbot: QtBot) -> None:
    click(qtbot, button(dialog, "本条答复全部采纳"))
    assert [card.choice.value() for card in dialog.page.cards] == ["take", "take"]
    number, _ = row(dialog, "建议1、2的答复")
    assert "已定" in dialog.list.topLevelItem(number).text(0)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("choice", "stands", "gone"),
    [
        ("用来稿", [TYPED[1]], OURS),
        ("保留我们的", [OURS], TYPED[1]),
        ("两者都留", [OURS, TYPED[1]], None),
    ],
)
def test_a_conflict_shows_three_texts_and_is_chosen(
    dialog: ReturnsDialog, key: str, qtbot: QtBot, choice: str, stands: list[str], gone: str | None
) -> None:
    click(qtbot, dialog.clear)
    card = conflict(dialog)
    assert card.hasFocus()  # what is left to decide comes by itself
    for word in ("原来", "我们现在", "来稿", "基本", "逐一", "冲突"):
        said = [label.text() for label in card.findChildren(QLabel)]
        assert any(word in text for text in said), word
    assert "还有 2 处没有决定" in dialog.will.text()
    click(qtbot, button(card, choice))
    click(qtbot, dialog.rest)
    click(qtbot, dialog.main_button)
    ((_, after),) = dialog.entered
    for words in stands:
        assert any(words in text for text in texts(after))
    assert not gone or not any(gone in text for text in texts(after))
    assert find_case(key) == after


def test_nothing_is_taken_in_while_a_change_is_not_decided(
    dialog: ReturnsDialog, key: str, qtbot: QtBot
) -> None:
    before = find_case(key)
    click(qtbot, dialog.clear)
    click(qtbot, dialog.main_button)
    assert dialog.isVisible()
    assert conflict(dialog).hasFocus()
    assert find_case(key) == before
    click(qtbot, dialog.all)
    assert "没有决定" not in dialog.will.text()
    click(qtbot, dialog.main_button)
    assert not dialog.isVisible()


def test_what_one_unit_brings_can_be_a_conflict_for_the_next(
    window: MainWindow, back: list[Path], tmp_path: Path, key: str, qtbot: QtBot
) -> None:
    """The same words changed twice: only once the first is taken."""
    case = find_case(key)
    first = case.replies[0]
    mine = replace(first.paragraphs[0], text=texts(case)[0].replace(OURS, TYPED[0]))
    replies = (replace(first, paragraphs=(mine, *first.paragraphs[1:])), *case.replies[1:])
    save_case(case, replace(case, replies=replies))  # as it left: the chief's is no conflict now

    def other(root: Any) -> None:
        p = paragraph(root, "我局会同")
        text = next(text for text, found in paragraphs(root) if found is p)
        set_text(p, text.replace("全部签订", "陆续签订"))

    sent = next(path for path in back[-1].parent.glob("*.docx") if "的答复" in path.name)
    path = tmp_path / "李科长改.docx"
    path.write_bytes(edited(sent.read_bytes(), other))
    for dialog in opened(window, [back[-1], path], qtbot):
        assert dialog.count.text() == "2 份来稿，5 处改动"
        click(qtbot, button(dialog.page.cards[0], "采纳"))
        assert dialog.count.text() == "2 份来稿，5 处改动，1 处冲突"
        click(qtbot, button(dialog.page.cards[0], "不采纳"))
        assert dialog.count.text() == "2 份来稿，5 处改动"


# what stands in no reply, remarks, titles
def test_a_text_without_a_place_is_put_into_a_reply(
    dialog: ReturnsDialog, key: str, qtbot: QtBot
) -> None:
    general = find_case(key).replies[-1].key
    turn_to(dialog, qtbot, "审核稿")
    box = dialog.page.texts[0].box
    box.setFocus()
    press(qtbot, Qt.Key.Key_End)
    assert box.currentText() == "放到 总的说明"
    click(qtbot, dialog.all)
    click(qtbot, dialog.main_button)
    ((_, after),) = dialog.entered
    assert after.replies[-1].key == general
    assert after.replies[-1].paragraphs[-1].text == STRAY
    assert [note.text for note in after.notes] == [REMARK]


def test_it_can_be_dragged_onto_a_reply_in_the_list(dialog: ReturnsDialog, qtbot: QtBot) -> None:
    file = turn_to(dialog, qtbot, "审核稿")
    carried = QMimeData()
    carried.setData(UNPLACED, b"0")
    _, title = row(dialog, "编号、名称、标题", file)
    drop(dialog.list.viewport(), carried, title.center())
    assert dialog.page.texts[0].box.currentText() == "留作批注"  # no reply
    _, place = row(dialog, "建议3、4的答复", file)
    drop(dialog.list.viewport(), carried, place.center())
    assert dialog.page.texts[0].box.currentText() == "放到 建议3、4的答复"
    click(qtbot, dialog.all)
    click(qtbot, dialog.main_button)
    ((_, after),) = dialog.entered
    assert after.replies[1].paragraphs[-1].text == STRAY


def test_titles_are_set_apart_and_remarks_are_read(dialog: ReturnsDialog, qtbot: QtBot) -> None:
    click(qtbot, dialog.clear)
    said = [label.text() for label in dialog.page.findChildren(QLabel)]
    assert "编号、名称、标题的改动（请逐项核对）" in said
    assert any(REMARK in text and "王科长" in text for text in said)
    title = dialog.page.cards[-1]
    assert title.kind.text() == "标题　修改"
    assert title.choice.value() == ""


def test_what_is_taken_of_a_title_alone_is_no_reply(
    window: MainWindow, back: list[Path], qtbot: QtBot
) -> None:
    for dialog in opened(window, back[-1:], qtbot):
        title = dialog.page.cards[-1]
        click(qtbot, button(title, "采纳"))
        click(qtbot, dialog.rest)
        assert dialog.will.text().startswith("将改动 编号、名称、标题的 1 处，")


def test_foreign_words_are_no_html(qtbot: QtBot) -> None:
    words = "<b>不是标记</b>&amp;"
    change = MergeChange(
        "k", ChangeKind.ADDED, "r", "p", "", words,
        (MarkedRun(Change.ADDED, words),),
    )  # fmt: skip
    card = ChangeCard(change, "建议1的答复")
    qtbot.addWidget(card)
    assert "&lt;b&gt;不是标记&lt;/b&gt;&amp;amp;" in card.said.text()


# files
def test_a_file_nothing_comes_of_is_listed_with_its_sentence(
    window: MainWindow, key: str, tmp_path: Path, qtbot: QtBot
) -> None:
    before = find_case(key)
    stranger, broken = tmp_path / "别处的函.txt", tmp_path / "坏.docx"
    shutil.copyfile(DATA / "twin-narrative.txt", stranger)
    broken.write_bytes(b"PK\x03\x04 nothing")
    for dialog in opened(window, [stranger, broken], qtbot):
        assert not dialog.main_button.isEnabled()
        assert "没有可以收回的来稿" in dialog.will.text()
        assert dialog.count.text().endswith("，2 份不能收回")
        turn_to(dialog, qtbot, "别处的函")
        said = [label.text() for label in dialog.page.findChildren(QLabel)]
        assert any("第2025204号" in text and "没有收回任何内容" in text for text in said)
        turn_to(dialog, qtbot, "坏")
        assert any("坏.docx" in label.text() for label in dialog.page.findChildren(QLabel))
    assert find_case(key) == before


def test_the_same_file_twice_changes_nothing_the_second_time(
    window: MainWindow, back: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    twin = tmp_path / "改了名.docx"
    shutil.copyfile(back[0], twin)
    for dialog in opened(window, [back[0], twin], qtbot):
        click(qtbot, dialog.all)
        assert any(
            "是同一份文件" in " ".join(f.notes) for m in dialog.picking.merges for f in m.files
        )
        click(qtbot, dialog.main_button)
        ((_, once),) = dialog.entered
    for dialog in opened(window, [twin], qtbot):
        assert not dialog.main_button.isEnabled()
        said = [label.text() for label in dialog.page.findChildren(QLabel)]
        assert any("已收回过" in text for text in said)
        click(qtbot, button(dialog, "再对照一次"))
        assert dialog.main_button.isEnabled()
        click(qtbot, dialog.main_button)
        ((_, twice),) = dialog.entered
    assert texts(once) == texts(twice)


def test_files_of_several_cases_stand_by_case_and_the_first_is_shown(
    window: MainWindow, back: list[Path], key: str, tmp_path: Path, qtbot: QtBot
) -> None:
    other = next(r.key for r in window.sidebar.model.rows if r.proposal_number == RESULT_LIST)
    case = find_case(other)
    words = next(text for text in texts(case) if text)
    sent = exports.export_case(other, tmp_path, TODAY, settings=exports.Settings(), overwrite=True)

    def add(root: Any) -> None:
        p = next(p for text, p in paragraphs(root) if words in text)
        p.addnext(new_paragraph("另请物业服务企业每月自查一次。"))

    sent.path.write_bytes(edited(sent.path.read_bytes(), add))

    def decide(dialog: ReturnsDialog) -> None:
        heads = [
            dialog.list.topLevelItem(n).data(0, ROW) for n in range(dialog.list.topLevelItemCount())
        ]
        named = [head.name for head in heads if isinstance(head, Row) and not head.file]
        assert [name[:4] for name in named] == [f"第{NARRATIVE}"[:4], f"第{RESULT_LIST}号"]
        click(qtbot, dialog.all)
        assert "留下 2 个改动前的版本" in dialog.will.text()
        click(qtbot, dialog.main_button)

    window.session.leave()
    by_hand(qtbot, decide)
    window.receiving.take_in([back[0], sent.path])
    assert window.session.case.key == key
    assert window.session.open_case
    assert window.session.open_case.undo_name == "收回来稿"
    assert "另请物业服务企业每月自查一次。" in texts(find_case(other))


def test_a_case_that_changed_meanwhile_refuses_and_nothing_is_lost(
    dialog: ReturnsDialog, key: str, qtbot: QtBot
) -> None:
    case = find_case(key)
    now = replace(case, sealed=not case.sealed)
    save_case(case, now)
    click(qtbot, dialog.all)
    click(qtbot, dialog.main_button)
    assert dialog.isVisible()
    assert dialog.entered == []
    assert find_case(key) == now
    said = [label.text() for label in dialog.page.findChildren(QLabel)]
    assert any("刚才又有改动" in text for text in said)


def test_reading_can_be_cancelled(window: MainWindow, back: list[Path], qtbot: QtBot) -> None:
    """What was read is shown, the rest is left; nothing hangs."""
    dialog = ReturnsDialog(window, back, TODAY)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.picking.merges), timeout=READ_MS)
    click(qtbot, dialog.busy.findChildren(QPushButton)[0])
    have_read(dialog, qtbot)
    assert 1 <= len(files(dialog)) < len(back)
    assert dialog.main_button.isEnabled()
    dialog.close()
    settle()


# doors
def test_a_return_is_offered_where_it_is_dropped_and_can_still_be_imported(
    window: MainWindow, back: list[Path], key: str, qtbot: QtBot
) -> None:
    sent = next(path for path in back[-1].parent.glob("*.docx") if "的答复" in path.name)
    asked: list[str] = []

    def beside(question: QDialog) -> None:
        asked.extend(b.text() for b in question.findChildren(QPushButton))
        click(qtbot, button(question, "另存一份"))

    when_asked(beside)
    with qtbot.waitSignal(window.importing.ended, timeout=READ_MS) as ended:
        drop_files(window, [sent])
    assert asked == ["收回来稿", "替换它（先留一个版本）", "另存一份", "取消"]
    assert len(ended.args[0]) == 1
    assert ended.args[0] != [key]


def test_what_is_no_return_is_imported(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "别的.docx"
    case = plain_case()
    other = replace(case.proposals[0], proposal_number="2025999")
    path.write_bytes(letter_docx(replace(case, proposals=(other,)), TODAY))
    with qtbot.waitSignal(window.importing.ended, timeout=READ_MS) as ended:
        drop_files(window, [path])
    assert len(ended.args[0]) == 1


def test_menu_and_tab_ask_for_files(
    window: MainWindow, back: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(path) for path in back[:1]]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    window.page.show_page("co_handling")
    settle()
    seen: list[str] = []

    def close(dialog: ReturnsDialog) -> None:
        seen.append(dialog.count.text())
        dialog.close()

    by_hand(qtbot, close)
    click(qtbot, window.page.co_handling.receive)
    by_hand(qtbot, close)
    window.deeds.by_name["receive_returns"].trigger()
    assert seen == ["1 份来稿，2 处改动"] * 2


# looks
@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_nothing_of_it_is_cut(
    dialog: ReturnsDialog, qtbot: QtBot, size: tuple[int, int], scale: int
) -> None:
    theme.dress("light", scale)
    try:
        dialog.resize(size[0] - 48, size[1] - 48)
        click(qtbot, dialog.clear)
        settle()
        cut = [
            label.text()
            for label in dialog.findChildren(QAbstractButton)
            if label.isVisible() and label.width() < label.sizeHint().width() - 2
        ]
        assert cut == []
        steps = backwards(dialog, dialog)  # type: ignore[arg-type]
        assert [step for step in steps if "'取消'" not in step.partition("→")[0]] == []
        page = dialog.page
        assert page.widget().width() <= page.viewport().width()
        for card in page.cards:
            assert card.said.height() >= card.said.heightForWidth(card.said.width()) - 2
    finally:
        theme.dress("light", 100)
