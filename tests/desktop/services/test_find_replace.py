"""Words found in the order of the page, and replaced."""

from dataclasses import replace

from desktop.letter.model import Case
from desktop.services import find_replace, replies, suggestions
from desktop.services.find_replace import Hit, find, replace_all, replace_hit
from tests.cases import plain_case


def written(*texts: str) -> Case:
    """A case whose first reply holds `texts`."""
    case = plain_case(suggestions=1, general="", text="无关。")
    first = case.replies[0]
    paragraphs = tuple(
        replace(first.paragraphs[0], key=f"p{n}", text=text) for n, text in enumerate(texts)
    )
    return replies.with_paragraphs(case, first.key, paragraphs)


def test_hits_stand_in_the_order_of_the_page() -> None:
    case = written("管护管护", "不管")
    key = next(case.suggestions()).key
    case = suggestions.edit_suggestion(case, key, text="谁管？", elaboration="没人管。")
    assert find(case, "管") == (
        Hit(key, "text", 1, 1),
        Hit(key, "elaboration", 2, 1),
        Hit("p0", "paragraph", 0, 1),
        Hit("p0", "paragraph", 2, 1),
        Hit("p1", "paragraph", 1, 1),
    )
    assert find(case, "") == ()


def test_latin_letters_match_in_either_case_and_nothing_is_a_pattern() -> None:
    case = written("ppp与PPP", "5.3与5x3（.）")
    assert len(find(case, "Ppp")) == 2
    assert len(find(case, "5.3")) == 1


def test_replacing_all_leaves_the_proposers_words() -> None:
    case = written("管护。", "管护、管护。")
    key = next(case.suggestions()).key
    case = suggestions.edit_suggestion(case, key, text="管护吗？")
    after, count = replace_all(case, "管护", "养\n护\\1")
    assert count == 3
    assert [p.text for p in after.replies[0].paragraphs] == ["养护\\1。", "养护\\1、养护\\1。"]
    assert next(after.suggestions()).text == "管护吗？"
    after, count = replace_all(case, "管护", "", paragraphs_only=False)
    assert (count, next(after.suggestions()).text) == (4, "吗？")


def test_nothing_found_changes_nothing() -> None:
    case = written("管护。")
    assert replace_all(case, "没有", "有") == (case, 0)
    assert replace_all(case, "", "有") == (case, 0)


def test_one_hit_is_replaced_alone_and_a_stale_one_not() -> None:
    case = written("管护、管护。")
    second = find(case, "管护")[1]
    after, count = replace_hit(case, second, "养护")
    assert (after.replies[0].paragraphs[0].text, count) == ("管护、养护。", 1)
    assert find_replace.replace_hit(written("短"), second, "养护")[1] == 0
    assert replace_hit(case, Hit("gone", "paragraph", 0, 1), "x") == (case, 0)
