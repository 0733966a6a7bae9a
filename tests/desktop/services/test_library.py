"""A library that stays open: what the disk refuses is said by the service that wrote."""

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import peewee
import pytest

from db import models
from desktop.errors import LibraryError, PlaceError, RescueError
from desktop.services.backups import daily_backup
from desktop.services.cases import find_case, save_case
from desktop.services.library import FILE_NAME, checkpoint, library, writing
from desktop.services.revisions import keep
from tests.cases import plain_case
from tests.conftest import ROOT


@pytest.fixture
def database(tmp_path: Path) -> Iterator[peewee.SqliteDatabase]:
    with library(tmp_path) as opened:
        yield opened


def test_a_full_disk_is_said_at_once_and_the_library_lives_on(
    database: peewee.SqliteDatabase,
) -> None:
    case = plain_case()
    save_case(None, case)
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    database.execute_sql(f"PRAGMA max_page_count={pages}")
    long = replace(case, lead_unit="很长的一段。" * 20_000)
    with pytest.raises(LibraryError, match="写不进去"):
        save_case(case, long)
    assert find_case(case.key) == case
    database.execute_sql("PRAGMA max_page_count=100000")
    save_case(case, long)
    assert find_case(case.key) == long


def test_a_library_that_can_no_longer_be_written_is_said(database: peewee.SqliteDatabase) -> None:
    case = plain_case()
    save_case(None, case)
    database.execute_sql("PRAGMA query_only=1")
    for deed in (lambda: save_case(case, replace(case, lead_unit="a")), lambda: keep(case.key)):
        with pytest.raises(LibraryError, match="不能写入"):
            deed()
    database.execute_sql("PRAGMA query_only=0")
    assert find_case(case.key) == case


def test_a_place_in_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match="上级不是文件夹"), library(tmp_path / "file" / "data"):
        pass


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EROFS, "光盘是只读的"),
        (errno.EACCES, "没有写入权限"),
        (errno.ENOSPC, "磁盘已满"),
    ],
)
def test_a_medium_that_cannot_be_written_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    """Root is refused by nothing a test can make: the system's answer is put in its mouth."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("desktop.services.library.TemporaryFile", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PlaceError, match=why) as refusal, library(tmp_path / "data"):
        pass
    assert str(refusal.value).count("。") == 1


def test_the_error_that_a_failed_rollback_hides_is_the_one_said(
    database: peewee.SqliteDatabase,
) -> None:
    def fail() -> None:
        database.execute_sql("ROLLBACK")  # SQLite does so itself when the disk fails
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR | (3 << 8)
        raise error

    with pytest.raises(LibraryError, match="写不进去"), writing():
        fail()


@pytest.mark.usefixtures("database")
def test_a_mistake_of_ours_is_no_damage() -> None:
    with pytest.raises(peewee.ProgrammingError), writing():
        models.Letter._meta.database.execute_sql("SELECT 1; SELECT 2")


@pytest.mark.usefixtures("database")
def test_a_checkpoint_leaves_the_file_alone_as_the_library(tmp_path: Path) -> None:
    save_case(None, plain_case())
    log = tmp_path / f"{FILE_NAME}-wal"
    assert log.stat().st_size > 0
    checkpoint()
    assert log.stat().st_size == 0


def test_no_service_speaks_of_the_command_line() -> None:
    for path in (ROOT / "desktop" / "services").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"--[a-z]|fuhan (list|import|export|show)", text), path.name


def test_a_library_of_which_only_its_backups_are_left_is_not_made_anew(tmp_path: Path) -> None:
    with library(tmp_path):
        daily_backup(date.today())
    for file in tmp_path.glob("fuhan.db*"):
        file.unlink()
    with pytest.raises(RescueError, match="备份还在"), library(tmp_path):
        pass
    assert not (tmp_path / "fuhan.db").exists()
