"""THE ONE PAINTER. A page of the draw list becomes ink: preview, print, PDF and pictures alike.

Every glyph is put where the draw list says, from unhinted outlines, so that a page is the same at
any resolution; Qt lays out nothing here.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QPaintEngine, QPainter, QPen

from desktop.letter.layout import Mm
from desktop.paper.draw import Page, Placed, Rule, Run
from desktop.paper.font_names import UNITS
from desktop.paper.fonts import BOX, UNSEEN, Fonts

PT_PER_MM = 72 / 25.4
RED, BLACK = QColor(255, 0, 0), QColor(0, 0, 0)
_CACHED = 64  # pixels: up to this size Qt's raster engine keeps glyphs as pictures
_BOX_HEIGHT, _BOX_ROOM = 0.8, 0.06  # of an em: what is drawn for a character no font has


def paint_page(
    painter: QPainter,
    page: Page,
    fonts: Fonts,
    scale: float,
    *,
    dx: Mm = 0.0,
    dy: Mm = 0.0,
) -> None:
    """Paint the ink of `page` with its corner at the painter's origin; the paper is the caller's.

    `scale` is device pixels a point. `dx` and `dy` move everything right and down (套打).
    """
    painter.save()
    ratio = painter.device().devicePixelRatioF()
    painter.scale(1 / ratio, 1 / ratio)  # from here on, device pixels
    painter.translate(dx * PT_PER_MM * scale, dy * PT_PER_MM * scale)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing, True
    )
    crisp = _is_raster(painter)
    for rule in page.rules:  # of a red double rule whole pixels would run the two lines together
        bar = _bar(rule, scale, crisp=crisp and not rule.red)
        painter.fillRect(bar, RED if rule.red else BLACK)
    for placed in page.lines:
        for run in placed.line.runs:
            painter.setPen(RED if run.red else BLACK)
            _paint_run(painter, run, placed, fonts, scale)
    painter.restore()


def _is_raster(painter: QPainter) -> bool:
    """Whether it paints pixels: a screen's, a picture's, not a PDF's or a printer's."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def _bar(rule: Rule, scale: float, *, crisp: bool) -> QRectF:
    """The bar of a rule; `crisp` makes it whole pixels, one at least."""
    half = rule.width * scale / 2
    level = rule.y0 == rule.y1
    across, along = (0.0, half) if level else (half, 0.0)
    bar = QRectF(
        QPointF(rule.x0 * scale - across, rule.y0 * scale - along),
        QPointF(rule.x1 * scale + across, rule.y1 * scale + along),
    ).normalized()
    if not crisp:
        return bar
    width, height = max(1, round(bar.width())), max(1, round(bar.height()))
    middle = bar.center()
    return QRectF(round(middle.x() - width / 2), round(middle.y() - height / 2), width, height)


def _paint_run(painter: QPainter, run: Run, placed: Placed, fonts: Fonts, scale: float) -> None:
    """The glyphs of a run; those of one font in one go, in the order of the text."""
    size = run.size * scale
    left, baseline = placed.x * scale, placed.baseline * scale
    # beyond 64 pixels, and on paper, glyphs are outlines of the one large font, scaled
    cached = size <= _CACHED and _is_raster(painter)
    em = 1.0 if cached else UNITS / size
    font, indexes, places = UNSEEN, list[int](), list[QPointF]()
    glyphs = fonts.glyphs(run.face, run.text)
    for character, glyph, x in zip(run.text, glyphs, run.xs, strict=True):
        number, index = glyph
        if number != font:
            _draw(painter, fonts, font, size, indexes, places, cached=cached)
            font, indexes, places = number, [], []
        if number == BOX:
            place = QPointF(left + x * scale, baseline)
            _draw_box(painter, fonts.measure(character, glyph) * size, size, place)
        elif number != UNSEEN:
            indexes.append(index)
            places.append(QPointF((left + x * scale) * em, baseline * em))
    _draw(painter, fonts, font, size, indexes, places, cached=cached)


def _draw(
    painter: QPainter,
    fonts: Fonts,
    number: int,
    size: float,
    indexes: list[int],
    places: list[QPointF],
    *,
    cached: bool,
) -> None:
    """Glyphs of one font. Up to 64 pixels Qt's raster engine keeps a raw font's glyphs as pictures,
    best from a font of that very size, and cuts their places down to quarters of a pixel."""
    if not indexes:
        return
    painter.save()
    if cached:
        painter.translate(1 / 8, 0)
    else:
        painter.scale(size / UNITS, size / UNITS)
        size = UNITS
    glyphs = QGlyphRun()
    glyphs.setRawFont(fonts.raw(number, size))
    glyphs.setGlyphIndexes(indexes)
    glyphs.setPositions(places)
    painter.drawGlyphRun(QPointF(0, 0), glyphs)
    painter.restore()


def _draw_box(painter: QPainter, width: float, size: float, place: QPointF) -> None:
    """The empty box of a character that no font has."""
    room = _BOX_ROOM * size
    pen = QPen(painter.pen().color(), max(1.0, size / 24), j=Qt.PenJoinStyle.MiterJoin)
    painter.save()
    painter.setPen(pen)
    height = _BOX_HEIGHT * size
    painter.drawRect(QRectF(place.x() + room, place.y() - height, width - 2 * room, height))
    painter.restore()
