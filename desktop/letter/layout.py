"""A layout (版面): the geometry of the page, in the units people and Word measure with.

The places of the 信函格式 (GB/T 9704 10.1) are constants; the 版心 comes from
`resources/layouts/*.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop.errors import ComposeError

FOLDER = Path(__file__).parents[2] / "resources" / "layouts"

_BORDER = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")

Mm = float
Pt = float
Twips = int  # a twentieth of a point

PAGE_WIDTH: Mm = 210
CHARACTERS = 28  # a line
RULE_WIDTH: Mm = 170
LOWER_RULE_FROM_BOTTOM: Mm = 20
MARK_SIZE: Pt = 36  # the largest; 13 characters in 170 mm


@dataclass(frozen=True)
class Layout:
    """Margins of the 版心 and the pitch of its lines."""

    name: str
    label: str
    top_mm: Mm
    bottom_mm: Mm
    left_mm: Mm
    right_mm: Mm
    body_line_pt: Pt

    @property
    def text_width(self) -> Mm:
        """Width of the 版心."""
        return PAGE_WIDTH - self.left_mm - self.right_mm


@cache
def load_layout(name: str) -> Layout:
    """The layout called `name`; `ComposeError` where there is none."""
    path = FOLDER / f"{name}.toml"
    if not name.isidentifier() or not path.is_file():
        raise ComposeError(f"没有名为“{name}”的版面，卷宗未改动，请另选一种。")
    with path.open("rb") as file:
        return Layout(name, **tomllib.load(file))


def mm_twips(mm: Mm) -> Twips:
    """Millimetres in twips."""
    return round(mm * 1440 / 25.4)


def pt_twips(pt: Pt) -> Twips:
    """Points in twips."""
    return round(pt * 20)


def mark_size(mark: str) -> Pt:
    """Size of the 发文机关标志 that keeps it on one line of 170 mm, in half points."""
    fitting = mm_twips(RULE_WIDTH) / 20 / max(1.0, em_width(mark))
    return min(MARK_SIZE, int(fitting * 2) / 2)


def em_width(text: str) -> float:
    """Width in characters (字): full-width 1, half-width ½, and the ⅕ every word processor puts
    between a hanzi and a Latin letter or digit.
    """
    widths = sum(0.5 if character < "\u2000" else 1.0 for character in text)
    return widths + 0.2 * len(_BORDER.findall(text))
