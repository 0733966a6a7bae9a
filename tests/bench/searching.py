"""往年答复 over 100,000 paragraphs, against limits in milliseconds and against a LIKE scan.

The prose is by the yard, so a piece cut out of it is in thousands of letters: harder than an
office's own. Its index is made once a run, as the first reading of a library makes it.
"""

import random
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from db.search import FILE_NAME, SearchIndex
from desktop.services.phrases import completions, phrases
from desktop.services.search import search
from desktop.services.search_index import entry, search_index
from desktop.services.similar import asked_for, similar
from tests.bench.measure import Row, milliseconds, p95
from tests.prose import Prose

PARAGRAPHS, QUERIES, SCANS, AT_ONCE = 100_000, 400, 30, 20
SEARCH, SIMILAR, COMPLETE, LETTER = 20.0, 50.0, 5.0, 20.0  # ms; a letter: fifty a second
NO_LIMIT = float("inf")


def rows() -> Iterator[Row]:
    """The index and what is asked of it."""
    with tempfile.TemporaryDirectory() as place, search_index(Path(place)) as index:
        scanned = sqlite3.connect(":memory:")
        scanned.execute("CREATE TABLE passage (day TEXT, text TEXT)")
        taken = list(fill(index, scanned))
        mean = statistics.mean(taken)
        yield Row("往年答复: a letter into the index", f"{LETTER:.0f} ms", 1.0, mean, LETTER)
        kept = sum(file.stat().st_size for file in Path(place).glob(f"{FILE_NAME}*"))
        (text,) = scanned.execute("SELECT sum(length(CAST(text AS BLOB))) FROM passage").fetchone()
        yield Row("  the index, its log with it", "the text", 1.2, kept / 1e6, text / 1e6)
        pieces = [row[0] for row in scanned.execute("SELECT text FROM passage")]
        yield from searches(index, scanned, pieces)
        asked = [asked_for(s) for case in Prose(77).cases(40) for s in case.suggestions()]
        times = [milliseconds(lambda t=text: similar(index, t)) for text in asked]
        yield Row("similar, p95", f"{SIMILAR:.0f} ms", 1.0, p95(times), SIMILAR)
        starts = [text[:3] for text, _ in phrases(index, 100)] + ["根据《" + c for c in "安春海"]
        times = [milliseconds(lambda s=start: completions(index, s)) for start in starts]
        yield Row("常用语 and 文件依据, p95", f"{COMPLETE:.0f} ms", 1.0, p95(times), COMPLETE)


def fill(index: SearchIndex, scanned: sqlite3.Connection) -> Iterator[float]:
    """Letters until there are paragraphs enough; milliseconds a letter, some letters at once."""
    cases, count = Prose(1).cases(PARAGRAPHS), 0
    with index.writing():
        index.begin("bench")
    while count < PARAGRAPHS:
        letters = [next(cases) for _ in range(AT_ONCE)]
        entries = [entry(case, 1) for case in letters]

        def take(entries: list = entries) -> None:
            with index.writing():
                for letter, cards in entries:
                    index.take(letter, cards)

        yield milliseconds(take) / AT_ONCE
        texts = [(a.day, p.text) for a, cards in entries for card in cards for p in card.passages]
        scanned.executemany("INSERT INTO passage VALUES (?, ?)", texts)
        count += sum(len(reply.paragraphs) for case in letters for reply in case.replies)


def searches(index: SearchIndex, scanned: sqlite3.Connection, texts: list[str]) -> Iterator[Row]:
    """Pieces of 1 to 8 characters; words of 2 in turn with a scan for the newest twenty, which has
    to read everything."""
    chance = random.Random(5)

    def piece(length: int) -> str:
        text = chance.choice(texts)
        start = chance.randrange(len(text) - length)
        return text[start : start + length]

    queries = [piece(1 + n % 8) for n in range(QUERIES)]
    times = [milliseconds(lambda q=query: search(index, q)) for query in queries]
    yield Row("search of 1–8 characters, p95", f"{SEARCH:.0f} ms", 1.0, p95(times), SEARCH)
    yield Row("  median", f"{SEARCH:.0f} ms", NO_LIMIT, statistics.median(times), SEARCH)
    ours, theirs = [], []
    scan = "SELECT rowid FROM passage WHERE text LIKE ? ORDER BY day DESC LIMIT 20"
    for _ in range(SCANS):
        word = piece(2)
        ours.append(milliseconds(lambda q=word: search(index, q)))
        like = (f"%{word.replace('%', '_')}%",)
        theirs.append(milliseconds(lambda q=like: scanned.execute(scan, q).fetchall()))
    middle = statistics.median(ours), statistics.median(theirs)
    yield Row("  words of 2 characters", "LIKE over the same text", 0.1, *middle)
