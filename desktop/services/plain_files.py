"""Everything as plain text (全部导出为纯文本): a file a case, readable without this program.

UTF-8 with a byte order mark and CRLF: what an old Notepad, Word and WPS open without asking.

    index.txt               what is where, and the facts of our office
    2025118 关于….txt        a case: its facts, every reply, the letter as it prints
    版本/2025118 关于….txt   its older states (版本), the newest first
    回收站/                  the deleted cases, in the same order
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from db import models
from db.queries import CaseRow, case_rows
from desktop import terms
from desktop.errors import ComposeError, FuhanError, LibraryError, OutputError
from desktop.letter.model import Case, Office, Proposal, Reply, Suggestion
from desktop.services import assignments
from desktop.services.case_list import state_of
from desktop.services.files import file_name, write_draft
from desktop.services.letters import category_schemes, sheet_of
from desktop.services.loading import read_case, rows
from desktop.services.offices import our_office
from desktop.services.revisions import case_of

INDEX, STATES, TRASH = "index.txt", "版本", "回收站"


@dataclass(slots=True)
class _Shelf:
    """A folder of cases: the names that are taken in it, and its lines of the index."""

    folder: Path
    taken: set[str] = field(default_factory=lambda: {INDEX})
    index: list[str] = field(default_factory=list)


def write_all(folder: Path, today: date) -> Iterator[Path]:
    """Write every case of the open library into `folder`, then the index; yields each file written.

    A file of the same name is replaced, whole or not at all. A case or a state that cannot be read
    is named where it would stand, with its sentence, and the others follow. Raises `OutputError`.
    """
    there, deleted = _Shelf(folder), _Shelf(folder / TRASH)
    for shelf in (there, deleted):
        for row in case_rows(deleted=shelf is deleted):
            yield from _write_case(shelf, row, today)
    head = f"复函文库的全部卷宗，{today:%Y-%m-%d} 导出，共 {len(there.index)} 份"
    trash = ["", f"{TRASH}，{len(deleted.index)} 份", *deleted.index] if deleted.index else []
    ours = our_office()
    facts = _office(ours, "本单位") if ours else ()
    yield _write(folder / INDEX, [head, *facts, "", *there.index, *trash])


def _write_case(shelf: _Shelf, row: CaseRow, today: date) -> Iterator[Path]:
    """The file of a case, and the one of its older states if it has any."""
    letter: Any = models.Letter.get(models.Letter.key == row.key)
    name, case = _free_name(row, shelf.taken), None
    try:
        case = read_case(letter)
        yield _write(shelf.folder / name, [case_text(case, today), *_journal(letter)])
        said = name
    except LibraryError as error:
        said = str(error)
    state = f"{_moment(letter.deleted_at)} 删除" if letter.deleted_at else state_of(row).value
    facts = (row.proposal_number or "无编号", state, row.subject, row.proposer, said)
    shelf.index.append("\t".join(facts))
    if states := list(_states(letter, case)):
        yield _write(shelf.folder / STATES / name, states)


def _states(letter: models.Letter, case: Case | None) -> Iterator[str]:
    """The states that differ from what came after them or bear a name, the newest first.

    The original of the proposal stands with the first that has it.
    """
    kept: Any = models.Revision.select().where(models.Revision.letter == letter)
    after, original = (summary(case), _originals(case)) if case else ([], [])
    for state in kept.order_by(models.Revision.id.desc()).iterator():
        try:
            was = case_of(state)
            lines, told = summary(was), _originals(was)
        except FuhanError as error:
            lines, told = [str(error)], original
        if (lines, told) != (after, original) or state.name:
            reason = terms.REVISION_REASONS.get(state.reason, state.reason)
            yield f"═══ {_moment(state.made_at)} {reason} {state.name}".rstrip()
            yield from (*lines, *([] if told == original else told), "")
        after, original = lines, told


def _journal(letter: models.Letter) -> Iterator[str]:
    """What left and what came back, when, as which file."""
    sent = rows(models.Export.letter, letter)
    if sent:
        yield from ("", "导出记录")
    for row in sent:
        yield f"  {_moment(row.made_at)} {row.file_name}{' 定稿' if row.final else ''}"
    received = rows(models.Returned.letter, letter)
    if received:
        yield from ("", "来稿记录")
    for row in received:
        yield f"  {_moment(row.received_at)} {row.file_name} {row.author}".rstrip()


def _moment(at: object) -> str:
    """To the second; a damaged one as it stands."""
    return str(at)[:19]


def case_text(case: Case, today: date) -> str:
    """A case for a person's eye: its facts, the letter as it prints, the original it answers."""
    try:
        sheet = sheet_of(case, today)
        lines = [line.text for line in sheet.lines()]
        letter = [sheet.mark, sheet.category.text if sheet.category else "", *lines]
    except ComposeError as error:
        letter = [str(error)]
    return "\n".join([*summary(case), "", "函件全文", "", *letter, *_originals(case)])


