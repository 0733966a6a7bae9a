"""A pasted proposal is cut into its suggestions; no character of it is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.letter import case_file
from desktop.letter.page import read_text
from desktop.letter.proposal_reader import read_proposal
from desktop.services.pasting import tidy
from desktop.services.proposal_text import (
    Cutting,
    Part,
    add_cut,
    add_cutting,
    assemble,
    join_pieces,
    mark_piece,
    move_border,
    propose_parts,
    split_piece,
)
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
    """One letter a line: S, E or -."""
    return "".join(SHORT[part] for _, part in propose_parts(text))


def test_the_section_of_suggestions_is_found_and_the_rest_left_out() -> None:
    assert shape(WHOLE) == "--------SEES-" + "--"
    assert assemble(propose_parts(WHOLE)) == (
        (
            "一",
            "加强规划布点。",
            "按十五分钟生活圈要求，结合老年人口分布和用餐需求，统筹利用社区用房和闲置物业，分步实施，分三年补齐布点缺口。"
            "\n1.摸清底数；\n2.逐年补齐。",
        ),
        ("二", "完善补贴机制。", ""),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("建议1：明确责任。\n补充说明1：有空档。\n再说。\n建议2：核定经费。", "SEES"),
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
            "----SESE",
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
    parts = propose_parts("为此，建议一是增加布点；二是提高补贴；三是加强监管。")
    assert [line for line, _ in parts] == [
        "为此，建议",
        "一是增加布点；",
        "二是提高补贴；",
        "三是加强监管。",
    ]
    assert [label for label, _, _ in assemble(parts)] == ["一", "二", "三"]


def test_labels_are_as_typed_and_missing_or_taken_ones_go_on() -> None:
    parts = [(line, Part.SUGGESTION) for line in ("建议二：甲", "乙", "（二）丙", "③丁", "戊")]
    assert [(label, text) for label, text, _ in assemble(parts)] == [
        ("二", "甲"),
        ("三", "乙"),
        ("四", "丙"),
        ("五", "丁"),
        ("六", "戊"),
    ]
    assert assemble([("甲", Part.SUGGESTION), ("3、乙", Part.SUGGESTION)])[1][0] == "3"


def test_an_elaboration_without_suggestion_is_not_lost() -> None:
    parts = [("先说明。", Part.ELABORATION), ("补充说明1：再说。", Part.ELABORATION)]
    assert assemble(parts) == (("1", "先说明。", "再说。"),)


def test_what_was_cut_is_added_each_to_be_answered_alone() -> None:
    parts = propose_parts("建议1：明确责任。\n说明。\n建议7：核定经费。\n建议8：公开台账。")
    case = add_cut(plain_case(), parts)
    assert labels(case) == [["1"], ["2"], ["3"], ["7"], ["8"], []]
    added = list(case.suggestions())[2]
    assert (added.text, added.elaboration) == ("明确责任。", "说明。")
    case_file.check(case)


LINES = st.sampled_from(
    [*WHOLE.split("\n"), "建议：一是甲；二是乙。", "建议1：甲", "对此，建议如下：", "1. 甲", "①乙"]
)


@given(st.lists(LINES | st.text(alphabet="一二三是、，；：建议1.（）(),甲乙 \n", max_size=30)))
def test_every_character_is_in_exactly_one_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    parts = propose_parts(text)
    assert "".join(line for line, _ in parts) == tidy(text).text.replace("\n", "")
    assert all(line for line, _ in parts)
    assert len(assemble(parts)) >= sum(part is Part.SUGGESTION for _, part in parts)


@pytest.mark.parametrize("unit", ["一是甲；", "建议", "一、\n", "字", "建议：\n1.甲。", "（一）"])
def test_a_text_made_to_be_slow_is_quick(unit: str) -> None:
    start = time.perf_counter()
    add_cut(plain_case(), propose_parts(unit * (30_000 // len(unit))))
    assert time.perf_counter() - start < 2


CUT = (
    "关于路灯的提案\n太暗。\n建议：\n1.增加路灯。\n先主路，后支路。\n2.更换灯具。\n2025年1月10日\n"
)


def cutting() -> Cutting:
    return read_proposal(read_text(CUT)).cutting


def said(cut: Cutting) -> list[tuple[str, str, str]]:
    return [(card.label, card.text, card.elaboration) for card in cut.cards()]


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
    assert said(mark_piece(before, 3, Part.LEFT_OUT)) == [("1", "增加路灯。", "先主路，后支路。")]
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
            cut = mark_piece(cut, number % len(cut.pieces), parts[place % 3])
    assert "".join(cut.source[p.start : p.end] for p in cut.pieces) == CUT
    assert all(p.start < p.end for p in cut.pieces)
    words = "".join(text + explained for _, text, explained in said(cut))
    left = "".join(CUT[p.start : p.end] for p in cut.pieces if p.part is Part.LEFT_OUT)
    assert sum(map(str.isalpha, words + left)) == sum(map(str.isalpha, CUT))
