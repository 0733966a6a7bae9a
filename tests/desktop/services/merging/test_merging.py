"""What came home against what we have: each deed of a colleague is one change, named and placed."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from db.enums import Form, Outcome
from desktop.letter import case_file
from desktop.letter.homecoming.returned import Homecoming, Mark, Placed, Remark, Trace, Unplaced
from desktop.letter.keys import derived_key
from desktop.letter.model import ABSENT, Case, Paragraph, own
from desktop.services import replies, suggestions
from desktop.services.differences import Change
from desktop.services.merging.changes import ChangeKind, MergeChange, changes
from desktop.services.merging.taking import both, placed, still_unplaced, take, with_notes
from tests.cases import OFFICE, SENTENCE, plain_case
from tests.conftest import TODAY

Paragraphs = tuple[Paragraph, ...]
LONG = "一是完成普查。二是核定经费。三是修订办法。四是开放绿地。"


def letter(*texts: str, **settings: object) -> Case:
    """A case of two answered suggestions and a general reply; `texts` are the first's."""
    case = plain_case(**settings)  # type: ignore[arg-type]
    if not texts:
        return case
    return written(case, [Paragraph(key(n), text) for n, text in enumerate(texts)])


def key(name: object) -> str:
    return derived_key("merging", str(name))


def new(text: str, outcome: Outcome | None = None) -> Paragraph:
    return Paragraph(key(text), text, outcome)


def written(case: Case, paragraphs: Sequence[Paragraph], card: int = 0) -> Case:
    return replies.with_paragraphs(case, case.replies[card].key, tuple(paragraphs))


def worded(case: Case, *texts: str, card: int = 0) -> Case:
    """The same paragraphs with other words."""
    pairs = zip(case.replies[card].paragraphs, texts, strict=True)
    return written(case, [replace(p, text=text) for p, text in pairs], card)


def words(case: Case, card: int = 0) -> list[str]:
    return [p.text for p in case.replies[card].paragraphs]


def compared(base: Case, ours: Case, theirs: Case) -> tuple[MergeChange, ...]:
    return changes(base, ours, Homecoming(theirs, author="王科长"), TODAY)


def only(base: Case, ours: Case, theirs: Case) -> MergeChange:
    (change,) = compared(base, ours, theirs)
    taken = take(ours, [change])
    case_file.check(taken)
    assert compared(base, taken, theirs) == ()
    return change


def marked(change: MergeChange) -> str:
    shapes = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return "".join(shapes[run.change].format(run.text) for run in change.runs)


# words
def test_what_only_they_changed() -> None:
    base = letter("全区共有41处公园。", "另有两处在建。")
    change = only(base, base, worded(base, "全区共有43处公园。", "另有两处在建。"))
    assert (change.kind, change.conflict, change.reply, change.part) == (
        ChangeKind.EDITED,
        False,
        base.replies[0].key,
        key(0),
    )
    assert (change.before, change.after) == ("全区共有41处公园。", "全区共有43处公园。")
    assert marked(change) == "全区共有[-41-]{+43+}处公园。"
    assert (change.author, {run.author for run in change.runs}) == ("王科长", {"", "王科长"})
    assert (change.base, change.theirs) == ("", "")


def test_what_only_we_changed_and_what_both_changed_alike_is_no_change() -> None:
    base = letter("甲处已完成。", "乙处在建。")
    ours = worded(base, "甲处、丙处已完成。", "乙处在建。")
    assert compared(base, ours, base) == ()
    assert compared(base, ours, ours) == ()
    assert compared(base, base, base) == ()


def test_edits_of_other_words_of_one_paragraph_come_together() -> None:
    base = letter(LONG)
    ours = worded(base, LONG.replace("普查", "全面普查"))
    change = only(base, ours, worded(base, LONG.replace("办法", "管护办法")))
    assert not change.conflict
    assert change.after == "一是完成全面普查。二是核定经费。三是修订管护办法。四是开放绿地。"
    assert marked(change) == "一是完成全面普查。二是核定经费。三是修订{+管护+}办法。四是开放绿地。"


