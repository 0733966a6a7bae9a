"""What ages in a paragraph taken over from an earlier letter is pointed at, and nothing else."""

from itertools import pairwise

import pytest

from db.enums import LetterKind
from desktop.services.aging import aging
from desktop.services.rows import Ageing, ReplyFound

SOURCE = ReplyFound(
    case="case",
    reply="reply",
    kind=LetterKind.REPLY,
    proposal_number="2023118、2023120",
    subject="关于口袋公园的建议",
    proposer="周明远、民进某某区总支",
    unit="某某市某某区城市更新局、区更新局",
    year=2023,
    day=None,
    issued=True,
    grade="B",
    outcomes=(),
    asked=(),
    said=(),
)
A = Ageing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第二、三批开工，上一年度结转。", {"第二、三批": A.BATCH, "上一年度": A.RELATIVE}),
        ("截至2023年8月底，全区建成41处。", {"截至2023年8月底": A.AS_OF}),
        ("截止目前，首批正在招标。", {"截止目前": A.AS_OF, "首批": A.BATCH, "正在": A.RELATIVE}),
        (
            "去年印发《办法（征求意见稿）》（云园〔2023〕12号），今年6月底前施行。",
            {
                "去年": A.RELATIVE,
                "（征求意见稿）": A.DRAFT,
                "〔2023〕12号": A.DOCUMENT,
                "今年": A.RELATIVE,
                "6月底": A.DATE,
            },
        ),
        ("2021—2023年投入3亿元。", {"2021—2023年": A.DATE}),
        ("二〇二三年九月五日开工，12月完工。", {"二〇二三年九月五日": A.DATE, "12月": A.DATE}),
        ("明年第一季度办结。", {"明年": A.RELATIVE, "第一季度": A.RELATIVE}),
        ("本年度不再安排。", {"本年度": A.RELATIVE}),
        ("列入“十四五”规划。", {"“十四五”规划": A.PLAN}),
        ("《条例（草案）》已经审议。", {"（草案）": A.DRAFT}),
        ("《办法（试行）》印发后，首批试点三家。", {"（试行）": A.DRAFT, "首批": A.BATCH}),
        ("感谢周明远委员和民进某某区总支。", {"周明远": A.PROPOSER, "民进某某区总支": A.PROPOSER}),
        ("某某市某某区城市更新局牵头。", {"某某市某某区城市更新局": A.UNIT}),
        ("由区更新局牵头。", {"区更新局": A.UNIT}),
        ("七届二次会议第2023120号提案。", {"七届二次会议": A.MEETING, "第2023120号": A.NUMBER}),
        ("区十七届人大三次会议上提出。", {"十七届人大三次会议": A.MEETING}),
        ("感谢周委员和周代表。", {"周委员": A.PROPOSER, "周代表": A.PROPOSER}),
        ("2023.5.12印发，2023-05-12施行。", {"2023.5.12": A.DATE, "2023-05-12": A.DATE}),
        ("2023学年和2023－2025年。", {"2023学年": A.DATE, "2023－2025年": A.DATE}),
        (
            "'十四五'期间和\"十三五\"，今后三年内。",
            {"'十四五'期间": A.PLAN, '"十三五"': A.PLAN, "今后三年内": A.RELATIVE},
        ),
        ("近年来开展新一轮改造。", {"近年来": A.RELATIVE, "新一轮": A.BATCH}),
        ("十四届人大第三次会议期间。", {"十四届人大第三次会议": A.MEETING}),
    ],
)  # fmt: skip
def test_what_ages(text: str, expected: dict[str, Ageing]) -> None:
    assert {text[aged.start : aged.end]: aged.why for aged in aging(text, SOURCE)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "绿化树木养护良好，第一，明确责任；第二，加强巡查，多年来运行平稳。",
        "小学三年级学生和老年人、少年宫、年轻人，每年一次，全年无休，十年内有效。",
        "周明远航委员、人大代表和居民委员会主任，一周代表作，附近年久失修，投入2023.5亿元。",
        "一个月内办结，服务网点56个，第三方评估，第二医院。",
    ],
)
def test_what_does_not_age(text: str) -> None:
    assert aging(text, SOURCE) == []


def test_our_own_name_does_not_age() -> None:
    ours = "某某市某某区城市更新局、区更新局"
    assert aging("区更新局已经办理。", SOURCE, ours) == []


def test_spans_stand_in_their_order_and_apart() -> None:
    text = "截至2023年8月，2023年第一批和去年第二批由周明远提出。"
    found = aging(text, SOURCE)
    assert len(found) == 6
    assert all(one.end <= other.start for one, other in pairwise(found))
