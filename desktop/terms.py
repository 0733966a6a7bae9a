"""What a handler reads for the values that are stored: the office's Chinese terms."""

from db.enums import (
    DisclosureKind,
    FieldState,
    Form,
    Head,
    LetterKind,
    Outcome,
    ProposalKind,
    RevisionReason,
    Role,
)

PROPOSAL_KINDS = {ProposalKind.CPPCC: "政协提案", ProposalKind.NPC: "人大建议"}
LETTER_KINDS = {LetterKind.REPLY: "答复", LetterKind.OPINION: "会办意见"}
ROLES = {
    Role.LEAD: "主办",
    Role.CO_HANDLING: "会办",
    Role.SEPARATE: "分办",
    Role.SOLE: "独办",
}
FORMS = {Form.NARRATIVE: "叙述式", Form.RESULT_LIST: "清单式"}
HEADS = {Head.LETTER: "信函格式", Head.PREPRINTED: "套打", Head.PLAIN: "无版头"}
OUTCOMES = {
    Outcome.DONE: "当年完成",
    Outcome.UNDER_WAY: "当年推动",
    Outcome.PENDING: "明年待落实",
    Outcome.NOT_ADOPTED: "不能采纳",
}
DISCLOSURE_KINDS = {
    DisclosureKind.OPEN: "主动公开",
    DisclosureKind.ON_REQUEST: "依申请公开",
    DisclosureKind.CLOSED: "不予公开",
}
REVISION_REASONS = {
    RevisionReason.IMPORT: "导入",
    RevisionReason.REPLACE: "替换前",
    RevisionReason.EXPORT: "导出",
    RevisionReason.ISSUE: "定稿前",
    RevisionReason.MANUAL: "手动保存",
    RevisionReason.REOPEN: "重新起草前",
    RevisionReason.RESTORE: "恢复前",
    RevisionReason.AUTOMATIC: "自动",
    RevisionReason.MERGE: "收回来稿前",
}
FIELD_STATES = {FieldState.COMPOSED: "自动", FieldState.OWN: "自拟", FieldState.ABSENT: "不印"}
FIELDS = {
    "document_number": "发文字号",
    "title": "标题",
    "salutation": "称谓",
    "opening": "开头",
    "closing": "结尾",
    "attachments": "附件",
    "signature": "署名",
    "date": "成文日期",
    "contact": "联系人",
    "copies": "抄送",
}
