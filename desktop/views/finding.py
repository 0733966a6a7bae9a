"""查找替换 over the cards of the open case: the bar asks, the cards show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.services import find_replace
from desktop.services.find_replace import Hit
from desktop.views.find_bar import FindBar
from desktop.widgets.plain_editor import PlainEditor

if TYPE_CHECKING:
    from desktop.views.replies_page import RepliesPage


class Finding(QObject):
    """Goes from place to place; the page (`RepliesPage`) shows them and does the replacing."""

    def __init__(self, page: "RepliesPage", bar: FindBar) -> None:
        """Find in the case of `page` what `bar` asks for."""
        super().__init__(page)
        self._page, self._bar = page, bar
        self._at: Hit | None = None
        bar.searched.connect(self._search)
        bar.stepped.connect(self.step)
        bar.replace_asked.connect(self.replace_here)
        bar.replace_all_asked.connect(self.replace_all)

    def open(self, *, replacing: bool) -> None:
        """查找, or 查找替换; what is selected is what is sought."""
        field = QApplication.focusWidget()
        chosen = field.textCursor().selectedText() if isinstance(field, PlainEditor) else ""
        self._bar.open(chosen, replacing=replacing and not self._page.case.issue)

    def _search(self, words: str) -> None:
        self._at = None
        for card in self._page.cards:
            card.editor.highlight(words)
        self._bar.show_count(len(self._hits()) if words else 0)

    def _hits(self) -> tuple[Hit, ...]:
        return find_replace.find(self._page.case, self._bar.words)

    def step(self, step: int) -> None:
        """The next place (1) or the one before (-1), round and round."""
        hits = self._hits()
        if not hits:
            self._bar.show_count(0)
            return
        number = (hits.index(self._at) + step) % len(hits) if self._at in hits else 0
        self._go(hits, number)

    def _go(self, hits: tuple[Hit, ...], number: int) -> None:
        self._at = hits[number]
        self._bar.show_count(len(hits), number + 1)
        self._page.show_place(self._at.key, self._at.part, self._at.start, self._at.length)

    def replace_here(self) -> None:
        """替换 the place that is shown, and go to the next."""
        hits = self._hits()
        if self._at is None or self._at not in hits:
            self.step(1)
            return
        number = hits.index(self._at)
        after, _ = find_replace.replace_hit(self._page.case, self._at, self._bar.replacement)
        self._page.do(after, "替换")
        self._search(self._bar.words)
        if hits := self._hits():
            self._go(hits, number % len(hits))

    def replace_all(self) -> None:
        """全部替换, one step of undo."""
        by = self._bar.replacement
        after, count = find_replace.replace_all(self._page.case, self._bar.words, by)
        self._page.do(after, "全部替换")
        self._search(self._bar.words)
        said = f"已替换 {count} 处（Ctrl+Z 还原）" if count else "没有找到要替换的文字"
        self._page.said.emit(said)
