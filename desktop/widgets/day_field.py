"""A day that may not be known yet: a button that puts one, then the day itself and the way back."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.calm import CalmDate


class DayField(QWidget):
    """The field. `changed` carries a `date` or None, on the user's deed only."""

    changed = Signal(object)

    def __init__(self, put: str, clear: str) -> None:
        """`put` and `clear` are the words of the two buttons."""
        super().__init__()
        self.put = QPushButton(put)
        self.day = CalmDate()
        self.clear = QPushButton(clear)
        self.clear.setProperty("quiet", True)
        self._first = date.today()
        self._loading = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self.put, self.day, self.clear):
            line.addWidget(part)
        line.addStretch()
        self.put.clicked.connect(self._put)
        self.clear.clicked.connect(self._clear)
        self.day.dateChanged.connect(self._changed)
        self.show_day(None, self._first)

    def show_day(self, day: date | None, first: date) -> None:
        """Show `day`, silent; `first` is what the button puts where there is none."""
        self._first = first
        self.put.setVisible(day is None)
        self.day.setVisible(day is not None)
        self.clear.setVisible(day is not None)
        self.setFocusProxy(self.put if day is None else self.day)
        if day and day != self.day.day():
            self._loading = True
            self.day.set_day(day)
            self._loading = False

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        """The day is called so, and both buttons say whose they are."""
        super().setAccessibleName(name)
        self.day.setAccessibleName(name)
        for button in (self.put, self.clear):
            button.setAccessibleName(f"{name} {button.text()}")

    def _put(self) -> None:
        self.changed.emit(self._first)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.changed.emit(None)
        self.put.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        if not self._loading:
            self.changed.emit(self.day.day())
