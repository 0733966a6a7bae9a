"""收回来稿: what several returned files make of a case, change by change, and the taking in.

`fold` is pure and quick (some 20 ms a file), so that a window may ask at every tick: each file is
compared with what the files before it, as far as they were picked, have made of the case.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.enums import RevisionReason
from desktop.errors import LibraryError
from desktop.letter.homecoming.likeness import likeness
from desktop.letter.homecoming.returned import Unplaced
from desktop.letter.model import Case, Note
from desktop.services import cases, returns_journal, revisions
from desktop.services.assignments import assignment_named, mark_returned, month_day
from desktop.services.library import writing
from desktop.services.loading import letter_of, read_case
from desktop.services.merging import changes as merging
from desktop.services.merging import taking
from desktop.services.merging.merge_change import ChangeKind, MergeChange, merge_key
from desktop.services.records import update_case
from desktop.services.returns import Return

Text = MergeChange | Unplaced
Pick = Callable[[Return, Text], MergeChange | None]
"""What to take of a change, or of a text that stands in no reply: itself, `taking.both`,
`taking.placed`, or nothing."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a merge: what it changes in the case as the files `before` it have made it, what
    stands in no reply (未归位), what was `taken` of all that, and sentences for the handler."""

    returned: Return
    before: Case
    changes: tuple[MergeChange, ...] = ()
    unplaced: tuple[Text, ...] = ()
    taken: tuple[MergeChange, ...] = ()
    notes: tuple[str, ...] = ()
    known: bool = False  # taken in before, or by a file before it: nothing comes of it

    @property
    def conflicts(self) -> int:
        """In how many changes both sides changed the same words."""
        return sum(change.conflict for change in self.changes)

    @property
    def overwrites(self) -> bool:
        """Whether a conflict was decided for this file."""
        return any(change.conflict for change in self.taken)


@dataclass(frozen=True, slots=True)
class Merge:
    """The case as the library has it (`ours`), the files, and the case `after` they are taken in:
    what was picked of them, every remark (批注), as a note each text left without a place, and the
    units they came from as having answered."""

    ours: Case
    files: tuple[File, ...]
    after: Case

    @property
    def taken(self) -> int:
        """How many changes were picked."""
        return sum(len(file.taken) for file in self.files)


def nothing(_: Return, __: Text) -> MergeChange | None:
    """Pick nothing."""
    return None


def everything(_: Return, change: Text) -> MergeChange | None:
    """Pick each change, of a conflict their side."""
    return change if isinstance(change, MergeChange) and not change.unplaced else None


def without_conflicts(returned: Return, change: Text) -> MergeChange | None:
    """Pick each change that is no conflict and not set apart; no REMOVED one where only a part of
    what left came back."""
    picked = everything(returned, change)
    if not picked or picked.conflict or picked.apart:
        return None
    home, base = returned.home, returned.base
    removed = picked.kind is ChangeKind.REMOVED
    return None if removed and home and base and _is_part(base.case, home.case) else picked


def as_unplaced(text: Text) -> Unplaced:
    """A text without a place as one kind of row, also where it is a change whose reply is gone."""
    if isinstance(text, Unplaced):
        return text
    return Unplaced(text.after, author=text.author, at=text.at)


def plan(returns: Sequence[Return], today: date, pick: Pick = nothing) -> tuple[Merge, ...]:
    """What the files make of their cases as the library has them now, case by case in the order of
    the files; those that were refused are left out. For the library's thread."""
    by_case: dict[str, list[Return]] = {}
    for returned in returns:
        if returned.home:
            by_case.setdefault(returned.case_key, []).append(returned)
    return tuple(fold(read_case(letter_of(key)), of, today, pick) for key, of in by_case.items())


def fold(ours: Case, returns: Sequence[Return], today: date, pick: Pick = nothing) -> Merge:
    """What these files, all of this case and read, make of it."""
    now, files = ours, list[File]()
    for returned in returns:
        file, now = _folded(now, files, returned, today, pick)
        files.append(file)
    return Merge(ours, tuple(files), _answered(now, files, today))


def enter(merge: Merge) -> Case:
    """Take the files in, all of it or nothing; returns the case as it is now.

    Its state before is kept (版本), and that before a file whose words went over those of another
    one; the files are entered in the journal of returns. Raises `LibraryError` where the case is
    gone, issued, or not any more what it was planned for.
    """
    with writing():
        letter = letter_of(merge.ours.key)
        before = read_case(letter)
        _check(before, merge.ours)
        if merge.after != before:
            conflicting = (file.before for file in merge.files if file.overwrites)
            for state in (before, *conflicting):
                revisions.record(letter, state, RevisionReason.MERGE)
            update_case(letter, before, merge.after)
        for file in merge.files:
            if not file.known:
                _enter(before.key, file.returned)
    return merge.after


def _enter(key: str, returned: Return) -> None:
    export = returned.base.export_id if returned.base else None
    returns_journal.enter(key, returned.sha256, returned.path.name, returned.author, export)


def _check(before: Case, planned: Case) -> None:
    named = cases.named(before)
    if before.issue:
        raise LibraryError(f"{named}已定稿，没有收回任何内容，文库没有改动，请先重新起草。")
    if before != planned:
        raise LibraryError(f"{named}刚才又有改动，没有收回任何内容，文库没有改动，请再对照一次。")


