"""The library (文库): opened for as long as a `with` lasts, its refusals as sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import PeeweeException, SqliteDatabase

from db import errors
from db.connection import close_library, open_library, sqlite_code
from desktop.errors import LibraryError

FILE_NAME = "fuhan.db"
_SENTENCES: dict[type[errors.StoreError], str] = {
    errors.InUseError: "文库正被另一个复函程序使用，没有改动任何内容，请先关闭那个程序再试。",
    errors.ReadOnlyError: "文库的文件夹不能写入（{place}），没有改动任何内容，"
    "请检查权限，或用 --data 另选文件夹。",
    errors.DamagedError: "文库文件已损坏（{place}），程序没有碰它，"
    "请先把整个文件夹复制一份，再从备份恢复。",
    errors.DiskError: "文库写不进去，磁盘可能已满或出了故障（{place}），这一步没有保存，"
    "请先腾出空间再试。",
    errors.MissingError: "文库文件不见了，但它的日志还在（{place}），程序没有新建空库，"
    "请先找回原文件。",
    errors.ForeignError: "这个位置的文件不是复函的文库（{place}），程序没有碰它，"
    "请用 --data 另选文件夹。",
    errors.NewerError: "这个文库由更新版本的复函写成（{place}），程序没有碰它，请先升级本程序。",
}


@contextmanager
def library(folder: Path) -> Iterator[SqliteDatabase]:
    """The library in `folder`, made new where there is none; `LibraryError` where it refuses."""
    try:
        database = open_library(folder / FILE_NAME)
    except errors.StoreError as error:
        sentence = _SENTENCES[type(error)].format(place=folder / FILE_NAME)
        raise LibraryError(sentence) from error
    try:
        yield database
    except (PeeweeException, sqlite3.DatabaseError) as error:
        kind: type[errors.StoreError] = errors.DamagedError
        if sqlite_code(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            kind = errors.DiskError
        raise LibraryError(_SENTENCES[kind].format(place=folder / FILE_NAME)) from error
    finally:
        close_library(database)
