"""One printed paragraph → its lines of type (排行), every character in its place. Pure: no Qt."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from itertools import zip_longest
from typing import NamedTuple

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
from desktop.paper.draw import Ink, Run, SetLine, Span
from desktop.paper.faces import Face, FaceTable, FaceTables


class Align(StrEnum):
    """How the lines of a paragraph stand in their column (对齐); `BOTH` justifies all but the
    last."""

    BOTH = "both"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


# what is western where it has a face of its own; other marks beside Latin stay Chinese
_WESTERN = re.compile("[ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_FACES = re.compile(f"{_WESTERN.pattern}|[^{_WESTERN.pattern[1:-2]}]+")
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
    `western` is the face of digits and Latin, where it is not `face`.
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
    western: Face | None = None


class LineSetter:
    """Sets paragraphs in the faces whose `tables` it was given, and remembers what it measured."""

    def __init__(self, tables: FaceTables) -> None:
        """Measure with `tables`."""
        self._tables = tables
        self._cells: dict[tuple[Face, Face | None, Pt, Pt], _Cells] = {}

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
        words = self._tables[style.western or style.face].words
        measure = measured(text, cells, style.size, style.spacing, words)
        room = width - style.left - style.right
        ends = line_ends(measure, room - style.first, room, hanging=style.hanging)
        height, ascent = _height(style, face)
        spans = cache(partial(_spans, pieces, bases))  # once, not once a line
        made = []
        start = 0
        for number, end in enumerate(ends):
            stop = end - 1 if end > start and text[end - 1] in LINE_ENDS else end
            indent = style.left + (0.0 if number else style.first)
            last = stop < end or end == len(text)
            align = Align.LEFT if last and style.align is Align.BOTH else style.align
            line = _Line(measure, start, stop, style, indent, width - style.right, align)
            ink = partial(_ink, line, cells.shifts, spans)
            made.append(SetLine(text[start:stop], role, height, ascent, ink))
            start = end
        return tuple(made)

    def _cells_of(self, style: ParagraphStyle) -> "_Cells":
        key = (style.face, style.western, style.size, style.spacing)
        if key not in self._cells:
            western = self._tables[style.western] if style.western else None
            face = self._tables[style.face]
            self._cells[key] = _Cells(face, western, style.size, style.spacing)
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
    """The width of any character's cell, letter spacing included; `shifts` is how far its glyph
    stands in from the left."""

    def __init__(self, table: FaceTable, western: FaceTable | None, size: Pt, spacing: Pt) -> None:
        super().__init__()
        self._table, self._western = table, western or table
        self._size, self._spacing = size, spacing
        self.shifts: dict[str, Pt] = {}

    def __missing__(self, character: str) -> Pt:
        width = self._width(character)
        self[character] = width + self._spacing if width else 0.0
        return self[character]

    def _width(self, character: str) -> Pt:
        if character == "\t":
            return self._size
        if unicodedata.category(character) in {"Mn", "Me", "Cc", "Cf", "Zl", "Zp"}:
            return 0.0
        table = self._western if _WESTERN.match(character) else self._table
        advance = table.advances[character]
        forced = character in _FORCED
        if forced or unicodedata.east_asian_width(character) in "WF":
            part = 1.0 if character in _OPENING else 0.0 if character in _CLOSING else 0.5
            if advance != 1.0:
                self.shifts[character] = (1.0 - advance) * part * self._size
            advance = 1.0
        return advance * self._size


class _Line(NamedTuple):
    """A line from `start` to `stop` of its paragraph, between `left` and `right` of its column."""

    measure: Measured
    start: int
    stop: int
    style: ParagraphStyle
    left: Pt
    right: Pt
    align: Align


def _ink(line: _Line, shifts: Mapping[str, Pt], spans: Callable[[], list[Span]]) -> Ink:
    """What is painted of `line`, whose paragraph has `spans`."""
    edges = _edges(line)
    cut = _cut_spans(spans(), line.start, line.stop)
    text = line.measure.text[line.start : line.stop].rstrip(BLANKS)
    if not text:
        return Ink((), cut, edges)
    xs = edges[: len(text)]
    if not shifts.keys().isdisjoint(text):
        xs = tuple(x + shifts.get(c, 0.0) for x, c in zip(xs, text, strict=True))
    return Ink(tuple(_runs(text, xs, line.style)), cut, edges)


def _runs(text: str, xs: tuple[Pt, ...], style: ParagraphStyle) -> Iterator[Run]:
    """`text` in one run, or cut where its face changes."""
    if style.western is None:
        yield Run(style.face, style.size, text, xs, style.red)
        return
    for part in _FACES.finditer(text):
        start, end = part.span()
        face = style.western if _WESTERN.match(part[0]) else style.face
        yield Run(face, style.size, part[0], xs[start:end], style.red)


def _edges(line: _Line) -> tuple[Pt, ...]:
    """The borders of the cells of `line`."""
    measure, start, stop = line.measure, line.start, line.stop
    if start == stop:
        return (line.left,)
    lefts = measure.lefts
    inked = start + len(measure.text[start:stop].rstrip(BLANKS))
    room = line.right - line.left
    end = measure.end(inked) - lefts[start] if inked > start else 0.0
    if end > room + TOLERANCE and inked - start > 1 and measure.text[inked - 1] in HANGING:
        inked -= 1
        end = measure.end(inked) - lefts[start]
    slack = room - end
    origin = lefts[start] - line.left - slack * _SHARES[line.align]
    edges = [at - origin for at in lefts[start:stop]]
    if line.align is Align.BOTH and slack > 0 and inked > start:
        gaps = measure.gaps(start, inked)
        step = slack / (gaps[-1] or 1)
        edges = [at + step * number for at, number in zip_longest(edges, gaps, fillvalue=gaps[-1])]
    edges.append(edges[-1] + measure.width(stop - 1))
    return tuple(edges)


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
