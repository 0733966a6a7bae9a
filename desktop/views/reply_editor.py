"""The editor of one reply (答复): plain paragraphs, each with its outcome (去向) in the margin.

The paragraphs live beside the document, one for each of its blocks, because Qt forgets what is
attached to a block when blocks are joined and split again. A blank editor is a reply of none.
"""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip, QWidget

from db.enums import Outcome
from desktop.errors import FuhanError
from desktop.letter.model import Paragraph
from desktop.models.earlier_answers import DRAGGED
from desktop.services import paragraphs as editing
from desktop.views import reply_margin
from desktop.views.reply_marks import ReplyMarks
from desktop.widgets import theme
from desktop.widgets.plain_editor import PlainEditor, characters, units

CARRIED = "application/x-fuhan-paragraphs"  # keys of those that words were copied from
GAP = 8  # above a paragraph that does not run on
Paragraphs = tuple[Paragraph, ...]


class ReplyEditor(PlainEditor):
    """The paragraphs of one reply. `written` speaks only of what the user did."""

    written = Signal(object, str)  # the paragraphs, and the run of typing they belong to
    outcome_asked = Signal(int, QPoint)  # a click in the margin: the paragraph, where to ask
    told = Signal(str)  # what was done to a pasted text
    earlier_dropped = Signal(str, str)  # lines of 往年答复 (their ticket, their words) at the caret
    reused = Signal(list, list)  # words of these paragraphs were put into those

    def __init__(self, parent: QWidget | None = None) -> None:
        """An editor of no paragraphs."""
        self._paragraphs: Paragraphs = (editing.blank(),)
        self._proposed: dict[str, Outcome] = {}
        self._asks_outcome = False
        self._run = 0
        self._typed_at = (-1, -1)  # paragraph and character where typing would go on
        super().__init__(parent, pixels=14)
        self.marks = ReplyMarks(self)
        self.line_pixels = 14 * 1.7
        self.setProperty("reply", True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setMouseTracking(True)
        self._format_all()

    # what it holds
    def paragraphs(self) -> Paragraphs:
        """The reply's paragraphs; none where nothing is written."""
        only = self._paragraphs[0]
        if len(self._paragraphs) == 1 and not only.text and not only.outcome:
            return ()
        return self._paragraphs

    def show_paragraphs(self, paragraphs: Paragraphs) -> None:
        """Hold `paragraphs`: only what differs is touched, the caret goes where it differs."""
        new = paragraphs or (editing.blank(),)
        if paragraphs == self.paragraphs():
            return
        old, self._paragraphs = self._paragraphs, new
        self._show_texts([p.text for p in old], [p.text for p in new])
        self._format_all()
        self._fit()
        self.viewport().update()

    def show_proposed(self, proposed: dict[str, Outcome]) -> None:
        """建议标注: outcomes to be accepted, by paragraph key."""
        self._proposed = proposed
        self.viewport().update()

    def ask_outcomes(self, asks: bool) -> None:
        """Whether a paragraph without outcome is named so (the 清单式 needs one)."""
        self._asks_outcome = asks
        self.viewport().update()

    def selected(self) -> tuple[int, int]:
        """First and last paragraph of the selection, or the caret's."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd())
        alone = last.blockNumber() > first and last.position() == cursor.selectionEnd()
        return first, last.blockNumber() - alone

    def caret_paragraph(self) -> Paragraph:
        """The paragraph with the caret."""
        return self._paragraphs[self.textCursor().blockNumber()]

    def put_caret(self, key: str, start: int = 0, length: int = 0) -> bool:
        """Select `length` characters of paragraph `key`; False where it is not here."""
        numbers = {p.key: n for n, p in enumerate(self._paragraphs)}
        if key not in numbers:
            return False
        text = self._paragraphs[numbers[key]].text
        block = self.document().findBlockByNumber(numbers[key]).position()
        cursor = self.textCursor()
        cursor.setPosition(block + units(text[:start]))
        cursor.setPosition(block + units(text[: start + length]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    # the handler's deeds
    def mark(self, outcome: Outcome | None) -> None:
        """标注去向 of the selected paragraphs."""
        self._deed(editing.mark(self._paragraphs, *self.selected(), outcome))

    def mark_paragraph(self, number: int, outcome: Outcome | None) -> None:
        """标注去向 of one paragraph."""
        self._deed(editing.mark(self._paragraphs, number, number, outcome))

    def toggle_runs_on(self) -> None:
        """接上段 of the selected paragraphs, or no more."""
        first, last = self.selected()
        value = not self._paragraphs[last].runs_on
        self._deed(editing.set_runs_on(self._paragraphs, first, last, value))

    def set_level(self, level: int) -> None:
        """小标题 of the selected paragraphs; 0 is text."""
        self._deed(editing.set_level(self._paragraphs, *self.selected(), level))

    def divide(self) -> None:
        """接排分段: two paragraphs for two outcomes that print as one, as before."""
        cursor = self.textCursor()
        before = cursor.block().text()
        at = characters(before, cursor.positionInBlock())
        divided = editing.divide(self._paragraphs, cursor.blockNumber(), at)
        if divided != self._paragraphs:
            place = cursor.position() + 1
            self._deed(divided)
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)

    def new_run(self) -> None:
        """What comes next is a step of undo of its own."""
        self._run += 1

    def _deed(self, paragraphs: Paragraphs) -> None:
        if self.isReadOnly() or paragraphs == self._paragraphs:
            return
        self.new_run()
        self.show_paragraphs(paragraphs)
        self.written.emit(self.paragraphs(), "")

    def paste_text(self, text: str) -> None:
        """Raw first, tidied after: one undo brings the raw text back."""
        from desktop.services import pasting  # costly patterns: at first use

        try:
            tidied, raw = pasting.tidy(text), pasting.raw(text)
        except FuhanError as error:
            self.refused.emit(str(error))
            return
        cursor = self.textCursor()
        start = cursor.selectionStart()
        self.new_run()
        cursor.insertText(raw)
        self.new_run()
        if tidied.text != raw:
            end = cursor.position()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(tidied.text)
            self.new_run()
            self.told.emit(f"{tidied.note}（Ctrl+Z 还原原文）")
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Lines of 往年答复 come in with their marks, all else as plain text."""
        if source.hasFormat(DRAGGED):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            ticket = bytes(source.data(DRAGGED).data()).decode()
            self.earlier_dropped.emit(ticket, source.text())
            return
        first = self.document().findBlock(self.textCursor().selectionStart()).blockNumber()
        before = self._paragraphs
        super().insertFromMimeData(source)
        if source.hasFormat(CARRIED) and self._paragraphs is not before:
            last = self.textCursor().blockNumber()
            old = bytes(source.data(CARRIED).data()).decode().split()
            self.reused.emit(old, [p.key for p in self._paragraphs[first : last + 1]])

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """The words, and which paragraphs they are of: where they came from goes with them."""
        data = super().createMimeDataFromSelection()
        first, last = self.selected()
        keys = (p.key for p in self._paragraphs[first : last + 1])
        data.setData(CARRIED, " ".join(keys).encode())
        return data

    def on_user_edit(self, position: int, removed: int, added: int) -> None:  # noqa: ARG002
        """Which blocks an edit touched, and what becomes of their paragraphs."""
        document = self.document()
        end = min(position + added, document.characterCount() - 1)
        first = document.findBlock(position).blockNumber()
        last = document.findBlock(end).blockNumber()
        after = document.blockCount() - 1 - last
        old_last = max(first, len(self._paragraphs) - 1 - after)
        texts = []
        block = document.findBlockByNumber(first)
        for _ in range(last - first + 1):
            texts.append(block.text())
            block = block.next()
        before = self._paragraphs
        self._paragraphs = editing.after_edit(before, first, old_last, texts)
        structure = len(texts) != 1 or old_last != first
        if structure:
            self._format_blocks(first, last)
        place = (first, _common(before[first].text, texts[0])) if first < len(before) else (0, 0)
        if structure or place[0] != self._typed_at[0] or abs(place[1] - self._typed_at[1]) > 1:
            self.new_run()
        longer = len(texts[0]) - len(before[first].text) if first < len(before) else 0
        self._typed_at = (first, place[1] + max(0, longer))
        self.written.emit(self.paragraphs(), str(self._run))
        if structure:
            self.new_run()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter divides without a break in print."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self.isReadOnly():
                self.divide()
            return
        super().keyPressEvent(event)

    # mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on a label asks for the outcome, or takes the one proposed."""
        number = self._paragraph_at(event.position().toPoint())
        if number < 0 or self.isReadOnly() or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        proposed = self._proposed.get(self._paragraphs[number].key)
        if proposed and not self._paragraphs[number].outcome:
            self.mark_paragraph(number, proposed)
        else:
            self.outcome_asked.emit(number, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The pointer says where a click writes and where it asks."""
        over = event.position().x() < theme.scaled(reply_margin.WIDTH) and not event.buttons()
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """The margin explains itself, and why words are marked."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._paragraph_at(event.pos())
            tip = self._tip(number) if number >= 0 else self.marks.tip(event.pos())
            QToolTip.showText(event.globalPos(), tip.replace("<", "&lt;"), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, number: int) -> str:
        paragraph = self._paragraphs[number]
        source = self.marks.sources.get(paragraph.key, "")
        if paragraph.key in self._proposed and not paragraph.outcome:
            whose = f"{source}，那份答复的去向，核对后" if source else "按措辞建议的去向，"
            return f"{whose}单击采纳"
        if paragraph.runs_on:
            return "接上段：叙述式印刷时与上一段连成一段"
        return "，".join(filter(None, (source, "单击标注去向（Ctrl+1…4，Ctrl+0 取消）")))

    def _paragraph_at(self, place: QPoint) -> int:
        """The paragraph whose label stands at `place`, or -1."""
        if place.x() >= theme.scaled(reply_margin.WIDTH):
            return -1
        at = QPoint(theme.scaled(reply_margin.WIDTH) + 4, place.y())
        return self.cursorForPosition(at).blockNumber()

    # looks
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The text with the outcomes beside it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout = self.document().documentLayout()
        clip = QRectF(event.rect())
        block = self.document().begin()
        block = self.cursorForPosition(event.rect().topLeft()).block() if block.isValid() else block
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            area = layout.blockBoundingRect(block)
            if area.top() > clip.bottom():
                break
            self._paint_margin(painter, block, area)
            block = block.next()

    def _paint_margin(self, painter: QPainter, block: QTextBlock, area: QRectF) -> None:
        number = block.blockNumber()
        if number >= len(self._paragraphs):  # between an edit and its report
            return
        paragraph = self._paragraphs[number]
        alone = len(self._paragraphs) == 1 and not paragraph.text
        mark = reply_margin.mark_of(
            paragraph, self._proposed.get(paragraph.key), alone=alone, asks=self._asks_outcome
        )
        above = block.previous()
        layout = self.document().documentLayout()
        top = layout.blockBoundingRect(above).bottom() if above.isValid() else area.top()
        whole = QRectF(area)
        whole.setTop(top)  # the bars are one
        reply_margin.paint(painter, mark, whole, QRectF(area).top(), self.line_pixels)
        if paragraph.key in self.marks.sources and not paragraph.runs_on:
            reply_margin.paint_source(painter, QRectF(area).top(), self.line_pixels)

    def _gap(self, number: int) -> int:
        return 0 if not number or self._paragraphs[number].runs_on else theme.scaled(GAP)

    def _block_format(self, number: int) -> QTextBlockFormat:
        made = self.block_format()
        made.setLeftMargin(theme.scaled(reply_margin.WIDTH))
        made.setTopMargin(self._gap(number))
        return made

    def _format_all(self) -> None:
        self._format_blocks(0, self.document().blockCount() - 1)

    def _format_blocks(self, first: int, last: int) -> None:
        """Spacing and weight of these blocks, touched only where they differ."""
        with self.silence():
            block = self.document().findBlockByNumber(first)
            for number in range(first, min(last + 2, self.document().blockCount())):
                cursor = QTextCursor(block)
                wanted = self._block_format(number)
                if block.blockFormat() != wanted:
                    cursor.setBlockFormat(wanted)
                self._weigh(cursor, number)
                block = block.next()

    def _weigh(self, cursor: QTextCursor, number: int) -> None:
        """A sub-heading stands out."""
        bold = number < len(self._paragraphs) and self._paragraphs[number].level > 0
        weight = QFont.Weight.DemiBold if bold else QFont.Weight.Normal
        if cursor.blockCharFormat().fontWeight() == weight:
            return
        look = QTextCharFormat()
        look.setFontWeight(weight)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(look)
        cursor.mergeBlockCharFormat(look)

    def _show_texts(self, old: list[str], new: list[str]) -> None:
        """Turn the document's lines from `old` into `new` by one small edit."""
        before, after = "\n".join(old), "\n".join(new)
        if before == after:
            return
        start = _common(before, after)
        end = _common(before[start:][::-1], after[start:][::-1])
        with self.silence():
            cursor = self.textCursor()
            cursor.setPosition(units(before[:start]))
            cursor.setPosition(units(before[: len(before) - end]), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(after[start : len(after) - end])
        self.setTextCursor(cursor)


def _common(one: str, other: str) -> int:
    """Length of the common beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:  # by halves: comparing slices is fast
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
