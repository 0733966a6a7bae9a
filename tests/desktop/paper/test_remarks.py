"""排版提示: what a careful typist sees, and nothing else."""

import pytest

from desktop.letter.blocks import Role
from desktop.paper import remarks as told
from desktop.paper.draw import Page, Placed, Span
from desktop.paper.remarks import Remark, remarks
from tests.desktop.paper.test_places import EM, placed


def body(row: int = 5) -> Placed:
    """A full line of the body."""
    return placed("正文的字" * 7, Span(0, 28, "p1", 0), row=row)


def title(*lines: str) -> Page:
    """A page with a title and body text."""
    set_lines = [
        placed(text, Span(0, len(text), "title", 0), role=Role.TITLE, row=n, x=300 - len(text) * 8)
        for n, text in enumerate(lines)
    ]
    return Page(1, (*set_lines, body(row=9)))


@pytest.mark.parametrize("text", ["字", "字。", "字）。", "案”。"])
def test_a_lonely_character_is_told(text: str) -> None:
    last = placed(text, Span(0, len(text), "p1", 28), row=6)
    assert remarks((Page(1, (body(), last)),)) == (Remark(1, 1, told.LONELY),)


def test_a_lonely_character_on_the_next_page_is_told() -> None:
    last = placed("字。", Span(0, 2, "p1", 28))
    found = remarks((Page(1, (body(),)), Page(2, (last,))))
    assert found == (Remark(2, 0, told.LONELY),)


@pytest.mark.parametrize(
    "line",
    [
        placed("两字。", Span(0, 3, "p1", 28), row=6),
        placed("略。", Span(0, 2, "p2", 0), row=6, indent=2 * EM),  # a paragraph of its own
        placed("略。", Span(0, 2, "p1", 28), row=6, indent=2 * EM),  # of a field of several
        placed("项", role=Role.CELL_LABEL, row=6),
        placed("函", Span(0, 1, "title", 20), role=Role.TITLE, row=0),
        placed("5。", Span(0, 2, "p1", 28), row=6),
        placed("。", Span(0, 1, "p1", 28), row=6),
    ],
)
def test_what_is_not_lonely(line: Placed) -> None:
    found = remarks((Page(1, (body(), line)),))
    assert told.LONELY not in [remark.sentence for remark in found]


@pytest.mark.parametrize(
    ("lines", "sentence", "number"),
    [
        (("某某区城市更新局关于区政协", "第2025118号", "关于口袋公园提案的答复"), told.HOLLOW, 1),
        (("某某区城市更新局关于区政协会议", "提案的函"), "", 0),
        (("某某区城市更新局关于区政协会议", "答复"), told.SHORT_END, 1),
        (("某" * 21,), told.TOO_LONG, 0),
        (("某某区关于《口袋公园", "管护办法》的答复函件"), told.TORN_NAME, 0),
        (("短的一行字", "比较长的中间的一行字", "又短的一行"), "", 0),  # 菱形
        (("最长的第一行字在这里摆着", "短一些的第二行字", "再短的末行"), "", 0),  # 梯形
        (("短短的一行", "长一些的第二行字", "最长的末行字在这里摆着"), "", 0),
    ],
)
def test_the_shape_of_a_title(lines: tuple[str, ...], sentence: str, number: int) -> None:
    found = remarks((title(*lines),))
    assert found == ((Remark(1, number, sentence),) if sentence else ())


def test_a_foot_without_text_on_its_page_is_told() -> None:
    signature = placed("某某局", Span(0, 3, "signature", 0), role=Role.SIGNATURE, row=2)
    dated = placed("2025年9月5日", Span(0, 9, "date", 0), role=Role.DATE, row=3)
    foot = (signature, dated, placed("— 2 —", role=None, row=20))
    alone = (Page(1, (body(),)), Page(2, foot))
    assert remarks(alone) == (Remark(2, 0, told.FOOT_ALONE),)
    together = (Page(1, (body(),)), Page(2, (body(row=0), *foot)))
    assert remarks(together) == ()


def test_a_first_page_without_text_is_told() -> None:
    names = placed("甲委员：", Span(0, 4, "salutation", 0), role=Role.SALUTATION)
    pages = (Page(1, (names,)), Page(2, (body(),)))
    assert remarks(pages) == (Remark(1, 0, told.NO_TEXT_FIRST),)
    assert remarks((Page(1, (names, body())), Page(2, (body(),)))) == ()
    assert remarks(()) == ()
