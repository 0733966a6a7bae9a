"""What a file shows: its lines of text in reading order, whoever wrote it.

`read_docx` walks the XML itself, because python-docx hides text in `w:ins` and `w:sdt` and shows
what is hidden; `decoded` and `read_text` read plain text. Both are the border:
nothing but text and our own carriers comes in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from desktop.errors import InputError
from desktop.letter.clean import clean_text
from desktop.letter.numbering import Numbering
from desktop.letter.ooxml import Element, W
from desktop.letter.package import Package, open_package

PREFIX = "fh_"  # of our bookmarks
# an anchor's further paragraphs are numbered by the writer, a frame's bookmark by LibreOffice
_NUMBERED = re.compile(r"(_Copy_\d+|_\d+)+$")
MAX_TEXT, MAX_LINES = 1_000_000, 50_000
_TOO_LONG = "文件的正文超过一百万字，不像一份答复函，没有导入任何内容，请确认选对了文件。"
_TOO_MANY = "文件的行数多得不像一份答复函，没有导入任何内容，请确认选对了文件。"
_BOOKMARK_MARK = re.compile(r"\[bookmark: [^\]\n]{0,100}+\]")  # a name has 40 characters
_SKIPPED = frozenset(
    [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tcPr",
        "trPr",
        "tblGrid",
        "Fallback",
    ]
)
_VANISH = re.compile(rb"vanish")
_BESIDE = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_BESIDE_WORDS = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
}
_SPACE_TAGS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class PageLine:
    """A paragraph (or a part of one between line breaks) as a reader sees it.

    `anchors` are our bookmarks around it, without their prefix; `cell` is (table, row, column).
    """

    text: str
    anchors: tuple[str, ...] = ()
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A read file. `notes` are Chinese sentences on what was left out, for the handler.

    `elsewhere` is what the file says and the page does not show, each with where that was.
    """

    lines: tuple[PageLine, ...]
    notes: tuple[str, ...] = ()
    package: Package | None = None
    elsewhere: tuple[tuple[str, str], ...] = ()


def read_text(text: str) -> Page:
    """The lines of a text, without the marks Word leaves in one."""
    if len(text) > MAX_TEXT:
        raise InputError(_TOO_LONG)
    cleaned = clean_text(text)
    lines = _BOOKMARK_MARK.sub("", cleaned).split("\n")
    if len(lines) > MAX_LINES:
        raise InputError(_TOO_MANY)
    bookmarks = tuple(("书签", mark) for mark in _BOOKMARK_MARK.findall(cleaned))
    return Page(tuple(PageLine(line) for line in lines), elsewhere=bookmarks)


