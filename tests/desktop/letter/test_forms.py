"""One case, two forms: the conversion table of data-model.md, line by line."""

from dataclasses import replace
from itertools import product

import pytest

from db.enums import Form, Head, LetterKind, Outcome
from desktop.errors import ComposeError
from desktop.letter.blocks import Line, Role, Sheet, Table
from desktop.letter.compose import compose
from desktop.letter.model import Case
from desktop.letter.sheet import lay_out
from tests.cases import FORMS, HEADS, WORDINGS, hard_case, plain_case
from tests.conftest import TODAY


def sheet_of(case: Case) -> Sheet:
    return lay_out(compose(case, TODAY))


def table_of(case: Case) -> Table:
    (table,) = (
        b for b in sheet_of(replace(case, form=Form.RESULT_LIST)).body if isinstance(b, Table)
    )
    return table


def texts(case: Case) -> list[str]:
    return [line.text for line in sheet_of(case).lines()]


def test_house_headings() -> None:
    lines = texts(hard_case(wording="house"))
    assert (
        lines.index("提案建议及答复")
        < lines.index("（1）建议1、2及其答复")
        < lines.index("1、相关建议")
    )
    assert "（2）建议3及其答复" in lines
    assert "2、答复" in lines


def test_standard_headings_and_their_faces() -> None:
    roles = {line.text: line.role for line in sheet_of(hard_case(wording="standard")).lines()}
    assert roles["一、建议1、2及其答复"] is Role.HEADING_1
    assert roles["（一）相关建议"] is Role.HEADING_2
    assert roles["（二）答复"] is Role.HEADING_2
    assert roles["1. 经费方面"] is Role.HEADING_3  # the ordinal typed gives way
    assert roles["（1）移交"] is Role.HEADING_4
    assert "提案建议及答复" not in roles


def test_suggestions_and_elaborations_in_the_narrative() -> None:
    lines = texts(hard_case())
    assert "建议2：第2条建议的内容。" in lines
    assert lines[lines.index("补充说明2：第一段说明。") + 1] == "第二段说明，接着说。"


def test_run_on_paragraphs_print_as_one() -> None:
    assert "已按三档核定经费，样本公园的游人计数正在进行，结果明年一季度报审。" in texts(
        hard_case()
    )


def test_an_opinion_speaks_of_opinions() -> None:
    lines = texts(plain_case(kind=LetterKind.OPINION, lead_unit="区民政局"))
    assert "（1）建议1及其会办意见" in lines
    assert "2、会办意见" in lines


def test_the_list_has_five_rows_a_reply_and_keeps_empty_ones() -> None:
    table = table_of(hard_case())
    labels = [row.label.text for row in table.rows]
    assert labels[:5] == [
        "建议1、2",
        "当年完成事项",
        "当年推动事项",
        "明年待落实事项",
        "不能采纳原因",
    ]
    assert len(labels) == 15
    assert [line.text for line in table.rows[6].cell] == [""]  # 建议3 is not answered yet
    assert table.label.text == "办理结果清单"


def test_marked_paragraphs_stand_in_their_outcomes_cell_in_order() -> None:
    table = table_of(hard_case())
    assert [line.text for line in table.rows[2].cell] == [
        "样本公园的游人计数正在进行，",
        "（一）移交",
        "移交办法正在征求意见，详见〔2025〕4号文。",
    ]


def test_the_suggestion_cell() -> None:
    table = table_of(hard_case())
    assert [line.text for line in table.rows[0].cell] == [
        "建议1：第1条建议的内容。",
        "补充说明1：具体的说明。",
        "建议2：第2条建议的内容。",
        "补充说明2：第一段说明。",
        "第二段说明，接着说。",
    ]
    assert [line.text for line in table.rows[5].cell] == ["第3条建议的内容。"]


def test_the_general_reply_is_the_last_row_or_the_last_paragraphs() -> None:
    case = hard_case()
    assert [line.text for line in table_of(case).last] == [
        "补充说明（办理过程及其他需要说明的情况）",
        "以上各项由我局牵头落实。",
    ]
    lines = texts(case)
    assert lines[lines.index("以上各项由我局牵头落实。") - 1] == "明年继续落实。"


def test_the_closing_stands_after_the_table() -> None:
    body = sheet_of(hard_case(form=Form.RESULT_LIST)).body
    after = body[next(n for n, b in enumerate(body) if isinstance(b, Table)) + 1]
    assert isinstance(after, Line)
    assert after.text.startswith("感谢")


