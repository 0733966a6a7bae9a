"""Promise 5: an upgrade backs up first and is done whole or not at all; newer is refused."""

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from db.checks import reading
from db.migrations import SCHEMA, STEPS
from desktop.services.backup_files import UPGRADE
from desktop.services.backups import list_backups
from desktop.services.library import FILE_NAME
from tests.db.test_upgrade import GOLDEN, OLDER, lay
from tests.faults.figures import Fault, Figures
from tests.faults.specimens import (
    at_step,
    attempt,
    failing,
    files_of,
    killed,
    read_everything,
    seconds,
    small_disk,
)

CODES = (errno.ENOSPC, errno.EIO, errno.EACCES)
DISK = ((os, "fsync"), (os, "replace"), (os, "mkdir"), (os, "open"), (os, "chmod"))
Rows = dict[str, list[tuple[object, ...]]]


def kills(folder: Path, tried: int, seed: int) -> Figures:
    """The upgrade of each golden library in turn, killed at a random moment, then gone through."""
    chance, found, half, ended = Random(seed), Figures(tried=tried), 0, 0
    place = folder / "measured"
    _laid(OLDER[0], place)
    lasting = seconds(lambda: read_everything(place))
    for number in range(tried):
        golden, place = OLDER[number % len(OLDER)], folder / str(number)
        before = _laid(golden, place)
        ended += not killed(lambda at=place: read_everything(at), chance.uniform(0, lasting))
        _judge(found, place, before)
        attempt(found, lambda at=place: read_everything(at))
        found.damaged += not _upgraded(place, before)
        half += _half_migrated(golden, folder / f"{number}.db", chance)
    found.note = f"{len(OLDER)} older schemas; {ended} ended before the kill"
    found.twin = f"each statement a transaction: {half} of {tried} left half-migrated"
    return found


def failures(folder: Path, tried: int, seed: int) -> Figures:
    """The disk full or faulty at each step of an upgrade, or with room for some bytes only; and
    every golden library as a newer program would have written it."""
    chance, found, refused = Random(seed), Figures(tried=tried + len(GOLDEN)), 0
    for number in range(tried):
        place = folder / str(number)
        before = _laid(OLDER[number % len(OLDER)], place)
        disk: Any = small_disk(chance.randrange(400_000))
        if chance.random() < 0.5:
            step = number // len(OLDER) % 12 + 1
            disk = at_step(step, failing(chance.choice(CODES)), *DISK)
        with disk:
            refused += attempt(found, lambda at=place: read_everything(at)) is None
        _judge(found, place, before)
        found.destroyed += bool(list(place.rglob("*.tmp")))
        attempt(found, lambda at=place: read_everything(at))
        found.damaged += not _upgraded(place, before)
    for golden in GOLDEN:
        place = folder / golden.stem
        _laid(golden, place, f"PRAGMA user_version={SCHEMA + 1}")
        before_bytes = files_of(place)
        found.damaged += attempt(found, lambda at=place: read_everything(at)) is not None
        found.damaged += files_of(place) != before_bytes
    found.note = f"{refused} refused, then done where there was room; {len(GOLDEN)} newer refused"
    found.twin = "the kills'"
    return found


def _laid(golden: Path, place: Path, statement: str = "") -> Rows:
    """A golden library as the one in `place`; returns its rows."""
    place.mkdir()
    rows = lay(golden, place / FILE_NAME)
    with closing(sqlite3.connect(place / FILE_NAME, isolation_level=None)) as connection:
        connection.execute(statement)
    return rows


def _judge(found: Figures, place: Path, before: Rows) -> None:
    """The library is what it was, or upgraded and backed up before, every row kept."""
    with reading(place / FILE_NAME) as connection:
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE type='table'")
        (number,) = tables.fetchone()
        found.damaged += not _holds(connection, before)
    if schema == SCHEMA:
        found.damaged += not _upgraded(place, before)
    else:
        found.damaged += number != len(before)


def _upgraded(place: Path, before: Rows) -> bool:
    """Whether it is of our schema, and a pinned backup holds what it was."""
    with reading(place / FILE_NAME) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        ours = connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        if not (whole and ours and _holds(connection, before)):
            return False
    for copy in list_backups(place):
        with reading(copy.path) as connection:
            if copy.kind == UPGRADE and _holds(connection, before):
                return True
    return False


def _holds(connection: sqlite3.Connection, rows: Rows) -> bool:
    """Whether every row is there, with new columns after it or none."""
    return all(
        [row[: len(wanted[0])] for row in connection.execute(f"SELECT * FROM {name}")] == wanted
        for name, wanted in rows.items()
    )


def _half_migrated(golden: Path, path: Path, chance: Random) -> bool:
    """The mutant: every statement a transaction of its own, killed; whether it cannot go on."""

    def go_on() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            (schema,) = connection.execute("PRAGMA user_version").fetchone()
            for number in range(schema, SCHEMA):
                for statement in STEPS[number]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={number + 1}")

    lay(golden, path)
    lasting = seconds(go_on)
    lay(golden, path)
    killed(go_on, chance.uniform(0, lasting))
    try:
        go_on()
    except sqlite3.OperationalError:
        return True
    return False


FAULTS = (
    Fault("upgrade: killed", lambda folder: kills(folder, 90, 5)),
    Fault("upgrade: disk, newer library", lambda folder: failures(folder, 120, 5)),
)
