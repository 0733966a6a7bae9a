"""What the editor's Enter, join, paste and marks make of a reply's paragraphs."""

import time

import pytest

from db.enums import Outcome
from desktop.letter.model import Paragraph
from desktop.services.paragraphs import after_edit, blank, divide, mark, set_level, set_runs_on

A = Paragraph("a", "甲段文字。", Outcome.DONE)
B = Paragraph("b", "乙段文字。", Outcome.UNDER_WAY, runs_on=True)
C = Paragraph("c", "小标题", Outcome.PENDING, level=1)
D = Paragraph("d", "丁段文字。")
ALL = (A, B, C, D)


def keys(paragraphs: tuple[Paragraph, ...]) -> str:
    """Their keys, a new one as *."""
    made = [p.key for p in paragraphs]
    assert len(set(made)) == len(made)
    return "".join(key if key in "abcd" else "*" for key in made)


def test_typing_keeps_everything_but_the_text() -> None:
    after = after_edit(ALL, 1, 1, ["乙段改过。"])
    assert after == (A, Paragraph("b", "乙段改过。", Outcome.UNDER_WAY, runs_on=True), C, D)


def test_enter_leaves_the_key_with_the_first_half() -> None:
    after = after_edit(ALL, 1, 1, ["乙段", "文字。"])
    assert keys(after) == "ab*cd"
    assert after[1] == Paragraph("b", "乙段", Outcome.UNDER_WAY, runs_on=True)
    assert after[2] == Paragraph(after[2].key, "文字。", Outcome.UNDER_WAY)


def test_the_second_half_of_a_sub_heading_is_text() -> None:
    after = after_edit(ALL, 2, 2, ["小", "标题"])
    assert (after[2].level, after[3].level, after[3].outcome) == (1, 0, Outcome.PENDING)


def test_enter_at_the_end_makes_an_unmarked_paragraph() -> None:
    after = after_edit(ALL, 0, 0, [A.text, ""])
    assert (after[0], after[1].outcome, keys(after)) == (A, None, "a*bcd")


def test_enter_at_the_start_puts_a_blank_paragraph_before() -> None:
    after = after_edit(ALL, 2, 2, ["", C.text])
    assert keys(after) == "ab*cd"
    assert (after[2].outcome, after[2].level, after[3]) == (None, 0, C)
    after = after_edit(ALL, 1, 1, ["", B.text])  # the break that was asked for
    assert [p.runs_on for p in after] == [False, True, False, False, False]


def test_join_leaves_the_first_key() -> None:
    after = after_edit(ALL, 0, 1, [A.text + B.text])
    assert (keys(after), after[0].outcome) == ("acd", Outcome.DONE)


def test_a_blank_line_deleted_costs_the_next_paragraph_nothing() -> None:
    lines = (A, blank(), C)
    assert after_edit(lines, 1, 2, [C.text]) == (A, C)
    assert after_edit(lines, 0, 1, [A.text]) == (A, C)


def test_a_paragraph_whose_beginning_was_deleted_does_not_run_on_elsewhere() -> None:
    after = after_edit((D, A, B), 1, 2, [B.text])
    assert keys(after) == "db"
    assert not after[1].runs_on
    assert not after_edit((A, B), 0, 1, [B.text])[0].runs_on


@pytest.mark.parametrize(
    ("first", "last", "texts", "wanted"),
    [
        (0, 3, ["甲", "新", "新二", "丁"], "a**d"),
        (0, 3, ["全新"], "a"),
        (0, 3, ["甲", "丁"], "ad"),
        (0, 3, ["甲", C.text, B.text, "丁"], "acbd"),  # a selection that was moved
        (0, 1, [B.text, A.text], "bacd"),
        (0, 3, [D.text, A.text], "da"),
        (1, 1, ["一", "二", "三"], "ab**cd"),
        (0, 2, [A.text, "乙一", "乙二", C.text], "ab*cd"),
        (0, 1, [A.text, A.text], "abcd"),
        (0, 0, [A.text, A.text], "a*bcd"),
    ],
)
def test_a_replacement_never_swaps_keys(
    first: int, last: int, texts: list[str], wanted: str
) -> None:
    after = after_edit(ALL, first, last, texts)
    assert keys(after) == wanted
    assert [p.text for p in after[first : first + len(texts)]] == texts


def test_what_is_pasted_after_a_marked_paragraph_is_not_marked() -> None:
    after = after_edit((A,), 0, 0, [A.text + "补一句。", "新的一段。", "再一段。"])
    assert [p.outcome for p in after] == [Outcome.DONE, None, None]
    after = after_edit((A,), 0, 0, ["甲段一。", "新的一段。", "再一段。文字。"])
    assert [p.outcome for p in after] == [Outcome.DONE, None, Outcome.DONE]


def test_a_reply_without_paragraphs_gets_its_first() -> None:
    (only,) = after_edit((), 0, 0, ["第一句。"])
    assert (only.text, only.outcome) == ("第一句。", None)


def test_a_keystroke_in_5000_paragraphs_is_quick() -> None:
    many = tuple(Paragraph(f"p{n}", SENTENCE) for n in range(5000))
    start = time.perf_counter()
    for _ in range(20):
        after_edit(many, 2500, 2500, ["改过。"])
    assert (time.perf_counter() - start) / 20 < 0.004
    start = time.perf_counter()
    assert len(after_edit(many, 0, 4999, ["改"] * 5000)) == 5000
    assert time.perf_counter() - start < 1


SENTENCE = "我区正按绿地面积与日均人流分三档测算管护经费。" * 4


def test_dividing_prints_as_before() -> None:
    after = divide(ALL, 0, 2)
    assert after[0] == Paragraph("a", "甲段", Outcome.DONE)
    assert after[1] == Paragraph(after[1].key, "文字。", Outcome.DONE, runs_on=True)
    assert divide(ALL, 0, 0) == ALL
    assert divide(ALL, 2, 1) == ALL  # a sub-heading
    at_the_end = divide(ALL, 0, 5)
    assert (at_the_end[1].text, at_the_end[1].outcome, at_the_end[1].runs_on) == ("", None, True)


def test_marks_levels_and_run_ons_touch_their_range_only() -> None:
    marked = mark(ALL, 1, 2, Outcome.NOT_ADOPTED)
    assert [p.outcome for p in marked][1:3] == [Outcome.NOT_ADOPTED] * 2
    assert (marked[0], marked[3]) == (A, D)
    assert mark(ALL, 0, 3, None)[0].outcome is None
    assert [p.runs_on for p in set_runs_on(ALL, 0, 3, True)] == [False, True, True, True]
    assert [p.runs_on for p in set_runs_on(ALL, 1, 1, False)] == [False] * 4
    assert [p.level for p in set_level(ALL, 2, 3, 2)] == [0, 0, 2, 2]
