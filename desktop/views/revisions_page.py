"""版本: the states of the case that were kept; look at one, name it, bring it back."""

from datetime import date, datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop import terms
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services import plain_text, revisions
from desktop.services.rows import RevisionListed
from desktop.views.open_case import OpenCase
from desktop.widgets.line_field import LineField


class RevisionsPage(QWidget):
    """The page; bringing back is asked for, the window does it."""

    restore_asked = Signal(int)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """A page without a case."""
        super().__init__(parent)
        self.open_case: OpenCase | None = None
        self.list = QListWidget(self)
        self.list.setProperty("framed", True)
        self.list.setAccessibleName("版本列表")
        self.list.currentItemChanged.connect(self._chosen)
        self.name = LineField()
        self.name.setAccessibleName("版本名称")
        self.name.setPlaceholderText("给这个版本起个名字，如“送科长审”")
        self.name.editingFinished.connect(self._rename)
        self.restore = QPushButton("恢复到这个版本", self)
        self.restore.setToolTip("现在的内容先留成一个版本，再换成这一个")
        self.restore.clicked.connect(self._restore)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("这个版本的内容")
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setProperty("second", True)
        self._place()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.restore)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self.right = right
        split = QSplitter(self)
        split.setHandleWidth(12)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self.note)
        whole.addWidget(split, 1)
        for first, second in pairwise((self.list, self.name, self.restore, self.text)):
            QWidget.setTabOrder(first, second)

    def set_case(self, open_case: OpenCase | None) -> None:
        """Show the states of this case from now on."""
        self.open_case = open_case
        if self.isVisible():
            self.load()

    def load(self) -> None:
        """Read the list anew."""
        rows: list[RevisionListed] = []
        if self.open_case and self.open_case.in_library:
            try:
                rows = revisions.list_revisions(self.open_case.case.key)
            except FuhanError as error:
                self.refused.emit(str(error))
        chosen = self._current()
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(_words(row))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            item.setData(Qt.ItemDataRole.UserRole + 1, row.name)
            self.list.addItem(item)
            if row.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if rows and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        else:
            self._chosen()
        self.note.setText(
            "按 Ctrl+S 随时留一个版本；导入、导出、定稿、恢复之前会自动留一个。"
            if rows
            else "还没有留下版本。按 Ctrl+S 就留一个，以后随时可以看、可以恢复。"
        )
        self.list.setVisible(bool(rows))
        self.right.setVisible(bool(rows))

    def showEvent(self, event: object) -> None:  # noqa: N802
        """The list as it is now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.load()

    def _current(self) -> int:
        item = self.list.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item else 0

    def _chosen(self, *_: object) -> None:
        number = self._current()
        if not number or not self.open_case:
            return
        if not (self.name.hasFocus() and self.name.isModified()):  # or a name being typed is lost
            self.name.set_text(str(self.list.currentItem().data(Qt.ItemDataRole.UserRole + 1)))
        self.restore.setEnabled(not self.open_case.issued)
        why = "已定稿，先“重新起草”才能恢复别的版本" if self.open_case.issued else ""
        self.restore.setToolTip(why or "现在的内容先留成一个版本，再换成这一个")
        try:
            self.text.setPlainText(_page_text(revisions.case_at(number)))
        except FuhanError as error:
            self.text.setPlainText(str(error))

    def _rename(self) -> None:
        number = self._current()
        item = self.list.currentItem()
        if not number or self.name.text() == item.data(Qt.ItemDataRole.UserRole + 1):
            return
        try:
            revisions.rename(number, self.name.text())
        except FuhanError as error:
            self.refused.emit(str(error))
        self.load()

    def _restore(self) -> None:
        if number := self._current():
            self.restore_asked.emit(number)


def _words(row: RevisionListed) -> str:
    reason = terms.REVISION_REASONS[row.reason]
    name = f"{row.name}（{reason}）" if row.name else reason
    return f"{_time(row.made_at)}  {name}\n{row.characters} 字"


def _time(at: datetime) -> str:
    day = "今天" if at.date() == date.today() else f"{at.year}年{at.month}月{at.day}日"
    return f"{day} {at:%H:%M}"


def _page_text(case: Case) -> str:
    """The state for the eye: its facts, its suggestions, its answers."""
    lines = []
    for proposal in case.proposals:
        lines += [
            f"第{proposal.proposal_number or '　'}号  {proposal.subject}",
            f"{proposal.session}  {'、'.join(p.name for p in proposal.proposers)}",
            "",
        ]
    try:
        lines.append(plain_text.body_text(case, date.today()))
    except FuhanError as error:
        lines += [str(error), ""]
        lines += [p.text for reply in case.replies for p in reply.paragraphs]
    return "\n".join(lines)
