"""Which printed line each line of a page is: one of its anchor, or of the reply it came from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.letter.blocks import Line
from desktop.letter.homecoming.align import Found, align, changed, unchanged
from desktop.letter.homecoming.likeness import likeness
from desktop.letter.pages.page_lines import PageLine

_ANSWER = re.compile(r"[ra]_")
_FOLLOWED = 0.5  # so alike a changed paragraph must be to be known in another place
_MOST_PAIRS = 40_000

Lines = Mapping[str, Sequence[Line]]


@dataclass(slots=True)
class Matched:
    """The lines of the page by anchor, each with the printed line it is; `gone` are printed lines
    of replies that are nowhere on it."""

    found: dict[str, list[tuple[PageLine, Found]]] = field(default_factory=dict)
    gone: list[Line] = field(default_factory=list)


def match(expected: Lines, shown: Mapping[str, Sequence[PageLine]], *, masked: bool) -> Matched:
    """Every line of `shown`, none of them blank, by anchor; a paragraph that was moved to another
    reply is known by its words."""
    moved = _moved(expected, shown, masked=masked)
    left = {id(line) for line in moved.values()}
    matched = Matched()
    for anchor in dict.fromkeys((*expected, *shown)):
        lines = shown.get(anchor, ())
        printed = [line for line in expected.get(anchor, ()) if id(line) not in left]
        staying = [line.text for line in lines if id(line) not in moved]
        here = iter(align(printed, staying, masked=masked))
        matched.found[anchor] = [
            (line, unchanged(moved[id(line)], line.text) if id(line) in moved else next(here))
            for line in lines
        ]
    _follow(expected, matched, masked=masked)
    return matched


def _moved(
    expected: Lines, shown: Mapping[str, Sequence[PageLine]], *, masked: bool
) -> dict[int, Line]:
    """Unchanged lines that stand in another reply now, by the identity of the page's line.

    Of masked lines only the length is known, and the bookmark that came along.
    """

    def at_home(anchor: str, text: str) -> bool:
        return any(line.text == text for line in expected.get(anchor, ()))

    free: dict[object, list[Line]] = {}
    for anchor in filter(_ANSWER.match, expected):
        staying = {len(line.text) if masked else line.text for line in shown.get(anchor, ())}
        for line in expected[anchor]:
            words = len(line.text) if masked else line.text
            if line.text and words not in staying:
                free.setdefault((anchor, words) if masked else words, []).append(line)
    found = {}
    for anchor in filter(_ANSWER.match, shown):
        for came in shown[anchor]:
            tag = next((a for a in came.anchors if a != anchor), "")
            known = free.get((tag, len(came.text)) if masked else came.text)
            if known and not at_home(anchor, came.text):
                found[id(came)] = known.pop(0)
    return found


def _follow(expected: Lines, matched: Matched, *, masked: bool) -> None:
    """Pair what is new with what is gone where they are alike; the rest of that is `gone`."""
    there = {
        part.source.removeprefix("+")
        for lines in matched.found.values()
        for _, found in lines
        for part in found.parts
    }
    gone = [
        line
        for anchor in filter(_ANSWER.match, expected)
        for line in expected[anchor]
        if line.text and not any(piece.source in there for piece in line.pieces)
    ]
    new = [
        (lines, n)
        for anchor, lines in matched.found.items()
        if _ANSWER.match(anchor)
        for n, (_, found) in enumerate(lines)
        if found.line is None
    ]
    if not masked and len(gone) * len(new) <= _MOST_PAIRS:
        for alike, lines, n, line in _pairs(gone, new):
            if line in gone and lines[n][1].line is None and alike >= _FOLLOWED:
                lines[n] = lines[n][0], changed(line, lines[n][0].text, masked=False)
                gone.remove(line)
    matched.gone = gone


def _pairs(
    gone: Iterable[Line], new: Sequence[tuple[list[tuple[PageLine, Found]], int]]
) -> list[tuple[float, list[tuple[PageLine, Found]], int, Line]]:
    """Each line that is gone with each that is new, the most alike first."""
    pairs = [
        (likeness(line.text, lines[n][0].text), lines, n, line) for line in gone for lines, n in new
    ]
    return sorted(pairs, key=lambda pair: -pair[0])
