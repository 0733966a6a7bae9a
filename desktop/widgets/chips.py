"""Names as small quiet chips that wrap; together they are one button."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets import theme

ABOVE, HIGH, GAP, SIDE = 4, 20, 6, 8  # of a chip; between two, beside words; at 界面字号 100 %


class Chips(QWidget):
    """The chips. `clicked`: by the mouse, or Space or Enter while they have the focus."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self._measure)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these."""
        if tuple(words) != self._words:
            self._words = tuple(words)
            self._measure()
            self.update()

    def words(self) -> tuple[str, ...]:
        """What they say."""
        return self._words

    def sizeHint(self) -> QSize:  # noqa: N802
        """As many lines as the width asks for."""
        bottoms = [place.bottom() for place, _ in self._places()]
        return QSize(theme.scaled(80), max(bottoms, default=0) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width may take other lines."""
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Words in second ink in a thin frame; the accent while they have the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        round_ = theme.scaled(HIGH) / 2
        for place, words in self._places():
            painter.setPen(theme.color("accent" if self.hasFocus() else "line"))
            painter.setBrush(theme.color("ground"))
            painter.drawRoundedRect(place, round_, round_)
            painter.setPen(theme.color("second"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on any of them."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space and Enter click."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The frames take the accent."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """And give it back."""
        super().focusOutEvent(event)
        self.update()

    def _measure(self) -> None:
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())

    def _places(self) -> Iterator[tuple[QRect, str]]:
        """Each chip with its words, shortened where one is wider than the line."""
        metrics, gap, high = QFontMetrics(theme.font(12)), theme.scaled(GAP), theme.scaled(HIGH)
        x, y = 1, theme.scaled(ABOVE)
        for words in self._words:
            room = self.width() - 2 * theme.scaled(SIDE) - 2
            said = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, high))
            wide = metrics.horizontalAdvance(said) + 2 * theme.scaled(SIDE)
            if x > 1 and x + wide > self.width() - 1:
                x, y = 1, y + high + gap
            yield QRect(x, y, wide, high), said
            x += wide + gap
