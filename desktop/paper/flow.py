"""Parts of a letter into the 版心 of its pages (分页): as many as fit, cut where it may be cut."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from desktop.letter.layout import Pt
from desktop.paper.draw import SetLine

SLACK: Pt = 0.02  # what adding up fractions of points may be wrong by


class Keep(IntEnum):
    """How strongly a part holds on to the next one."""

    FREE = 0
    NEXT = 1  # no page ends between the two
    INSIDE = 2  # nor where a chain of such parts is longer than a page: they are one paragraph


@dataclass(slots=True, kw_only=True)
class Part(ABC):
    """What the flow lays one under the other: a line of type, or a row of the 清单.

    `foot`: what it wants under it for the last border of a table, where no part with a foot follows
    on its page. `claim`: on the page that also `opens` its table it is kept with the text under it,
    and that text wants room as if the part were so high.
    """

    height: Pt
    keep: Keep = Keep.FREE
    foot: Pt = 0.0
    opens: bool = False
    claim: Pt = 0.0

    @abstractmethod
    def split(self, room: Pt, *, must: bool) -> "tuple[Part, Part] | None":
        """The part that stands in `room` and the rest, or None where it stays whole; `must`: no
        page has room for the whole of it."""


@dataclass(slots=True, kw_only=True)
class LinePart(Part):
    """A line of the body; its height counts the space under its paragraph's last line."""

    line: SetLine

    def split(self, room: Pt, *, must: bool) -> None:
        """Never: a line is whole."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where the lines of a page stand (版心), from `top` to `bottom`."""

    top: Pt
    bottom: Pt


Poured = list[tuple[Pt, Part]]  # the parts of a page, each with its top


def paragraph_parts(
    lines: Sequence[SetLine], *, after: Pt = 0.0, keep: bool = False
) -> tuple[LinePart, ...]:
    """The lines of a paragraph of the body. One that is kept with the next is whole, as
    LibreOffice has it, and moves with it from its first line."""
    inside, end = (Keep.INSIDE, Keep.NEXT) if keep else (Keep.FREE, Keep.FREE)
    *others, last = lines
    return (
        *(LinePart(line=line, height=line.height, keep=inside) for line in others),
        LinePart(line=last, height=last.height + after, keep=end),
    )


def pour(parts: Iterable[Part], areas: Iterator[Area]) -> list[Poured]:
    """`parts` page by page; there is always one page.

    A chain of kept parts longer than a page is cut where the page ends.
    """
    waiting = list(parts)
    pages: list[Poured] = []
    start = 0
    while start < len(waiting) or not pages:
        area = next(areas)
        end = _filled(waiting, start, area)
        page: Poured = []
        y = area.top
        foot = 0.0
        for part in waiting[start:end]:
            if not part.foot:
                y += foot
            page.append((y, part))
            y += part.height
            foot = part.foot
        pages.append(page)
        start = end
    return pages


def _filled(waiting: list[Part], start: int, area: Area) -> int:
    """Where the page that begins with part `start` ends; a part that is split there becomes two."""
    y = area.top
    foot = claimed = 0.0
    opened = False
    for at in range(start, len(waiting)):
        part = waiting[at]
        opened = opened or part.opens
        if not part.foot:
            y += foot
        foot = part.foot
        if y + part.height + max(foot, claimed) <= area.bottom + SLACK:
            y += part.height
            held = part.keep or (opened and part.claim)
            claimed = max(claimed, part.claim - part.height) if held else 0.0
            continue
        cut = _cut(waiting, start, at, opened=opened)
        may_split = cut == start or not (part.keep or part.claim)
        halves = part.split(area.bottom - y, must=at == start) if may_split else None
        if halves:
            waiting[at : at + 1] = halves
            return at + 1
        return cut if cut > start else max(at, start + 1)
    return len(waiting)


def _cut(waiting: Sequence[Part], start: int, at: int, *, opened: bool) -> int:
    """The last place before `at` where a page may end; `start` where there is none."""
    for strength in (Keep.NEXT, Keep.INSIDE):
        for cut in range(at, start, -1):
            before = waiting[cut - 1]
            claims = Keep.NEXT if opened and before.claim else Keep.FREE
            if max(before.keep, claims) < strength:
                return cut
    return start
