"""Promise 2: a damaged library is noticed and left alone, and the backup comes back."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from db.checks import reading
from db.mark import note_path, read_note
from db.migrations import SCHEMA
from desktop.services.cases import save_case, with_new_keys
from desktop.services.library import FILE_NAME, library
from desktop.services.restoring import look_into, restore
from tests.cases import plain_case
from tests.faults.figures import Fault, Figures
from tests.faults.specimens import (
    Rows,
    Unsound,
    attempt,
    files_of,
    fill,
    flip,
    fresh,
    furnish,
    in_a_process,
    read_everything,
    rows_of,
)

Harm = Callable[[Path, Random], object]
Run = Callable[[Callable[[], Any]], Any]
PAGE = 4096


def bytes_changed(folder: Path, tried: int, seed: int) -> Figures:
    """One bit turned, for the most part; or the file cut, or a page of it zeroed or overwritten."""
    chance, found = Random(seed), Figures(tried=tried)
    backup, place = furnish(folder / "pristine"), folder / "harmed"
    truth = read_everything(folder / "pristine")
    noticed = {"start": 0, "idle": 0, "": 0}
    for _ in range(tried):
        fresh(place, folder / "pristine")
        harm = chance.choices((flip, _cut, _zero, _scribble), (8, 1, 1, 1))[0]
        harm(place / FILE_NAME, chance)
        noticed[_try(found, place, backup, truth)] += 1
    found.note = (
        f"noticed at the start {noticed['start']}, when idle {noticed['idle']};"
        f" no word harmed {noticed['']}"
    )
    unnoticed, flips = _once_only(folder, max(tried // 4, 20), chance)
    found.twin = f"every word once, integrity_check: {unnoticed} of {flips} unnoticed"
    return found


def odd_things(folder: Path, tried: int, seed: int) -> Figures:
    """What else may lie where the library lay: all kinds in turn."""
    chance, found = Random(seed), Figures(tried=tried)
    backup, place = _shelf(folder), folder / "harmed"
    truth = {base: read_everything(fresh(place, folder / base)) for base in BASES}
    refused, deceived = set(), set()
    for number in range(tried):
        name, (base, harm) = list(ODD.items())[number % len(ODD)]
        harm(fresh(place, folder / base) / FILE_NAME, chance)
        run = partial(in_a_process, powerless=name.startswith("no right"))
        if _try(found, place, backup, truth[base], run):
            refused.add(name)
        harm(fresh(place, folder / base) / FILE_NAME, chance)
        if name != "a pipe" and _by_sqlite_alone(place / FILE_NAME) not in (truth[base], None):
            deceived.add(name)
    opened = sorted({name for name, _ in list(ODD.items())[:tried]} - refused)
    found.note = f"{len(refused)} kinds refused; opened as it was: {', '.join(opened)}"
    found.twin = f"sqlite3 alone: {len(deceived)} kinds read as something else without an error"
    return found


def _try(
    found: Figures, place: Path, backup: Path, truth: Rows, run: Run = lambda deed: deed()
) -> str:
    """Look into what lies at `place`, open it, restore; says when the damage was noticed."""
    before, noticed = files_of(place), ""
    attempt(found, lambda: run(lambda: look_into(place / FILE_NAME).cases))
    found.damaged += files_of(place) != before
    try:
        rows = attempt(found, lambda: run(lambda: read_everything(place)))
        if rows is None:
            noticed = "start"
            found.damaged += files_of(place) != before
        else:
            found.damaged += rows != truth
    except Unsound:
        noticed = "idle"
    if noticed:
        restored = attempt(found, lambda: restore(place, backup).shown.cases)
        with reading(backup) as connection:
            found.damaged += restored is None or read_everything(place) != rows_of(connection)
    return noticed


# bytes
def _cut(path: Path, chance: Random) -> None:
    os.truncate(path, chance.choice((PAGE, 1)) * chance.randrange(path.stat().st_size // PAGE))


def _zero(path: Path, chance: Random) -> None:
    _overwrite(path, chance, bytes(PAGE))


def _scribble(path: Path, chance: Random) -> None:
    _overwrite(path, chance, chance.randbytes(PAGE))


def _overwrite(path: Path, chance: Random, page: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(PAGE * chance.randrange(path.stat().st_size // PAGE))
        file.write(page)


def _once_only(folder: Path, tried: int, chance: Random) -> tuple[int, int]:
    """The mutant: without the indexes in which every word stands twice, and without digests. How
    many turned bits change what is read while SQLite finds nothing."""
    original = folder / "once.db"
    shutil.copyfile(folder / "pristine" / FILE_NAME, original)
    with closing(sqlite3.connect(original, isolation_level=None)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE '%_twice'")
        for (name,) in names.fetchall():
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("VACUUM")
        truth = rows_of(connection)
    unnoticed, harmed = 0, folder / "harmed.db"
    for _ in range(tried):
        shutil.copyfile(original, harmed)
        flip(harmed, chance)
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(harmed)) as file:
            whole = file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            unnoticed += whole and rows_of(file) != truth
    return unnoticed, tried


# odd things
BASES = ("pristine", "killed", "later")


def _shelf(folder: Path) -> Path:
    """`pristine`; `killed`, the same with more cases and never closed; `later`, that with one more,
    closed; `another` library, never closed. Returns the backup of the first."""
    backup = furnish(folder / "pristine")
    fresh(folder / "later", folder / "pristine")
    with library(folder / "later"):
        fill(1)
        shutil.copytree(folder / "later", folder / "killed")
        save_case(None, with_new_keys(plain_case()))
    with library(folder / "third"):
        fill(1)
        shutil.copytree(folder / "third", folder / "another")
    return backup


def _by_sqlite_alone(path: Path) -> Rows | None:
    """The mutant: what a program reads that asks no more than whether SQLite opens the file."""
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(path)) as connection:
        return rows_of(connection)
    return None


def _text(path: Path, _: Random) -> None:
    path.write_text("这不是文库，而是一段文字。" * 99, encoding="utf-8")


def _foreign(path: Path, _: Random) -> None:
    path.unlink()
    _change(path, "CREATE TABLE letter (id INTEGER PRIMARY KEY, text)")


def _change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)


def _log_of(base: str) -> Harm:
    """The log of another moment, or of another library, beside this one."""

    def lay(path: Path, _: Random) -> None:
        shutil.copyfile(path.parents[1] / base / f"{FILE_NAME}-wal", f"{path}-wal")

    return lay


def _noted(more: int) -> Harm:
    """The note of another moment."""

    def write(path: Path, _: Random) -> None:
        mark = read_note(path)
        assert mark
        note_path(path).write_text(f"{mark.key} {mark.commits + more:012}\n")

    return write


def _in_its_place(make: Callable[[Path], object]) -> Harm:
    def put(path: Path, _: Random) -> None:
        path.unlink()
        make(path)

    return put


def _elsewhere(path: Path, _: Random) -> None:
    path.symlink_to(path.rename(path.with_name("moved.db")))


ODD: dict[str, tuple[str, Harm]] = {
    "text": ("pristine", _text),
    "another program's file": ("pristine", _foreign),
    "an empty file": ("pristine", lambda path, _: os.truncate(path, 0)),
    "no file": ("pristine", lambda path, _: path.unlink()),
    "the future": (
        "pristine",
        lambda path, _: _change(path, f"PRAGMA user_version={SCHEMA + 1}"),
    ),
    "a trigger": (
        "pristine",
        lambda path, _: _change(
            path, "CREATE TRIGGER t AFTER UPDATE ON letter BEGIN DELETE FROM letter; END"
        ),
    ),
    "a view": ("pristine", lambda path, _: _change(path, "CREATE VIEW v AS SELECT 1")),
    "a log of before": ("later", _log_of("killed")),
    "another library's log": ("pristine", _log_of("another")),
    "a garbage log": (
        "pristine",
        lambda path, chance: Path(f"{path}-wal").write_bytes(chance.randbytes(9999)),
    ),
    "a garbage log of a killed program": (
        "killed",
        lambda path, chance: Path(f"{path}-wal").write_bytes(chance.randbytes(9999)),
    ),
    "a log removed": ("killed", lambda path, _: Path(f"{path}-wal").unlink()),
    "a log cut": ("killed", lambda path, _: os.truncate(f"{path}-wal", 3 * PAGE)),
    "no note": ("pristine", lambda path, _: note_path(path).unlink()),
    "a garbage note": (
        "pristine",
        lambda path, chance: note_path(path).write_bytes(chance.randbytes(40)),
    ),
    "a note ahead": ("pristine", _noted(7)),
    "a note behind": ("pristine", _noted(-7)),
    "a restore's leftovers": (
        "pristine",
        lambda path, chance: Path(f"{path}-restored").write_bytes(chance.randbytes(9999)),
    ),
    "a folder": ("pristine", _in_its_place(Path.mkdir)),
    "a pipe": ("pristine", _in_its_place(os.mkfifo)),
    "a link to nowhere": (
        "pristine",
        _in_its_place(lambda path: path.symlink_to(path.with_name("nothing.db"))),
    ),
    "a link": ("pristine", _elsewhere),
    "no right to read": ("pristine", lambda path, _: path.chmod(0)),
    "no right to write": ("pristine", lambda path, _: path.chmod(0o400)),
    "no right to the folder": ("pristine", lambda path, _: path.parent.chmod(0o500)),
}

FAULTS = (
    Fault("library: bytes changed", lambda folder: bytes_changed(folder, 1000, 2)),
    Fault("library: odd things", lambda folder: odd_things(folder, 2 * len(ODD), 2)),
)
