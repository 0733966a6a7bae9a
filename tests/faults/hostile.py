"""Files from outside that want more than to be read: archives that lie, files of other kinds.

What hostile XML and a colleague's Word do is in `hostile_words.py`. All of it is made here, by the
test that wants it; nothing was taken from anybody's letter.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from desktop.letter.ooxml import R, W

NUMBER = "2026031"
ANSWER = "图集已经印发到各街道。"
LINES = (
    f"关于第{NUMBER}号提案的答复",
    "尊敬的沈既白委员：",
    f"您在临江市云塘区政协七届三次会议上提出的《关于修补老旧小区雨棚的建议》（第{NUMBER}号提案）"
    "收悉，经研究，现答复如下：",
    "一、建议1及其答复",
    "（一）相关建议",
    "建议1：统一雨棚的式样。",
    "（二）答复",
    ANSWER,
    "感谢您对老旧小区的关心。",
    "临江市云塘区住房局",
    "2026年3月2日",
)
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{_WORD}.document.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CENTRAL = b"PK\x01\x02"
_DAMAGED = "损坏|异常"
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and what must become of it.

    `says` is a pattern for the sentence that refuses it, None where it must be read; `kept` is what
    must be in the case that was read, None where it must be refused. With both, either will do.
    `dropped` must not be in the case, `noted` must be among the notes. No `data`: a folder.
    """

    name: str
    data: bytes | None
    says: str | None = None
    kept: str | None = ANSWER
    dropped: str = ""
    noted: str = ""


def refused(name: str, data: bytes | None, says: str = _DAMAGED) -> Hostile:
    """A file nothing may be read from."""
    return Hostile(name, data, says, None)


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(extra: str = "", *, word: str = W, inside: str = "") -> str:
    """The XML of a whole letter, with `extra` between answer and closing; `inside` the root tag."""
    place = LINES.index(ANSWER) + 1
    before, after = ("".join(map(paragraph, part)) for part in (LINES[:place], LINES[place:]))
    return (
        f'{_HEAD}<w:document xmlns:w="{word}" xmlns:r="{R}" {inside}>'
        f"<w:body>{before}{extra}{after}</w:body></w:document>"
    )


def parts_of(main: str | bytes, *, kind: str = MAIN_TYPE) -> dict[str, str | bytes]:
    """The parts of the smallest .docx with this main part."""
    return {
        TYPES: f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{DOCUMENT}" ContentType="{kind}"/></Types>',
        "_rels/.rels": relations(("officeDocument", DOCUMENT, "")),
        DOCUMENT: main,
    }


