"""What stands above the salutation: marks (类别、公开、文号、签发人), the title, a page's menus."""

import re
from collections.abc import Sequence
from itertools import pairwise

from desktop.letter.foreign.anatomy import Part
from desktop.letter.foreign.organs import is_organ
from desktop.letter.foreign.segments import Segment
from desktop.letter.foreign.view import joined
from desktop.letter.foreign.web_page import is_foot

_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z（）]{1,24}[〔（]\d{4}[〕）]第?\d{0,5}号|[\u4e00-\u9fff]{2,16}字第\d{1,6}号"
)
CONTENTS_HEAD = re.compile(r"目\s*[录錄次]")
LISTED = re.compile(r"(?:\t|[.．…·]{2,}|\s)\s*\d{1,4}$")  # a line of a table of contents
_LABELLED_NUMBER = re.compile(rf"(?:发文字|文|字)号：({_DOCUMENT_NUMBER.pattern})")
_OPENLY = r"(?:同意|可以?|主动|依申请|不予|不宜|不|全文|摘要|部分)?公开"
_TOKENS: tuple[tuple[Part | None, re.Pattern[str]], ...] = (
    (
        None,
        re.compile(
            r"(?:发文字号|发文文号|文号|字号|编号)：|[，；、]"
            r"|[（〔]?办理(?:类型|方式|性质)：(?:主办|独办|分办|会办|协办)[）〕]?"
        ),
    ),
    (
        Part.ISSUED_BY,
        re.compile(
            r"签发(?:人|领导)?(?:签字)?：([\u3400-\u9fff·]{2,12}?)(?=公开|类|办|解决|文号|[A-D]|$)"
        ),
    ),
    (
        Part.CATEGORY,
        re.compile(
            r"[（〔]?(?:(?:办理|办复|答复|承办)?(?:结果|情况|复文)?(?:类别|类型|分类)(?:标记|标识)?：?|"
            r"(?:办理结果|办复结果|解决程度|办理情况)：)[（〔]?([A-D甲乙丙])类?[）〕]?"
            r"|[（〔]?([A-D甲乙丙])类[）〕]?(?:（[^（）]{2,20}）)?|[（〔]([A-D])[）〕]"
            r"|([A-D])(?=$|[\u4e00-\u9fff]{1,12}[〔（]\d{4}[〕）])"
        ),
    ),
    (
        Part.DISCLOSURE,
        re.compile(
            r"[（〔]?(?:公开(?:属性|方式|类型|情况|意见)|信息公开(?:属性|选项)?|是否(?:同意)?公开|"
            rf"公开与否)：({_OPENLY}|是|否)[）〕]?|[（〔]?((?:此件|本件|本答复)?{_OPENLY}(?:发布)?)[）〕]?$"
        ),
    ),
    (Part.DOCUMENT_NUMBER, _DOCUMENT_NUMBER),
)
_TITLE_END = re.compile(
    r"(?:答复|回复|答复函|回复函|复函|函复|函|办理情况|办理结果|办理意见|答复意见|回复意见|会办意见|协办意见|"
    r"分办意见|办复意见|汇报|报告|情况说明|答复（函）|复函（函）|答复件)(?:（[^（）]{1,15}）)?$"
)
_OF_PAPER = re.compile(r"提案|建议|议案|会办意见|协办意见|批评和意见")
_STARTS_MID = re.compile(r"第|的|[）〕]?号|[A-Za-z]?\d|[、，）》”]|案|议|答复|复函|办理")
_LEADS = re.compile(
    r"^.*?(?:对|关于|对于|答复|回复|办理|就|函复|函告).*?(?:届|号|提案|建议|议案|《|“)"
)
_WHOLE = re.compile(r"届.{0,14}?[一二三四五六七八九十\d]次.*号")
_NO_TITLE = re.compile(
    r"[。？！]|如下|上一[条篇]|下一[条篇]|发布(?:日期|时间)|来源：|收悉|网站首页"
)
_LABELLED = re.compile(r"(?:[\u4e00-\u9fff]{0,4}(?:标题|名称|题名)|词条)：")
_WEAK_TITLE = re.compile(r"[\u4e00-\u9fff“”《》（）\d]{2,40}(?:函|答复|复函|提案|建议|意见|回复)")
_TITLE_LONGEST, _TITLE_LINES, _NEAR = 220, 5, 120


