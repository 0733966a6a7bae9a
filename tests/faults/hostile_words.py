"""What stands inside hostile files: XML that wants to grow or to look outside, hidden words."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from desktop.letter.case_file import dump
from desktop.paths import SAMPLES
from tests.cases import plain_case
from tests.faults.hostile import (
    ANSWER,
    TYPES,
    Hostile,
    document,
    docx,
    packed,
    paragraph,
    parts_of,
    refused,
    relations,
)

OUTSIDE = "外面那份文件里的话"  # stands in a file beside, never in the document
_DTD = "DTD|损坏"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "word/_rels/document.xml.rels"


def markup(folder: Path, address: str) -> Iterator[Hostile]:
    """XML that grows, or that asks `address` or the file `folder`/outside.txt, made here."""
    (folder / "outside.txt").write_text(OUTSIDE, encoding="utf-8")
    yield from chain(
        _entities((folder / "outside.txt").as_uri(), address), _encodings(), _much(), _deep()
    )


def _entities(outside: str, address: str) -> Iterator[Hostile]:
    def declared(inner: str) -> str:
        head, _, body = document(paragraph("前&x;后")).partition("<w:document")
        return f"{head}<!DOCTYPE w:document [{inner}]><w:document{body}"

    laughs = "".join(f"<!ENTITY x{n} '{f'&x{n + 1};' * 10}'>" for n in range(9))
    makers = {
        "内部实体": '<!ENTITY x "另一句">',
        "外部实体": f'<!ENTITY x SYSTEM "{outside}">',
        "网上实体": f'<!ENTITY x SYSTEM "{address}/a">',
        "参数实体": f'<!ENTITY % a SYSTEM "{outside}"> %a; <!ENTITY x "y">',
        "十亿笑话": laughs + '<!ENTITY x9 "哈哈"><!ENTITY x "&x0;">',
        "平方膨胀": f'<!ENTITY x "{"哈" * 100_000}">',
    }
    for name, inner in makers.items():
        dropped = OUTSIDE if outside in inner else "哈哈" if "哈" in inner else ""
        yield Hostile(f"{name}.docx", packed(parts_of(declared(inner))), _DTD, None, dropped)
    hostile = declared(makers["外部实体"])
    for part in ("docProps/custom.xml", "word/header1.xml", _RELATIONS, "customXml/item1.xml"):
        made = docx(parts={part: hostile})
        yield Hostile(f"旁的部件{part.count('/')}{len(part)}.docx", made, _DTD, ANSWER, OUTSIDE)
    yield refused("类型.docx", packed({**parts_of(document()), TYPES: hostile}), _DTD)


def _encodings() -> Iterator[Hostile]:
    declared = document(paragraph("前&x;后")).replace(
        "<w:document", '<!DOCTYPE w:document [<!ENTITY x "另一句">]><w:document', 1
    )
    for encoding in ("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-7", "GBK", "UTF-32"):
        plain, dtd = (
            text.replace('encoding="UTF-8"', f'encoding="{encoding}"').encode(encoding)
            for text in (document(), declared)
        )
        yield Hostile(f"{encoding}.docx", packed(parts_of(plain)), _DTD)
        yield Hostile(f"{encoding}带DTD.docx", packed(parts_of(dtd)), _DTD, ANSWER, "另一句")


def _much() -> Iterator[Hostile]:
    cell = f"<w:tc>{paragraph('格')}</w:tc>"
    table = f"<w:tbl>{f'<w:tr>{cell * 3}</w:tr>' * 10_000}</w:tbl>"
    for name, extra in {
        "一万行表": table,
        "百万空段": "<w:p/>" * 1_000_000,
        "两万段": paragraph("段") * 20_000,
        "百万处理指令": "<?x y?>" * 1_000_000,
        "百万批注号": f"<w:p>{'<w:commentReference/>' * 300_000}</w:p>",
        "十万书签": "".join(
            f'<w:bookmarkStart w:id="{n}" w:name="fh_r_{n}"/>' for n in range(100_000)
        ),
        "一兆一段": paragraph("很长" * 170_000),
        "十兆一段": paragraph("很长" * 1_700_000),
        "十万分节": f"<w:p>{'<w:r><w:t>字</w:t><w:br/></w:r>' * 40_000}</w:p>",
    }.items():
        yield Hostile(f"{name}.docx", docx(extra), ".")
    attributes = " ".join(f'a{n}="1"' for n in range(100_000))
    spaces = " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(10_000))
    yield Hostile("十万属性.docx", docx(inside=attributes), ".")
    yield Hostile("一万命名空间.docx", docx(inside=spaces), ".")


def _deep() -> Iterator[Hostile]:
    def nested(tags: str, depth: int, inner: str) -> str:
        names = tags.split()
        opening = "".join(f"<w:{name}>" for name in names)
        closing = "".join(f"</w:{name}>" for name in reversed(names))
        return opening * depth + inner + closing * depth

    inner = paragraph("最里面")
    for depth in (60, 10_000):
        yield Hostile(f"{depth}层表.docx", docx(nested("tbl tr tc", depth, inner)), ".")
        yield Hostile(f"{depth}层控件.docx", docx(nested("sdt sdtContent", depth, inner)), ".")
    yield Hostile("十万层.docx", docx(nested("x", 100_000, "")), ".")
    boxes = nested("p r", 100, "<w:t>框里</w:t>")
    yield Hostile("一百层文本框.docx", docx(boxes), ".")
    deep = nested("x", 100_000, "").replace("w:", "")
    yield Hostile("旁的部件十万层.docx", docx(parts={"docProps/custom.xml": deep}), ".")


def contents(address: str) -> Iterator[Hostile]:
    """What a colleague's Word leaves in a letter; some of it asks for things at `address`."""
    yield from chain(_tracked(), _hidden(), _fields(address), _odd_characters(), _outside(address))


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _tracked() -> Iterator[Hostile]:
    who = 'w:id="9" w:author="某" w:date="2026-03-01T00:00:00Z"'
    gone = "<w:r><w:delText>删去的话</w:delText></w:r>"
    for name, inner, noted in (
        ("插入", f"<w:ins {who}>{_run('留下的话')}</w:ins>", "插入1处"),
        ("删除", f"{_run('留下的话')}<w:del {who}>{gone}</w:del>", "删除1处"),
        ("先插后删", f"{_run('留下的话')}<w:ins {who}><w:del {who}>{gone}</w:del></w:ins>", "修订"),
        ("移来", f"<w:moveTo {who}>{_run('留下的话')}</w:moveTo>", "插入1处"),
        ("移走", f"{_run('留下的话')}<w:moveFrom {who}>{_run('删去的话')}</w:moveFrom>", "删除1处"),
        ("改格式", _run("留下的话", f"<w:rPrChange {who}><w:rPr/></w:rPrChange>"), ""),
    ):
        yield Hostile(f"{name}.docx", docx(f"<w:p>{inner}</w:p>"), None, "留下的话", "删去", noted)


