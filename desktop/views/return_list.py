"""The returned files (来稿) of a taking in: by case, with the parts of the letter each touches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.views.return_cards import UNPLACED
from desktop.widgets import theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
SIDE, ABOVE, LINE, INDENT = 12, 5, 18, 14  # pixels at 界面字号 100 %
WIDE = 290


@dataclass(frozen=True, slots=True)
class Row:
    """A line: a case (neither file nor part), a file (its path), or a part of it.

    `part` is the key of a reply, or another heading's name; only into a reply (`takes`) can a text
    be put. `facts` stand small under the name, or behind that of a part, in the colour of `token`.
    """

    name: str
    file: str = ""
    part: str = ""
    facts: tuple[str, ...] = ()
    token: str = "second"
    takes: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """What stays when its words change."""
        return self.file or self.name, self.part


class ReturnList(QTreeWidget):
    """The list. `chosen`: a file, and the part of it to be shown, or "". `put`: the text of that
    number was dropped on this reply."""

    chosen = Signal(str, str)
    put = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No files yet."""
        super().__init__(parent)
        self._before = ("", "")  # what was chosen before a text is carried over it
        self.setAccessibleName("来稿")
        self.setProperty("framed", True)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.scaled(200))
        self.setAcceptDrops(True)
        self.setItemDelegate(_Delegate(self))
        self.currentItemChanged.connect(self._current_changed)
        self.itemClicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; where only their words changed, in place."""
        items = list(self._items())
        if [item.data(0, ROW).place for item in items] == [row.place for row in rows]:
            for item, row in zip(items, rows, strict=True):
                _dress(item, row)
            return
        current = self.currentItem()
        place = current.data(0, ROW).place if current else None
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QTreeWidgetItem(self)
            _dress(item, row)
            if row.place == place:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def show_part(self, file: str, part: str) -> None:
        """Turn to it, silently; to the file itself where it has no such part."""
        found = {item.data(0, ROW).place: item for item in self._items()}
        item = found.get((file, part)) or found.get((file, ""))
        if item and item is not self.currentItem():
            self.blockSignals(True)
            self.setCurrentItem(item)
            self.blockSignals(False)
            self.viewport().update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """However many there are, they scroll."""
        return QSize(theme.scaled(WIDE), theme.scaled(160))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        found = (self.topLevelItem(n) for n in range(self.topLevelItemCount()))
        return (item for item in found if item)

    def _current_changed(self, item: QTreeWidgetItem | None) -> None:
        if item:
            self._clicked(item)

    def _clicked(self, item: QTreeWidgetItem) -> None:
        row: Row = item.data(0, ROW)
        if row.file:
            self.chosen.emit(row.file, row.part)

    # a text is carried over it
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Only a text without a place is taken."""
        if event.mimeData().hasFormat(UNPLACED):
            current = self.currentItem()
            self._before = current.data(0, ROW).place if current else ("", "")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """It was not meant."""
        self.show_part(*self._before)
        event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Only on a reply."""
        item = self.itemAt(event.position().toPoint())
        if item and item.data(0, ROW).takes:
            self.show_part(*item.data(0, ROW).place)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """It goes into that reply."""
        item = self.itemAt(event.position().toPoint())
        if item and item.data(0, ROW).takes:
            event.acceptProposedAction()
            self.show_part(*self._before)
            number = int(bytes(event.mimeData().data(UNPLACED).data()))
            self.put.emit(number, item.data(0, ROW).part)


def _dress(item: QTreeWidgetItem, row: Row) -> None:
    if item.data(0, ROW) != row:
        item.setData(0, ROW, row)
        item.setText(0, "，".join((row.name, *row.facts)))  # for those who listen
        item.setToolTip(0, row.name.replace("<", "&lt;"))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags if row.file else Qt.ItemFlag.NoItemFlags)


class _Delegate(QStyledItemDelegate):
    """Paints the lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, ARG002
        """As many lines as it has facts."""
        row: Row = index.data(ROW)
        lines = 1 if row.part else 1 + len(row.facts)
        above = 2 if row.part else ABOVE
        return QSize(theme.scaled(100), theme.scaled(lines * LINE + 2 * above + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line of the list."""
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row: Row = index.data(ROW)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("accent_soft"))
        elif row.file and state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        if index.row() and not row.part:
            painter.fillRect(area.left(), area.top(), area.width(), 1, theme.color("line"))
        left = theme.scaled(SIDE + (INDENT if row.part else 0))
        room = area.adjusted(left, theme.scaled(2 if row.part else ABOVE), -theme.scaled(SIDE), 0)
        if row.part:
            _paint_part(painter, row, room)
        else:
            _paint_file(painter, row, room)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("accent"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()


def _paint_part(painter: QPainter, row: Row, room: QRect) -> None:
    """Its name, and at the right what is left to do."""
    facts = "　".join(row.facts)
    right = _line(painter, facts, room, row.token, 12, Qt.AlignmentFlag.AlignRight)
    _line(painter, row.name, room.adjusted(0, 0, -right - theme.scaled(8), 0), "ink", 13)


def _paint_file(painter: QPainter, row: Row, room: QRect) -> None:
    """Its name, under it who, when, how many."""
    _line(painter, row.name, room, "ink" if row.file else "second", 13, bold=True)
    for number, fact in enumerate(row.facts, 1):
        last = number == len(row.facts)
        below = room.translated(0, number * theme.scaled(LINE))
        _line(painter, fact, below, row.token if last else "second", 12)


def _line(
    painter: QPainter,
    text: str,
    room: QRect,
    token: str,
    pixels: int,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    bold: bool = False,
) -> int:
    """One line of text, shortened where there is no room; how wide it is."""
    painter.setFont(theme.font(pixels, bold=bold))
    painter.setPen(theme.color(token))
    metrics = painter.fontMetrics()
    said = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
    place = QRect(room.left(), room.top(), room.width(), theme.scaled(LINE))
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, said)
    return metrics.horizontalAdvance(said)
