"""`Letter` → `Sheet`: head, body in one of the two forms, and foot, in the order of the paper."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from db.enums import Form, Head
from desktop.letter.blocks import BLANK, Line, Piece, Role, Row, Sheet, Table, field_lines
from desktop.letter.model import Letter
from desktop.letter.narrative import narrative_body
from desktop.letter.result_list import result_table
from desktop.letter.wording import Wording, load_wording

BLANKS_BEFORE_SEAL = 2  # room for the seal over the signature; 1 without a seal (7.3.5.2)


def lay_out(letter: Letter, replies: Iterable[Line | Table] | None = None) -> Sheet:
    """The sheet `letter` prints as in its case's form, wording and head.

    `replies` stand in place of what the form makes of its sections.
    """
    wording = load_wording(letter.case.wording)
    category = Line(Role.CATEGORY, (Piece(letter.category),)) if letter.category else None
    head: list[Line | Table] = list(_head(letter))
    if category and letter.case.head is Head.PLAIN:  # without a head it is the first line
        head, category = [category, *head], None
    copies = None
    if letter.copies:
        before, after = wording.line("copies", {"copies": "\n"}).split("\n")
        pieces = (Piece(before), Piece(letter.copies, "copies"), Piece(after))
        copies = Line(Role.COPIES, pieces, "copies")
    printed = _replies(letter, wording) if replies is None else replies
    closing = field_lines(Role.BODY, "closing", letter.closing)
    body = _keep_together([*printed, *closing], [*_tail(letter)], more=bool(copies))
    case = letter.case
    return Sheet(letter.mark, category, (*head, *body), copies, case.head, case.sealed)


def _head(letter: Letter) -> Iterator[Line]:
    if letter.document_number:
        yield from field_lines(Role.DOCUMENT_NUMBER, "document_number", (letter.document_number,))
        if letter.title:
            yield from (BLANK, BLANK)
    elif letter.case.head is not Head.PLAIN:
        yield from (BLANK, BLANK)
    if letter.title:
        yield from field_lines(Role.TITLE, "title", letter.title)
        yield BLANK
    if letter.salutation:
        yield from field_lines(Role.SALUTATION, "salutation", (letter.salutation,))
    yield from field_lines(Role.BODY, "opening", letter.opening)


def _replies(letter: Letter, wording: Wording) -> Iterable[Line | Table]:
    if letter.case.form is Form.RESULT_LIST:
        return [result_table(letter)]
    return narrative_body(letter, wording)


def _tail(letter: Letter) -> Iterator[Line]:
    if letter.attachments:
        yield BLANK
        several = len(letter.attachments) > 1
        for number, name in enumerate(letter.attachments, 1):
            head = "附件：" if number == 1 else "　　　"
            ordinal = f"{number}. " if several else ""
            pieces = (Piece(head + ordinal), Piece(name, "attachments"))
            yield Line(Role.ATTACHMENT, pieces, "attachments")
    if letter.signature or letter.date:
        yield from [BLANK] * (BLANKS_BEFORE_SEAL if letter.case.sealed else 1)
        yield from field_lines(Role.SIGNATURE, "signature", letter.signature)
    if letter.date:
        yield from field_lines(Role.DATE, "date", (letter.date,))
    yield from field_lines(Role.NOTE, "contact", letter.contact)
    if letter.disclosure:
        yield Line(Role.NOTE, (Piece(letter.disclosure),))


def _keep_together(
    body: list[Line | Table], tail: list[Line], *, more: bool
) -> Iterator[Line | Table]:
    """落款 never alone on a page (7.3.5.5): the tail holds on to the last thing of the body.

    With `more` to follow at the foot of the page, the tail's own last line holds on to that.
    """
    yield from body[:-1]
    kept = [replace(line, keep_next=line is not tail[-1] or more) for line in tail]
    for block in body[-1:]:
        if isinstance(block, Table):
            yield replace(_held(block), foot=tuple(kept))
            return
        yield replace(block, keep_next=bool(tail))
    yield from kept


def _held(table: Table) -> Table:
    """`table` with its last row kept with what follows."""
    if table.last:
        return replace(table, last=tuple(replace(line, keep_next=True) for line in table.last))
    row = table.rows[-1]
    kept = Row(
        replace(row.label, keep_next=True),
        tuple(replace(line, keep_next=True) for line in row.cell),
    )
    return replace(table, rows=(*table.rows[:-1], kept))
