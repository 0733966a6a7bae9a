"""会办意见 that come as letters of their own: made with this program, or read like any letter."""

from dataclasses import replace

import pytest

from db.enums import Form, LetterKind, Outcome
from desktop.letter.case_file import check
from desktop.letter.homecoming.opinion_return import opinion_home
from desktop.letter.homecoming.pack_return import pack_home
from desktop.letter.homecoming.returned import Homecoming
from desktop.letter.model import Assignment, Case, Office, Paragraph, Reply, Suggestion
from desktop.letter.pages.page import read_docx, read_text
from desktop.letter.reader import read_case
from desktop.letter.writer import letter_docx
from tests.cases import FORMS, Keys, hard_case
from tests.conftest import TODAY
from tests.desktop.letter.homecoming.test_pack_return import CARRIERS, added
from tests.docx_edits import edited, new_paragraph, paragraph
from tests.packs import UNIT, asking_case, pack_docx

THEIRS = Office("某某市某某区财政局", "区财政局", "我局", "我区")
PLAIN = """区财政局关于区政协七届二次会议第2025118号提案的会办意见

某某市某某区城市更新局：
区政协七届二次会议第2025118号提案《关于完善口袋公园管护机制的建议》收悉。经研究，现提出会办意见如下：
管护补助可以列入下一年度部门预算。
请更新局先行核定面积。
区财政局
2025年12月1日
"""


def opinion(form: Form = Form.NARRATIVE) -> tuple[Case, Case]:
    """The case that asks, and the opinion that was written to it."""
    case = asking_case(form)
    asked = read_case(pack_docx(case), TODAY).case
    key = Keys()
    for _ in range(90):
        key()
    replies = tuple(
        replace(
            r,
            paragraphs=(
                Paragraph(key(), f"第{n}条，经费已有安排。", Outcome.DONE),
                Paragraph(key(), f"第{n}条，标准待核。", Outcome.PENDING),
            ),
        )
        for n, r in enumerate(asked.replies, 1)
    )
    return case, replace(asked, office=THEIRS, replies=replies)


def home(data: bytes, case: Case) -> Homecoming:
    page = read_docx(data)
    assert pack_home(page, case, TODAY) is None
    came = opinion_home(page, case, TODAY)
    assert came
    check(came.case)
    return came


EXPECTED = {
    "1、2": [
        ("第1条，经费已有安排。", Outcome.DONE),
        ("第1条，标准待核。", Outcome.PENDING),
        ("第2条，经费已有安排。", Outcome.DONE),
        ("第2条，标准待核。", Outcome.PENDING),
    ],
    "3": [("第3条，经费已有安排。", Outcome.DONE), ("第3条，标准待核。", Outcome.PENDING)],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("carriers", CARRIERS)
def test_each_section_answers_its_suggestion(form: Form, carriers: str) -> None:
    case, theirs = opinion(form)
    came = home(CARRIERS[carriers](letter_docx(theirs, TODAY)), case)
    found = added(came, case)
    if form is Form.NARRATIVE and carriers in ("none", "bookmarks alone"):
        assert {k: [t for t, _ in v] for k, v in found.items()} == {
            k: [t for t, _ in v] for k, v in EXPECTED.items()
        }
    else:
        assert found == EXPECTED
    assert (came.author, came.assignment) == (UNIT, case.assignments[0].key)


def test_sections_they_put_together_or_renamed_go_by_key() -> None:
    case, theirs = opinion()
    first, second, third = theirs.replies
    joint = Reply("jjjjjjjj", (*first.suggestions, *second.suggestions), first.paragraphs)
    theirs = replace(theirs, replies=(third, joint))
    came = home(letter_docx(theirs, TODAY), case)
    assert {k: [t for t, _ in v] for k, v in added(came, case).items()} == {
        "1、2": ["第1条，经费已有安排。", "第1条，标准待核。"],
        "3": ["第3条，经费已有安排。", "第3条，标准待核。"],
    }
    assert came.assignment == case.assignments[0].key  # by the reply that is still as asked


def test_what_answers_nothing_of_ours_is_unplaced() -> None:
    case, theirs = opinion()
    other = Suggestion("ssssssss", "9", "开放学校操场供居民晨练。")
    said = Paragraph("pppppppp", "已与教育部门会商。", Outcome.DONE)
    general = Paragraph("qqqqqqqq", "另请抄送区政协提案委。")
    proposal = theirs.proposals[0]
    theirs = replace(
        theirs,
        proposals=(replace(proposal, suggestions=(*proposal.suggestions, other)),),
        replies=(
            *theirs.replies,
            Reply("rrrrrrrr", ("ssssssss",), (said,)),
            Reply("gggggggg", (), (general,)),
        ),
    )
    came = home(letter_docx(theirs, TODAY), case)
    assert [one.text for one in came.unplaced] == ["已与教育部门会商。", "另请抄送区政协提案委。"]
    assert {one.author for one in came.unplaced} == {UNIT}
    assert added(came, case) == EXPECTED


def test_what_was_typed_into_the_exported_letter_comes_too() -> None:
    case, theirs = opinion()

    def add(root: object) -> None:
        paragraph(root, "第3条，标准待核").addnext(new_paragraph("另附测算表。"))

    came = home(edited(letter_docx(theirs, TODAY), add), case)
    assert added(came, case)["3"][-1][0] == "另附测算表。"


def test_a_plain_letter_of_a_unit_asked_about_one_thing() -> None:
    case = asking_case(asked=1)
    came = opinion_home(read_text(PLAIN), case, TODAY)
    assert came
    assert [t for t, _ in added(came, case)["1、2"]] == [
        "管护补助可以列入下一年度部门预算。",
        "请更新局先行核定面积。",
    ]
    assert (came.author, came.assignment) == (UNIT, case.assignments[0].key)


def test_a_plain_letter_about_several_is_for_the_handler_to_place() -> None:
    came = opinion_home(read_text(PLAIN), asking_case(), TODAY)
    assert came
    assert [one.text for one in came.unplaced][:2] == [
        "管护补助可以列入下一年度部门预算。",
        "请更新局先行核定面积。",
    ]
    assert came.case == asking_case()


def test_a_unit_that_was_not_asked_is_named_as_it_signs() -> None:
    case, theirs = opinion()
    case = replace(case, assignments=(Assignment("uuuuuuuu", "区民政局"),))
    came = home(letter_docx(theirs, TODAY), case)
    assert (came.author, came.assignment) == (THEIRS.full_name, "")
    assert added(came, case) == EXPECTED


def test_a_letter_is_no_opinion() -> None:
    case = hard_case()
    for strip in CARRIERS.values():
        assert opinion_home(read_docx(strip(letter_docx(case, TODAY))), case, TODAY) is None
    assert opinion_home(read_text("一段文字，不是函件。"), case, TODAY) is None


def test_our_own_opinion_comes_home_as_the_letter_it_is() -> None:
    _, theirs = opinion()
    assert theirs.kind is LetterKind.OPINION
    assert opinion_home(read_docx(letter_docx(theirs, TODAY)), theirs, TODAY) is None
