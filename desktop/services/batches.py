"""Many files at once: found in folders, read, looked at as rows, stored in small groups.

Rows are kept, not cases: of a file that was read stays its case file's text, so that 5,000 letters
take no more memory than their words. What is stored is stored whole, group by group.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
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
from desktop.letter.anatomy import Fact
from desktop.letter.model import Case
from desktop.letter.numerals import format_date
from desktop.letter.reading import Reading
from desktop.services import cases
from desktop.services.library import writing
from desktop.services.rows import Decision, FileRead

SUFFIXES = (".docx", ".txt", ".json")
MOST = 20_000  # files; nobody has written more letters
TOO_MANY = (
    "选中的文件夹里有两万个以上的文件，没有导入任何内容，文库没有改动，请选择只放函件的文件夹。"
)
_NO_MORE = "没有轮到它，没有导入"
_FELL = "程序内部出错，没有导入，文库没有改动"
_ENDED = {
    Decision.STORE: "已导入",
    Decision.REPLACE: "已替换，原来的留在“版本”里",
    Decision.AS_NEW: "已另存一份",
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
    """The files of one import, in their order."""

    def __init__(self) -> None:
        """No file yet."""
        self.rows: list[FileRead] = []
        self.settled: dict[int, Reading] = {}  # what the handler looked at
        self._cases: dict[int, str] = {}
        self._packs: dict[int, str] = {}
        self._notes: dict[int, tuple[str, ...]] = {}
        self._first: dict[str, int] = {}  # the row that brought a letter first
        self._waiting: deque[int] = deque()

    def add(self, path: Path, read: Outcome) -> None:
        """One more file."""
        if isinstance(read, Reading):
            self.rows.append(FileRead(path))
            self._read(len(self.rows) - 1, read)
        else:
            self.rows.append(FileRead(path, refusal=str(read), decision=Decision.SKIP))

    def settle(self, number: int, reading: Reading) -> None:
        """The handler looked at a file and perhaps corrected it: it comes in like that."""
        self.settled[number] = reading
        decision = self.rows[number].decision
        self._read(number, replace(reading, notes=()))
        row = self.rows[number]
        if not row.same:
            decision = Decision.STORE
        self.rows[number] = replace(row, decision=decision, doubts=())

    def decide(self, numbers: Iterable[int], decision: Decision) -> None:
        """What is to become of these files, where there is a choice."""
        for number in numbers:
            row = self.rows[number]
            if number in self._cases and not row.key:
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
        reading = Reading(case, self._notes[number], pack=pack)
        try:
            came = cases.store(
                reading,
                replace_existing=row.decision is Decision.REPLACE,
                as_new=row.decision is Decision.AS_NEW,
            )
        except ExistsError:
            return replace(row, ended="文库中已有，没有导入，可以选“替换”或“另存”再导入")
        except (OwnCaseError, SeveralCasesError, InputError) as error:
            return replace(row, ended=str(error))
        return replace(row, ended=_ENDED[row.decision], key=came.key)

    def _read(self, number: int, reading: Reading) -> None:
        case, path = reading.case, self.rows[number].path
        same = self._same(number, case)
        self._cases[number] = case_file.dump_compact(case)
        self._notes[number], self._packs[number] = reading.notes, reading.pack
        first = case.proposals[0]
        self.rows[number] = FileRead(
            path,
            cases.numbers(case),
            cases.subject(case),
            "、".join(proposer.name for proposer in first.proposers),
            _day(reading),
            tuple(_doubts(reading)),
            same=same,
            decision=Decision.SKIP if same else Decision.STORE,
        )

    def _same(self, number: int, case: Case) -> str:
        """Where the same letter is already, in this batch or in the library."""
        for sign in (case.key, _words_of(case)):
            first = self._first.setdefault(sign, number)
            if first != number:
                return f"与“{self.rows[first].path.name}”是同一份"
        place = cases.standing(case)
        return f"{place}已有这一份" if place else ""


def _words_of(case: Case) -> str:
    """A digest of what a letter says, whatever its file is called and whoever it names."""
    words = [f"{p.subject} {p.proposal_number}" for p in case.proposals]
    words += [paragraph.text for reply in case.replies for paragraph in reply.paragraphs]
    return sha256("\n".join(words).encode()).hexdigest()


def _day(reading: Reading) -> str:
    found = reading.anatomy.value(Fact.DATE) if reading.anatomy else ""
    return format_date(date.fromisoformat(found)) if found else reading.case.fields.date.text


def _doubts(reading: Reading) -> Iterator[str]:
    """What needs a look, in a few words each."""
    anatomy = reading.anatomy
    if not anatomy:
        yield from reading.notes
        return
    names = {Fact.NUMBER: "编号", Fact.SUBJECT: "案由", Fact.PROPOSER: "提案人", Fact.DATE: "日期"}
    unknown = [name for fact, name in names.items() if not anatomy.value(fact)]
    if unknown:
        yield f"{'、'.join(unknown)}未识别"
    if len(numbers := anatomy.values(Fact.NUMBER)) > 1:
        yield f"编号冲突：标题{numbers[0]}，开头{numbers[1]}"
    if not anatomy.is_reply:
        yield "是会办意见，不是答复"
    yield from (note for note in reading.notes if not note.startswith(("标题里的编号", "签发人是")))
