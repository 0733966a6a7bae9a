"""A pasted proposal is cut into its suggestions; no character of it is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.letter import case_file
from desktop.letter.pages.page import read_text
from desktop.letter.proposal.proposal_reader import read_proposal
from desktop.services.pasting import tidy
from desktop.services.proposal_text import (
    Cutting,
    Part,
    add_cutting,
    cut_text,
    cutting_of,
    join_pieces,
    mark_stretch,
    move_border,
    next_resting_place,
    piece_at,
    resting_place,
    split_piece,
    suggestions_of,
)
from desktop.services.recutting import recut
from tests.cases import labels, plain_case

WHOLE = """关于加强社区食堂建设的提案
提案人：林岚
案由：社区食堂布点不足
    一、基本情况
近年来，老年人用餐需求增长。1. 布点少。2. 价格高。

二、存在问题
（一）布点不足。
三、具体建议
（一）加强规划布点。按十五分钟生活圈要求，结合老年人口分布和用餐需求，统筹利用社区用房和闲置物业，分步实施，分三年补齐布点缺口。
1.摸清底数；
2.逐年补齐。
（二）完善补贴机制。
四、结语
以上建议，请予考虑。
2025年1月10日"""
SHORT = {Part.SUGGESTION: "S", Part.ELABORATION: "E", Part.LEFT_OUT: "-"}


def shape(text: str) -> str:
    """One letter a piece: S, E or -."""
    return "".join(SHORT[piece.part] for piece in cut_text(text).pieces)


def said(cut: Cutting) -> list[tuple[str, str, str]]:
    return [(card.label, card.text, card.elaboration) for card in cut.cards()]


def test_the_section_of_suggestions_is_found_and_the_rest_left_out() -> None:
    assert shape(WHOLE) == "-SES-"
    assert said(cut_text(WHOLE)) == [
        (
            "一",
            "加强规划布点。",
            "按十五分钟生活圈要求，结合老年人口分布和用餐需求，统筹利用社区用房和闲置物业，分步实施，分三年补齐布点缺口。"
            "\n1.摸清底数；\n2.逐年补齐。",
        ),
        ("二", "完善补贴机制。", ""),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("建议1：明确责任。\n补充说明1：有空档。\n再说。\n建议2：核定经费。", "SES"),
        ("情况说明。\n建议一：明确责任。\n建议二：核定经费。", "-SS"),
        (
            "对此,建议如下:\n1、加强布点。一是A；二是B。\n说明。\n2、加大补贴。\n联系电话：123",
            "-SES-",
        ),
        ("现状很长。为此，提出以下建议：\n第一，加强布点。\n第二，加大补贴。", "-SS"),
        ("建议：一是增加布点；二是提高补贴；三是加强监管。", "-SSS"),
        ("做饭难。为此，建议一是增加布点；二是提高补贴。", "-SS"),
        (
            "一、问题\n布点少。\n二、原因\n钱少。\n三、加强布点\n详情。\n四、加大补贴\n详情。",
            "-SESE",
        ),
        ("①增加布点\n②提高补贴", "SS"),
        ("加强规划。\n完善补贴。", "SS"),
        ("老年人多。\n建议增加布点。\n建议提高补贴。", "-SS"),
        ("二、对策建议\n加强规划。\n完善补贴。", "-SS"),
        ("关于某事的建议\n\n", "-"),
        ("一、3.5公里绿道\n二、补贴", "SS"),
        ("", ""),
    ],
)
def test_shapes_of_proposals(text: str, wanted: str) -> None:
    assert shape(text) == wanted


def test_an_enumeration_in_one_line_is_cut_at_its_ordinals() -> None:
    cut = cut_text("为此，建议一是增加布点；二是提高补贴；三是加强监管。")
    assert [cut.source[p.start : p.end] for p in cut.pieces] == [
        "为此，建议",
        "一是增加布点；",
        "二是提高补贴；",
        "三是加强监管。",
    ]
    assert [label for label, _, _ in said(cut)] == ["一", "二", "三"]


def marked(*lines: str) -> Cutting:
    """Every line a suggestion."""
    cut = cut_text("\n".join(lines))
    for line in lines:
        start = cut.source.index(line)
        cut = mark_stretch(cut, start, start + len(line), Part.SUGGESTION)
    return cut


def test_labels_are_as_typed_and_missing_or_taken_ones_go_on() -> None:
    found = said(marked("建议二：甲", "乙", "（二）丙", "③丁", "戊"))
    assert [(label, text) for label, text, _ in found] == [
        ("二", "甲"),
        ("三", "乙"),
        ("四", "丙"),
        ("五", "丁"),
        ("六", "戊"),
    ]
    assert said(marked("甲", "3、乙"))[1][0] == "3"


def test_an_elaboration_without_suggestion_is_not_lost() -> None:
    cut = cut_text("先说明。\n补充说明1：再说。")
    cut = mark_stretch(cut, 0, len(cut.source), Part.ELABORATION)
    cut = split_piece(cut, cut.source.index("补充"))
    assert said(cut) == [("1", "先说明。", "再说。")]
    assert cut.names(["1"]) == ("建议1", "补充说明1")


def test_what_was_cut_is_added_each_to_be_answered_alone() -> None:
    cut = cut_text("建议1：明确责任。\n说明。\n建议7：核定经费。\n建议8：公开台账。")
    case = add_cutting(plain_case(), cut)
    assert labels(case) == [["1"], ["2"], ["3"], ["7"], ["8"], []]
    added = list(case.suggestions())[2]
    assert (added.text, added.elaboration) == ("明确责任。", "说明。")
    case_file.check(case)


def test_the_proposal_keeps_what_was_pasted_and_where_each_suggestion_stands() -> None:
    first, second = cut_text(CUT), cut_text("建议：\n1.又一条。\n2.再一条。")
    case = add_cutting(add_cutting(plain_case(suggestions=0), first), second)
    (proposal,) = case.proposals
    assert proposal.original == f"{first.source}\n{second.source}"
    stand = ["".join(proposal.original[a:b] for a, b in s.spans) for s in case.suggestions()]
    assert [words.strip() for words in stand] == [
        "1.增加路灯。\n先主路，后支路。",
        "2.更换灯具。",
        "1.又一条。",
        "2.再一条。",
    ]
    assert suggestions_of(proposal, second) == proposal.suggestions[2:]
    again = add_cutting(case, second)  # known words are not kept twice
    assert again.proposals[0].original == proposal.original
    assert [s.spans for s in again.suggestions()][4:] == [s.spans for s in case.suggestions()][2:]
    case_file.check(again)
    assert [c.text for c in cutting_of(proposal).cards()] == [s.text for s in case.suggestions()]


LINES = st.sampled_from(
    [*WHOLE.split("\n"), "建议：一是甲；二是乙。", "建议1：甲", "对此，建议如下：", "1. 甲", "①乙"]
)


@given(st.lists(LINES | st.text(alphabet="一二三是、，；：建议1.（）(),甲乙 \n", max_size=30)))
def test_every_character_is_in_exactly_one_piece(lines: list[str]) -> None:
    text = "\n".join(lines)
    cut = cut_text(text)
    assert "".join(cut.source[p.start : p.end] for p in cut.pieces) == tidy(text).text
    assert all(p.start < p.end for p in cut.pieces)
    case = add_cutting(plain_case(), cut)
    case_file.check(case)
    assert cutting_of(case.proposals[0]).cards() == cut.cards()


@pytest.mark.parametrize("unit", ["一是甲；", "建议", "一、\n", "字", "建议：\n1.甲。", "（一）"])
def test_a_text_made_to_be_slow_is_quick(unit: str) -> None:
    start = time.perf_counter()
    case = add_cutting(plain_case(), cut_text(unit * (30_000 // len(unit))))
    recut(case, cutting_of(case.proposals[0]))
    assert time.perf_counter() - start < 6  # what is quadratic takes minutes


CUT = (
    "关于路灯的提案\n太暗。\n建议：\n1.增加路灯。\n先主路，后支路。\n2.更换灯具。\n2025年1月10日\n"
)


def cutting() -> Cutting:
    return read_proposal(read_text(CUT)).cutting


def test_a_border_between_two_suggestions_is_dragged() -> None:
    before = cutting()
    assert [p.part for p in before.pieces] == [
        Part.LEFT_OUT,
        Part.SUGGESTION,
        Part.ELABORATION,
        Part.SUGGESTION,
        Part.LEFT_OUT,
    ]
    moved = move_border(before, 2, CUT.index("后支路"))
    assert said(moved)[0] == ("1", "增加路灯。", "先主路，")
    assert said(moved)[1] == ("2", "后支路。2.更换灯具。", "")
    assert said(move_border(moved, 2, CUT.index("2.更换"))) == said(before)
    assert len(move_border(before, 2, 0).pieces) == 4  # the elaboration went to the one after
    assert move_border(before, 4, 3) == before


def test_pieces_are_split_joined_and_marked() -> None:
    before = cutting()
    split = split_piece(before, CUT.index("后支路"), Part.SUGGESTION)
    assert [text for _, text, _ in said(split)] == ["增加路灯。", "后支路。", "更换灯具。"]
    assert [label for label, _, _ in said(split)] == ["1", "2", "3"]
    assert said(join_pieces(split, 2)) == said(before)
    assert split_piece(before, before.pieces[1].start) == before
    last = before.pieces[3]
    assert mark_stretch(before, last.start, last.start, Part.LEFT_OUT) == mark_stretch(
        before, last.start, last.end, Part.LEFT_OUT
    )
    left = mark_stretch(before, last.start, last.end, Part.LEFT_OUT)
    assert said(left) == [("1", "增加路灯。", "先主路，后支路。")]
    assert len(left.pieces) == 4  # one with the date after it
    some = mark_stretch(before, CUT.index("先主路"), CUT.index("后支路"), Part.SUGGESTION)
    assert said(some)[1:] == [("2", "先主路，", "后支路。"), ("3", "更换灯具。", "")]
    case = add_cutting(plain_case(), split)
    assert [s.text for s in case.suggestions()][-3:] == [text for _, text, _ in said(split)]
    case_file.check(case)


@given(st.lists(st.tuples(st.sampled_from("mjsp"), st.integers(-2, 80), st.integers(-2, 8))))
def test_no_deed_on_a_border_loses_a_character(deeds: list[tuple[str, int, int]]) -> None:
    cut = cutting()
    parts = [*Part]
    for deed, place, number in deeds:
        if deed == "m":
            cut = move_border(cut, number, place)
        elif deed == "j":
            cut = join_pieces(cut, number)
        elif deed == "s":
            cut = split_piece(cut, place, parts[number % 3])
        elif cut.pieces:
            start, end = sorted((abs(place) % len(CUT), abs(number) * 9 % len(CUT)))
            cut = mark_stretch(cut, start, end, parts[place % 3])
    assert "".join(cut.source[p.start : p.end] for p in cut.pieces) == CUT
    assert all(p.start < p.end for p in cut.pieces)
    words = "".join(text + explained for _, text, explained in said(cut))
    left = "".join(CUT[p.start : p.end] for p in cut.pieces if p.part is Part.LEFT_OUT)
    assert sum(map(str.isalpha, words + left)) == sum(map(str.isalpha, CUT))


def test_a_border_comes_to_rest_where_a_line_begins_or_a_sentence_ends() -> None:
    cut = cut_text("甲。“乙！”丙丁戊己\n庚辛")
    text = cut.source
    for near, rest in (("乙", "“"), ("丁", "丙"), ("己", "庚"), ("辛", "庚"), ("甲", "甲")):
        assert resting_place(cut, text.index(near)) == text.index(rest), near
    assert resting_place(cut, len(text)) == len(text)
    down = [0]
    while down[-1] < len(text):
        down.append(next_resting_place(cut, down[-1], 1))
    assert [text[n : n + 1] for n in down] == ["甲", "“", "丙", "庚", ""]
    up = [len(text)]
    while up[-1]:
        up.append(next_resting_place(cut, up[-1], -1))
    assert up == down[::-1]


def test_a_place_is_in_one_piece() -> None:
    cut = cutting()
    assert [piece_at(cut, piece.start) for piece in cut.pieces] == [*range(len(cut.pieces))]
    assert piece_at(cut, len(CUT)) == len(cut.pieces) - 1
