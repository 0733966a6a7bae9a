"""The library's rows → `Case`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from db import models
from db.enums import DisclosureKind, FieldState, Form, Head, LetterKind, Outcome, ProposalKind, Role
from desktop.errors import DeletedCaseError, LibraryError, UnknownCaseError
from desktop.letter.model import (
    COMPOSED,
    Assignment,
    Case,
    Category,
    Disclosure,
    Field,
    Fields,
    Issue,
    Note,
    Office,
    Paragraph,
    Proposal,
    Proposer,
    Reply,
    Suggestion,
)

_OFFICE_FACTS = tuple(Office.__dataclass_fields__)
ALL_COMPOSED = Fields(attachments=COMPOSED, contact=COMPOSED, copies=COMPOSED)


def letter_of(key: str) -> models.Letter:
    """The record of the case with this key; `LibraryError` where there is none in the list."""
    letter: models.Letter | None = models.Letter.get_or_none(models.Letter.key == key)
    if letter is None:
        raise UnknownCaseError(f"文库里没有键为“{key}”的卷宗，没有改动任何内容。")
    if letter.deleted_at:
        raise DeletedCaseError(f"键为“{key}”的卷宗在回收站里，没有改动任何内容，请先恢复它。")
    return letter


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
        issue=Issue(day, letter.issued_by) if (day := _day(letter.issued_on)) else None,
        fields=_read_fields(letter),
        proposals=tuple(
            read_proposal(link.proposal) for link in _children(models.LetterProposal.letter, letter)
        ),
        replies=_read_replies(letter),
        assignments=_read_assignments(letter),
        notes=tuple(
            Note(n.key, n.place, n.text, n.author, n.at, n.quoted, n.done)
            for n in _children(models.Note.letter, letter)
        ),
    )


def _day(value: object) -> date | None:
    """A day as stored; `ValueError` where it is none."""
    return date.fromisoformat(str(value)) if value else None


def rows(field: Any, parent: models.Record) -> list[Any]:
    """The records whose foreign key `field` points to `parent`; for `records` as well."""
    return list(field.model.select().where(field == parent))


def _children(field: Any, parent: models.Record) -> list[Any]:
    """The same in their order."""
    return sorted(rows(field, parent), key=lambda record: record.position)


def _read_fields(letter: models.Letter) -> Fields:
    stored = rows(models.LetterField.letter, letter)
    return replace(
        ALL_COMPOSED, **{row.name: Field(FieldState(row.state), row.text) for row in stored}
    )


def read_proposal(row: models.Proposal) -> Proposal:
    """The proposal of a row."""
    return Proposal(
        key=row.key,
        kind=ProposalKind(row.kind),
        proposal_number=row.proposal_number,
        session=row.session,
        subject=row.subject,
        proposers=tuple(Proposer(p.name, p.body) for p in _children(models.Proposer.proposal, row)),
        suggestions=tuple(
            Suggestion(s.key, s.label, s.text, s.elaboration, s.spans)
            for s in _children(models.Suggestion.proposal, row)
        ),
        original=row.original,
    )


def _read_replies(letter: models.Letter) -> tuple[Reply, ...]:
    """Three queries, however many replies there are."""
    link, p = models.ReplySuggestion, models.Paragraph
    asked: dict[int, list[str]] = {}
    linked = link.select(link.reply, models.Suggestion.key).join(models.Suggestion).switch(link)
    for reply, key in _of_replies(linked, letter):
        asked.setdefault(reply, []).append(key)
    said: dict[int, list[Paragraph]] = {}
    written = p.select(p.reply, p.key, p.text, p.outcome, p.runs_on, p.level)
    for reply, key, text, outcome, runs_on, level in _of_replies(written, letter):
        paragraph = Paragraph(key, text, Outcome(outcome) if outcome else None, runs_on, level)
        said.setdefault(reply, []).append(paragraph)
    return tuple(
        Reply(row.key, tuple(asked.get(row.id, ())), tuple(said.get(row.id, ())))
        for row in _children(models.Reply.letter, letter)
    )


def _read_assignments(letter: models.Letter) -> tuple[Assignment, ...]:
    units = _children(models.Assignment.letter, letter)
    if not units:  # most letters
        return ()
    link: Any = models.AssignmentSuggestion
    linked = link.select(link.assignment, models.Suggestion.key).join(models.Suggestion)
    of_letter = (
        linked.switch(link).join(models.Assignment).where(models.Assignment.letter == letter)
    )
    asked: dict[int, list[str]] = {}
    for assignment, key in of_letter.order_by(link.position).tuples():
        asked.setdefault(assignment, []).append(key)
    return tuple(
        Assignment(
            row.key,
            row.unit,
            Role(row.role),
            tuple(asked.get(row.id, ())),
            row.contact,
            _day(row.due_on),
            _day(row.sent_on),
            _day(row.returned_on),
        )
        for row in units
    )


def _of_replies(query: Any, letter: models.Letter) -> Iterator[Any]:
    """The rows `query` finds under the replies of a letter, in their order."""
    joined = query.join(models.Reply).where(models.Reply.letter == letter)
    yield from joined.order_by(query.model.position).tuples()
