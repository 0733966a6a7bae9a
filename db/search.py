"""The search index (往年答复): a file of its own beside the library, made from it, never the truth.

It may be deleted at any time. It holds, letter by letter, the suggestions and reply paragraphs as
they stand in the library, so that a search needs no other file and runs in any thread, and a
contentless FTS5 table of their terms (`db.bigrams`) without places: what it finds is looked up in
the words. SQLite 3.40 cannot delete a row of such a table by its number, but by its old terms, and
those the words beside it tell: nothing dead stays behind, nothing has to be compacted.

A card is a reply with the suggestions it answers. It has two rows of terms, asked and said; cards
are numbered by year, so that the newest come first where thousands are found.
"""

import contextlib
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from re import Pattern
from typing import NamedTuple

from db import bigrams, recurring
from db.enums import Outcome, PassageKind

FILE_NAME = "fuhan-search.db"
VERSION = 2  # of tables and terms; a file of another one is thrown away
_APPLICATION_ID = 0x46755365  # “FuSe”
_YEAR = 1 << 20  # cards a year
_OUTCOMES = tuple(Outcome)
_MARKS = ("application_id", "user_version")
_ENCODING = "gb18030"  # any character; a hanzi in two bytes
_BETWEEN, _WITHIN = "\x1e", "\x1f"  # white space where a text has them after all
_PLAIN = {ord(_BETWEEN): " ", ord(_WITHIN): " "}
_SCHEMA = (
    "CREATE TABLE library (key TEXT NOT NULL)",
    "CREATE TABLE letter (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " changed INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, subject TEXT NOT NULL,"
    " proposers TEXT NOT NULL, units TEXT NOT NULL, year INTEGER NOT NULL, day TEXT NOT NULL,"
    " issued INTEGER NOT NULL, grade TEXT NOT NULL, closing TEXT NOT NULL)",
    # number, 案由 and proposers of a letter as they are looked for; apart, for it is read whole
    "CREATE TABLE fact (letter INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "CREATE TABLE card (id INTEGER PRIMARY KEY, letter INTEGER NOT NULL, reply TEXT NOT NULL,"
    " outcomes INTEGER NOT NULL, passages BLOB NOT NULL)",
    "CREATE INDEX card_letter ON card (letter)",
    "CREATE VIRTUAL TABLE word USING fts5(terms, content='', detail=none, columnsize=0,"
    f' tokenize="{bigrams.TOKENIZE}")',
    *recurring.SCHEMA,
    f"PRAGMA application_id={_APPLICATION_ID}",
    f"PRAGMA user_version={VERSION}",
)


class Passage(NamedTuple):
    """A suggestion, its elaboration, a subject (案由) or a paragraph; `key` is what it is called in
    its case, `outcome` empty where there is none."""

    kind: PassageKind
    key: str
    outcome: str
    text: str

    @property
    def said(self) -> bool:
        """Whether it is of the answer."""
        return self.kind is PassageKind.PARAGRAPH


class Card(NamedTuple):
    """A reply, by its key, with the suggestions it answers."""

    reply: str
    passages: tuple[Passage, ...]


class Letter(NamedTuple):
    """What is said of a letter wherever one of its cards is found. `changed` is the commit of the
    library that changed it last; `day` is ISO or empty, `year` 0 where nobody knows."""

    key: str
    changed: int
    kind: str
    number: str
    subject: str
    proposers: str
    units: str
    year: int
    day: str
    issued: bool
    grade: str
    closing: str


class SearchIndex:
    """The index at `path`, made where there is none, or where something else lies there.

    One connection for any threads, one of them at a time: every use is inside a `with` of
    `reading`, which sees one state of the file, or `writing`, which is one transaction. Raises
    `sqlite3.Error` where the disk refuses or the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._turn = threading.RLock()
        try:
            self._connection = _opened(path)
        except sqlite3.DatabaseError:
            discard(path)
            self._connection = _opened(path)

    def close(self) -> None:
        """Close the file, once nobody uses it any more."""
        with self._turn:
            self._connection.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """What is read inside is of one moment."""
        with self._turn:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """All that is written inside, or nothing."""
        with self._turn:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def known(self) -> tuple[str, dict[str, int]]:
        """The key of the library it was made from, and the commit each letter was read at."""
        found = self._connection.execute("SELECT key FROM library").fetchone()
        letters = self._connection.execute("SELECT key, changed FROM letter")
        return (found[0] if found else "", dict(letters.fetchall()))

    def begin(self, library: str) -> None:
        """Forget everything; what comes now is of the library with this key."""
        for table in ("library", "letter", "fact", "card", "sentence", "phrase", "policy"):
            self._connection.execute(f"DELETE FROM {table}")
        self._connection.execute("INSERT INTO word (word) VALUES ('delete-all')")
        self._connection.execute("INSERT INTO library VALUES (?)", (library,))

    def take(self, letter: Letter, cards: Iterable[Card]) -> None:
        """Take a letter in, in place of what was known of it."""
        self.drop(letter.key)
        places = ", ".join("?" * len(letter))
        number = self._connection.execute(
            f"INSERT INTO letter VALUES (NULL, {places})", letter
        ).lastrowid
        facts = _facts((letter.number, letter.subject, letter.proposers))
        self._connection.execute("INSERT INTO fact VALUES (?, ?)", (number, facts))
        texts = [letter.closing]
        for card in cards:
            at = self._take_card(number, letter.year * _YEAR, card)
            self._words("INSERT INTO word (rowid, terms) VALUES (?, ?)", at, card)
            texts += (passage.text for passage in card.passages if passage.said)
        recurring.count(self._connection, texts, 1)

    def _take_card(self, letter: int | None, year: int, card: Card) -> int:
        """Its number, the next of its year."""
        outcomes = {passage.outcome for passage in card.passages}
        ((at,),) = self._connection.execute(
            "INSERT INTO card VALUES ((SELECT coalesce(max(id), ?1) + 1 FROM card"
            " WHERE id BETWEEN ?1 AND ?2), ?3, ?4, ?5, ?6) RETURNING id",
            (year, year + _YEAR - 1, letter, card.reply, _bits(outcomes), _packed(card.passages)),
        ).fetchall()
        return int(at)

    def drop(self, key: str) -> None:
        """Forget a letter, if it is known."""
        found = self._connection.execute("SELECT id, closing FROM letter WHERE key = ?", (key,))
        for number, closing in found.fetchall():
            rows = self._connection.execute("SELECT id FROM card WHERE letter = ?", (number,))
            texts = [closing]
            for at, card in self.cards([row[0] for row in rows]).items():
                self._words(
                    "INSERT INTO word (word, rowid, terms) VALUES ('delete', ?, ?)", at, card
                )
                texts += (passage.text for passage in card.passages if passage.said)
            recurring.count(self._connection, texts, -1)
            self._connection.execute("DELETE FROM card WHERE letter = ?", (number,))
            self._connection.execute("DELETE FROM fact WHERE letter = ?", (number,))
            self._connection.execute("DELETE FROM letter WHERE id = ?", (number,))

    def _words(self, statement: str, at: int, card: Card) -> None:
        for said in (False, True):
            texts = (passage.text for passage in card.passages if passage.said == said)
            if terms := bigrams.terms(texts):
                self._connection.execute(statement, (at * 2 + said, terms))

    def sides(self, expression: str, most: int = -1) -> list[int]:
        """The rows of terms that answer an expression of `db.bigrams`, the newest years first, at
        most so many (-1: all): twice the number of a card, and one more for what was said."""
        found = self._connection.execute(
            "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid DESC LIMIT ?",
            (expression, most),
        )
        return [row[0] for row in found.fetchall()]

    def count(self, expression: str, most: int) -> int:
        """How many rows of terms answer an expression of `db.bigrams`, counted up to `most`."""
        found = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM word WHERE word MATCH ? LIMIT ?)",
            (expression, most),
        )
        count: int = found.fetchone()[0]
        return count

    def newest(self, most: int) -> list[int]:
        """The numbers of the newest cards."""
        found = self._connection.execute("SELECT id FROM card ORDER BY id DESC LIMIT ?", (most,))
        return [row[0] for row in found.fetchall()]

    def size(self) -> int:
        """How many cards there are."""
        count: int = self._connection.execute("SELECT count(*) FROM card").fetchone()[0]
        return count

    def cards(self, numbers: Iterable[int], words: Sequence[Pattern[str]] = ()) -> dict[int, Card]:
        """The cards of these numbers in the order asked; those that are not there or cannot hold
        all of `words` are left out."""
        asked = list(numbers)
        marks = ",".join("?" * len(asked))
        rows = self._connection.execute(
            f"SELECT id, reply, passages FROM card WHERE id IN ({marks})", asked
        )
        found = {}
        for at, reply, packed in rows:
            text = zlib.decompress(packed).decode(_ENCODING)
            if all(word.search(text) for word in words):
                found[at] = Card(reply, _parted(text))
        return {at: found[at] for at in asked if at in found}

    def letters(self, cards: Iterable[int]) -> dict[int, Letter]:
        """The letter of each of these cards."""
        asked = list(cards)
        marks = ",".join("?" * len(asked))
        rows = self._connection.execute(
            f"SELECT card.id, letter.* FROM card JOIN letter ON letter.id = letter"
            f" WHERE card.id IN ({marks})",
            asked,
        )
        return {at: Letter._make(values) for at, _, *values in rows}

    def days(self, cards: Iterable[int]) -> dict[int, str]:
        """The day of the letter of each of these cards."""
        asked = list(cards)
        marks = ",".join("?" * len(asked))
        rows = self._connection.execute(
            "SELECT card.id, day FROM card JOIN letter ON letter.id = letter"
            f" WHERE card.id IN ({marks})",
            asked,
        )
        return dict(rows.fetchall())

    def of_letter(self, key: str) -> set[int]:
        """The cards of a letter."""
        found = self._connection.execute(
            "SELECT id FROM card WHERE letter = (SELECT id FROM letter WHERE key = ?)", (key,)
        )
        return {row[0] for row in found}

    def with_fact(self, word: str) -> set[int]:
        """The cards of letters with this in their number, their 案由 or a proposer's name."""
        found = self._connection.execute(
            "SELECT id FROM card WHERE letter IN (SELECT letter FROM fact WHERE instr(text, ?))",
            (_facts((word,)),),
        )
        return {row[0] for row in found}

    def of(self, year: int, proposer: str, unit: str, outcome: str) -> set[int]:
        """The cards of letters of this year, with this in a proposer's and in a unit's name, that
        have a paragraph of this outcome; what is 0 or empty is not asked."""
        found = self._connection.execute(
            "SELECT card.id FROM letter JOIN card ON card.letter = letter.id"
            " WHERE (?1 = 0 OR year = ?1) AND instr(proposers, ?2) AND instr(units, ?3)"
            " AND (?4 = 0 OR outcomes & ?4)",
            (year, proposer, unit, _bits([outcome])),
        )
        return {row[0] for row in found}

    def phrases(self, start: str, limit: int) -> list[tuple[str, int]]:
        """常用语: see `db.recurring.phrases`."""
        return recurring.phrases(self._connection, start, limit)

    def policies(self, part: str, limit: int) -> list[tuple[str, str, int]]:
        """文件依据: see `db.recurring.cited`."""
        return recurring.cited(self._connection, part, limit)


def year_of(card: int) -> int:
    """The year that is in a card's number."""
    return card // _YEAR


def _facts(texts: Iterable[str]) -> str:
    return bigrams.alike(_BETWEEN.join(texts)).lower()


def _packed(passages: Iterable[Passage]) -> bytes:
    """The words of a card in half the room."""
    parts = (_WITHIN.join((*facts, text.translate(_PLAIN))) for *facts, text in passages)
    return zlib.compress(_BETWEEN.join(parts).encode(_ENCODING))


def _parted(text: str) -> tuple[Passage, ...]:
    fields = (part.split(_WITHIN, 3) for part in text.split(_BETWEEN) if part)
    return tuple(Passage(PassageKind(kind), *others) for kind, *others in fields)


def _bits(outcomes: Iterable[str]) -> int:
    return sum(1 << place for place, outcome in enumerate(_OUTCOMES) if outcome in outcomes)


def discard(path: Path) -> None:
    """Throw the index away, its log with it; it is made anew when it is asked next."""
    for tail in ("", "-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to an index of our version; raises `sqlite3.DatabaseError` where the file is
    none."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # its log takes after it
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=wal")
        connection.execute("PRAGMA synchronous=normal")  # what a power cut takes is read anew
        connection.execute("PRAGMA trusted_schema=off")
        connection.execute("PRAGMA cell_size_check=on")
        connection.execute("PRAGMA cache_size=-16000")
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            connection.execute("BEGIN IMMEDIATE")
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("COMMIT")
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _MARKS]
        if marks != [_APPLICATION_ID, VERSION]:
            raise sqlite3.DatabaseError("another program's file, or of another version")
    except BaseException:
        connection.close()
        raise
    return connection
