"""Before it leaves: what a letter says that it should not, and what is left in peace."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from db.enums import DisclosureKind, Form, Head, LetterKind
from desktop.letter.model import COMPOSED, Case, Disclosure, Office, Proposer, own
from desktop.services.before_leaving import Finding, Kind, findings
from desktop.services.case_list import list_cases
from desktop.services.cases import find_case, import_file, save_case, with_new_keys
from desktop.services.library import library
from desktop.services.trash import delete_case
from tests.cases import OFFICE, hard_case, plain_case, with_original
from tests.conftest import DATA, TODAY


@pytest.fixture(autouse=True)
def _library(tmp_path: Path) -> Iterator[None]:
    with library(tmp_path / "library"):
        yield


def elsewhere(*names: str, number: str = "2024117", body: bool = False) -> Case:
    """Another case of the library, of these proposers."""
    case = with_new_keys(plain_case())
    proposers = tuple(Proposer(name, body) for name in names)
    proposal = replace(case.proposals[0], proposal_number=number, proposers=proposers)
    case = replace(case, proposals=(proposal,))
    save_case(None, case)
    return case


def saying(text: str, **settings: object) -> Case:
    """A case whose general reply says `text`."""
    return plain_case(general=text, **settings)


def addressed(text: str) -> Case:
    """A case whose 称谓 is `text`."""
    case = plain_case()
    return replace(case, fields=replace(case.fields, salutation=own(text)))


def found(case: Case) -> list[tuple[Kind, str]]:
    return [(row.kind, row.text) for row in findings(case, TODAY)]


@pytest.mark.parametrize("case", [plain_case(), hard_case(lead_unit="某某市某局")])
@pytest.mark.parametrize("form", Form)
def test_a_clean_letter_is_left_in_peace(case: Case, form: Form) -> None:
    elsewhere("何苗", "阿依曼", "民进某某区委", number="13")
    marked = [r for r in case.replies if r.paragraphs]  # 清单式 wants an answer that is marked
    case = replace(case, form=form) if len(marked) == len(case.replies) else case
    assert found(case) == []


def test_numbers_of_a_person_with_their_place() -> None:
    case = saying("请联系138-0000-0000，身份证号11010519491231002X。")
    key = case.replies[-1].paragraphs[0].key
    mobile, identity = findings(case, TODAY)
    assert mobile == Finding(
        Kind.MOBILE,
        "138-0000-0000",
        "请联系138-0000-0000，身份证号110105194…",
        "总的说明",
        key,
        3,
    )
    assert identity.kind is Kind.IDENTITY
    assert mobile.sentence.startswith("总的说明里有手机号“138-0000-0000”，发出前请核对：")


def test_every_part_of_the_letter_has_its_place() -> None:
    """In each part its own number, and the place is that part and the character."""
    number = "1380000{:04}"
    case = replace(hard_case(), disclosure=Disclosure(DisclosureKind.CLOSED, number.format(9)))
    first = case.replies[0]
    heading, *others = first.paragraphs
    second = replace(others[1], text=f"接着{number.format(1)}")
    paragraphs = (heading, others[0], second, *others[2:])
    one, *rest = case.proposals[0].suggestions
    one = replace(one, text=number.format(2), elaboration=f"某段\n另段{number.format(3)}")
    proposal = replace(case.proposals[0], suggestions=(one, *rest))
    title = own(f"某局关于\n某某{number.format(4)}的答复")
    case = replace(
        case,
        proposals=(proposal,),
        replies=(replace(first, paragraphs=paragraphs), *case.replies[1:]),
        fields=replace(case.fields, title=title, copies=own(number.format(5))),
    )
    rows = {row.text[-1]: (row.source, row.at, row.where) for row in findings(case, TODAY)}
    assert rows == {
        "1": (second.key, 2, "建议1、2的答复"),
        "2": (f"{one.key}.text", 0, "建议1"),
        "3": (f"{one.key}.elaboration", 4, "建议1的补充说明"),
        "4": ("title", 6, "标题"),
        "5": ("copies", 0, "抄送"),
        "9": ("disclosure", 14, "公开属性"),
    }
    in_body = {row.text[-1] for row in findings(case, TODAY) if row.in_body}
    assert in_body == {"1", "2", "3"}


def test_the_original_does_not_leave_and_is_not_asked_about() -> None:
    assert "13800138000" in with_original(plain_case()).proposals[0].original
    assert findings(with_original(plain_case()), TODAY) == ()


def test_our_own_telephone_stands_in_the_contact_block_on_purpose() -> None:
    office = replace(OFFICE, contact_name="李文", contact_phone="138 0000 0000")
    case = saying("有事请打13800000000。", office=office)
    case = replace(case, fields=replace(case.fields, contact=COMPOSED))
    (row,) = findings(case, TODAY)
    assert row.where == "总的说明"
    another = replace(case, fields=replace(case.fields, contact=own("联系电话：13900000000")))
    assert [row.where for row in findings(another, TODAY)] == ["总的说明", "联系人"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("尊敬的何静委员：", "何静"),
        ("何静：", "何静"),
        ("尊敬的何静、周明远委员：", "何静"),
        ("尊敬的周明远、何　静委员：", "何　静"),
        ("何静等3人：", "何静"),
        ("尊敬的欧阳文远：", "欧阳文远"),
        ("尊敬的周明远委员：", ""),
        ("尊敬的何静远委员：", ""),
        ("政协和平区委员会：", ""),
    ],
)
def test_last_years_member_in_the_salutation(text: str, meant: str) -> None:
    elsewhere("何静", "欧阳文远", "周明", "和平")
    assert [row.text for row in findings(addressed(text), TODAY)] == [meant] * bool(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("何静委员建议增设座椅。", "何静"),
        ("感谢何静、林芳等委员的支持。", "何静"),
        ("政协委员何静来信说起过。", "何静"),
        ("何静先生来过。", "何静"),
        ("欧阳文远来过。", "欧阳文远"),
        ("把和平解决放在首位。", ""),
        ("维护和平、促进发展的各项工作。", ""),
        ("高峰时段增开班次，高等院校代表参加。", ""),
        ("周明远委员来过。", ""),
        ("周明远新委员来过。", "周明远新"),
    ],
)
def test_a_name_in_the_text_counts_where_it_is_one(text: str, meant: str) -> None:
    elsewhere("何静", "欧阳文远", "和平", "高峰", "周明", "周明远新")
    assert [row.text for row in findings(saying(text), TODAY)] == [meant] * bool(meant)


def test_a_body_counts_only_where_it_is_addressed() -> None:
    elsewhere("民革某某市委会", body=True)
    assert found(saying("会同民革某某市委会开展了调研。")) == []
    assert found(addressed("民革某某市委会：")) == [(Kind.NAME, "民革某某市委会")]
    case = plain_case()
    case = replace(case, fields=replace(case.fields, opening=own("民革某某市委会的提案收悉。")))
    assert found(case) == [(Kind.NAME, "民革某某市委会")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("第2024117号提案已经答复。", "2024117"),
        ("参见2024117号。", "2024117"),
        ("第13、53号提案一并办理。", "53"),
        ("第13号、第（53）号建议一并办理。", "53"),
        ("第0641号人大建议。", "0641"),
        ("提案（J027）号、第J027号提案", "J027"),
        ("第2025118号提案是本件。", ""),
        ("见某府〔2025〕53号、第53号令。", ""),
        ("投入2024117元，共53号楼。", ""),
    ],
)
def test_another_proposals_number(text: str, meant: str) -> None:
    for number in ("2024117", "53", "641", "J027"):
        elsewhere("某某某", number=number)
    assert found(saying(text)) == [(Kind.NUMBER, meant)] * bool(meant)


def test_what_is_shared_is_no_finding() -> None:
    """A joint proposer of both, the office's own contact, the second answer to one proposal."""
    elsewhere("周明远", "李文远", number="2025118")
    office = replace(OFFICE, contact_name="李文远")
    case = saying("第2025118号提案由李文远办理，周明远委员满意。", office=office)
    assert found(case) == []


