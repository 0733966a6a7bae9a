"""Boxes that leave the wheel to the page: scrolling past one must not change what it says."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QDoubleSpinBox, QSpinBox


class CalmBox(QComboBox):
    """A list to choose from."""

    def __init__(self) -> None:
        """Its list does not scroll by itself: Qt's timer for that fires when the list is closed
        and laid out anew, and ends the program (QListView::rectForIndex, Qt 6.9)."""
        super().__init__()
        self.view().setAutoScroll(False)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The page scrolls, the choice stays."""
        event.ignore()


class CalmDate(QDateEdit):
    """A day as the office writes it, 2025年11月3日; what is typed counts when it is left."""

    def __init__(self) -> None:
        """No focus by the wheel either."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLocale(QLocale(QLocale.Language.Chinese))
        self.setDisplayFormat("yyyy年M月d日")
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)

    def day(self) -> date:
        """The day it shows."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def set_day(self, day: date) -> None:
        """Show `day`."""
        self.setDate(QDate(day.year, day.month, day.day))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The page scrolls, the date stays."""
        event.ignore()


class CalmCount(QSpinBox):
    """A whole number."""

    def __init__(self) -> None:
        """No focus by the wheel either."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The page scrolls, the number stays."""
        event.ignore()


class CalmMeasure(QDoubleSpinBox):
    """A length."""

    def __init__(self) -> None:
        """No focus by the wheel either."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The page scrolls, the length stays."""
        event.ignore()
