"""Pasting (粘贴): what was copied becomes plain, tidy text, and a note says what changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.errors import InputError
from desktop.letter.clean import clean_text

MAX_PASTE = 200_000  # characters
_BLANKS = " \t\u00a0\u3000"
_HANZI = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HANZI = re.compile(f"[{_HANZI}]")
_ADDRESS = re.compile(
    rf"(?:(?<![a-zA-Z])[a-zA-Z]{{2,10}}://|www\.)[!-~]+(?:[{_HANZI}]+[/?=&%#][!-~]*)*"
)
_MARK = re.compile("[,;:?!]")
_CHINESE_BEFORE = re.compile(rf"[{_HANZI}，。；：？！、）》」』】〉”…—〕]")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A pasted text tidied (粘贴整理), with how many things of each kind were put right."""

    text: str
    blank_lines: int = 0
    indents: int = 0
    marks: int = 0

    @property
    def note(self) -> str:
        """What was changed, for the handler; empty where nothing was."""
        dropped = [
            f"{count}处{word}"
            for count, word in ((self.blank_lines, "空行"), (self.indents, "首行空格"))
            if count
        ]
        done = ["去掉" + "、".join(dropped)] if dropped else []
        if self.marks:
            done.append(f"改正{self.marks}处半角标点")
        return "粘贴时已整理：" + "，".join(done) if done else ""


def raw(text: str) -> str:
    """The text as it was copied, without what no letter can bear (`clean_text`).

    Raises `InputError` where it is longer than `MAX_PASTE`.
    """
    if len(text) > MAX_PASTE:
        raise InputError(
            f"要粘贴的内容有{len(text)}字，一次最多{MAX_PASTE // 10_000}万字，"
            "没有粘贴，原有文字没有改动，请分几次粘贴。"
        )
    return clean_text(text)


def tidy(text: str) -> Tidied:
    """The text without blank lines and indents, its half-width marks full-width in Chinese.

    Raises `InputError` where it is longer than `MAX_PASTE`.
    """
    lines = raw(text).removesuffix("\n").split("\n")
    written = [line for line in lines if line.strip()]
    bare = [line.strip(_BLANKS) for line in written]
    indents = sum(line[0] in _BLANKS for line in written)
    corrected = [_full_width(line) for line in bare]
    both = zip("".join(bare), "".join(corrected), strict=True)
    marks = sum(before != after for before, after in both)
    blank = len(lines) - len(written) if text else 0
    return Tidied("\n".join(corrected), blank, indents, marks)


def _full_width(line: str) -> str:
    """A line of Chinese with its half-width marks full-width, character for character."""
    if not _IS_HANZI.search(line):
        return line
    kept = {n for match in _ADDRESS.finditer(line) for n in range(*match.span())}
    wide = {n for n in _parentheses(line) if n not in kept}
    shown = [c.translate(_FULL) if n in wide else c for n, c in enumerate(line)]
    for match in _MARK.finditer(line):
        n = match.start()
        if n and n not in kept and _CHINESE_BEFORE.match(shown[n - 1]):
            shown[n] = shown[n].translate(_FULL)
    return "".join(shown)


def _parentheses(line: str) -> Iterator[int]:
    """Both places of every pair that holds Chinese or stands behind it."""
    hanzi = [bool(_IS_HANZI.match(c)) for c in line]
    so_far = [0]
    for is_hanzi in hanzi:
        so_far.append(so_far[-1] + is_hanzi)
    opened: list[int] = []
    for n, character in enumerate(line):
        if character == "(":
            opened.append(n)
        elif character == ")" and opened:
            start = opened.pop()
            if so_far[n] > so_far[start] or (start and hanzi[start - 1]):
                yield from (start, n)
