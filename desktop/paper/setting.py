"""One printed paragraph → its lines of type (排行), every character in its place. Pure: no Qt."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop.letter.blocks import Piece, Role
from desktop.letter.layout import Pt
from desktop.paper.breaking import (
    BLANKS,
    HANGING,
    LINE_ENDS,
    TOLERANCE,
    Measured,
    line_ends,
    measured,
)
from desktop.paper.draw import Run, SetLine, Span
from desktop.paper.faces import Face, FaceTable, FaceTables


class Align(StrEnum):
    """How the lines of a paragraph stand in their column (对齐); `BOTH` justifies all but the
    last."""

    BOTH = "both"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


_PART = re.compile(f"[^{LINE_ENDS}]+")
# of what is left of a line, how much goes before it
_SHARES = {Align.BOTH: 0.0, Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How a paragraph is set (段落样式).

    `spacing` is added to every character; `first` is the indent of the first line beyond `left`,
    below zero where it hangs out. A line is exactly `line` high, or at least, and then as high as
    its face; `on_grid` puts the face in the middle of it (docGrid). `hanging` lets a mark
    (、，。；：！？) that does not fit stand outside the column, as everywhere but in tables.
    """

    face: Face
    size: Pt
    line: Pt
    exact: bool = True
    on_grid: bool = False
    spacing: Pt = 0.0
    align: Align = Align.BOTH
    first: Pt = 0.0
    left: Pt = 0.0
    right: Pt = 0.0
    hanging: bool = True
    red: bool = False


class LineSetter:
    """Sets paragraphs in the faces whose `tables` it was given, and remembers what it measured."""

    def __init__(self, tables: FaceTables) -> None:
        """Measure with `tables`."""
        self._tables = tables
        self._cells: dict[tuple[Face, Pt], _Cells] = {}

    def lines(
        self,
        role: Role | None,
        pieces: Sequence[Piece],
        bases: Sequence[int],
        style: ParagraphStyle,
        width: Pt,
    ) -> tuple[SetLine, ...]:
        """The lines of one paragraph of `pieces` in a column of `width`; at least one, maybe empty.

        `bases` counts for each piece the characters of its source printed before it, line ends
        left out (`Span.at`). A line end inside a text (title lines) ends the line.
        """
        text = "".join(piece.text for piece in pieces)
        cells = self._cells_of(style)
        face = self._tables[style.face]
        measure = measured(text, cells, style.size, style.spacing, face.words)
        room = width - style.left - style.right
        ends = line_ends(measure, room - style.first, room, hanging=style.hanging)
        height, ascent = _height(style, face)
        spans = _spans(pieces, bases)
        made = []
        start = 0
        for number, end in enumerate(ends):
            stop = end - 1 if end > start and text[end - 1] in LINE_ENDS else end
            indent = style.left + (0.0 if number else style.first)
            last = stop < end or end == len(text)
            align = Align.LEFT if last and style.align is Align.BOTH else style.align
            edges = _edges(measure, start, stop, style, indent, width - style.right, align)
            line = text[start:stop]
            made.append(
                SetLine(
                    line,
                    role,
                    _runs(line, edges, cells.shifts, style),
                    _cut_spans(spans, start, stop),
                    edges,
                    height,
                    ascent,
                )
            )
            start = end
        return tuple(made)

    def _cells_of(self, style: ParagraphStyle) -> "_Cells":
        key = (style.face, style.size)
        if key not in self._cells:
            self._cells[key] = _Cells(self._tables[style.face], style.size)
        return self._cells[key]


def _height(style: ParagraphStyle, face: FaceTable) -> tuple[Pt, Pt]:
    """The height of a line, and from its top to its baseline, as LibreOffice has them."""
    tall = (face.ascent + face.descent) * style.size
    height = style.line if style.exact else max(style.line, tall)
    if style.on_grid:
        return height, (height - tall) / 2 + face.ascent * style.size
    return height, 0.8 * height if style.exact else height - face.descent * style.size


_OPENING = "“‘"
_CLOSING = "”’"
_FORCED = _OPENING + _CLOSING + "…—·‥―‖"  # a whole cell even where the face has them narrower