def test_long_additions_at_both_ends_of_a_short_paragraph_come_together() -> None:
    """Compared whole, the few words between would count as rewritten."""
    base = letter("已落实。")
    ours = worded(base, f"{LONG}已落实。")
    assert (
        only(base, ours, worded(base, f"已落实。{SENTENCE}")).after == f"{LONG}已落实。{SENTENCE}"
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("全区共有43处公园。", "全区共有45处公园。"),
        ("全区共有口袋公园41处。", "全区共有41处小游园。"),
        ("全区共有41处公园，均已移交。", "全区共有41处公园，逐一登记。"),
        ("", "全区共有45处公园。"),
    ],
)
def test_the_same_words_changed_by_both_are_a_conflict(ours: str, theirs: str) -> None:
    base = letter("全区共有41处公园。", "另有两处在建。")
    mine, back = (worded(base, text, "另有两处在建。") for text in (ours, theirs))
    change = only(base, mine, back)
    assert change.conflict
    assert (change.before, change.after) == (ours, theirs)
    assert (change.base, change.theirs) == ("全区共有41处公园。", theirs)
    assert words(take(mine, [change])) == [theirs, "另有两处在建。"]


def test_of_a_conflict_both_can_be_kept() -> None:
    base = letter("全区共有41处公园。", "另有两处在建。")
    ours, theirs = (worded(base, text, "另有两处在建。") for text in ("共43处公园。", "共45处。"))
    change = only(base, ours, theirs)
    kept = both(change)
    assert kept
    assert (kept.kind, kept.conflict, kept.after) == (ChangeKind.ADDED, False, "共45处。")
    taken = take(ours, [kept])
    case_file.check(taken)
    assert words(taken) == ["共43处公园。", "共45处。", "另有两处在建。"]
    assert compared(base, taken, theirs) == ()


def test_a_mark_repeated_is_found_whatever_place_it_is_said_to_have() -> None:
    base = letter("我们的的确确完成了。")
    ours = worded(base, "我们的确完成了。")
    assert only(base, base, ours).after == "我们的确完成了。"
    assert compared(base, ours, ours) == ()


def test_characters_beyond_the_plane_are_whole() -> None:
    base = letter("位于\U00020bb7家巷与\U00100000处。")
    theirs = worded(base, "位于\U00020bb7\U0002070e家巷与\U00100001处。")
    assert marked(only(base, base, theirs)) == (
        "位于\U00020bb7{+\U0002070e+}家巷与[-\U00100000-]{+\U00100001+}处。"
    )


# paragraphs
def test_new_paragraphs_stand_after_what_they_followed_also_where_we_reordered() -> None:
    base = letter("甲。", "乙。", "丙。")
    a, b, c = base.replies[0].paragraphs
    theirs = written(base, (a, new("甲之后。"), b, new("乙之后。"), new("再后。"), c))
    ours = written(base, (c, b, a))
    found = compared(base, ours, theirs)
    assert [(change.kind, change.after) for change in found] == [
        (ChangeKind.ADDED, "甲之后。"),
        (ChangeKind.ADDED, "乙之后。"),
        (ChangeKind.ADDED, "再后。"),
    ]
    taken = take(ours, reversed(found))
    assert words(taken) == ["丙。", "乙。", "乙之后。", "再后。", "甲。", "甲之后。"]
    assert compared(base, taken, theirs) == ()


def test_new_ones_of_several_returns_stand_in_the_order_they_were_taken() -> None:
    base = letter("甲。")
    ours = written(base, (*base.replies[0].paragraphs, new("我们新写的。")))
    for unit in ("财政局意见。", "城管局意见。"):
        theirs = written(base, (*base.replies[0].paragraphs, new(unit)))
        ours = take(ours, compared(base, ours, theirs))
    assert words(ours) == ["甲。", "我们新写的。", "财政局意见。", "城管局意见。"]


