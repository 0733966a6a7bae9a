"""What a proposal says of itself: 案由, number, session, who proposed it; 提案 or 人大建议."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.enums import ProposalKind
from desktop.letter.clean import without_white
from desktop.letter.proposal.cutting import Part
from desktop.letter.proposal.proposal_form import Entry, Label, entries_of
from desktop.letter.proposal.proposal_lines import Line, is_date, is_page_mark
from desktop.letter.proposal.proposers import names_in_signature, names_of

_NUMERAL = r"[一二三四五六七八九十\d]{1,3}"
_SESSION = re.compile(
    rf"(?:(?!关于|在|对)[\u4e00-\u9fff]){{0,20}}?第?{_NUMERAL}届"
    rf"[\u4e00-\u9fff]{{0,16}}?第?{_NUMERAL}次(?:全体)?会议"
)
_NUMBER = re.compile(
    r"(?<![〕】\d])(?:第|案号|编号|^)\s{0,3}（?\s?([A-Za-z]?\d{1,8})\s?）?\s{0,3}号"
)
_LABEL_NUMBER = re.compile(r"([A-Za-z]{0,2}\d{1,9}(?:-\d{1,6})?)")
_SUBJECT = re.compile(
    r"《?(关于[^。《》\n]{2,78}?的?(?:提案|建议|议案))(?:案|书)?》?(?:$|[\s（，。])"
)
_BARE_TITLE = re.compile(r"[^。：，；]{4,50}(?:提案|建议|议案)")
_HEAD_OF_TITLE = re.compile(r"关于[^。：；]{2,60}")
_REST_OF_TITLE = re.compile(r"[^。：；]{0,40}的(?:提案|建议|议案)")
_NPC = re.compile("人大代表|人大|人民代表大会|代表团|领衔代表|附议代表|领衔|建议人|代表建议|议案")
_CPPCC = re.compile("政协|提案|委员|界别|党派")
_LONGEST_SUBJECT, _HEAD, _BY_LINE, _NAMES = 80, 15, 4, 60


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as printed, and where it stands in the text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; None and an empty list are 未识别."""

    kind: ProposalKind
    subject: Told | None
    session: Told | None
    number: Told | None
    proposers: tuple[Told, ...]


def facts_of(source: str, lines: Sequence[tuple[Line, Part]]) -> Facts:
    """The facts among those lines of a proposal that are no suggestion."""
    first = next((n for n, (_, part) in enumerate(lines) if part is not Part.LEFT_OUT), len(lines))
    outside = [line for line, part in lines if part is Part.LEFT_OUT]
    head = [line for line, _ in lines[: min(first, _HEAD)]]
    after = [line for line, part in lines[first:] if part is Part.LEFT_OUT]
    entries = list(entries_of([_place(source, line) for line in outside]))
    title = _subject(source, entries, head)
    return Facts(
        _kind(title.value if title else "", [*head, *after]),
        title,
        _session(source, entries, head),
        _number(source, entries, head),
        tuple(_proposers(source, entries, head, after)),
    )


def _place(source: str, line: Line) -> tuple[int, str]:
    words = source[line.start : line.end]
    return line.start + len(words) - len(words.lstrip()), line.text


def _told(source: str, start: int, end: int) -> Told:
    return Told(" ".join(source[start:end].split()), start, end)


def _named(source: str, name: str, place: int, text: str) -> Told:
    """A name as the source prints it; `text` is the matched text at `place` that has it."""
    match = re.search(r"\s*".join(name), text)
    start, end = match.span() if match else (0, len(text))
    printed = without_white(source[place + start : place + end])
    return Told(printed if match else name, place + start, place + end)


def _labelled(entries: Iterable[Entry], label: Label) -> Entry | None:
    for entry in entries:
        if entry.label is label and len(entry.value) <= _LONGEST_SUBJECT:
            return entry
    return None


def _session(source: str, entries: Iterable[Entry], head: Iterable[Line]) -> Told | None:
    entry = _labelled(entries, Label.SESSION)
    return _told(source, entry.start, entry.end) if entry else _in_head(source, head, _SESSION)


