"""A returned file set against the case that left: every edit in its reply, every word somewhere."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from db.enums import Form, Outcome
from desktop.errors import InputError
from desktop.letter.blocks import Line, Piece, Role, Sheet
from desktop.letter.clean import without_white
from desktop.letter.compose import compose, freeze
from desktop.letter.homecoming.home import bring_home
from desktop.letter.homecoming.returned import Homecoming, Mark, Printed, Trace
from desktop.letter.model import Case, Issue, Paragraph
from desktop.letter.ooxml import el, w
from desktop.letter.pages.page import Page, PageLine, read_docx, read_text
from desktop.letter.sheet import lay_out
from desktop.letter.writer import letter_docx, sheet_docx
from tests import rendering
from tests.cases import FORMS, HEADS, SENTENCE, WORDINGS, hard_case, plain_case
from tests.colleague import WHO, Colleague
from tests.conftest import TODAY
from tests.docx_edits import (
    DOCUMENT,
    edited,
    new_paragraph,
    paragraph,
    paragraphs,
    rewritten,
    set_text,
    without_bookmarks,
    without_custom_xml,
)
from tests.prose import Prose

Edit = Callable[[Any], None]


def half_the_bookmarks(data: bytes) -> bytes:
    """As after a program that loses some; the case file is gone, too."""
    chance = random.Random(len(data))

    def change(name: str, part: bytes) -> bytes:
        start = re.compile(rb"<w:bookmarkStart[^>]*/>")
        lost = lambda found: found[0] if chance.random() < 0.5 else b""  # noqa: E731
        return start.sub(lost, part) if name == DOCUMENT else part

    return without_custom_xml(rewritten(data, change))


def without_carriers(data: bytes) -> bytes:
    """The words alone, pasted into another document."""
    ours = ("customXml/", "docProps/custom")
    bare = rewritten(data, lambda name, part: None if name.startswith(ours) else part)
    return without_bookmarks(bare)


CARRIERS: dict[str, Callable[[bytes], bytes]] = {
    "all": lambda data: data,
    "half": half_the_bookmarks,
    "none": without_carriers,
}
EVERY = pytest.mark.parametrize("strip", [*CARRIERS.values()], ids=[*CARRIERS])


def back(case: Case, edit: Edit, strip: Callable[[bytes], bytes] = bytes) -> Homecoming:
    """What `case` comes home as after `edit`; nothing is lost on the way."""
    page = read_docx(strip(edited(letter_docx(case, TODAY), edit)))
    home = bring_home(page, case, None, TODAY)
    assert not [*lost(page, home, case)]
    return home


def lost(page: Page, home: Homecoming, case: Case) -> Iterator[str]:
    """The words of the page that are neither in the case nor named, but for headings of ours."""
    lines = [*lay_out(compose(home.case, TODAY)).lines()]
    said = [line.text for line in lines] + [one.text for one in home.unplaced] + [*home.notes]
    everything = without_white("".join(said))
    lines += lay_out(compose(case, TODAY)).lines()
    ours = {without_white(p.text) for line in lines for p in line.pieces if not p.source}
    label = re.compile("|".join(map(re.escape, sorted(ours, key=len, reverse=True))))
    for line in page.lines:
        words = without_white(line.text)
        if words not in everything:
            yield from (part for part in label.split(words) if part not in everything)


def texts(case: Case) -> list[list[str]]:
    return [[paragraph.text for paragraph in reply.paragraphs] for reply in case.replies]


@EVERY
@pytest.mark.parametrize(("form", "wording", "head"), list(product(FORMS, WORDINGS, HEADS)))
def test_an_unedited_return_is_what_left(
    form: Form, wording: str, head: Any, strip: Callable[[bytes], bytes]
) -> None:
    case = hard_case(form=form, wording=wording, head=head)
    assert back(case, lambda _: None, strip) == Homecoming(case)


@EVERY
def test_blank_paragraphs_which_are_not_printed_stay(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()
    first, *rest = case.replies
    blank = Paragraph("blankaaa", "　")
    first = replace(first, paragraphs=(first.paragraphs[0], blank, first.paragraphs[1]))
    case = replace(case, replies=(first, *rest))
    assert back(case, lambda _: None, strip).case == case
    after = back(case, lambda root: set_text(paragraph(root, "明年继续"), "明年再议。"), strip).case
    assert texts(after)[0] == [SENTENCE, "　", "明年再议。"]


@EVERY
def test_blanks_typed_as_an_indent_are_no_change(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        p = paragraph(root, "明年继续")
        set_text(p, "　　明年继续落实。 ")
        p.addnext(new_paragraph("　　财政局另有意见。"))

    after = back(case, edit, strip).case.replies[0].paragraphs
    assert after[:2] == case.replies[0].paragraphs
    assert after[2].text == "财政局另有意见。"


def test_an_issued_case_stays_issued() -> None:
    case = freeze(plain_case(), Issue(TODAY))
    home = back(case, lambda root: set_text(paragraph(root, "明年继续"), "明年再议。"))
    assert home.case.issue == case.issue
    assert home.case.fields == case.fields


def test_a_return_of_last_years_draft_still_shows_its_year() -> None:
    page = read_docx(letter_docx(plain_case(), TODAY))
    home = bring_home(page, plain_case(), None, TODAY.replace(year=TODAY.year + 1))
    assert home == Homecoming(plain_case())


def test_without_the_case_that_left_the_carriers_serve() -> None:
    case = hard_case()
    data = letter_docx(case, TODAY)
    for strip in (bytes, without_custom_xml):
        assert bring_home(read_docx(strip(data)), None, None, TODAY).case == case
    with pytest.raises(InputError, match="认不出"):
        bring_home(read_docx(without_carriers(data)), None, None, TODAY)


def answered(seed: int, form: Form) -> Case | None:
    """A letter of some replies about one topic, as alike as an office's are."""
    case = Prose(seed).case(f"case{seed:04}", 4, 4)
    replies = tuple(
        replace(
            reply,
            paragraphs=tuple(
                replace(p, outcome=p.outcome or Outcome.DONE) for p in reply.paragraphs
            ),
        )
        for reply in case.replies
    )
    return replace(case, form=form, replies=replies) if len(replies) > 1 else None


