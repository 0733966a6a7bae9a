"""What colleagues did: each scenario is one letter, one person's deeds, tracked or not."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.returns.deeds import Deed
from tests.returns.letters import LETTERS


@dataclass(frozen=True, slots=True)
class Scenario:
    """`letter` is a name of `letters.LETTERS`; `typed` leaves out what only Word's XML can do."""

    name: str
    letter: str
    deeds: tuple[Deed, ...]
    tracked: bool = False
    author: str = "区财政局 王科长"

    @property
    def typed(self) -> bool:
        """Whether LibreOffice without a window can do it: it has no comments there."""
        return not any(deed.verb == "remark" for deed in self.deeds)


def _do(verb: str, at: str = "", words: str = "", nth: int = 0) -> Deed:
    return Deed(verb, at, words, nth)


# done to both forms of the street letter, untracked and tracked
_BOTH_FORMS: dict[str, tuple[Deed, ...]] = {
    "words typed in": (
        _do("type", "四十二处", "（含地下车库七处）"),
        _do("type", "居民反映良好", "，另有十栋正在增补"),
        _do("type", "每晚巡查一次", "并记入台账"),
    ),
    "words taken out": (
        _do("erase", "，新增插座一千一百个"),
        _do("erase", "，立案两起"),
        _do("erase", "两次"),
    ),
    "words replaced": (
        _do("replace", "三百余条", "二百八十六条"),
        _do("replace", "一百二十个", "九十六个"),
        _do("replace", "过半住户", "百分之五十三的住户"),
        _do("replace", "明年二季度", "明年三季度"),
    ),
    "the beginning of a paragraph": (
        _do("replace", "上半年建成", "截至六月底累计建成"),
        _do("replace", "城管中队", "区城管执法大队直属中队"),
        _do("replace", "再延长到十一时", "如再延长到夜里十一时"),
    ),
    "the end of a paragraph": (
        _do("type", "下发了整改通知。", "整改情况将于年底复查。"),
        _do("type", "由商户扫码填报。", "首批试点一条街。"),
        _do("type", "是否推广到桥西市场。", "评估结果抄送您。"),
    ),
    "a figure each": (
        _do("replace", "四十二", "45"),
        _do("replace", "八十五", "87"),
        _do("replace", "六十四", "71"),
        _do("replace", "十时三十分", "22时30分"),
    ),
    "new paragraphs at the end": (
        _do("below", "正在招标。", "招标结果公布后即行移交。"),
        _do("below", "由街道统一验收。", "验收不合格的限期一个月整改。"),
        _do("below", "再决定是否推广", "推广前另行征求意见。"),
    ),
    "new paragraphs in the middle": (
        _do("below", "覆盖二十六个老旧小区", "财政已拨付补助资金三百二十万元。"),
        _do("below", "由商户扫码填报", "扫码平台七月上线试运行。"),
        _do("below", "北园市场周边先行试点", "试点期间免收停车费。"),
    ),
    "two new paragraphs at once": (
        _do("below", "每月抽查一条街", "抽查结果每季度通报。\n对屡查屡犯的商户列入重点名单。"),
    ),
    "a paragraph typed over the first": (
        _do("above", "首批八十五个楼栋", "为方便老年居民，街道先行摸底排查。"),
        _do("above", "标线方案经公示后", "公示将于年底前完成。"),
    ),
    "a paragraph cut in two": (
        _do("split", "新增插座一千一百个，"),
        _do("split", "征求意见时"),
    ),
    "two paragraphs joined": (_do("join", "上半年建成"), _do("join", "油烟净化设施台账")),
    "a paragraph taken out": (_do("remove", "消防救援大队"), _do("remove", "试点满半年后")),
    "a paragraph retyped": (
        _do("retype", "无物业小区的充电棚", "对无人管理的小区，充电棚改由国有公司统一托管。"),
        _do("retype", "明年起将清洗频次", "清洗频次拟写入管理办法，明年提请审议。"),
    ),
    "a paragraph moved within its reply": (_do("move", "城管中队每月", "首批八十五个楼栋"),),
    "a paragraph moved to another reply": (_do("move", "消防救援大队逐栋", "首批八十五个楼栋"),),
    "a paragraph one further down": (_do("down", "上半年建成"), _do("down", "油烟净化设施台账")),
    "words cut and pasted into another reply": (
        _do("cut", "对屡劝不改的下发了整改通知", "征求意见时过半住户反对"),
    ),
    "the empty reply filled in": (_do("type", "每晚巡查一次", "，节假日加密"),),
    "the fields of the head": (
        _do("replace", "31号", "37号"),
        _do("type", "沈言", "、陆大满"),
    ),
    "the foot": (
        _do("replace", "歇脚座椅安装清单", "歇脚座椅安装及验收清单"),
        _do("replace", "0000-7654321", "0000-7654322"),
    ),
    "the suggestions": (
        _do("replace", "夜间尤其突出", "雨夜尤其突出"),
        _do("replace", "歇脚座椅。", "歇脚座椅和扶手。", 0),
        _do("type", "早晚潮汐停车位", "和卸货位"),
    ),
    "search and replace": (_do("replace_all", "小区", "居住区"),),
    "a footnote": (
        _do("note", "拟施划潮汐车位", "数量以交警部门批复为准。"),
        _do("replace", "流量调查", "车流量调查"),
    ),
    "a text box": (
        _do("box", "由商户扫码填报", "此处请补充扫码平台名称"),
        _do("erase", "，居民反映良好"),
    ),
    "everything reformatted": (
        _do("reformat", "标线方案经公示后"),
        _do("replace", "先行试点", "率先试点"),
    ),
    "a busy colleague": (
        _do("type", "四十二处", "（附点位表）"),
        _do("remove", "消防救援大队"),
        _do("below", "首批八十五个楼栋", "座椅由街道负责日常维护。"),
        _do("replace", "每月抽查一条街", "每月抽查两条街"),
        _do("retype", "标线方案经公示后", "标线方案年内公示，明年起在北园市场试行。"),
        _do("split", "征求意见时"),
        _do("erase", "按季度"),
    ),
    "the general reply": (
        _do("replace", "按季度", "按月"),
        _do("below", "实地察看", "相关照片已存档备查。"),
    ),
}
_FRAME = (_do("replace", "区城市管理局", "区城市管理和综合执法局"),)
_NARRATIVE: dict[str, tuple[Deed, ...]] = {
    "the empty reply": (
        _do("fill", "2、答复", "图书角的采购由区图书馆统一办理，每半年轮换一次。", 4),
    ),
    "under a heading": (_do("below", "2、答复", "我中心认真研究了您的意见。"),),
    "every paragraph retyped": (
        _do("retype", "上半年建成", "充电设施建设进度已过半，其余点位年内完工。"),
        _do("retype", "消防救援大队", "楼道私拉电线问题实行销号管理。"),
        _do("retype", "无物业小区", "托管费用由市区两级分担。"),
        _do("retype", "首批八十五个", "楼层座椅安装完成首批任务。"),
        _do("retype", "油烟净化设施台账", "餐饮单位清洗情况全部建档。"),
        _do("retype", "城管中队", "执法检查已形成常态。"),
        _do("retype", "明年起将", "责任书范本明年统一修订。"),
        _do("retype", "交警大队", "潮汐车位的需求测算已经完成。"),
        _do("retype", "标线方案", "先选一个市场试行。"),
        _do("retype", "试点满半年", "推广与否视试行情况而定。"),
    ),
    "a new heading of his own": (_do("below", "消防救援大队", "（一）关于运维经费"),),
    "sentences moved about": (
        _do("cut", "每晚巡查一次", "居民反映良好"),
        _do("cut", "已抽查商铺六十四家，", "流量调查，"),
    ),
    "two adjoining paragraphs moved": (
        _do("move", "试点满半年后", "步道照明已由十时"),
        _do("move", "标线方案经公示后", "步道照明已由十时"),
    ),
}
_NARRATIVE |= {
    "a heading of ours changed": (
        _do("replace", "建议4及其答复", "关于建议4及其答复"),
        _do("type", "流量调查", "和问卷调查"),
    ),
    "paragraphs of two replies exchanged": (
        _do("move", "步道照明已由十时", "试点满半年后"),
        _do("move", "标线方案经公示后", "再延长到十一时"),
    ),
    "a whole reply taken out": (
        _do("remove", "交警大队完成了"),
        _do("remove", "标线方案经公示后"),
        _do("remove", "试点满半年后"),
        _do("type", "每晚巡查一次", "，雨天加密"),
    ),
    "the salutation and the title retyped": (
        _do("retype", "沈言", "沈言、陆小满两位委员："),
        _do("retype", "感谢你们对我中心", "衷心感谢两位委员对街区更新工作的关心！"),
    ),
}
_LIST: dict[str, tuple[Deed, ...]] = {
    "an empty cell filled": (
        _do("fill", "不能采纳原因", "个别小区无安装条件。", 0),
        _do("fill", "当年完成事项", "图书角书目已统一编目。", 4),
        _do("fill", "明年待落实事项", "明年研究分时亮灯方案。", 3),
    ),
    "a paragraph cut and pasted into another cell": (
        _do("move", "消防救援大队逐栋", "无物业小区的充电棚"),
        _do("move", "试点满半年后", "交警大队完成了"),
    ),
    "the only paragraph of a cell moved": (_do("move", "无物业小区的充电棚", "上半年建成"),),
    "words cut and pasted between cells": (
        _do("cut", "，运维经费列入下半年预算", "覆盖二十六个老旧小区"),
    ),
    "a cell emptied": (_do("remove", "无物业小区的充电棚"), _do("remove", "步道照明已由十时")),
    "a new row": (_do("row", "不能采纳原因", "个别小区明年复查安装条件。", 1),),
    "a new row with a label of its own": (
        _do("row", "不能采纳原因", "财政局意见\t同意所列经费安排。"),
        _do("replace", "三百余条", "近三百条"),
    ),
    "several paragraphs in a cell": (
        _do("below", "由商户扫码填报", "第一批三十家已培训。\n第二批九月培训。"),
        _do("split", "已抽查商铺六十四家，"),
    ),
    "every cell retyped": (
        _do("retype", "上半年建成", "充电设施建设进度已过半，其余点位年内完工。"),
        _do("retype", "无物业小区", "托管费用由市区两级分担。"),
        _do("retype", "首批八十五个", "楼层座椅安装完成首批任务。"),
        _do("retype", "明年起将", "责任书范本明年统一修订。"),
        _do("retype", "交警大队", "潮汐车位的需求测算已经完成。"),
        _do("retype", "步道照明", "照明延时方案已经实施。"),
        _do("retype", "再延长到十一时", "更晚的照明不具备条件。"),
    ),
    "the table turned to text": (_do("to_text"),),
}
# replies that say the same, word for word: only the place tells
_ALIKE: dict[str, tuple[Deed, ...]] = {
    "words in the third": (_do("type", "三档测算", "并复核", 2),),
    "words in the first and the last": (
        _do("replace", "继续落实", "抓好落实", 0),
        _do("replace", "继续落实", "分步落实", 3),
    ),
    "a new paragraph in the second": (_do("below", "我区正按", "区财政局已复函同意。", 1),),
    "a paragraph taken out of the fourth": (_do("remove", "我区正按", "", 3),),
    "a paragraph retyped in the fifth": (_do("retype", "我区正按", "经费标准暂不调整。", 4),),
}
_HARD: dict[str, tuple[Deed, ...]] = {
    "words in a paragraph of several outcomes": (
        _do("type", "游人计数", "（含节假日）"),
        _do("replace", "明年一季度", "明年上半年"),
    ),
    "under a sub-heading": (_do("below", "（一）移交", "移交范围为建成满两年的公园。"),),
    "the reason": (_do("replace", "不具备条件", "尚不具备管护条件"),),
    "the second line of an elaboration": (_do("type", "接着说", "，再说一句"),),
}
_PACK: dict[str, tuple[Deed, ...]] = {
    "all answered": (
        _do("fill", "建议1的会办意见", "同意。充电棚补助标准按每个插座四百元执行。"),
        _do("fill", "建议2的会办意见", "歇脚座椅所需资金由街道经费解决。"),
        _do("fill", "建议3的会办意见", "无意见。"),
    ),
    "one answered at length": (
        _do("fill", "建议2的会办意见", "我局意见如下。"),
        _do("below", "我局意见如下。", "一是座椅列入政府采购目录。\n二是验收后一次性拨付。"),
    ),
    "answered and a suggestion put right": (
        _do("fill", "建议3的会办意见", "清洗费用由商户承担，财政不予补助。"),
        _do("replace", "夜间尤其突出", "雨夜尤其突出"),
    ),
    "answered right behind the label": (_do("type", "建议1的会办意见：", "同意按计划安排。"),),
}
_PACK_LIST: dict[str, tuple[Deed, ...]] = {
    "all answered": (
        _do("fill", "当年完成事项", "已拨付首批补助一百六十万元。", 0),
        _do("fill", "当年推动事项", "座椅采购正在走程序。", 1),
        _do("fill", "明年待落实事项", "明年安排复检经费。", 2),
        _do("fill", "不能采纳原因", "商户清洗费用不属财政补助范围。", 2),
    ),
    "several paragraphs in a cell": (
        _do("fill", "当年完成事项", "已拨付首批补助。", 1),
        _do("below", "已拨付首批补助。", "第二批待验收后拨付。\n审计意见另行抄送。"),
    ),
}
_REMARKS: dict[str, tuple[Deed, ...]] = {
    "comments": (
        Deed("remark", "新增插座一千一百个", "请核对插座数。"),
        Deed("remark", "立案两起", "案件名称请隐去。", done=True),
        Deed("remark", "过半住户反对", "有无记录？"),
    ),
    "comments on fields and suggestions": (
        Deed("remark", "沈言", "委员姓名顺序请核。", done=True),
        Deed("remark", "早晚潮汐停车位", "原文如此？"),
    ),
    "comments and edits": (
        Deed("remark", "运维经费", "由哪一级承担？"),
        _do("replace", "列入下半年预算", "列入明年预算"),
        _do("below", "每月抽查一条街", "抽查情况按月报送。"),
    ),
}


