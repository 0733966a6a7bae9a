"""Pictures of pages, made by the one painter and kept while they are likely to be shown again."""

from collections import OrderedDict
from dataclasses import replace
from math import ceil, floor

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from desktop.paper.draw import PAGE_HEIGHT, Page
from desktop.paper.fonts import Fonts
from desktop.paper.painter import paint_page

KEPT = 64_000_000  # bytes of pictures
_PIXEL = 4  # bytes
_REACH = 8  # points that ink may stand out of its line
_WORTH = 0.4  # of the page: a larger change is painted anew


class Pictures:
    """A bounded memory of pictures. A page that did not change is the same object, so its picture
    is good; of one that did, only the lines that differ are painted. `made` counts paintings."""

    def __init__(self, fonts: Fonts) -> None:
        """Paint with `fonts`."""
        self._fonts = fonts
        self._kept: OrderedDict[tuple[int, int], tuple[Page, QImage]] = OrderedDict()
        self.made = 0

    def of(self, page: Page, width: int, height: int, scale: float) -> QImage:
        """`page` as a picture of so many device pixels, `scale` of them a point."""
        key = (page.number, width)
        kept = self._kept.pop(key, None)
        if kept and kept[0] is page:
            self._kept[key] = kept
            return kept[1]
        if kept is None or (band := changed(kept[0], page)) is None:
            picture, band = QImage(width, height, QImage.Format.Format_RGB32), (0, PAGE_HEIGHT)
        else:
            picture = kept[1]
        self._paint(picture, page, band, scale)
        self._kept[key] = (page, picture)
        while len(self._kept) > 1 and self._bytes() > KEPT:
            self._kept.popitem(last=False)
        return picture

    def forget(self) -> None:
        """Other pages will be shown."""
        self._kept.clear()

    def _paint(self, picture: QImage, page: Page, band: tuple[float, float], scale: float) -> None:
        """Paint what of `page` stands between two heights, in points."""
        top, bottom = band
        first, beyond = floor(top * scale), ceil(bottom * scale) + 1
        lines = tuple(
            placed
            for placed in page.lines
            if placed.y - _REACH < bottom and placed.y + placed.line.height + _REACH > top
        )
        painter = QPainter(picture)
        painter.setClipRect(QRect(0, first, picture.width(), beyond - first))
        painter.fillRect(picture.rect(), Qt.GlobalColor.white)  # paper is white in both themes
        paint_page(painter, replace(page, lines=lines), self._fonts, scale)
        painter.end()
        self.made += 1

    def _bytes(self) -> int:
        return sum(picture.sizeInBytes() for _, picture in self._kept.values())


def changed(old: Page, new: Page) -> tuple[float, float] | None:
    """The heights, in points, between which two pages differ; None where that is much of them."""
    before, after = list(old.lines), list(new.lines)
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    differing = before[same:] + after[same:]
    top = min((placed.y for placed in differing), default=0.0) - _REACH
    bottom = max((placed.y + placed.line.height for placed in differing), default=0.0) + _REACH
    small = bottom - top < _WORTH * PAGE_HEIGHT
    return (top, bottom) if small and old.rules == new.rules else None


def too_large(width: int, height: int) -> bool:
    """Whether a page of so many pixels is painted each time instead of being kept."""
    return width * height * _PIXEL > KEPT / 4
