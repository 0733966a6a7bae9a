"""回收站: a deleted case is out of sight, whole, comes back, and goes for good only when due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import models
from desktop.errors import DeletedCaseError, ExistsError, LibraryError, UnknownCaseError
from desktop.letter.model import Case, Office
from desktop.letter.reader import Reading
from desktop.services import exports
from desktop.services.case_list import list_cases
from desktop.services.cases import find_case, save_case, store, with_new_keys
from desktop.services.library import library
from desktop.services.offices import set_our_office
from desktop.services.revisions import keep, list_revisions
from desktop.services.trash import (
    KEPT_DAYS,
    bring_back,
    delete_case,
    is_due,
    list_deleted,
    purge_case,
    purge_due,
)
from tests.cases import hard_case, plain_case
from tests.conftest import TODAY

NOW = datetime(2090, 3, 1, 10, 30)  # later than any state the tests keep


def rows() -> dict[str, int]:
    """How many rows every table of cases has."""
    return {
        model.__name__: model.select().count()
        for model in models.MODELS
        if model.__name__ not in ("Library", "Office")
    }


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A stored case with states and an export, in an open library."""
    with library(tmp_path / "library"):
        case = hard_case(head="plain")
        save_case(None, case)
        keep(case.key, "初稿")
        exports.export_case(case.key, tmp_path, TODAY)
        yield find_case(case.key)


def other() -> Case:
    """Another case, to another proposal."""
    case = with_new_keys(plain_case())
    return replace(case, proposals=(replace(case.proposals[0], proposal_number="9"),))


def test_a_deleted_case_is_out_of_sight_and_whole(case: Case) -> None:
    before = rows()
    delete_case(case.key, NOW)
    assert list_cases() == []
    for deed in (
        find_case,
        keep,
        list_revisions,
        lambda key: save_case(case, case_with_title(key)),
    ):
        with pytest.raises(DeletedCaseError, match="回收站"):
            deed(case.key)
    with pytest.raises(DeletedCaseError, match="回收站"):
        find_case("2025118")
    (row,) = list_deleted()
    assert (row.key, row.proposal_number, row.deleted_at) == (case.key, "2025118", NOW)
    assert rows() == before


def case_with_title(_: str) -> Case:
    return replace(hard_case(head="plain"), lead_unit="改了")


def test_it_comes_back_as_it_was(case: Case) -> None:
    states = list_revisions(case.key)
    delete_case(case.key, NOW)
    bring_back(case.key)
    assert find_case(case.key) == case
    assert list_revisions(case.key) == states
    assert list_deleted() == []


def test_what_is_not_there_is_refused(case: Case) -> None:
    for deed in (bring_back, purge_case):
        with pytest.raises(UnknownCaseError, match="回收站里没有"):
            deed(case.key)
    delete_case(case.key, NOW)
    with pytest.raises(DeletedCaseError):
        delete_case(case.key, NOW)
    with pytest.raises(LibraryError):
        delete_case("nothere2", NOW)


def test_purging_leaves_no_row_of_it_and_every_row_of_others(tmp_path: Path) -> None:
    with library(tmp_path):
        set_our_office(Office("本局"))
        save_case(None, other())
        keep(other_key(), "留着")
        alone = rows()
        case = hard_case(head="plain")
        save_case(None, case)
        keep(case.key)
        exports.export_case(case.key, tmp_path, TODAY)
        assert all(rows()[name] >= count for name, count in alone.items())
        delete_case(case.key, NOW)
        purge_case(case.key)
        assert rows() == alone
        assert models.Office.select().count() == 2
        database = models.Letter._meta.database
        assert not database.execute_sql("PRAGMA foreign_key_check").fetchall()


def other_key() -> str:
    return list_cases()[0].key


def test_a_proposal_another_letter_answers_stays(case: Case) -> None:
    second = with_new_keys(case)
    second = replace(second, proposals=case.proposals, replies=())
    save_case(None, second)
    delete_case(case.key, NOW)
    purge_case(case.key)
    assert find_case(second.key).proposals == case.proposals


# when
@pytest.mark.parametrize(
    ("rested", "due"),
    [
        (timedelta(0), False),
        (timedelta(days=KEPT_DAYS, seconds=-1), False),
        (timedelta(days=KEPT_DAYS), True),
        (timedelta(days=4000), True),
        (timedelta(days=-1), False),  # the clock was set back
        (timedelta(days=-4000), False),
    ],
)
def test_due_after_ninety_days_never_before(rested: timedelta, due: bool) -> None:
    assert is_due(NOW, NOW + rested) is due


def worked(when: datetime) -> None:
    """The newest state is of then."""
    newest = models.Revision.select().order_by(models.Revision.id.desc()).get()
    newest.made_at = when
    newest.save()


def test_only_what_is_due_is_purged(case: Case) -> None:
    later = other()
    save_case(None, later)
    delete_case(case.key, NOW)
    delete_case(later.key, NOW + timedelta(days=30))
    assert purge_due(NOW + timedelta(days=4000)) == 0  # a clock far ahead: nobody worked since
    worked(NOW + timedelta(days=100))
    assert purge_due(NOW + timedelta(days=89)) == 0
    assert purge_due(NOW - timedelta(days=1000)) == 0
    assert purge_due(NOW + timedelta(days=100)) == 1
    assert [row.key for row in list_deleted()] == [later.key]


def test_a_clock_that_was_set_back_while_deleting_does_not_hurry(case: Case) -> None:
    """Deleted in “2001”: once the clock goes right it has not rested a day yet."""
    delete_case(case.key, datetime(2001, 1, 1))
    worked(datetime.now() + timedelta(days=KEPT_DAYS + 1))
    assert purge_due(datetime.now() + timedelta(days=KEPT_DAYS - 1)) == 0
    assert purge_due(datetime.now() + timedelta(days=KEPT_DAYS + 1)) == 1


# importing what rests there
def test_importing_a_deleted_case_asks_and_brings_it_back(case: Case) -> None:
    delete_case(case.key, NOW)
    changed = replace(case, lead_unit="区城管局")
    with pytest.raises(ExistsError, match="已在回收站里"):
        store(Reading(changed, ()))
    assert list_cases() == []
    made = store(Reading(changed, ()), replace_existing=True)
    assert "回收站" in made.notes[-1]
    assert find_case(case.key) == changed
    assert list_deleted() == []
    assert "替换" not in "".join(made.notes)


def test_importing_a_deleted_case_anew_leaves_it_there(case: Case) -> None:
    delete_case(case.key, NOW)
    made = store(Reading(case, ()), as_new=True)
    assert made.notes == ()
    assert [row.key for row in list_cases()] == [made.key]
    assert [row.key for row in list_deleted()] == [case.key]


def test_a_living_case_comes_before_a_deleted_one_of_its_number(case: Case) -> None:
    second = store(Reading(case, ()), as_new=True)
    delete_case(case.key, NOW)
    assert find_case("2025118").key == second.key
    bring_back(case.key)
    assert len(list_cases()) == 2