def relations(*targets: tuple[str, str, str]) -> str:
    """A .rels part of (type, target, mode)."""
    made = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for n, (kind, target, mode) in enumerate(targets)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    """The archive of `parts`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def docx(extra: str = "", parts: dict[str, str | bytes] | None = None, **settings: str) -> bytes:
    """The letter as a .docx, with `extra` in its body and these parts besides."""
    kind = settings.pop("kind", MAIN_TYPE)
    return packed({**parts_of(document(extra, **settings), kind=kind), **(parts or {})})


def archives() -> Iterator[Hostile]:
    """Archives that blow up, lie about themselves, or are cut."""
    yield Hostile("寻常.docx", docx())
    yield from chain(_bombs(), _names(), _lies(), _cut())


def _bombs() -> Iterator[Hostile]:
    blank = b"\0" * (64 * MEGABYTE)
    swollen = document(" " * (21 * MEGABYTE))
    yield refused("大部件.docx", packed(parts_of(swollen)))
    yield refused("大图片.docx", docx(parts={"word/media/image1.png": blank}))
    yield refused(
        "总量.docx",
        docx(parts={f"word/media/{n}.bin": b"\0" * (9 * MEGABYTE) for n in range(23)}),
    )
    yield refused("条目.docx", docx(parts={f"word/{n}.xml": b"<a/>" for n in range(3000)}))
    many = f'<w:document xmlns:w="{W}">' + "<w:p/>" * 1_600_000 + "</w:document>"
    yield Hostile(
        "二十个部件.docx", docx(parts={f"word/header{n}.xml": many for n in range(20)}), "."
    )
    inner = docx()
    for depth in range(12):
        inner = docx(parts={"word/embeddings/inner.docx": inner, f"word/d{depth}.bin": blank[:9]})
    yield Hostile("套娃.docx", inner)
    lengths = "\ue000999999\ue001" * 3000
    yield Hostile("载体.docx", docx(parts={"docProps/custom.xml": _property(lengths)}))


def _property(text: str) -> str:
    return (
        "<Properties><property name='fuhan.printed'><v>narrative house plain compact</v></property>"
        f"<property name='fuhan.case.0000'><v>{text}</v></property></Properties>"
    )


def _names() -> Iterator[Hostile]:
    for label, name in (
        ("绝对路径", "/etc/cron.d/x.xml"),
        ("上级目录", "word/../../../x.xml"),
        ("反斜线", "..\\..\\x.xml"),
        ("盘符", "C:/x.xml"),
    ):
        renamed = docx(parts={"X" * len(name): "<a/>"})
        yield refused(f"{label}.docx", renamed.replace(b"X" * len(name), name.encode()))
    twice = docx(parts={"word/Document.xml": document(paragraph("另一份"))})
    yield refused("大小写重名.docx", twice)
    yield refused("重名.docx", twice.replace(b"word/Document.xml", DOCUMENT.encode()))


def _lies() -> Iterator[Hostile]:
    plain = docx()
    yield refused("条目加密.docx", _patched(plain, 8, "<H", 1, local=6))
    yield refused("未知压缩.docx", _patched(plain, 10, "<H", 99, local=8))
    yield refused("大小写成零.docx", _patched(plain, 24, "<I", 0, local=22))
    yield refused("大小写成四吉.docx", _patched(plain, 24, "<I", 0xFFFFFFFE, local=22))
    yield refused("校验和.docx", _patched(plain, 16, "<I", 1, local=14))
    yield refused("名字不符.docx", plain.replace(DOCUMENT.encode(), b"word/documenT.xml", 1))
    yield refused("重叠.docx", _patched(plain, 42, "<I", 0))
    swollen = packed(parts_of(document(" " * (60 * MEGABYTE))))
    yield refused("藏起大小.docx", _patched(swollen, 24, "<I", 3000, local=22))
    extra = struct.pack("<HHQQ", 1, 16, 1 << 60, 1 << 60)
    yield refused("六十四位.docx", _with_extra(plain, extra))
    yield Hostile("流式.docx", _streamed())


def _cut() -> Iterator[Hostile]:
    plain = docx()
    directory = plain.index(_CENTRAL)
    yield refused("前有杂物.docx", b"MZ" + b"junk" * 100 + plain, ".")
    yield Hostile("后有杂物.docx", plain + b"junk" * 100, _DAMAGED)
    yield refused("目录截断.docx", plain[: directory + 40])
    yield refused("没有目录.docx", plain[:directory])
    yield refused("只有开头.docx", b"PK\x03\x04")
    yield refused("空压缩包.docx", b"PK\x05\x06" + b"\0" * 18, ".")
    yield refused("没有正文.docx", packed({TYPES: parts_of("")[TYPES]}))
    yield refused("没有类型.docx", packed({DOCUMENT: document()}), ".")
    yield refused("坏的正文.docx", packed(parts_of("<w:document")))


def _patched(data: bytes, central: int, form: str, value: int, *, local: int = 0) -> bytes:
    """The archive with a number of its last entry changed, in the directory and in its header."""
    changed = bytearray(data)
    entry = data.rindex(_CENTRAL)
    struct.pack_into(form, changed, entry + central, value)
    if local:
        (header,) = struct.unpack_from("<I", data, entry + 42)
        struct.pack_into(form, changed, header + local, value)
    return bytes(changed)


def _with_extra(data: bytes, extra: bytes) -> bytes:
    """The archive whose last entry leaves its sizes to the extra field."""
    entry, end = data.rindex(_CENTRAL), data.rindex(b"PK\x05\x06")
    changed = bytearray(data)
    struct.pack_into("<II", changed, entry + 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", changed, entry + 30, len(extra))
    (length,) = struct.unpack_from("<I", data, end + 12)
    struct.pack_into("<I", changed, end + 12, length + len(extra))
    return bytes(changed[:end] + extra + changed[end:])


class _Pipe(io.RawIOBase):
    """A stream nobody can go back in: sizes follow the data."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def _streamed() -> bytes:
    """An honest .docx with data descriptors and sizes of 64 bits, as some programs write it."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(document()).items():
            with archive.open(name, "w", force_zip64=True) as entry:
                entry.write(part.encode() if isinstance(part, str) else part)
    return bytes(pipe.data)


def kinds() -> Iterator[Hostile]:
    """Files that are something else, whatever they are called."""
    yield from chain(_office_kinds(), _other_kinds())


def _office_kinds() -> Iterator[Hostile]:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    yield refused("表格.xlsx", docx(kind=sheet), "表格")
    yield refused("演示.pptx", docx(kind=slides), "演示")
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    vba = {"word/vbaProject.bin": _OLE + b"\0" * 500}
    yield Hostile("带宏.docm", docx(parts=vba, kind=macros))
    for suffix, kind in (
        ("dotx", f"{_WORD}.template.main+xml"),
        ("dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ):
        yield Hostile(f"模板.{suffix}", docx(kind=kind))
    for name, stream, says in (
        ("旧.doc", "WordDocument", r"\.doc"),
        ("旧.wps", "WordDocument", r"\.wps"),
        ("旧.xls", "Workbook", r"\.xls|表格"),
        ("有密码.docx", "EncryptedPackage", "密码"),
        ("不明.doc", "", r"\.doc"),
    ):
        yield refused(
            name, _OLE.ljust(1024, b"\0") + stream.encode("utf-16-le") + b"\0" * 512, says
        )
    for name, kind in (("文.odt", "vnd.oasis.opendocument.text"), ("公文.ofd", "ofd")):
        yield refused(name, packed({"mimetype": f"application/{kind}", "content.xml": "<a/>"}), ".")


def _other_kinds() -> Iterator[Hostile]:
    yield refused("扫描.docx", b"%PDF-1.7\n" + b"%" * 300, "PDF")
    yield refused("富文本.docx", b"{\\rtf1\\ansi{\\*\\generator x}}", "RTF")
    page = "<html><body><script>alert(1)</script>正文</body></html>"
    yield refused("网页.docx", f"<!DOCTYPE html>{page}".encode(), ".")
    yield refused("网页.mht", f"MIME-Version: 1.0\nContent-Type: text/html\n\n{page}".encode(), ".")
    for name, head in (
        ("照片.png", b"\x89PNG\r\n\x1a\n"),
        ("照片.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("程序.exe", b"MZ\x90\0\x03"),
        ("压缩.rar", b"Rar!\x1a\x07\x01\0"),
        ("压缩.7z", b"7z\xbc\xaf\x27\x1c"),
    ):
        yield refused(name, head + bytes(range(256)) * 8, ".")
    yield refused("压缩.zip", packed({"通知.txt": "内容"}), ".")
    yield refused("空.docx", b"", "空")
    yield refused("一字节.docx", b"P", ".")
    yield refused("三十一兆.docx", b"PK\x03\x04" + b"\0" * (31 * MEGABYTE), "30 MB")
    yield refused("文件夹.docx", None, "文件夹")
