"""往年答复: search over the suggestions and reply paragraphs of every letter, exact for one
character and more.

The index says where a word may be, the words themselves where it is. What is found is a reply with
the suggestions it answers; of several words each must be somewhere in it. First come those that
hold the words together as they were typed, then those that hold them in suggestion and answer both;
among equals the newer one. Last come the replies of a letter that has a word in its number, its
案由 or a proposer's name.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import groupby, islice
from operator import or_
from re import Pattern

from db.bigrams import expression, pattern
from db.enums import LetterKind, Outcome
from db.search import Card, Letter, SearchIndex, year_of
from desktop.services.rows import PassageFound, ReplyFound

_SCANNED = 150  # newest cards: a common character is in twenty of them
_RANKED = 2000  # newest hits that are ranked where a word is everywhere
_READ_AT_ONCE = 20
_PARTING = re.compile("[\\s，、；,;/]+")
_NUMBERED = re.compile(r"^第([0-9A-Za-z]+)号$")  # as a number stands everywhere in the window


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a search: the letter's year, words in the name of a proposer or of a unit (承办
    or 主办单位), the outcome of a paragraph. What is 0, empty or None is not asked."""

    year: int = 0
    proposer: str = ""
    unit: str = ""
    outcome: Outcome | None = None


EVERYTHING = Wanted()


def search(
    index: SearchIndex,
    words: str,
    wanted: Wanted = EVERYTHING,
    limit: int = 20,
    without: str = "",
) -> list[ReplyFound]:
    """The best `limit` replies that hold all the words, which white space parts, none of the case
    with the key `without`; without words the newest that are `wanted`. For any thread.

    Where nothing holds a word that ， 、 ； or / is in, these part the words as well.
    """
    found: list[ReplyFound] = []
    parted, further = words.split(), _PARTING.split(words)
    with index.reading():
        asked = _Asked(
            index,
            None if wanted == EVERYTHING else index.of(*_columns(wanted)),
            index.of_letter(without) if without else set(),
            limit,
        )
        for each in (parted, further) if further != parted else (parted,):
            found = found or asked.rows(list(dict.fromkeys(filter(None, each))))
    return found


def cards_with(index: SearchIndex, words: Sequence[str]) -> Iterator[tuple[int, Card]]:
    """Every card that holds all the words, with its number, best first; while the index is read."""
    candidates, _ = _candidates(index, words, None, quick=False)
    yield from _ranked(index, words, candidates)


