"""Which proposal a paper is about, however its number, session and 案由 are written there.

县政协十届三次会议 and 政协青梧县第十届委员会第三次会议 are one session, 030 and 30 one number.
What is compared here is never shown.
"""

import re

from desktop.letter.clean import without_white
from desktop.letter.model import Proposal
from desktop.letter.numerals import arabic

_N = r"([一二三四五六七八九十\d]{1,3})"
_SESSION = re.compile(rf"{_N}届(?:[^届]*?第?{_N}次)?")
_LEVEL = re.compile("[省市县区州旗盟]")
_QUOTES = re.compile("[《》〈〉“”‘’「」『』\"']")
_AROUND_SUBJECT = re.compile(r"^(?:关于|对)|(?:的?(?:建议|意见))?的?(?:提案|建议|议案)$")
_LONGEST_NUMBER = 8  # of those that are written with noughts before them


def number_sign(number: str) -> str:
    """提案编号 without noughts before it."""
    return number.lstrip("0")


def spellings(number: str) -> list[str]:
    """`number` with every count of noughts before it that is met."""
    bare = number_sign(number)
    return [bare.zfill(width) for width in range(len(bare), max(_LONGEST_NUMBER, len(bare)) + 1)]


def session_sign(session: str) -> tuple[str, str]:
    """A session as 县, 10.3: whose it is, perhaps not told, and which; one without 届 as it is."""
    text = without_white(session)
    match = _SESSION.search(text)
    if not match:
        return "", text
    level = _LEVEL.findall(text, 0, match.start())
    between = "闭会" * ("闭会" in text)
    which = f"{arabic(match[1])}.{arabic(match[2]) if match[2] else ''}{between}"
    return level[-1] if level else "", which


def is_one_session(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two signs can mean one session: what one of them does not tell does not part them."""
    return one[1] == other[1] and (not one[0] or not other[0] or one[0] == other[0])


def subject_sign(subject: str) -> str:
    """案由 without marks, 关于 and 的建议."""
    return _AROUND_SUBJECT.sub("", _QUOTES.sub("", without_white(subject)))


def proposal_signs(proposal: Proposal) -> list[str]:
    """What a key is derived from: kind, session and number of a proposal."""
    number = number_sign(proposal.proposal_number)
    return [proposal.kind, *session_sign(proposal.session), number]
