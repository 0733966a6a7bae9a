"""`Sheet` → .docx: the paper of GB/T 9704-2012 in WordprocessingML.

Blocks become paragraphs of the named styles of resources/letter/base, so a person can go on in
Word. The geometry is letter-format.md's; tests/desktop/letter/test_paper.py measures it on the
rendered page.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count, groupby
from operator import attrgetter
from types import MappingProxyType

import docx
from docx.document import Document

from desktop.letter import carriers
from desktop.letter.blocks import Line, Revised, Role, Row, Sheet, Table, row_change
from desktop.letter.compose import compose
from desktop.letter.frame import add_frame
from desktop.letter.layout import (
    CHARACTER,
    LABEL_COLUMN,
    NAME_COLUMN,
    Layout,
    copies_room,
    is_short_row,
    load_layout,
    mm_twips,
    pt_twips,
    right_indents,
)
from desktop.letter.model import Case
from desktop.letter.ooxml import Element, base_package, bookmark, el, package_bytes, run, w
from desktop.letter.sheet import lay_out
from desktop.letter.western import set_western

STYLES = {
    Role.CATEGORY: "GwCategory",
    Role.DOCUMENT_NUMBER: "GwNumber",
    Role.TITLE: "GwTitle",
    Role.SALUTATION: "GwSalutation",
    Role.BODY: "GwBody",
    Role.HEADING_1: "GwHeading1",
    Role.HEADING_2: "GwHeading2",
    Role.HEADING_3: "GwHeading3",
    Role.HEADING_4: "GwHeading4",
    Role.CELL: "GwCell",
    Role.CELL_LABEL: "GwCellLabel",
    Role.ATTACHMENT: "GwAttachment",
    Role.SIGNATURE: "GwSignature",
    Role.DATE: "GwDate",
    Role.NOTE: "GwNote",
    Role.COPIES: "GwCopies",
}


def letter_docx(
    case: Case, today: date, *, final: bool = False, settings: Case | None = None
) -> bytes:
    """The .docx of `case` in its form, wording, head and layout.

    The working copy carries bookmarks, properties and the case file, so that it can come home; the
    `final` copy (定稿) carries nothing. `settings` is the case with its own settings where `case`
    is printed in others. Raises `ComposeError`.
    """
    return sheet_docx(lay_out(compose(case, today)), case, final=final, settings=settings)


def sheet_docx(
    sheet: Sheet,
    case: Case,
    *,
    final: bool = False,
    settings: Case | None = None,
    revised_at: datetime | None = None,
    assignment: str = "",
) -> bytes:
    """The .docx of `sheet`, the laid-out letter of `case`.

    What a redline (修订) shows as changed becomes tracked changes of the office, made at
    `revised_at`. `assignment` is the key of the unit's part where it is a 会办包 (`pack_case`).
    """
    layout = load_layout(case.layout)
    document = docx.Document(io.BytesIO(base_package()))
    _set_page(document, layout)
    _set_identity(document, sheet, case)
    body = document.element.body
    for element in _elements(sheet, layout, carry=not final):
        body.insert(len(body) - 1, element)
    _sign_changes(body, case, revised_at)
    add_frame(document, sheet, layout)
    if layout.western:
        set_western(document, layout.western)
    if not final:
        carriers.add(document, case, settings or case, assignment)
    return package_bytes(document.part.package)


def _sign_changes(body: Element, case: Case, at: datetime | None) -> None:
    """Number the tracked changes after the bookmarks, and say whose they are."""
    bookmarks = len([*body.iter(w("bookmarkStart"))])
    for number, change in enumerate(body.iter(w("ins"), w("del")), bookmarks + 1):
        change.set(w("id"), str(number))
        change.set(w("author"), case.office.full_name or "本单位")
        if at:
            change.set(w("date"), f"{at:%Y-%m-%dT%H:%M:%SZ}")


def _set_page(document: Document, layout: Layout) -> None:
    section = document.element.body.sectPr
    margins = section.find(w("pgMar"))
    for side in ("top", "bottom", "left", "right"):
        margins.set(w(side), str(mm_twips(getattr(layout, f"{side}_mm"))))
    pitch = str(pt_twips(layout.body_line_pt))
    section.find(w("docGrid")).set(w("linePitch"), pitch)
    normal = document.styles.element.find(f"{w('style')}[@{w('styleId')}='Normal']")
    normal.find(w("pPr")).find(w("spacing")).set(w("line"), pitch)


def _set_identity(document: Document, sheet: Sheet, case: Case) -> None:
    """Title and author in the file's properties: the letter's own and the office."""
    title = "".join(line.text for line in sheet.lines() if line.role is Role.TITLE)
    document.core_properties.title = title[:255]
    document.core_properties.author = case.office.full_name[:255]


def _elements(sheet: Sheet, layout: Layout, *, carry: bool) -> list[Element]:
    numbers = count(1) if carry else None
    organs = [line.text for line in sheet.lines() if line.role is Role.SIGNATURE]
    dated = next((line.text for line in sheet.lines() if line.role is Role.DATE), "")
    indents = right_indents(organs, dated, sealed=sheet.sealed)
    framed = sheet.copies if sheet.copies and not sheet.copies.is_revised else None
    room = [_room(framed, layout)] if framed else []
    made: list[Element] = []
    lines: list[Line] = []
    for block in sheet.body:
        if isinstance(block, Line):
            lines.append(block)
            continue
        made += _paragraphs(lines, numbers, indents)
        made.append(_table(block, layout, numbers, indents, room))
        lines = []
    made += _paragraphs(lines, numbers, indents)
    made += room if lines else []
    if sheet.copies:
        made.append(_copies(sheet.copies, layout, numbers))
    # a frame and a table want a paragraph after them, and the last of all cannot come or go
    if sheet.copies or not lines or lines[-1].change:
        made.append(_tiny())
    return made


def _paragraphs(
    lines: Iterable[Line],
    numbers: Iterator[int] | None,
    indents: Mapping[str, float] = MappingProxyType({}),
) -> list[Element]:
    """The `w:p` of `lines`, each with an anchor inside a bookmark."""
    made: list[tuple[str, Element]] = []
    for line in lines:
        if line.role is Role.TITLE and made and made[-1][0] == line.anchor == "title":
            made[-1][1].append(run("\n" + line.text))
        else:
            right = indents.get(line.text, 0) if line.role in (Role.SIGNATURE, Role.DATE) else 0
            made.append((line.anchor, _paragraph(line, right)))
    if numbers:
        _bookmark(made, numbers)
    return [p for _, p in made]


def _bookmark(made: list[tuple[str, Element]], numbers: Iterator[int]) -> None:
    """A bookmark around each paragraph with an anchor, numbered where one has several: of a longer
    bookmark LibreOffice keeps only the last paragraph after two saves."""
    seen: Counter[str] = Counter()
    for anchor, p in made:
        if anchor:
            seen[anchor] += 1
            further = f"_{seen[anchor]}" if seen[anchor] > 1 else ""
            bookmark(p, f"fh_{anchor}{further}", next(numbers))


def _paragraph(line: Line, right: float = 0) -> Element:
    p = el(
        "p",
        el(
            "pPr",
            el("pStyle", val=STYLES[line.role]),
            el("keepNext") if line.keep_next else None,
            _indent_right(right) if right else None,
            el("rPr", el(line.change)) if line.change else None,
        ),
    )
    for change, pieces in groupby(line.pieces, attrgetter("change")):
        if text := "".join(piece.text for piece in pieces):
            shown = run(text, deleted=change is Revised.DELETED)
            p.append(el(change, shown) if change else shown)
    return p


def _tiny(height: int = 2, *, keep_next: bool = False) -> Element:
    """An empty paragraph of so many twips."""
    properties = el(
        "pPr",
        el("keepNext") if keep_next else None,
        el("snapToGrid", val=0),
        el("spacing", line=height, lineRule="exact"),
        el("rPr", el("sz", val=2)),
    )
    return el("p", properties)


def _room(copies: Line, layout: Layout) -> Element:
    """Empty room for the 抄送: as text it is kept with the 落款, which LibreOffice does with no
    paragraph that a frame belongs to."""
    return _tiny(copies_room(copies.text, layout), keep_next=True)


def _indent_right(characters: float) -> Element:
    return el("ind", right=round(characters * CHARACTER), rightChars=round(characters * 100))


def _table(
    table: Table,
    layout: Layout,
    numbers: Iterator[int] | None,
    indents: Mapping[str, float],
    room: list[Element],
) -> Element:
    width = mm_twips(layout.text_width)
    columns = [LABEL_COLUMN, NAME_COLUMN, width - LABEL_COLUMN - NAME_COLUMN]
    tbl = el(
        "tbl",
        el(
            "tblPr",
            el("tblW", w=width, type="dxa"),
            el("jc", val="center"),
            el("tblBorders", *(_border(side) for side in _SIDES)),
            el("tblLayout", type="fixed"),
            el("tblCellMar", el("top", w=40, type="dxa"), el("bottom", w=40, type="dxa")),
        ),
        el("tblGrid", *(el("gridCol", w=column) for column in columns)),
    )
    for number, row in enumerate(table.rows):
        tbl.append(_row(table, row, number == 0, columns, numbers))
    if table.last:
        cell = _cell(width, _paragraphs(table.last, numbers), el("gridSpan", val=len(columns)))
        tbl.append(_tr(table.last, cell))
    if table.foot:
        closing = [_tiny()] if table.foot[-1].change else []  # the last of a cell cannot come or go
        foot = [*_paragraphs(table.foot, numbers, indents), *closing, *room]
        tbl.append(_foot_row(table.foot, width, len(columns), foot))
    return tbl


def _tr(lines: Sequence[Line], *cells: Element, whole: bool = False) -> Element:
    """A row of these lines; a `whole` one is not cut by the end of a page."""
    change = row_change(lines)
    properties = [name for name in ("cantSplit" if whole else "", change) if name]
    return el("tr", el("trPr", *map(el, properties)) if properties else None, *cells)


def _foot_row(
    lines: Sequence[Line], width: int, columns: int, paragraphs: list[Element]
) -> Element:
    """The 落款 as a last row without rules: LibreOffice keeps a row with the row before it, but no
    paragraph with a table before it, and the 落款 would stand alone on a page. Room under its last
    line could make LibreOffice add an empty page."""
    unruled = el("tcBorders", *(el(side, val="nil") for side in ("left", "bottom", "right")))
    flush = el("tcMar", *(el(side, w=0, type="dxa") for side in ("left", "bottom", "right")))
    cell = _cell(width, paragraphs, el("gridSpan", val=columns), unruled, flush)
    return _tr(lines, cell, whole=True)


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _border(side: str) -> Element:
    return el(side, val="single", sz=4, space=0, color="auto")


def _row(
    table: Table, row: Row, first: bool, columns: list[int], numbers: Iterator[int] | None
) -> Element:
    if first:  # the vertical label: one cell beside all rows, one character a line
        label = _cell(
            columns[0],
            [_paragraph(replace(table.label, keep_next=row.label.keep_next))],
            el("vMerge", val="restart"),
            el("vAlign", val="center"),
        )
    else:
        # a row is kept with the next one by the paragraph of its first cell
        empty = Line(Role.CELL_LABEL, keep_next=row.label.keep_next)
        label = _cell(columns[0], [_paragraph(empty)], el("vMerge"))
    name = _cell(columns[1], _paragraphs([row.label], numbers), el("vAlign", val="center"))
    text = _cell(columns[2], _paragraphs(row.cell, numbers))
    short = is_short_row([line.text for line in row.cell])
    return _tr((row.label, *row.cell), label, name, text, whole=short)


def _cell(width: int, paragraphs: list[Element], *properties: Element) -> Element:
    return el("tc", el("tcPr", el("tcW", w=width, type="dxa"), *properties), *paragraphs)


def _copies(line: Line, layout: Layout, numbers: Iterator[int] | None) -> Element:
    """抄送 at the bottom of the last page's 版心, without lines (10.1, 7.4.2): a framed paragraph.

    LibreOffice puts a floating table (`tblpPr`) where its anchor stands, or loses it; a frame it
    puts at the bottom, as Word is documented to do. Of a frame's text LibreOffice forgets what a
    redline says: such a line stands under the letter without one.
    """
    (p,) = _paragraphs([line], numbers)
    if line.is_revised:
        return p
    frame = el(
        "framePr",
        w=mm_twips(layout.text_width),
        wrap="around",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="left",
        yAlign="bottom",
    )
    p.find(w("pPr")).insert(1, frame)
    return p
