"""The form a proposal comes on (提案表、建议表): labels such as 案由：, and the values beside them.

A form may be a table, a list of “label：value”, or flattened: each cell a line, or all in one line
with bars, tabs or blanks between.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Label(Enum):
    """What a label of the form announces."""

    SUBJECT = auto()
    PROPOSER = auto()
    CO_PROPOSER = auto()
    SESSION = auto()
    NUMBER = auto()
    TEXT = auto()  # 提案内容: what follows is the proposal itself
    OTHER = auto()


_WORDS = {
    Label.SUBJECT: """案由 题目 标题 案名 议题 提案题目 提案标题 提案名称 提案案由 建议题目 建议标题
        建议名称 议案题目 议案标题 议案名称 建议案名称""",
    Label.PROPOSER: """提案人 第一提案人 提案者 第一提案者 提案委员 提案单位 提案党派 提案团体
        集体提案人 集体提案单位 提案人姓名 主提人 领衔代表 领衔代表姓名 领衔人 领衔提案人 领衔委员
        领衔 建议人 建议单位 提出人 提建议人 建议代表 提出代表 代表姓名 委员姓名 姓名 代表 委员""",
    Label.CO_PROPOSER: """联名人 联名 联名代表 联名委员 联名提案人 联名者 附议人 附议代表 附议
        附议委员 附议者 其他提案人 联署人 联合提案人""",
    Label.SESSION: "届次 会议届次 届次会议 会议名称 届别 会议 所属会议",
    Label.NUMBER: "编号 案号 总号 提案编号 提案号 提案案号 建议编号 建议号 议案编号 议案号",
    Label.TEXT: """提案内容 建议内容 议案内容 内容 正文 提案正文 建议正文 提案全文 具体内容""",
    Label.OTHER: """类别 提案类别 建议类别 分类 分类号 提案分类 提案形式 提案方式 提案类型 提案性质
        提案状态 建议类型 界别 所在界别 党派 政治面貌 性别 联系人 联系电话 联系方式 电话 手机
        手机号码 办公电话 通讯地址 联系地址 地址 工作单位 单位 单位及职务 工作单位及职务 职务
        职务职称 邮编 邮政编码 电子邮箱 邮箱 主办单位 会办单位 承办单位 协办单位 分办单位 办理单位
        交办单位 建议承办单位 建议办理单位 建议主办单位 希望承办单位 希望办理单位 办理方式 审查意见
        立案意见 交办意见 审查结果 立案审查意见 提案委审查意见 大会秘书处意见 日期 提交日期 提交时间
        提出时间 提出日期 立案日期 立案时间 收到日期 代表团 所在代表团 选举单位 代表证号 委员证号
        证件号 是否公开 公开属性 是否同意公开 是否调研 关键词 主题词 执笔人 撰稿人 发布时间 信息来源
        来源 索引号 发布机构 备注 签名 附件""",
}
_MEANING = {word: label for label, words in _WORDS.items() for word in words.split()}
_WORD = "|".join(
    r"\s{0,4}".join(word) for word in sorted(_MEANING, key=lambda word: (-len(word), word))
)
_ASIDE = r"(?:\s?（[^（）\n]{0,20}）)?"
_LABELLED = re.compile(rf"(?:(?<=[\s|｜；。，])|^)【?({_WORD})】?{_ASIDE}\s{{0,4}}：【?")
_ALONE = re.compile(rf"【?({_WORD})】?{_ASIDE}\s{{0,4}}：?")
_SPACED = re.compile(rf"({_WORD}){_ASIDE}(?:\s*[|｜\t]\s*|[ \u3000]{{1,9}})(?=\S)")
_LOOSE = re.compile(  # words a line of the matter may begin with, too
    "代表|委员|会议|联名|附议|内容|日期|来源|姓名|地址|单位|领衔|议题|附件|备注|编号|类别"
)
_BARRED = re.compile(rf"({_WORD}){_ASIDE}\s*[|｜\t]")
_CELL = re.compile(r"[|｜\t]+|[ \u3000]{2,}")
_NAME = 4  # characters of a person's name
LOOKED_AT = 4000  # characters of a line in which labels are looked for


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of the form: its label, its value as printed, and where that stands."""

    label: Label
    value: str
    start: int
    end: int


def begins_with_label(text: str) -> bool:
    """Whether a matched line is a field of the form, and no line of the proposal itself."""
    match = _LABELLED.match(text) or _BARRED.match(text)
    return match is not None and _meaning(match[1]) is not Label.TEXT


def is_label(text: str) -> bool:
    """Whether a matched line is nothing but a label (案　由)."""
    return bool(_ALONE.fullmatch(text[:40])) and len(text) < 40


def entries_of(lines: Sequence[tuple[int, str]]) -> Iterator[Entry]:
    """The fields of a form; `lines` are (place, matched text) of those that may hold one."""
    waiting: Label | None = None
    for start, text in lines:
        cells = list(_cells(start, text[:LOOKED_AT]))
        for place, cell in cells:
            if is_label(cell):
                waiting = _meaning_of_alone(cell)
                continue
            found = list(_labelled(place, cell))
            if found:
                yield from found
            elif waiting and waiting is not Label.TEXT:
                yield _entry(waiting, cell, 0, len(cell), place)
            more = waiting is Label.CO_PROPOSER and not found and len(cell) <= _NAME
            waiting = waiting if more else None  # each in a cell of its own


def _cells(start: int, text: str) -> Iterator[tuple[int, str]]:
    """The cells of a line, or the whole line where its blanks set nothing apart."""
    at = 0
    has_bars = bool(re.search(r"[|｜\t]", text)) or any(
        is_label(cell.strip()) for cell in _CELL.split(text)
    )
    gaps = [m.span() for m in _CELL.finditer(text)] if has_bars else []
    for before, after in (*gaps, (len(text), len(text))):
        if cell := text[at:before].strip():
            yield start + text.index(cell, at), cell
        at = after


def _labelled(place: int, cell: str) -> Iterator[Entry]:
    marks = list(_LABELLED.finditer(cell))
    if not marks:
        spaced = _SPACED.match(cell)
        if spaced and len(cell) <= 80 and not _LOOSE.fullmatch(spaced[1]):
            yield _entry(_meaning(spaced[1]), cell, spaced.end(), len(cell), place)
        return
    ends = [*(mark.start() for mark in marks[1:]), len(cell)]
    for mark, end in zip(marks, ends, strict=True):
        if cell[mark.end() : end].strip():
            yield _entry(_meaning(mark[1]), cell, mark.end(), end, place)


def _entry(label: Label, cell: str, start: int, end: int, place: int) -> Entry:
    value = cell[start:end].strip(" \u3000\t|｜；")
    at = place + cell.index(value, start)
    return Entry(label, value, at, at + len(value))


def _meaning_of_alone(cell: str) -> Label:
    match = _ALONE.fullmatch(cell)
    return _meaning(match[1]) if match else Label.OTHER


def _meaning(word: str) -> Label:
    return _MEANING["".join(word.split())]
