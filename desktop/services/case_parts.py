"""A case as the parts a handler reads, in the order of the window's pages; for `comparison`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.enums import LetterKind
from desktop import terms
from desktop.letter.model import Case, Office, Paragraph, Proposal, Reply, Suggestion
from desktop.services import assignments, letters, notes

BASICS, REPLIES, LETTER, CO_HANDLING = "基本信息", "建议与答复", "函件", "会办"
OFFICE_FACTS = {
    "full_name": "单位全称",
    "short_name": "单位简称",
    "own_word": "自称",
    "region_word": "地区自称",
    "document_prefix": "机关代字",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
}
_LEVELS = ("", "小标题", "次级小标题")


@dataclass(frozen=True, slots=True)
class CasePart:
    """A field, a suggestion, a paragraph …; `key` is the same in every state of one case.

    `group` is its page, `parent` the card (答复) it stands on, `mark` what is set on it besides
    its text (去向). `heading` says that it is such a card's head.
    """

    key: str
    group: str
    label: str
    text: str
    mark: str = ""
    parent: str = ""
    heading: bool = False


def parts_of(case: Case, today: date) -> list[CasePart]:
    """The parts of a case that say something."""
    parts = (*_basics(case), *_replies(case), *_letter(case, today), *_co_handling(case))
    return [part for part in parts if part.text or part.mark]


def _basics(case: Case) -> Iterator[CasePart]:
    for number, proposal in enumerate(case.proposals, 1):
        named = f"提案{number} " if len(case.proposals) > 1 else ""
        for fact, label, text in _facts(proposal):
            yield CasePart(f"{proposal.key} {fact}", BASICS, named + label, text)
    yield CasePart("kind", BASICS, "种类", terms.LETTER_KINDS[case.kind])
    if case.kind is LetterKind.OPINION:
        yield CasePart("lead_unit", BASICS, "主办单位", case.lead_unit)
    for fact in Office.__dataclass_fields__:
        yield CasePart(fact, BASICS, OFFICE_FACTS[fact], getattr(case.office, fact))


def _facts(proposal: Proposal) -> Iterator[tuple[str, str, str]]:
    yield "kind", "类型", terms.PROPOSAL_KINDS[proposal.kind]
    yield "proposal_number", "编号", proposal.proposal_number
    yield "session", "届次", proposal.session
    yield "subject", "案由", proposal.subject
    yield "proposers", "提案人", "、".join(proposer.name for proposer in proposal.proposers)


def _replies(case: Case) -> Iterator[CasePart]:
    left = {suggestion.key: suggestion for suggestion in case.suggestions()}
    for reply in case.replies:
        mine = [left.pop(key) for key in reply.suggestions if key in left]
        yield from _reply(reply, mine)
    for suggestion in left.values():  # a damaged state: still to be read
        yield from _suggestion(suggestion, "")


def _reply(reply: Reply, mine: list[Suggestion]) -> Iterator[CasePart]:
    named = f"建议{'、'.join(s.label for s in mine)}及其答复" if mine else "总的说明"
    yield CasePart(reply.key, REPLIES, "", named, heading=True)
    for suggestion in mine:
        yield from _suggestion(suggestion, reply.key)
    for paragraph in reply.paragraphs:
        yield CasePart(paragraph.key, REPLIES, "答复", paragraph.text, _mark(paragraph), reply.key)


def _suggestion(suggestion: Suggestion, parent: str) -> Iterator[CasePart]:
    key, label = suggestion.key, f"建议{suggestion.label}"
    yield CasePart(key, REPLIES, label, suggestion.text, parent=parent)
    yield CasePart(f"{key} more", REPLIES, "补充说明", suggestion.elaboration, parent=parent)


def _mark(paragraph: Paragraph) -> str:
    said = (
        terms.OUTCOMES[paragraph.outcome] if paragraph.outcome else "",
        _LEVELS[paragraph.level],
        "接上段" if paragraph.runs_on else "",
    )
    return "，".join(filter(None, said))


def _letter(case: Case, today: date) -> Iterator[CasePart]:
    for name, label, text in _prints(case):
        yield CasePart(name, LETTER, label, text)
    for name, field in letters.field_texts(case, today).items():
        state = terms.FIELD_STATES[field.state]
        yield CasePart(f"field {name}", LETTER, terms.FIELDS[name], field.text, state)
    if case.issue:
        by = f"，签发人{case.issue.by}" if case.issue.by else ""
        yield CasePart("issue", LETTER, "定稿", f"{case.issue.on.isoformat()}{by}")


def _co_handling(case: Case) -> Iterator[CasePart]:
    for one in case.assignments:
        role = terms.ROLES[one.role]
        yield CasePart(one.key, CO_HANDLING, role, assignments.line(case, one))
    for note in case.notes:
        said = "，".join(filter(None, (notes.signed(note), "处理好了" if note.done else "")))
        text = f"“{note.quoted}”：{note.text}" if note.quoted else note.text
        yield CasePart(note.key, CO_HANDLING, "批注", text, said)


def _prints(case: Case) -> Iterator[tuple[str, str, str]]:
    yield "form", "形式", terms.FORMS[case.form]
    yield "head", "版头", terms.HEADS[case.head]
    yield "wording", "写法", letters.wordings().get(case.wording, case.wording)
    yield "layout", "版面", letters.layouts().get(case.layout, case.layout)
    yield "sealed", "用印", "加盖印章" if case.sealed else "不加盖印章"
    if case.category:
        yield "category", "办理类别", case.category.grade
    if case.disclosure:
        word = terms.DISCLOSURE_KINDS[case.disclosure.kind]
        yield "disclosure", "公开属性", "：".join(filter(None, (word, case.disclosure.reason)))
