"""Where Latin text and numbers may be broken (西文断行): UAX #14 as LibreOffice tailors it. Pure.

LibreOffice asks these rules wherever the last letter or digit before the line's edge is Latin, and
then they hold for the Chinese marks around it too: ，2024 is not broken, nor is “ABC”的.
"""

import unicodedata
from enum import StrEnum
from functools import cache


class _Class(StrEnum):
    """The line breaking classes of UAX #14 that our letters meet."""

    ALPHABETIC = "AL"
    BREAK_AFTER = "BA"
    DASH = "B2"
    CLOSING = "CL"
    COMBINING = "CM"
    EXCLAMATION = "EX"
    GLUE = "GL"
    HYPHEN = "HY"
    IDEOGRAPH = "ID"
    LEADERS = "IN"
    INFIX = "IS"
    NON_STARTER = "NS"
    NUMBER = "NU"
    OPENING = "OP"
    POSTFIX = "PO"
    PREFIX = "PR"
    QUOTE = "QU"
    SPACE = "SP"
    SLASH = "SY"
    ZERO_WIDTH_SPACE = "ZW"


_C = _Class
_NAMED = {
    character: kind
    for kind, characters in {
        _C.ALPHABETIC: "°",
        _C.BREAK_AFTER: "\t|\u00ad‐‒–‧",
        _C.DASH: "—",
        _C.CLOSING: "、。，．､｡",
        _C.EXCLAMATION: "!?！？",
        _C.GLUE: "\u00a0\u2007\u202f\u2060\ufeff",
        _C.HYPHEN: "-",
        _C.LEADERS: "‥…",
        _C.INFIX: ",.:;",
        _C.NON_STARTER: "：；々〻゛゜ゝゞ・ーヽヾ〜‼⁇⁈⁉",
        _C.POSTFIX: "%¢‰‱′″℃℉％￠",
        _C.PREFIX: "$+£¤¥±€−∓№＄￡￥",
        _C.QUOTE: "\"'",
        _C.SPACE: " ",
        _C.SLASH: "/\\",
        _C.ZERO_WIDTH_SPACE: "\u200b",
    }.items()
    for character in characters
}
_BY_CATEGORY = {
    "Ps": _C.OPENING,
    "Pe": _C.CLOSING,
    "Pi": _C.QUOTE,
    "Pf": _C.QUOTE,
    "Sc": _C.PREFIX,
    "Mn": _C.COMBINING,
    "Mc": _C.COMBINING,
    "Me": _C.COMBINING,
    "Cc": _C.COMBINING,
    "Cf": _C.COMBINING,
}
_NEVER_BEFORE = {_C.SPACE, _C.ZERO_WIDTH_SPACE, _C.CLOSING, _C.EXCLAMATION, _C.INFIX, _C.SLASH}
_NEVER_BEFORE_BUT_AFTER_SPACE = {_C.BREAK_AFTER, _C.HYPHEN, _C.NON_STARTER, _C.COMBINING}
_NEVER_BETWEEN = {
    *((before, _C.LEADERS) for before in (_C.ALPHABETIC, _C.IDEOGRAPH, _C.LEADERS, _C.NUMBER)),
    *((_C.ALPHABETIC, after) for after in (_C.ALPHABETIC, _C.NUMBER, _C.OPENING, _C.PREFIX)),
    *(
        (_C.NUMBER, after)
        for after in (_C.ALPHABETIC, _C.NUMBER, _C.OPENING, _C.PREFIX, _C.POSTFIX)
    ),
    *((_C.PREFIX, after) for after in (_C.ALPHABETIC, _C.NUMBER, _C.IDEOGRAPH)),
    *((_C.POSTFIX, after) for after in (_C.ALPHABETIC, _C.NUMBER)),
    *((_C.INFIX, after) for after in (_C.ALPHABETIC, _C.NUMBER)),
    *((_C.CLOSING, after) for after in (_C.ALPHABETIC, _C.NUMBER)),
    (_C.IDEOGRAPH, _C.POSTFIX),
    (_C.DASH, _C.DASH),
}
_OVER_SPACES = {(_C.CLOSING, _C.NON_STARTER), (_C.DASH, _C.DASH)}
_LONG_PATH = 66  # a path longer than this is broken at a slash


@cache
def _class(character: str) -> _Class:
    if character in _NAMED:
        return _NAMED[character]
    category = unicodedata.category(character)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    if unicodedata.east_asian_width(character) in "WF":
        return _C.IDEOGRAPH
    return _C.NUMBER if category == "Nd" else _C.ALPHABETIC


def may_break(text: str, at: int) -> bool:
    """Whether a line may end before `text[at]`, `at` being inside the text."""
    after = _class(text[at])
    place = at - 1
    if after in _NEVER_BEFORE:
        return _class(text[place]) is _C.ZERO_WIDTH_SPACE is not after
    spaced = text[place] == " "
    while place > 0 and text[place] == " ":
        place -= 1
    before = _class(text[place])
    if spaced:
        return before is not _C.OPENING and (before, after) not in _OVER_SPACES
    if before is _C.COMBINING:
        while place > 0 and _class(text[place]) is _C.COMBINING:
            place -= 1
        before = _class(text[place])
        if before in (_C.COMBINING, _C.SPACE):
            before = _C.ALPHABETIC
    if before is _C.ZERO_WIDTH_SPACE:
        return True
    if after in _NEVER_BEFORE_BUT_AFTER_SPACE or before is _C.OPENING:
        return False
    if {_C.QUOTE, _C.GLUE} & {before, after} or (before, after) in _NEVER_BETWEEN:
        return False
    return not _inside_number(text, place, before, after, at)


def _inside_number(text: str, place: int, before: _Class, after: _Class, at: int) -> bool:
    """Whether the border after `text[place]` lies inside a number such as $(1,234.5)% or 3/4."""
    if after is _C.OPENING and before in (_C.PREFIX, _C.POSTFIX):
        return at + 1 < len(text) and _class(text[at + 1]) is _C.NUMBER
    if after is _C.NUMBER:
        return before is _C.SLASH and _ends_number(text, place)
    if after in (_C.PREFIX, _C.POSTFIX):
        return _ends_number(text, place - 1 if before is _C.CLOSING else place)
    return False


def _ends_number(text: str, place: int) -> bool:
    while place > 0 and _class(text[place]) in (_C.SLASH, _C.INFIX):
        place -= 1
    return place >= 0 and _class(text[place]) is _C.NUMBER


def break_before(text: str, start: int, cut: int) -> int:
    """The last place up to `cut` where the line from `start` may end; none if not after `start`.

    After a slash a line ends only where more of the path would still have fitted, and never if
    there is a blank a little before: LibreOffice keeps paths together.
    """
    if text[cut - 1] != "/" and may_break(text, cut):
        return cut
    at = cut - 1
    while at > start and not may_break(text, at):
        at -= 1
    if at > start and text[at - 1] == "/":
        for place in range(at - 2, max(at - _LONG_PATH, 0) - 1, -1):
            if text[place].isspace():
                return place + 1
    return at
