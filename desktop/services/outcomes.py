"""建议标注: the outcome a paragraph's wording speaks for, proposed and never set by itself.

Precision before recall: a wrong mark is a promise the office did not make, a missing one is a
keystroke. A paragraph that speaks of two outcomes is left alone; it is to be divided first.
"""

import re
from collections import Counter
from collections.abc import Iterator

from db.enums import Outcome
from desktop.letter.model import Reply

_SENTENCE = re.compile("[。；！？!?;]")
_CLAUSE = re.compile("[，,：:]")
_DOMINANT = 0.7  # of the characters that speak for any outcome
_SPOKEN = 0.4  # of all characters

# a difficulty spoken of, not a refusal: 针对…难以落实的问题, 解决…无法
_DIFFICULTY = re.compile(
    "问题|困难|现象|情况|情形|针对|解决|避免|防止|破解|杜绝|化解|的(?:难|痛|堵)点"
)
_NOT_ADOPTED = re.compile(
    "[暂尚]不能|暂无法|无法(?=采纳|实施|落实|满足|予以|支持|安排|增设|设置|新增|给予|纳入|办理|实现|在)"
    "|[暂尚]?不具备.{0,12}条件|暂不(?:宜|予|考虑|采纳|安排|具备|实施)|不(?:予|能)采纳"
    "|难以(?=采纳|实施|落实|满足|实现|安排|增设|支持|纳入)|条件(?:尚|还|暂)?不(?:成熟|具备)|不符合.{0,16}规定"
)
_FOLLOWING_VERB = (
    "会同|进一步|继续|加强|加快|加大|积极|按照?|根据|结合|于|在|以|持续|不断|适时|督促|推动|推进"
    "|组织|开展|研究|配合|联合|协调|对|与|会|从|充分|认真|同步|统筹|定期|严格|着力|重点|争取|力争"
    "|完成|启动|建立|完善|制定|出台|探索|深入|全面|逐步|优化|通过|依托|选择|选取|新增|新建|安排|向|为"
)
_PENDING = re.compile(
    rf"下一步|下一阶段|下阶段|明年|来年|今后|(?<![已即])将(?:{_FOLLOWING_VERB})|即将"
    r"|(?:^|我局|我们|我区|我市|目前|现|并|也|还|初步|正)计划(?!已|的)"
    r"|(?:^|我局|我们|我区|我市|目前|现|并|也|还|初步)拟(?!定|制|订)|待.{1,20}后"
)
_UNDER_WAY = re.compile(
    "正在|正(?=会同|按|组织|抓紧|加紧|积极|着手|与|由|稳步|逐步|有序|加快|开展|推进|编制|研究)|[已现]?着手"
    "|征求意见(?:中|阶段)|(?:推进|建设|编制|施工|办理|审批|测算)(?:之?中|阶段)$"
)
_IN_PROGRESS = re.compile("目前.{0,24}(?:推进|开展|编制|建设|施工|实施)|(?:有序|稳步)推进")
_DONE = re.compile(
    "(?<![不而])已(?!有|知|久|成为|列入|纳入|启动|是|收悉|计划|难|无|不|进入)|(?:完成|建成|印发|出台|落实)了"
    "|(?:全部|全面|均|顺利)(?:完成|建成|到位)"
)


def proposed_outcome(text: str) -> Outcome | None:
    """The outcome the wording of a paragraph speaks for, or None where it is not clear."""
    weights: Counter[Outcome] = Counter()
    for sentence in _SENTENCE.split(text):
        for outcome, clause in _spoken(sentence):
            weights[outcome] += len(clause)
    if not weights:
        return None
    outcome, weight = weights.most_common(1)[0]
    clear = weight >= _DOMINANT * weights.total() and weight >= _SPOKEN * len(text.strip())
    return outcome if clear else None


def proposals(reply: Reply) -> dict[str, Outcome]:
    """The outcomes proposed for unmarked paragraphs, by their keys, in the order of the reply.

    A sub-heading goes with the paragraph after it.
    """
    found: dict[str, Outcome] = {}
    following: Outcome | None = None
    for paragraph in reversed(reply.paragraphs):
        if not paragraph.text.strip():
            continue
        outcome = paragraph.outcome
        if outcome is None:
            outcome = following if paragraph.level else proposed_outcome(paragraph.text)
            if outcome is not None:
                found[paragraph.key] = outcome
        following = outcome
    return dict(reversed(found.items()))


def _spoken(sentence: str) -> Iterator[tuple[Outcome, str]]:
    """The clauses of a sentence with their outcomes; one that says none goes with the one before.

    What stands before the first one that says any, goes with it.
    """
    waiting, current = "", None
    for clause in _CLAUSE.split(sentence):
        current = _outcome_of(clause.strip()) or current
        if current is None:
            waiting += clause
        else:
            yield current, waiting + clause
            waiting = ""


def _outcome_of(clause: str) -> Outcome | None:
    if _NOT_ADOPTED.search(clause) and not _DIFFICULTY.search(clause):
        return Outcome.NOT_ADOPTED
    if _PENDING.search(clause):
        return Outcome.PENDING
    if _UNDER_WAY.search(clause):
        return Outcome.UNDER_WAY
    if _DONE.search(clause):
        return Outcome.DONE
    return Outcome.UNDER_WAY if _IN_PROGRESS.search(clause) else None