def corpus(pace: tuple[int, int], seeds: range) -> Iterator[tuple[Case, Colleague, bytes]]:
    """Letters, what a colleague did to each, and the files he sends back."""
    for seed in seeds:
        if case := answered(seed, FORMS[seed % 2]):
            colleague = Colleague(case, seed, pace)
            yield case, colleague, edited(letter_docx(case, TODAY), colleague)


def count(colleague: Colleague, page: Page, case: Case, found: Counter[str]) -> None:
    """Count the edits that are in their reply, and what is lost."""
    home = bring_home(page, case, None, TODAY)
    said = {r.key: "".join(p.text for p in r.paragraphs) for r in home.case.replies}
    for done in colleague.done:
        found["edits"] += 1
        if done.gone:
            found["right"] += not any(words in "".join(said.values()) for words in done.words)
        else:
            found["right"] += all(words in said[done.reply] for words in done.words)
    found["lost"] += len([*lost(page, home, case)])
    parts = {p.key: p.text for reply in home.case.replies for p in reply.paragraphs}
    for part, marks in home.marks:
        for mark in marks:
            words = parts[part][mark.start : mark.end] if mark.start < mark.end else mark.text
            found["marks that say something else"] += words != mark.text
            found["marks"] += 1


@pytest.mark.parametrize("pace", [(2, 7), (16, 40)], ids=["some edits", "nearly all rewritten"])
@pytest.mark.parametrize(("carriers", "share"), [("all", 0.99), ("half", 0.95), ("none", 0.95)])
def test_edits_land_in_the_right_reply(carriers: str, share: float, pace: tuple[int, int]) -> None:
    found: Counter[str] = Counter()
    for case, colleague, data in corpus(pace, range(40)):
        count(colleague, read_docx(CARRIERS[carriers](data)), case, found)
    assert found["edits"] > 100
    assert found["right"] >= share * found["edits"], found
    assert not found["lost"]
    assert found["marks"] > 20
    assert not found["marks that say something else"]


