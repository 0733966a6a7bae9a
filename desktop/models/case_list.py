"""The list of cases (提案列表) for Qt: rows in order, and a filter that understands initials."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from desktop.models.initials import matches
from desktop.services.rows import CaseListed, CaseState

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
SORTS = {"number": "按编号", "subject": "按案由", "proposer": "按提案人", "state": "按状态"}
SCOPES = ("open", "all")  # 待办: not issued yet
_STATES = tuple(CaseState)
ROOT = QModelIndex()


class CaseListModel(QAbstractListModel):
    """The rows as `list_cases` gives them."""

    def __init__(self, parent: QObject | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self._rows: list[CaseListed] = []

    def set_rows(self, rows: Sequence[CaseListed]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def put(self, row: CaseListed) -> None:
        """Show `row` in place of the one of the same case, or at the end."""
        for number, known in enumerate(self._rows):
            if known.key == row.key:
                if known != row:
                    self._rows[number] = row
                    self.dataChanged.emit(self.index(number), self.index(number))
                return
        self.beginInsertRows(ROOT, len(self._rows), len(self._rows))
        self._rows.append(row)
        self.endInsertRows()

    @property
    def rows(self) -> Sequence[CaseListed]:
        """All rows."""
        return self._rows

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """How many cases."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The row itself, or its words for who cannot see it."""
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            named = (row.proposal_number or "无编号", row.subject or "（无案由）")
            return " ".join((*named, state_words(row)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (row.subject, row.session, row.proposer)))
        return None


class CaseFilter(QSortFilterProxyModel):
    """The rows in scope that match what is typed, sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        """All that is to do, by number as the library gives it."""
        super().__init__(parent)
        self._words: list[str] = []
        self._scope, self._order, self._shown = "open", "number", ""
        self.setDynamicSortFilter(True)

    def set_words(self, text: str) -> None:
        """Only rows that match every word of `text`."""
        self._words = text.split()
        self.invalidateFilter()

    def set_shown(self, key: str) -> None:
        """The case on the screen stays in the list, whatever becomes of its state."""
        if key != self._shown:
            self._shown = key
            self.invalidateFilter()

    def set_scope(self, scope: str) -> None:
        """待办 or 全部提案."""
        self._scope = scope
        self.invalidateFilter()

    def set_order(self, order: str) -> None:
        """One of `SORTS`."""
        self._order = order
        self.invalidate()
        self.sort(0)

    def filterAcceptsRow(self, number: int, parent: Index) -> bool:  # noqa: N802
        """In scope, and matching every word somewhere."""
        row: CaseListed = self.sourceModel().data(self.sourceModel().index(number, 0, parent), ROW)
        done = row.state is CaseState.ISSUED and row.key != self._shown
        if self._scope == "open" and done:
            return False
        texts = (row.proposal_number, row.subject, row.proposer, row.session, row.state.value)
        return all(any(matches(text, word) for text in texts) for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:  # noqa: N802
        """The order that was chosen; the library's own where that says nothing."""
        model = self.sourceModel()
        return self._rank(model.data(left, ROW), left.row()) < self._rank(
            model.data(right, ROW), right.row()
        )

    def _rank(self, row: CaseListed, place: int) -> tuple[object, int]:
        if self._order == "state":
            return _STATES.index(row.state), place
        if self._order == "number":
            first = row.proposal_number.partition("、")[0]
            return (0, int(first)) if first.isdecimal() else (1, 0), place
        text: str = getattr(row, self._order)
        return (not text, text), place


def state_words(row: CaseListed) -> str:
    """What the list says of a case: its state, or how much of it is unanswered."""
    if row.state is CaseState.DRAFTING and row.unanswered:
        return f"{row.unanswered}条未答复"
    return row.state.value
