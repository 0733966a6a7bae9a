"""The numbers Word writes by itself before a paragraph (自动编号): 一、 （一） 1. as they are seen.

A file holds them as w:numPr, not as text; who reads the text alone loses them. ECMA-376 17.9.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from desktop.letter.numerals import chinese_numeral
from desktop.letter.ooxml import Element, W
from desktop.letter.pages.package import Package

_LEVELS = 9
_MOST = 999  # a list goes no further in Chinese numerals
_DEPTH = 10  # styles based on one another
_NUMBERS = re.compile(rb"numPr")
_STEMS = "甲乙丙丁戊己庚辛壬癸"


def _chinese(number: int) -> str:
    return chinese_numeral(number) if 0 < number <= _MOST else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) if number > 0 else ""


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 0 < number <= 20 else str(number)


# w:numFmt → a number as it is written; what is not here is written in digits
_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": _chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"（{number}）",
    "ideographTraditional": lambda number: _STEMS[(number - 1) % len(_STEMS)],
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its first number, how numbers are written, the text around (%1、)."""

    start: int
    write: Callable[[int], str]
    text: str
    is_bullet: bool


class Numbering:
    """The lists of a document; it counts as its paragraphs are asked for, in their order."""

    def __init__(self, package: Package | None) -> None:
        """Read word/numbering.xml, and the styles once a paragraph has one; a broken or missing
        part numbers nothing."""
        numbering = package.xml("word/numbering.xml") if package else None
        self._package = package
        self._lists = dict(_lists(numbering)) if numbering is not None else {}
        self._counts: dict[str, list[int]] = {}

    def before(self, paragraph: Element) -> str:
        """The number seen before this w:p, or nothing; each paragraph is asked for once."""
        if not self._lists:
            return ""
        number, depth = self._place(paragraph)
        family, levels = self._lists.get(number, ("", ()))
        if not 0 <= depth < len(levels):
            return ""
        counts = self._counts.setdefault(family, [])
        del counts[depth + 1 :]
        counts += [level.start for level in levels[len(counts) : depth]]
        if len(counts) == depth:
            counts.append(levels[depth].start)
        else:
            counts[depth] += 1
        level = levels[depth]
        if level.is_bullet:
            return ""
        text = level.text
        for n, (count, one) in enumerate(zip(counts, levels, strict=False), 1):
            text = text.replace(f"%{n}", one.write(count))
        return text

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, or its style's."""
        properties = paragraph.find("{*}pPr")
        if properties is None:
            return "", 0
        number, depth = _numbered(properties)
        if number is None:
            style = _value(properties.find("{*}pStyle"))
            number, inherited = self._styles.get(style, ("", 0)) if style else ("", 0)
            depth = inherited if depth is None else depth
        return number, depth or 0

    @cached_property
    def _styles(self) -> dict[str, tuple[str, int]]:
        """They are long, and seldom number anything."""
        styles = self._package.xml("word/styles.xml", _NUMBERS) if self._package else None
        return {} if styles is None else dict(_styled(styles))


def _lists(numbering: Element) -> Iterator[tuple[str, tuple[str, tuple[_Level, ...]]]]:
    """numId → what it counts with, and its levels. Lists of one abstract one count together."""
    abstract = {_attribute(one, "abstractNumId"): one for one in numbering.iter("{*}abstractNum")}
    for number in numbering.iter("{*}num"):
        family = _value(number.find("{*}abstractNumId"))
        element = abstract.get(family)
        if element is None:
            continue
        key = _attribute(number, "numId")
        overridden = {_attribute(o, "ilvl"): o for o in number.iter("{*}lvlOverride")}
        levels = tuple(_level(lvl, overridden) for lvl in element.findall("{*}lvl")[:_LEVELS])
        yield key, (f"num {key}" if overridden else family, levels)


def _level(level: Element, overridden: dict[str, Element]) -> _Level:
    override = overridden.get(_attribute(level, "ilvl"))
    start = _value(level.find("{*}start"))
    if override is not None:
        other = override.find("{*}lvl")
        level = level if other is None else other
        start = _value(override.find("{*}startOverride")) or _value(level.find("{*}start"))
    form = _value(level.find("{*}numFmt")) or "decimal"
    text = _value(level.find("{*}lvlText"))
    number = int(start) if start.isdecimal() and len(start) < 6 else 1
    return _Level(number, _FORMATS.get(form, str), text, form == "bullet")


def _styled(styles: Element) -> Iterator[tuple[str, tuple[str, int]]]:
    """Paragraph style → its list and level, its own or of the style it is based on."""
    known = {_attribute(style, "styleId"): style for style in styles.iter("{*}style")}
    for name in known:
        style: Element | None = known[name]
        for _ in range(_DEPTH):
            if style is None:
                break
            properties = style.find("{*}pPr")
            number, depth = (None, None) if properties is None else _numbered(properties)
            if number is not None:
                yield name, (number, depth or 0)
                break
            style = known.get(_value(style.find("{*}basedOn")))


def _numbered(properties: Element) -> tuple[str | None, int | None]:
    level = _value(properties.find("{*}numPr/{*}ilvl"))
    number = properties.find("{*}numPr/{*}numId")
    depth = int(level) if level.isdecimal() and len(level) < 3 else None
    return (None if number is None else _value(number)), depth


def _value(element: Element | None) -> str:
    return "" if element is None else _attribute(element, "val")


def _attribute(element: Element, name: str) -> str:
    return str(element.get(f"{{{W}}}{name}", ""))
