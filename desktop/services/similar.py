"""往年答复, similar: earlier suggestions, and answers, that speak of the same thing.

What two texts share is weighed by how rare it is in the office's letters: the pairs of
characters of the text asked for fetch the cards that hold the rarest of them, and those cards are
then compared as wholes, what was asked before what was said. The words that every letter of the
genre has count nothing; what the letters are about (案由) counts beside, on either side.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import compress
from math import log

from db.bigrams import alike, pairs, pattern, quoted
from db.search import Card, Letter, SearchIndex
from desktop.letter.model import Case, Suggestion
from desktop.services.rows import ReplyFound
from desktop.services.search import rows

_TERMS = 64  # of the text: a suggestion, and the beginning of what explains it
_COMMON = 200  # a term in more rows than this fetches nothing
_COMPARED = 40  # cards
_SAID = 0.4  # what a paragraph of the answer counts beside the suggestion
_ABOUT = (
    0.4  # what a term counts that only the 案由 has, of the letter asked for or the earlier one
)
_LEAST = 0.5  # of what the rarest term weighs, to be similar at all
_SHARE = 0.15  # of what all terms weigh: a single term says something only where there are few
_ALONE = 7  # or where it is in less than one row of a thousand
_OF_ONE = 2  # cards of a letter before those of others
_TRUSTED = 3  # rows a pair is in before its neighbours tell anything
_COUNTED = 2000  # rows; a pair in more is as common as any
_LONG = 800  # characters: what is as long counts half
_WHY = 5
_FORMULAS = re.compile(
    "建议|提案|进一步|加强|加大|加快|推进|推动|落实|完善|建立健全|健全|机制|工作|有关|关于|相关|部门|问题"
    "|情况|措施|力度|同时|目前|存在|开展|实施|积极|切实|提高|提升|我[市区县局]|全[市区县]|您|委员|代表|针对"
    "|给予|设立|引入|安排|改善|政府|群众|生活|关心|支持|增加|以及|对于|希望|能够|应当|可以|没有|比较|一些|以上|以下|按照|根据|通过|进行|做好|强化|优化|统筹"
)
_FUNCTION = re.compile(
    r"[0-9０-９〇的了和与及在是对由将被把使就也都而但并或为以其所等这那个]|[^\w]"
)


@dataclass(frozen=True, slots=True)
class SimilarTo:
    """A suggestion of a case (its subject where it has none) and the replies like it."""

    label: str
    text: str
    similar: tuple[ReplyFound, ...]


def similar(
    index: SearchIndex, text: str, about: str = "", *, without: str = "", limit: int = 5
) -> list[ReplyFound]:
    """The `limit` replies of earlier letters most like `text`, a part of a letter `about` this
    (案由), best first, each with the words it shares (`why`); none of the case with the key
    `without`. For any thread."""
    text, about = (text, about) if text.strip() else (about, "")
    terms = dict.fromkeys(_telling(about)[:_TERMS], _ABOUT)
    terms |= dict.fromkeys(_telling(text)[:_TERMS], 1)
    with index.reading():
        weights, votes, often = _votes(index, terms)
        mine = index.of_letter(without) if without else set()
        likely = nlargest(_COMPARED, (n for n in votes if n not in mine), key=votes.__getitem__)
        cards, letters = index.cards(likely), index.letters(likely)
        scores = {n: _likeness(card, letters[n].subject, weights) for n, card in cards.items()}
        best = sorted(
            (number for number, score in scores.items() if score),
            key=lambda number: (scores[number], number),
            reverse=True,
        )
        found = {n: cards[n] for n in _apart(best, letters)[:limit]}
        asked = _Asked(index, f"{text}\n{about}", weights, often)
        whys = [asked.shared(card) for card in found.values()]
        marked = [pattern(why) if why else None for why in whys]
        shown = (
            rows(index, {number: card}, words)
            for (number, card), words in zip(found.items(), marked, strict=True)
        )
        return [replace(row, why=why) for (row,), why in zip(shown, whys, strict=True)]


def similar_to_case(index: SearchIndex, case: Case, limit: int = 5) -> list[SimilarTo]:
    """For each suggestion of a case, or for what it is about, the replies like it."""
    subject = about(case)
    asked = [(s.label, s.text, asked_for(s)) for s in case.suggestions()]
    return [
        SimilarTo(label, shown, tuple(similar(index, text, subject, without=case.key, limit=limit)))
        for label, shown, text in asked or [("", subject, "")]
    ]


def about(case: Case) -> str:
    """案由: what the letter is about."""
    return next((p.subject for p in case.proposals if p.subject), "")


def asked_for(suggestion: Suggestion) -> str:
    """The text to ask `similar` for: the suggestion with its 补充说明."""
    return f"{suggestion.text}\n{suggestion.elaboration}"


def _telling(text: str) -> list[str]:
    """The pairs of `text` that may tell what it is about, each once, in their order."""
    return list(dict.fromkeys(pairs(_telling_alone(text))))


def _votes(
    index: SearchIndex, terms: dict[str, float]
) -> tuple[dict[str, float], dict[int, float], dict[str, int]]:
    """What each term weighs, by how rare it is and what it counts; of each card what the rarer
    terms it holds weigh together; and in how many rows each of these is."""
    weights: dict[str, float] = {}
    votes: dict[int, float] = {}
    often: dict[str, int] = {}
    rows_there = 2 * index.size()
    for term, counts in terms.items():
        found = index.sides(quoted(term), _COMMON)
        weight = counts * log(1 + rows_there / (1 + len(found)))
        if len(found) == _COMMON:
            weight /= 3  # who knows how common it is
        else:
            often[quoted(term)] = len(found)
        weights[term] = weight
        for card in {row >> 1 for row in found}:
            votes[card] = votes.get(card, 0) + weight
    return weights, votes, often


def _likeness(card: Card, subject: str, weights: dict[str, float]) -> float:
    """What the terms weigh that are in what was asked, in the paragraph that has most of them, and
    in what that letter is about; the less, the longer that is. Nothing where that is too little."""
    whole = alike("\x1e".join(passage.text for passage in card.passages))
    said = [passage.said for passage in card.passages]
    texts = whole.split("\x1e")
    asked = "\n".join(text for text, of_answer in zip(texts, said, strict=True) if not of_answer)
    shared = [(term, weight) for term, weight in weights.items() if term in whole]
    answers = compress(texts, said)
    best = max((_weight(text, shared) for text in answers), default=0)
    likeness = _weight(asked, shared) + _SAID * best
    if likeness <= _LEAST * max(weights.values()):
        return 0
    enough = min(_ALONE, _SHARE * sum(weights.values()))
    by_chance = len(shared) < 2 and sum(weight for _, weight in shared) < enough
    return 0 if by_chance else likeness + _ABOUT * _weight(alike(subject), list(weights.items()))


def _weight(text: str, weights: list[tuple[str, float]]) -> float:
    shared = sum(weight for term, weight in weights if term in text)
    return shared / (1 + len(text) / _LONG)


def _apart(best: list[int], letters: dict[int, Letter]) -> list[int]:
    """The same cards, those a letter has beyond two behind all others."""
    seen: Counter[str] = Counter()
    first: list[int] = []
    then: list[int] = []
    for number in best:
        key = letters[number].key
        seen[key] += 1
        (first if seen[key] <= _OF_ONE else then).append(number)
    return first + then


def _telling_alone(text: str) -> str:
    """`text` as it is matched, each character in its place, the words every letter has blank."""
    return _FUNCTION.sub(" ", _FORMULAS.sub(_blanks, alike(text)))


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _heft(piece: str, weights: dict[str, float]) -> float:
    return sum(weights.get(term, 0) for term in pairs(piece))


class _Asked:
    """A text that is asked for, and which words of it a card has as well.

    It knows words by what the office writes. The character at the edge of a piece belongs to a word
    outside, in the text or where the piece was found, if its neighbour there mostly stands beside
    the two inside as well, or if both its neighbours there are the commoner ones: 治理城中村 and
    管理城中村 share no 理城中村. A neighbour that is a word by itself has to be both (在线)."""

    def __init__(
        self, index: SearchIndex, text: str, weights: dict[str, float], often: dict[str, int]
    ) -> None:
        self._index, self._text, self._weights = index, text, weights
        self._matched, self._telling = alike(text), f"{_telling_alone(text)} "
        self._often = often  # by expression; what is missing is asked for

    def shared(self, card: Card) -> tuple[str, ...]:
        """The longest pieces of the text that the card has as well, the heaviest first, none in
        another."""
        words = alike("\x1e".join(passage.text for passage in card.passages))
        heavy = sorted(((self._heft(*at), at) for at in self._pieces(words)), reverse=True)
        why: list[str] = []
        for heft, (start, end) in heavy:
            start, end = self._whole(start, end, words)
            piece = self._text[start:end]
            if heft and self._heft(start, end) and not any(piece in other for other in why):
                why.append(piece)
            if len(why) == _WHY:
                break
        return tuple(why) or tuple(self._text[start:end] for _, (start, end) in heavy[:1])

    def _pieces(self, words: str) -> Iterator[tuple[int, int]]:
        """Where pieces of the text stand that are in `words`, the longest from each place on."""
        for run in re.finditer(r"\S+", self._telling):
            start, last = run.span()
            while start < last - 1:
                end = start + 1
                while end < last and self._matched[start : end + 1] in words:
                    end += 1
                if end - start > 1:
                    yield start, end
                start = end if end - start > 1 else start + 1

    def _heft(self, start: int, end: int) -> float:
        return sum(self._weights.get(term, 0) for term in pairs(self._matched[start:end]))

    def _whole(self, start: int, end: int, words: str) -> tuple[int, int]:
        """The piece from `start` to `end` without what is of a word it cuts in the text or there;
        maybe less than a word."""
        there = words.find(self._matched[start:end]) - start
        cut = [self._cut(words, there, edge, out) for edge, out in ((start, -1), (end - 1, 1))]
        return start + cut[0], end - cut[1]

    def _cut(self, words: str, there: int, edge: int, outwards: int) -> bool:
        within = _pair(self._matched, edge, edge - outwards)
        beyond = _pair(self._matched, edge, edge + outwards)
        often = self._count(within)
        if self._telling[edge + outwards] == " ":
            may = bool(beyond) and often >= _TRUSTED and self._count(beyond) > often
            return may and self._mostly(beyond, within)
        if self._mostly(beyond, within):
            return True
        elsewhere = _pair(words, there + edge, there + edge + outwards)
        if often >= _TRUSTED and self._mostly(elsewhere, within):
            return True
        return self._count(beyond) > often and self._count(elsewhere) > often

    def _mostly(self, beyond: str, within: str) -> bool:
        """Whether what holds the one pair holds the other as a rule."""
        if not (beyond and within):
            return False
        half = self._count(within) / 2
        return self._count(beyond) >= half and self._count(f"{beyond} AND {within}") >= half

    def _count(self, expression: str) -> int:
        if expression not in self._often:
            rows = self._index.count(expression, _COUNTED) if expression else 0
            self._often[expression] = rows
        return self._often[expression]


def _pair(text: str, one: int, other: int) -> str:
    """Two neighbours as the index is asked for them; nothing at the end of a run."""
    first, last = sorted((one, other))
    two = text[first : last + 1] if first >= 0 else ""
    return quoted(two) if len(two) > 1 and two.isalnum() else ""
