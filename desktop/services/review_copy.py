"""审核稿: the working copy for the chief, clean or with what changed since a state marked in it."""

from dataclasses import replace
from datetime import date, datetime

from desktop.errors import ComposeError, LibraryError
from desktop.letter.blocks import Sheet
from desktop.letter.model import Case
from desktop.services import revisions
from desktop.services.exports import Printer, exported_states, word_file
from desktop.services.letters import sheet_of
from desktop.services.redlining import count_changes, redlined

CLEAN = Printer(".docx", word_file, "（审核稿）")


def redline(before: Case, at: datetime) -> Printer:
    """Prints the .docx with what changed since `before`, a state of the case, as tracked changes
    (修订) of the office, made at `at`.

    It raises `ComposeError` where nothing changed, where only one of the two is 清单式, and for a
    final copy (定稿).
    """

    def print_sheet(sheet: Sheet, printed: Case, case: Case, final: bool) -> bytes:
        if final:
            raise ComposeError(
                "定稿不带修订痕迹，没有导出，卷宗没有改动；"
                "要标出修订请导出工作稿，已经定稿的先重新起草。"
            )
        marked = _marked(sheet, printed, before, at.date())
        return word_file(marked, printed, case, final, revised_at=at)

    return Printer(".docx", print_sheet, "（审核稿·修订）")


def count_since(before: Case, case: Case, today: date) -> int:
    """In how many lines `case` differs from `before`, a state of it; raises as `redline` does."""
    return count_changes(_marked(sheet_of(case, today), case, before, today))


def state_since(case: Case, number: int) -> Case:
    """The state of `case` (版本) with this `number`; with 0 the one that left last."""
    number = number or next(iter(exported_states(case.key)), 0)
    if not number:
        raise LibraryError(
            "这份卷宗还没有导出过，没有可以比较的一版，没有导出；"
            "请先导出一份干净的，或指明从哪个版本起。"
        )
    state = revisions.case_at(number)
    if state.key != case.key:
        raise LibraryError(
            f"第{number}号版本不是这份卷宗的，没有导出，文库没有改动，请核对版本号。"
        )
    return state


def _marked(sheet: Sheet, printed: Case, before: Case, today: date) -> Sheet:
    """The redline; only the words count: the older letter is put into the head of the newer."""
    try:
        older = sheet_of(replace(before, head=printed.head), today)
    except ComposeError as error:
        raise ComposeError(
            "那一版内容不全，印不出函件，标不出修订，没有导出，请另选一版。"
        ) from error
    marked = redlined(older, sheet)
    if not count_changes(marked):
        raise ComposeError(
            "与那一版相比，函件的文字没有改动，没有修订可标，没有导出；"
            "请另选一版，或导出干净的审核稿。"
        )
    return marked
