"""A line of a read page, and how the runs of a paragraph become one: words, marks, places."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.letter.homecoming.returned import Mark, Trace


@dataclass(frozen=True, slots=True)
class PageLine:
    """A paragraph (or a part of one between line breaks) as a reader sees it, changes accepted.

    `anchors` are our bookmarks around it, without their prefix; `cell` is (table, row, column);
    `marks` are its tracked changes; `boxed` says that it stands in a text box.
    """

    text: str
    anchors: tuple[str, ...] = ()
    cell: tuple[int, int, int] | None = None
    marks: tuple[Mark, ...] = ()
    boxed: bool = False

    def part(self, start: int, end: int) -> "PageLine":
        """Its characters `start` to `end`, with the marks on them."""
        marks = tuple(_between(self.marks, start, end))
        return replace(self, text=self.text[start:end], marks=marks)

    def stripped(self) -> "PageLine":
        """The same without the white around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))


@dataclass(frozen=True, slots=True)
class Change:
    """What a w:ins, w:del or w:move… says of what it holds."""

    kind: Trace
    author: str
    at: str


class Draft:
    """A paragraph while it is read; a text box in it is another one."""

    def __init__(self, anchors: Iterable[str]) -> None:
        """Begin one inside the bookmarks `anchors`."""
        self.number = ""  # seen before it, written by Word itself
        self.length = 0
        self.around = [*anchors]  # the bookmarks it begins in, and that begin in it
        self.touched: list[str] = []  # the bookmarks around its words
        self.spots: list[tuple[str, int]] = []  # a remark's end, a footnote's sign: name and place
        self._texts: list[str] = []
        self._marks: list[Mark] = []

    def write(self, text: str, change: Change | None, anchors: Iterable[str] = ()) -> None:
        """Words that are seen, inserted by `change`."""
        start = self.length
        self._texts.append(text)
        self.length += len(text)
        self.touched += anchors
        if change:
            self._mark(change, start, self.length, text)

    def strike(self, text: str, change: Change) -> None:
        """Words that `change` took away."""
        self._mark(change, self.length, self.length, text)

    def end_with(self, change: Change) -> None:
        """Its end was typed by `change`: a paragraph was cut in two here."""
        self._marks.append(
            Mark(change.kind, self.length, self.length, "\n", change.author, change.at)
        )

    def lines(self, cell: tuple[int, int, int] | None, *, boxed: bool) -> list[PageLine]:
        """What is seen of it, a line for each line break more."""
        text = "".join(self._texts)
        number = self.number if text.strip() else ""
        marks = [
            replace(m, start=m.start + len(number), end=m.end + len(number)) for m in self._marks
        ]
        anchors = tuple(dict.fromkeys(self.touched or self.around))
        whole = PageLine(number + text, anchors, cell, tuple(marks), boxed)
        made, start = [], 0
        for line in whole.text.split("\n"):
            made.append(whole.part(start, start + len(line)) if line != whole.text else whole)
            start += len(line) + 1
        return made

    def place(self, spot: int) -> tuple[int, int]:
        """Which of its lines, and which character of that, a spot is."""
        text = "".join(self._texts)
        begun = text.rfind("\n", 0, spot) + 1
        line = text.count("\n", 0, spot)
        number = self.number if text.strip() and not line else ""
        return line, spot - begun + len(number)

    def _mark(self, change: Change, start: int, end: int, text: str) -> None:
        if not text:
            return
        last = self._marks[-1] if self._marks else None
        same = last and (last.kind, last.author, last.at) == (change.kind, change.author, change.at)
        if last and same and last.end == start:
            self._marks[-1] = replace(last, end=end, text=last.text + text)
        else:
            self._marks.append(Mark(change.kind, start, end, text, change.author, change.at))


def _between(marks: Iterable[Mark], start: int, end: int) -> Iterable[Mark]:
    """The marks that touch characters `start` to `end`, counted from `start`."""
    for mark in marks:
        first, after = max(mark.start, start), min(mark.end, end)
        if mark.start == mark.end:
            if start <= mark.start <= end:
                yield replace(mark, start=mark.start - start, end=mark.end - start)
        elif first < after:
            text = mark.text[first - mark.start : after - mark.start]
            yield replace(mark, start=first - start, end=after - start, text=text)
