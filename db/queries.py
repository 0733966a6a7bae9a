"""Queries that need more than one line of peewee; they return rows as plain tuples."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from peewee import JOIN, Select, SqliteDatabase, fn

from db.models import (
    Letter,
    LetterProposal,
    Paragraph,
    Proposal,
    Proposer,
    Record,
    Reply,
    ReplySuggestion,
)

# what `str.isspace` calls white; SQLite's own TRIM knows the blank only
WHITE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


class CaseRow(NamedTuple):
    """One line of the list of cases, counted so that its state can be derived."""

    key: str
    kind: str
    proposal_kind: str
    proposal_number: str
    session: str
    subject: str
    proposer: str
    issued_on: object  # a date in any shape, or nothing
    unanswered: int  # suggestions whose reply has not a word
    answered: bool  # whether a reply has one, the general one included


def case_rows(*, deleted: bool = False) -> Iterator[CaseRow]:
    """Every case by number; several proposals of one case share a line (“13、53”).

    Those in the 回收站 instead where `deleted`.
    """
    lead = (
        Proposer.select(Proposer.name)
        .where(Proposer.proposal == Proposal.id)
        .order_by(Proposer.position)
        .limit(1)
    )
    query: Any = (
        Letter.select(
            Letter.key,
            Letter.kind,
            Proposal.kind,
            Proposal.proposal_number,
            Proposal.session,
            Proposal.subject,
            fn.COALESCE(lead, ""),
            Letter.issued_on,
            _unanswered(),
            fn.EXISTS(_replies(Reply.id).where(_answered())),
        )
        .join(LetterProposal)
        .join(Proposal)
        .where(Letter.deleted_at.is_null(not deleted))
        .order_by(Letter.id, LetterProposal.position)
    )
    database: SqliteDatabase = Letter._meta.database
    by_key: dict[str, CaseRow] = {}
    for values in database.execute(query):  # as SQLite has them: peewee would weigh every value
        row = CaseRow._make(values)
        first = by_key.setdefault(row.key, row)
        if first is not row:
            by_key[row.key] = first._replace(
                proposal_number="、".join(
                    filter(None, (first.proposal_number, row.proposal_number))
                ),
                subject=first.subject or row.subject,
                proposer=first.proposer or row.proposer,
            )
    yield from sorted(by_key.values(), key=lambda row: _by_number(row.proposal_number))


def _by_number(number: str) -> tuple[int, str]:
    """Numbers in their order, 9 before 13; those with letters after them."""
    first = number.partition("、")[0]
    return (int(first) if first.isdecimal() else sys.maxsize, number)


def letters_named(reference: str, *, deleted: bool = False) -> list[Letter]:
    """The letters with this case key, or else those that answer the proposals of these numbers
    (one, or several as the list names them: 13、53); only those in the 回收站 where `deleted`."""
    there = Letter.deleted_at.is_null(not deleted)
    by_key = list(Letter.select().where(Letter.key == reference, there))
    if by_key:
        return by_key
    numbers = set(reference.split("、"))
    found = (
        Letter.select()
        .join(LetterProposal)
        .join(Proposal)
        .where(Proposal.proposal_number.in_(numbers), there)
        .group_by(Letter.id)
        .having(fn.COUNT(Proposal.id) >= len(numbers))
        .order_by(Letter.id)
    )
    return list(found)


def letters_akin(key: str, numbers: Sequence[str], *, deleted: bool = False) -> list[Letter]:
    """The letter of this key and those to a proposal of one of these numbers; only those in the
    回收站 where `deleted`."""
    query = Letter.select().join(LetterProposal).join(Proposal)
    there = Letter.deleted_at.is_null(not deleted)
    query = query.where((Letter.key == key) | Proposal.proposal_number.in_(numbers), there)
    return list(query.group_by(Letter.id).order_by(Letter.id))


def is_named(references: Sequence[str]) -> bool:
    """Whether a letter with one of these keys, or a proposal with one of these numbers, is here at
    all, the 回收站 included. Asked of each file of thousands: in SQLite's own words, for peewee
    takes a millisecond to find them."""
    database: SqliteDatabase = Letter._meta.database
    asked = ", ".join("?" * len(references))
    cursor = database.execute_sql(
        f"SELECT EXISTS (SELECT 1 FROM letter WHERE key IN ({asked})) "
        f"OR EXISTS (SELECT 1 FROM proposal WHERE proposal_number IN ({asked}))",
        [*references, *references],
    )
    return bool(cursor.fetchone()[0])


def insert(
    model: type[Record], rows: Iterable[Mapping[str, Any]], *, replacing: bool = False
) -> None:
    """Insert rows of the same columns, a hundred at a time; with `replacing` in place of those with
    the same unique columns. In SQLite's own words too: peewee weighs every value."""
    every = list(rows)
    fields = [model._meta.fields[name] for name in every[0]] if every else []
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    verb = "REPLACE" if replacing else "INSERT"
    head = f'{verb} INTO "{model._meta.table_name}" ({columns}) VALUES '
    row = f"({', '.join('?' * len(fields))})"
    database: SqliteDatabase = model._meta.database
    for start in range(0, len(every), 100):
        some = every[start : start + 100]
        database.execute_sql(
            head + ", ".join([row] * len(some)),
            [field.db_value(values[field.name]) for values in some for field in fields],
        )


class ProposerRow(NamedTuple):
    """A proposer, or a proposal without any."""

    proposal_number: str
    name: str
    body: bool


def proposers_elsewhere(own: Sequence[str]) -> list[ProposerRow]:
    """The proposers of every proposal but those with the keys `own`; the 回收站 included."""
    query = Proposal.select(
        Proposal.proposal_number, fn.COALESCE(Proposer.name, ""), fn.COALESCE(Proposer.body, 0)
    ).join(Proposer, JOIN.LEFT_OUTER)
    database: SqliteDatabase = Proposal._meta.database
    return list(map(ProposerRow._make, database.execute(query.where(Proposal.key.not_in(own)))))


def _replies(what: Any) -> Select:
    return Reply.select(what).where(Reply.letter == Letter.id)


def _unanswered() -> Select:
    links = ReplySuggestion.select(fn.COUNT(ReplySuggestion.id)).join(Reply)
    return links.where(Reply.letter == Letter.id, ~_answered())


def _answered() -> Any:
    """Whether a paragraph of the reply holds more than white space."""
    words = Paragraph.select(Paragraph.id).where(
        (Paragraph.reply == Reply.id) & (fn.TRIM(Paragraph.text, WHITE) != "")
    )
    return fn.EXISTS(words)
