"""取用往年答复: where paragraphs come in, and what of them stays to be looked at."""

from dataclasses import replace
from datetime import date

import pytest

from db.enums import LetterKind, Outcome, PassageKind
from desktop.letter.model import Office, Paragraph, Reply
from desktop.services.reusing import followed, inserted, open_marks, reuse_of, taken_over
from desktop.services.rows import Ageing, PassageFound, ReplyFound
from tests.cases import plain_case

OFFICE = Office("某某区城市更新局", "区更新局")
TEXT = (
    "2023年我局会同区城管局完成首批41处，2023年底前验收，"
    "目前正按《办法（征求意见稿）》管护，感谢周明远委员。"
)


def said(text: str = TEXT, outcome: Outcome | None = Outcome.DONE) -> PassageFound:
    return PassageFound(PassageKind.PARAGRAPH, "old", text, outcome, ())


def found(**settings: object) -> ReplyFound:
    made = ReplyFound(
        "case", "reply", LetterKind.REPLY, "2023118", "关于口袋公园的建议", "周明远", "某区园林局",
        2023, date(2023, 5, 12), True, "B", (Outcome.DONE,), (), (said(),),
    )  # fmt: skip
    return replace(made, **settings)  # type: ignore[arg-type]


def words(text: str) -> list[str]:
    reuse = reuse_of(found(), said(), OFFICE)
    return [text[one.start : one.end] for one in open_marks(text, reuse)]


def test_what_ages_is_marked_with_its_source() -> None:
    reuse = reuse_of(found(), said(), OFFICE)
    assert reuse.source == "引自第2023118号（2023年）"
    marks = {TEXT[one.start : one.end]: one.why for one in open_marks(TEXT, reuse)}
    assert marks["2023年"] is Ageing.DATE
    assert marks["周明远"] is Ageing.PROPOSER
    assert {"首批", "目前"} <= marks.keys()


def test_a_letter_without_a_number_is_named_by_its_subject() -> None:
    nameless = found(proposal_number="", year=0, day=None)
    assert reuse_of(nameless, said(), OFFICE).source == "引自“关于口袋公园的建议”"


def test_a_mark_goes_with_its_words_and_comes_back_with_them() -> None:
    assert words(TEXT).count("2023年") == 2
    assert words(TEXT.replace("2023年我局", "2025年我局")).count("2023年") == 1
    assert "2023年" not in words(TEXT.replace("2023年", "2025年"))
    assert words(TEXT) == words(f"经研究，{TEXT}")


def test_what_the_handler_writes_himself_is_not_marked_beyond_what_came_in() -> None:
    assert words(f"{TEXT}目前，目前，周明远").count("目前") == 1


def test_a_word_that_was_looked_at_is_not_marked() -> None:
    reuse = reuse_of(found(), said(), OFFICE).without("目前")
    assert "目前" not in [TEXT[one.start : one.end] for one in open_marks(TEXT, reuse)]


def test_characters_beyond_the_plane_keep_the_places_right() -> None:
    text = f"𠮷𠮷{TEXT}"
    assert words(text) == words(TEXT)


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(f"k{n}", text) for n, text in enumerate(texts))


@pytest.mark.parametrize(
    ("before", "place", "at", "after"),
    [
        ((), 0, 0, ["新"]),
        (("甲", "乙"), 0, 1, ["甲", "新", "乙"]),
        (("甲", "乙"), 1, 0, ["甲", "新", "乙"]),
        (("甲", "乙"), 0, 0, ["新", "甲", "乙"]),
        (("甲乙丙",), 0, 2, ["甲乙丙", "新"]),  # no paragraph is cut
        (("甲", "  ", "乙"), 1, 0, ["甲", "新", "乙"]),  # a blank one gives its place
    ],
)
def test_where_it_comes_in(before: tuple[str, ...], place: int, at: int, after: list[str]) -> None:
    new = taken_over(said("新"))
    result = inserted(paragraphs(*before), place, at, [new])
    assert [p.text for p in result] == after
    assert new in result
    assert new.outcome is None
    kept = [p for p in result if p is not new]
    assert all(p in paragraphs(*before) for p in kept)


def test_nothing_runs_on_from_other_words_than_before() -> None:
    first, second = paragraphs("甲", "乙")
    before = (first, replace(second, runs_on=True))
    result = inserted(before, 0, 1, [taken_over(said("新"))])
    assert [(p.text, p.runs_on) for p in result] == [("甲", False), ("新", False), ("乙", False)]
    result = inserted(before, 1, 0, [taken_over(said("新"))])
    assert [p.text for p in result] == ["甲", "乙", "新"]
    assert result[1].runs_on


def test_marks_follow_a_paragraph_that_is_parted_or_joined() -> None:
    case = plain_case(suggestions=1, general="")
    reply: Reply = case.replies[0]
    marks = {"k0": reuse_of(found(), said(), OFFICE)}
    whole = replace(case, replies=(replace(reply, paragraphs=paragraphs("甲一。乙二。", "丙")),))
    first, third = paragraphs("甲一。", "丙")
    parted = (first, Paragraph("new", "乙二。"), replace(third, key="k1"))
    after = replace(case, replies=(replace(reply, paragraphs=parted),))
    assert followed(whole, after, marks) == {"new": marks["k0"]}
    joined = replace(
        case, replies=(replace(reply, paragraphs=(Paragraph("k1", "丙甲一。乙二。"),)),)
    )
    assert followed(whole, joined, marks) == {"k1": marks["k0"]}
    typed = (replace(first, text="甲一。乙二。三"), replace(third, key="k1"))
    after = replace(case, replies=(replace(reply, paragraphs=typed),))
    assert followed(whole, after, marks) == {}
