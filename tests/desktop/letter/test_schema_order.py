"""Word is strict about the order of properties; LibreOffice, which we can test with, is not.

The sequences are those of ECMA-376 (wml.xsd), as far as our documents use them.
"""

from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest
from lxml import etree

from db.enums import Form, Head
from desktop.letter.compose import compose
from desktop.letter.model import Fields, own
from desktop.letter.ooxml import w
from desktop.letter.pages.package import open_package
from desktop.letter.sheet import lay_out
from desktop.letter.writer import letter_docx, sheet_docx
from desktop.services.redlining import redlined
from tests.cases import FORMS, HEADS, WORDINGS, hard_case
from tests.conftest import TODAY

SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "kinsoku wordWrap overflowPunct autoSpaceDE autoSpaceDN adjustRightInd snapToGrid spacing ind "
    "jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "ins del rStyle rFonts b bCs i vanish color spacing w kern position sz szCs highlight u "
    "lang",
    "tblPr": "tblStyle tblpPr tblOverlap tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
    "tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "trPr": "cantSplit trHeight tblHeader jc ins del",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcMar": "top left bottom right",
    "tc": "tcPr p",
    "tr": "trPr tc",
    "sectPr": "headerReference footerReference pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn next link qFormat pPr rPr tblPr",
    "settings": "bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop "
    "evenAndOddHeaders drawingGridVerticalSpacing characterSpacingControl compat themeFontLang",
    "compat": "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace "
    "doNotExpandShiftReturn adjustLineHeightInTable useFELayout compatSetting",
    "font": "altName charset family",
}


@pytest.mark.parametrize(("form", "wording", "head"), list(product(FORMS, WORDINGS, HEADS)))
def test_every_property_stands_where_the_schema_wants_it(
    form: Form, wording: str, head: Head
) -> None:
    case = hard_case(form=form, wording=wording, head=head)
    check(letter_docx(case, TODAY), {"pPr", "rPr", "sectPr", "style", "settings"})


@pytest.mark.parametrize(("form", "more"), list(product(FORMS, (False, True))))
def test_so_does_what_a_redline_adds(form: Form, more: bool) -> None:
    case, other = hard_case(form=form), hard_case(form=form)
    office = replace(case.office, region_word="全区", full_name="某某市某某区更新局")
    fewer = replace(case, replies=case.replies[2:], fields=Fields(copies=own("区政府")))
    fewer = replace(fewer, office=office)
    before, after = (fewer, other) if more else (other, fewer)
    sheet = redlined(*(lay_out(compose(one, TODAY)) for one in (before, after)))
    data = sheet_docx(sheet, after, revised_at=datetime(2025, 11, 21))
    check(data, {"pPr", "rPr", "trPr"} if form is Form.RESULT_LIST else {"pPr", "rPr"})
    for change in open_package(data).main.iter(w("ins"), w("del")):
        inside = {etree.QName(element).localname for element in change.iterdescendants()}
        if etree.QName(change.getparent()).localname == "p":
            said = "t" if change.tag == w("ins") else "delText"
            assert inside <= {"r", "rPr", "rFonts", said, "br", "bookmarkEnd"}
        else:
            assert change.getparent().tag in (w("rPr"), w("trPr"))
            assert not inside


def check(data: bytes, wanted: set[str]) -> None:
    package = open_package(data)
    seen = set()
    for name in package.names():
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        for element in package.xml(name).iter():
            tag = etree.QName(element).localname
            if tag not in SEQUENCES:
                continue
            seen.add(tag)
            order = SEQUENCES[tag].split()
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), f"{name}: {etree.tostring(element)[:300]!r}"
            assert tag in ("sectPr", "tc", "tr", "compat") or len(set(places)) == len(places)
    assert wanted <= seen


def test_bookmarks_are_unique_and_paired() -> None:
    root = open_package(letter_docx(hard_case(), TODAY)).main
    starts = [(e.get(w("id")), e.get(w("name"))) for e in root.iter(w("bookmarkStart"))]
    ends = [e.get(w("id")) for e in root.iter(w("bookmarkEnd"))]
    assert len({name for _, name in starts}) == len(starts) == len(set(ends))
    assert [number for number, _ in starts] == ends
    assert all(len(name) <= 40 for _, name in starts)
    properties = open_package(letter_docx(hard_case(), TODAY)).xml("docProps/custom.xml")
    assert all(len("".join(item.itertext())) <= 255 for item in properties)
