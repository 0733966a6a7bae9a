"""What a file is that is neither a .docx nor text: told by its bytes, never by its name."""

import re

from desktop.errors import InputError

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_SAVE_AS = "请在 Word/WPS 中另存为 .docx"
_ASK = "请索取 .docx 原件"
_OLD_WORD = ("WordDocument", ".doc/.wps 旧格式", _SAVE_AS)
# the stream that says whose an OLE file is, what it is, what to do
_STREAMS = (
    ("EncryptedPackage", "设有打开密码的文档", "请去掉密码后再导入"),
    _OLD_WORD,
    ("Workbook", "表格（.xls/.et）", f"{_ASK}，或把表格中的文字粘贴进来"),
    ("Book", "表格（.xls/.et）", f"{_ASK}，或把表格中的文字粘贴进来"),
    ("PowerPoint Document", "演示文稿（.ppt/.dps）", _ASK),
    ("__properties_version1.0", "Outlook 邮件（.msg）", "请把其中的附件存出来再导入"),
)
_ENTRY = 128  # bytes: of a directory entry in an OLE file, which begins with its name
_PICTURE = ("图片", f"{_ASK}，扫描件需先识别成文字")
_PACKED = ("压缩包", "请解压后导入其中的 .docx")
_PROGRAM = ("程序，不是文档", "请确认选对了文件；来历不明的程序不要打开")
_WEB_PAGE = ("网页文件", _SAVE_AS)
_MAIL = ("邮件或单个文件网页（.eml/.mht）", f"{_SAVE_AS}，邮件的附件请先存出来")
_HEADS: tuple[tuple[re.Pattern[bytes], tuple[str, str]], ...] = tuple(
    (re.compile(head, re.DOTALL), kind)
    for head, kind in (
        (rb"%PDF|\xef\xbb\xbf%PDF", ("PDF 文件", _ASK)),
        (rb"\{\\rtf", ("RTF 文件", _SAVE_AS)),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", _PICTURE),
        (rb".{4}ftyp", ("图片或视频", _ASK)),
        (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh\d1AY|\xfd7zXZ\0", _PACKED),
        (rb"PK(\x05\x06|\x07\x08)", _PACKED),
        (rb"MZ[^\n]{0,62}\0|\x7fELF|L\0\0\0\x01\x14\x02\0", _PROGRAM),
        (rb"SQLite format 3\0", ("文库或备份", "要恢复备份，请用“文件”里的“备份与恢复”")),
        (rb"(\xef\xbb\xbf)?\s*+(?i:<!doctype html|<html)", _WEB_PAGE),
        (rb"(\xef\xbb\xbf)?\s*+<\?xml", ("XML 文件，不是 .docx", _SAVE_AS)),
        (rb"(MIME-Version|Message-ID|Received|Return-Path): ", _MAIL),
    )
)
# a part that tells whose a zip file is, or what its list of types speaks of
_ZIPS = (
    ("OFD.xml", "OFD 版式文件", _ASK),
    ("mimetype", "ODF 文档（.odt/.ods/.odp）", _SAVE_AS),
)
_TYPES = (
    ("spreadsheetml", "表格（.xlsx）", f"{_ASK}，或把表格中的文字粘贴进来"),
    ("presentationml", "演示文稿（.pptx）", _ASK),
)


def refuse_known(data: bytes) -> None:
    """Raise `InputError` where `data` is of a kind that is known and cannot be read."""
    if data.startswith(_OLE):
        found = [(_entry(data, kind[0]), kind) for kind in _STREAMS]
        first = min((at, kind) for at, kind in [*found, (len(data), _OLD_WORD)] if at >= 0)
        raise _refusal(*first[1][1:])
    for head, kind in _HEADS:
        if head.match(data):
            raise _refusal(*kind)


def refuse_zip(names: list[str], types: str = "") -> None:
    """Raise `InputError` for a zip file of these parts that is no Word document; `types` is what
    its [Content_Types].xml says.
    """
    for part, kind, advice in _ZIPS:
        if part in names:
            raise _refusal(kind, advice)
    for word, kind, advice in _TYPES:
        if word in types:
            raise _refusal(kind, advice)
    if not types and not {"[Content_Types].xml", "word/document.xml"} & set(names):
        raise _refusal(*_PACKED)


def _refusal(kind: str, advice: str) -> InputError:
    return InputError(f"这是{' ' * kind[0].isascii()}{kind}，没有导入任何内容，{advice}。")


def _entry(data: bytes, stream: str) -> int:
    """Where the directory entry of `stream` stands in an OLE file, or -1."""
    name = stream.encode("utf-16-le") + b"\0\0"
    at = data.find(name)
    while at % _ENTRY and at >= 0:
        at = data.find(name, at + 1)
    return at
