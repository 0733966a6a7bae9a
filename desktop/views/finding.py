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
        self._field: PlainEditor | None = None  # where that is
        bar.closed.connect(self._closed)
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
        self._field = self._field if not words else None
        for card in self._page.cards:
            card.editor.marks.find(words)
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
        self._show(self._at)

    def _show(self, hit: Hit) -> None:
        """Select this place and nothing else."""
        for other in self._page.findChildren(PlainEditor):
            other.deselect()
        self._field = None
        for card in self._page.cards:
            if hit.part == "paragraph" and card.editor.put_caret(hit.key, hit.start, hit.length):
                self._field = card.editor
        row = self._page.row(hit.key)
        if row:
            self._field = row.text if hit.part == "text" else row.elaboration
            if self._field:
                self._field.select(hit.start, hit.length)
        if self._field:
            self._field.reveal()

    def _closed(self) -> None:
        """Back to the words: to the place found, else to where the caret was."""
        if self._field and self._field.isVisible():
            self._field.setFocus()
        else:
            self._page.take_back_focus()

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
        if self._page.case.issue:
            return
        by, hits = self._bar.replacement, self._hits()
        after, count = find_replace.replace_all(self._page.case, self._bar.words, by)
        self._page.do(after, "全部替换")
        self._search(self._bar.words)
        said = f"已替换 {count} 处（Ctrl+Z 还原）" if count else "答复里没有要替换的文字"
        asked = any(hit.part != "paragraph" for hit in hits)
        self._page.said.emit(said + ("；建议原文没有动，可逐处替换" if asked else ""))
