"""The list of cases with their derived states; by itself, because it is what starts first."""

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from db.enums import LetterKind, ProposalKind
from db.queries import CaseRow, case_rows
from desktop.services.rows import CaseListed, CaseState

if TYPE_CHECKING:
    from desktop.letter.model import Case

Kind = TypeVar("Kind", bound=StrEnum)


def list_cases() -> list[CaseListed]:
    """Every case with its derived state, by number."""
    return [_listed(row) for row in case_rows()]


def listed(case: "Case") -> CaseListed:
    """The line of one case, from its facts alone: what `list_cases` would say once it is saved."""
    answered = [any(p.text.strip() for p in reply.paragraphs) for reply in case.replies]
    names = [q.name for p in case.proposals for q in p.proposers]
    row = CaseRow(
        case.key,
        case.kind,
        case.proposals[0].kind,
        "、".join(p.proposal_number for p in case.proposals if p.proposal_number),
        case.proposals[0].session,
        next((p.subject for p in case.proposals if p.subject), ""),
        next(iter(names), ""),
        case.issue.on if case.issue else None,
        sum(len(r.suggestions) for r, done in zip(case.replies, answered, strict=True) if not done),
        any(answered),
    )
    return _listed(row)


def _listed(row: CaseRow) -> CaseListed:
    return CaseListed(
        row.key,
        _known(LetterKind, row.kind),
        _known(ProposalKind, row.proposal_kind),
        row.proposal_number,
        row.session,
        row.subject,
        row.proposer,
        state_of(row),
        row.unanswered,
    )


def _known(words: type[Kind], word: str) -> Kind:
    """The word; one nobody wrote must not hide the other cases: opening its case says it."""
    return words(word) if word in set(words) else next(iter(words))


def state_of(row: CaseRow) -> CaseState:
    """What the facts of a case say of it."""
    if row.issued_on:
        return CaseState.ISSUED
    if row.unanswered:
        return CaseState.DRAFTING
    return CaseState.ANSWERED if row.answered else CaseState.UNSPLIT
