"""A change (改动) of a returned file that can be taken or left."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.letter.keys import derived_key
from desktop.letter.model import Paragraph
from desktop.services.differences import Change
from desktop.services.merging.three_way import Piece


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Words kept, removed or added, and who did it, as far as the file says."""

    change: Change
    text: str
    author: str = ""
    at: str = ""


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
class Place:
    """Where a paragraph comes to stand in its reply.

    After the nearest (the last) of `following` that is there, past those of `past` right behind
    it; where none is, in front of `before`, and else at the end, ahead of those of `ahead` that
    stand there. Not `moves`: where it is.
    """

    following: tuple[str, ...] = ()
    past: frozenset[str] = frozenset()
    before: str = ""
    ahead: frozenset[str] = frozenset()
    moves: bool = True


@dataclass(frozen=True, slots=True)
class MergeChange:
    """One change that can be taken or left.

    `key` is the same however often and after whatever else the file is compared. `reply` is the
    key of our reply it comes to stand in ("" for what is set apart, and for an ADDED one whose
    reply is gone: 未归位), `part` the paragraph's key, "<suggestion key>.text", ".elaboration" or
    a field's name. `before` is what we have now, `after` what it becomes when taken; a newline
    stands between paragraphs. `conflict`: both sides changed the same words; `base` and `theirs`
    then show the others, and `after` is theirs.
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
    # for `taking`: the paragraphs as they stand then, which of ours they replace, and where
    paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)
    replaces: tuple[str, ...] = field(default=(), repr=False)
    place: Place | None = field(default=None, repr=False)

    @property
    def apart(self) -> bool:
        """Whether it touches number, names, title, a suggestion: shown apart, checked by itself."""
        return self.kind in (ChangeKind.SUGGESTION, ChangeKind.FIELD)

    @property
    def unplaced(self) -> bool:
        """Whether it is 未归位: words for a reply that is gone; `taking.placed` gives it one."""
        return self.kind is ChangeKind.ADDED and not self.reply


def merge_key(*parts: str) -> str:
    """The key of a change, derived from what it is; and of what it brings."""
    return derived_key("merge", *parts)


def kept_key(change_key: str, number: int) -> str:
    """The key of a paragraph that keeps theirs beside ours, of a conflict."""
    return merge_key("kept", change_key, str(number))


def after(pieces: Sequence[Piece]) -> str:
    """The text a merged one becomes."""
    return "".join(p.text for p in pieces if p.change is not Change.REMOVED)


def credit(runs: Sequence[MarkedRun]) -> tuple[str, str]:
    """Everyone who had a part in it, and when the last one did."""
    changed = [run for run in runs if run.change is not Change.SAME]
    authors = dict.fromkeys(run.author for run in changed if run.author)
    return "、".join(authors), max((run.at for run in changed), default="")
