"""What services hand out: frozen rows, no records."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from db.enums import LetterKind, ProposalKind


class CaseState(StrEnum):
    """What a case's facts say of it; never set by hand."""

    UNSPLIT = "未拆分"
    DRAFTING = "起草中"
    ANSWERED = "已答完"
    ISSUED = "已定稿"


@dataclass(frozen=True, slots=True)
class CaseListed:
    """A line of the list of cases."""

    key: str
    kind: LetterKind
    proposal_kind: ProposalKind
    proposal_number: str
    session: str
    subject: str
    proposer: str
    state: CaseState


@dataclass(frozen=True, slots=True)
class CaseImported:
    """What came of one imported file; `notes` are sentences for the handler."""

    key: str
    proposal_number: str
    subject: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterExported:
    """A letter that left: where it lies and whether it is the final copy (定稿)."""

    path: Path
    final: bool
