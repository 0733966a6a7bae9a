"""A page → the anatomy of the letter on it, whoever wrote it and however it was printed.

The order that works (reply-conventions 3): anchor on the salutation and on “…如下”, sort what
stands above, peel the tail backwards; the rest is body. What is no part of the letter is left out
with its reason, so that nothing is dropped silently.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop.errors import InputError
from desktop.letter.foreign import findings, head_reader
from desktop.letter.foreign.anatomy import CONTENTS, ORIGINAL, Anatomy, Mark, Part
from desktop.letter.foreign.head_reader import CONTENTS_HEAD, LISTED
from desktop.letter.foreign.people import is_body_call, is_people_call
from desktop.letter.foreign.segments import FORMULA, Segment, segments_of
from desktop.letter.foreign.tail_reader import peel
from desktop.letter.pages.page import Page

_NO_LETTER = (
    "没有认出答复函：既没有称谓，也没有“答复如下”一类的开头，没有导入任何内容，请确认选对了文件。"
)
_EMPTY = "文件里没有文字，没有导入任何内容，请确认选对了文件。"
_LOOKED_AT = 400  # segments in which a salutation is looked for
_OPENS = re.compile(
    r"如下|收悉|知悉|收阅|收到|(?:提出|所提|提交).{0,60}(?:提案|建议|议案|《|“)|交.{0,12}办理|(?:提案|建议|议案)"
)
_RECEIPT = re.compile(r"[^。]*(?:收悉|知悉|收阅|已收到|办理|研究处理)[^。！]{0,20}[。！]")
_ONLY_NAMES = re.compile(r"[^。]*(?:提出|所提|提交)的?.{0,12}[《“].*[》”][^。]{0,20}。?")
_ASKED = re.compile(r"收悉|所提|提案|建议|议案")
_ANSWERED = re.compile(r"答复|回复|复函|函复|会办|协办")
_ANSWERS = re.compile(r"答|复|函告|汇报|报告|意见")
_AT_END = re.compile(r"如下[：。，；]?$")
_UNDER_TITLE = re.compile(
    r"(?:发布|更新)?(?:时间|日期)：|(?:文章|信息)?来源：|作者：|字[体号]：|浏览"
)
_GREETING = re.compile(r"(?:您好|你好|你们好|您们好)[！，。]?$")
_OPENING_LINES, _PREFACE_LONGEST, _CALL_LONGEST = 6, 160, 400


@dataclass
class _Sorting:
    """The segments of a page by part; `title` and `opening` may hold several lines."""

    head: list[Segment] = field(default_factory=list)
    salutation: Segment | None = None
    opening: list[Segment] = field(default_factory=list)
    rest: list[Segment] = field(default_factory=list)


def dissect(page: Page, original: tuple[int, int] | None = None) -> Anatomy:
    """The anatomy of the letter on `page`; `InputError` where there is none.

    Its source is the texts of the page's lines, joined by newlines. `original` is where in it the
    letter's proposal (提案原文) stands, if it does.
    """
    source = "\n".join(line.text for line in page.lines)
    segments = segments_of(source, page.lines)
    if not segments:
        raise InputError(_EMPTY)
    start, end = original or (0, 0)
    beside = [segment for segment in segments if start <= segment.start < end]
    sorting = _sort([segment for segment in segments if not start <= segment.start < end])
    marks = _head_marks(sorting.head)
    if not (sorting.salutation or sorting.opening or sorting.rest):
        raise InputError(_NO_LETTER)
    if sorting.salutation:
        marks.append(_marked(Part.SALUTATION, sorting.salutation))
    marks += [_marked(Part.OPENING, segment) for segment in sorting.opening]
    tail = peel(sorting.rest)
    marks += [_marked(part, segment) for part, segment in tail.parts]
    marks += [_marked(Part.LEFT_OUT, segment, why) for segment, why in tail.left]
    marks += [_marked(Part.LEFT_OUT, segment, ORIGINAL) for segment in beside]
    marks += [_marked(Part.BODY, segment) for segment in sorting.rest]
    marks.sort(key=lambda pair: pair[0].start)
    cells = tuple(line.cell for line in page.lines)
    covered = _covered(source, _whole_lines(source, [mark for mark, _ in marks]))
    return Anatomy(
        source,
        tuple(covered),
        tuple(findings.read(marks, sorting.head)),
        findings.kind_of(marks),
        findings.is_reply(marks),
        any(segment.piece for mark, segment in marks if mark.part is Part.BODY),
        page.elsewhere,
        cells if any(cells) else (),
    )


def _marked(part: Part, segment: Segment, why: str = "") -> tuple[Mark, Segment]:
    return Mark(part, segment.start, segment.end, segment.line, why), segment


def _sort(segments: list[Segment]) -> _Sorting:
    """The salutation and the opening, and what stands before and after."""
    call = _salutation(segments)
    if call is not None:
        sorting = _Sorting(segments[:call], segments[call])
        following = segments[call + 1 :]
        sorting.opening, sorting.rest = _opening(following)
        return sorting
    start = next((n for n, s in enumerate(segments[:_LOOKED_AT]) if _opens_alone(s)), None)
    if start is not None:
        opening, rest = _opening(segments[start:])
        return _Sorting(segments[:start], None, opening, rest)
    title, _ = head_reader.title_of(segments[:_LOOKED_AT])
    answers = any(_ANSWERED.search(segment.text) for segment in title)
    end = segments.index(title[-1]) + 1 if answers else len(segments)
    while end < len(segments) and _UNDER_TITLE.match(segments[end].text):
        end += 1
    return _Sorting(segments[:end], None, [], segments[end:])


def _salutation(segments: Sequence[Segment]) -> int | None:
    """The number of the salutation: persons before what reads like an opening, then persons, then
    a body."""
    candidates = [s for s in segments[:_LOOKED_AT] if len(s.text) <= _CALL_LONGEST]
    people = [n for n, s in enumerate(candidates) if not s.step and is_people_call(s.text)]
    for n in people:
        if any(_OPENS.search(s.text) for s in segments[n + 1 : n + 4]):
            return segments.index(candidates[n])
    named = [n for n in people if candidates[n].text.endswith(("：", "！"))]
    if named:
        return segments.index(candidates[named[0]])
    for n, segment in enumerate(segments[:_LOOKED_AT]):
        if not segment.step and is_body_call(segment.text):
            following = segments[n + 1 : n + 3]
            if any(re.search(r"如下|收悉|提出|提案|建议", s.text) for s in following):
                return n
    return None


def _opens_alone(segment: Segment) -> bool:
    """Whether a segment can be the opening of a letter without a salutation."""
    text = segment.text
    if segment.step or len(text) < 12 or text.startswith(("来源", "上一", "下一")):
        return False
    formula = FORMULA.search(text)
    answers = formula and _ANSWERED.search(formula[0]) and _ASKED.search(text)
    received = re.match(r"(?:您|你|贵|关于)[^。]*(?:收悉|收到)", text)
    named = len(text) < 200 and _ONLY_NAMES.fullmatch(text) and _ASKED.search(text)
    return bool(answers or received or (named and re.search(r"委员|代表|[您你]", text)))


def _opening(following: list[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The opening's segments, and all after it. One that runs on into the body is cut."""
    for n, segment in enumerate(following[:_OPENING_LINES]):
        end = _formula_end(segment, first=n == 0)
        if end:
            pieces = _cut(segment, end)
            return [*following[:n], pieces[0]], [*pieces[1:], *following[n + 1 :]]
        if not _is_preface(segment):
            break
    greetings = 0
    while greetings < len(following) and _GREETING.fullmatch(following[greetings].text):
        greetings += 1
    before, rest = following[:greetings], following[greetings:]
    if rest and _ONLY_NAMES.fullmatch(rest[0].text):
        return [*before, rest[0]], rest[1:]
    if rest and (receipt := _RECEIPT.match(rest[0].text)) and _OPENS.search(receipt[0]):
        pieces = _cut(rest[0], receipt.end())
        return [*before, pieces[0]], [*pieces[1:], *rest[1:]]
    return before, rest


