"""Backups (备份): one a day where the library changed, here and in a second place (另存处).

A backup is made in steps on the thread of the library (`BackupUnderWay.step`, below a millisecond
each); what follows, `finish` and `settle`, any thread may do. All of it at once is `daily_backup`.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peewee import SqliteDatabase

from db import errors, models
from db.backup import Copying, copy_library
from db.checks import reading
from db.mark import read_mark
from desktop.errors import FuhanError, InputError, OutputError
from desktop.services.backup_files import (
    FOLDER,
    BackupListed,
    free_path,
    list_copies,
    mark_of,
    newest_daily,
    thin,
)
from desktop.services.files import write_draft

PLACE_FILE = "backups.json"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """What came of a day's backup: the new copy (None: nothing had changed), and the sentence of a
    second place that could not take it."""

    path: Path | None
    problem: str = ""


class BackupUnderWay:
    """A backup being made. Its methods raise `OutputError`; the older backups then still stand."""

    def __init__(self, database: SqliteDatabase, target: Path) -> None:
        self.path = target
        try:
            self._copying = Copying(database.connection(), target)
        except errors.StoreError as error:
            raise _not_made(error, target) from error

    def step(self) -> bool:
        """Copy some pages; whether that was all. On the library's thread."""
        try:
            return self._copying.step()
        except errors.StoreError as error:
            raise _not_made(error, self.path) from error

    def finish(self) -> Path:
        """Check the copy and give it its name; on any thread."""
        try:
            self._copying.finish()
        except errors.StoreError as error:
            raise _not_made(error, self.path) from error
        return self.path

    def discard(self) -> None:
        """Leave no trace of it."""
        self._copying.discard()


def begin_backup(today: date) -> BackupUnderWay | None:
    """The day's backup of the open library, to be made step by step; None where nothing changed
    since the last one."""
    database: SqliteDatabase = models.Letter._meta.database
    folder = Path(database.database).parent / FOLDER
    mark = read_mark(database.connection())
    newest = newest_daily(folder, today)
    if newest and mark and mark_of(newest.path) == mark:
        return None
    return BackupUnderWay(database, free_path(folder, today, mark))


def daily_backup(today: date) -> BackupMade:
    """The day's backup of the open library, all at once, here and in the second place."""
    folder = Path(models.Letter._meta.database.database).parent
    under_way = begin_backup(today)
    path = _made(under_way) if under_way else None
    return BackupMade(path, settle(folder, today))


def settle(folder: Path, today: date) -> str:
    """After a backup, or where none was due: thin the backups of the library in `folder`, and bring
    the newest to the second place, if that lacks it.

    Returns the sentence of what went wrong there, or none. Needs no library: any thread may do it.
    """
    thin(folder / FOLDER, today)
    newest = newest_daily(folder / FOLDER, today)
    try:
        place = second_place(folder)
        if not place or not newest:
            return ""
        if not place.is_dir():
            return f"备份的另存处“{place}”现在不在，本机的备份已经做好，另存处在了以后会补上。"
    except FuhanError as error:
        return str(error)
    try:
        with reading(newest.path) as source:
            mark = read_mark(source)
            # a folder of its own: colleagues may share the place
            target = place / f"复函备份-{mark.key[:8] if mark else ''}"
            there = newest_daily(target, today)
            if not there or mark_of(there.path) != mark:
                copy_library(source, free_path(target, newest.day, mark))
        thin(target, today)
    except errors.StoreError as error:
        return str(_not_made(error, place / FOLDER))
    return ""


def backup_to(folder: Path, today: date) -> Path:
    """A backup of the open library in a folder of the handler's choice; no other copy is lost."""
    database: SqliteDatabase = models.Letter._meta.database
    if not folder.is_dir():
        raise OutputError(f"没有“{folder}”这个文件夹，没有做成备份，请先建好或换一个。")
    target = free_path(folder, today, read_mark(database.connection()))
    return _made(BackupUnderWay(database, target))


def list_backups(folder: Path) -> list[BackupListed]:
    """The backups of the library in `folder`, newest first."""
    return list_copies(folder / FOLDER)


def second_place(folder: Path) -> Path | None:
    """The second place (另存处) of the backups of the library in `folder`, if one is set.

    It stands in a file of its own beside the library, as this computer's fact: in the library it
    would come back with a restore, in the window's settings the command line could not read it.
    """
    try:
        place = json.loads((folder / PLACE_FILE).read_text(encoding="utf-8"))["second_place"]
        return Path(place) if place else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise InputError(
            f"备份的另存处读不出来（{folder / PLACE_FILE}），卷宗和本机的备份不受影响，请重新设置。"
        ) from error


def set_second_place(folder: Path, place: Path | None) -> None:
    """Set the second place, an existing folder, or none."""
    if place and not place.is_dir():
        raise OutputError(f"没有“{place}”这个文件夹，没有改动备份的设置，请先建好或换一个。")
    if place and folder.exists() and place.samefile(folder):
        raise OutputError("另存处就是文库自己的文件夹，没有改动备份的设置，请选U盘或别的磁盘。")
    data = json.dumps({"second_place": str(place or "")}, ensure_ascii=False)
    write_draft(folder / PLACE_FILE, data.encode()).take_name()


def _made(under_way: BackupUnderWay) -> Path:
    while not under_way.step():
        pass
    return under_way.finish()


def _not_made(error: errors.StoreError, target: Path) -> OutputError:
    if isinstance(error, errors.DamagedError):
        return OutputError(
            f"备份没有做成，写出的内容核对不上（{target.parent}），文库和原有的备份没有动，"
            "磁盘可能有故障，请换一个地方再试。"
        )
    return OutputError(
        f"备份没有做成，写不进“{target.parent}”，文库和原有的备份没有动，"
        "请检查磁盘是否已满、文件夹还在不在、有没有写入权限。"
    )
