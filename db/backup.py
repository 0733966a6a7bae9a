"""A verified copy of a library, made in steps: SQLite's backup API, never the file's bytes.

The copy grows beside its place as `….tmp`, is opened again and checked, made safe on disk, and only
then takes its name. A commit made between two steps is in the copy as well: the connection that
writes is the one that copies.
"""

import contextlib
import errno
import os
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from db.checks import check, check_header, kind_of, reading
from db.errors import (
    DamagedError,
    DiskError,
    InUseError,
    MissingError,
    ReadOnlyError,
    StoreError,
)

STEP_PAGES = 64  # 256 KB: below a millisecond a step
_PATIENCE = 1000  # steps refused, because a transaction is open, before it is given up
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_under_way: "set[Copying]" = set()
_TARGET_PRAGMAS = ("journal_mode=off", "synchronous=off", "cache_size=-512")  # a draft: no promise


@dataclass(frozen=True, slots=True)
class Contents:
    """What a library holds: its schema and the number of rows of each table."""

    schema: int
    rows: dict[str, int]


def look_at(path: Path) -> Contents:
    """Check the library at `path`, which stays as it is, and count it; raises a `StoreError`."""
    check_file(path)
    with reading(path) as connection:
        return Contents(check(connection), count_rows(connection))


def check_file(path: Path) -> None:
    """That a library of ours lies at `path`, by its first bytes; raises a `StoreError`."""
    try:
        check_header(path)
    except FileNotFoundError as error:
        raise MissingError(str(path)) from error
    except OSError as error:
        raise ReadOnlyError(str(path)) from error


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of rows of each table."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names.fetchall()
    }


class _StoppedError(Exception):
    """The copy is not wanted any more."""


class Copying:
    """A copy of the library of `source`, under way; what stands at `target` stays until `finish`.

    Python's `backup` runs to its end in one call, so it runs in a thread of its own that works only
    while `step` waits for it: never do two threads use `source` at once. Every method raises a
    `StoreError` where disk or library refuses; nothing of the copy is then left behind.
    """

    def __init__(self, source: sqlite3.Connection, target: Path) -> None:
        self.source, self._target = source, target
        self._draft = target.with_name(f"{target.name}.tmp")
        self._ours, self._theirs = threading.Semaphore(0), threading.Semaphore(0)
        self._done = self._stopped = False
        self._error: BaseException | None = None
        self._refused = 0
        self._rows: dict[str, int] | None = None
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._draft.unlink(missing_ok=True)
            self._copy = sqlite3.connect(self._draft, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as error:
            raise _refusal(error) from error
        try:
            for pragma in _TARGET_PRAGMAS:
                self._copy.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as error:
            self._clear()
            raise _refusal(error) from error
        with contextlib.suppress(OSError):  # a stick may know no permissions
            self._draft.chmod(0o600)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        _under_way.add(self)

    def step(self) -> bool:
        """Copy some pages; whether all are. Only for the thread of the library."""
        if not self._done:
            self._theirs.release()
            self._ours.acquire()
        try:
            if self._error:
                raise self._error
            if self._done and self._rows is None:
                self._rows = count_rows(self.source)
        except (sqlite3.Error, StoreError) as error:
            self.discard()
            raise _refusal(error) from error
        return self._done

    def finish(self) -> Contents:
        """Check the copy, make it safe on disk, give it its name; any thread may do this."""
        try:
            self._copy.execute("PRAGMA journal_mode=delete")  # one file, readable anywhere
            self._copy.close()
            contents = look_at(self._draft)
            if contents.rows != self._rows:
                raise DamagedError("the copy holds something else")
            sync(self._draft)
            os.replace(self._draft, self._target)
            sync(self._target.parent)
        except (OSError, sqlite3.Error) as error:
            raise _refusal(error) from error
        finally:
            self.discard()
        return contents

    def discard(self) -> None:
        """Leave no trace of it, unless it has its name already."""
        _under_way.discard(self)
        if not self._done:
            self._stopped = True
            self._theirs.release()
        self._thread.join()
        self._clear()

    def _clear(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._copy.close()
        with contextlib.suppress(OSError):
            self._draft.unlink()

    def _run(self) -> None:
        """The other thread."""
        self._theirs.acquire()
        try:
            if not self._stopped:
                self.source.backup(self._copy, pages=STEP_PAGES, progress=self._rest, sleep=0)
        except BaseException as error:  # also what `_rest` raises
            self._error = None if self._stopped else error
        self._done = True
        self._ours.release()

    def _rest(self, status: int, _remaining: int, _total: int) -> None:
        if status == sqlite3.SQLITE_DONE:  # what is committed from now on would not be in the copy
            return
        self._refused += status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if self._refused > _PATIENCE:
            raise InUseError("a transaction is open")
        self._ours.release()
        self._theirs.acquire()
        if self._stopped:
            raise _StoppedError


def copy_library(source: sqlite3.Connection, target: Path) -> Contents:
    """The library of `source` as a checked file at `target`, in place of what stood there."""
    copying = Copying(source, target)
    while not copying.step():
        pass
    return copying.finish()


def abandon_copies(source: sqlite3.Connection) -> None:
    """Discard the copies of `source` that are under way; for who closes it."""
    for copying in list(_under_way):
        if copying.source is source:
            copying.discard()


def sync(path: Path) -> None:
    """Make a file safe on disk, or the names in a folder (Windows has no such thing)."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refusal(error: BaseException) -> StoreError:
    if isinstance(error, StoreError):
        return error
    if isinstance(error, OSError):
        return (DiskError if error.errno in _FULL else ReadOnlyError)(str(error))
    return kind_of(error)(str(error))
