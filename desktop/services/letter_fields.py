"""What a letter says, field by field, for eyes that look before anything is stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.letter.foreign.anatomy import Correction
from desktop.letter.reading import Reading
from desktop.services.cases import read_file


def letter_fields(path: Path, today: date) -> tuple[dict[str, object], tuple[str, ...]]:
    """The fields of the letter at `path` as `letter_json` has them, and what to know of it.

    Those of a proposal's original are as `proposal_json` has them. Nothing is stored and no library
    is needed. A case file is read as the letter it prints as. Raises `InputError`, also where
    anything in it bears a secrecy mark.
    """
    from desktop.letter.foreign.letter_json import letter_json
    from desktop.letter.reader import anatomy_of

    reading = read_file(path, today)
    if reading.proposal:
        return dict(reading.proposal), reading.notes
    return letter_json(anatomy_of(reading, today)), reading.notes


def corrected(reading: Reading, corrections: Sequence[Correction], today: date) -> Reading:
    """A letter that was read, as these corrections leave it: its case is made anew.

    Raises `InputError` where a selection cannot be what it is said to be.
    """
    from desktop.letter import case_file
    from desktop.letter.foreign.corrections import corrected as parts_corrected
    from desktop.letter.foreign.letter_reader import case_of, issue_of, remarks

    if not reading.anatomy or not corrections:
        return reading
    anatomy = parts_corrected(reading.anatomy, corrections)
    case = case_of(anatomy, today)
    case_file.check(case)
    said = set(remarks(reading.anatomy, reading.case))
    of_file = (note for note in reading.notes if note not in said)
    notes = (*of_file, *remarks(anatomy, case))
    issue = issue_of(anatomy, today)
    return replace(reading, case=case, anatomy=anatomy, notes=notes, issue=issue)
