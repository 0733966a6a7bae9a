"""Letters without carriers: the twins of both reference letters, part by part, and our own."""

import contextlib
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from db.enums import FieldState, Form, Head, LetterKind, Outcome, ProposalKind
from desktop.errors import InputError
from desktop.letter.foreign.dissection import dissect
from desktop.letter.foreign.letter_reader import case_of
from desktop.letter.model import ABSENT, Case, Category, Proposer, own
from desktop.letter.numerals import parse_date
from desktop.letter.pages.page import Page, decoded, read_docx, read_text
from desktop.letter.reader import read_case
from desktop.letter.result_list import GENERAL_LABEL, OUTCOME_LABELS, TABLE_LABEL
from desktop.letter.writer import letter_docx
from desktop.paths import RESOURCES
from tests.cases import hard_case, labels, plain_case
from tests.conftest import DATA, TODAY


def read_letter(page: Page, today: date) -> Case:
    return case_of(dissect(page), today)


def read(name: str) -> Case:
    return read_letter(read_text((DATA / name).read_text(encoding="utf-8")), TODAY)


def outcomes(case: Case) -> list[list[Outcome | None]]:
    return [[p.outcome for p in reply.paragraphs] for reply in case.replies]


def test_the_narrative_twin() -> None:
    case = read("twin-narrative.txt")
    (proposal,) = case.proposals
    assert (case.kind, case.form, case.wording, case.head) == (
        LetterKind.REPLY,
        Form.NARRATIVE,
        "house",
        Head.PLAIN,
    )
    assert proposal.kind is ProposalKind.CPPCC
    assert proposal.proposal_number == "2025204"
    assert proposal.session == "临江市云塘区政协七届三次会议"
    assert proposal.subject == "关于办好“家门口长者食堂”的建议"
    assert proposal.proposers == (Proposer("陆闻笙"),)
    assert [s.label for s in proposal.suggestions] == ["1", "2", "3", "4"]
    assert next(s.text for s in proposal.suggestions) == "统一选址标准少走弯路。"
    assert all(s.elaboration and "补充说明" not in s.elaboration for s in proposal.suggestions)
    assert labels(case) == [["1", "2"], ["3", "4"], []]
    assert [len(reply.paragraphs) for reply in case.replies] == [2, 2, 1]
    assert case.replies[2].paragraphs[0].text.startswith("家门口长者食堂的建设是一项")
    assert case.fields.title == ABSENT
    assert case.fields.opening.state is FieldState.OWN
    assert "提案第2025204号提案" in case.fields.opening.text  # doubled, as printed
    assert case.fields.closing.state is FieldState.OWN
    assert case.fields.closing.text.startswith("再次感谢陆闻笙委员")
    assert case.office.full_name == "临江市云塘区民政局"
    assert case.fields.signature.state is FieldState.COMPOSED
    assert parse_date(case.fields.date.text) == date(2025, 9, 12)


def test_the_result_list_twin() -> None:
    done, under_way, pending = Outcome.DONE, Outcome.UNDER_WAY, Outcome.PENDING
    case = read("twin-result-list.txt")
    (proposal,) = case.proposals
    assert case.form is Form.RESULT_LIST
    assert case.fields.title.text == "临江市云塘区城市管理局对于\n2024087号提案的答复"
    assert case.fields.title.state is FieldState.OWN
    assert proposal.proposal_number == "2024087"
    assert proposal.subject == "关于推进老旧小区雨污分流改造，打造云塘区清水街巷的提案"
    assert proposal.proposers == (Proposer("钟以宁"),)
    assert [(s.label, s.elaboration) for s in proposal.suggestions] == [
        ("一", ""),
        ("二", ""),
        ("三", ""),
    ]
    assert labels(case) == [["一"], ["二"], ["三"], []]
    assert outcomes(case) == [
        [done, done, under_way, pending],
        [done, under_way, pending],
        [done, done, pending],
        [None, None],
    ]
    assert case.fields.closing == ABSENT
    assert parse_date(case.fields.date.text) == date(2024, 10, 11)


def test_one_text_read_twice_gives_the_same_bytes() -> None:
    assert read("twin-narrative.txt") == read("twin-narrative.txt")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_texts_in_every_encoding(encoding: str) -> None:
    text = (DATA / "twin-narrative.txt").read_text(encoding="utf-8")
    assert read_letter(read_text(decoded(text.encode(encoding))), TODAY) == read(
        "twin-narrative.txt"
    )


def facts(case: Case) -> tuple[object, ...]:
    """What a letter says, without keys and without what a page does not tell."""
    asked = [(s.label, s.text, s.elaboration) for s in case.suggestions()]
    proposal = case.proposals[0]
    return (
        asked,
        labels(case),
        [[p.text for p in r.paragraphs] for r in case.replies],
        proposal.proposal_number,
        proposal.subject,
        proposal.proposers,
        case.office.full_name,
    )


