"""Official prose by the yard, for tests and figures: seeded, the same for every run.

Topics and turns of phrase are few, as in an office; names of streets, firms and plans are many and
rare, so that characters meet as often as they do in letters.
"""

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

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

DATA = Path(__file__).parent / "data"
T = TypeVar("T")
_WORDS = tomllib.loads((DATA / "prose.toml").read_text(encoding="utf-8"))
TOPICS = _WORDS["topics"].split()
_PLACE = _WORDS["places"].split()
_WHO = _WORDS["offices"].split()
_DID = _WORDS["deeds"].split()
_AIM = _WORDS["aims"].split()
_WHY = _WORDS["reasons"].split()
_THINGS = _WORDS["things"].split()
_UNITS = _WORDS["units"].split()
_RULES = _WORDS["rules"].split()
_FIRST = "".join(_WORDS["surnames"].split())
_NAMES = "".join(_WORDS["rare"].split())
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
                f"根据《{one(_NAMES)}州市{one(_RULES)}条例》（府〔{number(2018, 2020)}〕"
                f"{number(1, 9)}号）要求，{one(_WHO)}{one(_DID)}。"
            )
        if kind <= 3:
            return (
                f"{number(2015, 2025)}年，{self._place()}新增{one(_THINGS)}{number(2, 4000)}"
                f"{one(_UNITS)}，投入资金{number(10, 9000) / 10}万元，"
                f"{topic}覆盖率达到{number(30, 99)}%。"
            )
        if kind == 4:
            return f"{one(_WHY)}，{self._place()}的{topic}暂时无法{one(_DID)}，我局将{one(_DID)}。"
        if kind == 5:
            return (
                f"一是{one(_DID)}；二是{one(_DID)}；三是会同{one(_WHO)}{one(_DID)}，{one(_AIM)}。"
            )
        if kind <= 7:
            return (
                f"围绕{topic}，{one(_WHO)}在{self._place()}{one(_DID)}，{one(_DID)}，{one(_AIM)}。"
            )
        return (
            f"由{self._rare(2)}{self._rare(2)}公司承建的“{self._rare(2)}{one(_THINGS)}”项目已于"
            f"{number(1, 12)}月{number(1, 28)}日{one(_DID)}，由{one(_WHO)}{self.name()}同志负责。"
        )

    def _place(self) -> str:
        return self._rare(self._chance.randint(1, 3)) + self._one(_PLACE)

    def _rare(self, count: int) -> str:
        return "".join(self._chance.choices(_NAMES, k=count))

    def _one(self, choice: Sequence[T]) -> T:
        return self._chance.choice(choice)
