"""The lines of a proposal: where they are cut, and what a line alone can be.

A line of the text is a line, but one that holds several things is cut: a flattened text at its
sections (一、…二、…), a paragraph before “为此，建议…”, behind a heading, and at the items of a
list (一是…；二是…). Every line knows its place; together they tile the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from desktop.letter.clean import for_matching
from desktop.letter.proposal.ordinals import OURS, Ordinal, ordinal_at, run_from
from desktop.letter.proposal.proposal_form import begins_with_label, is_label
from desktop.letter.proposal.proposers import names_in_signature

_BEFORE_ITEM = "；。：，、议！？”）"
_SENTENCE_END = "。！？；”）"
_ADVICE = (
    "(?:具体|主要|相关|有关|工作|对策|解决|改进|整改|问题|措施|意见|提案|几点|若干|我们?|[的及与和、])*建议"
    "(?:如下|措施|对策|意见)?"
)
_FOLLOWS = (
    r"(?:以下|如下|下列|几点|几条|几方面|几个方面|为此|因此|对此"
    r"|[一二三四五六七八九十\d][点条项个])"
)
_STRONG = re.compile(
    rf"{_ADVICE}[：:]?|对[^，。：]{{2,20}}的建议[：:]?|(?!以上|关于).{{0,50}}{_FOLLOWS}.{{0,12}}(?:建议|意见|对策)(?:如下)?[：:]?"
    r"|(?!以上|关于).{0,50}建议(?:如下[：:]?|[：:])"
)
_WEAK = re.compile(
    "(?:建议|提案)内容[：:]?|(?:(?:具体|主要|解决|对策|工作|改进|整改|几点|有关|相关|问题|下一步|建设性|[的及与和、])*"
    "(?:办法|对策|措施|方案|举措|思路|意见|途径|要求))+(?:如下)?[：:]?"
)
_REPORT = re.compile(
    "情况|现状|背景|分析|原因|成因|意义|必要性|可行性|案由|案据|理由|依据"
    "|^(?!加[强快大]|完善|提[高升]|补|解决|破解|抓|优化|健全|打造|消除|改[善进]|化解)"
    ".*(?:问题|困境|困难|不足|短板|成效|难点)"
)
_CLOSING = re.compile(
    r"以上(?:建议|意见|几点|提案|是)|此致|妥否|特此|当否|是否妥当|敬请|恳请.{0,20}(?:研究|采纳|考虑)"
    r"|(?:此|本)(?:提案|建议)|谢谢|附件?[：:\d]|附[：:]"
)
_TITLE = re.compile(r"关于.{2,60}的(?:建议|提案|议案)(?:案|书)?$")
_YEAR = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"{_YEAR}\s?年\s?{_DAY}\s?月(?:\s?{_DAY}\s?日)?$|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}$"
)
_CHROME = re.compile(
    r"首页|(?:您的?)?(?:当前|现在)位置|您现在|浏览(?:次数|量)|点击(?:数|量)|字[体号]|【?(?:打印|关闭)|\[打印|上一[篇条]|下一[篇条]"
    r"|扫一扫|扫码|版权所有|[^。]{0,20}ICP备|网站(?:标识码|地图)|技术支持|分享(?:到|至)|返回顶部|主办：|责任编辑"
)
_PAGE_MARK = re.compile(
    r"[—–\-－·\s]{0,4}\d{1,3}[—–\-－·\s]{0,4}|第\s?\d{1,3}\s?页.{0,12}|\d{1,3}\s?/\s?\d{1,3}"
)
_PROPOSES = re.compile(
    r"[。！？；”](?=\s*(?:(?:为此|因此|对此|鉴此|据此|鉴于此|为了|针对|综上|基于)[^。；：]{0,30}建议|(?:具体)?建议(?:如下)?：))"
)
_ENDS = re.compile(
    r"[。！；”]\s*(?=以上(?:建议|意见|提案|几点)[^。]{0,24}(?:请|供|妥|当否|望|敬|参考|研究)|妥否|当否|此致|特此"
    rf"|(?:联系人|联系电话|提案人|建议人|领衔代表)：|{_YEAR}年{_DAY}月{_DAY}日\s*$)"
)
_ASIDE = re.compile(r"（[^（）]{0,20}）(?=：?$)")  # 建议（措施、办法）：
_LEAD = re.compile(
    r"(?:建议|意见|对策|措施)[^。；！？]{0,20}?"
    r"(?=一[、.是要]|（\s?[一1]\s?）|1\s?[.、）]|[①⑴㈠]|[第其]一[，、：是])"
)
_FIRST_SECTION = re.compile(rf"(?:^|(?<=[\s{_SENTENCE_END}]))一\s?[、.]")
_LONGEST_HEADING, _SHORT_REPORT = 60, 20
_TRIES, _MOST_PIECES = 5, 500  # no more is looked for in a line: none may take long


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text from `start` up to `end`, or a piece of one.

    `text` is what it says, as it is matched, without the blanks around; `row` counts the lines as
    they stand in the text.
    """

    start: int
    end: int
    text: str
    ordinal: Ordinal | None
    row: int

    @property
    def kind(self) -> str:
        """The kind of its ordinal, or nothing."""
        return self.ordinal.kind if self.ordinal else ""

    @property
    def number(self) -> int:
        """The number of its ordinal, or 0."""
        return self.ordinal.number if self.ordinal else 0


