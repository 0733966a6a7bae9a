"""What is marked in the words of a reply: the places of what is sought, and in paragraphs taken
over from earlier letters what may not hold any more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from desktop.services.rows import Aged
from desktop.widgets import theme
from desktop.widgets.plain_editor import characters, units

if TYPE_CHECKING:
    from desktop.views.reply_editor import ReplyEditor


class ReplyMarks(QObject):
    """The marks of one editor. `looked_at` says that the handler put a word's mark away."""

    looked_at = Signal(str, str)  # paragraph, word

    def __init__(self, editor: "ReplyEditor") -> None:
        """Nothing is marked."""
        super().__init__(editor)
        self._editor = editor
        self._sought = ""
        self.sources: dict[str, str] = {}  # by paragraph: 引自第2023118号（2023年）
        self._aged: dict[str, tuple[Aged, ...]] = {}
        editor.menu_opening.connect(self._add_deed)
        theme.signals.changed.connect(self._paint)

    def find(self, words: str) -> None:
        """Mark every place of `words`."""
        self._sought = words
        self._paint()

    def show(self, sources: dict[str, str], aged: dict[str, tuple[Aged, ...]]) -> None:
        """Mark what ages in the paragraphs that were taken over."""
        if not (sources or self.sources):
            return
        self.sources, self._aged = sources, aged
        self._paint()
        self._editor.viewport().update()

    def next(self) -> None:
        """Select the next word that ages, round and round."""
        cursor = self._editor.textCursor()
        here = (cursor.blockNumber(), characters(cursor.block().text(), cursor.positionInBlock()))
        numbers = {p.key: n for n, p in enumerate(self._editor.paragraphs())}
        places = sorted(
            (numbers[key], one.start, one.end - one.start, key)
            for key, aged in self._aged.items()
            for one in aged
            if key in numbers
        )
        after = [place for place in places if place[:2] >= here] or places
        if after:
            _, start, length, key = after[0]
            self._editor.put_caret(key, start, length)

    def tip(self, place: QPoint) -> str:
        """Why the word at `place` is marked."""
        found = self._at(self._editor.cursorForPosition(place))
        return f"“{found[2]}”：{found[1].why}，请核对" if found else ""

    def _at(self, cursor: QTextCursor) -> tuple[str, Aged, str] | None:
        """Paragraph, mark and word where `cursor` stands."""
        paragraphs, text = self._editor.paragraphs(), cursor.block().text()
        if cursor.blockNumber() >= len(paragraphs):
            return None
        key = paragraphs[cursor.blockNumber()].key
        at = characters(text, cursor.positionInBlock())
        marks = (one for one in self._aged.get(key, ()) if one.start <= at <= one.end)
        return next(((key, one, text[one.start : one.end]) for one in marks), None)

    def _add_deed(self, menu: QMenu) -> None:
        if found := self._at(self._editor.textCursor()):
            self._menu_at = found[0], found[2]
            menu.addSeparator()
            menu.addAction(f"“{found[2]}”已核对", self._look_at)

    def _look_at(self) -> None:
        self.looked_at.emit(*self._menu_at)

    def _paint(self) -> None:
        places = [*self._places_of_aged(), *self._places_of_sought()]
        if places or self._editor.extraSelections():
            self._editor.setExtraSelections(places)

    def _places_of_sought(self) -> list[QTextEdit.ExtraSelection]:
        made = []
        look = QTextCharFormat()
        look.setBackground(theme.color("found"))
        cursor = QTextCursor(self._editor.document())
        while self._sought:
            cursor = self._editor.document().find(self._sought, cursor)
            if cursor.isNull():
                break
            made.append(_place(cursor, look))
        return made

    def _places_of_aged(self) -> list[QTextEdit.ExtraSelection]:
        made = []
        look = QTextCharFormat()
        look.setBackground(theme.color("pending_soft"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(theme.color("pending"))
        document = self._editor.document()
        for number, paragraph in enumerate(self._editor.paragraphs()):
            block = document.findBlockByNumber(number)
            for one in self._aged.get(paragraph.key, ()):
                cursor = QTextCursor(block)
                start = block.position() + units(paragraph.text[: one.start])
                end = block.position() + units(paragraph.text[: one.end])
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                made.append(_place(cursor, look))
        return made


def _place(cursor: QTextCursor, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    place = QTextEdit.ExtraSelection()
    place.cursor = cursor  # type: ignore[attr-defined]
    place.format = look  # type: ignore[attr-defined]
    return place
