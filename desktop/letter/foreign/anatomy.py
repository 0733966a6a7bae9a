"""What a read letter's text is made of: which characters are which part, and what they tell.

The marks of an `Anatomy` cover its source: every character that is not white space stands in
exactly one, be it a part of the letter or left out with the reason. Facts (number, session, names)
stand inside the parts and tell where they were found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.enums import ProposalKind


class Part(StrEnum):
    """A part of the letter, in the order of the paper; LEFT_OUT is no part of it."""

    CATEGORY = "category"  # 办理结果类别
    DISCLOSURE = "disclosure"  # 公开属性
    DOCUMENT_NUMBER = "document_number"  # 发文字号
    ISSUED_BY = "issued_by_person"  # 签发人
    TITLE = "title"
    SALUTATION = "salutation"
    OPENING = "opening"
    BODY = "body"
    CLOSING = "closing"
    ATTACHMENTS = "attachments"  # 附件说明
    SIGNATURE = "signature"  # 署名
    DATE = "date"  # 成文日期
    CONTACT = "contact"
    COPIES = "copies"  # 抄送
    LEFT_OUT = "left_out"


class Fact(StrEnum):
    """What a letter tells; one found twice differently (编号) is told twice, the title's first."""

    NUMBER = "number"
    SESSION = "session"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    ADDRESSEE_COUNT = "addressee_count"
    PROPOSER = "proposer"
    CATEGORY = "category"
    DISCLOSURE = "disclosure"
    DOCUMENT_NUMBER = "document_number"
    ISSUED_BY = "issued_by_person"
    SIGNED_BY = "signed_by"
    DATE = "date"  # ISO
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"
    COPY = "copy"


# why something is left out
ANOTHER_LETTER = "另一份函件"
ORIGINAL = "提案原文"
CONTENTS = "目录"
SEAL = "盖章的地方"


@dataclass(frozen=True, slots=True)
class Mark:
    """A paragraph (or a piece of a line) of the source, from `start` up to `end`.

    `why`, of what is left out, is a Chinese phrase; `line` is the line of the page it stands on.
    """

    part: Part
    start: int
    end: int
    line: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A fact: its value as the program writes it, and where the source says so."""

    fact: Fact
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What the handler says: this stretch of the source is that part, or tells that fact."""

    target: Part | Fact
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A letter taken apart.

    `flattened`: parts of it share a line of the page. `elsewhere` is what the file says besides its
    page (heads and feet, hidden or struck out text), each with where. `cells` has for each line the
    (table, row, column) it stands in; it is empty where the page has no table.
    """

    source: str
    marks: tuple[Mark, ...] = ()
    facts: tuple[Found, ...] = ()
    kind: ProposalKind = ProposalKind.CPPCC
    is_reply: bool = True  # or else a 会办意见, for the lead unit
    flattened: bool = False
    elsewhere: tuple[tuple[str, str], ...] = ()
    cells: tuple[tuple[int, int, int] | None, ...] = ()

    def cell(self, line: int) -> tuple[int, int, int] | None:
        """Where in a table a line of the page stands, if it does."""
        return self.cells[line] if self.cells else None

    def of(self, part: Part) -> Iterator[Mark]:
        """The marks of one part, in the order of the page."""
        return (mark for mark in self.marks if mark.part is part)

    def text(self, mark: Mark) -> str:
        """What the source says there."""
        return self.source[mark.start : mark.end]

    def left_out(self) -> list[tuple[str, str]]:
        """Everything of the file that is no part of the letter: why, and what."""
        of_page = [(mark.why, self.text(mark)) for mark in self.of(Part.LEFT_OUT)]
        return [*of_page, *self.elsewhere]

    def texts(self, part: Part) -> list[str]:
        """A part's paragraphs as printed."""
        return [self.text(mark) for mark in self.of(part)]

    def values(self, fact: Fact) -> list[str]:
        """Everything found of one fact, in the order of its worth."""
        return [found.value for found in self.facts if found.fact is fact]

    def value(self, fact: Fact) -> str:
        """The value of one fact, empty where it was not found (未识别)."""
        return next(iter(self.values(fact)), "")
