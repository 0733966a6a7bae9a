"""查找替换 in the open case."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from desktop.widgets.line_field import LineField


class FindBar(QFrame):
    """The bar above the cards. Enter goes on, Shift+Enter back, Esc closes."""

    searched = Signal(str)
    stepped = Signal(int)
    closed = Signal()
    replace_asked = Signal()
    replace_all_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        """A bar with nothing to find."""
        super().__init__(parent)
        self.setProperty("bar", True)
        self._find, self._by = LineField(), LineField()
        self._count = QLabel(self)
        self._count.setProperty("small", True)
        previous, following = self._button("上一处"), self._button("下一处")
        self._replace, self._all = self._button("替换"), self._button("全部替换")
        close = self._button("关闭")
        self._find.setPlaceholderText("查找建议和答复中的文字")
        self._find.setAccessibleName("查找")
        self._by.setPlaceholderText("替换为")
        self._by.setAccessibleName("替换为")
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 6, 10, 6)
        grid.addWidget(self._find, 0, 0)
        grid.addWidget(self._by, 1, 0)
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget in (self._count, previous, following, close):
            first.addWidget(widget)
        for widget in (self._replace, self._all):
            second.addWidget(widget)
        second.addStretch()
        grid.addLayout(first, 0, 1)
        grid.addLayout(second, 1, 1)
        grid.setColumnStretch(0, 1)
        self._find.textChanged.connect(self.searched)
        previous.clicked.connect(self._back)
        following.clicked.connect(self._on)
        self._replace.clicked.connect(self.replace_asked)
        self._all.clicked.connect(self.replace_all_asked)
        close.clicked.connect(self.close_bar)

    def _button(self, word: str) -> QPushButton:
        button = QPushButton(word, self)
        button.setProperty("quiet", True)
        return button

    @property
    def words(self) -> str:
        """What is sought."""
        return self._find.text()

    @property
    def replacement(self) -> str:
        """What it becomes."""
        return self._by.text()

    def open(self, words: str, *, replacing: bool) -> None:
        """Show the bar, with `words` to find where there are some."""
        for widget in (self._by, self._replace, self._all):
            widget.setVisible(replacing)
        if words and "\u2029" not in words:
            self._find.setText(words)
        self.show()
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()
        self.searched.emit(self._find.text())

    def close_bar(self, *_: object, silent: bool = False) -> None:
        """Hide it, and the marks; `silent`: another case came, the caret stays where it is."""
        if self.isVisible():
            self.searched.emit("")
            if not silent:
                self.closed.emit()
        self.hide()

    def show_count(self, hits: int, number: int = 0) -> None:
        """How many places there are, and which one is shown."""
        at = f"第 {number} 处，" if number else ""
        self._count.setText(f"{at}共 {hits} 处" if hits else "没有找到" if self.words else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        self.stepped.emit(-1)

    def _on(self) -> None:
        self.stepped.emit(1)
