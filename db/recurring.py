"""What recurs in an office's letters: sentences (常用语) and the policies they cite (文件依据).

Counted by letter while the index takes letters in and lets them go. Of a sentence met once only its
digest is kept: its words stand in the letter, and most never come again.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable

SCHEMA = (
    # how many letters say it; the id is the sentence's digest
    "CREATE TABLE sentence (id INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
    "CREATE TABLE phrase (text TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE policy (title TEXT, number TEXT, count INTEGER NOT NULL,"
    " PRIMARY KEY (title, number)) WITHOUT ROWID",
)
_SENTENCE = re.compile(r"[^。；！？!?;\s][^。；！？\n]*[。；！？]?")
_SHORTEST, _LONGEST = 5, 60  # characters
_FIGURES = re.compile(r"\d")
_YEAR = r"[〔［\[【(（]\s*\d{4}\s*[〕］\]】)）]"
_POLICY = re.compile(
    rf"《((?:[^《》\n]|《[^《》\n]*》){{2,80}})》(?:\s*[（(]\s*([^《》（）()，。\n]{{1,15}}{_YEAR}\s*第?\d+号)\s*[)）])?"
)
_PROPOSAL = re.compile("的(?:建议|提案|议案)$")


def sentences(text: str) -> list[str]:
    """The sentences of `text` that may be a formula, each with its mark: short, without figures."""
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return [s for s in found if _SHORTEST <= len(s) <= _LONGEST and not _FIGURES.search(s)]


def policies(text: str) -> list[tuple[str, str]]:
    """The titles in 《》 with the 文号 in brackets behind them, empty where there is none; one of a
    proposal is no policy."""
    cited = ((match[1], match[2] or "") for match in _POLICY.finditer(text))
    return [(title, number) for title, number in cited if not _PROPOSAL.search(title)]


def count(connection: sqlite3.Connection, texts: Iterable[str], step: int) -> None:
    """Count what the texts of one letter say; `step` is 1, or -1 where the letter goes."""
    said: set[str] = set()
    cited: set[tuple[str, str]] = set()
    for text in texts:
        said.update(sentences(text))
        cited.update(policies(text))
    _count_sentences(connection, said, step)
    connection.executemany(
        "INSERT INTO policy VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + ?3",
        ((title, number, step) for title, number in cited),
    )
    if step < 0:
        connection.executemany("DELETE FROM policy WHERE title=? AND number=? AND count<1", cited)


def _count_sentences(connection: sqlite3.Connection, said: set[str], step: int) -> None:
    for text in sorted(said):
        ((times,),) = connection.execute(
            "INSERT INTO sentence VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + ?2"
            " RETURNING count",
            (_digest(text), step),
        ).fetchall()
        if times > 1:
            connection.execute("INSERT OR REPLACE INTO phrase VALUES (?, ?)", (text, times))
        elif step < 0:
            connection.execute("DELETE FROM phrase WHERE text = ?", (text,))
            connection.execute("DELETE FROM sentence WHERE id = ? AND count < 1", (_digest(text),))


def _digest(text: str) -> int:
    """Forty bits: two of a million sentences are taken for one with a chance of one in two."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=5).digest(), "big")


def phrases(connection: sqlite3.Connection, start: str, limit: int) -> list[tuple[str, int]]:
    """Sentences that begin with `start` and how many letters say them, the commonest first."""
    return connection.execute(
        "SELECT text, count FROM phrase WHERE text >= ?1 AND text < ?2"
        " ORDER BY count DESC, length(text), text LIMIT ?3",
        (start, _after(start), limit),
    ).fetchall()


def cited(connection: sqlite3.Connection, part: str, limit: int) -> list[tuple[str, str, int]]:
    """Policies with `part` in their title: title, 文号, how many letters cite them so. First that
    title itself, then those that begin so; the commonest first, one with its 文号 before the same
    without."""
    return connection.execute(
        "SELECT title, number, count FROM policy WHERE instr(title, ?1)"
        " ORDER BY title != ?1, instr(title, ?1) > 1, count DESC, number = '', title, number"
        " LIMIT ?2",
        (part, limit),
    ).fetchall()


def _after(start: str) -> str:
    """What comes after everything that begins with `start` (text is ordered as UTF-8 here)."""
    return f"{start}\U0010fffd"
