"""Automatic states: what was there before a change, thinned with age, never what is needed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import models
from db.enums import RevisionReason
from desktop.letter.model import Case
from desktop.services import exports
from desktop.services.automatic_states import KEEP_ALL, StateKept, keep_automatic, thinned
from desktop.services.cases import save_case
from desktop.services.library import library
from desktop.services.revisions import case_at, list_revisions
from tests.cases import plain_case
from tests.conftest import TODAY

NOW = datetime(2026, 3, 20, 15, 0)
AUTOMATIC, MANUAL = RevisionReason.AUTOMATIC, RevisionReason.MANUAL


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A stored case of an open library."""
    with library(tmp_path / "library"):
        save_case(None, plain_case(head="plain"))
        yield plain_case(head="plain")


def states(*ages: timedelta, reason: str = AUTOMATIC, name: str = "") -> list[StateKept]:
    """States of these ages, oldest first."""
    made = sorted(NOW - age for age in ages)
    return [StateKept(number, at, reason, name) for number, at in enumerate(made, 1)]


HOURS = [timedelta(hours=h, minutes=1) for h in range(72)]


def test_one_a_day_stays_of_what_is_older_than_a_day() -> None:
    kept = states(*HOURS)
    gone = set(thinned(kept, NOW))
    left = [state for state in kept if state.id not in gone]
    young = [state for state in kept if NOW - state.made_at <= KEEP_ALL]
    assert left[-len(young) :] == young
    older = left[: -len(young)]
    assert [state.made_at.day for state in older] == [17, 18, 19]
    assert all(state.made_at.hour == 23 for state in older[:2]), "the last one of its day"


@pytest.mark.parametrize("rest", [{"name": "送审稿"}, {"reason": MANUAL}])
def test_what_was_meant_stays(rest: dict[str, str]) -> None:
    assert thinned(states(*HOURS, **rest), NOW) == []


@given(st.lists(st.integers(-5000, 50_000), max_size=60))
def test_thinning_is_settled_and_leaves_every_day_its_last(minutes: list[int]) -> None:
    kept = states(*(timedelta(minutes=m) for m in minutes))
    gone = set(thinned(kept, NOW))
    left = [state for state in kept if state.id not in gone]
    assert thinned(left, NOW) == []
    assert {s.made_at.date() for s in left} == {s.made_at.date() for s in kept}
    assert all(s in left for s in kept if NOW - s.made_at <= KEEP_ALL)


def test_a_clock_set_back_thins_nothing() -> None:
    assert thinned(states(*HOURS), NOW - timedelta(days=400)) == []


def test_what_was_there_is_kept_once(case: Case) -> None:
    keep_automatic(case, NOW)
    keep_automatic(case, NOW)
    (state,) = list_revisions(case.key)
    assert state.reason is AUTOMATIC
    assert case_at(state.id) == case


def test_old_ones_go_but_not_what_was_exported(case: Case, tmp_path: Path) -> None:
    """An export refers to the state it left as, whatever that was kept for."""
    versions = [replace(case, lead_unit=f"单位{n}") for n in range(4)]
    for version in versions[:3]:
        keep_automatic(version, NOW)
    save_case(case, versions[2])
    exports.export_case(case.key, tmp_path, TODAY)
    models.Revision.update(made_at=NOW - timedelta(days=9)).execute()
    models.Revision.update(made_at=NOW - timedelta(days=9, minutes=-5)).where(
        models.Revision.id == 3
    ).execute()
    keep_automatic(versions[3], NOW)
    assert [case_at(s.id).lead_unit for s in list_revisions(case.key)] == ["单位3", "单位2"]
    later = NOW - timedelta(
        days=9, minutes=-9
    )  # one more of that day: the exported is not its last
    models.Revision.update(made_at=later).where(models.Revision.id == 4).execute()
    keep_automatic(replace(case, lead_unit="单位5"), NOW)
    found = [case_at(s.id).lead_unit for s in list_revisions(case.key)]
    assert found == ["单位5", "单位3", "单位2"]
    database = models.Letter._meta.database
    assert not database.execute_sql("PRAGMA foreign_key_check").fetchall()
