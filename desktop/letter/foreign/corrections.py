"""What a handler corrects in a letter taken apart: a selection of the source becomes a part of it,
or tells a fact; everything else follows.

Nothing is dropped: what a new part displaces becomes body, where it stands between the letter's
head and its foot, or is left out with that reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.errors import InputError
from desktop.letter.foreign import findings
from desktop.letter.foreign.anatomy import Anatomy, Correction, Fact, Found, Mark, Part
from desktop.letter.foreign.dates import is_date
from desktop.letter.foreign.people import addressees_of
from desktop.letter.foreign.segments import Segment, segment_between
from desktop.letter.foreign.view import View, view_of
from desktop.letter.numerals import arabic

NOTHING = "没有选中文字，没有改动，请先在左边的原文里选中要用的那一段。"
_ADDED = (Part.BODY, Part.CLOSING, Part.ATTACHMENTS, Part.LEFT_OUT)  # others are one place each
_HEAD = (Part.TITLE, Part.SALUTATION, Part.OPENING)
_FOOT = (Part.CLOSING, Part.ATTACHMENTS, Part.SIGNATURE, Part.DATE, Part.CONTACT, Part.COPIES)
_NAMES = Fact.ADDRESSEE  # as a 称谓 has them
_DISPLACED, _NOT_OF_IT = "更正时换下", "指明不属于函件"
_QUOTES = "《》〈〉“”‘’「」『』\"'＂＇"
_NUMBER = re.compile(r"[A-Za-z]{0,2}\d[\d-]{0,18}[A-Za-z]?|[一二三四五六七八九十]{1,3}")
_DASHES = str.maketrans("—–－", "---")
_BESIDE_NUMBER = r"(?:提案|建议|议案|编号|[第号（）〔〕：])"
_AROUND_NUMBER = re.compile(rf"^{_BESIDE_NUMBER}+|{_BESIDE_NUMBER}+$")
# what the words of a mark tell where the reader does not know them: fact, value, its name
_TOLD: dict[Part, tuple[Fact, re.Pattern[str], str]] = {
    Part.CATEGORY: (Fact.CATEGORY, re.compile(r"[A-D甲乙丙]"), "办理结果类别"),
    Part.DISCLOSURE: (Fact.DISCLOSURE, re.compile(r"[\u4e00-\u9fff]{0,3}公开|[是否]$"), "公开属性"),
    Part.DOCUMENT_NUMBER: (Fact.DOCUMENT_NUMBER, re.compile(r"[^：]+$"), "文号"),
    Part.ISSUED_BY: (Fact.ISSUED_BY, re.compile(r"[^：]{2,15}$"), "签发人"),
}


def corrected(anatomy: Anatomy, corrections: Sequence[Correction]) -> Anatomy:
    """`anatomy` as these corrections leave it, made one after the other.

    Raises `InputError` where a selection cannot be what it is said to be; parts are set first, then
    the facts that were shown by hand.
    """
    parts = [c for c in corrections if isinstance(c.target, Part)]
    marks = list(anatomy.marks)
    for correction in parts:
        marks = _recut(anatomy.source, marks, correction)
    if parts:
        anatomy = _read_again(anatomy, marks, {c.target for c in parts})
    for correction in corrections:
        if isinstance(correction.target, Fact):
            anatomy = _with_fact(anatomy, correction.target, correction)
    return anatomy


def _recut(source: str, marks: Sequence[Mark], correction: Correction) -> list[Mark]:
    part, start, end = Part(correction.target), correction.start, correction.end
    why = _NOT_OF_IT if part is Part.LEFT_OUT else ""
    new = [
        Mark(part, *place, line, why) for line, place in _lines(source, start, end) if any(place)
    ]
    if not new:
        raise InputError(NOTHING)
    if part is Part.DATE and not is_date(view_of(source, start, end).text):
        raise InputError("选中的文字不是一个日期，没有改动，请只选中成文日期。")
    old = [piece for mark in marks for piece in _outside(source, mark, start, end)]
    if part not in _ADDED:
        displaced = [mark for mark in old if mark.part is part]
        kept = [mark for mark in old if mark.part is not part]
        old = [*kept, *_displaced(displaced, [*kept, *new])]
    return sorted([*old, *new], key=lambda mark: mark.start)


def _lines(source: str, start: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The lines of a stretch by number, each with its place without the blanks around it."""
    line = source.count("\n", 0, start)
    for match in re.finditer(r"[^\n]*", source[start:end]):
        at = start + match.start()
        line_of = line + source.count("\n", start, at)
        yield line_of, _trimmed(source, at, start + match.end())


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    text = source[start:end]
    if not text.strip():
        return 0, 0
    start += len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _outside(source: str, mark: Mark, start: int, end: int) -> Iterator[Mark]:
    """What of `mark` lies before `start` and what lies after `end`."""
    if mark.end <= start or mark.start >= end:
        yield mark
        return
    for a, b in ((mark.start, min(mark.end, start)), (max(mark.start, end), mark.end)):
        if a < b and any(place := _trimmed(source, a, b)):
            yield replace(mark, start=place[0], end=place[1])


