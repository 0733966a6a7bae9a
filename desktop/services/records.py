"""`Case` → the library's rows, all or what differs. The caller holds the transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from peewee import DoesNotExist

from db import models
from db.queries import insert
from desktop.errors import LibraryError, OwnCaseError
from desktop.letter.model import (
    COMPOSED,
    Case,
    Field,
    Fields,
    Office,
    Paragraph,
    Proposal,
    Proposer,
    Reply,
    Suggestion,
)
from desktop.services.loading import ALL_COMPOSED, read_proposal, rows


def write_case(case: Case, letter: models.Letter | None = None) -> models.Letter:
    """Write `case` as a new letter, or in place of all that `letter` held; returns its record, not
    read anew.

    The record keeps its key: it lives as long as the letter does. Raises `LibraryError` where a
    proposal is also another letter's and says something else there.
    """
    values = {**_letter_values(case), "office": office_row(case.office)}
    if letter is None:
        letter = models.Letter.create(key=case.key, **values)
    else:
        _clear(letter)
        _update(letter, values)
    insert(
        models.LetterProposal,
        [
            {"letter": letter, "proposal": _write_proposal(proposal), "position": n}
            for n, proposal in enumerate(case.proposals)
        ],
    )
    _update_fields(letter, ALL_COMPOSED, case.fields)
    _write_replies(letter, case)
    _mark_changed(letter)
    return letter


def update_case(letter: models.Letter, before: Case, after: Case) -> None:
    """Write what differs between `before`, which `letter` holds, and `after`.

    A paragraph typed into is one row; where paragraphs, replies or suggestions came, went or moved,
    their part is written anew. Should the library not hold `before` after all, nothing of `after`
    is lost: it is written whole. Raises `LibraryError` as `write_case` does.
    """
    try:
        if not _moved(before, after):
            _update_parts(letter, before, after)
            _mark_changed(letter)
            return
    except (LookupError, DoesNotExist):
        pass
    write_case(after, letter)


def _update_parts(letter: models.Letter, before: Case, after: Case) -> None:
    old, new = _letter_values(before), _letter_values(after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    if after.office != before.office:
        changed["office"] = office_row(after.office)
    if changed:
        _update(letter, changed)
    _update_fields(letter, before.fields, after.fields)
    for was, proposal in zip(before.proposals, after.proposals, strict=True):
        if proposal != was:
            _update_proposal(letter, was, proposal)
    if after.replies != before.replies:
        _update_replies(letter, before, after)


def _mark_changed(letter: models.Letter) -> None:
    """Note the commit this will be, so that the search index reads the letter anew."""
    this = models.Library.select(models.Library.commits + 1)
    models.Letter.update(changed=this).where(models.Letter.id == letter.id).execute()


def office_row(office: Office) -> models.Office:
    """The row of the same facts, or a new one."""
    facts = asdict(office)
    same = [getattr(models.Office, name) == value for name, value in facts.items()]
    found = models.Office.select().where(*same).first()
    return found or models.Office.create(**facts)


def drop_idle_offices() -> None:
    """Delete the offices that are neither ours nor a letter's."""
    used = models.Letter.select(models.Letter.office)
    models.Office.delete().where(~models.Office.ours, models.Office.id.not_in(used)).execute()


def _letter_values(case: Case) -> dict[str, object]:
    """The columns of the letter's own row, the office aside."""
    return {
        "kind": case.kind,
        "form": case.form,
        "wording": case.wording,
        "head": case.head,
        "layout": case.layout,
        "sealed": case.sealed,
        "lead_unit": case.lead_unit,
        "category_scheme": case.category.scheme if case.category else None,
        "category_grade": case.category.grade if case.category else None,
        "disclosure_kind": case.disclosure.kind if case.disclosure else None,
        "disclosure_reason": case.disclosure.reason if case.disclosure else "",
        "issued_on": case.issue.on if case.issue else None,
        "issued_by": case.issue.by if case.issue else "",
    }


