"""How a proposal is cut (拆分): its text, and the pieces that are suggestions, or not.

The pieces tile the text: every character, blanks and line ends too, is in exactly one of them.
So nothing can be lost, however the borders between them are moved.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from desktop.letter.clean import for_matching
from desktop.letter.proposal.ordinals import Labels, ordinal_at

_ELABORATION = re.compile(r"补充说明(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s{0,9}：\s*")
_HEADING = re.compile(r"[^。\n]{1,39}。|[^。，；：\s]{4,30}[ \t\u3000]+(?=\S{20})")
_LONG = 60  # characters of a line that may be a heading with its explanation


class Part(StrEnum):
    """What a piece of a proposal is to become."""

    SUGGESTION = "建议"
    ELABORATION = "补充说明"
    LEFT_OUT = "不取"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the proposal's text, from character `start` up to `end`, and its part."""

    start: int
    end: int
    part: Part


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as it was cut out (建议、补充说明), and where its pieces stand in the text.

    `label` is the proposer's number, or the next one. The first span is the suggestion's.
    """

    label: str
    text: str
    elaboration: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Cutting:
    """A text and the pieces it is cut into, in its order, without a gap."""

    source: str
    pieces: tuple[Piece, ...]

    def cards(self) -> tuple[Card, ...]:
        """The suggestions, each with all that explains it up to the next."""
        return _cards(self)

    def names(self, labels: Sequence[str]) -> tuple[str, ...]:
        """What each piece is called (建议1, 补充说明1, 不取), with these labels for the cards."""
        named = {
            span: f"{Part.ELABORATION if number else Part.SUGGESTION}{label}"
            for card, label in zip(self.cards(), labels, strict=True)
            for number, span in enumerate(card.spans)
        }
        return tuple(
            named.get((piece.start, piece.end), Part.LEFT_OUT.value) for piece in self.pieces
        )


@lru_cache(maxsize=8)  # while a border is dragged, whoever shows it asks at every step
def _cards(cutting: Cutting) -> tuple[Card, ...]:
    made: list[Card] = []
    labels = Labels()
    for piece in cutting.pieces:
        span = (piece.start, piece.end)
        words = cutting.source[piece.start : piece.end]
        if piece.part is Part.LEFT_OUT or not words.strip():
            continue
        if piece.part is Part.SUGGESTION or not made:
            label, text = _unnumbered(words)
            made.append(Card(labels.give(label), text, "", (span,)))
        else:
            card = made[-1]
            elaboration = "\n".join(filter(None, (card.elaboration, _explained(words))))
            made[-1] = replace(card, elaboration=elaboration, spans=(*card.spans, span))
    return tuple(made)


def cut_of(source: str, lines: Iterable[Piece]) -> Cutting:
    """The cutting made of sorted lines: neighbours of one part joined, headings set apart.

    A long line that begins with a heading is divided into it and what explains it. An elaboration
    that has no suggestion before it becomes one.
    """
    pieces: list[Piece] = []
    is_open = False
    for line in lines:
        if line.part is Part.ELABORATION and not is_open:
            line = replace(line, part=Part.SUGGESTION)
        is_open = is_open or line.part is Part.SUGGESTION
        pieces += _divided(source, line)
    return Cutting(source, joined(pieces))


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces that hold a character; neighbours of one part, but for suggestions, are one."""
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if last and last.part is piece.part is not Part.SUGGESTION:
            made[-1] = replace(last, end=piece.end)
        elif piece.start < piece.end:
            made.append(piece)
    return tuple(made)


def _divided(source: str, line: Piece) -> Iterator[Piece]:
    words = source[line.start : line.end]
    if line.part is Part.SUGGESTION and len(words.strip()) > _LONG:
        matched = for_matching(words)
        blank = len(words) - len(words.lstrip())
        ordinal = ordinal_at(matched, blank)
        heading = _HEADING.match(matched, ordinal.end if ordinal else blank)
        if heading and words[heading.end() :].strip():
            yield replace(line, end=line.start + heading.end())
            yield Piece(line.start + heading.end(), line.end, Part.ELABORATION)
            return
    yield line


def _unnumbered(words: str) -> tuple[str, str]:
    """The label and the text of a suggestion's piece; its lines become one."""
    text = words.strip()
    ordinal = ordinal_at(for_matching(text[:_LONG]))
    label, text = (ordinal.label, text[ordinal.end :]) if ordinal else ("", text)
    return label, "".join(line.strip() for line in text.split("\n"))


def _explained(words: str) -> str:
    """An elaboration's paragraphs, without the word that announces it."""
    found = (line.strip() for line in words.split("\n"))
    matches = ((line, _ELABORATION.match(for_matching(line[:_LONG]))) for line in found)
    return "\n".join(filter(None, (line[m.end() :] if m else line for line, m in matches)))
