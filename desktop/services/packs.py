"""会办包: a Word file for each unit that is asked, written safely; from then on it is 已发出.

As with a letter, `prepare_packs` may be done by any thread and needs no library; what is entered
afterwards is the journal's entry, whose state is what a returned package is set against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from db.queries import proposers_elsewhere
from desktop.errors import LibraryError
from desktop.letter.model import Assignment, Case
from desktop.letter.pack import pack_case, pack_sheet
from desktop.services.assignments import add_unit, assignment_named, mark_sent
from desktop.services.before_leaving import Finding, find_in
from desktop.services.cases import find_case, save_case
from desktop.services.exports import (
    WORD,
    PreparedExport,
    check_free,
    finish_export,
    proposal_name,
    target_path,
    word_file,
)
from desktop.services.files import file_name, write_draft
from desktop.services.library import writing


@dataclass(frozen=True, slots=True)
class PackWritten:
    """A 会办包 that lies ready to be sent: its unit, by when it is wanted, what in it should
    perhaps not leave, and whether the unit was `added` to the case by it."""

    path: Path
    unit: str
    due_on: date | None
    findings: tuple[Finding, ...]
    added: bool = False


def write_packs(
    reference: str,
    units: Sequence[str],
    folder: Path,
    today: date,
    *,
    session: str = "",
    overwrite: bool = False,
) -> list[PackWritten]:
    """Write the 会办包 of these units (none: of all) into `folder`, enter them in the journal and
    mark them as sent `today`. A unit the case does not have yet is added, asked about all of it.

    Raises `FuhanError` where one of them cannot be written; nothing has then changed. (Only where
    disk or library fail after that, those before it are out, entered and marked.)
    """
    case = find_case(reference, session)
    units = [" ".join(unit.split()) for unit in units]
    asking = _with_units(case, units)
    keys = [a.key for a in asking.assignments if not units or a.unit in units]
    added = {a.key for a in asking.assignments} - {a.key for a in case.assignments}
    prepared = prepare_packs(asking, keys, folder, today, overwrite=overwrite)
    try:
        for pack in prepared:
            with writing():
                save_case(case, pack.case)
                finish_export(pack)
            case = pack.case
    except BaseException:
        _discard(prepared)
        raise
    sent = [_named(case, key) for key in keys]
    return [
        PackWritten(
            pack.draft.path,
            one.unit,
            one.due_on,
            findings(case, [one.key], today),
            one.key in added,
        )
        for pack, one in zip(prepared, sent, strict=True)
    ]


def prepare_packs(
    case: Case, keys: Iterable[str], folder: Path, today: date, *, overwrite: bool = False
) -> tuple[PreparedExport, ...]:
    """The 会办包 of the units whose assignments have these keys, each on disk beside its name.

    The `case` of each has it and those before it sent `today`, and due in a month where nothing was
    agreed; `exports.finish_export` enters it. Raises `ComposeError`, `LibraryError` where the case
    is issued, and `OutputError`; nothing is then left behind.
    """
    if case.issue:
        raise LibraryError("这份卷宗已定稿，没有写会办包，卷宗没有改动，要请单位会办请先重新起草。")
    prepared: list[PreparedExport] = []
    try:
        for key in keys:
            prepared.append(_prepared(case, key, folder, today, overwrite=overwrite))
            case = prepared[-1].case
    except BaseException:
        _discard(prepared)
        raise
    return tuple(prepared)


def _prepared(
    case: Case, key: str, folder: Path, today: date, *, overwrite: bool
) -> PreparedExport:
    sent = mark_sent(case, key, today)
    packed = _packed(sent, key, today)
    path = target_path(pack_path(case, key, folder), packed, WORD)
    check_free(path, overwrite=overwrite)
    data = word_file(pack_sheet(packed), packed, sent, False, assignment=key)
    return PreparedExport(sent, packed, False, overwrite, write_draft(path, data))


def _discard(prepared: Iterable[PreparedExport]) -> None:
    for pack in prepared:
        pack.discard()


def pack_path(case: Case, key: str, folder: Path) -> Path:
    """Where its file stands: 会办包（区财政局）关于第2025118号提案.docx."""
    unit = _named(case, key).unit
    return folder / file_name(f"会办包（{unit}）{proposal_name(case)}", WORD.suffix)


def findings(case: Case, keys: Iterable[str], today: date) -> tuple[Finding, ...]:
    """What is printed in these 会办包 and should perhaps not leave, as `before_leaving` has it.

    Each is told once a place. Raises as `prepare_packs`.
    """
    elsewhere = proposers_elsewhere([p.key for p in case.proposals])
    packed = [_packed(case, key, today) for key in keys]
    found = (find_in(pack_sheet(one), one, elsewhere, today) for one in packed)
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _packed(case: Case, key: str, today: date) -> Case:
    return pack_case(case, _named(case, key), today)


def _named(case: Case, key: str) -> Assignment:
    if assignment := assignment_named(case, key):
        return assignment
    raise LibraryError("这个会办单位已经移除，没有写会办包，卷宗没有改动，请另选一个单位。")


def _with_units(case: Case, units: Sequence[str]) -> Case:
    if not case.assignments and not units:
        raise LibraryError("这份卷宗还没有会办单位，没有写会办包，请先在“会办”里添加。")
    if not all(units):
        raise LibraryError("会办单位的名称是空的，没有写会办包，卷宗没有改动，请写明单位名称。")
    for unit in dict.fromkeys(units):
        if all(assignment.unit != unit for assignment in case.assignments):
            case = add_unit(case, unit)
    return case
