"""A walk over the XML of a Word file: what a reader sees of it, its tracked changes accepted.

python-docx hides text in `w:ins` and `w:sdt` and shows what is hidden. ECMA-376 part 1: 17.13
(changes, bookmarks, comments), and what Word, WPS and LibreOffice make of it.
"""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from desktop.errors import InputError
from desktop.letter.clean import clean_text
from desktop.letter.homecoming.returned import Trace
from desktop.letter.ooxml import Element
from desktop.letter.pages.numbering import Numbering
from desktop.letter.pages.page_lines import Change, Draft, PageLine

MAX_TEXT, MAX_LINES = 1_000_000, 50_000
TOO_LONG = "文件的正文超过一百万字，不像一份答复函，没有导入任何内容，请确认选对了文件。"
TOO_MANY = "文件的行数多得不像一份答复函，没有导入任何内容，请确认选对了文件。"
PREFIX = "fh_"  # of our bookmarks
# an anchor's further paragraphs are numbered by the writer, a frame's bookmark by LibreOffice
_NUMBERED = re.compile(r"(_Copy_\d+|_\d+)+$")
_SKIPPED = frozenset(["instrText", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr", "tblGrid"])
_SPACE_TAGS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_GONE = {"del": Trace.DELETED, "moveFrom": Trace.MOVED_AWAY}
_COME = {"ins": Trace.INSERTED, "moveTo": Trace.MOVED_HERE}
_TIME = re.compile(r"[1-9]\d{3}-\d\d-\d\dT[\d:.]{5,15}(Z|[+-]\d\d:\d\d)?")
_SYMBOLS = {  # boxes and ticks of the symbol fonts, by font and the character's last byte
    "Wingdings": {0x6F: "☐", 0xA8: "☐", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "Wingdings 2": {0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"},
}


@dataclass
class Walk:
    """One pass over a part: the lines seen, in reading order, and what else is there, counted.

    `hiding` are the styles whose text is hidden. `spots` are the places of remarks and footnotes
    by name, "comment 3" at both ends: (line, character). `unseen` is what the file says and its
    reader does not see, with the reason.
    """

    numbering: Numbering
    hiding: frozenset[str] = frozenset()
    lines: list[PageLine] = field(default_factory=list)
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    remarks: int = 0
    enclosed: int = 0
    spots: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    _here: Draft | None = None
    _joined: Draft | None = None  # its end was struck out: the next paragraph goes on in it
    _come: Change | None = None  # what the words walked over were inserted by
    _gone: Change | None = None  # what took them away
    _size: int = 0
    _open: dict[str, str] = field(default_factory=dict)  # bookmark id → anchor
    _ended: set[str] = field(default_factory=set)  # the bookmarks that have an end
    _tables: int = 0
    _cell: tuple[int, int, int] | None = None
    _boxed: bool = False

    def part(self, root: Element) -> "Walk":
        """Walk over a whole part, or one note of it; returns the walk."""
        self._ended = {attribute(end, "id") for end in root.iter("{*}bookmarkEnd")}
        self.element(root)
        self._end_joined()
        if self._here:  # words outside every paragraph
            self._end(self._here)
        return self

    def element(self, element: Element) -> None:
        """Walk `element`; what is unknown is looked into, what is no text is passed over."""
        if not isinstance(element.tag, str):
            return
        name = etree.QName(element).localname
        if name in _SKIPPED:
            return
        step = _STEPS.get(name)
        if step:
            step(self, element)
        else:
            self._children(element)

    def _children(self, element: Element) -> None:
        for child in element:
            self.element(child)

    def _coming(self, element: Element) -> None:
        self.inserted += 1
        outer, self._come = self._come, _change(element, _COME)
        self._children(element)
        self._come = outer

    def _going(self, element: Element) -> None:
        self.deleted += 1
        self._leave_out("修订删去的文字", element)
        self._strike(element, _change(element, _GONE))

    def _strike(self, element: Element, change: Change) -> None:
        outer, self._gone = self._gone, self._gone or change
        self._children(element)
        self._gone = outer

    def _run(self, element: Element) -> None:
        hidden = hides(element)
        if hidden is None and self.hiding:
            around = [p.find("{*}pPr/{*}pStyle") for p in element.iterancestors("{*}p")]
            styles = [element.find("{*}rPr/{*}rStyle"), *around]
            hidden = any(style is not None and value(style) in self.hiding for style in styles)
        if hidden and self._gone:
            return
        if hidden:
            self.hidden += 1
            self._leave_out("隐藏文字", element)
        else:
            self._children(element)

    def _leave_out(self, why: str, element: Element) -> None:
        if text := clean_text(said(element)).strip():
            self.unseen.append((why, text))

    def _emit(self, raw: str) -> None:
        text = clean_text(raw)
        if not text:
            return
        self._size += len(text)
        if self._size > MAX_TEXT:
            raise InputError(TOO_LONG)
        here = self._here = self._here or Draft(())
        if not self._gone:
            here.write(text, self._come, self._open.values())
        elif not self._come:  # who takes away what he typed himself has done nothing
            here.strike(text, self._gone)

    def _characters(self, element: Element) -> None:
        self._emit(element.text or "")

    def _struck_characters(self, element: Element) -> None:
        if self._gone:
            self._emit(element.text or "")

    def _space(self, element: Element) -> None:
        self._emit(_SPACE_TAGS[etree.QName(element).localname])

    def _symbol(self, element: Element) -> None:
        code = attribute(element, "char")
        if re.fullmatch("[0-9A-Fa-f]{1,4}", code):
            shapes = _SYMBOLS.get(attribute(element, "font"), {})
            self._emit(shapes.get(int(code, 16) & 0xFF) or chr(int(code, 16)))

    def _bookmark_start(self, element: Element) -> None:
        name = attribute(element, "name")
        if name.startswith(PREFIX):
            anchor = _NUMBERED.sub("", name.removeprefix(PREFIX))
            number = attribute(element, "id")
            if anchor not in self._open.values():  # ours never overlap: an end may have been lost
                self._open.clear()
            if number in self._ended:  # one that nothing ends is its paragraph's
                self._open[number] = anchor
            if self._here:
                self._here.around.append(anchor)

    def _bookmark_end(self, element: Element) -> None:
        # LibreOffice may write one bookmark's start twice and its end once: a name closes whole
        closed = self._open.get(attribute(element, "id"))
        self._open = {number: name for number, name in self._open.items() if name != closed}

    def _paragraph(self, element: Element) -> None:
        outer, here = self._here, self._joined
        self._joined = None
        number = clean_text(self.numbering.before(element))
        if here is None or not here.length:
            here = here or Draft(())
            here.around, here.number = [*self._open.values()], number
        self._here = here
        self._children(element)
        properties = element.find("{*}pPr/{*}rPr")
        ends = () if properties is None else properties
        come = next((_change(e, _COME) for e in ends if _name(e) in _COME), None)
        gone = next((_change(e, _GONE) for e in ends if _name(e) in _GONE), self._gone)
        if gone:
            here.strike("\n", gone)
            self._joined = here
        else:
            if come:
                here.end_with(come)
            self._end(here)
        self._here = outer

    def _end(self, here: Draft) -> None:
        for name, spot in here.spots:
            line, character = here.place(spot)
            self.spots.setdefault(name, []).append((len(self.lines) + line, character))
        self.lines += here.lines(self._cell, boxed=self._boxed)
        if len(self.lines) > MAX_LINES:
            raise InputError(TOO_MANY)

    def _end_joined(self) -> None:
        """Where no paragraph follows it, a paragraph keeps the end that was struck out."""
        if self._joined:
            self._end(self._joined)
            self._joined = None

    def _table(self, element: Element) -> None:
        self._end_joined()
        outer, first = self._cell, len(self.lines)
        self._tables += 1
        number = self._tables
        self._cell = (number, -1, -1)
        self._children(element)
        self._cell = outer
        cells = {line.cell for line in self.lines[first:] if line.cell and line.cell[0] == number}
        if len(cells) == 1:  # a frame around text, and no table
            self.lines[first:] = [
                replace(line, cell=outer) if line.cell in cells else line
                for line in self.lines[first:]
            ]

    def _row(self, element: Element) -> None:
        table, row, _ = self._cell or (0, -1, -1)
        self._cell = (table, row + 1, -1)
        self._struck_part(element, "{*}trPr/{*}del")

    def _table_cell(self, element: Element) -> None:
        table, row, column = self._cell or (0, 0, -1)
        here = (table, row, column + 1)
        self._cell = here
        merge = element.find("{*}tcPr/{*}vMerge")
        if merge is None or value(merge) == "restart":
            self._struck_part(element, "{*}tcPr/{*}cellDel")
        else:
            self._leave_out("被合并的单元格", element)
        self._end_joined()
        self._cell = here  # a nested table has counted its own

    def _struck_part(self, element: Element, mark: str) -> None:
        gone = element.find(mark)
        if gone is None:
            self._children(element)
        else:
            self.deleted += 1
            self._leave_out("修订删去", element)
            self._strike(element, _change(gone, {_name(gone): Trace.DELETED}))

    def _text_box(self, element: Element) -> None:
        outer = self._here, self._joined, self._open, self._boxed
        self._here, self._joined, self._open, self._boxed = None, None, {}, True
        self._children(element)
        self._end_joined()
        self._here, self._joined, self._open, self._boxed = outer

    def _alternative(self, element: Element) -> None:
        """One drawing said twice, for newer and older programs: the first that has words."""
        chosen = next((child for child in element if said(child).strip()), None)
        if chosen is not None:
            self._children(chosen)

    def _spot(self, element: Element) -> None:
        name = _name(element)
        kind = next(kind for kind in ("comment", "footnote", "endnote") if name.startswith(kind))
        if self._gone and kind != "comment":  # the note went with its sign
            return
        self.remarks += name.endswith("Reference")
        spot = f"{kind} {attribute(element, 'id')}"
        if self._here:
            self._here.spots.append((spot, self._here.length))
        elif name.endswith("End") and self.lines:
            last = len(self.lines) - 1
            self.spots.setdefault(spot, []).append((last, len(self.lines[last].text)))
        else:
            self.spots.setdefault(spot, []).append((len(self.lines), 0))

    def _enclosed(self, _: Element) -> None:
        self.enclosed += 1


def said(element: Element) -> str:
    """All words in it, those struck out too."""
    return "".join(part.text or "" for part in element.iter("{*}t", "{*}delText"))


def hides(element: Element) -> bool | None:
    """Whether a run or style hides its text; None where it says nothing."""
    vanish = element.find("{*}rPr/{*}vanish")
    return None if vanish is None else value(vanish) not in ("0", "false", "off")


def value(element: Element) -> str | None:
    """Its w:val, in whichever of the two namespaces of WordprocessingML (strict has its own)."""
    return next((text for name, text in element.items() if name.endswith("}val")), None)


def attribute(element: Element, wanted: str) -> str:
    """The text of its w: attribute, of either namespace, or nothing."""
    ending = f"}}{wanted}"
    return next((text for name, text in element.items() if name.endswith(ending)), "")


def author_of(element: Element) -> tuple[str, str]:
    """Who did it and when (ISO), as far as a change or a comment says so."""
    author = " ".join(clean_text(attribute(element, "author")).split())
    at = attribute(element, "date")
    return author, at if _TIME.fullmatch(at) else ""


def _change(element: Element, kinds: dict[str, Trace]) -> Change:
    return Change(kinds[_name(element)], *author_of(element))


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


_STEPS = {
    "p": Walk._paragraph,
    "r": Walk._run,
    "t": Walk._characters,
    "delText": Walk._struck_characters,
    "sym": Walk._symbol,
    **dict.fromkeys(_COME, Walk._coming),
    **dict.fromkeys(_GONE, Walk._going),
    "tbl": Walk._table,
    "tr": Walk._row,
    "tc": Walk._table_cell,
    "txbxContent": Walk._text_box,
    "AlternateContent": Walk._alternative,
    "altChunk": Walk._enclosed,
    "subDoc": Walk._enclosed,
    **dict.fromkeys(
        (
            "commentRangeStart",
            "commentRangeEnd",
            "commentReference",
            "footnoteReference",
            "endnoteReference",
        ),
        Walk._spot,
    ),
    "bookmarkStart": Walk._bookmark_start,
    "bookmarkEnd": Walk._bookmark_end,
    **dict.fromkeys(_SPACE_TAGS, Walk._space),
}
