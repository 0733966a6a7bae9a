"""What numbers the points of a proposal: 一、 （一） 1. ① 一是 第一， 建议1：, and their labels.

Everything here works on text as it is matched (`clean.for_matching`): full-width marks, plain
digits, each character in its place.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.letter.numerals import arabic, chinese_numeral

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBER = rf"(?:\d{{1,2}}|{_CHINESE})"
OURS = "建议1："
LOOSE = "一是"
# kind → the ordinal as typed, its number in a group; from the outermost to the innermost
_ORDINALS = {
    OURS: rf"(?:建议|对策)\s?({_NUMBER})(?:\s{{0,9}}[：、.]\s*|\s+|$)",
    "一、": rf"({_CHINESE})\s?[、.]\s*",
    "（一）": rf"(?:（\s{{0,3}}({_CHINESE})\s{{0,3}}）|([㈠-㈩]))[、.]?\s*",
    "1.": r"(\d{1,2})\s?(?:\.(?!\s?\d)|、(?!\d{1,2}[、.号]))\s*",
    "（1）": r"(?:（\s{0,3}(\d{1,2})\s{0,3}）|([⑴-⒇]))[、.]?\s*",
    "1）": r"(\d{1,2})）\s*",
    "①": r"([①-⑳])\s*",
    LOOSE: rf"({_CHINESE})(?:是要?|要)[，：]?\s*",
    "第一，": rf"[第其]({_CHINESE})(?:[，、：]|是)\s*",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _ORDINALS.items()}
RANKS = [*_KINDS]
_FIRST = {
    **dict.fromkeys("建对", (OURS,)),
    **dict.fromkeys("一二三四五六七八九十", ("一、", LOOSE)),
    **dict.fromkeys("0123456789", ("1.", "1）")),
    "（": ("（一）", "（1）"),
    **dict.fromkeys("第其", ("第一，",)),
    **dict.fromkeys(map(chr, range(ord("㈠"), ord("㈩") + 1)), ("（一）",)),
    **dict.fromkeys(map(chr, range(ord("⑴"), ord("⒇") + 1)), ("（1）",)),
    **dict.fromkeys(map(chr, range(ord("①"), ord("⑳") + 1)), ("①",)),
}  # a character → the kinds that begin with it
_LONGEST_NUMBER = 4  # characters; what is longer is no number of a suggestion


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal (层次序数): its kind, the label it gives (1 or 一), and where it ends."""

    kind: str
    label: str
    end: int

    @property
    def number(self) -> int:
        """The label as a number."""
        return arabic(self.label) or 0


def ordinal_at(text: str, start: int = 0) -> Ordinal | None:
    """The ordinal that stands at character `start` of a matched text."""
    for kind in _FIRST.get(text[start : start + 1], ()):
        if match := _KINDS[kind].match(text, start):
            return Ordinal(kind, _label(match), match.end())
    return None


def run_from(text: str, start: int, before: str) -> list[int]:
    """Where 1, 2, 3 … of the kind that stands at `start` stand; empty where no 1 stands there.

    Each but the first follows one of the characters `before`, or white space.
    """
    first = ordinal_at(text, start)
    if first is None or first.number != 1:
        return []
    starts = [start]
    for match in _KINDS[first.kind].finditer(text, first.end):
        previous = text[match.start() - 1]
        follows = previous in before or previous.isspace()
        if follows and arabic(_label(match)) == len(starts) + 1:
            starts.append(match.start())
    return starts


def _label(match: re.Match[str]) -> str:
    numeral = str(next(filter(None, match.groups())))
    if numeral.isdecimal() or not unicodedata.decomposition(numeral[0]):
        return numeral
    number = int(unicodedata.numeric(numeral))
    return chinese_numeral(number) if "㈠" <= numeral <= "㈩" else str(number)


class Labels:
    """The labels of a proposal's suggestions: which are taken, and which comes next."""

    def __init__(self, labels: Iterable[str] = ()) -> None:
        """With `labels` taken; one that is no number counts for nothing."""
        self._taken: set[int] = set()
        self._highest = 0
        self._style: Callable[[int], str] = str
        for label in labels:
            self._take(label)

    def give(self, label: str = "") -> str:
        """`label` itself, or the one after the highest where it is empty or its number taken."""
        if not label or _number(label) in self._taken:
            label = self._style(self._highest + 1)
        self._take(label)
        return label

    def _take(self, label: str) -> None:
        number = _number(label)
        if number is not None:
            self._taken.add(number)
            self._highest = max(self._highest, number)
            self._style = str if label.isdecimal() else chinese_numeral


def _number(label: str) -> int | None:
    return arabic(label) if len(label) <= _LONGEST_NUMBER else None
