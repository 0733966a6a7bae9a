"""The paper, measured on LibreOffice's rendered page (GB/T 9704-2012; letter-format 1 and 2)."""

import io
import subprocess
from dataclasses import replace
from itertools import product
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from db.enums import Form, Head, Outcome
from desktop.letter.model import ABSENT, COMPOSED, Case, Category, Fields, Paragraph, Reply, own
from desktop.letter.pages.page import read_docx
from desktop.letter.writer import letter_docx
from tests.cases import HEADS, OFFICE, plain_case
from tests.conftest import TODAY
from tests.rendering import Ink, PrintedLine, ink, pages, to_pdf

MM = 25.4 / 72
MARKS = ("某区民政局", "某某市某某区城市更新局", "某某市某某区城市管理和综合行政执法局环境卫生处")
COPIES = own("区政协提案委员会，区城市管理和综合执法局，区财政局，区住房和建设局")
LENGTHS = range(25)

pytestmark = pytest.mark.usefixtures("office_suite")


def printed(cases: dict[str, Case], folder: Path) -> dict[str, Path]:
    """The PDF of each case, all printed in one go."""
    files = []
    for name, case in cases.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(letter_docx(case, TODAY))
    return dict(zip(cases, to_pdf(files, folder), strict=True))


def long_case(length: int = 2500, **settings: object) -> Case:
    """A body of one unpunctuated paragraph."""
    case = plain_case(suggestions=1, general="", wording="standard", head=Head.LETTER)
    reply = replace(
        case.replies[0], paragraphs=(Paragraph("longlong", "测" * length, Outcome.DONE),)
    )
    return replace(case, replies=(reply,), **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Ink]]:
    """The ink on page 1 under marks of three lengths, with and without 类别."""
    cases = {
        f"{n}{'c' if category else ''}{head}": plain_case(
            head=head,
            wording="standard",
            office=replace(OFFICE, full_name=mark),
            category=category,
        )
        for (n, mark), category, head in product(
            enumerate(MARKS), (None, Category("shenzhen", "B")), (Head.LETTER, Head.PREPRINTED)
        )
    }
    pdfs = printed(cases, tmp_path_factory.mktemp("heads"))
    return {name: ink(pdf, 1, red=name.endswith("letter")) for name, pdf in pdfs.items()}


@pytest.mark.parametrize(("mark", "category"), list(product(range(3), ("", "c"))))
def test_the_head_stands_where_clause_10_1_puts_it(
    heads: dict[str, list[Ink]], mark: int, category: str
) -> None:
    bands = heads[f"{mark}{category}letter"]
    rules = [band for band in bands if band.is_rule]
    name = [band for band in bands if band.bottom < rules[0].top]
    assert name[0].top == pytest.approx(30, abs=1)  # mark 30 mm below the edge of the page
    assert rules[0].top - name[-1].bottom == pytest.approx(4, abs=1)  # upper rule 4 mm below it
    assert 297 - rules[-1].bottom == pytest.approx(20, abs=1)  # lower rule 20 mm above the edge
    for rule in rules:
        assert rule.right - rule.left == pytest.approx(170, abs=1)
        assert (rule.left + rule.right) / 2 == pytest.approx(105, abs=1)
    upper_thick, upper_thin, lower_thin, lower_thick = rules
    assert upper_thick.bottom - upper_thick.top > upper_thin.bottom - upper_thin.top
    assert lower_thick.bottom - lower_thick.top > lower_thin.bottom - lower_thin.top


def test_a_preprinted_letter_has_nothing_of_the_head(heads: dict[str, list[Ink]]) -> None:
    """Same places to the millimetre, but the paper brings mark and rules."""
    for name, bands in heads.items():
        if not name.endswith("preprinted"):
            continue
        assert not any(band.is_rule for band in bands)
        if "c" not in name:
            assert bands[0].top > 43  # the first ink is the 文号, under where the rule is


def text_top(bands: list[Ink]) -> float:
    return next(band.top for band in bands if band.top > 49)


def test_the_preprinted_text_stands_where_the_letters_does(tmp_path: Path) -> None:
    pdfs = printed({head.value: plain_case(head=head) for head in HEADS}, tmp_path)
    letter, preprinted = (ink(pdfs[h.value], 1, red=False) for h in (Head.LETTER, Head.PREPRINTED))
    assert text_top(preprinted) == pytest.approx(text_top(letter), abs=0.2)


