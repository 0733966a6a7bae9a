"""Automatic states (自动版本): kept every few minutes of change, thinned as they grow old."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from db import models
from db.enums import RevisionReason
from desktop.letter.model import Case
from desktop.services.library import writing
from desktop.services.loading import letter_of
from desktop.services.revisions import record

EVERY_S = 300  # seconds of change from one to the next
KEEP_ALL = timedelta(days=1)


class StateKept(NamedTuple):
    """What thinning asks of a state."""

    id: int
    made_at: datetime
    reason: str
    name: str


def keep_automatic(case: Case, now: datetime) -> None:
    """Keep `case`, which has just been changed, as it was; thin the older ones of its letter."""
    with writing():
        letter = letter_of(case.key)
        record(letter, case, RevisionReason.AUTOMATIC)
        state = models.Revision
        kept: Any = state.select(state.id, state.made_at, state.reason, state.name)
        kept = kept.where(state.letter == letter).order_by(state.id).tuples()
        sent = models.Export.select(models.Export.revision).where(models.Export.letter == letter)
        surplus = thinned(map(StateKept._make, kept), now)
        state.delete().where(state.id.in_(surplus), state.id.not_in(sent)).execute()


def thinned(states: Iterable[StateKept], now: datetime) -> list[int]:
    """The ids of those that may go, `states` being in the order they were kept.

    All of the last 24 hours stay, of each day before that the last one. What bears a name, was
    kept for another reason, or seems to come from the future stays always.
    """
    last: dict[object, int] = {}
    surplus = []
    for state in states:
        if state.reason != RevisionReason.AUTOMATIC or state.name:
            continue
        if now - state.made_at > KEEP_ALL:
            day = state.made_at.date()
            surplus += [last[day]] if day in last else []
            last[day] = state.id
    return surplus