def test_unmarked_paragraphs_are_named() -> None:
    case = plain_case(form=Form.RESULT_LIST)
    reply = case.replies[0]
    bare = replace(reply.paragraphs[0], outcome=None)
    case = replace(
        case, replies=(replace(reply, paragraphs=(bare, *reply.paragraphs[1:])), *case.replies[1:])
    )
    with pytest.raises(ComposeError, match="建议1的答复第1段“我区正按绿地面积与日均人"):
        sheet_of(case)
    assert sheet_of(replace(case, form=Form.NARRATIVE))


def test_a_list_needs_suggestions() -> None:
    case = plain_case(suggestions=0)
    assert texts(case).count("以上各项由我局牵头落实。") == 1
    assert not any("相关建议" in text for text in texts(case))
    with pytest.raises(ComposeError, match="没有拆分建议"):
        sheet_of(replace(case, form=Form.RESULT_LIST))


def every_text(case: Case) -> list[str]:
    """Every text of the case that must be on the paper, whatever the form."""
    found = [s.text for s in case.suggestions()]
    found += [line for s in case.suggestions() for line in s.elaboration.split("\n") if line]
    found += [p.text for r in case.replies for p in r.paragraphs if not p.level]
    found += [
        "经费方面",
        "移交",
        "某更提函〔2025〕18号",
        "类别：B",
        "口袋公园台账",
        "管护责任书（样式）",
    ]
    found += ["区政协提案委员会，区城市管理和综合执法局。", "李文", "0000-1234567", "涉及企业信息"]
    found += [p.name for p in case.proposals[0].proposers]
    found += [
        "你们的提案收到了。",
        "经研究，现答复如下：",
        "某某市某某区城市更新局",
        "2025年　月　日",
    ]
    return found


@pytest.mark.parametrize(("form", "wording", "head"), list(product(FORMS, WORDINGS, HEADS)))
def test_every_character_of_the_hard_case_is_on_the_paper(
    form: Form, wording: str, head: Head
) -> None:
    case = hard_case(form=form, wording=wording, head=head)
    sheet = sheet_of(case)
    paper = "\n".join(
        [*(line.text for line in sheet.lines()), sheet.category.text if sheet.category else ""]
    )
    for text in every_text(case):
        assert text in paper


@pytest.mark.parametrize(("form", "wording"), list(product(FORMS, WORDINGS)))
def test_every_character_on_the_paper_is_accounted_for_once(form: Form, wording: str) -> None:
    """Each source's pieces make up its text again; nothing is printed twice or cut."""
    case = hard_case(form=form, wording=wording)
    printed: dict[str, list[str]] = {}
    for line in sheet_of(case).lines():
        for piece in line.pieces:
            if piece.source:
                printed.setdefault(piece.source, []).append(piece.text)
    for reply in case.replies:
        for paragraph in reply.paragraphs:
            shown = "".join(printed.pop(paragraph.key))
            assert paragraph.text.endswith(shown)
            assert paragraph.level or paragraph.text == shown
    for suggestion in case.suggestions():
        assert printed.pop(f"{suggestion.key}.text") == [suggestion.text]
        assert "\n".join(printed.pop(f"{suggestion.key}.elaboration", [])) == suggestion.elaboration
    assert set(printed) <= set(case.fields.__dataclass_fields__)


def test_switching_changes_one_setting_and_no_data() -> None:
    case = hard_case()
    switched = replace(case, form=Form.RESULT_LIST)
    assert replace(switched, form=case.form) == case
    assert sheet_of(replace(switched, form=case.form)) == sheet_of(case)


def test_the_tail_holds_on_to_the_body() -> None:
    body = sheet_of(hard_case()).body
    tail = [line for line in body if isinstance(line, Line)][-7:]
    assert all(line.keep_next for line in tail)  # the last one holds on to the room of the 抄送
    bare = plain_case(fields=replace(plain_case().fields))
    last = [line for line in sheet_of(bare).body if isinstance(line, Line)][-1]
    assert last.role is Role.DATE
    assert not last.keep_next


def test_without_a_seal_one_blank_line() -> None:
    def blanks(case: Case) -> int:
        lines = [line for line in sheet_of(case).body if isinstance(line, Line)]
        at = next(n for n, line in enumerate(lines) if line.role is Role.SIGNATURE)
        return sum(not line.text for line in lines[at - 2 : at])

    assert blanks(plain_case()) == 2
    assert blanks(plain_case(sealed=False)) == 1


def test_outcomes_cover_the_enum() -> None:
    assert len({row.label.text for row in table_of(plain_case()).rows}) == len(Outcome) + 2
