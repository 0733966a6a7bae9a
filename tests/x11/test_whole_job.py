"""The handler's whole job on a real X server: by keyboard alone, and by mouse alone.

Text comes from the input method. The exported .docx must say exactly what was typed.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from db.enums import DisclosureKind, FieldState, Form, Outcome
from desktop.letter.model import Case, Disclosure
from desktop.letter.reader import read_case
from desktop.terms import OUTCOMES
from tests.cases import labels
from tests.x11.desk import Desk
from tests.x11.screen import wait_until

OFFICE = ("某某市某某区城市更新局", "区更新局", "某更提函")
CONTACT, PHONE = "李文", "12345678"
NUMBER, SESSION = "2025201", "某某区政协七届二次会议"
SUBJECT = "关于完善口袋公园管护机制的建议"
PROPOSERS = ("周明远", "何静")
TITLE = "关于口袋公园管护提案的答复"
ASKED = (
    "明确管护责任主体，消除交接空档。",
    "按面积和人流核定管护经费。",
    "引入居民认养和志愿巡园。",
    "补齐夜间照明和无障碍设施。",
)
on_both_screens = pytest.mark.parametrize("desk", ["1366x768", "1093x614"], indirect=True)
BESIDE = 32  # pixels right of a reply's editor, where the ground is
EXPORT_NAME = f"关于第{NUMBER}号提案的答复.docx"


@dataclass(frozen=True)
class Line:
    """A paragraph of a reply as it is typed; the one before it may run on into it (接上段)."""

    text: str
    outcome: Outcome
    runs_on: bool = False


REPLIES = {
    "建议1、2的答复": (
        Line("已会同区城管局和各街道签订管护责任书41份，", Outcome.DONE),
        Line("正在按绿地面积与日均人流分三档测算管护经费。", Outcome.UNDER_WAY, True),
        Line("测算结果明年一季度报审。", Outcome.PENDING),
    ),
    "建议3、4的答复": (
        Line("认养办法已经印发，9个公园签了认养书。", Outcome.DONE),
        Line("全天开放一项暂不具备条件，不能采纳。", Outcome.NOT_ADOPTED),
    ),
}


def written(reply: str) -> str:
    """The lines of a reply, as its editor shows them."""
    return "\n".join(line.text for line in REPLIES[reply])


# -- by keyboard


def start_by_keys(desk: Desk) -> None:
    """The first run: 本单位信息, 不录入涉密信息, no samples."""
    desk.start()
    desk.wait_for("保密", focus=True)
    desk.key("space", "Tab", "space", "Tab")
    for words in OFFICE:
        desk.type_hanzi(words)
        desk.key("Tab")
    desk.key("Tab", "Tab")  # 我局, 我区
    desk.type_hanzi(CONTACT)
    desk.key("Tab")
    desk.type(PHONE)
    desk.wait_for("联系电话", text=PHONE)
    desk.key("Return")
    desk.wait_for("新建提案", focus=True)


def ask_by_keys(desk: Desk) -> None:
    """新建, 基本信息, four suggestions; two and two are grouped."""
    desk.key("ctrl+n")
    desk.wait_for("编号", focus=True)
    desk.type(NUMBER)
    for words in (SESSION, SUBJECT, "、".join(PROPOSERS)):
        desk.key("Tab")
        desk.type_hanzi(words)
    desk.key("ctrl+shift+n")
    for number, words in enumerate(ASKED):
        if number:
            desk.key("Return")
        desk.wait_for(f"建议{number + 1}", focus=True)
        desk.type_hanzi(words)
    desk.key("alt+Up")
    desk.tab_to("建议2", back=True)
    desk.key("alt+Up")
    for reply in REPLIES:
        desk.wait_for(reply)
    desk.wait_for("建议2", focus=True)


def answer_by_keys(desk: Desk) -> None:
    """Both replies, each paragraph marked as soon as it is written."""
    for reply, lines in REPLIES.items():
        desk.tab_to(reply)
        for number, line in enumerate(lines):
            if number:
                desk.key("ctrl+Return" if line.runs_on else "Return")
            desk.type_hanzi(line.text)
            desk.wait_in_view(line.text)
            desk.key(f"ctrl+{list(Outcome).index(line.outcome) + 1}")
        desk.wait_for(reply, text=written(reply), focus=True)


def undo_and_redo_by_keys(desk: Desk) -> None:
    """Back to four ungrouped cards, and all the way forward again."""
    steps = 0
    while not all(desk.there(f"建议{number}的答复") for number in (1, 2, 3, 4)):
        desk.key("ctrl+z")
        steps += 1
        assert steps < 60
    desk.key(*["ctrl+y"] * steps)
    wait_until(
        lambda: all(desk.ask(f"text {reply}") == [written(reply)] for reply in REPLIES), "redo"
    )


def fields_by_keys(desk: Desk) -> None:
    """An own 标题, no 结尾, an own 开头 given up again, 发文字号, 公开属性."""
    desk.key("alt+3")
    desk.tab_to("公开属性")
    desk.key("Down")
    desk.wait_for("公开属性", text="主动公开")
    desk.tab_to("结尾的来源 自动", back=True)
    desk.key("Right", "Right")
    desk.wait_for("结尾", text="")
    desk.tab_to("开头", back=True)
    composed = desk.text("开头")
    desk.key("ctrl+a")
    desk.type_hanzi("再次")
    desk.wait_for("开头", text="再次")
    desk.tab_to("开头的来源 自拟")
    desk.key("Left")
    desk.wait_for("开头", text=composed)
    desk.tab_to("标题", back=True)
    desk.key("ctrl+a")
    desk.type_hanzi(TITLE)
    desk.wait_for("标题", text=TITLE)
    desk.tab_to("发文字号的序号", back=True)
    desk.type("18")
    desk.wait_for(f"印作：{document_number()}")


def export_by_keys(desk: Desk, path: Path) -> None:
    """导出 Word, through Qt's own file dialog."""
    desk.key("ctrl+e")
    desk.wait_for("fileNameEdit", text=EXPORT_NAME, focus=True)
    desk.type(str(path))
    desk.key("Return")
    desk.wait_for(f"已导出“{path.name}”。")


