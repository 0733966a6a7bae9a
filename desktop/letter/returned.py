"""What a returned file (来稿) says besides its words: who changed what (修订), who remarked (批注).

Light, plain values: they cross the border of the process that reads foreign files.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop.letter.model import Case


class Trace(StrEnum):
    """What a tracked change did to the words it stands at."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class Mark:
    """修订痕迹: characters `start` to `end` of the accepted text were inserted (or moved) there;
    of deleted words, `text`, only the place is left (`start` is `end`).

    `author` and `at` (ISO) are what the file says, or empty.
    """

    kind: Trace
    start: int
    end: int
    text: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """批注 on characters `start` to `end` of a line (-1: on no line of the page).

    `quoted` are those characters; `done` says that its thread was resolved (已解决).
    """

    text: str
    line: int
    start: int = 0
    end: int = 0
    quoted: str = ""
    author: str = ""
    at: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """未归位: a paragraph of the page outside every reply, cell and field.

    `after` are the words of the line before it, so that the handler finds the place.
    """

    text: str
    after: str = ""
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """批注 with its place in the case: the key of a reply or a field's name, or nothing."""

    remark: Remark
    place: str


@dataclass(frozen=True, slots=True)
class Homecoming:
    """A case that came home, all that was said in it, and sentences for the handler.

    `case` is the case that left with the page's words. `marks` are the tracked changes by what they
    stand in, "<paragraph key>", "<suggestion key>.text", ".elaboration" or a field's name, their
    offsets counted in its text as `case` has it. `author` saved the file last, as it says.
    """

    case: Case
    notes: tuple[str, ...] = ()
    marks: tuple[tuple[str, tuple[Mark, ...]], ...] = ()
    remarks: tuple[Placed, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    author: str = ""
