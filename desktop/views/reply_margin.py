"""The margin of the reply editor: a bar in the outcome's colour, its word, 接上段."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from db.enums import Outcome
from desktop import terms
from desktop.letter.model import Paragraph
from desktop.widgets import theme

WIDTH = 94
BAR = 4
INSET = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a paragraph. A `proposed` one is framed: a click takes it."""

    token: str
    words: str
    marked: bool = False
    proposed: bool = False
    runs_on: bool = False


def mark_of(paragraph: Paragraph, proposed: Outcome | None, *, alone: bool, asks: bool) -> Mark:
    """The mark of `paragraph`; `alone`: nothing is written yet; `asks`: it needs an outcome."""
    if paragraph.outcome:
        outcome = paragraph.outcome
        return Mark(outcome.value, terms.OUTCOMES[outcome], marked=True, runs_on=paragraph.runs_on)
    if proposed:
        words = terms.OUTCOMES[proposed] + "？"
        return Mark(proposed.value, words, proposed=True, runs_on=paragraph.runs_on)
    if alone:
        return Mark("third", "答复")
    if asks and paragraph.text.strip():
        return Mark("bad", "未标注", runs_on=paragraph.runs_on)
    return Mark("third", "", runs_on=paragraph.runs_on)


def paint(painter: QPainter, mark: Mark, area: QRectF, top: float, line_pixels: float) -> None:
    """Paint `mark` beside the paragraph in `area`, whose first line begins at `top`."""
    colour = theme.color(mark.token)
    bar = QRectF(0, area.top(), BAR, area.height())
    painter.fillRect(bar, colour if mark.marked else theme.color("strong_line"))
    left = theme.scaled(INSET)
    line = QRectF(left, top, theme.scaled(WIDTH) - left, theme.scaled(line_pixels))
    if mark.runs_on:
        _paint_hook(painter, line)
    painter.setFont(theme.font(12))
    painter.setPen(colour)
    if mark.proposed:
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(line.adjusted(-5, 3, -2, -3), 4, 4)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, mark.words)


def paint_source(painter: QPainter, top: float, line_pixels: float) -> None:
    """引: the paragraph that begins at `top` was taken over from an earlier letter."""
    painter.setFont(theme.font(12))
    painter.setPen(theme.color("third"))
    width = theme.scaled(16)
    place = QRectF(theme.scaled(WIDTH) - width, top, width, theme.scaled(line_pixels))
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, "引")


def _paint_hook(painter: QPainter, line: QRectF) -> None:
    """接上段: a small hook from the line above."""
    painter.setPen(QPen(theme.color("third"), 1.4))
    corner = QPointF(line.right() - theme.scaled(9), line.center().y())
    painter.drawLine(corner - QPointF(0, 7), corner)
    painter.drawLine(corner, corner + QPointF(5, 0))