def tokens_of(segment: Segment) -> list[tuple[Part, tuple[int, int], tuple[int, int]]]:
    """The marks a line consists of: part, the mark's place, the value's place, in its view.

    Nothing where the line holds anything else.
    """
    text, at = segment.text, 0
    found: list[tuple[Part, tuple[int, int], tuple[int, int]]] = []
    while at < len(text) <= 90:
        matches = ((part, pattern.match(text, at)) for part, pattern in _TOKENS)
        part, match = next(((p, m) for p, m in matches if m and m.end() > at), (None, None))
        if not match:
            return []
        if part:
            found.append((part, match.span(), match.span(match.lastindex or 0)))
        at = match.end()
    return found


def marks_in(segment: Segment) -> list[tuple[Part, Segment]]:
    """The marks a line consists of, each the piece of the line it stands in."""
    if segment.piece and len(segment.text) == 1:  # A, one of a page's sizes of type
        return []
    found = tokens_of(segment)
    return [(part, segment.part(*segment.view.span(*place))) for part, place, _ in found]


def columns_of(segment: Segment) -> list[Segment]:
    """A line of a page's table cut around the 发文字号 it labels; any other line as it is."""
    match = _LABELLED_NUMBER.search(segment.text)
    if not match or tokens_of(segment):
        return [segment]
    start, end = segment.view.span(*match.span(1))
    cuts = (segment.start, start, end, segment.end)
    pieces = [segment.part(*places) for places in pairwise(cuts)]
    return [piece for piece in pieces if piece.text]


def title_of(head: Sequence[Segment]) -> tuple[list[Segment], list[list[Segment]]]:
    """The title's lines among those above the salutation, and those that print it once more."""
    runs: list[list[Segment]] = []
    free = list(range(max(0, len(head) - _NEAR), len(head)))
    while free:
        run = _run(head, free[-1])
        runs += [run] if run else []
        free = [n for n in free[:-1] if not run or n < head.index(run[0])]
    runs.reverse()
    if not runs:
        return _weak_title(head), []
    own = [run for run in runs if not any(segment.step for segment in run)] or runs
    best = max(own, key=lambda run: (bool(_WHOLE.search(_joined(run))), runs.index(run)))
    title = _with_body(head, best)
    return title, [run for run in runs if run is not best]


def label_end(segment: Segment) -> int:
    """Where a title begins in a line that calls it one (复文标题：…), in its view."""
    match = _LABELLED.match(segment.text)
    return match.end() if match else 0


def _joined(run: Sequence[Segment]) -> str:
    return joined(segment.view for segment in run).text


def _run(head: Sequence[Segment], end: int) -> list[Segment]:
    """The lines of the title that ends with line `end`: as few as make a whole one."""
    if not _TITLE_END.search(head[end].text[-40:]):
        return []
    passing: list[list[Segment]] = []
    for start in range(end, max(-1, end - _TITLE_LINES), -1):
        if not _can_be_title(head[start]):
            break
        run = list(head[start : end + 1])
        text = _joined(run)[label_end(run[0]) :]
        if not _is_title(text) or (head[end].step and start < end):
            continue
        if _LEADS.match(text[: -len("答复")]) and not _STARTS_MID.match(text):
            return run
        if not _STARTS_MID.match(text) or not passing:
            passing.append(run)
    return passing[0] if passing and not (head[end].step) else []


def _can_be_title(segment: Segment) -> bool:
    text = segment.text
    if len(text) > _TITLE_LONGEST or _NO_TITLE.search(text) or tokens_of(segment):
        return False
    return bool(_LABELLED.match(text)) or not ("：" in text or is_foot(segment.view))


def _is_title(text: str) -> bool:
    return (
        8 <= len(text) <= _TITLE_LONGEST
        and bool(_OF_PAPER.search(text[:-2]))
        and bool(re.search(r"届|号|关于|对|《|“", text))
    )


def _with_body(head: Sequence[Segment], run: list[Segment]) -> list[Segment]:
    """The title with the body's name that stands alone above it."""
    first = head.index(run[0])
    above = head[first - 1] if first else None
    if above and re.match(r"对|关于|答复|第", run[0].text) and is_organ(above.text):
        return [above, *run] if above.line != run[0].line else run
    return run


def _weak_title(head: Sequence[Segment]) -> list[Segment]:
    """What stands right above the salutation and is worded like a title."""
    last = head[-1:]
    return [s for s in last if not s.step and _can_be_title(s) and _WEAK_TITLE.fullmatch(s.text)]
