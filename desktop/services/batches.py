"""Many files at once: found in folders, read, looked at as rows, stored in small groups.

Rows are kept, not cases: of a file that was read stays its case file's text, so that 5,000 letters
take no more memory than their words. What is stored is stored whole, group by group.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic

from desktop.errors import (
    ExistsError,
    FuhanError,
    InputError,
    LibraryError,
    OwnCaseError,
    SeveralCasesError,
)
from desktop.letter import case_file
from desktop.letter.foreign.anatomy import Fact
from desktop.letter.model import Case
from desktop.letter.numerals import format_date
from desktop.letter.reading import Reading
from desktop.services import cases
from desktop.services.kinship import Identity, Kin, identity_of, kin
from desktop.services.library import writing
from desktop.services.rows import Decision, FileRead

# what is read, and what looks like a letter too and is told why it is not
SUFFIXES = (".docx", ".txt", ".json", ".doc", ".wps", ".docm", ".pdf", ".rtf", ".odt", ".ofd")
MOST = 20_000  # files; nobody has written more letters
TOO_MANY = (
    "选中的文件夹里有两万个以上的文件，没有导入任何内容，文库没有改动，请选择只放函件的文件夹。"
)
_NO_MORE = "没有轮到它，没有导入"
_JOINED = "已和文库中的合成一份卷宗，原来的留在“版本”里"
_FELL = "程序内部出错，没有导入，文库没有改动"
_ENDED = {
    Decision.STORE: "已导入",
    Decision.REPLACE: "已替换，原来的留在“版本”里",
    Decision.AS_NEW: "已另存一份",
}
_DECISIONS = {
    None: Decision.STORE,
    Kin.SAME: Decision.SKIP,
    Kin.OTHER: Decision.AS_NEW,
    Kin.COMPLETES: Decision.STORE,
}
_WHERE = {
    Kin.SAME: "与{}是同一份",
    Kin.OTHER: "与{}编号相同，内容不同",
    Kin.COMPLETES: "与{}是提案和它的答复，会合成一份卷宗",
}
_THERE = {
    Kin.SAME: "{0}已有这一份",
    Kin.OTHER: "与{0}的{1}编号相同，内容不同",
    Kin.COMPLETES: "会和{0}的{1}合成一份卷宗",
}
Outcome = Reading | FuhanError


def find_files(paths: Iterable[Path], suffixes: tuple[str, ...] = SUFFIXES) -> list[Path]:
    """These files, and of the folders among them every letter and case file, or what else ends
    with `suffixes`, sorted."""
    found: list[Path] = []
    for path in paths:
        found += sorted(_inside(path, suffixes)) if path.is_dir() else [path]
        if len(found) > MOST:
            raise InputError(TOO_MANY)
    return list(dict.fromkeys(found))


def _inside(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    seen = 0
    for place, _, names in os.walk(folder):
        for name in names:
            seen += 1
            if seen > 10 * MOST:
                raise InputError(TOO_MANY)
            if name.lower().endswith(suffixes) and not name.startswith(("~$", ".")):
                yield Path(place, name)


def read_some(paths: Sequence[Path], today: date, seconds: float) -> list[tuple[Path, Outcome]]:
    """The first files of `paths`, as many as can be read in about so many seconds, at least one."""
    read: list[tuple[Path, Outcome]] = []
    until = monotonic() + seconds
    for path in paths:
        try:
            read.append((path, cases.read_file(path, today)))
        except FuhanError as error:
            read.append((path, error))
        if monotonic() > until:
            break
    return read


class Batch:
    """The files of one import, in their order. `as_issued`: those whose row says when they were
    issued come in as 定稿."""

    def __init__(self, chosen: Iterable[Path] = ()) -> None:
        """No file yet of what was `chosen`: files and folders."""
        self.as_issued = False
        self._folders = [path for path in chosen if path.is_dir()]
        self.rows: list[FileRead] = []
        self.settled: dict[int, Reading] = {}  # what the handler looked at
        self._cases: dict[int, str] = {}
        self._packs: dict[int, str] = {}
        self._notes: dict[int, tuple[str, ...]] = {}
        self._identities: dict[int, Identity] = {}
        self._met: dict[str, list[int]] = {}  # key, number or words → the rows that have it
        self._waiting: deque[int] = deque()

    def add(self, path: Path, read: Outcome) -> None:
        """One more file."""
        if isinstance(read, Reading):
            self.rows.append(FileRead(path, name=self._name(path)))
            self._read(len(self.rows) - 1, read)
        else:
            name, skip = self._name(path), Decision.SKIP
            self.rows.append(FileRead(path, refusal=str(read), decision=skip, name=name))

    def _name(self, path: Path) -> str:
        """Below its folder; with that where there are several."""
        folder = next((one for one in self._folders if path.is_relative_to(one)), path.parent)
        return str(path.relative_to(folder.parent if len(self._folders) > 1 else folder))

    def settle(self, number: int, reading: Reading) -> None:
        """The handler looked at a file and perhaps corrected it: it comes in like that."""
        self.settled[number] = reading
        before = self.rows[number]
        self._read(number, replace(reading, notes=()))
        row = self.rows[number]
        decision = before.decision if row.same and before.same else row.decision
        self.rows[number] = replace(row, decision=decision, doubts=())

    def decide(self, numbers: Iterable[int], decision: Decision) -> None:
        """What is to become of these files, where there is a choice."""
        for number in numbers:
            row = self.rows[number]
            if decision in row.choices:
                self.rows[number] = replace(row, decision=decision, ended="")

    def to_store(self) -> list[int]:
        """The rows that are to come in and are not in."""
        rows = enumerate(self.rows)
        return [
            n for n, r in rows if n in self._cases and r.decision is not Decision.SKIP and not r.key
        ]

    def begin(self) -> None:
        """From now on `store_some` stores what is to come in."""
        self._waiting = deque(self.to_store())

    def stop(self) -> None:
        """The rest is left; what is in stays in."""
        for number in self._waiting:
            self.rows[number] = replace(self.rows[number], ended=_NO_MORE)
        self._waiting.clear()

    @property
    def waiting(self) -> int:
        """How many are still to be stored."""
        return len(self._waiting)

    def store_some(self, seconds: float) -> list[int]:
        """Store the next files for about so many seconds, in one transaction; the rows stored.

        Raises `LibraryError` where the disk refuses (none of these is then in, and no other will
        be), and what is a mistake of ours (the file is named in its row, the others still wait).
        """
        until, number = monotonic() + seconds, -1
        done: dict[int, FileRead] = {}
        try:
            with writing():
                while self._waiting:
                    number = self._waiting.popleft()
                    done[number] = self._stored(number)
                    if monotonic() > until:
                        break
        except LibraryError as error:
            self._waiting.extendleft(reversed([*done, number]))
            self.stop()
            self.rows[number] = replace(self.rows[number], ended=str(error))
            raise
        except Exception:
            self._waiting.extendleft(reversed(done))
            self.rows[number] = replace(self.rows[number], ended=_FELL)
            raise
        for number, row in done.items():
            self.rows[number] = row
        return list(done)

    def _stored(self, number: int) -> FileRead:
        row = self.rows[number]
        case, pack = case_file.load(self._cases[number]), self._packs[number]
        reading = Reading(case, self._notes[number], pack=pack, issue=row.issue)
        try:
            came = cases.store(
                reading,
                replace_existing=row.decision is Decision.REPLACE,
                as_new=row.decision is Decision.AS_NEW,
                as_issued=self.as_issued,
            )
        except ExistsError as error:
            may, same = "“另存”" if error.fixed else "“替换”或“另存”", "文库中已有"
            ended = f"{same}，没有导入，可以选{may}再导入"
            skip, fixed = Decision.SKIP, error.fixed
            return replace(row, same=same, ended=ended, decision=skip, fixed=fixed)
        except (OwnCaseError, SeveralCasesError, InputError) as error:
            return replace(row, ended=str(error), decision=Decision.SKIP)
        joined = came.changed and row.decision is Decision.STORE
        ended = _JOINED if joined else _ENDED[row.decision]
        return replace(row, ended=ended, key=came.key, changed=came.changed)

    def _read(self, number: int, reading: Reading) -> None:
        case, row = cases.ours(reading), self.rows[number]
        near, where, fixed = self._near(number, case)
        joins = near is Kin.COMPLETES
        self._cases[number] = case_file.dump_compact(case)
        self._notes[number], self._packs[number] = reading.notes, reading.pack
        first = case.proposals[0]
        self.rows[number] = FileRead(
            row.path,
            cases.numbers(case),
            cases.subject(case),
            "、".join(proposer.name for proposer in first.proposers),
            _day(reading),
            (*([where] if joins else []), *_doubts(reading)),
            same="" if joins else where,
            decision=_DECISIONS[near],
            issue=reading.issue,
            name=row.name,
            fixed=fixed,
        )

    def _near(self, number: int, case: Case) -> tuple[Kin | None, str, bool]:
        """What is already in this batch or in the library of this letter, in words where, and
        whether it is 定稿 there."""
        identity = identity_of(case)
        self._identities[number] = identity
        rows: dict[int, None] = {}
        for sign in {identity.key, identity.words, *identity.numbers} - {""}:
            met = self._met.setdefault(sign, [])
            rows.update(dict.fromkeys(met))
            met.append(number)
        found = ((kin(self._identities[n], identity), n) for n in rows if n != number)
        near, first = min(
            ((k, n) for k, n in found if k), key=lambda pair: pair[0].value, default=(None, 0)
        )
        if near:
            return near, _WHERE[near].format(f"“{self.rows[first].name}”"), False
        if there := cases.standing(case):
            near = Kin.OTHER if there.kin is Kin.COMPLETES and not there.joins else there.kin
            return near, _THERE[near].format(there.place, there.named), there.fixed
        return None, "", False


def _day(reading: Reading) -> str:
    found = reading.anatomy.value(Fact.DATE) if reading.anatomy else ""
    return format_date(date.fromisoformat(found)) if found else reading.case.fields.date.text


def _doubts(reading: Reading) -> Iterator[str]:
    """What needs a look, in a few words each."""
    anatomy = reading.anatomy
    if not anatomy:
        yield from reading.notes
        return
    if not anatomy.is_reply:
        yield "是会办意见，不是答复"
    notes = (note for note in reading.notes if not note.startswith("签发人是"))
    yield from (note.removesuffix("。") for note in notes)
