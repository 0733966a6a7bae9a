"""Two states side by side: character differences that read well, parts known by their keys."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.enums import Outcome
from desktop.letter.keys import new_key
from desktop.letter.model import ABSENT, Case, Paragraph, own
from desktop.services.case_parts import parts_of
from desktop.services.cases import with_new_keys
from desktop.services.comparison import PATIENCE_S, ComparedPart, compare, folded
from desktop.services.differences import Change, Run, differences
from desktop.services.replies import merge_into_previous, move_reply, remove_reply
from tests.cases import hard_case, plain_case, shared_case
from tests.conftest import TODAY


def marked(runs: tuple[Run, ...]) -> str:
    """Runs as a line: 全区[-41-]{+43+}处."""
    shapes = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return "".join(shapes[run.change].format(run.text) for run in runs)


def side(runs: tuple[Run, ...], other: Change) -> str:
    return "".join(run.text for run in runs if run.change is not other)


def changes(older: Case, newer: Case) -> list[str]:
    """What changed, a line a part."""
    return [line(part) for part in compare(older, newer, TODAY) if part.changed]


def line(part: ComparedPart) -> str:
    words = f"{part.part.label}：{marked(part.mark)}｜{marked(part.text)}"
    return f"{'移动 ' if part.moved else ''}{words}"


# characters
@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("全区41处公园", "全区43处公园", "全区[-41-]{+43+}处公园"),
        ("增长12.5%。", "增长13.5%。", "增长[-12.5%-]{+13.5%+}。"),
        (
            "已会同区城管局登记。",
            "已会同区城管局、区财政局登记。",
            "已会同区城管局{+、区财政局+}登记。",
        ),
        ("用 WPS 打开", "用 Word 打开", "用 [-WPS-]{+Word+} 打开"),
        ("", "新写。", "{+新写。+}"),
        ("不变。", "不变。", "不变。"),
        ("", "", ""),
        ("甲\U00100000乙", "甲\U00100001乙", "甲[-\U00100000-]{+\U00100001+}乙"),
    ],
)
def test_differences_read_naturally(older: str, newer: str, expected: str) -> None:
    assert marked(differences(older, newer)) == expected


def test_single_characters_in_common_do_not_chop_a_rewritten_sentence() -> None:
    older = "我区正按绿地面积与日均人流分三档测算管护经费"
    newer = "明年一季度前将测算结果报区财政局，争取纳入年度预算"
    assert marked(differences(older, newer)) == f"[-{older}-]{{+{newer}+}}"


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_are_whole(older: str, newer: str) -> None:
    runs = differences(older, newer)
    assert side(runs, Change.ADDED) == older
    assert side(runs, Change.REMOVED) == newer
    assert all(run.text for run in runs)


# parts
def test_a_case_says_everything_it_holds() -> None:
    """Every text of the hardest case is in a part, under a key of its own."""
    case = hard_case()
    parts = parts_of(case, TODAY)
    assert len({part.key for part in parts}) == len(parts)
    said = "\n".join(f"{part.label} {part.mark} {part.text}" for part in parts)
    texts = [p.text for reply in case.replies for p in reply.paragraphs]
    texts += [s.text for s in case.suggestions()] + [s.elaboration for s in case.suggestions()]
    texts += ["民进某某区总支", "某更提函〔2025〕18号", "涉及企业信息", "0000-1234567"]
    texts += ["接上段", "次级小标题", "不能采纳", "信函格式", "建议1、2及其答复", "总的说明"]
    assert [text for text in texts if text not in said] == []


def test_units_and_notes_are_compared() -> None:
    case = shared_case()
    unit, late = case.assignments
    first, *notes = case.notes
    newer = replace(
        case,
        assignments=(replace(unit, returned_on=TODAY), late),
        notes=(replace(first, done=True), *notes),
    )
    assert changes(case, newer) == [
        "会办：｜区财政局，建议1、2，联系人 王敏 8000-0001{+，返回 2025-11-21+}",
        "批注：[-王科长 11月3日-]{+王科长 11月3日，处理好了+}｜经费分档的依据\n请补充。",
    ]
    said = [part.text for part in parts_of(case, TODAY) if part.group == "会办"]
    assert "“口袋公园”：标题请简化。" in said


def test_the_same_case_has_no_changes() -> None:
    assert changes(hard_case(), hard_case()) == []
    (count,) = folded(compare(hard_case(), hard_case(), TODAY))
    assert count == len(parts_of(hard_case(), TODAY))


def test_words_marks_and_fields_that_changed() -> None:
    case = plain_case()
    first, *others = case.replies
    written = replace(first.paragraphs[0], text="我区正按人流分三档测算经费。", outcome=None)
    newer = replace(
        case,
        replies=(replace(first, paragraphs=(written, first.paragraphs[1])), *others),
        fields=replace(case.fields, title=own("关于口袋公园的函"), contact=ABSENT),
        office=replace(case.office, region_word="全区"),
    )
    assert changes(case, newer)[:2] == [
        "地区自称：｜[-我-]{+全+}区",
        "答复：[-当年完成-]｜我区正按[-绿地面积与日均-]人流分三档测算[-管护-]经费。",
    ]
    assert any(line.startswith("标题：[-自动-]{+自拟+}｜") for line in changes(case, newer))


def test_added_and_removed_paragraphs_stand_in_their_place() -> None:
    case = plain_case(suggestions=1)
    reply, general = case.replies
    one, two = reply.paragraphs
    added = Paragraph(new_key(), "新的一段。", Outcome.UNDER_WAY)
    newer = replace(case, replies=(replace(reply, paragraphs=(added, two)), general))
    compared = [p for p in compare(case, newer, TODAY) if p.part.label == "答复"]
    assert [line(part) for part in compared][:3] == [
        f"答复：[-当年完成-]｜[-{one.text}-]",
        "答复：{+当年推动+}｜{+新的一段。+}",
        f"答复：明年待落实｜{two.text}",
    ] or [line(part) for part in compared][:3] == [
        "答复：{+当年推动+}｜{+新的一段。+}",
        f"答复：[-当年完成-]｜[-{one.text}-]",
        f"答复：明年待落实｜{two.text}",
    ]
    assert compared[0].newer is None or compared[0].older is None


def test_a_moved_card_moves_once_and_its_words_stay() -> None:
    case = plain_case(suggestions=4)
    newer = move_reply(case, case.replies[0].key, 1)
    newer = move_reply(newer, case.replies[0].key, 1)
    assert changes(case, newer) == ["移动 ：｜建议1及其答复"]


def test_a_merged_card_shows_what_went_where() -> None:
    case = plain_case(suggestions=2)
    newer = merge_into_previous(case, case.replies[1].key)
    found = changes(case, newer)
    assert "：｜建议1{+、2+}及其答复" in found
    assert "：｜[-建议2及其答复-]" in found
    assert "移动 建议2：｜第2条建议的内容。" in found
    assert sum(line.startswith("移动 答复") for line in found) == 2


def test_a_removed_card_is_removed_where_it_stood() -> None:
    case = plain_case(suggestions=3)
    newer = remove_reply(case, case.replies[1].key)
    compared = compare(case, newer, TODAY)
    removed = [n for n, part in enumerate(compared) if part.newer is None]
    assert [compared[n].part.text for n in removed][:2] == ["建议2及其答复", "第2条建议的内容。"]
    assert removed == list(range(removed[0], removed[0] + 5))
    assert compared[removed[-1] + 1].part.text == "建议3及其答复"


def test_the_same_words_under_other_keys_are_the_same() -> None:
    case = hard_case()
    assert changes(case, with_new_keys(case)) == []


def test_what_did_not_change_is_folded_under_the_heads_it_needs() -> None:
    case = plain_case(suggestions=3)
    second = case.replies[1]
    written = replace(second.paragraphs[1], text="明年继续抓好落实。")
    newer = replace(
        case,
        replies=(
            case.replies[0],
            replace(second, paragraphs=(second.paragraphs[0], written)),
            *case.replies[2:],
        ),
    )
    compared = compare(case, newer, TODAY)
    shown = list(folded(compared))
    assert [part if isinstance(part, int) else part.part.text for part in shown[1:4]] == [
        "建议2及其答复",
        3,
        "明年继续抓好落实。",
    ]
    assert sum(part if isinstance(part, int) else 1 for part in shown) == len(compared)


# speed
def test_a_long_letter_is_compared_at_once() -> None:
    """20 pages of 600 characters, a word changed in every paragraph: about 8 ms here."""
    sentence = "我区正按绿地面积与日均人流分三档测算管护经费，已会同区城管局对41处公园登记。" * 6
    case = plain_case(suggestions=25, text=sentence)
    newer = replace(
        case,
        replies=tuple(
            replace(
                r,
                paragraphs=tuple(
                    replace(p, text=f"{p.text[:40]}并{p.text[44:]}") for p in r.paragraphs
                ),
            )
            for r in case.replies
        ),
    )
    assert sum(len(part.text) for part in parts_of(case, TODAY)) > 6_000
    compare(case, newer, TODAY)
    begin = time.perf_counter()
    compare(case, newer, TODAY)
    assert time.perf_counter() - begin < 0.1


def test_a_paragraph_of_thirty_thousand_characters_does_not_hang() -> None:
    older = "".join(chr(0x4E00 + n * 7919 % 2000) for n in range(30_000))
    newer = "".join(chr(0x4E00 + n * 104_729 % 1999) for n in range(30_000))
    begin = time.perf_counter()
    runs = differences(older, newer, PATIENCE_S)
    assert time.perf_counter() - begin < 4 * PATIENCE_S
    assert side(runs, Change.ADDED) == older
    assert side(runs, Change.REMOVED) == newer
