"""`Case` ↔ the library's rows. The caller holds the transaction."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from db import models
from db.enums import (
    DisclosureKind,
    FieldState,
    Form,
    Head,
    LetterKind,
    Outcome,
    ProposalKind,
)
from desktop.errors import LibraryError
from desktop.letter.model import (
    COMPOSED,
    Case,
    Category,
    Disclosure,
    Field,
    Fields,
    Issue,
    Office,
    Paragraph,
    Proposal,
    Proposer,
    Reply,
    Suggestion,
)

_OFFICE_FACTS = tuple(Office.__dataclass_fields__)


def read_case(letter: models.Letter) -> Case:
    """The case of a letter's rows; `LibraryError` where a row holds a word no program wrote."""
    try:
        return _read_case(letter)
    except ValueError as error:
        raise LibraryError(
            f"卷宗 {letter.key} 的记录已损坏，程序没有改动它，请从备份恢复文库。"
        ) from error


def _read_case(letter: models.Letter) -> Case:
    return Case(
        key=letter.key,
        kind=LetterKind(letter.kind),
        form=Form(letter.form),
        wording=letter.wording,
        head=Head(letter.head),
        layout=letter.layout,
        sealed=letter.sealed,
        office=Office(**{name: getattr(letter.office, name) for name in _OFFICE_FACTS}),
        lead_unit=letter.lead_unit,
        category=Category(letter.category_scheme, letter.category_grade or "")
        if letter.category_scheme
        else None,
        disclosure=Disclosure(DisclosureKind(letter.disclosure_kind), letter.disclosure_reason)
        if letter.disclosure_kind
        else None,
        issue=Issue(letter.issued_on, letter.issued_by) if letter.issued_on else None,
        fields=_read_fields(letter),
        proposals=tuple(
            _read_proposal(link.proposal)
            for link in _children(models.LetterProposal.letter, letter)
        ),
        replies=tuple(_read_reply(reply) for reply in _children(models.Reply.letter, letter)),
    )


def write_case(case: Case, letter: models.Letter | None = None) -> models.Letter:
    """Write `case` as a new letter, or in place of all that `letter` held; returns its record.

    The record keeps its key: it lives as long as the letter does. Raises `LibraryError` where a
    proposal is also another letter's and says something else there.
    """
    values = _letter_values(case)
    if letter is None:
        letter = models.Letter.create(key=case.key, **values)
    else:
        _clear(letter)
        models.Letter.update(**values).where(models.Letter.id == letter.id).execute()
    for position, proposal in enumerate(case.proposals):
        models.LetterProposal.create(
            letter=letter, proposal=_write_proposal(proposal), position=position
        )
    _write_fields(letter, case.fields)
    _write_replies(letter, case)
    return models.Letter.get_by_id(letter.id)


def _rows(field: Any, parent: models.Record) -> list[Any]:
    """The records whose foreign key `field` points to `parent`."""
    return list(field.model.select().where(field == parent))


def _children(field: Any, parent: models.Record) -> list[Any]:
    """The same in their order."""
    return sorted(_rows(field, parent), key=lambda record: record.position)


def _read_fields(letter: models.Letter) -> Fields:
    values = dict.fromkeys(Fields.__dataclass_fields__, COMPOSED)
    for row in _rows(models.LetterField.letter, letter):
        values[row.name] = Field(FieldState(row.state), row.text)
    return Fields(**values)


def _read_proposal(row: models.Proposal) -> Proposal:
    return Proposal(
        key=row.key,
        kind=ProposalKind(row.kind),
        proposal_number=row.proposal_number,
        session=row.session,
        subject=row.subject,
        proposers=tuple(Proposer(p.name, p.body) for p in _children(models.Proposer.proposal, row)),
        suggestions=tuple(
            Suggestion(s.key, s.label, s.text, s.elaboration)
            for s in _children(models.Suggestion.proposal, row)
        ),
    )


