"""Letters that come in: read by the warm process, stored, and taken into the search index."""

import io
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice, repeat
from pathlib import Path

from docx import Document

from desktop.services import foreign
from desktop.services.cases import store
from desktop.services.library import library
from desktop.services.search_index import search_index, sync
from tests.bench.cases import TODAY
from tests.bench.measure import ROOT, Row, milliseconds

LETTERS = ROOT / "tests" / "data" / "letters"
TEXT, WORD = 5.0, 30.0  # ms a letter
BATCH, RATE = 500, 50.0  # letters; at least so many a second


def rows() -> Iterator[Row]:
    """A letter read, text and Word; then letters read, stored and indexed, one after the other."""
    texts = [path.read_bytes() for path in sorted(LETTERS.glob("*.txt"))]
    words = [_in_word(text.decode()) for text in texts]
    foreign.read(texts[0], TODAY)
    foreign.read(words[0], TODAY)
    for name, letters, limit in (("text", texts, TEXT), (".docx", words, WORD)):
        times = [milliseconds(partial(foreign.read, letter, TODAY)) for letter in letters]
        yield Row(f"a letter read, {name}", f"{limit:.0f} ms", 1.0, statistics.median(times), limit)
    opened: list[float] = []
    with tempfile.TemporaryDirectory() as place, library(Path(place)):
        begun = time.perf_counter()
        with ThreadPoolExecutor(1) as ahead:  # as in the window, which stores what is read
            letters = list(islice(cycle(words), BATCH))
            for n, reading in enumerate(ahead.map(foreign.read, letters, repeat(TODAY))):
                store(reading, as_new=True)
                if n % 10 == 0:  # in between, so that a busy machine slows both
                    opened.append(milliseconds(partial(_opened, letters[n])))
        with search_index(Path(place)) as index:
            sync(index)
        taken = ((time.perf_counter() - begun) * 1000 - sum(opened)) / BATCH
    yield Row("  read, stored, indexed", f"{RATE:.0f} a second", 1.0, taken, 1000 / RATE)
    yield Row(
        "  the same", "python-docx: open, take the text", 3.0, taken, statistics.median(opened)
    )


def _opened(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def _in_word(text: str) -> bytes:
    """The letter as a colleague's .docx."""
    document, stream = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()
