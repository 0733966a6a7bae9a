"""What two cases have to do with each other: one letter twice, another letter of the same number,
or a proposal and the letter that answers it, which are one case. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from hashlib import sha256

from db.enums import FieldState, LetterKind, ProposalKind
from desktop.letter.clean import without_white
from desktop.letter.compose import FIELD_NAMES, composed_text
from desktop.letter.foreign.dates import read_date
from desktop.letter.model import ABSENT, Case, Fields, Proposal, own
from desktop.letter.proposal.proposal_identity import (
    is_one_session,
    number_sign,
    session_sign,
    subject_sign,
)
from desktop.services.replies import insert


class Kin(Enum):
    """Why two cases do not simply stand side by side, the strongest first."""

    SAME = auto()  # 同一份
    OTHER = auto()  # 编号相同，内容不同
    COMPLETES = auto()  # 提案 and its 答复


@dataclass(frozen=True, slots=True)
class _Answered:
    """A proposal by what tells it from others."""

    kind: ProposalKind
    numbers: frozenset[str]
    session: tuple[str, str]
    subject: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A case by what tells it from others: digests of its replies' words and of its proposals'
    originals, empty where there are none; whether it has suggestions; its letter's year, or 0."""

    key: str
    kind: LetterKind
    proposals: tuple[_Answered, ...]
    year: int
    words: str
    original: str
    asks: bool

    @property
    def numbers(self) -> set[str]:
        """Of its proposals, as they are compared."""
        return {number for proposal in self.proposals for number in proposal.numbers}


def identity_of(case: Case) -> Identity:
    """What tells `case` from others."""
    day = day_of(case)
    return Identity(
        case.key,
        case.kind,
        tuple(map(_answered, case.proposals)),
        day.year if day else 0,
        _digest(p.text for reply in case.replies for p in reply.paragraphs),
        _digest(p.original for p in case.proposals),
        any(case.suggestions()),
    )


def day_of(case: Case) -> date | None:
    """The day a letter bears, where it bears one."""
    return case.issue.on if case.issue else read_date(without_white(case.fields.date.text))


def _answered(proposal: Proposal) -> _Answered:
    numbers = proposal.proposal_number.split("、")
    return _Answered(
        proposal.kind,
        frozenset(map(number_sign, filter(None, numbers))),
        session_sign(proposal.session),
        subject_sign(proposal.subject),
    )


def kin(one: Identity, other: Identity) -> Kin | None:
    """What a case has to do with another one that comes after it, if anything."""
    if one.kind is not other.kind:
        return None
    if one.key == other.key:
        alike = (one.words, one.original) == (other.words, other.original)
        return Kin.SAME if alike or _by_contents(one, other) is Kin.SAME else Kin.OTHER
    if not one.numbers and not other.numbers:
        return Kin.SAME if one.words and one.words == other.words else None
    many_years = len({one.year, other.year} - {0}) > 1
    pairs = [(p, q) for p in one.proposals for q in other.proposals]
    if not any(_are_one(p, q, many_years=many_years) for p, q in pairs):
        return None
    near = _by_contents(one, other)
    if near is Kin.COMPLETES and not any(_agree(p, q) for p, q in pairs):
        return Kin.OTHER  # by the number alone nothing is joined
    return near


def joined(before: Case, came: Case) -> Case:
    """A proposal's case and its letter's as one, under the keys of `before`.

    The letter stays as it prints: what it says of its proposal stands, the proposal tells the rest.
    Its suggestions come in, with an empty reply each, where the letter has none and is not issued.
    """
    answered, asked = (came, before) if identity_of(came).words else (before, came)
    takes = not answered.issue and not any(answered.suggestions())
    proposals = []
    for proposal in answered.proposals:
        numbers = _answered(proposal).numbers
        asking = next((p for p in asked.proposals if _answered(p).numbers & numbers), proposal)
        key = (proposal if answered is before else asking).key
        proposals.append(replace(_completed(proposal, asking, takes=takes), key=key))
    case = replace(answered, key=before.key, proposals=tuple(proposals))
    case = replace(case, fields=_as_printed(answered, case))
    return insert(case, *(reply for reply in asked.replies if takes and reply.suggestions))


def _completed(proposal: Proposal, asking: Proposal, *, takes: bool) -> Proposal:
    return replace(
        proposal,
        session=proposal.session or asking.session,
        subject=proposal.subject or asking.subject,
        proposers=proposal.proposers or asking.proposers,
        original=proposal.original or asking.original,
        suggestions=asking.suggestions if takes else proposal.suggestions,
    )


def _as_printed(before: Case, after: Case) -> Fields:
    """The fields of `after`; what the wording would now compose otherwise stays as it was."""
    fields = after.fields
    for name in FIELD_NAMES:
        field = getattr(fields, name)
        if name == "date" or field.state is not FieldState.COMPOSED or field.text:
            continue
        printed = composed_text(before, name, date.min)  # no other field has the day in it
        if composed_text(after, name, date.min) != printed:
            fields = replace(fields, **{name: own(printed) if printed else ABSENT})
    return fields


def _are_one(one: _Answered, other: _Answered, *, many_years: bool) -> bool:
    """Whether two cases name one proposal: where a session is not told, nothing else may differ."""
    if one.kind is not other.kind or not one.numbers & other.numbers:
        return False
    if one.session[1] and other.session[1]:
        return is_one_session(one.session, other.session)
    told = bool(one.subject and other.subject)
    return not many_years and not (told and one.subject != other.subject)


def _agree(one: _Answered, other: _Answered) -> bool:
    """Whether more than the number is told of both, and is the same."""
    sessions = bool(one.session[1]) and is_one_session(one.session, other.session)
    return sessions or (bool(one.subject) and one.subject == other.subject)


def _by_contents(one: Identity, other: Identity) -> Kin:
    if one.words and other.words:
        same = one.words == other.words
    else:
        answered, asked = (other, one) if other.words else (one, other)
        lost = answered.asks and asked.asks and not asked.original  # suggestions found nowhere else
        if not answered.original and asked.numbers <= answered.numbers and not lost:
            return Kin.COMPLETES
        same = answered.original == asked.original
    return Kin.SAME if same else Kin.OTHER


def _digest(texts: Iterable[str]) -> str:
    said = without_white("".join(texts))
    return sha256(said.encode()).hexdigest() if said else ""