@on_both_screens
def test_by_keyboard_alone(desk: Desk, tmp_path: Path) -> None:
    start_by_keys(desk)
    ask_by_keys(desk)
    answer_by_keys(desk)
    undo_and_redo_by_keys(desk)
    fields_by_keys(desk)
    export_by_keys(desk, tmp_path / "narrative.docx")
    desk.key("ctrl+shift+l")
    export_by_keys(desk, tmp_path / "result-list.docx")
    check_letters(tmp_path)
    assert desk.said == "", "the program complains of nothing"


# -- by mouse


def write_in(desk: Desk, name: str, text: str) -> None:
    """Click into a field, wherever the page has to be turned to, and type."""
    desk.reach(name)
    desk.click(name)
    desk.wait_for(name, focus=True)
    if text.isascii():
        desk.type(text)
    else:
        desk.type_hanzi(text)
    desk.wait_for(name, text=text)


def start_by_mouse(desk: Desk) -> None:
    """The first run: 本单位信息, 不录入涉密信息, no samples."""
    desk.start()
    desk.click("我已知道，不录入涉密信息")
    desk.click("先看看两份样例")
    for name, text in zip(("单位全称", "单位简称", "机关代字"), OFFICE, strict=True):
        write_in(desk, name, text)
    write_in(desk, "联系人", CONTACT)
    write_in(desk, "联系电话", PHONE)
    desk.click("开始使用")
    desk.wait_for("新建提案", focus=True)


def ask_by_mouse(desk: Desk) -> None:
    """新建, 基本信息, four suggestions, one of them grouped, pulled out and grouped again."""
    desk.click("新建")
    texts = (NUMBER, SESSION, SUBJECT, "、".join(PROPOSERS))
    for name, text in zip(("编号", "届次", "案由", "提案人"), texts, strict=True):
        write_in(desk, name, text)
    desk.click("建议与答复")
    for number, words in enumerate(ASKED, 1):
        add = "添加建议" if number > 1 else "逐条添加建议"
        desk.reach(add)
        desk.click(add)
        write_in(desk, f"建议{number}", words)
    desk.reach("建议3")
    desk.drag("拖动建议4", "建议3")
    card = desk.wait_for("建议3、4的答复")
    beside = card.x + card.width + BESIDE
    desk.drag("拖动建议4", (beside, card.middle[1]))
    wait_until(lambda: desk.there("建议4的答复"), "建议4 to stand alone")
    desk.reach("合并到上一条：建议4")
    desk.click("合并到上一条：建议4")
    desk.wait_for("建议3、4的答复")
    desk.reach("建议1")
    desk.drag("拖动建议2", "建议1的答复")
    desk.wait_for("建议1、2的答复")


def answer_by_mouse(desk: Desk) -> None:
    """Both replies typed, then marked in the margin; 接上段 by the menu of the right button."""
    for reply, lines in REPLIES.items():
        desk.reach(reply)
        desk.click(reply)
        for number, line in enumerate(lines):
            if number:
                desk.key("Return")
            desk.type_hanzi(line.text)
        desk.wait_for(reply, text=written(reply), focus=True)
        margin = desk.wait_for(reply).x + 40
        for line in lines:
            desk.click_at(margin, desk.reach(line.text).middle[1])
            desk.click(OUTCOMES[line.outcome])
            if line.runs_on:
                desk.right_click(line.text)
                desk.click("接上段")