@pytest.mark.parametrize("wording", ["house", "standard"])
def test_our_own_final_copy_reads_back(sample: Case, wording: str) -> None:
    """No carriers at all: the page alone gives back every suggestion and every paragraph."""
    for form in Form:
        if form is Form.NARRATIVE:  # run-on paragraphs print as one
            sample = replace(
                sample,
                replies=tuple(
                    replace(r, paragraphs=tuple(p for p in r.paragraphs if not p.runs_on))
                    for r in sample.replies
                ),
            )
        case = replace(sample, form=form, wording=wording)
        reading = read_case(letter_docx(case, TODAY, final=True), TODAY).case
        if form is Form.RESULT_LIST:
            assert outcomes(reading) == [
                sorted((p.outcome for p in r.paragraphs), key=list(Outcome).index)
                if r.suggestions
                else [p.outcome for p in r.paragraphs]
                for r in case.replies
            ]
        else:
            expected, found = facts(case), facts(reading)
            if len(found[1]) == len(expected[1]):  # type: ignore[arg-type]
                assert found == expected
            else:  # general paragraphs that do not name the matter stay with the last answer
                texts = [text for reply in expected[2] for text in reply]  # type: ignore[attr-defined]
                assert [text for reply in found[2] for text in reply] == texts  # type: ignore[attr-defined]
        assert reading.form is form


def test_nothing_of_the_page_is_dropped() -> None:
    """Every line of a twin is in the case: what was read, printed again, holds it."""
    for name in ("twin-narrative.txt", "twin-result-list.txt"):
        page = read_text((DATA / name).read_text(encoding="utf-8"))
        case = read_letter(page, TODAY)
        printed = {
            re.sub(r"\s", "", line.text) for line in read_docx(letter_docx(case, TODAY)).lines
        }
        for line in page.lines:
            text = re.sub(r"\s", "", line.text)
            text = re.sub(r"^(补充说明\d):", r"\1：", text)
            assert not text or len(text) == 1 or text in printed, line.text


@pytest.mark.parametrize(
    ("salutation", "names"),
    [
        ("周明远委员：", ["周明远"]),
        ("尊敬的周明远、何静等2名委员:", ["周明远", "何静"]),
        ("阿依曼·塔合尔代表：", ["阿依曼·塔合尔"]),
        ("杨 强委员", ["杨强"]),
    ],
)
def test_salutations(salutation: str, names: list[str]) -> None:
    head = f"{salutation}\n你们提出的《关于某事的建议》收悉，现答复如下："
    text = f"{head}\n已经办理。\n某某局\n2025年9月5日"
    case = read_letter(read_text(text), TODAY)
    assert [p.name for p in case.proposals[0].proposers] == names
    assert [p.text for r in case.replies for p in r.paragraphs] == ["已经办理。"]


def test_a_number_is_never_taken_from_a_cited_policy() -> None:
    head = "周明远委员：\n您提出的《关于落实〔2022〕4号文的建议》收悉，现答复如下："
    text = f"{head}\n依据深建规〔2022〕4号办理。"
    assert read_letter(read_text(text), TODAY).proposals[0].proposal_number == ""


def test_two_numbers_are_two_proposals() -> None:
    text = "周明远委员：\n您提出的第13、53号提案收悉，现答复如下：\n已经办理。"
    case = read_letter(read_text(text), TODAY)
    assert [p.proposal_number for p in case.proposals] == ["13", "53"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "购物清单\n鸡蛋\n牛奶",
        "某某局工作总结\n今年以来，我局认真工作。\n明年继续努力。",
    ],
)
def test_what_is_no_letter_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_case(text.encode(), TODAY)
    assert "没有导入任何内容" in str(caught.value)


def test_a_case_file_is_known_by_its_content() -> None:
    from desktop.letter.case_file import dump

    assert read_case(dump(hard_case()).encode(), TODAY).case == hard_case()
    assert read_case(letter_docx(plain_case(), TODAY), TODAY).case == plain_case()


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "关于",
            "关于甲",
            "第一届",
            "第一届第一次会",
            "建议1、",
            "《",
            "“关于",
            "尊敬的",
            "张三委员：",
        ),
        *(
            "| ",
            "首页 > ",
            "对您表示",
            "以上，",
            "联系人：",
            "12 ",
            "如下 ",
            "县局 ",
            "张(á) ",
            "您在 ",
        ),
    ],
)
def test_no_text_makes_the_reader_slow(unit: str) -> None:
    """180 KB of one phrase: read or refused at once, not after minutes (caught by the suite's
    time limit, not by a clock here)."""
    text = f"周明远委员：\n您提出的{unit * 20_000}收悉，现答复如下：\n已经办理。"
    lines = f"{unit * (1900 // len(unit))}\n" * 40
    for body in (text, unit * 60_000, lines, f"周明远委员：\n您提出的提案收悉。\n{lines}"):
        with contextlib.suppress(InputError):
            read_case(body.encode(), TODAY)


