"""Numbers of a person that no letter should carry: 手机号 and 身份证号 (GB 11643-1999)."""

import re
import string
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

# one character for one: places stay what they are
_NARROW = str.maketrans(
    {chr(ord(c) + 0xFEE0): c for c in string.ascii_letters + string.digits + "+-"}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\t\u00a0\u2002\u2003\u2009\u202f\u3000", " ")
)
_GAP = "[ -]{0,2}"
_MEASURED = "(?: ?(?:万|亿|元|吨|立方|平方|千瓦|公里))"  # an amount, no telephone
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9][.,-])(?:(?:\+|00)?86{_GAP})?"
    rf"(1[3-9]\d(?:{_GAP}\d{{4}}{_GAP}\d{{4}}|\d[ -]\d{{3}}[ -]\d{{4}}|[ -]\d{{3}}[ -]\d{{5}}))"
    rf"(?![0-9A-Za-z])(?![.,][0-9])(?!{_MEASURED})",
    re.ASCII,
)
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
_IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z])({_PROVINCE}\d{{4}}{_GAP}(?:\d{{8}}{_GAP}\d{{3}}[0-9Xx]|\d{{6}}{_GAP}\d{{3}}))"
    rf"(?![0-9A-Za-z])(?!{_MEASURED})",
    re.ASCII,
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Number(NamedTuple):
    """A number found in a text: the characters it fills, and its digits without anything between.

    Of a 手机号 the digits are without 86.
    """

    start: int
    end: int
    digits: str


def mobiles(text: str) -> Iterator[Number]:
    """手机号 in `text`: 13800000000, 138-0000-0000, +86 138 0000 0000, full-width digits."""
    for match in _MOBILE.finditer(text.translate(_NARROW)):
        yield Number(*match.span(), digits(match[1]))


def identities(text: str, today: date) -> Iterator[Number]:
    """身份证号 in `text`: 18 places whose check and birthday hold, or 15 of the old form."""
    for match in _IDENTITY.finditer(text.translate(_NARROW)):
        found = Number(*match.span(), digits(match[1]))
        if _is_identity(found.digits, today):
            yield found


def digits(text: str) -> str:
    """The digits of `text`, and the X a 身份证号 may end with."""
    return "".join(c for c in text.translate(_NARROW).upper() if c in "0123456789X")


def _is_identity(number: str, today: date) -> bool:
    if len(number) == 15:
        return _born(f"19{number[6:12]}", today)
    total = sum(int(n) * weight for n, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17] and _born(number[6:14], today)


def _born(day: str, today: date) -> bool:
    """Whether somebody may have been born on this day, YYYYMMDD."""
    try:
        return date(1900, 1, 1) <= date(int(day[:4]), int(day[4:6]), int(day[6:])) <= today
    except ValueError:
        return False
