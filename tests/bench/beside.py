"""A process in whose window somebody writes while the program looks after his words:
`-m tests.bench.beside FOLDER`, a library that is full.

It prints one JSON object: for each thing that goes on beside, how long each key took from its press
until it was painted, whatever the window's thread had to do in between (ms).
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.letter import case_file
from desktop.services import automatic_states, cases, exports
from desktop.services.library import library
from desktop.settings import Settings
from desktop.views import importing
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from tests.bench.cases import of_thirty
from tests.bench.measure import milliseconds
from tests.bench.writing import typist

KEYS, EVERY, FILES = 150, 5, 12
TODAY = date(2025, 11, 21)


@dataclass(frozen=True)
class Beside:
    """What goes on: `begin` once, `deed` at every fifth key, until `busy` says it is over."""

    begin: Callable[[], object] = bool
    deed: Callable[[], object] = bool
    busy: Callable[[], bool] = bool


def main(folder: Path) -> None:
    """Measure all of it in the library in `folder`."""
    QApplication([])
    importing.show_error = _refused  # else a dialog would wait for ever
    theme.dress("light", 100)
    with library(folder):
        case = of_thirty("70101")
        cases.save_case(None, case)
        window = MainWindow(folder, Settings(folder))
        window.resize(1366, 768)
        window.show()
        window.show_case(case.key)
        QApplication.processEvents()
        key = typist(window.page.replies.cards[0].editor)
        for _ in range(KEYS):
            key()
        times = {name: written(key, what) for name, what in all_of_it(window, folder).items()}
        window.close()
    print(json.dumps(times))


def _refused(*said: object) -> None:
    raise RuntimeError(said)


def written(key: Callable[[], None], what: Beside) -> list[float]:
    """Milliseconds of each key."""
    times: list[float] = []
    what.begin()
    while len(times) < KEYS or what.busy():
        if len(times) % EVERY == 0:
            QTimer.singleShot(0, what.deed)
        times.append(milliseconds(key))
    return times


def all_of_it(window: MainWindow, folder: Path) -> dict[str, Beside]:
    """Everything data-safety.md asks for, as the window does it."""
    backing_up, case = window.backing_up, window.session.case

    def next_morning() -> None:
        backing_up._day = None
        backing_up.rest()

    def export() -> None:
        work = exports.prepare_export(case, folder / "letter.docx", TODAY, overwrite=True)
        prepared.append(work)

    def finish() -> None:
        exports.finish_export(prepared.pop())

    def dock() -> None:
        window.earlier.show_earlier()
        loop = QEventLoop()
        window.earlier.keeping.fresh.connect(loop.quit)
        window.earlier.keeping.refresh()
        loop.exec()
        typist(window.page.replies.cards[0].editor)

    def ask_again() -> None:
        window.earlier._asked_for = ()
        window.earlier._ask()
        window.earlier.completing._ask()

    prepared: list[exports.PreparedExport] = []
    for _ in range(KEYS // EVERY + 1):
        export()
    files = [folder / f"{number}.json" for number in range(FILES)]
    for number, file in enumerate(files):
        proposal = replace(case.proposals[0], proposal_number=f"7020{number}")
        other = cases.with_new_keys(replace(case, proposals=(proposal,)))
        file.write_text(case_file.dump(other), encoding="utf-8")
    return {
        "nothing": Beside(),
        "autosave": Beside(deed=window.session.save),
        "automatic state": Beside(
            deed=lambda: automatic_states.keep_automatic(window.session.case, datetime.now())
        ),
        "backup": Beside(next_morning, busy=lambda: backing_up._under_way is not None),
        "idle checks": Beside(deed=window._rest),
        "import": Beside(lambda: window.importing.take(files), busy=lambda: window.importing.busy),
        "export": Beside(deed=finish),
        "往年答复 open, asked at every fifth key": Beside(dock, ask_again),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
