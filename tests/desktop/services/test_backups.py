"""Backups: one a day where something changed, thinned by a rule, here and in a second place."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import InputError, OutputError
from desktop.letter.model import Case
from desktop.services.backup_files import (
    DAILY,
    DAYS,
    FOLDER,
    MONTHS,
    WEEKS,
    free_path,
    list_copies,
    mark_of,
    surplus_days,
)
from desktop.services.backups import (
    PLACE_FILE,
    backup_to,
    begin_backup,
    daily_backup,
    list_backups,
    second_place,
    set_second_place,
    settle,
)
from desktop.services.cases import find_case, save_case
from desktop.services.library import library
from desktop.services.restoring import look_into
from tests.cases import plain_case
from tests.conftest import TODAY

TOMORROW, YESTERDAY = TODAY + timedelta(1), TODAY - timedelta(1)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A stored case of an open library."""
    with library(tmp_path):
        save_case(None, plain_case())
        yield plain_case()


def change(case: Case, unit: str) -> Case:
    changed = replace(case, lead_unit=unit)
    save_case(case, changed)
    return changed


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_day_has_one_backup_that_follows_the_library(case: Case, tmp_path: Path) -> None:
    first = daily_backup(TODAY).path
    assert first == tmp_path / FOLDER / f"{DAILY}-2025-11-21.db"
    assert daily_backup(TODAY).path is None
    assert daily_backup(TOMORROW).path is None
    change(case, "单位")
    assert daily_backup(TODAY).path == first
    assert look_into(first).cases == 1
    change(find_case(case.key), "另一单位")
    assert daily_backup(TOMORROW).path
    assert names(tmp_path / FOLDER) == [f"{DAILY}-2025-11-21.db", f"{DAILY}-2025-11-22.db"]


def test_a_backup_in_steps_is_not_there_before_its_end(case: Case, tmp_path: Path) -> None:
    under_way = begin_backup(TODAY)
    assert under_way
    steps = 1
    while not under_way.step():
        steps += 1
        case = change(case, f"单位{steps}")
    assert not list_backups(tmp_path)
    under_way.finish()
    assert settle(tmp_path, TODAY) == ""
    (listed,) = list_backups(tmp_path)
    assert (listed.kind, listed.day) == (DAILY, TODAY)
    assert begin_backup(TODAY) is None


def test_a_clock_set_back_harms_no_newer_backup(case: Case, tmp_path: Path) -> None:
    daily_backup(TOMORROW)
    for number in range(40):
        case = change(case, f"单位{number}")
        assert daily_backup(YESTERDAY - timedelta(40 - number)).path
    kept = [copy.day for copy in list_backups(tmp_path)]
    assert kept[0] == TOMORROW
    assert YESTERDAY - timedelta(1) in kept
    assert DAYS < len(kept) <= 1 + DAYS + WEEKS + MONTHS


def test_a_newer_or_foreign_copy_of_the_day_is_not_overwritten(case: Case, tmp_path: Path) -> None:
    first = daily_backup(TODAY).path
    assert first
    with_case = mark_of(first)
    assert with_case
    folder = tmp_path / FOLDER
    older = with_case._replace(commits=with_case.commits - 1)
    other = with_case._replace(key="f" * 16, commits=99)
    for mark in (older, other, None):
        assert free_path(folder, TODAY, mark).name == f"{DAILY}-2025-11-21-2.db"
    first.write_bytes(b"damaged")
    change(case, "单位")
    assert daily_backup(TODAY).path == folder / f"{DAILY}-2025-11-21-2.db"
    assert first.read_bytes() == b"damaged"
    assert daily_backup(TODAY).path is None


def test_a_backup_that_cannot_be_written_is_said_and_the_older_stay(
    case: Case, tmp_path: Path
) -> None:
    first = daily_backup(YESTERDAY).path
    assert first
    before = first.read_bytes()
    change(case, "单位")
    (tmp_path / FOLDER / f"{DAILY}-2025-11-21.db.tmp").mkdir()  # stands in the way
    with pytest.raises(OutputError, match="原有的备份没有动"):
        daily_backup(TODAY)
    assert first.read_bytes() == before
    assert find_case(case.key).lead_unit == "单位"


