"""What is pasted comes in plain and tidy, and the note says what changed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import InputError
from desktop.services.pasting import MAX_PASTE, raw, tidy


def test_blank_lines_indents_and_marks_are_put_right_and_counted() -> None:
    tidied = tidy("\u3000\u3000第一段,已完成。\r\n\r\n \t\n  第二段  \n第三段\n")
    assert tidied.text == "第一段，已完成。\n第二段\n第三段"
    assert (tidied.blank_lines, tidied.indents, tidied.marks) == (2, 2, 1)
    assert tidied.note == "粘贴时已整理：去掉2处空行、2处首行空格，改正1处半角标点"


def test_the_note_names_only_what_happened() -> None:
    assert tidy("正文。\n第二段。\n").note == ""
    assert tidy("").note == ""
    assert tidy("是吗?").note == "粘贴时已整理：改正1处半角标点"
    assert tidy("甲\n\n乙").note == "粘贴时已整理：去掉1处空行"


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("你好,世界;好:吗?好!", "你好，世界；好：吗？好！"),
        ("好吗?!", "好吗？！"),
        ("《办法》,“试行”;", "《办法》，“试行”；"),
        ("模式(PPP)成熟", "模式（PPP）成熟"),
        ("PPP(政府和社会资本合作)", "PPP（政府和社会资本合作）"),
        ("见附件(一),其中", "见附件（一），其中"),
        ("甲(乙(丙)丁)戊", "甲（乙（丙）丁）戊"),
        ("时间:14:30", "时间：14:30"),
        ("邮箱:a,b@x.cn", "邮箱：a,b@x.cn"),
    ],
)
def test_half_width_marks_in_chinese_become_full_width(typed: str, tidied: str) -> None:
    assert tidy(typed).text == tidied


@pytest.mark.parametrize(
    "text",
    [
        "上午14:30开会",
        "增长5.3%",
        "共12,000元",
        "比例为3:2",
        "Hello, world! (really?)",
        "见https://x.cn/政策?id=3",
        "见 www.x.cn/a;b?c=1,2",
        "函数f(x)的值",
        "他说 Smart City, Inc. 已",
        "A区(B)",
        "右括号)不成对",
    ],
)
def test_numbers_times_addresses_and_latin_stay(text: str) -> None:
    assert "，" not in tidy(text).text
    if "区(" not in text:
        assert tidy(text).text == text


def test_raw_keeps_everything_a_letter_can_bear() -> None:
    assert raw("\u3000甲,\x0b\x00乙") == "\u3000甲,\n乙"


@pytest.mark.parametrize("paste", [raw, tidy])
def test_too_much_at_once_is_refused_with_a_sentence(paste: object) -> None:
    with pytest.raises(InputError, match="分几次粘贴"):
        paste("字" * (MAX_PASTE + 1))  # type: ignore[operator]


@pytest.mark.parametrize("unit", ["字,", "a", "(", "www.中", "(字)", "\n", "http:/"])
def test_a_text_made_to_be_slow_is_quick(unit: str) -> None:
    start = time.perf_counter()
    tidy(unit * (MAX_PASTE // len(unit)))
    assert time.perf_counter() - start < 2


@given(st.text(alphabet="字甲a1,;:?!() \u3000\n“”", max_size=60))
def test_tidying_changes_nothing_but_blanks_and_marks(text: str) -> None:
    tidied = tidy(text).text
    to_half = str.maketrans("，；：？！（）", ",;:?!()")
    assert (
        tidied.translate(to_half).split("\n")
        == [line.strip(" \u3000") for line in text.split("\n") if line.strip()]
        or not text.strip()
    )
    assert tidy(tidied).text == tidied or "(" in tidied or ")" in tidied