def _update(letter: models.Letter, values: dict[str, object]) -> None:
    models.Letter.update(**values).where(models.Letter.id == letter.id).execute()
    if "office" in values:
        drop_idle_offices()


def _update_fields(letter: models.Letter, before: Fields, after: Fields) -> None:
    """A composed field has no row."""
    row, gone, there = models.LetterField, [], []
    for name in Fields.__dataclass_fields__:
        value: Field = getattr(after, name)
        if value == getattr(before, name):
            continue
        if value == COMPOSED:
            gone.append(name)
        else:
            there.append({"letter": letter, "name": name, "state": value.state, "text": value.text})
    if gone:
        row.delete().where(row.letter == letter, row.name.in_(gone)).execute()
    insert(row, there, replacing=True)


def _moved(before: Case, after: Case) -> bool:
    """Whether a proposal came or went, or a suggestion now stands under another one."""
    if [p.key for p in before.proposals] != [p.key for p in after.proposals]:
        return True
    owner = {s.key: p.key for p in before.proposals for s in p.suggestions}
    return any(owner.get(s.key, p.key) != p.key for p in after.proposals for s in p.suggestions)


def _proposal_values(proposal: Proposal) -> dict[str, object]:
    return {
        "kind": proposal.kind,
        "proposal_number": proposal.proposal_number,
        "session": proposal.session,
        "subject": proposal.subject,
        "original": proposal.original,
    }


def _write_proposal(proposal: Proposal) -> models.Proposal:
    existing = models.Proposal.get_or_none(models.Proposal.key == proposal.key)
    if existing:
        known = read_proposal(existing)
        if known != with_original(proposal, known):
            raise _shared(proposal)
        return existing
    row = models.Proposal.create(key=proposal.key, **_proposal_values(proposal))
    insert(models.Proposer, _proposers(row, proposal))
    insert(models.Suggestion, _placed({"proposal": row}, proposal.suggestions))
    return row


def with_original(proposal: Proposal, known: Proposal) -> Proposal:
    """`proposal` with the original that `known`, an older state of it, has, if it brings none.

    A working copy travels without it.
    """
    if proposal.original:
        return proposal
    spans = {suggestion.key: suggestion.spans for suggestion in known.suggestions}
    suggestions = tuple(replace(s, spans=spans.get(s.key, ())) for s in proposal.suggestions)
    return replace(proposal, original=known.original, suggestions=suggestions)


def _update_proposal(letter: models.Letter, before: Proposal, after: Proposal) -> None:
    row = models.Proposal.get(models.Proposal.key == after.key)
    link = models.LetterProposal
    if link.select().where(link.proposal == row, link.letter != letter).exists():
        raise _shared(after)
    values = _proposal_values(after)
    if values != _proposal_values(before):
        models.Proposal.update(**values).where(models.Proposal.id == row.id).execute()
    if after.proposers != before.proposers:
        models.Proposer.delete().where(models.Proposer.proposal == row).execute()
        insert(models.Proposer, _proposers(row, after))
    _update_suggestions(row, before.suggestions, after.suggestions)


def _update_suggestions(
    row: models.Proposal, before: tuple[Suggestion, ...], after: tuple[Suggestion, ...]
) -> None:
    suggestion = models.Suggestion
    gone = {s.key for s in before} - {s.key for s in after}
    if gone:
        suggestion.delete().where(suggestion.key.in_(gone)).execute()
    old = {values["key"]: values for values in _placed({}, before)}
    for values in _placed({}, after):
        if values["key"] not in old:
            suggestion.create(proposal=row, **values)
        elif values != old[values["key"]]:
            _one(suggestion.update(**values).where(suggestion.key == values["key"]))


def _shared(proposal: Proposal) -> LibraryError:
    named = f"第{proposal.proposal_number}号" if proposal.proposal_number else "这件提案"
    return OwnCaseError(
        f"{named}的内容与文库中另一份卷宗里的不同，没有保存，文库没有改动，请另建一份。"
    )


