"""One proposal under many spellings; the same letter twice, another of its number, and joining."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import models
from desktop.errors import ExistsError
from desktop.letter.model import Case, Issue, Office, Reply
from desktop.letter.proposal.proposal_identity import is_one_session, session_sign, subject_sign
from desktop.letter.reading import Reading
from desktop.services import batches, cases
from desktop.services.case_list import list_cases
from desktop.services.library import library
from desktop.services.offices import set_our_office
from desktop.services.revisions import case_at, list_revisions
from desktop.services.rows import CaseState, Decision
from tests.cases import plain_case
from tests.conftest import TODAY

Bring = Callable[..., Case]
ASKED = """关于修缮北山片区乡道的提案
提案号：0123
届次：政协青梧县十届三次会议
提案人：方以宁
北山片区乡道坑洼不平，雨后难行。
建议：
一、尽快修缮破损路段。
二、加装路灯，方便村民夜间出行。
"""
ANSWERED = """关于县政协十届三次会议第0123号提案的答复
方以宁委员：
您提出的《关于修缮北山片区乡道的提案》收悉。现答复如下：
我局已把北山片区乡道列入今年计划，九月动工。
感谢您的关心！
青梧县交通运输局
2023年5月3日
"""


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    with library(tmp_path / "文库"):
        set_our_office(Office("青梧县交通运输局"))
        yield


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    count = iter(range(99))

    def brought(text: str, **how: bool) -> Case:
        path = tmp_path / f"{next(count)}.txt"
        path.write_text(text, encoding="utf-8")
        return cases.find_case(cases.store(cases.read_file(path, TODAY), **how).key)

    return brought


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("县政协十届三次会议", "政协青梧县十届三次会议", True),
        ("县政协十届三次会议", "政协青梧县第十届委员会第三次会议", True),
        ("十届三次会议", "县政协10届3次会议", True),
        ("县政协十届三次会议", "市政协十届三次会议", False),
        ("县政协十届三次会议", "县政协十届二次会议", False),
        ("县十届人大三次会议", "县十届人大三次会议闭会期间", False),
        ("某次座谈会", "某次座谈会", True),
    ],
)
def test_a_session_is_what_its_numerals_say(one: str, other: str, are_one: bool) -> None:
    assert is_one_session(session_sign(one), session_sign(other)) is are_one


def test_a_subject_is_what_stands_between_the_words_of_the_office() -> None:
    told = ("关于修缮乡道的建议", "修缮乡道", "《关于修缮乡道的提案》", "关于修缮乡道的建议提案")
    assert {subject_sign(text) for text in told} == {"修缮乡道"}


def test_the_number_alone_makes_no_two_letters_one(bring: Bring) -> None:
    """Every year has a 第12号; where no session is told, subject and year part them."""
    road = ANSWERED.replace("县政协十届三次会议第0123号", "第12号")
    bus = road.replace("修缮北山片区乡道", "增设公交站").replace("2023", "2022")
    bring(road)
    bring(bus)
    later = bring(road.replace("2023", "2021").replace("九月", "六月"))
    assert len(list_cases()) == 3
    with pytest.raises(ExistsError) as caught:
        bring(road.replace("九月", "十月"))
    assert not caught.value.same
    assert "编号相同，内容不同" in str(caught.value)
    assert "修缮北山片区乡道的提案，2023年5月3日" in str(caught.value)
    assert caught.value.key != later.key


@pytest.mark.parametrize(
    "said", ["县政协十届三次会议第123号", "政协青梧县第十届委员会第三次会议第0123号"]
)
def test_one_letter_under_many_names(bring: Bring, said: str) -> None:
    bring(ANSWERED)
    with pytest.raises(ExistsError, match="已在文库中") as caught:
        bring(ANSWERED.replace("县政协十届三次会议第0123号", said))
    assert caught.value.same


@pytest.mark.parametrize("texts", [(ASKED, ANSWERED), (ANSWERED, ASKED)])
def test_a_proposal_and_its_answer_are_one_case(bring: Bring, texts: tuple[str, str]) -> None:
    first = bring(texts[0])
    case = bring(texts[1])
    assert case.key == first.key
    assert [s.text for s in case.suggestions()] == [
        "尽快修缮破损路段。",
        "加装路灯，方便村民夜间出行。",
    ]
    general = case.general_reply
    assert general
    assert [p.text for p in general.paragraphs] == ["我局已把北山片区乡道列入今年计划，九月动工。"]
    assert case.proposals[0].original == ASKED
    assert case.proposals[0].session == "县政协十届三次会议"
    assert case.fields.date.text == "2023年5月3日"
    assert case_at(list_revisions(case.key)[-1].id) == first
    for text in texts:  # neither comes a second time
        with pytest.raises(ExistsError) as caught:
            bring(text)
        assert caught.value.same


def test_by_the_number_alone_nothing_is_joined(bring: Bring) -> None:
    """An old letter that says neither session nor 案由, and this year's proposal of its number."""
    bring("县政协第123号提案的答复\n叶青禾委员：\n已办。\n")
    with pytest.raises(ExistsError) as caught:
        bring(ASKED)
    assert not caught.value.same


