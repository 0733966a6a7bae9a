"""Letters that leave: printed, compared with the case, written safely, entered in the journal."""

import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from db import models
from db.enums import Form, Head, LetterKind, RevisionReason
from desktop.errors import ComposeError, OutputError
from desktop.letter.blocks import Sheet
from desktop.letter.compose import compose, freeze
from desktop.letter.model import Case, Issue
from desktop.letter.sheet import lay_out
from desktop.services import revisions
from desktop.services.cases import find_letter, numbers, subject
from desktop.services.files import file_name, write_file
from desktop.services.records import read_case, write_case
from desktop.services.rows import LetterExported


@dataclass(frozen=True, slots=True)
class Settings:
    """How a letter is printed this once; None leaves the case's own setting."""

    form: Form | None = None
    wording: str | None = None
    head: Head | None = None
    layout: str | None = None

    def applied(self, case: Case) -> Case:
        """`case` with these settings."""
        return replace(
            case,
            form=self.form or case.form,
            wording=self.wording or case.wording,
            head=self.head or case.head,
            layout=self.layout or case.layout,
        )


def export_case(
    reference: str,
    target: Path,
    today: date,
    *,
    session: str = "",
    settings: Settings = Settings(),
    final: bool = False,
    overwrite: bool = False,
) -> LetterExported:
    """Print the case and write the .docx to `target`, a file or a folder.

    `final` issues the case (定稿) with these settings: its text is frozen and the copy carries
    nothing but the letter. An issued case leaves as it was issued; in other settings it leaves as
    a working copy. Raises `ComposeError`, `LibraryError`, `OutputError`; then nothing has changed,
    neither the library nor the file. (Only should the library's commit fail after the file has
    taken its name, the file stands and the journal does not know it.)
    """
    letter = find_letter(reference, session)
    case = read_case(letter)
    printed = settings.applied(case)
    if final and case.issue and printed != case:
        raise ComposeError(
            "这份卷宗已按别的形式定稿，没有改动，也没有导出；去掉 --final 可以另打一份工作稿。"
        )
    if final and not case.issue:
        printed = freeze(printed, Issue(today))
    final = bool(printed.issue) and (final or printed == case)
    path = _path(target, printed)
    if os.path.lexists(path) and not overwrite:
        raise OutputError(f"“{path}”已经存在，没有覆盖它，请换一个名字，或加 --overwrite。")
    data = _docx(printed, case, today, final=final)
    with models.Letter._meta.database.atomic("IMMEDIATE"):
        if final and not case.issue:
            revisions.record(letter, case, RevisionReason.ISSUE)
            letter = write_case(printed, letter)
        _enter(letter, printed, path, final=final)
        write_file(path, data)  # last: a refused write takes the journal entry back with it
    return LetterExported(path, final)


def letter_name(case: Case) -> str:
    """The name a letter goes by: 关于第2025118号提案的答复."""
    kind = "会办意见" if case.kind is LetterKind.OPINION else "答复"
    paper = {"cppcc": "提案", "npc": "建议"}[case.proposals[0].kind]
    if numbers(case):
        return f"关于第{numbers(case)}号{paper}的{kind}"
    return f"关于《{subject(case)}》的{kind}" if subject(case) else f"{paper}{kind}"


def _path(target: Path, case: Case) -> Path:
    try:
        return _checked_path(target, case)
    except OSError as error:  # a name no system takes
        raise OutputError("目标的名字太长或不合规则，没有导出，请换一个。") from error


def _checked_path(target: Path, case: Case) -> Path:
    if target.is_dir() or not target.suffix:
        if not target.is_dir():
            raise OutputError(f"没有“{target}”这个文件夹，没有导出，请先建好或换一个。")
        return target / file_name(letter_name(case), ".docx")
    if target.suffix.lower() != ".docx":
        raise OutputError(
            f"只能导出为 .docx，“{target.name}”不是，没有导出，请改用 .docx 结尾的名字。"
        )
    if not target.parent.is_dir():
        raise OutputError(f"没有“{target.parent}”这个文件夹，没有导出，请先建好或换一个。")
    return target


def _docx(printed: Case, case: Case, today: date, *, final: bool) -> bytes:
    """The .docx, opened again and found to say what the case says."""
    from desktop.letter.writer import sheet_docx  # python-docx, 0.1 s: only when needed

    if printed.head is Head.LETTER and not printed.office.full_name:
        raise ComposeError(
            "还没有填写本单位全称，红色版头印不出来，没有导出，请先填写，或改用 --head plain。"
        )
    sheet = lay_out(compose(printed, today))
    data = sheet_docx(sheet, printed, final=final, settings=case)
    _check_text(data, sheet)
    return data


def _check_text(data: bytes, sheet: Sheet) -> None:
    from desktop.letter.page import read_docx

    written = Counter(line.text for line in read_docx(data).lines if line.text)
    meant = Counter(line.text for line in sheet.lines() if line.text)
    if written != meant:
        raise RuntimeError("the written file does not say what the case says")


def _enter(letter: models.Letter, case: Case, path: Path, *, final: bool) -> None:
    """The journal: which state left, as which file, with a digest of every reply."""
    state = revisions.record(letter, read_case(letter), RevisionReason.EXPORT)
    entry = models.Export.create(
        letter=letter, revision=state, made_at=datetime.now(), file_name=path.name, final=final
    )
    for reply in case.replies:
        models.ExportedReply.create(export=entry, reply_key=reply.key, sha256=reply.sha256)
