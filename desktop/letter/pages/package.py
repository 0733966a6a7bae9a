"""A .docx from outside, looked at before it is believed: sizes, names, types, no DTD, no network.

Everything of ours that reads a Word file gets it through `open_package`.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from desktop.errors import InputError
from desktop.letter.ooxml import Element, W
from desktop.letter.pages import file_kinds

MAX_ENTRIES = 2000
MAX_TOTAL = 200 << 20
MAX_XML = 20 << 20
MAX_RATIO = 200
_LISTED = b"PK\x01\x02"  # before each entry of a zip file's directory
_NO_MEMORY, _OVER_A_LIMIT = 2, 114  # codes of libxml2's errors
_BROKEN = (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError)
ZIP = b"PK\x03\x04"
_NOT_IMPORTED = "没有导入任何内容，"
_OUTSIDE_FIELD = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON)\b"
)
_LEFT_OUT = (
    (re.compile(r"(^|/)vbaProject\.bin$"), "宏{}处"),
    (
        re.compile(r"^word/(embeddings|activeX)/[^/]+\.(?!xml$|rels$)\w+$|^word/afchunk"),
        "内嵌对象{}个",
    ),
    (re.compile(r"^word/media/[^/]+$"), "图片{}幅"),
)
_SMALL = 1 << 20  # bytes of a part worth keeping
# in a part written like ours a name has one spelling; most parts hold no text, and styles are long
_LIKE_OURS = re.compile(rb"\s*<\?xml[^>]*encoding=[\"']utf-8[\"'][^>]*\?>", re.I)
# w:t, w:delText; led by a letter, which `re` finds eight times as fast as either mark before it
_TEXT = re.compile(rb"t(?=[\s/>])(?:(?<=[<:]t)|(?<=[<:]delText))")
_MAIN = re.compile(r"(wordprocessingml\.(document|template)|macroEnabled(Template)?)\.main\+xml$")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened .docx: the root of its main part, and its other XML parts on demand."""

    main: Element
    archive: zipfile.ZipFile
    _parsed: dict[str, Element] = field(default_factory=dict)  # what is asked for again

    def xml(self, name: str, holding: re.Pattern[bytes] | None = None) -> Element | None:
        """The root of part `name`, or None where there is none or it is broken, or where it is
        seen, without being parsed, not to hold the one thing it is wanted for."""
        if name in self._parsed:
            return self._parsed[name]
        try:
            data = self.archive.read(name)
            if holding and _LIKE_OURS.match(data) and not holding.search(data):
                return None
            root = _parse(data)
        except (*_BROKEN, KeyError, ValueError):
            return None
        if len(data) <= _SMALL:
            self._parsed[name] = root
        return root

    def names(self) -> list[str]:
        """The names of all parts."""
        return self.archive.namelist()

    def left_out(self) -> Iterator[str]:
        """What the file holds besides text, counted, in a sentence for the handler, if anything."""
        counted = [
            (sum(1 for name in self.names() if part.search(name)), said) for part, said in _LEFT_OUT
        ]
        counted += [
            (self._outside_references(), "外部引用{}处"),
            (self._outside_fields(), "外部数据域{}处"),
        ]
        if said := "、".join(text.format(number) for number, text in counted if number):
            yield f"文件里有{said}，都没有读入，也没有运行或联网，请对照原件。"

    def _outside_references(self) -> int:
        """Templates, pictures, frames that lie elsewhere; a hyperlink is only text."""
        roots = [self.xml(name) for name in self.names() if name.endswith(".rels")]
        return sum(
            relation.get("TargetMode") == "External"
            and not relation.get("Type", "").endswith("/hyperlink")
            for root in roots
            if root is not None
            for relation in root
        )

    def _outside_fields(self) -> int:
        """DDE and its like; Word may cut an instruction into runs."""
        simple = (field.get(f"{{{W}}}instr", "") for field in self.main.iter("{*}fldSimple"))
        instructions = (
            "".join(part.text or "" for part in paragraph.iter("{*}instrText"))
            for paragraph in self.main.iter("{*}p")
        )
        return sum(bool(_OUTSIDE_FIELD.match(text)) for text in (*simple, *instructions))

    def paragraphs(self) -> Iterator[str]:
        """Every paragraph of every part: heads, feet, notes, what is hidden or struck out too."""
        for name in self.names():
            root = self.xml(name, _TEXT) if name.endswith(".xml") else None
            for paragraph in () if root is None else root.iter("{*}p"):
                yield "".join(
                    "\n" if etree.QName(part).localname in ("br", "cr") else part.text or ""
                    for part in paragraph.iter("{*}t", "{*}delText", "{*}br", "{*}cr")
                )


def open_package(data: bytes) -> Package:
    """The .docx `data` holds; `InputError` says what the file is and what to do instead."""
    if not data.startswith(ZIP):
        raise _no_letter()
    if data.count(_LISTED) > 4 * MAX_ENTRIES:  # before zipfile makes an object of each
        raise _tampered()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_entries(archive.infolist())
        file_kinds.refuse_zip(archive.namelist())
        types = archive.read("[Content_Types].xml")
        main = _main_part(_parse(types))
        if not main:
            file_kinds.refuse_zip(archive.namelist(), types.decode(errors="replace"))
            raise _no_letter()
        root = _parse(archive.read(main))
        return Package(root, archive, {main: root})
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds for a broken archive
        raise InputError(f"文件不完整或已损坏，{_NOT_IMPORTED}请重新拷贝或请对方重发。") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    suspicious = (
        len(entries) > MAX_ENTRIES
        or len(set(names)) != len(names)
        or sum(entry.file_size for entry in entries) > MAX_TOTAL
        or any(_is_suspicious(entry) for entry in entries)
    )
    if suspicious:
        raise _tampered()


def _no_letter() -> InputError:
    return InputError(f"这不是 Word 文档（.docx），{_NOT_IMPORTED}请确认后重新选择。")


def _tampered() -> InputError:
    return InputError(f"文件的内部结构异常，可能被人动过手脚，{_NOT_IMPORTED}请向发件人核实。")


def _is_suspicious(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    return (
        bool(entry.flag_bits & 1)
        or name.startswith(("/", "\\"))
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or (name.lower().endswith((".xml", ".rels")) and entry.file_size > MAX_XML)
        or (
            entry.file_size > 10 << 20 and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        )
    )


def _parse(data: bytes) -> Element:
    if b"<!DOCTYPE" in data or b"<\x00!\x00D\x00O" in data or b"\x00<\x00!\x00D\x00O" in data:
        raise _forbidden()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from error
        if error.code == _OVER_A_LIMIT:  # of depth, of a name's length, of what entities make
            raise _tampered() from error
        raise
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that hid it above
        raise _forbidden()
    return root


def _forbidden() -> InputError:
    return InputError(f"文件里有不允许的 DTD 声明，{_NOT_IMPORTED}请向发件人核实。")


def _main_part(types: Element) -> str:
    """The name of the part with the letter's text, or nothing where that is no Word document."""
    for override in types:
        if _MAIN.search(override.get("ContentType", "")):
            return str(override.get("PartName")).lstrip("/")
    return ""
