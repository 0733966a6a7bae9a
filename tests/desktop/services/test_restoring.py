"""Bringing a backup back: looked into first, and what was there is kept, whatever happens."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from db import models
from db.backup import Copying
from db.migrations import SCHEMA
from desktop.errors import InputError, LibraryError, OutputError
from desktop.services.backup_files import RESTORE, UPGRADE
from desktop.services.backups import daily_backup, list_backups
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.services.library import FILE_NAME, library
from desktop.services.restoring import look_into, restore
from desktop.services.revisions import keep
from desktop.services.soundness import AT_ONCE, check_states
from tests.cases import plain_case
from tests.conftest import ROOT, TODAY
from tests.db.test_upgrade import GOLDEN, lay
from tests.kills import DISK, kill_at_every_step, needs_kill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def backup(folder: Path) -> Path:
    """A backup of one case; the library has two."""
    with library(folder):
        save_case(None, plain_case())
        keep(plain_case().key)
        path = daily_backup(TODAY).path
        save_case(None, with_new_keys(plain_case()))
    assert path
    return path


def held(folder: Path) -> int:
    with library(folder):
        return int(models.Letter.select().count())


def test_a_preview_says_what_a_backup_holds(backup: Path) -> None:
    before = backup.read_bytes()
    shown = look_into(backup)
    assert (shown.cases, shown.states, shown.damaged, shown.lost) == (1, 1, 0, 0)
    assert shown.named == ("第2025118号 关于完善口袋公园管护机制的建议",)
    assert shown.newest
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_backup_comes_back_and_what_was_there_is_kept_twice(folder: Path, backup: Path) -> None:
    done = restore(folder, backup)
    assert done.shown.cases == held(folder) == 1
    assert done.kept
    assert done.aside
    assert look_into(done.kept).cases == 2
    assert look_into(done.aside / FILE_NAME).cases == 2
    assert RESTORE in {copy.kind for copy in list_backups(folder)}
    assert restore(folder, done.kept).shown.cases == 2
    with library(folder):
        assert find_case(plain_case().key) == plain_case()


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 : 4096 * 3] = os.urandom(4096 * 2)
    path.write_bytes(data)


def from_the_future(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version={SCHEMA + 1}")
    other.close()


def foreign(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (a)")
    other.close()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damaged, "已损坏"),
        (from_the_future, "更新版本"),
        (foreign, "不是复函的文库"),
        (lambda path: path.write_bytes(b""), "已损坏"),
        (lambda path: path.write_text("一段文字" * 99, encoding="utf-8"), "已损坏"),
        (lambda path: path.write_bytes(path.read_bytes()[:9999]), "已损坏"),
        (lambda path: path.unlink(), "没有“"),
    ],
    ids=["garbled", "future", "foreign", "empty", "text", "cut", "gone"],
)
def test_a_backup_that_is_no_good_changes_nothing(
    folder: Path, backup: Path, spoil: Callable[[Path], object], words: str
) -> None:
    spoil(backup)
    before = (folder / FILE_NAME).read_bytes()
    for deed in (lambda: look_into(backup), lambda: restore(folder, backup)):
        with pytest.raises(InputError, match=words):
            deed()
    assert (folder / FILE_NAME).read_bytes() == before
    assert not list(folder.glob("损坏留存*"))
    assert held(folder) == 2


@pytest.mark.parametrize(
    "spoil",
    [damaged, lambda path: path.write_bytes(b""), lambda path: path.unlink()],
    ids=["garbled", "empty", "gone"],
)
def test_a_damaged_library_is_laid_aside(
    folder: Path, backup: Path, spoil: Callable[[Path], object]
) -> None:
    library_file = folder / FILE_NAME
    spoil(library_file)
    left = library_file.read_bytes() if library_file.exists() else None
    with pytest.raises(LibraryError):
        held(folder)
    done = restore(folder, backup)
    assert done.kept is None
    assert done.aside
    assert held(folder) == 1
    if left is not None:
        assert (done.aside / FILE_NAME).read_bytes() == left


def crashed(folder: Path) -> Path:
    """The files of a library of two cases whose program was killed, in a folder of their own."""
    copy = folder.with_name("crashed")
    with library(folder):
        save_case(None, with_new_keys(plain_case()))
        copy.mkdir()
        for tail in ("", "-wal"):
            shutil.copyfile(folder / f"{FILE_NAME}{tail}", copy / f"{FILE_NAME}{tail}")
    return copy


def by_plain_copy(folder: Path, source: Path) -> None:
    """What a handler would do by hand."""
    shutil.copyfile(source, folder / FILE_NAME)


@pytest.mark.parametrize(
    ("bring_back", "whole"), [(restore, True), (by_plain_copy, False)], ids=["ours", "mutant"]
)
def test_a_stale_log_does_not_get_into_what_was_restored(
    folder: Path, backup: Path, bring_back: Callable[[Path, Path], object], whole: bool
) -> None:
    place = crashed(folder)
    assert (place / f"{FILE_NAME}-wal").stat().st_size
    bring_back(place, backup)
    try:
        right = held(place) == 1
    except LibraryError:
        right = False
    assert right is whole


def test_the_files_of_a_killed_program_are_a_backup_as_well(folder: Path, backup: Path) -> None:
    assert backup.exists()
    place = crashed(folder)
    assert look_into(place / FILE_NAME).cases == 3
    assert restore(folder, place / FILE_NAME).shown.cases == 3


def test_a_library_in_use_is_not_replaced(folder: Path, backup: Path) -> None:
    with library(folder), pytest.raises(LibraryError, match="正被另一个复函程序使用"):
        restore(folder, backup)
    with library(folder), pytest.raises(InputError, match="正被另一个复函程序使用"):
        look_into(folder / FILE_NAME)
    code = (
        "import sys; from pathlib import Path; from desktop.services.library import library\n"
        "with library(Path(sys.argv[1])): print(flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert other.stdin
    assert other.stdout
    other.stdout.readline()
    try:
        with pytest.raises(LibraryError, match="正被另一个复函程序使用"):
            restore(folder, backup)
    finally:
        other.stdin.close()
        other.wait()
        other.stdout.close()
    assert held(folder) == 2


@needs_kill
@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_restore_killed_at_any_step_leaves_the_old_library_or_the_new(
    folder: Path, backup: Path, links: bool
) -> None:
    pristine = folder.with_name("pristine")
    shutil.copytree(folder, pristine)

    def bring_back() -> None:
        if not links:
            os.link = refuse
        restore(folder, backup)

    def refuse(*_: object) -> None:
        raise OSError

    def check(_: int) -> None:
        if links or (folder / FILE_NAME).exists():
            assert held(folder) in {1, 2}
        else:
            with pytest.raises(LibraryError, match="文库文件不见了"):
                held(folder)
            assert restore(folder, backup).shown.cases == 1
        assert look_into(backup).cases == 1
        shutil.rmtree(folder)
        shutil.copytree(pristine, folder)

    steps = DISK if links else [step for step in DISK if step[1] != "link"]
    assert kill_at_every_step(bring_back, check, [*steps, (Copying, "step")]) > 12


@pytest.mark.skipif(os.name != "posix", reason="Windows sets no limit to a file")
def test_a_full_disk_restores_nothing(folder: Path, backup: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(OutputError):
            restore(folder, backup)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert held(folder) == 2
    assert not list(folder.glob("损坏留存*"))


def test_a_backup_of_an_older_schema_is_upgraded(folder: Path, backup: Path) -> None:
    lay(GOLDEN[0], backup)
    assert look_into(backup).cases == 2
    assert restore(folder, backup).shown.cases == 2
    assert UPGRADE in {copy.kind for copy in list_backups(folder)}
    with library(folder):
        assert find_case("2025118").replies


def test_a_library_that_lost_commits_is_restored_and_forgets_it(folder: Path, backup: Path) -> None:
    shutil.copyfile(backup, folder / FILE_NAME)
    assert look_into(folder / FILE_NAME).lost == 1
    with pytest.raises(LibraryError, match="少了一些保存"):
        held(folder)
    restore(folder, backup)
    assert held(folder) == 1


def test_damaged_states_are_found_a_few_at_a_time(folder: Path) -> None:
    case = plain_case()
    with library(folder):
        save_case(None, case)
        for number in range(AT_ONCE + 5):
            changed = replace(case, lead_unit=str(number))
            save_case(case, changed)
            case = changed
            last = keep(case.key)
        assert check_states().after is not None
        models.Revision.update(case_file='{"case": 1}').where(
            models.Revision.id == last.id
        ).execute()
        first = check_states()
        assert first.damaged == ()
        rest = check_states(first.after or 0)
        assert [(state.id, state.key) for state in rest.damaged] == [(last.id, case.key)]
        assert rest.after is None
    assert look_into(folder / FILE_NAME).damaged == 1
