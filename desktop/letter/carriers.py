"""The carriers: how our working .docx knows its case when it comes home (letter-format 6).

Bookmarks around every reply, cell, suggestion and field are the writer's. Here: custom properties
(each at most 255 characters, kept by every word processor) with the masked case, i.e. the case file
with every printed text replaced by its length, and a sha256 for each reply; and, as a bonus that
LibreOffice drops at once, the case file itself in customXml. They hold nothing the letter does
not print but structure and settings.
"""

import hashlib
import re
from dataclasses import dataclass, replace

from docx.document import Document
from lxml import etree

from db.enums import FieldState, Form, Head
from desktop.errors import FuhanError
from desktop.letter import case_file
from desktop.letter.homecoming.returned import Printed
from desktop.letter.model import Case, Field, Fields, Paragraph, Suggestion
from desktop.letter.numerals import ordinal_of
from desktop.letter.ooxml import R, add_part
from desktop.letter.pages.package import Package

_CHUNK = 250
_NAMESPACE = "urn:fuhan:case:1"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FILLER, _END = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a returned .docx knows: its case, whose texts are only fillers of the right length
    where `masked`, and the settings it was `printed` with."""

    case: Case
    masked: bool
    printed: Printed
    sha256: dict[str, str]  # by reply key


def add(document: Document, case: Case, settings: Case, assignment: str = "") -> None:
    """Put the carriers of `case` into `document`; `settings` is the case with those of its own,
    as the journal keeps it. `assignment` is the key of the unit's part a 会办包 is made for; that
    takes along only `case`, what it asks."""
    texts = {
        "fuhan.printed": f"{case.form} {case.wording} {case.head} {case.layout}",
        "fuhan.state": hashlib.sha256(case_file.dump_compact(settings).encode()).hexdigest(),
        **({"fuhan.pack": assignment} if assignment else {}),
        **{f"fuhan.reply.{reply.key}": reply.sha256 for reply in case.replies},
    }
    sent = case if assignment else travelling(settings)
    masked = _shorten(case_file.dump_compact(masked_case(sent)))
    for number in range(0, len(masked), _CHUNK):
        texts[f"fuhan.case.{number // _CHUNK:04}"] = masked[number : number + _CHUNK]
    package = document.part.package
    relation = f"{R}/custom-properties"
    add_part(package, "/docProps/custom.xml", _CUSTOM_TYPE, _properties(texts), relation)
    item = etree.Element(f"{{{_NAMESPACE}}}case", nsmap={None: _NAMESPACE})
    item.text = case_file.dump_compact(sent)
    blob = etree.tostring(item, xml_declaration=True, encoding="UTF-8", standalone=True)
    add_part(document.part, "/customXml/item1.xml", "application/xml", blob, f"{R}/customXml")


def find(package: Package) -> Carried | None:
    """The carriers of a returned .docx, or None where it has none (or broken ones)."""
    texts = properties(package)
    masked, full = _masked_of(texts), _read_case(package)
    case = masked if masked and full and full.key != masked.key else full or masked
    if not case:
        return None
    printed = printed_of(texts) or Printed(case.form, case.wording, case.head, case.layout)
    return Carried(case, case is masked, printed, digests(texts))


def properties(package: Package) -> dict[str, str]:
    """The custom properties of a .docx, ours and others'."""
    root = package.xml("docProps/custom.xml")
    return {} if root is None else {item.get("name", ""): "".join(item.itertext()) for item in root}


def digests(texts: dict[str, str]) -> dict[str, str]:
    """The sha256 of each reply that left, by its key, as the properties say."""
    prefix = "fuhan.reply."
    return {name.removeprefix(prefix): t for name, t in texts.items() if name.startswith(prefix)}


def printed_of(texts: dict[str, str]) -> Printed | None:
    """The settings that the properties say the letter was printed in."""
    try:
        form, wording, head, layout = texts.get("fuhan.printed", "").split(" ")
        return Printed(Form(form), wording, Head(head), layout)
    except ValueError:
        return None


def travelling(case: Case) -> Case:
    """`case` without what its letter does not print: 签发人, 分工, 批注, the proposals' originals,
    and the contact where no line of the letter is composed of it."""
    office = case.office
    if case.fields.contact.state is not FieldState.COMPOSED:
        office = replace(office, contact_name="", contact_phone="")
    issue = replace(case.issue, by="") if case.issue else None
    proposals = tuple(
        replace(p, original="", suggestions=tuple(replace(s, spans=()) for s in p.suggestions))
        for p in case.proposals
    )
    return replace(case, office=office, issue=issue, proposals=proposals, assignments=(), notes=())


def masked_case(case: Case) -> Case:
    """`case` with every printed text replaced by fillers of its length."""
    masked = {name: _mask_field(getattr(case.fields, name)) for name in Fields.__dataclass_fields__}
    return replace(
        case,
        fields=Fields(**masked),
        proposals=tuple(
            replace(p, suggestions=tuple(_mask_suggestion(s) for s in p.suggestions))
            for p in case.proposals
        ),
        replies=tuple(
            replace(r, paragraphs=tuple(_mask_paragraph(p) for p in r.paragraphs))
            for r in case.replies
        ),
    )


def _mask(text: str) -> str:
    return re.sub(r"[^\n]", _FILLER, text)


def _mask_field(field: Field) -> Field:
    return replace(field, text=_mask(field.text))


def _mask_suggestion(suggestion: Suggestion) -> Suggestion:
    return replace(
        suggestion, text=_mask(suggestion.text), elaboration=_mask(suggestion.elaboration)
    )


def _mask_paragraph(paragraph: Paragraph) -> Paragraph:
    kept = ordinal_of(paragraph.text) if paragraph.level else ""  # it tells how the line prints
    return replace(paragraph, text=kept + _mask(paragraph.text[len(kept) :]))


def _shorten(text: str) -> str:
    return re.sub(f"{_FILLER}+", lambda match: f"{_FILLER}{len(match[0])}{_END}", text)


def _lengthen(text: str) -> str:
    """The masked case at its length; `ValueError` where no letter is as long as it says."""
    shortened = re.compile(f"{_FILLER}(\\d{{1,6}}){_END}")
    if sum(map(int, shortened.findall(text))) > case_file.MAX_TEXT:
        raise ValueError("longer than any letter")
    return shortened.sub(lambda match: _FILLER * int(match[1]), text)


def _properties(texts: dict[str, str]) -> bytes:
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _TYPES})
    for number, (name, text) in enumerate(texts.items(), 2):
        attributes = {"fmtid": _PROPERTY_SET, "pid": str(number), "name": name}
        item = etree.SubElement(root, f"{{{_CUSTOM}}}property", attributes)
        etree.SubElement(item, f"{{{_TYPES}}}lpwstr").text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _masked_of(texts: dict[str, str]) -> Case | None:
    coded = "".join(texts[name] for name in sorted(texts) if name.startswith("fuhan.case."))
    try:
        return case_file.load(_lengthen(coded))
    except (FuhanError, ValueError):
        return None


def _read_case(package: Package) -> Case | None:
    for name in package.names():
        root = package.xml(name) if name.startswith("customXml/item") else None
        if root is not None and root.tag == f"{{{_NAMESPACE}}}case":
            try:
                return case_file.load(root.text or "")
            except FuhanError:
                return None
    return None
