"""Promise 6: an export never destroys the file it replaces: that is there whole, or the new one."""

import errno
import os
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random

from docx import Document

from db import models
from db.enums import Head
from desktop.press import Press
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.services.exports import WORD, Printer, Settings, export_case
from desktop.services.letters import sheet_of
from desktop.services.library import library
from desktop.services.plain_files import write_all
from tests.cases import hard_case, plain_case
from tests.conftest import TODAY
from tests.faults.figures import Fault, Figures
from tests.faults.specimens import (
    at_step,
    attempt,
    failing,
    fresh,
    in_a_process,
    killed,
    seconds,
    small_disk,
)

CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EPERM, errno.EDQUOT)
STEPS = ((os, "open"), (os, "fdopen"), (os, "fsync"), (os, "chmod"), (os, "replace"))
HEADS = (Head.LETTER, Head.PLAIN)  # two letters of one case take turns at one path
KEY = hard_case().key
OTHER = with_new_keys(plain_case())  # the one that differs in plain text
_JOURNAL = re.compile("导出记录(.*\r\n)+".encode())  # its last line must be whole, too
Files = dict[str, bytes]
Deed = Callable[[Path, int], object]  # from the open library into a folder: the first, the second


def kills(folder: Path, tried: int, seed: int) -> Figures:
    """Exports as Word, as PDF and as plain text over what stands there, killed at random."""
    chance, found = Random(seed), Figures(tried=tried)
    out, deeds, whole = _stand(folder)
    lasting = [seconds(partial(_in_library, folder, deed, out, 0)) for deed in deeds.values()]
    ended = drafts = unknown = broken = 0
    for number in range(tried):
        which, turn = number % len(deeds), number // len(deeds) % 2
        name, deed = list(deeds.items())[which]
        before, entries = _files(out), _entries(folder)
        ended += not killed(
            partial(_in_library, folder, deed, out, turn), chance.uniform(0, lasting[which])
        )
        after = _files(out)
        found.destroyed += _destroyed(after, whole)
        for draft in out.rglob(".fuhan-*.tmp"):
            draft.unlink()
            drafts += 1
        more = _entries(folder) - entries
        found.lost += more > 0 and after[name] != whole[turn][name]  # the journal says too much
        unknown += name != "plain" and after.get(name) != before.get(name) and not more
        broken += _direct_save_destroys(folder / "direct.docx", whole, chance)
    found.note = (
        f"{ended} ended before; {drafts} drafts were left (the first export an hour later removes"
        f" them), {unknown} letters stood that the journal does not know"
    )
    found.twin = f"Document.save over the letter: {broken} of {tried} destroyed"
    return found


def failures(folder: Path, tried: int, seed: int) -> Figures:
    """The same with a disk, full or faulty, or a folder that vanishes, at each step; on a disk with
    room for some bytes; and where there is no right to write."""
    chance, found = Random(seed), Figures(tried=tried)
    out, deeds, whole = _stand(folder)
    refused = cut = 0
    with library(folder):
        for number in range(tried):
            name, deed = list(deeds.items())[number % len(deeds)]
            turn = number // len(deeds) % 2
            fresh(out, folder / "stands")
            entries = models.Export.select().count()
            happening = chance.choice(
                (partial(shutil.rmtree, out), *(failing(code) for code in CODES))
            )
            step = number // len(deeds) // 2 % 12 + 1
            disk: AbstractContextManager[None] = at_step(step, happening, *STEPS)
            if chance.random() < 0.3:
                disk = small_disk(chance.randrange(60_000))
            with disk:
                done = attempt(found, lambda deed=deed, turn=turn: deed(out, turn) or True)
            refused += not done
            vanished = not out.exists()
            found.destroyed += not vanished and _destroyed(_files(out), whole)
            found.destroyed += bool(list(folder.rglob(".fuhan-*.tmp")))
            more = models.Export.select().count() - entries
            found.lost += more != (bool(done) and name != "plain")
            cut += _direct_write_cuts(fresh(out, folder / "stands") / "letter.docx", whole, chance)
    _without_right(found, folder, fresh(out, folder / "stands"), deeds)
    found.note = f"{refused} refused, the journal as before"
    found.twin = f"written over the letter: {cut} of {tried} times cut off"
    return found


