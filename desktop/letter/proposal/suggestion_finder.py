"""Which lines of a proposal are its suggestions (建议), and which explain them.

A proposal tells what is the matter (情况, 分析) and then what is to be done. Its suggestions are
the lines numbered 建议1：; or those of the first kind of ordinal under each heading such as
三、意见建议 or “建议如下：”, up to the next section; or of the whole text where none is there. What
follows a suggestion explains it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.letter.proposal.cutting import Part, Piece
from desktop.letter.proposal.ordinals import OURS, RANKS
from desktop.letter.proposal.proposal_lines import (
    Line,
    ends_proposal,
    is_heading,
    is_page_mark,
    is_report,
    lines_of,
    tail_of,
)

_SHORT = 30  # characters of a heading without number
_MOST_DOUBTFUL = 5  # headings that turn out to be a preface: looking for their end takes time
_SENTENCE = ("。", "；", "！", "：", "，")


@dataclass(frozen=True, slots=True)
class _Region:
    """Lines `start` up to `end` among which suggestions stand; `found` by a heading."""

    start: int
    end: int
    found: bool = True


def sort_lines(source: str) -> list[Piece]:
    """The lines of a proposal as pieces, each with what it seems to be; they tile `source`."""
    return sorted_pieces(lines_of(source))


def sorted_pieces(lines: list[Line]) -> list[Piece]:
    """The same of lines that are known."""
    parts = [Part.LEFT_OUT] * len(lines)
    for region in _regions(lines):
        inside = lines[region.start : region.end]
        parts[region.start : region.end] = _parts(inside, has_heading=region.found)
    pieces: list[Piece] = []
    row = -1
    for line, part in zip(lines, parts, strict=True):
        last = pieces[-1] if pieces else None
        if last and row == line.row and last.part is part is not Part.SUGGESTION:
            pieces[-1] = Piece(last.start, line.end, part)
        else:
            pieces.append(Piece(line.start, line.end, part))
        row = line.row
    return pieces


def has_section(lines: Sequence[Line]) -> bool:
    """Whether a line says that suggestions follow, or numbers one (建议1：)."""
    return any(line.kind == OURS or is_heading(line.text) for line in lines)


def _regions(lines: list[Line]) -> list[_Region]:
    end = tail_of(lines)
    ours = next((n for n, line in enumerate(lines[:end]) if line.kind == OURS), None)
    if ours is not None:
        around: dict[str, int] = {}
        for line in lines[:ours]:
            around = _opened(around, line)
        return [_Region(ours, _end(lines, ours - 1, around, end))]
    regions = _under_headings(lines, end, weak=False) or _under_headings(lines, end, weak=True)
    return regions or [_Region(0, end, found=False)]


def _under_headings(lines: list[Line], end: int, *, weak: bool) -> list[_Region]:
    """The lines under every heading, up to where its section ends."""
    found: list[_Region] = []
    doubtful: list[_Region] = []
    around: dict[str, int] = {}  # the sections that are open: kind → number
    free = 0
    for n, line in enumerate(lines[: end - 1]):
        around = _opened(around, line)
        if n < free or ends_proposal(line.text) or not is_heading(line.text, weak=weak):
            continue
        region = _Region(n + 1, _end(lines, n, around, end))
        inside = (lines[m] for m in range(region.start, region.end))
        first = next((one for one in inside if one.kind), None)
        if first and is_report(first) and len(doubtful) < _MOST_DOUBTFUL:
            doubtful.append(region)  # a preface: 现提出如下建议： 一、基本情况
        elif region.start < region.end:
            found.append(region)
            free = region.end
    return found or doubtful[:1]


def _opened(around: dict[str, int], line: Line) -> dict[str, int]:
    """The sections that are open at `line`: those around it, and its own."""
    if not line.kind:
        return around
    outer = {k: v for k, v in around.items() if RANKS.index(k) < RANKS.index(line.kind)}
    return {**outer, line.kind: line.number}


def _end(lines: list[Line], heading: int, around: dict[str, int], end: int) -> int:
    """The first line after `heading` with which a section goes on that was open there."""
    wanted = dict(around)
    own = lines[heading].kind if heading >= 0 else ""
    for n in range(heading + 1, end):
        line = lines[n]
        if line.kind not in wanted:
            continue
        if line.number == 1:
            del wanted[line.kind]  # the items are numbered alike
        elif line.number == wanted[line.kind] + 1 or line.kind == own:
            return n
        if not wanted:
            break
    return end


def _parts(lines: list[Line], *, has_heading: bool) -> list[Part]:
    kind = next((n.kind for n in lines if n.kind and not ends_proposal(n.text)), "")
    items = [line for line in lines if line.kind == kind]
    if not has_heading and kind and not any("建议" in item.text for item in items):
        said = [n for n in lines if not n.kind and n.text.startswith("建议")]
        kind = "" if said else kind
    if kind:
        return list(_numbered(lines, kind, has_heading=has_heading))
    return list(_unnumbered(lines, has_heading=has_heading))


def _numbered(lines: list[Line], kind: str, *, has_heading: bool) -> Iterator[Part]:
    current = Part.LEFT_OUT
    for line in lines:
        if is_page_mark(line.text):
            yield Part.LEFT_OUT
            continue
        if ends_proposal(line.text):
            current = Part.LEFT_OUT
        elif line.kind == kind:
            is_item = has_heading or not is_report(line)
            current = Part.SUGGESTION if is_item else Part.LEFT_OUT
        elif current is Part.SUGGESTION:
            current = Part.ELABORATION
        yield current


def _unnumbered(lines: list[Line], *, has_heading: bool) -> Iterator[Part]:
    """Headings with their paragraphs, or every paragraph, or those that speak of 建议."""
    inside = [line for line in lines if not ends_proposal(line.text)]
    titles = [line for line in inside if _is_short(line)]
    is_titled = has_heading and 1 < len(titles) < len(inside) and inside[0] in titles
    speaks = not has_heading and any("建议" in line.text for line in inside)
    is_over = False
    for n, line in enumerate(lines):
        is_over = is_over or (has_heading and ends_proposal(line.text))
        is_lead = has_heading and (is_heading(line.text) or (not n and line.text.endswith("：")))
        if is_over or is_lead or ends_proposal(line.text) or is_page_mark(line.text):
            yield Part.LEFT_OUT
        elif is_titled:
            yield Part.SUGGESTION if _is_short(line) else Part.ELABORATION
        else:
            yield Part.SUGGESTION if not speaks or "建议" in line.text else Part.LEFT_OUT


def _is_short(line: Line) -> bool:
    return len(line.text) <= _SHORT and not line.text.endswith(_SENTENCE)
