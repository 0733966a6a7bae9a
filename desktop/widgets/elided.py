"""A label of one line that gives way: what does not fit ends in … and stands in its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElidedLabel(QLabel):
    """The label. Its words are plain text; they widen no window."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No width of its own."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """As much of the words as there is room for."""
        room = self.contentsRect()
        elide = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), elide, room.width())
        whole = "" if words == self.text() else self.text().replace("<", "&lt;")
        if whole != self.toolTip():
            self.setToolTip(whole)  # with a tag it would be HTML
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter = QPainter(self)
        self.style().drawItemText(
            painter, room, where, self.palette(), True, words, self.foregroundRole()
        )
