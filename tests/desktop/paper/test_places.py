"""From the paper to the case and back, on pages made by hand and on real ones."""

from collections.abc import Iterator
from datetime import date

import pytest

from db.enums import Form
from desktop.letter.blocks import Role
from desktop.letter.model import Case
from desktop.paper import places
from desktop.paper.draw import Ink, Page, Placed, Run, SetLine, Span
from desktop.paper.faces import Face
from desktop.paper.fonts import load_fonts
from desktop.paper.places import MARK, Area, Spot
from desktop.paper.typesetter import Typesetter
from desktop.services import letters
from tests.cases import FORMS, hard_case

EM, PITCH = 16.0, 28.95
TODAY = date(2025, 11, 21)


def placed(
    text: str,
    *spans: Span,
    row: int = 0,
    x: float = 80.0,
    indent: float = 0.0,
    role: Role | None = Role.BODY,
    face: Face = Face.FANGSONG,
) -> Placed:
    """A line of full-width characters in a row of the page."""
    edges = tuple(indent + EM * n for n in range(len(text) + 1))
    runs = (Run(face, EM, text, edges[:-1]),)
    return Placed(x, 100 + PITCH * row, SetLine(text, role, PITCH, 23.0, Ink(runs, spans, edges)))


def at(row: int, characters: float, x: float = 80.0) -> tuple[float, float]:
    """A point so many characters into a row."""
    return x + EM * characters, 100 + PITCH * (row + 0.5)


LABELLED = placed("建议1：按面积核定。", Span(4, 10, "s1.text", 0), indent=2 * EM)
WRAPPED = (
    placed("第一行的字", Span(0, 5, "p1", 0), row=1),
    placed("第二行，接下段", Span(0, 4, "p1", 5), Span(4, 7, "p2", 0), row=2),
)
PAGES = (
    Page(
        1,
        (
            placed(
                "某某局", role=None, face=Face.XIAOBIAOSONG, row=-3
            ),  # the mark, from the office
            LABELLED,
            *WRAPPED,
            placed("— 1 —", role=None, face=Face.SONG, row=20),
        ),
    ),
    Page(2, (placed("接着的字。", Span(0, 5, "p2", 3)),)),
)


@pytest.mark.parametrize(
    ("page", "point", "spot"),
    [
        (1, at(1, 0.2), Spot("p1", 0)),
        (1, at(1, 2.4), Spot("p1", 2)),
        (1, at(1, 2.6), Spot("p1", 3)),
        (1, at(2, 0.1), Spot("p1", 5)),
        (1, at(2, 3.9), Spot("p1", 9)),
        (1, at(2, 4.1), Spot("p2", 0)),
        (2, at(0, 2.1), Spot("p2", 5)),
        (1, at(1, 20), Spot("p1", 5, ending=True)),  # the blank room after the words
        (1, at(1, -3), Spot("p1", 0)),
        (1, at(0, 3), Spot("s1.text", 0)),  # the label
        (1, at(-3, 1), Spot(MARK, 0)),
        (1, at(20, 1), None),  # the page number
        (1, at(12, 3), None),  # nothing is near
    ],
)
def test_a_point_leads_to_the_nearest_character(
    page: int, point: tuple[float, float], spot: Spot | None
) -> None:
    assert places.spot_at(PAGES, page, *point) == spot


def test_a_heading_leads_to_the_first_words_under_it() -> None:
    lines = (
        placed("一、建议1及其答复", role=Role.HEADING_1),
        placed("（一）相关建议", role=Role.HEADING_2, row=1),
        placed("建议1：核定。", Span(4, 7, "s1.text", 0), row=2),
        placed("（二）答复", role=Role.HEADING_2, row=3),
    )
    pages = (Page(1, lines), Page(2, (placed("已核定。", Span(0, 4, "p1", 0)),)))
    assert places.spot_at(pages, 1, *at(0, 2)) == Spot("s1.text", 0)
    assert places.spot_at(pages, 1, *at(1, 2)) == Spot("s1.text", 0)
    assert places.spot_at(pages, 1, *at(3, 2)) == Spot("p1", 0)  # over the page's end
    unanswered = (Page(1, lines), Page(2, (placed("二、建议2", role=Role.HEADING_1),)))
    assert places.spot_at(unanswered, 1, *at(3, 2)) is None


def test_a_label_of_the_list_leads_to_its_cell() -> None:
    label = placed("当年完成事项", role=Role.CELL_LABEL, row=1)
    cell = [placed("甲乙丙", Span(0, 3, "p1", 3 * n), row=n, x=200.0) for n in range(3)]
    pages = (Page(1, (cell[0], label, cell[1], cell[2])),)
    assert places.spot_at(pages, 1, *at(1, 2)) == Spot("p1", 3)


def test_areas_and_caret_of_a_source() -> None:
    top = 100 + 2 * PITCH
    assert places.areas(PAGES, "p2") == (
        Area(1, 80 + 4 * EM, top, 80 + 7 * EM, top + PITCH),
        Area(2, 80, 100, 80 + 5 * EM, 100 + PITCH),
    )
    assert places.areas(PAGES, "p9") == ()
    assert places.caret(PAGES, "p9", 0) is None
    assert places.caret(PAGES, "p2", 4) == Area(2, 80 + EM, 100, 80 + EM, 100 + PITCH)
    wrapped = places.caret(PAGES, "p1", 5)
    assert wrapped == Area(1, 80, top, 80, top + PITCH)  # where the next character stands
    beyond = places.caret(PAGES, "p2", 99)
    assert beyond == Area(2, 80 + 5 * EM, 100, 80 + 5 * EM, 100 + PITCH)
    assert places.printed(PAGES, "p2") == "接下段接着的字。"


def real_pages(case: Case) -> tuple[Page, ...]:
    """As the program sets it, in the fonts of this machine."""
    sheet = letters.sheet_of(case, TODAY)
    return Typesetter(load_fonts().tables).pages(sheet, letters.layout_of(case))


def characters(pages: tuple[Page, ...]) -> Iterator[tuple[int, Placed, Span, int]]:
    """Every printed character of the case: its page, line, span and place in the line."""
    for page in pages:
        for line in page.lines:
            for span in line.line.spans:
                for place in range(span.start, span.end):
                    yield page.number, line, span, place


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("form", FORMS)
def test_every_character_of_a_real_letter_leads_to_itself(form: Form) -> None:
    pages = real_pages(hard_case(form=form))
    seen = set()
    for number, line, span, place in characters(pages):
        left, right = line.line.edges[place : place + 2]
        x, y = line.x + left + (right - left) * 0.3, line.y + line.line.height / 2
        here = span.at + place - span.start
        spot = places.spot_at(pages, number, x, y)
        assert spot is not None
        assert (spot.source, spot.at) == (span.source, here)
        caret = places.caret(pages, span.source, here)
        assert caret
        assert (caret.page, caret.y0) == (number, line.y)
        assert caret.x0 == pytest.approx(line.x + left)
        seen.add(span.source)
    lines = letters.sheet_of(hard_case(form=form), TODAY).lines()
    sources = {piece.source for line in lines for piece in line.pieces}
    assert seen == sources - {""}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("form", FORMS)
def test_what_is_printed_of_a_source_is_its_text(form: Form) -> None:
    case = hard_case(form=form)
    pages = real_pages(case)
    for suggestion in case.suggestions():
        assert places.printed(pages, f"{suggestion.key}.text") == suggestion.text
        words = suggestion.elaboration.replace("\n", "")
        assert places.printed(pages, f"{suggestion.key}.elaboration") == words
    assert places.printed(pages, "copies") == case.fields.copies.text
