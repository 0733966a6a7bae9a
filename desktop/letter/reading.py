"""What comes out of a file that was read; light, for those who only hand it on."""

from dataclasses import dataclass

from desktop.letter.model import Case

MAX_FILE = 30 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A case that came in; `notes` are Chinese sentences on what the handler should know.

    `text` is everything the file says, also what did not become part of the case; it does not
    leave the process that reads foreign files.
    """

    case: Case
    notes: tuple[str, ...] = ()
    text: str = ""
