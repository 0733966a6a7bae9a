"""会办包 come home: filled in any form, with all, half and none of their carriers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from db.enums import Form, LetterKind, Outcome
from desktop.letter.case_file import check
from desktop.letter.homecoming.identity import identify
from desktop.letter.homecoming.pack_return import pack_home
from desktop.letter.homecoming.returned import FileKind, Homecoming
from desktop.letter.model import Case, Paragraph
from desktop.letter.ooxml import w
from desktop.letter.pages.page import read_docx
from desktop.letter.reader import read_case
from desktop.letter.writer import letter_docx
from tests import rendering
from tests.cases import FORMS, hard_case
from tests.conftest import TODAY
from tests.docx_edits import (
    edited,
    paragraph,
    rewritten,
    set_text,
    without_bookmarks,
    without_custom_xml,
)
from tests.packs import UNIT, Words, asking_case, filled, pack_docx, typed_before

LONG = "经研究，市级口袋公园管护补助已列入年度预算，" * 6
ANSWERS: Words = {
    ("1", None): ("同意建议，所需经费纳入年度预算。", LONG),
    ("2", None): ("无意见。",),
    ("3", None): ("无意见。",),
}
IN_CELLS: Words = {
    ("1", Outcome.DONE): ("已安排专项资金。", LONG),
    ("1", Outcome.PENDING): ("明年核定分档标准。",),
    ("2", Outcome.UNDER_WAY): ("正在测算。",),
    ("3", Outcome.NOT_ADOPTED): ("暂无依据。",),
}
OF_FORM = {Form.NARRATIVE: ANSWERS, Form.RESULT_LIST: IN_CELLS}


def without_properties(data: bytes) -> bytes:
    """As after a program that drops custom properties."""
    return rewritten(data, lambda name, part: None if name == "docProps/custom.xml" else part)


def without_any(data: bytes) -> bytes:
    return without_bookmarks(without_properties(without_custom_xml(data)))


CARRIERS: dict[str, Callable[[bytes], bytes]] = {
    "all": lambda data: data,
    "no customXml": without_custom_xml,
    "no bookmarks": without_bookmarks,
    "bookmarks alone": lambda data: without_properties(without_custom_xml(data)),
    "none": without_any,
}


def home(data: bytes, case: Case) -> Homecoming:
    came = pack_home(read_docx(data), case, TODAY.replace(day=28))
    assert came
    check(came.case)
    return came


def added(came: Homecoming, case: Case) -> dict[str, list[tuple[str, Outcome | None]]]:
    """What is new in each reply, by the labels it answers."""
    labels = {s.key: s.label for s in case.suggestions()}
    known = {p.key for reply in case.replies for p in reply.paragraphs}
    return {
        "、".join(labels[key] for key in reply.suggestions): new
        for reply in came.case.replies
        if (new := [(p.text, p.outcome) for p in reply.paragraphs if p.key not in known])
    }


def meant(words: Words) -> dict[str, list[tuple[str, Outcome | None]]]:
    """What `added` should find:建议1 and 建议2 have one reply."""
    found: dict[str, list[tuple[str, Outcome | None]]] = {}
    for (label, outcome), texts in words.items():
        reply = "1、2" if label in "12" else label
        found.setdefault(reply, []).extend((text, outcome) for text in texts)
    return found


@pytest.mark.parametrize(("form", "carriers"), list(product(FORMS, CARRIERS)))
def test_answers_stand_in_the_replies_to_their_suggestions(form: Form, carriers: str) -> None:
    case = asking_case(form)
    came = home(CARRIERS[carriers](filled(pack_docx(case), OF_FORM[form])), case)
    assert added(came, case) == meant(OF_FORM[form])
    assert (came.author, came.assignment) == (UNIT, case.assignments[0].key)
    assert (came.unplaced, came.notes) == ((), ())
    kept = [replace(r, paragraphs=r.paragraphs[: len(o.paragraphs)]) for r, o in _pairs(came, case)]
    assert replace(came.case, replies=tuple(kept)) == case


def _pairs(came: Homecoming, case: Case):  # type: ignore[no-untyped-def]
    return zip(came.case.replies, case.replies, strict=True)


@pytest.mark.usefixtures("office_suite")
def test_through_libreoffice(tmp_path: Path) -> None:
    """Saved three times as .docx, and by the way of .doc and .odt."""
    cases = {form.value: asking_case(form) for form in FORMS}
    files = []
    for name, case in cases.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(filled(pack_docx(case), OF_FORM[Form(name)]))
    for turn, kind in enumerate(("docx", "docx", "docx", "doc", "docx", "odt", "docx")):
        folder = tmp_path / str(turn)
        folder.mkdir()
        files = rendering.convert(files, folder, kind)
        for file in files if kind == "docx" else ():
            case = cases[file.stem]
            came = home(file.read_bytes(), case)
            assert added(came, case) == meant(OF_FORM[Form(file.stem)]), (turn, file.stem)
            assert came.unplaced == (), (turn, file.stem)


@pytest.mark.parametrize("carriers", CARRIERS)
def test_an_answer_right_behind_its_label(carriers: str) -> None:
    case = asking_case()
    data = filled(pack_docx(case), ANSWERS, on_the_label=True)
    assert added(home(CARRIERS[carriers](data), case), case) == meant(ANSWERS)


def test_what_stands_elsewhere_is_unplaced() -> None:
    case = asking_case()
    data = typed_before(filled(pack_docx(case), ANSWERS), "区财政局：", "我局意见见下，请审阅。")
    data = typed_before(data, "某某市某某区城市更新局", "附：管护经费测算表另行报送。")
    came = home(data, case)
    assert [one.text for one in came.unplaced] == [
        "我局意见见下，请审阅。",
        "附：管护经费测算表另行报送。",
    ]
    assert added(came, case) == meant(ANSWERS)


@pytest.mark.parametrize("form", FORMS)
def test_what_was_left_empty_is_said(form: Form) -> None:
    case = asking_case(form)
    words = {place: texts for place, texts in OF_FORM[form].items() if place[0] == "2"}
    came = home(filled(pack_docx(case), words), case)
    assert came.notes == ("建议1、3没有填写会办意见。",)
    came = home(pack_docx(case), case)
    assert came.case == case
    assert came.notes == ("各条建议都还没有填写会办意见。",)


def test_changed_words_of_a_suggestion_are_in_the_case() -> None:
    case = asking_case()
    data = edited(
        filled(pack_docx(case), ANSWERS),
        lambda root: set_text(paragraph(root, "建议2："), "建议2：第2条建议，改过。"),
    )
    came = home(data, case)
    assert [s.text for s in came.case.suggestions()][1] == "第2条建议，改过。"
    assert added(came, case) == meant(ANSWERS)


def test_sent_twice_it_comes_once() -> None:
    case = asking_case()
    first = home(filled(pack_docx(case), ANSWERS), case).case
    more: Words = {**ANSWERS, ("2", None): ("另请补充测算。", "无意见。")}
    came = home(filled(pack_docx(first), more), first)
    assert added(came, first) == {"1、2": [("另请补充测算。", None)]}


def test_two_units_say_the_same_and_both_are_heard() -> None:
    case = asking_case()
    words: Words = {("1", None): ("无意见。",), ("2", None): ("无意见。",)}
    one, other = (home(filled(pack_docx(case, n), words), case) for n in (0, 1))
    texts = [p.text for p in one.case.replies[0].paragraphs][-2:]
    assert texts == ["无意见。", "无意见。"]
    keys = [{p.key for p in came.case.replies[0].paragraphs} for came in (one, other)]
    assert keys[0] & keys[1] == {p.key for p in case.replies[0].paragraphs}
    assert other.author == "区住房和建设局"


@pytest.mark.parametrize("carriers", CARRIERS)
@pytest.mark.parametrize("agreed_since", [None, TODAY.replace(month=12)])
def test_it_bears_the_day_it_left(carriers: str, agreed_since: date | None) -> None:
    case = asking_case()
    data = CARRIERS[carriers](filled(pack_docx(case), ANSWERS))
    units = (replace(a, sent_on=agreed_since) for a in case.assignments)
    came = home(data, replace(case, assignments=tuple(units)))
    assert came.notes == ()


def test_tracked_words_and_remarks_keep_who_and_where() -> None:
    case = asking_case()
    who = 'w:id="900" w:author="王敏" w:date="2025-12-01T08:00:00Z"'

    def track(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        found = part.decode().replace("<w:r><w:t>正在测算", f"<w:ins {who}><w:r><w:t>正在测算")
        return found.replace("测算。</w:t></w:r>", "测算。</w:t></w:r></w:ins>").encode()

    words: Words = {("1", None): ("正在测算。",)}
    came = home(rewritten(filled(pack_docx(case), words), track), case)
    (paragraph_,) = came.case.replies[0].paragraphs[4:]
    ((part, (mark,)),) = came.marks
    assert (part, mark.author, mark.text) == (paragraph_.key, "王敏", "正在测算。")


def test_a_letter_is_no_pack() -> None:
    for form in FORMS:
        case = replace(hard_case(form=form), assignments=asking_case().assignments[1:])
        for strip in CARRIERS.values():
            assert pack_home(read_docx(strip(letter_docx(case, TODAY))), case, TODAY) is None


def test_it_says_that_it_is_a_pack() -> None:
    case = asking_case()
    said = identify(read_docx(pack_docx(case)))
    assert (said.kind, said.case_key) == (FileKind.PACK, case.key)
    assert said.assignment == case.assignments[0].key
    assert said.numbers == ("2025118",)
    assert identify(read_docx(without_any(pack_docx(case)))).numbers == ("2025118",)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_ours_travels_but_what_is_asked(form: Form) -> None:
    case = asking_case(form)
    replies = tuple(
        replace(r, paragraphs=(Paragraph(r.paragraphs[0].key, "内部草稿", Outcome.DONE),))
        for r in case.replies
    )
    texts: list[str] = []
    data = pack_docx(replace(case, replies=replies))
    rewritten(data, lambda _, part: texts.append(part.decode("utf-8", "replace")) or part)  # type: ignore[func-returns-value]
    whole = "".join(texts)
    for secret in ("内部草稿", "王敏", "8000-0001", "区住房和建设局", "第4条建议", "某更提函"):
        assert secret not in whole, secret
    assert "第3条建议" in whole


@pytest.mark.parametrize(("form", "masked"), list(product(FORMS, (False, True))))
def test_at_the_unit_it_is_the_opinion_that_is_wanted(form: Form, masked: bool) -> None:
    case = asking_case(form)
    data = filled(pack_docx(case), OF_FORM[form])
    reading = read_case(without_custom_xml(data) if masked else data, TODAY)
    opinion = reading.case
    assert reading.pack == case.key
    assert (opinion.kind, opinion.form) == (LetterKind.OPINION, form)
    assert (opinion.lead_unit, opinion.office.full_name) == ("某某市某某区城市更新局", "")
    asked = [replace(s, spans=()) for s in case.suggestions()][:3]
    assert list(opinion.suggestions()) == asked
    assert [[(p.text, p.outcome) for p in r.paragraphs] for r in opinion.replies] == [
        [(text, o) for (n, o), texts in OF_FORM[form].items() if n == label for text in texts]
        for label in "123"
    ]
    assert reading.notes == (
        "这是某某市某某区城市更新局发来的会办包，请于2025年12月21日前返回会办意见。",
    )
    assert opinion.assignments == ()
    assert opinion.key not in (case.key, "")


def test_a_page_break_in_the_carriers_is_no_crash() -> None:
    """A package whose carried case was tampered with is read as what else it says it is."""
    case = asking_case()

    def without_unit(name: str, part: bytes) -> bytes:
        if name == "customXml/item1.xml":
            start, end = part.index(b',"assignments":['), part.index(b"}}</case>")
            return part[:start] + part[end:]
        return part

    data = rewritten(pack_docx(case), without_unit)
    broken = rewritten(data, lambda _, part: part.replace(b"fuhan.case", b"fuhan.cast"))
    assert read_case(broken, TODAY).pack == ""


def test_bookmarks_name_every_place() -> None:
    case = asking_case(Form.RESULT_LIST)
    names: list[str] = []

    def collect(root: object) -> None:
        names.extend(e.get(w("name")) for e in root.iter(w("bookmarkStart")))  # type: ignore[attr-defined]

    edited(pack_docx(case), collect)
    for suggestion in [*case.suggestions()][:3]:
        for outcome in Outcome:
            assert f"fh_a_{suggestion.key}_{outcome}" in names
