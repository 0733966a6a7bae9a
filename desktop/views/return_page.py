"""One returned file (来稿), change by change: by reply, then 未归位 and 批注."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.services.merging.merge_change import MergeChange
from desktop.services.notes import shortened
from desktop.services.picking import Decision, Group, Picking, groups
from desktop.services.place_names import place_name
from desktop.services.receiving import File, Merge
from desktop.services.returns import Return
from desktop.views.return_cards import ChangeCard, UnplacedCard, credited
from desktop.views.return_words import APART, REMARKS, UNPLACED, facts
from desktop.widgets import theme
from desktop.widgets.form import words
from desktop.widgets.tab_order import chain

UNPLACED_NAME = "未归位：不在任何一条答复里的文字"
REMARKS_NAME = "批注：收回后记在答复旁，处理好了再勾掉"


class ReturnPage(QScrollArea):
    """The page. `decided`: of these changes, a `Decision`. `placed`: a text, into this reply."""

    decided = Signal(object, str)
    placed = Signal(object, str)
    again_asked = Signal()
    looked = Signal(str)  # the part in which the handler works
    left = Signal(int)  # ↑ above the first change, ↓ below the last

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(parent)
        self.cards: list[ChangeCard] = []
        self.texts: list[UnplacedCard] = []
        self._parts: dict[str, QWidget] = {}  # the head of each
        self._of: dict[ChangeCard, str] = {}  # the part a card stands in
        self._groups: dict[QPushButton, Group] = {}
        self._shown: tuple[object, ...] = ()
        self._ground = QWidget()
        self._ground.setProperty("ground", True)
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(2, 2, 12, 12)
        self._column.setSpacing(8)
        self._column.addStretch()
        self.setWidget(self._ground)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(theme.scaled(300), theme.scaled(160))

    # showing
    def show_file(self, merge: Merge, file: File, picking: Picking) -> None:
        """The file as it would be taken in now; what stays the same stays where it is."""
        shown = (file.returned, file.changes, file.unplaced, file.notes)
        if shown != self._shown:
            top = self.verticalScrollBar().value() if self._is_same(file) else 0
            self._shown = shown
            self.setUpdatesEnabled(False)
            self._build(merge, file)
            self._measure()
            self.verticalScrollBar().setValue(top)
            self.setUpdatesEnabled(True)
        for card in self.cards:
            card.show_decision(picking.decision(file, card.change))
        for text in self.texts:
            text.show_place(picking.place_of(file, text.text))

    def show_refused(self, returned: Return) -> None:
        """A file nothing comes of, and why."""
        self._shown = (returned,)
        self._clear({})
        self._add(words(returned.path.name, "title"))
        self._add(_strip([returned.refusal], "strip"))

    def _measure(self) -> None:
        """Now, not when the next events come: the eye is led to a place at once."""
        self._column.activate()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _is_same(self, file: File) -> bool:
        return bool(self._shown) and self._shown[0] == file.returned

    def _build(self, merge: Merge, file: File) -> None:
        had = {card.change: card for card in self.cards}
        focus = next((card.change for card in self.cards if card.hasFocus()), None)
        keep = {change: had[change] for change in file.changes if change in had}
        self._clear(keep)
        self._head(file)
        for group in groups(merge, file):
            self._group(merge, group, keep)
        if file.unplaced:
            self._title(UNPLACED, UNPLACED_NAME)
        replies = [(reply.key, place_name(merge.ours, reply.key)) for reply in merge.ours.replies]
        for number, text in enumerate(file.unplaced):
            row = UnplacedCard(text, number, replies)
            row.placed.connect(self._placed)
            self.texts.append(row)
            self._add(row)
        for line in _remarks(merge, file):
            if REMARKS not in self._parts:
                self._title(REMARKS, REMARKS_NAME)
            self._add(line)
        chain(*self.cards, *(row.box for row in self.texts))
        again = next((card for card in self.cards if card.change == focus), None)
        if again:
            again.setFocus()

    def _clear(self, keep: dict[MergeChange, ChangeCard]) -> None:
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget and widget not in keep.values():
                widget.hide()
                widget.deleteLater()
        self.cards, self.texts = [], []
        self._parts, self._of, self._groups = {}, {}, {}

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
        widget.show()  # now, or it would be measured as nothing, and could not take the keys

    def _head(self, file: File) -> None:
        returned = file.returned
        self._add(words(returned.path.name, "title"))
        self._add(words(facts(returned), "second"))
        if file.notes:
            self._add(_strip(file.notes, "notes"))
        if file.known and returned.taken_at:
            again = QPushButton("再对照一次")
            again.setAutoDefault(False)
            again.clicked.connect(self.again_asked)
            self._add(_left(again))

    def _group(self, merge: Merge, group: Group, keep: dict[MergeChange, ChangeCard]) -> None:
        part = group.reply or APART
        head = self._title(part, group.name)
        clear = [change for change in group.changes if not change.conflict]
        if group.reply and len(clear) > 1:
            button = QPushButton("本条答复全部采纳")
            button.setProperty("quiet", True)
            button.setAutoDefault(False)
            button.setToolTip("有冲突的除外，请逐处选")
            button.setAccessibleName(f"{group.name}全部采纳")
            button.clicked.connect(self._group_taken)
            self._groups[button] = group
            head.addWidget(button)
        for change in group.changes:
            card = keep.get(change)
            if card is None:
                card = ChangeCard(change, place_name(merge.after, change.reply or change.part))
                card.decided.connect(self._decided)
                card.stepped.connect(self._stepped)
                card.entered.connect(self._entered)
            self.cards.append(card)
            self._of[card] = part
            self._add(card)

    def _title(self, part: str, name: str) -> QHBoxLayout:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(words(name, "heading"), 1)
        self._parts[part] = line
        self._add(line)
        return row

    # going about
    def go_to(self, part: str) -> None:
        """Show this part from its head on; without one, from the top."""
        head = self._parts.get(part)
        self.verticalScrollBar().setValue(head.y() if head else 0)

    def work_on(self, change: MergeChange) -> None:
        """Put the keys on this change and bring it into view."""
        for card in self.cards:
            if card.change == change:
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        card = self.sender()
        if isinstance(card, ChangeCard) and card in self._of:
            self.ensureWidgetVisible(card, 0, theme.scaled(24))
            self.looked.emit(self._of[card])

    def _stepped(self, by: int) -> None:
        card = self.sender()
        assert isinstance(card, ChangeCard)
        to = self.cards.index(card) + by
        if 0 <= to < len(self.cards):
            self.cards[to].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit(by)

    # choosing
    def _decided(self, decision: str) -> None:
        card = self.sender()
        assert isinstance(card, ChangeCard)
        card.setFocus(Qt.FocusReason.MouseFocusReason)
        self.decided.emit((card.change,), decision)

    def _group_taken(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        clear = (change for change in self._groups[button].changes if not change.conflict)
        self.decided.emit(tuple(clear), Decision.TAKE)

    def _placed(self, reply: str) -> None:
        row = self.sender()
        assert isinstance(row, UnplacedCard)
        self.placed.emit(row.text, reply)


def _remarks(merge: Merge, file: File) -> Iterator[QWidget]:
    """What was remarked, at what, by whom."""
    told = file.returned.home.remarks if file.returned.home and not file.known else ()
    for one in told:
        remark = one.remark
        quoted = f"（“{shortened(remark.quoted)}”）" if remark.quoted else ""
        done = "（已解决）" if remark.done else ""
        by = credited(remark.author, remark.at)
        where = place_name(merge.ours, one.place)
        yield words(f"{where}　{by}{quoted}：{remark.text}{done}")


def _strip(sentences: Sequence[str], look: str) -> QFrame:
    """Sentences to be heeded, in one of the stylesheet's frames."""
    strip = QFrame()
    strip.setProperty(look, True)
    column = QVBoxLayout(strip)
    column.setContentsMargins(12, 6, 12, 6)
    for sentence in sentences:
        column.addWidget(words(sentence))
    return strip


def _left(widget: QWidget) -> QWidget:
    """No wider than it needs."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch()
    return line
