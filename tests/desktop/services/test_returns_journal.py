"""The journal of returned files: which file was taken into which case, when."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from db import models
from desktop.errors import UnknownCaseError
from desktop.services import returns_journal
from desktop.services.cases import save_case, with_new_keys
from desktop.services.exports import export_case
from desktop.services.library import library
from desktop.services.trash import delete_case, purge_case
from tests.cases import plain_case
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path) -> Iterator[Path]:
    with library(tmp_path / "library"):
        yield tmp_path


def test_a_file_is_known_once_it_was_taken_in_by_its_case_alone() -> None:
    case, other = plain_case(), with_new_keys(plain_case())
    for one in (case, other):
        save_case(None, one)
    before = datetime.now()
    assert returns_journal.known(case.key, "digest") is None
    returns_journal.enter(case.key, "digest", "财政局.docx", "王敏")
    received = returns_journal.known(case.key, "digest")
    assert received is not None
    assert before <= received <= datetime.now()
    assert returns_journal.known(case.key, "other") is None
    assert returns_journal.known(other.key, "digest") is None
    returns_journal.enter(case.key, "digest", "财政局 (1).docx", "王敏")
    again = returns_journal.known(case.key, "digest")
    assert again is not None
    assert again > received
    with pytest.raises(UnknownCaseError):
        returns_journal.enter("nokeyhere", "digest", "", "")


def test_the_journal_goes_with_its_case(shelf: Path) -> None:
    case = plain_case()
    save_case(None, case)
    export_case(case.key, shelf, TODAY)
    export = models.Export.get()
    returns_journal.enter(case.key, "digest", "返回.docx", "", export.id)
    assert models.Returned.get().export == export
    delete_case(case.key, datetime(2025, 11, 21))
    purge_case(case.key)
    assert models.Returned.select().count() == 0
