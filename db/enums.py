"""The office's closed lists of words, as they are stored and written into a case file.

A value never changes once a library or a case file holds it. What a person reads for it stands in
`desktop.terms`; what the paper prints stands in the wordings or in `desktop.letter`.
"""

from enum import StrEnum


class ProposalKind(StrEnum):
    """提案 of a 政协委员, or 建议 of a 人大代表."""

    CPPCC = "cppcc"
    NPC = "npc"


class LetterKind(StrEnum):
    """答复 to the proposer, or our 会办意见 to the lead unit (主办单位)."""

    REPLY = "reply"
    OPINION = "opinion"


class Form(StrEnum):
    """叙述式 or 清单式."""

    NARRATIVE = "narrative"
    RESULT_LIST = "result-list"


class Head(StrEnum):
    """The dress of the first page: 信函格式, 套打 (same places, nothing red), or no head."""

    LETTER = "letter"
    PREPRINTED = "preprinted"
    PLAIN = "plain"


class Outcome(StrEnum):
    """A reply paragraph's place in the 办理结果清单, in the order of its rows."""

    DONE = "done"
    UNDER_WAY = "under_way"
    PENDING = "pending"
    NOT_ADOPTED = "not_adopted"


class FieldState(StrEnum):
    """A letter's field is composed from the wording, the handler's own text, or absent."""

    COMPOSED = "composed"
    OWN = "own"
    ABSENT = "absent"


class DisclosureKind(StrEnum):
    """公开属性: 主动公开, 依申请公开, 不予公开."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    CLOSED = "closed"


class Role(StrEnum):
    """A unit's part in a proposal: 主办, 会办（协办）, 分办, 独办 (reply-conventions 1)."""

    LEAD = "lead"
    CO_HANDLING = "co_handling"
    SEPARATE = "separate"
    SOLE = "sole"


class RevisionReason(StrEnum):
    """Why a state (版本) of a case was kept."""

    IMPORT = "import"
    REPLACE = "replace"
    EXPORT = "export"
    ISSUE = "issue"
    MANUAL = "manual"
    REOPEN = "reopen"
    RESTORE = "restore"
    AUTOMATIC = "automatic"
    MERGE = "merge"


class PassageKind(StrEnum):
    """What a piece of an earlier letter is: 案由, 建议, 补充说明, a paragraph of the 答复."""

    SUBJECT = "subject"
    SUGGESTION = "suggestion"
    ELABORATION = "elaboration"
    PARAGRAPH = "paragraph"
