"""Promise 2: no power cut, no failing and no full disk damages a library, or takes what was saved.

It is the program itself that runs on the disk that fails: its schema, its pragmas, its services,
on Python's SQLite (`drive`).
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from desktop.errors import FuhanError
from desktop.services.library import library
from tests.faults.author import (
    Acknowledged,
    Author,
    judge,
    opening_with,
    stored_case,
    with_twin,
    without_transactions,
)
from tests.faults.drive import Operation, watched
from tests.faults.figures import Fault, Figures
from tests.faults.platter import Platter

_ROUNDS = 60  # of saving, keeping, backing up, folding, in one recording
_ERRORS = {
    "open": sqlite3.SQLITE_CANTOPEN,
    "read": sqlite3.SQLITE_IOERR_READ,
    "write": sqlite3.SQLITE_IOERR_WRITE,
    "truncate": sqlite3.SQLITE_IOERR_TRUNCATE,
    "sync": sqlite3.SQLITE_IOERR_FSYNC,
    "delete": sqlite3.SQLITE_IOERR_DELETE,
    "lock": sqlite3.SQLITE_IOERR_LOCK,
}
_LARGEST = 300_000  # bytes a session's largest file comes to
_MUTANT = "no transactions"
_ERROR = sqlite3.SQLITE_IOERR
_TAKES_ROOM = {"write", "mkdir", "link"}


def power_cuts(folder: Path, tried: int, seed: int, *, mutant: bool = False) -> Figures:
    """Record one session from the empty folder on, cut it `tried` times, open what is left.

    The `mutant` opens libraries with synchronous=NORMAL.
    """
    found, chance = Figures(tried=tried), Random(seed)
    (folder / "recorded").mkdir()
    with opening_with("normal", 1) if mutant else nullcontext():
        log = _recorded(folder / "recorded")
    platter, said = Platter(), Acknowledged()
    cuts = sorted(chance.randrange(len(log) + 1) for _ in range(tried))
    done = 0
    for number, cut in enumerate(cuts):
        for operation in log[done:cut]:
            if operation.kind in Acknowledged.__slots__:
                said.told(operation.kind, operation.at)
            else:
                platter.hear(operation)
        done = cut
        left = folder / str(number)
        platter.cut(left, chance)
        judge(left, said, found)
        shutil.rmtree(left)
    return found


def _recorded(folder: Path) -> list[Operation]:
    """All that is done to the disk in one session, what was acknowledged between it."""
    log: list[Operation] = []

    def watch(operation: Operation) -> int:
        log.append(operation)
        return 0

    def told(kind: str, number: int) -> None:
        log.append(Operation(kind, "", number))

    with watched(folder, watch), library(folder):
        author = Author(folder, told)
        for _ in range(_ROUNDS):
            for deed in author.round():
                deed()
    return log


def refusals(folder: Path, tried: int, seed: int, *, mutant: bool = False) -> Figures:
    """`tried` sessions on a disk that refuses one operation; each operation there is, if there are
    as many sessions as that.

    It is full from there on, fails from there on, or only once. Each refusal must be a sentence;
    once the disk is well again, the same window finds in the library what it knows to be saved,
    and its next save succeeds. The `mutant` has no transactions.
    """
    faults = [(start, saved, disk) for start, saved in _starts(folder) for disk in _faults(start)]
    Random(seed).shuffle(faults)
    found = Figures(tried=min(tried, len(faults)), note=f"of {len(faults)} there are")
    with without_transactions() if mutant else nullcontext():
        for start, saved, disk in faults[:tried]:
            place = shutil.copytree(start, folder / "tried")
            said = Acknowledged(saved)
            with watched(place, disk.hear):
                _session(place, disk.heal, said, found)
            judge(place, said, found)
            shutil.rmtree(place)
    return found


def small_disk(folder: Path, tried: int, seed: int, *, mutant: bool = False) -> Figures:
    """The same where the kernel itself lets no file grow beyond one of `tried` sizes."""
    import resource  # not on Windows

    found, chance = Figures(tried=tried), Random(seed)
    starts = list(_starts(folder))
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    give_room = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (before, most))

    def heal() -> bool:
        give_room()
        return True

    with without_transactions() if mutant else nullcontext():
        for _ in range(tried):
            start, saved = chance.choice(starts)
            place = shutil.copytree(start, folder / "tried")
            said = Acknowledged(saved)
            resource.setrlimit(resource.RLIMIT_FSIZE, (chance.randrange(_LARGEST), most))
            try:
                _session(place, heal, said, found)
            finally:
                give_room()
            judge(place, said, found)
            shutil.rmtree(place)
    return found


@dataclass(slots=True)
class _Disk:
    """A disk that does its first `well` operations and refuses those after them, until healed.

    `full`: only those that take room. `once`: only the first.
    """

    well: int
    full: bool = False
    once: bool = False
    passed: int = 0
    struck: bool = False
    healed: bool = False

    def hear(self, operation: Operation) -> int:
        """SQLite's code for its refusal, or 0."""
        self.passed += 1
        spared = self.passed <= self.well or (self.once and self.struck)
        if self.healed or spared or (self.full and operation.kind not in _TAKES_ROOM):
            return 0
        self.struck = True
        return sqlite3.SQLITE_FULL if self.full else _ERRORS.get(operation.kind, _ERROR)

    def heal(self) -> bool:
        """It refuses nothing any more, if it did; whether it did."""
        self.healed = self.struck
        return self.struck


