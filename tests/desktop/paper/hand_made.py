"""Pages made by hand, and what ink is on a picture of one."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from desktop.paper.draw import Ink, Page, Placed, Rule, Run, SetLine
from desktop.paper.faces import Face

PT_MM = 25.4 / 72


def line(
    text: str,
    x: float,
    y: float,
    *,
    face: Face = Face.FANGSONG,
    size: float = 16,
    red: bool = False,
) -> Placed:
    """`text` on the em grid, its first cell at x, its baseline 20 pt below y."""
    edges = tuple(size * n for n in range(len(text) + 1))
    run = Run(face, size, text, edges[:-1], red)
    return Placed(x, y, SetLine(text, None, 28.95, 20.0, Ink((run,), (), edges)))


def page(*lines: Placed, rules: tuple[Rule, ...] = ()) -> Page:
    """A page of them."""
    return Page(1, lines, rules)


def ink(image: QImage, within: QRect | None = None, *, dark: int = 128) -> QRect:
    """The rectangle around what is darker than `dark`, in pixels of the whole picture."""
    within = within or image.rect()
    part = image.copy(within).convertToFormat(QImage.Format.Format_Grayscale8)
    step, data = part.bytesPerLine(), bytes(part.constBits())
    table = bytes(value < dark for value in range(256))
    rows = [data[step * y : step * y + part.width()].translate(table) for y in range(part.height())]
    inked = [y for y, row in enumerate(rows) if 1 in row]
    if not inked:
        return QRect()
    left = min(row.index(1) for row in rows if 1 in row)
    right = max(row.rindex(1) for row in rows if 1 in row)
    return QRect(left, inked[0], right - left + 1, inked[-1] - inked[0] + 1).translated(
        within.topLeft()
    )
