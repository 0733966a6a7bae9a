"""Where the pages of the preview stand, and how large they are shown. All in device pixels."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QPointF, QRect, QSize

from desktop.paper.draw import PAGE_HEIGHT, PAGE_WIDTH
from desktop.paper.places import Area

SCREEN_DPI, POINTS = 96, 72  # 100 % is the size of the paper on a screen of 96 pixels an inch
SMALLEST, LARGEST = 25, 400  # per cent
SMALLEST_FIT = 10  # what fits may be smaller than what one would choose
STEPS = (25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400)
TOLD_APART = 1.06  # as 67 and 75, 100 and 110 are, 49 and 50 not
ROUNDING = 1e-6  # pages that fit are never a pixel too large
TICK, TICK_ROOM = 7, 16  # logical pixels: a mark in the margin, its distance from the edge
EDGE, GAP = 16, 14  # logical pixels: around the pages, between them


class Fit(StrEnum):
    """What the size of the pages follows."""

    WIDTH = "width"  # 适合宽度
    PAGE = "page"  # 整页
    TWO = "two"  # 双页
    FREE = ""  # a percentage the handler chose


@dataclass(frozen=True, slots=True)
class Room:
    """The place there is for pages, in device pixels, and how many of those a logical one has."""

    width: int
    height: int
    ratio: float


@dataclass(frozen=True, slots=True)
class Spread:
    """`count` pages in `columns` at `zoom` per cent, in the middle of `room`."""

    count: int
    columns: int
    zoom: float
    room: Room

    @property
    def scale(self) -> float:
        """Device pixels a point."""
        return self.zoom / 100 * SCREEN_DPI / POINTS * self.room.ratio

    @property
    def page_width(self) -> int:
        """Of one page."""
        return int(PAGE_WIDTH * self.scale + ROUNDING)

    @property
    def page_height(self) -> int:
        """Of one page."""
        return int(PAGE_HEIGHT * self.scale + ROUNDING)

    @property
    def width(self) -> int:
        """Of all pages with the ground around them."""
        return self.columns * (self.page_width + self._gap) - self._gap + 2 * self._edge

    @property
    def height(self) -> int:
        """Of all pages with the ground around them."""
        rows = -(-self.count // self.columns)
        return rows * (self.page_height + self._gap) - self._gap + 2 * self._edge

    def box(self, number: int) -> QRect:
        """Where page `number` (from 1) stands."""
        row, column = divmod(number - 1, self.columns)
        beside = max(0, self.room.width - self.width) // 2
        above = max(0, self.room.height - self.height) // 2 if self.count <= self.columns else 0
        return QRect(
            beside + self._edge + column * (self.page_width + self._gap),
            above + self._edge + row * (self.page_height + self._gap),
            self.page_width,
            self.page_height,
        )

    def place(self, number: int, point: QPointF) -> QPoint:
        """Where a point of page `number`, given in points, stands."""
        return self.box(number).topLeft() + (point * self.scale).toPoint()

    def area(self, area: Area) -> QRect:
        """Where an area of the paper stands; lines one under the other meet."""
        corner = self.place(area.page, QPointF(area.x0, area.y0))
        beyond = self.place(area.page, QPointF(area.x1, area.y1))
        return QRect(corner, QSize(beyond.x() - corner.x(), beyond.y() - corner.y()))

    def margin(self, number: int, y: float) -> QRect:
        """The place of a small mark in the right margin of a page, beside what stands at `y`
        (points)."""
        size, aside = round(TICK * self.room.ratio), round(TICK_ROOM * self.room.ratio)
        edge = self.place(number, QPointF(PAGE_WIDTH, y))
        return QRect(edge.x() - aside, edge.y() - size // 2, size, size)

    def nearest(self, place: QPoint) -> tuple[int, QPointF]:
        """The page at a place or nearest to it, and where on it, in points; 0 without pages."""
        pitch_down, pitch_across = self.page_height + self._gap, self.page_width + self._gap
        first = self.box(1)
        row = max(0, (place.y() - first.top() + self._gap // 2) // pitch_down)
        column = max(0, (place.x() - first.left() + self._gap // 2) // pitch_across)
        number = min(row * self.columns + min(column, self.columns - 1) + 1, self.count)
        corner = self.box(max(1, number)).topLeft()
        return number, (place - corner).toPointF() * (1 / self.scale)

    def seen(self, top: int, bottom: int) -> range:
        """The numbers of the pages between two heights, shadows and all."""
        pitch = self.page_height + self._gap
        first = max(0, (top - 2 * self._edge) // pitch)
        last = max(0, (bottom - self._edge) // pitch)
        return range(first * self.columns + 1, min(self.count, (last + 1) * self.columns) + 1)

    @property
    def _edge(self) -> int:
        return round(EDGE * self.room.ratio)

    @property
    def _gap(self) -> int:
        return round(GAP * self.room.ratio)


def fitting(fit: Fit, zoom: float, room: Room) -> float:
    """The zoom, in per cent, at which pages fit into `room`; `zoom` where they need not."""
    if fit is Fit.FREE:
        return zoom
    columns = columns_of(fit)
    inch = SCREEN_DPI / POINTS * room.ratio / 100
    wide = (room.width - (2 * EDGE + (columns - 1) * GAP) * room.ratio) / columns
    fits = wide / (PAGE_WIDTH * inch)
    if fit is Fit.PAGE:
        fits = min(fits, (room.height - 2 * EDGE * room.ratio) / (PAGE_HEIGHT * inch))
    return min(max(fits, SMALLEST_FIT), LARGEST)


def columns_of(fit: Fit) -> int:
    """How many pages stand side by side."""
    return 2 if fit is Fit.TWO else 1


def stepped(zoom: float, step: int) -> float:
    """The next larger (1) or smaller (-1) usual percentage that can be told from `zoom`."""
    if step > 0:
        return float(next((s for s in STEPS if s > zoom * TOLD_APART), LARGEST))
    return float(next((s for s in reversed(STEPS) if s < zoom / TOLD_APART), SMALLEST))
