"""The XML that Word, WPS and LibreOffice write around words: marks, joined paragraphs, boxes."""

from typing import Any

import pytest
from lxml import etree

from desktop.letter.homecoming.returned import Mark, Trace
from desktop.letter.ooxml import W, el
from desktop.letter.pages.page import Page, read_docx
from desktop.letter.pages.page_lines import PageLine
from desktop.letter.writer import letter_docx
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.docx_edits import edited, new_paragraph, paragraph, rewritten

WHO = 'w:id="7" w:author="区财政局　王科长" w:date="2025-09-03T10:20:00Z"'
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wpsCustomData="http://www.wps.cn/officeDocument/'
    '2013/wpsCustomData" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
FIRST = "头一段。"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def struck(text: str) -> str:
    return f"<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def inserted(text: str) -> str:
    return f"<w:ins {WHO}>{run(text)}</w:ins>"


def end(kind: str) -> str:
    """The properties of a paragraph whose end was inserted or struck out."""
    return f"<w:pPr><w:rPr><w:{kind} {WHO}/></w:rPr></w:pPr>"


def mark(kind: Trace, start: int, after: int, text: str) -> Mark:
    return Mark(kind, start, after, text, "区财政局 王科长", "2025-09-03T10:20:00Z")


def put(*inner: str) -> Page:
    """The page with paragraphs of this inner XML in front of the 称谓."""
    made = etree.fromstring(f"<r {NAMESPACES}>{''.join(f'<w:p>{xml}</w:p>' for xml in inner)}</r>")

    def edit(root: Any) -> None:
        for p in list(made):
            paragraph(root, "尊敬的").addprevious(p)

    return read_docx(edited(letter_docx(plain_case(), TODAY), edit))


def lines(*inner: str) -> list[PageLine]:
    """The lines between the title and the 称谓."""
    page = put(run(FIRST), *inner, run("末一段。"))
    texts = [line.text for line in page.lines]
    return list(page.lines[texts.index(FIRST) + 1 : texts.index("末一段。")])


def line(xml: str) -> PageLine:
    (one,) = lines(xml)
    return one


GONE, COME = Trace.DELETED, Trace.INSERTED
MOVE = f'<w:moveFromRangeStart {WHO} w:name="move1"/>'
MARKED = {
    "inserted": (run("甲乙") + inserted("丙") + run("丁"), "甲乙丙丁", [mark(COME, 2, 3, "丙")]),
    "struck out": (run("甲") + struck("乙") + run("丙"), "甲丙", [mark(GONE, 1, 1, "乙")]),
    "typed over": (
        run("投入") + struck("三百") + inserted("四百万") + run("元"),
        "投入四百万元",
        [mark(GONE, 2, 2, "三百"), mark(COME, 2, 5, "四百万")],
    ),
    "in pieces, as Word saves them": (
        run("甲") + inserted("乙") + inserted("丙") + struck("丁") + struck("戊"),
        "甲乙丙",
        [mark(COME, 1, 3, "乙丙"), mark(GONE, 3, 3, "丁戊")],
    ),
    "typed and struck out again": (
        f"{run('甲')}<w:ins {WHO}>{struck('乙')}</w:ins>",
        "甲",
        [],
    ),
    "struck out with plain w:t": (
        run("甲") + f"<w:del {WHO}>{run('乙')}</w:del>",
        "甲",
        [mark(GONE, 1, 1, "乙")],
    ),
    "moved away": (
        f"{MOVE}<w:moveFrom {WHO}>{run('乙')}</w:moveFrom>"
        f"<w:moveFromRangeEnd w:id='7'/>{run('甲')}",
        "甲",
        [mark(Trace.MOVED_AWAY, 0, 0, "乙")],
    ),
    "moved here": (
        f"<w:moveTo {WHO}>{run('乙')}</w:moveTo>{run('甲')}",
        "乙甲",
        [mark(Trace.MOVED_HERE, 0, 1, "乙")],
    ),
    "only formatted": (
        f"<w:pPr><w:pPrChange {WHO}><w:pPr><w:jc w:val='left'/></w:pPr></w:pPrChange></w:pPr>"
        f"<w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>",
        "甲",
        [],
    ),
    "a tab and a sign": (
        f"<w:ins {WHO}><w:r><w:tab/><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:ins>"
        f"{run('甲')}",
        "\t☑甲",
        [mark(COME, 0, 2, "\t☑")],
    ),
    "characters nobody sees": (
        run("甲\u200b\ufeff") + inserted("乙\u200e"),
        "甲乙",
        [mark(COME, 1, 2, "乙")],
    ),
    "by nobody, at no time": (
        f"<w:ins w:id='1' w:author='' w:date='0000-00-00T00:00:00Z'>{run('甲')}</w:ins>",
        "甲",
        [Mark(COME, 0, 1, "甲")],
    ),
}


