"""A proposal is cut anew from its original: no answer and no hand-typed suggestion is lost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.letter import case_file
from desktop.letter.keys import new_key
from desktop.letter.model import Case, Paragraph, Suggestion
from desktop.services import suggestions
from desktop.services.assignments import add_unit, units_asked
from desktop.services.proposal_text import (
    Cutting,
    Part,
    add_cutting,
    cut_text,
    cutting_of,
    join_pieces,
    mark_stretch,
    move_border,
    split_piece,
)
from desktop.services.recutting import recut
from tests.cases import labels, plain_case

TEXT = (
    "关于改造老旧小区的提案\n楼道昏暗，管线老化。\n建议：\n一、更换楼道灯具。先改无灯楼栋。\n"
    "逐栋登记。\n二、整理架空线。\n三、设置晾晒区。"
)


def answered_case() -> Case:
    """Three suggestions cut from `TEXT`, each answered in a word of its own."""
    case = add_cutting(plain_case(suggestions=0, general=""), cut_text(TEXT))
    replies = (
        replace(reply, paragraphs=(Paragraph(new_key(), f"答{n}。"),))
        for n, reply in enumerate(case.replies, 1)
    )
    return replace(case, replies=tuple(replies))


def cut(case: Case) -> Cutting:
    return cutting_of(case.proposals[0])


def asked(case: Case) -> list[tuple[str, str, str]]:
    return [(s.label, s.text, s.elaboration) for s in case.suggestions()]


def said(case: Case) -> list[str]:
    return ["".join(p.text for p in reply.paragraphs) for reply in case.replies]


def keys(case: Case) -> list[str]:
    return [s.key for s in case.suggestions()]


def piece_of(cutting: Cutting, words: str) -> int:
    return next(
        n for n, p in enumerate(cutting.pieces) if cutting.source[p.start :].startswith(words)
    )


def test_nothing_moved_changes_nothing() -> None:
    case = answered_case()
    first = next(iter(case.suggestions()))
    case = suggestions.edit_suggestion(case, first.key, text="改过的字句")
    assert recut(case, cut(case)) == case


def test_a_border_moved_keeps_keys_labels_answers_and_what_was_edited_elsewhere() -> None:
    case = answered_case()
    third = list(case.suggestions())[2]
    case = suggestions.edit_suggestion(case, third.key, text="改过的字句", label="三甲")
    now = cut(case)
    moved = move_border(now, piece_of(now, "二、") - 1, TEXT.index("逐栋"))
    after = recut(case, moved)
    assert asked(after)[0] == ("一", "更换楼道灯具。先改无灯楼栋。", "")
    assert asked(after)[1] == ("二", "逐栋登记。二、整理架空线。", "")
    assert asked(after)[2] == ("三甲", "改过的字句", "")
    assert keys(after) == keys(case)
    assert after.replies == case.replies
    case_file.check(after)


def test_an_overlooked_suggestion_gets_a_reply_after_the_one_before_it() -> None:
    case = answered_case()
    start = TEXT.index("逐栋")
    after = recut(case, mark_stretch(cut(case), start, start, Part.SUGGESTION))
    assert [label for label, _, _ in asked(after)] == ["一", "四", "二", "三"]
    assert said(after) == ["答1。", "", "答2。", "答3。"]
    assert labels(after) == [["一"], ["四"], ["二"], ["三"]]
    case_file.check(after)


def test_two_that_are_one_are_answered_by_both_answers() -> None:
    case = answered_case()
    now = cut(case)
    after = recut(case, join_pieces(now, piece_of(now, "二、")))
    assert [text for _, text, _ in asked(after)] == [
        "更换楼道灯具。先改无灯楼栋。",
        "整理架空线。三、设置晾晒区。",
    ]
    assert said(after) == ["答1。", "答2。答3。"]
    case_file.check(after)


def test_the_answer_to_what_is_left_out_goes_into_the_general_reply() -> None:
    case = answered_case()
    start = TEXT.index("二、")
    after = recut(case, mark_stretch(cut(case), start, start, Part.LEFT_OUT))
    assert labels(after) == [["一"], ["三"], []]
    assert said(after) == ["答1。", "答3。", "答2。"]
    case_file.check(after)


def test_what_was_typed_in_stays_where_it_stood() -> None:
    case = suggestions.add_suggestion(answered_case(), "手写的一条。")
    proposal = case.proposals[0]
    one, two, three, typed = proposal.suggestions
    proposal = replace(proposal, suggestions=(one, typed, two, three))
    case = replace(case, proposals=(proposal,))
    start = TEXT.index("三、")
    after = recut(case, mark_stretch(cut(case), start, start, Part.LEFT_OUT))
    assert keys(after) == [one.key, typed.key, two.key]


def test_a_card_split_by_hand_stands_in_two_places() -> None:
    case = answered_case()
    first = next(iter(case.suggestions()))
    case = suggestions.split_suggestion(case, first.key, len("更换楼道灯具。"))
    kept, made, *_ = case.suggestions()
    assert [TEXT[a:b] for a, b in (*kept.spans, *made.spans)] == [
        "一、更换楼道灯具。",
        "逐栋登记。\n",
        "先改无灯楼栋。\n",
    ]
    edited = answered_case()
    first = next(iter(edited.suggestions()))
    edited = suggestions.edit_suggestion(edited, first.key, text="全是新写的，另一半。")
    edited = suggestions.split_suggestion(edited, first.key, 6)
    kept, made, *_ = edited.suggestions()
    assert (kept.spans, made.spans) == (first.spans, ())


DEED = st.tuples(st.sampled_from("bjsmc"), st.integers(0, len(TEXT)), st.integers(0, 12))


@settings(deadline=None)
@given(st.lists(st.lists(DEED, max_size=5), max_size=4))
def test_no_cutting_anew_loses_a_word(rounds: list[list[tuple[str, int, int]]]) -> None:
    case = suggestions.add_suggestion(answered_case(), "手写的一条。")
    typed = keys(case)[-1]
    paragraphs = {p.key: p.text for reply in case.replies for p in reply.paragraphs}
    for deeds in rounds:
        now = cut(case)
        for deed, place, number in deeds:
            if deed == "b":
                now = move_border(now, number, place)
            elif deed == "j":
                now = join_pieces(now, number)
            elif deed == "s":
                now = split_piece(now, place, Part.SUGGESTION)
            elif deed == "m":
                now = mark_stretch(now, place, min(len(TEXT), place + number), [*Part][number % 3])
            else:
                all_keys = keys(case)
                case = suggestions.split_suggestion(case, all_keys[number % len(all_keys)], place)
                now = cut(case)
        before, case = case, recut(case, now)
        case_file.check(case)
        assert case.proposals[0].original == TEXT
        assert typed in keys(case)
        assert {p.key: p.text for r in case.replies for p in r.paragraphs} == paragraphs
        stand = {c.spans for c in now.cards()}
        assert stand <= {s.spans for s in case.suggestions()}
        assert recut(case, cut(case)) == case
        kept = {s.key: s for s in before.suggestions()}
        for one in case.suggestions():
            old: Suggestion = kept.get(one.key, one)
            assert one.label == old.label


def test_who_was_asked_about_words_is_asked_about_the_suggestion_they_are_now() -> None:
    """A suggestion cut in two is still the unit's, both halves; one that joined another is too, and
    does not make the unit answer for the whole proposal."""
    case = answered_case()
    lamps, wires, drying = keys(case)
    case = add_unit(add_unit(case, "区城管局", {lamps}), "区供电公司", {wires})
    case = add_unit(case, "区住建局")
    place = case.proposals[0].original.index("先改无灯楼栋")
    parted = recut(case, mark_stretch(cut(case), place, place + 13, Part.SUGGESTION))
    new = next(s for s in parted.suggestions() if s.key not in {lamps, wires, drying})
    assert new.text.startswith("先改无灯楼栋")
    assert [a.unit for a in units_asked(parted, new.key)] == ["区城管局", "区住建局"]
    assert [a.unit for a in units_asked(parted, wires)] == ["区供电公司", "区住建局"]
    joined = recut(case, join_pieces(cut(case), piece_of(cut(case), "二、整理") - 1))
    assert wires not in keys(joined)
    asked = {a.unit: a.suggestions for a in joined.assignments}
    assert asked == {"区城管局": (lamps,), "区供电公司": (lamps,), "区住建局": ()}