def _in_head(source: str, head: Iterable[Line], pattern: re.Pattern[str]) -> Told | None:
    for line in head:
        place, text = _place(source, line)
        if match := pattern.search(text[:200]):
            group = 1 if pattern.groups else 0
            return _told(source, place + match.start(group), place + match.end(group))
    return None


def _number(source: str, entries: Iterable[Entry], head: Sequence[Line]) -> Told | None:
    entry = _labelled(entries, Label.NUMBER)
    match = _LABEL_NUMBER.search(entry.value) if entry else None
    if entry and match:
        return _told(source, entry.start + match.start(1), entry.start + match.end(1))
    return _in_head(source, [line for line in head if len(line.text) <= _NAMES], _NUMBER)


def _subject(source: str, entries: Sequence[Entry], head: Sequence[Line]) -> Told | None:
    """案由: of the form, of a line 关于…的提案 (or two), or a first line that ends in 提案."""
    for entry in entries:
        if entry.label is not Label.SUBJECT:
            continue
        if match := _SUBJECT.match(entry.value):
            return _told(source, entry.start + match.start(1), entry.start + match.end(1))
        if len(entry.value) <= _LONGEST_SUBJECT and "。" not in entry.value:
            return _told(source, entry.start, entry.end)
    for line, following in zip(head, [*head[1:], None], strict=False):
        place, text = _place(source, line)
        if match := _SUBJECT.search(text[:200]):
            return _told(source, place + match.start(1), place + match.end(1))
        if (
            following
            and _HEAD_OF_TITLE.fullmatch(text)
            and _REST_OF_TITLE.fullmatch(following.text)
        ):
            end = _place(source, following)[0] + len(following.text)
            return Told("".join(source[place:end].split()), place, end)
    return _bare_title(source, head)


def _bare_title(source: str, head: Sequence[Line]) -> Told | None:
    for line in head[:_BY_LINE]:
        place, text = _place(source, line)
        is_title = _BARE_TITLE.fullmatch(text) and not _SESSION.search(text)
        if not line.ordinal and (is_title or _HEAD_OF_TITLE.fullmatch(text)) and len(text) > 6:
            return _told(source, place, place + len(text))
    return None


def _kind(title: str, lines: Iterable[Line]) -> ProposalKind:
    """提案 or 人大建议, by the words around the matter; a title ending in 提案 or 议案 decides.

    One ending in 建议 may be either, and speaks for 人大 where nothing speaks against it.
    """
    if title.endswith(("提案", "议案")):
        return ProposalKind.CPPCC if title.endswith("提案") else ProposalKind.NPC
    texts = [line.text[:_NAMES] for line in lines]
    npc = title.endswith("建议") + sum(len(_NPC.findall(text)) for text in texts)
    cppcc = sum(len(_CPPCC.findall(text)) for text in texts)
    return ProposalKind.NPC if npc > cppcc else ProposalKind.CPPCC


def _proposers(
    source: str, entries: Sequence[Entry], head: Sequence[Line], after: Sequence[Line]
) -> Iterable[Told]:
    """The leading one first, then those who joined; each name once."""
    found: dict[str, Told] = {}
    for label in (Label.PROPOSER, Label.CO_PROPOSER):
        for entry in (entry for entry in entries if entry.label is label):
            for name in names_of(entry.value):
                found.setdefault(name, _named(source, name, entry.start, entry.value))
    if not found:
        for line in (*head[1 : 1 + _BY_LINE], *_signed(after)):
            place, text = _place(source, line)
            for name in names_in_signature(text):
                found.setdefault(name, _named(source, name, place, text))
    return found.values()


def _signed(after: Sequence[Line]) -> list[Line]:
    """The lines of the signature: those next to the date, or the last ones."""
    lines = [line for line in after if not is_page_mark(line.text)]
    dated = next((n for n, line in enumerate(lines) if is_date(line.text)), None)
    return lines[-3:] if dated is None else lines[max(0, dated - 3) : dated + 3]
