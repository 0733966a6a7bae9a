"""A window in a process of its own: `python -m tests.faults.a_window FOLDER [--unlocked]`.

It prints a line for what others wait for: `opened` once its event loop turns, `called` when a
second start has brought it forward, with the state it stands in then. It is minimised first.
`--unlocked` is the mutant: neither lock file nor SQLite's exclusive lock.
"""

import faulthandler
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from db import connection
from desktop import app
from desktop.views import starting
from desktop.window_lock import WindowLock

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds after which it ends in any case


@contextmanager
def a_window(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A window on the library in `folder`, not yet opened, for as long as the `with` lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.a_window", str(folder), *options],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def hear(process: subprocess.Popen[str]) -> str:
    """The next line it says; empty where it has ended."""
    assert process.stdout
    return process.stdout.readline().rstrip("\n")


def say(word: str) -> None:
    """A line for the test."""
    print(word, flush=True)


def window() -> QMainWindow:
    """The program's."""
    tops = QApplication.topLevelWidgets()
    return next(w for w in tops if isinstance(w, QMainWindow))


def opened() -> None:
    """The event loop turns."""
    window().showMinimized()
    say("opened")


def main(folder: str, *options: str) -> int:
    """Run it until it is ended."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    if options:
        connection._PRAGMAS = connection._PRAGMAS[1:]
        WindowLock.take = lambda *_, **__: None
    for_real = starting.come_forward

    def come_forward() -> None:
        for_real()
        dialog = QApplication.activeModalWidget()
        said = "minimised" if window().isMinimized() else "shown"
        say(f"called {said} {dialog.windowTitle() if dialog else '-'}")

    starting.come_forward = come_forward
    started = QApplication(sys.argv[:1])
    QTimer.singleShot(0, started, opened)
    return app.main(Path(folder))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
