"""The faces found among the fonts of this computer, or what stands in for them.

A face counts as installed only where the font Qt hands out for one of its names bears that name in
its own name table: fontconfig and Windows put another font in its place without a word. For a face
that is missing a stand-in is chosen, the same on every run, and named in one sentence.
"""

import struct
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from desktop.paper.faces import Face

UNITS = 1000  # the pixel size fonts are measured and drawn large at
# every name a face goes by: in GB2312 and GBK issues, in Chinese and in English, of each foundry
NAMES: dict[Face, tuple[str, ...]] = {
    Face.FANGSONG: (
        *("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
        *("方正仿宋_GBK", "FZFangSong-Z02", "方正仿宋简体", "FZFangSong-Z02S", "FZFangsong"),
    ),
    Face.KAITI: (
        *("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", "Kaiti SC"),
        *("方正楷体_GBK", "FZKai-Z03", "方正楷体简体", "FZKai-Z03S"),
    ),
    Face.HEITI: (
        *("黑体", "SimHei", "华文黑体", "STHeiti", "Heiti SC"),
        *("方正黑体_GBK", "FZHei-B01", "方正黑体简体", "FZHei-B01S"),
    ),
    Face.XIAOBIAOSONG: (
        *("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
        *("小标宋体", "小标宋", "FZXiaoBiaoSong", "汉仪小标宋简", "HYXiaoBiaoSongJ"),
    ),
    Face.SONG: (
        *("宋体", "SimSun", "新宋体", "NSimSun", "华文宋体", "STSong", "Songti SC"),
        *("方正书宋_GBK", "FZShuSong-Z01", "方正书宋简体", "FZShuSong-Z01S"),
    ),
    Face.ROMAN: (  # and its twins, made to the same advances
        *("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
        *("Nimbus Roman No9 L", "TeX Gyre Termes"),
    ),
}
_SERIF = (
    *("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "思源宋体"),
    *("Source Han Serif CN", "SimSun", "NSimSun", "STSong", "Songti SC", "方正书宋_GBK"),
    *("AR PL UMing CN", "AR PL SungtiL GB", "WenQuanYi Bitmap Song"),
)
_SANS = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "思源黑体", "Source Han Sans CN"),
    *("Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei"),
    "Droid Sans Fallback",
)
# what stands in, best first; † asks for the bold of the family
_STAND_INS: dict[Face, tuple[str, ...]] = {
    Face.FANGSONG: ("Zhuque Fangsong (technical preview)", "朱雀仿宋", "FandolFang R", *_SERIF),
    Face.KAITI: ("AR PL UKai CN", "AR PL KaitiM GB", "FandolKai", "LXGW WenKai", *_SERIF),
    Face.HEITI: _SANS,
    Face.XIAOBIAOSONG: (
        *(f"{name}†" for name in _SERIF[:5]),
        *("华文中宋", "STZhongsong", *_SERIF),
    ),
    Face.SONG: _SERIF,
    Face.ROMAN: ("FreeSerif", "DejaVu Serif"),
}


@dataclass(frozen=True)
class Found:
    """A font for a face: `name` as this computer knows it, `true` if it is the face itself."""

    name: str
    font: QFont
    raw: QRawFont
    true: bool


def _font(name: str, *, bold: bool = False) -> QFont:
    font = QFont(name)
    font.setPixelSize(UNITS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)  # grey on paper, never coloured
    font.setFeature(QFont.Tag("liga"), 0)  # no ffi in one glyph: every character has its own
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def find_face(face: Face, names: tuple[str, ...]) -> Found:
    """The face itself under one of `names`, or the best that can stand in for it."""
    needed = "A" if face is Face.ROMAN else "中"
    for name in (*names, *_STAND_INS[face]):
        bare = name.removesuffix("†")
        font = _font(bare, bold=bare != name)
        raw = QRawFont.fromFont(font)
        if _has(raw, needed) and bare.casefold() in _names_of(raw):
            return Found(bare, font, raw, name in names)
    for name in QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        font = _font(name, bold=face is Face.XIAOBIAOSONG)
        raw = QRawFont.fromFont(font)
        if _has(raw, needed):
            return Found(name, font, raw, False)
    raw = QRawFont.fromFont(_font(""))
    return Found("", _font(""), raw if _is_font(raw) else QRawFont(), False)


def _has(raw: QRawFont, character: str) -> bool:
    return _is_font(raw) and raw.glyphIndexesForString(character) != [0]


def _is_font(raw: QRawFont) -> bool:
    """Whether it is one: without any font Qt hands out boxes that claim to be every character, a
    noncharacter too, and crash when they are asked for more."""
    return not raw.supportsCharacter("\U0010ffff")


def _names_of(raw: QRawFont) -> set[str]:
    """The family, full and PostScript names a font bears, in all its languages, in lower case."""
    table = bytes(raw.fontTable("name").data())
    if len(table) < 6:  # Type 1 has none
        return {raw.familyName().casefold()}
    count, strings = struct.unpack_from(">HH", table, 2)
    names = set()
    for record in range(min(count, (len(table) - 6) // 12)):  # a broken table has fewer
        platform, encoding, _, kind, length, start = struct.unpack_from(
            ">6H", table, 6 + 12 * record
        )
        if kind in (1, 4, 6, 16):
            text = table[strings + start : strings + start + length]
            wide = platform != 1 and encoding != 3  # Macintosh and PRC names are bytes
            names.add(text.decode("utf-16-be" if wide else "gb18030", "ignore").casefold())
    return names


def sentence_of(stand_ins: dict[Face, str]) -> str:
    """What the handler should know of `stand_ins`."""
    if not stand_ins:
        return ""
    if not all(stand_ins.values()):
        return (
            "本机没有可用的中文字体，预览、打印和 PDF 里的汉字显示为方框；"
            "卷宗和导出的 Word 函件不受影响，请安装一种中文字体。"
        )
    missing: dict[str, list[str]] = {}
    for face, name in stand_ins.items():
        missing.setdefault(name, []).append(face.value)
    said = "；".join(f"{'、'.join(faces)}，以 {name} 代替" for name, faces in missing.items())
    return f"本机未安装 {said}。只影响预览、打印和 PDF，导出的 Word 函件不变。"