def test_the_document_number_stands_under_the_rule(tmp_path: Path) -> None:
    (pdf,) = printed({"a": plain_case(head=Head.LETTER)}, tmp_path).values()
    bands = ink(pdf, 1, red=False)
    rule = [band for band in bands if band.is_rule][1]
    number = next(band for band in bands if band.top > rule.bottom)
    assert number.top - rule.bottom == pytest.approx(7 / 8 * 16 * MM, abs=1)
    assert number.right == pytest.approx(184, abs=1)


@pytest.mark.parametrize("layout", ["nominal", "measured"])
def test_22_lines_of_28_characters(layout: str, tmp_path: Path) -> None:
    (pdf,) = printed({layout: long_case(layout=layout)}, tmp_path).values()
    middle = pages(pdf)[1:-2]
    assert len(middle) >= 2
    for page in middle:
        *lines, number = page
        assert number.text.startswith("—")
        assert [len(line.text) for line in lines] == [28] * 22
        assert lines[0].left * MM == pytest.approx(28, abs=0.5)
        assert lines[0].right * MM == pytest.approx(184, abs=1)


def test_page_numbers(tmp_path: Path) -> None:
    (pdf,) = printed({"a": long_case()}, tmp_path).values()
    first, *others = pages(pdf)
    assert not any("—" in line.text for line in first)
    for number, page in enumerate(others, 2):
        line = page[-1]
        assert line.text == f"—{number}—"
        assert (line.top + line.bottom) / 2 * MM == pytest.approx(269, abs=1)
        if number % 2:
            assert 184 - line.right * MM == pytest.approx(14 * MM, abs=1)  # 空一字 of 4号
        else:
            assert line.left * MM - 28 == pytest.approx(14 * MM, abs=1)


def with_body(form: Form, lines: int, *, closing: bool, copies: bool) -> Case:
    characters = {Form.NARRATIVE: 28, Form.RESULT_LIST: 22}[form] * (lines + 1) - 3
    fields = Fields(
        closing=COMPOSED if closing else ABSENT,
        contact=COMPOSED if copies else ABSENT,
        copies=COPIES if copies else ABSENT,
    )
    general = "以上各项由我局牵头落实，每季度通报一次进展。"
    office = replace(OFFICE, contact_name="李文", contact_phone="0000-1234567")
    case = long_case(characters, form=form, fields=fields, office=office)
    reply = replace(plain_case(suggestions=1, general=general).replies[1], key="generals")
    return replace(case, replies=(*case.replies, reply))


SWEEPS = {
    "narrative": (Form.NARRATIVE, True, False),
    "narrative-no-closing": (Form.NARRATIVE, False, False),
    "narrative-copies": (Form.NARRATIVE, True, True),
    "list": (Form.RESULT_LIST, True, False),
    "list-no-closing": (Form.RESULT_LIST, False, False),
    "list-copies": (Form.RESULT_LIST, False, True),
}


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[PrintedLine]]]:
    """The pages of every sweep: 25 body lengths each, line by line."""
    cases = {
        f"{name}-{lines}": with_body(form, lines, closing=closing, copies=copies)
        for name, (form, closing, copies) in SWEEPS.items()
        for lines in LENGTHS
    }
    pdfs = printed(cases, tmp_path_factory.mktemp("sweep"))
    return {name: pages(pdf) for name, pdf in pdfs.items()}


@pytest.mark.parametrize("sweep", SWEEPS)
def test_the_signature_is_never_alone_on_a_page(
    swept: dict[str, list[list[PrintedLine]]], sweep: str
) -> None:
    page_counts = set()
    for lines in LENGTHS:
        letter = swept[f"{sweep}-{lines}"]
        page_counts.add(len(letter))
        texts = [line.text for line in letter[-1]]
        date = texts.index("2025年月日")
        assert texts[date - 1] == OFFICE.full_name, f"{lines} lines: date without signature"
        assert date >= 2, f"{lines} lines: 落款 alone on page {len(letter)}"
    assert len(page_counts) > 1  # the sweep crossed a page


