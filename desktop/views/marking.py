"""标注去向 for the 清单式: what is still unmarked, and outcomes proposed by the wording."""

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.enums import Form, Outcome
from desktop.letter.model import Case, Paragraph, Reply
from desktop.services import replies
from desktop.views.replies_parts import Strip

if TYPE_CHECKING:
    from desktop.views.replies_page import RepliesPage

NOTHING = "没有可以按措辞判断去向的段落，请逐段标注"


class Marking(QObject):
    """The strip above the cards, and the proposals in their margins."""

    def __init__(self, page: "RepliesPage", strip: Strip) -> None:
        """Marking on the cards of `page`."""
        super().__init__(page)
        self._page, self._strip = page, strip
        self._proposing = False
        strip.next.clicked.connect(self.go_to_unmarked)
        strip.propose.clicked.connect(self.propose)
        strip.take.clicked.connect(self.take)

    def reset(self) -> None:
        """Another case: nothing is proposed."""
        self._proposing = False

    def show(self, case: Case) -> None:
        """Bring strip and margins in line with `case`."""
        wanted = case.form is Form.RESULT_LIST and not case.issue
        unmarked = proposed = 0
        for card, reply in zip_longest(self._page.cards_there, case.replies):
            numbered = bool(reply.suggestions)
            proposals = _proposals(reply) if self._proposing and numbered else {}
            if card:  # the others are yet to come
                offered = self._page.taking_over.outcomes(reply) if numbered else {}
                card.editor.show_proposed({**offered, **proposals})
                card.editor.ask_outcomes(wanted and numbered)
            proposed += len(proposals)
            unmarked += len(_unmarked(reply)) if wanted else 0
        self._strip.show_counts(unmarked, proposed)

    def propose(self) -> None:
        """建议标注: outcomes by the wording, for the handler to take or leave."""
        numbered = [reply for reply in self._page.case.replies if reply.suggestions]
        self._proposing = any(_proposals(reply) for reply in numbered)
        if not self._proposing:
            self._page.said.emit(NOTHING)
        self.show(self._page.case)

    def take(self) -> None:
        """采纳全部, one step of undo."""
        case = self._page.case
        for reply in case.replies:
            if reply.suggestions:
                proposed = _proposals(reply)
                marked = tuple(_marked(p, proposed) for p in reply.paragraphs)
                case = replies.with_paragraphs(case, reply.key, marked)
        self._proposing = False
        self._page.do(case, "采纳建议标注")
        self.show(self._page.case)

    def go_to_unmarked(self) -> None:
        """The next paragraph without outcome."""
        for card, reply in zip(self._page.cards, self._page.case.replies, strict=True):
            if unmarked := _unmarked(reply):
                self._page.put_caret(card, unmarked[0].key)
                return


def _unmarked(reply: Reply) -> list[Paragraph]:
    """The paragraphs the 清单式 cannot place."""
    if not reply.suggestions:
        return []
    return [p for p in reply.paragraphs if p.outcome is None and p.text.strip()]


def _proposals(reply: Reply) -> dict[str, Outcome]:
    from desktop.services import outcomes  # costly patterns: at first use

    return outcomes.proposals(reply)


def _marked(paragraph: Paragraph, proposed: dict[str, Outcome]) -> Paragraph:
    return replace(paragraph, outcome=proposed.get(paragraph.key, paragraph.outcome))
