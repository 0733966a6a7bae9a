"""The 办理结果清单 on pages: rows, labels, borders, and what breaks across."""

from dataclasses import replace
from itertools import pairwise
from time import monotonic

import pytest

from db.enums import Form, Head, Outcome
from desktop.letter.blocks import Line, Piece, Role, Row, Sheet, Table
from desktop.letter.layout import load_layout
from desktop.letter.model import ABSENT, Case, Fields, Paragraph, own
from desktop.paper.draw import Page, Placed, Rule
from desktop.paper.typesetter import Typesetter
from tests.cases import plain_case
from tests.desktop.letter.test_paper import with_body
from tests.desktop.paper.typeset import MM, PLAIN, body, bottom, texts, typeset

LEFT, WIDTH = 79.35, 442.2  # of the 版心
EDGES = [LEFT, LEFT + 26, LEFT + 122, LEFT + WIDTH]
LABEL = "办理结果清单"


def listed(*answers: str, closing: bool = True, head: Head = Head.PLAIN) -> Case:
    """A list of one suggestion, short in everything else; `answers` are its 当年完成事项."""
    fields = Fields(
        document_number=ABSENT,
        title=own("答复函"),
        opening=own("答复如下："),
        closing=own("感谢支持。") if closing else ABSENT,
    )
    form = Form.RESULT_LIST
    case = plain_case(suggestions=1, form=form, fields=fields, sealed=False, head=head)
    paragraphs = tuple(
        Paragraph(f"answer{n:02}", text, Outcome.DONE) for n, text in enumerate(answers)
    )
    reply = replace(case.replies[0], paragraphs=paragraphs)
    return replace(case, replies=(reply, *case.replies[1:]))


def across(page: Page) -> list[Rule]:
    """The black horizontal rules of a page, from top to bottom."""
    rules = [rule for rule in page.rules if rule.y0 == rule.y1 and not rule.red]
    return sorted(rules, key=lambda rule: rule.y0)


def down(page: Page) -> list[Rule]:
    """Its vertical rules, from left to right."""
    return sorted((rule for rule in page.rules if rule.x0 == rule.x1), key=lambda rule: rule.x0)


def heights(page: Page) -> list[float]:
    """From border to border."""
    return [round(b.y0 - a.y0, 2) for a, b in pairwise(across(page))]


def in_column(page: Page, number: int) -> list[Placed]:
    """The lines of a page that begin in a column of the table."""
    return [
        placed
        for placed in body(page)
        if placed.line.role in (Role.CELL, Role.CELL_LABEL)
        and EDGES[number] < placed.x < EDGES[number + 1]
    ]


def test_a_row_and_its_borders() -> None:
    (page,) = typeset(listed("测" * 22))
    rules = across(page)
    assert heights(page) == [52.5, 28.5, 28.5, 28.5, 28.5, 52.5]
    assert {rule.width for rule in page.rules} == {0.5}
    verticals = down(page)
    assert [rule.x0 for rule in verticals] == pytest.approx(EDGES)
    first, last = rules[0].y0, rules[-1].y0
    last_row = rules[-2].y0
    assert [(rule.y0, rule.y1) for rule in verticals] == [
        (first, last),
        (first, last_row),
        (first, last_row),
        (first, last),
    ]
    assert rules[0].x0 == pytest.approx(LEFT - 0.25)
    assert rules[1].x0 == pytest.approx(EDGES[1] - 0.25)  # beside the vertical label
    assert rules[-2].x0 == pytest.approx(LEFT - 0.25)  # over the full-width row
    text = next(placed for placed in in_column(page, 2) if placed.line.text == "测" * 22)
    assert text.x == pytest.approx(EDGES[2] + 5.4)
    assert text.y == pytest.approx(rules[1].y0 + 0.25 + 2)


def test_labels_stand_in_the_middle_of_their_rows() -> None:
    (page,) = typeset(listed("测" * 60))
    rules = across(page)
    label = next(p for p in in_column(page, 1) if p.line.text == "当年完成事项")
    assert label.y + 12 == pytest.approx((rules[1].y0 + rules[2].y0) / 2)
    vertical = in_column(page, 0)[: len(LABEL)]
    assert [placed.line.text for placed in vertical] == list(LABEL)
    assert [round(b.y - a.y, 2) for a, b in pairwise(vertical)] == [24] * 5
    assert (vertical[0].y + bottom(vertical[-1])) / 2 == pytest.approx(
        (rules[0].y0 + rules[-2].y0) / 2, abs=0.3
    )


