"""Pictures of the running program, to be looked at: `make shots`.

`python -m tests.shots FOLDER [--readme]` starts the real program once for each size, theme and
library, plays the scenes below, and leaves FOLDER/SIZE-THEME/SCENE.png. `--readme` also renews the
README's two in resources/manual.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QAction, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.paths import RESOURCES, SAMPLES
from desktop.services.cases import import_file
from desktop.services.library import library
from desktop.settings import Settings
from desktop.views.main_window import MainWindow

SIZES = {"1366x768": (1366, 768), "1093x614": (1093, 614), "1920x1080": (1920, 1080)}
THEMES = ("light", "dark")
SETTLE_MS = 250  # a scene's own timers and short animations

Deed = Callable[[MainWindow], object]


def page(name: str) -> Deed:
    """Show a page of the open case."""
    return lambda window: window.page.show_page(name)


def press(text: str) -> Deed:
    """Choose the menu entry called `text`; a dialog it opens is pictured, then closed."""
    return lambda window: next(
        action
        for action in window.findChildren(QAction)
        if action.text().replace("&", "").partition("(")[0].rstrip("…") == text
    ).trigger()


def nothing(_: MainWindow) -> None:
    """The window as it opens."""


# library → what is done one after the other, each pictured under its name
SCENES: dict[str, list[tuple[str, Deed]]] = {
    "empty": [("empty", nothing), ("office", lambda window: window.welcome_office())],
    "samples": [
        ("open", nothing),
        ("basics", page("basics")),
        ("letter", page("letter")),
        ("revisions", page("revisions")),
        ("replies", page("replies")),
        ("about", press("关于复函")),
    ],
}
README_SCENE = "replies"


def main() -> None:
    """Play all scenes, each run in a process of its own: a screen's size is fixed at start."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--play", nargs=3, metavar=("SIZE", "THEME", "LIBRARY"))
    options = parser.parse_args()
    if options.play:
        sys.exit(play(options.folder, *options.play))
    for size in SIZES:
        for theme in THEMES:
            for name in SCENES:
                start(options.folder, size, theme, name)
    if options.readme:
        (RESOURCES / "manual").mkdir(exist_ok=True)
        for theme in THEMES:
            picture = options.folder / f"1366x768-{theme}" / f"{README_SCENE}.png"
            shutil.copyfile(picture, RESOURCES / "manual" / f"window-{theme}.png")


def start(folder: Path, size: str, theme: str, name: str) -> None:
    """Play the scenes of library `name` on a screen of `size`, without a display."""
    width, height = SIZES[size]
    screen = {"name": "", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96}
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / "screen.json"
        config.write_text(json.dumps({"screens": [{**screen, "dpr": 1}]}))
        subprocess.run(
            [sys.executable, "-m", "tests.shots", folder, "--play", size, theme, name],
            env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
            check=True,
            timeout=60,
        )


def play(folder: Path, size: str, theme: str, name: str) -> int:
    """Start the program on a fresh library and take its pictures; returns its exit code."""
    target = folder / f"{size}-{theme}"
    target.mkdir(parents=True, exist_ok=True)
    begin = QApplication.exec

    def begin_and_play(*_: object) -> int:
        QTimer.singleShot(SETTLE_MS, lambda: take_all(target, SIZES[size], SCENES[name]))
        return begin()

    QApplication.exec = begin_and_play  # type: ignore[method-assign,assignment]
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        Settings(data).theme = theme
        if name == "samples":
            with library(data):
                for sample in sorted(SAMPLES.glob("*.json")):
                    made = import_file(sample, date.today())
            Settings(data).last_case = made.key
        return app.main(data)


def take_all(target: Path, size: tuple[int, int], scenes: list[tuple[str, Deed]]) -> None:
    """Play `scenes` one after the other, then close the window."""
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    close_others(window)
    window.setGeometry(0, 0, *size)
    for name, deed in scenes:
        QTimer.singleShot(SETTLE_MS, lambda: finish(window, target / f"{name}.png"))  # noqa: B023
        deed(window)  # a dialog's own loop runs in here
        wait()
    window.close()


def finish(window: MainWindow, file: Path) -> None:
    """Take the picture `file`, then close what the scene opened."""
    screenshot(window).save(str(file))
    close_others(window)


def wait() -> None:
    """Let the program work until the scene is pictured."""
    loop = QEventLoop()
    QTimer.singleShot(2 * SETTLE_MS, loop.quit)
    loop.exec()


def close_others(window: MainWindow) -> None:
    """Close dialogs and menus."""
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()


def screenshot(window: MainWindow) -> QPixmap:
    """The window with its dialogs and menus where they stand."""
    picture = window.grab()
    painter = QPainter(picture)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            painter.drawPixmap(other.mapToGlobal(QPoint()) - window.pos(), other.grab())
    painter.end()
    return picture


if __name__ == "__main__":
    main()
