"""What a letter's title and opening tell: which proposal, which session, about what.

Every function works on one view; none looks at the page. Wordings and counts are
reply-conventions.md 3. A number is never taken out of a cited policy's 文号.
"""

import re

from db.enums import ProposalKind
from desktop.letter.foreign.view import View
from desktop.letter.numerals import arabic

_DIGITS = r"[A-Za-z]{0,2}\d{1,12}(?:-\d{1,6})?[A-Za-z]?"
_LIST = rf"{_DIGITS}(?:号?[、，和及]第?{_DIGITS})*"
_PAPER = r"(?:提案|建议|议案)"
_NUMBERS = [
    re.compile(pattern)
    for pattern in (
        rf"第[（〔]?({_LIST})(?:[）〕]?号|（[^（）]{{0,15}}号）)",
        rf"(?<![〕\]）\dA-Za-z])({_LIST})号(?=.{{0,4}}{_PAPER})",
        rf"{_PAPER}[（〔]?({_LIST})[）〕]?号",
        rf"{_PAPER}[（〔第]{{1,2}}({_LIST})号?[）〕]",
        rf"[（〔]({_LIST})[）〕]号?(?={_PAPER}(?![\d一二三四五六七八九十]))",  # not （1）建议1
        rf"第([一二三四五六七八九十]{{1,3}})号(?=.{{0,4}}{_PAPER})",
        rf"编号：?第?({_LIST})号?(?![-\d])",
    )
]
_CITED = re.compile(
    r"[〔（]\d{4}[〕）]第?\d{1,5}号|第\d{1,4}号(?:令|公告|文|线|楼|院|门|桥|路|地块)"
)
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]*(?:“[^“”]*”[^“”]*)*”")
_N = r"[一二三四五六七八九十\d]{1,3}"
_PLACE = r"(?:[省市县区州旗盟镇乡]|街道|全国|兵团|委员会|政协|人大|人民代表大会|协商会议)"
_SESSION = re.compile(
    rf"第?{_N}届(?:[\u4e00-\u9fff]{{0,14}}?第?{_N}次[政协人大代表全体]{{0,4}}(?:会议|全会|大会|人代会|会)"
    rf"(?:闭会期间)?|[\u4e00-\u9fff]{{0,10}}?(?:闭会期间|常委会会议))"
)
_BEFORE_SESSION = re.compile(rf"[\u4e00-\u9fff]{{0,30}}{_PLACE}$")
_LEAD = re.compile(
    r".*(?:关于|对于|答复|回复|办理|提出|提交|您们?在|你们?在|单位在|委员在|代表在|[协会主承]办|对|在|就|的)"
)
_QUOTE_LEAD = re.compile(r"(?:提出|所提|提交|提|关于|的|号|[）〕])$")
_AFTER_QUOTE = re.compile(
    rf"的?[（第]{{0,2}}[\dA-Za-z]{{0,12}}号?[）]?(?:的|等)?(?:重点)?{_PAPER}|已?收悉"
)
_BARE_START = re.compile(r"(?:提出|所提|提交)了?的?(?!的?第)")
_PROPOSED = re.compile(r"(?:提出|所提|提交)了?的?(?:第[A-Za-z\d（）]{1,14}号)?[“《]?$")
_BARE_END = re.compile(
    rf"(?:的?建议提案|的{_PAPER})(?=[”》（，。；、：第]|收悉|已|等|交|现|提出|经|由|答复|的|办|$)"
)
_NUMBERED_END = re.compile(rf"()(?=的第[A-Za-z\d（）]{{1,14}}号{_PAPER})")
_LOOSE_END = re.compile(rf"()(?={_PAPER}(?:的?(?:答复|复函|回复|函|收悉)|，|（|已收悉))")
_LONGEST_SUBJECT = 120
_Signs = tuple[tuple[str, ProposalKind], ...]
_COUNCILS: _Signs = (
    ("政协|人民政治协商会议", ProposalKind.CPPCC),
    ("人大|人民代表大会|人代会", ProposalKind.NPC),
)
_MEMBERS: _Signs = (("委员(?!会)", ProposalKind.CPPCC), ("代表", ProposalKind.NPC))
_PAPERS: _Signs = (("提案", ProposalKind.CPPCC), ("代表|议案|建议", ProposalKind.NPC))


