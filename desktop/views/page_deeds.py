"""What menus and keys do on the page of the open case: turn pages, edit, mark, move cards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from db.enums import Head, Outcome
from desktop.views.case_page import CasePage
from desktop.views.preview_bars import PAPER
from desktop.views.replies_page import RepliesPage

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow


class PageDeeds(QObject):
    """The slots of `actions.MENUS` that belong to the page, not to the window."""

    def __init__(self, window: "MainWindow") -> None:
        """Deeds on the page of `window`, which may be made later."""
        super().__init__(window)
        self._window = window

    @property
    def _page(self) -> CasePage:
        return self._window.page

    def _replies(self) -> RepliesPage:
        return self._page.replies

    def _shown(self) -> RepliesPage:
        """建议与答复, turned to."""
        self._page.show_page("replies")
        return self._page.replies

    def _turn_to(self, name: str) -> None:
        """The page, with Tab about to go into it."""
        self._page.show_page(name)
        self._page.tabs.setFocus()

    def page_basics(self) -> None:
        """基本信息."""
        self._turn_to("basics")

    def page_replies(self) -> None:
        """建议与答复."""
        self._turn_to("replies")

    def page_letter(self) -> None:
        """函件."""
        self._turn_to("letter")

    def page_co_handling(self) -> None:
        """会办."""
        self._turn_to("co_handling")

    def page_revisions(self) -> None:
        """版本."""
        self._turn_to("revisions")

    def next_change(self) -> None:
        """下一处改动."""
        self._page.show_page("revisions")
        self._page.revisions.step(1)

    def previous_change(self) -> None:
        """上一处改动."""
        self._page.show_page("revisions")
        self._page.revisions.step(-1)

    def choose_head(self, action: QAction) -> None:
        """版头."""
        self._window.session.set_head(Head(action.data()))

    def toggle_preview(self) -> None:
        """预览."""
        preview, focus = self._window.preview, QApplication.focusWidget()
        inside = focus is not None and preview.isAncestorOf(focus)
        if preview.isHidden() or preview.sheet.isVisible():
            preview.fold.toggle()
        preview.head.show_side(PAPER)
        if inside and preview.places:
            preview.places.take_back()

    def find_case(self) -> None:
        """查找提案."""
        self._window.preview.fold.give_back()
        self._window.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.tools.search.selectAll()

    def find_words(self) -> None:
        """查找…"""
        self._shown().finding.open(replacing=False)

    def find_replace(self) -> None:
        """查找替换…"""
        self._shown().finding.open(replacing=True)

    def toggle_runs_on(self) -> None:
        """接上段."""
        if editor := self._replies().current_editor():
            editor.toggle_runs_on()

    def divide(self) -> None:
        """接排分段."""
        if editor := self._replies().current_editor():
            editor.divide()

    def level_0(self) -> None:
        """正文."""
        self._set_level(0)

    def level_1(self) -> None:
        """小标题."""
        self._set_level(1)

    def level_2(self) -> None:
        """次级小标题."""
        self._set_level(2)

    def _set_level(self, level: int) -> None:
        if editor := self._replies().current_editor():
            editor.set_level(level)

    def mark_done(self) -> None:
        """当年完成."""
        self._replies().mark(Outcome.DONE)

    def mark_under_way(self) -> None:
        """当年推动."""
        self._replies().mark(Outcome.UNDER_WAY)

    def mark_pending(self) -> None:
        """明年待落实."""
        self._replies().mark(Outcome.PENDING)

    def mark_not_adopted(self) -> None:
        """不能采纳."""
        self._replies().mark(Outcome.NOT_ADOPTED)

    def mark_none(self) -> None:
        """不标注."""
        self._replies().mark(None)

    def add_suggestion(self) -> None:
        """添加建议."""
        self._shown().add_suggestion()

    def add_general(self) -> None:
        """添加总的说明."""
        self._shown().add_general()

    def suggestion_up(self) -> None:
        """上移建议."""
        self._replies().move_suggestion(-1)

    def suggestion_down(self) -> None:
        """下移建议."""
        self._replies().move_suggestion(1)

    def pull_out(self) -> None:
        """单独答复这条建议."""
        if key := self._replies().current_suggestion():
            self._replies().pull_out(key)
        else:
            self._page.replies.said.emit("请先把光标放到要单独答复的建议上")

    def ask_units(self) -> None:
        """会办单位… of the suggestion with the caret."""
        if key := self._replies().current_suggestion():
            self._replies().units.open_menu(key)
        else:
            self._page.replies.said.emit("请先把光标放到要请单位会办的建议上")

    def card_merge(self) -> None:
        """与上一条合并答复."""
        self._replies().deed_on_card("merge")

    def card_split(self) -> None:
        """拆分答复."""
        self._replies().deed_on_card("split")

    def card_up(self) -> None:
        """上移答复."""
        self._replies().deed_on_card("up")

    def card_down(self) -> None:
        """下移答复."""
        self._replies().deed_on_card("down")

    def propose_outcomes(self) -> None:
        """建议标注."""
        self._shown().marking.propose()

    def next_missing(self) -> None:
        """前往缺少内容的地方."""
        self._window.status.go()
