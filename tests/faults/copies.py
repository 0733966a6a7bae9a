"""Promise 4: a backup is verified or not there, a restore is whole or not begun; and no kill, full
disk, vanished stick or wrong clock takes an older backup or a deleted case along."""

import errno
import os
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from db import models
from db.backup import look_at
from db.checks import reading
from db.errors import StoreError
from db.mark import read_mark
from desktop.services.backup_files import DAYS, FOLDER, MONTHS, WEEKS, mark_of
from desktop.services.backups import daily_backup, list_backups, set_second_place
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.services.library import FILE_NAME, library
from desktop.services.restoring import look_into, restore
from desktop.services.revisions import keep
from desktop.services.trash import delete_case, is_due, list_deleted, purge_due
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.faults.figures import Fault, Figures
from tests.faults.specimens import (
    at_step,
    attempt,
    failing,
    flip,
    fresh,
    furnish,
    killed,
    read_everything,
    rows_of,
    seconds,
    small_disk,
)

KEY = plain_case().key
TOMORROW = TODAY + timedelta(1)
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.ENOENT)
STEPS = ((os, "fsync"), (os, "replace"), (os, "link"), (os, "mkdir"), (os, "open"))


def kills(folder: Path, tried: int, seed: int) -> Figures:
    """A process killed while it saves and backs up, and one while it restores, in turn."""
    chance, found = Random(seed), Figures(tried=tried)
    place, pristine = folder / "library", folder / "pristine"
    backup = furnish(pristine)
    with library(pristine):
        save_case(None, plain_case(lead_unit="0"))
    deeds = (lambda: _save_and_back_up(place), lambda: restore(place, backup))
    fresh(place, pristine)
    lasting = [seconds(deed) for deed in deeds]
    ended = worthless = 0
    for number in range(tried):
        which = number % 2
        if which == 0:
            fresh(place, pristine)
        before = read_everything(place)
        ended += not killed(deeds[which], chance.uniform(0, lasting[which]))
        after = attempt(found, lambda: read_everything(place))
        if which == 0:
            number_then = attempt(found, lambda: _number(place))
            found.lost += number_then != 1 and after != before
            worthless += _plain_copy_is_worthless(place, folder / "copied")
        else:
            with reading(backup) as connection:
                found.damaged += after not in (before, rows_of(connection))
        copies = [copy.path for copy in list_backups(place)]
        found.destroyed += not copies
        for path in copies:
            found.destroyed += attempt(found, lambda path=path: look_into(path)) is None
    found.note = f"{ended} of them ended before the kill"
    found.twin = f"the live file copied: {worthless} of {tried - tried // 2} lack saves"
    return found


def failures(folder: Path, tried: int, seed: int) -> Figures:
    """A full or faulty disk, or a stick that is pulled out, at each step of a backup with a second
    place and of a restore; and a disk with room for some bytes only."""
    chance, found = Random(seed), Figures(tried=tried)
    pristine, place, stick = folder / "pristine", folder / "library", folder / "stick"
    backup = furnish(pristine)
    with library(pristine):
        save_case(None, plain_case(lead_unit="0"))
    said = 0
    for number in range(tried):
        fresh(place, pristine)
        fresh(stick, pristine / FOLDER)
        set_second_place(place, stick)
        before, older = read_everything(place), _copies(place)
        step = number // 2 % 24 + 1
        pulled = partial(shutil.rmtree, stick, ignore_errors=True)
        happening = chance.choice((pulled, *map(failing, CODES)))
        disk: Any = chance.choice(
            (at_step(step, happening, *STEPS), small_disk(chance.randrange(700_000)))
        )
        deed = (_back_up_tomorrow, _bring_back)[number % 2]
        said += deed(found, place, backup, disk)
        found.damaged += attempt(found, lambda: read_everything(place)) not in (
            before, _rows(backup),
        )  # fmt: skip
        found.destroyed += sum(_copies(place).get(name) != data for name, data in older.items())
        found.destroyed += bool(list(place.rglob("*.tmp"))) or bool(list(stick.rglob("*.tmp")))
    found.note = f"{said} refused or said of the second place"
    cut = sum(_plain_copy_cuts(fresh(place, pristine), chance) for _ in range(10))
    found.twin = f"copied over the older one: {cut} of 10 times cut off"
    return found


