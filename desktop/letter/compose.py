"""Case → `Letter`: every field's text, from the wording, the handler's own words, or nothing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from db.enums import DisclosureKind, FieldState, LetterKind
from desktop.errors import ComposeError
from desktop.letter.model import (
    Case,
    Field,
    Fields,
    Issue,
    Letter,
    Proposal,
    Proposer,
    Reply,
    Section,
    Suggestion,
)
from desktop.letter.numerals import format_date
from desktop.letter.title_lines import break_title
from desktop.letter.wording import Wording, load_wording

DISCLOSURE_WORDS = {
    DisclosureKind.OPEN: "主动公开",
    DisclosureKind.ON_REQUEST: "依申请公开",
    DisclosureKind.CLOSED: "不予公开",
}
FIELD_NAMES = tuple(Fields.__dataclass_fields__)


def compose(case: Case, today: date) -> Letter:
    """The letter `case` prints as. `today` gives the year of a date or 文号 still to be filled in.

    Raises `ComposeError` where the wording is unknown or an opinion has no lead unit.
    """
    if case.kind is LetterKind.OPINION and not case.lead_unit:
        raise ComposeError("会办意见还没有填写主办单位，卷宗未改动，请先补上主办单位。")
    texts = {name: field_text(case, name, today) for name in FIELD_NAMES}
    wording = load_wording(case.wording)
    return Letter(
        case=case,
        mark=case.office.full_name,
        category=wording.line("category", {"grade": case.category.grade}) if case.category else "",
        document_number=texts["document_number"],
        title=title_lines(case, texts["title"]),
        salutation=texts["salutation"],
        opening=_lines(texts["opening"]),
        sections=tuple(_sections(case)),
        general=_general(case),
        closing=_lines(texts["closing"]),
        attachments=_lines(texts["attachments"]),
        signature=_lines(texts["signature"]),
        date=texts["date"],
        contact=_lines(texts["contact"]),
        disclosure=_disclosure(case, wording),
        copies=texts["copies"],
    )


def field_text(case: Case, name: str, today: date) -> str:
    """What field `name` of `case` says; empty where it is absent or nothing can be composed."""
    field: Field = getattr(case.fields, name)
    if field.state is FieldState.ABSENT:
        return ""
    return field.text or composed_text(case, name, today)


def composed_text(case: Case, name: str, today: date) -> str:
    """What the wording composes for field `name`, whatever its state is."""
    day = case.issue.on if case.issue else today
    if name == "date":
        return format_date(day) if case.issue else f"{day.year}年　月　日"
    proposers = _all_proposers(case.proposals)
    variant = ""
    if name == "salutation":
        variant = "people" if any(not p.body for p in proposers) else "bodies"
        if not proposers and case.kind is LetterKind.REPLY:
            return ""
    return load_wording(case.wording).field(case.kind, name, facts(case, day), variant)


def freeze(case: Case, issue: Issue) -> Case:
    """`case` issued (定稿): every composed field keeps the text it has on that day."""
    issued = replace(case, issue=issue)
    frozen = {
        name: replace(getattr(case.fields, name), text=field_text(issued, name, issue.on))
        for name in FIELD_NAMES
        if getattr(case.fields, name).state is FieldState.COMPOSED
    }
    return replace(issued, fields=replace(case.fields, **frozen))


def facts(case: Case, day: date) -> dict[str, str]:
    """What the {places} of a pattern are filled with; `day` gives the year of a 文号."""
    wording, office = load_wording(case.wording), case.office
    proposers = _all_proposers(case.proposals)
    kind = case.proposals[0].kind
    return {
        "office": office.full_name,
        "prefix": office.document_prefix,
        "we": office.own_word,
        "region": office.region_word,
        "contact_name": office.contact_name,
        "contact_phone": office.contact_phone,
        "year": str(day.year),
        "lead_unit": case.lead_unit,
        "session": case.proposals[0].session,
        "number": "、".join(p.proposal_number for p in case.proposals if p.proposal_number),
        "subject": "".join(_quoted(wording, p.subject) for p in case.proposals if p.subject),
        "paper": wording.word("paper", kind),
        "you": wording.word("you", _you(proposers)),
        "addressees": _addressees(proposers, wording.word("member", kind)),
    }


def _quoted(wording: Wording, subject: str) -> str:
    quotes = wording.word("subject", "quoting" if "《" in subject else "plain")
    return quotes.replace("{subject}", subject)


def _you(proposers: tuple[Proposer, ...]) -> str:
    if len(proposers) > 1:
        return "several"
    return "body" if proposers and proposers[0].body else "one"


def _addressees(proposers: tuple[Proposer, ...], member: str) -> str:
    """周明远、何静委员、民盟某区总支: every proposer of a joint one is answered."""
    people = "、".join(p.name for p in proposers if not p.body)
    bodies = [p.name for p in proposers if p.body]
    return "、".join([people + member, *bodies] if people else bodies)


def _all_proposers(proposals: Iterable[Proposal]) -> tuple[Proposer, ...]:
    return tuple(dict.fromkeys(p for proposal in proposals for p in proposal.proposers))


def title_lines(case: Case, title: str) -> tuple[str, ...]:
    """The lines `title` prints in: as the handler broke it, else by meaning."""
    if "\n" in title:  # the handler set the breaks
        return _lines(title)
    names = [p.name for p in _all_proposers(case.proposals)]
    names += [case.office.full_name, case.office.short_name, case.lead_unit]
    names += [p.session for p in case.proposals]
    return break_title(title, tuple(names))


def _sections(case: Case) -> Iterable[Section]:
    by_key: dict[str, Suggestion] = {s.key: s for s in case.suggestions()}
    for reply in case.replies:
        if reply.suggestions:
            suggestions = tuple(by_key[key] for key in reply.suggestions)
            yield Section(_without_blanks(reply), suggestions)


def _general(case: Case) -> Reply | None:
    reply = case.general_reply and _without_blanks(case.general_reply)
    return reply if reply and reply.paragraphs else None


def _without_blanks(reply: Reply) -> Reply:
    """The reply as it prints; a blank paragraph is only a place where somebody is writing."""
    return replace(reply, paragraphs=tuple(p for p in reply.paragraphs if p.text.strip()))


def _disclosure(case: Case, wording: Wording) -> str:
    if not case.disclosure:
        return ""
    word = DISCLOSURE_WORDS[case.disclosure.kind]
    return wording.line("disclosure", {"disclosure": word, "reason": case.disclosure.reason})


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())
