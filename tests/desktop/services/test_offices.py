"""Our office: one, remembered, what new cases begin with; old cases keep what they have."""

from dataclasses import replace
from pathlib import Path

import pytest

from db import models
from desktop.letter.model import Office
from desktop.services.cases import find_case, new_case, save_case
from desktop.services.library import library
from desktop.services.offices import our_office, set_our_office
from tests.cases import OFFICE, plain_case


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path) -> object:
    with library(tmp_path / "library"):
        yield


def test_nobody_has_said_it_yet() -> None:
    save_case(None, plain_case())
    assert our_office() is None
    assert new_case().office == Office()


def test_the_last_one_said_is_ours() -> None:
    save_case(None, plain_case())
    set_our_office(OFFICE)
    assert models.Office.select().count() == 1  # shared with the case by its facts
    for name in ("某局", "某某局"):
        ours = replace(OFFICE, short_name=name)
        set_our_office(ours)
        assert our_office() == ours
    assert {o.short_name: o.ours for o in models.Office.select()} == {
        OFFICE.short_name: False,
        "某某局": True,
    }
    assert find_case("2025118").office == OFFICE


def test_ours_outlives_the_cases_that_had_it() -> None:
    set_our_office(OFFICE)
    save_case(None, plain_case())
    save_case(plain_case(), plain_case(office=Office("别的局")))
    assert our_office() == OFFICE


def test_a_new_case_is_ours_and_not_stored() -> None:
    set_our_office(OFFICE)
    case = new_case()
    assert case.office == OFFICE
    assert [p.suggestions for p in case.proposals] == [()]
    assert not case.replies
    assert not models.Letter.select().exists()
    assert case.key != new_case().key
    save_case(None, case)
    assert find_case(case.key) == case