def read_docx(data: bytes) -> Page:
    """The lines of a .docx; `InputError` says what is wrong with one that cannot be read."""
    package = open_package(data)
    hiding = _hidden_styles(package.xml("word/styles.xml", _VANISH))
    walk = _Walk(Numbering(package), hiding)
    walk.element(package.main)
    elsewhere = (*walk.unseen, *_beside_the_page(package))
    return Page(tuple(walk.lines), (*walk.notes(), *package.left_out()), package, elsewhere)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030; `InputError` where it is no text."""
    if not data.strip():
        raise InputError("文件是空的，没有导入任何内容，请确认后重新选择。")
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError("这不是文本文件，没有导入任何内容，请在 Word 或 WPS 中另存为 .docx 后再导入。")


def _beside_the_page(package: Package) -> Iterator[tuple[str, str]]:
    """What heads, feet, notes and remarks say, paragraph by paragraph."""
    for name in package.names():
        match = _BESIDE.fullmatch(name)
        root = package.xml(name) if match else None
        for paragraph in () if root is None else root.iter("{*}p"):
            if text := clean_text(_said(paragraph)).strip():
                yield _BESIDE_WORDS[match[1] if match else ""], text


def _said(element: Element) -> str:
    return "".join(part.text or "" for part in element.iter("{*}t", "{*}delText"))


@dataclass
class _Walk:
    """One pass over the body: visible text by paragraph, our bookmarks, table cells.

    `hiding` are the styles whose text is hidden.
    """

    numbering: Numbering
    hiding: frozenset[str] = frozenset()
    lines: list[PageLine] = field(default_factory=list)
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    remarks: int = 0
    unseen: list[tuple[str, str]] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _size: int = 0
    _open: dict[str, str] = field(default_factory=dict)  # bookmark id → anchor
    _touched: list[str] = field(default_factory=list)
    _started: list[str] = field(default_factory=list)
    _tables: int = 0
    _cell: tuple[int, int, int] | None = None

    def element(self, element: Element) -> None:
        """Walk `element`; what is unknown is looked into, what is no text is passed over."""
        if not isinstance(element.tag, str):
            return
        name = etree.QName(element).localname
        if name in _SKIPPED:
            if name in ("del", "moveFrom"):
                self.deleted += 1
                self._leave_out("修订删去的文字", element)
            return
        step = _STEPS.get(name)
        if step:
            step(self, element)
        else:
            self._children(element)

    def notes(self) -> Iterator[str]:
        """What was counted on the way."""
        if self.inserted or self.deleted:
            counted = f"插入{self.inserted}处，删除{self.deleted}处"
            yield f"文件里有修订痕迹，已按接受修订读入（{counted}），请核对。"
        if self.hidden:
            yield f"文件里有隐藏文字{self.hidden}处，没有读入。"
        if self.remarks:
            yield f"文件里有批注、脚注{self.remarks}处，没有读入，请对照原件。"

    def _children(self, element: Element) -> None:
        for child in element:
            self.element(child)

    def _insertion(self, element: Element) -> None:
        self.inserted += 1
        self._children(element)

    def _run(self, element: Element) -> None:
        hidden = _vanishes(element)
        if hidden is None and self.hiding:
            around = [p.find("{*}pPr/{*}pStyle") for p in element.iterancestors("{*}p")]
            styles = [element.find("{*}rPr/{*}rStyle"), *around]
            hidden = any(style is not None and _value(style) in self.hiding for style in styles)
        if hidden:
            self.hidden += 1
            self._leave_out("隐藏文字", element)
        else:
            self._children(element)

    def _leave_out(self, why: str, element: Element) -> None:
        if text := clean_text(_said(element)).strip():
            self.unseen.append((why, text))

    def _emit(self, text: str) -> None:
        self._text.append(text)
        self._size += len(text)
        if self._size > MAX_TEXT:
            raise InputError(_TOO_LONG)
        if text:
            self._touched += self._open.values()

    def _characters(self, element: Element) -> None:
        self._emit(element.text or "")

    def _space(self, element: Element) -> None:
        self._emit(_SPACE_TAGS[etree.QName(element).localname])

    def _bookmark_start(self, element: Element) -> None:
        name = element.get(f"{{{W}}}name", "")
        if name.startswith(PREFIX):
            anchor = _NUMBERED.sub("", name.removeprefix(PREFIX))
            if anchor not in self._open.values():  # ours never overlap: an end may have been lost
                self._open.clear()
            self._open[element.get(f"{{{W}}}id", "")] = anchor
            self._started.append(anchor)

    def _bookmark_end(self, element: Element) -> None:
        # LibreOffice may write one bookmark's start twice and its end once: a name closes whole
        closed = self._open.get(element.get(f"{{{W}}}id", ""))
        self._open = {number: name for number, name in self._open.items() if name != closed}

    def _paragraph(self, element: Element) -> None:
        outer = self._text, self._touched, self._started  # a text box stands inside a paragraph
        self._text, self._touched, self._started = [], [], []
        at_start = tuple(self._open.values())
        number = self.numbering.before(element)
        self._children(element)
        text = clean_text("".join(self._text))
        text = clean_text(number) + text if text.strip() else text
        anchors = self._touched or [*at_start, *self._started]
        known = tuple(dict.fromkeys(anchors))
        self.lines += [PageLine(line, known, self._cell) for line in text.split("\n")]
        if len(self.lines) > MAX_LINES:
            raise InputError(_TOO_MANY)
        self._text, self._touched, self._started = outer

    def _table(self, element: Element) -> None:
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
        if element.find("{*}trPr/{*}del") is not None:
            self.deleted += 1
            self._leave_out("修订删去", element)
        else:
            self._children(element)

    def _table_cell(self, element: Element) -> None:
        table, row, column = self._cell or (0, 0, -1)
        here = (table, row, column + 1)
        self._cell = here
        merge = element.find("{*}tcPr/{*}vMerge")
        if merge is None or _value(merge) == "restart":
            self._children(element)
        self._cell = here  # a nested table has counted its own

    def _note_reference(self, _: Element) -> None:
        self.remarks += 1


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    """The ids of the styles whose text is hidden, by themselves or by the style below them."""
    hidden: dict[str | None, bool | None] = {}
    below: dict[str | None, str | None] = {}
    for style in () if styles is None else styles.iter("{*}style"):
        name = next((text for key, text in style.items() if key.endswith("}styleId")), None)
        based = style.find("{*}basedOn")
        hidden[name], below[name] = _vanishes(style), None if based is None else _value(based)
    found = set()
    for name in hidden:
        under, seen = name, set[str | None]()
        while hidden.get(under) is None and under in below and under not in seen:
            seen.add(under)
            under = below[under]
        if name and hidden.get(under):
            found.add(name)
    return frozenset(found)


def _vanishes(element: Element) -> bool | None:
    """Whether a run or style hides its text; None where it says nothing."""
    vanish = element.find("{*}rPr/{*}vanish")
    return None if vanish is None else _value(vanish) not in ("0", "false", "off")


def _value(element: Element) -> str | None:
    """Its w:val, in whichever of the two namespaces of WordprocessingML (strict has its own)."""
    return next((text for name, text in element.items() if name.endswith("}val")), None)


_STEPS = {
    "p": _Walk._paragraph,
    "r": _Walk._run,
    "t": _Walk._characters,
    "ins": _Walk._insertion,
    "moveTo": _Walk._insertion,
    "tbl": _Walk._table,
    "tr": _Walk._row,
    "tc": _Walk._table_cell,
    **dict.fromkeys(
        ("commentReference", "footnoteReference", "endnoteReference"), _Walk._note_reference
    ),
    "bookmarkStart": _Walk._bookmark_start,
    "bookmarkEnd": _Walk._bookmark_end,
    **dict.fromkeys(_SPACE_TAGS, _Walk._space),
}
