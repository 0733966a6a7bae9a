"""A letter without our carriers → case: the two layouts of letters/reference, .docx or text.

The order that works (reply-conventions 3): anchor on the salutation and on “…如下”, peel the tail
backwards (抄送, notes, date, signature, closing), then read the body as 清单式, as numbered
叙述式, or as paragraphs without suggestions. Matching is done on text without white space and with
full-width marks; what is kept is the text as printed. A part that is missing is absent.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from db.enums import Head, LetterKind
from desktop.errors import InputError
from desktop.letter import body_reader, facts
from desktop.letter.clean import without_white
from desktop.letter.compose import composed_text
from desktop.letter.keys import derived_key
from desktop.letter.model import ABSENT, COMPOSED, Case, Category, Fields, own
from desktop.letter.numerals import format_date, parse_date
from desktop.letter.page import Page, PageLine

_NO_LETTER = (
    "没有认出答复函：既没有称谓，也没有“答复如下”一类的开头，没有导入任何内容，请确认选对了文件。"
)
_TAIL_MARKS = ("抄送：", "抄送:")
_SIGNATURE_LONGEST = 40


@dataclass
class _Parts:
    """The letter's lines, sorted."""

    document_number: str = ""
    category: Category | None = None
    title: list[str] = field(default_factory=list)
    salutation: str = ""
    opening: list[str] = field(default_factory=list)
    body: list[PageLine] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    date: str = ""
    contact: list[str] = field(default_factory=list)
    copies: str = ""


def read_letter(page: Page, today: date) -> Case:
    """The case of the letter on `page`; `InputError` where there is no letter.

    `today` gives the year in which a place still to be filled in is composed.
    """
    lines = [replace(line, text=line.text.strip()) for line in page.lines if line.text.strip()]
    if not lines:
        raise InputError("文件里没有文字，没有导入任何内容，请确认选对了文件。")
    parts = _split(lines)
    body = body_reader.read_body(parts.body, facts.subject_of("".join(parts.opening)))
    parts.closing[:0] = body.after
    return _case(parts, body, today)


def _split(lines: list[PageLine]) -> _Parts:
    parts = _Parts()
    start = _peel_head(lines, parts)
    rest = lines[start:]
    _peel_tail(rest, parts)
    parts.body = rest
    return parts


def _peel_head(lines: list[PageLine], parts: _Parts) -> int:
    """Sort the lines up to the opening; returns the number of the first body line."""
    texts = [line.text for line in lines]
    salutation = next((n for n, t in enumerate(texts[:15]) if facts.is_salutation(t)), None)
    first = 0 if salutation is None else salutation + 1
    opening = next(
        (n for n in range(first, min(first + 6, len(texts))) if facts.is_opening(texts[n])), None
    )
    if salutation is None and opening is None:
        raise InputError(_NO_LETTER)
    head = texts[: salutation if salutation is not None else opening]
    for text in head:
        if facts.is_document_number(text):
            parts.document_number = text
        elif category := facts.category_of(text):
            parts.category = category
        else:
            parts.title.append(text)
    if salutation is not None:
        parts.salutation = texts[salutation]
    if opening is None:  # a letter may go straight to its matter
        return first
    parts.opening = texts[first : opening + 1]
    return opening + 1


def _peel_tail(lines: list[PageLine], parts: _Parts) -> None:
    """Take what follows the body off the end of `lines`.

    Our own 清单 may hold the 落款 in its last row; words of thanks in a table belong to the table.
    """

    def last() -> str:
        return lines[-1].text if lines else ""

    while last().startswith(_TAIL_MARKS) or facts.is_note(last()):
        text = lines.pop().text
        if text.startswith(_TAIL_MARKS):
            parts.copies = "，".join(filter(None, (text[3:].rstrip("。"), parts.copies)))
        else:
            parts.contact.insert(0, text)
    if facts.is_date(last()):
        parts.date = lines.pop().text
        while last() and facts.is_signature(last()) and len(last()) <= _SIGNATURE_LONGEST:
            parts.signature.insert(0, lines.pop().text)
    attachment = next(
        (n for n in range(len(lines) - 1, -1, -1) if facts.is_attachment(lines[n].text)), None
    )
    if attachment is not None and len(lines) - attachment <= 9:
        parts.attachments = [facts.attachment_name(line.text) for line in lines[attachment:]]
        del lines[attachment:]
    while last() and lines[-1].cell is None and facts.is_closing(last()):
        parts.closing.insert(0, lines.pop().text)


def _case(parts: _Parts, body: body_reader.Body, today: date) -> Case:
    opening, title = "".join(parts.opening), "".join(parts.title)
    everything = "\n".join([title, parts.salutation, opening, *(p.text for p in parts.body)])
    proposals = facts.proposals_of(title, parts.salutation, opening)
    kind = LetterKind.OPINION if facts.is_opinion(title, opening) else LetterKind.REPLY
    identity = [kind.value, *(x for p in proposals for x in (p.kind, p.session, p.proposal_number))]
    if not any(p.proposal_number for p in proposals):
        identity.append(everything)
    key = derived_key("case", *identity)
    proposals = tuple(
        replace(p, key=derived_key(key, "proposal", str(n))) for n, p in enumerate(proposals)
    )
    suggestions, replies = body.keyed(key)
    case = Case(
        key=key,
        kind=kind,
        form=body.form,
        wording=body.wording,
        head=Head.PLAIN,
        office=facts.office_of(parts.signature, parts.document_number, everything),
        lead_unit=facts.lead_unit_of(parts.salutation) if kind is LetterKind.OPINION else "",
        category=parts.category,
        proposals=(replace(proposals[0], suggestions=suggestions), *proposals[1:]),
        replies=replies,
    )
    return replace(case, fields=_fields(case, parts, today))


def _fields(case: Case, parts: _Parts, today: date) -> Fields:
    """What the wording would compose just so is composed, the rest is own text or absent."""
    texts = {
        "document_number": parts.document_number,
        "title": "\n".join(parts.title),
        "salutation": parts.salutation,
        "opening": "\n".join(parts.opening),
        "closing": "\n".join(parts.closing),
        "attachments": "\n".join(parts.attachments),
        "signature": "\n".join(parts.signature),
        "date": _tidy_date(parts.date),
        "contact": "\n".join(parts.contact),
        "copies": parts.copies,
    }
    made = {}
    for name, text in texts.items():
        unfilled = name == "date" and without_white(text)[4:] == "年月日"
        if not text:
            made[name] = ABSENT
        elif unfilled or without_white(composed_text(case, name, today)) == without_white(text):
            made[name] = COMPOSED
        else:
            made[name] = own(text)
    return Fields(**made)


def _tidy_date(text: str) -> str:
    day = parse_date(text)
    return format_date(day) if day else text