def lines_of(source: str) -> list[Line]:
    """The lines of a proposal, cut where they hold several things; they tile `source`."""
    matched = for_matching(source)
    found: list[Line] = []
    start, at = 0, 0
    for row, text in enumerate(matched.split("\n")):
        at = min(at + len(text) + 1, len(matched))
        if not text.strip():
            continue  # a blank line goes with the one after it
        for place in (*_places(matched[start:at]), at - start):
            found.append(_line(matched, found[-1].end if found else 0, start + place, row))
        start = at
    if start < len(matched):  # or, at the end, with the one before
        last = found.pop() if found else None
        found.append(_line(matched, last.start if last else 0, at, last.row if last else 0))
    return list(_with_bare_labels(found, matched))


def _line(matched: str, start: int, end: int, row: int) -> Line:
    text = matched[start:end].strip()
    return Line(start, end, text, ordinal_at(text), row)


def _with_bare_labels(lines: Iterable[Line], matched: str) -> Iterator[Line]:
    """A line that is a label and no more (建议一：) and the next one are one line."""
    bare: Line | None = None
    for line in lines:
        if bare:
            line = _line(matched, bare.start, line.end, line.row)
        is_bare = line.ordinal is not None and line.ordinal.end == len(line.text)
        bare = line if is_bare and line.kind == OURS else None
        if bare is None:
            yield line
    if bare:
        yield bare


def _places(text: str) -> list[int]:
    """Where a line of the text is cut."""
    places = [0]
    for cutter in (_at_sections, _at_sentences, _behind_heading, _at_items):
        places = list(_further(text, places, cutter))
    return places[1:]


def _further(text: str, places: list[int], cutter: Callable[[str], Iterable[int]]) -> Iterator[int]:
    for start, end in zip(places, (*places[1:], len(text)), strict=True):
        yield start
        piece = text[start:end]
        blank = len(piece) - len(piece.lstrip())
        yield from (start + blank + n for n in cutter(piece.strip()) if n > 0)


def _at_sections(text: str) -> Iterable[int]:
    for match in islice(_FIRST_SECTION.finditer(text), _TRIES):
        starts = run_from(text, match.start(), _SENTENCE_END)
        if len(starts) > 1:
            return starts
    return ()


def _at_sentences(text: str) -> Iterable[int]:
    found = chain(_PROPOSES.finditer(text), _ENDS.finditer(text))
    return sorted({match.end() for match in islice(found, _MOST_PIECES)})


def _behind_heading(text: str) -> Iterable[int]:
    ordinal = ordinal_at(text)
    start = ordinal.end if ordinal else 0
    for end in re.finditer(r"[。：\s】]+", text[start : start + _LONGEST_HEADING]):
        heading = text[start : start + end.start()].strip("【")
        after = start + end.end()
        following = ordinal_at(text, after)
        is_list = following is not None and following.number == 1
        if after < len(text) and is_heading(f"{heading}：", weak=is_list):
            return (after,)
    return ()


def _at_items(text: str) -> Iterable[int]:
    ordinal = ordinal_at(text)
    if ordinal and len(starts := run_from(text, 0, _BEFORE_ITEM)) > 1:
        return starts
    if ordinal:
        return ()
    for match in islice(_LEAD.finditer(text), _TRIES):
        starts = run_from(text, match.end(), _BEFORE_ITEM)
        if len(starts) > 1:
            sentence = max(text.rfind(mark, 0, match.start()) for mark in "。！？；")
            return (sentence + 1, *starts)
    return ()


def is_heading(text: str, *, weak: bool = False) -> bool:
    """Whether a line's text says that suggestions follow (三、意见建议; …，建议如下：).

    `weak` takes 对策措施, 解决办法 and the like, which do not name the word.
    """
    ordinal = ordinal_at(text)
    bare = text[ordinal.end :] if ordinal else text
    bare = _ASIDE.sub("", bare).strip("【】 \u3000").rstrip("。")
    last = bare[-200:].rpartition("。")[2]
    if len(last) > _LONGEST_HEADING or begins_with_label(last):
        return False
    return bool(_STRONG.fullmatch(last) or (weak and _WEAK.fullmatch(last)))


def is_report(line: Line) -> bool:
    """Whether a numbered line begins a section that tells what is the matter (情况、问题、原因)."""
    heading = line.text[line.ordinal.end if line.ordinal else 0 :][:_LONGEST_HEADING]
    short = re.split("[。：\\s]", heading, maxsplit=1)[0]
    return len(short) <= _SHORT_REPORT and "建议" not in short and bool(_REPORT.search(short))


def is_title(text: str) -> bool:
    """Whether a line is a proposal's title (关于…的提案), or its last line."""
    return bool(_TITLE.match(text[:100]))


def is_page_mark(text: str) -> bool:
    """Whether a line is a page's number or a part of a web page (发布时间, 打印)."""
    return bool(_PAGE_MARK.fullmatch(text[:30]) or (len(text) <= 80 and _CHROME.match(text)))


def ends_proposal(text: str) -> bool:
    """Whether a line stands outside the matter: a form's field, a closing, a date, a title."""
    return bool(
        is_title(text)
        or _CLOSING.match(text)
        or is_date(text)
        or begins_with_label(text)
        or is_label(text)
    )


def is_date(text: str) -> bool:
    """Whether a line is a day, in Arabic or Chinese digits."""
    return bool(_DATE.match(text[:30]))


def tail_of(lines: list[Line]) -> int:
    """The number of the first line of the signature at the end, or of what stands after all."""
    end = len(lines)
    while end and is_page_mark(lines[end - 1].text):
        end -= 1
    place = end
    while place and (is_date(lines[place - 1].text) or begins_with_label(lines[place - 1].text)):
        place -= 1
    while place < end and place and not lines[place - 1].ordinal:
        if not names_in_signature(lines[place - 1].text):
            break
        place -= 1
    return place
