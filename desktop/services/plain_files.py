"""Everything as plain text (全部导出为纯文本): a file a case, readable without this program.

UTF-8 with a byte order mark and CRLF: what an old Notepad, Word and WPS open without asking.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop import terms
from desktop.errors import ComposeError, LibraryError, OutputError
from desktop.letter.model import Case, Proposal, Reply, Suggestion
from desktop.services.case_list import list_cases
from desktop.services.cases import numbers, subject
from desktop.services.files import file_name, write_draft
from desktop.services.letters import category_schemes, sheet_of
from desktop.services.loading import letter_of, read_case

INDEX = "index.txt"


def write_all(folder: Path, today: date) -> Iterator[Path]:
    """Write every case of the open library into `folder`, then the index; yields each file written.

    A file of the same name is replaced, whole or not at all. A case that cannot be read is named
    in the index with its sentence, and the others follow. Raises `OutputError`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{folder}”，没有导出，请换一个地方。") from error
    taken, index = {INDEX}, []
    for listed in list_cases():
        try:
            case = read_case(letter_of(listed.key))
        except LibraryError as error:
            index.append(f"{listed.proposal_number}\t{listed.subject}\t{error}")
            continue
        path = folder / _free_name(case, taken)
        yield _write(path, case_text(case, today))
        index.append(
            f"{listed.proposal_number or '无编号'}\t{listed.state.value}\t{listed.subject}"
            f"\t{listed.proposer}\t{path.name}"
        )
    head = f"复函文库的全部卷宗，{today:%Y-%m-%d} 导出，共 {len(index)} 份"
    yield _write(folder / INDEX, "\n".join([head, "", *index]))


def case_text(case: Case, today: date) -> str:
    """A case for a person's eye: its facts, then the letter as it prints."""
    try:
        sheet = sheet_of(case, today)
        lines = [line.text for line in sheet.lines()]
        letter = [sheet.mark, sheet.category.text if sheet.category else "", *lines]
    except ComposeError as error:
        letter = [str(error)]
    return "\n".join([*summary(case), "", "函件全文", "", *letter])


def summary(case: Case) -> list[str]:
    """The facts of a case as lines: what it answers, every reply with its outcomes, every field."""
    suggestions = {s.key: s for s in case.suggestions()}
    lines = [line for proposal in case.proposals for line in _proposal(proposal)]
    lines += [*_settings(case), ""]
    for reply in case.replies:
        lines += _reply(reply, suggestions)
    lines.append("函件")
    for name, label in terms.FIELDS.items():
        field = getattr(case.fields, name)
        text = field.text.replace("\n", " / ")
        lines.append(f"  {label}（{terms.FIELD_STATES[field.state]}）{text}")
    return lines


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
    if case.office.full_name:
        yield f"承办单位 {case.office.full_name}"
    if case.lead_unit:
        yield f"主办单位 {case.lead_unit}"
    if case.category:
        scheme = category_schemes().get(case.category.scheme)
        label = scheme.label if scheme else case.category.scheme
        yield f"办理结果类别 {label} {case.category.grade}"
    if case.disclosure:
        kind = terms.DISCLOSURE_KINDS[case.disclosure.kind]
        yield f"公开属性 {kind} {case.disclosure.reason}".rstrip()


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


def _free_name(case: Case, taken: set[str]) -> str:
    """By number and subject, and by its key where that name is another's already."""
    stem = f"{numbers(case)} {subject(case)}".strip()
    name = file_name(stem, ".txt")
    if name.lower() in taken:  # some systems know no capitals
        name = file_name(f"{case.key} {stem}", ".txt")
    taken.add(name.lower())
    return name


def _write(path: Path, text: str) -> Path:
    data = ("\ufeff" + text.replace("\n", "\r\n") + "\r\n").encode(errors="replace")
    write_draft(path, data).take_name()
    return path
