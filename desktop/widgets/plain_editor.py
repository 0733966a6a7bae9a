"""A text field of any number of lines that holds plain text only and is as tall as its text.

It is a QTextEdit made plain: nothing but text is pasted, no picture or address in pasted HTML is
ever looked up, and it keeps no history of its own: undo belongs to the whole window.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QTextEdit, QWidget

from desktop.widgets import theme
from desktop.widgets.window_keys import belongs_to_window

ROOM = 24  # pixels kept in view around the caret's line
MAX_PASTE = 20_000  # characters; the fields of a whole letter take more
TOO_LONG = "要粘贴的内容有两万字以上，没有粘贴，原有文字没有改动，请确认复制的是要填的内容。"


class PlainEditor(QTextEdit):
    """The field. `edited` speaks only of what the user did; `show_text` is silent.

    A field of one line (`single`) turns line ends into blanks and gives Enter to `entered`.
    """

    edited = Signal(str)
    refused = Signal(str)  # why a text was not pasted
    entered = Signal(int)  # Enter in a field of one line: the place of the caret
    focus_changed = Signal(bool)
    menu_opening = Signal(QMenu)  # the owner may add to it

    def __init__(
        self, parent: QWidget | None = None, *, single: bool = False, pixels: float = 13
    ) -> None:
        """`pixels` is the size of type at 界面字号 100 %."""
        super().__init__(parent)
        self.line_pixels = pixels * 1.6
        self._single, self._pixels, self._hint = single, pixels, ""
        self._showing = self._kept = False
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.document().setDocumentMargin(2)
        self.document().contentsChange.connect(self._contents_changed)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.dress()
        theme.signals.changed.connect(self.dress)

    def dress(self) -> None:
        """Take size and spacing from the theme."""
        self.setFont(theme.font(self._pixels))
        self._format_all()
        self._fit()

    def set_hint(self, text: str) -> None:
        """What an empty field says."""
        self._hint = text
        self.viewport().update()

    @property
    def hint(self) -> str:
        """What it says while it is empty."""
        return self._hint

    def show_text(self, text: str) -> None:
        """Hold `text`; the caret stays where it can."""
        if text == self.toPlainText():
            return
        place = self.textCursor().position()
        with self.silence():
            self.setPlainText(text)
            self._format_all()
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.setTextCursor(cursor)
        self._fit()

    def keep_height(self, keep: bool) -> None:
        """Take the height its place has, and scroll."""
        self._kept = keep
        self.setMinimumHeight(80)
        self.setMaximumHeight(16_777_215)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def select(self, start: int, length: int) -> None:
        """Select `length` characters from `start`."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(units(text[:start]))
        cursor.setPosition(units(text[: start + length]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def reveal(self) -> None:
        """Scroll the page until the caret is in view, once everything has its place."""
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        page = self.parentWidget()
        while page and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if isinstance(page, QScrollArea) and page.widget() and self.isVisible():
            caret = self.cursorRect()
            place = self.viewport().mapTo(page.widget(), caret.center())
            page.ensureVisible(place.x(), place.y(), 0, caret.height() + ROOM)

    def _caret_moved(self) -> None:
        if self.hasFocus() and not self._kept:
            self.reveal()

    def deselect(self) -> None:
        """Select nothing; the caret stays."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    # what a plain field does not do ---------------------------------------------------------
    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802, ARG002
        """Nothing: a pasted address is never looked up."""
        return None

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Text, and no files: those belong to the window."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """The plain text of what is pasted or dropped; of copied files not even where they lie."""
        if not source.hasText() or self.isReadOnly() or holds_files(source):
            return
        self.paste_text(source.text())

    def paste_text(self, text: str) -> None:
        """Put pasted text in place of the selection, as a deed of the user."""
        if len(text) > MAX_PASTE:
            self.refused.emit(TOO_LONG)
            return
        text = text.replace("\r\n", "\n")
        self.textCursor().insertText(" ".join(text.split("\n")) if self._single else text)
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        """Undo and redo go to the window's own history."""
        if event.type() == QEvent.Type.ShortcutOverride and belongs_to_window(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter in a one-line field belongs to its owner; Shift+Enter is Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._single:
                self.entered.emit(self.textCursor().position())
            elif not self.isReadOnly():
                self.textCursor().insertBlock()
                self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The page scrolls, not the field."""
        if self._kept:
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say so."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say so; a selection left behind would look like the caret's place."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.deselect()
        self.focus_changed.emit(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """剪切 复制 粘贴 全选 and what the owner adds, for the place under the mouse."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._go_to(event.pos())
        else:
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_opening.emit(menu)
        menu.popup(place)

    def context_menu(self) -> QMenu:
        """What can be done with words."""
        menu = QMenu(self)
        writable, selected = not self.isReadOnly(), self.textCursor().hasSelection()
        for word, slot, enabled in (
            ("剪切\tCtrl+X", self.cut, writable and selected),
            ("复制\tCtrl+C", self.copy, selected),
            ("粘贴\tCtrl+V", self.paste, writable and self.canPaste()),
            ("全选\tCtrl+A", self.selectAll, not self.document().isEmpty()),
        ):
            menu.addAction(word, slot).setEnabled(enabled)
        return menu

    def _go_to(self, place: QPoint) -> None:
        """The caret goes to `place`, unless that is selected."""
        under, chosen = self.cursorForPosition(place), self.textCursor()
        if not chosen.selectionStart() <= under.position() < chosen.selectionEnd():
            self.setTextCursor(under)

    # looks ----------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The text, or the hint."""
        super().paintEvent(event)
        if self._hint and self.is_blank():
            painter = QPainter(self.viewport())
            painter.setPen(theme.color("third"))
            painter.setFont(self.font())
            place = self.cursorRect(self.first_caret())
            room = self.viewport().width() - place.left() - 4
            text = QFontMetrics(self.font()).elidedText(
                self._hint, Qt.TextElideMode.ElideRight, room
            )
            painter.drawText(
                place.left(), place.top(), room, place.height(), Qt.AlignmentFlag.AlignVCenter, text
            )

    def is_blank(self) -> bool:
        """Nothing typed, and nothing being typed with an input method."""
        document = self.document()
        return document.isEmpty() and not document.firstBlock().layout().preeditAreaText()

    def first_caret(self) -> QTextCursor:
        """A caret before the first character."""
        return QTextCursor(self.document())

    def sizeHint(self) -> QSize:  # noqa: N802
        """As tall as the text, unless it keeps the height of its place."""
        hint = super().sizeHint()
        return hint if self._kept else QSize(hint.width(), self._wanted())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As tall as the text."""
        return QSize(40, self._wanted())

    def _wanted(self) -> int:
        frame = self.height() - self.viewport().height()
        return int(self.document().size().height() + 0.5) + max(0, min(frame, 24))

    def _fit(self, *_: object) -> None:
        if not self._kept and self.height() != self._wanted():
            self.setFixedHeight(self._wanted())
            self._caret_moved()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """A new width wraps anew; its height follows once Qt has laid the text out."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self, self._fit)

    def block_format(self) -> QTextBlockFormat:
        """The spacing of one paragraph."""
        made = QTextBlockFormat()
        made.setLineHeight(
            theme.scaled(self.line_pixels), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        return made

    def _format_all(self) -> None:
        with self.silence():
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.setBlockFormat(self.block_format())

    @contextmanager
    def silence(self) -> Iterator[None]:
        """What is done inside is not the user's deed; whatever happens, the next deed is heard."""
        showing, self._showing = self._showing, True
        try:
            yield
        finally:
            self._showing = showing

    def _contents_changed(self, position: int, removed: int, added: int) -> None:
        if not self._showing:
            self.on_user_edit(position, removed, added)

    def on_user_edit(self, position: int, removed: int, added: int) -> None:  # noqa: ARG002
        """What the user typed, pasted or cut; a field with parts of its own overrides this."""
        self.edited.emit(self.toPlainText())


def holds_files(source: QMimeData) -> bool:
    """Whether files of this computer were copied or dragged; their text is where they lie."""
    return any(url.isLocalFile() for url in source.urls())


def units(text: str) -> int:
    """Length of `text` in Qt's places: a character beyond the BMP is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def characters(text: str, place: int) -> int:
    """How many characters of `text` stand before Qt's `place`."""
    if text.isascii():
        return place
    return len(text.encode("utf-16-le")[: 2 * place].decode("utf-16-le", "ignore"))
