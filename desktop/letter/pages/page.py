"""What a file shows: its lines of text in reading order, whoever wrote it.

`read_docx` walks the XML itself (`walk`); `decoded` and `read_text` read plain text. Both are the
border: nothing but text and our own carriers comes in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.errors import InputError
from desktop.letter.clean import clean_text
from desktop.letter.homecoming.returned import Remark
from desktop.letter.ooxml import Element
from desktop.letter.pages.numbering import Numbering
from desktop.letter.pages.package import Package, open_package
from desktop.letter.pages.page_lines import PageLine
from desktop.letter.pages.remarks import read_remarks
from desktop.letter.pages.walk import (
    MAX_LINES,
    MAX_TEXT,
    TOO_LONG,
    TOO_MANY,
    Walk,
    attribute,
    hides,
    said,
    value,
)

__all__ = ["Aside", "Page", "PageLine", "decoded", "read_docx", "read_text"]

_BOOKMARK_MARK = re.compile(r"\[bookmark: [^\]\n]{0,100}+\]")  # a name has 40 characters
_VANISH = re.compile(rb"vanish")
_BESIDE = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
_BESIDE_WORDS = {
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside the page, its changes accepted: `where` is 页眉, 页脚, 脚注 or 尾注.

    `line` is the one that has the note's sign, -1 for a head or foot.
    """

    where: str
    text: str
    line: int = -1


@dataclass(frozen=True, slots=True)
class Page:
    """A read file. `notes` are Chinese sentences on what was left out, for the handler; `accepted`
    what to say besides where its tracked changes and remarks go no further.

    `remarks` are its comments. `asides` stand beside the page. `elsewhere` is what the file says
    and the page does not show, struck out and hidden too, each with where that was.
    """

    lines: tuple[PageLine, ...]
    notes: tuple[str, ...] = ()
    package: Package | None = None
    elsewhere: tuple[tuple[str, str], ...] = ()
    accepted: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    asides: tuple[Aside, ...] = ()


def read_text(text: str) -> Page:
    """The lines of a text, without the marks Word leaves in one."""
    if len(text) > MAX_TEXT:
        raise InputError(TOO_LONG)
    cleaned = clean_text(text)
    lines = _BOOKMARK_MARK.sub("", cleaned).split("\n")
    if len(lines) > MAX_LINES:
        raise InputError(TOO_MANY)
    bookmarks = tuple(("书签", mark) for mark in _BOOKMARK_MARK.findall(cleaned))
    return Page(tuple(PageLine(line) for line in lines), elsewhere=bookmarks)


def read_docx(data: bytes) -> Page:
    """The lines of a .docx; `InputError` says what is wrong with one that cannot be read."""
    package = open_package(data)
    hiding = _hidden_styles(package.xml("word/styles.xml", _VANISH))
    walk = Walk(Numbering(package), hiding).part(package.main)
    lines = tuple(walk.lines)
    return Page(
        lines,
        (*_left_out(walk), *package.left_out()),
        package,
        (*walk.unseen, *_beside_the_page(package)),
        tuple(_accepted(walk)),
        read_remarks(package, walk.spots, lines),
        tuple(_asides(package, walk, hiding)),
    )


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


def _left_out(walk: Walk) -> Iterator[str]:
    if walk.hidden:
        yield f"文件里有隐藏文字{walk.hidden}处，没有读入。"
    if walk.enclosed:
        yield f"文件里嵌着另外的文档{walk.enclosed}份，没有读入，请在 Word/WPS 中打开后复制文字。"


def _accepted(walk: Walk) -> Iterator[str]:
    if walk.inserted or walk.deleted:
        counted = f"插入{walk.inserted}处，删除{walk.deleted}处"
        yield f"文件里有修订痕迹，已按接受修订读入（{counted}），请核对。"
    if walk.remarks:
        yield f"文件里有批注、脚注{walk.remarks}处，没有读入，请对照原件。"


def _beside_the_page(package: Package) -> Iterator[tuple[str, str]]:
    """What heads, feet, notes and remarks say, struck out or not, paragraph by paragraph."""
    for where, root in _parts_beside(package):
        for paragraph in root.iter("{*}p"):
            if text := clean_text(said(paragraph)).strip():
                yield where, text


def _asides(package: Package, walk: Walk, hiding: frozenset[str]) -> Iterator[Aside]:
    for where, root in _parts_beside(package):
        notes = [*root.iter("{*}footnote", "{*}endnote")]
        kind = {"脚注": "footnote", "尾注": "endnote"}.get(where, "")
        for one in notes or [root]:
            spots = walk.spots.get(f"{kind} {attribute(one, 'id')}", ())
            if where == _BESIDE_WORDS["comments"] or (kind and not spots):
                continue
            read = Walk(walk.numbering, hiding).part(one).lines
            if text := "\n".join(line.text.strip() for line in read if line.text.strip()):
                yield Aside(where, text, spots[0][0] if spots else -1)


def _parts_beside(package: Package) -> Iterator[tuple[str, Element]]:
    for name in package.names():
        match = _BESIDE.fullmatch(name)
        root = package.xml(name) if match else None
        if match and root is not None:
            yield _BESIDE_WORDS[match[1]], root


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    """The ids of the styles whose text is hidden, by themselves or by the style below them."""
    hidden: dict[str | None, bool | None] = {}
    below: dict[str | None, str | None] = {}
    for style in () if styles is None else styles.iter("{*}style"):
        name = next((text for key, text in style.items() if key.endswith("}styleId")), None)
        based = style.find("{*}basedOn")
        hidden[name], below[name] = hides(style), None if based is None else value(based)
    found = set()
    for name in hidden:
        under, seen = name, set[str | None]()
        while hidden.get(under) is None and under in below and under not in seen:
            seen.add(under)
            under = below[under]
        if name and hidden.get(under):
            found.add(name)
    return frozenset(found)
