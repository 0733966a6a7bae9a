"""Chinese numerals, dates and ordinals (层次序数) as official letters write them."""

import re
from datetime import date

_DIGITS = "〇一二三四五六七八九"
_READ = {**{d: n for n, d in enumerate(_DIGITS)}, "零": 0, "○": 0, "Ｏ": 0, "两": 2}
ORDINAL = re.compile(
    r"[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)"
)


def chinese_numeral(number: int) -> str:
    """1…999 as 一 … 九百九十九 (the reply numbers of a letter)."""
    if number > 99:
        hundreds, rest = divmod(number, 100)
        joined = "零" * (0 < rest < 10) + ("一" if 10 <= rest < 20 else "")
        return _DIGITS[hundreds] + "百" + joined + (chinese_numeral(rest) if rest else "")
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def arabic(numeral: str) -> int | None:
    """The number a Chinese or Arabic numeral up to 99 means, or None."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if any(d not in _READ for d in tens + ones) or len(tens) > 1 or (ten and len(ones) > 1):
        return None
    if not ten:
        return int("".join(str(_READ[d]) for d in ones)) if ones else None
    return (_READ[tens] if tens else 1) * 10 + (_READ[ones] if ones else 0)


def ordinal_of(text: str) -> str:
    """The 层次序数 typed at the head of a sub-heading (一、 （一） 1. （1）), or nothing."""
    match = ORDINAL.match(text)
    if not match:
        return ""
    return text[: len(text) - len(text[match.end() :].lstrip())]


def format_date(day: date) -> str:
    """成文日期 in Arabic digits without leading zeros, 2024年9月5日 (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_CHINESE_DATE = re.compile(
    r"([〇○Ｏ零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


def parse_date(text: str) -> date | None:
    """The full date a line consists of, in Arabic or Chinese digits, blanks allowed, or None."""
    squeezed = re.sub(r"\s", "", text)
    if match := _DATE.fullmatch(squeezed):
        year, month, day = (int(part) for part in match.groups())
    elif match := _CHINESE_DATE.fullmatch(squeezed):
        year = int("".join(str(_READ[d]) for d in match[1]))
        month, day = arabic(match[2]) or 0, arabic(match[3]) or 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
