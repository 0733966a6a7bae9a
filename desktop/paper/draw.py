"""The draw list: what stands where on the pages. Preview, print, PDF and pictures are made of it.

All lengths are points (1/72 inch) from the upper left corner of the page, y downwards.
"""

from collections.abc import Callable
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
class Ink:
    """What of a line is painted, where its words come from, and the borders of its characters'
    cells from the left edge of the column, one more than the line has characters: for a caret, a
    mark, a click."""

    runs: tuple[Run, ...] = ()
    spans: tuple[Span, ...] = ()
    edges: tuple[Pt, ...] = (0.0,)


class SetLine:
    """One line of type (行), wherever it may be put.

    `ascent` is from its top to its baseline. Its `Ink` (`runs`, `spans`, `edges`) is worked out
    when it is first asked for: of a long letter only that of the pages somebody looks at.
    """

    __slots__ = ("_ink", "ascent", "height", "role", "text")

    def __init__(
        self,
        text: str,
        role: Role | None,
        height: Pt,
        ascent: Pt,
        ink: Ink | Callable[[], Ink] = Ink(),
    ) -> None:
        """`role` is None for the mark and the page number."""
        self.text, self.role, self.height, self.ascent = text, role, height, ascent
        self._ink = ink

    @property
    def ink(self) -> Ink:
        """What is painted of it, and where that comes from."""
        if not isinstance(self._ink, Ink):
            self._ink = self._ink()
        return self._ink

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its glyphs, run by run."""
        return self.ink.runs

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its characters that come from the case."""
        return self.ink.spans

    @property
    def edges(self) -> tuple[Pt, ...]:
        """The borders of its characters' cells."""
        return self.ink.edges

    def __eq__(self, other: object) -> bool:
        """Whether both print the same words of the same source, each in the same place."""
        if self is other or not isinstance(other, SetLine):
            return self is other
        mine = (self.text, self.role, self.height, self.ascent)
        theirs = (other.text, other.role, other.height, other.ascent)
        return mine == theirs and self.ink == other.ink

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"SetLine({self.text!r}, {self.role})"


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