def _answered(case: Case, files: Iterable[File], today: date) -> Case:
    """The units of these files have answered, but for those that wrote nothing; the day of a first
    answer stays."""
    for file in files:
        home, base = file.returned.home, file.returned.base
        if file.known or not home or not base:
            continue
        unit = assignment_named(case, home.assignment)
        wrote = home.case != base.case or home.unplaced or home.remarks
        if unit and wrote and not unit.returned_on:
            case = mark_returned(case, unit.key, today)
    return case


def _folded(
    now: Case, before: Sequence[File], returned: Return, today: date, pick: Pick
) -> tuple[File, Case]:
    home, base = returned.home, returned.base
    if known := _known(before, returned):
        return File(returned, now, notes=(*returned.notes, known), known=True), now
    if not home or not base:
        raise ValueError("a file that was not read")
    found = merging.changes(base.case, now, home, today)
    changes = tuple(change for change in found if not change.unplaced)
    unplaced: tuple[Text, ...] = (
        *taking.still_unplaced(now, home),
        *(c for c in found if c.unplaced),
    )
    texts: tuple[Text, ...] = (*changes, *unplaced)
    picked = [(text, pick(returned, text)) for text in texts]
    taken = tuple(change for _, change in picked if change)
    file = File(returned, now, changes, unplaced, taken)
    file = replace(file, notes=(*returned.notes, *_notes(file), *_anew(file, before)))
    now = taking.with_notes(taking.take(now, taken), home)
    left = [text for text, change in picked if not change and text in unplaced]
    return file, _with_left(now, left)


def _known(before: Sequence[File], returned: Return) -> str:
    """Why nothing comes of this file; empty where something does."""
    for file in before:
        if file.returned.sha256 == returned.sha256:
            return f"与“{file.returned.path.name}”是同一份文件，只收回一次。"
    if at := returned.taken_at:
        return f"{month_day(at)} {at:%H:%M} 已收回过，这次没有再改动任何内容。"
    return ""


def _with_left(case: Case, left: Iterable[Text]) -> Case:
    """With each text without a place as a note (批注), so that no word is lost."""
    known = {note.key for note in case.notes}
    notes = []
    for text in left:
        shown = as_unplaced(text)
        told = (shown.text, shown.after, shown.author, shown.at)
        key = merge_key("left", *((text.key,) if isinstance(text, MergeChange) else told))
        if key not in known:
            known.add(key)
            words = f"未归位：{shown.text}"
            notes.append(Note(key, "", words, shown.author, shown.at, shown.after))
    return replace(case, notes=(*case.notes, *notes)) if notes else case


def _notes(file: File) -> Iterator[str]:
    """What the handler should know of the file as a whole."""
    returned = file.returned
    assert returned.home
    assert returned.base
    home, base = returned.home, returned.base.case
    if not (file.changes or file.unplaced or home.remarks or home.assignment):
        yield "这份来稿没有改动。" if home.case == base else "来稿里的改动，本卷宗都已经有了。"
    if any(isinstance(text, MergeChange) for text in file.unplaced):
        yield "来稿改了本卷宗里已经没有的答复或建议，那些文字列在“未归位”里，没有丢。"
    if _is_part(base, home.case):
        yield "来稿只有原稿的一部分，缺的段落都列为“删”，请核对是不是没有发全，再决定采不采纳。"
    elif _is_rewritten(base, home.case):
        yield "各段都重新写过，按新写的逐段列出；原来的文字，收回前会留在“版本”里。"
    people = _people(file, home.assignment)
    if len(people) > 1:
        yield f"这一份文件里有{'、'.join(people)}的改动，各处都标明了是谁改的，请逐处核对。"


def _anew(file: File, before: Sequence[File]) -> Iterator[str]:
    """Whether its unit has answered already: what it takes back still stands with us."""
    home = file.returned.home
    unit = assignment_named(file.before, home.assignment) if home else None
    others = [one.returned.home for one in before]
    again = unit and any(other and other.assignment == unit.key for other in others)
    if unit and file.changes and (unit.returned_on or again):
        yield (
            f"{unit.unit}已经返回过意见，采纳过的文字还在；请核对这一份是补充还是更正，"
            "更正了的请把原来的删去。"
        )


def _is_part(base: Case, theirs: Case) -> bool:
    """Whether most words of the replies are missing, with their paragraphs, and nothing new stands
    for them: a page of it was sent, or a draft was cut off."""
    back = {p.key: p.text for reply in theirs.replies for p in reply.paragraphs}
    was = {p.key: p.text for reply in base.replies for p in reply.paragraphs}
    gone = sum(len(text) for key, text in was.items() if key not in back)
    new = sum(len(text) for key, text in back.items() if key not in was)
    return 2 * (gone - new) > sum(map(len, was.values()))


def _is_rewritten(base: Case, theirs: Case) -> bool:
    """Whether no paragraph of the replies came home like itself."""
    now = {p.key: p.text for reply in theirs.replies for p in reply.paragraphs}
    was = [p for reply in base.replies for p in reply.paragraphs if p.text.strip()]
    return len(was) > 1 and not any(likeness(p.text, now.get(p.key, "")) for p in was)


def _people(file: File, assignment: str) -> list[str]:
    """Who changed something, by the longest name of each; in an answer also a 会办 unit that a new
    paragraph begins with."""
    runs = [run for change in file.changes for run in change.runs if run.author]
    people = dict.fromkeys(run.author for run in runs)
    texts = [change.after for change in file.changes if not change.before]
    units = (a.unit for a in file.before.assignments if assignment not in ("", a.key))
    people |= {unit: None for unit in units if any(text.startswith(unit) for text in texts)}
    return [one for one in people if not any(one in other for other in {*people} - {one})]
