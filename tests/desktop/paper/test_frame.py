"""What stands around the 版心, in the draw list (GB/T 9704 10.1, 7.5): the standard's places."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest

from db.enums import Head
from desktop.letter.compose import compose
from desktop.letter.layout import load_layout
from desktop.letter.model import Category, Fields, own
from desktop.letter.sheet import lay_out
from desktop.paper.draw import Page, Placed
from desktop.paper.faces import Face, FaceTable
from desktop.paper.typesetter import Typesetter
from tests.cases import OFFICE, plain_case
from tests.conftest import TODAY
from tests.desktop.letter.test_paper import MARKS, long_case
from tests.desktop.paper.typeset import MM, texts, typeset

B = Category("shenzhen", "B")
INK_ABOVE, INK_BELOW = 0.85, 0.08  # of a hanzi, in parts of its size over and under the baseline


def first_page(
    head: Head = Head.LETTER, mark: str = MARKS[1], category: Category | None = None
) -> Page:
    office = replace(OFFICE, full_name=mark)
    return typeset(plain_case(head=head, office=office, category=category, wording="standard"))[0]


def mark_of(page: Page) -> Placed:
    """The 发文机关标志: the line of no role that is red."""
    return next(p for p in page.lines if p.line.role is None and p.line.runs[0].red)


@pytest.mark.parametrize(("mark", "category"), list(product(MARKS, (None, B))))
def test_the_head_stands_where_clause_10_1_puts_it(mark: str, category: Category | None) -> None:
    page = first_page(mark=mark, category=category)
    name = mark_of(page)
    (run,) = name.line.runs
    assert name.line.text == mark
    centre = name.x + (name.line.edges[0] + name.line.edges[-1]) / 2
    assert centre * MM == pytest.approx(105, abs=0.5)
    assert (name.line.edges[-1] - name.line.edges[0]) * MM <= 170
    upper_thick, upper_thin, lower_thin, lower_thick = (rule for rule in page.rules if rule.red)
    assert upper_thick.width > upper_thin.width  # thick over thin, and thin over thick
    assert lower_thick.width > lower_thin.width
    assert upper_thin.y0 - upper_thick.y0 == pytest.approx(lower_thick.y0 - lower_thin.y0)
    top = (upper_thick.y0 - upper_thick.width / 2) * MM
    assert top - (name.baseline + INK_BELOW * run.size) * MM == pytest.approx(4, abs=0.5)
    bottom = (lower_thick.y0 + lower_thick.width / 2) * MM
    assert 297 - bottom == pytest.approx(20, abs=0.5)
    for rule in (upper_thick, upper_thin, lower_thin, lower_thick):
        assert (rule.x1 - rule.x0) * MM == pytest.approx(170, abs=0.5)
        assert (rule.x0 + rule.x1) / 2 * MM == pytest.approx(105, abs=0.5)


def test_the_mark_begins_30_mm_from_the_top() -> None:
    """Of the size whose place was measured; a smaller one stands as much lower as it is smaller."""
    name = mark_of(first_page(mark=MARKS[0]))
    assert name.line.runs[0].size == 36
    assert (name.baseline - INK_ABOVE * 36) * MM == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize(
    "mark", ["某某市某某区大数据发展和AI产业促进局", "某某市CBD管理委员会经济发展促进局"]
)
def test_a_mark_with_latin_letters_loses_no_character(mark: str) -> None:
    """In a face whose letters are as wide as its hanzi."""
    wide = {face: FaceTable(defaultdict(lambda: 1.0), 0.9, 0.2) for face in Face}
    case = plain_case(head=Head.LETTER, office=replace(OFFICE, full_name=mark))
    page = Typesetter(wide).pages(lay_out(compose(case, TODAY)), load_layout(case.layout))[0]
    assert mark_of(page).line.text == mark


@pytest.mark.parametrize("category", [None, B])
def test_a_preprinted_letter_has_nothing_of_the_head(category: Category | None) -> None:
    letter = first_page(Head.LETTER, category=category)
    preprinted = first_page(Head.PREPRINTED, category=category)
    assert preprinted.rules == ()
    assert preprinted.lines == tuple(p for p in letter.lines if p is not mark_of(letter))
    assert not any(run.red for placed in preprinted.lines for run in placed.line.runs)


def test_the_category_stands_above_the_mark_at_the_right() -> None:
    page = first_page(category=B)
    category, name, *_ = page.lines
    assert category.line.text == "类别：B"
    assert category.y + category.line.height < name.y
    assert (category.x + category.line.edges[-1]) * MM == pytest.approx(184, abs=0.1)


def test_the_document_number_stands_under_the_rule() -> None:
    page = typeset(
        plain_case(head=Head.LETTER, fields=Fields(document_number=own("某函〔2025〕1号")))
    )[0]
    number = next(p for p in page.lines if p.line.text == "某函〔2025〕1号")
    thin = next(rule for rule in page.rules if rule.red and rule.width < 1)
    assert number.y - (thin.y0 + thin.width / 2) == pytest.approx(7 / 8 * 16, abs=0.5)
    assert (number.x + number.line.edges[-1]) * MM == pytest.approx(184, abs=0.1)


def test_page_numbers() -> None:
    """4号宋体 under the 版心, odd pages right, even pages left, one character in (7.5)."""
    first, *others = typeset(long_case())
    assert not any("—" in text for text in texts(first))
    assert len(others) > 2
    for page in others:
        number = page.lines[-1]
        (run,) = number.line.runs
        assert number.line.text == f"— {page.number} —"
        assert (run.face, run.size) == ("宋体", 14)
        middle_of_the_dash = number.baseline - 0.36 * run.size
        assert middle_of_the_dash * MM == pytest.approx(269, abs=0.7)
        if page.number % 2:
            assert 184 - (number.x + number.line.edges[-1]) * MM == pytest.approx(14 * MM, abs=0.1)
        else:
            assert (number.x + number.line.edges[0]) * MM - 28 == pytest.approx(14 * MM, abs=0.1)


def test_a_plain_letter_numbers_every_page() -> None:
    pages = typeset(long_case(head=Head.PLAIN))
    assert [texts(page)[-1] for page in pages] == [f"— {n} —" for n in range(1, len(pages) + 1)]
    assert not any(page.rules for page in pages)
