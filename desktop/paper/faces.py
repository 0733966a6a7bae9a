"""The faces (字体) a letter is set in, and what of them line breaking needs to know."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# What a face kerns together, see `FaceTable.words`: Latin from a letter on, as far as LibreOffice
# shapes it in one go. Digits and marks before the letter are shaped apart from it, with the hanzi;
# so is a closing bracket whose opening one stands there. Pieces are short: each one is remembered.
LATIN_WORD = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:\([ -'*-~]{,60}\)|[ -~\u00a1-\u024f](?<![)\]}])){1,60}"
    r"|[!-@[-`{-~]{2,60}"
)


class Face(StrEnum):
    """A face by its place in the letter; the value is the name the .docx gives it."""

    FANGSONG = "仿宋_GB2312"  # body
    KAITI = "楷体_GB2312"  # （一）
    HEITI = "黑体"  # 一、 and the 类别
    XIAOBIAOSONG = "方正小标宋简体"  # title and 发文机关标志
    SONG = "宋体"  # page numbers
    ROMAN = "Times New Roman"  # digits and Latin, where the layout asks for it


@dataclass(frozen=True)
class FaceTable:
    """What a face measures, in parts of its size (em).

    `advances` gives the advance of any character asked for (a mapping that measures what it does
    not hold yet); `descent` is the depth below the baseline, `ascent` the height above it. `words`
    gives the advances of the characters of a Latin word as it is kerned, where the face kerns.
    """

    advances: Mapping[str, float]
    ascent: float
    descent: float
    words: Mapping[str, Sequence[float]] | None = None


FaceTables = Mapping[Face, FaceTable]
