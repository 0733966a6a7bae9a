"""What stands on the paper, neutral of Word and of painting: lines of text and one table.

Every character of a line belongs to a `Piece`; a piece that comes from the case names its source,
so a line on the page leads back to its field, and edited pages can be taken apart again:

    source  "title", "opening", …       a field of the letter
            "<suggestion key>.text"     and "<suggestion key>.elaboration"
            "<paragraph key>"           a reply paragraph
            ""                          words of the wording or the form, not of the case
    anchor  "title", …, "s_<suggestion key>", "r_<reply key>", "r_<reply key>_<outcome>"
            the lines our working copy marks as belonging together (letter-format 6)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.enums import Head


class Role(StrEnum):
    """What a line is on the paper; each has a named style in the .docx."""

    CATEGORY = "category"  # 办理结果类别
    DOCUMENT_NUMBER = "document_number"  # 发文字号
    TITLE = "title"
    SALUTATION = "salutation"
    BODY = "body"
    HEADING_1 = "heading_1"  # 一、 黑体
    HEADING_2 = "heading_2"  # （一） 楷体
    HEADING_3 = "heading_3"  # 1.
    HEADING_4 = "heading_4"  # （1）
    CELL = "cell"  # text in the 办理结果清单
    CELL_LABEL = "cell_label"
    ATTACHMENT = "attachment"  # 附件说明
    SIGNATURE = "signature"
    DATE = "date"
    NOTE = "note"  # 附注
    COPIES = "copies"  # 抄送


class Revised(StrEnum):
    """What a redline (修订) says of words, or of the end of a paragraph: named as Word does."""

    NO = ""
    INSERTED = "ins"
    DELETED = "del"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one origin; `change` says what a redline (修订) shows of it."""

    text: str
    source: str = ""
    change: Revised = Revised.NO


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph. An empty one is a blank line, or an empty place of its anchor.

    `change`: in a redline (修订) its end was inserted or deleted; of its words the pieces say that.
    """

    role: Role
    pieces: tuple[Piece, ...] = ()
    anchor: str = ""
    keep_next: bool = False
    change: Revised = Revised.NO

    @property
    def text(self) -> str:
        """The whole line as read, without what a redline shows as deleted."""
        return "".join(p.text for p in self.pieces if p.change is not Revised.DELETED)

    @property
    def is_revised(self) -> bool:
        """Whether a redline shows anything of it as inserted or deleted."""
        return bool(self.change) or any(piece.change for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the 清单 beside the vertical label: its label and the lines of its cell.

    In a redline a row all of whose lines were inserted or deleted is so itself (`row_change`).
    """

    label: Line
    cell: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The 办理结果清单: a vertical label, five rows a reply, a full-width last row (may be empty).

    `foot` is what stands right under it without rules: the 落款 of a letter without closing words,
    held to the last row.
    """

    label: Line
    rows: tuple[Row, ...]
    last: tuple[Line, ...]
    foot: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The letter on its paper: `mark` and `category` stand in the head, `copies` at the foot.

    `sealed` says whether the 落款 leaves room for a seal.
    """

    mark: str
    category: Line | None
    body: tuple[Line | Table, ...]
    copies: Line | None
    head: Head = Head.PLAIN
    sealed: bool = True

    @property
    def framed(self) -> bool:
        """Whether page 1 has the geometry of the 信函格式: a head, a lower rule, no number."""
        return self.head is not Head.PLAIN

    @property
    def red(self) -> bool:
        """Whether mark and rules are printed; the paper of a 套打 brings them."""
        return self.head is Head.LETTER

    def lines(self) -> Iterator[Line]:
        """Every line in reading order, a table's cell by cell."""
        for block in self.body:
            if isinstance(block, Line):
                yield block
                continue
            yield block.label
            for row in block.rows:
                yield row.label
                yield from row.cell
            yield from block.last
            yield from block.foot
        if self.copies:
            yield self.copies


def row_change(lines: Iterable[Line]) -> Revised:
    """What a redline says of a row of the 清单 whose lines are these."""
    changes = {line.change for line in lines}
    return changes.pop() if len(changes) == 1 else Revised.NO


def plain(role: Role, text: str, *, keep_next: bool = False) -> Line:
    """A line of the wording's or the form's own words."""
    return Line(role, (Piece(text),), keep_next=keep_next)


def field_lines(role: Role, name: str, texts: tuple[str, ...]) -> tuple[Line, ...]:
    """The lines of a field, all of one source and anchor."""
    return tuple(Line(role, (Piece(text, name),), name) for text in texts)


BLANK = Line(Role.BODY)