def test_the_same_words_added_by_both_are_added_once() -> None:
    base = letter("甲。")
    mine = Paragraph(key("mine"), "同意。")
    ours = written(base, (*base.replies[0].paragraphs, mine))
    theirs = written(
        base, (*base.replies[0].paragraphs, new("同意。"), Paragraph(key(9), "同意。"))
    )
    assert only(base, ours, theirs).part == key(9)


def test_removed() -> None:
    base = letter("甲。", "乙。")
    theirs = written(base, base.replies[0].paragraphs[:1])
    change = only(base, base, theirs)
    assert (change.kind, change.before, change.after) == (ChangeKind.REMOVED, "乙。", "")
    assert marked(change) == "[-乙。-]"


def test_removed_by_one_and_edited_by_the_other_is_a_conflict() -> None:
    base = letter("甲处已完成。", "乙处在建。")
    gone = written(base, base.replies[0].paragraphs[:1])
    edited = worded(base, "甲处已完成。", "乙处已完成。")
    removed = only(base, edited, gone)
    assert (removed.kind, removed.conflict) == (ChangeKind.REMOVED, True)
    added = only(base, gone, edited)
    assert (added.kind, added.conflict, added.after) == (ChangeKind.ADDED, True, "乙处已完成。")
    assert (added.base, added.theirs) == ("乙处在建。", "乙处已完成。")
    assert words(take(gone, [added])) == words(edited)
    assert both(removed) is both(added) is None


def test_blank_paragraphs_are_not_printed_so_they_are_not_missed() -> None:
    base = letter("甲。", "", "乙。")
    first, _, last = base.replies[0].paragraphs
    assert compared(base, base, written(base, (first, last))) == ()


def test_equal_paragraphs_are_told_apart() -> None:
    base = letter("同意。", "同意。", "同意。")
    first, second, third = base.replies[0].paragraphs
    change = only(base, base, written(base, (first, third)))
    assert (change.kind, change.part) == (ChangeKind.REMOVED, second.key)


def test_a_paragraph_retyped_elsewhere_was_moved() -> None:
    base = letter("甲处已完成。", "乙处在建。")
    theirs = written(base, base.replies[0].paragraphs[:1])
    theirs = written(theirs, (*base.replies[1].paragraphs, new("乙处在建。")), card=1)
    change = only(base, base, theirs)
    assert (change.kind, change.part, change.reply) == (
        ChangeKind.MOVED,
        key(1),
        base.replies[1].key,
    )


@pytest.mark.parametrize("edit", [SENTENCE, SENTENCE.replace("三档", "四档")])
def test_moved_to_another_reply_is_one_change_and_its_words_another(edit: str) -> None:
    base = letter()
    moved, left = base.replies[0].paragraphs
    theirs = written(base, (left,))
    theirs = written(theirs, (replace(moved, text=edit), *base.replies[1].paragraphs), card=1)
    found = compared(base, base, theirs)
    kinds = [ChangeKind.EDITED] * (edit != SENTENCE) + [ChangeKind.MOVED]
    assert [change.kind for change in found] == kinds
    for order in (found, found[::-1]):
        taken = take(base, order)
        assert words(taken) == [left.text]
        assert words(taken, 1) == words(theirs, 1)
        assert compared(base, taken, theirs) == ()


def test_moved_within_the_reply_names_the_fewest() -> None:
    base = letter("甲。", "乙。", "丙。", "丁。")
    a, b, c, d = base.replies[0].paragraphs
    change = only(base, base, written(base, (d, a, b, c)))
    assert (change.kind, change.part) == (ChangeKind.MOVED, d.key)
    assert words(take(base, [change])) == ["丁。", "甲。", "乙。", "丙。"]


def test_moved_by_both_to_other_places_is_a_conflict() -> None:
    base = letter("甲。", "乙。", "丙。", "丁。")
    a, b, c, d = base.replies[0].paragraphs
    theirs = written(base, (d, a, b, c))
    change = only(base, written(base, (a, d, b, c)), theirs)
    assert (change.kind, change.conflict) == (ChangeKind.MOVED, True)
    assert compared(base, theirs, theirs) == ()


