"""What a careful typist would see on the finished pages (排版提示); shown, never printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.letter.blocks import Role
from desktop.letter.layout import Pt
from desktop.paper.draw import Page, Placed

_TEXT = (Role.BODY, Role.CELL, Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
_PARAGRAPHS = (*_TEXT, Role.SALUTATION, Role.NOTE)  # whose last line may hold one character
_FOOT = (Role.SIGNATURE, Role.DATE)
_LONGEST, _SHORTEST = 20, 4  # characters of a line of the title (7.3.1), of its last line
_SLACK: Pt = 1

LONELY = "这一段的末行只有一个字，可删去一两个字收进上一行，或增写几个字。"
HOLLOW = "标题中间一行比上下两行都短，不成梯形或菱形，可在“函件”的标题里按回车重新断行。"
SHORT_END = "标题末行不足四个字，可在“函件”的标题里按回车重新断行。"
TOO_LONG = "标题这一行超过二十个字，可在“函件”的标题里按回车断行。"
TORN_NAME = "标题在书名号中间断了行，可在“函件”的标题里按回车重新断行。"
FOOT_ALONE = "署名和日期这一页没有正文，可增删正文几行，使它们与正文同页。"
NO_TEXT_FIRST = "首页没有正文；国家标准规定公文首页必须显示正文，可缩短标题或称谓。"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: the page (from 1), the line on it (from 0), what and what to do."""

    page: int
    line: int
    sentence: str


def remarks(pages: Sequence[Page]) -> tuple[Remark, ...]:
    """Every remark on `pages`, in reading order."""
    found = [*_title(pages[:1]), *_lonely(pages), *_without_text(pages)]
    return tuple(sorted(found, key=lambda remark: (remark.page, remark.line)))


def _lonely(pages: Sequence[Page]) -> Iterator[Remark]:
    """孤字: the last line of a paragraph holds one hanzi."""
    for page in pages:
        for number, placed in enumerate(page.lines):
            line = placed.line
            if len(line.text) > 4 or line.role not in _PARAGRAPHS or not line.spans:
                continue
            continues = line.spans[0].at > 0 and line.edges[0] < _SLACK
            words = [character for character in line.text if character.isalnum()]
            if continues and len(words) == 1 and words[0] >= "\u3400":
                yield Remark(page.number, number, LONELY)


def _title(pages: Sequence[Page]) -> Iterator[Remark]:
    """7.3.1: 梯形 or 菱形, split by meaning. One remark for a title, on the line that is wrong."""
    for page in pages:
        lines = [(n, p) for n, p in enumerate(page.lines) if p.line.role is Role.TITLE]
        if wrong := _wrong_in([placed for _, placed in lines]):
            place, sentence = wrong
            yield Remark(page.number, lines[place][0], sentence)


def _wrong_in(title: list[Placed]) -> tuple[int, str] | None:
    widths = [placed.line.edges[-1] - placed.line.edges[0] for placed in title]
    opened = 0
    for place, placed in enumerate(title):
        text = placed.line.text.strip()
        opened += text.count("《") - text.count("》")
        last = place == len(title) - 1
        if len(text) > _LONGEST:
            return place, TOO_LONG
        if opened > 0 and not last:
            return place, TORN_NAME
        if place and last and len(text) < _SHORTEST:
            return place, SHORT_END
        if place and not last:
            beside = min(widths[place - 1], widths[place + 1])
            if widths[place] + _SLACK < beside:
                return place, HOLLOW
    return None


def _without_text(pages: Sequence[Page]) -> Iterator[Remark]:
    """A first page, or one with the 落款, that shows nothing of the body (7.3.3, 7.3.5.5)."""
    for page in pages:
        roles = [placed.line.role for placed in page.lines]
        if any(role in _TEXT for role in roles):
            continue
        foot = next((n for n, role in enumerate(roles) if role in _FOOT), None)
        if foot is not None and page.number > 1:
            yield Remark(page.number, foot, FOOT_ALONE)
        if page.number == 1 and len(pages) > 1 and roles:
            yield Remark(1, len(roles) - 1, NO_TEXT_FIRST)