def test_the_count_would_see_an_edit_in_another_reply() -> None:
    found: Counter[str] = Counter()
    for case, colleague, data in corpus((2, 7), range(12)):
        colleague.done = [
            replace(done, reply=next(r.key for r in case.replies if r.key != done.reply))
            for done in colleague.done
            if not done.gone
        ]
        count(colleague, read_docx(data), case, found)
    assert found["edits"]
    assert not found["right"]


@pytest.mark.usefixtures("office_suite")
@pytest.mark.parametrize("way", [("docx",) * 3, ("doc", "docx"), ("odt", "docx")], ids="/".join)
def test_edits_come_home_through_libreoffice(way: tuple[str, ...], tmp_path: Path) -> None:
    sent = {f"{case.key}.docx": (case, who, data) for case, who, data in corpus((3, 9), range(16))}
    files = []
    for name, (_, _, data) in sent.items():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    for turn, kind in enumerate(way):
        folder = tmp_path / f"{turn}"
        folder.mkdir()
        files = rendering.convert(files, folder, kind)
    for carriers, share in (("all", 0.99), ("none", 0.95)):
        found: Counter[str] = Counter()
        for file in files:
            case, colleague, _ = sent[file.name]
            count(colleague, read_docx(CARRIERS[carriers](file.read_bytes())), case, found)
        assert found["right"] >= share * found["edits"] > 20, (carriers, found)
        assert not found["lost"]


# ---- outside every part


def outside(home: Homecoming) -> list[tuple[str, str]]:
    return [(one.text, one.after) for one in home.unplaced]


@EVERY
@pytest.mark.parametrize("form", FORMS)
def test_what_stands_outside_every_part_is_named(
    form: Form, strip: Callable[[bytes], bytes]
) -> None:
    case = hard_case(form=form)

    def edit(root: Any) -> None:
        paragraph(root, "某更提函").addprevious(new_paragraph("（征求意见稿）"))
        paragraph(root, "尊敬的").addprevious(new_paragraph("请财政局审核"))
        paragraph(root, "2025年").addnext(new_paragraph("盖章处"))

    home = back(case, edit, strip)
    assert home.case == case
    assert outside(home) == [
        ("（征求意见稿）", ""),
        ("请财政局审核", "第2025118号提案的答复"),
        ("盖章处", "2025年　月　日"),
    ]


@EVERY
def test_a_line_between_two_headings_is_of_no_part(strip: Callable[[bytes], bytes]) -> None:
    def edit(root: Any) -> None:
        paragraph(root, "提案建议及答复").addnext(new_paragraph("以下由各单位填写"))

    home = back(hard_case(), edit, strip)
    assert (home.case, outside(home)) == (hard_case(), [("以下由各单位填写", "提案建议及答复")])


def text_box(text: str) -> Any:
    return el("r", el("pict", el("txbxContent", new_paragraph(text))))


@EVERY
def test_text_boxes_are_of_no_part(strip: Callable[[bytes], bytes]) -> None:
    home = back(
        plain_case(), lambda root: paragraph(root, "我区正按").append(text_box("请核")), strip
    )
    assert home.case == plain_case()
    assert [(one.text, one.where) for one in home.unplaced] == [("请核", "文本框")]


def test_who_typed_it_is_known_where_it_was_tracked() -> None:
    def edit(root: Any) -> None:
        p = new_paragraph("请财政局审核")
        p.append(el("ins", p[0], id=1, **WHO))
        paragraph(root, "尊敬的").addprevious(p)

    (one,) = back(plain_case(), edit).unplaced
    assert (one.author, one.at) == (WHO["author"], WHO["date"])


def test_words_added_to_the_head_of_the_paper_are_named() -> None:
    case = plain_case()

    def change(name: str, part: bytes) -> bytes:
        typed = "<w:p><w:r><w:t>送审稿</w:t></w:r></w:p></w:hdr>".encode()
        return part.replace(b"</w:hdr>", typed) if "header" in name else part

    data = rewritten(letter_docx(case, TODAY), change)
    home = bring_home(read_docx(data), case, None, TODAY)
    assert {(one.text, one.where) for one in home.unplaced} == {("送审稿", "页眉")}
    assert home.case == case


