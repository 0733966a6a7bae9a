"""基本信息: proposals, their facts, and who proposed them."""

from dataclasses import replace

import pytest

from db.enums import ProposalKind
from desktop.letter import case_file
from desktop.letter.model import Proposer
from desktop.services.proposals import (
    add_proposal,
    edit_proposal,
    proposers_text,
    read_proposers,
    remove_proposal,
    turn_proposer,
)
from desktop.services.suggestions import add_suggestion, group_suggestion
from tests.cases import plain_case

PEOPLE = (Proposer("周明远"), Proposer("何静"), Proposer("民进某某区总支", True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("周明远、何静", ["周明远", "何静"]),
        ("周明远，何静;李文\n王某", ["周明远", "何静", "李文", "王某"]),
        (" 周明远 、、 ", ["周明远"]),
        ("周明远、周明远", ["周明远"]),
        ("阿依曼·塔合尔、杨 强", ["阿依曼·塔合尔", "杨 强"]),
        ("", []),
        ("、，", []),
        ("甲\x0b乙", ["甲", "乙"]),
    ],
)
def test_names_are_read(text: str, names: list[str]) -> None:
    assert [p.name for p in read_proposers(text, ())] == names


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("民进某某区总支", True),
        ("区工商联", True),
        ("九三学社", True),
        ("经济界", True),
        ("提案委员会", True),
        ("周明远", False),
        ("何派", True),  # a name that ends like a party: one click turns it back
        ("民革", True),
    ],
)
def test_bodies_are_told_from_persons(name: str, body: bool) -> None:
    assert read_proposers(name, ()) == (Proposer(name, body),)


def test_a_known_name_stays_what_the_handler_said() -> None:
    known = turn_proposer((Proposer("何派", True),), "何派")
    assert known == (Proposer("何派"),)
    assert read_proposers("周明远、何派", known) == (Proposer("周明远"), Proposer("何派"))


def test_the_line_reads_as_it_is_written() -> None:
    assert read_proposers(proposers_text(PEOPLE), ()) == PEOPLE


def test_facts_become_one_clean_line() -> None:
    case = plain_case()
    after = edit_proposal(case, 0, subject="关于\n公园\u202e的建议", kind=ProposalKind.NPC)
    assert after.proposals[0].subject == "关于 公园的建议"
    assert after.proposals[0].kind is ProposalKind.NPC
    assert after.replies == case.replies


def test_one_more_proposal_is_of_the_same_session() -> None:
    case = add_proposal(plain_case())
    first, second = case.proposals
    assert (second.kind, second.session) == (first.kind, first.session)
    assert second.key != first.key
    case_file.check(case)


def test_a_proposal_goes_with_its_suggestions_and_their_replies_alone() -> None:
    case = add_suggestion(add_proposal(plain_case()), "丙", proposal=1)
    case = add_suggestion(case, "丁", proposal=1)
    third, fourth = (s.key for s in case.proposals[1].suggestions)
    home = case.replies[0]
    case = group_suggestion(case, third, home.key)
    after = remove_proposal(case, 1)
    assert after.proposals == case.proposals[:1]
    assert home in after.replies  # it answered one of the first proposal's too
    assert not any({third, fourth} & set(r.suggestions) for r in after.replies)
    case_file.check(after)


def test_order_makes_the_lead() -> None:
    case = edit_proposal(plain_case(), 0, proposers=read_proposers("何静、周明远", PEOPLE))
    assert case.proposals[0].proposers[0] == Proposer("何静")
    assert replace(case.proposals[0], proposers=()).subject == case.proposals[0].subject
