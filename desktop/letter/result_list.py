"""清单式: one table, five rows a reply, the vertical label 办理结果清单 beside them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from db.enums import Outcome
from desktop.errors import ComposeError
from desktop.letter.blocks import Line, Piece, Role, Row, Table, plain
from desktop.letter.model import Letter, Reply, Section
from desktop.letter.narrative import suggestion_lines

TABLE_LABEL = "办理结果清单"
GENERAL_LABEL = "补充说明（办理过程及其他需要说明的情况）"
OUTCOME_LABELS = {
    Outcome.DONE: "当年完成事项",
    Outcome.UNDER_WAY: "当年推动事项",
    Outcome.PENDING: "明年待落实事项",
    Outcome.NOT_ADOPTED: "不能采纳原因",
}
_SHOWN = 3
_KEPT = 120  # characters of a 建议 row that stays on the page of its first answer


def result_table(letter: Letter) -> Table:
    """The table of `letter`; `ComposeError` names the paragraphs that are still to be marked."""
    if not letter.sections:
        raise ComposeError("这份卷宗还没有拆分建议，清单式无从排列，请先拆分建议，或用叙述式导出。")
    if unmarked := list(_unmarked(letter)):
        more = f"等{len(unmarked)}段" if len(unmarked) > _SHOWN else ""
        named = "、".join(unmarked[:_SHOWN])
        raise ComposeError(
            f"{named}{more}还没有标注当年完成、当年推动、明年待落实或不能采纳，"
            "清单式不知放在哪一格，请先标注，或用叙述式导出。"
        )
    rows = tuple(
        row
        for section in letter.sections
        for row in section_rows(section, partial(_cell, section.reply))
    )
    last: tuple[Line, ...] = ()
    if letter.general and letter.general.paragraphs:
        last = (plain(Role.CELL_LABEL, GENERAL_LABEL, keep_next=True), *_general(letter.general))
    return Table(plain(Role.CELL_LABEL, TABLE_LABEL), rows, last)


def _unmarked(letter: Letter) -> Iterator[str]:
    for section in letter.sections:
        for number, paragraph in enumerate(section.reply.paragraphs, 1):
            if paragraph.outcome is None:
                start = paragraph.text[:12] + ("…" if len(paragraph.text) > 12 else "")
                yield f"{section.labels}的答复第{number}段“{start}”"


def section_rows(section: Section, cell: Callable[[Outcome], tuple[Line, ...]]) -> Iterator[Row]:
    """The five rows of a reply: its suggestions, and the `cell` of each outcome."""
    suggestions = tuple(_suggestion_cell(section))
    kept = sum(len(line.text) for line in suggestions) <= _KEPT
    suggestions = tuple(replace(line, keep_next=kept) for line in suggestions)
    yield Row(plain(Role.CELL_LABEL, section.labels, keep_next=kept), suggestions)
    for outcome, label in OUTCOME_LABELS.items():
        yield Row(plain(Role.CELL_LABEL, label), cell(outcome))


def _suggestion_cell(section: Section) -> Iterator[Line]:
    """The texts alone; labelled as in the narrative where the cell holds more than one thing."""
    if len(section.suggestions) > 1:
        for suggestion in section.suggestions:
            yield from suggestion_lines(suggestion, Role.CELL)
        return
    (suggestion,) = section.suggestions
    _, *elaboration = suggestion_lines(suggestion, Role.CELL)
    yield Line(
        Role.CELL,
        (Piece(suggestion.text, f"{suggestion.key}.text"),),
        f"s_{suggestion.key}",
    )
    yield from elaboration


def _cell(reply: Reply, outcome: Outcome) -> tuple[Line, ...]:
    anchor = f"r_{reply.key}_{outcome}"
    return tuple(
        Line(Role.CELL, (Piece(p.text, p.key),), anchor)
        for p in reply.paragraphs
        if p.outcome is outcome
    ) or (Line(Role.CELL, anchor=anchor),)


def _general(reply: Reply) -> Iterator[Line]:
    for paragraph in reply.paragraphs:
        yield Line(Role.CELL, (Piece(paragraph.text, paragraph.key),), f"r_{reply.key}")
