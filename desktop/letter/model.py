"""What a case (卷宗) is made of, and the composed letter (答复函) that comes of it.

All records are frozen; a change makes a new one. `Case` holds facts only; `Letter` is what one of
its printings says, with every field composed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from db.enums import DisclosureKind, FieldState, Form, Head, LetterKind, Outcome, ProposalKind, Role


@dataclass(frozen=True, slots=True)
class Office:
    """The bureau that answers (承办单位). Empty texts are facts it has not told us."""

    full_name: str = ""
    short_name: str = ""
    own_word: str = "我局"
    region_word: str = "我区"
    document_prefix: str = ""  # 机关代字
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class Proposer:
    """提案人: a person, or a body (界别、党派). The first of a proposal leads."""

    name: str
    body: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """建议（第 n 条） with its 补充说明; `label` is the proposer's own number and never changes.

    Several paragraphs of an elaboration are separated by newlines. `spans` are where it was cut
    out of its proposal's `original`: (start, end) in characters, the first that of the text, the
    others of the elaboration. They stay when the words are edited; none where it was typed in.
    """

    key: str
    label: str
    text: str
    elaboration: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """提案 or 人大建议, one document. `session` is as printed, with the council's name.

    `original` (原文) is the text it was cut from, if we have it. It is never printed.
    """

    key: str
    kind: ProposalKind = ProposalKind.CPPCC
    proposal_number: str = ""
    session: str = ""
    subject: str = ""
    proposers: tuple[Proposer, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    original: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a reply, one line of text without newline.

    `runs_on` (接上段): the narrative continues the paragraph before without a break. `level` 0 is
    text, 1 and 2 are sub-headings inside the reply.
    """

    key: str
    text: str
    outcome: Outcome | None = None
    runs_on: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """答复 to the suggestions whose keys it names; without any it is the general one (总的说明)."""

    key: str
    suggestions: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def sha256(self) -> str:
        """Digest of its words, the same in both forms, for the export journal and the carriers.

        Blank paragraphs are not printed, so they do not count.
        """
        texts = (p.text for p in self.paragraphs if p.text.strip())
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the letter. `text` is the own text, or what was composed once issued (定稿)."""

    state: FieldState = FieldState.COMPOSED
    text: str = ""


COMPOSED = Field()
ABSENT = Field(FieldState.ABSENT)


def own(text: str) -> Field:
    """The field with the handler's own text; newlines separate its paragraphs or title lines."""
    return Field(FieldState.OWN, text)


@dataclass(frozen=True, slots=True)
class Fields:
    """The letter's fields in the order of the paper: head, body, foot."""

    document_number: Field = COMPOSED
    title: Field = COMPOSED
    salutation: Field = COMPOSED
    opening: Field = COMPOSED
    closing: Field = COMPOSED
    attachments: Field = ABSENT  # one name a line
    signature: Field = COMPOSED  # one organ a line
    date: Field = COMPOSED
    contact: Field = ABSENT
    copies: Field = ABSENT  # 抄送, without the word itself and the full stop


@dataclass(frozen=True, slots=True)
class Category:
    """办理结果类别, a grade of one of the schemes in resources/categories.toml."""

    scheme: str
    grade: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """公开属性; 不予公开 needs its reason."""

    kind: DisclosureKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """定稿: the day it was issued and 签发人."""

    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """分工: a unit's part in answering, usually 会办, with the keys of the suggestions it is asked
    about (none: the whole proposal). `contact` is whom to call there. A day that is None has not
    come, or is not agreed.
    """

    key: str
    unit: str
    role: Role = Role.CO_HANDLING
    suggestions: tuple[str, ...] = ()
    contact: str = ""
    due_on: date | None = None
    sent_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """批注 that came home with a returned file, to be ticked off (`done`).

    `place` is the key of the reply it stands at, or a field's name; empty where it has none.
    `quoted` are the words it was put on, `at` the time as the file says it (ISO), or nothing.
    """

    key: str
    place: str
    text: str
    author: str = ""
    at: str = ""
    quoted: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """卷宗: one letter's facts and settings with the proposals it answers.

    Every suggestion belongs to exactly one reply; a reply without suggestions stands last.
    `case_file.check` holds these rules wherever a case comes in.
    """

    key: str
    kind: LetterKind = LetterKind.REPLY
    form: Form = Form.NARRATIVE
    wording: str = "house"
    head: Head = Head.LETTER
    layout: str = "nominal"
    sealed: bool = True
    office: Office = field(default_factory=Office)
    lead_unit: str = ""
    category: Category | None = None
    disclosure: Disclosure | None = None
    issue: Issue | None = None
    fields: Fields = field(default_factory=Fields)
    proposals: tuple[Proposal, ...] = ()
    replies: tuple[Reply, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    notes: tuple[Note, ...] = ()

    def suggestions(self) -> Iterator[Suggestion]:
        """Every suggestion of every proposal, in the proposers' order."""
        for proposal in self.proposals:
            yield from proposal.suggestions

    @property
    def general_reply(self) -> Reply | None:
        """The reply without suggestions, if there is one."""
        return next((r for r in self.replies if not r.suggestions), None)


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered reply of a letter with the suggestions it answers."""

    reply: Reply
    suggestions: tuple[Suggestion, ...]

    @property
    def labels(self) -> str:
        """建议1、2: the suggestions' own labels after the word."""
        return "建议" + "、".join(s.label for s in self.suggestions)


@dataclass(frozen=True, slots=True)
class Letter:
    """答复函 as composed: every field's text, empty where it is absent."""

    case: Case
    mark: str
    category: str
    document_number: str
    title: tuple[str, ...]
    salutation: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    general: Reply | None
    closing: tuple[str, ...]
    attachments: tuple[str, ...]
    signature: tuple[str, ...]
    date: str
    contact: tuple[str, ...]
    disclosure: str
    copies: str
