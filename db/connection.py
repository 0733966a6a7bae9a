"""Opening and closing a library: the one way to a `SqliteDatabase` (data-safety.md, measured).

EXCLUSIVE is asked for before WAL, so one program holds the file; FULL makes a commit a promise.
Everything that was asked for is read back. One connection, one library at a time in a process.
"""

import contextlib
import os
import sqlite3
from pathlib import Path

import peewee

from db.errors import (
    DamagedError,
    ForeignError,
    InUseError,
    MissingError,
    NewerError,
    ReadOnlyError,
)
from db.migrations import SCHEMA, migrate
from db.models import MODELS

APPLICATION_ID = 0x46754861  # “FuHa”
_held: set[Path] = set()  # the libraries this process has open
_MAGIC = b"SQLite format 3\0"
# In this order; the value is the one that must be read back.
_PRAGMAS = (
    ("locking_mode", "exclusive", "exclusive"),
    ("journal_mode", "wal", "wal"),
    ("synchronous", "full", 2),
    ("foreign_keys", "on", 1),
    ("trusted_schema", "off", 0),
    ("cell_size_check", "on", 1),
)


def open_library(path: Path) -> peewee.SqliteDatabase:
    """The library at `path`, made where there is none, checked, migrated, bound to the models.

    Raises a `StoreError`; the file is then as it was.
    """
    if path.absolute() in _held:  # reading its header again would give up the file's locks
        raise InUseError(str(path))
    try:
        _find(path)
    except OSError as error:
        raise ReadOnlyError(str(path)) from error
    database = _connect(path)
    try:
        _check(database)
        migrate(database)
    except BaseException:
        database.close()
        raise
    database.bind(MODELS)
    _held.add(path.absolute())
    return database


def _find(path: Path) -> None:
    """A file that is ours lies at `path`, a new one if there was none."""
    if not path.exists():
        if Path(f"{path}-wal").exists():
            raise MissingError(str(path))
        _create(path)
    if path.stat().st_size == 0:
        raise DamagedError("empty file")
    _check_header(path)


def close_library(database: peewee.SqliteDatabase) -> None:
    """Fold the write-ahead log into the file, so that the file alone is the library, and close."""
    with contextlib.suppress(peewee.OperationalError):
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    _held.discard(Path(database.database).absolute())


def _create(path: Path) -> None:
    """A complete empty library appears under `path` at once, or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
        database = peewee.SqliteDatabase(str(draft), pragmas={"synchronous": 2})
        database.connect()
        database.pragma("application_id", APPLICATION_ID)
        migrate(database)
        database.close()
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


def _check_header(path: Path) -> None:
    """Whose file it is, before a pragma writes into it."""
    with path.open("r+b") as file:  # a read-only file is found here, not as damage later
        header = file.read(100)
    if not header.startswith(_MAGIC):
        raise DamagedError("no SQLite file")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ForeignError("application_id")


def _connect(path: Path) -> peewee.SqliteDatabase:
    database = peewee.SqliteDatabase(str(path), timeout=1)
    try:
        database.connect()
        for name, value, expected in _PRAGMAS:
            database.execute_sql(f"PRAGMA {name}={value}")
            if database.pragma(name) != expected:
                raise ReadOnlyError(f"{name} is refused")
        database.execute_sql("BEGIN IMMEDIATE")
        database.execute_sql("COMMIT")
    except peewee.PeeweeException as error:
        database.close()
        raise _refusal(error) from error
    except BaseException:
        database.close()
        raise
    return database


def sqlite_code(error: BaseException) -> int:
    """SQLite's primary result code behind an error of peewee's or sqlite3's own."""
    for cause in (error, error.__cause__, error.__context__):
        if isinstance(cause, sqlite3.Error):
            return int(getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF
    return sqlite3.SQLITE_ERROR


def _refusal(error: peewee.PeeweeException) -> Exception:
    code = sqlite_code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return InUseError(str(error))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return ReadOnlyError(str(error))
    return DamagedError(str(error))


def _check(database: peewee.SqliteDatabase) -> None:
    try:
        version = database.pragma("user_version")
        if version > SCHEMA:
            raise NewerError("user_version")
        if version < 1:
            raise DamagedError("user_version")
        if database.pragma("integrity_check") != "ok":
            raise DamagedError("integrity_check")
        if database.execute_sql("PRAGMA foreign_key_check").fetchone():
            raise DamagedError("foreign_key_check")
    except (peewee.DatabaseError, sqlite3.DatabaseError) as error:  # a cursor raises its own
        raise DamagedError(str(error)) from error
