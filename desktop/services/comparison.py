"""Two states of a case side by side (版本比较): what was kept, changed, added, removed, moved."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from time import monotonic

from desktop.letter.model import Case
from desktop.services.case_parts import CasePart, parts_of
from desktop.services.differences import Change, Run, differences

PATIENCE_S = 0.25  # for the texts of a whole case; a letter takes a few milliseconds


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """A part as it was and as it is; None where it is not. Never None on both sides.

    `mark` and `text` are the runs of both. `moved`: it stands elsewhere among its neighbours, or
    on another card.
    """

    older: CasePart | None
    newer: CasePart | None
    mark: tuple[Run, ...]
    text: tuple[Run, ...]
    moved: bool = False

    @property
    def part(self) -> CasePart:
        """Where it stands and what it is called: as it is, or as it was last."""
        part = self.newer or self.older
        assert part
        return part

    @property
    def changed(self) -> bool:
        """Whether anything of it differs."""
        alone = self.older is None or self.newer is None
        return alone or self.moved or any(r.change is not Change.SAME for r in self._runs())

    def _runs(self) -> tuple[Run, ...]:
        return self.mark + self.text


Folded = ComparedPart | int


def compare(older: Case, newer: Case, today: date) -> tuple[ComparedPart, ...]:
    """The parts of both cases in the order of `newer`; those it lacks after what they followed.

    A text that takes longer than `PATIENCE_S` to compare counts as rewritten from there on.
    """
    before, after = parts_of(older, today), parts_of(newer, today)
    partners = _partners(before, after)
    moved = _moved(before, after, partners)
    until = monotonic() + PATIENCE_S
    gone = _gone(before, {part.key: key for key, part in partners.items()})
    return tuple(
        _compared(was, now, until, moved=bool(now and now.key in moved))
        for was, now in _level(after, partners, gone)
    )


def folded(parts: Iterable[ComparedPart]) -> Iterator[Folded]:
    """`parts` with what did not change folded to how many that were; a card's head stays over
    what changed on it.
    """
    same = 0
    for _, card in groupby(parts, _card):
        members = list(card)
        shown = any(part.changed for part in members)
        for part in members:
            if part.changed or (shown and part.part.heading):
                if same:
                    yield same
                same = 0
                yield part
            else:
                same += 1
    if same:
        yield same


def _card(part: ComparedPart) -> str:
    return part.part.key if part.part.heading else part.part.parent


def _partners(before: Sequence[CasePart], after: Sequence[CasePart]) -> dict[str, CasePart]:
    """New key → the older part: of the same key, or else of the same words on the same page.

    A letter read anew from a foreign file has other keys for the same words.
    """
    old = {part.key: part for part in before}
    found = {part.key: old[part.key] for part in after if part.key in old}
    left = defaultdict(list)
    for part in before:
        if part.key not in found:
            left[part.group, part.label, part.text].append(part)
    for part in after:
        same = left[part.group, part.label, part.text]
        if part.key not in found and same:
            found[part.key] = same.pop(0)
    return found


def _moved(
    before: Sequence[CasePart], after: Sequence[CasePart], partners: dict[str, CasePart]
) -> set[str]:
    """The keys of the fewest parts whose moving explains the new order, card by card."""
    places = {part.key: place for place, part in enumerate(before)}
    moved = set()
    cards: defaultdict[str, list[str]] = defaultdict(list)
    for part in after:
        if was := partners.get(part.key):
            parent = partners.get(part.parent)
            if was.parent == (parent.key if parent else part.parent):
                cards[part.parent].append(part.key)
            else:
                moved.add(part.key)
    for keys in cards.values():
        rising = indices_rising([places[partners[key].key] for key in keys])
        moved |= {key for number, key in enumerate(keys) if number not in rising}
    return moved


def indices_rising(numbers: Sequence[int]) -> set[int]:
    """The indices of a longest rising row among `numbers`, which all differ."""
    ends: list[int] = []  # the smallest end of a row of each length
    places: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        places[length : length + 1] = [place]
        previous.append(places[length - 1] if length else -1)
    kept = set()
    place = places[-1] if places else -1
    while place >= 0:
        kept.add(place)
        place = previous[place]
    return kept


def _gone(before: Sequence[CasePart], names: dict[str, str]) -> dict[str, list[CasePart]]:
    """The parts that are no more, by the new key of what stood before them."""
    gone: defaultdict[str, list[CasePart]] = defaultdict(list)
    last = ""
    for part in before:
        if part.key in names:
            last = names[part.key]
        else:
            gone[last].append(part)
    return gone


def _level(
    after: Sequence[CasePart], partners: dict[str, CasePart], gone: dict[str, list[CasePart]]
) -> Iterator[tuple[CasePart | None, CasePart | None]]:
    """Older and newer side, level with each other."""
    for part in gone.get("", ()):
        yield part, None
    for part in after:
        yield partners.get(part.key), part
        for other in gone.get(part.key, ()):
            yield other, None


def _compared(
    was: CasePart | None, now: CasePart | None, until: float, *, moved: bool
) -> ComparedPart:
    patience = max(0.001, until - monotonic())  # 0 would be for ever
    older, newer = (part.text if part else "" for part in (was, now))
    marks = tuple(part.mark if part else "" for part in (was, now))
    return ComparedPart(was, now, _whole(*marks), differences(older, newer, patience), moved)


def _whole(older: str, newer: str) -> tuple[Run, ...]:
    """A mark is a word: it changes as a whole."""
    if older == newer:
        return (Run(Change.SAME, newer),) if newer else ()
    changed = ((Change.REMOVED, older), (Change.ADDED, newer))
    return tuple(Run(change, text) for change, text in changed if text)
