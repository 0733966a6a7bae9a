"""Coverage (答复情况): what a case still lacks before it can leave, and where to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.enums import DisclosureKind, Form, Head, LetterKind, ProposalKind
from desktop.letter.model import Case, Proposal, Reply


class Place(StrEnum):
    """Where in the window something is missing, and what the key beside it names."""

    BASICS = "basics"  # 基本信息; the proposal
    FIELD = "field"  # 函件; office, lead_unit or disclosure
    SUGGESTIONS = "suggestions"  # 建议与答复; the first proposal
    REPLY = "reply"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, as a sentence, with the place to go to."""

    sentence: str
    place: Place
    key: str


def missing(case: Case) -> tuple[Missing, ...]:
    """Everything `case` lacks, the most urgent first."""
    return (*_unsplit(case), *_unanswered(case), *_unmarked(case), *_basics(case), *_fields(case))


def answered(reply: Reply) -> bool:
    """Whether the reply says anything (已答复)."""
    return any(paragraph.text.strip() for paragraph in reply.paragraphs)


def summary(case: Case) -> str:
    """What is most urgent, in one short sentence for the status line; empty if nothing is."""
    open_suggestions = sum(len(r.suggestions) for r in case.replies if not answered(r))
    if open_suggestions:
        return f"还有{open_suggestions}条建议未答复"
    if unmarked := len([*_unmarked(case)]):
        return f"还有{unmarked}段未标注去向"
    first = next(iter(missing(case)), None)
    return first.sentence if first else ""


def _unsplit(case: Case) -> Iterator[Missing]:
    general = case.general_reply
    is_said = general is not None and answered(general) and case.form is not Form.RESULT_LIST
    if not is_said and not any(case.suggestions()):
        yield Missing("还没有拆分建议", Place.SUGGESTIONS, case.proposals[0].key)


def _unanswered(case: Case) -> Iterator[Missing]:
    for reply, named in _numbered(case):
        if not answered(reply):
            yield Missing(f"{named}还没有答复", Place.REPLY, reply.key)


def _unmarked(case: Case) -> Iterator[Missing]:
    """Counted as the result list counts when it refuses: blank paragraphs do not."""
    if case.form is not Form.RESULT_LIST:
        return
    for reply, named in _numbered(case):
        written = (paragraph for paragraph in reply.paragraphs if paragraph.text.strip())
        for number, paragraph in enumerate(written, 1):
            if paragraph.outcome is None:
                sentence = f"{named}的答复第{number}段还没有标注去向"
                yield Missing(sentence, Place.PARAGRAPH, paragraph.key)


def _numbered(case: Case) -> Iterator[tuple[Reply, str]]:
    labels = {suggestion.key: suggestion.label for suggestion in case.suggestions()}
    for reply in case.replies:
        if reply.suggestions:
            yield reply, "建议" + "、".join(labels[key] for key in reply.suggestions)


def _basics(case: Case) -> Iterator[Missing]:
    for proposal in case.proposals:
        for word in _missing_words(proposal):
            yield Missing(f"还没有填写{word}", Place.BASICS, proposal.key)


def _missing_words(proposal: Proposal) -> Iterator[str]:
    is_npc = proposal.kind is ProposalKind.NPC
    if not proposal.proposal_number.strip():
        yield "建议编号" if is_npc else "提案编号"
    if not proposal.subject.strip():
        yield "案由"
    if not any(proposer.name.strip() for proposer in proposal.proposers):
        yield "领衔代表" if is_npc else "提案人"


def _fields(case: Case) -> Iterator[Missing]:
    if case.kind is LetterKind.OPINION and not case.lead_unit.strip():
        yield Missing("还没有填写主办单位", Place.FIELD, "lead_unit")
    if case.head is Head.LETTER and not case.office.full_name.strip():
        yield Missing("还没有填写本单位全称", Place.FIELD, "office")
    disclosure = case.disclosure
    if disclosure and disclosure.kind is DisclosureKind.CLOSED and not disclosure.reason.strip():
        yield Missing("不予公开还没有写明理由", Place.FIELD, "disclosure")
