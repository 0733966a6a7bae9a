"""The library (文库): opened for as long as a `with` lasts, its refusals as sentences.

A window keeps it open all day: what the disk refuses meanwhile comes out of the service that wrote,
as a sentence (`writing`), and the library is as it was before.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import IntegrityError, PeeweeException, ProgrammingError, SqliteDatabase

from db import errors, models
from db.connection import close_library, open_library, sqlite_code
from desktop.errors import LibraryError, OwnCaseError, PlaceError

FILE_NAME = "fuhan.db"
_SENTENCES: dict[type[errors.StoreError], str] = {
    errors.InUseError: "文库正被另一个复函程序使用，没有改动任何内容，请先关闭那个程序再试。",
    errors.ReadOnlyError: "文库的文件夹不能写入（{place}），没有改动任何内容，"
    "请检查权限，或另选一个文件夹。",
    errors.DamagedError: "文库文件已损坏（{place}），程序没有碰它，"
    "请先把整个文件夹复制一份，再从备份恢复。",
    errors.DiskError: "文库写不进去，磁盘可能已满或出了故障（{place}），这一步没有保存，"
    "请先腾出空间再试。",
    errors.MissingError: "文库文件不见了，但它的日志还在（{place}），程序没有新建空库，"
    "请先找回原文件。",
    errors.ForeignError: "这个位置的文件不是复函的文库（{place}），程序没有碰它，"
    "请另选一个文件夹。",
    errors.NewerError: "这个文库由更新版本的复函写成（{place}），程序没有碰它，请先升级本程序。",
}
_KINDS: dict[int, type[errors.StoreError]] = {
    sqlite3.SQLITE_FULL: errors.DiskError,
    sqlite3.SQLITE_IOERR: errors.DiskError,
    sqlite3.SQLITE_READONLY: errors.ReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: errors.ReadOnlyError,
    sqlite3.SQLITE_PERM: errors.ReadOnlyError,
    sqlite3.SQLITE_BUSY: errors.InUseError,
    sqlite3.SQLITE_LOCKED: errors.InUseError,
}
_ELSEWHERE = (errors.ReadOnlyError, errors.ForeignError)


@contextmanager
def library(folder: Path) -> Iterator[SqliteDatabase]:
    """The library in `folder`, made new where there is none; `LibraryError` where it refuses."""
    try:
        database = open_library(folder / FILE_NAME)
    except errors.StoreError as error:
        raise _refusal(type(error), folder / FILE_NAME) from error
    try:
        with _in_words(database):
            yield database
    finally:
        close_library(database)


@contextmanager
def writing() -> Iterator[None]:
    """One transaction of the open library, all of it on disk when the `with` ends, or nothing.

    Raises `LibraryError` where the disk refuses, or where a key is another case's.
    """
    database: SqliteDatabase = models.Letter._meta.database
    with _in_words(database), database.atomic("IMMEDIATE"):
        try:
            yield
        except IntegrityError as error:
            raise OwnCaseError(
                "这份卷宗里的建议或答复与文库中另一份卷宗的键相同，没有保存，文库没有改动；"
                "它可能由那一份复制而来，请另建一份。"
            ) from error


def checkpoint() -> None:
    """Fold the write-ahead log into the file, for when nothing else is to be done."""
    database: SqliteDatabase = models.Letter._meta.database
    with _in_words(database):
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _in_words(database: SqliteDatabase) -> Iterator[None]:
    """What SQLite refuses, as the sentence of its kind; our own mistakes stay what they are."""
    try:
        yield
    except (ProgrammingError, sqlite3.ProgrammingError):
        raise
    except (PeeweeException, sqlite3.DatabaseError) as error:
        raise _refusal(_kind(error), Path(database.database)) from error


def _kind(error: BaseException) -> type[errors.StoreError]:
    """By the first code on the chain that tells: a failed ROLLBACK hides what it was to undo."""
    cause: BaseException | None = error
    while cause:
        if kind := _KINDS.get(sqlite_code(cause)):
            return kind
        cause = cause.__context__ or cause.__cause__
    return errors.DamagedError


def _refusal(kind: type[errors.StoreError], place: Path) -> LibraryError:
    sentence = _SENTENCES[kind].format(place=place)
    return (PlaceError if kind in _ELSEWHERE else LibraryError)(sentence)