def fields_by_mouse(desk: Desk) -> None:
    """An own 标题, no 结尾, an own 开头 given up again, 发文字号, 公开属性."""
    desk.click("函件", nth=1)  # the menu is called so too
    write_in(desk, "发文字号的序号", "18")
    desk.wait_for(f"印作：{document_number()}")
    replace_by_mouse(desk, "标题", TITLE)
    desk.reach("开头")
    composed = desk.text("开头")
    replace_by_mouse(desk, "开头", "再次")
    desk.click("开头的来源 自动")
    desk.wait_for("开头", text=composed)
    desk.reach("结尾的来源 不印")
    desk.click("结尾的来源 不印")
    desk.wait_for("结尾", text="")
    desk.reach("公开属性")
    desk.click("公开属性")
    desk.click("主动公开")
    desk.wait_for("公开属性", text="主动公开")


def replace_by_mouse(desk: Desk, name: str, text: str) -> None:
    """全选 from the menu of the right button, then type."""
    desk.reach(name)
    desk.click(name)
    desk.right_click(name)
    desk.click("全选")
    desk.type_hanzi(text)
    desk.wait_for(name, text=text)


def export_by_mouse(desk: Desk, path: Path) -> None:
    """导出 Word, through Qt's own file dialog."""
    desk.click("导出 Word")
    desk.wait_for("fileNameEdit", text=EXPORT_NAME)
    desk.click("fileNameEdit", times=3)
    desk.type(str(path))
    desk.click("保存(S)")
    desk.wait_for(f"已导出“{path.name}”。")


@on_both_screens
def test_by_mouse_alone(desk: Desk, tmp_path: Path) -> None:
    start_by_mouse(desk)
    ask_by_mouse(desk)
    answer_by_mouse(desk)
    fields_by_mouse(desk)
    export_by_mouse(desk, tmp_path / "narrative.docx")
    desk.click("形式 清单式")
    export_by_mouse(desk, tmp_path / "result-list.docx")
    check_letters(tmp_path)
    assert desk.said == "", "the program complains of nothing"


# -- what the letters say


def check_letters(folder: Path) -> None:
    """Both files say what was typed: as a case, and as words on the paper."""
    narrative, table = folder / "narrative.docx", folder / "result-list.docx"
    for path, form in ((narrative, Form.NARRATIVE), (table, Form.RESULT_LIST)):
        check_case(read_case(path.read_bytes(), date.today()).case, form)
    both = [document_number(), *(f"建议{n}：{words}" for n, words in enumerate(ASKED, 1))]
    first, second = REPLIES.values()
    joined = [first[0].text + first[1].text, first[2].text, *(line.text for line in second)]
    assert missing_in(narrative, both + joined) == []
    assert missing_in(table, both + [line.text for line in first + second]) == []
    for path in (narrative, table):
        assert TITLE in "".join(paragraphs(path))
        assert not any("感谢" in text for text in paragraphs(path)), "结尾 is 不印"
        assert "公开属性：主动公开" in "".join(paragraphs(path)).replace(" ", "")


def check_case(case: Case, form: Form) -> None:
    """The facts that were typed, and the form it left in."""
    (proposal,) = case.proposals
    assert case.form is form
    assert (proposal.proposal_number, proposal.session, proposal.subject) == (
        NUMBER,
        SESSION,
        SUBJECT,
    )
    assert tuple(p.name for p in proposal.proposers) == PROPOSERS
    assert tuple(s.text for s in proposal.suggestions) == ASKED
    assert labels(case) == [["1", "2"], ["3", "4"]]
    assert [
        tuple(Line(p.text, p.outcome, p.runs_on) for p in reply.paragraphs if p.outcome)
        for reply in case.replies
    ] == list(REPLIES.values())
    fields = case.fields
    assert (fields.title.state, fields.title.text) == (FieldState.OWN, TITLE)
    assert fields.closing.state is FieldState.ABSENT
    assert fields.opening.state is FieldState.COMPOSED
    assert fields.document_number.text == document_number()
    assert case.disclosure == Disclosure(DisclosureKind.OPEN)
    assert case.office.full_name == OFFICE[0]


def document_number() -> str:
    """发文字号 with the serial number 18."""
    return f"{OFFICE[2]}〔{date.today().year}〕18号"


def paragraphs(path: Path) -> list[str]:
    """Every paragraph of the letter, those in cells and frames too."""
    body = Document(str(path)).element.body
    texts = (p.iterfind(f".//{qn('w:t')}") for p in body.iter(qn("w:p")))
    return ["".join(t.text or "" for t in text) for text in texts]


def missing_in(path: Path, wanted: list[str]) -> list[str]:
    """Which of `wanted` is not a paragraph of the letter."""
    return [text for text in wanted if text not in paragraphs(path)]
