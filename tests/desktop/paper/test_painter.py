"""Ink: where the draw list says, at every resolution, and nothing beside it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.paper.draw import Page, Rule
from desktop.paper.faces import Face
from desktop.paper.font_names import UNITS
from desktop.paper.fonts import Fonts, load_fonts
from desktop.paper.output import page_image
from desktop.paper.painter import paint_page
from tests.desktop.paper.hand_made import PT_MM, ink, line, page

NEAR = 0.05  # mm


@pytest.fixture
def fonts(qapp: object) -> Fonts:  # noqa: ARG001
    return load_fonts()


def painted(page: Page, fonts: Fonts, dpi: float, **offset: float) -> QImage:
    """The upper part of the page."""
    scale = dpi / 72
    image = QImage(round(595.3 * scale), round(200 * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_page(painter, page, fonts, scale, **offset)
    painter.end()
    return image


@pytest.mark.parametrize("size", [12, 14, 14.5, 16, 22, 36])
@pytest.mark.parametrize("x", [100.0, 100.3, 100.77])
def test_a_glyph_stands_where_it_is_said(fonts: Fonts, size: float, x: float) -> None:
    """Small ones are pictures Qt keeps, large ones outlines: both within 0.05 mm at 300 dpi."""
    ((number, index),) = fonts.glyphs(Face.FANGSONG, "田")
    outline = fonts.raw(number, UNITS).pathForGlyph(index).boundingRect()
    found = ink(painted(page(line("田", x, 60.2, size=size)), fonts, 300), dark=210)
    pixel, em = 25.4 / 300, size / UNITS * PT_MM
    middle = found.x() + found.width() / 2, found.y() + found.height() / 2
    meant = x * PT_MM + outline.center().x() * em, 80.2 * PT_MM + outline.center().y() * em
    assert [value * pixel for value in middle] == pytest.approx(meant, abs=NEAR)


def test_every_zoom_shows_the_whole_letter(fonts: Fonts) -> None:
    """Qt draws a resized raw font beyond 64 pixels not at all: ours does not vanish."""
    for dpi in (48, 96, 150, 192, 287, 289, 300, 400):
        found = ink(painted(page(line("国国", 100, 60)), fonts, dpi), dark=200)
        assert found.width() * 72 / dpi == pytest.approx(30.5, abs=2.5), dpi


def test_neighbours_keep_their_distance_at_any_zoom(fonts: Fonts) -> None:
    """A row of strokes 16 pt apart at 96 dpi: never a quarter of a pixel off."""
    image = painted(page(line("丨" * 20, 100.1, 60)), fonts, 96 * 1.13)
    step = 16 * 96 * 1.13 / 72
    middles = []
    for n in range(20):
        box = QRect(round((100.1 * 96 * 1.13 / 72) + n * step), 0, round(step), image.height())
        strip = image.copy(box)
        weights = [
            sum(255 - strip.pixelColor(x, y).green() for y in range(strip.height()))
            for x in range(strip.width())
        ]
        middles.append(box.x() + sum(x * w for x, w in enumerate(weights)) / sum(weights))
    for a, b in pairwise(middles):
        assert b - a == pytest.approx(step, abs=0.3)


def test_red_is_red_and_black_is_black(fonts: Fonts) -> None:
    rules = (Rule(50, 100, 550, 100, 3, red=True), Rule(50, 150, 550, 150, 3))
    image = painted(page(line("某某局", 100, 30, red=True), rules=rules), fonts, 144)
    assert image.pixelColor(600, 200) == QColor(255, 0, 0)
    assert image.pixelColor(600, 300) == QColor(0, 0, 0)
    mark = ink(image, QRect(0, 0, image.width(), 150))
    colours = {
        image.pixelColor(x, y).rgb()
        for x in range(mark.left(), mark.right())
        for y in range(mark.top(), mark.bottom())
    }
    assert all(QColor(colour).red() == 255 for colour in colours)
    assert QColor(255, 0, 0).rgb() in colours


@pytest.mark.parametrize(("width", "dpi", "pixels"), [(0.5, 72, 1), (0.5, 96, 1), (2.25, 96, 3)])
@pytest.mark.parametrize("at", [100.0, 100.26, 100.5, 100.9])
def test_a_rule_is_whole_pixels_on_screen(
    fonts: Fonts, width: float, dpi: float, pixels: int, at: float
) -> None:
    for rule in (Rule(60, at, 500, at, width), Rule(at, 60, at, 180, width)):
        image = painted(page(rules=(rule,)), fonts, dpi)
        box = ink(image, dark=255)
        assert min(box.width(), box.height()) == pixels
        assert {
            image.pixelColor(x, y).green()
            for x in (box.left(), box.right())
            for y in (box.top(), box.bottom())
        } == {0}
        middle = box.y() + box.height() / 2 if rule.y0 == rule.y1 else box.x() + box.width() / 2
        assert middle == pytest.approx(at * dpi / 72, abs=0.51)


def test_an_offset_moves_everything_by_its_millimetres(fonts: Fonts) -> None:
    here = page(line("田野", 100, 60), rules=(Rule(80, 50, 300, 50, 1),))
    still = ink(painted(here, fonts, 300))
    moved = ink(painted(here, fonts, 300, dx=2.54, dy=-1.27))
    assert moved == still.translated(30, -15)


def test_on_a_fine_screen_a_page_is_as_sharp_as_a_picture_of_that_size(fonts: Fonts) -> None:
    here = page(line("口袋公园管护机制", 100, 60), rules=(Rule(80, 50, 300, 50, 0.5),))
    plain = painted(here, fonts, 192)
    fine = QImage(plain.size(), plain.format())
    fine.setDevicePixelRatio(2)
    fine.fill(QColor("white"))
    painter = QPainter(fine)
    paint_page(painter, here, fonts, 192 / 72)
    painter.end()
    fine.setDevicePixelRatio(1)
    assert fine == plain


def test_a_character_no_font_has_is_an_empty_box_in_its_cell(fonts: Fonts) -> None:
    """And what has no ink leaves none."""
    cell = ink(painted(page(line("\U0010fffd", 100, 60)), fonts, 300)).getRect()
    left, top, width, height = (value * 72 / 300 for value in cell)
    assert 100 < left < 103
    assert 101 < left + width < 116
    assert 60 < top < 80
    assert 10 < height < 15
    assert ink(painted(page(line("\u200b\u202e", 100, 60)), fonts, 96)).isEmpty()


def test_the_painter_is_left_as_it_was(fonts: Fonts) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(QColor("blue"))
    painter.translate(3, 4)
    before = painter.renderHints()
    paint_page(painter, page(line("田\U0010fffd", 1, 1)), fonts, 1)
    assert painter.pen().color() == QColor("blue")
    assert painter.transform().map(QPointF(0, 0)) == QPointF(3, 4)
    assert painter.renderHints() == before
    painter.end()


def test_a_picture_is_white_a4(fonts: Fonts) -> None:
    image = page_image(page(line("田", 100, 60)), fonts, 96)
    assert (image.width(), image.height()) == (794, 1123)
    assert image.pixelColor(0, 0) == QColor("white")
    assert ink(image) == ink(painted(page(line("田", 100, 60)), fonts, 96))
