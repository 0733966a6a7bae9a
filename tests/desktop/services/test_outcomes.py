"""建议标注 proposes what the wording says plainly, and nothing where it is not plain."""

import pytest

from db.enums import Outcome
from desktop.letter.model import Paragraph, Reply
from desktop.services.outcomes import proposals, proposed_outcome

PLAIN = {
    Outcome.DONE: [
        "我局已会同区城管局完成全区口袋公园底数清查，建立台账并向社会公开。",
        "已印发《口袋公园移交接管办法》，明确了建成后30日内完成移交。",
        "针对管护责任难以落实的问题，我局已建立街道、社区、物业三级责任制。",
        "截至10月底，全区已新建口袋公园12个，改造提升8个。",
        "区财政局已将管护经费纳入年度预算，今年拨付320万元。",
        "今年上半年，我们完成了三个街道的试点。",
        "我局严格按计划推进，已按期完成全部建设任务。",
    ],
    Outcome.UNDER_WAY: [
        "我局正在按绿地面积与日均人流分三档测算管护经费。",
        "目前，样本公园的游人计数正在进行，数据由第三方统计。",
        "该办法正征求意见，各街道的反馈正在汇总。",
        "目前项目正在有序推进，土建部分正在施工。",
        "我局正会同区财政局研究经费分担办法。",
    ],
    Outcome.PENDING: [
        "下一步，我局将继续加大巡查力度，督促管护单位落实责任。",
        "明年一季度，我局将启动第二批口袋公园建设。",
        "我局计划于2026年完成全部移交。",
        "我局拟在明年选取两个街道开展试点。",
        "今后，我们将定期公布管护考核结果。",
    ],
    Outcome.NOT_ADOPTED: [
        "因用地性质为居住用地，暂不能增设停车场。",
        "受地下管线限制，该处不具备建设条件，暂无法实施。",
        "现阶段财力有限，难以满足全天开放的要求。",
        "该项建议与现行规定不一致，暂不采纳。",
    ],
}
UNCLEAR = [
    "口袋公园是城市绿地系统的重要组成部分。",
    "口袋公园面积小、分布散，养护难度大。",
    "感谢您对口袋公园建设的关心和支持。",
    "一、经费方面",
    "已完成清查工作，建立台账。下一步将按照台账逐个落实管护单位。",
    "您的建议已收悉。",
    "管护经费难以落实是各地的普遍问题。",
    "按照全市绿地系统规划和三年行动计划的要求，口袋公园由街道负责管护。",
    "提案反映的部分公园已有二十年历史。",
    "",
    "我局将口袋公园管护作为年度考核内容。",
]


@pytest.mark.parametrize(
    ("outcome", "text"), [(outcome, text) for outcome, texts in PLAIN.items() for text in texts]
)
def test_plain_wording_is_recognised(outcome: Outcome, text: str) -> None:
    assert proposed_outcome(text) is outcome


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_plain_is_left_alone(text: str) -> None:
    assert proposed_outcome(text) is None


def test_only_unmarked_paragraphs_get_proposals_and_headings_follow_their_text() -> None:
    reply = Reply(
        "r",
        ("s",),
        (
            Paragraph("h1", "一、清查方面", level=1),
            Paragraph("h2", "（一）底数", level=2),
            Paragraph("p1", PLAIN[Outcome.DONE][0]),
            Paragraph("p2", ""),
            Paragraph("h3", "二、经费方面", level=1),
            Paragraph("p3", PLAIN[Outcome.PENDING][0], Outcome.UNDER_WAY),
            Paragraph("h4", "三、其他", level=1),
            Paragraph("p4", UNCLEAR[0]),
        ),
    )
    assert proposals(reply) == {
        "h1": Outcome.DONE,
        "h2": Outcome.DONE,
        "p1": Outcome.DONE,
        "h3": Outcome.UNDER_WAY,
    }
    assert [*proposals(reply)] == ["h1", "h2", "p1", "h3"]
