"""What menus and keys do to send the open letter out: export, copy, print, hand to Word."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.views.before_leaving import Leaving

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

WORD_FOLDER = "交给Word的副本"  # in the data folder; the program never deletes there


class LetterDeeds(QObject):
    """The slots of `actions.MENUS` by which a letter leaves. What leaves is the saved case."""

    def __init__(self, window: "MainWindow") -> None:
        """Deeds on the open case of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window
        self._leaving = Leaving(window)

    def _may_leave(self, deed: str) -> bool:
        """Saved, more than a blank page, and nothing in it that should stay."""
        session = self._window.session
        return session.in_library() and self._leaving.may(session.case, deed)

    def export_letter(self) -> None:
        """导出 Word…"""
        if self._may_leave("导出"):
            self._window.exporting.export_letter(self._window.session.case)

    def export_review_copy(self) -> None:
        """导出审核稿…"""
        from desktop.views.dialogs.review_copy import ask_review  # with it comes the comparing

        if self._may_leave("导出"):
            case = self._window.session.case
            if printer := ask_review(self._window, case):
                self._window.exporting.export_letter(case, printer)

    def export_pdf(self) -> None:
        """导出 PDF…"""
        if self._may_leave("导出"):
            self._window.exporting.export_pdf(self._window.session.case)

    def export_case_file(self) -> None:
        """导出卷宗文件…"""
        if self._window.session.in_library():
            self._window.exporting.export_case_file(self._window.session.case)

    def copy_body(self) -> None:
        """复制正文（供提案系统粘贴）."""
        case = self._window.session.case
        if self._leaving.may(case, "复制", body_only=True):
            self._window.exporting.copy_body(case)

    def print_letter(self) -> None:
        """打印…"""
        if self._may_leave("打印"):
            case, preview = self._window.session.case, self._window.preview
            current = preview.paper.page if preview.paper and preview.isVisible() else 0
            if other := self._window.printing.print_letter(case, current):
                getattr(self, other)()

    def open_in_word(self) -> None:
        """用 Word/WPS 打开."""
        self._hand_to_word(printing=False)

    def print_in_word(self) -> None:
        """用 Word/WPS 打印."""
        self._hand_to_word(printing=True)

    def _hand_to_word(self, *, printing: bool) -> None:
        if self._may_leave("打印" if printing else "打开"):
            folder = self._window.folder / WORD_FOLDER
            self._window.exporting.hand_to_word(
                self._window.session.case, folder, printing=printing
            )
