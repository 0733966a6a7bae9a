"""Texts made to be slow: long runs of what the patterns of the reader look for, in any encoding."""

import re
import time
from collections.abc import Iterator

from tests.faults.hostile import LINES, MEGABYTE, Hostile, docx, paragraph, refused

_UNITS = (
    *'　 \t1１《》“（）〔密第届年我在号，。：<"[',
    *("一、", "密 ", "密级：", "机密*", "秘　密", "关于", "的建议", "建议", "建议1：", "会议"),
    *(
        "[bookmark: ",
        "附件：",
        "附件：1.",
        "联系人（",
        "七届",
        "二〇",
        "www.",
        "第一",
        "\r",
        "\x0b",
        "\u2028",
    ),
)
_HEAD, _TAIL = "\n".join(LINES[1:3]) + "\n", "\n" + "\n".join(LINES[-2:])


def texts(length: int = 300_000) -> Iterator[Hostile]:
    """Letters of some `length` characters of one thing: in a line, before the opening, in lines."""
    for number, unit in enumerate(_UNITS):
        run = unit * (length // len(unit))
        lines = "\n".join([unit * (200 // len(unit))] * (length // 250))
        for shape, text in enumerate(
            (
                f"{_HEAD}{run}{_TAIL}",
                f"{LINES[1]}\n{run}现答复如下：\n正文{_TAIL}",
                run,
                f"{_HEAD}{lines}{_TAIL}",
            )
        ):
            yield Hostile(f"{number}-{shape}.txt", text.encode(), ".", "")


def encodings() -> Iterator[Hostile]:
    """The letter in every encoding a Chinese office has, and what is none."""
    letter = "\n".join(LINES)
    for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"):
        yield Hostile(f"{encoding}.txt", letter.encode(encoding))
    for encoding in ("utf-16-le", "utf-16-be", "utf-32", "big5", "utf-7"):
        yield Hostile(f"{encoding}.txt", letter.encode(encoding, "replace"), ".", "")
    yield refused("长附件.txt", f"{_HEAD}正文\n附件：{'长' * 900_000}{_TAIL}".encode(), "内容多")
    mixed = letter[:60].encode() + letter[60:].encode("gbk")
    for name, data in (
        ("混合", mixed),
        ("带零", letter.encode() + b"\0" * 50),
        ("只有零", b"\0" * MEGABYTE),
        ("只有换行", b"\n" * (29 * MEGABYTE)),
        ("一行", "一".encode() * (9 * MEGABYTE)),
        ("半个字", letter.encode("gbk")[:-1] + b"\x81"),
        ("替代字", letter.encode("utf-8").replace("我".encode(), b"\xed\xa0\x80")),
        ("标签", b"<" * MEGABYTE),
        ("括号", b"{" * MEGABYTE),
    ):
        yield Hostile(f"{name}.txt", data, ".", "")


def in_word(length: int = 200_000) -> Iterator[Hostile]:
    """The same runs in a .docx, where the properties and bookmarks are read as well."""
    for number, unit in enumerate(_UNITS):
        if unit.isprintable() and unit not in '<"':
            yield Hostile(f"{number}.docx", docx(paragraph(unit * (length // len(unit)))), ".", "")


def growth_of_a_slow_pattern() -> float:
    """How much longer the first pattern of the bookmarks takes with twice the text: 4, not 2."""
    pattern = re.compile(r"\[bookmark: [^\]]*\]")

    def seconds(count: int) -> float:
        begun = time.perf_counter()
        pattern.sub("", "[bookmark: " * count)
        return time.perf_counter() - begun

    return min(seconds(8000) for _ in range(3)) / min(seconds(4000) for _ in range(3))
