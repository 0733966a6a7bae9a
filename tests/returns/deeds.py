"""What a colleague does to a letter, one deed at a time, and what the page says afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.letter.blocks import Sheet


@dataclass(frozen=True, slots=True)
class Deed:
    """`verb` is done at the words `at` (the `nth` time they stand there), with other `words`.

    On words: type (after them), erase, replace, split (Enter after them), cut (and paste after
    others), remark (批注, `done`: resolved), note (footnote), replace_all. On their paragraph:
    below, above (a new one), join (to the next), remove, retype, move (under that of `words`),
    down (one further), box (a text box beside it), row (a new one under theirs, of the table; with
    a tab, its own label before its words). fill: the empty place after them. reformat, to_text (the
    table): the looks of all.
    """

    verb: str
    at: str = ""
    words: str = ""
    nth: int = 0
    done: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph of the page and the part it belongs to (its anchor, or nothing)."""

    anchor: str
    text: str

    @property
    def part(self) -> str:
        """The reply, suggestion or field; a cell belongs to its reply."""
        return "_".join(self.anchor.split("_")[:2]) if self.anchor[1:2] == "_" else self.anchor


@dataclass(slots=True)
class Truth:
    """The page after the deeds; `probes` are for each deed the words whose place tells where it
    landed, `remarks` (place, deed) of each comment."""

    lines: list[Line]
    probes: list[tuple[str, ...]] = field(default_factory=list)
    remarks: list[tuple[str, Deed]] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)

    def do(self, deed: Deed) -> None:
        """The page after one more deed."""
        if deed.verb in ("note", "box") or "\t" in deed.words:
            self.stray += deed.words.split("\t")
            self.probes.append(())
        else:
            self.probes.append(tuple(filter(None, getattr(self, f"_{deed.verb}")(deed))))

    def _spot(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Line and character of the words."""
        for number, line in enumerate(self.lines):
            at = line.text.find(words)
            while at >= 0:
                if not nth:
                    return number, at
                nth, at = nth - 1, line.text.find(words, at + 1)
        raise LookupError(f"{words!r} is not on the page so often")

    def _at(self, deed: Deed) -> int:
        return self._spot(deed.at, deed.nth)[0]

    def _anchor(self, number: int) -> str:
        """Of what is written beside a line; under a heading it is the part that follows."""
        return self.lines[number].anchor or self.lines[number + 1].anchor

    def _put(self, deed: Deed, old: str, new: str) -> tuple[str, str]:
        number, at = self._spot(deed.at, deed.nth)
        line = self.lines[number]
        line.text = line.text[:at] + new + line.text[at + len(deed.at) :]
        return old, new

    def _type(self, deed: Deed) -> tuple[str, ...]:
        self._put(deed, "", deed.at + deed.words)
        return (deed.words,)

    def _erase(self, deed: Deed) -> tuple[str, ...]:
        return self._put(deed, deed.at, "")

    def _replace(self, deed: Deed) -> tuple[str, ...]:
        return self._put(deed, deed.at, deed.words)

    def _replace_all(self, deed: Deed) -> tuple[str, ...]:
        for line in self.lines:
            line.text = line.text.replace(deed.at, deed.words)
        return deed.at, deed.words

    def _cut(self, deed: Deed) -> tuple[str, ...]:
        self._put(deed, deed.at, "")
        self._put(Deed("type", deed.words), "", deed.words + deed.at)
        return (deed.at,)

    def _split(self, deed: Deed) -> tuple[str, ...]:
        number, at = self._spot(deed.at, deed.nth)
        line, at = self.lines[number], at + len(deed.at)
        self.lines.insert(number + 1, Line(line.anchor, line.text[at:]))
        line.text = line.text[:at]
        return (f"{line.text}\n{self.lines[number + 1].text}",)

    def _join(self, deed: Deed) -> tuple[str, ...]:
        number = self._at(deed)
        self.lines[number].text += self.lines.pop(number + 1).text
        return (self.lines[number].text,)

    def _below(self, deed: Deed) -> tuple[str, ...]:
        number = self._at(deed)
        new = [Line(self._anchor(number), text) for text in deed.words.split("\n")]
        self.lines[number + 1 : number + 1] = new
        return tuple(line.text for line in new)

    def _above(self, deed: Deed) -> tuple[str, ...]:
        number = self._at(deed)
        self.lines.insert(number, Line(self.lines[number].anchor, deed.words))
        return (deed.words,)

    def _remove(self, deed: Deed) -> tuple[str, ...]:
        return (self.lines.pop(self._at(deed)).text,)

    def _retype(self, deed: Deed) -> tuple[str, ...]:
        line = self.lines[self._at(deed)]
        before, line.text = line.text, deed.words
        return before, deed.words

    def _move(self, deed: Deed) -> tuple[str, ...]:
        line = self.lines.pop(self._at(deed))
        target, _ = self._spot(deed.words)
        self.lines.insert(target + 1, Line(self._anchor(target), line.text))
        return (line.text,)

    def _down(self, deed: Deed) -> tuple[str, ...]:
        number = self._at(deed)
        self.lines[number : number + 2] = self.lines[number : number + 2][::-1]
        return (self.lines[number + 1].text,)

    def _fill(self, deed: Deed) -> tuple[str, ...]:
        line = self.lines[self._at(deed) + 1]
        assert not line.text
        line.text = deed.words
        return (deed.words,)

    def _row(self, deed: Deed) -> tuple[str, ...]:
        """Without a label it goes on what stands in the row above."""
        number = self._at(deed) + 1
        cell = self.lines[number].anchor
        last = max(n for n, line in enumerate(self.lines) if line.anchor == cell)
        self.lines.insert(last + 1, Line(cell, deed.words))
        return (deed.words,)

    def _remark(self, deed: Deed) -> tuple[str, ...]:
        self.remarks.append((self.lines[self._at(deed)].part, deed))
        return ()

    def _reformat(self, _: Deed) -> tuple[str, ...]:
        return ()

    _to_text = _reformat


def lines_of(sheet: Sheet) -> list[Line]:
    """The lines of a printed sheet."""
    return [Line(line.anchor, line.text) for line in sheet.lines()]


def truth_of(sheet: Sheet, deeds: Sequence[Deed]) -> Truth:
    """What the page says after `deeds` were done to the printed sheet."""
    truth = Truth(lines_of(sheet))
    for deed in deeds:
        truth.do(deed)
    return truth


def by_part(lines: Sequence[Line]) -> dict[str, list[str]]:
    """The texts of each part, blank ones left out."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.anchor and line.text.strip():
            found.setdefault(line.part, []).append(line.text)
    return found