def _hidden() -> Iterator[Hostile]:
    shown = _run("留下的话")
    for name, properties in (("隐藏", "<w:vanish/>"), ("隐藏一", '<w:vanish w:val="1"/>')):
        extra = f"<w:p>{shown}{_run('藏着的话', properties)}</w:p>"
        yield Hostile(f"{name}.docx", docx(extra), None, "留下的话", "藏着", "隐藏文字1处")
    shown = _run("留下的话", '<w:vanish w:val="0"/>')
    yield Hostile("不隐藏.docx", docx(f"<w:p>{shown}</w:p>"), None, "留下的话")
    made = docx(f"<w:p>{shown}</w:p>", word=_STRICT)
    yield Hostile("严格不隐藏.docx", made, None, "留下的话")
    extra = (
        f"<w:p>{_run('留下的话')}<w:commentRangeStart w:id='1'/><w:commentReference w:id='1'/>"
        "<w:footnoteReference w:id='2'/></w:p>"
    )
    notes = {
        f"word/{name}s.xml": document().replace(ANSWER, "旁注的话").replace("w:document", "w:notes")
        for name in ("comment", "footnote")
    }
    yield Hostile("批注.docx", docx(extra, notes), None, "留下的话", "旁注", "批注、脚注2处")
    box = (
        f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('框里')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box.replace('框里', '又一遍')}</mc:Fallback></mc:AlternateContent>"
    )
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    made = docx(f"<w:p><w:r>{both}</w:r></w:p>", inside=compatible)
    yield Hostile("文本框.docx", made, None, "框里", "又一遍")


