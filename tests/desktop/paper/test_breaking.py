"""Where lines end, on a grid of ten points a character: full-width ten, ASCII five."""

import random
import time

import pytest

from desktop.paper.breaking import LINE_ENDS, line_ends, measured
from desktop.paper.faces import LATIN_WORD

SIZE = 10.0


class Grid(dict[str, float]):
    """Full-width characters one em, ASCII half, and letter spacing."""

    def __init__(self, spacing: float = 0.0) -> None:
        self.spacing = spacing

    def __missing__(self, character: str) -> float:
        return (SIZE if character > "\u00ff" else SIZE / 2) + self.spacing


def lines(text: str, characters: float, *, hanging: bool = True, first: float = 0) -> list[str]:
    """The lines of `text` in a column of so many characters."""
    width = characters * SIZE
    ends = line_ends(measured(text, Grid(), SIZE), width - first * SIZE, width, hanging=hanging)
    return [text[a:b] for a, b in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("一二三四五六七八", "一二三四五|六七八"),
        ("一二三四五，六七八", "一二三四五，|六七八"),  # hangs
        ("一二三四五；六七八", "一二三四五；|六七八"),
        ("一二三四五。”七八", "一二三四|五。”七八"),  # one mark hangs, not two
        ("一二三四五）六七八", "一二三四|五）六七八"),  # no bracket does
        ("一二三四（六七八", "一二三四|（六七八"),
        ("一二三（《六七八", "一二三|（《六七八"),
        ("一二三四五％七八", "一二三四五|％七八"),  # not in LibreOffice's list
        ("一二三四——七八", "一二三四|——七八"),  # no half of a dash stands alone
        ("一二三四……。八", "一二三四|……。八"),
        ("一二三四五，", "一二三四五，"),  # the last mark hangs as well
        ("（（（（（（（", "（（（（（|（（"),  # nowhere to end: at the width
        ("，，，，，，，", "，，，，，|，，"),
    ],
)
def test_chinese_lines(text: str, broken: str) -> None:
    assert lines(text, 5) == broken.split("|")


def test_no_mark_hangs_in_a_table() -> None:
    assert lines("一二三四五，六七八", 5, hanging=False) == ["一二三四", "五，六七八"]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("一二三四2024年", "一二三四|2024年"),  # a number stays whole
        ("一二三四5.3%的", "一二三四|5.3%的"),
        ("一COVID-19的", "一COVID-|19的"),
        ("一二30-50%的", "一二30-|50%的"),
        ("一二a@b.cn的", "一二|a@b.cn的"),
        ("一二三，2024年", "一二三，|2024年"),  # the mark before it counts as the one too many
        ("一二三（2024年", "一二三|（2024年"),
        ("一二三”2024年", "一二|三”2024|年"),
        ("一二三《5G》四", "一二三|《5G》四"),
        ("一二三四12，五", "一二三四|12，五"),  # no mark hangs on a number
        ("ABCDEFGHIJKLMN", "ABCDEFGHIJ|KLMN"),  # a word longer than the line
        ("一ABCDEFGHIJKLMN", "一|ABCDEFGHIJ|KLMN"),
    ],
)
def test_latin_lines(text: str, broken: str) -> None:
    assert lines(text, 5) == broken.split("|")


def test_a_fifth_of_an_em_between_hanzi_and_latin() -> None:
    assert lines("一12三四五六", 5) == ["一12三四", "五六"]
    assert lines("一12三四五六", 5.4) == ["一12三四五", "六"]
    assert lines("一，2，四五六", 5) == ["一，2，四", "五六"]  # none beside a mark
    assert lines("①1五六七八", 4.7) == ["①1五六七", "八"]
    assert lines("①1五六七八", 4.6) == ["①1五六", "七八"]


def test_letter_spacing_ends_where_the_script_changes() -> None:
    plain, spaced = (
        measured("一二A三四", Grid(spacing), SIZE, spacing).lefts for spacing in (0, -1)
    )
    assert [a - b for a, b in zip(plain, spaced, strict=True)][:5] == [0, 1, 1, 1, 2]


def test_latin_words_are_as_wide_as_the_face_kerns_them() -> None:
    words = {"12": (0.5, 0.5), "AV-1 To": (0.4, 0.3, 0.5, 0.6, 0.2, 0.7, 0.6)}
    measure = measured("一12AV-1 To", Grid(), SIZE, words=words)
    assert [measure.width(at) for at in range(10)] == [10, 5, 5, 4, 3, 5, 6, 2, 7, 6]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("GB/T 9704", ["GB/T 9704"]),
        ("52dB(A)", ["52", "dB(A)"]),
        ("(AED),(B)", ["AED", "),("]),
        ("一),二9).三(A", ["),", "9)."]),
        ("A" * 100, ["A" * 61, "A" * 39]),
    ],
)
def test_what_is_kerned_together(text: str, pieces: list[str]) -> None:
    assert LATIN_WORD.findall(text) == pieces


def test_blanks_belong_to_the_line_before_them() -> None:
    assert lines("一二三四五   六七", 5) == ["一二三四五   ", "六七"]
    assert lines("ab cd　　ef gh ijk", 4) == ["ab cd　　", "ef gh ", "ijk"]


def test_line_ends_in_the_text() -> None:
    assert lines("一二\n三\v四五六七八九", 5) == ["一二\n", "三\v", "四五六七八", "九"]
    assert lines("一二三四五\n六\n", 5) == ["一二三四五\n", "六\n", ""]
    assert lines("\n", 5) == ["\n", ""]
    assert lines("", 5) == [""]


def test_the_first_line_is_indented() -> None:
    assert lines("一二三四五六七八", 5, first=2) == ["一二三", "四五六七八"]
    assert lines("一二三四五六七八", 5, first=-1) == ["一二三四五六", "七八"]


def test_latin_portions() -> None:
    """Digits are Latin; marks beyond ASCII go with what stands before them, at the start with the
    Latin."""
    text = "“一”，2024年5.3%……①的·①"
    assert [*measured(text, Grid(), SIZE).latin] == [1, 0, 0, 0, *[1] * 4, 0, *[1] * 7, 0, 1, 1]


def test_any_text_is_broken_and_nothing_is_lost() -> None:
    """Beyond the BMP, private use, marks without width, control characters: each stands once."""
    dice = random.Random(9704)
    kinds = "一，（”—… \n\u3000aZ5-/.\u0301\u200b\u200f\ufeff\u2028\t\ue000"
    kinds += "\U00020000\U0001f600\U000e0100"
    for _ in range(500):
        text = "".join(dice.choice(kinds) for _ in range(dice.randrange(60)))
        made = lines(text, dice.choice((0.3, 2, 7)), hanging=dice.random() < 0.5)
        assert "".join(made) == text
        assert all(made[:-1])
        assert made[-1] or not text or text[-1] in LINE_ENDS


@pytest.mark.parametrize("part", ["测", "，", "“A", "a", "（", " ", "——", "/", "a\u0301"])
def test_thirty_thousand_characters(part: str) -> None:
    begun = time.perf_counter()
    made = lines(part * (30_000 // len(part)), 28)
    assert time.perf_counter() - begun < 3  # quadratic would take minutes
    assert len(made) > 500 or part in " /"
