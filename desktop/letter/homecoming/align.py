"""The lines that were printed set against the lines that came back.

`expected` lines know which part of the case each of their characters came from; with `masked` ones
only the lengths are known. Nothing on the page is dropped: every line found is unchanged, changed,
one of several that a line was cut into, several lines joined, or new.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from desktop.letter.blocks import Line, Piece
from desktop.letter.homecoming.likeness import common_ends, holds, likeness
from desktop.letter.numerals import ORDINAL

_LABEL = re.compile(r"(建议|补充说明|附件|抄送)[^：:]{0,8}[：:]\s*")
_SENTENCE_END = re.compile(r"(?<=[。！？；])")
_COMPARED = 500  # characters: a longer stretch that was rewritten is divided by its share
_MOST = 6  # lines that one is cut into, or that are joined
_MOST_PAIRS = 40_000  # of a gap; in a larger one the order alone tells


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a line that came from `source` of the case; they begin at its character `start`.

    A further half of a paragraph that was cut in two has the source with a + before it.
    """

    source: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the page: the first of the printed `lines` it is (none: it is new), its `parts`."""

    text: str
    line: Line | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Texts `first` to `after` are the lines `start` to `end`: one and one, or one and several."""

    first: int
    after: int
    start: int
    end: int


def align(expected: Sequence[Line], shown: Sequence[str], *, masked: bool) -> list[Found]:
    """Every text of `shown` in order, none of them blank, each with the expected line it is."""
    printed = [line for line in expected if line.text]
    texts = [*shown]
    found: dict[int, Found] = {}
    gaps: list[tuple[list[int], list[int]]] = []
    for tag, a, b, c, d in _matches(printed, texts, masked=masked):
        if tag == "equal":
            found |= {n: unchanged(printed[a + n - c], texts[n]) for n in range(c, d)}
        else:
            gaps.append((list(range(a, b)), list(range(c, d))))
    for line, text in _moved(printed, texts, gaps, masked=masked):
        found[text] = unchanged(printed[line], texts[text])
    for lines, numbers in gaps:
        left = [printed[n] for n in lines]
        gap = _gap(left, [texts[n] for n in numbers], masked=masked)
        found |= dict(zip(numbers, gap, strict=True))
    return [found[n] for n in range(len(texts))]


def groups(printed: Sequence[str], texts: Sequence[str], *, masked: bool = False) -> list[Group]:
    """Which of `texts` are which of `printed`, in order, of the greatest likeness in all."""
    rows, columns = len(texts), len(printed)
    if rows == columns and (masked or rows == 1):  # of lengths the order says more
        return [Group(n, n + 1, n, n + 1) for n in range(rows)]
    if rows * columns > _MOST_PAIRS:
        return []
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    taken: dict[tuple[int, int], Group] = {}
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            for group, weight in _steps(printed, texts, i, j, masked=masked):
                if (total := weight + best[group.after][group.end]) > best[i][j]:
                    best[i][j], taken[i, j] = total, group
    made, i, j = [], 0, 0
    while i < rows and j < columns:
        if chosen := taken.get((i, j)):
            made.append(chosen)
            i, j = chosen.after, chosen.end
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return made


def _steps(
    printed: Sequence[str], texts: Sequence[str], i: int, j: int, *, masked: bool
) -> Iterator[tuple[Group, float]]:
    """What text `i` and line `j` may be to each other, and how alike that makes them."""
    old, new = printed[j], texts[i]
    if masked:
        yield Group(i, i + 1, j, j + 1), min(len(old), len(new)) / max(len(old), len(new))
    elif alike := likeness(old, new):
        yield Group(i, i + 1, j, j + 1), alike
    for whole, parts, is_cut in ((old, texts[i:], True), (new, printed[j:], False)):
        for several in range(2, min(_MOST, len(parts)) + 1):
            if not masked and not holds(whole, parts[several - 1]):
                break
            if alike := _likeness_of(whole, parts[:several], masked=masked):
                ends = (i + several, j + 1) if is_cut else (i + 1, j + several)
                yield Group(i, ends[0], j, ends[1]), alike


def _likeness_of(whole: str, parts: Sequence[str], *, masked: bool) -> float:
    """How much `whole` is all the `parts` together and no single one of them."""
    if masked:
        return float(sum(map(len, parts)) == len(whole))
    if not holds(whole, parts[0]):
        return 0.0
    alike = likeness(whole, "".join(parts))
    return alike if alike > max(likeness(whole, part) for part in parts) else 0.0


def _moved(
    printed: list[Line],
    texts: list[str],
    gaps: list[tuple[list[int], list[int]]],
    *,
    masked: bool,
) -> list[tuple[int, int]]:
    """(line, text) of unchanged lines that stand elsewhere now; they leave their gaps."""
    if masked:  # a length alone is no proof
        return []
    moved = []
    for _, numbers in gaps:
        for number in list(numbers):
            for lines, _ in gaps:
                line = next((n for n in lines if printed[n].text == texts[number]), None)
                if line is not None:
                    lines.remove(line)
                    numbers.remove(number)
                    moved.append((line, number))
                    break
    return moved


