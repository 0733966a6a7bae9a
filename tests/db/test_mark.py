"""The commit counter: a library that lacks commits it once had is noticed, and left alone."""

import os
import shutil
from pathlib import Path

import pytest

from db.connection import close_library, open_library
from db.errors import BehindError, MissingError, StoreError
from db.mark import Mark, advance, note_path, read_mark, read_note, write_note
from tests.kills import needs_kill


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "fuhan.db"


def commit(path: Path, times: int = 3) -> None:
    """Open, count some commits, close."""
    database = open_library(path)
    for _ in range(times):
        with database.atomic():
            advance(database.connection())
        write_note(database.connection(), path)
    close_library(database)


def killed_after_commits(path: Path) -> None:
    """The same, but the process ends before the log is folded into the file."""
    child = os.fork()
    if child == 0:
        database = open_library(path)
        for _ in range(3):
            with database.atomic():
                advance(database.connection())
            write_note(database.connection(), path)
        os._exit(0)
    os.waitpid(child, 0)


def files(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in path.parent.iterdir() if not p.name.endswith("-shm")}


def test_the_note_stands_where_the_library_stands(path: Path) -> None:
    commit(path)
    commit(path)
    database = open_library(path)
    noted = read_note(path)
    assert noted == read_mark(database.connection())
    assert noted
    assert noted.commits == 6
    close_library(database)


@needs_kill
def test_a_log_that_was_removed_is_noticed(path: Path) -> None:
    commit(path)
    killed_after_commits(path)
    log = Path(f"{path}-wal")
    kept = log.read_bytes()
    log.unlink()
    before = files(path)
    with pytest.raises(BehindError):
        open_library(path)
    assert files(path) == before
    log.write_bytes(kept)  # found again
    database = open_library(path)
    assert read_mark(database.connection()) == read_note(path)
    close_library(database)


@needs_kill
def test_a_library_that_was_killed_and_left_alone_opens(path: Path) -> None:
    commit(path)
    killed_after_commits(path)
    commit(path)
    noted = read_note(path)
    assert noted
    assert noted.commits == 9


def test_an_older_file_in_its_place_is_noticed_and_can_be_taken(path: Path) -> None:
    commit(path)
    shutil.copyfile(path, path.with_name("old.db"))
    commit(path)
    shutil.copyfile(path.with_name("old.db"), path)
    before = files(path)
    with pytest.raises(BehindError):
        open_library(path)
    assert files(path) == before
    close_library(open_library(path, behind=True))
    commit(path)
    noted = read_note(path)
    assert noted
    assert noted.commits == 6


@needs_kill
def test_an_older_file_under_a_newer_log_is_left_alone(path: Path) -> None:
    """A refusal that closed the file as SQLite does would fold the wrong log into it."""
    commit(path)
    shutil.copyfile(path, path.with_name("old.db"))
    commit(path, 400)
    killed_after_commits(path)
    data = bytearray(path.with_name("old.db").read_bytes())
    data[4096:8192] = bytes(4096)  # and damaged
    path.write_bytes(data)
    before = files(path)
    with pytest.raises(StoreError):
        open_library(path)
    assert files(path) == before


@pytest.mark.parametrize("note", [b"", b"garbage", b"\xff" * 90, b"0" * 16 + b" 99999999999x\n"])
def test_a_note_that_says_nothing_is_none(path: Path, note: bytes) -> None:
    commit(path)
    note_path(path).write_bytes(note)
    commit(path)
    noted = read_note(path)
    assert noted
    assert noted.commits == 6


def test_another_library_in_its_place_is_no_loss(path: Path) -> None:
    commit(path)
    commit(path.with_name("other.db"), 1)
    shutil.copyfile(path.with_name("other.db"), path)
    commit(path)


def test_a_missing_library_that_once_was_is_not_replaced_by_an_empty_one(path: Path) -> None:
    commit(path)
    path.unlink()
    with pytest.raises(MissingError):
        open_library(path)
    assert not path.exists()


def test_what_follows_what() -> None:
    assert Mark("a", 3).follows(Mark("a", 3))
    assert not Mark("a", 2).follows(Mark("a", 3))
    assert not Mark("b", 4).follows(Mark("a", 3))
