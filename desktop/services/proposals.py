"""The proposals (提案、人大建议) a case answers: their facts as 基本信息 changes them. Pure."""

import re
from dataclasses import replace

from desktop.letter.clean import clean_text
from desktop.letter.keys import new_key
from desktop.letter.model import Case, Proposal, Proposer
from desktop.letter.proposal.proposers import is_body
from desktop.services import suggestions

_BETWEEN = re.compile("[、，,；;\n]+")


def edit_proposal(case: Case, number: int, **facts: object) -> Case:
    """The case with other facts of its proposal `number` (from 0); texts become one line."""
    clean = {
        name: " ".join(clean_text(value).split("\n")) if type(value) is str else value
        for name, value in facts.items()
    }
    proposals = list(case.proposals)
    proposals[number] = replace(proposals[number], **clean)  # type: ignore[arg-type]
    return replace(case, proposals=tuple(proposals))


def add_proposal(case: Case) -> Case:
    """The case with one more proposal to answer (并案答复), of the first one's session."""
    first = case.proposals[0]
    made = Proposal(new_key(), first.kind, session=first.session)
    return replace(case, proposals=(*case.proposals, made))


def remove_proposal(case: Case, number: int) -> Case:
    """The case without this proposal, its suggestions, and the replies to them alone."""
    for suggestion in case.proposals[number].suggestions:
        case = suggestions.remove_suggestion(case, suggestion.key)
    proposals = list(case.proposals)
    del proposals[number]
    return replace(case, proposals=tuple(proposals))


def read_proposers(text: str, known: tuple[Proposer, ...]) -> tuple[Proposer, ...]:
    """The proposers (提案人) a line names, in its order; a known name stays person or body."""
    bodies = {proposer.name: proposer.body for proposer in known}
    names = dict.fromkeys(part.strip() for part in _BETWEEN.split(clean_text(text)))
    return tuple(Proposer(name, bodies.get(name, is_body(name))) for name in names if name)


def proposers_text(proposers: tuple[Proposer, ...]) -> str:
    """周明远、何静、民进某某区总支: the line `read_proposers` reads."""
    return "、".join(proposer.name for proposer in proposers)


def turn_proposer(proposers: tuple[Proposer, ...], name: str) -> tuple[Proposer, ...]:
    """The same proposers, the one called `name` a body instead of a person, or the other way."""
    return tuple(replace(p, body=not p.body) if p.name == name else p for p in proposers)
