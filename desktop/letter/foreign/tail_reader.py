"""What stands below the body, found backwards: 抄送, contact, date, signature, closing words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.letter.foreign import contacts
from desktop.letter.foreign.anatomy import ANOTHER_LETTER, SEAL, Part
from desktop.letter.foreign.dates import AT_END, is_date, read_date
from desktop.letter.foreign.head_reader import marks_in, title_of
from desktop.letter.foreign.organs import is_organ
from desktop.letter.foreign.people import is_people_call
from desktop.letter.foreign.segments import FORMULA, Segment
from desktop.letter.foreign.view import View
from desktop.letter.foreign.web_page import is_appendix, is_foot

COPIES = r"(?:抄\s*[送报告]|[分报呈]\s*送)(?:单位|机关)?\s*[：:]"  # the label of 抄送
_COPIES = re.compile(COPIES)
_COPY_COUNT = re.compile(r"（[\d一二三四五六七八九十]{1,3}份?）")
_ATTACHMENT = re.compile(r"附件\d{0,2}[：]")
_ANSWER = r"(?:答复|回复|意见|情况|办理|函复|说明|协办|会办|汇报|报告)"
_CLOSE = re.compile(
    r"(?:最后|在此|同时|再次|借此机会|也|并|(?:衷心|诚挚|诚恳|由衷|真诚)[地的]?|非常|十分|深深|"
    r"热[诚忱]|我[局委办们]|尊敬的各位(?:委员|代表)|对于?[您你][^。]{0,40}(?:表示|致以)|[，。])*+"
    rf"(?:感谢|谢谢|致谢|欢迎(?=[^。]{{0,40}}(?:[您你]|委员|代表|意见|建议|批评|监督|指正|反馈))|恳请|敬请|希望|期待|盼|望|祝|特此|专此|谨此|此复|此函|此致|敬礼|顺[致颂祝]|谨致|妥否|"
    rf"(?:以上|上述)(?:{_ANSWER}|内容|[，是])|[您你]们?对[^。]{{0,30}}(?:满意|意见)|"
    r"(?:[您你贵]|请[您你贵各])[^。]{0,30}(?:是否满意|满意与否|征询表|意见表|回执|监督|指正|谅解|理解)|"
    r"(?:如|若|如果)(?:您|你|贵|对|有|仍|还)[^。]{0,40}(?:意见|疑问|不满意|建议|联系|不妥)|"
    r"对(?:以上|上述|本|此)[^。]{0,20}(?:意见|满意|异议)|请[您你][^。]{0,12}(?:关注|关心|支持)|"
    r"[您你]们?的(?:建议|提案|意见|关注|关心|支持)[^。]{0,40}谢|"
    r"今后，?(?:欢迎|希望|请)|请在[^。]{0,24}(?:意见|监督|指正)|请贵[^。]{0,12}(?:答复|汇总|参考|参阅))"
)
_WARM = re.compile(
    r"谢|希望|欢迎|盼|望|期待|请|支持|意见|建议|监督|反馈|满意|联系|关注|关心|批评|指正|祝|敬礼|"
    r"一如既往|我们(?:将|会|一定)|我[局委办]将|特此|专此|此复|参考|答复"
)
_BY_FIGURES = re.compile(r"\d|万元|公里|据统计|目前")
_SIGNATURE_LONGEST, _CLOSING_LONGEST, _COLD_LONGEST = 60, 260, 60
_ASIDE = re.compile(r"（[^（）]{1,30}）")
_SEAL = re.compile(r"(?<=[\u4e00-\u9fff])（[盖公印签]?章）$")
_SENTENCE = re.compile(r"[，。；！？《》]")
_PUBLIC = re.compile(r"[省市县区州旗盟镇乡]|[局厅]$|政府|街道")  # a signature without its date
_HEADLINE = re.compile(r"[（]?[一二三四五六七八九十\d]{1,3}[、）．.]|第[一二三四五六七八九十]")


@dataclass
class Tail:
    """The segments below the body, by part; `left` are those after the letter's end and why."""

    parts: list[tuple[Part, Segment]] = field(default_factory=list)
    left: list[tuple[Segment, str]] = field(default_factory=list)

    def of(self, part: Part) -> list[Segment]:
        """The segments of one part, in the order of the page."""
        chosen = [segment for named, segment in self.parts if named is part]
        return sorted(chosen, key=lambda segment: segment.start)