def test_a_line_of_several_paragraphs_moves_as_a_whole() -> None:
    base = letter("甲。", "乙处已完成，", "丙处在建。", "丁。")
    a, b, c, d = base.replies[0].paragraphs
    c = replace(c, runs_on=True)
    base = written(base, (a, b, c, d))
    change = only(base, base, written(base, (b, c, a, d)))
    # which of two neighbours was moved nobody can tell; the line stays in one piece
    taken = take(base, [change])
    assert words(taken) == ["乙处已完成，", "丙处在建。", "甲。", "丁。"]
    assert [p.runs_on for p in taken.replies[0].paragraphs] == [False, True, False, False]
    theirs = written(written(base, (a, d)), (b, c, *base.replies[1].paragraphs), card=1)
    whole = only(base, base, theirs)
    assert (whole.kind, whole.reply) == (ChangeKind.MOVED, base.replies[1].key)
    assert [p.runs_on for p in take(base, [whole]).replies[1].paragraphs[:2]] == [False, True]


def test_a_run_on_paragraph_that_begins_a_line_was_divided_from_it() -> None:
    base = letter("甲处已完成，", "乙处在建。")
    first, second = base.replies[0].paragraphs
    base = written(base, (first, replace(second, runs_on=True)))
    change = only(base, base, written(base, (first, second)))
    assert (change.kind, change.part) == (ChangeKind.SPLIT, second.key)
    assert not take(base, [change]).replies[0].paragraphs[1].runs_on


# divided and joined
def test_a_divided_paragraph_is_one_change_and_the_first_half_stays_itself() -> None:
    base = letter()
    first, last = base.replies[0].paragraphs
    half = new(SENTENCE[9:])
    theirs = written(base, (replace(first, text=SENTENCE[:9]), half, last))
    ours = worded(base, "今年，" + SENTENCE, last.text)
    change = only(base, ours, theirs)
    assert (change.kind, change.conflict, change.part) == (ChangeKind.SPLIT, False, first.key)
    assert change.after == f"今年，{SENTENCE[:9]}\n{SENTENCE[9:]}"
    one, two, _ = take(ours, [change]).replies[0].paragraphs
    assert (one.key, two.key) == (first.key, half.key)
    assert one.outcome is two.outcome is Outcome.DONE


def test_the_key_may_have_gone_with_the_longer_second_half() -> None:
    base = letter()
    first, last = base.replies[0].paragraphs
    theirs = written(base, (new(SENTENCE[:6]), replace(first, text=SENTENCE[6:]), last))
    change = only(base, base, theirs)
    taken = take(base, [change])
    assert words(taken) == [SENTENCE[:6], SENTENCE[6:], last.text]
    assert taken.replies[0].paragraphs[0].key == first.key


def test_no_key_stands_twice_where_the_keys_came_home_one_too_early() -> None:
    base = letter("甲处已完成普查。乙处正在建设。", "丙处明年启动。")
    first, second = base.replies[0].paragraphs
    texts = ("甲处已完成普查。", "乙处正在建设。", "丙处明年启动。")
    parts = [replace(first, text=texts[0]), replace(second, text=texts[1]), new(texts[2])]
    theirs = written(base, parts)
    taken = take(base, compared(base, base, theirs))
    case_file.check(taken)
    assert words(taken) == list(texts)
    assert compared(base, taken, theirs) == ()


@pytest.mark.parametrize("survivor", [0, 1])
def test_joined_paragraphs_are_one_change_and_the_first_stays_itself(survivor: int) -> None:
    base = letter("甲处已完成普查。", "乙处正在建设。", "丙处明年启动。")
    first, second, third = base.replies[0].paragraphs
    whole = first.text + second.text
    theirs = written(base, (replace((first, second)[survivor], text=whole), third))
    ours = worded(base, first.text, "乙处正在抓紧建设。", third.text)
    change = only(base, ours, theirs)
    assert (change.kind, change.conflict) == (ChangeKind.JOINED, False)
    assert change.before == "甲处已完成普查。\n乙处正在抓紧建设。"
    taken = take(ours, [change])
    assert words(taken) == ["甲处已完成普查。乙处正在抓紧建设。", third.text]
    assert taken.replies[0].paragraphs[0].key == first.key