def _read_reply(row: models.Reply) -> Reply:
    return Reply(
        key=row.key,
        suggestions=tuple(
            link.suggestion.key for link in _children(models.ReplySuggestion.reply, row)
        ),
        paragraphs=tuple(
            Paragraph(p.key, p.text, Outcome(p.outcome) if p.outcome else None, p.runs_on, p.level)
            for p in _children(models.Paragraph.reply, row)
        ),
    )


def _letter_values(case: Case) -> dict[str, object]:
    return {
        "kind": case.kind,
        "form": case.form,
        "wording": case.wording,
        "head": case.head,
        "layout": case.layout,
        "sealed": case.sealed,
        "office": _office(case.office),
        "lead_unit": case.lead_unit,
        "category_scheme": case.category.scheme if case.category else None,
        "category_grade": case.category.grade if case.category else None,
        "disclosure_kind": case.disclosure.kind if case.disclosure else None,
        "disclosure_reason": case.disclosure.reason if case.disclosure else "",
        "issued_on": case.issue.on if case.issue else None,
        "issued_by": case.issue.by if case.issue else "",
    }


def _office(office: Office) -> models.Office:
    """The row of the same facts, or a new one."""
    facts = asdict(office)
    same = [getattr(models.Office, name) == value for name, value in facts.items()]
    found = models.Office.select().where(*same).first()
    return found or models.Office.create(**facts)


def _write_proposal(proposal: Proposal) -> models.Proposal:
    existing = models.Proposal.get_or_none(models.Proposal.key == proposal.key)
    if existing:
        if _read_proposal(existing) != proposal:
            raise LibraryError(
                f"第{proposal.proposal_number}号的内容与文库中另一份卷宗里的不同，"
                "文库没有改动，请用 --as-new 另建一份。"
            )
        return existing
    row = models.Proposal.create(
        key=proposal.key,
        kind=proposal.kind,
        proposal_number=proposal.proposal_number,
        session=proposal.session,
        subject=proposal.subject,
    )
    _insert(
        models.Proposer,
        ({"proposal": row, "name": p.name, "body": p.body} for p in proposal.proposers),
    )
    _insert(models.Suggestion, ({"proposal": row, **asdict(s)} for s in proposal.suggestions))
    return row


def _write_fields(letter: models.Letter, fields: Fields) -> None:
    for name in Fields.__dataclass_fields__:
        value: Field = getattr(fields, name)
        if value != COMPOSED:
            models.LetterField.create(letter=letter, name=name, state=value.state, text=value.text)


def _write_replies(letter: models.Letter, case: Case) -> None:
    keys = [suggestion.key for suggestion in case.suggestions()]
    ids = {
        row.key: row.id for row in models.Suggestion.select().where(models.Suggestion.key.in_(keys))
    }
    for position, reply in enumerate(case.replies):
        row = models.Reply.create(letter=letter, key=reply.key, position=position)
        _insert(
            models.ReplySuggestion,
            ({"reply": row, "suggestion": ids[key]} for key in reply.suggestions),
        )
        _insert(models.Paragraph, ({"reply": row, **asdict(p)} for p in reply.paragraphs))


def _insert(model: type[models.Record], rows: Iterable[dict[str, Any]]) -> None:
    """Insert ordered child rows, a hundred at a time."""
    positioned = [{**row, "position": n} for n, row in enumerate(rows)]
    for start in range(0, len(positioned), 100):
        model.insert_many(positioned[start : start + 100]).execute()


def _clear(letter: models.Letter) -> None:
    """Delete what a letter holds, and the proposals that are no other letter's."""
    proposals = [link.proposal_id for link in _rows(models.LetterProposal.letter, letter)]
    for model in (models.Reply, models.LetterField, models.LetterProposal):
        model.delete().where(model.letter == letter).execute()
    shared = models.LetterProposal.select(models.LetterProposal.proposal)
    models.Proposal.delete().where(
        models.Proposal.id.in_(proposals), models.Proposal.id.not_in(shared)
    ).execute()