def bureau_docx(case: Case) -> bytes:
    """A 清单 as a bureau types it in Word: the vertical label one character a paragraph, cells
    merged, a date pushed right with blanks."""
    import io

    import docx

    document = docx.Document()
    fields = case.fields
    for text in (*fields.title.text.split("\n"), "", "尊敬的钟以宁委员：", fields.opening.text):
        document.add_paragraph(text)
    table = document.add_table(rows=len(case.replies) * 5 - 4, cols=3)
    names = {s.key: s for s in case.suggestions()}
    rows = iter(table.rows[:-1])
    for reply in case.replies[:-1]:
        (suggestion,) = (names[key] for key in reply.suggestions)
        texts = {f"建议{suggestion.label}": [suggestion.text]}
        for outcome, label in OUTCOME_LABELS.items():
            texts[label] = [p.text for p in reply.paragraphs if p.outcome is outcome]
        for label, lines in texts.items():
            row = next(rows)
            row.cells[1].text = label
            row.cells[2].text = "\n".join(lines)
    table.cell(0, 0).merge(table.cell(len(table.rows) - 2, 0)).text = "\n".join(TABLE_LABEL)
    last = table.rows[-1].cells[0].merge(table.rows[-1].cells[2])
    last.text = "\n".join([GENERAL_LABEL, "", *(p.text for p in case.replies[-1].paragraphs)])
    for text in ("", case.office.full_name, " " * 40 + fields.date.text):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_list_typed_in_word_reads_as_its_text_does() -> None:
    case = read("twin-result-list.txt")
    assert read_case(bureau_docx(case), TODAY).case == case


def test_own_closing_words_under_the_table_are_closing(list_sample: Case) -> None:
    closing = own("下一步，我局将继续推进。")
    case = replace(list_sample, fields=replace(list_sample.fields, closing=closing))
    again = read_case(letter_docx(case, TODAY, final=True), TODAY).case
    assert again.fields.closing == closing
    assert outcomes(again) == outcomes(case)


def test_a_labelled_suggestion_is_kept_whatever_its_row_calls_it() -> None:
    case = read("twin-result-list.txt")
    text = (DATA / "twin-result-list.txt").read_text(encoding="utf-8")
    old = case.proposals[0].suggestions[0].text
    for typed, want in ((f"建议1：{old}", old), (f"建议7：{old}", f"建议7：{old}")):
        again = read_letter(read_text(text.replace(old, typed)), TODAY)
        assert again.proposals[0].suggestions[0].text == want


HEAD = "周明远委员：\n您提出的第13号提案收悉，现答复如下：\n已经办理。"


def test_every_line_of_the_tail_is_kept() -> None:
    tail = "某某局\n2024年9月　日\n（联系人：李文）\n抄送：区政协。\n抄送：区政府办公室。"
    fields = read_letter(read_text(f"{HEAD}\n{tail}"), TODAY).fields
    assert fields.date == own("2024年9月　日")
    assert fields.copies == own("区政协，区政府办公室")
    assert fields.contact == own("（联系人：李文）")


def test_a_number_to_be_filled_in_and_a_category_stay_what_they_are() -> None:
    case = plain_case(category=Category("shenzhen", "B"), head=Head.PLAIN)
    again = read_case(letter_docx(case, TODAY, final=True), TODAY).case
    assert again.category == case.category
    assert again.fields.document_number.state is FieldState.COMPOSED
    assert again.office.document_prefix == "某更提函"
    assert again.fields.date.state is FieldState.COMPOSED


PROPOSAL = "关于建设公园的提案\n提案人：张三\n公园太少。\n"
ANSWER = """关于第31号提案的答复
张三委员：
您提出的关于公园的建议收悉。现答复如下：
已完成第一项工作。
某区城管局
2025年9月5日
"""


@pytest.mark.parametrize("text", [PROPOSAL + ANSWER, ANSWER + PROPOSAL])
def test_a_proposal_glued_to_its_letter_is_said(text: str) -> None:
    notes = read_case(text.encode(), TODAY).notes
    assert sum("还有提案原文" in note for note in notes) == 1


def test_a_page_s_table_is_no_proposal() -> None:
    text = f"提案号：31\n案由：关于建设公园的提案\n提案人：张三\n{ANSWER}"
    assert not any("提案原文" in note for note in read_case(text.encode(), TODAY).notes)


def test_a_scanned_letter_and_a_bare_table_of_contents_are_refused() -> None:
    scanned = Document()
    scanned.add_picture(str(RESOURCES / "manual" / "window-light.png"))
    bare = Document()
    contents = "目　录\n关于第12号提案的答复……1\n关于第13号提案的答复\t3"
    for document, text, said in (
        (scanned, "", "只有图片（扫描件）"),
        (bare, "", "文件里没有文字"),
        (Document(), contents, "只有目录"),
    ):
        for line in text.splitlines():
            document.add_paragraph(line)
        file = io.BytesIO()
        document.save(file)
        with pytest.raises(InputError, match=said):
            read_case(file.getvalue(), TODAY)
