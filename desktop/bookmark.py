"""The bookmark (书签): where the handler was, kept with every autosave; no word of a letter.

It is written in place, always as long, without waiting for the disk: a kill leaves it whole, a
power cut leaves it or the one before. A bookmark that says nothing never stops the program.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "fuhan.place"
BYTES = 512


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The key of a case, one of its pages, the field with the caret.

    `at` counts the characters before the caret, `scroll` the pixels above the view.
    """

    case: str = ""
    page: str = ""
    field: str = ""
    at: int = 0
    scroll: int = 0


def write_bookmark(folder: Path, bookmark: Bookmark) -> None:
    """Keep `bookmark` in the data folder; where that is refused there is none."""
    line = json.dumps(asdict(bookmark)).encode()
    with contextlib.suppress(OSError):
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.ljust(BYTES))
        finally:
            os.close(handle)


def read_bookmark(folder: Path) -> Bookmark:
    """The bookmark of the data folder; an empty one where the file makes no sense."""
    plain = Bookmark()
    with contextlib.suppress(OSError, ValueError, TypeError):
        with (folder / FILE).open("rb") as file:
            found = Bookmark(**json.loads(file.read(BYTES)))
        if all(type(value) is type(asdict(plain)[name]) for name, value in asdict(found).items()):
            return found
    return plain
