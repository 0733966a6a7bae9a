"""Promise 3: one program writes a library at a time, and what each was told is saved is there."""

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desktop.errors import LibraryError, UnknownCaseError
from desktop.services.backups import daily_backup
from desktop.services.cases import find_case, save_case
from desktop.services.library import FILE_NAME, library
from desktop.services.restoring import look_into, restore
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.faults.figures import Fault, Figures
from tests.faults.specimens import attempt, begun, files_of

KEY = plain_case().key
CROWD = 12  # processes at once
IN_USE = "正被另一个复函程序使用"


def racing(folder: Path, tried: int, seed: int) -> Figures:
    """Crowds of processes, `tried` in all, that make the library at once and each count one on."""
    found, twin, refused = Figures(tried=tried), Figures(), 0
    for number in range(seed, seed + tried // CROWD):
        place = folder / str(number)
        said = _crowd(lambda place=place: _come_in(place))
        found.tracebacks += CROWD - said.count(b"d")
        refused += said.count(b"r")
        found.lost += CROWD - (attempt(found, lambda place=place: _counted(place)) or 0)
        found.damaged += len(files_of(place)) != 2  # the library and its note: no draft, no log
        plain = folder / f"{number}.db"
        with closing(sqlite3.connect(plain, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=wal")
            connection.execute("CREATE TABLE letter AS SELECT 0 AS number")
        _crowd(lambda plain=plain: _count_on_plainly(plain))
        with closing(sqlite3.connect(plain)) as connection:
            twin.lost += CROWD - connection.execute("SELECT number FROM letter").fetchone()[0]
    found.note = f"{CROWD} processes at once, told {refused} times that it is in use"
    found.twin = f"without EXCLUSIVE: {twin.lost} of {tried} lost"
    return found


def holding(folder: Path, tried: int, seed: int) -> Figures:
    """While a process has the library open nobody else opens, reads or replaces it; killed, it
    leaves what it saved and no lock."""
    found = Figures(tried=tried)
    with library(folder):
        save_case(None, replace(plain_case(), lead_unit=str(seed)))
        backup = daily_backup(TODAY).path
    assert backup
    deeds = (
        lambda: _count_on(folder),
        lambda: look_into(folder / FILE_NAME),
        lambda: restore(folder, backup),
    )
    for number in range(seed + 1, seed + 1 + tried):
        ear, mouth = os.pipe()
        holder = begun(lambda mouth=mouth: _hold(folder, mouth))
        os.close(mouth)
        assert os.read(ear, 4) == b"held"
        before = files_of(folder)
        found.damaged += attempt(found, deeds[number % len(deeds)]) is not None
        found.damaged += files_of(folder) != before
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)
        os.close(ear)
        found.lost += attempt(found, lambda: _counted(folder)) != number
    found.note = "opening, looking into and restoring refused while it was held"
    found.twin = "the race's"
    return found


def _crowd(deed: Callable[[], object]) -> bytes:
    """`deed` in many processes that start at once; what they said (see `_come_in`)."""
    gate, key = os.pipe()
    ear, mouth = os.pipe()

    def go() -> None:
        os.close(key)
        os.read(gate, 1)  # until everyone is there
        os.write(mouth, deed() or b"")

    crowd = [begun(go) for _ in range(CROWD)]
    for end in (gate, mouth, key):
        os.close(end)
    with os.fdopen(ear, "rb") as pipe:
        said = pipe.read()
    for child in crowd:
        os.waitpid(child, 0)
    return said


def _come_in(place: Path) -> bytes:
    """Count one on, refused (r) some times maybe, until it is done (d)."""
    said = b""
    for _ in range(CROWD):
        try:
            _count_on(place)
        except LibraryError as error:
            if IN_USE not in str(error):
                return said + b"x"
            said += b"r"
        else:
            return said + b"d"
    return said


def _count_on(folder: Path) -> bool:
    with library(folder):
        try:
            case = find_case(KEY)
        except UnknownCaseError:
            save_case(None, replace(plain_case(), lead_unit="1"))
        else:
            save_case(case, replace(case, lead_unit=str(int(case.lead_unit) + 1)))
    return True


def _counted(folder: Path) -> int:
    with library(folder):
        return int(find_case(KEY).lead_unit)


def _count_on_plainly(path: Path) -> None:
    """The mutant: the same deed, while others may do it too."""
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
        number = connection.execute("SELECT number FROM letter").fetchone()[0]
        connection.execute("UPDATE letter SET number = ?", (number + 1,))


def _hold(folder: Path, mouth: int) -> None:
    with library(folder):
        case = find_case(KEY)
        save_case(case, replace(case, lead_unit=str(int(case.lead_unit) + 1)))
        os.write(mouth, b"held")
        signal.pause()


FAULTS = (
    Fault("two processes: a race", lambda folder: racing(folder, 30 * CROWD, 3)),
    Fault("two processes: a holder killed", lambda folder: holding(folder, 18, 3)),
)
