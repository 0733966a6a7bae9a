"""Whom a letter addresses, and who proposed what it answers."""

import re
from collections.abc import Iterator

from desktop.letter.foreign.anatomy import Fact, Found
from desktop.letter.foreign.organs import is_organ
from desktop.letter.foreign.view import View
from desktop.letter.numerals import arabic
from desktop.letter.proposal.proposers import BODY_END, is_body

_MEMBER = r"(?:政协委员|人大代表|委员(?!会|小组)|代表(?!团|小组))"
_NUMERAL = r"[\d一二三四五六七八九十]{1,4}"
_GREETING = r"，?(?:您好|您们好|你们好|你好)?[：！，。]*(?:您好|你们好)?！?"
_PEOPLE = re.compile(
    rf"(?:尊敬的|致)?([^。；？！《》“”：]{{1,300}}?){_MEMBER}(?:们|同志|（?等{_NUMERAL}[名位人]）?)?{_GREETING}"
)
_PAGE_WORDS = r"来源|作者|日期|时间|栏目|标题|办理|建议|提案|答复|意见|公开|工作|关于"
_NOBODY = re.compile(
    rf"(?:首页|人大|政协|[省市县区州](?:级|人大|政协|$)|各级|全国|.*(?:{_PAGE_WORDS})).*"
)
_COUNT = re.compile(rf"（?等?共?({_NUMERAL})[名位人个]）?$|（?等({_NUMERAL})）?$")
_COUNT_ONLY = re.compile(r"[二两三四五六七八九十]位$")
_ET_AL = re.compile(r"[（]?等[）]?$")
_HANZI = r"[\u3400-\u9fff]"
_ONE = re.compile(rf"(.{{2,15}}?){_MEMBER}")
_NAME = re.compile(rf"(?:{_HANZI}|·){{2,15}}")
_BETWEEN = re.compile(
    rf"（[^（）]{{1,8}}）|{_MEMBER}?[、，；]|{_MEMBER}"  # （领衔） is no part of a name
    rf"|(?<={_HANZI}{{2}})[及和与](?={_HANZI}{{2}})"  # but not 李清和
)
_AND = "及和与"
_PLACE = "省市区县州旗"
_NAMED = re.compile(
    rf"(?:^|[，。：（]|现将|现对|现就|针对|关于|对|将|就|号)"
    rf"([\u3400-\u9fff·、]{{2,60}}?)(?:等)?(?:[（]?等?\d{{1,3}}[名位人][）]?)?{_MEMBER}"
    rf"(?:[（]?等\d{{1,3}}[名位人][）]?)?(?:在|提出|所提|提交|的|《|“)"
)
_NAMED_BODY = re.compile(
    rf"(?:^|[，。：（]|现将|现对|现就|针对|关于|对|将|就)([\u3400-\u9fff、]{{2,60}}?{BODY_END})(?:等)?"
    r"(?:在[^。，]{2,40})?(?:提出|所提|提交)"
)
_LABELLED = re.compile(r"(?:提案|建议|提出|领衔)人：([\u3400-\u9fff·、]{2,60})")
_BEFORE_NAME = re.compile(
    r".*(?:现将|现对|现就|针对|关于|贵[局委办单位]{1,2}转来的?|将|对|就|转来的?|的)"
)


def is_people_call(text: str) -> bool:
    """称谓 of persons: 尊敬的…委员：, 某某等N名代表您好, the colon may be missing."""
    if (match := _PEOPLE.fullmatch(text[:400])) and not _NOBODY.fullmatch(match[1]):
        return True
    names = _listed(text)  # 何静委员、民进某区总支：
    found = ((name, _ONE.fullmatch(name)) for name in names)
    members = [name for name, one in found if one and not _NOBODY.fullmatch(one[1])]
    return (
        bool(members)
        and text.endswith("：")
        and all(name in members or _is_body(name) or _NAME.fullmatch(name) for name in names)
    )


def is_body_call(text: str) -> bool:
    """称谓 of bodies, before a colon: 市教育局：, 民建某区总支、某区工商联："""
    return text.endswith("：") and all(map(_is_body, _listed(text)))


def _is_body(name: str) -> bool:
    return is_organ(name) or is_body(name)


def _listed(text: str) -> list[str]:
    return re.split("[、，]", text.removeprefix("尊敬的").removesuffix("："))


def addressees_of(salutation: View) -> Iterator[Found]:
    """Those a 称谓 names, one by one, and the N of 等N名."""
    text = salutation.text
    start = 3 if text.startswith("尊敬的") else 0
    end = _without(f"{_GREETING}$", text, len(text))
    end = _without(_MEMBER + r"(?:们|同志)?$", text, end)
    counted = _COUNT.search(text[:end])
    if counted and not _COUNT_ONLY.search(text[counted.start() : end]):
        numeral = counted[1] or counted[2]
        number = arabic(numeral)
        if number is not None:
            yield Found(Fact.ADDRESSEE_COUNT, str(number), *salutation.span(counted.start(), end))
    end = counted.start() if counted else _without(_ET_AL.pattern, text, end)
    end = _without(_MEMBER + "$", text, end)
    yield from names_in(salutation, start, end, Fact.ADDRESSEE)


def _without(pattern: str, text: str, end: int) -> int:
    while (match := re.search(pattern, text[:end])) and match[0]:
        end = match.start()
    return end


def names_in(view: View, start: int, end: int, fact: Fact) -> Iterator[Found]:
    """The names of a list between two places of a view."""
    at = start
    found = _BETWEEN.finditer(view.text, start, end)
    bounds = [match.span() for match in found if not _inside_body(match, end)]
    for before, after in (*bounds, (end, end)):
        if before > at and view.text[at:before] != "各位":
            yield from _names(view, at, before, fact)
        at = after


def _inside_body(between: re.Match[str], end: int) -> bool:
    """Whether an “and” stands in a body's own name (城乡建设和环境委员会)."""
    if between[0] not in _AND:
        return False
    text = between.string
    before = re.split("[、，；]", text[: between.start()])[-1]
    after = re.split("[、，；]", text[between.end() : end])[0]
    person = len(before) < 4 and before[:1] not in _PLACE
    return _is_body(after) and not _is_body(before) and not person


def _names(view: View, start: int, end: int, fact: Fact) -> Iterator[Found]:
    """One name, or several set apart by blanks alone; a blank may stand in a name (杨 强)."""
    cuts = [n for n in range(start + 1, end) if view.blank_before(n)]
    pieces = list(zip((start, *cuts), (*cuts, end), strict=True))
    if all(after - before >= 2 for before, after in pieces):
        for before, after in pieces:
            yield Found(fact, view.plain(before, after), *view.span(before, after))
    else:
        yield Found(fact, view.plain(start, end), *view.span(start, end))


def named_in(opening: View, fact: Fact) -> list[Found]:
    """Those an opening says proposed it (某某委员在…提出的), where no 称谓 addresses them."""
    searched = (one.search(opening.text) for one in (_NAMED, _NAMED_BODY, _LABELLED))
    match = next(filter(None, searched), None)
    if not match:
        return []
    start, end = match.span(1)
    if before := _BEFORE_NAME.match(opening.text, start, end):
        start = before.end()
    end = _without(_ET_AL.pattern, opening.text[:end], end)
    return list(names_in(opening, start, end, fact))
