"""The library (文库): opened for as long as a `with` lasts, its refusals as sentences.

A window keeps it open all day: what the disk refuses meanwhile comes out of the service that wrote,
as a sentence (`writing`), and the library is as it was before.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from peewee import IntegrityError, PeeweeException, ProgrammingError, SqliteDatabase

from db import errors, models
from db.checks import kind_of
from db.connection import close_library, open_library
from db.mark import advance, write_note
from db.search import FILE_NAME as INDEX_NAME
from db.search import discard
from desktop.errors import BehindError, LibraryError, OwnCaseError, PlaceError, RescueError
from desktop.services.backup_files import FOLDER, UPGRADE, list_copies, pin

FILE_NAME = "fuhan.db"
_SENTENCES: dict[type[errors.StoreError], str] = {
    errors.InUseError: "文库正被另一个复函程序使用，没有改动任何内容，请先关闭那个程序再试。",
    errors.ReadOnlyError: "文库不能写入（{place}），{why}；没有改动任何内容，"
    "请检查权限，或另选一个文件夹。",
    errors.DamagedError: "文库文件已损坏（{place}），程序没有碰它，"
    "请先把整个文件夹复制一份，再从备份恢复。",
    errors.DiskError: "文库写不进去，磁盘可能已满或出了故障（{place}），这一步没有保存，"
    "请先腾出空间再试。",
    errors.MissingError: "文库文件不见了，但它的日志、记号或备份还在（{place}），程序没有新建空库，"
    "请先找回原文件，或从备份恢复。",
    errors.BehindError: "文库比上次用完时少了一些保存（{place}）：它的日志（-wal）可能被清理掉了，"
    "或者文件被换成了旧的；程序没有碰它，请先找回丢失的文件，或从备份恢复。",
    errors.UpgradeError: "文库要升级才能用这个版本打开，但没有做成（{place}），"
    "它还是原来的样子；请检查磁盘是否已满、文件夹能否写入，再试一次。",
    errors.ForeignError: "这个位置的文件不是复函的文库（{place}），程序没有碰它，"
    "请另选一个文件夹。",
    errors.NewerError: "这个文库由更新版本的复函写成（{place}），程序没有碰它，请先升级本程序。",
}
_WHYS = {
    errno.EROFS: "所在的磁盘或光盘是只读的",
    errno.ENOSPC: "所在的磁盘已满",
    errno.ENOTDIR: "它的上级不是文件夹",
    errno.EACCES: "这个文件夹没有写入权限",
    errno.EPERM: "这个文件夹没有写入权限",
}
_UNKNOWN = "文件建不出来"
_WRITE_PROTECTED = 19  # a medium that Windows cannot write on; elsewhere EROFS
_KINDS: dict[type[errors.StoreError], type[LibraryError]] = {
    errors.ReadOnlyError: PlaceError,
    errors.ForeignError: PlaceError,
    errors.DamagedError: RescueError,
    errors.MissingError: RescueError,
    errors.BehindError: BehindError,
}


@contextmanager
def library(folder: Path, *, behind: bool = False) -> Iterator[SqliteDatabase]:
    """The library in `folder`, made new where there is none; `LibraryError` where it refuses.

    One of an older schema is backed up, then upgraded. One that lacks commits it once had refuses
    with `BehindError`, unless `behind` takes it as it is.
    """
    path = folder / FILE_NAME
    if behind:
        throw_index_away(folder)  # it may have read what the library does not hold any more
    try:
        if not path.exists() and list_copies(folder / FOLDER):  # it was there
            raise errors.MissingError(str(path))
        database = open_library(path, lambda source: pin(source, folder, UPGRADE), behind=behind)
    except errors.StoreError as error:
        raise refusal(type(error), path) from error
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
    outermost = not database.in_transaction()
    with _in_words(database), database.atomic("IMMEDIATE"):
        try:
            yield
        except IntegrityError as error:
            raise OwnCaseError(
                "这份卷宗里的建议或答复与文库中另一份卷宗的键相同，没有保存，文库没有改动；"
                "它可能由那一份复制而来，请另建一份。"
            ) from error
        if outermost:
            advance(database.connection())
    if outermost:
        write_note(database.connection(), Path(database.database))


def throw_index_away(folder: Path) -> None:
    """Delete the search index of the library in `folder`; it is made anew when it is asked next."""
    try:
        discard(folder / INDEX_NAME)
    except OSError as error:
        raise PlaceError(
            f"文库文件夹里的 {INDEX_NAME} 删不掉（{folder}），没有改动别的内容，"
            "请检查它是否正被别的程序打开、有没有写入权限，再试一次。"
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
        raise refusal(kind_of(error), Path(database.database)) from error


def refusal(kind: type[errors.StoreError], place: Path) -> LibraryError:
    """What a handler reads where the library at `place` refuses; for services only."""
    why = _why_not_written(place) if kind is errors.ReadOnlyError else ""
    return _KINDS.get(kind, LibraryError)(_SENTENCES[kind].format(place=place, why=why))


def _why_not_written(place: Path) -> str:
    """What keeps the library at `place` from being written, found by writing beside it."""
    folder = next(parent for parent in place.absolute().parents if parent.exists())
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))
    except OSError as error:
        protected = getattr(error, "winerror", 0) == _WRITE_PROTECTED
        return _WHYS.get(errno.EROFS if protected else error.errno or 0, _UNKNOWN)
    return "这个文件是只读的" if place.exists() else _UNKNOWN
