"""What a file is called that cannot be read: by its bytes, whatever its name."""

import io
import zipfile

import pytest

from desktop.errors import InputError
from desktop.letter.pages.file_kinds import refuse_known
from desktop.letter.reader import read_case
from tests.conftest import TODAY

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
WORD = "application/vnd.openxmlformats-officedocument"


def ole(*streams: str) -> bytes:
    """An old container whose directory names these streams, 128 bytes an entry."""
    entries = [f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in ("Root", *streams)]
    return OLE.ljust(512, b"\0") + b"".join(entries)


def packed(*names: str, types: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
        if types:
            part = f'<Types><Override PartName="/x" ContentType="{types}"/></Types>'
            archive.writestr("[Content_Types].xml", part)
    return stream.getvalue()


KINDS = [
    (ole("WordDocument"), "这是 .doc/.wps 旧格式，没有导入任何内容，请在 Word/WPS 中另存为 .docx"),
    (ole(), ".doc/.wps"),
    (ole("Workbook"), ".xls"),
    (ole("Book"), ".xls"),
    (ole("PowerPoint Document"), ".ppt"),
    (ole("EncryptedPackage"), "打开密码"),
    (ole("__properties_version1.0"), "邮件"),
    (ole("WordDocument", "ObjectPool", "Workbook"), ".doc/.wps"),  # a sheet lies inside
    (ole("Workbook", "WordDocument"), ".xls"),
    (ole() + b"x" + "WordDocument".encode("utf-16-le") + b"\0\0" + ole("Workbook")[512:], ".doc"),
    (b"%PDF-1.7", "PDF"),
    (b"{\\rtf1", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "图片"),
    (b"\xff\xd8\xff\xe0", "图片"),
    (b"GIF89a", "图片"),
    (b"BM\x10\0\0\0\0\0\0\0", "图片"),
    (b"II*\0", "图片"),
    (b"RIFF\0\0\0\0WEBP", "图片"),
    (b"\0\0\0\x18ftypheic", "图片"),
    (b"Rar!\x1a\x07\0", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包"),
    (b"\x1f\x8b\x08", "压缩包"),
    (packed(), "压缩包"),
    (packed("答复.docx"), "压缩包"),
    (packed("OFD.xml"), "OFD"),
    (packed("mimetype", "content.xml"), ".odt"),
    (packed(types=f"{WORD}.spreadsheetml.sheet.main+xml"), ".xlsx"),
    (packed(types=f"{WORD}.presentationml.presentation.main+xml"), ".pptx"),
    (packed(types="application/unheard-of"), "不是 Word 文档"),
    (packed("word/document.xml"), "损坏"),
    (b"MZ\x90\0\x03", "程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format 3\0", "备份与恢复"),
    (b"\xef\xbb\xbf \n<!DOCTYPE html>", "网页"),
    (b"<HTML>", "网页"),
    (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "XML"),
    (b"MIME-Version: 1.0\n", "网页"),
]


@pytest.mark.parametrize(("data", "said"), KINDS)
def test_it_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_case(data, TODAY)
    assert said in str(caught.value)
    assert "没有导入任何内容" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["BMI 指数\n", "MZ 路的建议\n", "PK 赛\n", "%号", "<建议>", "RIFF", "周明远委员：\n"]
)
def test_a_text_may_begin_with_anything(text: str) -> None:
    refuse_known(text.encode())
    refuse_known(text.encode("gb18030"))
