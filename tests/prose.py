"""Official prose by the yard, for tests and figures: seeded, the same for every run.

Topics and turns of phrase are few, as in an office; names of streets, firms and plans are many and
rare, so that characters meet as often as they do in letters.
"""

import random
from collections.abc import Iterator

from db.enums import Outcome, ProposalKind
from desktop.letter.keys import derived_key
from desktop.letter.model import (
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

TOPICS = """口袋公园管护 老旧小区加装电梯 校园周边停车 电动自行车充电 农贸市场改造 社区养老服务 长者食堂运营
河道黑臭治理 建筑垃圾处置 共享单车停放 人行天桥无障碍 公交站点优化 中小学课后服务 青年人才公寓 工业园区排水
数字经济培育 传统村落保护 乡村道路养护 生活垃圾分类 餐饮油烟整治 公共体育设施 图书馆分馆建设 家庭医生签约
儿童友好空间 物业服务监管 消防通道清理 地下管网更新 雨污分流 充电桩布局 夜间经济 非遗传承 文物修缮 红色旅游
近零碳建筑 光伏屋顶 海绵城市 绿道贯通 古树名木保护 湿地修复 噪声扰民 扬尘管控 渣土运输 危房改造 城中村治理
保障性租房 二手房交易 企业融资 政务服务窗口 营商环境 职业教育 托育机构 残疾人就业 退役军人服务 法律援助
食品安全抽检 药品追溯 校园食堂 心理健康 近视防控 急救能力 医联体建设 中医馆 疾控体系 农田水利 种业振兴 冷链物流
快递驿站 农村电商 民宿经济 森林防火 防汛排涝 应急避难 高空抛物 电信诈骗 禁毒宣传 社区矫正 交通信号 隧道照明
""".split()
_FIRST = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许邓韩冯曹彭曾肖田董袁潘蒋蔡余杜叶程魏苏吕丁任沈姚"
_NAMES = (
    "安柏川德东峰凤福港谷光桂海河鹤恒红鸿湖华槐惠江金锦景康坤兰岚莲林岭龙隆鹿梅明南宁鹏平坪浦奇启谦桥清泉"
    "荣瑞润三沙山尚圣石双水松泰潭塘天田桐团望文吴梧西溪仙祥新兴秀旭雅岩燕阳瑶银永榆玉园源远云泽长正芝中洲竹紫"
)
_PLACE = "街道 社区 村 镇 片区 路沿线 新城 工业园 小区 学校 医院 广场".split()
_WHO = """区住房和建设局 区城管局 市规划和自然资源局 区财政局 区教育局 区卫生健康局 区交通运输局 区水务局 区民政局
区发展和改革局 市生态环境局 区文化广电旅游体育局 公安分局 区市场监管局 区应急管理局 区农业农村局 供电局 燃气公司
各街道办事处 区政务服务中心 区消防救援大队 区工业和信息化局""".split()
_DID = """完成现场踏勘 建立问题台账 编制专项规划 印发工作方案 签订责任书 开展联合执法 组织专题调研 召开协调会 完成招标
安排专项资金 纳入年度计划 公开征求意见 聘请第三方评估 逐户上门宣传 明确养护标准 补齐设施短板 接入监管平台 完成竣工验收
试点先行 分批推进 倒排工期 挂图作战 定期通报进度 引入社会资本 优化审批流程 压实属地责任 严查违法行为 开通投诉热线""".split()
_AIM = """切实解决群众反映的突出问题 不断提升居民的获得感 确保按期完成 形成长效机制 做到底数清、情况明 补上历史欠账
防止问题反弹回潮 让群众看得见、摸得着 发挥示范带动作用 提高使用效率 消除安全隐患 兼顾各方利益""".split()
_WHY = """受用地条件限制 由于产权关系复杂 因上级资金尚未下达 鉴于现行规范没有相应条款 考虑到周边居民意见不一 因管线迁改难度较大
由于部分业主不同意""".split()
_THINGS = "电梯 路灯 监控探头 座椅 遮阳棚 雨水口 充电端口 床位 车位 标线 树木 管道 公厕 宣传栏 健身器材 检查井".split()
_UNITS = "台 盏 处 个 米 平方米 户 套 张 家".split()
_RULES = """城市绿化 物业管理 无障碍环境建设 生活垃圾管理 道路交通安全 养老服务 学前教育促进 历史文化保护 招标投标 排水与污水处理
消防安全 食品安全 科技创新 中小企业促进 土壤污染防治 就业促进""".split()
_FORMULAS = (
    "现将有关情况说明如下。",
    "我局高度重视，认真研究您提出的建议。",
    "下一步，我局将继续加大工作力度，推动各项措施落地见效。",
    "您的建议对我们改进工作很有帮助，我们将认真吸纳。",
    "对暂时不具备条件的，我局将做好解释工作。",
)
CLOSINGS = (
    "感谢您对我区各项工作的关心和支持，欢迎继续提出宝贵意见。",
    "再次感谢您对我局工作的关心、理解和支持。",
    "专此答复。",
)
_OFFICES = (
    Office("某区住房和建设局", "区住建局"),
    Office("某区城市管理局", "区城管局"),
    Office("某区教育局", "区教育局"),
)


class Prose:
    """A writer of sentences, paragraphs and letters; the same `seed` writes the same."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def paragraph(self, topic: str, length: int = 200) -> str:
        """Sentences about `topic`, some `length` characters."""
        text = ""
        while len(text) < length:
            text += self._sentence(topic)
        return text

    def paragraphs(self, count: int) -> list[str]:
        """So many paragraphs of 60 to 340 characters, each about something."""
        return [self.paragraph(self._one(TOPICS), self._chance.randint(60, 340)) for _ in range(count)]

    def suggestion(self, topic: str) -> str:
        """What a proposer asks for."""
        did, other, aim = self._one(_DID), self._one(_DID), self._one(_AIM)
        return self._one(
            (
                f"建议围绕{topic}，在{self._place()}{did}，{other}，{aim}。",
                f"加强{topic}，由{self._one(_WHO)}牵头{did}，{aim}。",
                f"针对{self._place()}{self._one(_THINGS)}不足的问题，{did}，推进{topic}。",
            )
        )

    def case(self, key: str, replies: int = 3, paragraphs: int = 3) -> Case:
        """A letter about one topic; one of three has no suggestions, only a body."""
        topic, year = self._one(TOPICS), self._chance.randint(2015, 2025)
        whole = self._chance.random() < 0.33
        asked = [] if whole else [self._asked(key, topic, n) for n in range(replies)]
        said = [
            Reply(
                derived_key(key, "reply", str(n)),
                (asked[n].key,) if asked else (),
                self._said(key, topic, n, paragraphs * replies if whole else paragraphs),
            )
            for n in range(1 if whole else replies)
        ]
        proposal = Proposal(
            derived_key(key, "proposal"),
            self._one(tuple(ProposalKind)),
            f"{year}{self._chance.randint(1, 999):03}",
            "某区政协七届二次会议",
            f"关于做好{topic}工作的建议",
            (Proposer(self.name()),),
            tuple(asked),
        )
        month, day = self._chance.randint(4, 10), self._chance.randint(1, 28)
        return Case(
            key,
            office=self._one(_OFFICES),
            fields=Fields(closing=own(self._one(CLOSINGS)), date=own(f"{year}年{month}月{day}日")),
            proposals=(proposal,),
            replies=tuple(said),
        )

    def cases(self, count: int, replies: int = 3, paragraphs: int = 3) -> Iterator[Case]:
        """So many of them."""
        for number in range(count):
            key = derived_key("prose", str(number), str(self._chance.random()))
            yield self.case(key, replies, paragraphs)

    def name(self) -> str:
        """A person's."""
        return self._one(_FIRST) + self._rare(self._chance.randint(1, 2))

    def _asked(self, key: str, topic: str, number: int) -> Suggestion:
        place = (derived_key(key, "asked", str(number)), str(number + 1))
        more = self.paragraph(topic, 80) if self._chance.random() < 0.5 else ""
        return Suggestion(*place, self.suggestion(topic), more)

    def _said(self, key: str, topic: str, reply: int, count: int) -> tuple[Paragraph, ...]:
        return tuple(
            Paragraph(
                derived_key(key, "said", str(reply), str(n)),
                self.paragraph(topic, self._chance.randint(60, 340)),
                self._one((None, *Outcome)),
            )
            for n in range(count)
        )

    def _sentence(self, topic: str) -> str:
        one, number = self._one, self._chance.randint
        kind = number(0, 9)
        if kind == 0:
            return one(_FORMULAS)
        if kind == 1:
            return (
                f"根据《{one(_NAMES)}{one('州城海')}市{one(_RULES)}条例》（府〔{number(2018, 2020)}〕"
                f"{number(1, 9)}号）要求，{one(_WHO)}{one(_DID)}。"
            )
        if kind <= 3:
            return (
                f"{number(2015, 2025)}年，{self._place()}新增{one(_THINGS)}{number(2, 4000)}{one(_UNITS)}，"
                f"投入资金{number(10, 9000) / 10}万元，{topic}覆盖率达到{number(30, 99)}%。"
            )
        if kind == 4:
            return f"{one(_WHY)}，{self._place()}的{topic}暂时无法{one(_DID)}，我局将{one(_DID)}。"
        if kind == 5:
            return f"一是{one(_DID)}；二是{one(_DID)}；三是会同{one(_WHO)}{one(_DID)}，{one(_AIM)}。"
        if kind <= 7:
            return f"围绕{topic}，{one(_WHO)}在{self._place()}{one(_DID)}，{one(_DID)}，{one(_AIM)}。"
        return (
            f"由{self._rare(2)}{self._rare(2)}公司承建的“{self._rare(2)}{one(_THINGS)}”项目已于"
            f"{number(1, 12)}月{number(1, 28)}日{one(_DID)}，由{one(_WHO)}{self.name()}同志负责。"
        )

    def _place(self) -> str:
        return self._rare(self._chance.randint(1, 3)) + self._one(_PLACE)

    def _rare(self, count: int) -> str:
        return "".join(self._chance.choices(_NAMES, k=count))

    def _one(self, choice):  # type: ignore[no-untyped-def]
        return self._chance.choice(choice)