def spoiled(folder: Path, tried: int, seed: int) -> Figures:
    """A backup of which a bit was turned: looked into and restored."""
    chance, found = Random(seed), Figures(tried=tried)
    backup = furnish(folder / "library")
    truth, copy = _rows(backup), folder / "copy.db"
    refused = shown = unseen = 0
    for _ in range(tried):
        shutil.copyfile(backup, copy)
        flip(copy, chance)
        with suppress(StoreError):
            unseen += _rows(copy) != truth
        found_in_it = attempt(found, lambda: look_into(copy))
        if found_in_it is None:
            refused += 1
            continue
        shown += found_in_it.damaged > 0
        found.damaged += not found_in_it.damaged and _rows(copy) != truth
    found.note = f"{refused} refused, {shown} with damaged states counted in the preview"
    found.twin = f"not looked into: {unseen} of {tried} read as something else without an error"
    return found


def clocks(folder: Path, tried: int, seed: int) -> Figures:
    """`tried` days of work under a clock that is set back and forward, by years too; and the
    回收站 at each start."""
    chance, found = Random(seed), Figures(tried=tried)
    right, wrong, purged = TODAY, timedelta(0), 0
    with library(folder):
        case = plain_case(lead_unit="0")
        deleted = with_new_keys(case)
        for one in (case, deleted):
            save_case(None, one)
        keep(case.key)
        delete_case(deleted.key, datetime.now())
        for number in range(tried):
            right += timedelta(1)
            if chance.random() < 0.1:
                wrong = timedelta(chance.choice((0, 0, -9000, -365, -30, 1, 30, 365, 3650)))
            before, case = case, replace(case, lead_unit=str(number))
            save_case(before, case)
            made = daily_backup(right + wrong)
            kept = [mark_of(copy.path) for copy in list_backups(folder)]
            newest = read_mark(models.Letter._meta.database.connection())
            found.destroyed += not made.path or newest not in kept or len(kept) < min(number, DAYS)
            found.damaged += _too_many(folder, right + wrong)
            now = datetime.now() + wrong
            purged += any(is_due(row.deleted_at, now) for row in list_deleted())
            purge_due(now)
            found.lost += [row.key for row in list_deleted()] != [deleted.key]
    found.twin = f"a clock that is believed: the 回收站 emptied at {purged} starts"
    found.note = f"{len(kept)} backups stand"
    return found


def _save_and_back_up(place: Path) -> None:
    with library(place):
        case = find_case(KEY)
        save_case(case, replace(case, lead_unit="1"))
        daily_backup(TODAY)
        daily_backup(TOMORROW)


def _number(place: Path) -> int:
    with library(place):
        return int(find_case(KEY).lead_unit)


def _back_up_tomorrow(found: Figures, place: Path, _: Path, disk: Any) -> bool:
    """Whether a sentence was said."""
    with library(place):
        with disk:
            made = attempt(found, lambda: daily_backup(TOMORROW))
        if made and made.problem:
            found.refused(made.problem)
        if made and made.path:
            found.damaged += attempt(found, lambda: look_into(made.path)) is None
    return made is None or bool(made.problem)


def _bring_back(found: Figures, place: Path, backup: Path, disk: Any) -> bool:
    """Whether a sentence was said; then it can be done again."""
    with disk:
        done = attempt(found, lambda: restore(place, backup))
    if done is None:
        found.damaged += attempt(found, lambda: restore(place, backup)) is None
    return done is None


def _copies(place: Path) -> dict[str, bytes]:
    return {copy.path.name: copy.path.read_bytes() for copy in list_backups(place)}


def _rows(path: Path) -> dict[str, str]:
    with reading(path) as connection:
        return rows_of(connection)


def _plain_copy_is_worthless(place: Path, copy: Path) -> bool:
    """The mutant: the live file copied while the library is open. Whether it lacks saves."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    with library(place) as database:
        case = find_case(KEY)
        save_case(case, replace(case, lead_unit="2"))
        shutil.copyfile(place / FILE_NAME, copy / FILE_NAME)
        right = rows_of(database.connection())
        save_case(replace(case, lead_unit="2"), case)
    return _rows(copy / FILE_NAME) != right


def _plain_copy_cuts(place: Path, chance: Random) -> bool:
    """The mutant: the file copied over the older backup on a disk that is full."""
    (backup,) = (copy.path for copy in list_backups(place))
    with small_disk(chance.randrange(600_000)), suppress(OSError):
        shutil.copyfile(place / FILE_NAME, backup)
    try:
        look_at(backup)
    except StoreError:
        return True
    return False


def _too_many(folder: Path, today: date) -> bool:
    days = {copy.day for copy in list_backups(folder) if copy.day <= today}
    return len(days) > DAYS + WEEKS + MONTHS


FAULTS = (
    Fault("backup and restore: killed", lambda folder: kills(folder, 120, 4)),
    Fault("backup and restore: disk, stick", lambda folder: failures(folder, 160, 4)),
    Fault("backup: bits turned", lambda folder: spoiled(folder, 300, 4)),
    Fault("backup, 回收站: clocks", lambda folder: clocks(folder, 200, 4)),
)
