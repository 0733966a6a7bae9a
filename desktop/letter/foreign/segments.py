"""A page → segments: the pieces of its lines a letter is sorted by.

A line is a segment. A table's row written with bars is one a cell, a site's path one a step; a
whole letter on one line is cut at its salutation, its “…如下”, and where a sentence ends before a
blank. Nothing is lost: what stands between two segments is white space, a bar or an arrow.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.letter.foreign.view import LOOKED_AT, View, view_of
from desktop.letter.foreign.web_page import is_crumbs
from desktop.letter.pages.page import PageLine

_BAR = re.compile(r"[|｜]")
_STEP = re.compile(r"[>»＞→›/|｜]")
_MEMBER = r"(?:委员|委員|代表)"
_SIGN = r"[\u3400-\u9fff·](?:[（(][^（()）]{1,7}[)）])?"  # of a name, perhaps with its pinyin
_ONE = rf"(?:(?:{_SIGN}){{2,20}}?|{_SIGN}\s{{1,2}}{_SIGN})"
_CALL = re.compile(  # 某某、某某等5名委员： at the head of a line that goes on
    rf"(?:尊敬的|尊敬的各位)?{_ONE}(?:{_MEMBER}?[、，,]\s?{_ONE})*?"
    rf"[（(]?(?:等\d{{0,3}}\s?[名位人]?[）)]?)?(?:政[协協])?{_MEMBER}[們们]?(?:您好|你们好|你好)?\s?[：:]"
)
_CALL_AFTER = re.compile(r"\s+|[：:]|(?:答复|答復|复|復|的)函|答复|答復")  # also a glued title
_BODY_CALL = re.compile(
    r"[\u4e00-\u9fff]{2,24}[局委办辦厅廳会會府部][：:](?=\s?(?:现|現|经|經|关|關|贵|貴|你|转|轉))"
)
_NO_CALL = re.compile(r"(?=[您你][们們]?(?:所?提|在)[^。]{4,300}如下)")
_ADDRESSES = re.compile(r"收悉|提出|所提|如下|您|你們|你们|答复|答復")
FORMULA = re.compile(
    r"(?:答复|回复|复函|函复|函告|函覆|报告|汇报|说明|反馈|通报|告知|意见|情况|复|答|提出|办理|作出|作)"
    r"(?:意见|情况)?如下"
    r"(?:[\u4e00-\u9fff]{0,6}(?:意见|答复|回复|说明|情况|建议|函复|办理))?"
    r"(?:，?(?:供|请)[^。：]{0,20})?[：。；，！]?"
)
_SENTENCE_END = re.compile(
    r"(?<=[。！!：:；;”’》）)])\s+|(?<=\d日)\s+|(?<=[\u4e00-\u9fff]\.)\s+"
    r"|\s+(?=(?:[\u4e00-\u9fff]{4,30}\s+)?\d{4}年|[（(]?(?:联系|聯繫|承办|承辦|经办|經辦|电话|電話|抄送|附件|办复|辦復))"
    r"|\s+(?=扫一扫|[上下]一[条篇]|主办[：:]|主辦|版权|版權|网站|分享|[【\[]?打印|[（(]?责任编辑)"
)
_LONG, _MOST_CELLS = 60, 60


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of line `line` of the page, from `start` up to `end` of the source."""

    view: View
    start: int
    end: int
    line: int
    cell: tuple[int, int, int] | None = None
    step: bool = False  # of a site's path
    piece: bool = False  # shares its line with others

    @property
    def text(self) -> str:
        """What it says, as it is matched."""
        return self.view.text

    @property
    def printed(self) -> str:
        """What it says, as printed."""
        return self.view.source[self.start : self.end]

    def part(self, start: int, end: int) -> "Segment":
        """The piece of it between two places of the source, without the blanks around."""
        piece = segment_between(self.view.source, start, end, self.line, self.cell)
        return replace(piece, step=self.step, piece=True)


def segments_of(source: str, lines: Sequence[PageLine]) -> list[Segment]:
    """The segments of `source`, which is the texts of `lines` joined by newlines."""
    found: list[Segment] = []
    start = 0
    for number, line in enumerate(lines):
        end = start + len(line.text)
        if line.text.strip():
            whole = segment_between(source, start, end, number, line.cell)
            found += _pieces(whole)
        start = end + 1
    return found


def segment_between(
    source: str, start: int, end: int, line: int, cell: tuple[int, int, int] | None
) -> Segment:
    """The segment between two places of `source`, without the blanks around it."""
    text = source[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return Segment(view_of(source, start, end), start, end, line, cell)


def _pieces(whole: Segment) -> Iterable[Segment]:
    if is_crumbs(whole.view):
        return _cut(whole, (m.span() for m in _STEP.finditer(whole.printed)), step=True)
    if not 0 < whole.printed.count("|") + whole.printed.count("｜") <= _MOST_CELLS:
        return _flattened(whole)
    cells = _cut(whole, (m.span() for m in _BAR.finditer(whole.printed)))
    return [piece for cell in cells for piece in _flattened(cell)]


def _cut(
    whole: Segment, gaps: Iterable[tuple[int, int]], *, step: bool = False
) -> Iterator[Segment]:
    """The pieces of `whole` between `gaps`, which count from its start."""
    at = whole.start
    for before, after in (*gaps, (whole.end - whole.start,) * 2):
        piece = whole.part(at, whole.start + before)
        if piece.start < piece.end:
            yield replace(piece, step=True) if step else piece
        at = whole.start + after


def _flattened(whole: Segment) -> Iterable[Segment]:
    """A line that goes on after its salutation, cut; most lines come back as they are."""
    printed = whole.printed
    call = _call(printed[:LOOKED_AT]) if len(printed) > _LONG else None
    if not call:
        return [whole]
    before, after = call
    gaps = [m.span() for m in re.finditer(r"\s+", printed[:before])]
    gaps += [
        (before, before),
        (after, after),
        *(m.span() for m in _SENTENCE_END.finditer(printed, after)),
    ]
    return _cut(whole, gaps)


def _call(printed: str) -> tuple[int, int] | None:
    """Where a salutation stands in a line that goes on after it."""
    starts = [0, *(match.end() for match in _CALL_AFTER.finditer(printed))]
    for pattern in (_CALL, _BODY_CALL, _NO_CALL):
        for start in starts:
            match = pattern.match(printed, start)
            if match and match.end() and _ADDRESSES.search(printed, match.end()):
                return match.span()
    return None
