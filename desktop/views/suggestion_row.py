"""One suggestion (建议) on a card: its label, words and 补充说明, and the handle to drag it by."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QDrag, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QWidget,
)

from desktop.letter.model import Suggestion
from desktop.widgets import theme
from desktop.widgets.chips import Chips
from desktop.widgets.line_field import LineField
from desktop.widgets.plain_editor import PlainEditor

DRAGGED = "application/x-fuhan-suggestion"
DEEDS = {
    "original": "查看原文\tAlt+O",
    "alone": "单独答复\tCtrl+Shift+D",
    "up": "上移\tAlt+↑",
    "down": "下移\tAlt+↓",
    "remove": "删除建议",
}


class Handle(QWidget):
    """Six dots to drag the suggestion by."""

    def __init__(self, parent: QWidget) -> None:
        """The dots of `parent`, a `SuggestionRow`."""
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("拖到另一张卡片上合并答复，拖到空白处单独答复（Alt+↑/↓）")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Small, but easy to hit."""
        return QSize(theme.scaled(16), theme.scaled(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002
        """Two columns of three dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("third"))
        middle = QPoint(self.width() // 2, theme.scaled(11))
        for x in (-2, 2):
            for y in (-4, 0, 4):
                painter.drawEllipse(middle + QPoint(x, y), 1, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A drag may begin."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """It begins once the mouse has gone a little way."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position().toPoint() - self._pressed
        row = self.parentWidget()
        if way.manhattanLength() < QApplication.startDragDistance() or not isinstance(
            row, SuggestionRow
        ):
            return
        self._pressed = None
        row.drag()


class SuggestionRow(QWidget):
    """A suggestion's words, to be read, edited, dragged."""

    edited = Signal(str, str, str)  # suggestion key, part (label, text, elaboration), the text
    split_asked = Signal(str, int)  # Enter: where the caret stands
    deed_asked = Signal(str, str)  # suggestion key, one of `DEEDS`
    menu_opening = Signal(QMenu, str)  # with the suggestion's key: the owner may add to it
    units_asked = Signal(str)
    refused = Signal(str)

    def __init__(self, suggestion: Suggestion, parent: QWidget | None = None) -> None:
        """Show `suggestion`."""
        super().__init__(parent)
        self.key = suggestion.key
        self.grouped = False  # answered together with others
        self.handle = Handle(self)
        self.label = LineField()
        self.label.setProperty("flat", True)
        self.text = PlainEditor(self, single=True)
        self.text.setProperty("flat", True)
        self.text.set_hint("写下这条建议的内容")
        self.elaboration: PlainEditor | None = None
        self.chips: Chips | None = None  # 会办单位, once there are any
        self._name = QLabel("补充说明", self)
        self._name.setProperty("small", True)
        self._name.hide()
        self.more = QPushButton("＋补充说明", self)
        self.more.setProperty("quiet", True)
        self._word = QLabel("建议", self)
        self._word.setProperty("second", True)
        self._place()
        self.label.edited.connect(self._label_edited)
        self.text.edited.connect(self._text_edited)
        self.text.entered.connect(self._entered)
        self.text.refused.connect(self.refused)
        self.text.menu_opening.connect(self.add_deeds)
        self.more.clicked.connect(self._add_elaboration)
        self.show_suggestion(suggestion)

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        top = Qt.AlignmentFlag.AlignTop
        head = QHBoxLayout()
        head.setSpacing(0)
        head.setContentsMargins(0, 2, 0, 0)
        head.addWidget(self._word)
        head.addWidget(self.label)
        grid.addWidget(self.handle, 0, 0, top)
        grid.addLayout(head, 0, 1, top)
        grid.addWidget(self.text, 0, 2, top)
        grid.addWidget(self.more, 0, 3, top)
        grid.addWidget(self._name, 1, 1, top)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(1, theme.scaled(66))
        self.label.setTextMargins(-3, 0, 0, 0)  # close to its word
        self.label.setFixedWidth(theme.scaled(34))
        self._name.setContentsMargins(0, theme.scaled(4), 0, 0)

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show what `suggestion` says; silent."""
        self.key = suggestion.key
        self.label.set_text(suggestion.label)
        self.text.show_text(suggestion.text)
        if suggestion.elaboration and not self.elaboration:
            self._make_elaboration()
        if self.elaboration:
            self.elaboration.show_text(suggestion.elaboration)
        named = f"建议{suggestion.label}"
        self.handle.setAccessibleName(f"拖动{named}")
        self.label.setAccessibleName(f"{named}的编号")
        self.text.setAccessibleName(named)
        self.more.setAccessibleName(f"给{named}添加补充说明")
        if self.elaboration:
            self.elaboration.setAccessibleName(f"{named}的补充说明")

    def show_units(self, units: Sequence[str]) -> None:
        """The units that are asked about it (会办), as chips under its words; silent."""
        if units and not self.chips:
            self.chips = Chips(self)
            self.chips.setToolTip("会办单位，单击可以改")
            self.chips.clicked.connect(self._units_clicked)
            grid = self.layout()
            assert isinstance(grid, QGridLayout)
            grid.addWidget(self.chips, 2, 2, 1, 2)
            QWidget.setTabOrder(self.more, self.chips)
        if self.chips:
            self.chips.show_words(units)
            self.chips.setAccessibleName(f"会办单位：{'、'.join(units)}")
            self.chips.setVisible(bool(units))

    def set_read_only(self, read_only: bool) -> None:
        """定稿: to be read, not changed."""
        for field in (self.label, self.text, self.elaboration):
            if field:
                field.setReadOnly(read_only)
        self.handle.setVisible(not read_only)
        self.more.setVisible(not read_only and not self.elaboration)

    def drag(self) -> None:
        """Carry the suggestion until it is dropped."""
        data = QMimeData()
        data.setData(DRAGGED, self.key.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(QPoint(8, 10))
        drag.exec(Qt.DropAction.MoveAction)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Beside the words: the deeds alone."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.add_deeds(menu)
        menu.popup(event.globalPos())

    def add_deeds(self, menu: QMenu) -> None:
        """查看原文, 单独答复, 上移, 下移, 删除建议; of one that is issued only the first."""
        menu.addSeparator()
        for deed, words in DEEDS.items():
            if deed != "original" and self.text.isReadOnly():
                continue
            action = menu.addAction(words)
            action.setData(deed)
            action.setEnabled(deed != "alone" or self.grouped)
            action.triggered.connect(self._chosen)
        self.menu_opening.emit(menu, self.key)

    def _chosen(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.deed_asked.emit(self.key, str(action.data()))

    def _units_clicked(self) -> None:
        self.units_asked.emit(self.key)

    def _make_elaboration(self) -> None:
        self.elaboration = PlainEditor(self)
        self.elaboration.setProperty("flat", True)
        self.elaboration.setProperty("note", True)
        self.elaboration.set_hint("补充说明（可以分段）")
        self.elaboration.setAccessibleName(f"{self.text.accessibleName()}的补充说明")
        self.elaboration.edited.connect(self._elaboration_edited)
        self.elaboration.refused.connect(self.refused)
        self.elaboration.menu_opening.connect(self.add_deeds)
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        grid.addWidget(self.elaboration, 1, 2, 1, 2)
        QWidget.setTabOrder(self.text, self.elaboration)
        self.elaboration.show()
        self._name.show()
        self.more.hide()

    def _add_elaboration(self) -> None:
        if not self.elaboration:
            self._make_elaboration()
        if self.elaboration:
            self.elaboration.setFocus(Qt.FocusReason.OtherFocusReason)

    def _label_edited(self, text: str) -> None:
        self.edited.emit(self.key, "label", text)

    def _text_edited(self, text: str) -> None:
        self.edited.emit(self.key, "text", text)

    def _elaboration_edited(self, text: str) -> None:
        self.edited.emit(self.key, "elaboration", text)

    def _entered(self, place: int) -> None:
        self.split_asked.emit(self.key, place)
