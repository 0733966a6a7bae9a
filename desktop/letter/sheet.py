"""`Letter` → `Sheet`: head, body in one of the two forms, and foot, in the order of the paper."""

from collections.abc import Iterator
from dataclasses import replace

from db.enums import Form, Head
from desktop.letter.blocks import BLANK, Line, Piece, Role, Sheet, Table, field_lines
from desktop.letter.model import Letter
from desktop.letter.narrative import narrative_body
from desktop.letter.result_list import result_table
from desktop.letter.wording import Wording, load_wording

BLANKS_BEFORE_SEAL = 2  # room for the seal over the signature; 1 without a seal (7.3.5.2)


def lay_out(letter: Letter) -> Sheet:
    """The sheet `letter` prints as in its case's form, wording and head."""
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
    body = [*head, *_keep_together([*_body(letter, wording)], [*_tail(letter)])]
    return Sheet(letter.mark, category, tuple(body), copies)


def _head(letter: Letter) -> Iterator[Line]:
    if letter.document_number:
        yield from field_lines(
            Role.DOCUMENT_NUMBER, "document_number", (letter.document_number,)
        )
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


def _body(letter: Letter, wording: Wording) -> Iterator[Line | Table]:
    if letter.case.form is Form.RESULT_LIST:
        yield result_table(letter)
    else:
        yield from narrative_body(letter, wording)
    yield from field_lines(Role.BODY, "closing", letter.closing)


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


def _keep_together(body: list[Line | Table], tail: list[Line]) -> Iterator[Line | Table]:
    """落款 never alone on a page (7.3.5.5): the tail holds on to the last thing of the body."""
    if not tail:
        yield from body
        return
    yield from body[:-1]
    if body:
        yield _kept(body[-1])
    for line in tail[:-1]:
        yield replace(line, keep_next=True)
    yield tail[-1]


def _kept(block: Line | Table) -> Line | Table:
    if isinstance(block, Line):
        return replace(block, keep_next=True)
    if block.last:
        return replace(block, last=(*block.last[:-1], replace(block.last[-1], keep_next=True)))
    row = block.rows[-1]
    kept = replace(row, cell=tuple(replace(line, keep_next=True) for line in row.cell))
    return replace(block, rows=(*block.rows[:-1], kept))
