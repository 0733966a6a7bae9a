"""What ages (会过时的话) in a paragraph taken over from an earlier letter.

Spans with a word why: years and dates, 今年 and its like, 第N批, drafts that are law by now, 截至…,
and the names of the earlier letter's proposer and office. It points; it changes nothing.
"""

import re
from collections.abc import Iterator

from desktop.services.rows import Aged, Ageing, ReplyFound

_N = "[0-9０-９〇○零一二三四五六七八九十百两]"
_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_TO = "[-—–－―~～至到]{1,2}"
_QUOTE = "[“”\"'‘’＂＇「」『』]"
_PERSON = 3  # characters of a name at most; what is longer is a body, or says itself
_HONOUR = "(?:委员(?!会)|代表(?!大会|团)|先生|女士|同志)"
# a later line is not looked for inside what an earlier one found
_AGING = (
    (Ageing.AS_OF, r"截(?:至|止)(?:到)?[^，。；、）)]{0,15}"),
    (Ageing.DOCUMENT, rf"[〔［\[【（(]\s*{_YEAR}\s*[〕］\]】）)]\s*第?{_N}+号"),
    (
        Ageing.DATE,
        rf"{_YEAR}(?:[-./－．／]\d{{1,2}}){{2}}(?!\d)"
        rf"|{_YEAR}(?:\s*{_TO}\s*{_YEAR})?\s*(?:学年|年度?)(?:\s*{_N}{{1,3}}\s*月(?:份|底|初)?)?"
        rf"(?:\s*{_N}{{1,3}}\s*[日号])?"
        rf"|(?<!{_N}){_N}{{1,3}}月(?:份|底|初|上旬|中旬|下旬)?(?:{_N}{{1,3}}[日号])?",
    ),
    (
        Ageing.RELATIVE,
        r"(?:今|去|明|前|后|当|本|上一?|次)年(?:度|初|底|末|上半年|下半年)?|(?<!附)近[一二两三四五几]?年来?"
        rf"|(?:今后|未来)(?:{_N}{{1,2}}|几)年内?"
        rf"|[上下]半年|[本上下](?:季度|月|周|届)|第?[一二三四1-4]季度|(?<!{_N})年[内底初]"
        r"|目前|近期|近日|日前|正在",
    ),
    (Ageing.PLAN, rf"{_QUOTE}?十{_N}五{_QUOTE}?(?:时期|期间|规划)"),
    (Ageing.PLAN, rf"{_QUOTE}十{_N}五{_QUOTE}"),
    (Ageing.BATCH, rf"第{_N}+(?:[、和至到—-]第?{_N}+)*(?:批次?|期|轮|阶段)|首批|新一[批轮期]"),
    (
        Ageing.DRAFT,
        "[（(](?:征求意见稿|草案|试行|送审稿|讨论稿|初稿|暂行)[)）]|征求意见稿|送审稿|讨论稿|草案",
    ),
    (
        Ageing.MEETING,
        rf"第?{_N}{{1,3}}届[^，。；]{{0,8}}?第?{_N}{{1,3}}次(?:全体)?会议",
    ),
)
_PATTERNS = tuple((why, re.compile(pattern)) for why, pattern in _AGING)


def aging(text: str, source: ReplyFound, unit: str = "") -> list[Aged]:
    """What may not hold any more in `text`, a paragraph of `source`, by place; none overlap.

    `unit` is the office that takes it over, by its full and short name: they do not age.
    """
    found: list[Aged] = []
    for span, why in (*_names(text, source, unit), *_worded(text)):
        if all(span[1] <= other.start or other.end <= span[0] for other in found):
            found.append(Aged(*span, why))
    return sorted(found, key=lambda aged: aged.start)


def _worded(text: str) -> Iterator[tuple[tuple[int, int], Ageing]]:
    for why, pattern in _PATTERNS:
        yield from ((match.span(), why) for match in pattern.finditer(text))


def _names(text: str, source: ReplyFound, unit: str) -> Iterator[tuple[tuple[int, int], Ageing]]:
    """The longest first: 区住建局 is not looked for inside 某区住建局. A person is also meant by
    surname (何委员), and not inside a longer name (李明 in 李明亮同志)."""
    names = dict.fromkeys(source.proposer.split("、"), Ageing.PROPOSER)
    for name in source.unit.split("、"):
        if name not in unit:
            names[name] = Ageing.UNIT
    for number in filter(None, source.proposal_number.split("、")):
        names[f"第{number}号"] = Ageing.NUMBER
    for name in sorted(filter(None, names), key=len, reverse=True):
        pattern = re.escape(name)
        if names[name] is Ageing.PROPOSER and len(name) <= _PERSON:
            pattern = rf"{pattern}(?![^等、和与及]{_HONOUR})|(?<![上下本每一]){name[0]}{_HONOUR}"
        yield from ((match.span(), names[name]) for match in re.finditer(pattern, text))
