"""The window around the case: issue and reopen, versions, import by drop, cutting, the list."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from db import models
from desktop.letter.model import Issue, Proposer
from desktop.letter.reader import Reading
from desktop.services import cases, exports
from desktop.services.cases import find_case
from desktop.services.revisions import list_revisions
from desktop.settings import Settings
from desktop.views.dialogs.backups import BackupsDialog
from desktop.views.dialogs.cut_proposal import CutProposal
from desktop.views.dialogs.import_batch import ImportBatch
from desktop.views.dialogs.print_letter import PrintDialog
from desktop.views.dialogs.trash import TrashDialog
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import (
    CTRL,
    NARRATIVE,
    RESULT_LIST,
    SHIFT,
    click,
    drop_files,
    opened_window,
    press,
    settle,
    show,
    shown,
    told,
    when_asked,
    write,
)

Key = Qt.Key
DAY = date(2025, 9, 5)
PROPOSAL = """关于口袋公园的提案
一、情况
口袋公园增长较快。
二、建议
（一）明确管护责任主体。
写明由谁保洁。
（二）核定管护经费。
（三）引入居民认养。
提案人：周明远"""


@pytest.fixture
def open_sample(window: MainWindow) -> MainWindow:
    """The narrative sample on its cards."""
    show(window, NARRATIVE)
    return window


@pytest.fixture
def letter(open_sample: MainWindow, tmp_path: Path) -> Path:
    """A working copy of the sample as .docx."""
    path = tmp_path / "答复.docx"
    prepared = exports.prepare_export(open_sample.session.case, path, DAY)
    return exports.finish_export(prepared).path


def imported(window: MainWindow, qtbot: QtBot) -> None:
    busy = window.importing, window.receiving
    qtbot.waitUntil(lambda: not any(work.busy for work in busy), timeout=8000)
    settle()


# every entry of the menus
@pytest.mark.parametrize("number", [NARRATIVE, ""])
def test_every_entry_of_the_menus_can_be_chosen(
    window: MainWindow, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None raises, with a case open and without (an exception in a slot fails the test)."""
    if number:
        show(window, number)
    for module in ("main_window", "importing"):
        monkeypatch.setattr(f"desktop.views.{module}.show_error", lambda *_: None)
    for name in ("office_deeds.ask_office", "main_window.ask_issue"):
        monkeypatch.setattr(f"desktop.views.{name}", lambda *_, **__: None)
    monkeypatch.setattr("desktop.views.trash_deeds.ask", lambda *_, **__: "")
    for dialog in (BackupsDialog, CutProposal, PrintDialog, TrashDialog):
        monkeypatch.setattr(dialog, "exec", lambda _: 0)
    for name in ("open_folder", "open_file"):
        monkeypatch.setattr(f"desktop.launch.{name}", lambda _: True)
    file_dialog = "PySide6.QtWidgets.QFileDialog"
    monkeypatch.setattr(f"{file_dialog}.getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(f"{file_dialog}.getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(f"{file_dialog}.getExistingDirectory", lambda *_: "")
    for name, action in window.deeds.by_name.items():
        if name != "close":
            action.trigger()
            for dialog in window.findChildren(QDialog):
                dialog.close()
            settle()
    window.deeds.by_name["theme_light"].trigger()
    window.deeds.by_name["scale_100"].trigger()


def test_no_entry_is_a_function_of_qt(window: MainWindow) -> None:
    for name in window.deeds.by_name:
        if "_" not in name and name != "close":
            slot = window.deeds._slot(name)
            assert "built-in" not in repr(slot), name


# issue and reopen
def test_an_issued_case_is_read_not_changed(open_sample: MainWindow, qtbot: QtBot) -> None:
    open_sample.session.issue(Issue(DAY, "王某"))
    before = open_sample.session.case
    page = open_sample.page
    for card in page.replies.cards:
        assert card.editor.isReadOnly()
        assert all(row.text.isReadOnly() and row.label.isReadOnly() for row in card.rows)
        assert not any(button.isVisible() for button in card.buttons.values())
    assert page.replies.foot.isHidden()
    assert not page.form.isEnabled()
    page.replies.cards[0].editor.setFocus()
    write("甲")
    for key, modifier in ((Key.Key_1, CTRL), (Key.Key_Z, CTRL), (Key.Key_N, CTRL | SHIFT)):
        press(qtbot, key, modifier)
    for name in ("basics", "letter"):
        page.show_page(name)
        settle()
    assert not page.basics.isEnabled()
    assert all(not row.isEnabled() for row in page.letter.fields.values())
    assert page.letter.reopen_button.isEnabled()
    assert open_sample.session.case is before


def test_reopening_makes_everything_writable(open_sample: MainWindow, qtbot: QtBot) -> None:
    open_sample.session.issue(Issue(DAY))
    open_sample.page.show_page("letter")
    click(qtbot, open_sample.page.letter.reopen_button)
    page = open_sample.page
    assert page.basics.isEnabled()
    assert all(row.isEnabled() for row in page.letter.fields.values())
    page.show_page("replies")
    assert page.form.isEnabled()
    card = page.replies.cards[0]
    assert not card.editor.isReadOnly()
    assert [b for b in card.buttons.values() if b.isVisible()]
    assert page.replies.foot.isVisible()
    card.editor.setFocus()
    before = open_sample.session.case
    write("甲")
    assert open_sample.session.case != before
    assert shown(open_sample) == told(open_sample)


def test_the_issue_dialog_issues(open_sample: MainWindow) -> None:
    said = when_asked("定稿")
    open_sample.deeds.by_name["issue"].trigger()
    assert said == ["定稿"]
    assert open_sample.session.case.issue is not None
    assert find_case(open_sample.session.case.key).issue is not None
    assert "已定稿" in open_sample.page.facts.text()


def test_the_head_of_the_page_names_those_who_joined(open_sample: MainWindow) -> None:
    """And does not count them: 等5名 may name two."""
    case = open_sample.session.case
    for names, said in (
        ("甲甲 乙乙", "联名 乙乙"),
        ("甲甲 乙乙 丙丙 丁丁 戊戊", "联名 乙乙、丙丙、丁丁等"),
    ):
        first = replace(case.proposals[0], proposers=tuple(map(Proposer, names.split())))
        open_sample.page.open_case.change(
            replace(case, proposals=(first, *case.proposals[1:])), "提案人"
        )
        assert open_sample.page.facts.text().split("    ")[3:] == [said]


def test_an_issued_case_stays_the_one_the_list_shows(open_sample: MainWindow) -> None:
    """In 待办 it disappears from the list; no other row may look open instead."""
    open_sample.session.issue(Issue(DAY))
    settle()
    assert open_sample.sidebar.current() in ("", open_sample.session.case.key)
    open_sample.sidebar.set_scope("all")
    assert open_sample.sidebar.current() == open_sample.session.case.key


# 版本
def test_a_version_is_looked_at_named_and_brought_back(
    open_sample: MainWindow, qtbot: QtBot
) -> None:
    before = open_sample.session.case
    press(qtbot, Key.Key_S, CTRL)
    open_sample.page.replies.cards[0].editor.setFocus()
    press(qtbot, Key.Key_A, CTRL)
    write("全部改写。")
    page = open_sample.page.revisions
    open_sample.page.show_page("revisions")
    settle()
    kept = page.list.count()
    assert before.replies[0].paragraphs[1].text in page.comparison.text.toPlainText()
    page.name.setFocus()
    write("送科长审")
    press(qtbot, Key.Key_Return)
    assert list_revisions(before.key)[0].name == "送科长审"
    assert "送科长审" in page.list.item(0).text()
    click(qtbot, page.restore)
    assert open_sample.session.case == before
    assert page.list.count() == kept + 1
    open_sample.page.show_page("replies")
    assert shown(open_sample) == told(open_sample)


def test_an_issued_case_does_not_go_back_and_says_why(open_sample: MainWindow) -> None:
    open_sample.session.issue(Issue(DAY))
    open_sample.page.show_page("revisions")
    settle()
    assert not open_sample.page.revisions.restore.isEnabled()
    assert "重新起草" in open_sample.page.revisions.restore.toolTip()


# cutting a proposal
def test_a_pasted_proposal_is_cut_into_suggestions(window: MainWindow, qtbot: QtBot) -> None:
    window.new_case()
    QGuiApplication.clipboard().setText(PROPOSAL)

    def settle_on(dialog: QDialog) -> None:
        assert isinstance(dialog, CutProposal)
        settle()
        assert dialog.count.text() == "拆成 3 条建议"
        source = dialog.cutting.source
        second = [card.spans[0] for card in dialog.cutting.cards()][1]
        dialog.original.select(*second)
        dialog.buttons["leave"].click()
        assert dialog.count.text() == "拆成 2 条建议"
        assert dialog.cutting.source == source
        dialog.main_button.click()

    when_asked(settle_on)
    window.cutting.cut_proposal()
    found = [(s.text, s.elaboration) for s in window.session.case.suggestions()]
    assert found == [("明确管护责任主体。", "写明由谁保洁。"), ("引入居民认养。", "")]
    assert window.page.page == "replies"
    assert len(window.page.replies.cards) == 2
    press(qtbot, Key.Key_Z, CTRL)
    assert not [*window.session.case.suggestions()]


def test_nothing_to_cut_cannot_be_added(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.new_case()
    states: list[tuple[bool, str]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CutProposal)
        states.append((dialog.main_button.isEnabled(), dialog.main_button.toolTip()))

    when_asked(look)
    window.cutting.cut_proposal()
    assert states == [(False, "还没有一段作为建议")]


# import by drop
def test_a_dropped_letter_that_is_there_asks(
    letter: Path, open_sample: MainWindow, qtbot: QtBot
) -> None:
    for answer, count in (("替换它（先留一个版本）", 2), ("另存一份", 3)):
        said = when_asked(answer)
        drop_files(open_sample, [letter])
        imported(open_sample, qtbot)
        assert "答复.docx" in said[0]
        assert len(models.Letter.select()) == count


def test_a_dropped_letter_that_is_not_wanted_stays_out(
    letter: Path, open_sample: MainWindow, qtbot: QtBot
) -> None:
    said = when_asked("取消")
    drop_files(open_sample, [letter])
    imported(open_sample, qtbot)
    assert "还没有改动任何内容" in said[0]
    assert len(models.Letter.select()) == 2


def test_a_folder_and_broken_files_are_named_and_the_rest_comes_in(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = {"空.docx": b"", "坏.json": b"{", "图.png": b"\x89PNG", "旧.doc": b"\xd0\xcf\x11\xe0"}
    for name, data in broken.items():
        (tmp_path / name).write_bytes(data)
    good = []
    for number in range(4):
        good.append(tmp_path / f"好{number}.txt")
        good[-1].write_text(
            f"关于第30{number}号提案的答复\n张三委员：\n您提出的关于公园{number}的建议收悉。现答复如下：\n"
            f"已完成第{number}项工作。\n某某局\n2025年9月5日\n",
            encoding="utf-8",
        )
    (tmp_path / "文件夹").mkdir()
    paths = [*(tmp_path / name for name in broken), *good, tmp_path / "文件夹", tmp_path / "没有"]
    assert len(paths) == 10
    said: list[str] = []

    def bring(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportBatch)
        qtbot.waitUntil(lambda: dialog.main_button.isEnabled(), timeout=8000)
        dialog.main_button.click()
        qtbot.waitUntil(lambda: len(dialog.keys) == 4, timeout=8000)
        said.append(dialog.count.text())
        said.extend(row.path.name for row in dialog.batch.rows if row.refusal)

    before = len(models.Letter.select())
    when_asked(bring)
    drop_files(window, paths)
    assert "导入了 4 份，5 个没有导入" in said[0]
    assert said[1:] == [*broken, "没有"]
    assert len(models.Letter.select()) == before + 4


@pytest.fixture
def slow_import(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Event]:
    """A letter was dropped and is being read until the event is set; a reply has the caret."""
    text = "张三委员：\n您提出的关于公园的建议收悉。现答复如下：\n已完成。\n某某局\n2025年9月5日\n"
    (tmp_path / "新.txt").write_text(text, encoding="utf-8")
    read, event = cases.read_file, Event()

    def read_slowly(path: Path, today: date) -> Reading:
        event.wait(5)
        return read(path, today)

    monkeypatch.setattr(cases, "read_file", read_slowly)
    show(window, RESULT_LIST)
    drop_files(window, [tmp_path / "新.txt"])
    window.page.replies.cards[0].editor.setFocus()
    yield event
    event.set()


def test_typing_goes_on_while_files_come_in(
    window: MainWindow, slow_import: Event, qtbot: QtBot
) -> None:
    """What is typed between the drop and its end is neither lost nor put into another case."""
    key = window.session.case.key
    write("边导入边写。")
    assert window.busy.isVisible()
    when_asked("导入")
    slow_import.set()
    imported(window, qtbot)
    window.session.save()
    words = [p.text for p in find_case(key).replies[0].paragraphs]
    assert any("边导入边写。" in text for text in words)
    assert len(window.sidebar.model.rows) == 3


def test_what_is_being_typed_is_not_taken_away_by_an_import(
    window: MainWindow, slow_import: Event, qtbot: QtBot
) -> None:
    """The case under the caret stays open when files dropped earlier arrive."""
    key = window.session.case.key
    write("边导入边写。")
    when_asked("导入")
    slow_import.set()
    imported(window, qtbot)
    assert window.session.case.key == key


def test_a_case_replaced_by_import_shows_what_came_in(
    letter: Path, open_sample: MainWindow, qtbot: QtBot
) -> None:
    before = open_sample.session.case
    open_sample.page.replies.cards[0].editor.setFocus()
    write("改动。")
    open_sample.session.save()
    when_asked("替换它（先留一个版本）")
    drop_files(open_sample, [letter])
    imported(open_sample, qtbot)
    assert open_sample.session.case.replies == before.replies
    assert shown(open_sample) == told(open_sample)
    assert open_sample.session.open_case
    assert not open_sample.session.open_case.undo_name


# where it was
def test_it_returns_to_where_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    with opened_window(qtbot, tmp_path, samples=True) as first:
        show(first, RESULT_LIST, "letter")
        first.sidebar.set_order("subject")
        first.resize(1100, 640)
        key = first.session.case.key
    with opened_window(qtbot, tmp_path, samples=False) as second:
        assert second.session.case.key == key
        assert second.page.page == "letter"
        assert second.sidebar.order.currentData() == "subject"


def test_broken_settings_open_the_window_all_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    nonsense = "[General]\nscale=700\ntheme=pink\nlist_width=-4\n"
    (tmp_path / "fuhan.ini").write_text(nonsense, encoding="utf-8")
    with opened_window(qtbot, tmp_path, samples=True) as window:
        assert window.page.page == "replies"
        show(window, NARRATIVE)
        assert Settings(tmp_path).scale == 100


def test_initials_find_a_case_and_enter_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_F, CTRL | SHIFT)
    qtbot.keyClicks(window.tools.search, "gxl")
    assert len(window.sidebar.keys()) == 1
    press(qtbot, Key.Key_Return)
    assert window.session.case.proposals[0].proposal_number == RESULT_LIST
