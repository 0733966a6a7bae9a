"""Before it leaves (发出前核对): what stands in a letter and should not be sent out with it.

Numbers of a person, and what belongs to another case: last year's member in the 称谓, another
proposal's number, words of an earlier letter nobody looked at. Looked at is what is printed. It
only asks, so it would rather be silent than wrong: a name of two characters counts where it is
addressed, a body (民革某某市委会) only in title, 称谓 and opening.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from db.queries import ProposerRow, proposers_elsewhere
from desktop import terms
from desktop.letter.blocks import Line, Role, Sheet
from desktop.letter.compose import compose
from desktop.letter.model import Case
from desktop.letter.sheet import lay_out
from desktop.services.personal_numbers import digits, identities, mobiles
from desktop.services.place_names import DISCLOSURE, place_name
from desktop.services.reuse_marks import marks_of
from desktop.services.reusing import open_marks

_AROUND = 14  # characters of context on either side
_ADDRESSING = (Role.TITLE, Role.SALUTATION)
_OPENING, _CLOSING = "opening", "closing"

_COUNT = "[0-9０-９一二三四五六七八九十]+"
_MANY = f"等(?:人|{_COUNT}[人名位]|(?:{_COUNT}[名位])?(?:委员|代表|提案人))"
_HONOUR = f"(?:委员|代表|先生|女士|同志|{_MANY})"
_OTHERS = "(?:[、和及与][\u4e00-\u9fff·]{2,6}?)*"  # 何静、周平委员
_ADDRESSED = re.compile(rf"{_OTHERS}{_HONOUR}")
_HONOURED = re.compile(r"(?:委员|代表)$")
_BEGINS = re.compile(r"(?:^|尊敬的|[、，和及与])$")
_ENDS = re.compile(rf"$|[：:、，和及与]|{_HONOUR}")
_ONE = r"[（(]?[A-Za-z]{0,3}\d+[)）]?"
_NUMBERED = re.compile(  # not the 18 of a 发文字号 〔2025〕18号
    rf"(?<![〕\])）\d])第?({_ONE}(?:号?[、，,和及]第?{_ONE})*)号"
    r"((?:政协|人大|委员|代表|重点)?(?:提案|建议|议案))?"
)
_ALONE = 5  # characters of a number that needs no 提案 after it


class Kind(StrEnum):
    """What was found, as the handler reads it."""

    MOBILE = "手机号"
    IDENTITY = "身份证号"
    NAME = "别的提案人"
    NUMBER = "别的提案编号"
    REUSED = "引用待核对的"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that should perhaps not leave.

    `source` and `at` are its place as `paper.places.Spot` has it; `where` names that in words,
    `context` is what stands around it. `sentence` says it all in one line.
    """

    kind: Kind
    text: str
    context: str
    where: str
    source: str
    at: int
    of: str = ""  # 第2025117号提案, whose proposer it is

    @property
    def in_body(self) -> bool:
        """Whether it leaves with the body alone, as `plain_text.body_text` has it."""
        beside = {*terms.FIELDS, DISCLOSURE} - {_OPENING, _CLOSING}
        return self.source not in beside

    @property
    def sentence(self) -> str:
        """For a line by itself."""
        found = f"{self.where}里有{self.kind.value}“{self.text}”"
        of = f"（{self.of}的）" if self.of else ""
        return f"{found}{of}，发出前请核对：{self.context}"


@dataclass(frozen=True, slots=True)
class _Passage:
    """A printed paragraph; `starts` are where its pieces begin: in it, source, and in that."""

    role: Role
    text: str
    starts: tuple[tuple[int, str, int], ...]

    def place(self, start: int, end: int) -> tuple[str, int]:
        """Source of what is printed from `start` to `end`, and the characters of it before that."""
        for begin, source, at in reversed(self.starts):
            if source and begin < end:
                return source, at + max(0, start - begin)
        return "", 0


def findings(case: Case, today: date) -> tuple[Finding, ...]:
    """What `case` as it prints has that should not leave, in reading order, each once a place.

    Asks the open library for the proposers of all other proposals. Raises `ComposeError` where the
    letter cannot be printed.
    """
    elsewhere = proposers_elsewhere([p.key for p in case.proposals])
    sheet = lay_out(compose(case, today))
    return (*find_in(sheet, case, elsewhere, today), *_unseen(case))


def find_in(
    sheet: Sheet, case: Case, elsewhere: Sequence[ProposerRow], today: date
) -> tuple[Finding, ...]:
    """The same of a laid-out letter, `elsewhere` being the proposers of all other proposals."""
    passages = tuple(_passages(sheet))
    others = _Others(case, elsewhere, passages)
    found: dict[tuple[str, str, str], Finding] = {}
    for passage in passages:
        hits = [*_numbers(passage, case, today), *others.hits(passage)]
        for kind, start, end, of in sorted(hits, key=lambda hit: hit[1]):
            source, at = passage.place(start, end)
            text = passage.text[start:end]
            context = _context(passage.text, start, end)
            row = Finding(kind, text, context, place_name(case, source), source, at, of)
            found.setdefault((kind, text, source), row)
    return tuple(found.values())