def _stand(folder: Path) -> tuple[Path, dict[str, Deed], tuple[Files, Files]]:
    """A library, the deeds by what they write, and what they write the first and second time; a
    copy of what stands there before stays in `stands`."""
    out, stands = folder / "out", folder / "stands"
    with library(folder):
        save_case(None, hard_case())
        save_case(None, OTHER)
        deeds = _deeds()
        whole = []
        for turn in (1, 0):
            (out / "plain").mkdir(parents=True, exist_ok=True)
            for deed in deeds.values():
                deed(out, turn)
            whole.insert(0, _files(out))
    shutil.copytree(out, stands)
    assert sum(whole[0][name] != whole[1][name] for name in whole[0]) >= len(deeds) + 1
    return out, deeds, (whole[0], whole[1])


def _deeds() -> dict[str, Deed]:
    press = Press()
    letters = [Settings(head=head).applied(find_case(KEY)) for head in HEADS]
    sheets = {case.head: press.printer.print_sheet(sheet_of(case, TODAY), case, case, False)
              for case in letters}  # fmt: skip
    # printed beforehand: Qt does not like to be forked while it works
    printed = Printer(".pdf", lambda _sheet, case, *_: sheets[case.head])

    def export(out: Path, turn: int, name: str, printer: Printer) -> None:
        settings = Settings(head=HEADS[turn])
        export_case(KEY, out / name, TODAY, settings=settings, overwrite=True, printer=printer)

    return {
        "letter.docx": partial(export, name="letter.docx", printer=WORD),
        "letter.pdf": partial(export, name="letter.pdf", printer=printed),
        "plain": _write_plainly,
    }


def _write_plainly(out: Path, turn: int) -> None:
    case = find_case(OTHER.key)
    save_case(case, replace(case, lead_unit=f"第{turn}单位"))
    list(write_all(out / "plain", TODAY + timedelta(turn)))


def _in_library(folder: Path, deed: Deed, out: Path, turn: int) -> None:
    with library(folder):
        deed(out, turn)


def _files(out: Path) -> Files:
    """What stands there; of plain text without the journal at its end, which grows."""
    files = [path for path in out.rglob("*.*") if path.suffix != ".tmp"]
    return {
        path.relative_to(out).as_posix(): _JOURNAL.sub(b"", path.read_bytes()) for path in files
    }


def _destroyed(files: Files, whole: tuple[Files, Files]) -> int:
    """How many of those that stood there are gone, or neither the one nor the other."""
    return sum(files.get(name) not in (whole[0][name], whole[1][name]) for name in whole[0])


def _entries(folder: Path) -> int:
    with library(folder):
        return int(models.Export.select().count())


def _without_right(found: Figures, folder: Path, out: Path, deeds: dict[str, Deed]) -> None:
    """A folder that cannot be written; and a letter that is a link, what it leads to stays."""
    before, entries = _files(out), _entries(folder)
    for place in (out, out / "plain"):
        place.chmod(0o500)
    for deed in deeds.values():
        export = partial(_in_library, folder, deed, out, 1)
        done = attempt(found, lambda: in_a_process(export, powerless=True) is None)  # noqa: B023
        found.destroyed += bool(done) or _files(out) != before
    found.lost += _entries(folder) != entries
    for place in (out, out / "plain"):
        place.chmod(0o700)
    elsewhere = (out / "letter.docx").rename(out / "elsewhere.docx")
    (out / "letter.docx").symlink_to(elsewhere)
    _in_library(folder, deeds["letter.docx"], out, 1)
    found.destroyed += elsewhere.read_bytes() != before["letter.docx"]


def _direct_save_destroys(path: Path, whole: tuple[Files, Files], chance: Random) -> bool:
    """The mutant: the letter saved straight to its path, killed."""
    path.write_bytes(whole[0]["letter.docx"])
    letter = Document(BytesIO(whole[1]["letter.docx"]))
    killed(lambda: letter.save(str(path)), chance.uniform(0, 0.02))
    try:
        Document(str(path))
    except Exception:  # whatever python-docx finds
        return True
    return False


def _direct_write_cuts(path: Path, whole: tuple[Files, Files], chance: Random) -> bool:
    """The mutant: the letter written straight to its path on a full disk."""
    data = whole[1]["letter.docx"]
    with small_disk(chance.randrange(2 * len(data))), suppress(OSError):
        path.write_bytes(data)
    return path.read_bytes() not in (data, whole[0]["letter.docx"])


FAULTS = (
    Fault("export: killed", lambda folder: kills(folder, 180, 6)),
    Fault("export: disk, folder, rights", lambda folder: failures(folder, 180, 6)),
)