def test_a_changed_heading_is_named_and_moves_nothing() -> None:
    home = back(
        plain_case(), lambda root: set_text(paragraph(root, "2、答复"), "2、答复及财政局意见")
    )
    assert home.case == plain_case()
    (note,) = home.notes
    assert "2、答复及财政局意见" in note


# ---- moved, copied, cut, joined


@EVERY
@pytest.mark.parametrize("form", FORMS)
def test_a_paragraph_moved_to_another_reply_keeps_its_key(
    form: Form, strip: Callable[[bytes], bytes]
) -> None:
    case = plain_case(form=form)
    first, second, general = case.replies
    other = replace(second.paragraphs[0], text="第二条另行办理，已报市政府。")
    second = replace(second, paragraphs=(other, second.paragraphs[1]))
    case = replace(case, replies=(first, second, general))

    def edit(root: Any) -> None:
        paragraph(root, SENTENCE).addnext(paragraph(root, other.text))

    after = back(case, edit, strip).case
    assert after.replies[0].paragraphs == (first.paragraphs[0], other, first.paragraphs[1])
    assert after.replies[1].paragraphs == second.paragraphs[1:]


@EVERY
def test_a_paragraph_moved_to_another_cell_has_its_outcome(
    strip: Callable[[bytes], bytes],
) -> None:
    case = plain_case(form=Form.RESULT_LIST, suggestions=1)

    def edit(root: Any) -> None:
        row = paragraph(root, "当年推动事项").getparent().getparent()
        row[-1].append(paragraph(root, SENTENCE))

    moved, other = back(case, edit, strip).case.replies[0].paragraphs
    before = case.replies[0].paragraphs
    assert moved == replace(before[0], outcome=Outcome.UNDER_WAY)
    assert other == before[1]


def test_a_paragraph_copied_with_its_bookmark_is_there_twice() -> None:
    import copy

    case = plain_case()

    def edit(root: Any) -> None:
        p = paragraph(root, SENTENCE)
        paragraph(root, "以上各项").addnext(copy.deepcopy(p))
        p.addnext(copy.deepcopy(p))

    after = back(case, edit).case
    assert texts(after)[0] == [SENTENCE, SENTENCE, "明年继续落实。"]
    assert texts(after)[2] == ["以上各项由我局牵头落实。", SENTENCE]
    keys = [p.key for r in after.replies for p in r.paragraphs]
    assert len(set(keys)) == len(keys)


def test_a_reply_moved_below_the_date_stays_its_own() -> None:
    case = plain_case()
    home = back(case, lambda root: paragraph(root, "2025年").addnext(paragraph(root, "以上各项")))
    assert home.case == case
    assert any("移到了各条答复之外" in note for note in home.notes)


