"""复制正文: everything between salutation and 落款, as plain lines, in both forms."""

from dataclasses import replace

import pytest

from db.enums import Form, LetterKind
from desktop.errors import ComposeError
from desktop.letter.model import ABSENT, Case, own
from desktop.services.paragraphs import count_characters
from desktop.services.plain_text import body_text
from tests.cases import FORMS, SENTENCE, hard_case, plain_case
from tests.conftest import TODAY


def test_the_list_reads_without_its_table() -> None:
    case = plain_case(suggestions=1, form=Form.RESULT_LIST)
    opening, *body, closing = body_text(case, TODAY).split("\n")
    assert opening.endswith("如下：")
    assert body == [
        "建议1：第1条建议的内容。",
        "补充说明1：具体的说明。",
        "当年完成事项：",
        SENTENCE,
        "明年待落实事项：",
        "明年继续落实。",
        "补充说明（办理过程及其他需要说明的情况）：",
        "以上各项由我局牵头落实。",
    ]
    assert closing.startswith("感谢您")


def test_the_narrative_reads_as_printed() -> None:
    lines = body_text(hard_case(), TODAY).split("\n")
    assert lines[:3] == ["你们的提案收到了。", "经研究，现答复如下：", "提案建议及答复"]
    assert "已按三档核定经费，样本公园的游人计数正在进行，结果明年一季度报审。" in lines
    assert lines[-1].startswith("感谢你们")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_the_body_and_all_of_it(form: Form) -> None:
    case = hard_case(form=form)
    text = body_text(case, TODAY)
    assert text == text.strip()
    assert all(line.strip() for line in text.split("\n"))
    for word in (
        "尊敬的",
        case.office.full_name,
        "〔2025〕18号",
        "类别",
        "抄送",
        "附件",
        "公开属性",
    ):
        assert word not in text
    for reply in case.replies:
        assert all(paragraph.text in text for paragraph in reply.paragraphs)
    for suggestion in case.suggestions():
        assert suggestion.text in text
        assert all(line in text for line in suggestion.elaboration.split("\n"))


def test_what_is_absent_or_blank_leaves_no_line() -> None:
    case = plain_case(suggestions=0)
    fields = replace(case.fields, opening=ABSENT, closing=own(" \n　"))
    assert body_text(replace(case, fields=fields), TODAY) == "以上各项由我局牵头落实。"


def unmarked() -> Case:
    case = plain_case(form=Form.RESULT_LIST)
    first, *others = case.replies
    bare = replace(first, paragraphs=(replace(first.paragraphs[0], outcome=None),))
    return replace(case, replies=(bare, *others))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (unmarked(), "还没有标注"),
        (plain_case(kind=LetterKind.OPINION), "主办单位"),
        (plain_case(suggestions=0, form=Form.RESULT_LIST), "还没有拆分"),
    ],
)
def test_what_cannot_be_printed_is_not_copied(case: Case, said: str) -> None:
    with pytest.raises(ComposeError, match=said):
        body_text(case, TODAY)


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" \n\t　", 0), ("第1条，a b。", 7), ("\U00020000字", 2)]
)
def test_every_character_counts_but_white_ones(text: str, count: int) -> None:
    assert count_characters(text) == count
