"""版本比较: two states beside each other, a count of what changed, and the way from one to the
next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.services.comparison import ComparedPart
from desktop.views.comparison_text import ComparisonText
from desktop.widgets.icons import set_icon


class ComparisonPane(QWidget):
    """The text of a comparison with its head and foot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to compare yet."""
        super().__init__(parent)
        self.names = (QLabel(self), QLabel(self))
        for name in self.names:
            name.setTextFormat(Qt.TextFormat.PlainText)
        self.text = ComparisonText(self)
        self.text.stepped.connect(self._stepped)
        self.count = QLabel(self)
        self.count.setProperty("second", True)
        self.whole = _button("显示未改动的", "expand")
        self.whole.setCheckable(True)
        self.whole.toggled.connect(self.text.show_whole)
        self.previous = _button("上一处", "up")
        self.previous.setToolTip("上一处改动（Shift+F9）")
        self.previous.clicked.connect(self._back)
        self.next = _button("下一处", "down")
        self.next.setToolTip("下一处改动（F9）")
        self.next.clicked.connect(self._on)
        self._place()

    def _place(self) -> None:
        head = QHBoxLayout()
        for name in self.names:
            name.setProperty("small", True)
            name.setMinimumWidth(60)
            head.addWidget(name, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        for button in (self.whole, self.previous, self.next):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self.text, 1)
        whole.addLayout(foot)

    def compare(self, parts: Sequence[ComparedPart], older: str, newer: str) -> None:
        """Show `parts` under the names of the two states."""
        for label, name in zip(self.names, (f"旧：{older}", f"新：{newer}"), strict=True):
            label.setText(name)
            label.setToolTip(name.replace("<", "&lt;"))  # with a tag it would be HTML
        self.text.show_parts(parts)

    def refuse(self, sentence: str) -> None:
        """Say why there is nothing to compare."""
        for label in self.names:
            label.clear()
        self.text.show_sentence(sentence)

    def step(self, by: int) -> None:
        """To the next change (1) or the one before (-1)."""
        self.text.step(by)

    def _back(self) -> None:
        self.step(-1)

    def _on(self) -> None:
        self.step(1)

    def _stepped(self, current: int, count: int) -> None:
        looked = f"，第 {current} 处" if current else ""
        self.count.setText(f"{count} 处改动{looked}" if count else "没有改动")
        for button in (self.whole, self.previous, self.next):
            button.setEnabled(bool(count))


def _button(words: str, icon: str) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("quiet", True)
    set_icon(button, icon)
    return button
