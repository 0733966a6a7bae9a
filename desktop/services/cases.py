"""Cases (卷宗): bring one in, make one, save one, issue one, find one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from db import models
from db.enums import FieldState, RevisionReason
from db.queries import is_named, letters_named
from desktop.errors import (
    ComposeError,
    DeletedCaseError,
    ExistsError,
    LibraryError,
    OwnCaseError,
    OwnPackError,
    SeveralCasesError,
    UnknownCaseError,
)
from desktop.letter import case_file
from desktop.letter.keys import new_key
from desktop.letter.model import COMPOSED, Case, Fields, Issue, Office, Proposal
from desktop.letter.reading import Reading
from desktop.services import foreign, revisions, secrecy
from desktop.services.assignments import forget
from desktop.services.foreign_file import contents
from desktop.services.kinship import Kin, identity_of, joined
from desktop.services.library import writing
from desktop.services.loading import letter_of, read_case
from desktop.services.offices import our_office
from desktop.services.records import update_case, with_original, write_case
from desktop.services.rows import CaseImported
from desktop.services.standing import Standing
from desktop.services.standing import standing as standing

_BROUGHT_BACK = "它原来在回收站里，已经恢复；原来的内容留在“版本”里"
_KEPT_AT_HOME = ("contact_name", "contact_phone")


def import_file(
    path: Path,
    today: date,
    *,
    replace_existing: bool = False,
    as_new: bool = False,
    as_issued: bool = False,
) -> CaseImported:
    """Bring the letter or case file at `path` into the library: `read_file`, then `store`."""
    reading = read_file(path, today)
    return store(reading, replace_existing=replace_existing, as_new=as_new, as_issued=as_issued)


def read_file(path: Path, today: date) -> Reading:
    """What the letter or case file at `path` holds; needs no library, so any thread may ask.

    Raises `InputError`, also where anything in it bears a secrecy mark (密级标志).
    """
    return foreign.read(contents(path), today)


def read_text(text: str, today: date) -> Reading:
    """The same of a letter whose text was copied elsewhere."""
    return foreign.read(text.encode(errors="replace"), today)


def store(
    reading: Reading,
    *,
    replace_existing: bool = False,
    as_new: bool = False,
    as_issued: bool = False,
) -> CaseImported:
    """Put the case that was read into the library.

    A case that exists is refused (`ExistsError`), unless it is to be replaced (its state is kept
    before) or to be made anew beside it. One that rests in the 回收站 counts as existing; replaced
    it comes back. A 会办包 of a case that is here is our own, and is taken in, not imported. With
    `as_issued` a letter that says when it was issued (`Reading.issue`) comes in as 定稿. Raises
    `LibraryError`; nothing is then changed.
    """
    case = ours(reading)
    if reading.pack and is_named([reading.pack]):
        raise OwnPackError(
            f"这是本单位发出的会办包，没有导入，文库没有改动，请打开{named(case)}卷宗，用“收回来稿”收回。"
        )
    case, notes = _issued(case, reading.issue) if as_issued and reading.issue else (case, ())
    notes = (*reading.notes, *notes)
    with writing():
        found = None if as_new else standing(case)
        if not found:
            case = with_new_keys(case) if as_new else case
            revisions.record(write_case(case), case, RevisionReason.IMPORT)
        elif found.joins:
            case = _exchange(found.letters[0], joined(found.case, case))
            notes = (*notes, f"已和文库中{found.named}合成一份卷宗，原来的留在“版本”里")
        elif replace_existing:
            notes = (*notes, *([_BROUGHT_BACK] if found.deleted else []))
            case = _replace(found, case)
        else:
            raise ExistsError(
                found.refusal, found.case.key, same=found.kin is Kin.SAME, fixed=found.fixed
            )
    return CaseImported(case.key, numbers(case), subject(case), notes, changed=bool(found))


def ours(reading: Reading) -> Case:
    """The case that was read; a proposal's and a 会办包's is for us to answer."""
    if not (reading.proposal or reading.pack):
        return reading.case
    return replace(reading.case, office=our_office() or Office())


def new_case() -> Case:
    """A new case, not stored yet: our office's facts and one empty proposal."""
    return Case(new_key(), office=our_office() or Office(), proposals=(Proposal(new_key()),))