def _formula_end(segment: Segment, *, first: bool) -> int:
    """Where “…如下” ends in a segment's view, 0 where it is not there."""
    match = FORMULA.search(segment.text)
    if match and (first or _ANSWERS.search(match[0])):
        return match.end()
    return len(segment.text) if first and _AT_END.search(segment.text) else 0


def _is_preface(segment: Segment) -> bool:
    """Whether a paragraph may stand before the one with “…如下”: a greeting, a receipt, thanks."""
    text = segment.text
    return len(text) <= _PREFACE_LONGEST and bool(
        _OPENS.search(text) or re.search(r"您好|你好|你们好|感谢|重视|研究", text)
    )


def _cut(segment: Segment, end: int) -> list[Segment]:
    """A segment in two after character `end` of its view, or as it is where that is its end."""
    if end >= len(segment.text):
        return [segment]
    place = segment.view.offsets[end]
    return [segment.part(segment.start, place), segment.part(place, segment.end)]


def _head_marks(head: Sequence[Segment]) -> list[tuple[Mark, Segment]]:
    title, again = head_reader.title_of(head)
    doubled = {segment.start for run in again for segment in run}
    marks: list[tuple[Mark, Segment]] = []
    contents = False
    for segment in head:
        heads = bool(CONTENTS_HEAD.fullmatch(segment.printed))
        contents = contents or heads
        why = CONTENTS if heads or (contents and LISTED.search(segment.printed)) else "网页内容"
        if segment in title:
            start = head_reader.label_end(segment)
            whole = segment if not start else _cut(segment, start)[-1]
            marks.append(_marked(Part.TITLE, whole))
        elif segment.start in doubled:
            marks.append(_marked(Part.LEFT_OUT, segment, "标题重复"))
        elif segment.step:
            marks.append(_marked(Part.LEFT_OUT, segment, "网页内容"))
        else:
            for piece in head_reader.columns_of(segment):
                found = [_marked(*mark) for mark in head_reader.marks_in(piece)]
                marks += found or [_marked(Part.LEFT_OUT, piece, why)]
    return marks


def _whole_lines(source: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks, those of one part joined again where only a bar or an arrow had parted them."""
    whole: list[Mark] = []
    for mark in marks:
        last = whole[-1] if whole else mark
        alike = (last.part, last.line, last.why) == (mark.part, mark.line, mark.why)
        if alike and source[last.end : mark.start].strip():
            whole[-1] = replace(last, end=mark.end)
        else:
            whole.append(mark)
    return whole


def _covered(source: str, marks: Iterable[Mark]) -> Iterable[Mark]:
    """The marks and, between them, whatever else is no white space: bars, arrows, labels."""
    at = 0
    for mark in marks:
        yield from _gap(source, at, mark.start, mark.line)
        yield mark
        at = max(at, mark.end)
    yield from _gap(source, at, len(source), source.count("\n"))


def _gap(source: str, start: int, end: int, line: int) -> Iterable[Mark]:
    text = source[start:end]
    if text.strip():
        start += len(text) - len(text.lstrip())
        yield Mark(Part.LEFT_OUT, start, start + len(text.strip()), line, "分隔符、栏目名")