def peel(rest: list[Segment]) -> Tail:
    """Take what is no body off the end of `rest`, the segments after the opening."""
    tail = Tail()
    _cut_off(rest, tail)
    day = _date_place(rest)
    if day is not None:
        _below_the_date(rest, day, tail)
    _above_the_date(rest, tail, dated=day is not None)
    _attachments(rest, tail)
    while rest and rest[-1].cell is None:  # the contact may stand among the last words
        closing = [(Part.CLOSING, rest[-1])] if is_closing(rest[-1].view) else []
        parts = closing or _parts_of(rest[-1])
        if not parts:
            break
        tail.parts += parts
        rest.pop()
    return tail


def is_closing(view: View) -> bool:
    """A paragraph that thanks, hopes, asks for feedback or ends by formula, and no more.

    One that mixes thanks with matter is body: “首先感谢…” goes on to it, so do figures.
    """
    text = view.text
    if len(text) > _CLOSING_LONGEST or not _CLOSE.match(text):
        return False
    sentences = [s for s in re.split(r"[。！!]", text) if s]
    cold = [s for s in sentences if not _WARM.search(s)]
    if sum(map(len, cold)) > _COLD_LONGEST:
        return False
    return len(sentences) < 2 or not _BY_FIGURES.search("".join(cold))


def _cut_off(rest: list[Segment], tail: Tail) -> None:
    """Leave out the foot of a page, a proposal under its answer, a second letter.

    A line of a page's foot above the signature is left out alone.
    """
    day = _date_place(rest)
    n = 0
    while n < len(rest):
        why = _why_left_out(rest, n)
        if why == ANOTHER_LETTER and day is not None and day < n:
            title, _ = title_of(rest[day + 1 : n])
            n = rest.index(title[0]) if title else n
        end = n + 1 if day is not None and n < day and why == "网页内容" else len(rest)
        if why:
            tail.left += [(segment, why) for segment in rest[n:end]]
            del rest[n:end]
            day = None if day is None else day - 1
        else:
            n += 1


def _why_left_out(rest: Sequence[Segment], n: int) -> str:
    segment = rest[n]
    if is_foot(segment.view):
        return "网页内容"
    if is_appendix(segment.view):
        return "附在函后的内容"
    if n > 1 and is_people_call(segment.text) and _opens(rest[n + 1 : n + 3]):
        return ANOTHER_LETTER
    return ""


def _opens(following: Sequence[Segment]) -> bool:
    return any(
        FORMULA.search(s.text) and re.search(r"提出|收悉|所提|提案|建议", s.text) for s in following
    )


def _date_place(rest: Sequence[Segment]) -> int | None:
    """The number of the line that is 成文日期: the first under a body's name, else the last."""
    days = [n for n, segment in enumerate(rest) if is_date(segment.text)]
    for n in days:
        if any(is_organ(s.text) for s in rest[max(0, n - 3) : n]):
            return n
    return days[-1] if days else None


def _below_the_date(rest: list[Segment], day: int, tail: Tail) -> None:
    below = rest[day + 1 :]
    tail.parts.append((Part.DATE, rest[day]))
    del rest[day:]
    before: Part | None = None
    for n, segment in enumerate(below):
        parts = _parts_of(segment, before)
        if is_date(segment.text) and segment.text == tail.of(Part.DATE)[0].text:
            tail.left.append((segment, "日期重复"))
        elif parts:
            tail.parts += parts
            before = parts[-1][0]
        elif _ASIDE.fullmatch(segment.text):  # 此页无正文: the marks may go on below it
            tail.left.append((segment, "附在函后的内容"))
        else:
            tail.left += [(s, "附在函后的内容") for s in below[n:]]
            return


def _parts_of(segment: Segment, before: Part | None = None) -> list[tuple[Part, Segment]]:
    """The parts a line of the tail holds by itself, or by the line before it."""
    if marks := marks_in(segment):
        return marks
    if _COPIES.match(segment.text):
        return [(Part.COPIES, segment)]
    if contacts.is_contact(segment.view):
        return [(Part.CONTACT, segment)]
    if before is Part.CONTACT and contacts.goes_on(segment.view):
        return [(Part.CONTACT, segment)]
    if before is Part.COPIES and len(segment.text) < 90 and not is_date(segment.text):
        return [(Part.COPIES, segment)]
    return []


