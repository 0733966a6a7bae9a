"""成文日期 as letters bear it: Arabic, Chinese, with marks, with characters lost on the way."""

import re
from datetime import date

from desktop.letter.numerals import parse_date

_MARKED = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_LOST = re.compile(r"(\d{4})年?(\d{2,4})日?")
_DIGIT = r"[\dOo〇○零一二三四五六七八九十]"
_BLANK = re.compile(rf"{_DIGIT}{{0,8}}年(?:{_DIGIT}{{0,3}}月)?(?:{_DIGIT}{{0,3}}日)?")
_CHINESE_ZERO = str.maketrans("0OoＯ○零", "〇〇〇〇〇〇")
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
AT_END = re.compile(
    r"(?:\d\s*){4}年\s*(?:\d\s*){1,2}月\s*(?:\d\s*){1,2}日$"
    r"|[0OoＯ〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}$"
)


def read_date(text: str) -> date | None:
    """The day a line without white space says, however it is written; None where it says none.

    Digits run together (2022817) are read where only one day can be meant.
    """
    text = text.strip("（）").translate(_TENS)
    if match := _MARKED.fullmatch(text):
        return _day(*match.groups())
    if day := parse_date(text) or parse_date(text.translate(_CHINESE_ZERO)):
        return day
    if match := _LOST.fullmatch(text):
        rest = match[2]
        splits = [(rest[:n], rest[n:]) for n in (1, 2) if 1 <= len(rest) - n <= 2]
        days = [_day(match[1], m, d) for m, d in splits if not m.startswith("0") or len(m) == 2]
        meant = {day for day in days if day}
        return meant.pop() if len(meant) == 1 else None
    return None


def is_date(text: str) -> bool:
    """Whether a line without white space is a date, also one to be filled in or half lost."""
    return len(text) <= 20 and bool(_BLANK.fullmatch(text) or read_date(text))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if 1949 <= made.year <= 2100 else None
