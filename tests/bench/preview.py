"""A process that types in a 20-page letter beside its preview: `-m tests.bench.preview FOLDER`.

It prints one JSON object: milliseconds from the key until the page with the caret is painted anew,
in the middle of a reply of many paragraphs; of those the layout; and the key without a preview.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.services.cases import save_case
from desktop.services.library import library
from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from tests.bench.cases import of_twenty_pages
from tests.bench.measure import FRAME, Row, milliseconds, p95, told
from tests.bench.writing import typist

KEYS, WARMING = 120, 20
SCREEN = (1366, 768)


def rows(place: str) -> Iterator[Row]:
    """The lines of the table."""
    times = told("-m", "tests.bench.preview", f"{place}/preview")
    name = f"key, {times['pages']} pages beside the preview"
    yield Row(name, "one frame, 16 ms", 1.0, p95(times["key"]), FRAME)
    yield Row("  of it setting the pages", "one frame, 16 ms", 1.0, p95(times["layout"]), FRAME)
    yield Row("  the same, preview hidden", "one frame, 16 ms", 1.0, p95(times["bare"]), FRAME)


def main(folder: Path) -> None:
    """Measure in a library of its own."""
    application = QApplication([])
    theme.dress("light", 100)
    times: dict[str, list[float]] = {"key": [], "layout": [], "bare": []}
    with library(folder):
        case = of_twenty_pages("50101")
        save_case(None, case)
        window = MainWindow(folder, Settings(folder))
        window.showNormal()
        window.resize(*SCREEN)
        window.show_case(case.key)
        window.preview.begin()
        application.processEvents()
        paper = window.preview.paper
        assert paper
        editor = window.page.replies.cards[len(case.replies) // 2].editor
        type_one = typist(editor)

        def until_painted() -> None:
            before = paper.pages
            type_one()
            while paper.pages is before:
                application.processEvents()
            application.processEvents()  # the painting that asks for

        for _ in range(WARMING):
            until_painted()
        for _ in range(KEYS):
            times["key"].append(milliseconds(until_painted))
            times["layout"].append(window.preview.took)
        count = len(paper.pages)
        window.preview.hide()
        for _ in range(KEYS):
            times["bare"].append(milliseconds(type_one))
        window.close()
    print(json.dumps({"pages": count, **times}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
