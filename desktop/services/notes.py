"""批注: what colleagues remarked in a returned file, to be ticked off. Pure."""

from dataclasses import replace
from datetime import date

from desktop.letter.model import Case, Fields, Note
from desktop.services.assignments import month_day

QUOTED = 24  # characters


def tick(case: Case, key: str, *, done: bool) -> Case:
    """The note dealt with (处理好了), or to be dealt with again."""
    notes = tuple(replace(n, done=done) if n.key == key else n for n in case.notes)
    return replace(case, notes=notes)


def notes_at(case: Case, place: str) -> tuple[Note, ...]:
    """The notes at a reply (its key) or a field (its name)."""
    return tuple(note for note in case.notes if note.place == place)


def notes_elsewhere(case: Case) -> tuple[Note, ...]:
    """The notes without a place, or whose place is gone since."""
    places = {*Fields.__dataclass_fields__, *(reply.key for reply in case.replies)}
    return tuple(note for note in case.notes if note.place not in places)


def follow(case: Case, place: str, to: str) -> Case:
    """The case whose notes at one reply stand at another: its paragraphs went there."""
    if not notes_at(case, place):
        return case
    notes = tuple(replace(n, place=to) if n.place == place else n for n in case.notes)
    return replace(case, notes=notes)


def shortened(text: str) -> str:
    """Enough of the words that are quoted to know them by."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def signed(note: Note) -> str:
    """Who wrote it, when: 王科长 11月3日, as far as the file says."""
    try:
        day = month_day(date.fromisoformat(note.at[:10]))
    except ValueError:
        day = note.at
    return " ".join(filter(None, (note.author, day)))
