"""The left side of the window: 待办, 全部提案, after an import 刚导入, and the list itself."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.case_list import ROW, SORTS, CaseListModel, state_words
from desktop.services.rows import CaseListed, CaseState
from desktop.widgets import theme
from desktop.widgets.calm import CalmBox

STATE_TOKENS = {
    CaseState.UNSPLIT: "third",
    CaseState.DRAFTING: "bad",
    CaseState.ANSWERED: "done",
    CaseState.ISSUED: "second",
}


DEEDS = {
    "open": "打开",
    "copy": "复制编号",
    "export": "导出 Word…",
    "folder": "打开导出所在文件夹",
    "delete": "删除提案…",
}
Index = QModelIndex | QPersistentModelIndex


class _List(QListView):
    """The list; Enter opens like a click."""

    chosen = Signal(QModelIndex)
    delete_asked = Signal()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """By mouse or by keys."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to the case, Delete asks whether it is to go."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.delete_asked.emit()
            return
        super().keyPressEvent(event)


class CaseListPane(QWidget):
    """The pane. `opened` names the case that is wanted on the screen."""

    opened = Signal(str)
    entered = Signal()  # Enter or double click: go and write
    wished = Signal(str, str)  # what was chosen from the menu of a row: the deed, the case
    said = Signal(str)
    listed = Signal()  # the library was listed anew: cases came or went

    def __init__(self, parent: QWidget | None = None) -> None:
        """A pane without cases."""
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = CaseListModel(self)
        self.list = _List(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("提案列表")
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.order = CalmBox()
        self.order.setAccessibleName("排序")
        for key, word in SORTS.items():
            self.order.addItem(word, key)
        self.nothing = QLabel(self)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        words = {"open": "待办", "all": "全部提案", "came": "刚导入"}
        self.scopes = {scope: _Scope(word, self) for scope, word in words.items()}
        self.scopes["came"].hide()
        self._place()
        self._quiet = False
        self.list.chosen.connect(self._chosen)
        self.list.activated.connect(self.entered)
        self.list.delete_asked.connect(self._delete_asked)
        self.list.doubleClicked.connect(self.entered)
        self.list.customContextMenuRequested.connect(self._menu)
        self.order.activated.connect(self._ordered)
        for scope in self.scopes.values():
            scope.clicked.connect(self._scoped)
        self.set_scope("open")

    def _place(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 1, 0)  # 1: the border
        whole.setSpacing(2)
        for scope in self.scopes.values():
            line = QHBoxLayout()
            line.setContentsMargins(8, 0, 8, 0)
            line.addWidget(scope)
            whole.addLayout(line)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 14, 4)
        bar.addWidget(QLabel("排列", self))
        bar.addWidget(self.order, 1)
        whole.addLayout(bar)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.nothing, 1)
        for first, second in pairwise((*self.scopes.values(), self.order, self.list)):
            QWidget.setTabOrder(first, second)

    # what it shows
    def set_rows(self, rows: list[CaseListed]) -> None:
        """Show these cases; the one that is selected stays so."""
        with self._keeping():
            self.model.set_rows(rows)
        self.listed.emit()

    def put(self, row: CaseListed) -> None:
        """A case changed, or is new; one that leaves the list leaves no other selected."""
        with self._keeping():
            self.model.put(row)

    def show_open(self, key: str) -> None:
        """Show which case is on the screen; it stays in the list even when it is issued."""
        with self._silence():
            self.model.set_open(key)
        self._count()
        self.select(key)

    def select(self, key: str) -> None:
        """Select this case; silent."""
        keys = self.keys()
        index = self.model.index(keys.index(key)) if key in keys else QModelIndex()
        with self._silence():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    @contextmanager
    def _silence(self) -> Iterator[None]:
        """What is selected inside is not the handler's choice; whatever happens, the next is."""
        quiet, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = quiet

    @contextmanager
    def _keeping(self) -> Iterator[None]:
        """The rows change, the selected case stays selected, or nothing is."""
        key = self.current()
        with self._silence():
            yield
            if self.current() != key:
                self.select(key)
        self._count()

    def current(self) -> str:
        """The key of the selected case, or nothing."""
        index = self.list.currentIndex()
        return index.data(ROW).key if index.isValid() else ""

    def keys(self) -> list[str]:
        """The cases shown, in their order."""
        return [row.key for row in self.model.shown]

    def set_words(self, text: str) -> None:
        """Filter as the handler types."""
        with self._keeping():
            self.model.set_words(text)

    def set_order(self, order: str) -> None:
        """One of `SORTS`."""
        self.order.setCurrentIndex(max(0, self.order.findData(order)))
        self._ordered(0)

    def show_came(self, keys: Sequence[str]) -> None:
        """刚导入: these cases alone, the first one opened."""
        self.model.set_came(keys)
        self.scopes["came"].show()
        self.set_scope("came")
        self.list.setCurrentIndex(self.model.index(0))

    def set_scope(self, scope: str) -> None:
        """待办, 全部提案 or 刚导入."""
        with self._keeping():
            self.model.set_scope(scope)
        for name, button in self.scopes.items():
            button.setChecked(name == scope)

    def _count(self) -> None:
        rows = self.model.rows
        self.scopes["all"].set_count(len(rows))
        self.scopes["open"].set_count(sum(r.state is not CaseState.ISSUED for r in rows))
        self.scopes["came"].set_count(sum(map(self.model.has_come, rows)))
        shown = self.model.rowCount()
        self.list.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        if not rows:
            self.nothing.setText("\n还没有提案\n\n按 Ctrl+N 新建，\n或把答复函拖进窗口")
        else:
            self.nothing.setText("\n没有符合条件的提案")

    def _chosen(self, index: QModelIndex) -> None:
        if not self._quiet:
            self.opened.emit(index.data(ROW).key)

    def _ordered(self, _: int) -> None:
        with self._keeping():
            self.model.set_order(str(self.order.currentData()))

    def _scoped(self) -> None:
        self.set_scope(next(k for k, b in self.scopes.items() if b is self.sender()))

    def _delete_asked(self) -> None:
        self.wished.emit("delete", self.current())

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        row: CaseListed = index.data(ROW)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        deeds = {menu.addAction(words): deed for deed, words in DEEDS.items()}
        copying = next(action for action, deed in deeds.items() if deed == "copy")
        copying.setEnabled(bool(row.proposal_number))
        chosen = menu.exec(self.list.viewport().mapToGlobal(place))
        if chosen is copying:
            QGuiApplication.clipboard().setText(row.proposal_number)
            self.said.emit(f"已复制编号 {row.proposal_number}")
        elif chosen:
            self.wished.emit(deeds[chosen], row.key)


