"""Cases made for tests: the hard one that uses everything, and a builder for plain ones."""

from dataclasses import replace
from datetime import date
from itertools import count

from db.enums import DisclosureKind, Form, Head, Outcome, ProposalKind
from desktop.letter.keys import derived_key
from desktop.letter.model import (
    COMPOSED,
    Assignment,
    Case,
    Category,
    Disclosure,
    Fields,
    Note,
    Office,
    Paragraph,
    Proposal,
    Proposer,
    Reply,
    Suggestion,
    own,
)

OFFICE = Office("某某市某某区城市更新局", "区更新局", "我局", "我区", "某更提函")
SENTENCE = "我区正按绿地面积与日均人流分三档测算管护经费。"


class Keys:
    """Keys in order, the same for every test."""

    def __init__(self) -> None:
        """Start from the first."""
        self._numbers = count()

    def __call__(self) -> str:
        """The next key."""
        return derived_key("test", str(next(self._numbers)))


def plain_case(
    *,
    suggestions: int = 2,
    text: str = SENTENCE,
    general: str = "以上各项由我局牵头落实。",
    **settings: object,
) -> Case:
    """One reply of two marked paragraphs for each suggestion, and a general reply."""
    key = Keys()
    asked = tuple(
        Suggestion(key(), str(n + 1), f"第{n + 1}条建议的内容。", "具体的说明。")
        for n in range(suggestions)
    )
    replies = [
        Reply(
            key(),
            (suggestion.key,),
            (
                Paragraph(key(), text, Outcome.DONE),
                Paragraph(key(), "明年继续落实。", Outcome.PENDING),
            ),
        )
        for suggestion in asked
    ]
    if general:
        replies.append(Reply(key(), (), (Paragraph(key(), general),)))
    proposal = Proposal(
        key(),
        ProposalKind.CPPCC,
        "2025118",
        "某某区政协七届二次会议",
        "关于完善口袋公园管护机制的建议",
        (Proposer("周明远"),),
        asked,
    )
    case = Case(key(), office=OFFICE, proposals=(proposal,), replies=tuple(replies))
    return replace(case, **settings)  # type: ignore[arg-type]


def hard_case(**settings: object) -> Case:
    """Grouped, elaborated, marked with run-on paragraphs, sub-headings, a general reply, joint
    proposers, 文号, 类别, 公开属性, contact, 附件, 抄送."""
    case = plain_case(suggestions=4)
    key = Keys()
    for _ in range(50):
        key()
    first, _, third, fourth, general = case.replies
    asked = list(case.proposals[0].suggestions)
    asked[1] = replace(asked[1], elaboration="第一段说明。\n第二段说明，接着说。")
    asked[2] = replace(asked[2], elaboration="")
    proposal = replace(
        case.proposals[0],
        proposers=(
            Proposer("周明远"),
            Proposer("何静"),
            Proposer("阿依曼·塔合尔"),
            Proposer("民进某某区总支", True),
        ),
        suggestions=tuple(asked),
    )
    grouped = Reply(
        first.key,
        (asked[0].key, asked[1].key),
        (
            Paragraph(key(), "1、经费方面", Outcome.DONE, level=1),
            Paragraph(key(), "已按三档核定经费，", Outcome.DONE),
            Paragraph(key(), "样本公园的游人计数正在进行，", Outcome.UNDER_WAY, runs_on=True),
            Paragraph(key(), "结果明年一季度报审。", Outcome.PENDING, runs_on=True),
            Paragraph(key(), "（一）移交", Outcome.UNDER_WAY, level=2),
            Paragraph(key(), "移交办法正在征求意见，详见〔2025〕4号文。", Outcome.UNDER_WAY),
            Paragraph(key(), "全天开放一项不具备条件，暂不能实施。", Outcome.NOT_ADOPTED),
        ),
    )
    empty = replace(third, paragraphs=())
    return replace(
        case,
        proposals=(proposal,),
        replies=(grouped, empty, fourth, general),
        office=replace(OFFICE, contact_name="李文", contact_phone="0000-1234567"),
        category=Category("shenzhen", "B"),
        disclosure=Disclosure(DisclosureKind.CLOSED, "涉及企业信息"),
        fields=Fields(
            document_number=own("某更提函〔2025〕18号"),
            opening=own("你们的提案收到了。\n经研究，现答复如下："),
            attachments=own("口袋公园台账\n管护责任书（样式）"),
            contact=COMPOSED,
            copies=own("区政协提案委员会，区城市管理和综合执法局"),
        ),
        **settings,  # type: ignore[arg-type]
    )


def with_original(case: Case) -> Case:
    """The case with an original its first proposal's suggestions were cut from, 𠮷 and a number of
    a person in it."""
    text, asked = "关于口袋公园的提案\n𠮷日先生，电话13800138000。\n", []
    for suggestion in case.proposals[0].suggestions:
        start = len(text)
        text += f"{suggestion.label}.{suggestion.text}\n"
        spans = [(start, len(text))]
        if suggestion.elaboration:
            text += f"{suggestion.elaboration}\n"
            spans.append((spans[0][1], len(text)))
        asked.append(replace(suggestion, spans=tuple(spans)))
    first = replace(case.proposals[0], original=text, suggestions=tuple(asked))
    return replace(case, proposals=(first, *case.proposals[1:]))


def shared_case(**settings: object) -> Case:
    """The plain case with two 会办 units, one asked about all and long overdue, and three 批注."""
    case = plain_case(suggestions=3)
    key = Keys()
    for _ in range(80):
        key()
    asked = tuple(s.key for s in case.suggestions())
    day = date(2025, 10, 8)
    units = (
        Assignment(key(), "区财政局", suggestions=asked[:2], contact="王敏 8000-0001"),
        Assignment(key(), "区城市管理和综合执法局", due_on=day, sent_on=date(2025, 9, 8)),
    )
    notes = (
        Note(
            key(), case.replies[0].key, "经费分档的依据\n请补充。", "王科长", "2025-11-03T09:15:00"
        ),
        Note(key(), "title", "标题请简化。", "王科长", "2025-11-03T09:16:00", "口袋公园", True),
        Note(key(), "", "全文请再通读。"),
    )
    return replace(case, assignments=units, notes=notes, **settings)  # type: ignore[arg-type]


def labels(case: Case) -> list[list[str]]:
    """The labels of the suggestions each reply answers."""
    names = {s.key: s.label for s in case.suggestions()}
    return [[names[key] for key in reply.suggestions] for reply in case.replies]


FORMS = tuple(Form)
HEADS = tuple(Head)
WORDINGS = ("house", "standard")
