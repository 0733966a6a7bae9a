"""版本: the states of the case that were kept; compare two, name one, bring it back."""

from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services import revisions
from desktop.services.comparison import compare
from desktop.services.rows import RevisionListed
from desktop.views.comparison_pane import ComparisonPane
from desktop.views.open_case import OpenCase
from desktop.views.state_words import state_words
from desktop.widgets import theme
from desktop.widgets.calm import CalmBox
from desktop.widgets.line_field import LineField

LIST = 210  # pixels at 界面字号 100 %
PRESENT, PRESENT_WORDS = 0, "现在的内容"
ID, NAME = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1


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
        self.other = CalmBox()
        self.other.setAccessibleName("与哪个版本比较")
        self.other.setMinimumContentsLength(8)
        self.other.setSizeAdjustPolicy(
            CalmBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.other.activated.connect(self._compare)
        self.comparison = ComparisonPane(self)
        self._rows: dict[int, RevisionListed] = {}
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setProperty("second", True)
        self._place()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.restore)
        with_ = QHBoxLayout()
        with_.addWidget(QLabel("比较对象", self))
        with_.addWidget(self.other, 1)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addLayout(with_)
        column.addWidget(self.comparison, 1)
        self.right = right
        split = QSplitter(self)
        split.setHandleWidth(12)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.scaled(LIST), theme.scaled(3 * LIST)])
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self.note)
        whole.addWidget(split, 1)
        stops = (self.list, self.name, self.restore, self.other, self.comparison.text)
        for first, second in pairwise(stops):
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
        self._rows = {row.id: row for row in rows}
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{state_words(row)}\n{row.characters} 字")
            item.setData(ID, row.id)
            item.setData(NAME, row.name)
            self.list.addItem(item)
            if row.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if rows and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        else:
            self._chosen()
        self.note.setText(
            "改动时每五分钟自动留一个版本，导入、导出、定稿、恢复之前也会；按 Ctrl+S 随时另留一个。"
            if rows
            else "还没有留下版本。改动时会自动留下，按 Ctrl+S 就留一个，以后随时可以看、可以恢复。"
        )
        self.list.setVisible(bool(rows))
        self.right.setVisible(bool(rows))

    def showEvent(self, event: object) -> None:  # noqa: N802
        """The list as it is now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.load()

    def _current(self) -> int:
        item = self.list.currentItem()
        return int(item.data(ID)) if item else 0

    def _chosen(self, *_: object) -> None:
        number = self._current()
        if not number or not self.open_case:
            return
        if not (self.name.hasFocus() and self.name.isModified()):  # or a name being typed is lost
            self.name.set_text(str(self.list.currentItem().data(NAME)))
        self.restore.setEnabled(not self.open_case.issued)
        why = "已定稿，先“重新起草”才能恢复别的版本" if self.open_case.issued else ""
        self.restore.setToolTip(why or "现在的内容先留成一个版本，再换成这一个")
        self._offer_others(number)
        self._compare()

    def _offer_others(self, number: int) -> None:
        """What the chosen state can be compared with; the choice stays where it can."""
        other = self.other.currentData()
        self.other.clear()
        self.other.addItem(PRESENT_WORDS, PRESENT)
        for row in self._rows.values():
            if row.id != number:
                self.other.addItem(state_words(row), row.id)
        self.other.setCurrentIndex(max(0, self.other.findData(other)))

    def _compare(self, _: int = 0) -> None:
        """The two states, the older one first; the present is the newest of all."""
        ids = sorted((self._current(), self.other.currentData()), key=lambda n: n or float("inf"))
        try:
            older, newer = map(self._case, ids)
        except FuhanError as error:
            self.comparison.refuse(str(error))
            return
        names = (state_words(self._rows[n]) if n else PRESENT_WORDS for n in ids)
        self.comparison.compare(compare(older, newer, date.today()), *names)

    def _case(self, number: int) -> Case:
        assert self.open_case
        return revisions.case_at(number) if number else self.open_case.case

    def step(self, by: int) -> None:
        """To the next change (1) or the one before (-1)."""
        self.comparison.step(by)

    def _rename(self) -> None:
        number = self._current()
        item = self.list.currentItem()
        if not number or self.name.text() == item.data(NAME):
            return
        try:
            revisions.rename(number, self.name.text())
        except FuhanError as error:
            self.refused.emit(str(error))
        self.load()

    def _restore(self) -> None:
        if number := self._current():
            self.restore_asked.emit(number)
