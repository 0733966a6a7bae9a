"""会办: units, what they are asked about, their days; and the deeds on suggestions beside them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.enums import ProposalKind
from desktop.letter import case_file
from desktop.letter.model import Assignment, Case
from desktop.services import assignments, notes, proposals, replies, suggestions
from tests.cases import plain_case, shared_case

DAY = date(2025, 11, 3)


def asked(case: Case, unit: int = 0) -> str:
    """What a unit is asked about, in words."""
    return assignments.labels(case, case.assignments[unit])


def with_unit(*, labels: str = "", **facts: object) -> tuple[Case, Assignment]:
    """Three suggestions and one unit, asked about those with these labels."""
    case = plain_case(suggestions=3)
    keys = [s.key for s in case.suggestions() if s.label in labels.split()]
    case = assignments.add_unit(case, "区财政局", keys)
    unit = replace(case.assignments[0], **facts)  # type: ignore[arg-type]
    return replace(case, assignments=(unit,)), unit


# units
def test_a_unit_is_added_named_and_removed() -> None:
    case, unit = with_unit()
    assert (unit.unit, unit.suggestions, asked(case)) == ("区财政局", (), "全部建议")
    assert assignments.add_unit(case, " 区财政局\n") is case  # its name is taken
    assert assignments.add_unit(case, " 　") is case
    assert assignments.rename_unit(case, unit.key, "  ") is case
    named = assignments.rename_unit(case, unit.key, " 区城市管理\n和综合执法局 ")
    assert named.assignments[0].unit == "区城市管理 和综合执法局"
    assert assignments.set_contact(case, unit.key, "王敏\t1").assignments[0].contact == "王敏 1"
    assert assignments.remove_unit(case, unit.key).assignments == ()


def test_ticks_keep_the_proposers_order_and_never_ask_about_nothing() -> None:
    case, unit = with_unit(labels="2")
    first, second, third = (s.key for s in case.suggestions())
    case = assignments.assign(case, [third, first, "unknown"], unit.key)
    assert case.assignments[0].suggestions == (first, second, third)
    case = assignments.unassign(case, {first, third}, unit.key)
    assert asked(case) == "建议2"
    assert assignments.unassign(case, {second}, unit.key) is case
    whole = assignments.assign_all(case, unit.key)
    assert asked(whole) == "全部建议"
    assert assignments.assign(whole, [first], unit.key) is whole
    assert asked(assignments.unassign(whole, {second}, unit.key)) == "建议1、3"
    assert [len(assignments.units_asked(c, first)) for c in (case, whole)] == [0, 1]


# days
@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (date(2025, 11, 3), date(2025, 12, 3)),
        (date(2025, 12, 31), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_what_is_sent_is_due_in_a_month_unless_a_day_was_agreed(sent: date, due: date) -> None:
    case, unit = with_unit()
    assert assignments.mark_sent(case, unit.key, sent).assignments[0].due_on == due
    agreed = assignments.set_due(case, unit.key, DAY)
    assert assignments.mark_sent(agreed, unit.key, sent).assignments[0].due_on == DAY
    assert assignments.mark_sent(agreed, unit.key, None).assignments[0].sent_on is None
    assert assignments.mark_sent(case, "unknown", sent) is case


SENT = date(2025, 10, 8)


@pytest.mark.parametrize(
    ("facts", "state", "late"),
    [
        ({}, "未发出", 0),
        ({"due_on": date(2025, 11, 1)}, "未发出，逾期2天", 2),
        ({"sent_on": SENT}, "已发出", 0),
        ({"sent_on": SENT, "due_on": date(2025, 11, 6)}, "已发出，还有3天", 0),
        ({"sent_on": SENT, "due_on": DAY}, "已发出，今天到期", 0),
        ({"sent_on": SENT, "due_on": date(2025, 10, 29)}, "逾期5天", 5),
        ({"due_on": date(2025, 10, 29), "returned_on": DAY}, "已返回 11月3日", 0),
    ],
)
def test_the_state_is_told_from_the_days(facts: dict[str, object], state: str, late: int) -> None:
    case, _ = with_unit(**facts)
    (row,) = assignments.shown(case, DAY)
    assert (row.state, row.late) == (state, late)


def test_a_reminder_is_ready_to_send() -> None:
    case, unit = with_unit(labels="1 3", sent_on=SENT, due_on=date(2025, 10, 29))
    office = replace(case.office, contact_name="李文", contact_phone="0000-1234567")
    case = replace(case, office=office)
    assert assignments.reminder_text(case, unit, DAY) == "\n".join(
        (
            "区财政局：",
            "　　某某区政协七届二次会议第2025118号提案《关于完善口袋公园管护机制的建议》"
            "由我局主办，其中建议1、3请贵单位会办。有关材料已于2025年10月8日送贵单位。"
            "会办意见原定2025年10月29日前返回，现已逾期5天，尚未收到，请抓紧办理，并尽快返回。",
            "　　联系人：李文，电话：0000-1234567。",
            "某某市某某区城市更新局",
            "2025年11月3日",
        )
    )


def test_a_reminder_says_no_more_than_is_known() -> None:
    case, unit = with_unit()
    bare = replace(case.proposals[0], kind=ProposalKind.NPC, proposal_number="", session="")
    told = assignments.reminder_text(replace(case, proposals=(bare,)), unit, DAY)
    assert "　　人大建议《关于完善口袋公园管护机制的建议》由我局主办，请贵单位会办。" in told
    assert "请抓紧办理，及时返回会办意见。" in told
    assert not any(word in told for word in ("联系人", "已于", "逾期", "其中"))
    due = assignments.reminder_text(case, replace(unit, due_on=date(2025, 11, 6)), DAY)
    assert "请抓紧办理，于2025年11月6日前返回会办意见。" in due


# beside the deeds on suggestions
def test_a_suggestion_cut_in_two_stays_with_its_unit() -> None:
    case, unit = with_unit(labels="2")
    (key,) = unit.suggestions
    case = suggestions.split_suggestion(case, key, 4)
    assert asked(case) == "建议2、4"


def test_a_suggestion_that_is_gone_is_forgotten_but_no_unit_is_lost() -> None:
    case, unit = with_unit(labels="1 2")
    first, second = unit.suggestions
    case = suggestions.remove_suggestion(case, first)
    assert asked(case) == "建议2"
    case = replies.remove_reply(case, suggestions.reply_of(case, second).key)  # type: ignore[union-attr]
    assert asked(case) == "全部建议"
    case = proposals.remove_proposal(proposals.add_proposal(case), 0)
    assert [a.unit for a in case.assignments] == ["区财政局"]
    case_file.check(case)


def test_notes_follow_the_paragraphs_they_are_about() -> None:
    case = shared_case()
    first, second, third, _ = case.replies
    case = replace(case, notes=(replace(case.notes[0], place=second.key),))
    merged = replies.merge_into_previous(case, second.key)
    assert [n.place for n in merged.notes] == [first.key]
    (only,) = second.suggestions
    grouped = suggestions.group_suggestion(case, only, third.key)
    assert [n.place for n in grouped.notes] == [third.key]
    assert notes.notes_elsewhere(grouped) == ()
    gone = replies.remove_reply(case, second.key)
    assert notes.notes_elsewhere(gone) == gone.notes


PICKED = st.integers(0, 20)
DEEDS = ["add", "cut", "group", "pull", "move", "merge", "split", "shift", "drop", "drop_reply"]
DEEDS += ["unit", "tick", "untick", "all", "remove", "undo"]


def done(case: Case, what: str, a: int, b: int) -> Case:
    """The case after one deed on parts picked by numbers."""
    keys = [s.key for s in case.suggestions()] or ["nokeyhere"]
    key = keys[a % len(keys)]
    reply = case.replies[b % len(case.replies)].key if case.replies else "noreply2"
    unit = case.assignments[b % len(case.assignments)].key if case.assignments else "nounit22"
    return {
        "add": lambda: suggestions.add_suggestion(case, "新的建议，可以拆开。"),
        "cut": lambda: suggestions.split_suggestion(case, key, b % 12),
        "group": lambda: suggestions.group_suggestion(case, key, reply),
        "pull": lambda: suggestions.pull_out(case, key),
        "move": lambda: suggestions.move_suggestion(case, key, 1 if b % 2 else -1),
        "merge": lambda: replies.merge_into_previous(case, reply),
        "split": lambda: replies.split_reply(case, reply),
        "shift": lambda: replies.move_reply(case, reply, 1),
        "drop": lambda: suggestions.remove_suggestion(case, key),
        "drop_reply": lambda: replies.remove_reply(case, reply) if case.replies[1:] else case,
        "unit": lambda: assignments.add_unit(case, f"第{a}局", [key] if b % 2 else []),
        "tick": lambda: assignments.assign(case, [key], unit),
        "untick": lambda: assignments.unassign(case, {key}, unit),
        "all": lambda: assignments.assign_all(case, unit),
        "remove": lambda: assignments.remove_unit(case, unit),
    }[what]()


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DEEDS), PICKED, PICKED), min_size=5, max_size=30))
def test_any_mix_of_deeds_keeps_units_and_suggestions_together(
    steps: list[tuple[str, int, int]],
) -> None:
    """A unit is gone by 移除 alone; it is asked about what it was asked about and is there yet."""
    history = [shared_case()]
    for what, a, b in steps:
        case = history[-1]
        if what == "undo":
            history = history[:-1] or history
            continue
        after = done(case, what, a, b)
        case_file.check(after)
        assert case_file.load(case_file.dump(after)) == after
        there = {s.key for s in after.suggestions()}
        for unit in case.assignments:
            now = assignments.assignment_named(after, unit.key)
            assert (now is None) == (what == "remove" and unit not in after.assignments)
            if now and what not in ("tick", "untick", "all"):
                kept = set(unit.suggestions) & there
                assert kept <= set(now.suggestions)
                assert bool(now.suggestions) == bool(kept)
        assert {note.key for note in after.notes} == {note.key for note in case.notes}
        history.append(after)