def test_what_we_divided_takes_their_words_in_its_half() -> None:
    base = letter(LONG)
    (whole,) = base.replies[0].paragraphs
    ours = written(base, (replace(whole, text=LONG[:14]), new(LONG[14:], Outcome.PENDING)))
    change = only(base, ours, worded(base, LONG.replace("绿地", "附属绿地")))
    assert (change.kind, change.conflict) == (ChangeKind.EDITED, False)
    taken = take(ours, [change])
    assert words(taken) == [LONG[:14], "三是修订办法。四是开放附属绿地。"]
    assert taken.replies[0].paragraphs[1].outcome is Outcome.PENDING


# the result list
def test_another_cell_of_the_result_list() -> None:
    """The page tells the order in a cell, not that between cells."""
    base = letter(form=Form.RESULT_LIST)
    first, last = base.replies[0].paragraphs
    theirs = written(base, (last, replace(first, outcome=Outcome.UNDER_WAY)))
    change = only(base, base, theirs)
    assert (change.kind, change.part, change.before) == (
        ChangeKind.OUTCOME,
        first.key,
        first.text,
    )
    assert words(take(base, [change])) == words(base)
    ours = written(base, (replace(first, outcome=Outcome.NOT_ADOPTED), last))
    assert only(base, ours, theirs).conflict
    taken = take(ours, compared(base, ours, theirs))
    assert taken.replies[0].paragraphs[0].outcome is Outcome.UNDER_WAY


def test_to_a_place_of_its_own_in_another_cell() -> None:
    base = letter(form=Form.RESULT_LIST)
    first, last = base.replies[0].paragraphs
    theirs = written(base, (last, replace(first, outcome=Outcome.PENDING)))
    change = only(base, base, theirs)
    assert change.kind is ChangeKind.OUTCOME
    assert take(base, [change]).replies[0].paragraphs == theirs.replies[0].paragraphs


def test_the_same_words_in_another_cell_are_other_words() -> None:
    base = letter(form=Form.RESULT_LIST)
    mine = Paragraph(key("mine"), "暂无。", Outcome.NOT_ADOPTED)
    ours = written(base, (*base.replies[0].paragraphs, mine))
    theirs = written(base, (*base.replies[0].paragraphs, new("暂无。", Outcome.UNDER_WAY)))
    change = only(base, ours, theirs)
    assert change.paragraphs[0].outcome is Outcome.UNDER_WAY
    assert words(take(ours, [change])).count("暂无。") == 2


def test_a_new_paragraph_of_the_result_list_has_its_cell() -> None:
    base = letter(form=Form.RESULT_LIST)
    first, last = base.replies[0].paragraphs
    theirs = written(
        base, (new("一。"), first, last, new("二。"), new("三。", Outcome.NOT_ADOPTED))
    )
    taken = take(base, compared(base, base, theirs))
    outcomes = [p.outcome for p in taken.replies[0].paragraphs]
    assert outcomes == [
        Outcome.DONE,
        Outcome.DONE,
        Outcome.PENDING,
        Outcome.PENDING,
        Outcome.NOT_ADOPTED,
    ]


# cards that are not as they were
Regroup = Callable[[Case], Case]


@pytest.mark.parametrize(
    ("regroup", "answering"),
    [
        (lambda c: replies.merge_into_previous(c, c.replies[1].key), 0),
        (lambda c: replies.move_reply(c, c.replies[1].key, -1), 0),
        (
            lambda c: suggestions.group_suggestion(
                c, c.replies[1].suggestions[0], c.replies[2].key
            ),
            1,
        ),
    ],
)
def test_changes_follow_the_suggestions_to_the_card_that_answers_them(
    regroup: Regroup, answering: int
) -> None:
    base = letter(suggestions=3)
    first, last = base.replies[1].paragraphs
    theirs = written(base, (new("最前。"), replace(first, text="已改写。"), last, new("最后。")), 1)
    ours = regroup(base)
    found = compared(base, ours, theirs)
    assert {change.reply for change in found} == {ours.replies[answering].key}
    taken = take(ours, found)
    case_file.check(taken)
    there = words(taken, answering)
    at = there.index("最前。")
    assert there[at : at + 4] == ["最前。", "已改写。", last.text, "最后。"]
    assert compared(base, taken, theirs) == ()


