"""From a point of the paper to the character of the case that is printed there, and back."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.letter.blocks import Role
from desktop.letter.layout import Pt
from desktop.paper.draw import Page, Placed, Span
from desktop.paper.faces import Face

# words of the paper that are no text of the case, by the fact they are made of
MARK, CATEGORY, DISCLOSURE = "mark", "category", "disclosure"
_FACTS = {Role.CATEGORY: CATEGORY, Role.NOTE: DISCLOSURE}
_HEADINGS = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
_NEAR: Pt = 24  # how far from a line a point still belongs to it
_AHEAD = 3  # headings in a row before the words they announce


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the words of `source` (see `blocks`): `at` of its printed characters before it.

    `ending` tells the end of a line from the beginning of the next, which is the same `at`.
    """

    source: str
    at: int
    ending: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """What a source fills of one line, in points, on the page of this number (from 1)."""

    page: int
    x0: Pt
    y0: Pt
    x1: Pt
    y1: Pt


def spot_at(pages: Sequence[Page], number: int, x: Pt, y: Pt) -> Spot | None:
    """The character nearest to a point of page `number`; None where nothing of the case is near.

    Words of the wording lead to what they announce: “建议1：” to the suggestion, “答复：” to the
    reply under it, the label of a cell to the cell beside it.
    """
    lines = pages[number - 1].lines
    near = [(_distance(placed, x, y), n) for n, placed in enumerate(lines)]
    (beside, _), place = min(near, default=((_NEAR, 0.0), 0))
    if beside >= _NEAR:
        return None
    placed = lines[place]
    if placed.line.spans:
        return _spot_in(placed, x)
    if placed.line.role is None:
        is_mark = any(run.face is Face.XIAOBIAOSONG for run in placed.line.runs)
        return Spot(MARK, 0) if is_mark else None
    if fact := _FACTS.get(placed.line.role):
        return Spot(fact, 0)
    return _announced(pages, number, place)


def areas(pages: Sequence[Page], source: str) -> tuple[Area, ...]:
    """Where the words of `source` are printed, one area a line, in reading order."""
    return tuple(
        _area(page, placed, span.start, span.end) for page, placed, span in _spans(pages, source)
    )


def caret(pages: Sequence[Page], source: str, at: int) -> Area | None:
    """The place before character `at` of `source`, as high as its line and of no width."""
    found = None
    for found in _spans(pages, source):
        if at < found[2].at + found[2].end - found[2].start:
            break
    if found is None:
        return None
    page, placed, span = found
    place = min(span.start + max(0, at - span.at), span.end)
    return _area(page, placed, place, place)


def printed(pages: Sequence[Page], source: str) -> str:
    """The words of `source` as they are printed, without line ends."""
    return "".join(
        placed.line.text[span.start : span.end] for _, placed, span in _spans(pages, source)
    )


def _spans(pages: Sequence[Page], source: str) -> Iterator[tuple[Page, Placed, Span]]:
    for page in pages:
        for placed in page.lines:
            for span in placed.line.spans:
                if span.source == source:
                    yield page, placed, span


def _area(page: Page, placed: Placed, start: int, end: int) -> Area:
    line = placed.line
    left, right = placed.x + line.edges[start], placed.x + line.edges[end]
    return Area(page.number, left, placed.y, right, placed.y + line.height)


def _distance(placed: Placed, x: Pt, y: Pt) -> tuple[Pt, Pt]:
    """How far a point is above or below a line, then left or right of its words."""
    line = placed.line
    return (
        max(placed.y - y, y - placed.y - line.height, 0.0),
        max(placed.x + line.edges[0] - x, x - placed.x - line.edges[-1], 0.0),
    )


def _spot_in(placed: Placed, x: Pt) -> Spot:
    """The border between two characters nearest to `x`, in the span of the character under it."""
    line, inside = placed.line, x - placed.x
    under = min(max(bisect_right(line.edges, inside) - 1, 0), len(line.text) - 1)
    border = under + (inside > (line.edges[under] + line.edges[under + 1]) / 2)

    def away(span: Span) -> int:
        return max(span.start - under, under - span.end + 1, 0)

    span = min(line.spans, key=away)
    border = min(max(border, span.start), span.end)
    return Spot(span.source, span.at + border - span.start, ending=border == len(line.text))


def _announced(pages: Sequence[Page], number: int, place: int) -> Spot | None:
    """What a line of the wording's own words stands for: words beside it, or those under it."""
    page = pages[number - 1]
    own = page.lines[place]
    beside = [p for p in page.lines if p.line.spans and p.x > own.x and _in_row(page, own, p)]
    if beside:
        return _spot_in(min(beside, key=lambda placed: placed.y), own.x)
    following = [*page.lines[place + 1 :], *(pages[number].lines if number < len(pages) else ())]
    for placed in following[: _AHEAD + 1]:
        if placed.line.spans:
            return _spot_in(placed, placed.x)
        if _rank(placed.line.role) <= _rank(own.line.role):
            return None  # nothing is written there
    return None


def _in_row(page: Page, own: Placed, other: Placed) -> bool:
    """Whether two lines of a page stand in one row of the 清单: no border between them."""
    if own.line.role is not Role.CELL_LABEL:
        return False
    levels = [rule for rule in page.rules if rule.y0 == rule.y1 and rule.x0 <= own.x <= rule.x1]
    top = max((rule.y0 for rule in levels if rule.y0 <= own.y), default=0.0)
    bottom = min((rule.y0 for rule in levels if rule.y0 > own.y), default=0.0)
    return top <= other.y < bottom


def _rank(role: Role | None) -> int:
    """How high a heading is; what is none is lowest."""
    return _HEADINGS.index(role) if role in _HEADINGS else len(_HEADINGS)