class _Scope(QPushButton):
    """待办 5: a row of the pane with its count at the right."""

    def __init__(self, word: str, parent: QWidget) -> None:
        super().__init__(word, parent)
        self.setCheckable(True)
        self.setProperty("scope", True)
        self._count = QLabel("0", self)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 12, 0)
        line.addStretch()
        line.addWidget(self._count)

    def set_count(self, count: int) -> None:
        """How many cases that are."""
        self._count.setText(str(count))
        self.setAccessibleName(f"{self.text()} {count} 件")


class _Delegate(QStyledItemDelegate):
    """Two lines: number and state, then the subject."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """The same for all."""
        return QSize(160, theme.scaled(56))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """The row of a case."""
        row: CaseListed = index.data(ROW)
        area: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("accent_soft"))
            painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        inside = area.adjusted(
            theme.scaled(22), theme.scaled(8), -theme.scaled(16), -theme.scaled(8)
        )
        half = inside.height() // 2
        upper = QRect(inside.left(), inside.top(), inside.width(), half)
        lower = QRect(inside.left(), inside.top() + half, inside.width(), half)
        self._paint_upper(painter, upper, row)
        font = theme.font(13)
        painter.setFont(font)
        painter.setPen(theme.color("ink" if row.subject else "third"))
        subject = row.subject or "（还没有填写案由）"
        elided = QFontMetrics(font).elidedText(subject, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()

    def _paint_upper(self, painter: QPainter, area: QRect, row: CaseListed) -> None:
        painter.setFont(theme.font(12))
        said = state_words(row)
        painter.setPen(theme.color(STATE_TOKENS[row.state]))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, right, said)
        metrics = QFontMetrics(theme.font(12))
        room = area.width() - metrics.horizontalAdvance(said) - theme.scaled(10)
        painter.setPen(theme.color("second"))
        number = metrics.elidedText(
            row.proposal_number or "无编号", Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, number)
