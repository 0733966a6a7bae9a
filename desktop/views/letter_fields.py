"""The rows of 函件: a field with its three states, 发文字号 in its parts, a list to pick from."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.enums import FieldState
from desktop import terms
from desktop.letter.model import Note
from desktop.services import letters
from desktop.services.rows import FieldShown
from desktop.views.notes_strip import NotesStrip
from desktop.widgets import theme
from desktop.widgets.calm import CalmBox
from desktop.widgets.form import Choice, Row
from desktop.widgets.line_field import LineField
from desktop.widgets.plain_editor import PlainEditor

STATES = [(state.value, word) for state, word in terms.FIELD_STATES.items()]
HINTS = {
    "attachments": "一行一个附件名称",
    "copies": "抄送单位，如 区政协提案委员会",
    "contact": "联系人和电话",
    "title": "回车断行",
}
WAITS = "填好“基本信息”后自动写出"
NONE = ""


class Pick(CalmBox):
    """A list of values with their words; `activated` speaks of the handler only."""

    def __init__(self, options: dict[str, str]) -> None:
        """`options`: value → words."""
        super().__init__()
        self.setMinimumContentsLength(8)
        self.set_options(options)

    def set_options(self, options: dict[str, str]) -> None:
        """Offer these; silent."""
        if [self.itemData(n) for n in range(self.count())] == list(options):
            return
        self.clear()
        for value, word in options.items():
            self.addItem(word, value)

    def value(self) -> str:
        """The value that is on."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Turn `value` on; silent."""
        self.setCurrentIndex(self.findData(value))


class FieldRow(Row):
    """A field: its text as printed, and whether that is composed, own or absent."""

    text_edited = Signal(str, str)
    state_changed = Signal(str, str)
    note_ticked = Signal(str, bool)

    def __init__(self, name: str, editor: "NumberEditor | PlainEditor") -> None:
        """The field `name`, typed in `editor`."""
        self._name, self._text = name, editor
        self.notes: NotesStrip | None = None  # 批注, once there are any
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.state = Choice(STATES)
        if inside := self.state.layout():
            inside.setContentsMargins(0, theme.scaled(4), 0, 0)
        super().__init__(terms.FIELDS[name], both)
        line.addWidget(editor, 1)
        line.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        both.setFocusProxy(editor)
        editor.setAccessibleName(terms.FIELDS[name])
        self.state.setAccessibleName(f"{terms.FIELDS[name]}的来源")
        editor.edited.connect(self._edited)
        self.state.changed.connect(self._state_changed)

    def show_field(self, shown: FieldShown) -> None:
        """Show a field as it is; silent."""
        self.state.set_value(shown.state.value)
        self._text.show_text(shown.text)
        absent = shown.state is FieldState.ABSENT
        hint = f"不印。自动：{shown.composed}" if shown.composed else "不印"
        waits = shown.state is FieldState.COMPOSED and not shown.text
        own = WAITS if waits else HINTS.get(self._name, "")
        self._text.set_hint(hint.replace("\n", " ") if absent else own)
        if isinstance(self._text, NumberEditor) and shown.state is FieldState.OWN:
            self.set_problem(self._text.missing, missing=bool(self._text.missing))
        else:
            self.set_problem("")
        self.set_dim(shown.state is FieldState.COMPOSED)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """What colleagues remarked on it; silent."""
        if notes and not self.notes:
            self.notes = NotesStrip(self)
            self.notes.ticked.connect(self.note_ticked)
            self.add_below(self.notes)
            QWidget.setTabOrder(self.state.buttons()[-1], self.notes.fold)
        if self.notes:
            self.notes.show_notes(notes)

    def set_dim(self, dim: bool) -> None:
        """A composed text stands back a little."""
        if self._text.property("note") != dim:
            self._text.setProperty("note", dim)
            self._text.style().unpolish(self._text)
            self._text.style().polish(self._text)

    def begin(self) -> None:
        """Write."""
        target = self._text.serial if isinstance(self._text, NumberEditor) else self._text
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, text: str) -> None:
        self.text_edited.emit(self._name, text)

    def _state_changed(self, value: str) -> None:
        self.state_changed.emit(self._name, value)


class NumberEditor(QWidget):
    """发文字号 as one row: 机关代字 〔年份〕 序号 号, with the result beside it."""

    edited = Signal(str)

    def __init__(self) -> None:
        """An empty row."""
        super().__init__()
        self.prefix, self.year, self.serial = LineField(), LineField(), LineField()
        self.result = QLabel()
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.result.setProperty("small", True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.setContentsMargins(0, 0, 0, 0)
        for widget, name, width in (
            (self.prefix, "机关代字", 0),
            (QLabel("〔"), "", 0),
            (self.year, "年份", 64),
            (QLabel("〕"), "", 0),
            (self.serial, "序号", 64),
            (QLabel("号"), "", 0),
        ):
            if isinstance(widget, LineField):
                widget.setAccessibleName(f"发文字号的{name}")
                widget.setPlaceholderText(name)
                widget.edited.connect(self._edited)
            if width:
                widget.setFixedWidth(width)
            line.addWidget(widget, 0 if width or isinstance(widget, QLabel) else 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(line)
        whole.addWidget(self.result)
        self.setFocusProxy(self.prefix)

    def show_text(self, text: str) -> None:
        """Show a 发文字号 in its parts; silent."""
        if text != self._text():
            parts = letters.document_number_parts(text)
            for field, part in zip((self.prefix, self.year, self.serial), parts, strict=True):
                field.set_text(part)
        self.result.setText(f"印作：{text}" if text else "")

    def set_hint(self, hint: str) -> None:
        """What is said while it is not printed."""
        if hint:
            self.result.setText(hint)

    def _text(self) -> str:
        parts = [field.text() for field in (self.prefix, self.year, self.serial)]
        return letters.document_number(*parts) if any(parts) else ""

    def _edited(self, _: str) -> None:
        if self.sender() is self.serial and self.serial.text() and not self.year.text():
            self.year.set_text(str(date.today().year))
        self.edited.emit(self._text())

    @property
    def missing(self) -> str:
        """What a 发文字号 that is begun still lacks."""
        parts = {"机关代字": self.prefix, "年份": self.year, "序号": self.serial}
        empty = [name for name, field in parts.items() if not field.text().strip()]
        return f"还缺{'、'.join(empty)}" if 0 < len(empty) < len(parts) else ""


def text_editor(name: str) -> PlainEditor:
    """An editor for the field `name`, of one line or more."""
    return PlainEditor(single=letters.is_one_line(name))
