"""A letter without our carriers → case: any letter of the genre, .docx or text.

`dissection` sorts the page; here its parts and facts become a case. The body is read as 清单式, as
numbered 叙述式, or as paragraphs without suggestions; what is kept is the text as printed. A part
that is missing is absent.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from db.enums import DisclosureKind, Form, Head, LetterKind
from desktop.letter.clean import without_white
from desktop.letter.compose import composed_text
from desktop.letter.foreign import body_reader
from desktop.letter.foreign.anatomy import ANOTHER_LETTER, ORIGINAL, SEAL, Anatomy, Fact, Part
from desktop.letter.foreign.dates import read_date
from desktop.letter.foreign.tail_reader import COPIES
from desktop.letter.keys import derived_key
from desktop.letter.model import (
    ABSENT,
    COMPOSED,
    Case,
    Category,
    Disclosure,
    Fields,
    Issue,
    Office,
    Proposal,
    Proposer,
    own,
)
from desktop.letter.numerals import format_date
from desktop.letter.pages.page import PageLine
from desktop.letter.proposal.proposal_identity import proposal_signs
from desktop.letter.proposal.proposers import is_body

_OWN = re.compile(r"我(局|委|办|院|厅|部|会|中心|街道|大队|支队)")
_ATTACHMENT_NUMBER = re.compile(r"(附件[：:])?[\s　]*(\d{1,2}[.．、]\s*)?")
_COPIES_LABEL = re.compile(rf"\s*{COPIES}")
_ASKED_OF = {
    Fact.NUMBER: "编号",
    Fact.SESSION: "届次",
    Fact.SUBJECT: "案由",
    Fact.PROPOSER: "提案人",
    Fact.SIGNED_BY: "署名",
    Fact.DATE: "日期",
}
_CLOSED = re.compile(r"不予?公开|不宜公开|否")


def case_of(anatomy: Anatomy, today: date) -> Case:
    """The case of a letter taken apart.

    `today` gives the year in which a place still to be filled in is composed.
    """
    paragraphs = [
        PageLine(anatomy.text(mark), cell=anatomy.cell(mark.line)) for mark in anatomy.of(Part.BODY)
    ]
    body = body_reader.read_body(paragraphs, anatomy.value(Fact.SUBJECT))
    kind = LetterKind.REPLY if anatomy.is_reply else LetterKind.OPINION
    proposals = _proposals(anatomy)
    identity = [kind.value, *(sign for p in proposals for sign in proposal_signs(p))]
    head = [*anatomy.texts(Part.SALUTATION), *anatomy.texts(Part.OPENING)]
    everything = "\n".join([*anatomy.texts(Part.TITLE), *head, *(p.text for p in paragraphs)])
    if not all(p.proposal_number and p.session for p in proposals):
        identity.append(everything)  # every year has a 第12号
    key = derived_key("case", *identity)
    proposals = [
        replace(p, key=derived_key(key, "proposal", str(n))) for n, p in enumerate(proposals)
    ]
    suggestions, replies = body.keyed(key)
    grade = anatomy.value(Fact.CATEGORY)
    case = Case(
        key=key,
        kind=kind,
        form=body.form,
        wording=body.wording,
        head=Head.PLAIN,
        office=_office(anatomy, everything),
        lead_unit="" if anatomy.is_reply else anatomy.value(Fact.ADDRESSEE),
        category=Category("shenzhen" if grade.isascii() else "jiayibing", grade) if grade else None,
        disclosure=_disclosure(anatomy),
        proposals=(replace(proposals[0], suggestions=suggestions), *proposals[1:]),
        replies=replies,
    )
    return replace(case, fields=_fields(case, anatomy, body.after, today))


def remarks(anatomy: Anatomy, case: Case) -> Iterator[str]:
    """What a handler should know of a letter that was read as `case`, in sentences."""
    asked = [fact for fact in _ASKED_OF if anatomy.is_reply or fact is not Fact.PROPOSER]
    if unknown := [_ASKED_OF[fact] for fact in asked if not anatomy.value(fact)]:
        yield f"{'、'.join(unknown)}未识别，请核对。"
    numbers = anatomy.values(Fact.NUMBER)
    if len(numbers) > 1:
        yield f"标题里的编号是{numbers[0]}，开头里是{numbers[1]}，已按标题读入，请核对。"
    if person := anatomy.value(Fact.ISSUED_BY):
        yield f"签发人是{person}，按定稿存入时会记下，不然定稿时请填写。"
    named, count = len(anatomy.values(Fact.PROPOSER)), anatomy.value(Fact.ADDRESSEE_COUNT)
    if count and named < int(count):
        yield f"称谓里说共{count}名，写出名字的只有{named}名，其余的请补上。"
    cells = [anatomy.cell(mark.line) for mark in anatomy.of(Part.BODY)]
    tables = {cell[0] for cell in cells if cell}
    if tables and case.form is Form.NARRATIVE:
        yield f"正文里有表格{len(tables)}个，已按一格一段读入，请核对。"
    yield from _left_out_remarks(anatomy)


def _left_out_remarks(anatomy: Anatomy) -> Iterator[str]:
    left = list(anatomy.of(Part.LEFT_OUT))
    reasons = {mark.why for mark in left}
    if ANOTHER_LETTER in reasons:
        yield "文件里不止一份函件，只读入了第一份，其余请另存成文件后再导入。"
    if ORIGINAL in reasons:
        yield "文件里除了函件还有提案原文，只读入了函件，提案请另存成文件后再导入。"
    texts = [anatomy.text(mark) for mark in left if mark.why != SEAL]
    worded = [text for text in texts if re.search(r"\w", text)]
    if worded:
        first = worded[0].strip()[:12]
        yield f"有{len(worded)}处文字不是函件的内容，没有读入，如“{first}”，请核对。"


def issue_of(anatomy: Anatomy, today: date) -> Issue | None:
    """定稿 as a letter that left long ago tells it: signed, and dated before `today`."""
    day = anatomy.value(Fact.DATE)
    if not day or date.fromisoformat(day) >= today or not anatomy.value(Fact.SIGNED_BY):
        return None
    return Issue(date.fromisoformat(day), anatomy.value(Fact.ISSUED_BY))


def attachment_name(text: str) -> str:
    """The name in a line of the 附件说明."""
    return _ATTACHMENT_NUMBER.sub("", text, count=1)


def _proposals(anatomy: Anatomy) -> list[Proposal]:
    """The proposals a letter answers, one for each number it names; keys are still empty."""
    proposers = tuple(Proposer(name, is_body(name)) for name in anatomy.values(Fact.PROPOSER))
    session = anatomy.value(Fact.SESSION)
    first, *more = anatomy.value(Fact.NUMBER).split("、")
    subject = anatomy.value(Fact.SUBJECT)
    return [
        Proposal("", anatomy.kind, first, session, subject, proposers),
        *(Proposal("", anatomy.kind, number, session) for number in more),
    ]


def _office(anatomy: Anatomy, everything: str) -> Office:
    """The bureau that signed, with the word it uses for itself."""
    word = _OWN.search(everything)
    prefix = re.split(r"[〔\[（(【]", anatomy.value(Fact.DOCUMENT_NUMBER))[0]
    return Office(
        full_name=anatomy.value(Fact.SIGNED_BY),
        own_word=word[0] if word else "我局",
        document_prefix=prefix,
    )


def _disclosure(anatomy: Anatomy) -> Disclosure | None:
    """公开属性 as far as a case can hold it: 不予公开 without its reason it cannot."""
    word = anatomy.value(Fact.DISCLOSURE)
    if not word or _CLOSED.search(word):
        return None
    return Disclosure(DisclosureKind.ON_REQUEST if "申请" in word else DisclosureKind.OPEN)


def _fields(case: Case, anatomy: Anatomy, after: list[str], today: date) -> Fields:
    """What the wording would compose just so is composed, the rest is own text or absent."""
    texts = {
        "document_number": anatomy.value(Fact.DOCUMENT_NUMBER),
        "title": "\n".join(anatomy.texts(Part.TITLE)),
        "salutation": "".join(anatomy.texts(Part.SALUTATION)),
        "opening": "\n".join(anatomy.texts(Part.OPENING)),
        "closing": "\n".join([*after, *anatomy.texts(Part.CLOSING)]),
        "attachments": "\n".join(map(attachment_name, anatomy.texts(Part.ATTACHMENTS))),
        "signature": "\n".join(anatomy.texts(Part.SIGNATURE)),
        "date": _tidy_date("".join(anatomy.texts(Part.DATE))),
        "contact": "\n".join(anatomy.texts(Part.CONTACT)),
        "copies": "，".join(
            _COPIES_LABEL.sub("", text).rstrip("。.．") for text in anatomy.texts(Part.COPIES)
        ),
    }
    if anatomy.value(Fact.DISCLOSURE) and not case.disclosure:
        texts["contact"] = "\n".join([*anatomy.texts(Part.DISCLOSURE), texts["contact"]]).strip()
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
    day = read_date(without_white(text))
    return format_date(day) if day else text
