"""The frame of a page: head and lower rule of the 信函格式 (GB/T 9704 10.1), page numbers (7.5).

`preprinted` (套打) has the head's geometry to the point with nothing of it visible: the paper
brings mark and rules, so the mark has no text and the rules are white.
"""

from docx.document import Document

from desktop.letter.blocks import Sheet
from desktop.letter.layout import (
    CATEGORY_LINE,
    LOWER_RULE_FROM_BOTTOM,
    MARK_TOP,
    PAGE_NUMBER_GAP,
    PAGE_WIDTH,
    RULE_GAP,
    RULE_WIDTH,
    Layout,
    mark_size,
    mm_twips,
    pt_twips,
)
from desktop.letter.ooxml import Element, el, field, run, w

RED, UNSEEN = "FF0000", "FFFFFF"


def add_frame(document: Document, sheet: Sheet, layout: Layout) -> None:
    """Header and footers of the only section of `document`."""
    section = document.element.body.sectPr
    margins = section.find(w("pgMar"))
    margins.set(w("footer"), str(mm_twips(LOWER_RULE_FROM_BOTTOM)))
    _part(document, "footOdd").append(_page_number("right"))
    _part(document, "footEven").append(_page_number("left"))
    if not sheet.framed:  # every page, the first too, has its number and nothing else
        section.remove(section.find(w("titlePg")))
        _part(document, "headFirst").append(el("p"))
        _part(document, "footFirst").append(el("p"))
        return
    paragraphs = [_mark(sheet, layout)]
    if sheet.category:
        style = el("pPr", el("pStyle", val="GwCategory"))
        paragraphs.insert(0, el("p", style, run(sheet.category.text)))
    above = CATEGORY_LINE if sheet.category else 0
    margins.set(w("header"), str(MARK_TOP - above))
    _part(document, "headFirst").extend(paragraphs)
    _part(document, "footFirst").append(_lower_rule(sheet, layout))


def _part(document: Document, relationship: str) -> Element:
    """The root of one of the template's empty header and footer parts."""
    return document.part.related_parts[relationship].element


def _rule(kind: str, space: float, *, red: bool) -> Element:
    color = RED if red else UNSEEN
    return el("pBdr", el("bottom", val=kind, sz=24, space=round(space), color=color))


def _outdent(layout: Layout) -> Element:
    """Indents that make a paragraph 170 mm wide, centred on the page."""
    beside = (PAGE_WIDTH - RULE_WIDTH) / 2
    left, right = beside - layout.left_mm, beside - layout.right_mm
    return el("ind", left=mm_twips(left), right=mm_twips(right))


def _mark(sheet: Sheet, layout: Layout) -> Element:
    size = mark_size(sheet.mark)
    properties = el(
        "pPr",
        el("pStyle", val="GwMark"),
        _rule("thickThinSmallGap", RULE_GAP, red=sheet.red),
        el("spacing", line=pt_twips(size), lineRule="exact"),
        _outdent(layout),
    )
    if not sheet.red:
        return el("p", properties)
    return el("p", properties, run(sheet.mark, el("sz", val=round(size * 2))))


def _lower_rule(sheet: Sheet, layout: Layout) -> Element:
    return el(
        "p",
        el(
            "pPr",
            el("pStyle", val="GwPage"),
            _rule("thinThickSmallGap", 0, red=sheet.red),
            el("spacing", line=20, lineRule="exact"),
            _outdent(layout),
        ),
    )


def _page_number(side: str) -> Element:
    """“— 2 —”, one character in from the outer edge."""
    indent = {side: 280, f"{side}Chars": 100}
    properties = el(
        "pPr",
        el("pStyle", val="GwPage"),
        el("spacing", after=PAGE_NUMBER_GAP),
        el("ind", **indent),
        el("jc", val=side),
    )
    return el("p", properties, run("— "), *field("PAGE", "2"), run(" —"))
