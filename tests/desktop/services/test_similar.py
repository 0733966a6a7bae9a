"""往年答复, similar: suggestions put in other words find the answer given years ago."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from db.search import SearchIndex
from desktop.letter.keys import derived_key
from desktop.letter.model import Case, Paragraph, Proposal, Reply, Suggestion
from desktop.services.search_index import entry, search_index
from desktop.services.similar import similar, similar_to_case
from tests.cases import plain_case
from tests.conftest import DATA
from tests.prose import TOPICS, Prose

PAIRS = tomllib.loads((DATA / "reworded.toml").read_text(encoding="utf-8"))["pair"]
LETTERS = 2000


def earlier(number: int, pair: dict[str, str]) -> Case:
    """The letter that answered a suggestion years ago."""
    place = str(number)
    asked = Suggestion(derived_key(place, "asked"), "1", pair["earlier"])
    said = Paragraph(derived_key(place, "said"), pair["answer"])
    return Case(
        derived_key(place),
        proposals=(Proposal(f"p{place}", subject=pair["subject"], suggestions=(asked,)),),
        replies=(Reply(derived_key(place, "reply"), (asked.key,), (said,)),),
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """2,000 letters by the yard, many about the same things, and the ten among them."""
    with search_index(tmp_path_factory.mktemp("library")) as index:
        hidden = {200 * number: earlier(number, pair) for number, pair in enumerate(PAIRS)}
        with index.writing():
            index.begin("library")
            for number, case in enumerate(Prose(3).cases(LETTERS, 3, 1)):
                index.take(*entry(case, 1))
                if number in hidden:
                    index.take(*entry(hidden[number], 1))
        yield index


def test_ten_pairs_are_there() -> None:
    assert len(PAIRS) == 10
    assert len(TOPICS) > 60


@pytest.mark.parametrize("number", range(10))
def test_the_answer_of_years_ago_is_among_the_first_three(index: SearchIndex, number: int) -> None:
    rows = similar(index, PAIRS[number]["reworded"], limit=3)
    assert derived_key(str(number)) in [row.case for row in rows]
    assert all(row.why for row in rows)


def test_why_is_what_both_say(index: SearchIndex) -> None:
    text = PAIRS[4]["reworded"]
    (row, *_) = similar(index, text)
    words = "".join(p.text for p in (*row.asked, *row.said))
    assert "专用烟道" in row.why
    assert all(why in text and why in words for why in row.why)
    marked = [p.text[a:b] for p in (*row.asked, *row.said) for a, b in p.spans]
    assert set(marked) == set(row.why)


def test_nothing_is_like_nothing(index: SearchIndex) -> None:
    for text in ("", "建议进一步加强有关工作。", "xyz qqq", "关于月球基地氦气采掘", "2024年"):
        assert similar(index, text) == [], text


def test_a_letter_is_not_like_itself(index: SearchIndex) -> None:
    case = earlier(3, PAIRS[3])
    (first,) = similar_to_case(index, case)
    assert case.key not in [row.case for row in first.similar]
    again = similar_to_case(index, replace(case, key="another"), limit=1)
    assert [row.case for row in again[0].similar] == [case.key]


def test_a_case_is_asked_by_suggestion_or_else_by_its_subject(index: SearchIndex) -> None:
    case = plain_case()
    assert [one.label for one in similar_to_case(index, case)] == ["1", "2"]
    bare = replace(
        case, proposals=(replace(case.proposals[0], suggestions=(), subject=PAIRS[2]["subject"]),)
    )
    (one,) = similar_to_case(index, bare)
    assert (one.label, one.text) == ("", PAIRS[2]["subject"])
    assert one.similar[0].case == derived_key("2")
