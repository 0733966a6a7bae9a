"""A process that opens cases in the window and writes in them: `-m tests.bench.writing FOLDER`.

It prints one JSON object: lists of milliseconds, ours and each yardstick's taken in turn.
"""

import json
import os
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop.letter.model import Case
from desktop.services.cases import save_case
from desktop.services.library import library
from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from desktop.views.reply_editor import ReplyEditor
from desktop.widgets import theme
from tests.bench.cases import long_reply, of_thirty
from tests.bench.measure import milliseconds
from tests.bench.starting import Painted

KEYS, SWITCHES, SAVES = 60, 8, 30
Times = dict[str, list[float]]


def main(folder: Path) -> None:
    """Measure all of it in a library of its own."""
    application = QApplication([])
    theme.dress("light", 100)
    times: Times = {}
    with library(folder):
        thirty = [of_thirty("30101"), of_thirty("30102")]
        long = {n: long_reply(f"401{n:02}", n) for n in (1, 60)}
        for case in (*thirty, *long.values()):
            save_case(None, case)
        window = MainWindow(folder, Settings(folder))
        window.resize(1366, 768)
        window.show()
        application.processEvents()
        times["first"] = opened(window, thirty[0])[:1]
        for n in range(1, SWITCHES + 1):
            first, *rest = opened(window, thirty[n % 2])
            times.setdefault("switch", []).append(first)
            times.setdefault("rest", []).append(max(rest))
        write(window, thirty[0], "30", times, folder)
        for count, case in long.items():
            write(window, case, f"long{count}", times, folder)
        window.close()
    print(json.dumps(times))


def opened(window: MainWindow, case: Case) -> list[float]:
    """Open `case`: how long until it is painted, then each step of what is done after that."""
    painted = Painted(window.page)

    def until_painted() -> None:
        window.show_case(case.key)
        while not painted.seen:
            QApplication.processEvents()

    steps = [milliseconds(until_painted)]
    for _ in range(2 * len(case.replies)):
        steps.append(milliseconds(QApplication.processEvents))
    painted.deleteLater()
    return steps


def write(window: MainWindow, case: Case, name: str, times: Times, folder: Path) -> None:
    """Type in the middle of the case's first reply, in a bare editor too; commit; count."""
    window.show_case(case.key)
    QApplication.processEvents()
    editor = window.page.replies.cards[0].editor
    bare = bare_editor(editor, [p.text for p in case.replies[0].paragraphs])
    keys, bare_keys = typist(editor), typist(bare)
    keys(), bare_keys()
    for _ in range(KEYS):
        times.setdefault(f"{name} key", []).append(milliseconds(keys))
        times.setdefault(f"{name} bare", []).append(milliseconds(bare_keys))
    bare.close()
    data = editor.caret_paragraph().text.encode()
    kept = (folder / "yardstick").open("wb", buffering=0)
    for _ in range(SAVES):
        keys()
        times.setdefault(f"{name} save", []).append(milliseconds(window.session.save))
        times.setdefault(f"{name} fsync", []).append(milliseconds(lambda: sync(kept, data)))
        times.setdefault(f"{name} count", []).append(milliseconds(window.status.show_count))
    kept.close()


def bare_editor(like: ReplyEditor, texts: list[str]) -> QTextEdit:
    """A QTextEdit on the screen with the same text and type, as wide."""
    bare = QTextEdit()
    bare.setFont(like.font())
    bare.setPlainText("\n".join(texts))
    bare.resize(like.width(), 600)
    bare.show()
    return bare


def typist(editor: QTextEdit) -> Callable[[], None]:
    """Commits one Chinese character as an input method does, until it is painted."""
    editor.activateWindow()
    editor.setFocus()
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().characterCount() // 2)
    cursor.movePosition(QTextCursor.MoveOperation.Left)
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()
    QApplication.processEvents()

    def type_one() -> None:
        event = QInputMethodEvent()
        event.setCommitString("办")
        QApplication.sendEvent(editor, event)
        QApplication.processEvents()

    return type_one


def sync(file: FileIO, data: bytes) -> None:
    """Write `data`, and have it on the disk."""
    file.write(data)
    os.fsync(file.fileno())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
