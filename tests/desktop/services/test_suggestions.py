"""Suggestions added, edited, cut, grouped, pulled out and moved."""

from dataclasses import replace

import pytest

from desktop.letter import case_file
from desktop.letter.model import Case, Proposal, Suggestion
from desktop.services import replies, suggestions
from tests.cases import labels, plain_case


def asked(case: Case) -> tuple[Suggestion, ...]:
    return tuple(case.suggestions())


def words(case: Case) -> list[list[str]]:
    return [[p.text for p in reply.paragraphs] for reply in case.replies]


@pytest.mark.parametrize(
    ("given", "following"),
    [
        ([], "1"),
        (["1", "2", "3"], "4"),
        (["一", "二", "三"], "四"),
        (["九", "十"], "十一"),
        (["2", "5", "3"], "6"),
        (["附", "2"], "3"),
        (["附"], "1"),
        (["9" * 5000], "1"),
    ],
)
def test_the_next_label_goes_on_in_the_style_in_use(given: list[str], following: str) -> None:
    made = tuple(Suggestion(f"s{n}", label, "") for n, label in enumerate(given))
    assert suggestions.next_label(Proposal("p", suggestions=made)) == following


def test_a_new_suggestion_has_an_empty_reply_before_the_general_one() -> None:
    case = suggestions.add_suggestion(plain_case(), "加强\n巡查。", "第一段。\n第二段。")
    assert labels(case) == [["1"], ["2"], ["3"], []]
    assert (asked(case)[2].text, asked(case)[2].elaboration) == ("加强巡查。", "第一段。\n第二段。")
    assert case.replies[2].paragraphs == ()
    case_file.check(case)


def test_it_is_added_to_the_proposal_asked_for() -> None:
    case = plain_case()
    case = replace(case, proposals=(*case.proposals, Proposal("qqqqqqqq")))
    case = suggestions.add_suggestion(case, "另一件提案的建议。", proposal=1)
    assert [s.label for s in case.proposals[1].suggestions] == ["1"]
    case_file.check(case)


def test_editing_changes_what_is_given_and_nothing_else() -> None:
    case = plain_case()
    before = asked(case)[0]
    edited = asked(suggestions.edit_suggestion(case, before.key, text="新的\r\n文字"))[0]
    assert edited == replace(before, text="新的文字")
    both = suggestions.edit_suggestion(case, before.key, label="一", elaboration="")
    assert asked(both)[0] == replace(before, label="一", elaboration="")
    assert suggestions.edit_suggestion(case, "nokeyhere", text="x") == case


def test_removing_the_only_suggestion_takes_its_reply_along() -> None:
    case = plain_case()
    first, second = asked(case)
    assert labels(suggestions.remove_suggestion(case, first.key)) == [["2"], []]
    grouped = suggestions.group_suggestion(case, second.key, case.replies[0].key)
    left = suggestions.remove_suggestion(grouped, first.key)
    assert labels(left) == [["2"], []]
    assert len(left.replies[0].paragraphs) == 4


def test_a_text_is_cut_in_two_within_its_reply() -> None:
    case = suggestions.edit_suggestion(plain_case(), asked(plain_case())[0].key, text="甲， 乙。")
    key = asked(case)[0].key
    cut = suggestions.split_suggestion(case, key, 2)
    assert [(s.label, s.text) for s in asked(cut)][:2] == [("1", "甲，"), ("3", "乙。")]
    assert labels(cut) == [["1", "3"], ["2"], []]
    for at in (0, 5, 50):
        assert suggestions.split_suggestion(case, key, at) == case
    case_file.check(cut)


def test_a_suggestion_dragged_onto_a_card_joins_it() -> None:
    case = plain_case(suggestions=3)
    first, second, third = asked(case)
    case = suggestions.group_suggestion(case, second.key, case.replies[0].key)
    assert labels(case) == [["1", "2"], ["3"], []]
    assert len(case.replies[0].paragraphs) == 4  # the paragraphs went along
    before = words(case)
    case = suggestions.group_suggestion(case, first.key, case.replies[1].key, 0)
    assert labels(case) == [["2"], ["1", "3"], []]
    assert words(case) == before  # the card it left had another suggestion
    case = suggestions.group_suggestion(case, third.key, case.replies[1].key, 0)
    assert labels(case)[1] == ["3", "1"]
    case_file.check(case)


def test_a_suggestion_is_not_dragged_onto_the_general_reply_or_nowhere() -> None:
    case = plain_case()
    key = asked(case)[0].key
    for target in (case.replies[-1].key, case.replies[0].key, "nokeyhere"):
        assert suggestions.group_suggestion(case, key, target) == case
    assert suggestions.group_suggestion(case, "nokeyhere", case.replies[0].key) == case


def test_joined_paragraphs_do_not_run_on() -> None:
    case = plain_case()
    second = case.replies[1]
    running = (replace(second.paragraphs[0], runs_on=True), *second.paragraphs[1:])
    case = replies.with_paragraphs(case, second.key, running)
    case = suggestions.group_suggestion(case, asked(case)[1].key, case.replies[0].key)
    assert not any(p.runs_on for p in case.replies[0].paragraphs)


def test_pulled_out_it_is_answered_alone_after_the_reply_it_left() -> None:
    case = plain_case()
    first, second = asked(case)
    grouped = suggestions.group_suggestion(case, second.key, case.replies[0].key)
    pulled = suggestions.pull_out(grouped, first.key)
    assert labels(pulled) == [["2"], ["1"], []]
    assert [len(r.paragraphs) for r in pulled.replies] == [4, 0, 1]
    assert suggestions.pull_out(case, first.key) == case


def test_moving_walks_within_the_card_and_over_its_edge() -> None:
    case = plain_case(suggestions=3)
    second, third = asked(case)[1:]
    case = suggestions.move_suggestion(case, third.key, -1)
    assert labels(case) == [["1"], ["2", "3"], []]
    case = suggestions.move_suggestion(case, third.key, -1)
    assert labels(case) == [["1"], ["3", "2"], []]
    case = suggestions.move_suggestion(case, third.key, -1)
    assert labels(case) == [["1", "3"], ["2"], []]
    case = suggestions.move_suggestion(case, third.key, 1)
    assert labels(case) == [["1"], ["3", "2"], []]
    assert suggestions.move_suggestion(case, second.key, 1) == case
    assert suggestions.move_suggestion(case, asked(case)[0].key, -1) == case
