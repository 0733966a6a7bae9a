"""打开 in 往年答复: an earlier letter is shown in the place of the one being written, with the way
back above it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.letter.model import Case
from desktop.services.case_list import listed
from desktop.widgets.plain_editor import characters

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

BACK = "back to the draft"


class Visiting(QObject):
    """The visit of a window. While it lasts (`back` is the way home in words) nothing is inserted:
    it would go into the letter that is only looked at."""

    def __init__(self, window: "MainWindow", parent: QObject) -> None:
        """Nobody visits anything."""
        super().__init__(parent)
        self._window = window
        self.under_way = False  # while a case is opened by a visit, or by its end
        self.home = ""  # key of the case one comes from
        self._named = ""
        self._place = ("", "", "", 0)  # in it: page, reply, paragraph, character

    @property
    def back(self) -> str:
        """回到第2025118号, or nothing."""
        return f"回到{self._named}" if self.home else ""

    def wire(self) -> None:
        """Hear the parts of the window, which are all there."""
        self._window.session.opened.connect(self._opened)
        self._window.page.banner.acted.connect(self._act)

    def go(self, key: str) -> None:
        """Show the case with this key; from a visit one goes home, not to the visit before."""
        session, page = self._window.session, self._window.page
        opened = session.open_case
        if not self.home and opened and opened.case.key != key:
            self.home, self._named = opened.case.key, _named(opened.case)
            self._place = page.page, *self._caret()
        self._turn_to(key)
        now = session.open_case
        if now and now.case.key == self.home:
            self.home = ""
        if self.home:
            said = f"这是往年的{_named(session.case)}，{self._named}写到的地方都已保存。"
            page.banner.say(said, {BACK: self.back})

    def _act(self, deed: str) -> None:
        if deed == BACK and self.home:
            self._turn_to(self.home)
            if self._window.session.case.key == self.home:
                self.home = ""
                self._window.page.show_page(self._place[0])
                self._write_on(*self._place[1:])

    def _caret(self) -> tuple[str, str, int]:
        for card in self._window.page.replies.cards:
            if card.editor is self._window.page.replies.current_editor():
                cursor = card.editor.textCursor()
                at = characters(cursor.block().text(), cursor.positionInBlock())
                return card.key, card.editor.caret_paragraph().key, at
        return "", "", 0

    def _write_on(self, reply: str, paragraph: str, at: int) -> None:
        for card in self._window.page.replies.cards:
            if card.key == reply:
                card.editor.put_caret(paragraph, at)
                card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                card.editor.reveal()

    def _turn_to(self, key: str) -> None:
        self.under_way = True
        self._window.show_case(key)
        self.under_way = False

    def _opened(self, _: object) -> None:
        if not self.under_way:
            self.home = ""


def _named(case: Case) -> str:
    number = listed(case).proposal_number
    return f"第{number}号" if number else "没有编号的那份"
