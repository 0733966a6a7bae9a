"""Icons by meaning, never by the name of a picture; line-drawn, recoloured with the theme.

They come from one font, Phosphor, out of the package qtawesome. Only its two files are read:
importing the package itself costs 0.13 s (it pulls all of Qt in twice), the font 0.02 s. Where
the font is refused (a locked-down Windows), the SVG of the same meaning in resources/icons/
stands in. An icon is painted anew each time from the theme's colours, so it follows them by
itself.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
)

from desktop.paths import RESOURCES
from desktop.widgets import theme

PICTURES = RESOURCES / "icons"
FONT = "phosphor-1.3.0.ttf"
CHARMAP = "phosphor-charmap-1.3.0.json"
PALER = 0.45  # how much of its colour a disabled icon keeps
# meaning → its name in Phosphor
GLYPHS = {
    "new": "plus",
    "import": "download-simple",
    "export": "file-text",
    "print": "printer",
    "preview": "eye",
    "copy": "copy-simple",
    "paste": "clipboard-text",
    "search": "magnifying-glass",
    "replace": "swap",
    "up": "arrow-up",
    "down": "arrow-down",
    "previous": "caret-left",
    "next": "caret-right",
    "expand": "caret-down",
    "collapse": "caret-up",
    "split": "arrows-out-line-vertical",
    "merge": "arrows-in-line-vertical",
    "drag": "dots-six-vertical",
    "remove": "trash",
    "add": "plus",
    "undo": "arrow-counter-clockwise",
    "redo": "arrow-clockwise",
    "restore": "arrow-u-up-left",
    "history": "clock-counter-clockwise",
    "settings": "gear-six",
    "check": "check",
    "warning": "warning",
    "error": "x-circle",
    "info": "info",
    "help": "question",
    "folder": "folder",
    "open": "folder-open",
    "more": "dots-three",
    "close": "x",
    "mark": "tag",
    "link": "link-simple",
    "sun": "sun",
    "moon": "moon",
    "text_size": "text-aa",
    "letter": "envelope-simple",
    "list": "list-bullets",
    "lock": "lock-simple",
    "unlock": "lock-simple-open",
    "filter": "funnel-simple",
    "sort": "arrows-down-up",
    "calendar": "calendar-blank",
    "person": "user",
    "office": "buildings",
    "edit": "pencil-simple",
    "save": "floppy-disk",
    "keyboard": "keyboard",
}


class TakesIcon(Protocol):
    """A button or an action: anything an icon can be set on."""

    def setIcon(self, icon: QIcon, /) -> None:  # noqa: N802
        """Show `icon`."""


def icon(meaning: str, color_token: str = "second") -> QIcon:
    """The icon of `meaning` in a colour of the theme; disabled it is paler."""
    return QIcon(_Engine(meaning, color_token))


def set_icon(target: TakesIcon, meaning: str, color_token: str = "second") -> None:
    """Put the icon of `meaning` on a button or action."""
    target.setIcon(icon(meaning, color_token))


@cache
def _font() -> tuple[str, dict[str, str]] | None:
    """The font's family and its glyphs (name → hexadecimal code point); None where refused."""
    package = importlib.util.find_spec("qtawesome")
    if package is None or not package.submodule_search_locations:
        return None
    folder = Path(package.submodule_search_locations[0]) / "fonts"
    try:
        data = (folder / FONT).read_bytes()
        codes = json.loads((folder / CHARMAP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFontFromData(data))
    return (families[0], codes) if families else None


class _Engine(QIconEngine):
    """Paints one meaning; asks the theme for its colour at each painting."""

    def __init__(self, meaning: str, color_token: str) -> None:
        super().__init__()
        self.meaning, self.color_token = meaning, color_token
        self.glyph = GLYPHS[meaning]

    def clone(self) -> QIconEngine:
        """Another that paints the same."""
        return _Engine(self.meaning, self.color_token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Painted at `size`, in the pixels of the screen."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Paint the glyph, or its picture."""
        disabled = mode == QIcon.Mode.Disabled
        colour = _paler(theme.color("third")) if disabled else theme.color(self.color_token)
        painter.save()
        font = _font()
        if font is not None and self.glyph in font[1]:
            _paint_glyph(painter, rect, colour, font[0], chr(int(font[1][self.glyph], 16)))
        else:
            _paint_picture(painter, rect, colour, self.meaning)
        painter.restore()


def _paler(colour: QColor) -> QColor:
    """`colour` on its way to the panel's; opaque, or crossing strokes would show."""
    panel = theme.color("panel")
    return QColor(
        *(
            round(part(colour) * PALER + part(panel) * (1 - PALER))
            for part in (QColor.red, QColor.green, QColor.blue)
        )
    )


def _paint_glyph(painter: QPainter, rect: QRect, colour: QColor, family: str, char: str) -> None:
    font = QFont(family)
    font.setPixelSize(max(1, rect.height()))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, char)


def _paint_picture(painter: QPainter, rect: QRect, colour: QColor, meaning: str) -> None:
    # imported here: where the font is there, QtSvg is not needed
    from PySide6.QtSvg import QSvgRenderer

    drawn = (PICTURES / f"{meaning}.svg").read_bytes()
    drawn = drawn.replace(b"currentColor", colour.name().encode())
    QSvgRenderer(QByteArray(drawn)).render(painter, QRectF(rect))
