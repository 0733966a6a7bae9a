"""What a .docx shows: the XML walked, whatever a word processor wrapped around the text."""

from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from db.enums import Form
from desktop.letter.ooxml import W, el, w
from desktop.letter.pages.page import Page, read_docx
from desktop.letter.writer import letter_docx
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.docx_edits import edited, new_paragraph, paragraph, rewritten


def page_of(edit: Callable[[Any], None]) -> Page:
    return read_docx(edited(letter_docx(plain_case(form=Form.RESULT_LIST), TODAY), edit))


def put(xml: str) -> Page:
    """The page with a paragraph of this inner XML before the 称谓."""
    p = etree.fromstring(f'<w:p xmlns:w="{W}">{xml}</w:p>')
    return page_of(lambda root: paragraph(root, "尊敬的").addprevious(p))


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:ins><w:r><w:t>插入的</w:t></w:r></w:ins>", "插入的"),
        ("<w:moveTo><w:r><w:t>移来的</w:t></w:r></w:moveTo>", "移来的"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件里</w:t></w:r></w:sdtContent></w:sdt>", "控件里"),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>不隐藏</w:t></w:r>", "不隐藏"),
        ("<w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "留"),
        ("<w:r><w:t>留</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", "留"),
    ],
)
def test_text_in_every_wrapping(xml: str, text: str) -> None:
    assert text in texts(put(xml))


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<w:ins><w:r><w:t>甲</w:t></w:r></w:ins>", "修订痕迹"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", "隐藏文字1处"),
        ("<w:r><w:commentReference w:id='1'/></w:r>", "批注、脚注1处"),
        ("<w:r><w:footnoteReference w:id='1'/></w:r>", "批注、脚注1处"),
    ],
)
def test_what_is_left_out_is_counted(xml: str, said: str) -> None:
    assert any(said in note for note in (*put(xml).notes, *put(xml).accepted))


def test_rows_and_cells_in_content_controls_are_read() -> None:
    def wrap(root: Any) -> None:
        for tag in ("tr", "tc"):
            for inner in list(root.iter(w(tag)))[3:5]:
                outer = el("sdt", el("sdtContent"))
                inner.getparent().replace(inner, outer)
                outer[0].append(inner)

    assert texts(page_of(wrap)) == texts(page_of(lambda _: None))


def test_a_table_in_a_cell_does_not_confuse_its_neighbours() -> None:
    def nest(root: Any) -> None:
        cell = next(root.iter(w("tc")))
        cell.insert(1, el("tbl", el("tr", el("tc", new_paragraph("里面的表")))))

    page = page_of(nest)
    nested = next(line for line in page.lines if line.text == "里面的表")
    assert nested.cell == (1, 0, 0)  # of one cell, it is a frame and no table
    assert [line.cell for line in page.lines if line.text == "建议1"] == [(1, 0, 1)]


HIDING = (
    "<w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='under'><w:basedOn w:val='h'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='whole'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='shown'><w:basedOn w:val='h'/>"
    "<w:rPr><w:vanish w:val='0'/></w:rPr></w:style>"
)


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        ("<w:r><w:rPr><w:rStyle w:val='h'/></w:rPr><w:t>藏</w:t></w:r>", False),
        ("<w:r><w:rPr><w:rStyle w:val='under'/></w:rPr><w:t>藏</w:t></w:r>", False),
        ("<w:pPr><w:pStyle w:val='whole'/></w:pPr><w:ins><w:r><w:t>藏</w:t></w:r></w:ins>", False),
        ("<w:r><w:rPr><w:rStyle w:val='shown'/></w:rPr><w:t>藏</w:t></w:r>", True),
        ("<w:r><w:rPr><w:rStyle w:val='h'/><w:vanish w:val='0'/></w:rPr><w:t>藏</w:t></w:r>", True),
    ],
)
def test_a_style_hides_as_a_run_does(xml: str, read: bool) -> None:
    def change(name: str, part: bytes) -> bytes:
        if name == "word/styles.xml":
            return part.replace(b"</w:styles>", HIDING.encode() + b"</w:styles>")
        return part

    added = etree.fromstring(f'<w:p xmlns:w="{W}">{xml}</w:p>')
    data = edited(
        letter_docx(plain_case(), TODAY), lambda root: paragraph(root, "尊敬的").addprevious(added)
    )
    page = read_docx(rewritten(data, change))
    assert ("藏" in texts(page)) is read
    assert any("隐藏文字" in note for note in page.notes) is not read


def test_a_row_struck_out_is_not_read() -> None:
    def strike(root: Any) -> None:
        row = next(row for row in root.iter(w("tr")) if "建议1" in "".join(row.itertext()))
        row.insert(0, el("trPr", el("del")))

    page = page_of(strike)
    assert "建议1" not in texts(page)
    assert any("删除1处" in note for note in page.accepted)
