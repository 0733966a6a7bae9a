"""File names (文件名): whatever a title holds, its letter has a name that every system takes."""

import re
import unicodedata
from pathlib import Path, PureWindowsPath
from random import Random

from desktop.errors import FuhanError
from desktop.services import cases
from desktop.services.exports import export_case
from desktop.services.files import file_name
from desktop.services.library import library
from desktop.services.proposals import edit_proposal
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.faults.figures import Figures

SUFFIXES = (".docx", ".pdf", ".txt", ".db")
NAMED = (
    *("CON", "con", "con.txt", "Aux.", "nul ", "COM1", "lpt9.提案", "CONIN$", "COM¹"),
    *("...", ".", "..", "", " ", "　", "尾点. . ", "尾空　", " 首空", "-rf", "~", "$(x)", "%PATH%"),
    *("a/b\\c", "../../etc/x", "C:\\x", "a:流", 'a"b', "<i>", "a|b?*", "a\0b", "a\nb\tc", "\x7f"),
    *("提" * 200, "a" * 300, "𠮷" * 100, "😀" * 80, "👨‍👩‍👧" * 30, "e\u0301" * 80, "\u0301" * 90),
    *(
        "\u202efdp.docx",
        "甲\u200b乙",
        "甲\ufeff",
        "甲\u2028乙",
        "\ud800",
        "\ue000",
        "甲\uffff",
        "ﷺ" * 40,
    ),
)
_ODD = "/\\:*?\"<>|. \0\n\t%$~-'&;😀𠮷\u0301\u200d\u202e\u2028\ufeff\ud800\uffff　提案aCON1"
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[\d¹²³]|LPT[\d¹²³]) *(\.|$)", re.I)


def file_names(folder: Path, tried: int, seed: int) -> Figures:
    """Make a file of each name, and export letters of such titles; the twin takes them as is.

    `damaged` counts names that are bad or reserved somewhere, or that lead out of the folder;
    `tracebacks` those that cannot be made here.
    """
    chance, found = Random(seed), Figures()
    stems = [
        *NAMED,
        *("".join(chance.choices(_ODD, k=chance.randint(1, 90))) for _ in range(tried)),
    ]
    plain = 0
    for number, stem in enumerate(stems):
        found.tried += 1
        suffix = SUFFIXES[number % len(SUFFIXES)]
        name = file_name(stem, suffix)
        is_bad = not _is_good(name, suffix)
        found.damaged += is_bad
        found.tracebacks += not _can_be_made(folder, name)
        plain += not _is_good(stem + suffix, suffix) or not _can_be_made(folder, stem + suffix)
        if is_bad:
            found.note += f"{stem!r} → {name!r}; "
    _export(folder, stems[: len(NAMED) + min(tried // 10, 100)], found)
    found.twin = f"{plain} as they are"
    return found


def _is_good(name: str, suffix: str) -> bool:
    """By the rules of Windows, Linux and of who reads names."""
    return (
        name.endswith(suffix)
        and len(name) > len(suffix)
        and len(name.encode("utf-8", "surrogatepass")) <= 255
        and not _RESERVED.match(name)
        and not set(name) & set('\\/:*?"<>|')
        and not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name)
        and PureWindowsPath(name).name == name
        and not name.startswith((" ", "."))
        and not name.removesuffix(suffix).endswith((" ", "."))
    )


def _can_be_made(folder: Path, name: str) -> bool:
    try:
        (folder / name).write_bytes(b"")
        (folder / name).unlink()
    except (OSError, ValueError):
        return False
    return True


def _export(folder: Path, titles: list[str], found: Figures) -> None:
    """Letters without a number leave under their 案由."""
    target = folder / "导出"
    target.mkdir()
    case = plain_case(suggestions=1)
    key = case.key
    with library(folder / "library"):
        cases.save_case(None, case)
        for title in titles:
            found.tried += 1
            after = edit_proposal(case, 0, proposal_number="", subject=title)
            try:
                cases.save_case(case, after)
                case = after
                path = export_case(key, target, TODAY, overwrite=True).path
            except FuhanError as error:
                found.refused(str(error))
            except Exception as error:
                found.tracebacks += 1
                found.note += f"{title!r}: {error!r}; "
            else:
                found.damaged += not _is_good(path.name, ".docx") or path.parent != target
                found.damaged += not path.is_file()
                path.unlink()
