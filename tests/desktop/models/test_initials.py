"""拼音首字母: names are found by the initials of any of their readings."""

import pytest

from desktop.models.initials import matches


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("周明远", "zmy"),
        ("周明远", "ZMY"),
        ("周明远", "my"),
        ("周明远", "明远"),
        ("单雄信", "sxx"),  # surnames that are read otherwise elsewhere
        ("单雄信", "dxx"),
        ("曾国华", "zgh"),
        ("曾国华", "cgh"),
        ("解晓东", "xxd"),
        ("解晓东", "jxd"),
        ("仇和平", "qhp"),
        ("仇和平", "chp"),
        ("查良镛", "zly"),
        ("查良镛", "cly"),
        ("2025118", "5118"),
        ("第3号提案", "3hta"),
        ("口袋公园A区", "gyaq"),
        ("阿依曼·塔合尔", "aym"),
        ("周明远", " zmy "),
        ("anything", ""),
    ],
)
def test_it_is_found(text: str, query: str) -> None:
    assert matches(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("周明远", "zym"),
        ("周明远", "zmyy"),
        ("周明远", "zm?"),
        ("", "z"),
        ("2025118", "2026"),
        ("阿依曼·塔合尔", "aymth"),  # the point is a character of its own
    ],
)
def test_it_is_not_found(text: str, query: str) -> None:
    assert not matches(text, query)


def test_characters_without_a_reading_hurt_nobody() -> None:
    assert matches("𠮷㐂々", "𠮷")
    assert not matches("々、。", "z")
