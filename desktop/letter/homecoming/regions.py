"""The printed letter as a row of regions, and the lines of a page as rows that look for theirs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.letter.blocks import Line, Sheet
from desktop.letter.clean import without_white
from desktop.letter.pages.page_lines import PageLine

_TOLD = 6  # characters by which a text is known that shares its line with a heading


@dataclass(slots=True)
class Row:
    """A line of the page, its number there, and the anchor of its bookmark (or "").

    `bare` is its text without white; `place` the region it was found to be of.
    """

    number: int
    line: PageLine
    tag: str
    bare: str
    place: int | None = None


class Regions:
    """Each heading is a region, and so are the lines between two that one anchor holds together.

    `anchors` has one entry a region, "" for a heading, `lines` its lines, `words` their bare texts.
    """

    def __init__(self, sheet: Sheet) -> None:
        """The regions of `sheet`; blank lines are of none."""
        self.anchors: list[str] = []
        self.lines: list[list[Line]] = []
        for line in sheet.lines():
            if not (line.text.strip() or line.anchor):
                continue
            if not (line.anchor and self.anchors and self.anchors[-1] == line.anchor):
                self.anchors.append(line.anchor)
                self.lines.append([])
            self.lines[-1].append(line)
        self.words = [{self.bare(line) for line in lines} for lines in self.lines]
        self.of_anchor: dict[str, list[int]] = {}
        self.of_words: dict[str, list[int]] = {}
        self.of_length: dict[int, list[int]] = {}
        for place, anchor in enumerate(self.anchors):
            if anchor:
                self.of_anchor.setdefault(anchor, []).append(place)
            for words in self.words[place]:
                self.of_words.setdefault(words, []).append(place)
            for length in {len(line.text) for line in self.lines[place] if anchor}:
                self.of_length.setdefault(length, []).append(place)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.anchors)

    def headings(self) -> Iterator[int]:
        """The regions that are words of ours."""
        return (place for place, anchor in enumerate(self.anchors) if not anchor)

    @staticmethod
    def bare(line: Line) -> str:
        """The words of a line without white."""
        return without_white(line.text)


def rows_of(lines: Sequence[PageLine], regions: Regions) -> list[Row]:
    """The lines of a page that say something, or hold a place of ours.

    Where a heading of ours stands on one line with the words beside it (a table turned to text, a
    paragraph joined to the one before), both have a row.
    """
    rows = []
    for number, line in enumerate(lines):
        tag = next((anchor for anchor in line.anchors if anchor in regions.of_anchor), "")
        if tag or line.text.strip():
            rows.append(Row(number, line, tag, without_white(line.text)))
    shown = Counter(row.bare for row in rows if not row.tag)
    missing = {
        words: len(places) - shown[words]
        for words, places in regions.of_words.items()
        if words and not regions.anchors[places[0]] and shown[words] < len(places)
    }
    return [part for row in rows for part in _parted(row, regions, missing)]


def _parted(row: Row, regions: Regions, missing: dict[str, int]) -> Iterator[Row]:
    for words in _beside(row, regions):
        if not missing.get(words):
            continue
        if row.bare == words and row.tag:
            missing[words] -= 1
            yield Row(row.number, row.line, "", words)
            return
        if cut := _heading_ends(row, words, regions) or _heading_begins(row, words, regions):
            missing[words] -= 1
            for part in (row.line.part(0, cut), row.line.part(cut, len(row.line.text))):
                bare = without_white(part.text)
                if bare == words:
                    yield Row(row.number, part.stripped(), "", words)
                else:
                    rest = Row(row.number, part.stripped(), row.tag, bare)
                    yield from _parted(rest, regions, missing)
            return
    yield row


def _heading_ends(row: Row, words: str, regions: Regions) -> int:
    """Where `words` end at the head of a row, and a text of its own begins: after a tab, or as it
    began when it was printed. 0 where they are only how a sentence begins."""
    text = row.line.text
    if not row.bare.startswith(words) or row.bare == words:
        return 0
    cut = _after(text, len(words))
    rest = text[cut:].lstrip()
    known = _known(row, regions)
    return cut if text[cut] == "\t" or any(t[:_TOLD] == rest[:_TOLD] for t in known) else 0


def _heading_begins(row: Row, words: str, regions: Regions) -> int:
    """Where `words` begin at the end of a row, behind a text that ends as it did; 0 if nowhere."""
    if not row.bare.endswith(words) or row.bare == words:
        return 0
    cut = _after(row.line.text, len(row.bare) - len(words))
    rest = row.line.text[:cut].rstrip()
    return cut if any(t[-_TOLD:] == rest[-_TOLD:] for t in _known(row, regions)) else 0


def _known(row: Row, regions: Regions) -> Iterator[str]:
    places = regions.of_anchor.get(row.tag, [])
    return (line.text for place in places for line in regions.lines[place] if line.text)


def _beside(row: Row, regions: Regions) -> Iterator[str]:
    """The headings that may share a line with a row: those around its region, and, where a table
    was turned to text, whatever stands before a tab."""
    yield from map(without_white, row.line.text.split("\t")[:-1])
    for place in regions.of_anchor.get(row.tag, []):
        for step in (-1, 1):
            at = place + step
            while 0 <= at < len(regions) and not regions.anchors[at]:
                yield from regions.words[at]
                at += step


def _after(text: str, count: int) -> int:
    """Where `text` goes on after so many characters that are not white."""
    at = 0
    while count:
        count -= not text[at].isspace()
        at += 1
    return at
