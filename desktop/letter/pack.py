"""会办包: what a unit is sent, with a place for each answer.

What travels is not our case but the opinion that is wanted (`pack_case`): the suggestions the unit
is asked about, a reply to each without a word yet, and its own assignment. It is all that the
package's carriers hold, and what a unit that has this program begins with. It prints as a letter
(`pack_sheet`) whose own words stand in resources/pack.toml.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial

from db.enums import Form, Head, LetterKind, Outcome
from desktop.errors import ComposeError
from desktop.letter.blocks import BLANK, Line, Role, Sheet, Table, plain
from desktop.letter.carriers import travelling
from desktop.letter.compose import facts, title_lines
from desktop.letter.keys import derived_key
from desktop.letter.model import Assignment, Case, Letter, Reply, Section, Suggestion
from desktop.letter.narrative import suggestion_lines
from desktop.letter.numerals import format_date
from desktop.letter.result_list import section_rows
from desktop.letter.sheet import lay_out
from desktop.letter.wording import FOLDER, Wording, load_wording

_FILE = FOLDER.parent / "pack.toml"
_OPINION = LetterKind.OPINION


def pack_case(case: Case, assignment: Assignment, today: date) -> Case:
    """The opinion that `assignment` asks of its unit, under the key of `case`.

    Each suggestion has a reply with a key of its own; `assignments` holds what is printed of this
    one, sent `today` if it was not yet. Raises `ComposeError` where nobody asks, or for nothing.
    """
    if not case.office.full_name:
        raise ComposeError("还没有填写本单位全称，没有写会办包，写下的都在，请先填写本单位信息。")
    proposals = tuple(
        replace(p, suggestions=tuple(s for s in p.suggestions if _is_asked(assignment, s)))
        for p in travelling(case).proposals
    )
    suggestions = [s for proposal in proposals for s in proposal.suggestions]
    if not suggestions:
        raise ComposeError("这份卷宗还没有拆分建议，没有写会办包，写下的都在，请先拆分建议。")
    sent_on = assignment.sent_on or today
    return Case(
        case.key,
        _OPINION,
        case.form,
        case.wording,
        Head.PLAIN,
        case.layout,
        case.sealed,
        replace(case.office, document_prefix=""),
        case.office.full_name,
        proposals=proposals,
        replies=tuple(Reply(derived_key(assignment.key, s.key), (s.key,)) for s in suggestions),
        assignments=(replace(assignment, contact="", sent_on=sent_on, returned_on=None),),
    )


def pack_sheet(packed: Case) -> Sheet:
    """The sheet a 会办包 prints as, in the form of its case.

    Only the suggestions and the answer places, `a_<suggestion key>` and in the 清单
    `a_<suggestion key>_<outcome>`, have anchors: what is written elsewhere belongs to no part.
    """
    letter = _letter(packed)
    in_form = _table(letter) if packed.form is Form.RESULT_LIST else _places(letter)
    sheet = lay_out(letter, in_form)
    return replace(sheet, body=tuple(map(_without_fields, sheet.body)))


def _is_asked(assignment: Assignment, suggestion: Suggestion) -> bool:
    return not assignment.suggestions or suggestion.key in assignment.suggestions


@cache
def _wording() -> Wording:
    with _FILE.open("rb") as file:
        return Wording("pack", tomllib.load(file))


def _letter(packed: Case) -> Letter:
    (assignment,) = packed.assignments
    assert assignment.sent_on
    asked = "、".join(s.label for s in packed.suggestions()) if assignment.suggestions else ""
    said = {
        **facts(packed, assignment.sent_on),
        "unit": assignment.unit,
        "asked": f"建议{asked}" if asked else "",
        "due": format_date(assignment.due_on) if assignment.due_on else "",
    }
    text = partial(_wording().field, _OPINION, facts=said)
    contact = load_wording(packed.wording).field(_OPINION, "contact", said)
    return Letter(
        case=packed,
        mark=packed.office.full_name,
        category="",
        document_number="",
        title=title_lines(packed, text("title")),
        salutation=text("salutation"),
        opening=(text("opening"),),
        sections=_sections(packed),
        general=None,
        closing=(text("closing", variant=packed.form),),
        attachments=(),
        signature=(packed.office.full_name,),
        date=format_date(assignment.sent_on),
        contact=(contact,) if contact else (),
        disclosure="",
        copies="",
    )


def _sections(packed: Case) -> tuple[Section, ...]:
    """One for each reply, and so for each suggestion."""
    pairs = zip(packed.replies, packed.suggestions(), strict=True)
    return tuple(Section(reply, (suggestion,)) for reply, suggestion in pairs)


def _places(letter: Letter) -> Iterator[Line]:
    """叙述式: under each suggestion a label, which names it, and an empty paragraph."""
    for section in letter.sections:
        (suggestion,) = section.suggestions
        yield from suggestion_lines(suggestion, Role.BODY)
        label = _wording().line("answer", {"suggestion": section.labels})
        anchor = f"a_{suggestion.key}"
        yield replace(plain(Role.HEADING_1, label, keep_next=True), anchor=anchor)
        yield Line(Role.BODY, anchor=anchor)
        yield BLANK


def _table(letter: Letter) -> Iterator[Table]:
    """清单式: under each suggestion four empty cells."""
    rows = tuple(
        row
        for section in letter.sections
        for row in section_rows(section, partial(_cell, section.suggestions[0].key))
    )
    yield Table(plain(Role.CELL_LABEL, _wording().line("label", {})), rows, ())


def _cell(suggestion: str, outcome: Outcome) -> tuple[Line, ...]:
    return (Line(Role.CELL, anchor=f"a_{suggestion}_{outcome}"),)


def _without_fields(block: Line | Table) -> Line | Table:
    """None of our fields is meant where a package says its title or its date."""
    if isinstance(block, Table):
        return replace(block, foot=tuple(replace(line, anchor="") for line in block.foot))
    return block if block.anchor.startswith(("s_", "a_")) else replace(block, anchor="")
