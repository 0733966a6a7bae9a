"""One text in three states: what left, what we have now, what came back; merged by character."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from desktop.services.differences import Change, Run, differences

_MOSTLY = 0.6  # a text of which so much stands in another one was a part of it
_NO_CHANCE = 4  # characters; fewer stand anywhere


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of the older text became `text`, at `at` of the newer one."""

    start: int
    end: int
    text: str
    at: int

    def touches(self, other: "Edit") -> bool:
        """Whether no character that both left alone stands between them."""
        return self.start <= other.end and other.start <= self.end

    def does_as(self, other: "Edit") -> bool:
        """Whether both make the same of the same characters."""
        return (self.start, self.end, self.text) == (other.start, other.end, other.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes of a piece of our text when theirs is merged into it.

    `at` is its place in their text: where added words stand, where removed ones stood.
    """

    change: Change
    text: str
    at: int = 0


class Texts:
    """The comparing of the texts of one letter, with patience for all of them together.

    When that is spent, what is not compared yet counts as rewritten.
    """

    def __init__(self, patience: float) -> None:
        """`patience` in seconds."""
        self._until = monotonic() + patience
        self._known: dict[tuple[str, str, bool], tuple[Run, ...]] = {}

    def runs(self, older: str, newer: str, *, natural: bool = True) -> tuple[Run, ...]:
        """As `differences`."""
        asked = (older, newer, natural)
        if asked not in self._known:
            patience = max(0.001, self._until - monotonic())  # 0 would be for ever
            self._known[asked] = differences(older, newer, patience, natural=natural)
        return self._known[asked]

    def merged(self, base: str, ours: str, theirs: str) -> tuple[Piece, ...] | None:
        """Our text with their edits in it, or None where both edited the same words."""
        mine = list(self._edits(base, ours))
        edits = [e for e in self._edits(base, theirs) if not any(map(e.does_as, mine))]
        if any(edit.touches(other) for edit in edits for other in mine):
            return None
        pieces, begin = [], 0
        for edit in edits:
            moved = sum(len(m.text) - (m.end - m.start) for m in mine if m.end < edit.start)
            start, end = edit.start + moved, edit.end + moved
            pieces += [
                Piece(Change.SAME, ours[begin:start]),
                Piece(Change.REMOVED, ours[start:end], edit.at),
                Piece(Change.ADDED, edit.text, edit.at),
            ]
            begin = end
        pieces.append(Piece(Change.SAME, ours[begin:]))
        return tuple(piece for piece in pieces if piece.text)

    def merged_for_good(self, base: str, ours: str, theirs: str) -> tuple[Piece, ...] | None:
        """As `merged`; None also where the merged text, merged again, would not stay as it is."""
        pieces = self.merged(base, ours, theirs)
        if pieces is None or ours == base:
            return pieces
        text = "".join(p.text for p in pieces if p.change is not Change.REMOVED)
        return pieces if self.holds(base, text, theirs) else None

    def holds(self, base: str, ours: str, theirs: str) -> bool:
        """Whether our text has every one of their edits already, between the same neighbours."""
        edits = list(self._edits(base, theirs))
        if not all(edit.text in ours for edit in edits):
            return False
        spans = list(self._kept(theirs, ours))
        return all(
            any(first < edit.at and edit.at + len(edit.text) < end for first, end in spans)
            for edit in edits
        )

    def _kept(self, theirs: str, ours: str) -> Iterator[tuple[int, int]]:
        """(start, end) in `theirs` of what stands in `ours` in one piece; the border of both
        texts counts as a character that is kept."""
        runs, at = self.runs(theirs, ours, natural=False), 0
        for number, run in enumerate(runs):
            if run.change is Change.SAME:
                end = at + len(run.text)
                yield at - (number == 0), end + (number == len(runs) - 1)
            if run.change is not Change.ADDED:
                at += len(run.text)

    def _edits(self, older: str, newer: str) -> Iterator[Edit]:
        start = end = at = 0
        text = ""
        for run in (*self.runs(older, newer), Run(Change.SAME, "")):
            if run.change is Change.REMOVED:
                end += len(run.text)
            elif run.change is Change.ADDED:
                text += run.text
            else:
                if text or end > start:
                    yield Edit(start, end, text, at)
                at += len(text) + len(run.text)
                start = end = end + len(run.text)
                text = ""


def stands_in(texts: Texts, pool: str, text: str) -> bool:
    """Whether most of `text` stands in `pool`, in its order, and not by chance."""
    same = _in_common(texts, pool, text)
    return same >= _MOSTLY * len(text) and (same >= _NO_CHANCE or 3 * same >= len(pool) > 0)


def makes_up(texts: Texts, pool: str, text: str) -> bool:
    """Whether `text` has most of `pool` in it, in its order, and not by chance."""
    same = _in_common(texts, pool, text)
    return same >= max(_MOSTLY * len(pool), _NO_CHANCE)


def _in_common(texts: Texts, pool: str, text: str) -> int:
    return sum(len(run.text) for run in texts.runs(pool, text) if run.change is Change.SAME)