def _write_replies(letter: models.Letter, case: Case) -> None:
    insert(
        models.Reply,
        ({"letter": letter, "key": r.key, "position": n} for n, r in enumerate(case.replies)),
    )
    ids = _reply_ids(letter)
    link, suggestion = models.LetterProposal, models.Suggestion
    asked = _ids(
        suggestion.select(suggestion.key, suggestion.id)
        .join(link, on=(link.proposal == suggestion.proposal))
        .where(link.letter == letter)
    )
    insert(
        models.ReplySuggestion,
        (
            {"reply": ids[reply.key], "suggestion": asked[key], "position": n}
            for reply in case.replies
            for n, key in enumerate(reply.suggestions)
        ),
    )
    _write_paragraphs(ids, case.replies)


def _update_replies(letter: models.Letter, before: Case, after: Case) -> None:
    if [(r.key, r.suggestions) for r in before.replies] != [
        (r.key, r.suggestions) for r in after.replies
    ]:
        models.Reply.delete().where(models.Reply.letter == letter).execute()
        _write_replies(letter, after)
        return
    anew: list[Reply] = []
    for old, new in zip(before.replies, after.replies, strict=True):
        if [p.key for p in old.paragraphs] != [p.key for p in new.paragraphs]:
            anew.append(new)
        elif new != old:
            _update_paragraphs(old.paragraphs, new.paragraphs)
    if anew:  # all are cleared before any is written: a paragraph may have gone from one to another
        ids = _reply_ids(letter)
        paragraph = models.Paragraph
        paragraph.delete().where(paragraph.reply.in_([ids[r.key] for r in anew])).execute()
        _write_paragraphs(ids, anew)


def _reply_ids(letter: models.Letter) -> dict[str, int]:
    query = models.Reply.select(models.Reply.key, models.Reply.id)
    return _ids(query.where(models.Reply.letter == letter))


def _ids(query: Any) -> dict[str, int]:
    """Key → id."""
    return dict(query.tuples())


def _write_paragraphs(ids: dict[str, int], replies: Iterable[Reply]) -> None:
    insert(
        models.Paragraph,
        (row for r in replies for row in _placed({"reply": ids[r.key]}, r.paragraphs)),
    )


def _update_paragraphs(before: tuple[Paragraph, ...], after: tuple[Paragraph, ...]) -> None:
    for old, new in zip(before, after, strict=True):
        if new != old:
            row = models.Paragraph
            _one(row.update(**asdict(new)).where(row.key == new.key))


def _one(update: Any) -> None:
    """Change the one row there is; `LookupError` where it is not."""
    if update.execute() != 1:
        raise LookupError


def _proposers(row: models.Proposal, proposal: Proposal) -> Iterator[dict[str, Any]]:
    return _placed({"proposal": row}, proposal.proposers)


def _placed(
    parent: dict[str, Any], parts: Iterable[Proposer | Suggestion | Paragraph]
) -> Iterator[dict[str, Any]]:
    """The columns of ordered parts, each with its place."""
    for position, part in enumerate(parts):
        yield {**parent, **asdict(part), "position": position}


def remove_letter(letter: models.Letter) -> None:
    """Delete a letter with all it holds, its states and its export journal."""
    _clear(letter)
    letter.delete_instance()
    drop_idle_offices()


def _clear(letter: models.Letter) -> None:
    """Delete what a letter holds, and the proposals that are no other letter's."""
    link = models.LetterProposal
    proposals = [row.proposal_id for row in rows(link.letter, letter)]
    for model in (models.Reply, models.LetterField, link):
        model.delete().where(model.letter == letter).execute()
    shared = link.select(link.proposal)
    models.Proposal.delete().where(
        models.Proposal.id.in_(proposals), models.Proposal.id.not_in(shared)
    ).execute()
