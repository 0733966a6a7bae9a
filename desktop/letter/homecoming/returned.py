"""What a returned file (来稿) says: who it is, who changed what (修订), who remarked (批注).

Light, plain values: they cross the border of the process that reads foreign files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from db.enums import Form, Head
from desktop.letter.model import Case


class FileKind(StrEnum):
    """What a returned file was when it left."""

    LETTER = "letter"  # 答复函, a working copy or 审核稿
    PACK = "pack"  # 会办包
    OPINION = "opinion"  # 会办意见 that a unit wrote with this program
    UNKNOWN = "unknown"  # its carriers are gone, or it never was ours


@dataclass(frozen=True, slots=True)
class Printed:
    """The settings a letter was printed in, which need not be its case's own."""

    form: Form
    wording: str
    head: Head
    layout: str

    def applied(self, case: Case) -> Case:
        """`case` with these settings."""
        return replace(
            case, form=self.form, wording=self.wording, head=self.head, layout=self.layout
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a returned file says it is, before any case is known.

    `state` is the sha256 of the case file that left (`Revision.sha256` in the journal), `sha256`
    the digest of each reply by its key, `suggestions` the keys of those it speaks of; `case` is the
    whole case it carries, which only the first save leaves in it. Of a file without carriers only
    `numbers` (提案编号), `title`, `lines` (its words as printed) and `author` (saved it last) are
    there.
    """

    kind: FileKind
    case_key: str = ""
    assignment: str = ""
    state: str = ""
    sha256: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    printed: Printed | None = None
    case: Case | None = None
    numbers: tuple[str, ...] = ()
    title: str = ""
    lines: tuple[str, ...] = ()
    author: str = ""


class Trace(StrEnum):
    """What a tracked change did to the words it stands at."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class Mark:
    """修订痕迹: characters `start` to `end` of the accepted text, `text`, were inserted (or moved)
    there; of deleted words, `text`, only the place is left (`start` is `end`).

    The end of a paragraph counts as a newline: one typed at the end of a paragraph that was cut in
    two, one deleted where two were joined, or where a whole paragraph was struck out before this
    one ("its words\\n"). `author` and `at` (ISO) are what the file says, or empty.
    """

    kind: Trace
    start: int
    end: int
    text: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """批注 on characters `start` to `end` of a line (-1: on no line of the page).

    `quoted` are those characters; `text` holds the answers in its thread too, each on a line with
    its author; `done` says that the thread was resolved (已解决).
    """

    text: str
    line: int
    start: int = 0
    end: int = 0
    quoted: str = ""
    author: str = ""
    at: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """未归位: a paragraph of the file outside every reply, cell and field.

    `after` are the words of the line before it, so that the handler finds the place; `where` names
    what it stood in if not on the page itself: 文本框、脚注、尾注、页眉、页脚.
    """

    text: str
    after: str = ""
    author: str = ""
    at: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """批注 with its place in the case: the key of a reply or a field's name, or nothing."""

    remark: Remark
    place: str


@dataclass(frozen=True, slots=True)
class Homecoming:
    """A case that came home, all that was said in it, and sentences for the handler.

    `case` is the case that left with the page's words; a new paragraph has a key derived from its
    place and words. `marks` are the tracked changes by what they stand in, "<paragraph key>",
    "<suggestion key>.text", ".elaboration" or a field's name, their offsets counted in its text as
    `case` has it; a paragraph that was struck out whole has one mark, at 0, under its old key.
    `author` saved the file last, as it says; of a 会办包 or an opinion it is the unit, whose
    `assignment` is named by its key where it is known.
    """

    case: Case
    notes: tuple[str, ...] = ()
    marks: tuple[tuple[str, tuple[Mark, ...]], ...] = ()
    remarks: tuple[Placed, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    author: str = ""
    assignment: str = ""