@EVERY
def test_a_cut_paragraph_that_was_edited_as_well(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        p = paragraph(root, SENTENCE)
        set_text(p, "我区正按绿地面积与日均人流分")
        p.addnext(new_paragraph("四档重新测算管护经费。"))

    first, second, _ = back(case, edit, strip).case.replies[0].paragraphs
    before = case.replies[0].paragraphs[0]
    assert first == replace(before, text="我区正按绿地面积与日均人流分")
    assert (second.text, second.outcome) == ("四档重新测算管护经费。", before.outcome)


@EVERY
def test_two_joined_paragraphs(strip: Callable[[bytes], bytes]) -> None:
    """Of one outcome they are one; else the second runs on, so that the 清单 keeps both."""
    case = plain_case()
    one, two = case.replies[0].paragraphs

    def edit(root: Any) -> None:
        set_text(paragraph(root, SENTENCE), one.text + two.text)
        p = paragraph(root, two.text)
        p.getparent().remove(p)

    after = back(case, edit, strip).case.replies[0].paragraphs
    assert after == (one, replace(two, runs_on=True))
    done = replace(two, outcome=one.outcome)
    first = replace(case.replies[0], paragraphs=(one, done))
    same = replace(case, replies=(first, *case.replies[1:]))
    after = back(same, edit, strip).case.replies[0].paragraphs
    assert after == (replace(one, text=one.text + two.text),)


@EVERY
def test_a_paragraph_joined_to_its_heading_and_one_to_the_next(
    strip: Callable[[bytes], bytes],
) -> None:
    """Backspace at the beginning of a paragraph: our heading and his words stand on one line."""
    case = plain_case()

    def edit(root: Any) -> None:
        heading, p = paragraph(root, "2、答复"), paragraph(root, SENTENCE)
        heading.extend(child for child in list(p) if child.tag != w("pPr"))
        p.getparent().remove(p)
        p, heading = paragraph(root, "明年继续"), paragraph(root, "（2）建议2")
        p.extend(child for child in list(heading) if child.tag != w("pPr"))
        heading.getparent().remove(heading)

    if strip is CARRIERS["all"]:  # the bookmark says where the paragraph began
        assert back(case, edit, strip) == Homecoming(case)
    else:
        back(case, edit, strip)


@EVERY
def test_a_sentence_that_begins_with_a_lost_heading_keeps_its_words(
    strip: Callable[[bytes], bytes],
) -> None:
    case = plain_case(form=Form.RESULT_LIST, suggestions=1)

    def edit(root: Any) -> None:
        set_text(paragraph(root, "当年完成事项"), "当年已办成的")
        set_text(paragraph(root, SENTENCE), f"当年完成事项共三项。{SENTENCE}")

    assert texts(back(case, edit, strip).case)[0][0] == f"当年完成事项共三项。{SENTENCE}"


# ---- tables


def rows(root: Any, start: str) -> Any:
    return paragraph(root, start).getparent().getparent()


@EVERY
def test_a_table_turned_to_text(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case(form=Form.RESULT_LIST)

    def edit(root: Any) -> None:
        table = next(root.iter(w("tbl")))
        for row in table.iter(w("tr")):
            whole = el("p")
            table.addprevious(whole)
            for cell in row.iter(w("tc")):
                first, *further = cell.iter(w("p"))
                if len(whole):
                    whole.append(el("r", el("tab")))
                whole.extend(child for child in list(first) if child.tag != w("pPr"))
                for p in further:
                    table.addprevious(p)
        table.getparent().remove(table)

    home = back(case, edit, strip)
    assert texts(home.case) == texts(case)


@EVERY
def test_a_new_row_with_words_of_its_own_is_of_no_part(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case(form=Form.RESULT_LIST)

    def edit(root: Any) -> None:
        row = el(
            "tr", *(el("tc", new_paragraph(text)) for text in ("", "财政局意见", "同意安排。"))
        )
        rows(root, "不能采纳原因").addnext(row)

    home = back(case, edit, strip)
    assert home.case == case
    assert [one.text for one in home.unplaced] == ["财政局意见", "同意安排。"]


@EVERY
def test_a_cell_cut_into_two_rows(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case(form=Form.RESULT_LIST)

    def edit(root: Any) -> None:
        row = el("tr", el("tc", new_paragraph("")), el("tc", new_paragraph("")))
        row.append(el("tc", new_paragraph("另报区政府。")))
        rows(root, "当年完成事项").addnext(row)

    after = back(case, edit, strip).case.replies[0].paragraphs
    assert [(p.text, p.outcome) for p in after][:2] == [
        (SENTENCE, Outcome.DONE),
        ("另报区政府。", Outcome.DONE),
    ]


@EVERY
def test_a_column_more_and_a_table_inside(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case(form=Form.RESULT_LIST)

    def edit(root: Any) -> None:
        rows(root, "当年完成事项").append(el("tc", new_paragraph("牵头：财政局")))
        inner = el("tbl", el("tr", el("tc", new_paragraph("分档"), new_paragraph("标准"))))
        rows(root, "明年待落实事项")[-1].append(inner)

    after = back(case, edit, strip).case.replies[0].paragraphs
    assert [(p.text, p.outcome) for p in after] == [
        (SENTENCE, Outcome.DONE),
        ("牵头：财政局", Outcome.DONE),
        ("明年继续落实。", Outcome.PENDING),
        ("分档", Outcome.PENDING),
        ("标准", Outcome.PENDING),
    ]


# ---- marks and remarks


def tracked(kind: str, text: str) -> Any:
    p = new_paragraph(text)
    made = el(kind, p[0], id=1, **WHO)
    for t in made.iter(w("t")):
        t.tag = w("delText") if kind == "del" else t.tag
    return made


def mark(kind: Trace, start: int, end: int, text: str) -> Mark:
    return Mark(kind, start, end, text, WHO["author"], WHO["date"])


@EVERY
def test_marks_are_counted_in_the_part_they_stand_in(strip: Callable[[bytes], bytes]) -> None:
    case = hard_case()
    grouped = case.replies[0].paragraphs

    def edit(root: Any) -> None:
        paragraph(root, "已按三档").append(tracked("ins", "并公开。"))  # at the end of a run-on
        paragraph(root, "（一）移交").append(tracked("del", "事宜"))
        paragraph(root, "建议1：").append(tracked("ins", "（续）"))
        paragraph(root, "第二段说明").append(tracked("ins", "完"))
        paragraph(root, "尊敬的").append(tracked("del", "各位"))

    home = back(case, edit, strip)
    marks = dict(home.marks)
    last = grouped[3]
    at = len(last.text)
    assert marks[last.key] == (mark(Trace.INSERTED, at, at + 4, "并公开。"),)
    heading = next(p for p in home.case.replies[0].paragraphs if p.key == grouped[4].key)
    assert marks[heading.key] == (
        mark(Trace.DELETED, len(heading.text), len(heading.text), "事宜"),
    )
    one, two, *_ = home.case.suggestions()
    at = one.text.index("（续）")
    assert marks[f"{one.key}.text"] == (mark(Trace.INSERTED, at, at + 3, "（续）"),)
    at = two.elaboration.index("完")
    assert marks[f"{two.key}.elaboration"] == (mark(Trace.INSERTED, at, at + 1, "完"),)
    assert [m.text for m in marks["salutation"]] == ["各位"]


def test_a_typed_ordinal_counts_where_the_wording_prints_its_own() -> None:
    case = hard_case(wording="standard")
    heading = case.replies[0].paragraphs[0]
    lines = lay_out(compose(case, TODAY)).lines()
    printed = next(line.text for line in lines if line.text.endswith("经费方面"))
    assert printed != heading.text
    home = back(case, lambda root: paragraph(root, printed).append(tracked("ins", "新")))
    (found,) = dict(home.marks)[heading.key]
    after = home.case.replies[0].paragraphs[0].text
    assert after[found.start : found.end] == "新"


def test_a_new_paragraph_has_its_marks_and_a_struck_out_one_its_author() -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        p = paragraph(root, SENTENCE)
        added = new_paragraph("")
        added.append(tracked("ins", "财政局已安排资金。"))
        paragraph(root, "明年继续").addnext(added)
        p[0].append(el("rPr", el("del", id=2, **WHO)))
        for r in p.findall(w("r")):
            gone = el("del", id=3, **WHO)
            r.addprevious(gone)
            gone.append(r)
            for t in r.iter(w("t")):
                t.tag = w("delText")

    home = back(case, edit)
    kept, new = home.case.replies[0].paragraphs
    assert (new.text, kept) == ("财政局已安排资金。", case.replies[0].paragraphs[1])
    marks = dict(home.marks)
    assert mark(Trace.INSERTED, 0, len(new.text), new.text) in marks[new.key]
    gone = case.replies[0].paragraphs[0]
    assert marks[gone.key] == (mark(Trace.DELETED, 0, 0, gone.text),)


def test_remarks_know_the_part_they_stand_in() -> None:
    import io
    import zipfile

    case = plain_case()
    spots = [SENTENCE, "2、答复", "建议2：", "尊敬的", "盖章处"]

    def edit(root: Any) -> None:
        paragraph(root, "2025年").addnext(new_paragraph("盖章处"))
        for number, start in enumerate(spots):
            paragraph(root, start).append(el("r", el("commentReference", id=number)))

    stream = io.BytesIO(edited(letter_docx(case, TODAY), edit))
    with zipfile.ZipFile(stream, "a") as archive:
        said = "".join(
            f'<w:comment w:id="{n}"><w:p><w:r><w:t>看{n}</w:t></w:r></w:p></w:comment>'
            for n in range(len(spots) + 1)
        )
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        archive.writestr("word/comments.xml", f"<w:comments {space}>{said}</w:comments>")
    home = bring_home(read_docx(stream.getvalue()), case, None, TODAY)
    first, second, _ = case.replies
    places = {placed.remark.text: placed.place for placed in home.remarks}
    assert places == {
        "看0": first.key,
        "看1": first.key,
        "看2": second.key,
        "看3": "salutation",
        "看4": "",
        "看5": "",
    }


# ---- other papers


def test_what_is_written_into_an_answer_place_joins_the_reply() -> None:
    """A 会办包: a sheet of its own, with a place under each suggestion, and four for a 清单."""
    case = plain_case()
    one, two = case.suggestions()
    body = (
        Line(Role.BODY, (Piece("请贵局研究提出会办意见："),)),
        Line(Role.BODY, (Piece("建议1："), Piece(one.text, f"{one.key}.text")), f"s_{one.key}"),
        Line(Role.BODY, (Piece("会办意见："),)),
        Line(Role.BODY, anchor=f"a_{one.key}"),
        Line(Role.BODY, (Piece("建议2："), Piece(two.text, f"{two.key}.text")), f"s_{two.key}"),
        Line(Role.BODY, (Piece("当年完成事项"),)),
        Line(Role.BODY, anchor=f"a_{two.key}_{Outcome.DONE}"),
        Line(Role.BODY, (Piece("联系人：李文"),)),
    )
    sheet = Sheet("", None, body, None)

    def edit(root: Any) -> None:
        places = [p for text, p in paragraphs(root) if p.find(w("bookmarkStart")) is not None]
        empty = [p for p in places if not list(p.iter(w("t")))]
        empty[0].append(new_paragraph("同意，资金由我局统筹。")[0])
        empty[0].addnext(new_paragraph("另需区发改局立项。"))
        empty[1].append(new_paragraph("已完成三处。")[0])

    for strip in (bytes, half_the_bookmarks, without_bookmarks):
        page = read_docx(strip(edited(sheet_docx(sheet, case), edit)))
        home = bring_home(page, case, None, TODAY, sheet)
        assert replace(home.case, replies=case.replies) == case
        first, second, general = home.case.replies
        assert [p.text for p in first.paragraphs[2:]] == [
            "同意，资金由我局统筹。",
            "另需区发改局立项。",
        ]
        added = second.paragraphs[2]
        assert (added.text, added.outcome) == ("已完成三处。", Outcome.DONE)
        assert (general, home.unplaced) == (case.replies[2], ())


def test_a_text_without_any_carrier_is_set_against_the_case() -> None:
    """What was copied into a mail and saved as plain text."""
    case = hard_case()
    lines = [line.text for line in lay_out(compose(case, TODAY)).lines()]
    page = read_text("\n".join(lines).replace("暂不能实施", "明年再研究"))
    after = bring_home(page, case, None, TODAY).case
    assert "明年再研究" in after.replies[0].paragraphs[-1].text
    assert replace(after, replies=case.replies) == case


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("wording", WORDINGS)
def test_the_settings_it_was_printed_in_are_seen(form: Form, wording: str) -> None:
    case = hard_case()
    printed = replace(case, form=form, wording=wording)
    page = read_docx(without_carriers(letter_docx(printed, TODAY)))
    assert bring_home(page, case, None, TODAY) == Homecoming(case)
    told = Printed(form, wording, case.head, case.layout)
    assert bring_home(page, case, told, TODAY) == Homecoming(case)


def test_a_page_of_thousands_of_lines_takes_no_minutes() -> None:
    """Somebody's whole file, dropped by mistake: all of it is outside, in a second or two."""
    texts = [f"第{n}号物资，入库{n}件。" for n in range(20_000)]
    home = bring_home(Page(tuple(map(PageLine, texts))), plain_case(), None, TODAY)
    assert len(home.unplaced) > 19_000
    said = {line.text for line in lay_out(compose(home.case, TODAY)).lines()}
    assert {*texts} <= said | {one.text for one in home.unplaced}
