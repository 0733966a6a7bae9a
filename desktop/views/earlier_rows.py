"""The list of 往年答复 and how its lines look: marked, short until they are chosen, then whole."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from db.enums import PassageKind
from desktop import terms
from desktop.models.earlier_answers import LINE, Index, Line, dated, ended, named, state
from desktop.services.rows import PassageFound
from desktop.widgets import theme
from desktop.widgets.plain_editor import units

SIDE, GAP, BAR = 14, 8, 3  # pixels: white beside and between the lines, the bar of an outcome
SHORT = 3  # lines of a paragraph that is not chosen
ASKED = 2  # and of a suggestion
LEAD = 24  # characters kept before a hit that stands too far down
Spans = tuple[tuple[int, int], ...]


class EarlierList(QListView):
    """The list. `taken`: Enter or a double click. `copied`: Ctrl+C. `left`: Esc. `topped`: ↑ above
    the first line."""

    taken = Signal()
    copied = Signal()
    left = Signal()
    topped = Signal()

    def __init__(self, parent: QWidget) -> None:
        """A list without a model."""
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("往年答复")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        theme.signals.changed.connect(self.scheduleDelayedItemsLayout)

    def chosen(self) -> list[Line]:
        """The selected lines in their order; the current one where none is."""
        rows = sorted(self.selectedIndexes(), key=lambda index: index.row())
        current = self.currentIndex()
        return [index.data(LINE) for index in rows or ([current] if current.isValid() else [])]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter takes, Esc and ↑ lead out."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.topped.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """As Enter."""
        on_line = self.indexAt(event.position().toPoint()).isValid()
        if on_line and event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """The chosen line stands there whole."""
        super().currentChanged(current, previous)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A new width wraps anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a line of the list: their size, colour and marks, and how many lines they may take
    (0: all). `right` stands at the end of the first one."""

    text: str
    pixels: float = 13
    token: str = "ink"
    bold: bool = False
    spans: Spans = ()
    most: int = 1
    right: str = ""


def _pieces(line: Line, *, whole: bool) -> list[_Piece]:
    """What the list says of `line`."""
    if said := line.said:
        made = []
        if said.outcome:
            made.append(_Piece(terms.OUTCOMES[said.outcome], 12, said.outcome.value))
        return [*made, _passage(said, "", 0 if whole else SHORT, "ink")]
    found = line.found
    when = "　".join(filter(None, (dated(found), state(found))))
    subject = [one.spans for one in found.asked if one.text == found.subject]
    made = [_Piece(named(found), bold=True, right=when)]
    made.append(_Piece(found.subject, token="second", spans=subject[0] if subject else ()))
    who = "　".join(filter(None, (found.proposer, ended(found))))
    made.append(_Piece(who, 12, "second"))
    if found.why:
        made.append(_Piece(f"共同的词：{'、'.join(found.why)}", 12, "accent"))
    for asked in found.asked:
        most = 0 if whole else ASKED
        if asked.kind is PassageKind.ELABORATION:
            made.append(_passage(asked, "", most, "second"))
        elif asked.text != found.subject:
            made.append(_passage(asked, "问：", most, "ink"))
    return [piece for piece in made if piece.text]


def _passage(passage: PassageFound, lead: str, most: int, token: str) -> _Piece:
    """A passage; what is marked too far down to be seen begins a little before the mark."""
    text, spans = passage.text, passage.spans
    room = most * 20
    if most and spans and spans[0][0] > room:
        start = max(text.rfind(mark, 0, spans[0][0]) + 1 for mark in "。；")
        start = max(start, spans[0][0] - LEAD)
        text, lead = text[start:], f"{lead}…"
        spans = tuple((first - start, last - start) for first, last in spans if first >= start)
    shifted = tuple((first + len(lead), last + len(lead)) for first, last in spans)
    return _Piece(lead + text, 13, token, spans=shifted, most=most)


