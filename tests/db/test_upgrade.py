"""A library of every schema that has landed is upgraded whole, or stays what it was, backed up."""

import sqlite3
from pathlib import Path

import peewee
import pytest

from db.backup import copy_library, look_at
from db.connection import close_library, open_library
from db.errors import DiskError, UpgradeError
from db.migrations import SCHEMA
from tests.conftest import DATA
from tests.kills import DISK, kill_at_every_step, needs_kill

GOLDEN = sorted((DATA / "libraries").glob("schema-*.sql"))
NEWEST = DATA / "libraries" / f"schema-{SCHEMA}.sql"  # which is only opened
OLDER = [path for path in GOLDEN if path != NEWEST]
every_schema = pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
every_older_schema = pytest.mark.parametrize("golden", OLDER, ids=lambda path: path.stem)


def lay(golden: Path, path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The golden library as a file at `path`; returns its rows by table."""
    path.unlink(missing_ok=True)
    library = sqlite3.connect(path)
    library.executescript(golden.read_text(encoding="utf-8"))
    names = [row[0] for row in library.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    rows = {name: library.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    library.close()
    assert all(rows.values())
    return rows


def test_the_present_schema_has_its_golden_library() -> None:
    """What is written today is what a later program must upgrade."""
    assert NEWEST in GOLDEN


@every_schema
def test_every_row_is_kept(golden: Path, tmp_path: Path) -> None:
    before = lay(golden, tmp_path / "a.db")
    database = open_library(tmp_path / "a.db")
    assert database.pragma("user_version") == SCHEMA
    for name, rows in before.items():
        found = database.execute_sql(f"SELECT * FROM {name}").fetchall()
        assert [row[: len(rows[0])] for row in found] == rows, name
    close_library(database)


@every_older_schema
def test_what_stops_the_backup_stops_the_upgrade(golden: Path, tmp_path: Path) -> None:
    def fail(_: sqlite3.Connection) -> None:
        raise DiskError("full")

    lay(golden, tmp_path / "a.db")
    before = look_at(tmp_path / "a.db")
    with pytest.raises(UpgradeError):
        open_library(tmp_path / "a.db", fail)
    assert look_at(tmp_path / "a.db") == before


def test_a_step_that_fails_is_said_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(OLDER[-1], tmp_path / "a.db")
    before = look_at(tmp_path / "a.db")
    monkeypatch.setattr("db.migrations.STEPS", (("DROP TABLE paragraph", "NONSENSE"),) * SCHEMA)
    with pytest.raises(UpgradeError):
        open_library(tmp_path / "a.db")
    assert look_at(tmp_path / "a.db") == before


def test_a_library_that_is_up_to_date_is_not_backed_up(tmp_path: Path) -> None:
    close_library(open_library(tmp_path / "a.db"))
    heard: list[object] = []
    close_library(open_library(tmp_path / "a.db", heard.append))
    assert not heard


@needs_kill
@every_older_schema
def test_an_upgrade_killed_at_any_step_is_done_or_not_begun(golden: Path, tmp_path: Path) -> None:
    path, pinned = tmp_path / "a.db", tmp_path / "pinned.db"
    lay(golden, path)
    before = look_at(path)

    def upgrade() -> None:
        close_library(open_library(path, lambda source: copy_library(source, pinned)))

    def check(_: int) -> None:
        now = look_at(path)
        assert now.schema in {before.schema, SCHEMA}
        if now.schema == SCHEMA:
            assert look_at(pinned) == before
            assert now.rows == {"reuse": 0, **before.rows, "library": 1}
        else:
            assert now == before
        for file in tmp_path.iterdir():  # the next kill starts from the same
            file.unlink()
        lay(golden, path)

    steps = (*DISK, (peewee.SqliteDatabase, "execute_sql"))
    assert kill_at_every_step(upgrade, check, steps) > 12
