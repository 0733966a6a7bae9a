"""Cases (卷宗): bring one in, find one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from peewee import IntegrityError

from db import models
from db.enums import RevisionReason
from db.queries import letters_named
from desktop.errors import InputError, LibraryError
from desktop.letter import case_file
from desktop.letter.keys import new_key
from desktop.letter.model import Case
from desktop.services import revisions
from desktop.services.records import read_case, write_case
from desktop.services.rows import CaseImported

MAX_FILE = 30 << 20
_KEPT_AT_HOME = ("contact_name", "contact_phone")


def import_file(
    path: Path, today: date, *, replace_existing: bool = False, as_new: bool = False
) -> CaseImported:
    """Bring the letter or case file at `path` into the library.

    A case that exists is refused, unless it is to be replaced (its state is kept before) or to be
    made anew beside it. Raises `InputError` and `LibraryError`; nothing is then changed.
    """
    from desktop.letter.reader import read_case as read  # python-docx, 0.1 s: only when needed

    reading = read(_read_file(path), today)
    case = with_new_keys(reading.case) if as_new else reading.case
    with _whole(case):
        existing = [] if as_new else _existing(case)
        if existing and not replace_existing:
            raise LibraryError(
                f"{_name(case)}已在文库中（键 {existing[0].key}），没有导入，文库没有改动；"
                "要用这份文件替换它请加 --replace，要另存一份请加 --as-new。"
            )
        if existing:
            case = _replace(existing, case)
        else:
            revisions.record(write_case(case), case, RevisionReason.IMPORT)
    return CaseImported(case.key, numbers(case), subject(case), reading.notes)


@contextmanager
def _whole(case: Case) -> Iterator[None]:
    """One transaction; a key that is taken by another case's part refuses the whole."""
    try:
        with models.Letter._meta.database.atomic("IMMEDIATE"):
            yield
    except IntegrityError as error:
        raise LibraryError(
            f"{_name(case)}里的建议或答复与文库中另一份卷宗的键相同，没有导入，文库没有改动；"
            "它可能由那一份复制而来，要另建一份请加 --as-new。"
        ) from error


def find_case(reference: str, session: str = "") -> Case:
    """The case with this proposal number or case key; `LibraryError` where that is none or many."""
    return read_case(find_letter(reference, session))


def case_file_of(reference: str, session: str = "") -> str:
    """The case file of the case `find_case` would return."""
    return case_file.dump(find_case(reference, session))


def find_letter(reference: str, session: str = "") -> models.Letter:
    """The record `find_case` reads; for services only."""
    found = letters_named(reference)
    if session:
        found = [letter for letter in found if session in _sessions(letter)]
    if not found:
        of_session = f"{session}的" if session else ""
        raise LibraryError(
            f"文库里没有{of_session}编号或键为“{reference}”的卷宗，请用 fuhan list 查看。"
        )
    if len(found) > 1:
        named = "、".join(f"{letter.key}（{_sessions(letter) or '未写届次'}）" for letter in found)
        raise LibraryError(
            f"编号“{reference}”有{len(found)}份卷宗：{named}，请改用键，或加 --session 指明届次。"
        )
    return found[0]


def with_new_keys(case: Case) -> Case:
    """`case` as another one: every part has a new random key."""
    new: dict[str, str] = {suggestion.key: new_key() for suggestion in case.suggestions()}
    return replace(
        case,
        key=new_key(),
        proposals=tuple(
            replace(
                proposal,
                key=new_key(),
                suggestions=tuple(replace(s, key=new[s.key]) for s in proposal.suggestions),
            )
            for proposal in case.proposals
        ),
        replies=tuple(
            replace(
                reply,
                key=new_key(),
                suggestions=tuple(new[key] for key in reply.suggestions),
                paragraphs=tuple(replace(p, key=new_key()) for p in reply.paragraphs),
            )
            for reply in case.replies
        ),
    )


def numbers(case: Case) -> str:
    """The proposal numbers of a case as they are named together: 13、53."""
    return "、".join(p.proposal_number for p in case.proposals if p.proposal_number)


def subject(case: Case) -> str:
    """案由 of the case's first proposal that has one."""
    return next((p.subject for p in case.proposals if p.subject), "")


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("这是文件夹，没有导入任何内容，请选择其中的文件。")
        if path.stat().st_size > MAX_FILE:
            raise InputError(f"文件超过 {MAX_FILE >> 20} MB，没有导入任何内容，请确认选对了文件。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("没有这个文件，没有导入任何内容，请检查文件名。") from error
    except OSError as error:
        raise InputError(
            "文件打不开，没有导入任何内容，请检查它是否被占用、有没有读取权限。"
        ) from error


def _existing(case: Case) -> list[models.Letter]:
    """The letters of the same key, or of the same kind to a proposal of the same number."""
    found = letters_named(case.key)
    for proposal in case.proposals:
        if not found and proposal.proposal_number:
            found = [
                letter
                for letter in letters_named(proposal.proposal_number)
                if letter.kind == case.kind and _same_session(letter, proposal.session)
            ]
    return found


def _same_session(letter: models.Letter, session: str) -> bool:
    """A letter that names no session may be to the same proposal."""
    theirs = _sessions(letter)
    return not theirs or not session or session in theirs or theirs in session


def _sessions(letter: models.Letter) -> str:
    links = models.LetterProposal.select().where(models.LetterProposal.letter == letter)
    return "、".join(dict.fromkeys(link.proposal.session for link in links))


def _replace(existing: list[models.Letter], case: Case) -> Case:
    if len(existing) > 1:
        keys = "、".join(letter.key for letter in existing)
        raise LibraryError(
            f"{_name(case)}在文库中有{len(existing)}份（{keys}），不知替换哪一份，文库没有改动。"
        )
    (letter,) = existing
    before = read_case(letter)
    if numbers(before) and numbers(case) and numbers(before) != numbers(case):
        raise LibraryError(
            f"文库中的卷宗答复的是第{numbers(before)}号，这份文件是第{numbers(case)}号，"
            "不能互相替换，文库没有改动；要另存一份请加 --as-new。"
        )
    if before.issue:
        raise LibraryError(
            f"{_name(case)}已定稿，不能替换，文库没有改动；要另存一份请加 --as-new。"
        )
    revisions.record(letter, before, RevisionReason.REPLACE)
    office = replace(case.office, **{name: getattr(before.office, name) for name in _KEPT_AT_HOME})
    if office == before.office:  # a working copy travels without them
        case = replace(case, office=office)
    case = replace(case, key=letter.key)
    letter = write_case(case, letter)
    revisions.record(letter, case, RevisionReason.IMPORT)
    return case


def _name(case: Case) -> str:
    return f"第{numbers(case)}号" if numbers(case) else "这份卷宗"
