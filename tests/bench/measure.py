"""How a figure is taken: ours and its yardstick in turn, so that a busy machine slows both."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SCREEN = f"offscreen:configfile={ROOT / '.ci/screen.json'}"
FRAME = 16.0  # ms


@dataclass(frozen=True)
class Row:
    """A line of the table. `ours` may be `limit` times `theirs`; both in ms, or both in MB."""

    name: str
    yardstick: str
    limit: float
    ours: float
    theirs: float


def milliseconds(action: Callable[[], object]) -> float:
    """How long `action` takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def medians(
    ours: Callable[[], object], yardstick: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Milliseconds of both, in turn; the first round only warms up."""
    times = [(milliseconds(ours), milliseconds(yardstick)) for _ in range(rounds + 1)][1:]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def p95(values: Sequence[float]) -> float:
    """What 95 of 100 stay under."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def run(*arguments: str) -> str:
    """A Python process of its own, start to end; returns what it prints.

    Its modules are compiled once, by the first of all, as they are where the program is installed.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": SCREEN}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def told(*arguments: str) -> Any:
    """What such a process tells as JSON in its last line."""
    return json.loads(run(*arguments).splitlines()[-1])
