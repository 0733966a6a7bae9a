"""A text as it came in (原文), to be read and never changed: its parts tinted, and in the margin
the word for each."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.widgets import theme
from desktop.widgets.plain_editor import characters

MARGIN, BAR = 84, 4
COLOURED = 4000  # stretches; a letter has dozens


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text, from character `start` up to `end`, and its word in the margin.

    `bar` and `ground` are the colours (tokens) beside and under it; none is a ground that is not
    tinted. Where `faint`, it counts for little; where `struck`, for nothing.
    """

    start: int
    end: int
    word: str
    bar: str
    ground: str = ""
    faint: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line in view as it is wrapped: where it is, and Qt's places of what stands on it, the line
    end too."""

    rect: QRectF
    start: int
    end: int
    block: int  # where its paragraph starts
    line: QTextLine

    def x(self, place: int) -> float:
        """Where on the line one of Qt's places is."""
        x, _ = cast(tuple[float, int], self.line.cursorToX(place - self.block))
        return self.rect.left() - self.line.x() + x


class OriginalText(QPlainTextEdit):
    """The text, selected by mouse or keys. Its stretches stand one after the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        self.source = ""
        self._stretches: Sequence[Stretch] = ()
        self._starts: list[int] = []  # Qt's places
        self._ends: list[int] = []
        self._underlined: Sequence[tuple[int, int]] = ()
        self._beyond: list[int] = []  # places of characters that are two for Qt
        self._margin = _Margin(self)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("原文")
        self.updateRequest.connect(self._margin.follow)
        theme.signals.changed.connect(self._dress)

    def show_stretches(
        self,
        source: str,
        stretches: Sequence[Stretch],
        underlined: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Show the source with these parts; the caret and the selection stay."""
        if source != self.source:
            self.source = source
            self.setPlainText(source)
            self._beyond = [n for n, sign in enumerate(source) if sign > "\uffff"]
        self._stretches, self._underlined = stretches, underlined
        self._starts = [self.place_of(stretch.start) for stretch in stretches]
        self._ends = [self.place_of(stretch.end) for stretch in stretches]
        self._dress()

    def selection(self) -> tuple[int, int]:
        """What is selected, as places of the source."""
        cursor = self.textCursor()
        return self.character(cursor.selectionStart()), self.character(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Select a stretch of the source and bring it into view."""
        self.setTextCursor(self._cursor(start, end))
        self.ensureCursorVisible()

    def place_of(self, n: int) -> int:
        """Qt's place of character `n`."""
        return n + bisect_left(self._beyond, n)

    def character(self, place: int) -> int:
        """The character at Qt's place."""
        return characters(self.source, place) if self._beyond else place

    def shown_lines(self) -> Iterator[ShownLine]:
        """The lines in view."""
        block, below = self.firstVisibleBlock(), self.viewport().height()
        while block.isValid():
            layout, start = block.layout(), block.position()
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                rect = line.rect().translated(top)
                if rect.top() > below:
                    return
                first, is_last = start + line.textStart(), number == layout.lineCount() - 1
                end = first + line.textLength() + is_last
                if rect.bottom() >= 0:
                    yield ShownLine(rect, first, end, start, line)
            block = block.next()

    def on_line(self, line: ShownLine) -> Sequence[Stretch]:
        """The stretches of which something stands on the line."""
        first = bisect_right(self._ends, line.start)
        return self._stretches[first : max(first, bisect_left(self._starts, line.end))]

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.place_of(start))
        cursor.setPosition(self.place_of(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _dress(self) -> None:
        self.setViewportMargins(theme.scaled(MARGIN), 0, 0, 0)
        faint, struck, fact = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        faint.setForeground(theme.color("third"))
        struck.setForeground(theme.color("third"))
        struck.setFontStrikeOut(True)
        fact.setFontUnderline(True)
        fact.setUnderlineColor(theme.color("accent"))
        fact.setForeground(theme.color("accent"))
        looks = [
            (stretch.start, stretch.end, struck if stretch.struck else faint)
            for stretch in self._stretches[:COLOURED]
            if stretch.faint or stretch.struck
        ]
        looks += [(start, end, fact) for start, end in self._underlined]
        self.setExtraSelections([self._selection(*look) for look in looks])
        self.viewport().update()
        self._margin.update()

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor, made.format = self._cursor(start, end), look  # type: ignore[attr-defined]
        return made

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The grounds, then the words on them."""
        painter = QPainter(self.viewport())
        for line in self.shown_lines():
            for stretch in self.on_line(line):
                if stretch.ground:
                    painter.fillRect(self._ground(line, stretch), theme.color(stretch.ground))
        painter.end()
        super().paintEvent(event)

    def _ground(self, line: ShownLine, stretch: Stretch) -> QRectF:
        """What of the line the stretch covers; to its ends where it covers them."""
        start, end = self.place_of(stretch.start), self.place_of(stretch.end)
        left = line.x(start) if start > line.start else 0
        right = line.x(end) if end < line.end - 1 else self.viewport().width()
        return QRectF(left, line.rect.top(), right - left, line.rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The margin is as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._margin.setGeometry(inside.left(), inside.top(), theme.scaled(MARGIN), inside.height())


class _Margin(QWidget):
    """A bar in the part's colour beside each line, and its word where a part begins."""

    def __init__(self, text: OriginalText) -> None:
        super().__init__(text)
        self._text = text

    def follow(self, _area: object, _by: int) -> None:
        """The text was scrolled or changed."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The lines in view."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("panel"))
        painter.setFont(theme.font(12))
        said = ""
        waiting: list[Stretch] = []
        is_first = True
        for line in self._text.shown_lines():
            here = self._text.on_line(line)
            if here or line.end - line.start > 1:
                bar = QRectF(self.width() - 2 * BAR, line.rect.top(), BAR, line.rect.height())
                painter.fillRect(bar, theme.color(here[-1].bar if here else "line"))
            if line.rect.center().y() < 0:
                continue
            begun = [s for s in here if is_first or self._text.place_of(s.start) >= line.start]
            begun, waiting, is_first = [*waiting, *begun], [], False
            if len(begun) > 1 and self._text.place_of(begun[-1].end) > line.end:
                waiting = [begun.pop()]  # it goes on: said beside its next line
            words = _words(begun)
            if words and words != said:  # once for paragraphs of one part
                self._say(painter, line.rect, words)
            said = words or said

    def _say(self, painter: QPainter, line: QRectF, words: str) -> None:
        painter.setPen(theme.color("second"))
        room = QRectF(6, line.top(), self.width() - 3 * BAR - 4, line.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _words(stretches: Sequence[Stretch]) -> str:
    """What the margin says beside a line on which these begin."""
    words = list(dict.fromkeys(stretch.word for stretch in stretches))
    return f"{words[0]}等{len(words)}项" if len(words) > 1 else "".join(words)
