"""往年答复 for Qt: of each earlier reply a line that says which letter it is of and what was asked,
then one for each of its paragraphs."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop import terms
from desktop.services.rows import PassageFound, ReplyFound

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
DRAGGED = "application/x-fuhan-earlier"  # a ticket for what `carried` holds
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of an earlier reply, or with `said` None the head of that reply."""

    found: ReplyFound
    said: PassageFound | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is called, whatever else is found beside it."""
        return self.found.case, self.found.reply, self.said.key if self.said else ""


class EarlierAnswersModel(QAbstractListModel):
    """The lines of what was found, best reply first."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is found."""
        super().__init__(parent)
        self.lines: list[Line] = []
        self.carried: dict[str, list[tuple[ReplyFound, PassageFound]]] = {}  # by its ticket

    def set_found(self, found: Sequence[ReplyFound]) -> bool:
        """Show these replies; the lines that begin as before stay as they are, selected or not.
        Whether others took their place."""
        lines = [
            Line(one, said) for one in found for said in (None, *(p for p in one.said if p.text))
        ]
        there = len(self.lines)
        if there and lines[:there] == self.lines:
            if len(lines) > there:
                self.beginInsertRows(ROOT, there, len(lines) - 1)
                self.lines = lines
                self.endInsertRows()
            return False
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The line itself, or its words for who cannot see it."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(line)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be dragged into a reply."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Lines of this list, and plain words for other programs."""
        return [DRAGGED, "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """The paragraphs of these lines, to be dropped, or pasted when others are shown here."""
        data = super().mimeData(indexes)  # Qt's own: the clipboard may keep it beyond Python's end
        chosen = paragraphs(self.lines[index.row()] for index in indexes)
        ticket = secrets.token_hex(8)
        self.carried[ticket] = chosen
        data.setText("\n".join(said.text for _, said in chosen))
        data.setData(DRAGGED, ticket.encode())
        return data


def paragraphs(lines: Iterable[Line]) -> list[tuple[ReplyFound, PassageFound]]:
    """The paragraphs these lines stand for, each once; a head stands for its whole reply."""
    found: dict[tuple[str, str, str], tuple[ReplyFound, PassageFound]] = {}
    for line in lines:
        for said in (line.said,) if line.said else line.found.said:
            found[Line(line.found, said).key] = (line.found, said)
    return list(found.values())


def named(found: ReplyFound) -> str:
    """Which letter it is: 第2023118号."""
    return f"第{found.proposal_number}号" if found.proposal_number else "无编号"


def dated(found: ReplyFound) -> str:
    """When it was: the day, or only the year where no more is known."""
    if day := found.day:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{found.year}年" if found.year else ""


def ended(found: ReplyFound) -> str:
    """How it ended: 去向 of its paragraphs, 办理结果类别."""
    outcomes = "、".join(terms.OUTCOMES[outcome] for outcome in found.outcomes)
    return "　".join(filter(None, (outcomes, found.grade and f"{found.grade}类")))


def state(found: ReplyFound) -> str:
    """定稿 where the letter is known to have left like this; of one read in nobody knows."""
    return "定稿" if found.issued else ""


def spoken(line: Line) -> str:
    """A line in words."""
    found = line.found
    if line.said:
        outcome = line.said.outcome
        return f"{terms.OUTCOMES[outcome]}：{line.said.text}" if outcome else line.said.text
    facts = (named(found), found.subject, found.proposer, dated(found), ended(found), state(found))
    asked = "；".join(passage.text for passage in found.asked)
    why = "、".join(found.why)
    return "，".join(filter(None, (*facts, why and f"共同的词 {why}", asked)))