def save_case(before: Case | None, after: Case) -> None:
    """Make what the library holds as `before` (None: nothing yet) `after`; only that is written.

    Both are one case, of one key. Raises `LibraryError` where the case is issued, a proposal is
    another letter's as well, or the disk refuses; the library then still holds `before`.
    """
    if before == after:
        return
    with writing():
        if before is None:
            write_case(after)
            return
        letter = letter_of(after.key)
        if letter.issued_on:
            raise LibraryError(
                f"{named(before)}已定稿，改动没有保存，定稿的内容没有动，要修改请先重新起草。"
            )
        update_case(letter, before, after)


def issue_case(key: str, issue: Issue) -> Case:
    """定稿: the case with its text frozen, as it is stored now; its state before is kept.

    Raises `ComposeError` where the letter cannot be printed, `LibraryError` where it is issued,
    `InputError` where `issue` bears a secrecy mark.
    """
    from desktop.letter.compose import freeze
    from desktop.services.letters import sheet_of

    secrecy.refuse(issue.by)
    before = read_case(letter_of(key))
    issued = freeze(before, issue)
    sheet_of(issued, issue.on)
    enter_issue(before, issued)
    return issued


def enter_issue(before: Case, issued: Case) -> models.Letter:
    """Write a case that was frozen, its state before kept; for services only."""
    with writing():
        letter = letter_of(before.key)
        if letter.issued_on:
            raise LibraryError(f"{named(before)}已经定稿，没有再次定稿，文库没有改动。")
        if read_case(letter) != before:
            raise LibraryError(
                f"{named(before)}刚才又有改动，没有定稿，文库没有改动，请看过以后再定稿。"
            )
        revisions.record(letter, before, RevisionReason.ISSUE)
        update_case(letter, before, issued)
        return letter


def reopen_case(key: str) -> Case:
    """重新起草: the case open again, its composed fields following the wording; the issued state
    is kept before.
    """
    with writing():
        letter = letter_of(key)
        before = read_case(letter)
        if not before.issue:
            raise LibraryError(f"{named(before)}还没有定稿，可以直接修改，文库没有改动。")
        revisions.record(letter, before, RevisionReason.REOPEN)
        frozen = [
            name
            for name in Fields.__dataclass_fields__
            if getattr(before.fields, name).state is FieldState.COMPOSED
        ]
        fields = replace(before.fields, **dict.fromkeys(frozen, COMPOSED))
        after = replace(before, issue=None, fields=fields)
        update_case(letter, before, after)
    return after


def find_case(reference: str, session: str = "") -> Case:
    """The case with this proposal number or case key; `LibraryError` where that is none or many."""
    return read_case(find_letter(reference, session))


def case_file_of(reference: str, session: str = "") -> str:
    """The case file of the case `find_case` would return."""
    return case_file.dump(find_case(reference, session))


def find_letter(reference: str, session: str = "", *, deleted: bool = False) -> models.Letter:
    """The record `find_case` reads, or one in the 回收站; for services only."""
    found = letters_named(reference, deleted=deleted)
    if session:
        found = [letter for letter in found if session in _sessions(letter)]
    of_session = f"{session}的" if session else ""
    if deleted and not found:
        raise UnknownCaseError(
            f"回收站里没有{of_session}编号或键为“{reference}”的卷宗，没有改动任何内容。"
        )
    if not found and letters_named(reference, deleted=True):
        raise DeletedCaseError(f"编号或键为“{reference}”的卷宗在回收站里，请先恢复它。")
    if not found:
        raise UnknownCaseError(
            f"文库里没有{of_session}编号或键为“{reference}”的卷宗，请看看列表里有哪些。"
        )
    if len(found) > 1:
        named = "、".join(f"{letter.key}（{_sessions(letter) or '未写届次'}）" for letter in found)
        raise SeveralCasesError(
            f"编号“{reference}”有{len(found)}份卷宗：{named}，请改用键，或指明届次。"
        )
    return found[0]


