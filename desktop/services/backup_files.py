"""The files of backups (备份): their names, which of them stay, and copies that always stay.

备份-2025-11-21.db                a day's copy; 备份-2025-11-21-2.db where that one must stay
升级前-2025-11-21-140322.db        pinned: made before an upgrade, never thinned
恢复前-2025-11-21-140322.db        pinned: made before a restore
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count, groupby
from pathlib import Path

from db.backup import copy_library
from db.checks import reading
from db.errors import StoreError
from db.mark import Mark, read_mark
from desktop.services.files import clear_drafts

FOLDER = "备份"
DAILY, UPGRADE, RESTORE = "备份", "升级前", "恢复前"
DAYS, WEEKS, MONTHS = 12, 10, 9
_NAME = re.compile(rf"({DAILY}|{UPGRADE}|{RESTORE})-(\d{{4}}-\d\d-\d\d)(?:-(\d+))?\.db")


@dataclass(frozen=True, slots=True)
class BackupListed:
    """A backup as its name tells: `kind` is 备份, or 升级前 or 恢复前 for one that is pinned."""

    path: Path
    kind: str
    day: date
    serial: int  # of several of one day; the time of a pinned one


def list_copies(folder: Path) -> list[BackupListed]:
    """The backups that lie in `folder`, newest first; nothing else there counts."""
    with suppress(OSError):
        found = [listed for path in folder.iterdir() if (listed := _listed(path))]
        return sorted(found, key=lambda copy: (copy.day, copy.serial, copy.kind), reverse=True)
    return []


def mark_of(path: Path) -> Mark | None:
    """How far the library in a backup has come; none where it cannot be read."""
    with suppress(StoreError), reading(path) as connection:
        return read_mark(connection)
    return None


def newest_daily(folder: Path, today: date) -> BackupListed | None:
    """The last day's copy in `folder`; days that have not come yet, of a clock set back since, do
    not count."""
    copies = list_copies(folder)
    return next((copy for copy in copies if copy.kind == DAILY and copy.day <= today), None)


def free_path(folder: Path, day: date, mark: Mark | None) -> Path:
    """Where the day's copy goes: over an earlier state of the same library, never over another."""
    last = newest_daily(folder, day)
    if not last or last.day != day:
        return folder / f"{DAILY}-{day:%Y-%m-%d}.db"
    there = mark_of(last.path)
    if mark and there and mark.follows(there):
        return last.path
    return folder / f"{DAILY}-{day:%Y-%m-%d}-{last.serial + 1}.db"


def pin(source: sqlite3.Connection, folder: Path, kind: str) -> Path:
    """A copy of the library in `folder` that always stays; raises a `StoreError`."""
    now = datetime.now()
    for number in count():
        name = f"{kind}-{now:%Y-%m-%d}-{int(f'{now:%H%M%S}') + number:06}.db"
        path = folder / FOLDER / name
        if not path.exists():
            break
    copy_library(source, path)
    return path


def thin(folder: Path, today: date) -> None:
    """Delete the daily copies whose day has no place any more, and what killed backups left."""
    clear_drafts(folder, "*.db.tmp")
    copies = [copy for copy in list_copies(folder) if copy.kind == DAILY]
    surplus = surplus_days((copy.day for copy in copies), today)
    for copy in copies:
        if copy.day in surplus:
            with suppress(OSError):
                copy.path.unlink()


def surplus_days(days: Iterable[date], today: date) -> set[date]:
    """Which days' copies may go: of those up to `today`, all but the 12 newest days, the last day
    of each of 10 weeks before them, and of each of 9 months before those.

    Days that have not come yet, of a clock set back since, are neither deleted nor counted.
    """
    past = sorted({day for day in days if day <= today}, reverse=True)
    kept = past[:DAYS]
    for most, period in ((WEEKS, _week), (MONTHS, _month)):
        older = [day for day in past if not kept or day < kept[-1]]
        kept += [next(group) for _, group in groupby(older, period)][:most]
    return set(past) - set(kept)


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _listed(path: Path) -> BackupListed | None:
    match = _NAME.fullmatch(path.name)
    with suppress(ValueError):
        if match:
            return BackupListed(path, match[1], date.fromisoformat(match[2]), int(match[3] or 1))
    return None
