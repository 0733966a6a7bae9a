"""Two states of a case as text: beside each other, or in one column with both marks.

One document with a table for both columns: what belongs together stands level and scrolls
together. What was removed is struck out, what was added underlined; colour only helps.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.services.comparison import ComparedPart, folded
from desktop.services.differences import Change, Run
from desktop.services.merging.merge_change import MarkedRun
from desktop.widgets import theme

NARROW = 600  # pixels: below, the columns become one
_KEPT = {"older": Change.REMOVED, "newer": Change.ADDED}  # what a side shows besides the same


class ComparisonText(QTextEdit):
    """The text. `stepped` says which change is looked at, from 1 on, and how many there are."""

    stepped = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing to compare yet."""
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("comparison", True)
        self.setAccessibleName("两个版本的比较")
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._parts: Sequence[ComparedPart] = ()
        self._whole = False
        self._places: list[int] = []  # of the changes, in characters
        self._current = 0
        self.columns = 0
        theme.signals.changed.connect(self._write)

    def show_parts(self, parts: Sequence[ComparedPart]) -> None:
        """Show these; the same again leave the eye where it is."""
        if parts != self._parts:
            self._parts, self._current = parts, 0
            self._write()
            self.verticalScrollBar().setValue(0)

    def show_sentence(self, sentence: str) -> None:
        """Say why there is nothing to compare."""
        self._parts, self._places, self._current = (), [], 0
        self.setPlainText(sentence)
        self.stepped.emit(0, 0)

    def show_whole(self, whole: bool) -> None:
        """With what did not change, or without."""
        self._whole = whole
        self._write()
        self._look()

    def step(self, by: int) -> None:
        """To the next change (1) or the one before (-1); round at the ends."""
        if count := len(self._places):
            start = self._current or (0 if by > 0 else 1)
            self._current = (start + by - 1) % count + 1
            self.stepped.emit(self._current, count)
            self._look()

    def _look(self) -> None:
        """Bring the current change into view."""
        if self._current:
            self.verticalScrollBar().setValue(round(self._row().top()) - theme.scaled(40))
            self.viewport().update()

    def _row(self) -> QRectF:
        """Where the current change stands in the document."""
        block = self.document().findBlock(self._places[self._current - 1])
        return self.document().documentLayout().blockBoundingRect(block)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """One column where two would be too narrow."""
        super().resizeEvent(event)
        if self._parts and self.columns != self._fitting():
            self._write()

    def _fitting(self) -> int:
        return 2 if self.width() >= theme.scaled(NARROW) else 1

    def _write(self) -> None:
        if not self._parts:
            return
        self.columns = self._fitting()
        self.setHtml(_page(self._parts, self.columns, whole=self._whole))
        self._places = [*self._anchors()]
        self._current = min(self._current, len(self._places))
        self.stepped.emit(self._current, len(self._places))

    def _anchors(self) -> Iterator[int]:
        block = self.document().begin()
        while block.isValid():
            formats = (run.format for run in block.textFormats())  # type: ignore[attr-defined]
            if any(form.isAnchor() for form in formats):
                yield block.position()
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """A bar beside the change that is looked at."""
        super().paintEvent(event)
        if self._current:
            row = self._row().translated(QPointF(0, -self.verticalScrollBar().value()))
            painter = QPainter(self.viewport())
            painter.fillRect(QRectF(0, row.top(), 3, row.height()), theme.color("accent"))
            painter.end()


# the document
def _page(parts: Sequence[ComparedPart], columns: int, *, whole: bool) -> str:
    shown = parts if whole or not any(p.changed for p in parts) else folded(parts)
    rows, group = [], ""
    for part in shown:
        if isinstance(part, int):
            rows.append(_spanning(f"……未改动 {part} 处", "third", columns))
            continue
        if part.part.group != group:
            group = part.part.group
            rows.append(_spanning(f"<b>{group}</b>", "accent", columns))
        rows.append(_row(part, columns))
    return f'<table width="100%" cellspacing="0" cellpadding="5">{"".join(rows)}</table>'


def _spanning(words: str, token: str, columns: int) -> str:
    return f'<tr><td colspan="{columns}"><span style="{_ink(token)}">{words}</span></td></tr>'


def _row(part: ComparedPart, columns: int) -> str:
    if columns == 1:
        return f"<tr><td>{_cell(part, None)}</td></tr>"
    cells = (_cell(part, side) for side in ("older", "newer"))
    return "<tr>" + "".join(f'<td width="50%">{cell}</td>' for cell in cells) + "</tr>"


def _cell(part: ComparedPart, side: str | None) -> str:
    """One side of a part, or both in one; the first of a change can be gone to."""
    content = _content(part, side)
    first = part.changed and side != "newer"
    return f'<a name="change">{content}</a>' if first else content


def _content(part: ComparedPart, side: str | None) -> str:
    shown = getattr(part, side) if side else part.part
    if shown is None:
        return "&nbsp;"
    text = _marked(part.text, side)
    moved = "（移动过）" if part.moved else ""
    if shown.heading:
        return f"<b>{text}</b>{_small(moved)}"
    return f"{_small(escape(shown.label) + moved)} {_small(_marked(part.mark, side))}<br>{text}"


def _small(content: str) -> str:
    size = f"font-size:{theme.scaled(12)}px"
    return f'<span style="{size};{_ink("second")}">{content}</span>'


def _marked(runs: Sequence[Run], side: str | None) -> str:
    """The runs a side shows, each as what became of it."""
    kept = (Change.SAME, _KEPT[side]) if side else tuple(Change)
    return runs_html([run for run in runs if run.change in kept])


def runs_html(runs: Iterable[Run | MarkedRun]) -> str:
    """Words with what became of them, as HTML in the colours that are on."""
    return "".join(map(_run, runs))


def _run(run: Run | MarkedRun) -> str:
    text = escape(run.text)
    if run.change is Change.SAME:
        return text.replace("\n", "<br>")
    text = text.replace("\n", "↵<br>" if run.change is Change.ADDED else "↵")
    line = "line-through" if run.change is Change.REMOVED else "underline"
    ground = theme.color(run.change.value).name()
    return f'<span style="background:{ground};text-decoration:{line}">{text}</span>'


def _ink(token: str) -> str:
    return f"color:{theme.color(token).name()}"