def test_words_for_a_card_that_is_gone_wait_for_a_place() -> None:
    base = letter(suggestions=2)
    gone = base.replies[1]
    ours = replies.remove_reply(base, gone.key)
    theirs = worded(base, "已改写。", gone.paragraphs[1].text, card=1)
    theirs = written(theirs, (*theirs.replies[1].paragraphs, new("新写的。")), card=1)
    theirs = suggestions.edit_suggestion(theirs, gone.suggestions[0], text="另一条建议。")
    found = compared(base, ours, theirs)
    assert [(change.after, change.unplaced, change.conflict) for change in found] == [
        ("已改写。", True, True),
        ("新写的。", True, False),
        ("另一条建议。", True, True),
    ]
    assert take(ours, found) == ours
    onto = ours.replies[0]
    taken = take(ours, [placed(change, onto.key, Outcome.PENDING) for change in found])
    case_file.check(taken)
    assert words(taken)[2:] == ["已改写。", "新写的。", "另一条建议。"]
    assert {p.outcome for p in taken.replies[0].paragraphs[2:]} == {Outcome.PENDING}
    assert compared(base, taken, theirs) == ()


def test_a_general_reply_of_ours_takes_what_was_written_in_theirs() -> None:
    base = letter()
    general = base.replies[-1]
    ours = replies.add_general(replies.remove_reply(base, general.key))
    theirs = written(base, (*general.paragraphs, new("新写的。")), card=2)
    change = only(base, ours, theirs)
    assert (change.reply, change.after) == (ours.replies[-1].key, "新写的。")


def test_text_outside_every_reply_is_placed_by_hand() -> None:
    case = letter()
    texts = (Unplaced("某局补充说明。", "抄送", "李静"), Unplaced("第二段。\n第三段。"))
    home = Homecoming(case, unplaced=texts)
    assert still_unplaced(case, home) == texts
    change = placed(texts[0], case.replies[1].key, Outcome.DONE)
    assert (change.kind, change.author, marked(change)) == (
        ChangeKind.ADDED,
        "李静",
        "{+某局补充说明。+}",
    )
    taken = take(case, [change, placed(texts[1], case.replies[2].key)])
    case_file.check(taken)
    assert taken.replies[1].paragraphs[-1].outcome is Outcome.DONE
    assert words(taken, 2)[1:] == ["第二段。", "第三段。"]
    assert still_unplaced(taken, home) == ()


# set apart
def test_suggestions_and_fields_are_set_apart() -> None:
    base = letter()
    asked = base.replies[0].suggestions[0]
    theirs = suggestions.edit_suggestion(base, asked, text="第1条建议的全部内容。")
    theirs = suggestions.edit_suggestion(theirs, asked, elaboration="具体的说明。\n第二段。")
    fields = replace(theirs.fields, title=own("关于口袋公园的复函"), closing=ABSENT)
    theirs = replace(theirs, fields=replace(fields, date=own("2025年9月5日")))
    found = compared(base, base, theirs)
    assert all(change.apart and not change.reply for change in found)
    assert [(change.kind, change.part) for change in found] == [
        (ChangeKind.SUGGESTION, f"{asked}.text"),
        (ChangeKind.SUGGESTION, f"{asked}.elaboration"),
        (ChangeKind.FIELD, "title"),
        (ChangeKind.FIELD, "closing"),
        (ChangeKind.FIELD, "date"),
    ]
    assert marked(found[0]) == "第1条建议的{+全部+}内容。"
    assert (found[4].before, found[4].after) == ("2025年　月　日", "2025年9月5日")
    taken = take(base, found)
    assert (taken.fields, taken.proposals) == (theirs.fields, theirs.proposals)
    assert compared(base, taken, theirs) == ()


