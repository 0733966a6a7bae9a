"""Letters that leave: printed, compared with the case, written safely, entered in the journal."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from db import models
from db.enums import Form, Head, LetterKind, RevisionReason
from desktop.errors import IssuedOtherwiseError, OutputError, TargetExistsError
from desktop.letter.blocks import Sheet
from desktop.letter.compose import freeze
from desktop.letter.model import Case, Issue
from desktop.services import revisions
from desktop.services.cases import enter_issue, find_case, numbers, subject
from desktop.services.files import Draft, file_name, write_draft
from desktop.services.letters import sheet_of
from desktop.services.library import writing
from desktop.services.loading import letter_of
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


@dataclass(frozen=True, slots=True)
class Printer:
    """What a letter leaves as: `suffix` of its file, what makes the file, and what the file's name
    says besides (`label`).

    `print_sheet` takes the sheet, the case it shows, the case with its own settings, and whether
    it is the final copy; the file it returns was compared with the sheet.
    """

    suffix: str
    print_sheet: Callable[[Sheet, Case, Case, bool], bytes]
    label: str = ""


@dataclass(frozen=True, slots=True)
class PreparedExport:
    """A letter printed, checked and safe on disk, still without its name.

    `case` is the case it was made of, `printed` the same in the export's settings and frozen if it
    is issued with it; `final` says whether it is the final copy.
    """

    case: Case
    printed: Case
    final: bool
    overwrite: bool
    draft: Draft

    @property
    def issues(self) -> bool:
        """Whether the case is issued (定稿) by this export."""
        return bool(self.printed.issue) and not self.case.issue

    def discard(self) -> None:
        """Leave no trace of it."""
        self.draft.discard()


def word_file(
    sheet: Sheet,
    printed: Case,
    case: Case,
    final: bool,
    *,
    revised_at: datetime | None = None,
    assignment: str = "",
) -> bytes:
    """The .docx, opened again and found to say what the case says; for a `Printer`.

    `revised_at`: when the changes were made that `sheet` shows, if it is a redline (修订).
    `assignment`: the key of the unit's part, if it is a 会办包.
    """
    from desktop.letter.writer import sheet_docx  # python-docx, 0.1 s: only when needed

    data = sheet_docx(
        sheet, printed, final=final, settings=case, revised_at=revised_at, assignment=assignment
    )
    _check_text(data, sheet)
    return data


def _check_text(data: bytes, sheet: Sheet) -> None:
    from desktop.letter.pages.page import read_docx

    written = Counter(line.text for line in read_docx(data).lines if line.text)
    lines = "\n".join(line.text for line in sheet.lines())  # a redline's title is one line
    meant = Counter(filter(None, lines.split("\n")))
    if written != meant:
        raise RuntimeError("the written file does not say what the case says")


WORD = Printer(".docx", word_file)


def export_case(
    reference: str,
    target: Path,
    today: date,
    *,
    session: str = "",
    settings: Settings = Settings(),
    final: bool = False,
    overwrite: bool = False,
    printer: Printer = WORD,
) -> LetterExported:
    """Find the case, print it and write the file: `prepare_export`, then `finish_export`."""
    case = find_case(reference, session)
    return finish_export(
        prepare_export(
            case, target, today, settings, final=final, overwrite=overwrite, printer=printer
        )
    )


def prepare_export(
    case: Case,
    target: Path,
    today: date,
    settings: Settings = Settings(),
    *,
    final: bool = False,
    overwrite: bool = False,
    printer: Printer = WORD,
) -> PreparedExport:
    """Print the case and write it beside `target`, a file or a folder; any thread may do this.

    `final` issues the case (定稿) with these settings: its text is frozen and the copy carries
    nothing but the letter. An issued case leaves as it was issued; in other settings it leaves as
    a working copy. Raises `ComposeError` and `OutputError`; nothing is then left behind.
    """
    printed = settings.applied(case)
    if final and case.issue and printed != case:
        raise IssuedOtherwiseError(
            "这份卷宗已按别的形式定稿，没有改动，也没有导出；可以不作定稿，另打一份工作稿。"
        )
    if final and not case.issue:
        printed = freeze(printed, Issue(today))
    final = bool(printed.issue) and (final or printed == case)
    path = target_path(target, printed, printer)
    check_free(path, overwrite=overwrite)
    data = printer.print_sheet(sheet_of(printed, today), printed, case, final)
    draft = write_draft(path, data)
    return PreparedExport(case, printed, final, overwrite, draft)


def finish_export(prepared: PreparedExport) -> LetterExported:
    """Enter the letter in the journal, issue the case if it is to be, give the file its name.

    Raises `LibraryError` and `OutputError`; then nothing has changed, neither the library nor the
    file. (Only should the library's commit fail after the file has taken its name, the file stands
    and the journal does not know it.)
    """
    path = prepared.draft.path
    try:
        with writing():
            check_free(path, overwrite=prepared.overwrite)
            if prepared.issues:
                enter_issue(prepared.case, prepared.printed)
            _enter(prepared)
            prepared.draft.take_name()  # last: a refusal takes the journal entry back with it
    except BaseException:
        prepared.discard()
        raise
    return LetterExported(path, prepared.final)


def export_name(case: Case, suffix: str = ".docx") -> str:
    """The file name a letter leaves under: 关于第2025118号提案的答复.docx."""
    return file_name(letter_name(case), suffix)


def letter_name(case: Case) -> str:
    """The name a letter goes by: 关于第2025118号提案的答复."""
    kind = "会办意见" if case.kind is LetterKind.OPINION else "答复"
    paper = proposal_name(case)
    return f"{paper}的{kind}" if paper.startswith("关于") else f"{paper}{kind}"


def proposal_name(case: Case) -> str:
    """What a letter is about: 关于第2025118号提案, without a number its 案由."""
    paper = {"cppcc": "提案", "npc": "建议"}[case.proposals[0].kind]
    if numbers(case):
        return f"关于第{numbers(case)}号{paper}"
    return f"关于《{subject(case)}》" if subject(case) else paper


def exported_states(key: str) -> list[int]:
    """The states (版本) of the case with this key that left, by number, the last to leave first."""
    sent: Any = models.Export.select().where(models.Export.letter == letter_of(key))
    return [row.revision_id for row in sent.order_by(models.Export.id.desc())]


def target_path(target: Path, case: Case, printer: Printer) -> Path:
    """The file that `case` is written to by `printer`: `target` or, where that is a folder, a good
    name in it. Raises `OutputError` where it cannot be."""
    try:
        return _checked_path(target, case, printer)
    except OSError as error:  # a name no system takes
        raise OutputError("目标的名字太长或不合规则，没有导出，请换一个。") from error


def _checked_path(target: Path, case: Case, printer: Printer) -> Path:
    suffix = printer.suffix
    if target.is_dir() or not target.suffix:
        if not target.is_dir():
            raise OutputError(f"没有“{target}”这个文件夹，没有导出，请先建好或换一个。")
        return target / export_name(case, printer.label + suffix)
    if target.suffix.lower() != suffix:
        raise OutputError(
            f"只能导出为 {suffix}，“{target.name}”不是，没有导出，请改用 {suffix} 结尾的名字。"
        )
    if not target.parent.is_dir():
        raise OutputError(f"没有“{target.parent}”这个文件夹，没有导出，请先建好或换一个。")
    return target


def check_free(path: Path, *, overwrite: bool) -> None:
    """Raise `TargetExistsError` where a file stands that is not to be overwritten."""
    if os.path.lexists(path) and not overwrite:
        raise TargetExistsError(f"“{path}”已经存在，没有覆盖它，请换一个名字。")


def _enter(prepared: PreparedExport) -> None:
    """The journal: which state left, as which file, with a digest of every reply."""
    letter = letter_of(prepared.case.key)
    state = revisions.record(
        letter, prepared.printed if prepared.issues else prepared.case, RevisionReason.EXPORT
    )
    entry = models.Export.create(
        letter=letter,
        revision=state,
        made_at=datetime.now(),
        file_name=prepared.draft.path.name,
        final=prepared.final,
    )
    for reply in prepared.printed.replies:
        models.ExportedReply.create(export=entry, reply_key=reply.key, sha256=reply.sha256)