def number_of(view: View) -> tuple[str, int, int] | None:
    """提案编号 with its place in the view; several are joined by 、, as 第13、53号."""
    text = _blanked(_CITED, _blanked(_QUOTED, view.text))
    for pattern in _NUMBERS:
        if match := pattern.search(text):
            parts = re.split(r"[、，和及]", re.sub("[第号]", "", match[1]))
            numerals = (str(arabic(p) or p) if not p[-1].isascii() else p for p in parts)
            return "、".join(numerals), *match.span(1)
    return None


def session_of(view: View) -> tuple[int, int] | None:
    """Where the 会议 stands in the view, with the council's name before it."""
    text = _blanked(_QUOTED, view.text)
    match = _SESSION.search(text)
    if not match:
        return None
    start = match.start()
    before = text[_run_start(view, start) : start]
    if found := _BEFORE_SESSION.search(before):
        named = found[0]
        lead = _LEAD.match(named)
        start -= len(named) - (lead.end() if lead else 0)
    return start, match.end()


def _run_start(view: View, end: int) -> int:
    """Where the stretch without blanks that ends at `end` begins; a name does not cross one, unless
    every character stands apart (区 政 协)."""
    for start in range(end - 1, max(0, end - 40), -1):
        if view.blank_before(start) and not view.blank_before(start + 1):
            return start
    return max(0, end - 40)


def subject_of(view: View) -> tuple[int, int] | None:
    """Where 案由 stands in the view: inside 《》 or “”, or bare up to 的建议."""
    quoted = [m.span() for m in _QUOTED.finditer(view.text)]
    for start, end in quoted:
        if _is_subject(view.text, start, end):
            return start + 1, end - 1
    if bare := _bare_subject(view.text):
        return bare
    for start, end in quoted:
        if view.text[start] == "《":
            return start + 1, end - 1
    return None


def _is_subject(text: str, start: int, end: int) -> bool:
    inner = text[start + 1 : end - 1]
    if _AFTER_QUOTE.match(text, end):
        return True
    named = inner.startswith("关于") or inner.endswith(("建议", "提案", "议案"))
    return named and (text[start] == "“" or bool(_QUOTE_LEAD.search(text[:start])))


def _bare_subject(text: str) -> tuple[int, int] | None:
    starts = [match.start() for match in re.finditer("关于", text)]
    told = [n for n in starts if _PROPOSED.search(text[:n])]
    bare = [match.end() for match in _BARE_START.finditer(text)]
    for start in (*told, *starts, *bare):
        for pattern in (_BARE_END, _NUMBERED_END, _LOOSE_END):
            end = pattern.search(text, start, start + _LONGEST_SUBJECT)
            inner = text[start : end.end()] if end else ""
            if end and "。" not in inner and not re.search(r"第\w{1,12}号|届", inner):
                return start, end.end()
    return None


def kind_of(title: str, salutation: str, opening: str) -> ProposalKind:
    """提案 or 人大建议, by the council, then by whom it addresses, then by the paper's name."""
    title, opening = _QUOTED.sub("", title), _QUOTED.sub("", opening)
    signs = ((title, _COUNCILS), (salutation, _MEMBERS), (opening, _COUNCILS))
    for text, words in (*signs, (title, _PAPERS), (opening, _PAPERS)):
        for pattern, kind in words:
            if re.search(pattern, text):
                return kind
    return ProposalKind.CPPCC


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """`text` with what `pattern` finds made blank, so that places stay what they are."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
