"""建议与答复: one card a reply. Here suggestions are added, grouped, pulled out, and answered."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.enums import Outcome
from desktop.letter.model import Case, Paragraph
from desktop.services import replies, suggestions
from desktop.services.coverage import Missing, Place
from desktop.views import reply_menus
from desktop.views.card_units import CardUnits
from desktop.views.cards import AT_ONCE, Cards
from desktop.views.find_bar import FindBar
from desktop.views.finding import Finding
from desktop.views.marking import Marking
from desktop.views.open_case import OpenCase
from desktop.views.replies_parts import Empty, Foot, Ground, Strip
from desktop.views.reply_card import ReplyCard
from desktop.views.reply_editor import ReplyEditor
from desktop.views.suggestion_row import SuggestionRow
from desktop.views.taking_over import TakingOver
from desktop.widgets.column import Column
from desktop.widgets.plain_editor import characters

DEED_NAMES = {
    "up": "上移",
    "down": "下移",
    "split": "拆分答复",
    "merge": "合并答复",
    "remove": "删除总的说明",
}


class RepliesPage(QWidget):
    """The page of cards."""

    said = Signal(str)  # something the handler should read, in the status line
    refused = Signal(str)
    cut_asked = Signal()  # 粘贴提案全文，拆成建议
    original_asked = Signal(str)  # 查看原文 of the suggestion with this key
    card_made = Signal(object)  # a `ReplyCard`, at its first showing

    def __init__(self, parent: QWidget | None = None) -> None:
        """A page without a case."""
        super().__init__(parent)
        self.open_case: OpenCase | None = None
        self._last_editor: ReplyEditor | None = None
        self.find_bar = FindBar(self)
        self.find_bar.hide()
        self.finding = Finding(self, self.find_bar)
        self.strip = Strip(self)
        self.marking = Marking(self, self.strip)
        self.taking_over = TakingOver(self)
        self.units = CardUnits(self)
        self.empty = Empty(self)
        self._scroll = QScrollArea(self)
        self._ground = Ground(self)
        self.foot = Foot(self)
        self._cards = Cards(self, self._ground, self._prepare)
        self._place()
        self._connect()

    # layout
    def _place(self) -> None:
        self._ground.rows.addWidget(self.empty)
        self._ground.rows.addWidget(self.foot)
        self._ground.rows.addStretch()
        self._scroll.setWidget(self._ground)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        above = Column(self, top=4)
        above.rows.addWidget(self.find_bar)
        above.rows.addWidget(self.strip)
        whole.addWidget(above)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        self.foot.add.clicked.connect(self.add_suggestion)
        self.foot.cut.clicked.connect(self.cut_asked)
        self.foot.general.clicked.connect(self.add_general)
        self.empty.add.clicked.connect(self.add_suggestion)
        self.empty.cut.clicked.connect(self.cut_asked)
        self.empty.general.clicked.connect(self.add_general)
        self._cards.completed.connect(self._completed)
        self._ground.dropped.connect(self.pull_out)

    # the case
    def set_case(self, open_case: OpenCase | None) -> None:
        """Show this case from now on; writes nothing."""
        if self.open_case:
            self.open_case.changed.disconnect(self._changed)
            self.open_case.saved.disconnect(self.taking_over.keep)
        self.open_case = open_case
        self._last_editor = None
        self.marking.reset()
        if open_case:
            open_case.changed.connect(self._changed)
            open_case.saved.connect(self.taking_over.keep)
            self.taking_over.open(open_case.case)
            self._show(open_case.case, AT_ONCE)
            self.find_bar.close_bar(silent=True)
            self._scroll.verticalScrollBar().setValue(0)

    @property
    def case(self) -> Case:
        """The facts now."""
        assert self.open_case
        return self.open_case.case

    def do(self, after: Case, deed: str, run: str = "") -> None:
        """The handler did `deed`."""
        if self.open_case:
            self.open_case.change(after, deed, run)

    def _changed(self, before: Case, after: Case, undone: bool) -> None:
        self.taking_over.follow(before, after)
        same_cards = [(r.key, r.suggestions) for r in before.replies] == [
            (r.key, r.suggestions) for r in after.replies
        ]
        if same_cards and before.proposals == after.proposals and before.issue == after.issue:
            for card, old, new in zip(self.cards, before.replies, after.replies, strict=True):
                if old is not new:
                    card.editor.show_paragraphs(new.paragraphs)
                    card.show_count(new)
        else:
            self._show(after)
        self._show_marks(after)
        if undone:
            self._reveal_change(before, after)

    @property
    def cards(self) -> list[ReplyCard]:
        """The cards of all replies."""
        return self._cards.all

    @property
    def cards_there(self) -> list[ReplyCard]:
        """Those that are there already."""
        return self._cards.there

    def _show(self, case: Case, upto: int | None = None) -> None:
        """Bring the cards in line with `case`."""
        self.empty.setVisible(not case.replies)
        self.foot.hide()
        self._cards.show(case, upto)
        self._show_marks(case)

    def _show_marks(self, case: Case) -> None:
        self.marking.show(case)
        self.taking_over.show(case)
        self.units.show(case)

    def _completed(self, moved: bool) -> None:
        """All cards are there."""
        case = self.case
        self.foot.setVisible(bool(case.replies) and not case.issue)
        self.foot.general.setVisible(case.general_reply is None)
        self._show_marks(case)
        if moved:
            self._chain_tabs()

    def _prepare(self, card: ReplyCard) -> None:
        """Hear what is done on a card and its rows."""
        if not card.property("heard"):
            card.setProperty("heard", True)
            card.deed_asked.connect(self._deed)
            card.suggestion_dropped.connect(self._dropped)
            card.editor.written.connect(self._written)
            card.editor.told.connect(self.said)
            card.editor.refused.connect(self.refused)
            card.editor.outcome_asked.connect(self._ask_outcome)
            card.editor.focus_changed.connect(self._editor_focused)
            self.taking_over.hear(card)
            self.units.hear(card)
            self.card_made.emit(card)
        for row in card.rows:
            if not row.property("heard"):
                row.setProperty("heard", True)
                row.edited.connect(self._suggestion_edited)
                row.split_asked.connect(self._suggestion_entered)
                row.deed_asked.connect(self._suggestion_deed)
                row.refused.connect(self.refused)
                self.units.hear_row(row)

    def _chain_tabs(self) -> None:
        """Tab follows the eye, whatever was made first."""
        chain: list[QWidget] = [self._scroll]
        for card in self.cards:
            chain += [button for button in card.buttons.values()]
            for row in card.rows:
                chain += [row.label, row.text]
                chain += [row.elaboration] if row.elaboration else []
                chain.append(row.more)
                chain += [row.chips] if row.chips else []
            chain += card.notes.stops() if card.notes else []
            chain += [card.editor, card.reuse.next, card.reuse.put_away]
        chain += [self.foot.add, self.foot.cut, self.foot.general]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    # deeds on cards
    def add_suggestion(self) -> None:
        """添加建议, and write at once."""
        if not self.open_case or self.open_case.issued:
            return
        known = {s.key for s in self.case.suggestions()}
        self.do(suggestions.add_suggestion(self.case), "添加建议")
        self._focus_suggestion(next(s.key for s in self.case.suggestions() if s.key not in known))

    def add_general(self) -> None:
        """添加总的说明, and write at once."""
        if not self.open_case or self.open_case.issued:
            return
        self.do(replies.add_general(self.case), "添加总的说明")
        self.cards[-1].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cards[-1].editor.reveal()

    def deed_on_card(self, deed: str) -> None:
        """A deed of the menu, on the card with the caret."""
        card = self.current_card()
        if card and card.buttons[deed].isVisibleTo(card):
            self._deed(deed, card.key)

    def move_suggestion(self, step: int) -> None:
        """Alt+↑/↓: the suggestion with the caret."""
        key = self.current_suggestion()
        if key:
            self.do(suggestions.move_suggestion(self.case, key, step), "移动建议")
            self._focus_suggestion(key)

    def pull_out(self, key: str) -> None:
        """单独答复."""
        self.do(suggestions.pull_out(self.case, key), "单独答复")
        self._focus_suggestion(key)

    def remove_suggestion(self, key: str) -> None:
        """删除建议, with its answer where it is the only one; undo brings both back."""
        before, after = self.case, suggestions.remove_suggestion(self.case, key)
        self.do(after, "删除建议")
        self.said.emit(f"已删除建议，{self.units.widened(before, after)}Ctrl+Z 可以恢复")

    def _deed(self, deed: str, key: str) -> None:
        deeds: dict[str, Callable[[], Case]] = {
            "up": lambda: replies.move_reply(self.case, key, -1),
            "down": lambda: replies.move_reply(self.case, key, 1),
            "split": lambda: replies.split_reply(self.case, key),
            "merge": lambda: replies.merge_into_previous(self.case, key),
            "remove": lambda: replies.remove_reply(self.case, key),
        }
        place = next((n for n, card in enumerate(self.cards) if card.key == key), 0)
        self.do(deeds[deed](), DEED_NAMES[deed])
        card = next((c for c in self.cards if c.key == key), None)
        card = card or (self.cards[max(0, place - 1)] if self.cards else None)
        if card:
            card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            card.editor.reveal()

    def _dropped(self, key: str, reply_key: str, position: int) -> None:
        self.do(suggestions.group_suggestion(self.case, key, reply_key, position), "合并答复")
        self._focus_suggestion(key)

    def _suggestion_edited(self, key: str, part: str, text: str) -> None:
        after = suggestions.edit_suggestion(self.case, key, **{part: text})
        self.do(after, "修改建议", f"{key}.{part}")

    def _suggestion_entered(self, key: str, place: int) -> None:
        """Enter: the next suggestion, or this one in two."""
        if not self.open_case or self.open_case.issued:
            return
        text = next(s.text for s in self.case.suggestions() if s.key == key)
        known = {s.key for s in self.case.suggestions()}
        at = characters(text, place)
        if text[:at].strip() and text[at:].strip():
            self.do(suggestions.split_suggestion(self.case, key, at), "拆开建议")
        else:
            keys = [[s.key for s in proposal.suggestions] for proposal in self.case.proposals]
            mine = next(n for n, each in enumerate(keys) if key in each)
            self.do(suggestions.add_suggestion(self.case, proposal=mine), "添加建议")
        new = next((s.key for s in self.case.suggestions() if s.key not in known), key)
        self._focus_suggestion(new)

    def _suggestion_deed(self, key: str, deed: str) -> None:
        if deed == "alone":
            self.pull_out(key)
        elif deed == "original":
            self.original_asked.emit(key)
        elif deed == "remove":
            self.remove_suggestion(key)
        else:
            step = {"up": -1, "down": 1}[deed]
            self.do(suggestions.move_suggestion(self.case, key, step), "移动建议")

    # writing
    def _written(self, paragraphs: tuple[Paragraph, ...], run: str) -> None:
        editor = self.sender()
        card = next((c for c in self.cards if c.editor is editor), None)
        if card:
            after = replies.with_paragraphs(self.case, card.key, paragraphs)
            self.do(after, "编辑答复" if run else "标注", run and f"{card.key}.{run}")

    def mark(self, outcome: Outcome | None) -> None:
        """标注去向 where the caret is."""
        editor = self.current_editor()
        if editor:
            editor.mark(outcome)

    def _ask_outcome(self, number: int, place: QPoint) -> None:
        editor = self.sender()
        assert isinstance(editor, ReplyEditor)
        reply_menus.ask_outcome(editor, number, place)

    # where the caret is
    def current_card(self) -> ReplyCard | None:
        """The card with the caret."""
        widget = QApplication.focusWidget()
        return next((c for c in self.cards if widget and c.isAncestorOf(widget)), None)

    def take_back_focus(self) -> None:
        """Write on where the caret was."""
        last = self._last_editor
        if last and last.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
            last.reveal()

    def current_editor(self) -> ReplyEditor | None:
        """The editor with the caret, or the last that had it."""
        card = self.current_card()
        last = self._last_editor
        return card.editor if card else last if last and last.isVisible() else None

    def current_suggestion(self) -> str:
        """The key of the suggestion with the caret, or nothing."""
        widget = QApplication.focusWidget()
        rows = [row for card in self.cards for row in card.rows]
        return next((row.key for row in rows if widget and row.isAncestorOf(widget)), "")

    def go_to(self, missing: Missing) -> None:
        """Show the place that is missing something."""
        if missing.place is Place.SUGGESTIONS:
            (self.empty.add if not self.cards else self.foot.add).setFocus()
            return
        for card in self.cards:
            if missing.key == card.key:
                card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                card.editor.reveal()
            elif any(p.key == missing.key for p in card.editor.paragraphs()):
                self.put_caret(card, missing.key)

    def put_caret(self, card: ReplyCard, key: str) -> None:
        """Write in this paragraph."""
        card.editor.put_caret(key)
        card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        card.editor.reveal()

    def _editor_focused(self, focused: bool) -> None:
        editor = self.sender()
        if focused and isinstance(editor, ReplyEditor):
            self._last_editor = editor

    def row(self, key: str) -> SuggestionRow | None:
        """Where this suggestion stands."""
        return next((r for card in self.cards for r in card.rows if r.key == key), None)

    def _focus_suggestion(self, key: str) -> None:
        row = self.row(key)
        if row:
            row.text.setFocus(Qt.FocusReason.OtherFocusReason)
            row.text.reveal()

    def _reveal_change(self, before: Case, after: Case) -> None:
        old = {reply.key: reply for reply in before.replies}
        for card, reply in zip(self.cards, after.replies, strict=False):
            if old.get(reply.key) != reply and self.isVisible():
                card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                card.editor.reveal()
                return
