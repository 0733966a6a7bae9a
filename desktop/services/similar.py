"""往年答复, similar: earlier suggestions, and answers, that speak of the same thing.

What two texts share is weighed by how rare it is in the office's letters: the pairs of
characters of the text asked for fetch the cards that hold the rarest of them, and those cards are
then compared as wholes, what was asked before what was said. The words that every letter of the
genre has count nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import nlargest
from math import log

from db.bigrams import pairs, pattern, quoted
from db.search import Card, SearchIndex
from desktop.letter.model import Case, Suggestion
from desktop.services.rows import ReplyFound
from desktop.services.search import rows

_TERMS = 64  # of the text: a suggestion, and the beginning of what explains it
_COMMON = 200  # a term in more rows than this fetches nothing
_COMPARED = 60  # cards
_SAID = 0.4  # what a paragraph of the answer counts beside the suggestion
_LEAST = 0.5  # of what the rarest term weighs, to be similar at all
_LONG = 800  # characters: what is as long counts half
_WHY = 5
_FORMULAS = re.compile(
    "建议|提案|进一步|加强|加大|加快|推进|推动|落实|完善|建立健全|健全|机制|工作|有关|关于|相关|部门|问题"
    "|情况|措施|力度|同时|目前|存在|开展|实施|积极|切实|提高|提升|我[市区县局]|全[市区县]|您|委员|代表|针对"
    "|以及|对于|希望|能够|应当|可以|没有|比较|一些|以上|以下|按照|根据|通过|进行|做好|强化|优化|统筹"
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
    index: SearchIndex, text: str, *, without: str = "", limit: int = 5
) -> list[ReplyFound]:
    """The `limit` replies of earlier letters most like `text`, best first, each with the words it
    shares (`why`); none of the case with the key `without`. For any thread."""
    wanted = _telling(text)[:_TERMS]
    with index.reading():
        weights, votes = _votes(index, wanted)
        mine = index.of_letter(without) if without else set()
        likely = nlargest(_COMPARED, (n for n in votes if n not in mine), key=votes.__getitem__)
        cards = index.cards(likely)
        least = _LEAST * max(weights.values(), default=0)
        scores = {number: _likeness(card, weights) for number, card in cards.items()}
        best = nlargest(limit, scores, key=lambda number: (scores[number], number))
        found = {number: cards[number] for number in best if scores[number] > least}
        whys = [_shared(text, card, weights) for card in found.values()]
        marked = [pattern(why) if why else None for why in whys]
        shown = (
            rows(index, {number: card}, words)
            for (number, card), words in zip(found.items(), marked, strict=True)
        )
        return [replace(row, why=why) for (row,), why in zip(shown, whys, strict=True)]


def similar_to_case(index: SearchIndex, case: Case, limit: int = 5) -> list[SimilarTo]:
    """For each suggestion of a case, or for what it is about, the replies like it."""
    subject = next((p.subject for p in case.proposals if p.subject), "")
    asked = [(s.label, s.text, asked_for(s)) for s in case.suggestions()]
    return [
        SimilarTo(label, shown, tuple(similar(index, text, without=case.key, limit=limit)))
        for label, shown, text in asked or [("", subject, subject)]
    ]


def asked_for(suggestion: Suggestion) -> str:
    """The text to ask `similar` for: the suggestion with its 补充说明."""
    return f"{suggestion.text}\n{suggestion.elaboration}"


def _telling(text: str) -> list[str]:
    """The pairs of `text` that may tell what it is about, each once, in their order."""
    words = _FUNCTION.sub(" ", _FORMULAS.sub(" ", text))
    return list(dict.fromkeys(pairs(words)))


def _votes(index: SearchIndex, terms: list[str]) -> tuple[dict[str, float], dict[int, float]]:
    """What each term weighs, and of each card what the rarer terms it holds weigh together."""
    weights: dict[str, float] = {}
    votes: dict[int, float] = {}
    rows_there = 2 * index.size()
    for term in terms:
        found = index.sides(quoted(term), _COMMON)
        weight = log(1 + rows_there / (1 + len(found)))
        if len(found) == _COMMON:
            weight /= 3  # who knows how common it is
        weights[term] = weight
        for card in {row >> 1 for row in found}:
            votes[card] = votes.get(card, 0) + weight
    return weights, votes


def _likeness(card: Card, weights: dict[str, float]) -> float:
    """What the terms weigh that are in what was asked, and in the paragraph that has most of them;
    the less, the longer that is."""
    asked = "\n".join(passage.text for passage in card.passages if not passage.said)
    said = [passage.text for passage in card.passages if passage.said]
    whole = "\n".join((asked, *said))
    shared = [(term, weight) for term, weight in weights.items() if term in whole]
    return _weight(asked, shared) + _SAID * max((_weight(text, shared) for text in said), default=0)


def _weight(text: str, weights: list[tuple[str, float]]) -> float:
    shared = sum(weight for term, weight in weights if term in text)
    return shared / (1 + len(text) / _LONG)


def _shared(text: str, card: Card, weights: dict[str, float]) -> tuple[str, ...]:
    """The longest pieces of `text` that the card has as well, the heaviest first."""
    words = "\x1e".join(passage.text for passage in card.passages)
    pieces = {piece: _heft(piece, weights) for piece in _pieces(text, words)}
    best = nlargest(_WHY, (p for p in pieces if pieces[p]), key=lambda p: (pieces[p], p))
    return tuple(best)


def _pieces(text: str, words: str) -> Iterator[str]:
    for run in _FUNCTION.sub(" ", _FORMULAS.sub(" ", text)).split():
        start = 0
        while start < len(run) - 1:
            end = start + 1
            while end < len(run) and run[start : end + 1] in words:
                end += 1
            if end - start > 1:
                yield run[start:end]
            start = end if end - start > 1 else start + 1


def _heft(piece: str, weights: dict[str, float]) -> float:
    return sum(weights.get(term, 0) for term in pairs(piece))