def _fields(address: str) -> Iterator[Hostile]:
    for name, code in (
        ("引文", 'INCLUDETEXT "C:\\\\Users\\\\x.docx"'),
        ("链接程序", 'DDEAUTO cmd "/k calc"'),
        ("图片域", f'INCLUDEPICTURE "{address}/a.png"'),
    ):
        marks = [
            f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")
        ]
        code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        extra = f"<w:p>{marks[0]}{code}{marks[1]}{_run('留下的话')}{marks[2]}</w:p>"
        yield Hostile(f"{name}.docx", docx(extra), None, "留下的话", address)
    choice = (
        '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="没选的" w:value="1"/>'
        f"</w:dropDownList></w:sdtPr><w:sdtContent>{_run('留下的话')}</w:sdtContent></w:sdt>"
    )
    yield Hostile("下拉.docx", docx(f"<w:p>{choice}</w:p>"), None, "留下的话", "没选的")


def _odd_characters() -> Iterator[Hostile]:
    for name, raw in (("零", "&#0;"), ("半个字", "&#xD800;"), ("不存在", "&#xFFFF;")):
        yield refused(f"字符{name}.docx", docx(paragraph(f"前{raw}后")))
    odd = "留下&#x202E;的&#xFEFF;话&#xFFFC;&#x85;&#x2028;&#x200B;&#x7F;"
    yield Hostile("控制符.docx", docx(paragraph(odd)), None, "留下的话")
    for name, text in (
        ("私用区", "留\ue000下\ue001的"),
        ("扩展乙", "𠮷𡈽𪚥"),
        ("组合符", "e\u0301\u0302" * 50),
    ):
        yield Hostile(f"{name}.docx", docx(paragraph(text)), None, text)


def _outside(address: str) -> Iterator[Hostile]:
    """What points elsewhere: nothing there is ever asked for."""
    for name, kind in (
        ("远程模板", "attachedTemplate"),
        ("远程图片", "image"),
        ("远程对象", "oleObject"),
        ("远程框架", "frame"),
        ("并入网页", "aFChunk"),
    ):
        targets = relations((kind, f"{address}/evil.dotm", "External"))
        extra = '<w:altChunk r:id="rId0"/>' if kind == "aFChunk" else ""
        parts: dict[str, str | bytes] = {
            _RELATIONS: targets,
            "word/_rels/settings.xml.rels": targets,
        }
        yield Hostile(f"{name}.docx", docx(extra, parts), None, ANSWER, address)
    parts = {
        _RELATIONS: relations(("aFChunk", "chunk.htm", "")),
        "word/chunk.htm": f"<html>{OUTSIDE}<img src='{address}/a.png'></html>",
    }
    yield Hostile("并入.docx", docx('<w:altChunk r:id="rId0"/>', parts), None, ANSWER, OUTSIDE)


def case_files() -> Iterator[Hostile]:
    """卷宗文件 that somebody worked on by hand."""
    sample = json.loads((SAMPLES / "narrative.json").read_text(encoding="utf-8"))

    def changed(name: str, value: object) -> bytes:
        return json.dumps({**sample, "case": {**sample["case"], name: value}}).encode()

    def many(name: str, depth: int) -> bytes:
        return changed(name, sample["case"][name] * depth)

    yield refused("层层.json", b'{"a":' + b"[" * 200_000, ".")
    yield refused("长数.json", b'{"a":' + b"9" * 100_000 + b"}", ".")
    yield refused("空壳.json", b"{}", ".")
    yield refused("未来.json", json.dumps({**sample, "version": 10**9}).encode(), "更新版本")
    yield Hostile("五千条建议.json", dump(plain_case(suggestions=5_000)).encode(), ".", "")
    yield Hostile("多提案.json", many("proposals", 5_000), ".", "")
    yield Hostile("多答复.json", many("replies", 5_000), ".", "")
    for name in sample["case"]:
        for number, wrong in enumerate(
            (None, [], {}, -1, float("nan"), "\ud800", [[[]]], "一" * 9999)
        ):
            yield Hostile(f"{name}{number}.json", changed(name, wrong), ".", "")
