"""The case file: exact round trip, and a sentence for everything that is no case file."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import InputError
from desktop.letter.case_file import check, dump, load
from desktop.letter.model import Case, Note, Paragraph
from tests.cases import hard_case, plain_case, shared_case, with_original


def test_round_trip_is_exact(sample: Case) -> None:
    for case in (sample, hard_case(), shared_case()):
        assert load(dump(case)) == case
        assert dump(load(dump(case))) == dump(case)


@given(st.text().filter(lambda t: "\n" not in t))
def test_any_clean_text_survives(text: str) -> None:
    from desktop.letter.clean import clean_text

    text = clean_text(text).replace("\n", "")
    case = plain_case(suggestions=1)
    reply = replace(case.replies[0], paragraphs=(Paragraph("paragrph", text),))
    case = replace(case, replies=(reply, case.replies[1]))
    assert load(dump(case)) == case


def test_nothing_of_a_library_or_a_clock_is_in_it(sample: Case) -> None:
    words = set(json.dumps(json.loads(dump(sample))).replace('"', " ").split())
    assert not words & {"id", "made_at", "changed_at", "position"}


def mutated(**changes: object) -> str:
    document = json.loads(dump(plain_case()))
    document["case"].update(changes)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON"),
        ("[]", "不是复函的卷宗文件"),
        ('{"format": "other"}', "不是复函的卷宗文件"),
        ('{"format": "fuhan-case", "version": 2, "case": {}}', "更新版本"),
        ('{"format": "fuhan-case", "version": 1, "case": []}', "不合格式"),
        ('{"format": "fuhan-case", "version": 1, "case": {}}', "缺少必要的内容"),
        (mutated(colour="red"), "不认识的内容"),
        (mutated(form="letter"), "不合格式"),
        (mutated(sealed="yes"), "不合格式"),
        ('{"format": "fuhan-case", "version": true, "case": {}}', "版本号"),
        ('{"format": "fuhan-case", "version": 1, "case": {}, "more": 1}', "更新版本"),
        (mutated(lead_unit="区民\n政局"), "换行"),
        (mutated(fields={"date": {"state": "own", "text": "2025年\n9月"}}), "换行"),
        (mutated(disclosure={"kind": "closed", "reason": " "}), "理由"),
        (mutated(category={"scheme": "shenzhen", "grade": "E"}), "类别"),
        (mutated(category={"scheme": "nowhere", "grade": "A"}), "类别"),
        (mutated(key="123"), "键"),
        (mutated(proposals=[]), "没有任何提案"),
        (mutated(replies=[]), "恰好归入一条答复"),
        (mutated(disclosure={"kind": "closed"}), "理由"),
        (mutated(fields={"title": {"state": "own", "text": " "}}), "自拟"),
        (mutated(assignments=[{"key": "unitone2", "unit": "局", "suggestions": ["x"]}]), "会办"),
        (mutated(assignments=[{"key": "unitone2", "unit": "局\n处"}]), "换行"),
        (mutated(assignments=[{"key": "unitone2", "unit": "局", "due_on": "明天"}]), "不合格式"),
        (mutated(assignments=[{"key": "unitone2", "unit": "局", "role": "boss"}]), "不合格式"),
        (mutated(notes=[{"key": "noteone2", "text": "好"}]), "缺少必要的内容"),
        (mutated(notes=[{"key": "noteone", "place": "", "text": "好"}]), "不合规则"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        load(text)
    assert "没有导入任何内容" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_originals_and_places_come_and_go_and_older_files_know_none() -> None:
    case, older = with_original(hard_case()), hard_case()
    assert load(dump(case)) == case
    assert dump(load(dump(case))) == dump(case)
    for word in ('"original"', '"spans"'):
        assert word in dump(case)
        assert word not in dump(older)
    assert load(dump(older)) == older


@pytest.mark.parametrize(
    "span", [[0], [0, 1, 2], [3, 3], [-1, 2], [0, 10_000], ["0", 2], [True, 2]]
)
def test_a_place_outside_the_original_is_refused(span: list[object]) -> None:
    document = json.loads(dump(with_original(plain_case())))
    document["case"]["proposals"][0]["suggestions"][0]["spans"] = [span]
    with pytest.raises(InputError, match="没有导入任何内容"):
        load(json.dumps(document))


def test_a_case_without_units_and_notes_is_the_file_it_always_was(sample: Case) -> None:
    """So an older program reads it, and the digest of a state that was kept stays."""
    assert not {"assignments", "notes"} & set(json.loads(dump(sample))["case"])
    assert load(dump(shared_case())).notes[0].text == "经费分档的依据\n请补充。"


def test_a_general_reply_stands_last_and_alone() -> None:
    case = plain_case()
    with pytest.raises(InputError, match="只能有一条"):
        check(replace(case, replies=(case.replies[-1], *case.replies[:-1])))


def test_a_key_stands_once() -> None:
    case = plain_case()
    with pytest.raises(InputError, match="重复的键"):
        check(replace(case, key=case.proposals[0].key))


def test_a_case_that_is_too_much_is_refused() -> None:
    case = plain_case(suggestions=1)
    reply = replace(case.replies[0], paragraphs=(Paragraph("paragrph", "长" * 600_000),))
    with pytest.raises(InputError, match="不像一份答复函"):
        check(replace(case, replies=(reply, case.replies[1])))
    with pytest.raises(InputError, match="不像一份答复函"):
        check(replace(case, notes=(Note("noteone2", "", "长" * 600_000),)))