def _matches(
    printed: list[Line], texts: list[str], *, masked: bool
) -> list[tuple[str, int, int, int, int]]:
    old: list[object] = [len(line.text) if masked else line.text for line in printed]
    new: list[object] = [len(text) if masked else text for text in texts]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _gap(printed: list[Line], texts: list[str], *, masked: bool) -> list[Found]:
    """Lines between unchanged ones: as many as are alike, in order; between those, equal numbers
    are rewritten lines, and the rest is new."""
    known = groups([line.text for line in printed], texts, masked=masked)
    ends = Group(len(texts), len(texts), len(printed), len(printed))
    found = {n: Found(text) for n, text in enumerate(texts)}
    for before, group in pairwise([Group(0, 0, 0, 0), *known, ends]):
        free = range(before.after, group.first)
        if len(free) == group.start - before.end:
            found |= {
                n: changed(printed[before.end + k], texts[n], masked=masked)
                for k, n in enumerate(free)
            }
        lines = printed[group.start : group.end]
        pieces = texts[group.first : group.after]
        if len(pieces) > 1:
            found |= zip(
                range(group.first, group.after), _cut(lines[0], pieces, masked=masked), strict=True
            )
        elif pieces:
            found[group.first] = _joined(lines, pieces[0], masked=masked)
    return list(found.values())


def unchanged(line: Line, text: str) -> Found:
    """`text` is `line`, character by character; by its length alone it may be another one."""
    parts, start = [], 0
    for piece in line.pieces:
        end = start + len(piece.text)
        if piece.source:
            parts.append(Part(piece.source, text[start:end], start))
        elif text[start:end] != piece.text:
            return changed(line, text, masked=True)
        start = end
    return Found(text, line, tuple(parts))


def changed(line: Line, text: str, *, masked: bool) -> Found:
    """`text` is what became of `line`."""
    return _joined([line], text, masked=masked)


def _joined(lines: Sequence[Line], text: str, *, masked: bool) -> Found:
    """`text` is what became of `lines`, now one paragraph."""
    pieces = [piece for line in lines for piece in line.pieces]
    for n in range(1, len(pieces) - 1):  # a label in the middle is a word of the paragraph now
        pieces[n] = replace(pieces[n], source=pieces[n].source or pieces[n - 1].source)
    start, end = 0, len(text)
    if not pieces[0].source:
        start = end - len(_without_label(pieces.pop(0).text, text))
    if pieces and not pieces[-1].source:
        suffix = pieces.pop().text
        end -= len(suffix) if text[start:].endswith(suffix) else 0
    if not pieces:  # words of ours that were typed over
        return Found(text, lines[0], (Part("", text[start:end], start),))
    parts = [
        Part(source, words, start + at)
        for source, words, at in _divide(pieces, text[start:end], masked=masked)
    ]
    return Found(text, lines[0], tuple(parts))


def _cut(line: Line, texts: Sequence[str], *, masked: bool) -> list[Found]:
    """The words of `line` dealt out to the lines it was cut into. The first half of a piece is the
    piece."""
    whole = "".join(texts)
    same = len(whole) == len(line.text) if masked else whole == line.text
    parts = (unchanged(line, whole) if same else changed(line, whole, masked=masked)).parts
    found, begun, start = [], set[str](), 0
    for text in texts:
        end, here = start + len(text), []
        for part in parts:
            a, b = max(start, part.start), min(end, part.start + len(part.text))
            if a < b:
                further = "+" if part.source in begun else ""
                here.append(Part(further + part.source, whole[a:b], a - start))
                begun.add(part.source)
        found.append(Found(text, line, tuple(here)))
        start = end
    return found


def _without_label(label: str, text: str) -> str:
    if text.startswith(label):
        return text[len(label) :]
    match = _LABEL.match(text) or ORDINAL.match(text)
    return text[match.end() :].lstrip() if match else text


def _divide(pieces: list[Piece], text: str, *, masked: bool) -> Iterable[tuple[str, str, int]]:
    """`text` cut where the pieces' borders went; each part may be empty."""
    old = "".join(piece.text for piece in pieces)
    cuts, end = [0], 0
    for piece in pieces[:-1]:
        end += len(piece.text)
        cut = _by_share(end, old, text) if masked else _by_text(end, old, text)
        cuts.append(max(cut, cuts[-1]))
    cuts.append(len(text))
    for piece, (a, b) in zip(pieces, pairwise(cuts), strict=True):
        yield piece.source, text[a:b], a


def _by_text(border: int, old: str, new: str) -> int:
    """Where the border at `border` of `old` lies in `new`."""
    head, tail = common_ends(old, new)
    if border <= head:
        return border
    if border >= len(old) - tail:
        return border + len(new) - len(old)
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(map(len, middle)) > _COMPARED:  # rewritten at length: by its share, at a sentence end
        return head + _by_share(border - head, *middle)
    matcher = SequenceMatcher(None, *middle, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if a <= border - head < b:
            return head + (
                c + border - head - a if tag == "equal" else d if border - head > a else c
            )
    return len(new) - tail


def _by_share(border: int, old: str, new: str) -> int:
    """The sentence end nearest to the border's share of the line; only lengths are known."""
    wanted = border * len(new) / max(1, len(old))
    ends = [match.start() for match in _SENTENCE_END.finditer(new)]
    return min(ends, key=lambda end: abs(end - wanted), default=round(wanted))
