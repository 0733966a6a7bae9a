"""Text as the reader matches it, every character of which knows its place in the source.

For matching only: white space and pinyin notes (對(duì), left by converters) are dropped, marks
are full-width, quotation marks of every shape “”, letters and digits half-width, the characters the
genre's words are made of simplified. What is kept of a letter is always cut out of the source.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from db.same_letters import SAME_LETTERS

LOOKED_AT = 2000  # characters of a line no pattern looks beyond: none may take long over a long one
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_NOISE = re.compile(  # pinyin, known by its tone
    rf"(?<=[\u3400-\u9fff])[（(][a-zɡü]{{0,4}}[{_TONED}][a-zɡü]{{0,4}}[)）]"
)
_DROPPED = re.compile(rf"\s+|{_NOISE.pattern}")
_MARKS = ',，:：;；(（)）!！?？︰：﹕：∶：﹒.．.【〔】〕[〔]〕［〔］〕﹝〔﹞〕｜|「“」”〈《〉》＂"'
_PAIRS = SAME_LETTERS + _MARKS
_ONE_BY_ONE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
_STRAIGHT = re.compile('"([^"]*)"')  # quotation marks that do not say which side they are on


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of `source` for matching: `text`, and each of its characters' `offsets` there."""

    source: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Where characters `start` to `end` of the view stand in the source, (0, 0) if nowhere."""
        chosen = self.offsets[start:end]
        if not chosen:
            return 0, 0
        after = chosen[-1] + 1
        noise = _NOISE.match(self.source, after)
        return chosen[0], noise.end() if noise else after

    def printed(self, start: int = 0, end: int | None = None) -> str:
        """Characters `start` to `end` as the source prints them."""
        first, after = self.span(start, end)
        return self.source[first:after]

    def blank_before(self, n: int) -> bool:
        """Whether white space, and nothing else, parts character `n` from the one before."""
        return n > 0 and self.source[self.offsets[n - 1] + 1 : self.offsets[n]].isspace()

    def plain(self, start: int = 0, end: int | None = None) -> str:
        """The same without blanks and notes, as a name is written."""
        return "".join(self.source[n] for n in self.offsets[start:end])


def view_of(source: str, start: int = 0, end: int | None = None) -> View:
    """The view of `source` between two places, no more than 2,000 characters of it."""
    after = min(len(source) if end is None else end, start + LOOKED_AT)
    kept: list[int] = []
    at = start
    for match in _DROPPED.finditer(source, start, after):
        kept += range(at, match.start())
        at = match.end()
    kept += range(at, after)
    text = "".join([source[n] for n in kept])
    return View(source, _matched(text), tuple(kept))


def joined(views: Iterable[View]) -> View:
    """Several views of one source as one, such as a title's lines."""
    several = list(views)
    return View(
        several[0].source if several else "",
        "".join(view.text for view in several),
        tuple(offset for view in several for offset in view.offsets),
    )


def as_matched(text: str) -> str:
    """`text` as it is matched, where no places are asked for."""
    return _matched(_DROPPED.sub("", text[:LOOKED_AT]))


def _matched(text: str) -> str:
    """Each character by the one it counts as."""
    return _STRAIGHT.sub(r"“\1”", text.translate(_ONE_BY_ONE))
