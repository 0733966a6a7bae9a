"""Characters in their places: on a grid of ten points, full-width ten, ASCII five."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from desktop.letter.blocks import Piece, Role
from desktop.paper.draw import SetLine, Span
from desktop.paper.faces import Face, FaceTable
from desktop.paper.setting import Align, LineSetter, ParagraphStyle

WIDTH = 55.0


class Advances(dict[str, float]):
    """Full-width characters one em, ASCII half, quotation marks and dashes 0.4 as in a poor
    stand-in."""

    def __missing__(self, character: str) -> float:
        if character in "“”—·":
            return 0.4
        return 1.0 if character > "\u00ff" else 0.5


SETTER = LineSetter({face: FaceTable(Advances(), ascent=0.9, descent=0.3) for face in Face})
STYLE = ParagraphStyle(Face.FANGSONG, size=10, line=20)


def set_lines(text: str, style: ParagraphStyle = STYLE, width: float = WIDTH) -> list[SetLine]:
    return list(SETTER.lines(Role.BODY, (Piece(text, "source"),), (0,), style, width))


def styled(**settings: object) -> ParagraphStyle:
    return ParagraphStyle(Face.FANGSONG, size=10, line=20, **settings)  # type: ignore[arg-type]


def test_a_justified_line_fills_its_column() -> None:
    first, last = set_lines("一二三四五六七")
    assert first.edges == pytest.approx((0, 11.25, 22.5, 33.75, 45, 55))
    assert last.edges == (0, 10, 20)  # the last line stays on the em grid
    (run,) = first.runs
    assert (run.text, run.xs) == ("一二三四五", first.edges[:-1])
    assert (run.face, run.size, run.red) == (Face.FANGSONG, 10, False)


def test_no_gap_opens_inside_a_word_or_a_number() -> None:
    first = set_lines("一20年二三四五")[0]
    assert first.text == "一20年二三"
    widths = [b - a for a, b in pairwise(first.edges)]
    assert widths[1] == 5  # between 2 and 0
    assert first.edges[-1] == pytest.approx(WIDTH)
    slack = (WIDTH - 54) / 4
    assert widths[0] == pytest.approx(10 + 2 + slack)  # ⅕ em beside the number, and its share
    assert widths[2] == pytest.approx(5 + 2 + slack)
    assert widths[3] == pytest.approx(10 + slack)


def test_blanks_between_words_open() -> None:
    first = set_lines("ab cd efghijklm")[0]
    assert first.text == "ab cd "
    assert first.edges[5] == pytest.approx(WIDTH)  # the blank at the end hangs
    assert first.edges[3] - first.edges[2] == pytest.approx(5 + WIDTH - 25)
    assert first.runs[0].text == "ab cd"


def test_a_line_of_blanks_has_no_ink() -> None:
    blank, last = set_lines("　" * 9 + "一")
    assert (blank.text, blank.runs, blank.edges[0]) == ("　" * 9, (), 0)
    assert last.text == "一"


def test_a_hanging_mark_stands_outside() -> None:
    first = set_lines("一二三四五，六七八")[0]
    assert first.text == "一二三四五，"
    assert first.edges[5:] == pytest.approx((55, 65))
    assert set_lines("一二三四五，六七八", styled(hanging=False))[0].text == "一二三四"


@pytest.mark.parametrize(
    ("align", "left"), [(Align.LEFT, 0), (Align.CENTRE, 17.5), (Align.RIGHT, 35), (Align.BOTH, 0)]
)
def test_alignment(align: Align, left: float) -> None:
    (line,) = set_lines("一二 ", styled(align=align))
    assert line.edges[:3] == pytest.approx((left, left + 10, left + 20))


def test_indents() -> None:
    style = styled(first=-10, left=20, right=10, align=Align.LEFT)
    first, second = set_lines("一二三四五六", style, 70)
    assert (first.text, first.edges[0]) == ("一二三四五", 10)
    assert (second.text, second.edges[0]) == ("六", 20)
    (line,) = set_lines("一", styled(right=10, align=Align.RIGHT))
    assert line.edges == (35, 45)


def test_a_punctuation_mark_takes_a_whole_cell_in_any_face() -> None:
    """The opening one stands at the right of its cell, the closing one at the left."""
    (line,) = set_lines("“一”—·")
    assert line.edges == (0, 10, 20, 30, 40, 50)
    assert line.runs[0].xs == pytest.approx((6, 10, 20, 33, 43))


def test_marks_without_width() -> None:
    (line,) = set_lines("一\u0301二\u200b\u200f三\ufe0f", styled(spacing=-1))
    assert line.edges == (0, 9, 9, 18, 18, 18, 28, 28)
    (line,) = set_lines("\U00020000一")
    assert line.edges == (0, 10, 20)


def test_letter_spacing() -> None:
    (line,) = set_lines("一二三", styled(spacing=-0.5))
    assert line.edges == (0, 9.5, 19, 29)


def test_line_height_and_baseline() -> None:
    """As measured on LibreOffice's page: 80 % of an exact line, the face in the middle of a line of
    the grid, the descent above the end of an at-least line, which grows with its face."""
    (exact,) = set_lines("一")
    (grid,) = set_lines("一", styled(on_grid=True))
    (least,) = set_lines("一", styled(exact=False))
    small = ParagraphStyle(Face.FANGSONG, size=10, line=8, exact=False)
    (grown,) = set_lines("一", small)
    assert [(line.height, line.ascent) for line in (exact, grid, least, grown)] == [
        pytest.approx(figures) for figures in ((20, 16), (20, 13), (20, 17), (12, 9))
    ]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    (line,) = SETTER.lines(Role.BODY, (), (), styled(first=20), WIDTH)
    assert (line.text, line.runs, line.spans, line.edges) == ("", (), (), (20,))
    assert line.height == 20


def test_spans_lead_back_to_their_source() -> None:
    pieces = (Piece("一、"), Piece("二三四", "a.text"), Piece("五六", "b"))
    first, second = SETTER.lines(Role.BODY, pieces, (0, 7, 0), STYLE, WIDTH)
    assert first.text == "一、二三四"
    assert first.spans == (Span(2, 5, "a.text", 7),)
    assert second.spans == (Span(0, 2, "b", 0),)
    first, second = SETTER.lines(Role.BODY, (Piece("一二三四五六七", "a"),), (3,), STYLE, WIDTH)
    assert [line.spans for line in (first, second)] == [
        (Span(0, 5, "a", 3),),
        (Span(0, 2, "a", 8),),
    ]


def test_line_ends_are_neither_printed_nor_counted() -> None:
    """A title is one paragraph of lines; none of them is justified."""
    pieces = (Piece("一二三", "title"), Piece("\n"), Piece("四五\n六", "title"))
    made = SETTER.lines(Role.TITLE, pieces, (0, 0, 3), STYLE, WIDTH)
    assert [line.text for line in made] == ["一二三", "四五", "六"]
    assert [line.spans for line in made] == [
        (Span(0, 3, "title", 0),),
        (Span(0, 2, "title", 3),),
        (Span(0, 1, "title", 5),),
    ]
    assert made[0].edges == (0, 10, 20, 30)


def test_red() -> None:
    (line,) = set_lines("一", styled(red=True))
    assert line.runs[0].red


def test_digits_and_latin_in_a_face_of_their_own() -> None:
    """数字用 Times New Roman: its advances and glyphs for what is western; marks stay Chinese."""
    narrow = FaceTable(dict.fromkeys("25A%", 0.3), 0.9, 0.2)
    tables = {Face.FANGSONG: FaceTable(Advances(), 0.9, 0.3), Face.ROMAN: narrow}
    style = styled(western=Face.ROMAN, align=Align.LEFT)
    pieces = (Piece("约25%—“A”"),)
    (line,) = LineSetter(tables).lines(Role.BODY, pieces, (0,), style, 200)
    assert [(run.face, run.text) for run in line.runs] == [
        (Face.FANGSONG, "约"),
        (Face.ROMAN, "25%"),
        (Face.FANGSONG, "—“"),
        (Face.ROMAN, "A"),
        (Face.FANGSONG, "”"),
    ]
    assert line.edges[1:4] == pytest.approx((12, 15, 18))  # after ⅕ em


class Read(tuple[Piece, ...]):
    """Pieces that count how often they are read."""

    times = 0

    def __iter__(self) -> Iterator[Piece]:
        self.times += 1
        return super().__iter__()


def test_the_sources_of_a_long_paragraph_are_looked_up_once() -> None:
    pieces = Read((Piece("一" * 1000, "source"),))
    lines = SETTER.lines(Role.BODY, pieces, (0,), STYLE, WIDTH)
    at_first = pieces.times
    assert [line.spans[0].at for line in lines] == list(range(0, 1000, 5))
    assert pieces.times == at_first + 1
