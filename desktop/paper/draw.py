"""The draw list: what stands where on the pages. Preview, print, PDF and pictures are made of it.

All lengths are points (1/72 inch) from the upper left corner of the page, y downwards.
"""

from dataclasses import dataclass

from desktop.letter.blocks import Role
from desktop.letter.layout import Pt
from desktop.paper.faces import Face

PAGE_WIDTH: Pt = 595.3  # A4, as the .docx says it: 11906 × 16838 twips
PAGE_HEIGHT: Pt = 841.9


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a printed line that come from the case.

    `source` is the piece's (blocks.py); `at` counts the characters of that source printed before
    them, line ends left out, so that a place on the page leads to a place in the field.
    """

    start: int
    end: int
    source: str
    at: int


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face and size on one baseline; `xs` is where each one's glyph begins, from
    the left edge of the line's column. Blanks at a line's end are not in it."""

    face: Face
    size: Pt
    text: str
    xs: tuple[Pt, ...]
    red: bool = False


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line of type (行), wherever it may be put.

    `edges` are the borders of its characters' cells from the left edge of the column, one more than
    `text` has characters: for a caret, a mark, a click. `ascent` is from its top to its baseline.
    """

    text: str
    role: Role | None  # None: the mark and the page number
    runs: tuple[Run, ...]
    spans: tuple[Span, ...]
    edges: tuple[Pt, ...]
    height: Pt
    ascent: Pt


@dataclass(frozen=True, slots=True)
class Placed:
    """A line on its page: `x` is the left edge of its column, `y` the top of the line."""

    x: Pt
    y: Pt
    line: SetLine

    @property
    def baseline(self) -> Pt:
        """Where its characters stand."""
        return self.y + self.line.ascent


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, horizontal or vertical, `width` thick and centred on its two ends."""

    x0: Pt
    y0: Pt
    x1: Pt
    y1: Pt
    width: Pt
    red: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the letter: its number from 1, its lines from top to bottom, its rules."""

    number: int
    lines: tuple[Placed, ...]
    rules: tuple[Rule, ...] = ()
