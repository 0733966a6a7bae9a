"""The fields of a letter that is being imported: what was read, 未识别, and the key that takes the
selected words instead."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.letter.foreign.anatomy import Anatomy, Fact, Part
from desktop.letter.reading import Reading
from desktop.widgets import theme
from desktop.widgets.form import Choice, Group, words

UNKNOWN = "未识别"
DISAGREE = "标题和开头里的不一样，请选一个"
LONGEST = 90  # characters of a value that are shown; the whole stands on the left
NAME_WIDTH = 56


@dataclass(frozen=True, slots=True)
class Field:
    """A field, its key beside Alt, what it is to the reader; `fact` tells it better than a part.

    Where `asked`, no letter is without it: that it was not found is to be heeded.
    """

    name: str
    key: str
    target: Part | Fact
    fact: Fact | None = None
    asked: bool = False


GROUPS: dict[str, tuple[Field, ...]] = {
    "提案": (
        Field("编号", "B", Fact.NUMBER, asked=True),
        Field("届次", "J", Fact.SESSION, asked=True),
        Field("案由", "A", Fact.SUBJECT, asked=True),
        Field("提案人", "T", Fact.PROPOSER, asked=True),
    ),
    "函件": (
        Field("标题", "1", Part.TITLE),
        Field("称谓", "2", Part.SALUTATION, asked=True),
        Field("开头", "3", Part.OPENING, asked=True),
        Field("正文", "4", Part.BODY, asked=True),
        Field("结尾", "5", Part.CLOSING),
        Field("附件", "F", Part.ATTACHMENTS),
        Field("署名", "6", Part.SIGNATURE, asked=True),
        Field("日期", "7", Part.DATE, asked=True),
        Field("联系", "8", Part.CONTACT),
        Field("抄送", "9", Part.COPIES),
        Field("文号", "W", Part.DOCUMENT_NUMBER, Fact.DOCUMENT_NUMBER),
        Field("签发人", "Q", Part.ISSUED_BY, Fact.ISSUED_BY),
        Field("类别", "L", Part.CATEGORY, Fact.CATEGORY),
        Field("公开", "G", Part.DISCLOSURE, Fact.DISCLOSURE),
    ),
}
FIELDS = tuple(field for group in GROUPS.values() for field in group)


def value_of(field: Field, reading: Reading) -> str:
    """What was read for `field`, empty where nothing was."""
    anatomy, target = reading.anatomy or Anatomy(""), field.target
    if target is Part.BODY:
        suggestions = sum(1 for _ in reading.case.suggestions())
        replies = sum(bool(reply.paragraphs) for reply in reading.case.replies)
        paragraphs = sum(1 for _ in anatomy.of(Part.BODY))
        counted = f"建议 {suggestions} 条，答复 {replies} 条，共 {paragraphs} 段"
        return counted if paragraphs else ""
    if target is Fact.PROPOSER:
        names = "、".join(anatomy.values(Fact.PROPOSER))
        count = anatomy.value(Fact.ADDRESSEE_COUNT)
        return f"{names}（共{count}名）" if count and names else names
    if isinstance(target, Fact) or field.fact:
        return "、".join(dict.fromkeys(anatomy.values(field.fact or Fact(target))))
    if target is Part.DATE and not anatomy.texts(Part.DATE):
        return anatomy.value(Fact.DATE)
    if target is Part.SIGNATURE and not anatomy.texts(Part.SIGNATURE):
        return "、".join(anatomy.values(Fact.SIGNED_BY))
    return "\n".join(anatomy.texts(Part(target)))


class FieldRow(QWidget):
    """A field: its name leads to its place in the original, its button takes the selection."""

    asked = Signal(object)  # the field whose place is wanted
    taken = Signal(object)  # the field that is to be what is selected
    chosen = Signal(str)  # one of the values that disagree

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.name = QPushButton(field.name)
        self.name.setProperty("link", True)
        self.name.setAutoDefault(False)
        self.name.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from key to key
        self.name.setFixedWidth(theme.scaled(NAME_WIDTH))
        self.name.setToolTip("看它在原文的哪里")
        self.name.clicked.connect(self._ask)
        self.value = words("")
        self.problem = words(DISAGREE, "problem")
        self.choice: Choice | None = None
        self.take = QPushButton(f"用选中文字  Alt+{field.key}")
        self.take.setProperty("quiet", True)
        self.take.setAutoDefault(False)
        self.take.setAccessibleName(f"{field.name}：用选中文字")
        self.take.clicked.connect(self._take)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._column.addWidget(self.value)
        self._column.addWidget(self.problem)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column, 1)
        row.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)

    def show_value(self, text: str, disagreeing: list[str], *, asked: bool) -> None:
        """What was read; or the values of which one is to be chosen. `asked`: it must not miss."""
        if self.choice:
            self.choice.deleteLater()
            self.choice = None
        if disagreeing:
            self.choice = Choice([(value, value.replace("&", "&&")) for value in disagreeing])
            self.choice.setAccessibleName(f"{self.field.name}：{DISAGREE}")
            self.choice.changed.connect(self.chosen)
            self._column.insertWidget(0, self.choice)
        self.problem.setVisible(bool(disagreeing))
        self.value.setVisible(not disagreeing)
        short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        _set_role(self.value, "" if text else "problem" if asked else "third")
        self.value.setText(short or UNKNOWN)
        self.take.setAccessibleDescription(f"现在是{short or UNKNOWN}")

    def _ask(self) -> None:
        self.asked.emit(self.field)

    def _take(self) -> None:
        self.taken.emit(self.field)


class FieldsPane(QWidget):
    """All fields in their groups."""

    asked = Signal(object)
    taken = Signal(object)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for title, fields in GROUPS.items():
            group, rows = Group(title), QWidget()
            close = QVBoxLayout(rows)
            close.setContentsMargins(0, 0, 0, 0)
            close.setSpacing(4)
            for field in fields:
                row = self.rows[field.name] = FieldRow(field)
                row.asked.connect(self.asked)
                row.taken.connect(self.taken)
                row.chosen.connect(self.chosen)
                close.addWidget(row)
            group.add(rows)
            column.addWidget(group)

    def show_reading(self, reading: Reading) -> None:
        """Show what was read in every field."""
        for row in self.rows.values():
            numbers = reading.anatomy.values(Fact.NUMBER) if reading.anatomy else []
            conflict = row.field.target is Fact.NUMBER and len(numbers) > 1
            of_reply = not reading.anatomy or reading.anatomy.is_reply
            asked = row.field.asked and (of_reply or row.field.target is not Fact.PROPOSER)
            shown = numbers if conflict else []
            row.show_value(value_of(row.field, reading), shown, asked=asked)


def _set_role(label: QLabel, role: str) -> None:
    for name in ("third", "problem"):
        label.setProperty(name, name == role)
    label.style().unpolish(label)
    label.style().polish(label)
