"""What a case lacks, in the handler's words, the most urgent first."""

from dataclasses import replace

import pytest

from db.enums import DisclosureKind, Form, Head, LetterKind, ProposalKind
from desktop.letter.model import Case, Disclosure, Office, Paragraph, Proposal, Reply
from desktop.services import coverage, replies, suggestions
from desktop.services.coverage import Missing, Place
from tests.cases import plain_case


def sentences(case: Case) -> list[str]:
    return [one.sentence for one in coverage.missing(case)]


def test_a_whole_case_lacks_nothing() -> None:
    for form in Form:
        assert coverage.missing(plain_case(form=form)) == ()
        assert coverage.summary(plain_case(form=form)) == ""


def test_an_unsplit_case_says_so_first() -> None:
    case = Case("casecase", proposals=(Proposal("prop2345"),))
    assert coverage.missing(case)[0] == Missing("还没有拆分建议", Place.SUGGESTIONS, "prop2345")
    assert coverage.summary(case) == "还没有拆分建议"
    said = replace(case, replies=(Reply("repl2345", (), (Paragraph("para2345", "答复。"),)),))
    assert "还没有拆分建议" not in sentences(said)
    assert "还没有拆分建议" in sentences(replace(said, form=Form.RESULT_LIST))


def test_a_reply_of_blank_paragraphs_is_no_answer() -> None:
    case = suggestions.add_suggestion(plain_case(), "第三条。")
    reply = case.replies[2]
    for paragraphs in ((), (Paragraph("blank234", " \u3000"),)):
        case = replies.with_paragraphs(case, reply.key, paragraphs)
        assert coverage.missing(case) == (Missing("建议3还没有答复", Place.REPLY, reply.key),)
        assert coverage.summary(case) == "还有1条建议未答复"


def test_a_grouped_reply_is_one_thing_missing_and_two_suggestions() -> None:
    case = replies.merge_into_previous(plain_case(), plain_case().replies[1].key)
    case = replies.with_paragraphs(case, case.replies[0].key, ())
    assert sentences(case) == ["建议1、2还没有答复"]
    assert coverage.summary(case) == "还有2条建议未答复"


def test_only_the_result_list_wants_its_paragraphs_marked() -> None:
    case = plain_case()
    first = case.replies[0]
    paragraphs = (
        first.paragraphs[0],
        Paragraph("blank234", ""),
        replace(first.paragraphs[1], outcome=None),
    )
    case = replies.with_paragraphs(case, first.key, paragraphs)
    assert coverage.missing(case) == ()
    case = replace(case, form=Form.RESULT_LIST)
    assert coverage.missing(case) == (
        Missing("建议1的答复第2段还没有标注去向", Place.PARAGRAPH, first.paragraphs[1].key),
    )
    assert coverage.summary(case) == "还有1段未标注去向"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ProposalKind.CPPCC, ["提案编号", "案由", "提案人"]),
        (ProposalKind.NPC, ["建议编号", "案由", "领衔代表"]),
    ],
)
def test_the_proposals_own_facts(kind: ProposalKind, words: list[str]) -> None:
    case = plain_case()
    bare = replace(case.proposals[0], kind=kind, proposal_number=" ", subject="", proposers=())
    case = replace(case, proposals=(bare,))
    assert sentences(case) == [f"还没有填写{word}" for word in words]
    assert {one.key for one in coverage.missing(case)} == {bare.key}
    assert coverage.summary(case) == f"还没有填写{words[0]}"


def test_the_letters_fields() -> None:
    case = plain_case(
        kind=LetterKind.OPINION,
        office=Office(),
        disclosure=Disclosure(DisclosureKind.CLOSED, " "),
    )
    found = [(one.sentence, one.place, one.key) for one in coverage.missing(case)]
    assert found == [
        ("还没有填写主办单位", Place.FIELD, "lead_unit"),
        ("还没有填写本单位全称", Place.FIELD, "office"),
        ("不予公开还没有写明理由", Place.FIELD, "disclosure"),
    ]
    assert len(coverage.missing(replace(case, head=Head.PLAIN))) == 2
