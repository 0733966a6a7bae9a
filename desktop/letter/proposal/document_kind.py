"""What a file is: a proposal (提案、建议), a reply (答复), a 会办 opinion, both in one, or another.

A reply says what was received and ends its opening in “…如下”; a proposal has its title, its form,
or a heading under which suggestions follow. Where a letter and its proposal stand in one file, the
place is given where one ends and the other begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.letter.clean import without_white
from desktop.letter.proposal.proposal_form import Label, begins_with_label, entries_of
from desktop.letter.proposal.proposal_lines import Line, is_date, is_page_mark, is_title
from desktop.letter.proposal.suggestion_finder import has_section

Span = tuple[int, int]


class DocumentKind(StrEnum):
    """What a file is, as a word of the exchange format."""

    PROPOSAL = "proposal"
    REPLY = "reply"
    OPINION = "opinion"
    BOTH = "both"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is; where in its text the proposal stands, and where the letter."""

    kind: DocumentKind
    proposal: Span | None = None
    letter: Span | None = None


_RECEIVED = re.compile("收悉|知悉|已收到|收阅|收到.{0,10}(?:提案|建议)|交.{0,12}办理")
_ANSWERS = re.compile(
    "(?:答复|回复|函复|复函|函告|汇报|报告|反馈|办理情况)[^。]{0,8}如下|如下(?:答复|回复)"
    "|贵(?:局|委|办|单位)[^。]{0,100}(?:意见[^。]{0,6}如下|如下意见)"
)
_TO_THEM = re.compile(
    "[你您]们?|贵(?:党派|支部|单位|局|委|办)|所提|(?:委员|代表)(?:等.{0,6})?(?:在|提出)"
)
_ABOUT = re.compile("提案|建议|议案|《|“")
_LETTER_TITLE = re.compile(
    r".{0,100}(?:提案|建议|议案|会议|号|《|》|件).{0,60}(?:答复|复函|答复函|的函|(?:会办|协办)意见|会办函|回复)(?:函|意见)?$"
)
_OPINION = re.compile("(?:会办|协办)(?:意见|函)|(?:会办|协办)[^。]{0,40}的(?:意见|函)$")
_OPINION_FOLLOWS = re.compile("如下(?:会办|协办)意见|(?:会办|协办)意见[^。]{0,6}如下")
_CALL = re.compile(
    r"(?!各位|尊敬的各位)[^。；：]{2,60}(?:委员|代表)(?:们|同志)?(?:，?[您你]们?好)?[：，！]"
)
_HEAD_LINE = re.compile(
    r".{0,30}[〔【（(]\d{4}[〕】）)]第?\s?\d{0,5}\s?号|.{0,12}类别：.{0,6}|签发人.{0,12}|(?:是否|主动|依申请|不予)公开.{0,10}"
    r"|公开属性.{0,12}|.{2,30}(?:局|委员会|办公室|政府|厅|院|部|中心|街道办事处)(?:文件|函|（函）)?"
    r"|(?:对|关于).{0,60}"
)
_ATTACHED = re.compile(
    r"附件?\d{0,2}\s?[：:、]?\s{0,3}.{0,40}(?:原文|提案|建议|议案)|(?:提案|建议|议案)原[文件][：:]?$"
)
_OTHER_TITLE = re.compile(
    ".{0,60}(?:通知|通告|公告|公示|纪要|总结|报告|方案|办法|规定|讲话|请示|批复|合同|计划|要点|简报|函)$"
)
_TITLE_LINES, _HEAD_LINES, _MATTER = 12, 8, 100


def verdict_of(lines: Sequence[Line]) -> Verdict:
    """What the file of these lines is."""
    if not lines:
        return Verdict(DocumentKind.OTHER)
    whole = (0, lines[-1].end)
    opening = next((n for n in range(len(lines)) if _is_opening(lines, n)), None)
    if opening is None:
        return _without_opening(lines, whole)
    start = _letter_start(lines, opening)
    before = lines[:start]
    if _says_something(before) and is_proposal(before):
        border = lines[start].start
        return Verdict(DocumentKind.BOTH, (0, border), (border, whole[1]))
    after = _proposal_start(lines, opening)
    if after is not None:
        border = lines[after].start
        return Verdict(DocumentKind.BOTH, (border, whole[1]), (0, border))
    head = [line.text for line in lines[start : opening + 2]]
    return Verdict(_letter_kind(head), letter=whole)


