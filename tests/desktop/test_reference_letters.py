"""The two reference letters: exactly the structure data-model.md states, and printed again.

Collected only where ../shared/letters is; no sentence of theirs stands here.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from db.enums import FieldState, Form, Outcome, ProposalKind
from desktop.letter.blocks import Line
from desktop.letter.model import ABSENT, Case
from desktop.letter.numerals import parse_date
from desktop.letter.pages.page import PageLine, read_docx
from desktop.letter.reader import read_case
from desktop.letter.result_list import TABLE_LABEL
from desktop.services.cases import find_case, import_file
from desktop.services.exports import Settings, export_case
from desktop.services.library import library
from desktop.terms import HEADS
from tests import rendering
from tests.cases import labels
from tests.conftest import LETTERS, TODAY

REFERENCE = LETTERS / "reference"
NARRATIVE, RESULT_LIST = REFERENCE / "2024276-narrative.txt", REFERENCE / "2023153-result-list.txt"
PLAIN = next(head for head in HEADS if head == "plain")


def read(path: Path) -> Case:
    return read_case(path.read_bytes(), TODAY).case


def test_the_narrative() -> None:
    case = read(NARRATIVE)
    (proposal,) = case.proposals
    assert case.form is Form.NARRATIVE
    assert proposal.kind is ProposalKind.CPPCC
    assert proposal.proposal_number == "2024276"
    assert proposal.session == "深圳市福田区政协六届四次会议"
    assert proposal.subject == "关于加快打造“近零碳示范区”的建议"
    assert [p.name for p in proposal.proposers] == ["林源森"]
    assert case.fields.title == ABSENT
    assert case.fields.opening.state is FieldState.OWN
    assert [s.label for s in case.suggestions()] == ["1", "2", "3", "4"]
    assert all(s.text and s.elaboration for s in case.suggestions())
    assert labels(case) == [["1", "2"], ["3", "4"], []]
    assert [len(r.paragraphs) for r in case.replies] == [2, 2, 1]
    assert case.replies[2].paragraphs[0].text.startswith("近零碳示范区的建设是")
    assert case.fields.closing.state is FieldState.OWN
    assert case.fields.closing.text.startswith("再次感谢")
    assert case.office.full_name == "深圳市生态环境局福田管理局"
    assert parse_date(case.fields.date.text) == date(2024, 9, 20)


def test_the_result_list() -> None:
    done, under_way, pending = Outcome.DONE, Outcome.UNDER_WAY, Outcome.PENDING
    case = read(RESULT_LIST)
    (proposal,) = case.proposals
    assert case.form is Form.RESULT_LIST
    assert case.fields.title.state is FieldState.OWN
    assert len(case.fields.title.text.split("\n")) == 2
    assert proposal.proposal_number == "2023153"
    assert [p.name for p in proposal.proposers] == ["杨丽艳"]
    assert [s.label for s in case.suggestions()] == ["一", "二", "三"]
    assert not any(s.elaboration for s in case.suggestions())
    assert labels(case) == [["一"], ["二"], ["三"], []]
    assert [[p.outcome for p in r.paragraphs] for r in case.replies] == [
        [done, done, under_way, pending],
        [done, under_way, pending],
        [done, done, pending],
        [None, None],
    ]
    assert case.fields.closing == ABSENT
    assert parse_date(case.fields.date.text) == date(2023, 10, 17)


def reference_lines(path: Path) -> list[str]:
    """The letter's lines as the issue compares them: white space dropped, a full-width colon after
    补充说明n, the vertical label as one cell."""
    text = path.read_text(encoding="utf-8").replace("[bookmark: _GoBack]", "")
    text = text.replace("\n".join(TABLE_LABEL), TABLE_LABEL)
    lines = (re.sub(r"\s", "", line) for line in text.split("\n"))
    return [re.sub(r"^(补充说明\d):", r"\1：", line) for line in lines if line]


def page_lines(lines: tuple[PageLine, ...] | list[Line]) -> list[str]:
    return [text for line in lines if (text := re.sub(r"\s", "", line.text))]


@pytest.mark.parametrize("path", [NARRATIVE, RESULT_LIST], ids=lambda path: path.stem)
def test_export_prints_it_again_and_it_comes_home(path: Path, tmp_path: Path) -> None:
    with library(tmp_path / "library"):
        key = import_file(path, TODAY).key
        made = export_case(key, tmp_path, TODAY, settings=Settings(wording="house", head=PLAIN))
        data = made.path.read_bytes()
        case = find_case(key)
    assert page_lines(read_docx(data).lines) == reference_lines(path)
    assert read_case(data, TODAY).case == case


def test_the_table_of_the_result_list(tmp_path: Path) -> None:
    """15 rows and one full-width row, the vertical label beside the fifteen."""
    with library(tmp_path / "library"):
        key = import_file(RESULT_LIST, TODAY).key
        data = export_case(key, tmp_path, TODAY, settings=Settings(head=PLAIN)).path.read_bytes()
    package = read_docx(data).package
    assert package
    rows = list(package.main.iter("{*}tr"))
    merges = [row.find("{*}tc/{*}tcPr/{*}vMerge") for row in rows]
    assert [merge is not None for merge in merges[:15]] == [True] * 15
    assert merges[15] is None
    assert rows[15].find("{*}tc/{*}tcPr/{*}gridSpan") is not None


@pytest.mark.usefixtures("office_suite")
def test_a_docx_of_the_letter_made_by_another_program(tmp_path: Path) -> None:
    """The .docx a bureau would keep: the reference text through LibreOffice, no carriers."""
    for path in (NARRATIVE, RESULT_LIST):
        case = read(path)
        with library(tmp_path / path.stem):
            key = import_file(path, TODAY).key
            final = export_case(
                key,
                tmp_path / f"{path.stem}.docx",
                TODAY,
                settings=Settings(head=PLAIN),
                final=True,
            )
        folder = tmp_path / f"{path.stem}-saved"
        folder.mkdir()
        (saved,) = rendering.convert([final.path], folder, "docx")
        again = read(saved)
        assert labels(again) == labels(case)
        assert [[p.text for p in r.paragraphs] for r in again.replies] == [
            [p.text for p in r.paragraphs] for r in case.replies
        ]
        assert [(s.label, s.text, s.elaboration) for s in again.suggestions()] == [
            (s.label, s.text, s.elaboration) for s in case.suggestions()
        ]
        assert again.proposals[0].subject == case.proposals[0].subject