def test_the_same_in_one_place_is_said_once_and_whose_it_is() -> None:
    elsewhere("何静雯")
    elsewhere("林芳菲", number="")
    case = saying("何静雯说过，何静雯又说，林芳菲没有。")
    first, second = findings(case, TODAY)
    assert (first.text, first.of) == ("何静雯", "第2024117号提案")
    assert "（第2024117号提案的）" in first.sentence
    assert second.of == "没有编号的提案"


def test_a_deleted_case_still_is_another_one() -> None:
    delete_case(elsewhere("何静雯").key, datetime(2025, 11, 21))
    assert found(saying("何静雯说过。")) == [(Kind.NAME, "何静雯")]


def test_an_opinion_goes_to_a_unit_whose_name_may_hold_anybodys() -> None:
    elsewhere("和平")
    opinion = plain_case(kind=LetterKind.OPINION, lead_unit="和平")
    assert found(opinion) == []


def test_a_letter_without_its_letterhead_is_looked_at_too() -> None:
    """复制正文 works where the red letterhead does not print."""
    case = saying("13800000000", office=Office(), head=Head.LETTER)
    assert found(case) == [(Kind.MOBILE, "13800000000")]


def test_letters_that_were_imported_raise_no_false_alarm() -> None:
    for name in ("twin-narrative.txt", "twin-result-list.txt"):
        import_file(DATA / name, TODAY)
    for row in list_cases():
        assert found(find_case(row.key)) == []