class _Cells(dict[str, Pt]):
    """The width of any character's cell; `shifts` is how far its glyph stands in from the left."""

    def __init__(self, table: FaceTable, size: Pt) -> None:
        super().__init__()
        self._table, self._size = table, size
        self.shifts: dict[str, Pt] = {}

    def __missing__(self, character: str) -> Pt:
        width = self._width(character)
        self[character] = width
        return width

    def _width(self, character: str) -> Pt:
        if character == "\t":
            return self._size
        if unicodedata.category(character) in {"Mn", "Me", "Cc", "Cf", "Zl", "Zp"}:
            return 0.0
        advance = self._table.advances[character]
        forced = character in _FORCED
        if forced or unicodedata.east_asian_width(character) in "WF":
            part = 1.0 if character in _OPENING else 0.0 if character in _CLOSING else 0.5
            if advance != 1.0:
                self.shifts[character] = (1.0 - advance) * part * self._size
            advance = 1.0
        return advance * self._size


def _edges(
    measure: Measured,
    start: int,
    stop: int,
    style: ParagraphStyle,
    left: Pt,
    right: Pt,
    align: Align,
) -> tuple[Pt, ...]:
    """The borders of the cells from `start` to `stop` in a line between `left` and `right`."""
    if start == stop:
        return (left,)
    lefts, widths, gaps = measure.lefts, measure.widths, measure.gaps
    inked = start + len(measure.text[start:stop].rstrip(BLANKS))
    room = right - left
    end = measure.end(inked) - lefts[start] if inked > start else 0.0
    if end > room + TOLERANCE and inked - start > 1 and measure.text[inked - 1] in HANGING:
        inked -= 1
        end = measure.end(inked) - lefts[start]
    elif inked == stop and widths[start] == widths[stop - 1] == style.size:
        count, pitch = stop - start, style.size + style.spacing
        even = abs(end - style.size - pitch * (count - 1)) < TOLERANCE
        if even and gaps[stop - 1] - gaps[start] == count - 1:
            return _even_edges(count, pitch, style.size, left, right, align)
    slack = room - end
    origin = lefts[start] - left - slack * _SHARES[align]
    step, tail = 0.0, 0.0
    if align is Align.BOTH and slack > 0 and inked > start and gaps[inked - 1] > gaps[start]:
        step, tail = slack / (gaps[inked - 1] - gaps[start]), slack
    begun = origin + step * gaps[start]
    inside = zip(lefts[start:inked], gaps[start:inked], strict=True)
    edges = [at - begun + step * number for at, number in inside]
    edges += [at - origin + tail for at in lefts[inked:stop]]
    edges.append(edges[-1] + widths[stop - 1])
    return tuple(edges)


@lru_cache(maxsize=1024)
def _even_edges(
    count: int, pitch: Pt, cell: Pt, left: Pt, right: Pt, align: Align
) -> tuple[Pt, ...]:
    """The borders of so many full-width cells: most lines of a letter are like one another."""
    slack = right - left - pitch * (count - 1) - cell
    if align is Align.BOTH and slack > 0 and count > 1:
        pitch += slack / (count - 1)
    left += slack * _SHARES[align]
    return (*(left + pitch * number for number in range(count)), left + pitch * (count - 1) + cell)


def _runs(
    line: str, edges: tuple[Pt, ...], shifts: Mapping[str, Pt], style: ParagraphStyle
) -> tuple[Run, ...]:
    text = line.rstrip(BLANKS)
    if not text:
        return ()
    xs = edges[: len(text)]
    if shifts and not shifts.keys().isdisjoint(text):
        xs = tuple(x + shifts.get(c, 0.0) for x, c in zip(xs, text, strict=True))
    return (Run(style.face, style.size, text, xs, style.red),)


def _spans(pieces: Sequence[Piece], bases: Sequence[int]) -> list[Span]:
    """Where the sources of `pieces` stand in the paragraph; a line end parts a span."""
    spans = []
    start = 0
    for piece, base in zip(pieces, bases, strict=True):
        at = base
        for part in _PART.finditer(piece.text if piece.source else ""):
            spans.append(Span(start + part.start(), start + part.end(), piece.source, at))
            at += part.end() - part.start()
        start += len(piece.text)
    return spans


def _cut_spans(spans: list[Span], start: int, stop: int) -> tuple[Span, ...]:
    """The parts of `spans` in the line from `start` to `stop`, counted from its start."""
    cut = []
    for span in spans:
        a, b = max(span.start, start), min(span.end, stop)
        if a < b:
            cut.append(Span(a - start, b - start, span.source, span.at + a - span.start))
    return tuple(cut)
