"""回收站: the deleted cases; bring one back, or delete it for good."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.errors import FuhanError
from desktop.services import trash
from desktop.services.rows import CaseDeleted
from desktop.widgets import theme
from desktop.widgets.form import FormDialog, words
from desktop.widgets.message import ask, show_error

NOTE = f"删除的卷宗连同版本和导出记录在这里保留 {trash.KEPT_DAYS} 天，之后自动彻底删除。"
GONE = "彻底删除以后不能恢复，版本和导出记录也一并删除；已经导出的文件不受影响。"


def ask_trash(parent: QWidget, now: datetime) -> str:
    """Show the 回收站; the key of the case that is to come back, or nothing. Blocks."""
    dialog = TrashDialog(parent, now)
    dialog.exec()
    return dialog.answer


class TrashDialog(FormDialog):
    """The list; `answer` is the case to bring back."""

    def __init__(self, parent: QWidget | None, now: datetime) -> None:
        super().__init__(parent, "回收站", "恢复", cancel="", wide=560)
        self.answer = ""
        self._now = now
        self.list = QListWidget()
        self.list.setProperty("framed", True)
        self.list.setAccessibleName("回收站里的卷宗")
        self.list.setMinimumHeight(theme.scaled(220))
        self.list.itemDoubleClicked.connect(self.accept)
        self.nothing = words("回收站是空的。", "second")
        self.purge_button = self.add_button("彻底删除…")
        self.purge_button.setProperty("danger", True)
        self.purge_button.setAutoDefault(False)
        self.purge_button.clicked.connect(self._purge)
        self.add_button("关闭").clicked.connect(self.reject)
        self.body.addWidget(words(NOTE, "second"))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.nothing)
        self._load()

    def _load(self) -> None:
        rows = trash.list_deleted()
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{named(row)}\n{self._days(row)}")
            item.setData(Qt.ItemDataRole.UserRole, row.key)
            item.setData(Qt.ItemDataRole.UserRole + 1, named(row))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        for button in (self.main_button, self.purge_button):
            button.setEnabled(bool(rows))
        if rows:
            self.list.setFocus()

    def _days(self, row: CaseDeleted) -> str:
        at = row.deleted_at
        rested = max(0, (self._now - at).days)  # less than none where the clock was set back
        left = max(0, trash.KEPT_DAYS - rested)
        return f"{at.year}年{at.month}月{at.day}日删除，还保留 {left} 天"

    def _purge(self) -> None:
        item = self.list.currentItem()
        if not item:
            return
        sentence = f"彻底删除{item.data(Qt.ItemDataRole.UserRole + 1)}？{GONE}"
        choices = [("purge", "彻底删除")]
        if ask(self, "彻底删除", sentence, choices, destructive="purge"):
            try:
                trash.purge_case(item.data(Qt.ItemDataRole.UserRole))
            except FuhanError as error:
                show_error(self, str(error))
            self._load()

    def accept(self) -> None:
        """Bring the chosen one back."""
        if item := self.list.currentItem():
            self.answer = item.data(Qt.ItemDataRole.UserRole)
            super().accept()


def named(row: CaseDeleted) -> str:
    """第2025118号“关于……的建议”."""
    number = f"第{row.proposal_number}号" if row.proposal_number else "无编号"
    return f"{number}“{row.subject}”" if row.subject else f"{number}提案"
