"""What menus and keys do with the 回收站: delete a case, take that back, look what rests there."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import FuhanError
from desktop.services import trash
from desktop.services.case_list import list_cases
from desktop.services.rows import CaseListed
from desktop.widgets.message import Banner, ask

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

UNDELETE = "undelete "  # before the key: the deed of the bar's button
RESTS = (
    f"卷宗连同版本和导出记录在回收站保留 {trash.KEPT_DAYS} 天，可以随时恢复；"
    "已经导出的文件不受影响。"
)


class TrashDeeds(QObject):
    """The slots of `actions.MENUS` that delete and bring back."""

    refused = Signal(str)
    said = Signal(str)

    def __init__(self, window: "MainWindow") -> None:
        """Deeds on the cases of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window

    def delete_case(self) -> None:
        """删除提案…"""
        session = self._window.session
        if session.open_case and session.save_first():
            if session.open_case.in_library:
                self._delete(session.case.key)
            else:  # a blank page
                session.leave()

    def wished(self, deed: str, key: str) -> None:
        """What was chosen in the list."""
        if deed == "delete" and self._window.session.save_first():
            self._delete(key)

    def show_trash(self) -> None:
        """回收站…"""
        from desktop.views.dialogs.trash import ask_trash  # seldom wanted

        window = self._window
        if window.session.save_first() and (key := ask_trash(window, datetime.now())):
            self._bring_back(key)

    def act(self, deed: str) -> None:
        """恢复 in the bar that says what was deleted."""
        if deed.startswith(UNDELETE):
            self._bring_back(deed.removeprefix(UNDELETE))

    def _delete(self, key: str) -> None:
        row = next(row for row in self._window.sidebar.model.rows if row.key == key)
        choices = [("delete", "移到回收站")]
        sentence = f"删除{_named(row)}？{RESTS}"
        if not ask(self._window, "删除提案", sentence, choices, destructive="delete"):
            return
        try:
            trash.delete_case(key, datetime.now())
        except FuhanError as error:
            self.refused.emit(str(error))
            return
        session = self._window.session
        if session.open_case and session.case.key == key:
            session.leave()
        self._window.sidebar.set_rows(list_cases())
        self._window.welcome.show_library(bool(self._window.sidebar.model.rows))
        self._bar().say(f"{_named(row)}已移到回收站。", {f"{UNDELETE}{key}": "恢复"})

    def _bring_back(self, key: str) -> None:
        try:
            trash.bring_back(key)
        except FuhanError as error:
            self.refused.emit(str(error))
            return
        self._bar().hide()
        self._window.sidebar.set_rows(list_cases())
        self._window.show_case(key)
        self.said.emit("已从回收站恢复")

    def _bar(self) -> Banner:
        window = self._window
        return window.page.banner if window.session.open_case else window.welcome.banner


def _named(row: CaseListed) -> str:
    number = f"第{row.proposal_number}号" if row.proposal_number else "这份无编号的提案"
    return f"{number}“{row.subject}”" if row.subject else number