def with_new_keys(case: Case) -> Case:
    """`case` as another one: every part has a new random key."""
    new: dict[str, str] = {suggestion.key: new_key() for suggestion in case.suggestions()}
    new |= {reply.key: new_key() for reply in case.replies}
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
                key=new[reply.key],
                suggestions=tuple(new[key] for key in reply.suggestions),
                paragraphs=tuple(replace(p, key=new_key()) for p in reply.paragraphs),
            )
            for reply in case.replies
        ),
        assignments=tuple(
            replace(a, key=new_key(), suggestions=tuple(new[key] for key in a.suggestions))
            for a in case.assignments
        ),
        notes=tuple(replace(n, key=new_key(), place=new.get(n.place, n.place)) for n in case.notes),
    )


def numbers(case: Case) -> str:
    """The proposal numbers of a case as they are named together: 13、53."""
    return "、".join(p.proposal_number for p in case.proposals if p.proposal_number)


def subject(case: Case) -> str:
    """案由 of the case's first proposal that has one."""
    return next((p.subject for p in case.proposals if p.subject), "")


def _sessions(letter: models.Letter) -> str:
    links = models.LetterProposal.select().where(models.LetterProposal.letter == letter)
    return "、".join(dict.fromkeys(link.proposal.session for link in links))


def _replace(found: Standing, case: Case) -> Case:
    if len(found.letters) > 1:
        keys = "、".join(letter.key for letter in found.letters)
        raise SeveralCasesError(
            f"{named(case)}在文库中有{len(found.letters)}份（{keys}），不知替换哪一份，文库没有改动。"
        )
    before = found.case
    if not _answer_the_same(before, case):
        raise OwnCaseError(
            f"文库中的卷宗答复的是第{numbers(before)}号，这份文件是第{numbers(case)}号，"
            "不能互相替换，文库没有改动，请另存一份。"
        )
    if before.issue:
        raise OwnCaseError(f"{named(case)}已定稿，不能替换，文库没有改动，请另存一份。")
    return _exchange(found.letters[0], replace(_with_what_stays(case, before), key=before.key))


def _answer_the_same(before: Case, case: Case) -> bool:
    one, other = identity_of(before).numbers, identity_of(case).numbers
    return not one or not other or one == other


def _exchange(letter: models.Letter, case: Case) -> Case:
    """Make the case of `letter` this one, its state before kept; one in the 回收站 comes back."""
    before = read_case(letter)
    revisions.record(letter, before, RevisionReason.REPLACE)
    letter.deleted_at = None
    letter.save(only=[models.Letter.deleted_at])
    update_case(letter, before, case)
    revisions.record(letter, case, RevisionReason.IMPORT)
    return case


def _with_what_stays(case: Case, before: Case) -> Case:
    """`case` with what a working copy travels without: whom to call, the proposals' originals, the
    会办 units, the 批注."""
    office = replace(case.office, **{name: getattr(before.office, name) for name in _KEPT_AT_HOME})
    if office == before.office:
        case = replace(case, office=office)
    known = {proposal.key: proposal for proposal in before.proposals}
    gone = {s.key for s in before.suggestions()} - {s.key for s in case.suggestions()}
    return replace(
        case,
        proposals=tuple(with_original(p, known.get(p.key, p)) for p in case.proposals),
        assignments=case.assignments or forget(before, gone).assignments,
        notes=case.notes or before.notes,
    )


def _issued(case: Case, issue: Issue) -> tuple[Case, tuple[str, ...]]:
    """An old letter as 定稿; one that cannot be printed as a draft, and why."""
    from desktop.letter.compose import freeze
    from desktop.services.letters import sheet_of

    issued = freeze(case, issue)
    try:
        sheet_of(issued, issue.on)
    except ComposeError as error:
        return case, (f"没有按定稿存入：{error}",)
    return issued, ()


def named(case: Case) -> str:
    """What a sentence calls it: 第2025118号, or 这份卷宗."""
    return f"第{numbers(case)}号" if numbers(case) else "这份卷宗"
