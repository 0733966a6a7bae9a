"""The files of a batch (批量导入) for Qt: one a row, those of a scope."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.rows import FileRead

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
HEADS = ("文件", "编号", "案由", "提案人", "日期", "需要看的", "处理")
SCOPES: dict[str, tuple[str, Callable[[FileRead], bool]]] = {
    "all": ("全部", lambda _: True),
    "look": ("需要看", lambda row: bool(row.refusal or row.same or row.doubts) and not row.key),
    "same": ("已有", lambda row: bool(row.same)),
    "refused": ("读不出", lambda row: bool(row.refusal)),
    "out": ("没有导入", lambda row: not row.key),
}


class ImportTableModel(QAbstractTableModel):
    """The rows in scope."""

    def __init__(self, rows: Sequence[FileRead], parent: QObject | None = None) -> None:
        """`rows` grow and change; `follow` shows it."""
        super().__init__(parent)
        self._rows = rows
        self._shown: list[int] = []
        self._seen, self._scope = 0, "all"

    def set_scope(self, scope: str) -> None:
        """One of `SCOPES`."""
        self.beginResetModel()
        self._scope = scope
        chosen = SCOPES[scope][1]
        self._shown = [n for n, row in enumerate(self._rows) if chosen(row)]
        self._seen = len(self._rows)
        self.endResetModel()

    def follow(self) -> None:
        """Rows were added, or became others."""
        chosen = SCOPES[self._scope][1]
        new = [n for n in range(self._seen, len(self._rows)) if chosen(self._rows[n])]
        self._seen = len(self._rows)
        if new:
            self.beginInsertRows(ROOT, len(self._shown), len(self._shown) + len(new) - 1)
            self._shown += new
            self.endInsertRows()
        if self._shown:
            last = self.index(len(self._shown) - 1, len(HEADS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def number(self, shown: int) -> int:
        """Which file of the batch a row of the table is."""
        return self._shown[shown]

    def count(self, scope: str) -> int:
        """How many rows a scope has."""
        return sum(map(SCOPES[scope][1], self._rows))

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """As many as heads."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = DISPLAY,
    ) -> object:
        """The head of a column."""
        across = orientation is Qt.Orientation.Horizontal
        return HEADS[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """A cell's words; the tip says what does not fit."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[self._shown[index.row()]]
        if role == Qt.ItemDataRole.ToolTipRole:
            told = str(row.path) if not index.column() else cells(row)[index.column()]
            return told.replace("<", "&lt;")  # with a tag it would be HTML
        return cells(row)[index.column()].replace("\n", " ")


def cells(row: FileRead) -> tuple[str, ...]:
    """What the columns say of a file."""
    missing = "" if row.refusal else "未识别"
    facts = (row.proposal_number, row.subject, row.proposer, row.date)
    decision = row.decision.value if row.choices else "—"
    return row.name, *(fact or missing for fact in facts), row.told, decision
