"""Paragraphs on pages: 22 × 28, what is kept together, the foot of the last page."""

import gc
from dataclasses import replace

import pytest

from db.enums import Form, Head, Outcome
from desktop.letter.blocks import Line, Piece, Role, Sheet
from desktop.letter.compose import compose
from desktop.letter.layout import load_layout
from desktop.letter.model import ABSENT, Case, Fields, Paragraph, own
from desktop.letter.sheet import lay_out
from desktop.paper.breaking import Measured
from desktop.paper.draw import Page, SetLine
from desktop.paper.flow import Area, Keep, LinePart, paragraph_parts, pour
from desktop.paper.typesetter import Typesetter
from tests.cases import HEADS, OFFICE, plain_case
from tests.conftest import TODAY
from tests.desktop.letter.test_paper import SWEEPS, long_case, with_body
from tests.desktop.paper.typeset import MM, PLAIN, body, bottom, texts, typeset

TEN = Area(100.0, 200.0)  # ten lines of 10 pt


def line(text: str) -> SetLine:
    return SetLine(text, Role.BODY, 10.0, 8.0)


def paragraph(name: str, lines: int, *, keep: bool = False) -> tuple[LinePart, ...]:
    return paragraph_parts([line(f"{name}{n}") for n in range(lines)], keep=keep)


def poured(*paragraphs: tuple[LinePart, ...]) -> list[list[str]]:
    parts = [part for one in paragraphs for part in one]
    pages = pour(parts, iter([TEN] * 100))
    assert all(TEN.top <= y for page in pages for y, _ in page)
    return [[part.line.text for _, part in page if isinstance(part, LinePart)] for page in pages]


def test_lines_fill_a_page_to_its_end() -> None:
    assert [len(page) for page in poured(paragraph("a", 25))] == [10, 10, 5]


def test_a_heading_goes_with_its_text() -> None:
    first, second = poured(paragraph("a", 9), paragraph("h", 1, keep=True), paragraph("b", 2))
    assert first == [f"a{n}" for n in range(9)]
    assert second == ["h0", "b0", "b1"]


def test_a_kept_paragraph_is_whole() -> None:
    first, second = poured(paragraph("a", 6), paragraph("k", 4, keep=True), paragraph("b", 1))
    assert (first[-1], second[0]) == ("a5", "k0")


def test_a_chain_longer_than_a_page_is_cut_between_its_paragraphs() -> None:
    chain = [paragraph(name, 3, keep=True) for name in "cdefg"]
    assert [page[0] for page in poured(*chain, paragraph("z", 1))] == ["c0", "f0"]


def test_a_kept_paragraph_longer_than_a_page_is_cut_where_the_page_ends() -> None:
    pages = poured(paragraph("k", 35, keep=True), paragraph("z", 1))
    assert [len(page) for page in pages] == [10, 10, 10, 6]


def test_what_is_higher_than_a_page_stands_on_one_alone() -> None:
    tall = LinePart(line=line("tall"), height=500.0, keep=Keep.NEXT)
    assert poured(paragraph("a", 1), (tall,), paragraph("b", 1)) == [["a0"], ["tall"], ["b0"]]


def test_nothing_is_one_page() -> None:
    assert poured() == [[]]


@pytest.mark.parametrize("layout", ["nominal", "measured"])
def test_22_lines_of_28_characters(layout: str) -> None:
    case = long_case(layout=layout)
    geometry = load_layout(layout)
    middle = typeset(case)[1:-2]
    assert len(middle) >= 2
    for page in middle:
        lines = body(page)
        assert [len(placed.line.text) for placed in lines] == [28] * 22
        assert lines[0].y * MM == pytest.approx(geometry.top_mm, abs=1.6)
        assert bottom(lines[-1]) * MM == pytest.approx(297 - geometry.bottom_mm, abs=1.6)
        for placed in lines:
            assert (placed.x + placed.line.edges[0]) * MM == pytest.approx(28, abs=0.1)
            assert (placed.x + placed.line.edges[-1]) * MM == pytest.approx(184, abs=0.1)


@pytest.mark.parametrize("sweep", SWEEPS)
def test_the_signature_is_never_alone_on_a_page(sweep: str) -> None:
    form, closing, copies = SWEEPS[sweep]
    counts = set()
    for lines in range(60):
        pages = typeset(with_body(form, lines, closing=closing, copies=copies))
        counts.add(len(pages))
        last = texts(pages[-1])
        date = next(n for n, text in enumerate(last) if text.startswith("2025年"))
        assert last[date - 1] == OFFICE.full_name
        assert date >= 2, f"{lines} lines: 落款 alone on page {len(pages)}"
    assert len(counts) > 1  # the sweep crossed a page


