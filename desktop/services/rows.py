"""What services hand out: frozen rows, no records."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from db.enums import FieldState, LetterKind, Outcome, PassageKind, ProposalKind, RevisionReason
from desktop.letter.model import Issue


class CaseState(StrEnum):
    """What a case's facts say of it; never set by hand."""

    UNSPLIT = "未拆分"
    DRAFTING = "起草中"
    ANSWERED = "已答完"
    ISSUED = "已定稿"


@dataclass(frozen=True, slots=True)
class CaseListed:
    """A line of the list of cases; `unanswered` counts the suggestions without an answer."""

    key: str
    kind: LetterKind
    proposal_kind: ProposalKind
    proposal_number: str
    session: str
    subject: str
    proposer: str
    state: CaseState
    unanswered: int


@dataclass(frozen=True, slots=True)
class CaseDeleted:
    """A line of the 回收站."""

    key: str
    proposal_number: str
    subject: str
    proposer: str
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class CaseImported:
    """What came of one imported file; `notes` are sentences for the handler. `changed`: it was
    there and is another now, replaced or joined with its proposal or its answer."""

    key: str
    proposal_number: str
    subject: str
    notes: tuple[str, ...]
    changed: bool = False


class Decision(StrEnum):
    """What is to become of a file of a batch."""

    STORE = "导入"
    SKIP = "跳过"
    REPLACE = "替换"
    AS_NEW = "另存"


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file of a batch: what was read of it, what needs a look, what is to become of it.

    `name` is its path below the folder that was chosen.
    `refusal` says why nothing was read; `same`, where the same letter is already, or another one of
    its number (`fixed`: it is 定稿, not to be replaced); `issue`, as which it may come in (定稿);
    `ended`, once it was the file's turn, what became of it, `key` under which it is in, `changed`
    as in `CaseImported`.
    """

    path: Path
    proposal_number: str = ""
    subject: str = ""
    proposer: str = ""
    date: str = ""
    doubts: tuple[str, ...] = ()
    refusal: str = ""
    same: str = ""
    decision: Decision = Decision.STORE
    issue: Issue | None = None
    ended: str = ""
    key: str = ""
    changed: bool = False
    name: str = ""
    fixed: bool = False

    @property
    def choices(self) -> tuple[Decision, ...]:
        """What may become of it; nothing more where it is in, or could not be read."""
        if self.refusal or self.key:
            return ()
        in_place = Decision.REPLACE if self.same else Decision.STORE
        return *([] if self.fixed else [in_place]), Decision.SKIP, Decision.AS_NEW

    @property
    def told(self) -> str:
        """What the handler should know of it, the gravest first."""
        return self.ended or self.refusal or "；".join(filter(None, (self.same, *self.doubts)))


@dataclass(frozen=True, slots=True)
class LetterExported:
    """A letter that left: where it lies and whether it is the final copy (定稿)."""

    path: Path
    final: bool


@dataclass(frozen=True, slots=True)
class RevisionListed:
    """A line of the list of states (版本); `characters` are those of its replies, as 字数."""

    id: int
    made_at: datetime
    reason: RevisionReason
    name: str
    characters: int


@dataclass(frozen=True, slots=True)
class AssignmentShown:
    """A line of the 会办 tab: a unit, what it is asked about (建议1、2), by when; `state` in words,
    `late` in days."""

    key: str
    unit: str
    asked: str
    contact: str
    due_on: date | None
    sent_on: date | None
    returned_on: date | None
    state: str
    late: int


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of the letter: what it says (`text`), and what the wording composes for it."""

    name: str
    state: FieldState
    text: str
    composed: str


@dataclass(frozen=True, slots=True)
class SchemeShown:
    """A scheme of 办理结果类别: its label, and each grade with what it means."""

    label: str
    grades: dict[str, str]


@dataclass(frozen=True, slots=True)
class PassageFound:
    """A suggestion, elaboration, 案由 or paragraph of an earlier letter; `key` is what it is called
    in its case. `spans` are the places of what was looked for, as start and end."""

    kind: PassageKind
    key: str
    text: str
    outcome: Outcome | None
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ReplyFound:
    """往年答复: a reply of an earlier letter with the suggestions it answers, and which letter that
    is: its case's key and facts, several names joined by 、, the day it is dated (or only the year;
    0 where nobody knows), whether it is 定稿, 办理结果类别.

    `outcomes` are those of its paragraphs in their order. `why`: the words it shares with what it
    was found similar to, the most telling first; empty after a search.
    """

    case: str
    reply: str
    kind: LetterKind
    proposal_number: str
    subject: str
    proposer: str
    unit: str
    year: int
    day: date | None
    issued: bool
    grade: str
    outcomes: tuple[Outcome, ...]
    asked: tuple[PassageFound, ...]
    said: tuple[PassageFound, ...]
    why: tuple[str, ...] = ()


class Ageing(StrEnum):
    """Why words of an earlier letter may not hold any more."""

    AS_OF = "截至的时间和数字要更新"
    DOCUMENT = "文号，核对文件是否仍然有效"
    DATE = "写明的年份或日期"
    RELATIVE = "相对的时间，说的是那一年"
    PLAN = "五年规划的期次"
    BATCH = "批次、期次"
    DRAFT = "当时还没有定的文件，可能已经印发或废止"
    MEETING = "届次、会议"
    PROPOSER = "那份答复的提案人"
    UNIT = "那份答复的单位"
    NUMBER = "那件提案的编号"


@dataclass(frozen=True, slots=True)
class Aged:
    """Words of a paragraph taken over from an earlier letter that may not hold any more, from
    `start` to `end`; `why` is what the handler reads."""

    start: int
    end: int
    why: Ageing


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be meant by the words before the caret: `text` goes in place of the last `typed`
    characters. `count` letters say it."""

    text: str
    typed: int
    count: int
