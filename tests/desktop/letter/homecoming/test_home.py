"""Our working copy comes home: untouched, edited, stripped, through LibreOffice."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.enums import FieldState, Form, Head, Outcome
from desktop.letter.carriers import find
from desktop.letter.case_file import ONE_LINE_FIELDS
from desktop.letter.clean import clean_text
from desktop.letter.homecoming.home import read_home
from desktop.letter.homecoming.places import NEIGHBOURS
from desktop.letter.model import ABSENT, Case, Fields, Issue, Paragraph, Reply, own
from desktop.letter.ooxml import w
from desktop.letter.pages.page import read_docx
from desktop.letter.writer import letter_docx
from tests import rendering
from tests.cases import FORMS, HEADS, WORDINGS, hard_case, plain_case, with_original
from tests.conftest import TODAY
from tests.docx_edits import (
    edited,
    new_paragraph,
    paragraph,
    paragraphs,
    rewritten,
    set_text,
    without_bookmarks,
    without_custom_xml,
)

CARRIERS: dict[str, Callable[[bytes], bytes]] = {
    "all": lambda data: data,
    "properties": without_custom_xml,
    "no bookmarks": without_bookmarks,
}


def home(data: bytes) -> Case:
    page = read_docx(data)
    assert page.package
    carried = find(page.package)
    assert carried
    return read_home(page, carried, TODAY).case


@pytest.mark.parametrize(
    ("form", "wording", "head", "carriers"), list(product(FORMS, WORDINGS, HEADS, CARRIERS))
)
def test_the_same_case_comes_home(form: Form, wording: str, head: Head, carriers: str) -> None:
    case = hard_case(form=form, wording=wording, head=head)
    assert home(CARRIERS[carriers](letter_docx(case, TODAY))) == case


@pytest.mark.usefixtures("office_suite")
def test_through_libreoffice(tmp_path: Path) -> None:
    """Saved once and three times, all forms, wordings and heads: the same case, key by key."""
    cases = {
        f"{form}-{wording}-{head}": hard_case(form=form, wording=wording, head=head)
        for form, wording, head in product(FORMS, WORDINGS, HEADS)
    }
    files = []
    for name, case in cases.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(letter_docx(case, TODAY))
    for turn in range(3):
        folder = tmp_path / str(turn)
        folder.mkdir()
        files = rendering.convert(files, folder, "docx")
        for file in files:
            assert home(file.read_bytes()) == cases[file.stem], (turn, file.stem)


def test_a_letter_printed_in_other_settings_keeps_its_own() -> None:
    case = hard_case()
    printed = replace(case, form=Form.RESULT_LIST, wording="standard", head=Head.PLAIN)
    assert home(letter_docx(printed, TODAY, settings=case)) == case


def test_an_issued_case_printed_as_working_copy_comes_home() -> None:
    from desktop.letter.compose import freeze

    case = freeze(hard_case(), Issue(TODAY))
    for strip in CARRIERS.values():
        assert home(strip(letter_docx(case, TODAY))) == case


def test_the_final_copy_carries_nothing() -> None:
    data = letter_docx(hard_case(), TODAY, final=True)
    page = read_docx(data)
    assert page.package
    assert find(page.package) is None
    assert not any(line.anchors for line in page.lines)
    assert not any("custom" in name for name in page.package.names())


def replies_after(
    case: Case, edit: Callable[[Any], None], strip: Callable[[bytes], bytes]
) -> tuple[Reply, ...]:
    after = home(strip(edited(letter_docx(case, TODAY), edit)))
    assert replace(after, replies=case.replies) == case  # nothing else has changed
    return after.replies


BOTH = pytest.mark.parametrize(
    "strip", [CARRIERS["all"], CARRIERS["properties"]], ids=["all", "properties"]
)


@BOTH
def test_a_changed_word(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()
    replies = replies_after(
        case,
        lambda root: set_text(paragraph(root, "我区正按"), "我区已按绿地面积分四档测算管护经费。"),
        strip,
    )
    first = case.replies[0]
    changed = replace(first.paragraphs[0], text="我区已按绿地面积分四档测算管护经费。")
    assert replies == (replace(first, paragraphs=(changed, first.paragraphs[1])), *case.replies[1:])


@BOTH
def test_the_page_wins_where_the_carriers_went_stale(strip: Callable[[bytes], bytes]) -> None:
    """Texts of the page rewritten, the carriers as they were: words from the page, keys kept."""
    case = hard_case()

    def rewrite(root: Any) -> None:
        for text in ("移交办法正在征求意见", "全天开放一项", "以上各项"):
            set_text(paragraph(root, text), f"改写：{text}，后来又有变化。")

    replies = replies_after(case, rewrite, strip)
    before = [p for r in case.replies for p in r.paragraphs]
    after = [p for r in replies for p in r.paragraphs]
    assert [p.key for p in after] == [p.key for p in before]
    assert [p.outcome for p in after] == [p.outcome for p in before]
    assert sum(p.text.startswith("改写：") for p in after) == 3


@BOTH
def test_an_edit_inside_a_divided_paragraph_stays_with_its_part(
    strip: Callable[[bytes], bytes],
) -> None:
    case = hard_case()
    line = "已按三档核定经费，样本公园的游人计数正在进行，结果明年一季度报审。"

    def edit(root: Any) -> None:
        set_text(paragraph(root, line), line.replace("明年一季度", "明年上半年"))

    parts = replies_after(case, edit, strip)[0].paragraphs[1:4]
    assert "".join(p.text for p in parts) == line.replace("明年一季度", "明年上半年")
    assert [p.outcome for p in parts] == [Outcome.DONE, Outcome.UNDER_WAY, Outcome.PENDING]
    if strip is CARRIERS["all"]:  # the words before the edit are known: the borders are exact
        assert [p.text for p in parts][:2] == ["已按三档核定经费，", "样本公园的游人计数正在进行，"]


@BOTH
def test_a_new_paragraph_belongs_to_the_reply_it_stands_in(strip: Callable[[bytes], bytes]) -> None:
    """Enter at the end of a reply: Word leaves the new paragraph outside the bookmark."""
    case = plain_case()
    replies = replies_after(
        case,
        lambda root: paragraph(root, "明年继续落实。").addnext(new_paragraph("新写的一段。")),
        strip,
    )
    assert [p.text for p in replies[0].paragraphs] == [
        *(p.text for p in case.replies[0].paragraphs),
        "新写的一段。",
    ]
    assert replies[0].paragraphs[2].outcome is None
    assert replies[1:] == case.replies[1:]


@BOTH
def test_a_paragraph_under_the_heading_belongs_to_the_reply_below(
    strip: Callable[[bytes], bytes],
) -> None:
    case = plain_case()
    replies = replies_after(
        case, lambda root: paragraph(root, "2、答复").addnext(new_paragraph("先说一句。")), strip
    )
    assert next(p.text for p in replies[0].paragraphs) == "先说一句。"
    assert replies[0].paragraphs[1:] == case.replies[0].paragraphs


@BOTH
def test_a_deleted_paragraph_is_gone(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        p = paragraph(root, "明年继续落实。")
        p.getparent().remove(p)

    replies = replies_after(case, edit, strip)
    assert replies[0].paragraphs == case.replies[0].paragraphs[:1]


@BOTH
def test_text_typed_into_an_empty_cell_has_its_outcome(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case(form=Form.RESULT_LIST)

    def edit(root: Any) -> None:
        row = paragraph(root, "不能采纳原因").getparent().getparent()
        row[-1][-1].append(new_paragraph("资金不足，暂不能采纳。")[0])

    replies = replies_after(case, edit, strip)
    typed = replies[0].paragraphs[-1]
    assert (typed.text, typed.outcome) == ("资金不足，暂不能采纳。", Outcome.NOT_ADOPTED)


@BOTH
def test_fields_follow_the_page(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        set_text(paragraph(root, "尊敬的"), "尊敬的周明远先生：")
        thanks = paragraph(root, "感谢")
        thanks.getparent().remove(thanks)
        set_text(paragraph(root, "2025年"), "2025年9月5日")

    after = home(strip(edited(letter_docx(case, TODAY), edit)))
    assert after.fields.salutation == own("尊敬的周明远先生：")
    assert after.fields.closing == ABSENT
    assert after.fields.date == own("2025年9月5日")
    assert after.fields.opening.state is FieldState.COMPOSED
    assert after.replies == case.replies


@BOTH
def test_a_suggestions_words_follow_the_page(strip: Callable[[bytes], bytes]) -> None:
    def edit(root: Any) -> None:
        set_text(paragraph(root, "建议1："), "建议1:改过的建议。")
        paragraph(root, "补充说明1：").addnext(new_paragraph("再补一段。"))

    after = home(strip(edited(letter_docx(plain_case(), TODAY), edit)))
    suggestion = next(after.suggestions())
    assert (suggestion.text, suggestion.elaboration) == ("改过的建议。", "具体的说明。\n再补一段。")


def words(case: Case) -> str:
    """Every text of a case in one string."""
    from desktop.letter.case_file import dump

    return dump(case)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["建议1：", "建议2：", "补充说明2：", "第二段说明"])
@pytest.mark.parametrize("before", [True, False])
@BOTH
def test_a_line_typed_anywhere_among_the_suggestions_is_kept(
    strip: Callable[[bytes], bytes], form: Form, place: str, before: bool
) -> None:
    case = hard_case(form=form)

    def edit(root: Any) -> None:
        p = paragraph(root, place)
        (p.addprevious if before else p.addnext)(new_paragraph("随手添的一行。"))

    after = home(strip(edited(letter_docx(case, TODAY), edit)))
    assert "随手添的一行。" in words(after)
    assert after.replies == case.replies
    texts = [s.text for s in after.suggestions()]
    assert texts == [s.text for s in case.suggestions()]
    second = list(after.suggestions())[1]
    if place == "建议2：" and not before:
        assert "随手添的一行。" in second.elaboration


@BOTH
def test_a_changed_heading_is_noted_and_moves_nothing(strip: Callable[[bytes], bytes]) -> None:
    for wording in WORDINGS:
        case = hard_case(wording=wording)

        def edit(root: Any) -> None:
            p = next(p for text, p in paragraphs(root) if text.endswith("建议1、2及其答复"))
            set_text(p, "".join(t.text for t in p.iter(w("t"))) + "（补充）")

        page = read_docx(strip(edited(letter_docx(case, TODAY), edit)))
        assert page.package
        carried = find(page.package)
        assert carried
        found = read_home(page, carried, TODAY)
        assert found.case == case
        assert "（补充）" in found.notes[0]


@BOTH
@pytest.mark.parametrize("after", ["我区正按", "明年继续"])
def test_a_paragraph_that_repeats_a_heading_is_text(
    strip: Callable[[bytes], bytes], after: str
) -> None:
    case = plain_case()
    replies = replies_after(
        case, lambda root: paragraph(root, after).addnext(new_paragraph("2、答复")), strip
    )
    assert "2、答复" in [p.text for p in replies[0].paragraphs]
    assert replies[1:] == case.replies[1:]


@BOTH
@pytest.mark.parametrize("form", FORMS)
def test_lines_before_the_first_and_after_the_last_are_kept(
    strip: Callable[[bytes], bytes], form: Form
) -> None:
    for case in (hard_case(form=form), plain_case(form=form)):

        def edit(root: Any) -> None:
            ours = [p for text, p in paragraphs(root) if text]
            ours[0].addprevious(new_paragraph("最前面加的一行"))
            paragraph(root, "2025年").addnext(new_paragraph("最后面加的一行"))

        after = home(strip(edited(letter_docx(case, TODAY), edit)))
        assert "最前面加的一行" in words(after)
        assert "最后面加的一行" in words(after)
        assert after.fields.date == case.fields.date
        assert after.fields.document_number == case.fields.document_number
        assert letter_docx(after, TODAY)


def test_paragraphs_that_changed_places_keep_their_keys_and_outcomes() -> None:
    for form in FORMS:
        case = hard_case(form=form)

        def edit(root: Any) -> None:
            p = paragraph(root, "移交办法正在征求意见")
            p.getprevious().addprevious(p)

        after = home(edited(letter_docx(case, TODAY), edit))
        before = {p.key: p for p in case.replies[0].paragraphs}
        assert {p.key: p for p in after.replies[0].paragraphs} == before
        assert after.replies[0].paragraphs != case.replies[0].paragraphs


@BOTH
def test_a_changed_issued_letter_comes_home_as_a_draft(strip: Callable[[bytes], bytes]) -> None:
    from desktop.letter.compose import freeze

    case = freeze(plain_case(), Issue(TODAY))

    def edit(root: Any) -> None:
        set_text(paragraph(root, "明年继续"), "明年不再继续落实。")

    after = home(strip(edited(letter_docx(case, TODAY), edit)))
    assert after.issue is None
    assert after.fields.opening == plain_case().fields.opening


def retyped(root: Any, start: str, text: str) -> None:
    """A line replaced by a fresh one: its bookmark is gone."""
    p = paragraph(root, start)
    p.addprevious(new_paragraph(text))
    p.getparent().remove(p)


@BOTH
def test_retyped_lines_stay_where_they_stood(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        retyped(root, "我区正按", "重写的第一段。")
        retyped(root, "明年继续", "重写的第二段。")
        retyped(root, "尊敬的", "尊敬的周明远先生：")
        retyped(root, "2025年", "2025年9月5日")
        retyped(root, "建议2：", "建议2：重写的建议。")

    after = home(strip(edited(letter_docx(case, TODAY), edit)))
    assert [p.text for p in after.replies[0].paragraphs] == ["重写的第一段。", "重写的第二段。"]
    assert after.fields.salutation == own("尊敬的周明远先生：")
    assert after.fields.date == own("2025年9月5日")
    assert [s.text for s in after.suggestions()] == ["第1条建议的内容。", "重写的建议。"]
    assert after.replies[1:] == case.replies[1:]
    assert after.fields.signature == case.fields.signature


@BOTH
def test_a_retyped_cell_keeps_its_outcome(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case(form=Form.RESULT_LIST)
    replies = replies_after(case, lambda root: retyped(root, "我区正按", "重写。"), strip)
    assert next((p.text, p.outcome) for p in replies[0].paragraphs) == ("重写。", Outcome.DONE)


def test_a_paragraph_moved_to_another_reply_keeps_its_key_and_moves_no_heading() -> None:
    for form in FORMS:
        case = plain_case(form=form, general="")
        ours, theirs = case.replies

        def edit(root: Any) -> None:
            first, second = (p for text, p in paragraphs(root) if text == "明年继续落实。")
            first.addnext(second)

        after = home(edited(letter_docx(case, TODAY), edit))
        moved = theirs.paragraphs[1]
        assert after.replies == (
            replace(ours, paragraphs=(*ours.paragraphs, moved)),
            replace(theirs, paragraphs=theirs.paragraphs[:1]),
        )


def test_a_changed_line_is_paired_with_the_one_it_is_like() -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        p = paragraph(root, "我区正按")
        p.getparent().remove(p)
        set_text(paragraph(root, "明年继续"), "明年继续抓好落实。")
        paragraph(root, "明年继续").addnext(new_paragraph("完全不同的另外一句话。"))

    paragraphs = home(edited(letter_docx(case, TODAY), edit)).replies[0].paragraphs
    assert (paragraphs[0].key, paragraphs[0].outcome) == (
        case.replies[0].paragraphs[1].key,
        Outcome.PENDING,
    )
    assert paragraphs[1].outcome is None


@BOTH
def test_enter_keeps_the_first_half(strip: Callable[[bytes], bytes]) -> None:
    case = plain_case()

    def edit(root: Any) -> None:
        p = paragraph(root, "我区正按")
        set_text(p, "我区正按绿地面积")
        p.addnext(new_paragraph("与日均人流分三档测算管护经费。"))

    first, second, _ = replies_after(case, edit, strip)[0].paragraphs
    before = case.replies[0].paragraphs[0]
    assert first == replace(before, text="我区正按绿地面积")
    assert (second.text, second.outcome) == ("与日均人流分三档测算管护经费。", Outcome.DONE)
    assert second.key != before.key


@BOTH
def test_enter_at_the_border_of_a_run_on(strip: Callable[[bytes], bytes]) -> None:
    case = hard_case()

    def edit(root: Any) -> None:
        p = paragraph(root, "已按三档核定经费，")
        set_text(p, "已按三档核定经费，")
        p.addnext(new_paragraph("样本公园的游人计数正在进行，结果明年一季度报审。"))

    after = replies_after(case, edit, strip)[0].paragraphs
    before = case.replies[0].paragraphs
    assert after == (*before[:2], replace(before[2], runs_on=False), *before[3:])


def test_the_first_part_of_a_joined_line_deleted_leaves_a_break() -> None:
    case = hard_case()

    def edit(root: Any) -> None:
        set_text(paragraph(root, "已按三档"), "样本公园的游人计数正在进行，结果明年一季度报审。")

    after = replies_after(case, edit, lambda data: data)[0].paragraphs
    assert (after[1].key, after[1].runs_on) == (case.replies[0].paragraphs[2].key, False)


def test_an_untouched_issued_letter_with_blank_lines_stays_issued() -> None:
    from desktop.letter.compose import freeze

    case = plain_case(fields=Fields(opening=own("第一段。\n\n第二段如下：")))
    assert home(letter_docx(freeze(case, Issue(TODAY)), TODAY)).issue


def test_carriers_hold_nothing_the_letter_does_not_print() -> None:
    office = replace(plain_case().office, contact_name="李某某", contact_phone="13800000000")
    data = letter_docx(with_original(plain_case(office=office)), TODAY)
    package = read_docx(data).package
    assert package
    for name in package.names():
        assert "李某某".encode() not in package.archive.read(name)
        assert b"13800000000" not in package.archive.read(name)
        assert "口袋公园的提案".encode() not in package.archive.read(name)
        assert b"spans" not in package.archive.read(name)


def test_fields_of_one_line_are_the_same_everywhere() -> None:
    """What a case file refuses a newline in is what a page keeps one line of."""
    assert set(NEIGHBOURS) == set(ONE_LINE_FIELDS)


@BOTH
def test_an_edit_in_a_very_long_reply(strip: Callable[[bytes], bytes]) -> None:
    """30,000 repetitive characters, one word changed: comparing them whole would take minutes."""
    case = plain_case(suggestions=1, text="我区正按绿地面积测算经费，" * 2300)

    def edit(root: Any) -> None:
        text = case.replies[0].paragraphs[0].text
        set_text(paragraph(root, "我区正按"), text[:15_000] + "改" + text[15_000:])
        paragraph(root, "明年继续").addnext(new_paragraph("又写一段，" * 5000))

    found = replies_after(case, edit, strip)[0].paragraphs
    assert found[0].text[15_000] == "改"
    assert [p.key for p in found[:2]] == [p.key for p in case.replies[0].paragraphs]


def test_broken_carriers_are_ignored() -> None:
    data = letter_docx(plain_case(), TODAY)

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"fuhan-case", b"nonsense") if "custom" in name else part

    page = read_docx(rewritten(data, change))
    assert page.package
    assert find(page.package) is None


TEXTS = (
    st.text("我区已会同有关部门完成管护经费，。（）“”—…0123 \t　𠮷\ue0aa", min_size=1, max_size=60)
    .map(clean_text)
    .filter(str.strip)
)


@given(
    texts=st.lists(TEXTS, min_size=1, max_size=6),
    runs_on=st.booleans(),
    form=st.sampled_from(FORMS),
    strip=st.sampled_from(list(CARRIERS)[:2]),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_home(texts: list[str], runs_on: bool, form: Form, strip: str) -> None:
    case = plain_case(suggestions=1, form=form)
    paragraphs = tuple(
        Paragraph(f"p{n:07}", text, list(Outcome)[n % 4], runs_on=runs_on and n > 0)
        for n, text in enumerate(texts)
    )
    case = replace(case, replies=(replace(case.replies[0], paragraphs=paragraphs), case.replies[1]))
    assert home(CARRIERS[strip](letter_docx(case, TODAY))) == case