def test_facts_of_the_proposal_are_set_apart() -> None:
    base = letter()
    (proposal,) = base.proposals
    renamed = replace(
        proposal, proposers=(*proposal.proposers, replace(proposal.proposers[0], name="何静"))
    )
    theirs = replace(base, proposals=(replace(renamed, proposal_number="2025119"),))
    found = compared(base, base, theirs)
    assert [(change.kind, change.part, change.after) for change in found] == [
        (ChangeKind.FIELD, f"{proposal.key}.proposal_number", "2025119"),
        (ChangeKind.FIELD, f"{proposal.key}.proposers", "周明远、何静"),
    ]
    assert take(base, found).proposals == theirs.proposals


def test_a_field_both_changed() -> None:
    base = replace(letter(), fields=replace(letter().fields, opening=own(LONG)))
    ours, apart, same = (
        replace(base, fields=replace(base.fields, opening=own(text)))
        for text in (LONG.replace("普查", "全面普查"), LONG.replace("绿地", "附属绿地"), "二是。")
    )
    assert only(base, ours, apart).after == LONG.replace("普查", "全面普查").replace(
        "绿地", "附属绿地"
    )
    conflict = only(base, ours, same)
    assert (conflict.conflict, conflict.after) == (True, "二是。")
    assert both(conflict) is None


# who
def mark(kind: Trace, start: int, text: str, author: str, at: str = "") -> Mark:
    end = start if kind is Trace.DELETED else start + len(text)
    return Mark(kind, start, end, text, author, at)


def test_tracked_changes_say_who_did_it_and_when() -> None:
    base = letter("全区共有41处公园。", "乙。")
    theirs = worded(base, "我区共有43处公园并已移交。", "乙。")
    marks = (
        mark(Trace.DELETED, 0, "全", "李静", "2025-11-03T09:00:00"),
        mark(Trace.INSERTED, 0, "我", "李静", "2025-11-03T09:00:00"),
        mark(Trace.INSERTED, 9, "并已", "何处", "2025-11-04T08:00:00"),
        mark(Trace.INSERTED, 11, "移交", "李静", "2025-11-05T08:00:00"),
    )
    home = Homecoming(theirs, marks=((key(0), marks),), author="王科长")
    (change,) = changes(base, base, home, TODAY)
    assert [(run.text, run.author, run.at[8:10]) for run in change.runs] == [
        ("全", "李静", "03"),
        ("我", "李静", "03"),
        ("区共有", "", ""),
        ("41", "王科长", ""),
        ("43", "王科长", ""),
        ("处公园", "", ""),
        ("并已", "何处", "04"),
        ("移交", "李静", "05"),
        ("。", "", ""),
    ]
    assert (change.author, change.at) == ("李静、王科长、何处", "2025-11-05T08:00:00")


def test_marks_hold_in_a_merged_and_in_a_divided_paragraph() -> None:
    base = letter(LONG)
    first, second = LONG[:14], "三是修订管护办法。四是开放绿地。"
    theirs = written(base, (replace(base.replies[0].paragraphs[0], text=first), new(second)))
    ours = worded(base, "今年，" + LONG)
    home = Homecoming(theirs, marks=((key(second), (mark(Trace.INSERTED, 4, "管护", "李静"),)),))
    (change,) = changes(base, ours, home, TODAY)
    assert [(run.text, run.author) for run in change.runs if run.change is Change.ADDED] == [
        ("\n", ""),
        ("管护", "李静"),
    ]


def test_a_removed_and_a_moved_paragraph_have_their_marks() -> None:
    base = letter("甲处已完成。", "乙处在建。", "丙。")
    a, b, c = base.replies[0].paragraphs
    theirs = written(base, (c, a))
    marks = (
        (a.key, (mark(Trace.DELETED, 6, b.text, "李静", "2025-11-03"),)),
        (c.key, (mark(Trace.MOVED_HERE, 0, c.text, "何处"),)),
    )
    found = changes(base, base, Homecoming(theirs, marks=marks, author="王科长"), TODAY)
    expected = {(ChangeKind.MOVED, c.key, "何处"), (ChangeKind.REMOVED, b.key, "李静")}
    assert {(change.kind, change.part, change.author) for change in found} == expected
    under_its_key = ((b.key, (mark(Trace.DELETED, 0, "乙处建。", "李静"),)), marks[1])
    found = changes(base, base, Homecoming(theirs, marks=under_its_key), TODAY)
    assert {(change.kind, change.part, change.author) for change in found} == expected


