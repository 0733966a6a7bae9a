"""The 会办 units of a case for Qt: one a row."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.rows import AssignmentShown

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
LATE = int(Qt.ItemDataRole.UserRole)
HEADS = ("单位", "负责的建议", "要求返回", "发出", "返回", "状态")
SENT, RETURNED = 3, 4  # what 状态 tells as well: left out where there is little room


class AssignmentsModel(QAbstractTableModel):
    """The rows as `services.assignments.shown` gives them."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No unit."""
        super().__init__(parent)
        self.rows: tuple[AssignmentShown, ...] = ()

    def set_rows(self, rows: Sequence[AssignmentShown]) -> None:
        """Show these; the same units stay where they are, so what is chosen stays chosen."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """As many as units."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """As many as heads."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = DISPLAY
    ) -> object:
        """The head of a column."""
        across = orientation is Qt.Orientation.Horizontal
        return HEADS[section] if across and role == DISPLAY else None

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """A cell's words; the tip says what does not fit; `LATE`: whether it is to stand out."""
        row = self.rows[index.row()]
        words = _cells(row)[index.column()]
        if role == DISPLAY:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.replace("<", "&lt;")  # with a tag it would be HTML
        return bool(row.late) and index.column() == len(HEADS) - 1 if role == LATE else None


def _cells(row: AssignmentShown) -> tuple[str, ...]:
    days = (_day(day) for day in (row.due_on, row.sent_on, row.returned_on))
    return row.unit, row.asked, *days, row.state


def _day(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else "—"
