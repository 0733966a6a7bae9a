"""Where Latin text and numbers may be broken: what LibreOffice's own rules (line.brk) answer."""

import pytest

from desktop.paper.word_breaks import break_before, may_break


@pytest.mark.parametrize(
    "broken",
    [
        "COVID-|19",
        "30-|50%",
        "5.3%",
        "1,234.5|万|元",
        "2024|年|9|月|5|日",
        "￥300|元",
        "（2024|年）|《5G|规|划》",
        "zhengxie@example.gov.cn",
        "http://|www.example.gov.cn/|art/|2024/5",
        "GB/|T |9704",
        "文，2024",  # no break between the mark and the number
        "文）|文",
        "的“ABC”的",  # none beside a quotation mark
        "a |b  |c",
        "（ 文",
        "文|——|文",
        "文……|文",
        "文℃",
        "5℃",
        "a\u0301b",
        "a\u00a0b",
        "a\u200b|b",
        "$(12)%",
        "3/4|年",
    ],
)
def test_breaks(broken: str) -> None:
    text = broken.replace("|", "")
    found = text[0]
    for at in range(1, len(text)):
        found += "|" * may_break(text, at) + text[at]
    assert found == broken


@pytest.mark.parametrize(
    ("text", "cut", "end"),
    [
        ("见COVID-19", 8, 7),
        ("文文，2024", 5, 1),
        ("用GB/T", 4, 1),  # right after a slash only where more of the path would fit
        ("见http://www.cn", 9, 8),
        ("见 a/http://www.cn", 13, 2),  # a path after a blank is kept whole
    ],
)
def test_the_last_break_up_to_a_cut(text: str, cut: int, end: int) -> None:
    assert break_before(text, 0, cut) == end


def test_no_break_at_all() -> None:
    assert break_before("ABCDEFG", 2, 5) <= 2
