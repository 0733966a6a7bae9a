"""The paper of the preview: the pages one under the other, scrolled and zoomed, led back by clicks.

Only pages in sight are painted, each from its kept picture. The widget thinks in device pixels, so
that every picture lies on the screen's own grid; only scroll bars and mouse speak logical ones.
"""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from desktop.paper import places
from desktop.paper.draw import PAGE_WIDTH, Page
from desktop.paper.fonts import Fonts
from desktop.paper.painter import paint_page
from desktop.paper.places import Area, Spot
from desktop.paper.remarks import Remark
from desktop.views.preview_pictures import Pictures, too_large
from desktop.views.preview_spread import TICK, Fit, Room, Spread, columns_of, fitting, stepped
from desktop.widgets import theme

LINE_STEP = 24  # logical pixels; a notch of the wheel is three
VIEW_MARGIN = 40  # kept free above and below what is scrolled into view
NOTCH = 120  # in Qt’s eighths of a degree
DIMMED = 150  # of 255: how much ground lies over pages that are no longer true
SHADOW = (22, 15, 10, 7, 4, 2)  # alpha of the frames around a page, from the inside
REACH = 8  # pixels that belong to a page around it
ZOOM_KEYS: dict[int, int] = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_0: 0,
}


class PaperView(QAbstractScrollArea):
    """The pages. `wanted` carries the `Spot` a click leads to; `moved` says that another
    page is in sight, or another zoom on."""

    wanted = Signal(object)
    moved = Signal()
    left = Signal()  # Esc

    def __init__(self, fonts: Fonts, parent: QWidget | None = None) -> None:
        """A view without pages, painted with `fonts`."""
        super().__init__(parent)
        self._fonts = fonts
        self.pictures = Pictures(fonts)
        self.pages: tuple[Page, ...] = ()
        self.remarks: tuple[Remark, ...] = ()
        self.remark = -1  # the one said last
        self.fit, self._zoom, self._columns = Fit.WIDTH, 100.0, 1
        self._spread = Spread(0, 1, 100.0, Room(1, 1, 1.0))
        self.dimmed = self._wandering = False
        self._turned = 0  # of a notch of the wheel, with Ctrl
        self._at: Spot | None = None  # where the caret is
        self._marked: tuple[Area, ...] = ()
        self._marked_on: tuple[Page, ...] = ()
        self._caret: Area | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("paper")
        self.setAccessibleName("函件的预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.verticalScrollBar().actionTriggered.connect(self._wander)
        theme.signals.changed.connect(self.viewport().update)

    # what it shows
    def set_pages(self, pages: Sequence[Page], remarks: Sequence[Remark] = ()) -> None:
        """Show `pages`, of which only new objects are painted anew; `show_place` comes after."""
        before, self.pages = self.pages, tuple(pages)
        again = self.remarks != (found := tuple(remarks)) or len(before) != len(self.pages)
        self.remarks = found
        if not self.pages:  # another case comes
            self.pictures.forget()
            self.remark = -1
        if len(before) != len(self.pages):
            self._arrange()
        for old, new in zip(before, self.pages, strict=False):
            if again or old is not new:
                self._update_page(new.number)

    def set_dimmed(self, dimmed: bool) -> None:
        """Whether the pages are an older state of the letter."""
        self.dimmed = dimmed
        self.viewport().update()

    def show_place(self, source: str, at: int) -> None:
        """Mark the lines of `source`, with the caret before its character `at`; "" marks none."""
        spot = Spot(source, at) if source else None
        if spot != self._at or self._marked_on is not self.pages:
            self._at, self._marked_on = spot, self.pages
            self._mark()

    # zoom
    @property
    def zoom(self) -> float:
        """Per cent of the paper's own size."""
        return self._spread.zoom

    def set_fit(self, fit: str) -> None:
        """适合宽度, 整页 or 双页 (a `Fit`), from now on; whole pages are seen from their head."""
        page, self.fit = self.page, Fit(fit)
        self._columns = columns_of(self.fit)
        self._arrange()
        if self.fit is not Fit.WIDTH:
            self.go_to_page(page)

    def set_zoom(self, percent: float, at: QPoint | None = None) -> None:
        """This size from now on; the point of the paper at `at` stays where it is."""
        self.fit, self._zoom = Fit.FREE, percent
        self._arrange(at)

    def step_zoom(self, step: int, at: QPoint | None = None) -> None:
        """The next usual size up (1) or down (-1)."""
        self.set_zoom(stepped(self.zoom, step), at)

    # where it is
    @property
    def page(self) -> int:
        """The number of the page in sight; 0 without pages."""
        middle = QPoint(self._spread.box(1).center().x(), self._spread.room.height // 3)
        return self._spread.nearest(middle + self._origin())[0]

    def go_to_page(self, number: int) -> None:
        """Scroll to the head of a page."""
        box = self._spread.box(min(max(number, 1), len(self.pages)))
        top = box.top() - self._spread.box(1).top()
        self.verticalScrollBar().setValue(round(top / self._ratio()))

    def turn(self, step: int) -> None:
        """To the next page (1) or the one before (-1), or to the next two."""
        self.go_to_page(self.page + step * self._columns)

    def next_remark(self) -> None:
        """Bring the next remark into view, round and round, and say its sentence."""
        self.remark = (self.remark + 1) % len(self.remarks)
        said, tick = self.remarks[self.remark].sentence, self._tick(self.remarks[self.remark])
        self._scroll_to(tick)
        place = self.viewport().mapToGlobal(self._logical(tick).bottomLeft())
        QToolTip.showText(place, said, self.viewport())

    # geometry
    def _ratio(self) -> float:
        return self.viewport().devicePixelRatioF()

    def _origin(self) -> QPoint:
        """What of the whole lies at the view's corner."""
        ratio = self._ratio()
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QPoint(round(across * ratio), round(down * ratio))

    def _logical(self, box: QRect) -> QRect:
        """A box of the whole, in the view's logical pixels."""
        part, box = 1 / self._ratio(), box.translated(-self._origin())
        return QRectF(box.topLeft().toPointF() * part, box.size().toSizeF() * part).toAlignedRect()

    def _arrange(self, at: QPoint | None = None) -> None:
        """Pages and bars as size, zoom and pages ask; what is at `at` (device pixels) stays."""
        held, point = self._spread.nearest((at or QPoint()) + self._origin())
        at_top = at is None and self.verticalScrollBar().value() == 0
        ratio, port = self._ratio(), self.maximumViewportSize()
        beside = self.verticalScrollBar().sizeHint().width()
        fitted = Room(round((port.width() - beside) * ratio), round(port.height() * ratio), ratio)
        zoom = fitting(self.fit, self._zoom, fitted)
        wide, high = self.viewport().width(), self.viewport().height()
        room = Room(round(wide * ratio), round(high * ratio), ratio)
        self._spread = Spread(len(self.pages), self._columns, zoom, room)
        for bar, whole, part in (
            (self.horizontalScrollBar(), self._spread.width, wide),
            (self.verticalScrollBar(), self._spread.height, high),
        ):
            bar.setRange(0, max(0, ceil(whole / ratio) - part))
            bar.setPageStep(part)
            bar.setSingleStep(LINE_STEP)
        if 0 < held <= len(self.pages):
            place = self._spread.place(held, point) - (at or QPoint())
            self.horizontalScrollBar().setValue(round(place.x() / ratio))
            self.verticalScrollBar().setValue(0 if at_top else round(place.y() / ratio))
        self.viewport().update()
        self.moved.emit()

    def _tick(self, remark: Remark) -> QRect:
        """Where the mark of a remark stands: in the right margin, beside its line."""
        placed = self.pages[remark.page - 1].lines[remark.line]
        return self._spread.margin(remark.page, placed.y + placed.line.height / 2)

    # the field with the caret
    def _mark(self) -> None:
        """Mark its lines, and follow it; not while the handler scrolls to look elsewhere."""
        at, before = self._at, (self._marked, self._caret)
        self._marked = places.areas(self.pages, at.source) if at else ()
        self._caret = places.caret(self.pages, at.source, at.at) if at else None
        if before == (self._marked, self._caret):
            return
        for number in {area.page for area in (*before[0], *self._marked)}:
            if number <= len(self.pages):
                self._update_page(number)
        there = self.viewport().underMouse()
        if self._caret and not (self._wandering and (there or self.hasFocus())):
            self._scroll_to(self._spread.area(self._caret), 0 if there else VIEW_MARGIN)

    def _scroll_to(self, box: QRect, margin: int = VIEW_MARGIN) -> None:
        """Scroll no more than needed: a line in view stays, one the edge cuts comes in whole,
        another comes to the upper third."""
        down, across, ratio = self.verticalScrollBar(), self.horizontalScrollBar(), self._ratio()
        there, port = self._logical(box), self.viewport().rect()
        beyond = min(0, there.top()) or max(0, there.bottom() + 1 - port.height())
        if not margin and abs(beyond) < there.height():
            down.setValue(down.value() + beyond)
        elif there.top() < margin or there.bottom() > port.height() - margin:
            down.setValue(round(box.top() / ratio - port.height() / 3))
        if not margin <= there.left() <= port.width() - margin:
            across.setValue(round(box.left() / ratio - port.width() / 2))

    # painting
    def _update_page(self, number: int) -> None:
        self.viewport().update(self._logical(self._spread.box(number)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The pages in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("desk"))
        ratio, origin = self._ratio(), self._origin()
        painter.scale(1 / ratio, 1 / ratio)
        painter.translate(-origin)
        area = QRectF(event.rect().topLeft().toPointF() * ratio, event.rect().size() * ratio)
        shown = area.toAlignedRect().translated(origin)
        for number in self._spread.seen(shown.top(), shown.bottom()):
            box = self._spread.box(number)
            if box.adjusted(-REACH, -REACH, REACH, REACH).intersects(shown):
                if not box.contains(shown):
                    _paint_shadow(painter, box, round(ratio))
                self._paint_page(painter, self.pages[number - 1], box)
        if self.dimmed:
            veil = QColor(theme.color("desk"))
            veil.setAlpha(DIMMED)
            painter.fillRect(shown, veil)

    def _paint_page(self, painter: QPainter, page: Page, box: QRect) -> None:
        ratio, scale = self._ratio(), self._spread.scale
        if too_large(box.width(), box.height()):
            painter.save()
            painter.setClipRect(box)
            painter.fillRect(box, theme.color("paper"))
            painter.translate(box.topLeft())
            painter.scale(ratio, ratio)
            paint_page(painter, page, self._fonts, scale)
            painter.restore()
        else:
            painter.drawImage(box, self.pictures.of(page, box.width(), box.height(), scale))
        self._paint_marks(painter, page.number)

    def _paint_marks(self, painter: QPainter, number: int) -> None:
        """The field with the caret, and the remarks; over the ink, which shows through."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for area in self._marked:
            if area.page == number:
                painter.fillRect(
                    self._spread.area(area).adjusted(-2, 0, 2, 0), theme.color("paper_mark")
                )
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if self._caret and self._caret.page == number:
            line = self._spread.area(self._caret)
            line.setWidth(max(1, round(1.2 * self._ratio())))
            painter.fillRect(line, theme.color("paper_caret"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("paper_remark"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for remark in self.remarks:
            if remark.page == number:
                painter.drawEllipse(self._tick(remark))

    # the handler
    def _spot(self, place: QPointF) -> Spot | None:
        """What of the case is at a place of the view."""
        number, point = self._spread.nearest((place * self._ratio()).toPoint() + self._origin())
        if not number or self.dimmed or not 0 <= point.x() <= PAGE_WIDTH:
            return None
        return places.spot_at(self.pages, number, point.x(), point.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click leads to the field."""
        if event.button() == Qt.MouseButton.LeftButton and (spot := self._spot(event.position())):
            self._wandering = False
            self.wanted.emit(spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The pointer says where a click leads somewhere."""
        over = self._spot(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _wander(self) -> None:
        """The handler scrolls."""
        self._wandering = True

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Ctrl zooms where the mouse is."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()  # a touchpad turns by less than a notch
            if abs(self._turned) >= NOTCH:
                at = (event.position() * self._ratio()).toPoint()
                self.step_zoom(1 if self._turned > 0 else -1, at)
                self._turned = 0
            event.accept()
        else:
            self._wandering = True
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys that zoom are not the window's while the paper has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and _zooms(event) is not None:
            event.accept()
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._arrange()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl with + − 0 zooms; Home and End go to the first and last page, Esc back to the
        field."""
        if step := _zooms(event):
            self.step_zoom(step)
        elif step is not None:
            self.set_fit(Fit.WIDTH)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to_page(1 if event.key() == Qt.Key.Key_Home else len(self.pages))
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """A remark says its sentence."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            said = ""
            for remark in self.remarks:
                near = self._logical(self._tick(remark)).adjusted(-TICK, -TICK, TICK, TICK)
                said = remark.sentence if near.contains(event.pos()) else said
            QToolTip.showText(event.globalPos(), said, self.viewport())
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, _event: object) -> None:  # noqa: N802
        """The pages fit anew."""
        self._arrange()


def _paint_shadow(painter: QPainter, box: QRect, pixel: int) -> None:
    """Frames around a page, paler and paler; four bars each, much faster than a pen."""
    for alpha in SHADOW:
        wide, high = box.width() + 2 * pixel, box.height()
        left, top, colour = box.left() - pixel, box.top() - pixel, QColor(0, 0, 0, alpha)
        painter.fillRect(left, top, wide, pixel, colour)
        painter.fillRect(left, box.bottom() + 1, wide, pixel, colour)
        painter.fillRect(left, box.top(), pixel, high, colour)
        painter.fillRect(box.right() + 1, box.top(), pixel, high, colour)
        box = box.adjusted(-pixel, -pixel, pixel, pixel)


def _zooms(event: QEvent) -> int | None:
    """What a key does to the size: 1 or -1 a step, 0 back to the width; None is another key."""
    control = Qt.KeyboardModifier.ControlModifier
    if isinstance(event, QKeyEvent) and event.modifiers() & control:
        return ZOOM_KEYS.get(event.key())
    return None
