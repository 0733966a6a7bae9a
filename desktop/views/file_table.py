"""The table of a batch of files (批量导入)."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.models.import_table import ImportTableModel
from desktop.widgets import theme

COLUMNS = (190, 76, 0, 100, 126, 0, 64)  # pixels; 0 shares the rest
LINE, LOWEST = 30, 200


class FileTable(QTableView):
    """The table; Enter looks at a file like a double click."""

    def __init__(self, model: ImportTableModel) -> None:
        """A table of the files in `model`."""
        super().__init__()
        self.setModel(model)
        self._files = model
        self.setProperty("framed", True)
        self.setAccessibleName("要导入的文件")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(LINE))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(theme.scaled(LOWEST))
        self.setItemDelegateForColumn(0, _FromTheLeft(self))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, wide in enumerate(COLUMNS):
            if wide:
                self.setColumnWidth(column, theme.scaled(wide))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def numbers(self) -> list[int]:
        """Which files of the batch are chosen."""
        return [self._files.number(i.row()) for i in self.selectionModel().selectedRows()]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter is not the dialog's main button while a row is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class _FromTheLeft(QStyledItemDelegate):
    """A path, whose end tells files apart."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """What does not fit is left out at its beginning."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft  # type: ignore[attr-defined]
