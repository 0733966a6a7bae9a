"""Everything as plain text: every word of every case is in a file a Notepad opens."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import models
from desktop.errors import OutputError
from desktop.letter.model import Case, Issue, Office
from desktop.services.cases import find_case, issue_case, save_case, with_new_keys
from desktop.services.letters import sheet_of
from desktop.services.library import library
from desktop.services.plain_files import INDEX, case_text, write_all
from desktop.services.revisions import keep
from tests.cases import hard_case, plain_case, with_original
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def _library(tmp_path: Path) -> Iterator[None]:
    with library(tmp_path / "library"):
        yield


def words(case: Case) -> Iterator[str]:
    """Every text a handler wrote."""
    for proposal in case.proposals:
        yield from (proposal.proposal_number, proposal.session, proposal.subject)
        yield from (p.name for p in proposal.proposers)
        for suggestion in proposal.suggestions:
            yield from (suggestion.text, *suggestion.elaboration.split("\n"))
        yield from proposal.original.split("\n")
    yield from (p.text for reply in case.replies for p in reply.paragraphs)
    for name in case.fields.__dataclass_fields__:
        yield from getattr(case.fields, name).text.split("\n")
    if case.disclosure:
        yield case.disclosure.reason


@pytest.mark.parametrize("case", [plain_case(), with_original(hard_case(lead_unit="某某市某局"))])
def test_every_word_is_there_and_the_letter_as_it_prints(case: Case, tmp_path: Path) -> None:
    save_case(None, case)
    path, index = write_all(tmp_path / "out", TODAY)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    lines = data.decode("utf-8-sig").split("\r\n")
    text = "\n".join(lines)
    assert all(word in text for word in words(case))
    assert case.lead_unit in text
    letter = lines[lines.index("函件全文") :]
    assert all(line.text in letter for line in sheet_of(case, TODAY).lines())
    assert path.name == "2025118 关于完善口袋公园管护机制的建议.txt"
    assert index.name == INDEX
    assert path.name in index.read_text(encoding="utf-8-sig")


def test_a_letter_that_cannot_be_printed_says_why() -> None:
    case = hard_case()
    nameless = replace(case, office=Office())
    assert "还没有填写本单位全称" in case_text(nameless, TODAY)
    assert all(word in case_text(nameless, TODAY) for word in words(case))


def test_an_older_state_tells_another_original_once(tmp_path: Path) -> None:
    case = with_original(plain_case())
    save_case(None, case)
    first = replace(case.proposals[0], subject="另一个案由")
    for n, words in enumerate(("甲", "甲", "乙")):
        proposal = replace(first, session=str(n), original=f"{first.original}原来写着{words}")
        keep(case.key)
        now = replace(case, proposals=(proposal,))
        save_case(find_case(case.key), now)
    _, states, _ = write_all(tmp_path / "out", TODAY)
    text = states.read_text(encoding="utf-8-sig")
    assert text.count("原来写着甲") == 1
    assert text.count("═══") == 3


def test_an_issued_case_says_so() -> None:
    case = plain_case()
    save_case(None, case)
    issued = issue_case(case.key, Issue(TODAY, "张某"))
    assert "已定稿 2025-11-21 张某" in case_text(issued, TODAY)


def test_cases_of_one_number_and_odd_names_lie_side_by_side(tmp_path: Path) -> None:
    case = plain_case()
    odd = replace(case.proposals[0], proposal_number="CON", subject='a/b:"c"' + "字" * 90)
    blank = replace(case.proposals[0], proposal_number="", subject="")
    for proposal in (case.proposals[0], case.proposals[0], odd, blank, blank):
        save_case(None, with_new_keys(replace(case, proposals=(proposal,))))
    *paths, index = write_all(tmp_path, TODAY)
    assert len({path.name.lower() for path in paths}) == 5
    assert all(path.exists() and len(path.name.encode()) <= 255 for path in paths)
    text = index.read_text(encoding="utf-8-sig")
    assert "共 5 份" in text
    assert all(path.name in text for path in paths)


def test_a_case_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    save_case(None, plain_case())
    broken = with_new_keys(plain_case())
    save_case(None, broken)
    models.Paragraph.update(outcome="nonsense").where(
        models.Paragraph.key == broken.replies[0].paragraphs[0].key
    ).execute()
    one, index = write_all(tmp_path, TODAY)
    assert one.exists()
    assert "已损坏" in index.read_text(encoding="utf-8-sig")


def test_it_is_written_again_over_itself_and_refuses_where_it_cannot(tmp_path: Path) -> None:
    save_case(None, plain_case())
    first = [path.read_bytes() for path in write_all(tmp_path / "out", TODAY)]
    assert [path.read_bytes() for path in write_all(tmp_path / "out", TODAY)] == first
    assert len(list((tmp_path / "out").iterdir())) == 2
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        list(write_all(tmp_path / "file" / "out", TODAY))
