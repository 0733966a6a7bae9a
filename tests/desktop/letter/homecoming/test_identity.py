"""Who a returned file says it is: by all, by half and by none of its carriers."""

import hashlib
import io
from dataclasses import replace

import docx
import pytest

from db.enums import Form, LetterKind
from desktop.letter import carriers
from desktop.letter.case_file import dump_compact
from desktop.letter.homecoming.identity import identify
from desktop.letter.homecoming.returned import FileKind, Identity, Printed
from desktop.letter.model import Assignment, Case, Note
from desktop.letter.pages.page import read_docx, read_text
from desktop.letter.writer import letter_docx
from tests.cases import hard_case, plain_case
from tests.conftest import TODAY
from tests.docx_edits import rewritten, without_bookmarks, without_custom_xml


def who(data: bytes) -> Identity:
    return identify(read_docx(data))


def without_properties(data: bytes) -> bytes:
    return rewritten(data, lambda name, part: None if name == "docProps/custom.xml" else part)


def state(case: Case) -> str:
    """The digest the journal keeps of a case."""
    return hashlib.sha256(dump_compact(case).encode()).hexdigest()


def test_all_carriers() -> None:
    case = hard_case()
    said = who(letter_docx(case, TODAY))
    assert (said.kind, said.case_key, said.state) == (FileKind.LETTER, case.key, state(case))
    assert said.sha256 == {reply.key: reply.sha256 for reply in case.replies}
    assert said.suggestions == tuple(s.key for s in case.suggestions())
    assert said.printed == Printed(case.form, case.wording, case.head, case.layout)
    assert said.case == case
    assert said.numbers == ("2025118",)
    assert said.title == "某某市某某区城市更新局关于某某区政协七届二次会议第2025118号提案的答复"
    assert said.lines[0] == "某更提函〔2025〕18号"


def test_the_state_is_the_one_with_the_cases_own_settings() -> None:
    case = plain_case()
    printed = replace(case, form=Form.RESULT_LIST)
    said = who(letter_docx(printed, TODAY, settings=case))
    assert said.state == state(case)
    assert said.printed == Printed(Form.RESULT_LIST, case.wording, case.head, case.layout)


def test_after_the_first_save_its_words_are_gone_and_the_rest_is_there() -> None:
    whole = who(letter_docx(hard_case(), TODAY))
    assert who(without_custom_xml(letter_docx(hard_case(), TODAY))) == replace(whole, case=None)


def test_with_the_case_file_alone_it_is_known_too() -> None:
    case = hard_case()
    said = who(without_properties(letter_docx(case, TODAY)))
    assert (said.kind, said.case_key, said.case) == (FileKind.LETTER, case.key, case)
    assert (said.state, said.sha256) == ("", {})


def test_with_half_of_the_properties_the_state_still_tells() -> None:
    def torn(name: str, part: bytes) -> bytes | None:
        if name.startswith("customXml/"):
            return None
        return part.replace(b'name="fuhan.case.0000"', b'name="lost"')

    said = who(rewritten(letter_docx(hard_case(), TODAY), torn))
    assert (said.kind, said.case_key) == (FileKind.LETTER, "")
    assert said.state == state(hard_case())
    assert said.printed


@pytest.mark.parametrize("number", ["2025118", "B023"])
def test_without_carriers_its_head_tells_the_number_and_the_title(number: str) -> None:
    case = plain_case()
    case = replace(case, proposals=(replace(case.proposals[0], proposal_number=number),))
    bare = without_bookmarks(without_custom_xml(without_properties(letter_docx(case, TODAY))))
    said = who(bare)
    assert (said.kind, said.case_key, said.state, said.printed) == (FileKind.UNKNOWN, "", "", None)
    assert said.numbers == (number,)
    assert said.title.endswith(f"第{number}号提案的答复")
    assert said.lines == who(letter_docx(case, TODAY)).lines


def test_several_numbers() -> None:
    text = "关于区政协七届二次会议第2025013、2025053号提案的答复\n张三委员：\n您的提案收悉。"
    assert identify(read_text(text)).numbers == ("2025013", "2025053")


def test_a_heading_is_no_number() -> None:
    page = read_text("尊敬的周委员：\n提案建议及答复\n（1）建议1、2及其答复\n（2）建议三及其答复")
    assert identify(page).numbers == ()


def test_words_of_no_letter_say_nothing() -> None:
    assert identify(read_text("同意。\n请按程序办理。")) == Identity(
        FileKind.UNKNOWN, lines=("同意。", "请按程序办理。")
    )


def test_an_opinion_of_ours_is_one() -> None:
    case = plain_case(kind=LetterKind.OPINION, lead_unit="区城市更新局")
    assert who(letter_docx(case, TODAY)).kind is FileKind.OPINION


def test_a_package_names_its_assignment() -> None:
    from desktop.letter.ooxml import base_package, package_bytes

    document = docx.Document(io.BytesIO(base_package()))
    carriers.add(document, plain_case(), plain_case(), assignment="assignaa")
    said = who(package_bytes(document.part.package))
    assert (said.kind, said.assignment) == (FileKind.PACK, "assignaa")
    assert said.case_key == plain_case().key


def test_who_saved_it_last() -> None:
    data = letter_docx(plain_case(), TODAY)
    document = docx.Document(io.BytesIO(data))
    document.core_properties.last_modified_by = " 区财政局 王科长 "
    stream = io.BytesIO()
    document.save(stream)
    assert who(stream.getvalue()).author == "区财政局 王科长"
    assert who(data).author == ""


def test_what_stays_at_home_leaves_no_trace() -> None:
    """分工 and 批注 count for the state, but no part of the file holds them."""
    case = replace(
        plain_case(),
        assignments=(Assignment("assignaa", "区财政局", contact="王某某 0000"),),
        notes=(Note("noteaaaa", "", "请核对", "陈某某"),),
    )
    data = letter_docx(case, TODAY)
    package = read_docx(data).package
    assert package
    parts = b"".join(package.archive.read(name) for name in package.names())
    for word in ("区财政局", "王某某", "请核对", "陈某某"):
        assert word.encode() not in parts
    assert who(data).state == state(case) != state(plain_case())