def _columns(wanted: Wanted) -> tuple[int, str, str, str]:
    return wanted.year, wanted.proposer, wanted.unit, wanted.outcome or ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which cards of an index that is read may be found: of `allowed` (None: of all) not `mine`,
    and at most how many."""

    index: SearchIndex
    allowed: set[int] | None
    mine: set[int]
    limit: int

    def rows(self, words: list[str]) -> list[ReplyFound]:
        """The best that hold the words, or that are of a letter which bears them."""
        if self.limit < 1 or (not words and self.allowed is None):
            return []
        if not words:
            every = _newest_first(self.index, [*(self.allowed or set()) - self.mine], ())
            return rows(self.index, dict(islice(every, self.limit)))
        found: dict[int, Card] = {}
        for quick in (True, False):
            candidates, all_there = _candidates(self.index, words, self.allowed, quick)
            left = {card: tier for card, tier in candidates.items() if card not in self.mine}
            found = dict(islice(_ranked(self.index, words, left), self.limit))
            if all_there or len(found) == self.limit:
                break
        if len(found) < self.limit:
            more = self._of_letters(words, found)
            found.update(islice(more, self.limit - len(found)))
        return rows(self.index, found, pattern(sorted(words, key=len, reverse=True)))

    def _of_letters(self, words: list[str], found: Container[int]) -> Iterator[tuple[int, Card]]:
        """The cards that hold all the words only together with what is said of their letter."""
        borne = [self.index.with_fact(_NUMBERED.sub(r"\1", word)) for word in words]
        if not any(borne):
            return
        each = [
            cards if len(words) == 1 else cards | _sides(self.index.sides(expression(word))).keys()
            for word, cards in zip(words, borne, strict=True)
        ]
        there = set.intersection(*each, *([self.allowed] if self.allowed is not None else []))
        numbers = [card for card in there - self.mine if card not in found]
        patterns = [pattern([word]) for word in words]
        for number, card in _newest_first(self.index, numbers, ()):
            pairs = zip(patterns, borne, strict=True)
            if all(number in cards or _holds(card, word) for word, cards in pairs):
                yield number, card


def _holds(card: Card, word: Pattern[str]) -> bool:
    return any(word.search(passage.text) for passage in card.passages)


def _ranked(
    index: SearchIndex, words: Sequence[str], candidates: dict[int, int]
) -> Iterator[tuple[int, Card]]:
    """Of the candidates, card → the best tier it may be of, those that are, best first."""
    judge = _Judge(words)
    tiers: list[list[int]] = [[], [], [], []]
    for number, tier in candidates.items():
        tiers[tier].append(number)
    for tier, numbers in enumerate(tiers):
        for number, card in _newest_first(index, numbers, judge.each):
            really = judge.tier(card)
            if really == tier:
                yield number, card
            elif really is not None:
                tiers[really].append(number)  # always a later one


def _candidates(
    index: SearchIndex, words: Sequence[str], allowed: set[int] | None, quick: bool
) -> tuple[dict[int, int], bool]:
    """Cards that may hold all the words, each with the best tier it may be of, and whether there
    are no others; of `allowed` only, unless that is None; `quick` looks for a single word among
    the newest only."""
    if allowed is not None:
        found, _ = _candidates(index, words, None, quick=False)
        return {number: tier for number, tier in found.items() if number in allowed}, True
    if len(words) == 1:
        (word,) = words
        if quick and len(word) == 1:
            return dict.fromkeys(index.newest(_SCANNED), 0), False
        rows_found = index.sides(expression(word), _RANKED if quick else -1)
        sides = _sides(rows_found)
        return {number: side < 3 for number, side in sides.items()}, len(rows_found) < _RANKED
    each = [_sides(index.sides(expression(word))) for word in words]
    together = _sides(index.sides(expression("".join(words))))
    tiers = {}
    for number in set(each[0]).intersection(*each[1:]):
        side = reduce(or_, (found[number] for found in each))
        tiers[number] = (0 if number in together else 2) + (side < 3)
    return tiers, True


def _sides(rows_found: list[int]) -> dict[int, int]:
    """Card → 1 where something was asked, 2 where it was said, 3 where both."""
    found: dict[int, int] = {}
    for row in rows_found:
        found[row >> 1] = found.get(row >> 1, 0) | 1 + (row & 1)
    return found


def _newest_first(
    index: SearchIndex, numbers: list[int], words: Sequence[Pattern[str]]
) -> Iterator[tuple[int, Card]]:
    """The cards themselves, read as they are asked for, unless a word is missing."""
    for _, of_year in groupby(sorted(numbers, reverse=True), year_of):
        cards = list(of_year)
        if len(cards) > 1:
            days = {}
            for start in range(0, len(cards), 10_000):
                days.update(index.days(cards[start : start + 10_000]))
            cards.sort(key=lambda number: (days.get(number, ""), number), reverse=True)
        for start in range(0, len(cards), _READ_AT_ONCE):
            yield from index.cards(cards[start : start + _READ_AT_ONCE], words).items()


class _Judge:
    """Says by the words themselves whether a card is one, and of which tier."""

    def __init__(self, words: Sequence[str]) -> None:
        self.each = [pattern([word]) for word in words]
        self._together = pattern(["".join(words)])

    def tier(self, card: Card) -> int | None:
        """0 to 3, None where a word is missing."""
        sides = set()
        for word in self.each:
            found = {p.said for p in card.passages if word.search(p.text)}
            if not found:
                return None
            sides |= found
        whole = len(self.each) == 1 or any(self._together.search(p.text) for p in card.passages)
        return (0 if whole else 2) + (len(sides) < 2)


def rows(
    index: SearchIndex, cards: dict[int, Card], marked: Pattern[str] | None = None
) -> list[ReplyFound]:
    """What a handler is shown of these cards, with the places of `marked`; for services only, while
    they read the index."""
    letters = index.letters(cards)
    return [_row(letters[number], card, marked) for number, card in cards.items()]


def _row(letter: Letter, card: Card, marked: Pattern[str] | None) -> ReplyFound:
    passages = [
        PassageFound(
            passage.kind,
            passage.key,
            passage.text,
            Outcome(passage.outcome) if passage.outcome else None,
            tuple(match.span() for match in marked.finditer(passage.text)) if marked else (),
        )
        for passage in card.passages
    ]
    said = sum(not passage.said for passage in card.passages)
    outcomes = dict.fromkeys(passage.outcome for passage in passages if passage.outcome)
    return ReplyFound(
        case=letter.key,
        reply=card.reply,
        kind=LetterKind(letter.kind),
        proposal_number=letter.number,
        subject=letter.subject,
        proposer=letter.proposers,
        unit=letter.units,
        year=letter.year,
        day=date.fromisoformat(letter.day) if letter.day else None,
        issued=bool(letter.issued),
        grade=letter.grade,
        outcomes=tuple(outcomes),
        asked=tuple(passages[:said]),
        said=tuple(passages[said:]),
    )