@pytest.mark.parametrize("shape", MARKED)
def test_a_line_knows_who_changed_what(shape: str) -> None:
    xml, text, marks = MARKED[shape]
    found = line(xml)
    assert (found.text, list(found.marks)) == (text, marks)


def test_a_tracked_end_of_a_paragraph_cuts_it_in_two() -> None:
    first, second = lines(end("ins") + run("前半，"), run("后半。"))
    assert (first.text, second.text) == ("前半，", "后半。")
    assert first.marks == (mark(COME, 3, 3, "\n"),)
    assert second.marks == ()


def test_a_struck_out_end_joins_two_paragraphs() -> None:
    joined = line(f"{end('del')}{run('前半，')}</w:p><w:p>{run('后半。')}")
    assert (joined.text, joined.marks) == ("前半，后半。", (mark(GONE, 3, 3, "\n"),))


@pytest.mark.parametrize("kind", ["del", "moveFrom"])
def test_a_paragraph_struck_out_whole_leaves_no_line(kind: str) -> None:
    words = f"<w:{kind} {WHO}><w:r><w:delText>删去的一段。</w:delText></w:r></w:{kind}>"
    left = line(f"{end(kind)}{words}</w:p><w:p>{run('留下的。')}")
    trace = GONE if kind == "del" else Trace.MOVED_AWAY
    assert (left.text, left.marks) == ("留下的。", (mark(trace, 0, 0, "删去的一段。\n"),))


def test_the_number_of_a_struck_out_paragraph_is_not_seen() -> None:
    joined = line(
        f"{end('del')}{struck('甲')}</w:p><w:p>{end('del')}{struck('乙')}</w:p><w:p>{run('丙')}"
    )
    assert joined.text == "丙"
    assert joined.marks == (mark(GONE, 0, 0, "甲\n乙\n"),)


def test_line_breaks_divide_the_marks_too() -> None:
    first, second = lines(
        f"{run('甲')}{inserted('乙')}<w:r><w:br/></w:r>{inserted('丙')}{run('丁')}"
    )
    assert (first.text, first.marks) == ("甲乙", (mark(COME, 1, 2, "乙"),))
    assert (second.text, second.marks) == ("丙丁", (mark(COME, 0, 1, "丙"),))


def table(*rows: str) -> Page:
    xml = "".join(rows)
    made = etree.fromstring(f"<w:tbl {NAMESPACES}><w:tblPr/><w:tblGrid/>{xml}</w:tbl>")
    return read_docx(
        edited(
            letter_docx(plain_case(), TODAY),
            lambda root: paragraph(root, "尊敬的").addprevious(made),
        )
    )


def cell(*texts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(f'<w:p>{t}</w:p>' for t in texts)}</w:tc>"


