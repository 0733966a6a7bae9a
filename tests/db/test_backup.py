"""A copy in steps: it holds what was committed meanwhile, and nothing else ever takes its name."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import peewee
import pytest

from db.backup import Copying, copy_library, look_at
from db.checks import reading
from db.connection import close_library, open_library
from db.errors import DamagedError, DiskError, InUseError, ReadOnlyError, StoreError
from db.models import Office, Proposal, Suggestion
from tests.kills import DISK, kill_at_every_step, needs_kill


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "fuhan.db"


@pytest.fixture
def database(path: Path) -> Iterator[peewee.SqliteDatabase]:
    database = open_library(path)
    fill(database, 200)
    yield database
    close_library(database)


def fill(database: peewee.SqliteDatabase, number: int) -> None:
    """Some proposals, each with a suggestion; not folded into the file."""
    with database.atomic():
        for _ in range(number):
            proposal = Proposal.create(
                key=os.urandom(4).hex(), kind="cppcc", proposal_number="1", session="", subject=""
            )
            Suggestion.create(
                proposal=proposal, key=os.urandom(4).hex(), position=0, label="1",
                text="建议" * 800, elaboration="",
            )  # fmt: skip


def proposals(path: Path) -> int:
    return look_at(path).rows["proposal"]


def test_what_is_committed_between_two_steps_is_in_the_copy(
    database: peewee.SqliteDatabase, tmp_path: Path
) -> None:
    copying = Copying(database.connection(), tmp_path / "a.db")
    steps = 0
    while not copying.step():
        steps += 1
        fill(database, 1)
    assert steps > 2
    assert copying.finish().rows["proposal"] == 200 + steps == Proposal.select().count()
    assert set(os.listdir(tmp_path)) == {"library", "a.db"}


def by_backup(database: peewee.SqliteDatabase, target: Path) -> None:
    copy_library(database.connection(), target)


def by_plain_copy(database: peewee.SqliteDatabase, target: Path) -> None:
    shutil.copyfile(database.database, target)


@pytest.mark.parametrize(
    ("copy", "whole"), [(by_backup, True), (by_plain_copy, False)], ids=["ours", "mutant"]
)
def test_the_copy_of_a_library_in_use_is_whole(
    path: Path, tmp_path: Path, copy: Callable[..., None], whole: bool
) -> None:
    database = open_library(path)
    fill(database, 20)
    copy(database, tmp_path / "a.db")
    close_library(database)
    assert (proposals(tmp_path / "a.db") == 20) is whole


def test_a_copy_is_one_file_that_needs_no_log(
    database: peewee.SqliteDatabase, tmp_path: Path
) -> None:
    copy_library(database.connection(), tmp_path / "a" / "a.db")
    assert (tmp_path / "a" / "a.db").read_bytes()[18:20] == b"\1\1"  # no write-ahead log
    assert os.listdir(tmp_path / "a") == ["a.db"]
    assert (tmp_path / "a" / "a.db").stat().st_mode & 0o077 == 0 or os.name != "posix"


def test_a_copy_given_up_leaves_no_trace(database: peewee.SqliteDatabase, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"older")
    copying = Copying(database.connection(), tmp_path / "a.db")
    copying.step()
    copying.discard()
    copying.discard()
    assert (tmp_path / "a.db").read_bytes() == b"older"
    assert not (tmp_path / "a.db.tmp").exists()
    fill(database, 1)


def test_a_library_closes_while_a_copy_is_under_way(path: Path, tmp_path: Path) -> None:
    database = open_library(path)
    fill(database, 200)
    Copying(database.connection(), tmp_path / "a.db").step()
    close_library(database)
    assert os.listdir(tmp_path) == ["library"]
    assert not Path(f"{path}-wal").exists()
    assert proposals(path) == 200


def test_an_open_transaction_is_waited_for(database: peewee.SqliteDatabase, tmp_path: Path) -> None:
    copying = Copying(database.connection(), tmp_path / "a.db")
    with database.atomic():
        Office.create(
            full_name="局", short_name="", own_word="", region_word="", document_prefix="",
            contact_name="", contact_phone="",
        )  # fmt: skip
        assert not copying.step()
        assert not copying.step()
    while not copying.step():
        pass
    assert copying.finish().rows["office"] == 1
    with database.atomic("IMMEDIATE"), pytest.raises(InUseError):
        copy_library(database.connection(), tmp_path / "b.db")
    assert not list(tmp_path.glob("b.db*"))


@pytest.mark.skipif(os.name != "posix", reason="Windows sets no limit to a file")
def test_a_full_disk_leaves_the_older_copy(database: peewee.SqliteDatabase, tmp_path: Path) -> None:
    import resource

    (tmp_path / "a.db").write_bytes(b"older")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
    try:
        with pytest.raises(DiskError):
            copy_library(database.connection(), tmp_path / "a.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (tmp_path / "a.db").read_bytes() == b"older"
    assert not (tmp_path / "a.db.tmp").exists()


def test_a_folder_that_cannot_be(database: peewee.SqliteDatabase, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnlyError):
        Copying(database.connection(), tmp_path / "file" / "a.db")
    (tmp_path / "a.db.tmp").mkdir()  # what is in the way of the draft
    with pytest.raises(ReadOnlyError):
        Copying(database.connection(), tmp_path / "a.db")


def test_a_copy_that_holds_something_else_takes_no_name(
    database: peewee.SqliteDatabase, tmp_path: Path
) -> None:
    (tmp_path / "a.db").write_bytes(b"older")
    copying = Copying(database.connection(), tmp_path / "a.db")
    while not copying.step():
        pass
    other = sqlite3.connect(tmp_path / "a.db.tmp")
    other.execute("DELETE FROM suggestion WHERE id = 7")
    other.commit()
    other.close()
    with pytest.raises(DamagedError):
        copying.finish()
    assert (tmp_path / "a.db").read_bytes() == b"older"


@needs_kill
def test_a_backup_killed_at_any_step_leaves_the_older_one_or_the_new(
    path: Path, tmp_path: Path
) -> None:
    def one_more() -> None:
        database = open_library(path)
        fill(database, 10)  # few pages: each kill adds less than a step
        copy_library(database.connection(), target)
        close_library(database)

    target = tmp_path / "a.db"
    one_more()
    held = 10

    def check(_: int) -> None:
        nonlocal held
        database = open_library(path)
        now = Proposal.select().count()
        close_library(database)
        assert proposals(target) in {held, now}
        held = proposals(target)

    kills = kill_at_every_step(one_more, check, (*DISK, (Copying, "step")))
    assert kills > 6
    assert held == 10 * (kills + 2)


@pytest.mark.usefixtures("database")
def test_looking_leaves_file_and_log_as_they_are(path: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for tail in ("", "-wal"):  # as after a crash
        shutil.copyfile(f"{path}{tail}", copies / f"fuhan.db{tail}")
    before = [(copies / f"fuhan.db{tail}").read_bytes() for tail in ("", "-wal")]
    assert proposals(copies / "fuhan.db") == 200
    assert [(copies / f"fuhan.db{tail}").read_bytes() for tail in ("", "-wal")] == before


def test_a_path_of_any_letters_is_read(database: peewee.SqliteDatabase, tmp_path: Path) -> None:
    place = tmp_path / "备份 100%?#.db" if os.name == "posix" else tmp_path / "备份 100%#.db"
    copy_library(database.connection(), place)
    with reading(place) as connection:
        assert connection.execute("SELECT count(*) FROM proposal").fetchone() == (200,)


def test_a_file_with_triggers_is_not_ours(database: peewee.SqliteDatabase, tmp_path: Path) -> None:
    copy_library(database.connection(), tmp_path / "a.db")
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("CREATE TRIGGER t AFTER UPDATE ON letter BEGIN DELETE FROM letter; END")
    other.close()
    with pytest.raises(StoreError):
        look_at(tmp_path / "a.db")
