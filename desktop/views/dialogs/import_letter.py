"""导入: the original on the left, what was read on the right, corrected before it is in."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop import terms
from desktop.errors import FuhanError
from desktop.letter.foreign.anatomy import Anatomy, Correction, Fact, Part
from desktop.letter.reading import Reading
from desktop.services import letter_fields
from desktop.services.standing import foretold
from desktop.views.import_fields import FIELDS, Field, FieldsPane
from desktop.views.letter_parts import PART_WORDS, stretches_of
from desktop.views.original_text import OriginalText
from desktop.widgets import theme
from desktop.widgets.form import Strip, words
from desktop.widgets.message import CarefulDialog

HINT = "不对的，在左边选中文字，再按那一项的键（也可以点它的按钮）；点项目名，看它在原文的哪里。"
ISSUED = "已发出的旧函，按定稿存入"
ISSUED_TIP = "有署名、日期已过：不进“待办”，要修改可以重新起草"
UNCHANGED = "文库还没有改动，要接着改就按“取消”。"
OPINION = "这是会办意见：写给主办单位的，不是给提案人的答复，将作为会办意见存入。"
WIDE, HIGH, HALF = 1240, 860, 600
NOT_OF_IT = Field("不属于函件", "0", Part.LEFT_OUT)


def ask_reading(
    parent: QWidget, name: str, reading: Reading, today: date, main: str = "导入"
) -> Reading | None:
    """Show how the letter, or the original of a proposal, called `name` was read; as it was
    settled, or None. Blocks."""
    if reading.proposal:
        from desktop.views.dialogs.cut_proposal import ask_import  # costly: at first use

        return ask_import(parent, name, reading, main)
    return ask_letter(parent, name, reading, today, main)


def ask_letter(
    parent: QWidget | None, name: str, reading: Reading, today: date, main: str = "导入"
) -> Reading | None:
    """Show how the letter in the file `name` was read; as it was settled, or None. Blocks."""
    dialog = ImportLetter(parent, name, reading, today, main)
    dialog.exec()
    return dialog.answer


class ImportLetter(CarefulDialog):
    """The dialog; `answer` is the reading with the handler's corrections."""

    def __init__(
        self, parent: QWidget | None, name: str, reading: Reading, today: date, main: str = "导入"
    ) -> None:
        super().__init__(parent, f"导入 {name}", main, wide=WIDE, high=HIGH)
        self.answer: Reading | None = None
        self._read, self._today = reading, today
        self.reading = reading
        self.corrections: list[Correction] = []
        self.original = OriginalText()
        self.fields = FieldsPane()
        self.kind = words("")
        self.notes = Strip()
        self.left_out = QListWidget()
        self.left_out_head = words("", "heading")
        self.problem = words("", "problem")
        self.issued = QCheckBox(ISSUED)
        self.issued.setToolTip(ISSUED_TIP)
        self.issued.setChecked(True)
        self.undo = self.add_deed("撤销更正", "Ctrl+Z")
        self.drop = self.add_deed("不属于函件", f"Alt+{NOT_OF_IT.key}")
        self._place()
        self._wire()
        self._show()
        self.original.setFocus()

    def _place(self) -> None:
        right = QWidget()
        right.setProperty("ground", True)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self.left_out.setProperty("framed", True)
        self.left_out.setAccessibleName("不读入的文字和原因")
        self.left_out.setWordWrap(True)
        self.left_out.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left_out.setMinimumHeight(theme.scaled(150))
        for part in (self.kind, self.notes, self.fields, self.left_out_head, self.left_out):
            column.addWidget(part)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(right)
        area.setMinimumWidth(theme.scaled(400))
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.setHandleWidth(12)
        both.addWidget(self.original)
        both.addWidget(area)
        both.setStretchFactor(0, 1)
        both.setStretchFactor(1, 1)
        both.setSizes([HALF, HALF])
        both.setMinimumHeight(theme.scaled(280))
        self.body.setContentsMargins(16, 12, 16, 4)
        self.body.setSpacing(8)
        self.body.addWidget(words(HINT, "second"))
        self.body.addWidget(both, 1)
        self.body.addWidget(self.problem)
        self.foot.insertWidget(self.foot.indexOf(self.main_button), self.issued)

    def _wire(self) -> None:
        self.fields.asked.connect(self._find)
        self.fields.taken.connect(self._take)
        self.fields.chosen.connect(self._choose)
        self.undo.clicked.connect(self.take_back)
        self.drop.clicked.connect(self._take_selection)
        self.left_out.itemActivated.connect(self._find_left_out)
        self.left_out.itemClicked.connect(self._find_left_out)
        for field in (*FIELDS, NOT_OF_IT):
            key = QShortcut(QKeySequence(f"Alt+{field.key}"), self)
            key.setProperty("field", field.name)
            key.activated.connect(self._take_selection)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self.take_back)

    def accept(self) -> None:
        """导入 as it stands."""
        issue = self.reading.issue if self.issued.isChecked() else None
        self.answer = replace(self.reading, issue=issue)
        super().accept()

    def lost(self) -> str:
        """The corrections."""
        count = len(self.corrections)
        return f"放弃已做的 {count} 处更正？{UNCHANGED}" if count else ""

    def take_back(self) -> None:
        """撤销更正: the last correction was none."""
        if self.corrections:
            self._settle(self.corrections[:-1])

    def _take_selection(self) -> None:
        """A key was pressed, or 不属于函件."""
        name = self.sender().property("field")
        self._take(next((field for field in FIELDS if field.name == name), NOT_OF_IT))

    def _take(self, field: Field) -> None:
        self._settle([*self.corrections, Correction(field.target, *self.original.selection())])

    def _choose(self, value: str) -> None:
        """One of the numbers that disagree."""
        facts = self._anatomy.facts
        found = next(f for f in facts if (f.fact, f.value) == (Fact.NUMBER, value))
        self._settle([*self.corrections, Correction(Fact.NUMBER, found.start, found.end)])

    def _settle(self, corrections: list[Correction]) -> None:
        try:
            self.reading = letter_fields.corrected(self._read, corrections, self._today)
        except FuhanError as error:
            self._say(str(error))
            return
        self.corrections = corrections
        self._show()

    def _find(self, field: Field) -> None:
        """Where in the original the field was read."""
        target = field.target
        places = [
            (one.start, one.end)
            for one in self._anatomy.facts
            if isinstance(target, Fact) and one.fact is target
        ] + [
            (mark.start, mark.end)
            for mark in self._anatomy.marks
            if isinstance(target, Part) and mark.part is target
        ]
        if not places:
            self._say(f"{field.name}没有识别出来，请在原文里选中它，再按 Alt+{field.key}。")
            return
        self._say("")
        self.original.select(places[0][0], places[-1][1])
        self.original.setFocus()

    def _find_left_out(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        if place:
            self.original.select(*place)

    @property
    def _anatomy(self) -> Anatomy:
        return self.reading.anatomy or Anatomy("")

    def _show(self) -> None:
        self._say("")
        anatomy = self._anatomy
        facts = [(fact.start, fact.end) for fact in anatomy.facts]
        self.original.show_stretches(anatomy.source, stretches_of(anatomy), facts)
        self.fields.show_reading(self.reading)
        kind = terms.PROPOSAL_KINDS[anatomy.kind]
        self.kind.setText(f"{kind}的答复" if anatomy.is_reply else OPINION)
        self.notes.say([*foretold(self.reading), *self.reading.notes])
        self.issued.setVisible(bool(self.reading.issue))
        self._show_left_out()
        self.undo.setEnabled(bool(self.corrections))
        self.undo.setToolTip("" if self.corrections else "还没有更正")

    def _show_left_out(self) -> None:
        self.left_out.clear()
        for mark in self._anatomy.of(Part.LEFT_OUT):
            item = QListWidgetItem(f"{mark.why}：{self._anatomy.text(mark)}")
            item.setData(Qt.ItemDataRole.UserRole, (mark.start, mark.end))
            self.left_out.addItem(item)
        for where, text in self._anatomy.elsewhere:
            self.left_out.addItem(f"{where}：{text}")
        count = self.left_out.count()
        self.left_out.setVisible(bool(count))
        said = f"{PART_WORDS[Part.LEFT_OUT]}的有 {count} 处" if count else "全文都已读入"
        self.left_out_head.setText(said)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
