"""来稿: a returned file looked at: who it is, what left, what it says. Nothing is written here.

Three steps, because the library has its own thread and a file is read in another process: `what`
(any thread), `base_of` (the library's), `home` (any). A step that refuses leaves its sentence in
the row, and the others then do nothing; `look` takes all three. What is made of a row:
`services.receiving`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from desktop.errors import FuhanError
from desktop.letter.homecoming.returned import Homecoming, Identity
from desktop.letter.model import Case
from desktop.services import batches, cases, foreign, return_base, returns_journal
from desktop.services.assignments import month_day
from desktop.services.foreign_file import contents
from desktop.services.return_base import Base

SUFFIXES = (".docx", ".doc", ".wps", ".odt", ".rtf", ".pdf", ".txt")  # the others are said why not
_OPEN_MARKS = ("~${}", ".~lock.{}#")  # beside a file: Word and WPS, LibreOffice


@dataclass(frozen=True, slots=True)
class Return:
    """A returned file (来稿), as far as it was looked at.

    `sha256` is the digest of its bytes, `case_key` its case, whose `numbers` and `subject` (案由)
    are as the library has them, or as the file says where it has none. `base` is what left, `home`
    what the file says against that. `author` is the unit that answered, or who saved the file.
    `taken_at`: when this very file was taken in before; a row with
    None there is looked at as if it never was. `notes` are sentences for the handler; `refusal`
    says why nothing comes of it. `data`, its bytes, are dropped by `home`.
    """

    path: Path
    sha256: str = ""
    identity: Identity | None = None
    case_key: str = ""
    numbers: str = ""
    subject: str = ""
    base: Base | None = None
    home: Homecoming | None = None
    author: str = ""
    taken_at: datetime | None = None
    notes: tuple[str, ...] = ()
    refusal: str = ""
    data: bytes = field(default=b"", repr=False)

    @property
    def named(self) -> str:
        """Its case in a list: 第2025118号 案由."""
        number = f"第{self.numbers}号" if self.numbers else "无编号"
        return f"{number} {self.subject or '（无案由）'}"

    @property
    def left_at(self) -> datetime | None:
        """When what came back left, as far as the journal knows."""
        return self.base.left_at if self.base else None


def find_files(paths: Iterable[Path]) -> list[Path]:
    """These files, and of the folders among them all that may be a return, sorted."""
    found = batches.find_files(paths, SUFFIXES)
    return [path for path in found if not path.name.startswith(("~$", ".~lock."))]


def look(path: Path, today: date) -> Return:
    """The file at `path` as a return, for a thread that may wait: `what`, `base_of`, `home`."""
    return home(base_of(what(path)), today)


def what(path: Path) -> Return:
    """Who the file says it is; read in the reading process, without the library."""
    try:
        data = contents(path)
        identity = foreign.identify(data)
    except FuhanError as error:
        return _unread(Return(path), error)
    notes = ["这份文件正在 Word/WPS 里打开着，读到的是上次保存的内容。"] if _is_open(path) else []
    return Return(
        path,
        sha256(data).hexdigest(),
        identity,
        numbers="、".join(identity.numbers),
        subject=identity.title,
        author=identity.author,
        notes=tuple(notes),
        data=data,
    )


def base_of(returned: Return) -> Return:
    """With what left, and the case it belongs to, found in the open library."""
    identity = returned.identity
    if not identity or returned.refusal:
        return returned
    try:
        base = return_base.base_of(identity)
        taken_at = returns_journal.known(base.ours.key, returned.sha256)
    except FuhanError as error:
        return replace(returned, refusal=str(error), data=b"")
    guessed = "文件里的回传信息已经丢了，是按编号和文字认出来的，请核对是不是这份卷宗。"
    return replace(
        returned,
        case_key=base.ours.key,
        numbers=cases.numbers(base.ours),
        subject=cases.subject(base.ours),
        base=base,
        taken_at=taken_at,
        notes=(*returned.notes, guessed) if base.guessed else returned.notes,
    )


def home(returned: Return, today: date) -> Return:
    """With what the file says against what left; read in the reading process, without the
    library."""
    base, identity = returned.base, returned.identity
    if not base or not identity or returned.refusal:
        return replace(returned, data=b"")
    try:
        found = foreign.bring_home(returned.data, base.case, identity.printed, today)
    except FuhanError as error:
        return _unread(returned, error)
    if base.strange and not _is_answer(base.case, found.case):
        return replace(returned, refusal=return_base.unknown(identity), data=b"")
    return replace(
        returned,
        home=found,
        author=found.author,
        notes=(*returned.notes, *_went_on(base, found), *found.notes),
        data=b"",
    )


def _unread(returned: Return, error: FuhanError) -> Return:
    """What reads files speaks of importing them; here they were to be taken in."""
    return replace(returned, refusal=str(error).replace("导入", "收回"), data=b"")


def _is_open(path: Path) -> bool:
    """Whether a word processor's mark lies beside it; Word leaves out the first two characters of
    a long name."""
    names = [mark.format(path.name) for mark in _OPEN_MARKS]
    return any(path.with_name(name).exists() for name in [*names, f"~${path.name[2:]}"])


def _is_answer(left: Case, came: Case) -> bool:
    """Whether all that left is there as it was: an opinion only adds to it."""
    now = {p for reply in came.replies for p in reply.paragraphs}
    return all(p in now for reply in left.replies for p in reply.paragraphs)


def _went_on(base: Base, found: Homecoming) -> list[str]:
    """Whether the case is another one since it left. To an answer (会办意见) what we wrote since
    does not matter."""
    parts = _asked if found.assignment else _printed
    if parts(base.case) == parts(base.ours):
        return []
    version = f"{month_day(base.left_at)}导出的" if base.left_at else "较早的"
    return [f"按{version}版本改的，之后本卷宗又改过，两边的改动逐处对照。"]


def _printed(case: Case) -> object:
    return case.replies, case.fields, _asked(case)


def _asked(case: Case) -> object:
    return [(s.key, s.text, s.elaboration) for s in case.suggestions()]
