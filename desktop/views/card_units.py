"""会办 on the cards of 建议与答复: the units of each suggestion, the menu to tick them, 批注."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.letter.model import Case
from desktop.services import assignments, notes
from desktop.views.reply_card import ReplyCard
from desktop.views.suggestion_row import SuggestionRow

if TYPE_CHECKING:
    from desktop.views.replies_page import RepliesPage

TITLE = "会办单位"
ADD = "添加单位…"
LAST = "只负责这一条，要移除请到“会办”页"
DEED = "改变会办单位"


class CardUnits(QObject):
    """What the cards of a page show and ask of units and notes."""

    def __init__(self, page: "RepliesPage") -> None:
        """Nothing is shown yet."""
        super().__init__(page)
        self._page = page

    def hear(self, card: ReplyCard) -> None:
        """Hear what is ticked on a card."""
        card.note_ticked.connect(self._note_ticked)

    def hear_row(self, row: SuggestionRow) -> None:
        """Hear what is asked on a suggestion."""
        row.menu_opening.connect(self._fill)
        row.units_asked.connect(self.open_menu)

    def show(self, case: Case) -> None:
        """Bring the cards in line with `case`."""
        for card in self._page.cards_there:
            card.show_notes(notes.notes_at(case, card.key), read_only=case.issue is not None)
            for row in card.rows:
                row.show_units([unit.unit for unit in assignments.units_asked(case, row.key)])

    def widened(self, before: Case, after: Case) -> str:
        """What is said where a unit's last suggestion is gone: it now stands for all."""
        units = "、".join(assignments.widened(before, after))
        return f"{units}改为负责全部建议，请到“会办”页核对，" if units else ""

    def open_menu(self, key: str) -> None:
        """会办单位 of this suggestion, under its words."""
        row = self._page.row(key)
        if not row or not self._page.open_case or self._page.open_case.issued:
            return
        menu = QMenu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_units(menu, key)
        below: QWidget = row.chips or row.text
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def _fill(self, menu: QMenu, key: str) -> None:
        self._add_units(menu.addMenu(TITLE), key)

    def _add_units(self, menu: QMenu, key: str) -> None:
        """The units to tick, those asked about this suggestion ticked."""
        case = self._page.case
        for unit in case.assignments:
            asked = unit in assignments.units_asked(case, key)
            alone = asked and assignments.unassign(case, {key}, unit.key) is case
            name = unit.unit.replace("&", "&&")
            action = menu.addAction(f"{name}（{LAST}）" if alone else name)
            action.setCheckable(True)
            action.setChecked(asked)
            action.setEnabled(not alone)
            action.setData(f"{key} {unit.key}")
            action.triggered.connect(self._ticked)
        menu.addSeparator()
        add = menu.addAction(ADD)
        add.setData(key)
        add.triggered.connect(self._add)

    def _ticked(self, on: bool) -> None:
        key, unit = _data(self.sender()).split(" ")
        tick = assignments.assign if on else assignments.unassign
        self._page.do(tick(self._page.case, {key}, unit), DEED)

    def _add(self) -> None:
        """A new unit for this suggestion, or one that is there already."""
        from desktop.views.dialogs.add_unit import ask_unit  # seldom wanted

        key = _data(self.sender())
        if name := ask_unit(self._page):
            after = assignments.add_unit(self._page.case, name, {key})
            for unit in self._page.case.assignments:
                if unit.unit == name:
                    after = assignments.assign(after, {key}, unit.key)
            self._page.do(after, "添加会办单位")

    def _note_ticked(self, key: str, done: bool) -> None:
        self._page.do(notes.tick(self._page.case, key, done=done), "处理批注")


def _data(action: QObject) -> str:
    assert isinstance(action, QAction)
    return str(action.data())
