"""粘贴提案全文，拆成建议: which lines of a pasted proposal are suggestions, and what they become.

A proposal tells what is the matter (情况, 分析) and then what is to be done. Its suggestions are
the lines numbered 建议1：; or those of the first kind of ordinal after a line such as “建议如下：”;
or of the whole text where no such line stands. What follows a suggestion explains it. All of it is
shown to the handler, who changes it line by line before anything is added.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from desktop.letter.model import Case
from desktop.letter.numerals import arabic
from desktop.services.pasting import tidy
from desktop.services.suggestions import Labels, add_suggestions

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBER = rf"(?:\d{{1,2}}|{_CHINESE})"
# kind → the ordinal as typed, its number in a group; the order of trying
_ORDINALS = {
    "建议1：": rf"建议({_NUMBER})\s*[：:、.．]\s*",
    "一、": rf"({_CHINESE})、\s*",
    "（一）": rf"[（(]\s*({_CHINESE})\s*[）)]、?\s*",
    "1.": r"(\d{1,2})\s*[.．、]\s*(?!\d)",
    "（1）": r"[（(]\s*(\d{1,2})\s*[）)]、?\s*",
    "①": r"([①-⑳])\s*",
    "一是": rf"({_CHINESE})是(?:要)?[，：]?",
    "第一，": rf"第({_CHINESE})[，、：]\s*",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _ORDINALS.items()}
_RANKS = [*_KINDS]
_OURS = "建议1："
_BEFORE_ORDINAL = "；;。：:，,、议 "
_ELABORATION = re.compile(rf"补充说明{_NUMBER}?\s*[：:]\s*")
_SECTION = re.compile(
    "(?:具体|主要|相关|有关|工作|对策|解决|改进|整改|问题|措施|意见|我们?|几点|[的及与和、])*建议"
    "(?:如下|措施|内容)?[：:]?"
    r"|(?!以上|关于).*(?:以下|如下|下列|几点|几条|[一二三四五六七八九十\d][点条项]|为此|因此|对此).{0,12}"
    "建议(?:如下)?[：:]?"
    "|(?!以上|关于).*建议(?:如下[：:]?|[：:])"
)
_REPORT = re.compile("情况|现状|背景|问题|分析|原因|意义|必要性|案由|困境|不足")
_OUTSIDE = re.compile(
    r"(?:第一)?(?:提案|建议|领衔|联名|附议|联系|撰稿)(?:人|者|代表|委员|单位|电话|方式).{0,4}[：:]"
    r"|(?:案\s*由|题\s*目|标\s*题|案\s*号|编\s*号|提案编号|提案号|类\s*别|届\s*次|界\s*别|电\s*话|地\s*址"
    r"|单\s*位|职\s*务|主办单位|会办单位|承办单位|审查意见|日\s*期)[：:]"
    r"|关于.{2,60}的(?:建议|提案|议案)$|以上(?:建议|意见|几点|是)|此致|妥否|特此|当否"
    r"|\d{4}年\d{1,2}月\d{1,2}日$"
)
_HEADING = re.compile("[^。]{1,39}。")
_LONG = 60  # characters of a line that may be a heading with its explanation
_SHORT = 20  # characters of a heading that only tells what is the matter
_LEAD = re.compile(r".{0,30}建议(?:如下)?[：:，,]?$|^.{0,6}[：:]$|^$")


class Part(StrEnum):
    """What a line of a proposal is to become."""

    SUGGESTION = "建议"
    ELABORATION = "补充说明"
    LEFT_OUT = "不取"


Parts = tuple[tuple[str, Part], ...]


def propose_parts(text: str) -> Parts:
    """The lines of a pasted proposal, tidied, each with what it seems to be.

    A line that holds several suggestions is cut; no character is lost. Raises `InputError` where
    the text is too long to be pasted.
    """
    lines = [line for line in tidy(text).text.split("\n") if line]
    kinds = [_kind(line) for line in lines]
    if _OURS in kinds:
        return tuple(_sorted(lines, kinds.index(_OURS), _OURS))
    start = _section_start(lines)
    lines[start:] = _cut_lines(lines[start:])
    inside = (_kind(line) for line in lines[start:] if not _OUTSIDE.match(line))
    return tuple(_sorted(lines, start, next(filter(None, inside), "")))


def _kind(line: str) -> str:
    return next((kind for kind, pattern in _KINDS.items() if pattern.match(line)), "")


def _section_start(lines: Sequence[str]) -> int:
    """The first line after the one that says suggestions follow; 0 where none does."""
    for number, line in enumerate(lines[:-1], 1):
        if not _OUTSIDE.match(line) and _SECTION.fullmatch(_last_sentence(line)):
            return number
    leads = (n for n, line in enumerate(lines) if "建议" in _cut(line)[0] and len(_cut(line)) > 1)
    return next(leads, 0)


def _last_sentence(line: str) -> str:
    kind = _kind(line)
    bare = _KINDS[kind].sub("", line, count=1) if kind else line
    return bare.rstrip("。").rpartition("。")[2][-_LONG:]


def _cut_lines(lines: Sequence[str]) -> Iterator[str]:
    """The lines with every “建议一是…；二是…” cut; in a numbered list only behind the word 建议."""
    is_numbered = any(_kind(line) not in ("", "一是") for line in lines)
    for line in lines:
        pieces = _cut(line)
        is_cut = not is_numbered or (not _kind(line) and "建议" in pieces[0])
        yield from pieces if is_cut else (line,)


def _cut(line: str) -> list[str]:
    """What stands before 1, 2, 3 … of one kind, and each of them; or the line."""
    for pattern in _KINDS.values():
        starts = _run(line, pattern)
        if len(starts) > 1 and _LEAD.fullmatch(line[: starts[0]]):
            places = [*([0] if starts[0] else []), *starts, len(line)]
            return [line[place:following] for place, following in pairwise(places)]
    return [line]


def _run(line: str, pattern: re.Pattern[str]) -> list[int]:
    starts: list[int] = []
    for match in pattern.finditer(line):
        begins = not match.start() or line[match.start() - 1] in _BEFORE_ORDINAL
        if begins and arabic(_label(match)) == len(starts) + 1:
            starts.append(match.start())
    return starts


def _label(ordinal: re.Match[str]) -> str:
    numeral = ordinal[1]
    return str(ord(numeral) - ord("①") + 1) if "①" <= numeral <= "⑳" else numeral


def _sorted(lines: Sequence[str], start: int, kind: str) -> Iterator[tuple[str, Part]]:
    """Every line with its part; `kind` is the ordinal of a suggestion, "" where none has one."""
    outer = next((k for line in lines[:start] if (k := _kind(line))), "")
    is_outer = bool(outer and kind) and _RANKS.index(outer) < _RANKS.index(kind)
    speaks = not start and any("建议" in line for line in lines if not _OUTSIDE.match(line))
    current, is_over = Part.LEFT_OUT, False
    for number, line in enumerate(lines):
        of = _kind(line)
        if is_outer and number >= start and of == outer:  # the section after the suggestions
            is_over = "建议" not in line
            current = Part.LEFT_OUT
        elif number < start or is_over or _OUTSIDE.match(line):
            current = Part.LEFT_OUT
        elif not kind:
            current = Part.SUGGESTION if not speaks or "建议" in line else Part.LEFT_OUT
        elif of == kind:
            is_report = not start and len(line) <= _SHORT and _REPORT.search(line)
            current = Part.LEFT_OUT if is_report else Part.SUGGESTION
        elif current is not Part.LEFT_OUT:
            current = Part.ELABORATION
        yield line, current


def assemble(parts: Iterable[tuple[str, Part]]) -> tuple[tuple[str, str, str], ...]:
    """Label, text and elaboration of every suggestion in `parts`.

    The label is the ordinal as typed (1 or 一); one that is missing or taken goes on counting. A
    long line that begins with a heading is divided into the heading and what explains it.
    """
    made: list[tuple[str, str, str]] = []
    labels = Labels()
    for line, part in parts:
        if part is Part.ELABORATION and made:
            label, text, elaboration = made[-1]
            added = _ELABORATION.sub("", line, count=1) if _ELABORATION.match(line) else line
            made[-1] = (label, text, f"{elaboration}\n{added}" if elaboration else added)
        elif part is not Part.LEFT_OUT:
            label, text = _unnumbered(line)
            heading = _HEADING.match(text) if len(line) > _LONG else None
            cut = heading.end() if heading else len(text)
            made.append((labels.give(label), text[:cut], text[cut:].lstrip()))
    return tuple(made)


def _unnumbered(line: str) -> tuple[str, str]:
    kind = _kind(line)
    if not kind or not (ordinal := _KINDS[kind].match(line)):
        return "", line
    return _label(ordinal), line[ordinal.end() :]


def add_cut(case: Case, parts: Iterable[tuple[str, Part]], proposal: int = 0) -> Case:
    """The case with the suggestions of `parts` added to that proposal, a reply for each."""
    return add_suggestions(case, assemble(parts), proposal)
