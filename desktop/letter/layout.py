"""A layout (版面): the geometry of the page, in the units people and Word measure with.

The places of the 信函格式 (GB/T 9704 10.1) are constants; the 版心 comes from
`resources/layouts/*.toml`.
"""

import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from desktop.errors import ComposeError

FOLDER = Path(__file__).parents[2] / "resources" / "layouts"

_BORDER = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")

Mm = float
Pt = float
Twips = int  # a twentieth of a point

PAGE_WIDTH: Mm = 210
CHARACTERS = 28  # a line
RULE_WIDTH: Mm = 170
LOWER_RULE_FROM_BOTTOM: Mm = 20
MARK_SIZE: Pt = 36  # the largest; 13 characters in 170 mm
MARK_TOP: Twips = 1740  # the mark's line; measured: the ink of 36 pt then begins at 30 mm
RULE_GAP: Pt = 8  # mark to upper rule: 4 mm from ink to ink
CATEGORY_LINE: Twips = 600  # the line of the 类别 above the mark, with the gap under it
PAGE_NUMBER_GAP: Twips = 320  # below the number, so that its dash lies 7 mm below the 版心
CHARACTER: Twips = 315  # a body character in its 28-character line
LABEL_COLUMN: Twips = 520  # of the 清单; the text column takes what the two leave
NAME_COLUMN: Twips = 1920
CELL_CHARACTERS, SHORT_ROW = 22, 6  # characters a line of a cell; lines that stay together
COPIES_SIZE: Pt = 14
COPIES_LINE: Pt = 24
COPIES_HANGING = 3  # characters of “抄送：”
COPIES_GAP: Twips = 120  # between 落款 and 抄送


@dataclass(frozen=True)
class Layout:
    """Margins of the 版心 and the pitch of its lines; `western` is the face of digits and Latin
    where that is not the body's own.
    """

    name: str
    label: str
    top_mm: Mm
    bottom_mm: Mm
    left_mm: Mm
    right_mm: Mm
    body_line_pt: Pt
    western: str = ""

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
    return Layout(name, **_values(path))


def _values(path: Path) -> dict[str, Any]:
    """What a layout's file says, over the values of the one it names as its `base`."""
    with path.open("rb") as file:
        values = tomllib.load(file)
    base = values.pop("base", "")
    return {**_values(FOLDER / f"{base}.toml"), **values} if base else values


def mm_twips(mm: Mm) -> Twips:
    """Millimetres in twips."""
    return round(mm * 1440 / 25.4)


def pt_twips(pt: Pt) -> Twips:
    """Points in twips."""
    return round(pt * 20)


def mark_size(mark: str) -> Pt:
    """Size of the 发文机关标志 that keeps it on one line of 170 mm, in half points.

    A Latin letter counts as a whole character, as wide as W or M may be.
    """
    width = em_width(mark) + len(_LATIN_LETTER.findall(mark)) / 2
    fitting = mm_twips(RULE_WIDTH) / 20 / max(1.0, width)
    return min(MARK_SIZE, int(fitting * 2) / 2)


def right_indents(organs: Sequence[str], dated: str, *, sealed: bool) -> dict[str, float]:
    """Characters between the 版心's right edge and each line of the 落款 (7.3.5.1, 7.3.5.2)."""
    date_width = em_width(dated)
    widest = max((em_width(organ) for organ in organs), default=0.0)
    if sealed:  # the date 4 characters in, the organs centred on it, nothing beyond the edge
        date_right = max(4.0, (widest - date_width) / 2)
        indents = {organ: date_right + (date_width - em_width(organ)) / 2 for organ in organs}
    elif date_width > widest:  # the longer date 2 characters in, beginning 2 after the organ
        date_right = 2.0
        indents = {organ: 4 + date_width - em_width(organ) for organ in organs}
    else:
        date_right = max(0.0, widest - date_width)
        indents = {organ: 2 + widest - em_width(organ) for organ in organs}
    indents[dated] = date_right
    return {text: min(right, CHARACTERS - em_width(text)) for text, right in indents.items()}


def copies_room(copies: str, layout: Layout) -> Twips:
    """The room the 抄送 takes at the foot of the last page."""
    characters = mm_twips(layout.text_width) / 20 / COPIES_SIZE - 2 - COPIES_HANGING
    lines = math.ceil((em_width(copies) - COPIES_HANGING) / characters)
    return pt_twips(COPIES_LINE) * lines + COPIES_GAP


def is_short_row(texts: Iterable[str]) -> bool:
    """Whether a row of the 清单 whose cell holds `texts` stays whole: one of a few lines. A longer
    one may go on overleaf."""
    return sum(_cell_lines(text) for text in texts) <= SHORT_ROW


@lru_cache(maxsize=1000)
def _cell_lines(text: str) -> int:
    return math.ceil(max(1.0, em_width(text)) / CELL_CHARACTERS)


def em_width(text: str) -> float:
    """Width in characters (字): full-width 1, half-width ½, and the ⅕ every word processor puts
    between a hanzi and a Latin letter or digit.
    """
    widths = sum(0.5 if character < "\u2000" else 1.0 for character in text)
    return widths + 0.2 * len(_BORDER.findall(text))
