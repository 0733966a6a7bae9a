"""The texts of a case besides its replies: the suggestions' words, number, names, title ….

A return that touches them is shown apart, because they are the proposer's or the office's.
"""

from dataclasses import replace
from datetime import date

from desktop.letter.case_file import ONE_LINE_FIELDS
from desktop.letter.compose import FIELD_NAMES, field_text
from desktop.letter.model import ABSENT, Case, Proposal, Proposer, own
from desktop.services.suggestions import edit_suggestion

_FACTS = ("proposal_number", "session", "subject", "proposers")


def parts_changed(base: Case, theirs: Case) -> list[str]:
    """The parts, as `text_of` names them, that are not in `theirs` as they were in `base`."""
    before = _values(base)
    return [part for part, value in _values(theirs).items() if value != before.get(part, "")]


def is_of_suggestion(part: str) -> bool:
    """Whether it is the words of a suggestion."""
    return part.endswith((".text", ".elaboration"))


def text_of(case: Case, part: str, today: date) -> str | None:
    """What `part` says in `case`: "<suggestion key>.text", ".elaboration", "<proposal key>.session"
    and the like, "lead_unit", or a field's name; None where it has no such suggestion or proposal.
    """
    key, _, name = part.rpartition(".")
    if not key:
        return case.lead_unit if part == "lead_unit" else field_text(case, part, today)
    if is_of_suggestion(part):
        return next((str(getattr(s, name)) for s in case.suggestions() if s.key == key), None)
    return next((_fact(p, name) for p in case.proposals if p.key == key), None)


def with_text(case: Case, part: str, text: str) -> Case:
    """The case that says `text` there; a field with the office's own words, or absent."""
    key, _, name = part.rpartition(".")
    if part in ONE_LINE_FIELDS or (key and name != "elaboration") or part == "lead_unit":
        text = text.replace("\n", "")
    if part == "lead_unit":
        return replace(case, lead_unit=text)
    if not key:
        value = own(text) if text.strip() else ABSENT
        return replace(case, fields=replace(case.fields, **{part: value}))
    if name == "text":
        return edit_suggestion(case, key, text=text)
    if name == "elaboration":
        return edit_suggestion(case, key, elaboration=text)
    changed = (_with_fact(p, name, text) if p.key == key else p for p in case.proposals)
    return replace(case, proposals=tuple(changed))


def _values(case: Case) -> dict[str, object]:
    values: dict[str, object] = {}
    for s in case.suggestions():
        values |= {f"{s.key}.text": s.text, f"{s.key}.elaboration": s.elaboration}
    for proposal in case.proposals:
        values |= {f"{proposal.key}.{name}": _fact(proposal, name) for name in _FACTS}
    values["lead_unit"] = case.lead_unit
    return values | {name: getattr(case.fields, name) for name in FIELD_NAMES}


def _fact(proposal: Proposal, name: str) -> str:
    if name == "proposers":
        return "、".join(proposer.name for proposer in proposal.proposers)
    return str(getattr(proposal, name))


def _with_fact(proposal: Proposal, name: str, text: str) -> Proposal:
    if name == "proposal_number":
        return replace(proposal, proposal_number=text)
    if name == "session":
        return replace(proposal, session=text)
    if name == "subject":
        return replace(proposal, subject=text)
    known = {proposer.name: proposer for proposer in proposal.proposers}
    names = filter(None, text.split("、"))
    return replace(proposal, proposers=tuple(known.get(n, Proposer(n)) for n in names))
