"""What a letter says, field by field, for eyes and machines that do not want it stored."""

from datetime import date
from pathlib import Path

from desktop.services.cases import read_file


def letter_fields(path: Path, today: date) -> tuple[dict[str, object], tuple[str, ...]]:
    """The fields of the letter at `path` as `letter_json` has them, and what to know of it.

    Nothing is stored and no library is needed. A case file is read as the letter it prints as.
    Raises `InputError`, also where anything in it bears a secrecy mark.
    """
    from desktop.letter.letter_json import letter_json
    from desktop.letter.reader import anatomy_of

    reading = read_file(path, today)
    return letter_json(anatomy_of(reading, today)), reading.notes
