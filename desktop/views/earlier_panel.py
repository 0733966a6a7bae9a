"""往年答复 beside the reply: a line to search with, filters, what was found, what to do with it."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from db.enums import Outcome
from desktop import terms
from desktop.models.earlier_answers import LINE, EarlierAnswersModel, Line
from desktop.services.rows import ReplyFound
from desktop.services.search import EVERYTHING, Wanted
from desktop.views.earlier_rows import EarlierList
from desktop.views.preview_bars import quiet_button
from desktop.widgets.calm import CalmBox
from desktop.widgets.form import words
from desktop.widgets.icons import set_icon
from desktop.widgets.line_field import LineField

FILTERS = ("年份", "去向", "提案人", "单位")
YEARS = 15  # as far back as one can choose
HINT = "Enter 插入，可以拖动"


class EarlierPanel(QFrame):
    """The panel. `asked`: the words or filters changed. `insert_asked`: the chosen lines are wanted
    in the reply. `open_asked` names the case that is to be shown. `left`: back to the words.

    Until what was asked is shown (`wait`), nothing of the older list is taken."""

    asked = Signal()
    insert_asked = Signal()
    open_asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A panel that found nothing yet."""
        super().__init__(parent)
        self.setObjectName("earlier")
        self.model = EarlierAnswersModel(self)
        self._why_not = ""
        self._waiting = self._goes_on = False  # for an answer; into the list once it is there
        self.search = LineField()
        self.search.setProperty("search", True)
        self.search.setPlaceholderText("在往年的建议和答复里查找")
        self.search.setAccessibleName("查找往年答复")
        self.search.setClearButtonEnabled(True)
        picture = QAction(self)
        set_icon(picture, "search", "third")
        self.search.addAction(picture, QLineEdit.ActionPosition.LeadingPosition)
        self.year, self.outcome = CalmBox(), CalmBox()
        self.proposer, self.unit = LineField(), LineField()
        self.narrow = quiet_button("筛选", "按年份、去向、提案人、单位缩小范围；再按一次不筛选")
        self.narrow.setCheckable(True)
        self.filters = QFrame(self)
        self.told = words("", "small")
        self.list = EarlierList(self)
        self.list.setModel(self.model)
        self.bring = quiet_button("导入文件夹…", "把以前的答复函整个文件夹导入文库")
        self.more = quiet_button("再列 20 条", "接着往下列")
        self.insert = quiet_button("插入", "把选中的段落插到光标处（Enter）")
        self.whole = quiet_button("整条插入", "把这条答复的各段都插到光标处")
        self.open = quiet_button("打开", "打开那份卷宗")
        self.foot = words(HINT, "third")
        self._fields = (self.year, self.outcome, self.proposer, self.unit)
        self.stops = (
            self.search, self.narrow, *self._fields, self.bring, self.list, self.more,
            self.insert, self.whole, self.open,
        )  # fmt: skip
        self._fill()
        self._place()
        self._connect()
        self.show_found([], "")

    def _fill(self) -> None:
        """What can be chosen in the filters."""
        this = date.today().year
        self.year.addItem("不限年份", 0)
        for year in range(this, this - YEARS, -1):
            self.year.addItem(f"{year}年", year)
        self.outcome.addItem("不限去向", None)
        for outcome in Outcome:
            self.outcome.addItem(terms.OUTCOMES[outcome], outcome)
        for field, word in ((self.proposer, "提案人"), (self.unit, "单位")):
            field.setPlaceholderText(word)
        for name, filtered in zip(FILTERS, self._fields, strict=True):
            filtered.setAccessibleName(f"往年答复的{name}")

    def _place(self) -> None:
        grid = QGridLayout(self.filters)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for number, field in enumerate(self._fields):
            grid.addWidget(field, number // 2, number % 2)
        above = QVBoxLayout()
        above.setContentsMargins(12, 10, 12, 6)
        above.setSpacing(6)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.narrow)
        above.addLayout(line)
        above.addWidget(self.filters)
        above.addWidget(self.told)
        above.addWidget(self.bring, 0, Qt.AlignmentFlag.AlignLeft)
        below = QHBoxLayout()
        below.setContentsMargins(8, 4, 8, 4)
        for button in (self.insert, self.whole, self.open):
            below.addWidget(button)
        below.addWidget(self.foot, 1)
        self.foot.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.list, 1)
        column.addWidget(self.more)
        column.addLayout(below)
        for hidden in (self.filters, self.bring, self.more):
            hidden.hide()

    def _connect(self) -> None:
        for field in (self.search, self.proposer, self.unit):
            field.textChanged.connect(self._ask)
        for box in (self.year, self.outcome):
            box.currentIndexChanged.connect(self._ask)
        self.narrow.toggled.connect(self._narrow)
        self.list.taken.connect(self._take)
        self.list.copied.connect(self._copy)
        self.list.left.connect(self.left)
        self.list.topped.connect(self.search.setFocus)
        self.list.selectionModel().selectionChanged.connect(self._show_deeds)
        self.list.customContextMenuRequested.connect(self._menu)
        self.insert.clicked.connect(self._take)
        self.whole.clicked.connect(self._take_whole)
        self.open.clicked.connect(self._open)

    # what is asked
    @property
    def words(self) -> str:
        """What is sought."""
        return self.search.text().strip()

    @property
    def wanted(self) -> Wanted:
        """The filters of a search."""
        return Wanted(
            self.year.currentData(),
            self.proposer.text().strip(),
            self.unit.text().strip(),
            self.outcome.currentData(),
        )

    @property
    def seeks(self) -> bool:
        """Whether anything is sought, be it by a filter alone."""
        return bool(self.words) or self.wanted != EVERYTHING

    def clear(self) -> None:
        """Nothing is sought."""
        self.search.clear()
        self.narrow.setChecked(False)

    def _ask(self) -> None:
        self._goes_on = False
        self.asked.emit()

    def _narrow(self, narrow: bool) -> None:
        """The filters are there; put away they filter nothing."""
        self.filters.setVisible(narrow)
        if not narrow:
            for box in (self.year, self.outcome):
                box.setCurrentIndex(0)
            for field in (self.proposer, self.unit):
                field.clear()

    # what is found
    def wait(self) -> None:
        """Something else was asked: the list is of what was asked before."""
        self._waiting = True

    def ready(self) -> None:
        """The list is of what was asked last."""
        goes_on, self._waiting, self._goes_on = self._goes_on, False, False
        if goes_on and self.isAncestorOf(QApplication.focusWidget() or self):
            self.focus_list()

    def show_found(self, found: list[ReplyFound], sentence: str, *, more: bool = False) -> None:
        """Show these replies, and say so; `more`: there are others."""
        before = self.list.currentIndex()
        key = before.data(LINE).key if before.isValid() else None
        anew = self.model.set_found(found)
        self.tell(sentence)
        self.more.setVisible(more)
        kept = [row for row, line in enumerate(self.model.lines) if line.key == key]
        if kept and not self.list.currentIndex().isValid():  # the same line is there again
            self.list.setCurrentIndex(self.model.index(kept[0]))
        elif anew and not kept:
            self.list.scrollToTop()
        self._show_deeds()
        self.ready()

    def tell(self, sentence: str) -> None:
        """What stands above the list."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def allow(self, why_not: str) -> None:
        """Whether anything can be inserted; `why_not` says why it cannot."""
        self._why_not = why_not
        self._show_deeds()

    def chosen(self) -> list[Line]:
        """The lines that are to be inserted."""
        return self.list.chosen()

    def focus_list(self) -> None:
        """The caret goes among what was found, as soon as it is what was asked."""
        self._goes_on = self._waiting
        if self.model.lines and not self._waiting:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.selectedIndexes():
                first = next((n for n, line in enumerate(self.model.lines) if line.said), 0)
                self.list.setCurrentIndex(self.model.index(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """From the fields ↓ and Enter lead into the list; Esc empties the line to search with, then
        leads back to the reply."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focus_list()
        elif event.key() == Qt.Key.Key_Escape and self.search.hasFocus() and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_deeds(self) -> None:
        lines = self.chosen()
        may = bool(lines) and not self._why_not
        self.insert.setEnabled(may)
        self.whole.setEnabled(may)
        self.open.setEnabled(bool(lines))
        self.foot.setText(self._why_not or (HINT if self.model.lines else ""))

    def _take(self) -> None:
        if self.insert.isEnabled() and not self._waiting:
            self.insert_asked.emit()

    def _take_whole(self) -> None:
        """The head of a reply stands for all of it."""
        heads = {(line.found.case, line.found.reply) for line in self.chosen()}
        model = self.list.selectionModel()
        for row, line in enumerate(self.model.lines):
            if not line.said and (line.found.case, line.found.reply) in heads:
                model.select(self.model.index(row), model.SelectionFlag.Select)
        self._take()

    def _open(self) -> None:
        if lines := self.chosen():
            self.open_asked.emit(lines[0].found.case)

    def _copy(self) -> None:
        chosen = self.list.selectedIndexes() or [self.list.currentIndex()]
        if chosen[0].isValid():
            QGuiApplication.clipboard().setMimeData(self.model.mimeData(chosen))

    def _menu(self, place: QPoint) -> None:
        if not self.list.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, slot in ((self.insert, self._take), (self.whole, self._take_whole)):
            menu.addAction(button.text(), slot).setEnabled(button.isEnabled())
        menu.addAction("打开那份卷宗", self._open)
        menu.addAction("复制\tCtrl+C", self._copy)
        menu.popup(self.list.viewport().mapToGlobal(place))
