"""Promise 7: from someone else's file only text comes in, or a sentence says why nothing does.

A file that is read must hold what its reader sees and nothing that is hidden, struck out or outside
the file; words it loses count as lost, what it lets in as damage, and so does a file that takes
more memory or time than is allowed.
"""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from unittest.mock import patch

from lxml import etree

from desktop.errors import FuhanError
from desktop.letter.clean import clean_text
from desktop.letter.pages import file_kinds, package, walk
from desktop.letter.reader import read_case
from desktop.letter.reading import Reading
from desktop.services import cases, secrecy
from tests.faults import hostile, hostile_words, labels, pasting, slow_texts
from tests.faults.figures import Fault, Figures
from tests.faults.hostile import Hostile
from tests.faults.meter import Listener, Meter
from tests.faults.mutants import mutated_letters
from tests.faults.names import file_names

TODAY = date(2026, 3, 3)


def count_harm(file: Hostile, reading: Reading | FuhanError, found: Figures) -> None:
    """Count what is wrong with what became of `file`."""
    if isinstance(reading, FuhanError):
        found.refused(str(reading))
        found.lost += file.says is None
        found.mute += bool(file.says) and not re.search(file.says, str(reading))
    else:
        texts = list(secrecy.texts(reading.case))
        text = "\n".join(texts)
        found.damaged += file.kept is None
        found.lost += file.kept not in text if file.kept else 0
        found.damaged += bool(file.dropped) and file.dropped in text
        found.mute += file.noted not in "".join(reading.notes)
        found.damaged += any(clean_text(text) != text for text in texts)


def read_all(
    files: Iterable[Hostile], folder: Path, address: Listener, twin: "Twin | None" = None
) -> Figures:
    """Read each file as `fuhan import` does, and once more without the guard that `twin` lacks."""
    found, meter, wrong = Figures(), Meter(), []
    for file in files:
        found.tried += 1
        before, said = found.harm, ""
        try:
            with meter(file.name):
                reading = _read(_put(file, folder))
            said = str(reading) if isinstance(reading, FuhanError) else "read"
            count_harm(file, reading, found)
        except Exception as error:  # what a handler would see as a traceback
            found.tracebacks += 1
            said = repr(error)
        found.damaged += address.visits()
        if found.harm > before:
            wrong.append(f"{file.name}: {said}")
        if twin:
            twin.read(file)
            found.twin = f"{twin.harmed} harmed"
    found.damaged += meter.breaches()
    found.note = "; ".join([str(meter), *wrong])
    return found


def _put(file: Hostile, folder: Path) -> Path:
    path = folder / file.name
    if file.data is None:
        path.mkdir()
    else:
        path.write_bytes(file.data)
    return path


def _read(path: Path) -> Reading | FuhanError:
    try:
        return cases.read_file(path, TODAY)
    except FuhanError as error:
        return error


class Twin:
    """The reader without its guard: what it does wrong with files the real one bears."""

    def __init__(self, guard: Callable[[], AbstractContextManager[object]], largest: int) -> None:
        self._guard, self._largest = guard, largest  # bytes: it has no cap of its own
        self.harmed = 0

    def read(self, file: Hostile) -> None:
        """Read it in this process."""
        if file.data is None or len(file.data) > self._largest:
            return
        with self._guard():
            try:
                reading: Reading | FuhanError = read_case(file.data, TODAY)
            except FuhanError as error:
                reading = error
            except Exception:
                self.harmed += 1
                return
        found = Figures()
        count_harm(file, reading, found)
        self.harmed += bool(found.harm)


def _without_limits() -> AbstractContextManager[object]:
    return patch.object(package, "_check_entries", lambda *_: None)


def _without_kinds() -> AbstractContextManager[object]:
    return patch.object(file_kinds, "refuse_known", lambda *_: None)


def _with_entities() -> AbstractContextManager[object]:
    def parsed(data: bytes) -> object:
        parser = etree.XMLParser(resolve_entities=True, load_dtd=True)
        return etree.fromstring(data, parser)

    return patch.object(package, "_parse", parsed)


def _with_everything() -> AbstractContextManager[object]:
    read = dict.fromkeys(("del", "moveFrom", "r"), walk.Walk._children)
    return patch.dict(walk._STEPS, {**read, "delText": walk.Walk._characters})


def archives(folder: Path, every: int = 1) -> Figures:
    """Archives that blow up or lie, every n-th of them; the twin has no limits of size or name."""
    with Listener() as door:
        files = islice(hostile.archives(), 0, None, every)
        return read_all(files, folder, door, Twin(_without_limits, 1 << 18))


def other_kinds(folder: Path) -> Figures:
    """What is no .docx; the twin does not look what a file is."""
    with Listener() as door:
        return read_all(hostile.kinds(), folder, door, Twin(_without_kinds, 1 << 20))


def markup(folder: Path, every: int = 1) -> Figures:
    """XML that grows or reaches out; the twin resolves what is declared."""
    with Listener() as door:
        files = islice(hostile_words.markup(folder, door.address), 0, None, every)
        return read_all(files, folder, door, Twin(_with_entities, 1 << 16))


def contents(folder: Path) -> Figures:
    """Tracked, hidden, remote; the twin reads whatever there is."""
    with Listener() as door:
        files = hostile_words.contents(door.address)
        return read_all(files, folder, door, Twin(_with_everything, 1 << 16))


def case_files(folder: Path, every: int = 1) -> Figures:
    """卷宗文件 changed by hand; there is no guard to leave out, but Python's own reader of JSON."""
    with Listener() as door:
        files = [*hostile_words.case_files()][::every]
        found = read_all(files, folder, door)
    found.twin = f"{sum(map(_is_json, files))} are good JSON"
    return found


def _is_json(file: Hostile) -> bool:
    try:
        json.loads(file.data or b"")
    except (ValueError, RecursionError):
        return False
    return True


def long_texts(folder: Path, every: int = 1) -> Figures:
    """Texts made to be slow; the twin is a pattern the reader once had."""
    with Listener() as door:
        files = chain(slow_texts.encodings(), slow_texts.in_word(), slow_texts.texts())
        found = read_all(islice(files, 0, None, every), folder, door)
    found.twin = f"{slow_texts.growth_of_a_slow_pattern():.1f} times as long for twice the text"
    return found


FAULTS = (
    Fault("foreign archives", archives),
    Fault("foreign kinds", other_kinds),
    Fault("foreign markup", markup),
    Fault("foreign contents", contents),
    Fault("foreign case files", case_files),
    Fault("foreign long texts", long_texts),
    Fault("foreign mutants", partial(mutated_letters, tried=2000, seed=5)),
    Fault("file names", partial(file_names, tried=2000, seed=7)),
    Fault("pastes and drops", partial(pasting.in_a_window, tried=1000, seed=7)),
    Fault("markup shown", labels.in_a_window),
)
