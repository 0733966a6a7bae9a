"""The numbers Word writes by itself are read as they are seen."""

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from lxml import etree

from desktop.letter.ooxml import W
from desktop.letter.pages.page import read_docx
from desktop.letter.proposal.document_kind import DocumentKind
from desktop.letter.proposal.proposal_reader import read_proposal
from tests.docx_edits import rewritten

LEVELS = {
    "chineseCounting": "%1、",
    "decimal": "%2.",
    "decimalEnclosedCircle": "%3",
}


def numbered(document: Any, text: str, level: int, number: int = 77) -> None:
    """A paragraph that belongs to list `number`."""
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr xmlns:w="{W}"><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        )
    )


def define(document: Any, levels: dict[str, str], number: int = 77, extra: str = "") -> None:
    """List `number`, of these number formats and texts."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels.items())
    )
    head = f'xmlns:w="{W}" w:abstractNumId="{number}"'
    root.insert(0, parse_xml(f"<w:abstractNum {head}>{inner}</w:abstractNum>"))
    root.append(
        parse_xml(
            f'<w:num xmlns:w="{W}" w:numId="{number}">'
            f'<w:abstractNumId w:val="{number}"/>{extra}</w:num>'
        )
    )


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def texts(document: Any) -> list[str]:
    return [line.text for line in read_docx(saved(document)).lines]


def test_levels_count_each_for_itself_and_start_anew() -> None:
    document = Document()
    define(document, LEVELS)
    for text, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1)):
        numbered(document, text, level)
        document.add_paragraph("不编号")
    assert texts(document)[::2] == ["一、甲", "1.乙", "2.丙", "①丁", "二、戊", "1.己"]
    assert set(texts(document)[1::2]) == {"不编号"}


@pytest.mark.parametrize(
    ("form", "text", "wanted"),
    [
        ("chineseCountingThousand", "（%1）", ["（一）甲", "（二）乙"]),
        ("decimalEnclosedParen", "%1", ["（1）甲", "（2）乙"]),
        ("upperLetter", "%1.", ["A.甲", "B.乙"]),
        ("ideographTraditional", "%1、", ["甲、甲", "乙、乙"]),
        ("unheardOf", "第%1条 ", ["第1条 甲", "第2条 乙"]),
        ("bullet", "●", ["甲", "乙"]),
        ("none", "", ["甲", "乙"]),
    ],
)
def test_formats(form: str, text: str, wanted: list[str]) -> None:
    document = Document()
    define(document, {form: text})
    numbered(document, "甲", 0)
    numbered(document, "乙", 0)
    assert texts(document) == wanted


def test_another_start_counts_for_itself() -> None:
    document = Document()
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    define(document, {"decimal": "%1."}, 77)
    define(document, {"decimal": "%1."}, 78, override)
    for text, number in (("甲", 77), ("乙", 78), ("丙", 77), ("丁", 78)):
        numbered(document, text, 0, number)
    assert texts(document) == ["1.甲", "5.乙", "2.丙", "6.丁"]


def test_a_style_numbers_and_a_paragraph_may_refuse() -> None:
    document = Document()
    for text in ("甲", "乙", "丙"):
        document.add_paragraph(text, style="List Number")
    properties = document.paragraphs[1]._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr xmlns:w="{W}"><w:numId w:val="0"/></w:numPr>'))
    assert texts(document) == ["1.甲", "乙", "2.丙"]


@pytest.mark.parametrize("part", [b"<broken", b"<w:numbering xmlns:w='x'/>", None])
def test_a_broken_part_numbers_nothing(part: bytes | None) -> None:
    document = Document()
    define(document, LEVELS)
    numbered(document, "甲", 0)
    data = rewritten(saved(document), lambda n, p: part if n == "word/numbering.xml" else p)
    assert [line.text for line in read_docx(data).lines] == ["甲"]


def test_odd_values_do_no_harm() -> None:
    document = Document()
    define(document, LEVELS)
    for level in (0, 8, 99):
        numbered(document, "甲", level)
    numbered(document, "乙", 0, 4242)
    element = document.part.numbering_part.element
    start = element.find(f"{{{W}}}abstractNum/{{{W}}}lvl/{{{W}}}start")
    start.set(f"{{{W}}}val", "9" * 40)
    assert texts(document) == ["一、甲", "甲", "甲", "乙"]
    assert etree.tostring(element)


def test_a_proposal_with_headings_and_automatic_numbers() -> None:
    document = Document()
    define(document, {"chineseCountingThousand": "（%1）", "decimal": "%2."})
    document.add_heading("关于推进乡村客运一体化的提案", 0)
    document.add_paragraph("提案人：穆清扬")
    document.add_heading("一、存在问题", 1)
    document.add_paragraph("部分村屯班车每天只有一班。")
    document.add_heading("二、意见建议", 1)
    numbered(document, "增开班次", 0)
    numbered(document, "赶集日增开；", 1)
    numbered(document, "放学时段增开。", 1)
    numbered(document, "推行预约响应式公交", 0)
    document.add_paragraph("2025年2月1日")
    reading = read_proposal(read_docx(saved(document)))
    assert [(c.label, c.text, c.elaboration) for c in reading.cards()] == [
        ("一", "增开班次", "1.赶集日增开；\n2.放学时段增开。"),
        ("二", "推行预约响应式公交", ""),
    ]


def test_a_proposal_in_a_table() -> None:
    document = Document()
    rows = [
        ("提案编号", "0312", "届次", "区政协九届一次会议"),
        ("案由", "关于优化早餐网点布局的提案", "类别", "商贸"),
        ("提案人", "穆清扬", "联系电话", "略"),
        ("联名人", "何静", "周明远", ""),
    ]
    table = document.add_table(rows=len(rows) + 2, cols=4)
    for cells, words in zip(table.rows, rows, strict=False):
        for cell, text in zip(cells.cells, words, strict=True):
            cell.text = text
    table.cell(4, 0).text = "提案内容"
    inside = table.cell(4, 1).merge(table.cell(4, 3))
    inside.text = "网点少。\n一、原因\n租金高。\n二、对策建议\n1.盘活临街用房。\n2.发放早餐车许可。"
    table.cell(5, 0).text = "审查意见"
    table.cell(5, 1).text = "立案，由区商务局主办"
    reading = read_proposal(read_docx(saved(document)))
    assert reading.verdict.kind is DocumentKind.PROPOSAL
    proposal = reading.proposal("k")
    assert (proposal.proposal_number, proposal.session) == ("0312", "区政协九届一次会议")
    assert proposal.subject == "关于优化早餐网点布局的提案"
    assert [p.name for p in proposal.proposers] == ["穆清扬", "何静", "周明远"]
    assert [(s.label, s.text) for s in proposal.suggestions] == [
        ("1", "盘活临街用房。"),
        ("2", "发放早餐车许可。"),
    ]
