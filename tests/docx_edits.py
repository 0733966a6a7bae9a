"""What a colleague's word processor does to our .docx: edits on the XML, parts taken away."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from desktop.letter.ooxml import w

DOCUMENT = "word/document.xml"


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The .docx with every part put through `change`; None takes the part away."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def without_custom_xml(data: bytes) -> bytes:
    """As after the first save in LibreOffice: the case file is gone."""
    return rewritten(data, lambda name, part: None if name.startswith("customXml/") else part)


def without_bookmarks(data: bytes) -> bytes:
    """As after a program that keeps properties but drops every bookmark."""
    marks = re.compile(rb"<w:bookmark(Start|End)[^>]*/>")
    return rewritten(data, lambda name, part: marks.sub(b"", part) if name == DOCUMENT else part)


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    """The .docx with `edit` done to the root of its document."""

    def change(name: str, part: bytes) -> bytes:
        if name != DOCUMENT:
            return part
        root = etree.fromstring(part)
        edit(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return rewritten(data, change)


def paragraphs(root: Any) -> Iterator[tuple[str, Any]]:
    """Every paragraph with its text."""
    for p in root.iter(w("p")):
        yield "".join(t.text or "" for t in p.iter(w("t"))), p


def paragraph(root: Any, start: str) -> Any:
    """The paragraph whose text begins with `start`."""
    return next(p for text, p in paragraphs(root) if text.startswith(start))


def set_text(p: Any, text: str) -> None:
    """Type over a paragraph: its first run takes the text, the others go."""
    runs = list(p.iter(w("r")))
    for run in runs[1:]:
        run.getparent().remove(run)
    for child in list(runs[0]):
        if child.tag != w("rPr"):
            runs[0].remove(child)
    t = etree.SubElement(runs[0], w("t"))
    t.text = text


def new_paragraph(text: str) -> Any:
    """A paragraph as Word makes one on Enter: no bookmark in it."""
    p = etree.Element(w("p"))
    t = etree.SubElement(etree.SubElement(p, w("r")), w("t"))
    t.text = text
    return p


def accepted(data: bytes) -> bytes:
    """The .docx with every tracked change accepted, as Word is documented to do it."""
    return edited(data, lambda root: _settle(root, gone="del", stays="ins"))


def rejected(data: bytes) -> bytes:
    """The same with every one rejected."""
    return edited(data, lambda root: _settle(root, gone="ins", stays="del"))


def _settle(root: Any, gone: str, stays: str) -> None:
    for row in [*root.iter(w("tr"))]:
        if row.find(f"{w('trPr')}/{w(gone)}") is not None:
            row.getparent().remove(row)
    for p in [*root.iter(w("p"))]:
        for change in p.findall(w(gone)):
            p.remove(change)
        for change in p.findall(w(stays)):
            for run in [*change]:
                change.addprevious(run)
            p.remove(change)
    for p in [*root.iter(w("p"))]:
        if p.find(f"{w('pPr')}/{w('rPr')}/{w(gone)}") is not None:
            _join(p)
    for mark in [m for m in root.iter(w(stays)) if m.getparent().tag in (w("rPr"), w("trPr"))]:
        mark.getparent().remove(mark)
    for text in root.iter(w("delText")):
        text.tag = w("t")


def _join(p: Any) -> None:
    """A paragraph without its end goes into the next one, whose properties stay; an empty one goes
    where none is next. The last of a cell, or of the document, keeps its end."""
    after = p.getnext()
    content = [child for child in p if child.tag != w("pPr")]
    if after is not None and after.tag == w("p"):
        place = 1 if after.find(w("pPr")) is not None else 0
        after[place:place] = content
    elif after is None or after.tag != w("tbl") or content:
        raise AssertionError("the last end of its place was inserted or deleted")
    p.getparent().remove(p)
