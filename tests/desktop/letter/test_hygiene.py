"""Export hygiene: what a Word file says of its maker beside the letter is the office, no more."""

import getpass
import io
import re
import socket
import zipfile
from itertools import product
from pathlib import Path

import pytest
from lxml import etree

from db.enums import Form, Head
from desktop.letter.model import Case
from desktop.letter.writer import letter_docx
from desktop.paths import RESOURCES
from tests.cases import FORMS, HEADS, OFFICE, plain_case
from tests.conftest import TODAY

PARTS = {
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
    "word/footer3.xml",
    "word/header1.xml",
    "word/settings.xml",
    "word/styles.xml",
}
CARRIERS = {"docProps/custom.xml", "customXml/item1.xml"}
TELLING = re.compile(
    r"rsid|ins|del|moveFrom|moveTo|\w+Change|comment\w*|proofErr|printerSettings|docVars?|hyperlink"
    r"|attachedTemplate|mailMerge|lastModifiedBy|lastPrinted|revision|created|modified|Company"
    r"|Manager|TotalTime|vanish"
)
VARIANTS = list(product(FORMS, HEADS, (False, True)))


def parts(form: Form, head: Head, *, final: bool) -> dict[str, bytes]:
    case: Case = plain_case(form=form, head=head)
    with zipfile.ZipFile(io.BytesIO(letter_docx(case, TODAY, final=final))) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert not entry.extra
            assert not entry.comment
        assert not archive.comment
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("form", "head", "final"), VARIANTS)
def test_only_the_parts_a_letter_needs(form: Form, head: Head, final: bool) -> None:
    """No thumbnail, comments, printer settings, app.xml; the carriers in the working copy only."""
    assert parts(form, head, final=final).keys() - PARTS <= (set() if final else CARRIERS)


@pytest.mark.parametrize(("form", "head", "final"), VARIANTS)
def test_no_trace_of_who_and_when(form: Form, head: Head, final: bool) -> None:
    for name, data in parts(form, head, final=final).items():
        for element in etree.fromstring(data).iter(etree.Element):
            for word in (element.tag, *element.attrib):
                assert not TELLING.fullmatch(etree.QName(word).localname), f"{name}: {word}"
                assert not etree.QName(word).localname.startswith("rsid"), f"{name}: {word}"
        for whose in (socket.gethostname(), getpass.getuser()):
            assert not re.search(rf"\b{re.escape(whose)}\b", data.decode()), f"{name}: {whose}"
        for place in (Path.home(), RESOURCES, "file:", ":\\", "\\\\", "python-docx", "复函"):
            assert str(place) not in data.decode(), f"{name}: {place}"


@pytest.mark.parametrize("final", [False, True])
def test_the_properties_name_the_office_and_the_letter(final: bool) -> None:
    core = etree.fromstring(parts(Form.NARRATIVE, Head.LETTER, final=final)["docProps/core.xml"])
    said = {etree.QName(element).localname: element.text for element in core}
    assert said.keys() == {"title", "creator"}
    assert said["creator"] == OFFICE.full_name


@pytest.mark.parametrize("final", [False, True])
def test_no_relation_leads_outside(final: bool) -> None:
    for name, data in parts(Form.RESULT_LIST, Head.LETTER, final=final).items():
        if name.endswith(".rels"):
            for relation in etree.fromstring(data):
                assert relation.get("TargetMode") is None
                assert "://" not in relation.get("Target", "")


def test_a_final_copy_has_no_bookmark_either() -> None:
    data = parts(Form.NARRATIVE, Head.LETTER, final=True)["word/document.xml"]
    assert b"bookmark" not in data
    assert b"bookmark" in parts(Form.NARRATIVE, Head.LETTER, final=False)["word/document.xml"]
