"""What menus do with 导入, and what the window does with the letters that came."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.letter.model import Case
from desktop.paths import SAMPLES
from desktop.services.case_list import list_cases

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

NOTHING_COPIED = (
    "剪贴板里没有文字，没有导入任何内容，请先在 Word、WPS 或网页里选中函件全文复制，再粘贴。"
)


class ImportDeeds(QObject):
    """The slots of `actions.MENUS` that bring letters in, and their wiring. `said` is a quiet word,
    `refused` a sentence for a dialog."""

    said = Signal(str)
    refused = Signal(str)

    def __init__(self, window: "MainWindow") -> None:
        """Deeds of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window
        self._before: Case | None = None  # what was open when an import began

    def wire(self) -> None:
        """Hear the parts of the window, which are all there."""
        window, importing = self._window, self._window.importing
        importing.began.connect(window.busy.begin)
        importing.began.connect(self._began)
        importing.advanced.connect(window.busy.advance)
        importing.replaced.connect(self._replaced)
        importing.ended.connect(self._ended)
        importing.noted.connect(window.page.banner.say)
        importing.show_asked.connect(window.sidebar.show_came)
        importing.chosen.connect(window.receiving.bring)
        window.busy.cancelled.connect(importing.cancel)
        window.welcome.bring.clicked.connect(self.import_files)
        window.welcome.samples.clicked.connect(self.add_samples)

    def import_files(self) -> None:
        """导入…"""
        if self._window.session.save_first():
            self._window.importing.ask_files()

    def import_folder(self) -> None:
        """导入文件夹…"""
        if self._window.session.save_first():
            self._window.importing.ask_folder()

    def paste_letter(self) -> None:
        """粘贴函件全文…"""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.refused.emit(NOTHING_COPIED)
        elif self._window.session.save_first():
            self._window.importing.take_text(text)

    def add_samples(self) -> None:
        """Two sample letters to play with."""
        self._window.importing.take(sorted(SAMPLES.glob("*.json")))

    def _began(self) -> None:
        opened = self._window.session.open_case
        self._before = opened.case if opened else None

    def _replaced(self, key: str) -> None:
        """At once: what is typed next belongs to what came in."""
        session = self._window.session
        if session.open_case and session.case.key == key:
            session.show_case(key, anew=True)

    def _ended(self, keys: list[str], sentence: str) -> None:
        window = self._window
        window.busy.end()
        window.sidebar.set_rows(list_cases())
        opened = window.session.open_case
        writing = window.page.isAncestorOf(QApplication.focusWidget() or window)
        if keys and (not opened or (opened.case is self._before and not writing)):
            window.session.show_case(keys[0])
        self.said.emit(sentence)