def test_rows_and_cells_struck_out_leave_their_words_in_the_marks() -> None:
    page = table(
        f"<w:tr><w:trPr><w:ins {WHO}/></w:trPr>{cell(inserted('新的一行'))}</w:tr>",
        f"<w:tr><w:trPr><w:del {WHO}/></w:trPr>{cell(struck('删的一行'))}</w:tr>",
        f"<w:tr>{cell(run('删的一格'), properties=f'<w:cellDel {WHO}/>')}"
        f"{cell(run('旁边'))}</w:tr>",
    )
    texts = [one.text for one in page.lines if one.cell and one.text]
    assert texts == ["新的一行", "旁边"]
    gone = "".join(m.text for one in page.lines for m in one.marks if m.kind is GONE)
    assert gone == "删的一行\n删的一格\n"


def test_the_last_paragraph_of_a_cell_keeps_its_end() -> None:
    page = table(f"<w:tr>{cell(end('del') + run('甲'))}{cell(run('乙'))}</w:tr>")
    assert [(one.text, one.cell) for one in page.lines if one.cell] == [
        ("甲", (1, 0, 0)),
        ("乙", (1, 0, 1)),
    ]


RESTART = "<w:vMerge w:val='restart'/>"


def test_a_merged_cells_hidden_words_are_named() -> None:
    page = table(
        f"<w:tr>{cell(run('上'), properties=RESTART)}{cell(run('旁'))}</w:tr>",
        f"<w:tr>{cell(run('盖住的'), properties='<w:vMerge/>')}{cell(run('下'))}</w:tr>",
    )
    assert [one.text for one in page.lines if one.cell] == ["上", "旁", "下"]
    assert ("被合并的单元格", "盖住的") in page.elsewhere


BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
CHOICE = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
FALLBACK = f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"


@pytest.mark.parametrize(
    "inside", [(CHOICE, FALLBACK), (FALLBACK,), (CHOICE.replace("{}", "<w:r/>"), FALLBACK)]
)
def test_a_text_box_is_read_once_and_is_no_part_of_its_paragraph(inside: tuple[str, ...]) -> None:
    drawing = "".join(part.replace("{}", run("框里的话")) for part in inside)
    box, around = lines(
        f"{run('前')}<w:r><mc:AlternateContent>{drawing}</mc:AlternateContent></w:r>{run('后')}"
    )
    assert (box.text, box.boxed) == ("框里的话", True)
    assert (around.text, around.boxed) == ("前后", False)


PROPERTIES = "<w:rPr><w:rFonts w:hint='eastAsia'/><w:lang w:eastAsia='zh-CN'/></w:rPr>"
WRAPPED = {
    "rsid": "<w:r w:rsidR='00A1'><w:t>会同</w:t></w:r><w:proofErr w:type='spellStart'/>"
    "<w:r w:rsidRPr='00B2'><w:t xml:space='preserve'>财政局</w:t></w:r>",
    "sdt": "<w:sdt><w:sdtPr><w:alias w:val='不是文字'/></w:sdtPr>"
    f"<w:sdtContent>{run('会同财政局')}</w:sdtContent></w:sdt>",
    "smartTag": f"{run('会同')}<w:smartTag w:element='place'>"
    f"<w:smartTagPr/>{run('财政局')}</w:smartTag>",
    "customXml": f"<w:customXml w:element='x'><w:customXmlPr/>{run('会同财政局')}</w:customXml>",
    "hyperlink": f"{run('会同')}<w:hyperlink w:anchor='x'>{run('财政局')}</w:hyperlink>",
    "fldSimple": f"{run('会同')}<w:fldSimple w:instr=' REF x '>{run('财政局')}</w:fldSimple>",
    "field": f"{run('会同')}<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
    "<w:r><w:instrText> REF x </w:instrText></w:r>"
    f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('财政局')}",
    "soft hyphen": "<w:r><w:t>会同</w:t><w:softHyphen/><w:lastRenderedPageBreak/>"
    "<w:t>财政局</w:t></w:r>",
    "WPS": f"<w:pPr>{PROPERTIES}</w:pPr><w:bookmarkStart w:id='0' w:name='_GoBack'/>"
    "<w:bookmarkStart w:id='1' w:name='OLE_LINK1'/><w:bookmarkEnd w:id='0'/>"
    f"<w:r wpsCustomData:x='1'>{PROPERTIES}<w:t>会同财政局</w:t></w:r><w:bookmarkEnd w:id='1'/>",
    "emoji": "<w:r><w:t>会同</w:t><mc:AlternateContent><mc:Choice Requires='w16se'><w:sym/>"
    "</mc:Choice><mc:Fallback><w:t>财政局</w:t></mc:Fallback></mc:AlternateContent></w:r>",
    "direction": f"<w:bdo w:val='ltr'><w:dir w:val='ltr'>{run('会同财政局')}</w:dir></w:bdo>",
}


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_words_in_every_wrapping_are_read_once(wrapping: str) -> None:
    assert line(WRAPPED[wrapping]) == PageLine("会同财政局")


