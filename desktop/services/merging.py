"""Three-way comparison (三方对照): what left, what we have, what came back; and taking it over.

Pure: cases in, changes and a new case out. `services.returns` finds what left and writes.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.services.differences import Change


class ChangeKind(StrEnum):
    """What a colleague did to a part of the letter."""

    EDITED = "edited"  # words of it
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # within its reply, or to another
    SPLIT = "split"  # one paragraph became several
    JOINED = "joined"
    OUTCOME = "outcome"  # to another cell of the 清单
    SUGGESTION = "suggestion"  # words of a suggestion, set apart
    FIELD = "field"  # number, names, title, …, set apart


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Words kept, removed or added, and who did it, as far as the file says."""

    change: Change
    text: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class MergeChange:
    """One change that can be taken or left.

    `key` is the same however often and after whatever else the file is compared. `reply` is the
    reply's key ("" for what is set apart), `part` the paragraph's key, "<suggestion key>.text",
    ".elaboration" or a field's name. `before` is what we have now, `after` what it becomes when
    taken. `conflict`: both sides changed the same words; `base` and `theirs` then show the others.
    """

    key: str
    kind: ChangeKind
    reply: str
    part: str
    before: str
    after: str
    runs: tuple[MarkedRun, ...] = ()
    author: str = ""
    at: str = ""
    conflict: bool = False
    base: str = ""
    theirs: str = ""
    # for whoever takes it: the paragraphs that stand before it, the nearest last; its outcome
    following: tuple[str, ...] = field(default=(), repr=False)

    @property
    def apart(self) -> bool:
        """Whether it touches number, names, title, a suggestion: shown apart, checked by itself."""
        return self.kind in (ChangeKind.SUGGESTION, ChangeKind.FIELD)
