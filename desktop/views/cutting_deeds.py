"""What menus do with the text of a proposal: 拆成建议, 按原文重新拆分, 查看原文."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.letter.model import Case

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

NO_ORIGINAL = "这份提案没有留下原文，可以用“粘贴提案全文，拆成建议”粘贴进来"


class CuttingDeeds(QObject):
    """The slots of `actions.MENUS` that are about a proposal's original (原文)."""

    said = Signal(str)

    def __init__(self, window: "MainWindow") -> None:
        """Deeds of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window

    def cut_proposal(self) -> None:
        """粘贴提案全文，拆成建议…; what is there and was not cut is cut first."""
        from desktop.views.dialogs.cut_proposal import ask_cut  # costly patterns: at first use

        draft = self._window.session.draft
        if not draft:
            return
        first = draft.case.proposals[0]
        if first.original and not first.suggestions:
            self.recut_proposal()
        elif self._settle(ask_cut(self._window, draft.case), "拆成建议"):
            self._window.go_and_write()

    def recut_proposal(self) -> None:
        """按原文重新拆分…"""
        from desktop.views.dialogs.cut_proposal import ask_recut  # costly patterns: at first use

        draft = self._window.session.draft
        number = self._number(self._window.page.replies.current_suggestion())
        if draft and number is not None:
            answer = ask_recut(self._window, draft.case, number)
            if self._settle(answer, "重新拆分"):
                self.said.emit("已按原文重新拆分，写好的答复都还在，Ctrl+Z 可以恢复")

    def show_original(self) -> None:
        """查看原文, at the suggestion with the caret."""
        self.show_original_of(self._window.page.replies.current_suggestion())

    def show_original_of(self, key: str) -> None:
        """查看原文, at the suggestion with this key; without one the whole."""
        from desktop.views.dialogs.original import show_original

        opened, number = self._window.session.open_case, self._number(key)
        if opened and number is not None:
            show_original(self._window, opened.case.proposals[number], key)

    def _number(self, key: str) -> int | None:
        """The proposal of this suggestion, or the first that has an original; None if none has."""
        opened = self._window.session.open_case
        proposals = opened.case.proposals if opened else ()
        having = [n for n, proposal in enumerate(proposals) if proposal.original]
        mine = [n for n in having if any(s.key == key for s in proposals[n].suggestions)]
        if not having:
            self.said.emit(NO_ORIGINAL)
        return next(iter(mine or having), None)

    def _settle(self, answer: Case | None, deed: str) -> bool:
        """Do what was asked for, though an import may have opened another case meanwhile."""
        session = self._window.session
        if not answer or not session.show_case(answer.key) or not session.draft:
            return False
        if answer == session.case:
            return False
        session.draft.change(answer, deed)
        return True
