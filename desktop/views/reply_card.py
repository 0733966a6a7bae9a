"""The card of one reply (答复): its suggestions on top, the editor of its answer below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.letter.model import Case, Note, Reply, Suggestion
from desktop.services.coverage import answered
from desktop.services.paragraphs import count_characters
from desktop.views import reply_menus
from desktop.views.notes_strip import NotesStrip
from desktop.views.reply_editor import ReplyEditor
from desktop.views.reuse_line import ReuseLine
from desktop.views.suggestion_row import DRAGGED, SuggestionRow
from desktop.widgets.tab_order import before, chain

HINT = "在此撰写答复"
# deed, word, what it does
DEEDS = (
    ("up", "上移", "这条答复在函件中提前一位"),
    ("down", "下移", "这条答复在函件中推后一位"),
    ("split", "拆分", "卡片上的建议各自单独答复，答复文字留在第一条"),
    ("merge", "合并到上一条", "与上一张卡片的建议一并答复，两边的答复文字都保留"),
    ("remove", "删除", "去掉这段总的说明"),
)


class ReplyCard(QFrame):
    """The card. Its deeds are asked for with the reply's key; the page does them."""

    deed_asked = Signal(str, str)  # deed, reply key
    suggestion_dropped = Signal(str, str, int)  # suggestion, reply, position or -1
    note_ticked = Signal(str, bool)  # note, whether it is dealt with

    def __init__(self, parent: QWidget | None = None) -> None:
        """A card that shows nothing yet."""
        super().__init__(parent)
        self.key = ""
        self.rows: list[SuggestionRow] = []
        self.notes: NotesStrip | None = None  # 批注, once there are any
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        self.title = QLabel(self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("heading", True)
        self.badge = QLabel(self)
        self.buttons = {deed: self._button(deed, word, tip) for deed, word, tip in DEEDS}
        self.editor = ReplyEditor(self)
        self.editor.set_hint(HINT)
        self.count = QLabel(self)
        self.count.setProperty("third", True)
        self.reuse = ReuseLine(self)
        self.reuse.next.clicked.connect(self.editor.marks.next)
        self.well = QFrame(self)
        self.well.setProperty("well", True)
        self._rows_place = QVBoxLayout()
        self._place()
        self.editor.focus_changed.connect(self._focus_changed)
        self.editor.menu_opening.connect(self._add_deeds)

    def _button(self, deed: str, word: str, tip: str) -> QPushButton:
        button = QPushButton(word, self)
        button.setProperty("quiet", True)
        button.setProperty("deed", deed)
        button.setToolTip(tip)
        button.clicked.connect(self._clicked)
        return button

    def _place(self) -> None:
        head = QFrame(self)
        head.setProperty("cardHead", True)
        bar = QHBoxLayout(head)
        bar.setContentsMargins(14, 6, 10, 6)
        bar.addWidget(self.title)
        bar.addSpacing(6)
        bar.addWidget(self.badge)
        bar.addStretch()
        for button in self.buttons.values():
            bar.addWidget(button)
        inside = QVBoxLayout(self.well)
        inside.setContentsMargins(1, 6, 10, 6)
        inside.setSpacing(2)
        inside.addWidget(self.editor)
        inside.addWidget(self.reuse)
        inside.addWidget(self.count, 0, Qt.AlignmentFlag.AlignRight)
        self._rows_place.setContentsMargins(10, 10, 12, 0)
        self._rows_place.setSpacing(4)
        answer = QVBoxLayout()
        answer.setContentsMargins(28, 8, 14, 12)
        answer.setSpacing(8)
        answer.addWidget(self.well)
        self._answer = answer
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(self._rows_place)
        whole.addLayout(answer)

    def show_reply(self, case: Case, reply: Reply, suggestions: tuple[Suggestion, ...]) -> bool:
        """Show `reply`; silent. True where it has other rows than before."""
        self.key = reply.key
        new_rows = self._show_suggestions(suggestions)
        named = "建议" + "、".join(s.label for s in suggestions) if suggestions else "总的说明"
        self.title.setText(f"{named}及其答复" if suggestions else named)
        self.editor.setAccessibleName(f"{named}的答复" if suggestions else named)
        self.editor.show_paragraphs(reply.paragraphs)
        self.show_count(reply)
        self._show_deeds(case, reply, named)
        return new_rows

    def show_count(self, reply: Reply) -> None:
        """The counter, and whether it is answered."""
        count = count_characters("".join(p.text for p in reply.paragraphs))
        keys = (
            " · Ctrl+1…4 标注去向"
            if self.editor.hasFocus() and not self.editor.isReadOnly()
            else ""
        )
        self.count.setText(f"{count} 字{keys}")
        self.count.setVisible(bool(count or self.editor.hasFocus()))
        done = answered(reply)
        if reply.suggestions or done:
            self._set_badge("已答复" if done else "未答复", "good" if done else "bad")
        else:
            self._set_badge("可不写", "plain")

    def show_notes(self, notes: Sequence[Note], *, read_only: bool) -> None:
        """What colleagues remarked on this reply, above it; silent."""
        if notes and not self.notes:
            self.notes = NotesStrip(self)
            self.notes.ticked.connect(self.note_ticked)
            self._answer.insertWidget(0, self.notes)
            chain(before(self.editor), *self.notes.stops())
        if self.notes:
            self.notes.show_notes(notes)
            self.notes.set_read_only(read_only)

    def set_read_only(self, read_only: bool) -> None:
        """定稿: to be read, not changed."""
        self.editor.setReadOnly(read_only)
        for row in self.rows:
            row.set_read_only(read_only)
        if read_only:
            for button in self.buttons.values():
                button.hide()

    def set_over(self, over: bool) -> None:
        """A suggestion hovers over the card."""
        self.setProperty("over", over)
        _polish(self)

    def _set_badge(self, text: str, look: str) -> None:
        if self.badge.text() != text:
            self.badge.setText(text)
            self.badge.setProperty("badge", look)
            _polish(self.badge)

    def _show_suggestions(self, suggestions: tuple[Suggestion, ...]) -> bool:
        keys = [s.key for s in suggestions]
        new_rows = keys != [row.key for row in self.rows]
        if new_rows:
            kept = {row.key: row for row in self.rows}
            for row in self.rows:
                self._rows_place.removeWidget(row)
                if row.key not in keys:
                    row.hide()
                    row.deleteLater()
            self.rows = [kept.get(s.key) or SuggestionRow(s, self) for s in suggestions]
            for row in self.rows:
                self._rows_place.addWidget(row)
        for row, suggestion in zip(self.rows, suggestions, strict=True):
            row.show_suggestion(suggestion)
            row.grouped = len(suggestions) > 1
        return new_rows

    def _show_deeds(self, case: Case, reply: Reply, named: str) -> None:
        numbered = [r.key for r in case.replies if r.suggestions]
        place = numbered.index(reply.key) if reply.key in numbered else -1
        shown = {
            "up": place > 0,
            "down": 0 <= place < len(numbered) - 1,
            "split": len(reply.suggestions) > 1,
            "merge": place > 0,
            "remove": place < 0,
        }
        for deed, button in self.buttons.items():
            button.setVisible(shown[deed])
            button.setAccessibleName(f"{button.text()}：{named}")

    def _add_deeds(self, menu: QMenu) -> None:
        reply_menus.add_deeds(menu, self.editor)

    def _clicked(self) -> None:
        self.deed_asked.emit(str(self.sender().property("deed")), self.key)

    def _focus_changed(self, focused: bool) -> None:
        self.well.setProperty("on", focused)
        _polish(self.well)
        text = self.count.text().partition(" · ")[0]
        self.count.setText(text + (" · Ctrl+1…4 标注去向" if focused else ""))
        self.count.setVisible(focused or text not in ("", "0 字"))

    # a suggestion dropped
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """A suggestion may be dropped here, but not on 总的说明, nor through it on the ground."""
        if event.mimeData().hasFormat(DRAGGED):
            event.acceptProposedAction()
            self.set_over(bool(self.rows))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Anywhere on the card."""
        if self.rows:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """It went on."""
        super().dragLeaveEvent(event)
        self.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """It joins this reply, before the row it was dropped on."""
        self.set_over(False)
        event.acceptProposedAction()
        if not self.rows:
            return
        key = bytes(event.mimeData().data(DRAGGED).data()).decode()
        place = event.position().toPoint()
        above = [row for row in self.rows if row.geometry().center().y() <= place.y()]
        self.suggestion_dropped.emit(key, self.key, sum(row.key != key for row in above))


def _polish(widget: QWidget) -> None:
    """Let the stylesheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
