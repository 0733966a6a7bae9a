"""The calibration page (校准页) for paper with a printed head (套打): crosses at known places."""

from collections.abc import Sequence

from desktop.letter.layout import Pt
from desktop.paper.draw import Ink, Page, Placed, Rule, Run, SetLine
from desktop.paper.faces import Face

MM = 72 / 25.4
PLACES = ((30, 50), (180, 50), (30, 250), (180, 250))  # of the crosses, mm from the left and top
ARM: Pt = 5 * MM
HAIR: Pt = 0.4
SIZE: Pt = 14.0


def calibration_page(offset: tuple[float, float]) -> Page:
    """The page as it is to be printed with `offset` (mm to the right and down), which it names."""
    right, down = offset
    told = (
        "套打校准页",
        f"打印时右移{right:g}毫米，下移{down:g}毫米。",
        "用尺量每个十字的中心到纸张左边和上边的距离，",
        "应等于它旁边写的毫米数。",
        "离左边少几毫米，右移就加几毫米，多了就减；",
        "离上边少几毫米，下移就加几毫米，多了就减。",
    )
    lines = [_line(text, 45 * MM, (95 + 10 * n) * MM) for n, text in enumerate(told)]
    for x, y in PLACES:
        lines += [
            _line(f"左{x}", x * MM + 6, y * MM + 4),
            _line(f"上{y}", x * MM + 6, y * MM + 6 + SIZE),
        ]
    return Page(1, tuple(lines), tuple(rule for place in PLACES for rule in _cross(*place)))


def _cross(x: float, y: float) -> Sequence[Rule]:
    x, y = x * MM, y * MM
    return Rule(x - ARM, y, x + ARM, y, HAIR), Rule(x, y - ARM, x, y + ARM, HAIR)


def _line(text: str, x: Pt, y: Pt) -> Placed:
    """Half an em for what is narrow: no letter, only to be read."""
    edges = [0.0]
    for character in text:
        edges.append(edges[-1] + SIZE * (0.5 if character.isascii() else 1.0))
    run = Run(Face.FANGSONG, SIZE, text, tuple(edges[:-1]))
    return Placed(x, y, SetLine(text, None, SIZE * 1.3, SIZE, Ink((run,), (), tuple(edges))))