def test_no_suggestion_is_lost_where_no_original_holds_it() -> None:
    """A case somebody typed, and the proposal: asked; with its original it is completed."""
    typed = replace(plain_case(general=""), replies=())
    typed = replace(typed, replies=tuple(Reply(s.key, (s.key,)) for s in typed.suggestions()))
    cases.store(Reading(typed))
    with pytest.raises(ExistsError) as caught:
        cases.store(Reading(typed))
    assert caught.value.same
    other = cases.with_new_keys(typed)
    with pytest.raises(ExistsError):
        cases.store(Reading(other))
    first = replace(other.proposals[0], original=ASKED)
    assert cases.store(Reading(replace(other, proposals=(first,)))).changed
    completed = replace(typed.proposals[0], original=ASKED)
    assert cases.find_case(typed.key) == replace(typed, proposals=(completed,))


def test_an_issued_letter_is_not_touched_by_its_proposal(bring: Bring) -> None:
    issued = bring(ANSWERED, as_issued=True)
    assert issued.issue == Issue(TODAY.replace(2023, 5, 3))
    assert [row.state for row in list_cases()] == [CaseState.ISSUED]
    case = bring(ASKED)
    assert case == replace(issued, proposals=(replace(issued.proposals[0], original=ASKED),))


def test_a_damaged_case_does_not_stop_the_others(bring: Bring) -> None:
    damaged = bring(ANSWERED)
    models.Letter.update(form="spiral").where(models.Letter.key == damaged.key).execute()
    other = bring(ANSWERED.replace("县政协十届三次会议", "政协十届三次会议"))
    assert other.key != damaged.key


def test_a_letter_that_is_not_signed_or_not_past_is_no_old_one(bring: Bring) -> None:
    unsigned = ANSWERED.replace("青梧县交通运输局\n", "").replace("我局", "已")
    assert not bring(unsigned, as_issued=True).issue
    coming = ANSWERED.replace("2023年", f"{TODAY.year + 1}年").replace("0123", "124")
    assert not bring(coming, as_issued=True).issue


def test_a_batch_says_what_belongs_together(tmp_path: Path) -> None:
    road = ANSWERED.replace("县政协十届三次会议第0123号", "第12号")
    bus = road.replace("修缮北山片区乡道", "增设公交站").replace("2023", "2022")
    texts = [ASKED, ANSWERED, road, bus, road.replace("九月", "十月"), ANSWERED]
    batch = batches.Batch()
    batch.as_issued = True
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        batch.add(path, cases.read_file(path, TODAY))
    store, skip, new = Decision.STORE, Decision.SKIP, Decision.AS_NEW
    assert [row.decision for row in batch.rows] == [store, store, store, store, new, skip]
    assert "与“0.txt”是提案和它的答复，会合成一份卷宗" in batch.rows[1].doubts
    assert batch.rows[4].same == "与“2.txt”编号相同，内容不同"
    assert batch.rows[5].same == "与“1.txt”是同一份"
    batch.begin()
    while batch.waiting:
        batch.store_some(1)
    assert len(list_cases()) == 4
    assert [row.changed for row in batch.rows] == [False, True, False, False, False, False]
    joined = cases.find_case(batch.rows[1].key)
    assert joined.key == batch.rows[0].key
    assert joined.issue
    assert joined.office.full_name == "青梧县交通运输局"