def test_the_marks_of_our_own_redline_are_no_change_and_credit_nobody() -> None:
    base = letter("全区共有43处公园。")
    ours = (mark(Trace.INSERTED, 4, "43处公园", OFFICE.full_name),)
    home = Homecoming(base, marks=((key(0), ours),), author=OFFICE.full_name)
    assert changes(base, base, home, TODAY) == ()
    edited = replace(home, case=worded(base, "全区共有45处公园。"), author="王科长")
    (change,) = changes(base, base, edited, TODAY)
    assert change.author == "王科长"


# notes
def test_remarks_become_notes_once_and_follow_their_card() -> None:
    base = letter(suggestions=2)
    remark = Remark("请核实。", 3, quoted="41处", author="李静", at="2025-11-03T09:00:00")
    remarks = (
        Placed(remark, base.replies[1].key),
        Placed(remark, base.replies[1].key),
        Placed(replace(remark, done=True), "title"),
        Placed(remark, ""),
    )
    home = Homecoming(base, remarks=remarks)
    ours = replies.merge_into_previous(base, base.replies[1].key)
    noted = with_notes(ours, home)
    first = ours.replies[0].key
    assert [(n.place, n.text, n.author, n.quoted, n.done) for n in noted.notes] == [
        (first, "请核实。", "李静", "41处", False),
        (first, "请核实。", "李静", "41处", False),
        ("title", "请核实。", "李静", "41处", True),
        ("", "请核实。", "李静", "41处", False),
    ]
    assert len({note.key for note in noted.notes}) == 4
    assert with_notes(noted, home) == noted


# keys, size, speed
def test_a_change_has_the_same_key_whatever_else_was_taken() -> None:
    base = letter("甲处已完成。", "乙处在建。", "丙。")
    a, b, c = base.replies[0].paragraphs
    theirs = written(
        base, (c, replace(a, text="甲处已全部完成。"), new("新。"), replace(b, text="乙处完工。"))
    )
    found = compared(base, base, theirs)
    ours = worded(base, "今年甲处已完成。", "乙处在建。", "丙。")
    again = compared(base, take(ours, found[:2]), theirs)
    assert [change.key for change in again] == [change.key for change in found[2:]]
    assert len({change.key for change in found}) == len(found) == 4


def test_a_paragraph_of_ten_thousand_characters_does_not_hang() -> None:
    def mixed(factor: int) -> str:
        return "".join(chr(0x4E00 + n * factor % 1999) for n in range(10_000))

    base, ours, theirs = (letter(mixed(factor)) for factor in (7919, 104_729, 611))
    begin = time.perf_counter()
    (change,) = compared(base, ours, theirs)
    assert time.perf_counter() - begin < 4
    assert (change.conflict, change.after) == (True, words(theirs)[0])


def test_a_letter_of_twenty_pages_is_compared_at_once() -> None:
    """60 paragraphs of 200 characters, half of them edited in three places: 12 ms here."""
    long = "".join(chr(0x4E00 + n * 7919 % 1999) for n in range(12_000))
    base = letter(suggestions=30)

    def of(shift: int) -> Case:
        case = base
        for card in range(30):
            text = long[card * 400 : card * 400 + 400]
            some = text[:50] + text[50 + shift : 120] + "管护" * shift + text[120:200]
            case = worded(case, some[:150] + some[150 + shift :], text[200:], card=card)
        return case

    left, back = of(0), of(3)
    begin = time.process_time()
    found = compared(left, left, back)
    assert time.process_time() - begin < 0.1
    assert len(found) == 30
    assert take(left, found) == back
