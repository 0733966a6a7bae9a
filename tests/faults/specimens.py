"""A library that uses everything, what it says, and processes to try things in."""

import ctypes
import hashlib
import os
import pickle
import resource
import select
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, TypeVar

from desktop.errors import FuhanError
from desktop.services.backups import daily_backup
from desktop.services.case_list import list_cases
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.services.exports import export_case
from desktop.services.library import library
from desktop.services.revisions import keep, list_revisions
from desktop.services.soundness import check_states
from desktop.services.trash import delete_case
from tests.cases import hard_case, plain_case
from tests.conftest import TODAY
from tests.faults.figures import Figures
from tests.kills import Step

T = TypeVar("T")
Rows = dict[str, str]  # of each table: the digest of its rows
LONG = "这一段写得很长，要占好几页才放得下。" * 400
PATIENCE_S = 20  # for a process that ought to have ended long before


class Unsound(Exception):  # noqa: N818 a verdict
    """The check of idle moments found states (版本) that are not what was written."""


def furnish(folder: Path) -> Path:
    """A furnished library in `folder`; returns its backup of the day."""
    with library(folder):
        fill(4)
        backup = daily_backup(TODAY).path
    assert backup
    return backup


def fill(cases: int) -> None:
    """Rows in every table of the open library: cases long and short, states, an issued letter, one
    in the 回收站."""
    for number in range(cases):
        case = with_new_keys(plain_case(text=f"第{number}份。{LONG if number % 2 else ''}"))
        save_case(None, case)
        for unit in ("区城管局", "区水务局"):
            before, case = case, replace(case, lead_unit=unit)
            save_case(before, case)
            keep(case.key, unit)
    issued, deleted = with_new_keys(hard_case()), with_new_keys(plain_case())
    for case in (issued, deleted):
        save_case(None, case)
    delete_case(deleted.key, datetime.now())
    with TemporaryDirectory() as place:
        export_case(issued.key, Path(place), TODAY, final=True)


def rows_of(connection: sqlite3.Connection) -> Rows:
    """What stands in every table."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")
    return {
        name: hashlib.sha256(
            repr(connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()).encode()
        ).hexdigest()
        for (name,) in names.fetchall()
    }


def read_everything(folder: Path) -> Rows:
    """Open the library in `folder` as the window does, read every case, list every state, check the
    digests as in an idle moment; returns all rows. Raises `Unsound`."""
    with library(folder) as database:
        for row in list_cases():
            find_case(row.key)
            list_revisions(row.key)
        after: int | None = 0
        while after is not None:
            checked = check_states(after)
            if checked.damaged:
                raise Unsound
            after = checked.after
        return rows_of(database.connection())


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file in `folder` but an index of a log, which SQLite makes anew; an empty log is none,
    and what a link leads to counts."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    return {name: data for name, data in files.items() if data and not name.endswith("-shm")}


def attempt(found: Figures, deed: Callable[[], T]) -> T | None:
    """What `deed` returns; None where it refused, which is counted in `found` as it was said."""
    try:
        return deed()
    except FuhanError as error:
        found.refused(str(error))
    except Unsound:
        raise
    except Exception:
        found.tracebacks += 1
    return None


def killed(deed: Callable[[], object], seconds: float) -> bool:
    """Do `deed` in a process killed (kill -9) after `seconds`; False where it ended before."""
    child = begun(deed)
    handle = os.pidfd_open(child)
    try:
        if not select.select([handle], [], [], seconds)[0]:
            os.kill(child, signal.SIGKILL)
    finally:
        os.close(handle)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the deed failed by itself"
    return os.WIFSIGNALED(status)


def in_a_process(deed: Callable[[], T], *, powerless: bool = False) -> T:
    """What `deed` returns or raises in a process of its own; one that hangs raises `TimeoutError`.

    `powerless` is for root: the process heeds the permissions of files as anybody's does.
    """

    def answer() -> None:
        if powerless:
            _give_up_powers()
        try:
            value, error = deed(), None
        except Exception as mistake:
            value, error = None, mistake.with_traceback(None)
        with os.fdopen(mouth, "wb") as pipe:
            pickle.dump((value, error), pipe)

    ear, mouth = os.pipe()
    child = begun(answer)
    os.close(mouth)
    with os.fdopen(ear, "rb") as pipe:
        heard = bool(select.select([pipe], [], [], PATIENCE_S)[0])
        if not heard:
            os.kill(child, signal.SIGKILL)
        data = pipe.read()
    os.waitpid(child, 0)
    if not heard:
        raise TimeoutError
    value, error = pickle.loads(data)
    if error:
        raise error
    return value


def begun(deed: Callable[[], object]) -> int:
    """The process in which `deed` is being done; its exit code is 1 where that raised."""
    child = os.fork()
    if child:
        return child
    try:
        deed()
        os._exit(0)
    finally:
        os._exit(1)


def _give_up_powers() -> None:
    """Root's right to pass over permissions, for good."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    if ctypes.CDLL(None, use_errno=True).capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")


@contextmanager
def at_step(number: int, happening: Callable[[], object], *steps: Step) -> Iterator[None]:
    """Right before the `number`th call of any of `steps`, something happens; it may raise."""
    for_real = [(place, name, getattr(place, name)) for place, name in steps]
    passed = count(1)

    def armed(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **settings: Any) -> Any:
            if next(passed) == number:
                happening()
            return real(*arguments, **settings)

        return step

    for place, name, real in for_real:
        setattr(place, name, armed(real))
    try:
        yield
    finally:
        for place, name, real in for_real:
            setattr(place, name, real)


def failing(code: int) -> Callable[[], object]:
    """What makes a step fail as the system would, with `code`."""

    def fail() -> None:
        raise OSError(code, os.strerror(code))

    return fail


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file grows beyond `size` bytes, for SQLite neither."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def seconds(deed: Callable[[], object]) -> float:
    """How long `deed` takes, in a process of its own."""
    begin = monotonic()
    in_a_process(deed)
    return monotonic() - begin


def fresh(folder: Path, pristine: Path) -> Path:
    """`folder` as a copy of `pristine`, whatever it was."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(pristine, folder)
    return folder


def flip(path: Path, chance: Random) -> int:
    """Turn one bit of the file at `path`; returns where."""
    data = bytearray(path.read_bytes())
    place = chance.randrange(len(data))
    data[place] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return place