@pytest.mark.parametrize("sweep", [name for name in SWEEPS if name.endswith("copies")])
def test_the_copies_stand_at_the_foot_of_the_last_page(
    swept: dict[str, list[list[PrintedLine]]], sweep: str
) -> None:
    for lines in LENGTHS:
        *_, last = swept[f"{sweep}-{lines}"]
        copies = next(line for line in last if line.text.startswith("抄送"))
        note = next(line for line in last if line.text.startswith("（联系人"))
        bottom = [line for line in last if not line.text.startswith("—")][-1]
        assert bottom.text.endswith("建设局。")
        assert bottom.bottom * MM == pytest.approx(262, abs=1)
        assert note.bottom < copies.top


def test_the_seals_place(tmp_path: Path) -> None:
    """右空四字 for the date, the organ centred on it; without a seal 右空二字 (7.3.5.1–2)."""
    cases = {
        "sealed": plain_case(fields=Fields(date=own("2025年9月5日"))),
        "unsealed": plain_case(fields=Fields(date=own("2025年9月5日")), sealed=False),
    }
    pdfs = printed(cases, tmp_path)
    for name, pdf in pdfs.items():
        lines = pages(pdf)[-1]
        at = next(n for n, line in enumerate(lines) if line.text == "2025年9月5日")
        signature, day = lines[at - 1], lines[at]
        character = 15.75
        if name == "sealed":
            assert (184 / MM - day.right) / character == pytest.approx(4, abs=0.4)
            centres = [(line.left + line.right) / 2 for line in (signature, day)]
            assert centres[0] == pytest.approx(centres[1], abs=character * 0.4)
        else:
            assert (184 / MM - signature.right) / character == pytest.approx(2, abs=0.4)
            assert (day.left - signature.left) / character == pytest.approx(2, abs=0.6)


def test_carriers_do_not_move_a_line(sample: Case, tmp_path: Path) -> None:
    """The working copy looks like the final one."""
    for form in Form:
        case = replace(sample, form=form)
        for final in (True, False):
            (tmp_path / f"{final}.docx").write_bytes(letter_docx(case, TODAY, final=final))
        to_pdf([tmp_path / "True.docx", tmp_path / "False.docx"], tmp_path)
        first, second = pages(tmp_path / "True.pdf"), pages(tmp_path / "False.pdf")
        assert [[(line.text, round(line.top)) for line in page] for page in first] == [
            [(line.text, round(line.top)) for line in page] for page in second
        ]


def test_named_styles_and_faces_reach_the_page(tmp_path: Path) -> None:
    (pdf,) = printed({"a": plain_case(head=Head.LETTER, wording="standard")}, tmp_path).values()
    fonts = subprocess.run(
        ["pdffonts", str(pdf)], capture_output=True, text=True, check=True
    ).stdout
    for face in ("NotoSerifCJK", "NotoSansCJK", "UKai"):  # the stand-ins of .ci/fonts.conf
        assert face in fonts


def test_digits_in_their_own_face_and_marks_in_the_letters(tmp_path: Path) -> None:
    """数字用 Times New Roman: “ ” — … never go with them, not even right beside Latin."""
    text = "建成5G基站2025个，占AI“+政务”的5.3%——\t按GB/T 9704…办理"
    reply = Reply("replyaaa", ("suggest1",), (Paragraph("parapara", text, Outcome.DONE),))
    case = plain_case(suggestions=1, general="", layout="nominal_roman")
    case = replace(case, replies=(replace(reply, suggestions=case.replies[0].suggestions),))
    data = letter_docx(case, TODAY)
    assert text in "".join(line.text for line in read_docx(data).lines)
    (tmp_path / "a.docx").write_bytes(data)
    document = docx.Document(io.BytesIO(data))
    (paragraph,) = [p for p in document.paragraphs if p.text == text]
    faces = {
        character: fonts.get(qn("w:ascii"))
        for run in paragraph.runs
        for fonts in run._r.iter(qn("w:rFonts"))
        for character in run.text
    }
    assert {faces[mark] for mark in "“—…"} == {"仿宋_GB2312"}
    assert faces["5"] is faces["G"] is None  # the style's: Times New Roman
    assert faces["”"] is None  # after a hanzi it is Chinese without saying
    (pdf,) = to_pdf([tmp_path / "a.docx"], tmp_path)
    used = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True)
    assert "Roman" in used.stdout or "Liberation" in used.stdout
