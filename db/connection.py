"""Opening and closing a library: the one way to a `SqliteDatabase` (data-safety.md, measured).

EXCLUSIVE is asked for before WAL, so one program holds the file; FULL makes a commit a promise.
Everything that was asked for is read back. One connection, one library at a time in a process.
"""

import contextlib
import os
import random
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import peewee

from db.backup import abandon_copies
from db.checks import (
    APPLICATION_ID,
    UNREADABLE,
    check,
    check_header,
    check_log,
    kind_of,
    reading,
)
from db.errors import (
    BehindError,
    InUseError,
    MissingError,
    ReadOnlyError,
    StoreError,
    UpgradeError,
)
from db.mark import lost_commits, note_path, read_mark, write_note
from db.migrations import SCHEMA, migrate
from db.models import MODELS

BeforeUpgrade = Callable[[sqlite3.Connection], object]
_PATIENCE_S = 1.0  # for another program that is just closing
_held: set[Path] = set()  # the libraries this process has open
# In this order; the value is the one that must be read back.
_PRAGMAS = (
    ("locking_mode", "exclusive", "exclusive"),
    ("journal_mode", "wal", "wal"),
    ("synchronous", "full", 2),
    ("foreign_keys", "on", 1),
    ("trusted_schema", "off", 0),
    ("cell_size_check", "on", 1),
)


def open_library(
    path: Path, before_upgrade: BeforeUpgrade = lambda _: None, *, behind: bool = False
) -> peewee.SqliteDatabase:
    """The library at `path`, made where there is none, checked, migrated, bound to the models.

    `before_upgrade` may back up a library of an older schema, and stops the upgrade by raising.
    `behind` takes one that lacks commits it once had (`BehindError`) as it is. Raises a
    `StoreError`; the file is then as it was.
    """
    if path.absolute() in _held:  # reading its header again would give up the file's locks
        raise InUseError(str(path))
    try:
        logging = _find(path)
    except OSError as error:
        raise ReadOnlyError(str(path)) from error
    if unfolded(path) or not logging:
        # closing after a refusal would fold a wrong log in; opening writes that there is to be one
        with reading(path, live=True) as connection:
            _check(connection, path, behind=behind)
            check_log(connection, path)
    database = _connect(path)
    try:
        if _check(database.connection(), path, behind=behind) < SCHEMA:
            _upgrade(database, before_upgrade)
    except BaseException:
        database.close()
        raise
    write_note(database.connection(), path)
    database.bind(MODELS)
    _held.add(path.absolute())
    return database


def is_open(path: Path) -> bool:
    """Whether this process has the library at `path` open: then nobody may read the file itself,
    for closing it would give up its locks."""
    return any(held.samefile(path) for held in _held if held.exists() and path.exists())


def _find(path: Path) -> bool:
    """A file that is ours lies at `path`, a new one if there was none; whether it keeps a log."""
    if not path.exists():
        if any(beside.exists() for beside in companions(path)):
            raise MissingError(str(path))
        _create(path)
    return check_header(path, "r+b")  # a read-only file is found here, not as damage later


def companions(path: Path) -> list[Path]:
    """What may lie beside the library at `path`: log, its index, the note of its commits, and what
    a restore is about to put in its place."""
    return [*(Path(f"{path}-{tail}") for tail in ("wal", "shm")), note_path(path), incoming(path)]


def incoming(path: Path) -> Path:
    """Where a restore puts what is to be the library at `path`."""
    return Path(f"{path}-restored")


def unfolded(path: Path) -> bool:
    """Whether the library at `path` has a log that is not in its file: it was not closed."""
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _check(connection: sqlite3.Connection, path: Path, *, behind: bool) -> int:
    """The schema of a library that is whole and holds every commit that was noted beside it."""
    schema = check(connection)
    lost = lost_commits(read_mark(connection), path)
    if lost and not behind:
        raise BehindError(f"{lost} commits")
    return schema


def _upgrade(database: peewee.SqliteDatabase, before_upgrade: BeforeUpgrade) -> None:
    try:
        before_upgrade(database.connection())
        migrate(database)
    except (peewee.PeeweeException, sqlite3.Error, StoreError) as error:
        raise UpgradeError(str(error)) from error


def close_library(database: peewee.SqliteDatabase) -> None:
    """Fold the write-ahead log into the file, so that the file alone is the library, and close."""
    path = Path(database.database)
    abandon_copies(database.connection())
    write_note(database.connection(), path)
    with contextlib.suppress(peewee.OperationalError):
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    _held.discard(path.absolute())


def _create(path: Path) -> None:
    """A complete empty library appears under `path` at once, or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
        database = peewee.SqliteDatabase(str(draft), pragmas={"synchronous": 2})
        with contextlib.closing(database):  # what is open cannot be unlinked on Windows
            database.connect()
            database.pragma("application_id", APPLICATION_ID)
            migrate(database)
        _appear(draft, path)
    except (OSError, peewee.OperationalError) as error:
        raise ReadOnlyError(str(path.parent)) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _appear(draft: Path, path: Path) -> None:
    """Give `draft` its name unless another process was faster; never replace a file."""
    draft.chmod(0o600)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            draft.rename(path)


def _connect(path: Path) -> peewee.SqliteDatabase:
    """A connection that holds the file. SQLite's own waiting keeps others waiting too: of two that
    open at the same moment none would get it. So who is refused lets go and comes again."""
    give_up = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return _take(path)
        except InUseError:
            if time.monotonic() > give_up:
                raise
        time.sleep(random.uniform(0.005, 0.03))


def _take(path: Path) -> peewee.SqliteDatabase:
    # a backup's own thread uses the connection while its owner waits (`db.backup`)
    database = peewee.SqliteDatabase(str(path), timeout=0, check_same_thread=False)
    try:
        database.connect()
        # a damaged state (版本) is found by its digest, not by being no text
        database.connection().text_factory = partial(str, encoding="utf-8", errors="replace")
        for name, value, expected in _PRAGMAS:
            database.execute_sql(f"PRAGMA {name}={value}")
            if database.pragma(name) != expected:
                raise ReadOnlyError(f"{name} is refused")
        database.execute_sql("BEGIN IMMEDIATE")
        database.execute_sql("COMMIT")
    except (peewee.PeeweeException, *UNREADABLE) as error:
        database.close()
        raise kind_of(error)(str(error)) from error
    except BaseException:
        database.close()
        raise
    return database