def test_low_rows_make_room_for_the_vertical_label() -> None:
    case = listed("一句。")
    asked = case.proposals[0]
    low = replace(asked, suggestions=(replace(asked.suggestions[0], elaboration=""),))
    (page,) = typeset(replace(case, proposals=(low,)))
    rules = across(page)
    assert heights(page)[:5] == [28.5] * 4 + [34.5]
    assert bottom(in_column(page, 0)[5]) == pytest.approx(rules[5].y0 - 2.25)


@pytest.mark.parametrize("lines", range(7, 40))
def test_a_broken_row_is_closed_on_its_page_and_opened_on_the_next(lines: int) -> None:
    pages = typeset(listed("测" * (22 * lines), head=Head.LETTER))
    printed = [p.line.text for page in pages for p in in_column(page, 2)]
    assert sum(text == "测" * 22 for text in printed) == lines
    labels = "".join(p.line.text for page in pages for p in in_column(page, 0))
    assert labels.startswith(LABEL)
    for page, following in pairwise(pages):
        rules, verticals = across(page), down(page)
        assert verticals[0].y0 == rules[0].y0
        assert verticals[-1].y1 == rules[-1].y0
        last = max(map(bottom, in_column(page, 2)))
        assert last <= rules[-1].y0 - 2.25 + 0.01
        if following.lines[0].line.text.startswith("测"):  # the row is broken
            assert last == pytest.approx(rules[-1].y0 - 2.25)
        assert rules[-1].y0 + 0.25 <= 841.9 - 35 / MM


def test_a_short_row_stays_whole() -> None:
    for lines in range(9, 24):
        pages = typeset(listed("测" * (22 * lines), "末", head=Head.LETTER))
        for page in pages:
            count = texts(page).count("第1条建议的内容。") + texts(page).count(
                "补充说明1：具体的说明。"
            )
            assert count in (0, 2)


def test_a_cell_longer_than_a_page() -> None:
    pages = typeset(listed("测" * 22 * 90))
    assert len(pages) == 5
    whole = [page for page in pages if len(across(page)) == 2]
    assert len(whole) >= 2  # pages with nothing but the cell
    for page in whole:
        assert len(in_column(page, 2)) == 26
        assert not in_column(page, 1)
    label = [p.line.text for page in pages for p in in_column(page, 1)]
    assert label.count("当年完成事项") == 1


def test_a_whole_row_longer_than_a_page_is_broken_all_the_same() -> None:
    many = own("\n".join("口袋公园台账" for _ in range(60)))
    fields = Fields(attachments=many, closing=ABSENT)
    pages = typeset(plain_case(form=Form.RESULT_LIST, fields=fields))
    assert sum("口袋公园台账" in text for page in pages for text in texts(page)) == 60
    assert all(bottom(placed) <= 770 for page in pages for placed in page.lines)


def test_the_signature_under_the_table_has_no_borders() -> None:
    (page,) = typeset(listed("已落实。", closing=False))
    signature = next(p for p in body(page) if p.line.role is Role.SIGNATURE)
    assert signature.y > across(page)[-1].y0
    assert down(page)[-1].y1 == across(page)[-1].y0
    assert signature.y == pytest.approx(across(page)[-1].y0 + 0.25 + 2 + 28.95)


def test_the_last_row_goes_with_the_signature() -> None:
    for lines in range(40):
        pages = typeset(with_body(Form.RESULT_LIST, lines, closing=False, copies=False))
        roles = [placed.line.role for placed in pages[-1].lines]
        assert Role.CELL in roles[: roles.index(Role.SIGNATURE)]


def test_nothing_is_printed_twice_or_lost() -> None:
    for lines in range(0, 60, 7):
        case = with_body(Form.RESULT_LIST, lines, closing=True, copies=True)
        pages = typeset(case)
        marked = [text for page in pages for text in texts(page)]
        assert sum(text.count("测") for text in marked) == len(case.replies[0].paragraphs[0].text)
        assert "".join(marked).count("不能采纳原因") == 1


def test_10000_rows() -> None:
    label = Line(Role.CELL_LABEL, (Piece("当年完成事项"),))
    texts = [Piece(f"第{n}项已经落实。", f"key{n}") for n in range(10000)]
    rows = tuple(Row(label, (Line(Role.CELL, (text,)),)) for text in texts)
    table = Table(Line(Role.CELL_LABEL, (Piece(LABEL),)), rows, ())
    started = monotonic()
    pages = Typesetter(PLAIN).pages(Sheet("", None, (table,), None), load_layout("nominal"))
    assert monotonic() - started < 30
    assert sum(len(in_column(page, 2)) for page in pages) == 10000
    assert all(len(across(page)) == 23 for page in pages[1:-1])
