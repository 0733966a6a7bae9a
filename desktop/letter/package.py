"""A .docx from outside, looked at before it is believed: sizes, names, types, no DTD, no network.

Everything of ours that reads a Word file gets it through `open_package`.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from desktop.errors import InputError
from desktop.letter.ooxml import Element

MAX_FILE = 30 << 20
MAX_ENTRIES = 2000
MAX_TOTAL = 200 << 20
MAX_XML = 20 << 20
MAX_RATIO = 200
_BROKEN = (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError)
_NOT_IMPORTED = "没有导入任何内容，"
_OLE, _ZIP = bytes.fromhex("D0CF11E0A1B11AE1"), b"PK\x03\x04"
_MAIN = re.compile(r"(wordprocessingml\.(document|template)|macroEnabled(Template)?)\.main\+xml$")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened .docx: the root of its main part, and its other XML parts on demand."""

    main: Element
    archive: zipfile.ZipFile

    def xml(self, name: str) -> Element | None:
        """The root of part `name`, or None where there is none or it is broken."""
        try:
            return _parse(self.archive.read(name))
        except (*_BROKEN, KeyError, ValueError):
            return None

    def names(self) -> list[str]:
        """The names of all parts."""
        return self.archive.namelist()

    def paragraphs(self) -> Iterator[str]:
        """Every paragraph of every part: heads, feet, notes, what is hidden or struck out too."""
        for name in self.names():
            root = self.xml(name) if name.endswith(".xml") else None
            for paragraph in () if root is None else root.iter("{*}p"):
                yield "".join(
                    "\n" if etree.QName(part).localname in ("br", "cr") else part.text or ""
                    for part in paragraph.iter("{*}t", "{*}delText", "{*}br", "{*}cr")
                )


def open_package(data: bytes) -> Package:
    """The .docx `data` holds; `InputError` says what the file is and what to do instead."""
    _check_kind(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_entries(archive.infolist())
        types = _parse(archive.read("[Content_Types].xml"))
        return Package(_parse(archive.read(_main_part(types))), archive)
    except InputError:
        raise
    except Exception as error:  # zipfile and zlib raise a dozen kinds for a broken archive
        raise InputError(f"文件不完整或已损坏，{_NOT_IMPORTED}请重新拷贝或请对方重发。") from error


def _check_kind(data: bytes) -> None:
    if not data:
        raise InputError(f"文件是空的，{_NOT_IMPORTED}请对方重新发送。")
    if len(data) > MAX_FILE:
        raise InputError(
            f"文件超过 {MAX_FILE >> 20} MB，不像一份答复函，{_NOT_IMPORTED}请确认后重新选择。"
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError(f"文档设有打开密码，{_NOT_IMPORTED}请去掉密码后再导入。")
        raise InputError(f"这是 .doc/.wps 旧格式，{_NOT_IMPORTED}请在 Word/WPS 中另存为 .docx。")
    if data.startswith(b"%PDF"):
        raise InputError(f"这是 PDF 文件，{_NOT_IMPORTED}请索取 .docx 原件。")
    if data.startswith(b"{\\rtf"):
        raise InputError(f"这是 RTF 文件，{_NOT_IMPORTED}请在 Word/WPS 中另存为 .docx。")
    if not data.startswith(_ZIP):
        raise InputError(f"这不是 Word 文档（.docx），{_NOT_IMPORTED}请确认后重新选择。")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    suspicious = (
        len(entries) > MAX_ENTRIES
        or len(set(names)) != len(names)
        or sum(entry.file_size for entry in entries) > MAX_TOTAL
        or any(_is_suspicious(entry) for entry in entries)
    )
    if suspicious:
        raise InputError(f"文件的内部结构异常，可能被人动过手脚，{_NOT_IMPORTED}请向发件人核实。")


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
        raise InputError(f"文件里有不允许的 DTD 声明，{_NOT_IMPORTED}请向发件人核实。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _main_part(types: Element) -> str:
    for override in types:
        if _MAIN.search(override.get("ContentType", "")):
            return str(override.get("PartName")).lstrip("/")
    raise InputError(f"这不是 Word 文档（可能是表格或演示文稿），{_NOT_IMPORTED}请确认后重新选择。")
