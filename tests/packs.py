"""会办包 for the tests: made as they leave, filled in as a person fills them in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.enums import Form, Outcome
from desktop.letter.keys import derived_key
from desktop.letter.model import Assignment, Case
from desktop.letter.ooxml import w
from desktop.letter.pack import pack_case, pack_sheet
from desktop.letter.result_list import OUTCOME_LABELS
from desktop.letter.writer import sheet_docx
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.docx_edits import edited, new_paragraph, paragraph, without_bookmarks

UNIT = "区财政局"
Words = Mapping[tuple[str, Outcome | None], tuple[str, ...]]  # by label and, in the 清单, outcome


def asking_case(form: Form = Form.NARRATIVE, suggestions: int = 4, asked: int = 3) -> Case:
    """A case with a unit that was asked today about its first suggestions (all: about the whole),
    two of which have one reply, and with another unit."""
    case = plain_case(suggestions=suggestions, form=form, general="")
    first, second, *others = case.replies
    joint = replace(
        first,
        suggestions=(*first.suggestions, *second.suggestions),
        paragraphs=(*first.paragraphs, *second.paragraphs),
    )
    keys = tuple(s.key for s in case.suggestions())[:asked]
    units = (
        Assignment(
            derived_key("unit", "1"),
            UNIT,
            suggestions=keys if asked < suggestions else (),
            contact="王敏 8000-0001",
            due_on=TODAY.replace(month=12),
            sent_on=TODAY,
        ),
        Assignment(derived_key("unit", "2"), "区住房和建设局", sent_on=TODAY),
    )
    return replace(case, replies=(joint, *others), assignments=units)


def pack_docx(case: Case, number: int = 0) -> bytes:
    """The 会办包 for the unit of this number."""
    assignment = case.assignments[number]
    packed = pack_case(case, assignment, TODAY)
    return sheet_docx(pack_sheet(packed), packed, settings=case, assignment=assignment.key)


def filled(data: bytes, words: Words, *, on_the_label: bool = False) -> bytes:
    """The package with these paragraphs in its answer places; `on_the_label`: the first one right
    behind the label of its place."""

    def fill(root: Any) -> None:
        for (label, outcome), texts in words.items():
            if outcome:
                _type(_cell(root, label, OUTCOME_LABELS[outcome]), texts)
                continue
            place = paragraph(root, f"建议{label}的会办意见：")
            if on_the_label:
                place.append(new_paragraph(texts[0])[0])
                _after(place.getnext(), texts[1:])
            else:
                _type(place.getnext(), texts)

    return edited(data, fill)


def pasted_behind(data: bytes, other: bytes) -> bytes:
    """With the whole body of another package behind it, as copy and paste leave it: no bookmarks
    twice."""
    body: list[Any] = []
    edited(without_bookmarks(other), lambda root: body.extend(root[0][:-1]))

    def paste(root: Any) -> None:
        for block in body:
            root[0][-1].addprevious(block)

    return edited(data, paste)


def typed_before(data: bytes, start: str, text: str) -> bytes:
    """With a paragraph of its own before the one that begins so."""
    return edited(data, lambda root: paragraph(root, start).addprevious(new_paragraph(text)))


def _cell(root: Any, label: str, outcome: str) -> Any:
    """The empty paragraph of a cell of the 清单."""
    here = False
    for row in root.iter(w("tr")):
        texts = ["".join(t.text or "" for t in cell.iter(w("t"))) for cell in row]
        here = texts[-2:-1] == [f"建议{label}"] or (here and not texts[-2].startswith("建议"))
        if here and texts[-2] == outcome:
            return [*row.iter(w("p"))][-1]
    raise AssertionError(label, outcome)


def _type(place: Any, texts: tuple[str, ...]) -> None:
    place.append(new_paragraph(texts[0])[0])
    _after(place, texts[1:])


def _after(place: Any, texts: tuple[str, ...]) -> None:
    for text in reversed(texts):
        place.addnext(new_paragraph(text))