def _displaced(marks: Sequence[Mark], others: Sequence[Mark]) -> Iterator[Mark]:
    top = max((mark.end for mark in others if mark.part in _HEAD), default=0)
    below = (mark.start for mark in others if mark.part in _FOOT and mark.start >= top)
    bottom = min(below, default=None)
    for mark in marks:
        if top <= mark.start and (bottom is None or mark.start < bottom):
            yield replace(mark, part=Part.BODY)
        else:
            yield replace(mark, part=Part.LEFT_OUT, why=_DISPLACED)


def _read_again(anatomy: Anatomy, marks: Sequence[Mark], named: set[Part | Fact]) -> Anatomy:
    """What the letter tells now."""
    pairs = [(mark, _segment(anatomy, mark)) for mark in marks]
    inner = (Part.SALUTATION, Part.OPENING, Part.BODY)
    first = next((n for n, (mark, _) in enumerate(pairs) if mark.part in inner), len(pairs))
    facts = list(findings.read(pairs, [segment for _, segment in pairs[:first]]))
    for part in named & _TOLD.keys():
        told = next((segment for mark, segment in pairs if mark.part is part), None)
        fact = _TOLD[Part(part)][0]
        if told and not any(found.fact is fact for found in facts):
            facts.append(_told(Part(part), told))
    return replace(
        anatomy,
        marks=tuple(marks),
        facts=tuple(facts),
        kind=findings.kind_of(pairs),
        is_reply=findings.is_reply(pairs),
    )


def _segment(anatomy: Anatomy, mark: Mark) -> Segment:
    cell = anatomy.cell(mark.line)
    return segment_between(anatomy.source, mark.start, mark.end, mark.line, cell)


def _told(part: Part, segment: Segment) -> Found:
    fact, pattern, name = _TOLD[part]
    match = pattern.search(segment.text)
    if not match:
        raise InputError(f"选中的文字里读不出{name}，没有改动，请只选中{name}那几个字。")
    return Found(fact, match[0], *segment.view.span(*match.span()))


def _with_fact(anatomy: Anatomy, fact: Fact, correction: Correction) -> Anatomy:
    view = view_of(anatomy.source, correction.start, correction.end)
    if not view.text:
        raise InputError(NOTHING)
    if fact is Fact.PROPOSER:
        found = [replace(one, fact=fact) for one in addressees_of(view) if one.fact is _NAMES]
    elif fact is Fact.NUMBER:
        found = [Found(fact, _number(view), *view.span())]
    else:
        found = [Found(fact, view.plain().strip(_QUOTES), *view.span())]
    if not all(one.value for one in found) or not found:
        raise InputError("选中的文字里没有可用的内容，没有改动，请重新选中。")
    others = [one for one in anatomy.facts if one.fact is not fact]
    return replace(anatomy, facts=(*found, *others))


def _number(view: View) -> str:
    parts = re.split("[、，和及]", view.text.translate(_DASHES))
    parts = [_AROUND_NUMBER.sub("", part) for part in parts]
    if not all(map(_NUMBER.fullmatch, parts)):
        raise InputError("选中的文字不是提案或建议的编号，没有改动，请只选中编号。")
    return "、".join(str(arabic(p) or p) if not p.isascii() else p for p in parts)
