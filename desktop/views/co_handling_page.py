"""会办: the units that are asked, about what, by when; who is late is plain."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from db.enums import LetterKind
from desktop.letter.model import Assignment, Case
from desktop.models.assignments import LATE, RETURNED, SENT, AssignmentsModel
from desktop.services import assignments, notes
from desktop.views.form_page import FormPage
from desktop.views.notes_strip import NotesStrip
from desktop.views.suggestion_ticks import SuggestionTicks
from desktop.widgets import theme
from desktop.widgets.day_field import DayField
from desktop.widgets.form import Group, Row, words
from desktop.widgets.line_field import LineField

EMPTY = (
    "要请别的单位一起办的，在这里添加会办单位：各负责哪几条建议，要求何时返回，到期未回的会标出来。"
)
OPINION = "这份函件是写给主办单位的会办意见，不再请别的单位会办。"
COLUMNS = (0, 96, 76, 76, 76, 126)  # pixels at 界面字号 100 %; 0 takes the rest
ROW = 32
WIDE = 640  # below, 状态 alone tells when it was sent and returned
TAKEN = "已经有叫这个名字的单位，名称没有改"
NAMELESS = "单位名称不能空着，名称没有改"


class CoHandlingPage(FormPage):
    """The page. Packing and taking in are asked for."""

    said = Signal(str)
    pack_asked = Signal(str)  # 发会办包 of the unit with this key
    returns_asked = Signal()  # 收回来稿

    def build(self) -> None:
        """Notes, what is to be done, the units, and all of the one that is chosen."""
        self._chosen = ""
        self.strip = NotesStrip()
        self.strip.ticked.connect(self._note_ticked)
        self.empty = words(EMPTY, "second")
        self.model = AssignmentsModel(self)
        self.table = _table(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.activated.connect(self._edit)
        self.column.addWidget(self.strip)
        self.column.addWidget(self.empty)
        self.column.addLayout(self._add_line())
        self.column.addWidget(self.table)
        self.column.addWidget(self._deeds())
        self.column.addWidget(self._unit_group())
        self.column.addStretch()

    def _add_line(self) -> QHBoxLayout:
        self.new = LineField()
        self.new.setAccessibleName("会办单位名称")
        self.new.setPlaceholderText("会办单位名称，回车添加")
        self.new.returnPressed.connect(self._add)
        self.add = QPushButton("添加单位")
        self.add.clicked.connect(self._add)
        self.receive = QPushButton("收回来稿…")
        self.receive.setToolTip("把单位返回的 Word 文件收进来，逐处核对")
        self.receive.clicked.connect(self.returns_asked)
        line = QHBoxLayout()
        line.addWidget(self.new, 1)
        line.addWidget(self.add)
        line.addWidget(self.receive)
        return line

    def _unit_group(self) -> Group:
        self.group = Group("选中的单位")
        self.name, self.contact = LineField(), LineField()
        self.ticks = SuggestionTicks()
        self.due = DayField("填日期", "不限期")
        self.sent = DayField("填日期", "还没有发出")
        self.returned = DayField("填日期", "还没有返回")
        self.name_row = Row("单位", self.name)
        for row in (
            self.name_row,
            Row("联系人", self.contact),
            Row("负责的建议", self.ticks),
            Row("要求返回", self.due),
            Row("发出", self.sent),
            Row("返回", self.returned),
        ):
            self.group.add(row)
        self.contact.setPlaceholderText("姓名、电话，只作记录")
        self.name.edited.connect(self._named)
        self.name.editingFinished.connect(self._settle)
        self.contact.edited.connect(self._contacted)
        self.ticks.ticked.connect(self._ticked)
        self.ticks.whole_asked.connect(self._all)
        self.due.changed.connect(self._due)
        self.sent.changed.connect(self._sent)
        self.returned.changed.connect(self._returned)
        return self.group

    def _deeds(self) -> QWidget:
        self.pack = QPushButton("发会办包…")
        self.pack.setToolTip("把它负责的建议写成一个 Word 文件，留出填写答复的位置")
        self.remind = QPushButton("催办（复制文字）")
        self.step = QPushButton()
        self.remove = QPushButton("移除")
        self.remove.setToolTip("不再请这个单位会办，Ctrl+Z 可以恢复")
        self.pack.clicked.connect(self._pack)
        self.remind.clicked.connect(self._remind)
        self.step.clicked.connect(self._step)
        self.remove.clicked.connect(self._remove)
        self.deeds = QWidget()
        line = QHBoxLayout(self.deeds)
        line.setContentsMargins(0, 0, 0, 0)
        for button in (self.pack, self.remind, self.step):
            line.addWidget(button)
        line.addStretch()
        line.addWidget(self.remove)
        return self.deeds

    # showing
    def show_case(self, case: Case) -> None:
        """Show the units of `case`."""
        self.strip.show_notes(notes.notes_elsewhere(case))
        rows = assignments.shown(case, date.today())
        self.model.set_rows(rows)
        opinion = case.kind is LetterKind.OPINION
        self.empty.setText(OPINION if opinion else EMPTY)
        self.empty.setVisible(not rows)
        for part in (self.new, self.add):
            part.setVisible(bool(rows) or not opinion)
        self._measure()
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + len(rows) * theme.scaled(ROW) + 2
        )
        self._choose()
        self.setEnabled(case.issue is None)

    def _choose(self) -> None:
        """The unit that was chosen, or else the first."""
        keys = [row.key for row in self.model.rows]
        if self._chosen not in keys:
            self._chosen = keys[0] if keys else ""
        if keys:
            self.table.selectRow(keys.index(self._chosen))
        self._show_unit(self.unit)

    @property
    def unit(self) -> Assignment | None:
        """The unit whose facts are shown."""
        return assignments.assignment_named(self.case, self._chosen)

    def _show_unit(self, unit: Assignment | None) -> None:
        self.deeds.setVisible(unit is not None)
        self.group.setVisible(unit is not None)
        if not unit:
            return
        today = date.today()
        self.name.set_text(unit.unit)
        self.name_row.set_problem("")
        self.contact.set_text(unit.contact)
        self.ticks.show_ticks(tuple(self.case.suggestions()), unit.suggestions)
        self.due.show_day(unit.due_on, assignments.a_month_after(unit.sent_on or today))
        self.sent.show_day(unit.sent_on, today)
        self.returned.show_day(unit.returned_on, today)
        back = unit.returned_on is not None
        self.remind.setToolTip("它已经返回，不用再催" if back else "把催办的话复制到剪贴板")
        self.step.setText("标为已返回" if unit.sent_on else "标为已发出")
        self.step.setToolTip("它已经返回" if back else "记为今天，日期可以在下面改")
        for button in (self.remind, self.step):
            button.setEnabled(not back)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, 状态 tells the days."""
        super().resizeEvent(event)
        if self._built:
            self._measure()

    def _measure(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(theme.scaled(ROW))
        for column, wide in enumerate(COLUMNS):
            self.table.setColumnWidth(column, theme.scaled(wide))
        for column in (SENT, RETURNED):
            self.table.setColumnHidden(column, self.width() < theme.scaled(WIDE))

    # the handler's deeds
    def _add(self) -> None:
        after = assignments.add_unit(self.case, self.new.text())
        if after is self.case:
            self.said.emit(TAKEN if self.new.text().strip() else "请先写下单位名称")
            return
        self._chosen = after.assignments[-1].key
        self.new.set_text("")
        self.do(after, "添加会办单位")

    def _row_chosen(self, current: QModelIndex) -> None:
        if current.isValid() and not self._loading:
            self._chosen = self.model.rows[current.row()].key
            self._load()

    def _edit(self) -> None:
        """Enter on a row."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _named(self, text: str) -> None:
        after = assignments.rename_unit(self.case, self._chosen, text)
        mine = self.unit
        if after is self.case and mine and text != mine.unit:
            self.name_row.set_problem(TAKEN if text.strip() else NAMELESS)
            return
        self.name_row.set_problem("")
        self.do(after, "修改会办单位", f"{self._chosen}.unit")

    def _settle(self) -> None:
        """What could not be its name is not shown as if it were."""
        if self.unit:
            self._load()

    def _contacted(self, text: str) -> None:
        after = assignments.set_contact(self.case, self._chosen, text)
        self.do(after, "修改会办单位", f"{self._chosen}.contact")

    def _ticked(self, key: str, on: bool) -> None:
        tick = assignments.assign if on else assignments.unassign
        self.do(tick(self.case, {key}, self._chosen), "改变负责的建议")

    def _all(self) -> None:
        self.do(assignments.assign_all(self.case, self._chosen), "改变负责的建议")

    def _due(self, day: date | None) -> None:
        self.do(assignments.set_due(self.case, self._chosen, day), "改变要求返回的日子")

    def _sent(self, day: date | None) -> None:
        self.do(assignments.mark_sent(self.case, self._chosen, day), "标明发出")

    def _returned(self, day: date | None) -> None:
        self.do(assignments.mark_returned(self.case, self._chosen, day), "标明返回")

    def _step(self) -> None:
        """标为已发出, then 标为已返回: today."""
        if unit := self.unit:
            (self._returned if unit.sent_on else self._sent)(date.today())

    def _pack(self) -> None:
        self.pack_asked.emit(self._chosen)

    def _remind(self) -> None:
        if unit := self.unit:
            text = assignments.reminder_text(self.case, unit, date.today())
            QGuiApplication.clipboard().setText(text)
            self.said.emit("催办的话已复制，粘贴到消息、邮件或函里就能发出")

    def _remove(self) -> None:
        self.do(assignments.remove_unit(self.case, self._chosen), "移除会办单位")
        self.said.emit("已移除会办单位，Ctrl+Z 可以恢复")

    def _note_ticked(self, key: str, done: bool) -> None:
        self.do(notes.tick(self.case, key, done=done), "处理批注")


class _State(QStyledItemDelegate):
    """What is late stands out, in words and in colour."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The colour of the words."""
        super().initStyleOption(option, index)
        if index.data(LATE):
            palette: QPalette = option.palette  # type: ignore[attr-defined]
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                palette.setColor(role, theme.color("bad"))


def _table(model: AssignmentsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setItemDelegate(_State(table))
    table.setProperty("framed", True)
    table.setAccessibleName("会办单位")
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setWordWrap(False)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setHighlightSections(False)
    head.setSectionsClickable(False)
    for column, wide in enumerate(COLUMNS):
        if not wide:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return table
