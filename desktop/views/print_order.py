"""What is to be printed (打印): which pages, how often, on which sides of the paper. Pure code."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.errors import InputError

EXAMPLE = "1-3,5"
_RANGE = re.compile(r"([0-9]+)(?:[-–—~至到]+([0-9]+))?")


class Duplex(StrEnum):
    """The sides of a sheet (单双面) and the edge it is turned over."""

    SINGLE = "single"
    LONG = "long"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """A print as ordered.

    `pages` are numbers from 1; `tray` is a 纸盒 by its name in `printers.TRAYS`, empty for the
    printer's own choice; `offset` moves everything to the right and down, in millimetres (套打).
    """

    printer: str
    pages: tuple[int, ...]
    copies: int = 1
    duplex: Duplex = Duplex.SINGLE
    tray: str = ""
    backwards: bool = False
    offset: tuple[float, float] = (0.0, 0.0)


def parse_pages(text: str, count: int) -> tuple[int, ...]:
    """The pages that `1-3,5` names, in ascending order, of a letter of `count` pages.

    Full-width figures and marks are understood too. Raises `InputError`.
    """
    parts = [p for p in re.split(r"[,、;\s]+", unicodedata.normalize("NFKC", text)) if p]
    if not parts:
        raise InputError(f"请填写要打印的页码，如 {EXAMPLE}。")
    wanted: set[int] = set()
    for part in parts:
        match = _RANGE.fullmatch(part)
        if match is None:
            raise InputError(f"看不懂“{part[:12]}”，页码请写成 {EXAMPLE} 这样。")
        first, last = (match[1].lstrip("0"), (match[2] or match[1]).lstrip("0"))
        for number in (first, last):
            if not number or len(number) > 4 or int(number) > count:
                raise InputError(f"这份函共{count}页，没有第{number[:6] or 0}页。")
        low, high = sorted((int(first), int(last)))
        wanted.update(range(low, high + 1))
    return tuple(sorted(wanted))


def sides(
    pages: Sequence[int], *, copies: int = 1, duplex: bool = False, backwards: bool = False
) -> tuple[int | None, ...]:
    """The pages in the order in which they go to the printer; None is a blank side.

    Backwards the last sheet comes first. On both sides, a copy begins on a sheet of its own, and no
    page changes its sheet.
    """
    step = 2 if duplex else 1
    sheets = [(*pages[n : n + step], None)[:step] for n in range(0, len(pages), step)]
    if backwards:
        sheets.reverse()
    all_sides = [side for sheet in sheets * copies for side in sheet]
    return tuple(all_sides[:-1] if all_sides[-1:] == [None] else all_sides)