def _unseen(case: Case) -> Iterator[Finding]:
    """The words taken over from an earlier letter that are still marked, each once a paragraph."""
    marks = marks_of(case.key)
    for paragraph in (p for reply in case.replies for p in reply.paragraphs if p.key in marks):
        text, where = paragraph.text, place_name(case, paragraph.key)
        found = {text[m.start : m.end]: m for m in open_marks(text, marks[paragraph.key])}
        for word, mark in found.items():
            context = _context(text, mark.start, mark.end)
            yield Finding(Kind.REUSED, word, context, where, paragraph.key, mark.start)


_Hit = tuple[Kind, int, int, str]
_OURS = (False, "")


def _numbers(passage: _Passage, case: Case, today: date) -> Iterator[_Hit]:
    ours = digits(case.office.contact_phone).removeprefix("86")
    for number in mobiles(passage.text):
        printed_on_purpose = passage.place(number.start, number.end)[0] == "contact"
        if not (printed_on_purpose and number.digits == ours):
            yield Kind.MOBILE, number.start, number.end, ""
    for number in identities(passage.text, today):
        yield Kind.IDENTITY, number.start, number.end, ""


class _Others:
    """What belongs to other proposals, as far as it occurs in the letter at all."""

    def __init__(
        self, case: Case, elsewhere: Iterable[ProposerRow], passages: Sequence[_Passage]
    ) -> None:
        own = {p.name for proposal in case.proposals for p in proposal.proposers}
        office = case.office
        own |= {office.full_name, office.short_name, office.contact_name, case.lead_unit}
        names: dict[str, tuple[bool, str]] = dict.fromkeys(map(_squeezed, own - {""}), _OURS)
        own_numbers = {_bare(p.proposal_number) for p in case.proposals}
        self._numbers: set[str] = set()
        printed = "\n".join(_squeezed(passage.text) for passage in passages)
        for number, name, body in elsewhere:
            if number.lstrip("0") in printed:
                self._numbers.add(_bare(number))
            name = name if name.isalnum() else _squeezed(name)
            if len(name) > 1 and name in printed:
                of = f"第{number}号提案" if number else "没有编号的提案"
                names.setdefault(name, (bool(body), of))
        self._numbers -= {"", *own_numbers}
        self._names = sorted(names.items(), key=lambda pair: len(pair[0]), reverse=True)

    def hits(self, passage: _Passage) -> Iterator[_Hit]:
        """Names and numbers of others in `passage`."""
        places = [n for n, character in enumerate(passage.text) if not character.isspace()]
        text = _squeezed(passage.text)
        for match in _NUMBERED.finditer(text):
            yield from self._numbered(match, places)
        for name, (body, of) in self._names:  # the longest first: 何静雯 is not 何静
            for match in re.finditer(re.escape(name), text):
                if not of or _is_meant(passage, text, match, body=body):
                    start, end = match.span()
                    text = text[:start] + "\0" * len(name) + text[end:]
                    if of:
                        yield Kind.NAME, places[start], places[end - 1] + 1, of

    def _numbered(self, match: re.Match[str], places: Sequence[int]) -> Iterator[_Hit]:
        for one in re.finditer(r"[A-Za-z]{0,3}\d+", match[1]):
            if _bare(one[0]) in self._numbers and (match[2] or len(one[0]) >= _ALONE):
                start, end = (match.start(1) + place for place in one.span())
                yield Kind.NUMBER, places[start], places[end - 1] + 1, ""


def _is_meant(passage: _Passage, text: str, match: re.Match[str], *, body: bool) -> bool:
    """Whether the characters of a name are one here."""
    name, (start, end) = match[0], match.span()
    if body:
        opening = any(source == _OPENING for _, source, _ in passage.starts)
        return passage.role in _ADDRESSING or opening
    if len(name) > 2:
        return True
    before = text[:start]
    if passage.role is Role.SALUTATION and _BEGINS.search(before) and _ENDS.match(text, end):
        return True
    return bool(_ADDRESSED.match(text, end) or _HONOURED.search(before))


def _passages(sheet: Sheet) -> Iterator[_Passage]:
    """The lines of the sheet, those of the title joined."""
    printed: dict[str, int] = {}  # characters of each source so far
    for role, lines in groupby(sheet.lines(), key=_joined):
        text, starts = "", []
        for line in lines:
            for piece in line.pieces:
                source = piece.source or (DISCLOSURE if line.role is Role.NOTE else "")
                starts.append((len(text), source, printed.get(source, 0)))
                printed[source] = printed.get(source, 0) + len(piece.text)
                text += piece.text
        if text:
            yield _Passage(role[0], text, tuple(starts))


def _joined(line: Line) -> tuple[Role, int]:
    return line.role, 0 if line.role is Role.TITLE else id(line)


def _context(text: str, start: int, end: int) -> str:
    before, after = max(0, start - _AROUND), end + _AROUND
    return ("…" if before else "") + text[before:after].strip() + ("…" if after < len(text) else "")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _bare(number: str) -> str:
    """A proposal number without what one letter prints and another does not: 0641, （641）."""
    return _squeezed(number).strip("()（）").upper().lstrip("0")
