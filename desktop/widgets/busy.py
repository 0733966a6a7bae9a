"""Long work, shown where it happens: what is being done, how far it is, and 取消."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop.widgets.form import words


class BusyBar(QFrame):
    """An inline bar of progress; hidden until work begins."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._sentence = words("", wrap=False)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._cancel = QPushButton("取消")
        self._cancel.setProperty("quiet", True)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self._cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(12)
        row.addWidget(self._sentence)
        row.addWidget(self._progress, 1)
        row.addWidget(self._cancel)
        self.hide()

    def begin(self, sentence: str, steps: int = 0, can_cancel: bool = True) -> None:
        """Show that work goes on; without `steps` nobody knows how long."""
        self._sentence.setText(sentence)
        self._progress.setAccessibleName(sentence)
        self._progress.setRange(0, steps)
        self._progress.setValue(0)
        self._cancel.setVisible(can_cancel)
        self._cancel.setEnabled(True)
        self.show()

    @property
    def steps(self) -> int:
        """How many there are."""
        return self._progress.maximum()

    def advance(self, done: int, sentence: str = "") -> None:
        """`done` of the steps are behind us; `sentence` says so in words."""
        self._progress.setValue(done)
        if sentence and self._cancel.isEnabled():
            self._sentence.setText(sentence)

    def end(self) -> None:
        """The work is over, one way or another."""
        self.hide()

    def _cancelled(self) -> None:
        self._cancel.setEnabled(False)  # said once; `end` comes when the work has stopped
        self._sentence.setText("正在取消…")
        self.cancelled.emit()
