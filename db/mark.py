"""The commit counter (保存计数): how far a library has come, in the file and noted beside it.

The row of table `library` advances in the transaction of every deed; the note `fuhan.db-count` is
written right after each commit, without waiting for the disk. A library that stands behind its note
has lost commits: its log was removed, or an older file lies in its place. What goes unnoticed: a
note that was lost, torn or is older itself, as after a power cut, or where the whole folder was
replaced. A note can never be ahead of what the disk holds, for the commit is safe before it.
"""

import contextlib
import os
import re
import sqlite3
from pathlib import Path
from typing import NamedTuple

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write \r\n
_NOTE = re.compile(rb"([0-9a-f]{16}) (\d{12})\n")


class Mark(NamedTuple):
    """Which library it is, and the number of its commits."""

    key: str
    commits: int

    def follows(self, earlier: "Mark") -> bool:
        """Whether this is the same library, as far as `earlier` or further."""
        return self.key == earlier.key and self.commits >= earlier.commits


def lost_commits(mark: Mark | None, path: Path) -> int:
    """How many commits, which the note beside `path` knows, the library of `mark` lacks."""
    noted = read_note(path)
    if mark is None or noted is None or mark.key != noted.key:
        return 0
    return max(noted.commits - mark.commits, 0)


def note_path(path: Path) -> Path:
    """The note beside the library at `path`."""
    return Path(f"{path}-count")


def read_mark(connection: sqlite3.Connection) -> Mark | None:
    """The mark of a library; none where its schema knows none yet."""
    with contextlib.suppress(sqlite3.OperationalError):
        found = connection.execute("SELECT key, commits FROM library").fetchone()
        return Mark(*found) if found else None
    return None


def advance(connection: sqlite3.Connection) -> None:
    """Count a commit, inside its transaction."""
    connection.execute("UPDATE library SET commits = commits + 1")


def write_note(connection: sqlite3.Connection, path: Path) -> None:
    """Note the mark beside the library at `path`; a note that cannot be written is none."""
    with contextlib.suppress(OSError, sqlite3.Error):
        if (mark := read_mark(connection)) is None:
            return
        # in place, always as long: no moment without a note
        handle = os.open(note_path(path), os.O_WRONLY | os.O_CREAT | _BINARY, 0o600)
        try:
            os.write(handle, f"{mark.key} {mark.commits:012}\n".encode())
        finally:
            os.close(handle)


def read_note(path: Path) -> Mark | None:
    """The mark noted beside the library at `path`; none where the note says nothing."""
    with contextlib.suppress(OSError):
        if match := _NOTE.match(note_path(path).read_bytes()):
            return Mark(match[1].decode(), int(match[2]))
    return None
