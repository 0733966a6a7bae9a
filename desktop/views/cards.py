"""The cards of 建议与答复: one a reply, in their order, the first screenful at once.

The rest follow one by one after the first painting, so a case of thirty suggestions opens as fast
as one of six; whoever asks for `all` gets them all.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.letter.model import Case, Reply
from desktop.views.replies_parts import Ground
from desktop.views.reply_card import ReplyCard

AT_ONCE = 6  # more than a screen shows


class Cards(QObject):
    """Cards on `ground`. `completed` says that all are there, and whether any moved."""

    completed = Signal(bool)

    def __init__(
        self, parent: QObject, ground: Ground, prepare: Callable[[ReplyCard], None]
    ) -> None:
        """`prepare` hears of every card that has new rows, or is new."""
        super().__init__(parent)
        self._ground, self._prepare = ground, prepare
        self._case: Case | None = None
        self._there: list[ReplyCard] = []
        self._spare: list[ReplyCard] = []
        self._next = QTimer(self)
        self._next.timeout.connect(self._show_next)

    @property
    def all(self) -> list[ReplyCard]:
        """The cards of all replies; those still to come are made now."""
        while self._next.isActive():
            self._show_next()
        return self._there

    @property
    def there(self) -> list[ReplyCard]:
        """Those that are there already."""
        return self._there

    def show(self, case: Case, upto: int | None = None) -> None:
        """Bring the cards in line with `case`; those after `upto` come after the next painting."""
        self._case = case
        first = case.replies[:upto]
        wanted = {reply.key for reply in first}
        kept = {card.key: card for card in self._there}
        self._spare += [card for card in self._there if card.key not in wanted]
        for card in self._spare:
            card.hide()
            card.key = ""
            self._ground.rows.removeWidget(card)
        self._there = []
        self._next.stop()
        moved = [self._show_card(case, reply, kept.get(reply.key)) for reply in first]
        if len(first) < len(case.replies):
            self._next.start()
        else:
            self.completed.emit(any(moved))

    def _show_next(self) -> None:
        case = self._case
        if not case:
            return
        self._show_card(case, case.replies[len(self._there)])
        if len(self._there) == len(case.replies):
            self._next.stop()
            self.completed.emit(True)

    def _show_card(self, case: Case, reply: Reply, card: ReplyCard | None = None) -> bool:
        """Show the next reply on its own card, or a spare one; True where anything moved."""
        place = len(self._there)
        card = card or (self._spare.pop() if self._spare else ReplyCard(self._ground.inner))
        moved = self._ground.rows.indexOf(card) != place
        if moved:
            self._ground.rows.insertWidget(place, card)
        by_key = {s.key: s for s in case.suggestions()}
        moved |= card.show_reply(case, reply, tuple(by_key[key] for key in reply.suggestions))
        self._prepare(card)
        card.set_read_only(case.issue is not None)
        card.show()
        self._there.append(card)
        return moved
