"""拆成建议: the proposal's text on the left, its pieces and their borders; the cards beside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import FuhanError
from desktop.letter.model import Case, Proposal
from desktop.letter.reading import Reading
from desktop.services.proposal_text import (
    Cutting,
    add_cutting,
    cut_text,
    cutting_of,
    suggestions_of,
)
from desktop.services.proposals import proposers_text
from desktop.services.recutting import recut
from desktop.services.secrecy import marked, sentence
from desktop.services.standing import foretold
from desktop.views.cut_cards import CutCards
from desktop.views.cutting_text import DEEDS, KEYS, CuttingText
from desktop.widgets import theme
from desktop.widgets.form import Choice, Strip, words
from desktop.widgets.message import CarefulDialog, show_error
from desktop.widgets.plain_editor import PlainEditor

Deed = Callable[[Case, Cutting, int], Case]
WIDE, HIGH, HALF = 1180, 800, 600
PASTE = "在这里粘贴提案全文，拆好以后再核对。"
HINT = (
    "拖动横线，改两段的分界（停在句末，拖着再按住 Alt 可停在任何字）；"
    "把光标放进一段，或选中几个字，再按下面的键。"
)
SHORT = {"begin": "另起一条", "join": "与下一段合并", "explain": "补充说明", "suggest": "建议"}
PAGES = (("cut", "拆分"), ("text", "改文字"))
GIVE_UP = "放弃刚才对拆分的改动？文库还没有改动，要接着改就按“取消”。"


def ask_cut(parent: QWidget, case: Case) -> Case | None:
    """Ask how a pasted proposal is to be cut; `case` with its suggestions, or None. Blocks."""
    dialog = CutProposal(parent, case)
    dialog.exec()
    return dialog.answer


def ask_recut(parent: QWidget, case: Case, number: int) -> Case | None:
    """Ask how the original of that proposal is to be cut instead; as it was settled, or None."""
    dialog = Recut(parent, case, number, "按原文重新拆分", "重新拆分")
    dialog.exec()
    return dialog.answer


def ask_import(parent: QWidget, name: str, reading: Reading, main: str) -> Reading | None:
    """Show how the proposal called `name` was read; as it was settled, or None. Blocks."""
    dialog = Recut(parent, reading.case, 0, f"导入 {name}", main)
    dialog.say(_facts(reading.case.proposals[0]), [*foretold(reading), *reading.notes])
    dialog.exec()
    return replace(reading, case=dialog.answer) if dialog.answer else None


class _Cut(CarefulDialog):
    """What cutting a pasted text and one that is known have in common.

    `answer` is the case as `deed` makes it of what the handler settled on.
    """

    def __init__(
        self, parent: QWidget | None, case: Case, number: int, deed: Deed, title: str, main: str
    ) -> None:
        super().__init__(parent, title, main, wide=WIDE, high=HIGH)
        self.answer: Case | None = None
        self.cutting = Cutting("", ())
        self._case, self._number, self._deed = case, number, deed
        self._done: list[Cutting] = []
        self._undone: list[Cutting] = []
        self.original = CuttingText()
        self.cards = CutCards()
        self.count = words("", "heading")
        self.hint = words(HINT, "second")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.original)
        self.buttons = {deed: self._button(deed) for deed in DEEDS}
        self.undo = self.add_deed("撤销", "Ctrl+Z")
        self.redo = self.add_deed("重做", "Ctrl+Y")
        self._place()
        self._wire()

    def _button(self, deed: str) -> QPushButton:
        button = QPushButton(f"{SHORT.get(deed, DEEDS[deed])}  {KEYS[deed]}")
        button.setProperty("quiet", True)
        button.setProperty("deed", deed)
        button.setAutoDefault(False)
        button.setAccessibleName(DEEDS[deed])
        button.setToolTip(DEEDS[deed])
        button.clicked.connect(self._chosen)
        return button

    def _place(self) -> None:
        self.head = QHBoxLayout()
        self.head.addWidget(self.hint, 1)
        bar = QHBoxLayout()
        bar.setSpacing(2)
        for button in self.buttons.values():
            bar.addWidget(button)
        bar.addStretch()
        right = QWidget()
        right.setProperty("ground", True)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.count)
        column.addWidget(self.cards, 1)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.setHandleWidth(16)
        both.addWidget(self.pages)
        both.addWidget(right)
        both.setStretchFactor(0, 1)
        both.setSizes([HALF, HALF * 3 // 4])
        both.setMinimumHeight(theme.scaled(240))
        self.body.setContentsMargins(16, 12, 16, 4)
        self.body.setSpacing(6)
        self.body.addLayout(self.head)
        self.body.addLayout(bar)
        self.body.addWidget(both, 1)

    def _wire(self) -> None:
        self.original.changed.connect(self.become)
        self.original.moving.connect(self._show)
        self.undo.clicked.connect(self.take_back)
        self.redo.clicked.connect(self.do_again)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self.take_back)
        for keys in (QKeySequence.StandardKey.Redo, QKeySequence("Ctrl+Y")):
            QShortcut(keys, self).activated.connect(self.do_again)
        for deed in ("suggest", "explain", "leave"):
            key = QShortcut(QKeySequence(KEYS[deed]), self)
            key.setProperty("deed", deed)
            key.activated.connect(self._chosen)

    def _chosen(self) -> None:
        if self.pages.currentWidget() is self.original:
            self.original.do(self.sender().property("deed"))
            self.original.setFocus()

    def become(self, cutting: Cutting) -> None:
        """The handler did something."""
        self._done.append(self.cutting)
        self._undone.clear()
        self._settle(cutting)

    def take_back(self) -> None:
        """撤销."""
        if self._done:
            self._undone.append(self.cutting)
            self._settle(self._done.pop())

    def do_again(self) -> None:
        """重做."""
        if self._undone:
            self._done.append(self.cutting)
            self._settle(self._undone.pop())

    def _settle(self, cutting: Cutting) -> None:
        self.cutting = cutting
        self._show(cutting)
        self.undo.setEnabled(bool(self._done))
        self.redo.setEnabled(bool(self._undone))

    def _show(self, cutting: Cutting) -> None:
        """As it would be; while a border is dragged, as it will be if it is let go here."""
        after = self._deed(self._case, cutting, self._number)
        made = suggestions_of(after.proposals[self._number], cutting)
        self.original.show_cutting(cutting, cutting.names([one.label for one in made]))
        self.count.setText(f"拆成 {len(made)} 条建议" if made else "还没有一条建议")
        self.cards.show_suggestions(made, "作为建议的段落会列在这里。")
        starts = [card.spans[0][0] for card in cutting.cards()]
        at = self.original.selection()[0]
        self.cards.bring(max(0, sum(start <= at for start in starts) - 1))

    def _begin(self) -> None:
        """At the first suggestion."""
        if cards := self.cutting.cards():
            start = cards[0].spans[0][0]
            self.original.select(start, start)
            self.original.centerCursor()
        self.original.setFocus()

    def accept(self) -> None:
        """As it stands."""
        self.answer = self._deed(self._case, self.cutting, self._number)
        super().accept()


class Recut(_Cut):
    """The original of a proposal that is known: what was cut wrong is mended, answers stay."""

    def __init__(
        self, parent: QWidget | None, case: Case, number: int, title: str, main: str
    ) -> None:
        super().__init__(parent, case, number, recut, title, main)
        self._settle(cutting_of(case.proposals[number]))
        self._begin()

    def say(self, facts: str, notes: Sequence[str]) -> None:
        """What was read of the proposal, and what the handler should know of that."""
        strip = Strip()
        strip.say(notes)
        for place, part in enumerate((words(facts, "heading"), strip)):
            self.body.insertWidget(place, part)

    def lost(self) -> str:
        """What was mended."""
        return GIVE_UP if self._done else ""


class CutProposal(_Cut):
    """A pasted text: recognised, corrected, added to what is there."""

    def __init__(self, parent: QWidget | None, case: Case) -> None:
        """Takes the clipboard's text where that is long enough to be a proposal."""
        super().__init__(parent, case, 0, add_cutting, "粘贴提案全文，拆成建议", "加入这些建议")
        self._text = self._source = ""  # as it was read last, and what was made of it
        self.text = PlainEditor()
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.keep_height(True)
        self.text.set_hint("在此粘贴提案全文（Ctrl+V）")
        self.text.setAccessibleName("提案全文")
        self.text.edited.connect(self._read)
        self.text.refused.connect(self._refuse)
        self.pages.addWidget(self.text)
        self.choice = Choice(PAGES, "text")
        self.choice.setAccessibleName("左边")
        self.choice.changed.connect(self.turn)
        self.head.addWidget(self.choice)
        self._settle(self.cutting)
        self.turn("text")
        self.text.show_text(_pasted())
        self._read(self.text.toPlainText())

    def take_back(self) -> None:
        """撤销; also of another text."""
        super().take_back()
        self._turn_to_it()

    def do_again(self) -> None:
        """重做."""
        super().do_again()
        self._turn_to_it()

    def turn(self, page: str) -> None:
        """改文字, or 拆分."""
        self.choice.set_value(page)
        cutting = page == "cut"
        if not cutting and self.cutting.source != self._source:
            self._text = self._source = self.cutting.source
            self.text.show_text(self._text)
        shown = self.original if cutting else self.text
        self.pages.setCurrentWidget(shown)
        self.hint.setText(HINT if cutting else PASTE)
        for button in self.buttons.values():
            button.setVisible(cutting)
        shown.setFocus()

    def _read(self, text: str) -> None:
        if marked(text):
            QTimer.singleShot(0, self, self._take_back)  # the editor is in the middle of its edit
            return
        was, self._text = self._text, text
        try:
            cutting = cut_text(text)
        except FuhanError as error:
            self.count.setText(str(error))
            return
        self._source = cutting.source
        if cutting.source != self.cutting.source:
            self.become(cutting)
        if not was and "\n" in text:  # pasted, not typed
            QTimer.singleShot(0, self, self._show_cut)

    def _turn_to_it(self) -> None:
        self.turn("cut" if self.cutting.source else "text")

    def _show_cut(self) -> None:
        self.turn("cut")
        self._begin()

    def _take_back(self) -> None:
        if mark := marked(self.text.toPlainText()):
            self.text.show_text(self._text)
            self._refuse(sentence(mark))

    def _refuse(self, why: str) -> None:
        show_error(self, why)

    def _settle(self, cutting: Cutting) -> None:
        super()._settle(cutting)
        some = bool(cutting.cards())
        self.main_button.setEnabled(some)
        self.main_button.setToolTip("" if some else "还没有一段作为建议")
        self.choice.buttons()[0].setEnabled(bool(cutting.source))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin where the text goes."""
        super().showEvent(event)
        self.pages.currentWidget().setFocus()


def _facts(proposal: Proposal) -> str:
    """What was read of an imported proposal, and what was not."""
    facts = {
        "编号": proposal.proposal_number,
        "届次": proposal.session,
        "案由": proposal.subject,
        "提案人": proposers_text(proposal.proposers),
    }
    return "    ".join(f"{name} {fact or '未识别'}" for name, fact in facts.items())


def _pasted() -> str:
    text = QGuiApplication.clipboard().text()
    return text if 40 < len(text) < 50_000 and "\n" in text else ""
