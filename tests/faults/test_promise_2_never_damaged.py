"""No power cut, no failing or full disk damages a library; each refusal is a sentence."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from db.connection import close_library, open_library
from db.errors import ReadOnlyError
from desktop.services.cases import find_case, save_case
from desktop.services.library import FILE_NAME, library
from tests.cases import plain_case
from tests.desktop.views.hands import NARRATIVE, opened_window, show, write
from tests.faults.disk import power_cuts, refusals, small_disk
from tests.faults.drive import Operation, needs_drive, watched
from tests.faults.figures import Figures
from tests.faults.platter import SECTOR, Platter

pytestmark = needs_drive
Loop = Callable[..., Figures]


@pytest.mark.parametrize(("loop", "tried"), [(power_cuts, 60), (refusals, 50), (small_disk, 20)])
def test_a_failing_disk_takes_nothing_that_was_saved(
    tmp_path: Path, loop: Loop, tried: int
) -> None:
    found = loop(tmp_path, tried, seed=21)
    assert found.harm == 0, found


@pytest.mark.parametrize(("loop", "tried"), [(power_cuts, 30), (refusals, 12), (small_disk, 12)])
def test_the_mutant_is_found_out(tmp_path: Path, loop: Loop, tried: int) -> None:
    assert loop(tmp_path, tried, seed=22, mutant=True).harm


def test_the_window_keeps_the_words_until_the_disk_has_room(qtbot: QtBot, tmp_path: Path) -> None:
    full = False

    def hear(operation: Operation) -> int:
        return sqlite3.SQLITE_FULL if full and operation.kind == "write" else 0

    with watched(tmp_path, hear), opened_window(qtbot, tmp_path, samples=True) as window:
        show(window, NARRATIVE)
        window.page.replies.cards[0].editor.setFocus()
        write("磁盘满了也不丢。")
        full = True
        assert not window.session.save()
        assert window.status.saved.text() == "未能保存，正在重试"
        assert "写不进去" in window.page.banner.sentence
        assert "磁盘满了也不丢。" in window.page.replies.cards[0].editor.toPlainText()
        full = False
        assert window.session.save()
        assert window.status.saved.text().startswith("已保存 ")
        assert window.page.banner.sentence == ""
        assert find_case(window.session.case.key) == window.session.case


# the instruments
def test_the_platter_holds_what_the_disk_holds(tmp_path: Path) -> None:
    """Everything that changes the library's files is heard, or the cuts would say nothing."""
    heard: list[Operation] = []
    platter, disk, left = Platter(), tmp_path / "disk", tmp_path / "left"
    disk.mkdir()

    def hear(operation: Operation) -> int:
        heard.append(operation)
        platter.hear(operation)
        return 0

    with watched(disk, hear):
        with library(disk):
            save_case(None, plain_case())
        close_library(open_library(disk / FILE_NAME))
    for name in {operation.name for operation in heard}:
        platter.hear(Operation("sync", name))
    platter.cut(left, Random(0))
    ours = {path.name: path.read_bytes() for path in left.iterdir()}
    theirs = {name: (disk / name).read_bytes() for name in ours}
    assert ours == theirs
    assert set(ours) >= {FILE_NAME, f"{FILE_NAME}-count"}
    kinds = {operation.kind for operation in heard}
    assert kinds >= {"open", "read", "write", "truncate", "sync", "delete", "lock", "link"}


def test_a_cut_leaves_what_was_synced_and_any_part_of_the_rest(tmp_path: Path) -> None:
    platter = Platter()
    safe, lost = b"a" * 2 * SECTOR, b"b" * 2 * SECTOR
    platter.hear(Operation("write", "file", 0, safe))
    platter.hear(Operation("sync", "file"))
    platter.hear(Operation("write", "file", 0, lost))
    found = set()
    for seed in range(40):
        platter.cut(tmp_path, Random(seed))
        found.add((tmp_path / "file").read_bytes())
    assert found == {safe, lost, lost[:SECTOR] + safe[SECTOR:]}


def test_a_refusal_of_the_disk_is_what_sqlite_hears(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    close_library(open_library(path))
    with (
        watched(tmp_path, lambda heard: sqlite3.SQLITE_CANTOPEN if heard.kind == "open" else 0),
        pytest.raises(ReadOnlyError),
    ):
        open_library(path)
    close_library(open_library(path))
