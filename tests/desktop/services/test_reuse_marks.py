"""The marks of what was taken over stand in the library beside their case, and go with it."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from db import models
from db.enums import Outcome
from desktop.letter.model import Case
from desktop.services.before_leaving import Kind, findings
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.services.library import library
from desktop.services.reuse_marks import keep_marks, marks_of
from desktop.services.reusing import Reuse
from desktop.services.rows import Ageing
from desktop.services.search_index import news
from desktop.services.trash import delete_case, purge_case
from tests.cases import plain_case

WORDS = (("第1条", 1, Ageing.BATCH), ("明年", 2, Ageing.RELATIVE))
REUSE = Reuse("引自第2023118号（2023年）", WORDS, Outcome.DONE)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with library(tmp_path / "library"):
        case = plain_case()
        save_case(None, case)
        yield case


def test_they_are_read_as_they_were_kept(case: Case) -> None:
    plain = Reuse("引自“关于口袋公园的建议”", ())
    assert keep_marks(case.key, {"p1": REUSE, "p2": plain})
    assert marks_of(case.key) == {"p1": REUSE, "p2": plain}
    looked_at = REUSE.without("明年")
    assert keep_marks(case.key, {"p1": looked_at, "p2": None})
    assert marks_of(case.key) == {"p1": looked_at}


def test_they_wait_for_a_case_that_is_not_stored(case: Case) -> None:
    other = with_new_keys(case)
    assert not keep_marks(other.key, {"p1": REUSE})
    assert marks_of(other.key) == {}


def test_neither_the_case_nor_the_index_knows_of_them(case: Case) -> None:
    known = news(("", {})).library, {case.key: models.Letter.get(key=case.key).changed}
    keep_marks(case.key, {"p1": REUSE})
    assert find_case(case.key) == case
    assert news(known).empty


def test_they_go_with_the_case(case: Case) -> None:
    keep_marks(case.key, {"p1": REUSE})
    delete_case(case.key, datetime(2090, 3, 1))
    assert models.Reuse.select().count() == 1
    purge_case(case.key)
    assert models.Reuse.select().count() == 0


def test_what_still_stands_there_is_asked_for_before_the_letter_leaves(case: Case) -> None:
    paragraph = case.replies[0].paragraphs[0]
    word = paragraph.text[:4]
    keep_marks(case.key, {paragraph.key: Reuse("引自", ((word, 1, Ageing.DATE), WORDS[1]))})
    (found,) = [one for one in findings(case, date(2025, 9, 5)) if one.kind is Kind.REUSED]
    assert (found.text, found.source, found.at) == (word, paragraph.key, 0)
    assert found.in_body
    keep_marks(case.key, {paragraph.key: None})
    assert Kind.REUSED not in [one.kind for one in findings(case, date(2025, 9, 5))]
