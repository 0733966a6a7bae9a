"""Eleven letters full of numbers, addresses and dashes: our lines beside LibreOffice's."""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from db.enums import Form, Outcome
from desktop.letter.compose import compose
from desktop.letter.layout import load_layout
from desktop.letter.model import Case, Paragraph
from desktop.letter.sheet import lay_out
from desktop.letter.writer import letter_docx
from desktop.paper.breaking import HANGING
from desktop.paper.draw import Page, Placed
from desktop.paper.fonts import ensure_application, load_fonts
from desktop.paper.typesetter import Typesetter
from tests.cases import Keys, plain_case
from tests.conftest import TODAY
from tests.rendering import pages, to_pdf

SAME = 0.95  # of all lines
SAME_ROW = 6  # points between the baselines of one row, as rendering.pages has it

LETTERS = {
    "numbers": (
        "2024年全区投入公园管护资金1,234.5万元，同比增长5.3%，其中绿化补植占62.8%、设施维修占24.1%；"
        "2025年预算安排1,310万元，人均28.6元，比2021—2023年的平均值高出3.7个百分点。",
        "截至2025年10月31日，12345热线共受理公园类工单4,086件，按期办结4,071件，办结率99.63%，"
        "平均用时由7.2天缩短到3.5天，重复投诉率下降到0.8%。",
    ),
    "citations": (
        "根据《某某市公园条例》第18条、《某某市口袋公园建设导则（试行）》（某城管规〔2022〕4号）和"
        "《关于印发〈城市绿地养护定额〉的通知》（某财建〔2023〕117号）的规定，管护经费按面积和人流核定。",
        "上述标准引用GB/T 9704—2012、GB 50763-2012和CJJ/T 287-2018的有关条款，与《“十四五”公园城市"
        "建设规划》（2021—2025年）一致，不另行制定。",
    ),
    "addresses": (
        "代表、委员和市民如有补充意见，可发送电子邮件到gongyuan@example.gov.cn，也可登录区政府网站"
        "（https://www.example.gov.cn/hd/zqyj/2025/index.html）“意见征集”栏目留言，或拨打0000-1234567。",
        "台账每季度更新一次，公布在http://www.example.gov.cn/gk/park-list.html，联系邮箱为"
        "park_office@example.org.cn，工作日9:00—17:30有人值守。",
    ),
    "dashes": (
        "公园管护的难点在于“建”与“管”脱节——建设由项目单位一次完成，管护却要长年累月地做下去——因此"
        "必须把责任写进移交书：谁接收、谁管护、谁负责……缺一项不予接收。",
        "市民反映的照明不足、座椅破损、步道积水……各类问题共38处，已于9月底前全部整改完毕——其中12处"
        "由社区自行修复，其余26处纳入年度大修。",
    ),
    "units": (
        "新建口袋公园7个，面积合计12.6公顷，铺设透水砖8,400平方米，安装庭院灯126盏，平均照度由5.5lx提高到"
        "12lx，灯具功率由70W降到28W，每年节电约1.8万kWh，减少排放约10.3吨CO2。",
        "监测数据显示，园内PM2.5年均浓度为21微克/立方米，夏季气温比周边道路低2.4℃，噪声昼间52dB(A)、"
        "夜间41dB(A)，均优于限值。",
    ),
    "ranges": (
        "养护分三档：A类每平方米18～22元，B类12～16元，C类8～10元；节假日人流超过3000人次/日的，另按5%～8%"
        "上浮，上限为25%，由区、街道按7:3分担。",
        "2021-2025年计划新增80-100个，已完成73个（2021年11个、2022年14个、2023年16个、2024年18个、"
        "2025年1-10月14个），其余7-27个列入2026年。",
    ),
    "brackets": (
        "我们按照“一园一策”（见附件1）、“一季一查”（见附件2）的办法，对全部73个公园（含社区公园41个、"
        "口袋公园32个）进行了核查；对“重建轻管”“以罚代管”等问题，已约谈3家单位。",
        "有关做法被《某某日报》（2025年8月12日第3版）以《小公园里的“大管家”》为题报道，并列入“我为群众"
        "办实事”典型案例（第二批）。",
    ),
    "latin": (
        "智慧管护平台（APP、小程序和Web三端）已接入AED 46台、Wi-Fi热点120个、IoT传感器1,560个，"
        "COVID-19以来积累的人流数据经脱敏后用于测算，平台V2.0版将于2026年6月上线。",
        "项目采用EPC+O模式，由A、B两个标段同步实施，5G基站和LED照明共杆设置，BIM模型随竣工资料一并移交。",
    ),
    "half-width": (
        "各街道上报的街道(5个),名单(第1批),CJJ/T 287-2018(第2版),意见(共12条).责任人(A岗),"
        "照片(近景),标准(见附件1),台账(纸质版),网站(PDF版),一并归档,供一线查阅。",
        "引用的标准有GB/T 9704-2012,GB 50763-2012(第3章),GB 51192-2016(全文).",
    ),
    "dates": (
        "2025年3月5日收到建议后，我局于3月12日上门走访，4月1日召开协调会，6月30日完成方案，9月15日起试行，"
        "11月20日前完成评估，全过程用时260天，比规定的6个月多80天，原因已向提案人说明。",
        "下一步，2026年第1季度完成《管护责任书》修订，第2、3季度分2批推广到剩余的45%，12月31日前实现全覆盖。",
    ),
    "marks": (
        "能不能做？怎么做？谁来做？——这三个问题，我局逐一作了答复：能做的，立即做；条件不具备的，说明理由；"
        "需要市里支持的，已专题报告（某更报〔2025〕9号）！",
        "具体安排：①摸清底数；②分类定档；③落实经费；④公开监督。其中①、②项已完成，③项完成80%，④项正在"
        "进行；涉及3个部门、5个街道、42个社区。",
    ),
}
REASONS = {  # of lines that end elsewhere; LibreOffice's is on the right
    "of —— and …… we part no half": re.compile("——|……"),
    "a dash after a digit is narrower in the stand-in's Latin": re.compile("[0-9A-Za-z]—"),
}

