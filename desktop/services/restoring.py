"""Bringing a backup back (恢复): look into it, then put it in the library's place."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from db import errors, models
from db.backup import check_file, copy_library, sync
from db.checks import check, check_log, damaged_states, reading
from db.connection import companions, incoming, is_open
from db.mark import lost_commits, read_mark
from desktop.errors import InputError, LibraryError, OutputError
from desktop.services.backup_files import RESTORE, pin
from desktop.services.library import FILE_NAME, library, refusal, throw_index_away

ASIDE = "损坏留存"
_SHOWN = 5  # newest cases named in a preview
_UNFIT: dict[type[errors.StoreError], str] = {
    errors.MissingError: "没有“{place}”这个文件，没有改动任何内容，请检查文件名。",
    errors.ForeignError: "“{place}”不是复函的文库或备份，没有改动任何内容，请换一个文件。",
    errors.NewerError: "“{place}”由更新版本的复函写成，没有改动任何内容，请先升级本程序。",
    errors.InUseError: "“{place}”正被另一个复函程序使用，没有改动任何内容，请先关闭那个程序再试。",
    errors.ReadOnlyError: "“{place}”打不开，没有改动任何内容，请检查有没有读取权限。",
}
_DAMAGED = "“{place}”已损坏，程序没有碰它，也没有改动别的内容，请改用一份完好的备份。"


@dataclass(frozen=True, slots=True)
class LibraryShown:
    """What a library or backup holds: its cases and states (版本), counted, how many of the states
    are not what was written (`damaged`), how many commits it lacks that its note knows (`lost`),
    when the last state was kept or letter exported, and the newest cases as “第…号 案由”."""

    cases: int
    states: int
    damaged: int
    lost: int
    newest: datetime | None
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore: what the library holds now, the pinned copy of what it held (None
    where that could not be read), and the folder its files were laid aside in."""

    shown: LibraryShown
    kept: Path | None
    aside: Path | None


def look_into(path: Path) -> LibraryShown:
    """Check the library or backup at `path`, which stays as it is, and say what it holds; raises
    `InputError`."""
    try:
        with _sound(path) as connection:
            return _shown(connection, path)
    except errors.StoreError as error:
        raise InputError(_UNFIT.get(type(error), _DAMAGED).format(place=path)) from error


def restore(folder: Path, source: Path) -> Restored:
    """Put the backup at `source` in place of the library in `folder`, which nobody has open.

    The backup is copied and checked first. What stood there is kept twice: as a pinned backup, if
    it can be read, and as its files, in a folder 损坏留存. Raises `InputError` for the backup,
    `LibraryError` and `OutputError` for the place; the library is then as it was, but where files
    could not be renamed: then all of them lie in the folder still, and it can be done again.
    """
    path = folder / FILE_NAME
    shown = look_into(source)
    kept = _keep_present(folder)
    try:
        with reading(source) as connection:
            copy_library(connection, incoming(path))
    except errors.StoreError as error:
        raise OutputError(
            f"写不进“{folder}”，没有恢复，文库没有动，请检查磁盘是否已满、有没有写入权限，再试一次。"
        ) from error
    throw_index_away(folder)  # a letter may come back under a commit that said something else
    try:
        aside = _change_places(path)
    except OSError as error:
        raise OutputError(
            f"备份放不到“{folder}”里，没有恢复完；原来的文件都在这个文件夹里，"
            "请检查它是否正被别的程序打开、有没有写入权限，再恢复一次。"
        ) from error
    with library(folder):
        database = models.Letter._meta.database
        now = _shown(database.connection(), path)
    if now.cases != shown.cases:
        raise LibraryError(
            f"恢复后的卷宗数对不上，备份里有{shown.cases}份，文库里有{now.cases}份，"
            f"原来的文库在“{aside}”，请把这句话告诉维护人员。"
        )
    return Restored(now, kept, aside)


@contextmanager
def _sound(path: Path, *, live: bool = False) -> Iterator[sqlite3.Connection]:
    """The library or backup at `path`, checked, to be read; raises a `StoreError`."""
    if is_open(path):
        raise errors.InUseError(str(path))
    check_file(path)
    with reading(path, live=live) as connection:
        check(connection)
        check_log(connection, path)
        yield connection


def _shown(connection: sqlite3.Connection, path: Path) -> LibraryShown:
    """In words that every schema understands."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(letter)")}
    shelf = "letter WHERE deleted_at IS NULL" if "deleted_at" in columns else "letter WHERE 1"
    newest = (
        "SELECT max(made_at) FROM (SELECT made_at FROM revision UNION SELECT made_at FROM export)"
    )
    named = (
        "SELECT min(proposal_number), min(subject) FROM letterproposal"
        " JOIN proposal ON proposal.id = proposal_id"
        f" WHERE letter_id IN (SELECT id FROM {shelf})"
        " GROUP BY letter_id ORDER BY letter_id DESC LIMIT ?"
    )

    def one(query: str) -> Any:
        return connection.execute(query).fetchone()[0]

    time = one(newest)
    return LibraryShown(
        one(f"SELECT count(*) FROM {shelf}"),
        one("SELECT count(*) FROM revision"),
        len(damaged_states(connection, 0, -1)[0]),
        lost_commits(read_mark(connection), path),
        datetime.fromisoformat(time) if time else None,
        tuple(
            f"第{number}号 {subject}" if number else f"无编号 {subject}"
            for number, subject in connection.execute(named, (_SHOWN,))
        ),
    )


def _keep_present(folder: Path) -> Path | None:
    """A pinned backup of the library that a restore will replace; None where it cannot be read."""
    path = folder / FILE_NAME
    try:
        with _sound(path, live=True) as present:
            return pin(present, folder, RESTORE)
    except errors.InUseError as error:
        raise refusal(errors.InUseError, path) from error
    except errors.StoreError:
        return None  # its files are laid aside


def _change_places(path: Path) -> Path | None:
    """Give what came in the place of the library at `path`; returns the folder its files were laid
    aside in.

    A library stands at `path` at every moment, if the file system has links; where it has none,
    what came in lies beside the gap, and no program starts an empty library there.
    """
    beside = [file for file in companions(path) if file.exists() and file != incoming(path)]
    aside = None
    if beside or path.exists():
        aside = path.with_name(f"{ASIDE}-{datetime.now():%Y%m%d-%H%M%S-%f}")
        aside.mkdir(mode=0o700)
        for file in beside:  # a log of the old library would spoil the new one
            os.replace(file, aside / file.name)
        if path.exists():
            try:
                os.link(path, aside / path.name)
            except OSError:
                os.replace(path, aside / path.name)
        sync(aside)
    os.replace(incoming(path), path)
    sync(path.parent)
    return aside
