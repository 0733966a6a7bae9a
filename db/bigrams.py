"""Chinese without a dictionary: every two neighbouring characters of a text are a term.

A word of two characters and more is in a text only if all its terms are; one character begins a
term wherever it stands, for the last one of a run is a term by itself. Of figures, which are few
and meet everywhere, three neighbours are a term as well. So the index finds too much at most, never
too little, whatever the characters are, and the text itself decides (`pattern`).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

# all but white space is part of a term, punctuation too; case is folded, accents are not
TOKENIZE = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
_WIDE = {ord(c) + 0xFEE0: c for c in map(chr, range(0x21, 0x7F)) if c.isalnum()}
_FIGURES = re.compile(r"(?=([0-9.]{3}))")
_ANY_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


def pairs(text: str) -> Iterator[str]:
    """The two, of figures also three, neighbours in `text`, none across white space; digits and
    letters half-width."""
    if _ANY_WIDE.search(text):
        text = text.translate(_WIDE)
    for run in text.split():
        yield from map("".join, pairwise(run))
        yield from _FIGURES.findall(run)


def terms(texts: Iterable[str]) -> str:
    """What the index is given for `texts`: each of their terms once, always in one order."""
    found: set[str] = set()
    for text in texts:
        found.update(pairs(text), (run[-1].translate(_WIDE) for run in text.split()))
    return " ".join(sorted(found))


def expression(word: str) -> str:
    """The query of the index for a word without white space."""
    if len(word) == 1:
        return f"{quoted(word.translate(_WIDE))}*"
    return " AND ".join(map(quoted, dict.fromkeys(pairs(word))))


def quoted(term: str) -> str:
    """A term as a string of the query language."""
    return '"' + term.replace('"', '""') + '"'


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of `words` in a text: exactly, but that Latin letters and digits are the same
    in either case and width."""
    return re.compile("|".join("".join(map(_alike, word)) for word in words))


def _alike(character: str) -> str:
    character = _WIDE.get(ord(character), character)
    if not (character.isascii() and character.isalnum()):
        return re.escape(character)
    cases = {character.lower(), character.upper()}
    return "[" + "".join(sorted(cases | {chr(ord(c) + 0xFEE0) for c in cases})) + "]"
