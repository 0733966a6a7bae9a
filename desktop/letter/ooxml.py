"""WordprocessingML: elements, runs, bookmarks and the package, as every word processor reads it."""

import copy
import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

BASE = Path(__file__).parents[2] / "resources" / "letter" / "base"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
_NSMAP = {"w": W}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = re.compile(r"([\n\t])")
_BREAK_TAGS = {"\n": "br", "\t": "tab"}
_EPOCH = (1980, 1, 1, 0, 0, 0)

Element = Any  # lxml's element, as python-docx hands it out


@cache
def w(name: str) -> str:
    """The qualified name of a `w:` element or attribute."""
    return f"{{{W}}}{name}"


def el(name: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """A `w:` element; children that are None are left out."""
    element = etree.Element(w(name), nsmap=_NSMAP)
    for key, value in attributes.items():
        element.set(w(key), str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def run(text: str, *properties: Element, deleted: bool = False) -> Element:
    """A run of `text`; its newlines become line breaks and its tabs tab characters.

    The hint keeps “” … — in the Chinese face. `deleted`: as it stands in a `w:del`.
    """
    r = el("r", el("rPr", el("rFonts", hint="eastAsia"), *properties))
    for part in _BREAKS.split(text):
        if part in _BREAK_TAGS:
            r.append(el(_BREAK_TAGS[part]))
        elif part:
            r.append(_text("delText" if deleted else "t", part))
    return r


def _text(tag: str, text: str) -> Element:
    t = el(tag)
    t.text = text
    if text != text.strip():
        t.set(_SPACE, "preserve")
    return t


def field(code: str, shown: str) -> list[Element]:
    """The runs of a simple field such as PAGE."""
    marks = [el("r", el("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    return [marks[0], el("r", _text("instrText", f" {code} ")), marks[1], run(shown), marks[2]]


def bookmark(p: Element, name: str, number: int) -> None:
    """Put a bookmark around the runs of paragraph `p`, as made here.

    It ends before the last character: where that one hangs over the edge of its line, LibreOffice
    gives a bookmark's end after it an empty line of its own.
    """
    start, end = el("bookmarkStart", id=number, name=name), el("bookmarkEnd", id=number)
    p.insert(1, start)
    last = next((r for r in reversed([*p.iter(w("r"))]) if r.getparent().tag != w("del")), p)
    text = last[-1].text if last is not p else None
    if text and len(text) > 1:
        rest = el("r", copy.deepcopy(last[0]), _text("t", text[-1]))
        last.replace(last[-1], _text("t", text[:-1]))
        last.addnext(rest)
        last.addnext(end)
    else:
        p.append(end)


@cache
def base_package() -> bytes:
    """Our template, named styles and no text: the parts under resources/letter/base, zipped."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for path in sorted(BASE.rglob("*")):
            if path.is_file():
                package.writestr(path.relative_to(BASE).as_posix(), path.read_bytes())
    return stream.getvalue()


def add_part(
    owner: Part | Package, uri: str, content_type: str, blob: bytes, relation: str
) -> Part:
    """A new part of the package, related to `owner` (a part, or the package itself)."""
    package = owner if isinstance(owner, Package) else owner.package
    part = Part(PackURI(uri), content_type, blob, package)
    owner.relate_to(part, relation)
    return part


def package_bytes(package: Package) -> bytes:
    """The .docx, the same bytes for the same parts: python-docx would stamp the time of day."""
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    members = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": package.rels.xml}
    for part in parts:
        members[part.partname.membername] = part.blob
        if len(part.rels):
            members[part.partname.rels_uri.membername] = part.rels.xml
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, blob)
    return stream.getvalue()


def _content_types(parts: list[Part]) -> bytes:
    root = etree.Element("Types", nsmap={None: CONTENT_TYPES})
    for extension, kind in (("rels", _RELATIONSHIPS), ("xml", "application/xml")):
        etree.SubElement(root, "Default", Extension=extension, ContentType=kind)
    for part in parts:
        etree.SubElement(
            root, "Override", PartName=str(part.partname), ContentType=part.content_type
        )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