class _Delegate(QStyledItemDelegate):
    """Paints the lines, as high as their words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As wide as the list."""
        view: EarlierList = option.widget  # type: ignore[attr-defined]
        width = view.viewport().width()
        line, whole = index.data(LINE), view.currentIndex() == index
        pieces = _pieces(line, whole=whole)
        heights = (_laid(p, width - _left(line) - theme.scaled(SIDE))[1] for p in pieces)
        above = GAP if not line.said else 2
        return QSize(width, round(sum(heights)) + theme.scaled(above + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line of the list."""
        view: EarlierList = option.widget  # type: ignore[attr-defined]
        area: QRect = option.rect  # type: ignore[attr-defined]
        flags: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        line: Line = index.data(LINE)
        painter.save()
        if flags & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.color("accent_soft"))
        elif flags & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        if not line.said and index.row():
            painter.fillRect(area.left(), area.top(), area.width(), 1, theme.color("line"))
        top = area.top() + theme.scaled(GAP if not line.said else 2) + 1
        if line.said:
            token = line.said.outcome.value if line.said.outcome else "strong_line"
            bar = QRectF(theme.scaled(SIDE), top, BAR, area.bottom() - top - 2)
            painter.fillRect(bar, theme.color(token))
        left = _left(line)
        for piece in _pieces(line, whole=view.currentIndex() == index):
            top += _paint(painter, piece, QPointF(area.left() + left, top), area.width() - left)
        if flags & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()


def _left(line: Line) -> int:
    """Where the words of a line begin."""
    return theme.scaled(SIDE + (BAR + 8 if line.said else 0))


def _font(piece: _Piece) -> QFont:
    return theme.font(piece.pixels, bold=piece.bold)


def _paint(painter: QPainter, piece: _Piece, at: QPointF, room: int) -> int:
    """Paint `piece` in `room` pixels from `at`; returns its height."""
    width = room - theme.scaled(SIDE)
    painter.setPen(theme.color(piece.token))
    if piece.right:
        small = theme.font(12)
        painter.setFont(small)
        taken = QFontMetrics(small).horizontalAdvance(piece.right)
        line = QRectF(at.x(), at.y(), width, QFontMetrics(_font(piece)).height())
        painter.setPen(theme.color("second"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, piece.right)
        painter.setPen(theme.color(piece.token))
        width -= taken + theme.scaled(8)
    layout, height = _laid(piece, width)
    layout.draw(painter, at)
    return height


def _laid(piece: _Piece, width: int) -> tuple[QTextLayout, int]:
    """`piece` in lines of `width` pixels, cut with … where it would take too many; its height."""
    layout, lines = _set(piece, piece.text, width)
    if piece.most and lines > piece.most:
        last = layout.lineAt(piece.most - 1)
        kept = max(0, last.textStart() + last.textLength() - 1)
        shown = piece.text.encode("utf-16-le")[: 2 * kept].decode("utf-16-le", "ignore")
        layout, lines = _set(piece, f"{shown.rstrip()}…", width)
    return layout, round(layout.boundingRect().height()) + theme.scaled(2)


def _set(piece: _Piece, text: str, width: int) -> tuple[QTextLayout, int]:
    layout = QTextLayout(text, _font(piece))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(text, piece.spans))
    leading = theme.scaled(piece.pixels * 1.55)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, y))
        y += max(line.height(), leading)
    layout.endLayout()
    return layout, layout.lineCount()


def _formats(text: str, spans: Spans) -> list[QTextLayout.FormatRange]:
    made = []
    look = QTextCharFormat()
    look.setBackground(theme.color("found"))
    for first, last in spans:
        one = QTextLayout.FormatRange()
        one.start = units(text[:first])  # type: ignore[attr-defined]
        one.length = units(text[first:last])  # type: ignore[attr-defined]
        one.format = look  # type: ignore[attr-defined]
        made.append(one)
    return made
