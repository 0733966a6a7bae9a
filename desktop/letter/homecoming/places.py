"""Which part of the letter each line of a returned page belongs to.

The letter as it was printed is a row of regions: each of our own words (headings, labels of cells)
is one, and the lines between them that one anchor holds together. Bookmarks, headings and unchanged
words speak for a line's region; the heaviest choice in order stands (`chain`). Words that are like
those of a line that is missing follow; any other line is told by what stands around it. Nothing is
dropped.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop.letter.blocks import Sheet
from desktop.letter.homecoming.align import groups
from desktop.letter.homecoming.chain import Candidate, heaviest
from desktop.letter.homecoming.likeness import likeness
from desktop.letter.homecoming.regions import Regions, Row, rows_of
from desktop.letter.pages.page_lines import PageLine

# where a line goes that was typed before or after a field of one line
NEIGHBOURS = {
    "document_number": ("opening", "opening"),
    "salutation": ("opening", "opening"),
    "date": ("closing", "contact"),
    "copies": ("contact", "contact"),
}
_HEADING, _TAG, _TEXT, _SHORT, _LENGTH = 6.0, 3.0, 1.5, 0.5, 0.25  # what speaks for a region
_SHORTEST = 4  # characters of a text that tells where it is from
_SAME_WORDS = 12  # regions of the same words that are looked at on either side
_SAME_HEADING = 0.6
_ANSWER = re.compile(r"[ra]_")
_GROWS = re.compile(r"[ras]_|(opening|closing|attachments)$")  # takes lines that are typed in it
_LONG_FIELDS = frozenset(["title", "signature", "contact"])  # so do these where retyped whole
_Cell = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Put:
    """Where `line`, the page's `number`, goes: to `anchor`, or nowhere if it is a heading of ours.

    `sure` is False for one outside every part; `anchor` is then the nearest that could take it.
    `near` is the anchor of the words under a heading.
    """

    number: int
    line: PageLine
    anchor: str
    sure: bool = True
    near: str = ""


class Places:
    """The sorting of one page; `put` and `notes` (sentences for the handler) are its outcome."""

    def __init__(self, lines: Sequence[PageLine], sheet: Sheet, *, masked: bool) -> None:
        """Sort `lines` by the regions of `sheet`, the letter as it was printed."""
        self.notes: list[str] = []
        self._masked = masked
        self._regions = Regions(sheet)
        self._rows = rows_of(lines, self._regions)
        self._free = set(self._regions.headings())  # not found on the page yet
        by_length = masked and not any(row.tag for row in self._rows)
        seen: Counter[str] = Counter()
        candidates = []
        for row in self._rows:
            candidates.append([*self._candidates(row, seen[row.bare], by_length=by_length)])
            seen[row.bare] += 1
        for row, place in zip(self._rows, heaviest(candidates, len(self._regions)), strict=True):
            self._find(row, place)
        self._find_alike()
        self._by_cell = {r.line.cell: r.place for r in self._rows[::-1] if self._is_text(r.place)}
        self._columns: dict[int, set[int]] = {}  # of a table of ours: those that hold its texts
        for table, _, column in filter(None, self._by_cell):
            self._columns.setdefault(table, set()).add(column)
        self._labels = {
            row.line.cell[:2]: row.place
            for row in self._rows
            if row.line.cell and row.place is not None and not self._is_text(row.place)
        }
        self._settled = {row.place for row in self._rows if row.place is not None}
        self._shown = {*self._settled}
        self._spare = {*self._too_many()}
        self._strange: set[tuple[int, int] | None] = set()  # rows that were not printed
        self.put = [*self._put()]

    def _find(self, row: Row, place: int | None) -> None:
        row.place = place
        if place is not None:
            self._free.discard(place)

    def _too_many(self) -> Iterator[int]:
        """The numbers of lines beside the one of a field of one line; one that was cut in several
        keeps them all."""
        for place in self._settled:
            of = [row for row in self._rows if row.place == place and row.bare]
            if len(of) < 2 or self._regions.anchors[place] not in NEIGHBOURS:
                continue
            alike = [self._like_printed(row.bare, place) for row in of]
            if self._like_printed("".join(row.bare for row in of), place) <= max(alike):
                of.pop(alike.index(max(alike)))
                yield from (row.number for row in of)

    def _like_printed(self, bare: str, place: int) -> float:
        return max(likeness(words, bare) for words in self._regions.words[place])

    def _is_text(self, place: int | None) -> bool:
        return place is not None and bool(self._regions.anchors[place])

    def _candidates(self, row: Row, rank: int, *, by_length: bool) -> Iterator[Candidate]:
        """The regions a line may be of; `rank` counts the same words before it."""
        if row.tag:
            for place in self._regions.of_anchor[row.tag]:
                same = row.bare in self._regions.words[place]
                yield Candidate(place, _TAG + _TEXT * same)
            return
        if not row.bare:
            return
        same_words = self._regions.of_words.get(row.bare, [])
        for place in same_words[max(0, rank - _SAME_WORDS) : rank + _SAME_WORDS]:
            if self._is_text(place):
                yield Candidate(place, _TEXT if len(row.bare) >= _SHORTEST else _SHORT)
            else:
                yield Candidate(place, _HEADING, once=True)
        if by_length and not same_words:
            for place in self._regions.of_length.get(len(row.line.text), []):
                yield Candidate(place, _LENGTH)

    def _find_alike(self) -> None:
        """Changed lines, among those printed between what stands before and after them."""
        shown = {row.bare for row in self._rows if row.place is not None}
        run: list[Row] = []
        before = 0
        for row in self._rows:
            if row.place is not None:
                self._pair(run, before, row.place, shown)
                run, before = [], row.place
            elif not row.tag and not row.line.boxed:
                run.append(row)
        self._pair(run, before, len(self._regions) - 1, shown)

    def _pair(self, run: list[Row], before: int, after: int, shown: set[str]) -> None:
        if not run:
            return
        missing = [
            (place, line.text)
            for place in range(before, after + 1)
            for line in self._regions.lines[place]
            if place in self._free
            or (self._is_text(place) and not self._masked and self._regions.bare(line) not in shown)
        ]
        texts = [row.line.text.strip() for row in run]
        for group in groups([text for _, text in missing], texts):
            place, printed = missing[group.start]
            for row in run[group.first : group.after]:
                if self._is_text(place):
                    self._find(row, place)
                elif place in self._free and _is_same_heading(printed, row.line.text.strip()):
                    self._find(row, place)
                    said = f"“{row.line.text.strip()}”由自动生成的“{printed}”改成"
                    self.notes.append(f"{said}，没有收回，请核对。")

    def _put(self) -> Iterator[Put]:
        current = -1  # the region the page has come to
        at: _Cell | None = None  # and the cell
        anchors = self._regions.anchors
        following = self._following()
        for row, after in zip(self._rows, following, strict=True):
            place = self._told(row, current, at) if row.place is None else row.place
            if place is None or row.number in self._spare:
                self._strange.add(row.line.cell and row.line.cell[:2])
                before = anchors[current] if current >= 0 else ""
                nearest = NEIGHBOURS.get(before or after, (after, before))[bool(before)]
                yield Put(row.number, row.line, nearest, sure=False)
                continue
            current, at = place, row.line.cell
            self._shown.add(place)
            under = next(filter(None, anchors[place:]), "")
            yield Put(row.number, row.line, anchors[place], near=under)

    def _told(self, row: Row, current: int, at: _Cell | None) -> int | None:
        """The region of a line that is not in its order, by its words, its tag and its place; None
        for one that is of none."""
        if row.tag and not _ANSWER.match(row.tag):
            return self._regions.of_anchor[row.tag][0]
        if not row.tag:
            for place in self._regions.of_words.get(row.bare, []):
                if place in self._free:
                    self._free.discard(place)
                    return place
            if row.line.boxed:
                return self._framed(row)
        around = self._around(row, current, at)
        if not row.tag or (around is not None and _ANSWER.match(self._regions.anchors[around])):
            return around  # with a tag: it was moved to this reply
        start = row.line.text.strip()[:12]
        if start:
            self.notes.append(f"“{start}…”移到了各条答复之外，仍按原来的位置读入，请核对它的归属。")
        return self._regions.of_anchor[row.tag][0]

    def _framed(self, row: Row) -> int | None:
        """抄送, which stands in a frame: LibreOffice makes a text box of it in a .doc or .odt."""
        for place in self._regions.of_anchor.get("copies", ()):
            printed = self._regions.lines[place][0].text
            if place not in self._shown and likeness(printed, row.line.text.strip()):
                return place
        return None

    def _around(self, row: Row, current: int, at: _Cell | None) -> int | None:
        """The region of a line by its cell, or by what stands before and after it."""
        cell = row.line.cell
        if cell and cell != at and cell[0] in self._columns:
            label = self._labels.get(cell[:2])
            if cell in self._by_cell:
                return self._by_cell[cell]
            if label is not None and label + 1 < len(self._regions) and self._is_text(label + 1):
                return label + 1
            if cell[:2] in self._strange or cell[2] not in self._columns[cell[0]]:
                return None  # a new row, with words of its own
        grows = current >= 0 and self._grows(current)
        ahead = current + 1
        if ahead < len(self._regions) and self._is_text(ahead):
            if ahead not in self._shown and (not grows or self._are_kin(current, ahead)):
                return ahead
            if ahead not in self._shown:
                return None
            if not grows and self._grows(ahead):
                return ahead
        return current if grows else None

    def _grows(self, place: int) -> bool:
        anchor = self._regions.anchors[place]
        return bool(_GROWS.match(anchor)) or (anchor in _LONG_FIELDS and place not in self._settled)

    def _are_kin(self, one: int, other: int) -> bool:
        """Whether both are suggestions, or both replies."""
        first, second = self._regions.anchors[one], self._regions.anchors[other]
        return "_" in first[:2] and first[:2] == second[:2]

    def _following(self) -> list[str]:
        """The anchor of the next words on the page, at each of its lines."""
        found = ["closing"]
        for row in reversed(self._rows):
            anchor = self._regions.anchors[row.place] if row.place is not None else ""
            found.append(anchor or found[-1])
        return found[:0:-1]


def _is_same_heading(printed: str, text: str) -> bool:
    if len(text) > len(printed) + 12:
        return False
    ratio = SequenceMatcher(None, printed, text, autojunk=False).ratio()
    return ratio >= _SAME_HEADING or text.startswith(printed)
