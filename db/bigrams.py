"""Chinese without a dictionary: every two neighbouring characters of a text are a term.

A word of two characters and more is in a text only if all its terms are; one character begins a
term wherever it stands, for the last one of a run is a term by itself. Of figures, which are few
and meet everywhere, three neighbours are a term as well. So the index finds too much at most, never
too little, whatever the characters are, and the text itself decides (`pattern`).

Which brackets, quotes and dashes somebody typed, and whether a letter is wide or a character
traditional, is no difference (`alike`).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from db.same_letters import MORE_LETTERS, SAME_LETTERS

# all but white space is part of a term, punctuation too; case is folded, accents are not
TOKENIZE = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
_MARKS = '“"”"„"＂"「"」"『"』"‘\'’\'＇\'（(）)〔(〕)［(］)[(])【(】)｛(｝)－-—-–-―-−-～-~-'
_PAIRS = SAME_LETTERS + MORE_LETTERS + _MARKS
_MATCHED = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_ANY = re.compile(f"[{re.escape(_PAIRS[::2])}]")
_OTHERS: dict[str, str] = {}  # as matched → as written
for _written, _matched in _MATCHED.items():
    _OTHERS[_matched] = _OTHERS.get(_matched, "") + _written
_FIGURES = re.compile(r"(?=([0-9.]{3}))")


def alike(text: str) -> str:
    """`text` as it is matched: each character in its place, or the one it counts the same as."""
    return _ANY.sub(_as_matched, text)  # a few in a hundred; str.translate looks each one up


def _as_matched(one: re.Match[str]) -> str:
    return _MATCHED[one.group()]


def pairs(text: str) -> Iterator[str]:
    """The two, of figures also three, neighbours in `text` as it is matched, none across white
    space."""
    for run in alike(text).split():
        yield from map("".join, pairwise(run))
        yield from _FIGURES.findall(run)


def terms(texts: Iterable[str]) -> str:
    """What the index is given for `texts`: each of their terms once, always in one order."""
    found: set[str] = set()
    for text in texts:
        found.update(pairs(text), (alike(run[-1]) for run in text.split()))
    return " ".join(sorted(found))


def expression(word: str) -> str:
    """The query of the index for a word without white space."""
    if len(word) == 1:
        return f"{quoted(alike(word))}*"
    return " AND ".join(map(quoted, dict.fromkeys(pairs(word))))


def quoted(term: str) -> str:
    """A term as a string of the query language."""
    return '"' + term.replace('"', '""') + '"'


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of `words` in a text: exactly, but for what counts as the same, and the case
    of Latin letters."""
    return re.compile("|".join("".join(map(_any_of, word)) for word in words))


def _any_of(character: str) -> str:
    matched = alike(character)
    cases = {matched.lower(), matched.upper()} if matched.isascii() else {matched}
    every = sorted(cases.union(*(_OTHERS.get(case, "") for case in cases)))
    return re.escape(matched) if len(every) == 1 else f"[{''.join(map(re.escape, every))}]"
