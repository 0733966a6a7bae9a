"""Cards merged, split, moved and removed."""

from desktop.letter import case_file
from desktop.letter.model import Paragraph
from desktop.services import replies
from tests.cases import labels, plain_case


def test_merging_appends_suggestions_and_paragraphs() -> None:
    case = plain_case(suggestions=3)
    first, second, *_ = case.replies
    merged = replies.merge_into_previous(case, second.key)
    assert labels(merged) == [["1", "2"], ["3"], []]
    assert merged.replies[0].key == first.key
    assert merged.replies[0].paragraphs == first.paragraphs + second.paragraphs
    case_file.check(merged)


def test_neither_the_first_nor_the_general_reply_is_merged() -> None:
    case = plain_case()
    for key in (case.replies[0].key, case.replies[-1].key, "nokeyhere"):
        assert replies.merge_into_previous(case, key) == case


def test_splitting_leaves_the_paragraphs_with_the_first() -> None:
    case = replies.merge_into_previous(plain_case(), plain_case().replies[1].key)
    split = replies.split_reply(case, case.replies[0].key)
    assert labels(split) == [["1"], ["2"], []]
    assert [len(r.paragraphs) for r in split.replies] == [4, 0, 1]
    assert replies.split_reply(split, split.replies[0].key) == split
    case_file.check(split)


def test_moving_a_card_never_passes_the_general_reply() -> None:
    case = plain_case(suggestions=3)
    first, _, third, general = (reply.key for reply in case.replies)
    assert labels(replies.move_reply(case, first, 1)) == [["2"], ["1"], ["3"], []]
    for key, step in ((first, -1), (third, 1), (general, -1), ("nokeyhere", 1)):
        assert replies.move_reply(case, key, step) == case


def test_a_general_reply_is_added_once() -> None:
    case = replies.add_general(plain_case(general=""))
    assert labels(case) == [["1"], ["2"], []]
    assert replies.add_general(case) == case
    assert labels(replies.remove_reply(case, case.replies[-1].key)) == [["1"], ["2"]]


def test_removing_a_card_takes_its_suggestions_along() -> None:
    case = plain_case()
    left = replies.remove_reply(case, case.replies[0].key)
    assert [s.label for s in left.suggestions()] == ["2"]
    assert labels(left) == [["2"], []]
    case_file.check(left)


def test_an_editor_puts_its_paragraphs_into_its_reply() -> None:
    case = plain_case()
    made = (Paragraph("newparag", "改写。"),)
    changed = replies.with_paragraphs(case, case.replies[1].key, made)
    assert [r.paragraphs == made for r in changed.replies] == [False, True, False]
    assert replies.with_paragraphs(case, "nokeyhere", made) == case
