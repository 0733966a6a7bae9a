"""From the lines of a page back to the case: its own structure and keys, the page's words.

A part whose lines all came back as they were printed stays as it was, blank paragraphs and all; so
does one that was not printed. Else an unchanged line gives its words back to the parts of the case
they came from, a changed one is divided among the same, and a new one becomes a paragraph of the
reply it stands in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from db.enums import Outcome
from desktop.letter.blocks import Line
from desktop.letter.homecoming.matching import match
from desktop.letter.homecoming.returned import Mark
from desktop.letter.keys import derived_key
from desktop.letter.model import Case, Paragraph, Reply, Suggestion
from desktop.letter.numerals import ordinal_of
from desktop.letter.pages.page_lines import PageLine


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the page that came from `source` of the case, or from nowhere ("")."""

    source: str
    line: PageLine


class Rebuilding:
    """The words of one page by the anchor they stand in; what the case becomes with them.

    `marks` are the tracked changes by the part of the case they stand in.
    """

    def __init__(
        self,
        expected: Mapping[str, Sequence[Line]],
        shown: Mapping[str, Sequence[PageLine]],
        *,
        masked: bool,
    ) -> None:
        """`expected` are the lines that were printed, `shown` those of the page, by anchor."""
        self.marks: dict[str, list[Mark]] = {}
        self._printed = {
            anchor: [line.text for line in lines if line.text.strip()]
            for anchor, lines in expected.items()
        }
        self._shown = {anchor: [*self._seen(anchor, lines)] for anchor, lines in shown.items()}
        self._masked = masked
        self._matched = match(expected, self._shown, masked=masked)
        firsts = (next(iter(_sources(line)), "") for lines in expected.values() for line in lines)
        self._began = {source for source in firsts if source}  # a line when it was printed
        self._begin: set[str] = set()  # a line of the page
        self._words = {anchor: [*self._dealt(anchor)] for anchor in self._matched.found}

    def _seen(self, anchor: str, lines: Iterable[PageLine]) -> Iterator[PageLine]:
        """The lines that say something; blanks around one that is as it was are no change."""
        printed = set(self._printed.get(anchor, ()))
        for line in lines:
            bare = line.text.strip()
            if bare:
                yield line if line.text in printed or bare not in printed else line.stripped()

    def _dealt(self, anchor: str) -> Iterator[Words]:
        for line, found in self._matched.found[anchor]:
            if found.line is None:
                yield Words("", line)
                continue
            words = [
                Words(p.source, line.part(p.start, p.start + len(p.text))) for p in found.parts
            ]
            self._begin |= {next((one.source for one in words if one.line.text), "")}
            yield from words

    def words(self, anchor: str) -> list[Words]:
        """What stands on the page under `anchor`."""
        return self._words.get(anchor, [])

    def is_printed(self, anchor: str) -> bool:
        """Whether anything stood there when it left."""
        return anchor in self._printed

    def is_unchanged(self, *anchors: str) -> bool:
        """Whether all that stood there came back as it was; no mask can tell."""
        return not self._masked and all(
            self._printed.get(anchor, []) == [line.text for line in self._shown.get(anchor, [])]
            for anchor in anchors
        )

    def mark(
        self, part: str, lines: Iterable[PageLine], separator: str = "\n", before: int = 0
    ) -> None:
        """Keep the marks on `lines` as those of a part of the case, whose text they make."""
        at = before
        for line in lines:
            self.marks.setdefault(part, []).extend(
                replace(mark, start=mark.start + at, end=mark.end + at) for mark in line.marks
            )
            at += len(line.text) + len(separator)

    def case(self, before: Case) -> Case:
        """`before` with the suggestions and replies of the page."""
        known = {p.key: p for reply in before.replies for p in reply.paragraphs}
        return replace(
            before,
            proposals=tuple(
                replace(p, suggestions=tuple(self._suggestion(s) for s in p.suggestions))
                for p in before.proposals
            ),
            replies=tuple(self._reply(reply, known) for reply in before.replies),
        )

    def strike_out(self, struck: Mapping[str, Mark]) -> None:
        """Keep who struck out the paragraphs that are gone; `struck` are the marks by the words."""
        for line in self._matched.gone:
            mark = struck.get(line.text)
            for piece in line.pieces if mark else ():
                if piece.source and mark:
                    whole = replace(mark, start=0, end=0, text=piece.text)
                    self.marks.setdefault(piece.source, []).append(whole)

    def _suggestion(self, suggestion: Suggestion) -> Suggestion:
        """Its text is the line that was it; every other line belongs to the elaboration."""
        anchor, wanted = f"s_{suggestion.key}", f"{suggestion.key}.text"
        found = self.words(anchor)
        text = [one.line for one in found if one.source == wanted]
        elaboration = [one.line for one in found if one.source != wanted]
        self.mark(wanted, text, "")
        self.mark(f"{suggestion.key}.elaboration", elaboration)
        if self.is_unchanged(anchor) or not (found or self.is_printed(anchor)):
            return suggestion
        return replace(
            suggestion,
            text="".join(line.text for line in text),
            elaboration="\n".join(line.text for line in elaboration),
        )

    def _reply(self, reply: Reply, known: Mapping[str, Paragraph]) -> Reply:
        """Its paragraphs in the page's order; between the cells of the 清单 it is the one they had.
        What was written into an answer place of a 会办包 stands last."""
        places: list[Outcome | None] = [None, *Outcome]
        anchors = {_anchor(f"r_{reply.key}", outcome): outcome for outcome in places}
        paragraphs, *cells = (
            self._paragraphs(reply, anchor, outcome, known) for anchor, outcome in anchors.items()
        )
        paragraphs += _in_order(cells, reply)
        answers = [
            paragraph
            for key in reply.suggestions
            for outcome in places
            for paragraph in self._paragraphs(reply, _anchor(f"a_{key}", outcome), outcome, known)
        ]
        if self.is_unchanged(*anchors) or not any(map(self.is_printed, anchors)):
            return replace(reply, paragraphs=(*reply.paragraphs, *answers)) if answers else reply
        return replace(reply, paragraphs=(*_with_blanks(reply, paragraphs), *answers))

    def _paragraphs(
        self,
        reply: Reply,
        anchor: str,
        outcome: Outcome | None,
        known: Mapping[str, Paragraph],
    ) -> list[Paragraph]:
        """The paragraphs of one place; a new one has its place's outcome and a key derived from
        it, one that was moved into a cell the cell's outcome."""
        made: list[Paragraph] = []
        for number, words in enumerate(self.words(anchor)):
            text, before = words.line.text, known.get(words.source)
            if not text.strip():
                continue
            goes_on = made and words.source in self._began - self._begin
            if made and (words.source == made[-1].key or (goes_on and before)):
                last = made[-1]
                if before and not outcome and before.outcome is not last.outcome:
                    made.append(replace(before, text=text, runs_on=True))
                    self.mark(before.key, [words.line])
                else:
                    self.mark(last.key, [words.line], before=len(last.text))
                    made[-1] = replace(last, text=last.text + text)
            elif before:
                made.append(self._known(before, words.line, outcome))
            else:
                line = words.line.stripped()  # two blanks typed in front are an indent
                half = known.get(words.source.removeprefix("+"))
                key = derived_key(reply.key, str(outcome), str(number), line.text)
                made.append(Paragraph(key, line.text, outcome or (half.outcome if half else None)))
                self.mark(key, [line])
        return made

    def _known(self, before: Paragraph, line: PageLine, outcome: Outcome | None) -> Paragraph:
        """A paragraph with the page's words, and the typed ordinal the wording's own stood for."""
        typed = ordinal_of(before.text) if before.level else ""
        typed = "" if line.text.startswith(typed) else typed
        self.mark(before.key, [line], before=len(typed))
        runs_on = before.runs_on
        if outcome is None and before.key in self._begin - self._began:
            runs_on = False  # the page shows a break before it
        return replace(
            before, text=typed + line.text, outcome=outcome or before.outcome, runs_on=runs_on
        )


