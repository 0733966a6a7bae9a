"""Opening a file or folder with the program the desktop has for it."""

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Open `path` with its own program (Word, WPS); False where there is none or no such file."""
    return path.is_file() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))


def open_folder(path: Path) -> bool:
    """Open the folder `path`, or the one the file `path` lies in; False where that fails."""
    folder = path if path.is_dir() else path.parent
    return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.absolute())))


def print_file(path: Path) -> bool:
    """Have the program of `path` (Word, WPS) print it; False where the system has no such verb.

    Only Windows has one.
    """
    start = getattr(os, "startfile", None)
    if start is None or not path.is_file():
        return False
    with suppress(OSError):  # no program is known for it, or it does not print
        start(str(path.absolute()), "print")
        return True
    return False
