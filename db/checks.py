"""What a file must be before it is used as a library: ours, of a schema we know, whole."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from db.errors import (
    DamagedError,
    DiskError,
    ForeignError,
    InUseError,
    NewerError,
    ReadOnlyError,
    StoreError,
)
from db.mark import read_mark
from db.migrations import SCHEMA

APPLICATION_ID = 0x46754861  # “FuHa”
_MAGIC = b"SQLite format 3\0"
# SQLite quotes what is damaged, which need be no text: a schema that is none cannot even be said
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
_KINDS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_FULL: DiskError,
    sqlite3.SQLITE_IOERR: DiskError,
    sqlite3.SQLITE_READONLY: ReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: ReadOnlyError,
    sqlite3.SQLITE_PERM: ReadOnlyError,
    sqlite3.SQLITE_BUSY: InUseError,
    sqlite3.SQLITE_LOCKED: InUseError,
}


def check_header(path: Path, mode: str = "rb") -> bool:
    """Whose file it is, before a pragma writes into it; `mode` r+b finds one that is read-only.

    Returns whether it keeps a write-ahead log, as every library that was open does.
    """
    if path.exists() and not path.is_file():
        raise ForeignError("no file")  # reading a pipe would wait for ever
    with path.open(mode) as file:
        header: bytes = file.read(100)
    if not header:
        raise DamagedError("empty file")
    if not header.startswith(_MAGIC):
        raise DamagedError("no SQLite file")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ForeignError("application_id")
    return header[18:20] == b"\2\2"


def check(connection: sqlite3.Connection) -> int:
    """The schema of a library whose pages and references are whole; else a `StoreError`."""
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA:
            raise NewerError("user_version")
        if version < 1:
            raise DamagedError("user_version")
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise DamagedError("integrity_check")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise DamagedError("foreign_key_check")
        active = "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')"
        if connection.execute(active).fetchone():  # we make none: they would act in our name
            raise ForeignError("triggers")
    except UNREADABLE as error:
        raise kind_of(error)(str(error)) from error
    return version


def damaged_states(
    connection: sqlite3.Connection, after: int, most: int
) -> tuple[list[tuple[int, str]], int | None]:
    """Of the `most` states (版本; -1: all) after the one with id `after`: those whose digest is not
    that of their words, as id and key of the case; and the id to go on after, None at the end."""
    rows = connection.execute(  # as bytes: a damaged text may be no text at all
        "SELECT revision.id, letter.key, CAST(case_file AS BLOB), sha256 FROM revision"
        " JOIN letter ON letter.id = letter_id WHERE revision.id > ? ORDER BY revision.id LIMIT ?",
        (after, most),
    )
    damaged, read, number = [], 0, after
    for number, key, text, digest in rows:
        read += 1
        if hashlib.sha256(text).hexdigest() != digest:
            damaged.append((number, key))
    return damaged, number if read == most else None


def check_log(connection: sqlite3.Connection, path: Path) -> None:
    """That the log of `connection` is that of the library at `path`; raises `DamagedError`.

    SQLite would fold in any: a fuller library's log leaves nothing of this one, and is well-formed.
    """
    own = None
    with contextlib.suppress(StoreError), reading(path, without_log=True) as file:
        own = read_mark(file)  # none where the log holds what makes the file whole
    both = read_mark(connection)
    if own and both and own.key != both.key:
        raise DamagedError("another library's log")


@contextlib.contextmanager
def reading(
    path: Path, *, live: bool = False, without_log: bool = False
) -> Iterator[sqlite3.Connection]:
    """A connection that leaves the library at `path` and its log as they are.

    Raises `InUseError` where another program holds it, which is only certain of a `live` one: a
    file at rest without a log is read without locks, so that nothing appears beside it. With
    `without_log` it is read so in any case, as if it had none.
    """
    log = Path(f"{path}-wal")
    at_rest = without_log or (not live and not (log.exists() and log.stat().st_size))
    place = quote(path.absolute().as_posix())
    slash = "" if place.startswith("/") else "/"  # C:/… ; //server/… has two already
    uri = f"file://{slash}{place}?mode=ro{'&immutable=1' if at_rest else ''}"
    connection = None
    try:
        connection = sqlite3.connect(
            uri, uri=True, timeout=1, isolation_level=None, check_same_thread=False
        )
        yield connection
    except UNREADABLE as error:
        raise kind_of(error)(str(error)) from error
    finally:
        if connection:
            connection.close()


def kind_of(error: BaseException) -> type[StoreError]:
    """What SQLite's refusal is to us, by the first code on the chain of causes that tells.

    A failed ROLLBACK hides the error it was to undo.
    """
    cause: BaseException | None = error
    while cause:
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if kind := _KINDS.get(code):
            return kind
        cause = cause.__context__ or cause.__cause__
    return DamagedError