def _in_order(cells: Iterable[list[Paragraph]], reply: Reply) -> Iterator[Paragraph]:
    """The paragraphs of all cells, each cell's in its order, else as `reply` has them; what is new
    stands behind the one it stands behind in its cell."""
    queues = [[*cell] for cell in cells]
    ours = {paragraph.key for paragraph in reply.paragraphs}
    for paragraph in reply.paragraphs:
        for queue in queues:
            if any(one.key == paragraph.key for one in queue):
                while queue and paragraph.key != (one := queue.pop(0)).key:
                    yield one
                yield one
                while queue and queue[0].key not in ours:
                    yield queue.pop(0)
    for queue in queues:
        yield from queue


def _anchor(stem: str, outcome: Outcome | None) -> str:
    return f"{stem}_{outcome}" if outcome else stem


def _sources(line: Line) -> Iterator[str]:
    return (piece.source for piece in line.pieces if piece.source and piece.text)


def _with_blanks(reply: Reply, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """`paragraphs` with the blank ones of `reply`, which are not printed, each where it stood."""
    made, place = [*paragraphs], 0
    for paragraph in reply.paragraphs:
        if paragraph.text.strip():
            place = next((n for n, p in enumerate(made, 1) if p.key == paragraph.key), place)
        else:
            made.insert(place, paragraph)
            place += 1
    return made
