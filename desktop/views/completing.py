"""常用语 and 《文件》文号 offered in the pauses of writing a reply, never while words are made.

↓ goes into the offer, Enter takes what is chosen there, Esc or writing on puts it away. Without ↓
every key means what it always means.
"""

import re
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.services.earlier_letters import EarlierLetters
from desktop.services.rows import Completion
from desktop.views.latest_answer import LatestAnswer
from desktop.views.reply_editor import ReplyEditor
from desktop.widgets.offer import Offer
from desktop.widgets.plain_editor import units

PAUSE_MS = 250  # without a key
GOES_ON = "。；，！？、：）》”"  # what may stand behind the caret; else it is inside a sentence

TITLE = re.compile("《[^《》]*$")  # begun; it is asked for wherever it stands


class Completing(QObject):
    """Offers in the editor that is written in."""

    def __init__(self, letters: EarlierLetters, parent: QObject) -> None:
        """Nothing is offered before something is written."""
        super().__init__(parent)
        self._letters = letters
        self._editor: ReplyEditor | None = None
        self._offer: Offer | None = None
        self._found: list[Completion] = []
        self._before = ""  # the words the question was about
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self._answer = LatestAnswer(self)
        self._answer.answered.connect(self._answered)

    def written(self, editor: ReplyEditor) -> None:
        """A key changed the words of `editor`."""
        self.put_away()
        if editor is not self._editor:
            if self._editor:
                self._editor.removeEventFilter(self)
                self._editor.cursorPositionChanged.disconnect(self._moved)
            self._editor = editor
            editor.installEventFilter(self)
            editor.cursorPositionChanged.connect(self._moved)
        self._pause.start(PAUSE_MS)

    def put_away(self) -> None:
        """Offer nothing; an answer that is on its way comes too late."""
        self._pause.stop()
        self._answer.forget()
        if self._offer:
            self._offer.hide()

    @property
    def offered(self) -> list[str]:
        """What is offered now."""
        shown = self._offer is not None and self._offer.isVisible()
        return [one.text for one in self._found] if shown else []

    def _moved(self) -> None:
        """The caret went elsewhere."""
        if self.offered and self._words()[0] != self._before:
            self.put_away()

    def _ask(self) -> None:
        before, after = self._words()
        if before and (not after or after[0] in GOES_ON or TITLE.search(before)):
            self._before = before
            self._answer.ask(partial(self._letters.completions, before))

    def _words(self) -> tuple[str, str]:
        """The caret's paragraph before and behind it; nothing where nothing may be offered."""
        editor = self._editor
        if not editor or not editor.hasFocus() or editor.isReadOnly():
            return "", ""
        cursor = editor.textCursor()
        block = cursor.block()
        if cursor.hasSelection() or block.layout().preeditAreaText():
            return "", ""
        half = QTextCursor(block)
        half.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
        before = half.selectedText()
        return before, block.text()[len(before) :]

    def _answered(self, found: list[Completion]) -> None:
        editor = self._editor
        if not found or not editor or self._words()[0] != self._before:
            return
        ground = _ground(editor)
        if not self._offer or self._offer.parentWidget() is not ground:
            self._offer = Offer(ground)
            self._offer.taken.connect(self._take)
        self._found = found
        caret = editor.cursorRect()
        caret.moveTopLeft(editor.viewport().mapTo(ground, caret.topLeft()))
        self._offer.show_under(caret, [one.text for one in found])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys of the offer; whatever else happens to the editor puts it away."""
        if watched is not self._editor or not self._offer or not self._offer.isVisible():
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._key(event)
        making = isinstance(event, QInputMethodEvent) and bool(event.preeditString())
        if making or kind in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize):
            self.put_away()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the offer takes this key; it takes none with Ctrl, Alt or Shift."""
        assert self._offer
        chosen = self._offer.currentRow()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif plain and event.key() == Qt.Key.Key_Down:
            self._offer.step(1)
        elif plain and event.key() == Qt.Key.Key_Up and chosen >= 0:
            self._offer.step(-1)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen >= 0:
            self._take(chosen)
        else:
            return False
        return True

    def _take(self, number: int) -> None:
        """Put it in place of what was typed of it, one step of undo."""
        editor, one = self._editor, self._found[number]
        before, after = self._words()
        self.put_away()
        if not editor or before != self._before:
            return
        typed = before[len(before) - one.typed :]
        closed = typed.startswith("《") and after.startswith("》") and "》" in one.text
        cursor = editor.textCursor()
        here = cursor.position()
        cursor.setPosition(here - units(typed))
        cursor.setPosition(here + closed, QTextCursor.MoveMode.KeepAnchor)
        editor.new_run()
        cursor.insertText(one.text)
        editor.new_run()
        editor.setTextCursor(cursor)
        self.put_away()  # its own words ask for nothing


def _ground(editor: ReplyEditor) -> QWidget:
    """What scrolls with the editor."""
    place: QWidget = editor
    while parent := place.parentWidget():
        if isinstance(parent.parentWidget(), QScrollArea):
            return place
        place = parent
    return place
