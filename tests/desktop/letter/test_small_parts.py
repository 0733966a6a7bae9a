"""Numerals, dates, keys, the text border, title lines."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.letter.clean import clean_text
from desktop.letter.keys import LENGTH, derived_key, new_key
from desktop.letter.layout import em_width, load_layout, mark_size
from desktop.letter.numerals import arabic, chinese_numeral, format_date, ordinal_of, parse_date
from desktop.letter.title_lines import LIMIT, break_title


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(100, "一百"), (101, "一百零一"), (110, "一百一十"), (219, "二百一十九"), (320, "三百二十")],
)
def test_chinese_numerals_beyond_99(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral


def test_a_title_of_any_length_has_lines() -> None:
    for length in (200, 400, 401, 5000):
        lines = break_title("关于口袋公园" * (length // 6))
        assert max(map(len, lines)) <= LIMIT


@given(st.integers(1, 99))
def test_a_chinese_numeral_reads_back(number: int) -> None:
    assert arabic(chinese_numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (60, "六十"), (99, "九十九")],
)
def test_chinese_numerals(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral


@pytest.mark.parametrize("text", ["建", "十十", "一二三十", ""])
def test_what_is_no_numeral(text: str) -> None:
    assert arabic(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2024年9月5日",
        " 2024 年 9 月 5 日",
        "2024年09月05日",
        "二〇二四年九月五日",
        "二○二四年九月五日",
    ],
)
def test_dates_in_every_spelling(text: str) -> None:
    assert parse_date(text) == date(2024, 9, 5)


@pytest.mark.parametrize(
    "text", ["2024年13月1日", "2024年2月30日", "2026年　月　日", "我区于2024年9月5日印发"]
)
def test_what_is_no_full_date(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_has_no_leading_zeros() -> None:
    assert format_date(date(2024, 9, 5)) == "2024年9月5日"


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("一、总体", "一、"),
        ("（一）经费", "（一）"),
        ("1. 经费", "1. "),
        ("1、经费", "1、"),
        ("（2）经费", "（2）"),
        ("5.3%的公园", ""),
        ("一是经费", ""),
    ],
)
def test_ordinals(text: str, ordinal: str) -> None:
    assert ordinal_of(text) == ordinal


@given(st.text())
def test_clean_text_lets_nothing_harmful_through(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not set(cleaned) & set("\x00\x0b\x0c\r\x1b\ufeff\u202e\ufffc\ufffe")
    cleaned.encode()  # no lone surrogate is left


@pytest.mark.parametrize("text", ["　　两个全角空格", "生僻字\ue123", "𠮷野", "制\t表\n换行"])
def test_clean_text_keeps_what_belongs_to_the_text(text: str) -> None:
    assert clean_text(text) == text


def test_clean_text_turns_every_line_end_into_a_newline() -> None:
    assert clean_text("a\r\nb\rc\x0bd\u2028e") == "a\nb\nc\nd\ne"


def test_keys_never_look_like_numbers() -> None:
    keys = {new_key() for _ in range(500)} | {derived_key("x", str(n)) for n in range(500)}
    assert len(keys) == 1000
    assert all(
        len(key) == LENGTH and key[0].isalpha() and key.isalnum() and key.isascii() for key in keys
    )
    assert derived_key("a", "b") == derived_key("a", "b") != derived_key("ab", "")


def test_a_mark_of_thirteen_characters_keeps_its_size_and_a_longer_one_shrinks() -> None:
    assert mark_size("一二三四五六七八九十一二三") == 36
    assert em_width("一" * 30) * mark_size("一" * 30) <= 170 / 25.4 * 72


def test_all_layouts_hold_22_lines() -> None:
    for name in ("nominal", "measured", "nominal_roman", "measured_roman"):
        layout = load_layout(name)
        height = (297 - layout.top_mm - layout.bottom_mm) / 25.4 * 72
        assert int(height / layout.body_line_pt) == 22


NAMES = ("某某市某某区城市更新局", "某某区政协七届二次会议", "欧阳明远")


@given(st.text("关于的区政协会议答复提案建局一二三", min_size=0, max_size=120))
def test_title_lines_lose_nothing_and_are_not_too_long(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(0 < len(line) <= LIMIT for line in lines)


def test_a_title_is_split_by_meaning() -> None:
    title = "某某市某某区城市更新局关于某某区政协七届二次会议第2025118号提案答复的函"
    lines = break_title(title, NAMES)
    assert lines == (
        "某某市某某区城市更新局",
        "关于某某区政协七届二次会议",
        "第2025118号提案答复的函",
    )


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        (
            "某局关于办理《关于完善口袋公园管护机制的建议》有关情况的答复函",
            "《关于完善口袋公园管护机制的建议》",
        ),
        ("某某市某某区城市更新局对于欧阳明远委员第2025118号提案的答复", "欧阳明远"),
        ("某某市某某区城市更新局对于欧阳明远委员第2025118号提案的答复", "第2025118号"),
    ],
)
def test_a_title_is_never_split_inside_a_name_or_a_number(title: str, whole: str) -> None:
    assert any(whole in line for line in break_title(title, NAMES))
