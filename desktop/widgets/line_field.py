"""A field of one line: what is pasted is cleaned, undo is the window's."""

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QLineEdit, QMenu

from desktop.widgets.plain_editor import characters, holds_files, units
from desktop.widgets.window_keys import belongs_to_window

MAX_LINE = 2_000  # characters of a pasted line: a name, a number, an address


def one_line(text: str) -> str:
    """`text` as one line: lines joined, what no letter bears and the white at both ends dropped."""
    return bearable("".join(text[:MAX_LINE].splitlines()).replace("\t", " ")).strip()


def bearable(text: str) -> str:
    """`text` without controls, formats, halves of characters and what is no character at all."""
    return "".join(
        c
        for c in text
        if unicodedata.category(c) not in ("Cc", "Cf", "Cs") and c not in "\ufffc\ufffe\uffff"
    )


class LineField(QLineEdit):
    """A field of one line. Undo and redo belong to the window, which has one history.

    `clean` makes one line of what is pasted or dropped.
    """

    edited = Signal(str)  # the new text, on the user's deed only

    def __init__(self, text: str = "", *, clean: Callable[[str], str] = one_line) -> None:
        super().__init__(text)
        self._clean = clean
        self.textEdited.connect(self._typed)

    def set_text(self, text: str) -> None:
        """Show `text` without saying so; the caret stays where it was, if it can."""
        if text == self.text():
            return
        caret = self.cursorPosition() if self.hasFocus() else 0
        self.setText(text)
        self.setCursorPosition(min(caret, len(text)))

    def paste(self) -> None:
        """Insert the clipboard's text, cleaned."""
        source = QGuiApplication.clipboard().mimeData()
        if not holds_files(source):  # their text is where they lie
            self._insert(source.text())

    def _typed(self, text: str) -> None:
        """An input method may commit what a keyboard has no key for."""
        if (bare := bearable(text)) != text:
            before = text[: characters(text, self.cursorPosition())]
            self.setText(bare)
            self.setCursorPosition(units(bearable(before)))
        self.edited.emit(bare)

    def _insert(self, text: str, at: QPointF | None = None) -> None:
        if at is not None:
            self.setCursorPosition(self.cursorPositionAt(at.toPoint()))
        if not self.isReadOnly() and (cleaned := self._clean(text)):
            self.insert(cleaned)

    def event(self, event: QEvent) -> bool:
        """Leave to the window what is its own."""
        if event.type() == QEvent.Type.ShortcutOverride and belongs_to_window(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Paste cleaned; no undo of its own."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif belongs_to_window(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Text may be dropped; files belong to the window."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """What is dropped comes in cleaned, like what is pasted."""
        if event.source() is self or not event.mimeData().hasText():
            super().dropEvent(event)
            return
        self._insert(event.mimeData().text(), event.position())
        event.acceptProposedAction()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """X11's middle button pastes the selection: cleaned too."""
        clipboard = QGuiApplication.clipboard()
        if event.button() == Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self._insert(clipboard.text(clipboard.Mode.Selection), event.position())
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """剪切 复制 粘贴 全选, without the undo of Qt's own menu."""
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def context_menu(self) -> QMenu:
        """The menu of the right mouse button."""
        menu = QMenu(self)
        writable, marked = not self.isReadOnly(), self.hasSelectedText()
        for label, deed, possible in (
            ("剪切", self.cut, writable and marked),
            ("复制", self.copy, marked),
            ("粘贴", self.paste, writable),
            ("全选", self.selectAll, bool(self.text())),
        ):
            menu.addAction(label, deed).setEnabled(possible)
        return menu
