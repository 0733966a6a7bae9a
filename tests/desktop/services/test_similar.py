"""往年答复, similar: suggestions put in other words find the answer given years ago."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

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


# a library of a handful of letters, where every word is rare
@pytest.fixture
def few(tmp_path: Path) -> Iterator[SearchIndex]:
    with search_index(tmp_path) as index:
        with index.writing():
            index.begin("library")
        yield index


def asked_and_said(number: int, subject: str, *pairs: tuple[str, str]) -> Case:
    """A letter about `subject` with a reply to each suggestion."""
    place = f"few{number}"
    asked = [Suggestion(f"{place}a{n}", str(n + 1), text) for n, (text, _) in enumerate(pairs)]
    said = [Paragraph(f"{place}p{n}", text) for n, (_, text) in enumerate(pairs)]
    replies = tuple(
        Reply(f"{place}r{n}", (one.key,), (paragraph,))
        for n, (one, paragraph) in enumerate(zip(asked, said, strict=True))
    )
    proposal = Proposal(place, subject=subject, suggestions=tuple(asked))
    return Case(place, proposals=(proposal,), replies=replies)


def take(index: SearchIndex, *cases: Case) -> None:
    with index.writing():
        for case in cases:
            index.take(*entry(case, 1))


def test_one_pair_by_chance_is_not_similar(few: SearchIndex) -> None:
    balls = asked_and_said(1, "关于勐罗镇球场的建议", ("给予勐罗镇球场器材", "已配送篮球架两副。"))
    trees = asked_and_said(2, "关于防火林带的建议", ("新建防火林带", "已改善防火条件，兼顾绿化。"))
    take(few, balls, trees)
    for text in (
        "引入社会力量认养口袋公园，对认养单位给予冠名",
        "希望政府多关心群众生活，改善居民出行条件",
        "兼顾沿街商户的停车需要，划定临时车位并公示收费",
    ):
        assert similar(few, text) == [], text
    assert [row.case for row in similar(few, "防火林带养护")] == [trees.key]


def test_a_bare_suggestion_is_of_what_its_letter_is_about(few: SearchIndex) -> None:
    parks = asked_and_said(1, "关于口袋公园的建议", ("宣传爱护绿地", "已在口袋公园设置宣传栏。"))
    fires = asked_and_said(2, "关于森林防火的建议", ("宣传防火知识", "已在林区开展防火宣传。"))
    take(few, fires, parks)
    found = similar(few, "加强宣传", "关于完善口袋公园管护机制的建议")
    assert found[0].case == parks.key
    assert similar(few, "加强宣传", "关于提升森林防火能力的建议")[0].case == fires.key


def test_a_letter_takes_two_places_before_others(few: SearchIndex) -> None:
    many = [(f"口袋公园管护经费第{n}项核定标准", "口袋公园管护经费已核定标准。") for n in range(5)]
    one = asked_and_said(1, "关于口袋公园的建议", *many)
    other = asked_and_said(2, "关于绿地的建议", ("绿地管护经费", "绿地管护经费已测算。"))
    take(few, one, other)
    rows = similar(few, "口袋公园管护经费核定标准")
    assert [row.case for row in rows] == [one.key, one.key, other.key, one.key, one.key]


def test_why_says_words_and_not_what_is_cut_out_of_them(few: SearchIndex) -> None:
    take(
        few,
        asked_and_said(1, "关于城中村的建议", ("城中村管理", "已管理城中村道路，管理到位。")),
        asked_and_said(2, "关于古树的建议", ("古树保护", "古树挂牌三十株，古树巡查到位。")),
        asked_and_said(3, "关于停车的建议", ("停车治理", "停车治理已完成，治理占道。")),
        asked_and_said(4, "关于大树的建议", ("大树挂牌保护", "已挂牌保护。")),
    )
    whys = [
        why for row in similar(few, "综合治理城中村；古树挂牌保护，居民认养") for why in row.why
    ]
    assert "城中村" in whys
    assert not {"理城中村", "树挂牌", "民认"} & set(whys)
