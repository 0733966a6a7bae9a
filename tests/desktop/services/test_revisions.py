"""States of a case: kept, named, looked at, brought back; a damaged one is said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import models
from db.enums import DisclosureKind, RevisionReason
from desktop.errors import ComposeError, LibraryError
from desktop.letter.model import Case, Disclosure, Field, Issue
from desktop.services.cases import find_case, issue_case, reopen_case, save_case
from desktop.services.library import library
from desktop.services.revisions import case_at, keep, list_revisions, rename, restore
from tests.cases import hard_case
from tests.conftest import TODAY


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A stored case of an open library."""
    with library(tmp_path / "library"):
        save_case(None, hard_case())
        yield hard_case()


def test_states_are_listed_newest_first(case: Case) -> None:
    first = keep(case.key, "初稿")
    save_case(case, replace(case, lead_unit="单位", replies=case.replies[:3] + case.replies[4:]))
    second = keep(case.key)
    assert list_revisions(case.key) == [second, first]
    assert (first.name, second.name) == ("初稿", "")
    assert first.reason is second.reason is RevisionReason.MANUAL
    words = [p.text for reply in case.replies for p in reply.paragraphs]
    assert first.characters == sum(len("".join(text.split())) for text in words)
    assert second.characters < first.characters


def test_the_same_state_is_kept_once_and_takes_a_name(case: Case) -> None:
    first = keep(case.key, "初稿")
    assert keep(case.key) == first
    assert keep(case.key, "送审稿") == replace(first, name="送审稿")
    rename(first.id, "")
    assert [state.name for state in list_revisions(case.key)] == [""]


def test_a_state_comes_back_and_the_present_one_is_kept(case: Case) -> None:
    kept = keep(case.key)
    later = replace(case, lead_unit="单位", replies=case.replies[:2])
    proposal = replace(case.proposals[0], suggestions=case.proposals[0].suggestions[:3])
    later = replace(later, proposals=(proposal,))
    save_case(case, later)
    assert restore(kept.id) == case == find_case(case.key)
    newest, _ = list_revisions(case.key)
    assert newest.reason is RevisionReason.RESTORE
    assert case_at(newest.id) == later


def test_a_draft_that_breaks_a_rule_of_what_comes_in_comes_back(case: Case) -> None:
    draft = replace(case, disclosure=Disclosure(DisclosureKind.CLOSED))
    save_case(case, draft)
    assert case_at(keep(case.key).id) == draft


def test_an_issued_case_is_not_restored(case: Case) -> None:
    kept = keep(case.key)
    issued = issue_case(case.key, Issue(TODAY))
    with pytest.raises(LibraryError, match="已定稿"):
        restore(kept.id)
    assert find_case(case.key) == issued


def test_a_damaged_state_is_said_and_changes_nothing(case: Case) -> None:
    kept = keep(case.key)
    save_case(case, replace(case, lead_unit="单位"))
    models.Revision.update(case_file='{"case": 1}').execute()
    for deed in (case_at, restore):
        with pytest.raises(LibraryError, match="已损坏"):
            deed(kept.id)
    assert find_case(case.key).lead_unit == "单位"
    (listed,) = list_revisions(case.key)
    assert listed.characters == 0


def test_a_state_and_a_case_there_are_not(case: Case) -> None:
    for deed in (lambda: case_at(99), lambda: rename(99, "名"), lambda: restore(99)):
        with pytest.raises(LibraryError, match="没有这个版本"):
            deed()
    for deed in (list_revisions, keep, reopen_case):
        with pytest.raises(LibraryError, match="没有键为"):
            deed("nothere2")
    assert list_revisions(case.key) == []


def test_issue_and_reopening_keep_the_states_before(case: Case) -> None:
    issued = issue_case(case.key, Issue(TODAY, "张某"))
    assert find_case(case.key) == issued
    assert issued.fields.date == Field(text="2025年11月21日")
    with pytest.raises(LibraryError, match="已经定稿"):
        issue_case(case.key, Issue(TODAY))
    assert reopen_case(case.key) == case == find_case(case.key)
    with pytest.raises(LibraryError, match="还没有定稿"):
        reopen_case(case.key)
    reopened, before = list_revisions(case.key)
    assert (before.reason, reopened.reason) == (RevisionReason.ISSUE, RevisionReason.REOPEN)
    assert case_at(before.id) == case
    assert case_at(reopened.id) == issued


def test_what_cannot_be_printed_is_not_issued(case: Case) -> None:
    nameless = replace(case, office=replace(case.office, full_name=""))
    save_case(case, nameless)
    with pytest.raises(ComposeError, match="全称"):
        issue_case(case.key, Issue(TODAY))
    assert find_case(case.key) == nameless
