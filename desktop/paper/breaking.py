"""Where the lines of a paragraph end (断行), as LibreOffice breaks our .docx. Pure: no Qt.

LibreOffice cuts a paragraph into portions of one script. Where a portion does not fit, the script
of the last letter or digit before the cut decides: Chinese rules (禁则, hanging marks) or the Latin
ones of `word_breaks`. Where those want the end before the portion, the last character of the
portion before it counts as the one that does not fit, and its script decides anew.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from desktop.letter.layout import Pt
from desktop.paper.faces import LATIN_WORD
from desktop.paper.word_breaks import break_before

# LibreOffice's for zh-CN
NO_START = frozenset(
    "!),.:;?]}¢'\"、。〉》」』】〕〗〞︰︱︳︴︶︸︺︼︾﹀﹂﹄﹏﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝～￠々‖•·ˇˉ―-′’”"
)
NO_END = frozenset("([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝“‘")
HANGING = frozenset("!,.:;?、。！，．：；？")
DOUBLE = frozenset("—…")  # GB/T 15834: of —— and …… no half stands alone
BLANKS = " \u3000\t"
LINE_ENDS = "\n\v"
GAP = 0.2  # em between a hanzi and a Latin letter or digit

# LibreOffice's scripts: a Latin portion begins with a Latin character (or the text, where that
# begins with a weak one, a mark beyond ASCII) and goes on to the next Asian one
_ASIAN = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0002ffff"
_WEAK = " \u00a0\u0300-\u036f\u2000-\u2e7f\ud7b0-\uf8ff\ufe50-\ufeff\ufff0-\U0001ffff" + LINE_ENDS
_LATIN = re.compile(f"(?:[^{_ASIAN}{_WEAK}]|\\A[{_WEAK}])[^{_ASIAN}]*")
_LINE_END = re.compile(f"[{LINE_ENDS}]")
TOLERANCE = 0.03  # points: LibreOffice rounds to twips


@cache
def is_word(character: str) -> bool:
    """Whether it is a letter, a hanzi or a number of any kind: ①, Ⅰ, ² as well."""
    return character.isalpha() or unicodedata.category(character)[0] == "N"


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph laid out as one endless line.

    `latin` is 1 for every character of a Latin portion, 0 elsewhere. `lefts` is where each
    character begins, in points; `kerned` the widths of the characters of Latin words.
    """

    text: str
    latin: bytearray
    lefts: list[Pt]
    cells: Mapping[str, Pt]
    spacing: Pt
    kerned: Mapping[int, Pt]

    def width(self, at: int) -> Pt:
        """How wide a character is by itself."""
        if at in self.kerned:
            return self.kerned[at]
        cell = self.cells[self.text[at]]
        return cell - self.spacing if cell else 0.0

    def end(self, stop: int) -> Pt:
        """Where the character before `stop` ends."""
        return self.lefts[stop - 1] + self.width(stop - 1)

    def gaps(self, start: int, stop: int) -> list[int]:
        """For each character of a line, how many gaps before it a justified line may widen: those
        between two characters unless both are Latin, and those after blanks."""
        latin = self.latin[start:stop]
        if 1 not in latin:  # a line of hanzi: every border is a gap
            return list(range(stop - start))
        pairs = zip(latin, latin[1:], self.text[start:stop], strict=False)
        return [0, *accumulate(not (a and b) or before in BLANKS for a, b, before in pairs)]


def measured(
    text: str,
    cells: Mapping[str, Pt],
    size: Pt,
    spacing: Pt = 0.0,
    words: Mapping[str, Sequence[float]] | None = None,
) -> Measured:
    """`text` with the `cells` of its characters side by side; `spacing` is the part of a cell that
    is letter spacing.

    Where the script changes there is no letter spacing, but ⅕ em between letters and hanzi. `words`
    gives the widths of the characters of a Latin word in em, kerned.
    """
    steps = list(map(cells.__getitem__, text))
    latin = bytearray(len(text))
    kerned: dict[int, Pt] = {}
    for portion in _LATIN.finditer(text):
        start, end = portion.span()
        latin[start:end] = b"\1" * (end - start)
        for word in LATIN_WORD.finditer(text, start, end) if words is not None else ():
            widths = [width * size for width in words[word[0]]] if words is not None else []
            kerned.update(zip(range(word.start(), word.end()), widths, strict=True))
            steps[word.start() : word.end()] = [width + spacing for width in widths]
        for border in (start, end):
            if 0 < border < len(text):
                steps[border - 1] -= spacing
                if is_word(text[border - 1]) and is_word(text[border]):
                    steps[border - 1] += GAP * size
    return Measured(text, latin, list(accumulate(steps, initial=0.0)), cells, spacing, kerned)


def line_ends(measure: Measured, first: Pt, rest: Pt, *, hanging: bool = True) -> list[int]:
    """Where each line ends; `first` is the width of the first line, `rest` that of the others.

    Blanks at a line's end and a line end in the text (`LINE_ENDS`) belong to the line before them.
    `hanging` lets 、，。；：！？ stand outside the column.
    """
    text = measure.text
    ends: list[int] = []
    start = 0
    for part in [*(found.end() for found in _LINE_END.finditer(text)), len(text)]:
        while start < part:
            start = _line_end(measure, start, part, rest if ends else first, hanging)
            ends.append(start)
    if not text or text[-1] in LINE_ENDS:
        ends.append(len(text))
    return ends


def _line_end(measure: Measured, start: int, stop: int, room: Pt, hanging: bool) -> int:
    """Where the line from `start` ends, at the latest at `stop`."""
    limit = measure.lefts[start] + room + TOLERANCE
    cut = bisect_right(measure.lefts, limit, start, stop)
    while cut > start and measure.end(cut) > limit:
        cut -= 1
    cut = max(cut, start + 1)
    if cut == stop or (cut == stop - 1 and measure.text[cut] in LINE_ENDS):
        return stop
    return _break(measure, start, cut, stop, hanging)


def _break(measure: Measured, start: int, cut: int, stop: int, hanging: bool) -> int:
    """Where to end the line from `start` of which the character at `cut` does not fit."""
    text, latin = measure.text, measure.latin
    while True:
        if text[cut] in BLANKS:
            while cut < stop and text[cut] in BLANKS:
                cut += 1
            return cut
        portion = latin.rfind(1 - latin[cut], start, cut) + 1 or start
        word = cut
        while word > start and not is_word(text[word]):
            word -= 1
        if latin[cut if word >= portion else word]:
            end = break_before(text, start, cut)
        else:
            end = _chinese_end(text, start, cut, stop, hanging)
        if end <= start:  # nowhere in this line
            return cut
        if end >= portion:
            return end
        cut = portion - 1


def _chinese_end(text: str, start: int, cut: int, stop: int, hanging: bool) -> int:
    """The last place up to `cut`, or after the mark hanging there, where a line may end; `start` if
    there is none."""
    end = cut + 1 if hanging and text[cut] in HANGING else cut
    while start < end < stop and (
        text[end] in NO_START
        or text[end - 1] in NO_END
        or (text[end] in DOUBLE and text[end] == text[end - 1])
    ):
        end -= 1
    return end