@pytest.mark.skipif(os.name != "posix", reason="Windows sets no limit to a file")
def test_a_full_disk_is_said_and_the_older_stay(case: Case, tmp_path: Path) -> None:
    import resource

    first = daily_backup(TODAY).path
    assert first
    before = first.read_bytes()
    change(case, "单位")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        with pytest.raises(OutputError, match="磁盘是否已满"):
            daily_backup(TODAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert first.read_bytes() == before
    assert names(tmp_path / FOLDER) == [first.name]


def test_a_second_place_gets_the_same_copies(case: Case, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    daily_backup(YESTERDAY)
    set_second_place(tmp_path, stick)
    assert second_place(tmp_path) == stick
    assert daily_backup(TODAY).problem == ""  # nothing changed, but the place lacks it
    (own,) = stick.iterdir()
    assert names(own) == [f"{DAILY}-2025-11-20.db"]
    change(case, "单位")
    stick.rename(tmp_path / "gone")
    made = daily_backup(TODAY)
    assert made.path
    assert "现在不在" in made.problem
    assert not stick.exists()
    (tmp_path / "gone").rename(stick)
    assert settle(tmp_path, TODAY) == ""
    assert names(own) == [f"{DAILY}-2025-11-20.db", f"{DAILY}-2025-11-21.db"]
    assert look_into(own / f"{DAILY}-2025-11-21.db").cases == 1
    set_second_place(tmp_path, None)
    assert second_place(tmp_path) is None


def test_the_second_place_is_another_one(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="自己的文件夹"):
        set_second_place(tmp_path, tmp_path)
    assert second_place(tmp_path) is None


def test_two_libraries_share_a_second_place(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    for name in ("one", "two"):
        with library(tmp_path / name):
            save_case(None, plain_case())
            set_second_place(tmp_path / name, share)
            assert daily_backup(TODAY).problem == ""
    assert len(list(share.rglob("*.db"))) == 2


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("text", ["", "[]", '{"second_place": 7}', "{}"])
def test_a_setting_that_cannot_be_read_is_said_and_the_backup_is_made(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / PLACE_FILE).write_text(text)
    made = daily_backup(TODAY)
    assert made.path
    assert "另存处读不出来" in made.problem
    with pytest.raises(InputError):
        second_place(tmp_path)


@pytest.mark.usefixtures("case")
def test_a_copy_into_a_folder_of_choice(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(OutputError, match="没有“"):
        backup_to(out, TODAY)
    out.mkdir()
    path = backup_to(out, TODAY)
    assert look_into(path).cases == 1
    with pytest.raises(OutputError):
        set_second_place(tmp_path, tmp_path / "nowhere")


@pytest.mark.usefixtures("case")
def test_only_backups_are_listed(tmp_path: Path) -> None:
    daily_backup(TODAY)
    for name in ("备份-2025-13-41.db", "备份-2025-11-20.db.tmp", "a.db", "备份-2025-11-20.db-wal"):
        (tmp_path / FOLDER / name).touch()
    (listed,) = list_copies(tmp_path / FOLDER)
    assert listed.day == TODAY
    assert list_copies(tmp_path / "nowhere") == []


@given(st.sets(days), days)
def test_the_rule_of_thinning(past: set[date], today: date) -> None:
    kept = past - surplus_days(past, today)
    assert {day for day in past if day > today} <= kept
    then = sorted(day for day in kept if day <= today)
    assert len(then) <= DAYS + WEEKS + MONTHS
    newest = sorted(day for day in past if day <= today)[-DAYS:]
    assert set(newest) <= kept
    assert not surplus_days(kept, today)


def test_years_of_daily_backups_reach_back_nine_months() -> None:
    kept: set[date] = set()
    for number in range(800):
        today = date(2024, 1, 1) + timedelta(number)
        kept.add(today)
        kept -= surplus_days(kept, today)
    ages = sorted((today - day).days for day in kept)
    assert ages[:DAYS] == list(range(DAYS))
    assert DAYS + WEEKS + MONTHS - 1 <= len(kept) <= DAYS + WEEKS + MONTHS
    assert ages[DAYS + WEEKS - 1] >= 7 * WEEKS
    assert ages[-1] >= 30 * MONTHS
    assert max(b - a for a, b in pairwise(ages)) <= 31 + 7
