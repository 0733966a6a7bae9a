"""The table. OVER marks a figure beyond its limit."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.bench import letters, merging, paper, preview, reading, searching
from tests.bench.cases import CASES, fill
from tests.bench.measure import FRAME, Row, medians, p95, run, told

COMMANDS, STARTS, WRITINGS = 15, 11, 3
OPEN = 100.0  # ms


def main() -> None:
    """Print the table, each line once it is known."""
    print(f"{'':46}{'yardstick':34}{'ms, MB':>8}{'':>8}{'ratio':>8}{'limit':>7}")
    show(letters.row())
    with tempfile.TemporaryDirectory() as place:
        number = fill(Path(place))
        for row in chain(
            paper.rows(place),
            preview.rows(place),
            commands(place, number),
            starts(place),
            writings(place),
            keys_beside(place),
            reading.rows(),
            merging.rows(),
            searching.rows(),
        ):
            show(row)


def commands(place: str, number: str) -> Iterator[Row]:
    """The command line, against Python importing peewee and opening a database."""
    code = f"import peewee; peewee.SqliteDatabase({place + '/other.db'!r}).connect()"
    for verb in (("list",), ("show", number), ("show", number, "--json")):
        arguments = ("-m", "desktop", "--data", place, *verb)
        taken = medians(lambda a=arguments: run(*a), lambda: run("-c", code), COMMANDS)
        name = f"fuhan {' '.join(verb)}, {CASES} cases"
        yield Row(name, "python: import peewee, open", 2.0, *taken)


def starts(place: str) -> Iterator[Row]:
    """The window, from the start of its process until it is usable, against an empty one."""
    ours, empty = [], []
    for _ in range(STARTS + 1):
        ours.append(started(place))
        empty.append(started())
    middle = [statistics.median(values) for values in zip(*ours[1:], strict=True)]
    theirs = [statistics.median(values) for values in zip(*empty[1:], strict=True)]
    yield Row(f"window, {CASES} cases: usable", "empty PySide6 window", 3.0, middle[0], theirs[0])
    yield Row("  its paper painted", "empty PySide6 window", float("inf"), middle[1], theirs[1])
    yield Row("  memory, paper and all", "empty PySide6 window", 2.5, middle[2], theirs[2])


def started(*place: str) -> tuple[float, float, float]:
    """Milliseconds until usable, until the paper is there, and MB."""
    begun = time.monotonic()
    usable, paper, memory = told("-m", "tests.bench.starting", *place)
    return (usable - begun) * 1000, (paper - begun) * 1000, memory


def writings(place: str) -> Iterator[Row]:
    """Opening, typing and saving in the window."""
    times: dict[str, list[float]] = {}
    for n in range(WRITINGS):
        folder = Path(place) / f"writing{n}"
        for name, values in told("-m", "tests.bench.writing", str(folder)).items():
            times.setdefault(name, []).extend(values)
    for name in ("first", "switch"):
        taken = statistics.median(times[name])
        yield Row(f"open 30 suggestions, {name}", f"{OPEN:.0f} ms", 1.0, taken, OPEN)
    yield Row("  the longest step after it", "one frame, 16 ms", 1.0, p95(times["rest"]), FRAME)
    for name in ("30", "long1", "long60"):
        yield from written(name, times)


def written(name: str, times: dict[str, list[float]]) -> Iterator[Row]:
    """Of one case: a keystroke, the commit after it, the counting after a pause."""
    words = {
        "30": "30 suggestions",
        "long1": "30,000 characters in 1 paragraph",
        "long60": "30,000 characters in 60",
    }[name]
    key, save, count = (p95(times[f"{name} {what}"]) for what in ("key", "save", "count"))
    bare = p95(times[f"{name} bare"])
    yield Row(f"key, {words}", "one frame, 16 ms", 1.0, key, FRAME)
    yield Row("  the same", "bare QTextEdit", float("inf"), key, bare)
    commit = statistics.median(times[f"{name} save"])
    sync = statistics.median(times[f"{name} fsync"])
    yield Row("  autosave", "write and fsync, same bytes", 10.0, commit, sync)
    yield Row("  autosave, p95", "one frame, 16 ms", 1.0, save, FRAME)
    yield Row("  字数 after a pause, p95", "one frame, 16 ms", 1.0, count, FRAME)


def keys_beside(place: str) -> Iterator[Row]:
    """A key while the program looks after the words: saves, copies, checks, reads, exports."""
    for name, times in told("-m", "tests.bench.beside", place).items():
        yield Row(f"key beside: {name}, p95", "one frame, 16 ms", 1.0, p95(times), FRAME)


def show(row: Row) -> None:
    """One line of the table."""
    limit = f"{row.limit:7.1f}" if row.limit < float("inf") else f"{'–':>7}"
    over = "  OVER" if row.ours > row.limit * row.theirs else ""
    ratio = row.ours / row.theirs
    print(
        f"{row.name:46}{row.yardstick:34}{row.ours:8.1f}{row.theirs:8.1f}{ratio:8.2f}{limit}{over}",
        flush=True,
    )


if __name__ == "__main__":
    main()