@pytest.mark.parametrize(
    ("font", "code", "seen"),
    [
        ("Wingdings 2", "0052", "☑"),
        ("Wingdings 2", "F0A3", "☐"),
        ("Wingdings", "F0FC", "✓"),
        ("Symbol", "F0B7", "\uf0b7"),
        ("宋体", "2460", "①"),
        ("Wingdings", "XYZ", ""),
    ],
)
def test_signs_are_seen_as_their_font_shows_them(font: str, code: str, seen: str) -> None:
    assert line(f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>").text == seen


def test_another_document_inside_is_named() -> None:
    page = put("<w:r/></w:p><w:altChunk/><w:p>" + run("甲"))
    assert any("另外的文档1份" in note for note in page.notes)


FOOT = (
    "<w:footnote w:id='1' w:type='separator'><w:p/></w:footnote>"
    f"<w:footnote w:id='2'><w:p>{run('据统计局')}{struck('旧')}{inserted('年报')}</w:p>"
    "</w:footnote>"
    f"<w:footnote w:id='3'><w:p>{run('删去的注')}</w:p></w:footnote>"
)


def with_part(data: bytes, name: str, xml: str) -> bytes:
    """The .docx with one part more; who reads it asks for it by its name."""
    import io
    import zipfile

    stream = io.BytesIO(rewritten(data, lambda _, part: part))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, f"<r {NAMESPACES}>{xml}</r>")
    return stream.getvalue()


def test_a_footnote_knows_the_line_of_its_sign() -> None:
    def edit(root: Any) -> None:
        p = paragraph(root, "我区正按")
        p.append(el("r", el("footnoteReference", id=2)))
        p.append(el("del", el("r", el("footnoteReference", id=3))))

    data = with_part(edited(letter_docx(plain_case(), TODAY), edit), "word/footnotes.xml", FOOT)
    page = read_docx(data)
    (foot,) = [aside for aside in page.asides if aside.where == "脚注"]
    assert foot.text == "据统计局年报"
    assert page.lines[foot.line].text.startswith("我区正按")


def test_words_outside_every_paragraph_are_not_lost() -> None:
    stray = new_paragraph("游离的字")[0]
    page = read_docx(
        edited(letter_docx(plain_case(), TODAY), lambda root: root[0].insert(0, stray))
    )
    assert "游离的字" in [one.text for one in page.lines]


def test_the_strict_namespace_reads_the_same() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = letter_docx(plain_case(), TODAY)
    other = rewritten(
        data,
        lambda name, part: (
            part.replace(W.encode(), strict) if name == "word/document.xml" else part
        ),
    )
    assert read_docx(other).lines == read_docx(data).lines


def test_a_bookmark_without_an_end_is_its_paragraphs() -> None:
    """LibreOffice writes a start twice and an end once; who drops one may drop the wrong one."""
    start = '<w:bookmarkStart w:id="80" w:name="fh_closing"/>'
    first, second, third = lines(start + run("甲。"), run("乙。"), run("丙。"))
    assert (first.anchors, second.anchors, third.anchors) == (("closing",), (), ())
    end = '<w:bookmarkEnd w:id="80"/>'
    first, second, third = lines(start + run("甲。"), run("乙。") + end, run("丙。"))
    assert (first.anchors, second.anchors, third.anchors) == (("closing",), ("closing",), ())
