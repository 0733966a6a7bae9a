"""A short list under the caret of what may be meant; the caret stays where one writes."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.widgets import theme

WIDTH, MOST = 420, 6  # pixels, lines
KEYS = "↓ 选择，Enter 取用，Esc 收起"


class Offer(QListWidget):
    """The list. `taken` carries the number of the line that was clicked."""

    taken = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        """A list that offers nothing."""
        super().__init__(parent)
        self.setObjectName("offer")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("可能要写的话")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._clicked)
        self.hide()

    def show_under(self, caret: QRect, lines: Sequence[str]) -> None:
        """Offer `lines` below `caret`, a place in the parent; above it where there is no room."""
        self.clear()
        self.addItems(list(lines)[:MOST])
        keys = QListWidgetItem(KEYS, self)
        keys.setFlags(Qt.ItemFlag.NoItemFlags)
        keys.setForeground(theme.color("third"))
        self.setCurrentRow(-1)
        parent = self.parentWidget()
        assert parent
        width = min(theme.scaled(WIDTH), parent.width() - 16)
        height = sum(self.sizeHintForRow(row) for row in range(self.count())) + 10
        viewport = parent.parentWidget()
        seen = viewport.rect().translated(-parent.pos()) if viewport else parent.rect()
        below = caret.bottom() + 4
        top = below if below + height <= seen.bottom() else caret.top() - 4 - height
        left = max(8, min(caret.left(), parent.width() - width - 8))
        self.setGeometry(QRect(QPoint(left, top), QPoint(left + width, top + height)))
        self.raise_()
        self.show()

    def step(self, step: int) -> None:
        """The next line (1), or the one before (-1); before the first one there is none."""
        last = self.count() - 2  # below it stand the keys
        self.setCurrentRow(max(-1, min(last, self.currentRow() + step)))

    def _clicked(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.taken.emit(self.row(item))
