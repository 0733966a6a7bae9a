"""Keeping the search index (往年答复) in step with the library.

No deed tells it anything: a letter notes the commit that changed it, in that commit, and whoever
searches, or has an idle moment, asks what the index does not know yet. So an import, a replacement,
a deletion, 恢复 and a crash between library and index are all the same thing, and saving waits for
nothing. The library is read on its own thread (`news`, `further`), a few letters at a time; the
index is written on any (`take_in`), with plain values in between.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from db import models, search
from db.enums import FieldState, PassageKind
from db.mark import read_mark
from db.search import SearchIndex
from desktop.errors import LibraryError
from desktop.letter.model import Case, Reply
from desktop.letter.numerals import parse_date
from desktop.services.library import throw_index_away
from desktop.services.loading import read_case

AT_ONCE = 20  # letters at most
STEP_S, LONG_S = 0.01, 0.2  # of the library's thread, where somebody may wait for it, and not
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class News:
    """What an index lacks of the library with the key `library`: letters that are `gone`, some that
    `came` or changed, and the keys of those still `left`. `anew`: forget everything first."""

    library: str
    anew: bool
    gone: tuple[str, ...]
    came: tuple[tuple[search.Letter, tuple[search.Card, ...]], ...]
    left: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether the index knows everything."""
        return not (self.anew or self.gone or self.came or self.left)


@contextmanager
def search_index(folder: Path) -> Iterator[SearchIndex]:
    """The search index of the library in `folder`, made where there is none, for any threads.

    What goes wrong with it is a `LibraryError`; a damaged one is thrown away.
    """
    with _refusing(folder):
        index = SearchIndex(folder / search.FILE_NAME)
        try:
            yield index
        finally:  # before a damaged one is thrown away
            index.close()


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    """What disk or file refuse inside, as a `LibraryError`."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours
    except (sqlite3.OperationalError, OSError) as error:
        raise LibraryError(
            f"往年答复的索引写不进去（{folder}），没有影响文库，请检查磁盘是否已满、能否写入。"
        ) from error
    except sqlite3.DatabaseError as error:
        throw_index_away(folder)
        raise LibraryError(
            "往年答复的索引坏了，已经丢弃，没有影响文库；再查一次，它会重新建立。"
        ) from error


def news(known: tuple[str, dict[str, int]], seconds: float = STEP_S) -> News:
    """What an index that knows so much (`SearchIndex.known`) lacks of the open library, as many
    letters as are read in about so many seconds; for the library's thread. The newest changes come
    first."""
    mark = read_mark(models.Letter._meta.database.connection())
    assert mark  # every library of our schema has one
    key, letters = known
    anew = key != mark.key or max(letters.values(), default=0) > mark.commits
    if anew:
        letters = {}
    columns = models.Letter.select(models.Letter.key, models.Letter.changed)
    listed: Any = columns.where(models.Letter.deleted_at.is_null())
    there = dict(listed.order_by(models.Letter.changed.desc(), models.Letter.id.desc()).tuples())
    behind = tuple(key for key, changed in there.items() if letters.get(key) != changed)
    gone = tuple(letters.keys() - there.keys())
    return _read(News(mark.key, anew, gone, (), behind), seconds)


def further(what: News, seconds: float = STEP_S) -> News:
    """The next letters of what was `left`, the library not compared with the index once more."""
    return _read(News(what.library, False, (), (), what.left), seconds)


def _read(what: News, seconds: float) -> News:
    """The same with the first of its letters read, at least one."""
    until, came, keys = monotonic() + seconds, [], what.left[:AT_ONCE]
    there = models.Letter.key.in_(keys) & models.Letter.deleted_at.is_null()
    found = {letter.key: letter for letter in models.Letter.select().where(there)}
    read = 0
    while read < len(keys) and (not read or monotonic() < until):
        if letter := found.get(keys[read]):  # it may be gone by now
            came.append(entry(read_case(letter), letter.changed))
        read += 1
    return replace(what, came=tuple(came), left=what.left[read:])


def take_in(index: SearchIndex, what: News) -> None:
    """Bring the index so far; all of it, or nothing. For any thread."""
    with index.writing():
        if what.anew:
            index.begin(what.library)
        for key in what.gone:
            index.drop(key)
        for letter, cards in what.came:
            index.take(letter, cards)


def sync(index: SearchIndex) -> int:
    """Bring the index up to date with the open library at once, for a thread that may take its
    time; returns how many letters were read."""
    with index.reading():
        known = index.known()
    what, read = news(known, LONG_S), 0
    while not what.empty:
        take_in(index, what)
        read += len(what.came)
        what = further(what, LONG_S)
    return read


def entry(case: Case, changed: int) -> tuple[search.Letter, tuple[search.Card, ...]]:
    """What the index keeps of a case that the commit `changed` wrote last."""
    day = case.issue.on if case.issue else parse_date(case.fields.date.text)
    numbers = [p.proposal_number for p in case.proposals if p.proposal_number]
    closing = case.fields.closing
    letter = search.Letter(
        key=case.key,
        changed=changed,
        kind=case.kind,
        number="、".join(numbers),
        subject=next((p.subject for p in case.proposals if p.subject), ""),
        proposers="、".join(q.name for p in case.proposals for q in p.proposers),
        units="、".join(
            filter(None, (case.office.full_name, case.office.short_name, case.lead_unit))
        ),
        year=day.year if day else _guessed_year(case, numbers),
        day=day.isoformat() if day else "",
        issued=case.issue is not None,
        grade=case.category.grade if case.category else "",
        closing=closing.text if closing.state is FieldState.OWN else "",
    )
    return letter, tuple(_card(case, reply) for reply in case.replies)


def _guessed_year(case: Case, numbers: list[str]) -> int:
    """From 文号 or number, 〔2024〕 and 2024118; 0 where neither tells."""
    found = (_YEAR.search(text) for text in (case.fields.document_number.text, *numbers))
    return next((int(match.group()) for match in found if match), 0)


def _card(case: Case, reply: Reply) -> search.Card:
    """A reply to no suggestion answers what the letter is about (案由)."""
    asked = {suggestion.key: suggestion for suggestion in case.suggestions()}
    passages = []
    for key in reply.suggestions:
        one = asked[key]
        passages.append(search.Passage(PassageKind.SUGGESTION, key, "", one.text))
        passages.append(search.Passage(PassageKind.ELABORATION, key, "", one.elaboration))
    if not reply.suggestions:
        for p in case.proposals:
            passages.append(search.Passage(PassageKind.SUBJECT, p.key, "", p.subject))
    for said in reply.paragraphs:
        outcome = said.outcome or ""
        passages.append(search.Passage(PassageKind.PARAGRAPH, said.key, outcome, said.text))
    return search.Card(reply.key, tuple(p for p in passages if p.text.strip()))