pytestmark = pytest.mark.usefixtures("office_suite")


def letter(texts: tuple[str, ...], form: Form) -> Case:
    """A letter whose replies say `texts`."""
    key = Keys()
    case = plain_case(suggestions=1, form=form)
    paragraphs = tuple(Paragraph(key(), text, Outcome.DONE) for text in texts)
    asked, general = case.replies
    return replace(case, replies=(replace(asked, paragraphs=paragraphs), general))


def rows(page: Page) -> Iterator[str]:
    """The texts of a page by row, as `rendering.pages` reads them: blanks left out, what stands
    side by side in the table in one."""
    row: list[Placed] = []
    for placed in sorted(page.lines, key=lambda placed: placed.baseline):
        if row and placed.baseline - row[0].baseline > SAME_ROW:
            yield text_of(row)
            row = []
        if placed.line.text.strip():
            row.append(placed)
    yield text_of(row)


def text_of(row: list[Placed]) -> str:
    ordered = sorted(row, key=lambda placed: placed.x)
    return "".join("".join(placed.line.text.split()) for placed in ordered)


def differences(ours: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The runs of lines that differ. LibreOffice 7.4 loses some of the marks it hangs, on paper
    too: that is not another line."""
    whole = {line[:-1]: line for line in ours if line[-1:] in HANGING}
    theirs = [line if line in ours else whole.get(line, line) for line in theirs]
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield ours[a:b], theirs[c:d]


def reason(ours: list[str], theirs: list[str]) -> str:
    said = "".join(ours + theirs)
    return next((why for why, found in REASONS.items() if found.search(said)), "")


def test_the_letters_are_broken_as_libreoffice_breaks_them(tmp_path: Path) -> None:
    ensure_application()
    typesetter = Typesetter(load_fonts().tables)
    cases = {
        f"{name}-{form.value}": letter(texts, form)
        for name, texts in LETTERS.items()
        for form in Form
    }
    for name, case in cases.items():
        (tmp_path / f"{name}.docx").write_bytes(letter_docx(case, TODAY))
    printed = to_pdf([tmp_path / f"{name}.docx" for name in cases], tmp_path)
    total = different = 0
    listed = []
    for (name, case), pdf in zip(cases.items(), printed, strict=True):
        sheet = lay_out(compose(case, TODAY))
        ours = [
            row for page in typesetter.pages(sheet, load_layout(case.layout)) for row in rows(page)
        ]
        theirs = ["".join(line.text.split()) for page in pages(pdf) for line in page]
        total += len(theirs)
        for mine, other in differences(ours, theirs):
            different += max(len(mine), len(other))
            listed.append(f"{name}: {mine} ≠ {other} because {reason(mine, other) or '?'}")
    print(f"{total - different} of {total} lines identical", *listed, sep="\n")
    assert total > 200
    assert not [line for line in listed if line.endswith("?")]
    assert total - different >= SAME * total
