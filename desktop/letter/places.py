"""Which part of the letter each line of a returned page belongs to.

A line inside one of our bookmarks says so itself. Any other line, typed or retyped by a colleague,
is told by its place: our own words (headings, labels of cells) lead on to the part that was printed
under them, a part that is missing takes the line that stands where it stood, everything else goes
with the line before. Nothing is dropped.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from desktop.letter.blocks import Sheet
from desktop.letter.clean import without_white
from desktop.letter.page import PageLine

# where a line goes that was typed before or after a field of one line
NEIGHBOURS = {
    "document_number": ("opening", "opening"),
    "salutation": ("opening", "opening"),
    "date": ("closing", "contact"),
    "copies": ("contact", "contact"),
}
_SAME_HEADING = 0.6


class Places:
    """The sorting of one page; `shown` and `notes` (sentences for the handler) are its outcome."""

    def __init__(self, lines: Sequence[PageLine], sheet: Sheet) -> None:
        """Sort `lines` by the anchors of `sheet`, the letter as it was printed."""
        self.shown: dict[str, list[str]] = {}
        self.notes: list[str] = []
        self._order = [(of.anchor, of.text) for of in sheet.lines() if of.text or of.anchor]
        known = {anchor for anchor, _ in self._order if anchor}
        self._lines = [line for line in lines if line.text.strip() or known & {*line.anchors}]
        self._anchors = [next((a for a in of.anchors if a in known), "") for of in self._lines]
        tagged = [*zip(self._lines, self._anchors, strict=True)]
        self._bare = [without_white(text) for _, text in self._order]
        self._first: dict[str, int] = {}  # each anchor's first and last place in `_order`
        self._last: dict[str, int] = {}
        for n, (anchor, _) in enumerate(self._order):
            self._first.setdefault(anchor, n)
            self._last[anchor] = n
        self._following = [""]  # the next anchor of the page at each of its lines
        for anchor in reversed(self._anchors):
            self._following.append(anchor or self._following[-1])
        self._following.reverse()
        self._of_cell = {of.cell: a for of, a in reversed(tagged) if a and of.cell}
        self._last_seen = {without_white(of.text): n for n, (of, a) in enumerate(tagged) if not a}
        self._missing = known - {*self._anchors}
        self._taken: set[int] = set()
        self._at = -1  # the place in `_order` the page has come to
        self._current = ""
        self._cell: tuple[int, int, int] | None = None
        waiting: list[str] = []
        for number, (line, anchor) in enumerate(tagged):
            if anchor:
                self._put(NEIGHBOURS.get(anchor, (anchor, ""))[0], *waiting)
                waiting = []
                self._take_tagged(number, line, anchor)
            elif not self._take_heading(number, line) and not self._take_loose(line):
                waiting.append(line.text)
        self._put(next(reversed(self.shown), "closing"), *waiting)

    def _put(self, anchor: str, *texts: str) -> None:
        if texts:
            self.shown.setdefault(anchor, []).extend(texts)

    def _take_tagged(self, number: int, line: PageLine, anchor: str) -> None:
        self._put(anchor, line.text)
        place = self._last[anchor]
        skipped = (
            self._last_seen.get(self._bare[n], -1) > number
            for n in range(self._at + 1, place)
            if not self._order[n][0] and n not in self._taken
        )
        if place < self._at or any(skipped):  # it was moved here from another part
            if anchor.startswith("r_") and self._current.startswith("r_"):
                start = line.text.strip()[:12]
                self.notes.append(f"“{start}…”移到了另一处，仍按原来的位置读入，请核对它的归属。")
            return
        self._at, self._current, self._cell = place, anchor, line.cell

    def _take_heading(self, number: int, line: PageLine) -> bool:
        """Whether the line is one of our own words that is due here, or was skipped before; a
        changed one is taken too, with a note."""
        following = self._following[number]
        if following and following == self._current:  # in the middle of a part stands none
            return False
        end = self._first[following] if following else len(self._order)
        is_ahead = end > self._at  # or else the next marked line was moved here
        end = end if is_ahead else len(self._order)
        free = [n for n in range(end) if not self._order[n][0] and n not in self._taken]
        shown = without_white(line.text)
        due = [n for n in free if n > self._at] + [n for n in free if n < self._at]
        same = next((n for n in due if self._bare[n] == shown), None)
        if same is None and is_ahead:
            same = next((n for n in due if n > self._at and self._is_like(n, shown)), None)
        if same is None:
            return False
        if self._bare[same] != shown:
            printed = self._order[same][1]
            self.notes.append(
                f"“{line.text.strip()}”由自动生成的“{printed}”改成，没有收回，请核对。"
            )
        self._taken.add(same)
        if same > self._at:
            self._at = same
            after = self._order[same + 1 : same + 2]
            self._current, self._cell = (after[0][0] if after else ""), None
        return True

    def _is_like(self, number: int, shown: str) -> bool:
        heading = self._order[number][1]
        if len(shown) > len(heading) + 12:
            return False
        return SequenceMatcher(None, heading, shown, autojunk=False).ratio() >= _SAME_HEADING

    def _take_loose(self, line: PageLine) -> bool:
        """Put a line outside every bookmark to its part; False where nothing stands before it."""
        next_one = self._order[self._at + 1 : self._at + 2]
        if line.cell and line.cell != self._cell and line.cell in self._of_cell:
            self._current = self._of_cell[line.cell]
        elif next_one and next_one[0][0] in self._missing and not self._is_waited_for():
            self._at += 1
            self._current = next_one[0][0]
        if not self._current:
            return False
        anchor, self._cell = self._current, line.cell
        if anchor in NEIGHBOURS and self.shown.get(anchor):
            anchor = NEIGHBOURS[anchor][1]
        self._put(anchor, line.text)
        return True

    def _is_waited_for(self) -> bool:
        """Whether a heading has just led on to the current part and nothing of it was shown."""
        return bool(self._current) and self._current not in self.shown
