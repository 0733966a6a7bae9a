"""The list of cases (提案列表) for Qt: rows in order, and a filter that understands initials.

Sorted and filtered here and not in a QSortFilterProxyModel, which asks Python for each comparison:
2,000 cases took it 80 ms.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.models.initials import matches
from desktop.services.rows import CaseListed, CaseState

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
SORTS = {"number": "按编号", "subject": "按案由", "proposer": "按提案人", "state": "按状态"}
SCOPES = ("open", "all", "came")  # 待办: not issued yet; 刚导入
_STATES = tuple(CaseState)
ROOT = QModelIndex()


class CaseListModel(QAbstractListModel):
    """The rows in scope that match what is typed, sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        """An empty list of what is to do, by number."""
        super().__init__(parent)
        self._rows: list[CaseListed] = []
        self._shown: list[CaseListed] = []
        self._words: list[str] = []
        self._scope, self._order, self._open = "open", "number", ""
        self._came = frozenset[str]()

    def set_rows(self, rows: Sequence[CaseListed]) -> None:
        """Show these rows, as `list_cases` gives them."""
        self._rows = list(rows)
        self._show()

    def put(self, row: CaseListed) -> None:
        """Show `row` in place of the one of the same case, or as a new one."""
        places = {known.key: number for number, known in enumerate(self._rows)}
        if row.key not in places:
            self._rows.append(row)
        elif self._rows[places[row.key]] == row:
            return
        else:
            self._rows[places[row.key]] = row
        self._show()

    def set_words(self, text: str) -> None:
        """Only rows that match every word of `text`."""
        self._words = text.split()
        self._show()

    def set_open(self, key: str) -> None:
        """The case on the screen stays in the list, whatever becomes of its state."""
        hidden = {self._open, key}
        self._open = key
        if any(row.state is CaseState.ISSUED and row.key in hidden for row in self._rows):
            self._show()

    def set_scope(self, scope: str) -> None:
        """One of `SCOPES`."""
        self._scope = scope
        self._show()

    def set_came(self, keys: Iterable[str]) -> None:
        """The cases that are 刚导入."""
        self._came = frozenset(keys)
        self._show()

    def set_order(self, order: str) -> None:
        """One of `SORTS`."""
        self._order = order
        self._show()

    def has_come(self, row: CaseListed) -> bool:
        """Whether it is 刚导入."""
        return row.key in self._came

    @property
    def rows(self) -> Sequence[CaseListed]:
        """All rows, shown or not."""
        return self._rows

    @property
    def shown(self) -> Sequence[CaseListed]:
        """The rows in the list, in its order."""
        return self._shown

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """How many cases are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The row itself, or its words for who cannot see it."""
        row = self._shown[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            named = (row.proposal_number or "无编号", row.subject or "（无案由）")
            return " ".join((*named, state_words(row)))
        if role == Qt.ItemDataRole.ToolTipRole:
            told = "\n".join(filter(None, (row.subject, row.session, row.proposer)))
            return told.replace("<", "&lt;")  # with a tag it would be HTML
        return None

    def _show(self) -> None:
        shown = sorted(filter(self._matches, self._rows), key=self._rank)
        if shown and [row.key for row in shown] == [row.key for row in self._shown]:
            self._shown = shown
            self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def _matches(self, row: CaseListed) -> bool:
        done = row.state is CaseState.ISSUED and row.key != self._open
        if (self._scope == "open" and done) or (self._scope == "came" and not self.has_come(row)):
            return False
        texts = (row.proposal_number, row.subject, row.proposer, row.session, row.state.value)
        return all(any(matches(text, word) for text in texts) for word in self._words)

    def _rank(self, row: CaseListed) -> tuple[object, ...]:
        """The order that was chosen; the library's own where that says nothing."""
        if self._order == "state":
            return (_STATES.index(row.state),)
        if self._order == "number":
            first = row.proposal_number.partition("、")[0]
            return (0, int(first)) if first.isdecimal() else (1, 0)
        text: str = getattr(row, self._order)
        return (not text, text)


def state_words(row: CaseListed) -> str:
    """What the list says of a case: its state, or how much of it is unanswered."""
    if row.state is CaseState.DRAFTING and row.unanswered:
        return f"{row.unanswered}条未答复"
    return row.state.value
