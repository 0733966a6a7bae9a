"""The real program with somebody at it, to be killed: `python -m tests.typist FOLDER STEP…`.

It starts the window on the library in FOLDER and does each STEP in turn: `open` the narrative
sample with the caret in its first reply; `type TEXT` where the focus is; `slowly TEXT`, a key each
50 ms; `saved` waits until all is on disk; `office` opens the dialog 本单位信息; `samples` imports
both once more; `err` is a mistake of ours; `fall` a segmentation fault; `look` does nothing. After
each it prints what can be seen, as a line of JSON. Nobody waits longer than `PATIENCE_MS`.
"""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.views.main_window import MainWindow

ROOT = Path(__file__).parents[1]
PATIENCE_MS = 30_000
AT = 3  # where `open` puts the caret
KEY_MS = 50


@contextmanager
def typist(folder: Path, *steps: str) -> Iterator[subprocess.Popen[str]]:
    """The program doing `steps`, killed at the latest when the `with` ends."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.typist", str(folder), *steps],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        umask=0o022,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def seen(child: subprocess.Popen[str], steps: int = 1) -> dict[str, Any]:
    """What could be seen after so many more steps."""
    assert child.stdout
    line = ""
    for _ in range(steps):
        line = child.stdout.readline()
        assert line, "the program ended, or nothing happened for too long"
    found: dict[str, Any] = json.loads(line)
    return found


def fill_disk(child: subprocess.Popen[str], full: bool) -> None:
    """No write to any file succeeds while it is `full`."""
    import resource  # Windows has none

    _, hard = resource.prlimit(child.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (0 if full else hard, hard))


class Typist:
    """Does one step after the other."""

    def __init__(self, steps: list[str]) -> None:
        self._steps = steps
        self._keys: list[str] = []
        self._clock = QTimer()
        self._clock.timeout.connect(self._next)
        self._clock.start(KEY_MS)
        QTimer.singleShot(PATIENCE_MS, lambda: os._exit(9))

    def _next(self) -> None:
        from tests.desktop.views.hands import write

        if self._keys:
            write(self._keys.pop(0))
        elif self._steps:
            deed, _, text = self._steps.pop(0).partition(" ")
            if deed == "type":
                write(text)
            elif deed == "slowly":
                self._keys = list(text)
            elif deed == "saved" and unsaved():
                self._steps.insert(0, deed)
                return
            elif deed in DEEDS:
                DEEDS[deed]()
        else:
            return
        if not self._keys:
            print(json.dumps(look()), flush=True)


def window() -> MainWindow:
    """The program's."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


def look() -> dict[str, Any]:
    """Words and caret of the first reply, the bars, the dialog."""
    main, dialog = window(), QApplication.activeModalWidget()
    cards = main.page.replies.cards if main.session.open_case else []
    editor = cards[0].editor if cards else None
    return {
        "text": editor.toPlainText() if editor else "",
        "caret": editor.textCursor().position() if editor and editor.hasFocus() else -1,
        "saved": main.status.saved.text(),
        "bar": main.page.banner.sentence or main.welcome.banner.sentence,
        "dialog": dialog.accessibleDescription() or dialog.windowTitle() if dialog else "",
    }


def unsaved() -> bool:
    """Whether a word is not on disk yet."""
    opened = window().session.open_case
    return opened is not None and opened.unsaved


def open_narrative() -> None:
    """As `AT` says."""
    main = window()
    rows = main.sidebar.model.rows
    main.show_case(next(row.key for row in rows if row.proposal_number == "2025118"))
    main.page.show_page("replies")
    card = main.page.replies.cards[0]
    card.editor.select(AT, 0)
    card.editor.setFocus()


def err() -> None:
    """A mistake that quotes the letter."""
    words = look()["text"]
    QTimer.singleShot(0, lambda: {}[words])


DEEDS = {
    "open": open_narrative,
    "office": lambda: QTimer.singleShot(0, window().office.edit_office),
    "fall": lambda: ctypes.string_at(0),
    "err": err,
    "samples": lambda: window().bringing.add_samples(),
}


def main(folder: str, *steps: str) -> int:
    """Start the program; a typist sits down as its event loop begins."""
    begin = QApplication.exec
    sitting: list[Typist] = []

    def sit_down_and_begin(*_: object) -> int:
        sitting.append(Typist(list(steps)))
        return begin()

    QApplication.exec = sit_down_and_begin  # type: ignore[method-assign,assignment]
    return app.main(Path(folder))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
