"""The letters that leave: every form, wording and head, cells of several paragraphs, twins."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from db.enums import Form, Head, Outcome, ProposalKind
from desktop.letter.blocks import Sheet
from desktop.letter.compose import compose
from desktop.letter.keys import derived_key
from desktop.letter.model import (
    COMPOSED,
    Assignment,
    Case,
    Fields,
    Office,
    Paragraph,
    Proposal,
    Proposer,
    Reply,
    Suggestion,
    own,
)
from desktop.letter.pack import pack_case, pack_sheet
from desktop.letter.sheet import lay_out
from desktop.letter.writer import letter_docx
from tests.cases import FORMS, HEADS, WORDINGS, hard_case, plain_case
from tests.conftest import TODAY
from tests.packs import pack_docx

DONE, UNDER_WAY, PENDING, NOT_ADOPTED = Outcome
_ASKED = (
    ("建设电动自行车集中充电棚，解决飞线充电问题。", "老旧小区楼道内充电现象普遍，夜间尤其突出。"),
    ("为未加装电梯的楼栋设置楼层歇脚座椅。", ""),
    (
        "把沿街商铺油烟净化设施纳入定期清洗。",
        "去年投诉量最大的三条街上，多数商铺一年清洗不到一次。",
    ),
    ("在菜市场周边增设早晚潮汐停车位。", "赶集日车辆占用人行道，老人推车买菜要绕到机动车道上。"),
    ("将沿河步道的照明延长到夜里十一点。", ""),
    ("对社区图书角实行统一采购、轮换配送。", "各社区书目重复，三年没有更新。"),
)
_REPLIES: tuple[tuple[tuple[int, ...], tuple[tuple[str, Outcome], ...]], ...] = (
    (
        (0,),
        (
            ("上半年建成充电棚四十二处，新增插座一千一百个，覆盖二十六个老旧小区。", DONE),
            ("消防救援大队逐栋清理楼道飞线三百余条，对屡劝不改的下发了整改通知。", DONE),
            ("无物业小区的充电棚由街道代管，运维经费列入下半年预算，正在招标。", UNDER_WAY),
        ),
    ),
    (
        (1, 2),
        (
            ("首批八十五个楼栋的歇脚座椅于五月安装完毕，居民反映良好。", DONE),
            ("油烟净化设施台账正在建立，清洗记录将由商户扫码填报。", UNDER_WAY),
            ("城管中队每月抽查一条街，已抽查商铺六十四家，立案两起。", UNDER_WAY),
            ("明年起将清洗频次写入门前三包责任书，由街道统一验收。", PENDING),
        ),
    ),
    (
        (3,),
        (
            ("交警大队完成了北园、桥西两个市场的流量调查，拟施划潮汐车位一百二十个。", UNDER_WAY),
            ("标线方案经公示后，明年二季度在北园市场周边先行试点。", PENDING),
            ("试点满半年后评估成效，再决定是否推广到桥西市场。", PENDING),
        ),
    ),
    (
        (4,),
        (
            ("步道照明已由十时延长至十时三十分，每晚巡查一次。", DONE),
            (
                "再延长到十一时会影响沿河两岸居民休息，征求意见时过半住户反对，暂不采纳。",
                NOT_ADOPTED,
            ),
        ),
    ),
    ((5,), ()),
)
_GENERAL = (
    "以上各项工作进展由我局按季度在门户网站公开，欢迎您继续监督。",
    "办理过程中我局两次与您当面沟通，并邀请您实地察看了充电棚建设情况。",
)


def _key(*parts: object) -> str:
    return derived_key("returns", *map(str, parts))


def street_letter(form: Form, wording: str, head: Head) -> Case:
    """Six suggestions, one pair answered together, one still unanswered; a general reply."""
    asked = tuple(
        Suggestion(_key("s", n), str(n + 1), text, more) for n, (text, more) in enumerate(_ASKED)
    )
    replies = [
        Reply(
            _key("r", n),
            tuple(asked[m].key for m in numbers),
            tuple(Paragraph(_key("p", n, m), *said) for m, said in enumerate(paragraphs)),
        )
        for n, (numbers, paragraphs) in enumerate(_REPLIES)
    ]
    paragraphs = tuple(Paragraph(_key("g", n), text) for n, text in enumerate(_GENERAL))
    proposal = Proposal(
        _key("proposal"),
        ProposalKind.CPPCC,
        "2025207",
        "某某区政协七届三次会议",
        "关于改善老旧街区生活设施的建议",
        (Proposer("沈言"), Proposer("陆小满")),
        asked,
    )
    return Case(
        _key("case", form, wording, head),
        form=form,
        wording=wording,
        head=head,
        office=Office(
            "某某市某某区街区更新中心",
            "区街区中心",
            "我中心",
            "我区",
            "某街函",
            "顾一",
            "0000-7654321",
        ),
        fields=Fields(
            document_number=own("某街函〔2025〕31号"),
            attachments=own("充电棚点位表\n歇脚座椅安装清单"),
            contact=COMPOSED,
            copies=own("区政协提案委员会，区城市管理局"),
        ),
        proposals=(proposal,),
        replies=(*replies, Reply(_key("r", "general"), (), paragraphs)),
    )


@dataclass(frozen=True)
class Sent:
    """What left: its case, and whether it was the 会办包 for the case's unit, or the letter."""

    case: Case
    pack: bool = False

    @cached_property
    def sheet(self) -> Sheet:
        """What was printed."""
        return pack_sheet(self._packed) if self.pack else lay_out(compose(self.case, TODAY))

    @cached_property
    def data(self) -> bytes:
        """The .docx that left."""
        return pack_docx(self.case) if self.pack else letter_docx(self.case, TODAY)

    @property
    def _packed(self) -> Case:
        return pack_case(self.case, self.case.assignments[0], TODAY)


def _asking(form: Form) -> Case:
    """The street letter with a unit that is asked about three of its suggestions."""
    case = street_letter(form, "house", Head.LETTER)
    asked = tuple(suggestion.key for suggestion in case.suggestions())[:3]
    unit = Assignment(_key("unit"), "区财政局", suggestions=asked, sent_on=TODAY)
    return replace(case, assignments=(unit,))


LETTERS = {
    "narrative": Sent(street_letter(Form.NARRATIVE, "house", Head.LETTER)),
    "list": Sent(street_letter(Form.RESULT_LIST, "standard", Head.PLAIN)),
    "pack": Sent(_asking(Form.NARRATIVE), pack=True),
    "pack-list": Sent(_asking(Form.RESULT_LIST), pack=True),
    "alike": Sent(plain_case(suggestions=5)),
    "alike-list": Sent(plain_case(suggestions=5, form=Form.RESULT_LIST, wording="standard")),
    "hard": Sent(hard_case()),
    "hard-list": Sent(hard_case(form=Form.RESULT_LIST, head=Head.PLAIN)),
    **{
        f"{form}, {wording}, {head}": Sent(street_letter(form, wording, head))
        for form, wording, head in product(FORMS, WORDINGS, HEADS)
    },
}