def _above_the_date(rest: list[Segment], tail: Tail, *, dated: bool) -> None:
    """Peel signature, contact and marks; a line of several bodies or with the date is cut."""
    signed = False
    while rest:
        segment = rest[-1]
        if parts := _parts_of(segment):
            tail.parts += parts
            rest.pop()
        elif _is_signature(segment, dated=dated, signed=signed):
            _sign(rest.pop(), tail)
            signed = True
        elif not signed and not dated and (cut := _glued(segment)):
            rest[-1:] = cut
            dated = True
            tail.parts.append((Part.DATE, rest.pop()))
        elif _continues_contact(rest):
            tail.parts.append((Part.CONTACT, rest.pop()))
        else:
            break


def _continues_contact(rest: Sequence[Segment]) -> bool:
    """Whether the last line is the value of a bare label above it."""
    return (
        len(rest) > 1
        and contacts.goes_on(rest[-1].view)
        and contacts.is_contact(rest[-2].view)
        and rest[-2].text.endswith("：")
    )


def _is_signature(segment: Segment, *, dated: bool, signed: bool) -> bool:
    text = segment.text
    if len(text) > _SIGNATURE_LONGEST:
        return False
    if is_organ(text) or len(signers(segment.view)) > 1:
        return dated or (segment.cell is None and bool(_PUBLIC.search(text)))
    loose = not _SENTENCE.search(text) and not _HEADLINE.match(text) and "：" not in text
    return dated and not signed and loose and not is_closing(segment.view) and len(text) > 2


def _sign(segment: Segment, tail: Tail) -> None:
    """署名, without the note that it is to be sealed there."""
    seal = _SEAL.search(segment.text)
    if not seal:
        tail.parts.append((Part.SIGNATURE, segment))
        return
    place = segment.view.span(*seal.span())
    tail.parts.append((Part.SIGNATURE, segment.part(segment.start, place[0])))
    tail.left.append((segment.part(place[0], segment.end), SEAL))


def signers(view: View) -> list[tuple[int, int]]:
    """The bodies a signature line names: one, or several set apart by blanks or 、."""
    inner = range(1, len(view.text))
    cuts = [0, *(n for n in inner if view.blank_before(n) or view.text[n - 1] == "、")]
    pieces = list(zip(cuts, [*cuts[1:], len(view.text)], strict=True))
    parts = [View(view.source, view.text[a:b].rstrip("、"), view.offsets[a:b]) for a, b in pieces]
    if len(pieces) == 1 or not all(len(p.text) > 4 and is_organ(p.text) for p in parts):
        return [(0, len(view.text))]
    return [(a, a + len(p.text)) for (a, _), p in zip(pieces, parts, strict=True)]


def _glued(segment: Segment) -> list[Segment]:
    """A line that ends in a date, cut before it, and before a body's name in front of that."""
    printed = segment.printed
    match = AT_END.search(printed[-40:])
    if not match:
        return []
    at = segment.end - len(match[0])
    front = segment.part(segment.start, at)
    text = printed[: at - segment.start]
    body = re.search(r"(?<=[。！!？?；;”])\s*([^。！？；，：!?;,:”]{4,40})$", text[-60:])
    cuts = [front]
    if body:
        start = at - len(body[1])
        cuts = [segment.part(segment.start, start), segment.part(start, at)]
    elif not is_organ(front.text):
        return []
    day = segment.part(at, segment.end)
    return [*(piece for piece in cuts if piece.text), day] if read_date(day.text) else []


def _attachments(rest: list[Segment], tail: Tail) -> None:
    """附件说明: from 附件： on, no more than nine lines."""
    at = next((n for n in range(len(rest) - 1, -1, -1) if _ATTACHMENT.match(rest[n].text)), None)
    if at is not None and len(rest) - at <= 9:
        tail.parts += [(Part.ATTACHMENTS, segment) for segment in rest[at:]]
        del rest[at:]


def copies_of(segments: Sequence[Segment]) -> list[tuple[View, int, int]]:
    """Each body of 抄送 with its place, without the word itself and numbers of copies."""
    found = []
    for segment in segments:
        view = segment.view
        label = _COPIES.match(view.text)
        start = label.end() if label else 0
        without_counts = _COPY_COUNT.sub(lambda m: "、" * len(m[0]), view.text)
        for match in re.compile(r"[^，、；。]+").finditer(without_counts, start):
            found.append((view, *match.span()))
    return found
