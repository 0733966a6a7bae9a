"""A file's bytes → a case, whatever wrote it: our case file, our working copy, a letter.

The one door for everything that comes in from outside.
"""

from dataclasses import dataclass
from datetime import date

from desktop.letter import carriers, case_file
from desktop.letter.home import bring_home
from desktop.letter.letter_reader import read_letter
from desktop.letter.model import Case
from desktop.letter.page import decoded, read_docx, read_text

_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Reading:
    """A case that came in; `notes` are Chinese sentences on what the handler should know.

    `text` is everything the file says, also what did not become part of the case.
    """

    case: Case
    notes: tuple[str, ...] = ()
    text: str = ""


def read_case(data: bytes, today: date) -> Reading:
    """The case in `data`, known by its content and not by a file's name.

    Raises `InputError` with a sentence that says what the data is and what to do.
    """
    if data.startswith(_BINARY):
        page = read_docx(data)
        carried = carriers.find(page.package) if page.package else None
        if carried:
            home = bring_home(page, carried, today)
            case, notes = home.case, (*page.notes, *home.notes)
        else:
            case, notes = read_letter(page, today), page.notes
        case_file.check(case)
        return Reading(case, notes, "\n".join(page.package.paragraphs()) if page.package else "")
    text = decoded(data)
    if text.lstrip().startswith("{"):
        return Reading(case_file.load(text))
    page = read_text(text)
    case = read_letter(page, today)
    case_file.check(case)
    return Reading(case, page.notes, text)
