"""A .docx before it is believed: what it holds besides text is counted, what it hides refused."""

import io
import re
import zipfile

import pytest

from desktop.errors import InputError
from desktop.letter.ooxml import W
from desktop.letter.pages.package import open_package
from desktop.letter.pages.page import read_docx
from desktop.letter.writer import letter_docx
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.docx_edits import DOCUMENT, rewritten

LETTER = letter_docx(plain_case(), TODAY)
RELATIONS = "word/_rels/document.xml.rels"


def holding(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO(LETTER)
    with zipfile.ZipFile(stream, "a") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def body(xml: str) -> bytes:
    """The letter with this before its first paragraph."""

    def change(name: str, part: bytes) -> bytes:
        if name != DOCUMENT:
            return part
        begin = re.search(rb"<w:body[^>]*>", part)
        assert begin
        return part[: begin.end()] + xml.encode() + part[begin.end() :]

    return rewritten(LETTER, change)


def related(target: str, kind: str) -> bytes:
    relation = (
        f'<Relationship Id="x9" TargetMode="External" Type="urn:x/{kind}" Target="{target}"/>'
    )

    def change(name: str, part: bytes) -> bytes:
        end = b"</Relationships>"
        return part.replace(end, relation.encode() + end) if name == RELATIONS else part

    return rewritten(LETTER, change)


def instruction(*parts: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    return f"<w:p>{runs}</w:p>"


HELD = [
    (holding({"word/vbaProject.bin": b"x"}), "宏1处"),
    (holding({"word/media/image1.png": b"x", "word/media/image2.emf": b"x"}), "图片2幅"),
    (holding({"word/embeddings/oleObject1.bin": b"x"}), "内嵌对象1个"),
    (holding({"word/activeX/activeX1.bin": b"x", "word/activeX/activeX1.xml": b"x"}), "对象1个"),
    (related("http://nowhere.invalid/a.dotm", "attachedTemplate"), "外部引用1处"),
    (body(instruction("DDEAUTO c:\\x")), "外部数据域1处"),
    (body(instruction(" DD", "E c:\\x")), "外部数据域1处"),
    (body('<w:p><w:fldSimple w:instr="INCLUDEPICTURE x"/></w:p>'), "外部数据域1处"),
]


@pytest.mark.parametrize(("data", "said"), HELD)
def test_what_is_no_text_is_counted(data: bytes, said: str) -> None:
    page = read_docx(data)
    assert [note for note in page.notes if said in note and "没有运行或联网" in note]
    assert page.lines[-1] == read_docx(LETTER).lines[-1]


@pytest.mark.parametrize(
    "data",
    [LETTER, related("http://nowhere.invalid/", "hyperlink"), body(instruction("PAGE"))],
)
def test_a_plain_letter_is_not_remarked_on(data: bytes) -> None:
    assert read_docx(data).notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_a_declaration_is_found_in_every_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "甲">]>'
    if encoding == "cp037":
        text = text.replace("甲", "a")
    text += f'<w:document xmlns:w="{W}"><w:body/></w:document>'
    data = rewritten(LETTER, lambda n, p: text.encode(encoding) if n == DOCUMENT else p)
    with pytest.raises(InputError, match=r"DTD|损坏"):
        open_package(data)


@pytest.mark.parametrize("depth", [60, 300, 10_000])
def test_tables_in_tables_are_read_or_refused(depth: int) -> None:
    begin, end = "<w:tbl><w:tr><w:tc>" * depth, "</w:tc></w:tr></w:tbl>" * depth
    data = body(f"{begin}<w:p><w:r><w:t>最里面</w:t></w:r></w:p>{end}")
    if depth == 60:
        assert read_docx(data).lines[0].text == "最里面"
    else:
        with pytest.raises(InputError, match="内部结构异常"):
            read_docx(data)
