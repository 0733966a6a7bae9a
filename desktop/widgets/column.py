"""A column no wider than a line reads well, at the left of whatever room there is."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets import theme

WIDEST = 980
SIDE = 20


class Column(QWidget):
    """Put parts into `rows`; `inner` is their parent."""

    def __init__(self, parent: QWidget | None = None, *, top: int = 0, bottom: int = 0) -> None:
        """`top` and `bottom`: the room above and below the rows, in pixels."""
        super().__init__(parent)
        self.inner = QWidget(self)
        self.rows = QVBoxLayout(self.inner)
        self.rows.setContentsMargins(0, top, 0, bottom)
        line = QHBoxLayout(self)
        line.setContentsMargins(SIDE, 0, SIDE, 0)
        line.addWidget(self.inner, 100)
        line.addStretch(1)
        theme.signals.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.inner.setMaximumWidth(theme.scaled(WIDEST))
