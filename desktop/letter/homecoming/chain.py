"""The heaviest choice of places in order: what of a page stands where it stood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a line may have, and how much speaks for it; `once`: for one line only."""

    place: int
    weight: float
    once: bool = False


@dataclass(frozen=True, slots=True)
class _Link:
    """A line in its place, and the best links before it."""

    line: int
    place: int
    weight: float  # of this and all before
    before: "_Link | None"


def heaviest(lines: Sequence[Iterable[Candidate]], places: int) -> list[int | None]:
    """The place of each line so that places never go back and the weights are the most in all.

    None where a line is left out. Takes n log n steps: a page may have thousands of lines.
    """
    best: list[_Link | None] = [None] * (places + 1)  # a Fenwick tree of the best up to a place

    def until(place: int) -> _Link | None:
        found, at = None, place + 1
        while at > 0:
            found = _better(best[at], found)
            at &= at - 1
        return found

    for number, candidates in enumerate(lines):
        made = []
        for one in candidates:
            before = until(one.place - one.once)
            weight = one.weight + (before.weight if before else 0.0)
            made.append(_Link(number, one.place, weight, before))
        for link in made:  # after all were asked for: a line stands in one place
            at = link.place + 1
            while at <= places:
                best[at] = _better(best[at], link)
                at += at & -at
    chosen: list[int | None] = [None] * len(lines)
    last = until(places - 1)
    while last:
        chosen[last.line] = last.place
        last = last.before
    return chosen


def _better(one: _Link | None, other: _Link | None) -> _Link | None:
    """The heavier of two; the one that was there first where they weigh the same."""
    if one is None or other is None:
        return one or other
    return other if other.weight > one.weight else one
