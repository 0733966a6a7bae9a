"""The look: every text can be read on every ground it stands on, in both themes."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.widgets import theme

SECTIONS = ("panel", "ground", "hover", "accent_soft")
# text → the grounds it stands on, as style.qss and the painted parts use them
PAIRS = {
    "ink": (*SECTIONS, "pending_soft", "found", "added", "removed"),
    "second": (*SECTIONS, "desk", "added", "removed"),
    "third": ("panel", "ground", "hover"),
    "accent": SECTIONS,
    "on_accent": ("accent", "accent_hover"),
    "done": ("panel", "accent_soft", "hover"),
    "under_way": ("panel",),
    "pending": ("panel", "pending_soft"),
    "not_adopted": ("panel",),
    "bad": ("panel", "ground", "bad_soft", "hover", "accent_soft"),
}
EVERY = [
    (text, ground, dark) for text, grounds in PAIRS.items() for ground in grounds for dark in (0, 1)
]


def luminance(colour: QColor) -> float:
    """WCAG 2, relative luminance."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_known_one() -> None:
    assert contrast(QColor("#000"), QColor("#fff")) == pytest.approx(21)
    assert contrast(QColor("#777"), QColor("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground", "dark"), EVERY)
def test_every_text_can_be_read(text: str, ground: str, dark: int) -> None:
    colours = (QColor(theme.TOKENS[token][dark]) for token in (text, ground))
    assert contrast(*colours) >= 4.5


@pytest.mark.parametrize("dark", [0, 1])
def test_what_is_selected_stands_out_of_its_ground(dark: int) -> None:
    """A tinted ground is seen beside the panel, not only by its text."""
    for token in ("accent_soft", "added", "removed"):
        tint, panel = (QColor(theme.TOKENS[t][dark]) for t in (token, "panel"))
        assert contrast(tint, panel) > 1.1, token


def test_the_window_names_the_colours_of_the_drawings() -> None:
    assert theme.TOKENS["accent"] == ("#23577a", "#7fb8dc")
    assert theme.TOKENS["bad"] == ("#b3261e", "#f2867d")
    for light, dark in theme.TOKENS.values():
        assert QColor(light).isValid()
        assert QColor(dark).isValid()


@pytest.fixture
def undressed(qapp: QApplication) -> QApplication:
    """The program, dressed light at the end whatever happens."""
    yield qapp  # type: ignore[misc]
    theme.dress("light", 100)


def test_no_token_is_left_in_the_stylesheet(undressed: QApplication) -> None:
    for dark in (False, True):
        assert theme.apply(undressed, dark=dark, scale=130)
        assert "$" not in undressed.styleSheet()
        assert theme.color("panel").name() == theme.TOKENS["panel"][dark]
    assert theme.scaled(10) == 13


def test_a_missing_stylesheet_is_said_and_survived(
    undressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "STYLE", Path("nowhere.qss"))
    assert not theme.dress("dark", 100)
    assert undressed.styleSheet() == ""


def test_type_is_never_smaller_than_12_pixels_at_100_per_cent() -> None:
    import re

    sizes = re.findall(r"font-size: \$\{?n(\d+)", theme.STYLE.read_text(encoding="utf-8"))
    assert sizes
    assert min(map(int, sizes)) >= 12


def test_no_other_file_names_a_colour() -> None:
    import re

    root = Path(theme.__file__).parents[1]
    for path in (*root.rglob("*.py"), theme.STYLE):
        if path != Path(theme.__file__):
            text = path.read_text(encoding="utf-8")
            found = re.findall(r"[\"': ]#[0-9a-fA-F]{6}\b", text)
            assert not found or "letter" in path.parts, (path, found)
