"""发会办包 by hand: from the 会办 page and the menu, into a folder, marked as sent."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop import launch, tasks
from desktop.letter.homecoming.identity import identify
from desktop.letter.homecoming.returned import FileKind
from desktop.letter.model import Issue, Office
from desktop.letter.pages.page import read_docx
from desktop.services.assignments import a_month_after
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.views.main_window import MainWindow
from desktop.views.packing import NOBODY
from tests.cases import shared_case
from tests.desktop.views.hands import NARRATIVE, click, press, settle, show, when_asked, write

TODAY = date.today()
FINANCE, GREENS = (
    f"会办包（{unit}）关于第2025118号提案.docx" for unit in ("区财政局", "区城市管理和综合执法局")
)


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen whenever one is asked for."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


@pytest.fixture
def shared(window: MainWindow) -> MainWindow:
    """会办 of a case with two units, the second of which was asked in September."""
    case = with_new_keys(shared_case())
    save_case(None, case)
    window.show_case(case.key)
    window.page.show_page("co_handling")
    settle()
    return window


def by_menu(window: MainWindow) -> None:
    window.deeds.by_name["send_packs"].trigger()
    written()


def written() -> None:
    """Until the files are there."""
    tasks.wait_for_all(10)
    settle()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_chosen_unit_gets_its_file(
    shared: MainWindow, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shared.page.co_handling
    click(qtbot, page.pack)
    written()
    assert names(out) == [FINANCE]
    said = identify(read_docx((out / FINANCE).read_bytes()))
    unit, other = page.case.assignments
    assert (said.kind, said.assignment) == (FileKind.PACK, unit.key)
    assert (unit.sent_on, unit.due_on) == (TODAY, a_month_after(TODAY))
    assert other.sent_on == date(2025, 9, 8)
    assert find_case(page.case.key) == page.case
    assert page.step.text() == "标为已返回"
    assert "给区财政局的会办包已写好" in shared.page.banner.sentence
    opened: list[Path] = []
    monkeypatch.setattr(launch, "open_folder", lambda path: opened.append(path) or True)  # type: ignore[func-returns-value]
    shared.exporting.act("folder")
    assert opened == [out / FINANCE]


def test_sending_is_one_step_that_undo_takes_back(
    shared: MainWindow, qtbot: QtBot, out: Path
) -> None:
    before = shared.session.case
    click(qtbot, shared.page.co_handling.pack)
    written()
    assert shared.session.open_case
    assert shared.session.open_case.undo() == "发会办包"
    assert shared.session.case == before
    assert names(out) == [FINANCE]


def test_by_menu_those_that_have_none_yet(shared: MainWindow, out: Path) -> None:
    asked = when_asked("发给这1个")
    by_menu(shared)
    assert asked == ["2个会办单位，1个还没有发出。"]
    assert names(out) == [FINANCE]
    asked = when_asked("替换")  # all were sent: all again, once the file that is there may go
    by_menu(shared)
    assert asked == [f"“{FINANCE}”已经存在。"]
    assert names(out) == sorted([FINANCE, GREENS])


def test_by_menu_all_of_them(shared: MainWindow, out: Path) -> None:
    when_asked("全部再发一次")
    by_menu(shared)
    assert names(out) == sorted([FINANCE, GREENS])
    assert [a.sent_on for a in shared.session.case.assignments] == [TODAY, TODAY]
    assert "给区财政局、区城市管理和综合执法局的会办包已写好" in shared.page.banner.sentence


def test_a_file_that_is_there_is_asked_for(shared: MainWindow, qtbot: QtBot, out: Path) -> None:
    (out / FINANCE).write_bytes(b"older")
    asked = when_asked("取消")
    click(qtbot, shared.page.co_handling.pack)
    written()
    assert asked == [f"“{FINANCE}”已经存在。"]
    assert (out / FINANCE).read_bytes() == b"older"
    assert shared.session.case.assignments[0].sent_on is None
    when_asked("替换")
    click(qtbot, shared.page.co_handling.pack)
    written()
    assert (out / FINANCE).read_bytes() != b"older"


def test_what_should_not_leave_is_shown(shared: MainWindow, qtbot: QtBot, out: Path) -> None:
    case = shared.session.case
    first, *others = case.proposals[0].suggestions
    told = replace(first, elaboration="详情请联系13812345678。")
    assert shared.session.open_case
    shared.session.open_case.change(
        replace(case, proposals=(replace(case.proposals[0], suggestions=(told, *others)),)), "改"
    )
    when_asked("取消")
    click(qtbot, shared.page.co_handling.pack)
    written()
    assert names(out) == []
    when_asked("照样发出")
    click(qtbot, shared.page.co_handling.pack)
    written()
    assert names(out) == [FINANCE]


def test_a_refusal_is_said_and_nothing_is_marked(
    shared: MainWindow, qtbot: QtBot, out: Path
) -> None:
    assert shared.session.open_case
    nameless = replace(shared.session.case, office=Office())
    shared.session.open_case.change(nameless, "清空")
    said = when_asked("知道了")
    click(qtbot, shared.page.co_handling.pack)
    written()
    assert "还没有填写本单位全称" in said[0]
    assert names(out) == []
    assert shared.session.case == nameless


def test_a_disk_that_refuses(shared: MainWindow, qtbot: QtBot, out: Path) -> None:
    out.rmdir()
    said = when_asked("知道了")
    click(qtbot, shared.page.co_handling.pack)
    written()
    assert "没有“" in said[0]
    assert shared.session.case.assignments[0].sent_on is None


@pytest.mark.usefixtures("out")
def test_who_goes_on_writing_loses_nothing(shared: MainWindow, qtbot: QtBot) -> None:
    page = shared.page.co_handling
    qtbot.mouseClick(page.pack, Qt.MouseButton.LeftButton)  # the files are still being written
    write("王敏", page.contact)
    written()
    unit = shared.session.case.assignments[0]
    assert (unit.contact, unit.sent_on) == ("王敏王敏 8000-0001", TODAY)
    assert find_case(shared.session.case.key) == shared.session.case


@pytest.mark.usefixtures("out")
def test_another_case_was_opened_meanwhile(shared: MainWindow, qtbot: QtBot) -> None:
    key = shared.session.case.key
    qtbot.mouseClick(shared.page.co_handling.pack, Qt.MouseButton.LeftButton)
    show(shared, NARRATIVE)
    other = shared.session.case
    written()
    assert other.key != key
    assert shared.session.case == other
    assert find_case(key).assignments[0].sent_on == TODAY


@pytest.mark.usefixtures("out")
def test_a_case_that_was_issued_meanwhile_says_what_became_of_it(
    shared: MainWindow, qtbot: QtBot, out: Path
) -> None:
    """The file is out and in the journal, but an issued case cannot be marked: it is said."""
    qtbot.mouseClick(shared.page.co_handling.pack, Qt.MouseButton.LeftButton)
    shared.session.issue(Issue(TODAY))
    issued = shared.session.case
    said = when_asked("知道了")
    written()
    assert "已定稿" in said[0]
    assert shared.session.case == issued == find_case(issued.key)
    assert names(out) == [FINANCE]


def test_without_units_the_page_is_shown(window: MainWindow, qtbot: QtBot, out: Path) -> None:
    show(window, NARRATIVE)
    by_menu(window)
    assert window.page.page == "co_handling"
    assert window.page.co_handling.new.hasFocus()
    assert window.status.word.text() == NOBODY
    write("区财政局", window.page.co_handling.new)
    press(qtbot, Qt.Key.Key_Return)
    by_menu(window)
    assert names(out) == [FINANCE]
