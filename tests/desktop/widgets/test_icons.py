"""Icons: every meaning has its glyph and its picture, in the colour asked for."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.widgets import icons, theme

pytestmark = pytest.mark.usefixtures("qapp")
ORDINARY = QIcon.Mode.Normal


@pytest.fixture(params=["font", "picture"])
def source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Icons from the font, and from the pictures because the font is refused."""
    icons._font.cache_clear()
    if request.param == "picture":
        refuse = lambda _data: -1  # noqa: E731
        monkeypatch.setattr(QFontDatabase, "addApplicationFontFromData", refuse)
        assert icons._font() is None
    else:
        assert icons._font() is not None
    yield
    icons._font.cache_clear()


def drawn(meaning: str, token: str, dpr: float, mode: QIcon.Mode = ORDINARY) -> QImage:
    image = icons.icon(meaning, token).pixmap(QSize(20, 20), dpr, mode).toImage()
    assert image.width() == 20 * dpr
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def inked(image: QImage, colour: QColor | None = None) -> bool:
    """Whether pixels are covered, and all that are in `colour` (give or take premultiplying)."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    covered = [pixel for pixel in pixels if pixel.alpha() > 110]
    parts = (QColor.red, QColor.green, QColor.blue)
    return bool(covered) and (
        colour is None
        or all(abs(part(pixel) - part(colour)) <= 3 for pixel in covered for part in parts)
    )


@pytest.mark.parametrize("dpr", [1, 2])
@pytest.mark.usefixtures("source")
def test_every_meaning_is_drawn_in_the_colour_asked_for(dpr: int) -> None:
    for meaning in icons.GLYPHS:
        assert inked(drawn(meaning, "bad", dpr), theme.color("bad")), meaning


def test_every_meaning_stands_in_the_font() -> None:
    font = icons._font()
    assert font is not None
    assert not {glyph for glyph in icons.GLYPHS.values() if glyph not in font[1]}


def test_a_missing_package_and_a_missing_glyph_are_stood_in_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    icons._font.cache_clear()
    monkeypatch.setattr(icons.importlib.util, "find_spec", lambda _name: None)
    assert icons._font() is None
    picture = drawn("search", "ink", 1)
    monkeypatch.setattr(icons, "_font", lambda: ("Phosphor", {}))
    assert drawn("search", "ink", 1) == picture


@pytest.mark.usefixtures("source")
def test_a_disabled_icon_is_paler() -> None:
    pale, panel, ink = drawn("print", "ink", 2, QIcon.Mode.Disabled), "#ffffff", "#1f2933"
    assert not inked(pale, QColor(ink))
    darkest = min(pale.pixelColor(x, 20).lightness() for x in range(40) if pale.pixel(x, 20))
    assert QColor(ink).lightness() + 60 < darkest < QColor(panel).lightness() - 60


@pytest.mark.usefixtures("source")
def test_an_icon_on_a_button_follows_the_theme(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    icons.set_icon(button, "close", "ink")
    for dark in (False, True):
        monkeypatch.setattr(theme._now, "dark", dark)
        image = button.icon().pixmap(QSize(20, 20)).toImage()
        assert inked(image, QColor(theme.TOKENS["ink"][dark]))


def test_an_unknown_meaning_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        icons.icon("no such meaning")


def test_the_package_is_not_imported_for_its_font() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from desktop.widgets import icons; icons.icon('new').pixmap(16)\n"
        "assert icons._font(); sys.exit('qtpy' in sys.modules)"
    )
    environment = {"QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0
