"""The text of a proposal as it is cut (拆分): its pieces named, the borders to be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from desktop.services.proposal_text import (
    Cutting,
    Part,
    join_pieces,
    mark_stretch,
    move_border,
    next_resting_place,
    piece_at,
    resting_place,
)
from desktop.views.original_text import OriginalText, ShownLine, Stretch
from desktop.widgets import theme

LOOKS = {"建议": ("accent", "accent_soft"), "补充": ("second", "hover")}  # bar, ground
NEAR = 4  # pixels from a border where the mouse takes it
SIDE, GRIP = 12, 4  # pixels beside the text, where the grips are; their radius
EDGE = 12  # pixels from top and bottom where a drag scrolls
KEYS = {"begin": "Enter", "join": "Del", "suggest": "Alt+1", "explain": "Alt+2", "leave": "Alt+3"}
DEEDS = {
    "begin": "从光标处另起一条建议",
    "join": "与下一段合并",
    "suggest": "作为建议",
    "explain": "作为补充说明",
    "leave": "不取",
}
PARTS = {"suggest": Part.SUGGESTION, "explain": Part.ELABORATION, "leave": Part.LEFT_OUT}
MOVED = "移动边界"
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LINES = (Qt.Key.Key_Up, Qt.Key.Key_Down)


def named_stretch(start: int, end: int, name: str) -> Stretch:
    """A piece called 建议1, 补充说明1 or 不取 as the text shows it."""
    bar, ground = LOOKS.get(name[:2], ("line", ""))
    return Stretch(start, end, name, bar, ground, faint=not ground)


class CuttingText(OriginalText):
    """The text and its borders. A border is dragged to any character: it comes to rest at lines and
    sentences, with Alt held anywhere. By keys, Ctrl+↑/↓ goes to a border, Alt+arrows move it."""

    changed = Signal(object, str)  # the Cutting after a deed, and the deed's name
    moving = Signal(object)  # the Cutting while a border is dragged

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to cut yet."""
        super().__init__(parent)
        self.cutting = Cutting("", ())
        self.border: int | None = None  # the character before which the chosen one stands
        self._hover: int | None = None
        self._drag: tuple[Cutting, int] | None = None  # as it was, and which border
        self.setAccessibleName("提案原文")
        self.setAccessibleDescription("Ctrl+↑↓ 选边界，Alt+方向键移动边界，Enter 另起一条建议")
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(SIDE)

    def show_cutting(self, cutting: Cutting, names: Sequence[str]) -> None:
        """Show this cutting, its pieces called so."""
        self.cutting = cutting
        if self.border not in self.borders():
            self.border = None
        pieces = zip(cutting.pieces, names, strict=True)
        stretches = [named_stretch(piece.start, piece.end, name) for piece, name in pieces]
        self.show_stretches(cutting.source, stretches)

    def borders(self) -> list[int]:
        """The character before which each border stands."""
        return [piece.end for piece in self.cutting.pieces[:-1]]

    def current(self) -> int:
        """The number of the piece with the caret."""
        return piece_at(self.cutting, self.character(self.textCursor().position()))

    # deeds
    def do(self, deed: str) -> None:
        """One of `DEEDS`, where the caret or the selection is."""
        if not self.cutting.pieces:
            return
        start, end = self.selection()
        if deed == "begin":
            end = self.cutting.pieces[piece_at(self.cutting, start)].end
            after = mark_stretch(self.cutting, start, end, Part.SUGGESTION)
        elif deed == "join":
            after = join_pieces(self.cutting, self.current())
        else:
            after = mark_stretch(self.cutting, start, end, PARTS[deed])
        self._tell(after, DEEDS[deed])

    def _tell(self, after: Cutting, deed: str) -> None:
        if after != self.cutting:
            self.changed.emit(after, deed)

    def _chosen(self) -> None:
        self.do(self.sender().property("deed"))

    # by keys
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the borders; all others read the text."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        key = Qt.Key(event.key())
        if alt and key in _STEPS:
            self._nudge(_STEPS[key], by_line=key in _LINES)
        elif control and key in _LINES:
            self._choose(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.do("begin")
        elif key == Qt.Key.Key_Delete:
            self.do("join")
        elif key == Qt.Key.Key_Escape and self._drag:
            self._let_go(self._drag[0])
        else:
            super().keyPressEvent(event)

    def _choose(self, step: int) -> None:
        """The next border or the one before."""
        here = self.character(self.textCursor().position())
        borders = self.borders()
        ahead = [n for n in borders if n > here] if step > 0 else [n for n in borders if n < here]
        if ahead:
            self._take(min(ahead) if step > 0 else max(ahead))

    def _nudge(self, step: int, *, by_line: bool) -> None:
        """Move the chosen border, or the one at which the caret's piece begins."""
        borders = self.borders()
        if not borders:
            return
        at = self.border if self.border is not None else borders[max(0, self.current() - 1)]
        move = next_resting_place(self.cutting, at, step) if by_line else at + step
        after = move_border(self.cutting, borders.index(at), move)
        self._tell(after, MOVED)
        ends = self.borders()
        self._take(move if move in ends else at)

    def _take(self, place: int) -> None:
        """Choose the border before this character."""
        cursor = self.textCursor()
        cursor.setPosition(self.place_of(place))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.border = place if place in self.borders() else None
        self.viewport().update()

    # by mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A border is taken, or the caret set."""
        if self._drag:
            return  # another button while a border is dragged
        found = self._border_at(event.position())
        self.border = found
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self._drag = self.cutting, self.borders().index(found)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """It goes where the mouse goes, while the button is held."""
        held = event.buttons() & Qt.MouseButton.LeftButton
        if self._drag and not held:  # a menu or another window took the release
            self._let_go(self.cutting)
        if self._drag:
            free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._drag_to(event.position().toPoint(), free=free)
            return
        found = None if event.buttons() else self._border_at(event.position())
        if found != self._hover:
            self._hover = found
            shape = Qt.CursorShape.IBeamCursor if found is None else Qt.CursorShape.SplitVCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """There it stays."""
        if self._drag and event.button() == Qt.MouseButton.LeftButton:
            self._let_go(self.cutting)
        else:
            super().mouseReleaseEvent(event)

    def _drag_to(self, point: QPoint, *, free: bool) -> None:
        assert self._drag
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if point.y() < EDGE:
            bar.setValue(bar.value() - 1)
        elif point.y() > height - EDGE:
            bar.setValue(bar.value() + 1)
        before, number = self._drag
        place = self.character(self.cursorForPosition(point).position())
        place = place if free else resting_place(before, place)
        moved = move_border(before, number, place)
        low, high = before.pieces[number].start, before.pieces[number + 1].end
        self.border = max(low, min(place, high))
        self.moving.emit(moved)

    def _let_go(self, settled: Cutting) -> None:
        assert self._drag
        before, self._drag = self._drag[0], None
        if settled == before:
            self.moving.emit(before)
        else:
            self.changed.emit(settled, MOVED)

    def _border_at(self, point: QPointF) -> int | None:
        """The border under the mouse."""
        near = theme.scaled(NEAR)
        for line, place in self._shown_borders():
            x, rect = self._x(line, place), line.rect
            level = rect.top() if point.x() >= x else rect.bottom()
            beside = abs(point.x() - x) <= near and rect.top() <= point.y() <= rect.bottom()
            if abs(point.y() - level) <= near or (x and beside):
                return place
        return None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """What can be done with the piece under the mouse, or with what is selected."""
        if self._drag:
            return
        cursor = self.cursorForPosition(event.pos())
        at, selected = cursor.position(), self.textCursor()
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if mouse and not selected.selectionStart() <= at < selected.selectionEnd():
            self.setTextCursor(cursor)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for deed, words in DEEDS.items():
            action = menu.addAction(f"{words}\t{KEYS[deed]}")
            action.setProperty("deed", deed)
            action.triggered.connect(self._chosen)
        menu.addSeparator()
        copy = menu.addAction("复制\tCtrl+C", self.copy)
        copy.setEnabled(self.textCursor().hasSelection())
        menu.popup(event.globalPos())

    # looks
    def _shown_borders(self) -> list[tuple[ShownLine, int]]:
        """The borders in view, each with the line it stands on."""
        places = {self.place_of(n): n for n in self.borders()}
        return [
            (line, n)
            for line in self.shown_lines()
            for place, n in places.items()
            if line.start <= place < line.end
        ]

    def _x(self, line: ShownLine, place: int) -> float:
        at = self.place_of(place)
        return line.x(at) if at > line.start else 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The text, and over it the borders with their grips."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line, place in self._shown_borders():
            self._paint_border(painter, line, place)

    def _paint_border(self, painter: QPainter, line: ShownLine, place: int) -> None:
        """Along the line's top; in the middle of a line first under what stands before."""
        is_on = place in (self.border, self._hover)
        wide, x = self.viewport().width(), self._x(line, place)
        top, bottom = round(line.rect.top()) + 0.5, round(line.rect.bottom()) + 0.5
        start = bottom if x else top
        way = QPainterPath(QPointF(0, start))
        if x:
            way.lineTo(x, bottom)
            way.lineTo(x, top)
        way.lineTo(wide, top)
        token = "accent" if is_on else "third"
        painter.setPen(QPen(theme.color(token), 2 if is_on else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(way)
        painter.setBrush(theme.color("accent" if is_on else "panel"))
        for end in (QPointF(SIDE / 2, start), QPointF(wide - SIDE / 2, top)):
            painter.drawEllipse(end, GRIP, GRIP)

    def leaveEvent(self, event: object) -> None:  # noqa: N802
        """No border is under the mouse any more."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover = None
        self.viewport().update()
