"""The original of a letter that is being imported: its text, what was recognised coloured in it,
and in the margin the word for each part."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.letter.anatomy import Anatomy, Mark, Part
from desktop.widgets import theme
from desktop.widgets.plain_editor import characters

PART_WORDS = {
    Part.CATEGORY: "类别",
    Part.DISCLOSURE: "公开",
    Part.DOCUMENT_NUMBER: "文号",
    Part.ISSUED_BY: "签发人",
    Part.TITLE: "标题",
    Part.SALUTATION: "称谓",
    Part.OPENING: "开头",
    Part.BODY: "正文",
    Part.CLOSING: "结尾",
    Part.ATTACHMENTS: "附件",
    Part.SIGNATURE: "署名",
    Part.DATE: "日期",
    Part.CONTACT: "联系",
    Part.COPIES: "抄送",
    Part.LEFT_OUT: "不读入",
}
HEAD = (Part.TITLE, Part.SALUTATION, Part.OPENING)
MARGIN, BAR = 72, 4
COLOURED = 4000  # marks; a letter has dozens


class OriginalText(QPlainTextEdit):
    """The text, to be read and selected by mouse or keys, never changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        self._anatomy = Anatomy("")
        self._marks: dict[int, list[Mark]] = {}  # by line
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

    def show_anatomy(self, anatomy: Anatomy) -> None:
        """Show the source with these marks; the caret and the selection stay."""
        if anatomy.source != self._anatomy.source:
            self.setPlainText(anatomy.source)
            self._beyond = [n for n, sign in enumerate(anatomy.source) if sign > "\uffff"]
        self._anatomy = anatomy
        self._marks = {}
        for mark in anatomy.marks:
            self._marks.setdefault(mark.line, []).append(mark)
        self._dress()

    def selection(self) -> tuple[int, int]:
        """What is selected, as places of the source."""
        cursor, source = self.textCursor(), self._anatomy.source
        places = cursor.selectionStart(), cursor.selectionEnd()
        if self._beyond:
            return characters(source, places[0]), characters(source, places[1])
        return places

    def select(self, start: int, end: int) -> None:
        """Select a stretch of the source and bring it into view."""
        cursor = self._cursor(start, end)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def lines_of(self, block: QTextBlock) -> Iterator[tuple[QRectF, Sequence[Mark]]]:
        """The lines of a paragraph as they are wrapped, each with the marks that begin on it."""
        layout = block.layout()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        marks = self._marks.get(block.blockNumber(), [])
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, after = line.textStart(), line.textStart() + line.textLength()
            here = [
                mark
                for mark in marks
                if first <= self._place(mark.start) - block.position() < after
            ]
            yield line.rect().translated(top), here

    def _place(self, n: int) -> int:
        return n + bisect_left(self._beyond, n)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._place(start))
        cursor.setPosition(self._place(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _dress(self) -> None:
        self.setViewportMargins(theme.scaled(MARGIN), 0, 0, 0)
        selections = []
        for mark in self._anatomy.marks[:COLOURED]:
            if mark.part is not Part.BODY:
                selections.append(self._selection(mark.start, mark.end, _look(mark.part)))
        fact = QTextCharFormat()
        fact.setFontUnderline(True)
        fact.setUnderlineColor(theme.color("accent"))
        fact.setForeground(theme.color("accent"))
        for found in self._anatomy.facts:
            selections.append(self._selection(found.start, found.end, fact))
        self.setExtraSelections(selections)
        self._margin.update()

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor, made.format = self._cursor(start, end), look  # type: ignore[attr-defined]
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The margin is as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._margin.setGeometry(inside.left(), inside.top(), theme.scaled(MARGIN), inside.height())


class _Margin(QWidget):
    """A bar in the part's colour beside each paragraph, and its word where a part begins."""

    def __init__(self, text: OriginalText) -> None:
        super().__init__(text)
        self._text = text

    def follow(self, _area: object, _by: int) -> None:
        """The text was scrolled or changed."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The paragraphs in view."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("panel"))
        painter.setFont(theme.font(12))
        block = self._text.firstVisibleBlock()
        part = said = None
        while block.isValid():
            for line, marks in self._text.lines_of(block):
                if line.top() > self.height():
                    return
                part = marks[-1].part if marks else part
                if marks or block.text().strip():
                    self._paint(painter, line, part)
                words = _words(marks)
                if words and words != said:  # once for paragraphs of one part
                    self._say(painter, line, words)
                said = words or said
            part = None
            block = block.next()

    def _paint(self, painter: QPainter, line: QRectF, part: Part | None) -> None:
        bar = QRectF(self.width() - 2 * BAR, line.top(), BAR, line.height())
        painter.fillRect(bar, _tone(part) if part else theme.color("line"))

    def _say(self, painter: QPainter, line: QRectF, words: str) -> None:
        painter.setPen(theme.color("second"))
        room = QRectF(6, line.top(), self.width() - 3 * BAR - 4, line.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _words(marks: Sequence[Mark]) -> str:
    """What the margin says beside a line on which these begin."""
    words = list(dict.fromkeys(PART_WORDS[mark.part] for mark in marks))
    return f"{words[0]}等{len(words)}项" if len(words) > 1 else "".join(words)


def _tone(part: Part) -> QColor:
    """The colour of a part's bar."""
    if part is Part.LEFT_OUT:
        return theme.color("line")
    if part is Part.BODY:
        return theme.color("strong_line")
    return theme.color("accent" if part in HEAD else "pending")


def _look(part: Part) -> QTextCharFormat:
    """How a part's words stand in the text."""
    look = QTextCharFormat()
    if part is Part.LEFT_OUT:
        look.setForeground(theme.color("third"))
        look.setFontStrikeOut(True)
    else:
        look.setBackground(theme.color("accent_soft" if part in HEAD else "pending_soft"))
    return look
