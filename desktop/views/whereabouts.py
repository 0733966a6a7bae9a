"""Where the handler was: the window's place, its list, its choices; the case, its page, the caret.

What is chosen is kept in the settings at the end; case and caret are kept as they change (书签), so
that a killed program goes on at the same character.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget

from desktop.bookmark import Bookmark, read_bookmark, write_bookmark
from desktop.views.case_page import PAGES, CasePage
from desktop.widgets import theme
from desktop.widgets.line_field import LineField
from desktop.widgets.plain_editor import PlainEditor, characters, units

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

SIDEBAR, NARROWEST = 252, 200
WIDTH, HEIGHT = 1366, 768
KEEP_AFTER_MS = 300  # after the caret moved
SETTLED_MS = 1000  # a window manager has given the window its size
HEARD = "heard_for_the_bookmark"
Field = PlainEditor | LineField


def restore(window: "MainWindow") -> None:
    """Put the window where it was; at the first start where it fits."""
    settings = window.settings
    if not window.restoreGeometry(QByteArray(settings.geometry)):
        window.resize(WIDTH, HEIGHT)
        if window.screen().availableSize().width() <= WIDTH:  # the frame needs room too
            window.setWindowState(Qt.WindowState.WindowMaximized)
    listed, shown = settings.list_width or theme.scaled(SIDEBAR), window.preview.sizeHint().width()
    window.sidebar.setMinimumWidth(theme.scaled(NARROWEST))
    window.split.setSizes([listed, window.width() - listed - shown, shown])
    window.split.splitterMoved.connect(window.preview.fold.keep_width)
    window.sidebar.set_order(settings.sort)
    window.deeds.check("theme", settings.theme)
    window.deeds.check("scale", str(settings.scale))


def remember(window: "MainWindow") -> None:
    """Keep where it is now."""
    settings = window.settings
    settings.geometry = bytes(window.saveGeometry().data())
    settings.list_width = window.split.sizes()[0] or settings.list_width
    settings.sort = str(window.sidebar.order.currentData())
    window.caret.keep()


class Caret(QObject):
    """Brings `window` back to its bookmark, then keeps it: with each save, and as the caret moves.

    While words wait to be saved nothing is kept: a bookmark is never ahead of the library.
    """

    def __init__(self, window: "MainWindow") -> None:
        """A window that shows nothing yet."""
        super().__init__(window)
        self._window, self._page = window, window.page
        self._kept = read_bookmark(window.folder)
        self._field: QWidget | None = None  # the last one with the caret; it may be gone
        self._settling: QScrollBar | None = None
        self._scroll = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._moved_on)
        QTimer.singleShot(0, self, self._go)  # fields are made when they are first seen

    def open_case(self) -> bool:
        """Open the case of the bookmark, on its page; False where it is gone."""
        mark = self._kept
        self._page.show_page(mark.page if mark.page in PAGES else "replies")
        known = any(row.key == mark.case for row in self._window.sidebar.model.rows)
        return known and self._window.session.show_case(mark.case)

    def keep(self) -> None:
        """Keep where the handler is now."""
        opened, bar = self._window.session.open_case, self._bar()
        field, at = self._place() if opened else ("", 0)
        scroll = bar.value() if opened and bar else 0
        case = opened.case.key if opened else ""
        mark = Bookmark(case, self._page.page, field, at, scroll)
        if mark != self._kept:
            self._kept = mark
            write_bookmark(self._window.folder, mark)

    def _go(self) -> None:
        """The caret goes where it was, unless something else was opened since."""
        mark, session = self._kept, self._window.session
        if session.open_case and (session.case.key, self._page.page) == (mark.case, mark.page):
            if field := self._find(mark.field):
                self._field = field
                _put_caret(field, max(0, mark.at))
                field.setFocus()
            if bar := self._bar():
                self._settling, self._scroll = bar, mark.scroll
                bar.rangeChanged.connect(self._show)
                QTimer.singleShot(SETTLED_MS, self, self._settled)
                self._show()
        session.opened.connect(self.keep)
        session.saved.connect(self.keep)
        self._page.tabs.currentChanged.connect(self._moved)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)
        self._focused(None, QApplication.focusWidget())

    def _show(self) -> None:
        """As far down as it was, and the caret in view: again as the page takes its size."""
        if bar := self._settling:
            if not self._field or not bar.value():
                bar.setValue(max(0, min(self._scroll, bar.maximum())))
            field = QApplication.focusWidget()
            if isinstance(field, PlainEditor) and field is self._field:
                field.reveal()

    def _settled(self) -> None:
        if self._settling:
            self._settling.rangeChanged.disconnect(self._show)
            self._settling = None

    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, Field) and self._page.isAncestorOf(new):
            self._field = new
            if not new.property(HEARD):
                new.setProperty(HEARD, True)
                new.cursorPositionChanged.connect(self._moved)
            self._moved()

    def _moved(self, *_: object) -> None:
        self._soon.start(KEEP_AFTER_MS)

    def _moved_on(self) -> None:
        opened = self._window.session.open_case
        if not opened or not opened.unsaved:
            self.keep()

    def _place(self) -> tuple[str, int]:
        """The name of the last field with the caret, where it is still there, and its place."""
        for name, field in _fields(self._page):
            if field is self._field:
                return name, _caret_of(field)
        return "", 0

    def _find(self, name: str) -> Field | None:
        if found := dict(_fields(self._page)).get(name):
            return found
        if name and self._page.page == "replies" and self._page.replies.cards:  # all of them
            return dict(_fields(self._page)).get(name)
        return None

    def _bar(self) -> QScrollBar | None:
        area = self._page.stack.currentWidget().findChild(QScrollArea)
        return area.verticalScrollBar() if isinstance(area, QScrollArea) else None


def _fields(page: CasePage) -> Iterator[tuple[str, Field]]:
    """The fields of the page that is shown, each by a name that is the same at the next start."""
    if page.page == "replies":
        for card in page.replies.cards_there:
            yield card.key, card.editor
            for row in card.rows:
                yield f"{row.key}.label", row.label
                yield f"{row.key}.text", row.text
                if row.elaboration:
                    yield f"{row.key}.elaboration", row.elaboration
        return
    named: Counter[str] = Counter()
    for field in page.stack.currentWidget().findChildren(QWidget):
        if isinstance(field, Field) and (name := field.accessibleName()):
            named[name] += 1
            yield f"{name} {named[name]}", field


def _caret_of(field: Field) -> int:
    """The characters before the caret."""
    if isinstance(field, LineField):
        return characters(field.text(), field.cursorPosition())
    return characters(field.toPlainText(), field.textCursor().position())


def _put_caret(field: Field, at: int) -> None:
    if isinstance(field, LineField):
        field.setCursorPosition(units(field.text()[:at]))
    else:
        field.select(min(at, len(field.toPlainText())), 0)
