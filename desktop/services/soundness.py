"""Whether what is kept is what was written: the digest of every state (版本), a few at a time.

SQLite finds broken pages and references at every start; a byte changed inside a text only its
digest tells.
"""

from dataclasses import dataclass

from db import models
from db.checks import damaged_states

AT_ONCE = 20  # states: some milliseconds


@dataclass(frozen=True, slots=True)
class StateDamaged:
    """A state that is not what was written, and the key of its case."""

    id: int
    key: str


@dataclass(frozen=True, slots=True)
class StatesChecked:
    """What came of checking some states, and after which to go on; None at the end."""

    damaged: tuple[StateDamaged, ...]
    after: int | None


def check_states(after: int = 0) -> StatesChecked:
    """Check the next states of the open library, after the state `after`; for idle moments."""
    damaged, last = damaged_states(models.Letter._meta.database.connection(), after, AT_ONCE)
    return StatesChecked(tuple(StateDamaged(*found) for found in damaged), last)
