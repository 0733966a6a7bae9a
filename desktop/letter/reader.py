"""A file's bytes → a case, whatever wrote it: our case file, our working copy, a letter.

The one door for everything that comes in from outside.
"""

from dataclasses import dataclass
from datetime import date

from desktop.letter import carriers, case_file
from desktop.letter.anatomy import Anatomy
from desktop.letter.compose import compose
from desktop.letter.dissection import dissect
from desktop.letter.home import bring_home
from desktop.letter.letter_reader import case_of, remarks
from desktop.letter.model import Case
from desktop.letter.page import Page, PageLine, decoded, read_docx, read_text
from desktop.letter.sheet import lay_out

_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Reading:
    """A case that came in; `notes` are Chinese sentences on what the handler should know.

    `text` is everything the file says, also what did not become part of the case. `anatomy` is how
    a letter was understood, with what was left out; None where the file carries its own case.
    """

    case: Case
    notes: tuple[str, ...] = ()
    text: str = ""
    anatomy: Anatomy | None = None


def read_case(data: bytes, today: date) -> Reading:
    """The case in `data`, known by its content and not by a file's name.

    Raises `InputError` with a sentence that says what the data is and what to do.
    """
    if data.startswith(_BINARY):
        page = read_docx(data)
        text = "\n".join(page.package.paragraphs()) if page.package else ""
        carried = carriers.find(page.package) if page.package else None
        if carried:
            home = bring_home(page, carried, today)
            return _checked(Reading(home.case, (*page.notes, *home.notes), text))
        return _letter(page, text, today)
    text = decoded(data)
    if text.lstrip().startswith("{"):
        return Reading(case_file.load(text))
    return _letter(read_text(text), text, today)


def anatomy_of(reading: Reading, today: date) -> Anatomy:
    """How the letter that was read is understood; one of ours as it prints today."""
    if reading.anatomy:
        return reading.anatomy
    lines = lay_out(compose(reading.case, today)).lines()
    return dissect(Page(tuple(PageLine(line.text) for line in lines)))


def _letter(page: Page, text: str, today: date) -> Reading:
    anatomy = dissect(page)
    notes = (*page.notes, *remarks(anatomy))
    return _checked(Reading(case_of(anatomy, page.lines, today), notes, text, anatomy))


def _checked(reading: Reading) -> Reading:
    case_file.check(reading.case)
    return reading
