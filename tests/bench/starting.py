"""A process that starts a window and tells when it is usable: `-m tests.bench.starting [FOLDER]`.

Without a folder it is the yardstick, an empty PySide6 window. Usable is: painted, and nothing left
to do. It prints the clock (`time.monotonic`, the same for all processes) then, and when the preview
has its pages, and its memory's peak.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Painted(QObject):
    """Watches a widget for its next painting."""

    seen = False

    def __init__(self, widget: QWidget) -> None:
        """Watch `widget` from now on."""
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Remember it."""
        self.seen |= event.type() == QEvent.Type.Paint
        return False


def until_usable(*_: object) -> int:
    """In place of `QApplication.exec`: work until the window is usable, tell it, and end."""
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow))
    painted = Painted(window)
    while not painted.seen:
        QApplication.processEvents()
    QApplication.processEvents()  # what was put off until after it
    usable = time.monotonic()
    if preview := window.findChild(QWidget, "preview"):
        while not (preview.paper and preview.paper.pages):  # type: ignore[attr-defined]
            QApplication.processEvents()
        QApplication.processEvents()  # their painting
    print(json.dumps((usable, time.monotonic(), peak_memory())), flush=True)
    window.close()
    return 0


def peak_memory() -> float:
    """MB this process had in memory at most; not `getrusage`, which counts its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def empty_window() -> int:
    """The yardstick."""
    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    result = until_usable()
    del application
    return result


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(empty_window())
    from desktop.__main__ import main

    QApplication.exec = until_usable  # type: ignore[method-assign,assignment]
    sys.exit(main(["--data", sys.argv[1]]))
