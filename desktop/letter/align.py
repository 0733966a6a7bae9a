"""The lines that were printed set against the lines that came back.

`expected` lines know which part of the case each of their characters came from; with `masked` ones
only the lengths are known. Nothing on the page is dropped: every line found is unchanged, changed,
or new.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

from desktop.letter.blocks import Line, Piece
from desktop.letter.numerals import ORDINAL

_LABEL = re.compile(r"(建议|补充说明|附件|抄送)[^：:]{0,8}[：:]\s*")
_SENTENCE_END = re.compile(r"(?<=[。！？；])")
_LOOKED_AT = 500  # characters that tell whether two lines are alike
_LIKE = 0.3  # below this share of common characters a line is another one


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the page: the printed `line` it is (None where it is new) and its `parts`,
    (source, text) pairs."""

    text: str
    line: Line | None = None
    parts: tuple[tuple[str, str], ...] = ()


def align(expected: Sequence[Line], shown: Sequence[str], *, masked: bool) -> list[Found]:
    """Every non-empty line of `shown` in order, each with the expected line it is."""
    printed = [line for line in expected if line.text]
    texts = [text for text in shown if text.strip()]
    found: dict[int, Found] = {}
    gaps: list[tuple[list[int], list[int]]] = []
    for tag, a, b, c, d in _matches(printed, texts, masked=masked):
        if tag == "equal":
            found |= {n: _unchanged(printed[a + n - c], texts[n]) for n in range(c, d)}
        else:
            gaps.append((list(range(a, b)), list(range(c, d))))
    for line, text in _moved(printed, texts, gaps, masked=masked):
        found[text] = _unchanged(printed[line], texts[text])
    for lines, numbers in gaps:
        left = [printed[n] for n in lines]
        gap = _gap(left, [texts[n] for n in numbers], masked=masked)
        found |= dict(zip(numbers, gap, strict=True))
    return [found[n] for n in range(len(texts))]


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


def _unchanged(line: Line, text: str) -> Found:
    parts, start = [], 0
    for piece in line.pieces:
        end = start + len(piece.text)
        if piece.source:
            parts.append((piece.source, text[start:end]))
        start = end
    return Found(text, line, tuple(parts))


def _gap(printed: list[Line], texts: list[str], *, masked: bool) -> list[Found]:
    """Lines between unchanged ones: a line cut in two by Enter, as many pairs as are alike, in
    order; between those, equal numbers are rewritten lines, and the rest is new."""
    if len(printed) == 1 and len(texts) > 1 and _is_cut(printed[0].text, texts, masked=masked):
        return _cut(printed[0], texts)
    pairs = dict(pair(printed, texts, masked=masked))
    borders = [(-1, -1), *sorted(pairs.items()), (len(texts), len(printed))]
    for (i, j), (k, m) in pairwise(borders):
        if k - i == m - j:
            pairs |= {i + n: j + n for n in range(1, k - i)}
    return [
        _changed(printed[pairs[n]], text, masked=masked) if n in pairs else Found(text)
        for n, text in enumerate(texts)
    ]


def _is_cut(text: str, parts: list[str], *, masked: bool) -> bool:
    return sum(map(len, parts)) == len(text) if masked else "".join(parts) == text


def _cut(line: Line, texts: list[str]) -> list[Found]:
    """The pieces of `line` dealt out to the lines it was cut into. The first half of a piece is the
    piece; a further half has the source with a + before it."""
    found, begun, start = [], set[str](), 0
    for text in texts:
        parts, end, at = [], start + len(text), 0
        for piece in line.pieces:
            a, b = max(start, at), min(end, at + len(piece.text))
            at += len(piece.text)
            if piece.source and a < b:
                parts.append(
                    (
                        ("+" if piece.source in begun else "") + piece.source,
                        text[a - start : b - start],
                    )
                )
                begun.add(piece.source)
        found.append(Found(text, line, tuple(parts)))
        start = end
    return found


def pair(printed: list[Line], texts: list[str], *, masked: bool) -> list[tuple[int, int]]:
    """(text, line) pairs in order, of the greatest likeness in all; of one and one, that pair."""
    rows, columns = len(texts), len(printed)
    if rows == columns and (masked or rows == 1):  # of lengths the order says more
        return [(n, n) for n in range(rows)]
    alike = [[_likeness(line.text, text, masked=masked) for line in printed] for text in texts]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else -1.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(old: str, new: str, *, masked: bool) -> float:
    """Share of common characters, 0 where it is too small to mean anything."""
    longer = max(len(old), len(new))
    if masked:
        return min(len(old), len(new)) / longer
    head, tail = _common_ends(old, new)
    if 2 * (head + tail) >= longer:  # the usual edit; comparing long texts whole takes seconds
        return (head + tail) / longer
    matcher = SequenceMatcher(None, old[:_LOOKED_AT], new[:_LOOKED_AT], autojunk=False)
    if matcher.real_quick_ratio() < _LIKE or matcher.quick_ratio() < _LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _LIKE else 0.0


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters both begin with, and how many of the rest both end with."""
    head = _alike_until(old, new)
    return head, _alike_until(reversed(old[head:]), reversed(new[head:]))


def _alike_until(old: Iterable[str], new: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _changed(line: Line, text: str, *, masked: bool) -> Found:
    pieces = list(line.pieces)
    rest = text
    if not pieces[0].source:
        rest = _without_label(pieces.pop(0).text, rest)
    if pieces and not pieces[-1].source:
        rest = rest.removesuffix(pieces.pop().text)
    return Found(text, line, tuple(_divide(pieces, rest, masked=masked)))


def _without_label(label: str, text: str) -> str:
    if text.startswith(label):
        return text[len(label) :]
    match = _LABEL.match(text) or ORDINAL.match(text)
    return text[match.end() :].lstrip() if match else text


def _divide(pieces: list[Piece], text: str, *, masked: bool) -> list[tuple[str, str]]:
    """`text` cut where the pieces' borders went; each part may be empty."""
    if len(pieces) == 1:
        return [(pieces[0].source, text)]
    old = "".join(piece.text for piece in pieces)
    cuts, end = [0], 0
    for piece in pieces[:-1]:
        end += len(piece.text)
        cut = _by_share(end, old, text) if masked else _by_text(end, old, text)
        cuts.append(max(cut, cuts[-1]))
    cuts.append(len(text))
    return [(piece.source, text[a:b]) for piece, a, b in zip(pieces, cuts, cuts[1:], strict=False)]


def _by_text(border: int, old: str, new: str) -> int:
    """Where the border at `border` of `old` lies in `new`."""
    head, tail = _common_ends(old, new)
    if border <= head:
        return border
    if border >= len(old) - tail:
        return border + len(new) - len(old)
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(map(len, middle)) > _LOOKED_AT:  # rewritten at length: by its share, at a sentence end
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
