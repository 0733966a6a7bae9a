"""Who changed what of a returned file (来稿): its tracked changes (修订) set to runs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from desktop.letter.homecoming.returned import Homecoming, Mark, Trace
from desktop.services.differences import Change
from desktop.services.merging.merge_change import MarkedRun
from desktop.services.merging.three_way import Piece

_ARRIVED = (Trace.INSERTED, Trace.MOVED_HERE)


class Credits:
    """The tracked changes of one file. What none of them tells was done by who saved it last."""

    def __init__(self, home: Homecoming, office: str) -> None:
        """Marks of `office`, our own, are a redline's (修订) and credit nobody."""
        self._marks = {
            part: tuple(m for m in marks if m.author != office) for part, marks in home.marks
        }
        self.author = "" if home.author == office else home.author

    def rename(self, names: Mapping[str, str]) -> None:
        """Parts came home under the first of these keys and are known by the second."""
        self._marks = {names.get(part, part): marks for part, marks in self._marks.items()}

    def runs(
        self, pieces: Sequence[Piece], parts: Iterable[tuple[str, str]]
    ) -> tuple[MarkedRun, ...]:
        """`pieces` with their authors. `parts` are the keys of what their text is made of, each
        with its text."""
        marks, start = list[Mark](), 0
        for part, text in parts:
            for mark in self._marks.get(part, ()):
                marks.append(replace(mark, start=mark.start + start, end=mark.end + start))
            start += len(text) + 1
        runs: list[MarkedRun] = []
        for number, piece in enumerate(pieces):
            if piece.change is Change.SAME:
                runs.append(MarkedRun(Change.SAME, piece.text))
            elif piece.change is Change.ADDED:
                runs += self._added(piece, marks)
            else:
                beside = pieces[number + 1 : number + 2]
                added = sum(len(p.text) for p in beside if p.change is Change.ADDED)
                runs.append(self._removed(piece, added, marks))
        return tuple(runs)

    def whole(self, change: Change, part: str, text: str) -> MarkedRun:
        """A paragraph that was moved (kept) or is gone, of which only a mark can tell."""
        own = self._marks.get(part, ())
        told = [m for m in own if (m.kind in _ARRIVED) is (change is not Change.REMOVED)]
        if change is Change.REMOVED and not told:  # struck out at the end of another one
            gone = (m for marks in self._marks.values() for m in marks if m.kind not in _ARRIVED)
            told = [m for m in gone if m.text.strip() == text.strip()]
        return self._run(change, text, told)

    def _added(self, piece: Piece, marks: Sequence[Mark]) -> Iterator[MarkedRun]:
        """Cut where another mark begins; what lies between two belongs to the first."""
        start, end = piece.at, piece.at + len(piece.text)
        arrived = [m for m in marks if m.kind in _ARRIVED]
        here = sorted((m for m in arrived if m.start < end and start < m.end), key=_start)
        # of two places that read the same the file may mean the other one
        here = here or [m for m in arrived if m.text == piece.text][:1]
        groups: list[list[Mark]] = []
        for mark in here:
            if groups and _by(groups[-1][0]) == _by(mark):
                groups[-1].append(mark)
            else:
                groups.append([mark])
        cuts = [start, *(max(start, g[0].start) for g in groups[1:]), end]
        for (a, b), group in zip(pairwise(cuts), groups or [[]], strict=True):
            if b > a:
                yield self._run(Change.ADDED, piece.text[a - start : b - start], group)

    def _removed(self, piece: Piece, added: int, marks: Sequence[Mark]) -> MarkedRun:
        gone = [m for m in marks if m.kind not in _ARRIVED]
        here = [m for m in gone if piece.at <= m.start <= piece.at + added]
        here = here or [m for m in gone if m.text == piece.text]
        here = here or sorted(_struck_around(piece, marks), key=lambda m: abs(m.start - piece.at))
        return self._run(Change.REMOVED, piece.text, here)

    def _run(self, change: Change, text: str, marks: Sequence[Mark]) -> MarkedRun:
        if not marks:
            return MarkedRun(change, text, self.author)
        return MarkedRun(change, text, *_by(marks[0]))


def _struck_around(piece: Piece, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Where words were typed over others, the comparison keeps some that the file has struck out,
    and where “，甲，” lost “，甲” it may say “甲，”: struck words have such a piece in them, or
    would if they began elsewhere, and stand no further off than what they were replaced by."""
    arrived = [m for m in marks if m.kind in _ARRIVED]
    for mark in marks:
        if mark.kind not in _ARRIVED and piece.text in mark.text * 2:
            typed = sum(len(m.text) for m in arrived if m.start <= mark.start <= m.end)
            if abs(mark.start - piece.at) <= len(mark.text) + typed:
                yield mark


def _start(mark: Mark) -> int:
    return mark.start


def _by(mark: Mark) -> tuple[str, str]:
    return mark.author, mark.at
