"""The list of cases with their derived states; by itself, because it is what starts first."""

from db.enums import LetterKind, ProposalKind
from db.queries import CaseRow, case_rows
from desktop.services.rows import CaseListed, CaseState


def list_cases() -> list[CaseListed]:
    """Every case with its derived state, by number."""
    return [_listed(row) for row in case_rows()]


def _listed(row: CaseRow) -> CaseListed:
    return CaseListed(
        row.key,
        LetterKind(row.kind),
        ProposalKind(row.proposal_kind),
        row.proposal_number,
        row.session,
        row.subject,
        row.proposer,
        _state(row),
    )


def _state(row: CaseRow) -> CaseState:
    if row.issued_on:
        return CaseState.ISSUED
    if not row.suggestions and not row.paragraphs:
        return CaseState.UNSPLIT
    return CaseState.DRAFTING if row.unanswered else CaseState.ANSWERED