def _originals(case: Case) -> list[str]:
    texts = [proposal.original for proposal in case.proposals if proposal.original]
    return [line for text in texts for line in ("", "提案原文", "", text)]


def summary(case: Case) -> list[str]:
    """The facts of a case as lines: what it answers, every reply with its outcomes, every field."""
    suggestions = {s.key: s for s in case.suggestions()}
    lines = [line for proposal in case.proposals for line in _proposal(proposal)]
    lines += [*_settings(case), ""]
    placed = {key for reply in case.replies for key in reply.suggestions}
    nowhere = [Reply("", (key,)) for key in suggestions if key not in placed]
    for reply in (*case.replies, *nowhere):
        lines += _reply(reply, suggestions)
    lines.append("函件")
    for name, label in terms.FIELDS.items():
        field = getattr(case.fields, name)
        text = field.text.replace("\n", " / ")
        lines.append(f"  {label}（{terms.FIELD_STATES[field.state]}）{text}")
    return [*lines, *_co_handling(case)]


def _co_handling(case: Case) -> Iterator[str]:
    """The units that are asked, and what colleagues remarked."""
    for one in case.assignments:
        yield f"{terms.ROLES[one.role]}单位 {assignments.line(case, one)}"
    places = terms.FIELDS | {reply.key: "答复" for reply in case.replies}
    for note in case.notes:
        done = "［处理好了］" if note.done else ""
        quoted = f"“{note.quoted}”" if note.quoted else ""
        facts = (note.author, note.at, places.get(note.place, ""), quoted)
        said = f"{' '.join(filter(None, facts))}：{note.text}".replace("\n", " / ")
        yield f"批注 {done}{said}"


def _proposal(proposal: Proposal) -> list[str]:
    number = f"第{proposal.proposal_number}号" if proposal.proposal_number else "无编号"
    return [
        f"{number} {proposal.subject}".strip(),
        f"  {terms.PROPOSAL_KINDS[proposal.kind]}  {proposal.session}",
        f"  提案人 {'、'.join(p.name for p in proposal.proposers) or '未识别'}",
    ]


def _settings(case: Case) -> Iterator[str]:
    yield (
        f"键 {case.key}  {terms.LETTER_KINDS[case.kind]}"
        f"  {terms.FORMS[case.form]}  {terms.HEADS[case.head]}"
        + (f"  已定稿 {case.issue.on.isoformat()} {case.issue.by}".rstrip() if case.issue else "")
    )
    yield from _office(case.office, "承办单位")
    if case.lead_unit:
        yield f"主办单位 {case.lead_unit}"
    if case.category:
        scheme = category_schemes().get(case.category.scheme)
        label = scheme.label if scheme else case.category.scheme
        yield f"办理结果类别 {label} {case.category.grade}"
    if case.disclosure:
        kind = terms.DISCLOSURE_KINDS[case.disclosure.kind]
        yield f"公开属性 {kind} {case.disclosure.reason}".rstrip()


def _office(office: Office, label: str) -> Iterator[str]:
    """All that is known of a bureau."""
    facts = filter(None, (getattr(office, name) for name in Office.__dataclass_fields__))
    yield f"{label} {'，'.join(facts)}"


def _reply(reply: Reply, suggestions: dict[str, Suggestion]) -> list[str]:
    mine = [suggestions[key] for key in reply.suggestions]
    labels = "、".join(s.label for s in mine)
    lines = [f"建议{labels}及其答复" if mine else "总的说明"]
    for suggestion in mine:
        lines.append(f"  建议{suggestion.label}：{suggestion.text}")
        lines += [f"    {line}" for line in filter(None, suggestion.elaboration.split("\n"))]
    for paragraph in reply.paragraphs:
        mark = f"［{terms.OUTCOMES[paragraph.outcome]}］" if paragraph.outcome else ""
        lines.append(f"  {mark}{'（接上段）' if paragraph.runs_on else ''}{paragraph.text}")
    if not reply.paragraphs:
        lines.append("  （未答复）")
    return [*lines, ""]


def _free_name(row: CaseRow, taken: set[str]) -> str:
    """By number and subject, and by its key where that name is another's already."""
    stem = f"{row.proposal_number} {row.subject}".strip()
    name = file_name(stem, ".txt")
    if name.lower() in taken:  # some systems know no capitals
        name = file_name(f"{row.key} {stem}", ".txt")
    taken.add(name.lower())
    return name


def _write(path: Path, lines: Iterable[str]) -> Path:
    text = "\n".join(lines)
    data = ("\ufeff" + text.replace("\n", "\r\n") + "\r\n").encode(errors="replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{path.parent}”，没有往里面导出，请换一个地方。") from error
    write_draft(path, data).take_name()
    return path
