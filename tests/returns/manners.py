"""What Word, WPS and others write around the words: it says nothing and must change nothing.

And the ways in which a file loses its carriers.
"""

import copy
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from desktop.letter.ooxml import el, w
from tests.docx_edits import DOCUMENT, edited, rewritten, without_bookmarks, without_custom_xml

_WPS = "http://www.wps.cn/officeDocument/2013/wpsCustomData"


def _plain_runs(root: Any) -> list[Any]:
    """The runs that hold nothing but one text, straight in a paragraph or a tracked change."""
    texts = [t for t in root.iter(w("t")) if t.text and len(t.getparent().findall(w("t"))) == 1]
    runs = [t.getparent() for t in texts if t.getparent().tag == w("r")]
    return [r for r in runs if all(child.tag in (w("rPr"), w("t")) for child in r)]


def rsids(root: Any) -> None:
    """Word: every run cut in two, each with the session it was typed in, spelling marks between."""
    for number, run in enumerate(_plain_runs(root)):
        t = run.find(w("t"))
        if len(t.text) > 1:
            rest = copy.deepcopy(run)
            half = len(t.text) // 2
            t.text, rest.find(w("t")).text = t.text[:half], t.text[half:]
            rest.set(w("rsidR"), f"00{number:06X}")
            run.addnext(rest)
            run.addnext(el("proofErr", type="spellStart"))
            rest.addnext(el("proofErr", type="spellEnd"))
            rest.insert(0, el("lastRenderedPageBreak"))
        run.set(w("rsidRPr"), "00A1B2C3")
    for p in root.iter(w("p")):
        p.set(w("rsidR"), "00C0FFEE")
        p.set(w("rsidRDefault"), "00C0FFEE")
    first = next(root.iter(w("p")))
    first.append(el("bookmarkStart", id=9001, name="_GoBack"))
    first.append(el("bookmarkEnd", id=9001))


def wrapped(root: Any) -> None:
    """Paragraphs in content controls, words in smart tags, links, fields and custom XML."""
    wrappers = ("smartTag", "hyperlink", "customXml", "fldSimple")
    for number, run in enumerate(_plain_runs(root)):
        if number % 3 == 0:
            around = el(wrappers[number // 3 % 4])
            run.addprevious(around)
            around.append(run)
    for number, p in enumerate([*root.iter(w("p"))]):
        if number % 4 == 1 and p.getparent().tag in (w("body"), w("tc")):
            content = el("sdtContent")
            around = el("sdt", el("sdtPr", el("alias", val="正文"), el("id", val=number)), content)
            p.addprevious(around)
            content.append(p)


def wps(root: Any) -> None:
    """WPS: hints and languages on every run, its own attributes, marks and bookmarks."""
    root.insert(0, etree.Element(f"{{{_WPS}}}data", nsmap={"wpsCustomData": _WPS}))
    for number, run in enumerate(_plain_runs(root)):
        if run.find(w("rPr")) is None:
            run.insert(0, el("rPr"))
        run.find(w("rPr")).append(el("lang", val="en-US", eastAsia="zh-CN"))
        if number % 5 == 0:
            run.addprevious(el("bookmarkStart", id=9100 + number, name=f"OLE_LINK{number}"))
            run.addnext(el("bookmarkEnd", id=9100 + number))
    for p in root.iter(w("p")):
        p.append(el("r", el("rPr", el("rFonts", hint="eastAsia"))))


def doubled(root: Any) -> None:
    """Every bookmark's start twice and its end once, as LibreOffice may write it."""
    for start in [*root.iter(w("bookmarkStart"))]:
        twin = copy.deepcopy(start)
        twin.set(w("id"), str(int(start.get(w("id"))) + 5000))
        start.addprevious(twin)


def _plain(_: Any) -> None:
    """As it is."""


MANNERS: dict[str, Callable[[Any], None]] = {
    "word": _plain,
    "rsids": rsids,
    "wrapped": wrapped,
    "wps": wps,
    "doubled": doubled,
}


def mannered(data: bytes, manner: str) -> bytes:
    """The .docx with the noise of a program in it."""
    return edited(data, MANNERS[manner])


def without_properties(data: bytes) -> bytes:
    """As after a program that drops custom properties."""
    return rewritten(data, lambda name, part: None if name == "docProps/custom.xml" else part)


def half_the_bookmarks(data: bytes) -> bytes:
    """As after a program that loses every second bookmark's start; of a doubled one the other has
    no end."""
    start = re.compile(rb'<w:bookmarkStart[^>]*w:name="fh_[^>]*/>')

    def change(name: str, part: bytes) -> bytes:
        if name != DOCUMENT:
            return part
        marks = [match[0] for match in start.finditer(part)]
        for mark in marks[1::2]:
            part = part.replace(mark, b"")
        return part

    return rewritten(data, change)


def without_carriers(data: bytes) -> bytes:
    """The words alone."""
    return without_bookmarks(without_custom_xml(without_properties(data)))


# which part of the measure they count to, and what is taken away
CARRIERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "all": ("all", bytes),
    "no properties": ("half", without_properties),
    "half the bookmarks": ("half", half_the_bookmarks),
    "no customXml": ("half", without_custom_xml),
    "none": ("none", without_carriers),
}
