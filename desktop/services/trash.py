"""回收站: a deleted case rests with everything it has, can be brought back, and is purged later."""

from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from db import models
from db.queries import case_rows
from desktop.services.cases import find_letter
from desktop.services.library import writing
from desktop.services.records import remove_letter
from desktop.services.rows import CaseDeleted

KEPT_DAYS = 90


def delete_case(reference: str, now: datetime, session: str = "") -> str:
    """Move the case to the 回收站 with its proposal, states and export journal; returns its key.

    It is dated no earlier than the newest state of the library: a clock that was set back must
    not make it look old once it goes right again.
    """
    with writing():
        letter = find_letter(reference, session)
        letter.deleted_at = max(now, _newest_state() or now)
        letter.save(only=[models.Letter.deleted_at])
    return str(letter.key)


def list_deleted() -> list[CaseDeleted]:
    """The cases in the 回收站, the one deleted last first."""
    letters: Any = models.Letter.select().where(models.Letter.deleted_at.is_null(False))
    days = {letter.key: letter.deleted_at for letter in letters}
    rows = [
        CaseDeleted(row.key, row.proposal_number, row.subject, row.proposer, days[row.key])
        for row in case_rows(deleted=True)
    ]
    return sorted(rows, key=lambda row: row.deleted_at, reverse=True)


def bring_back(reference: str, session: str = "") -> str:
    """恢复: the case is in the list again, as it was; returns its key.

    `LibraryError` where none or several of this number or key are in the 回收站.
    """
    with writing():
        letter = find_letter(reference, session, deleted=True)
        letter.deleted_at = None
        letter.save(only=[models.Letter.deleted_at])
    return str(letter.key)


def purge_case(key: str) -> None:
    """彻底删除: every row of a case in the 回收站, and the proposals no other letter answers."""
    with writing():
        remove_letter(find_letter(key, deleted=True))


def is_due(deleted_at: datetime, now: datetime) -> bool:
    """Whether a case deleted then is to be purged now: after 90 days, never before."""
    return now - deleted_at >= timedelta(days=KEPT_DAYS)


def purge_due(now: datetime) -> int:
    """Purge what has rested long enough; returns how many cases that were.

    A clock far ahead must not empty the 回收站: time counts up to the newest state of the library.
    """
    known = min(now, _newest_state() or datetime.min)
    due = [row.key for row in list_deleted() if is_due(row.deleted_at, known)]
    for key in due:
        purge_case(key)
    return len(due)


def _newest_state() -> datetime | None:
    newest: datetime | None = models.Revision.select(fn.MAX(models.Revision.made_at)).scalar()
    return newest
