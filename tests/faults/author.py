"""Somebody who writes one case on and on, and whoever looks afterwards whether all of it is there.

The n-th state of the case is a function of n, and the case bears n: what lies in a library is
judged from itself alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from unittest import mock

import peewee

from db import connection
from db.backup import look_at
from db.connection import _PRAGMAS
from db.errors import StoreError
from desktop.errors import BehindError, LibraryError, UnknownCaseError
from desktop.letter.keys import derived_key
from desktop.letter.model import Case, Paragraph, Reply
from desktop.services.automatic_states import keep_automatic
from desktop.services.backups import BackupUnderWay, begin_backup, list_backups, settle
from desktop.services.cases import find_case, save_case
from desktop.services.library import checkpoint, library
from desktop.services.revisions import case_at, list_revisions
from desktop.services.soundness import check_states
from tests.cases import SENTENCE, plain_case
from tests.conftest import TODAY
from tests.faults.figures import Figures

Told = Callable[[str, int], object]  # a field of `Acknowledged` and its value


CASE = plain_case(suggestions=3)  # what all states are states of


def state(number: int) -> Case:
    """The case as it is saved for the `number`-th time: some paragraphs more or fewer, all new."""
    chance = Random(number)

    def reply(old: Reply) -> Reply:
        keys = (derived_key(old.key, str(n)) for n in range(chance.randint(1, 5)))
        words = (f"{number}：{SENTENCE * chance.randint(1, 20)}" for _ in iter(int, 1))
        return replace(old, paragraphs=tuple(map(Paragraph, keys, words)))

    replies = tuple(map(reply, CASE.replies))
    return replace(CASE, replies=replies, lead_unit=str(number))


class HalfError(Exception):
    """The case is none of its states."""


def whole_number(case: Case) -> int:
    """Which state `case` is; `HalfError` where it is none."""
    if case != state(number_of(case)):
        raise HalfError
    return number_of(case)


def number_of(case: Case | None) -> int:
    """The number a state bears; 0 for none."""
    return int(case.lead_unit) if case else 0


def stored_case() -> Case | None:
    """The case as the open library has it."""
    try:
        return find_case(CASE.key)
    except UnknownCaseError:
        return None


class Author:
    """Works on the open library as the open case and the pauses of the window do.

    `told` hears of each state that the program says is saved, kept in 版本, or in a backup.
    """

    def __init__(self, folder: Path, told: Told) -> None:
        """Go on with what is there."""
        self._folder, self._told = folder, told
        self._before, self.stored = None, stored_case()  # `stored`: what is known to be saved
        self._backup: BackupUnderWay | None = None

    def round(self) -> Iterator[Callable[[], object]]:
        """What is done next: save, and now and then what a pause is used for."""
        number = number_of(self.stored) + 1
        yield self.save
        if number % 3 == 0:
            yield self._keep
        if number % 4 == 0:
            yield self._back_up
        if number % 6 == 0:
            yield checkpoint
        if number % 8 == 0:
            yield check_states

    def save(self) -> None:
        """As `OpenCase.save` does."""
        after = state(number_of(self.stored) + 1)
        save_case(self.stored, after)
        self._before, self.stored = self.stored, after
        self._told("saved", number_of(after))

    def _keep(self) -> None:
        if self._before:  # with the clock of another day the older ones are thinned
            now = datetime.now() + timedelta(days=number_of(self.stored) % 2 * 2)
            keep_automatic(self._before, now)
            self._told("kept", number_of(self._before))

    def _back_up(self) -> None:
        """One step, or the end of it."""
        try:
            self._backup = self._backup or begin_backup(TODAY)
            if self._backup and self._backup.step():
                self._backup.finish()
                self._backup = None
                self._told("copied", number_of(self.stored))
                settle(self._folder, TODAY)
        except BaseException:
            self._backup = None
            raise


@dataclass(slots=True)
class Acknowledged:
    """The last states that were said to be saved, kept, and in a backup."""

    saved: int = 0
    kept: int = 0
    copied: int = 0

    def told(self, kind: str, number: int) -> None:
        """It was said."""
        setattr(self, kind, number)


def judge(
    folder: Path, said: Acknowledged, found: Figures, number: Callable[[Case], int] = whole_number
) -> None:
    """Open the library in `folder` as at any start and count what is wrong with it.

    It holds, whole, the state acknowledged last or a later one, and in 版本 what was kept; `number`
    says which state a case is. Whatever bears a backup's name is one.
    """
    _judge_backups(folder, said, found)
    try:
        with library(folder):
            stored = stored_case()
            listed = list_revisions(stored.key) if stored else []
            kept = [number(case_at(revision.id)) for revision in listed]
        saved = number(stored) if stored else 0
        found.lost += saved < said.saved or max(kept, default=0) < said.kept
    except BehindError:
        found.lost += 1
    except (LibraryError, HalfError):
        found.damaged += 1


def _judge_backups(folder: Path, said: Acknowledged, found: Figures) -> None:
    copies = list_backups(folder)
    found.destroyed += said.copied > 0 and not copies
    for copy in copies:
        try:
            look_at(copy.path)
        except StoreError:
            found.destroyed += 1


@contextmanager
def opening_with(synchronous: str, value: int) -> Iterator[None]:
    """The mutant: libraries are opened with less than FULL."""
    other = [p if p[0] != "synchronous" else (p[0], synchronous, value) for p in _PRAGMAS]
    with mock.patch.object(connection, "_PRAGMAS", other):
        yield


@contextmanager
def without_transactions() -> Iterator[None]:
    """The mutant: every statement is a commit of its own (and waits for no disk, to be quick)."""
    alone = mock.patch.object(peewee.SqliteDatabase, "atomic", return_value=nullcontext())
    with alone, opening_with("off", 0):
        yield


def with_twin(
    loop: Callable[..., Figures], tried: int, twin_tried: int, mutant: str
) -> Callable[[Path], Figures]:
    """A full run of `loop` beside its mutant twin, so called, which must fail."""

    def run(folder: Path) -> Figures:
        ours, theirs = folder / "ours", folder / "theirs"
        ours.mkdir()
        theirs.mkdir()
        found, twin = loop(ours, tried, 1), loop(theirs, twin_tried, 1, mutant=True)
        assert twin.harm, f"{mutant}: the twin does no harm"
        found.twin = f"{mutant}: {twin.lost} lost, {twin.damaged} damaged of {twin.tried}"
        return found

    return run