def _made() -> Iterator[Scenario]:
    for letter in ("narrative", "list"):
        yield Scenario("nothing", letter, ())
        for name, deeds in _BOTH_FORMS.items():
            yield Scenario(name, letter, deeds)
            yield Scenario(f"{name}, tracked", letter, deeds, tracked=True)
        for name, deeds in _REMARKS.items():
            yield Scenario(name, letter, deeds)
        # untracked: saved again, LibreOffice keeps in a frame what was struck out, as plain text
        yield Scenario("the frame at the foot", letter, _FRAME)
    tables = {"narrative": _NARRATIVE, "list": _LIST, "hard": _HARD}
    tables |= {"pack": _PACK, "pack-list": _PACK_LIST}
    for letter, table in tables.items():
        for name, deeds in table.items():
            yield Scenario(name, letter, deeds)
            if name != "the table turned to text":
                yield Scenario(f"{name}, tracked", letter, deeds, tracked=True)
    for letter in ("alike", "alike-list"):
        yield Scenario("nothing", letter, ())
        for name, deeds in _ALIKE.items():
            yield Scenario(name, letter, deeds)
    for letter in sorted(LETTERS.keys() - {"narrative", "list", "alike", "alike-list"}):
        yield Scenario("nothing", letter, ())


SCENARIOS = tuple(_made())
