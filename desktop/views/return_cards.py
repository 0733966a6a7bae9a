"""A change of a returned file (来稿) as a card: who changed what, and whether it is taken."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import terms
from desktop.services.assignments import month_day
from desktop.services.differences import differences
from desktop.services.merging.merge_change import ChangeKind, MergeChange
from desktop.services.merging.taking import both
from desktop.services.notes import shortened
from desktop.services.picking import Decision
from desktop.services.receiving import Text, as_unplaced
from desktop.views.comparison_text import runs_html
from desktop.widgets import theme
from desktop.widgets.calm import CalmBox
from desktop.widgets.form import Choice, words

UNPLACED = "application/x-fuhan-unplaced"  # dragged: which of the file's texts it is
KINDS = {
    ChangeKind.EDITED: "修改",
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "删去",
    ChangeKind.MOVED: "移到这里",
    ChangeKind.SPLIT: "分段",
    ChangeKind.JOINED: "并段",
    ChangeKind.OUTCOME: "改去向",
    ChangeKind.SUGGESTION: "修改",
    ChangeKind.FIELD: "修改",
}
PLAIN = ((Decision.TAKE, "采纳"), (Decision.LEAVE, "不采纳"))
CONFLICT = (
    (Decision.TAKE, "用来稿"),
    (Decision.LEAVE, "保留我们的"),
    (Decision.BOTH, "两者都留"),
)
KEEP = "留作批注"
Replies = Sequence[tuple[str, str]]  # the key of each reply and its name


class ChangeCard(QFrame):
    """The card: one stop for Tab; Space and ← → choose, ↑ ↓ go on to another."""

    decided = Signal(str)  # a `Decision`
    stepped = Signal(int)
    entered = Signal()  # it has the keys now

    def __init__(self, change: MergeChange, place: str, parent: QWidget | None = None) -> None:
        """Of `change`, at the place called so; `apart` cards say it in their head."""
        super().__init__(parent)
        self.change = change
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kind = f"{place}　{KINDS[change.kind]}" if change.apart else KINDS[change.kind]
        self.kind = words(kind, "heading", wrap=False)
        self.by = words(credited(change.author, change.at), "small")
        self.choice = Choice(_options(change), stops=False)
        self.choice.changed.connect(self.decided)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.RichText)  # our HTML, their words escaped
        self.said.setWordWrap(True)
        self.setAccessibleName(f"{place} {change.author} {KINDS[change.kind]}")
        self._place()
        theme.signals.changed.connect(self._write)
        self._write()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.kind)
        if self.change.conflict:
            badge = words("冲突", wrap=False)
            badge.setProperty("badge", "bad")
            badge.setToolTip("发出以后，我们也改了这几个字")
            head.addWidget(badge)
        head.addWidget(self.by, 1)
        head.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.said)

    def show_decision(self, decision: Decision | None) -> None:
        """What was said of it, or nothing yet."""
        self.choice.set_value(decision or "")
        said = dict(_options(self.change)).get(decision) if decision else None
        self.setAccessibleDescription(f"{said or '还没有决定'}。{self.change.after[:80]}")

    def _write(self) -> None:
        change = self.change
        content = _conflict(change) if change.conflict else _shown(change)
        self.said.setText(f'<div style="{_style()}">{content}</div>')

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Where the eye is."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """What the buttons do, without leaving the card."""
        key, keys = event.key(), [value for value, _ in _options(self.change)]
        at = keys.index(Decision(self.choice.value())) if self.choice.value() else None
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Space:
            self.decided.emit(keys[0] if at is None else keys[(at + 1) % len(keys)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = -1 if key == Qt.Key.Key_Left else 1
            self.decided.emit(keys[0] if at is None else keys[max(0, min(at + by, len(keys) - 1))])
        else:
            super().keyPressEvent(event)


class UnplacedCard(QFrame):
    """未归位: words outside every reply, and the reply they are put into; they can be dragged."""

    placed = Signal(str)  # the key of a reply, or "" to keep it as a note

    def __init__(
        self, text: Text, number: int, replies: Replies, parent: QWidget | None = None
    ) -> None:
        """Of `text`, the file's `number`th, counted from 0; it can go into one of `replies`."""
        super().__init__(parent)
        self.text, self._number = text, number
        self._pressed: QPoint | None = None
        shown = as_unplaced(text)
        self.setProperty("card", True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("拖到左边的一条答复上，或在右上角选择")
        where = f"在{shown.where}里" if shown.where else ""
        after = f"在“{shortened(shown.after)}”之后" if shown.after else ""
        told = filter(None, (where, after, credited(shown.author, shown.at)))
        self.box = CalmBox()
        self.box.setAccessibleName(f"放到：{shortened(shown.text)}")
        self.box.addItem(KEEP, "")
        for key, name in replies:
            self.box.addItem(f"放到 {name}", key)
        self.box.activated.connect(self._chosen)
        head = QHBoxLayout()
        head.addWidget(words("　".join(told), "small"), 1)
        head.addWidget(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(words(shown.text))

    def show_place(self, reply: str) -> None:
        """The reply it was put into, or ""."""
        self.box.setCurrentIndex(max(0, self.box.findData(reply)))

    def _chosen(self) -> None:
        self.placed.emit(self.box.currentData())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A drag may begin."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """It begins once the mouse has gone a little way."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            data = QMimeData()
            data.setData(UNPLACED, str(self._number).encode())
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.MoveAction)


def credited(author: str, at: str) -> str:
    """区财政局　9月3日 10:20, as far as the file says."""
    try:
        moment = datetime.fromisoformat(at)
        when = f"{month_day(moment.date())} {moment:%H:%M}"
    except ValueError:
        when = at
    return "　".join(filter(None, (author, when)))


def _options(change: MergeChange) -> Sequence[tuple[Decision, str]]:
    if not change.conflict:
        return PLAIN
    return CONFLICT if both(change) else CONFLICT[:2]


def _shown(change: MergeChange) -> str:
    """The words, with what became of them; a new 去向 in front."""
    runs = runs_html(change.runs) or escape(change.after).replace("\n", "<br>")
    if change.kind is not ChangeKind.OUTCOME:
        return runs
    outcome = change.paragraphs[0].outcome
    return f"〔{terms.OUTCOMES[outcome] if outcome else '不标注'}〕{runs}"


def _conflict(change: MergeChange) -> str:
    """What left, and what both made of it."""
    sides = (("我们现在", change.before), ("来稿", change.theirs))
    rows = [_side("原来", escape(change.base).replace("\n", "<br>"))]
    for name, text in sides:
        rows.append(_side(name, runs_html(differences(change.base, text)) if text else "（删去）"))
    return f'<table cellspacing="0" cellpadding="2">{"".join(rows)}</table>'


def _side(name: str, content: str) -> str:
    style = f"color:{theme.color('second').name()};font-size:{theme.scaled(12)}px"
    label = f'<td width="{theme.scaled(64)}"><span style="{style}">{name}</span></td>'
    return f'<tr>{label}<td><div style="{_style()}">{content}</div></td></tr>'


def _style() -> str:
    """How the words of the letter stand."""
    return f"font-size:{theme.scaled(14)}px;line-height:120%"