def _starts(folder: Path) -> Iterator[tuple[Path, int]]:
    """What a session may find, and the state that holds: nothing; a library whose process was
    killed; one that was closed.
    """
    nothing, killed, closed = (folder / name for name in ("nothing", "killed", "closed"))
    nothing.mkdir()
    with library(closed):
        author = Author(closed, lambda *_: None)
        for number in range(1, 12):
            author.save()
            if number == 2:
                shutil.copytree(closed, killed)
    yield from ((nothing, 0), (killed, 2), (closed, 11))


def _faults(start: Path) -> Iterator[_Disk]:
    """Every operation of a session on a good disk, with each way to fail."""
    operations: list[Operation] = []

    def watch(operation: Operation) -> int:
        operations.append(operation)
        return 0

    place = shutil.copytree(start, start.with_name("good"))
    with watched(place, watch):
        _session(place, bool, Acknowledged(), Figures())
    shutil.rmtree(place)
    for number, operation in enumerate(operations):
        yield _Disk(number, once=True)
        if operation.kind != "read":
            yield _Disk(number)
        if operation.kind in _TAKES_ROOM:
            yield _Disk(number, full=True)


def _session(folder: Path, heal: Callable[[], bool], said: Acknowledged, found: Figures) -> None:
    """Open, save, keep a state, back up, fold the log; look and save again where `heal` tells
    that something was refused; close.
    """
    with _heard(found), library(folder):
        author = Author(folder, said.told)
        for deed in author.round():
            with _heard(found):
                deed()
        if heal():
            found.damaged += stored_case() != author.stored
            try:
                author.save()
            except FuhanError:
                found.lost += 1


@contextmanager
def _heard(found: Figures) -> Iterator[None]:
    """A refusal is a sentence, anything else a mistake of ours."""
    try:
        yield
    except FuhanError as error:
        found.refused(str(error))
    except Exception:
        found.tracebacks += 1


FAULTS = (
    Fault("power cut (synced, lost or torn)", with_twin(power_cuts, 2000, 200, "NORMAL")),
    Fault("disk full, I/O errors: at each operation", with_twin(refusals, 9999, 60, _MUTANT)),
    Fault("no file may grow (kernel's limit)", with_twin(small_disk, 200, 40, _MUTANT)),
)