@pytest.mark.parametrize("sweep", [name for name in SWEEPS if name.endswith("copies")])
def test_the_copies_stand_at_the_foot_of_the_last_page(sweep: str) -> None:
    form, closing, copies = SWEEPS[sweep]
    for lines in range(40):
        pages = typeset(with_body(form, lines, closing=closing, copies=copies))
        *above, first, second = body(pages[-1])
        assert first.line.text.startswith("抄送：")
        assert second.line.role is Role.COPIES
        assert bottom(second) * MM == pytest.approx(262, abs=0.1)
        assert max(map(bottom, above)) <= first.y
        assert not any(p.line.role is Role.COPIES for page in pages[:-1] for p in page.lines)


def test_the_copies_wrap_to_the_character_after_the_colon() -> None:
    office = "区政协提案委员会"
    case = plain_case(fields=Fields(copies=own("，".join([office] * 12))))
    first, *others = [p.line for p in body(typeset(case)[-1]) if p.line.role is Role.COPIES]
    assert len(others) > 1
    assert first.edges[0] == pytest.approx(14)
    assert [line.edges[0] for line in others] == pytest.approx([4 * 14] * len(others))
    assert first.edges[len("抄送：")] == pytest.approx(4 * 14, abs=1.5)  # a justified line


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("form", list(Form))
def test_page_1_shows_body_text(head: Head, form: Form) -> None:
    case = plain_case(head=head, form=form, wording="standard")
    roles = {placed.line.role for placed in typeset(case)[0].lines}
    assert roles & {Role.BODY, Role.CELL}


def test_blank_lines_take_room_and_are_not_listed() -> None:
    pages = typeset(plain_case(head=Head.LETTER))
    assert all(placed.line.text for page in pages for placed in page.lines)
    title, salutation = (
        [p for p in pages[0].lines if p.line.role is role] for role in (Role.TITLE, Role.SALUTATION)
    )
    assert salutation[0].y - bottom(title[-1]) == pytest.approx(28.95)  # one blank line (7.3.2)


def test_an_empty_letter_is_a_page() -> None:
    typesetter = Typesetter(PLAIN)
    layout = load_layout("nominal")
    (page,) = typesetter.pages(Sheet("", None, (), None), layout)
    assert texts(page) == ["— 1 —"]
    copies = Line(Role.COPIES, (Piece("抄送：甲。"),))
    (page,) = typesetter.pages(Sheet("", None, (), copies, Head.LETTER), layout)
    assert texts(page) == ["抄送：甲。"]


def edited(case: Case, added: str) -> Case:
    first, *others = case.replies
    head, *rest = first.paragraphs
    reply = replace(first, paragraphs=(replace(head, text=head.text + added), *rest))
    return replace(case, replies=(reply, *others))


@pytest.mark.parametrize("form", list(Form))
def test_a_keystroke_leaves_the_other_pages_the_same_objects(form: Form) -> None:
    case = plain_case(suggestions=12, form=form)
    typesetter = Typesetter(PLAIN)
    layout = load_layout(case.layout)

    def pages(of: Case) -> tuple[Page, ...]:
        return typesetter.pages(lay_out(compose(of, TODAY)), layout)

    before, after = pages(case), pages(edited(case, "字"))
    assert len(before) > 2
    assert after == typeset(edited(case, "字"))
    assert [a is b for a, b in zip(before, after, strict=True)] == [
        False,
        *[True] * (len(before) - 1),
    ]


def test_what_was_typed_before_is_forgotten() -> None:
    """Only the paragraphs of this letter and of the one before are remembered."""
    case, typesetter = plain_case(suggestions=3), Typesetter(PLAIN)
    layout = load_layout(case.layout)
    lines = list(lay_out(compose(case, TODAY)).lines())
    for added in range(60):
        typesetter.pages(lay_out(compose(edited(case, "字" * added), TODAY)), layout)
    alive = [known for known in gc.get_objects() if isinstance(known, Measured)]
    assert 0 < len(alive) < 3 * len(lines)


def test_a_place_on_the_page_leads_to_its_place_in_the_field() -> None:
    """`at` counts what of the source was printed before, over lines and pages."""
    case = long_case()
    text = case.replies[0].paragraphs[0].text
    found = [
        (span.at, placed.line.text[span.start : span.end])
        for page in typeset(case)
        for placed in page.lines
        for span in placed.line.spans
        if span.source == "longlong"
    ]
    assert len(found) > 80
    assert "".join(part for _, part in found) == text
    for number, (at, _) in enumerate(found):
        assert at == sum(len(part) for _, part in found[:number])


def test_title_lines_are_one_source() -> None:
    case = plain_case(fields=Fields(title=own("第一行\n第二行很长\n末行")))
    spans = [
        (span.at, placed.line.text)
        for placed in typeset(case)[0].lines
        for span in placed.line.spans
        if span.source == "title"
    ]
    assert spans == [(0, "第一行"), (3, "第二行很长"), (8, "末行")]


def test_a_paragraph_of_30000_characters() -> None:
    case = long_case(fields=Fields(closing=ABSENT))
    reply = replace(case.replies[0], paragraphs=(Paragraph("k" * 8, "测" * 30000, Outcome.DONE),))
    pages = typeset(replace(case, replies=(reply, *case.replies[1:])))
    assert len(pages) == pytest.approx(30000 / 28 / 22, abs=3)
