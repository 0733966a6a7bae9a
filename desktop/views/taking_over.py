"""取用往年答复: paragraphs of earlier letters come into a reply, and what is to be looked at there
stays marked until it is changed or put away. The marks are on disk as soon as the words are."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from db.enums import Outcome
from desktop.errors import FuhanError
from desktop.letter.model import Case, Reply
from desktop.services import replies, reuse_marks, reusing
from desktop.services.coverage import Missing, Place
from desktop.services.reusing import Reuse
from desktop.services.rows import PassageFound, ReplyFound
from desktop.views.reply_card import ReplyCard
from desktop.widgets.plain_editor import characters

if TYPE_CHECKING:
    from desktop.views.replies_page import RepliesPage

DEED = "取用往年答复"


class TakingOver(QObject):
    """What was taken over on a page of cards. `left` says what is still to be looked at."""

    left = Signal(object)  # tuple[Missing, ...]

    def __init__(self, page: "RepliesPage") -> None:
        """Nothing was taken over."""
        super().__init__(page)
        self._page = page
        self._reuses: dict[str, Reuse] = {}  # by paragraph; undone, it waits for 重做
        self._unkept: set[str] = set()  # of which paragraphs the library does not know the marks
        self._said: tuple[Missing, ...] = ()
        self._used = False

    def hear(self, card: ReplyCard) -> None:
        """Hear what is done with the marks of `card`."""
        card.editor.marks.looked_at.connect(self._looked_at)
        card.editor.reused.connect(self._copied)
        card.reuse.put_away.clicked.connect(self._put_away)

    def open(self, case: Case) -> None:
        """Know what was taken over in `case` before."""
        self._unkept.clear()
        self._reuses.update(reuse_marks.marks_of(case.key))
        self._used |= bool(self._reuses)

    def keep(self) -> None:
        """What changed is on disk, once the case is; where that refuses, the next save tries it."""
        if self._unkept:
            marks = {key: self._reuses.get(key) for key in self._unkept}
            with suppress(FuhanError):
                if reuse_marks.keep_marks(self._page.case.key, marks):
                    self._unkept.clear()

    def _know(self, reuses: Mapping[str, Reuse]) -> None:
        self._reuses.update(reuses)
        self._unkept.update(reuses)
        self.keep()

    def outcomes(self, reply: Reply) -> dict[str, Outcome]:
        """What unmarked paragraphs were marked with in the letters they came from."""
        mine = ((p.key, self._reuses.get(p.key)) for p in reply.paragraphs if not p.outcome)
        return {key: reuse.outcome for key, reuse in mine if reuse and reuse.outcome}

    def take(self, card: ReplyCard, chosen: Sequence[tuple[ReplyFound, PassageFound]]) -> None:
        """Put these paragraphs where the caret of `card` is, one step of undo."""
        case, editor, self._used = self._page.case, card.editor, True
        new = [reusing.taken_over(said) for _, said in chosen]
        said = (reusing.reuse_of(*one, case.office) for one in chosen)
        self._know({p.key: reuse for p, reuse in zip(new, said, strict=True)})
        cursor = editor.textCursor()
        at = characters(cursor.block().text(), cursor.positionInBlock())
        after = reusing.inserted(editor.paragraphs(), cursor.blockNumber(), at, new)
        self._page.do(replies.with_paragraphs(case, card.key, after), DEED)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if editor.put_caret(new[-1].key, len(new[-1].text)):
            editor.reveal()

    def follow(self, before: Case, after: Case) -> None:
        """Paragraphs may have been parted or joined."""
        if self._reuses and (new := reusing.followed(before, after, self._reuses)):
            self._know(new)

    def _copied(self, old: list[str], new: list[str]) -> None:
        """Words of the paragraphs `old` were put into the paragraphs `new`, here or elsewhere."""
        if carried := reusing.carried(old, new, self._reuses):
            self._know(carried)
            self.show(self._page.case)

    def show(self, case: Case) -> None:
        """Bring the cards in line with `case`."""
        if not self._used:
            return
        said: list[Missing] = []
        cards = {card.key: card for card in self._page.cards_there}
        for reply in case.replies:
            left = self._show_reply(cards.get(reply.key), reply)
            if left and not case.issue:
                first, count = left
                labels = [s.label for s in case.suggestions() if s.key in reply.suggestions]
                named = f"建议{'、'.join(labels)}" if labels else "总的说明"
                sentence = f"{named}取用的往年答复有 {count} 处待核对"
                said.append(Missing(sentence, Place.PARAGRAPH, first))
        if tuple(said) != self._said:
            self._said = tuple(said)
            self.left.emit(self._said)

    def _show_reply(self, card: ReplyCard | None, reply: Reply) -> tuple[str, int] | None:
        """Mark the reply's words; the first paragraph with open marks and how many there are."""
        words = [p for p in reply.paragraphs if p.text.strip()]
        mine = {p.key: self._reuses[p.key] for p in words if p.key in self._reuses}
        aged = {
            p.key: reusing.open_marks(p.text, mine[p.key])
            for p in reply.paragraphs
            if p.key in mine
        }
        count = sum(map(len, aged.values()))
        if card:
            sources = {key: reuse.source for key, reuse in mine.items()}
            card.editor.marks.show(sources, aged)
            card.reuse.show_sources(list(dict.fromkeys(sources.values())), count)
        return next(((key, count) for key, marks in aged.items() if marks), None)

    def _looked_at(self, key: str, word: str) -> None:
        if key in self._reuses:
            self._know({key: self._reuses[key].without(word)})
            self.show(self._page.case)

    def _put_away(self) -> None:
        """收起: where the words came from and what ages in them is no more said on this card."""
        line = self.sender()
        card = next((c for c in self._page.cards if c.reuse.put_away is line), None)
        if card:
            for paragraph in card.editor.paragraphs():
                if self._reuses.pop(paragraph.key, None):
                    self._unkept.add(paragraph.key)
            self.keep()
            card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show(self._page.case)
