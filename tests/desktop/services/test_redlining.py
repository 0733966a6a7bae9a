"""修订: whoever accepts a redline has what is now, whoever rejects it has what was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.enums import Form, Head, Outcome
from desktop.errors import ComposeError
from desktop.letter.carriers import travelling
from desktop.letter.compose import compose
from desktop.letter.keys import derived_key
from desktop.letter.model import ABSENT, Case, Paragraph, Reply, own
from desktop.letter.ooxml import w
from desktop.letter.pages.package import open_package
from desktop.letter.pages.page import read_docx
from desktop.letter.reader import read_case
from desktop.letter.sheet import lay_out
from desktop.letter.writer import letter_docx, sheet_docx
from desktop.services.redlining import count_changes, redlined
from tests import docx_edits, rendering
from tests.cases import FORMS, HEADS, WORDINGS, hard_case, plain_case
from tests.conftest import TODAY

AT = datetime(2025, 11, 21, 10, 30)
SETTLED = {"accepted": docx_edits.accepted, "rejected": docx_edits.rejected}
Printed = list[tuple[str, str, int]]


def sheet(case: Case) -> Any:
    return lay_out(compose(case, TODAY))


def redline(before: Case, after: Case) -> bytes:
    return sheet_docx(redlined(sheet(before), sheet(after)), after, revised_at=AT)


def printed(data: bytes) -> Printed:
    """Style, text and depth in tables of each paragraph; those without a style are only room."""
    found = []
    for p in open_package(data).main.iter(w("p")):
        style = p.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None:
            text = "".join("\n" if t.tag == w("br") else t.text for t in p.iter(w("t"), w("br")))
            found.append((style.get(w("val")), text, len([*p.iterancestors(w("tr"))])))
    return found


def shown(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """What our own reader sees, each line with its bookmarks."""
    return [(line.text, line.anchors) for line in read_docx(data).lines if line.text]


def check(before: Case, after: Case) -> None:
    data = redline(before, after)
    assert printed(docx_edits.accepted(data)) == printed(letter_docx(after, TODAY))
    assert printed(docx_edits.rejected(data)) == printed(letter_docx(before, TODAY))
    assert shown(data) == shown(letter_docx(after, TODAY))
    assert home(data) == travelling(after)


def home(data: bytes) -> Case:
    return read_case(data, TODAY).case


def with_reply(case: Case, number: int, *paragraphs: Paragraph) -> Case:
    replies = list(case.replies)
    replies[number] = replace(replies[number], paragraphs=paragraphs)
    return replace(case, replies=tuple(replies))


def said(case: Case, **fields: object) -> Case:
    return replace(case, fields=replace(case.fields, **fields))  # type: ignore[arg-type]


def without_reply(case: Case, number: int) -> Case:
    gone = case.replies[number].suggestions
    proposals = tuple(
        replace(p, suggestions=tuple(s for s in p.suggestions if s.key not in gone))
        for p in case.proposals
    )
    replies = case.replies[:number] + case.replies[number + 1 :]
    return replace(case, proposals=proposals, replies=replies)


@pytest.mark.parametrize(("form", "wording", "head"), list(product(FORMS, WORDINGS, HEADS)))
def test_nothing_changed_nothing_is_marked(form: Form, wording: str, head: Head) -> None:
    case = hard_case(form=form, wording=wording, head=head)
    assert count_changes(redlined(sheet(case), sheet(case))) == 0
    assert printed(redline(case, case)) == printed(letter_docx(case, TODAY))
    root = open_package(redline(case, case)).main
    assert not [*root.iter(w("ins"), w("del"))]


def test_words_are_marked_by_character_and_say_whose_they_are() -> None:
    case = plain_case(suggestions=1)
    first, second = case.replies[0].paragraphs
    after = with_reply(case, 0, replace(first, text=first.text.replace("三档", "四档")), second)
    root = open_package(redline(case, after)).main
    (gone,), (come,) = root.iter(w("del")), root.iter(w("ins"))
    assert [t.text for t in gone.iter(w("delText"))] == ["三"]
    assert [t.text for t in come.iter(w("t"))] == ["四"]
    ids = {element.get(w("id")) for element in root.iter(w("bookmarkStart"))}
    for change in (gone, come):
        assert change.get(w("author")) == case.office.full_name
        assert change.get(w("date")) == "2025-11-21T10:30:00Z"
        assert change.get(w("id")) not in ids
    assert redline(case, after) == redline(case, after)
    assert not [name for e in root.iter() for name in e.attrib if "rsid" in name]


def test_an_office_without_a_name_is_this_unit() -> None:
    case = replace(plain_case(suggestions=1), head=Head.PLAIN)
    case = replace(case, office=replace(case.office, full_name=""))
    root = open_package(redline(case, said(case, salutation=own("各位委员：")))).main
    assert {c.get(w("author")) for c in root.iter(w("ins"), w("del"))} == {"本单位"}


@pytest.mark.parametrize("wording", WORDINGS)
def test_headings_renumber_and_the_one_over_all_stays(wording: str) -> None:
    case = plain_case(suggestions=3, wording=wording)
    lines = [*redlined(sheet(case), sheet(without_reply(case, 0))).lines()]
    marked = ["|".join(f"{p.change}{p.text}" for p in line.pieces) for line in lines]
    numbers = {"house": "（|del2|ins1|）", "standard": "del二|ins一|、"}
    assert f"{numbers[wording]}建议2及其答复" in marked
    assert not any(line.change == "ins" for line in lines)
    assert sum(line.change == "del" for line in lines) == 7


def test_a_moved_reply_is_deleted_here_and_inserted_there() -> None:
    case = plain_case(suggestions=2)
    after = replace(case, replies=(case.replies[1], case.replies[0], case.replies[2]))
    check(case, after)


def test_the_first_row_of_the_list_keeps_the_vertical_label() -> None:
    case = plain_case(suggestions=3, form=Form.RESULT_LIST)
    for before, after in ((case, without_reply(case, 0)), (without_reply(case, 0), case)):
        check(before, after)
        root = open_package(redline(before, after)).main
        marked = [bool(row.findall(f"{w('trPr')}/*[@{w('id')}]")) for row in root.iter(w("tr"))]
        assert not marked[0]
        assert sum(marked) == 5


def test_the_general_reply_comes_and_goes_as_a_row() -> None:
    case = plain_case(form=Form.RESULT_LIST)
    bare = replace(case, replies=case.replies[:-1])
    check(case, bare)
    check(bare, case)


def test_a_cell_takes_and_loses_paragraphs() -> None:
    case = plain_case(suggestions=1, form=Form.RESULT_LIST)
    done, pending = case.replies[0].paragraphs
    more = Paragraph(derived_key("more"), "又完成了一项全新的工作。", Outcome.DONE)
    late = Paragraph(derived_key("late"), "三季度验收合格。", Outcome.DONE)
    states = [
        with_reply(case, 0, *paragraphs)
        for paragraphs in (
            (done, pending),
            (done, more, late, pending),
            (more, done, pending),
            (more, late),
            (pending,),
        )
    ]
    for before, after in product(states, states):
        check(before, after)


def test_the_other_form_is_refused() -> None:
    case = hard_case()
    with pytest.raises(ComposeError, match="一份是叙述式、一份是清单式"):
        redlined(sheet(case), sheet(replace(case, form=Form.RESULT_LIST)))


def test_marks_stay_in_the_chinese_face() -> None:
    """Digits in Times New Roman: a mark after Latin words, inserted or deleted, gets its face."""
    case = plain_case(suggestions=1, layout="nominal_roman")
    first, second = case.replies[0].paragraphs
    texts = ("采用LED“照明”设施。", "采用LED“感应照明”…")
    states = [with_reply(case, 0, replace(first, text=text), second) for text in texts]
    check(*states)
    check(*reversed(states))


@pytest.mark.usefixtures("office_suite")
def test_libreoffice_settles_it_the_same_way(tmp_path: Path) -> None:
    """Accepted there it is what LibreOffice makes of the letter now, rejected of the one before.
    Only saved there it comes home as it was."""
    pairs = {}
    for form, hard in product(FORMS, (False, True)):
        case = (hard_case if hard else plain_case)(form=form)
        for turn, deeds in enumerate(TURNS):
            pairs[f"{form}-{hard}-{turn}"] = case, edited(case, deeds)
            pairs[f"{form}-{hard}-{turn}-back"] = edited(case, deeds), case
    for name, (before, after) in pairs.items():
        (tmp_path / f"{name}.docx").write_bytes(redline(before, after))
        (tmp_path / f"{name}-was.docx").write_bytes(letter_docx(before, TODAY))
        (tmp_path / f"{name}-is.docx").write_bytes(letter_docx(after, TODAY))
    (tmp_path / "plain").mkdir()
    rendering.convert(sorted(tmp_path.glob("*.docx")), tmp_path / "plain", "docx")
    rendering.settle_changes([tmp_path / f"{name}.docx" for name in pairs], tmp_path)
    for name, (_, after) in pairs.items():
        assert home((tmp_path / "plain" / f"{name}.docx").read_bytes()) == travelling(after)
        for deed, twin in (("accepted", "is"), ("rejected", "was")):
            settled, plain = tmp_path / f"{name}-{deed}.docx", tmp_path / "plain"
            assert lines(settled) == lines(plain / f"{name}-{twin}.docx"), (name, deed)


def lines(path: Path) -> Printed:
    """What LibreOffice wrote; the room around the 抄送 and at the end aside."""
    found = [line for line in printed(path.read_bytes()) if line[0] != "Normal"]
    copies = [found.pop() for text in [found[-1][1]] if text.startswith("抄送")]
    while not found[-1][1]:
        found.pop()
    return found + copies


TURNS = (
    [("paragraph", 0, "又一段。"), ("rewritten", 2, "改写"), ("drop", 1, "")],
    [("swap", 1, ""), ("opening", 2, "新的开头"), ("moved", 0, ""), ("contact", 1, "电话")],
    [("attachments", 1, "附件名称"), ("copies", 1, "区政府"), ("title", 1, "某事项")],
    [("no paragraph", 1, ""), ("seal", 0, ""), ("no closing", 0, ""), ("suggestion", 1, "新建议")],
)
TEXTS = st.text("管护经费移交办法已经完成，。12", min_size=1, max_size=20)
EDITS: dict[str, Callable[[Case, int, str], Case]] = {
    "opening": lambda case, n, text: said(case, opening=own("\n".join([text] * (n % 4)) or "。")),
    "title": lambda case, n, text: said(case, title=own(f"关于{text}\n" * (n % 3) + "的答复")),
    "no title": lambda case, *_: said(case, title=ABSENT),
    "no closing": lambda case, *_: said(case, closing=ABSENT),
    "no date": lambda case, *_: said(case, date=ABSENT),
    "contact": lambda case, n, text: said(case, contact=own(text) if n % 2 else ABSENT),
    "attachments": lambda case, n, text: said(case, attachments=own("\n".join([text] * (n % 3)))),
    "copies": lambda case, n, text: said(case, copies=own(text) if n % 2 else ABSENT),
    "seal": lambda case, *_: replace(case, sealed=not case.sealed),
    "wording": lambda case, n, _: replace(case, wording=WORDINGS[n % 2]),
    "no category": lambda case, *_: replace(case, category=None),
    "swap": lambda case, n, _: replace(case, replies=_swapped(case.replies, n)),
    "drop": lambda case, n, _: (
        without_reply(case, n % (len(case.replies) - 1)) if len(case.replies) > 2 else case
    ),
    "suggestion": lambda case, n, text: _asked(case, n, text),
    "paragraph": lambda case, n, text: _written(case, n, text),
    "no paragraph": lambda case, n, _: _cut(case, n),
    "rewritten": lambda case, n, text: _rewritten(case, n, text),
    "moved": lambda case, n, _: _turned(case, n),
}


def _swapped(replies: tuple[Reply, ...], n: int) -> tuple[Reply, ...]:
    *others, general = replies
    n %= len(others)
    return (*others[n:], *others[:n], general)


def _asked(case: Case, n: int, text: str) -> Case:
    asked = list(case.proposals[0].suggestions)
    asked[n % len(asked)] = replace(asked[n % len(asked)], text=text)
    return replace(case, proposals=(replace(case.proposals[0], suggestions=tuple(asked)),))


def _written(case: Case, n: int, text: str) -> Case:
    number = n % len(case.replies)
    there = case.replies[number].paragraphs
    outcome = [*Outcome][n % 4] if case.replies[number].suggestions else None
    new = Paragraph(derived_key(str(len(there)), text), text, outcome, level=int(n % 5 == 3))
    place = n % (len(there) + 1)
    return with_reply(case, number, *there[:place], new, *there[place:])


def _cut(case: Case, n: int) -> Case:
    there = case.replies[n % len(case.replies)].paragraphs
    return with_reply(case, n % len(case.replies), *there[: n % 3], *there[n % 3 + 1 :])


def _rewritten(case: Case, n: int, text: str) -> Case:
    number = n % len(case.replies)
    changed = [
        replace(p, text=p.text[: n % 9] + text + p.text[n % 9 + 2 :])
        for p in case.replies[number].paragraphs
    ]
    return with_reply(case, number, *changed)


def _turned(case: Case, n: int) -> Case:
    number = n % len(case.replies)
    first, rest = case.replies[number].paragraphs[:1], case.replies[number].paragraphs[1:]
    return with_reply(case, number, *rest, *first)


DEEDS = st.lists(st.tuples(st.sampled_from([*EDITS]), st.integers(0, 60), TEXTS), max_size=6)


def edited(case: Case, deeds: list[tuple[str, int, str]]) -> Case:
    for name, number, text in deeds:
        case = EDITS[name](case, number, text)
    return case


@given(
    st.sampled_from(FORMS),
    st.sampled_from(HEADS),
    st.booleans(),
    DEEDS,
    DEEDS,
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_accepting_gives_what_is_and_rejecting_what_was(
    form: Form,
    head: Head,
    hard: bool,
    some: list[tuple[str, int, str]],
    others: list[tuple[str, int, str]],
) -> None:
    case = (hard_case if hard else plain_case)(form=form, head=head)
    before, after = edited(case, some), edited(edited(case, some), others)
    data = redline(before, after)
    assert printed(docx_edits.accepted(data)) == printed(letter_docx(after, TODAY))
    assert printed(docx_edits.rejected(data)) == printed(letter_docx(before, TODAY))
    assert shown(data) == shown(letter_docx(after, TODAY))
