"""What is pasted and dropped (粘贴、拖入) into every field of the window: only clean text stays."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from types import SimpleNamespace

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from desktop.letter.clean import clean_text
from desktop.services import secrecy
from desktop.services.exports import export_case
from desktop.views.dialogs.cut_proposal import CutProposal
from desktop.views.main_window import MainWindow
from desktop.widgets.line_field import LineField
from desktop.widgets.message import ErrorMessage
from desktop.widgets.plain_editor import PlainEditor
from tests.conftest import TODAY
from tests.desktop.views.hands import CTRL, NARRATIVE, drop, opened_window, settle, show
from tests.faults.figures import Figures
from tests.faults.meter import Listener

_PAGES = ("basics", "replies", "letter", "co_handling", "revisions", "cut")
_UNDOS = 4
_TEXTS = {
    "controls": "甲\x01\x02\x07\x08\x1b\x7f\x80乙",
    "bidi": "甲\u202e乙\u2066丙\u200f丁\u061c",
    "halves": "甲\ud800乙\udc00丙",
    "no characters": "甲\ufffc\ufffe\uffff\ufeff乙\u200b",
    "line ends": "甲\r\n乙\x0b丙\x0c丁\x85戊\u2028己\u2029庚\n\n\t辛",
    "long": "很长的一段话，" * 2500,
    "too long": "太长的一段话，" * 30_000,
    "10 MB": "十兆" * 1_750_000,
    "10 MB of lines": "\n" * 10_000_000,
    "rare": "𠮷𠀀\ue000е\u0301",
}


def payloads(address: str, outside: Path) -> dict[str, Callable[[], QMimeData]]:
    """What may be on a clipboard, by name; pictures in HTML are at `address` and `outside`."""
    page = (
        f"<p style='color:red'>正文<img src='{outside.as_uri()}'><img src='{address}/a.png'>"
        f"<link rel=stylesheet href='{address}/a.css'><script>alert('脚本')</script></p>"
    )
    rtf = rb"{\rtf1\ansi\pard {\field{\*\fldinst INCLUDETEXT C:\\x}}}"

    def text(words: str) -> Callable[[], QMimeData]:
        return lambda: _mime("setText", words)

    return {
        **{name: text(words) for name, words in _TEXTS.items()},
        "html": lambda: _mime("setHtml", page),
        "html and text": lambda: _mime("setText", "正文\u202e", ("setHtml", page)),
        "rtf": lambda: _mime("setData", "text/rtf", more=rtf),
        "picture": lambda: _mime("setImageData", QImage(9, 9, QImage.Format.Format_RGB32)),
        "file": lambda: _mime("setUrls", [QUrl.fromLocalFile(str(outside))]),
    }


def _mime(setter: str, value: object, *others: tuple[str, object], more: bytes = b"") -> QMimeData:
    made = QMimeData()
    getattr(made, setter)(value, *([more] if more else []))
    for name, other in others:
        getattr(made, name)(other)
    return made


def pastes(window: MainWindow, tried: int, seed: int) -> Figures:
    """So many of all pastes and drops; the longest time the window stood still is in the note.

    The twin is Qt's own field for rich text.
    """
    found, wrong = Figures(), []
    slowest, worst = 0.0, ""
    outside = window.folder / "外面.png"
    QImage(9, 9, QImage.Format.Format_RGB32).save(str(outside))
    show(window, NARRATIVE)
    with Listener() as door, _reader(window, found):
        kinds = payloads(door.address, outside)
        ways = [*product(_PAGES, range(40), kinds, (paste, drop_on))]
        Random(seed).shuffle(ways)
        for place, number, kind, way in ways:
            if found.tried == tried:
                break
            with _fields(window, place) as fields:
                if number >= len(fields):
                    continue
                field = fields[number]
                found.tried += 1
                before, harm = window.session.case, found.harm
                begun = time.perf_counter()
                try:
                    way(field, kinds[kind]())
                except Exception as error:
                    found.tracebacks += 1
                    wrong.append(repr(error))
                seconds = time.perf_counter() - begun
                name = f"{kind} into {place} {number} {field.accessibleName()}"
                if seconds > slowest:
                    slowest, worst = seconds, name
                _check(window, field, found)
                _take_back(window, before, found)
                found.damaged += door.visits()
            if found.harm > harm:
                wrong.append(name)
        found.twin = f"{sum(map(_spoils, (kinds[kind]() for kind in kinds)))} kept by a QTextEdit"
    window.session.save()
    export_case(NARRATIVE, window.folder, TODAY)
    found.note = "; ".join([f"at most {slowest:.2f} s ({worst})", *wrong])
    return found


def paste(field: QWidget, data: QMimeData) -> None:
    """Ctrl+V with `data` on the real clipboard."""
    from PySide6.QtTest import QTest  # at first use: a test's module

    QGuiApplication.clipboard().setMimeData(data)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, CTRL)
    settle()


def drop_on(field: QWidget, data: QMimeData) -> None:
    """Carried over by the mouse."""
    drop(field.viewport() if isinstance(field, QTextEdit) else field, data)


@contextmanager
def _fields(window: MainWindow, place: str) -> Iterator[list[QWidget]]:
    """Every field to write in on a page and on the tool bar, or the one of the dialog 拆成建议."""
    if place == "cut":
        dialog = CutProposal(window, window.session.case)
        dialog.show()
        settle()
        yield [dialog.text]
        dialog.close()
        dialog.deleteLater()
        settle()
        return
    window.page.show_page(place)
    settle()
    yield [
        field
        for kind in (LineField, PlainEditor)
        for field in window.findChildren(kind)
        if field.isVisible() and not field.isReadOnly()
    ]


@contextmanager
def _reader(window: MainWindow, found: Figures) -> Iterator[None]:
    """Whatever error opens is read and closed."""
    clock = QTimer(window)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ErrorMessage):
            found.refused(dialog.accessibleDescription())
            dialog.accept()

    clock.timeout.connect(look)
    clock.start(5)
    yield
    clock.stop()


def _text(field: QWidget) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()  # type: ignore


def _is_clean(text: str) -> bool:
    return clean_text(text) == text


def _check(window: MainWindow, field: QWidget, found: Figures) -> None:
    """The field and the case hold clean text, and the field nothing else."""
    dialog, shown = field.window(), [_text(field)]
    if isinstance(dialog, CutProposal):  # its cutting is what comes in
        shown = [dialog.cutting.source]
    found.damaged += not all(map(_is_clean, shown))
    found.damaged += not all(map(_is_clean, secrecy.texts(window.session.case)))
    found.damaged += "外面.png" in _text(field)  # where a copied file lies
    if isinstance(field, QTextEdit):
        found.damaged += "<img" in field.toHtml() or "color:#ff0000" in field.toHtml()


def _take_back(window: MainWindow, before: object, found: Figures) -> None:
    """Undo brings back what was there."""
    for _ in range(_UNDOS):
        if window.session.case == before:
            return
        window.session.undo()
        settle()
    found.lost += window.session.case != before


def _spoils(data: QMimeData) -> bool:
    """Whether Qt's own field takes more of it than clean text."""
    if len(data.text()) > 10_000:
        return False
    field = QTextEdit()
    field.insertFromMimeData(data)
    return "<img" in field.toHtml() or not _is_clean(field.toPlainText())


def in_a_window(folder: Path, tried: int, seed: int) -> Figures:
    """`pastes` into a window of its own, without pytest."""
    with own_window(folder) as window:
        return pastes(window, tried, seed)


@cache
def application() -> QApplication:
    """The one of this process, kept: the pages of a letter want no lesser one."""
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([])


@contextmanager
def own_window(folder: Path) -> Iterator[MainWindow]:
    """The window with both samples where no test has opened one."""
    application()
    nobody = SimpleNamespace(waitActive=lambda _: nullcontext())
    with opened_window(nobody, folder, samples=True) as window:  # type: ignore[arg-type]
        yield window
