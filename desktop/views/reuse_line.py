"""The quiet line under a reply that says where its paragraphs were taken from."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.views.preview_bars import quiet_button
from desktop.widgets.form import words


class ReuseLine(QWidget):
    """引自第2023118号（2023年） · 3 处待核对, the way to the next one, and away with it."""

    def __init__(self, parent: QWidget) -> None:
        """A line that says nothing."""
        super().__init__(parent)
        self.said = words("", "third")
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.next = quiet_button("下一处", "到下一处待核对的字句")
        self.put_away = quiet_button("收起", "都核对过了，不再标出")
        line = QHBoxLayout(self)
        line.setContentsMargins(13, 2, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.said, 1)
        line.addWidget(self.next)
        line.addWidget(self.put_away)
        self.hide()

    def show_sources(self, sources: Sequence[str], left: int) -> None:
        """Where the paragraphs came from, and how many words are to be looked at."""
        self.setVisible(bool(sources))
        if sources:
            from_where = "、".join((sources[0], *(s.removeprefix("引自") for s in sources[1:])))
            self.said.setText(f"{from_where} · {left} 处待核对" if left else from_where)
            self.next.setVisible(bool(left))