def _without_opening(lines: Sequence[Line], whole: Span) -> Verdict:
    """A letter known by its title or 称谓, a proposal, or neither."""
    head = [without_white(line.text[:200]) for line in lines[:_TITLE_LINES]]
    for text in head:
        if _LETTER_TITLE.fullmatch(text) or (_CALL.fullmatch(text) and not begins_with_label(text)):
            return Verdict(_letter_kind(head), letter=whole)
    is_one = is_proposal(lines)
    return Verdict(DocumentKind.PROPOSAL, whole) if is_one else Verdict(DocumentKind.OTHER)


def is_proposal(lines: Sequence[Line]) -> bool:
    """Whether these lines are a proposal's: by its title, its form, or a heading of suggestions."""
    if any(is_title(line.text) for line in lines[:_TITLE_LINES]) or _has_form(lines):
        return True
    first = [line.text for line in lines[:3]]
    return has_section(lines) and not any(_OTHER_TITLE.fullmatch(text) for text in first)


def _says_something(lines: Sequence[Line]) -> bool:
    """Whether there is more than a page's path and a title."""
    sentences = sum("。" in line.text for line in lines)
    return sentences > 0 or sum(len(line.text) for line in lines) > _MATTER


def _has_form(lines: Sequence[Line]) -> bool:
    entries = entries_of([(line.start, line.text) for line in lines[: 3 * _TITLE_LINES]])
    return any(entry.label in (Label.SUBJECT, Label.PROPOSER) for entry in entries)


def _letter_kind(head: Sequence[str]) -> DocumentKind:
    is_opinion = any(_OPINION.search(text[-60:]) for text in head)
    return DocumentKind.OPINION if is_opinion else DocumentKind.REPLY


def _is_opening(lines: Sequence[Line], number: int) -> bool:
    """Whether a line, with the one after it, says what was received and that it is answered."""
    text = without_white(lines[number].text[:400])
    if _OPINION_FOLLOWS.search(text):
        return True
    if not _ABOUT.search(text) or not (_TO_THEM.search(text) or _RECEIVED.search(text)):
        return False
    following = lines[number + 1].text[:200] if number + 1 < len(lines) else ""
    says_so = _ANSWERS.search(text) or (_RECEIVED.search(text) and _ANSWERS.search(following))
    return bool(says_so) or bool(_RECEIVED.search(text) and re.search("[你您]们?", text))


def _letter_start(lines: Sequence[Line], opening: int) -> int:
    """The first line of the head above an opening: 称谓, title, 文号, 类别."""
    start = opening
    while start and start > opening - 3 and lines[start - 1].text.endswith("："):
        start -= 1
    lowest = max(0, start - _HEAD_LINES)
    found = start
    for n in range(start - 1, lowest - 1, -1):
        text = lines[n].text
        if is_date(text) or is_title(text) or "。" in text:
            break
        if _LETTER_TITLE.fullmatch(text) or _HEAD_LINE.fullmatch(text):
            found = n
    return found


def _proposal_start(lines: Sequence[Line], opening: int) -> int | None:
    """The first line of the proposal that follows a letter: after its date, or after 附：."""
    is_over = False
    for n in range(opening + 1, len(lines)):
        text = lines[n].text
        is_over = is_over or is_date(text) or bool(_ATTACHED.match(text[:100]))
        if not is_over or is_page_mark(text):
            continue
        if _ATTACHED.match(text[:100]) and is_date(lines[n - 1].text):
            return n
        if is_title(text) or _has_form([lines[n]]):
            return n - 1 if _ATTACHED.match(lines[n - 1].text[:100]) else n
    return None
