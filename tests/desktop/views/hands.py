"""A handler's hands for the tests of the window: typing, dragging, answering dialogs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop import tasks
from desktop.paths import SAMPLES
from desktop.services.cases import import_file
from desktop.services.library import library
from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from desktop.views.reply_editor import ReplyEditor
from desktop.views.suggestion_row import DRAGGED
from desktop.widgets import theme

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
NARRATIVE, RESULT_LIST = "2025118", "73"
PATIENCE_MS = 1000


@contextmanager
def opened_window(qtbot: QtBot, folder: Path, *, samples: bool) -> Iterator[MainWindow]:
    """The window on the library in `folder`, dressed, active, 1366×768."""
    unexpected: list[str] = []
    with library(folder):
        theme.dress("light", 100)
        for sample in sorted(SAMPLES.glob("*.json")) if samples else ():
            import_file(sample, date(2025, 11, 21))
        window = MainWindow(folder, Settings(folder))
        window.resize(1366, 768)
        guard = _Guard(window, unexpected)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        yield window
        tasks.wait_for_all(5)
        window.session.save()
        window.close()
        guard.stop()
        QGuiApplication.clipboard().clear()  # what it holds would outlive the program, and crash
        window.deleteLater()
        settle()
    assert unexpected == []


class _Guard(QTimer):
    """Closes a dialog that has been waiting too long, and remembers what it said."""

    def __init__(self, window: MainWindow, said: list[str]) -> None:
        super().__init__(window)
        self._said, self._seen = said, ""
        self.timeout.connect(self._look)
        self.start(PATIENCE_MS)

    def _look(self) -> None:
        waiting = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        name = f"{waiting.windowTitle()} {waiting.accessibleDescription()}" if waiting else ""
        if waiting and name == self._seen:
            self._said.append(name)
            waiting.close()
        self._seen = name


def settle() -> None:
    """Let everything that waits happen: layouts, deletions, timers of no length."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def focused() -> QWidget:
    """The widget with the caret."""
    if QApplication.focusWidget() is None:  # offscreen, a dialog that closed gives it to nobody
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        window.activateWindow()
        settle()
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key, wherever the caret is."""
    qtbot.keyClick(focused(), key, modifiers)
    settle()


def write(text: str, widget: QWidget | None = None) -> None:
    """What an input method commits."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget or focused(), event)


def preedit(text: str, widget: QWidget | None = None) -> None:
    """What an input method has not committed yet."""
    QApplication.sendEvent(widget or focused(), QInputMethodEvent(text, []))


def click(qtbot: QtBot, button: QWidget) -> None:
    """The left mouse button."""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def click_text(qtbot: QtBot, editor: ReplyEditor) -> None:
    """Into the words of a reply."""
    place = editor.cursorRect().center() + QPoint(4, 0)
    qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def drop(target: QWidget, data: QMimeData, place: QPoint | None = None) -> None:
    """Carry `data` onto `target` and let go; what refuses it at the door gets nothing."""
    at = place or target.rect().center()
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(at, move, data, left, NONE)
    entering.ignore()
    QApplication.sendEvent(target, entering)
    if entering.isAccepted():
        QApplication.sendEvent(target, QDragMoveEvent(at, move, data, left, NONE))
        QApplication.sendEvent(target, QDropEvent(QPointF(at), move, data, left, NONE))
    settle()


def drop_suggestion(target: QWidget, key: str, place: QPoint | None = None) -> None:
    """A suggestion by its handle."""
    data = QMimeData()
    data.setData(DRAGGED, key.encode())
    drop(target, data, place)


def drop_files(window: MainWindow, paths: Sequence[Path]) -> None:
    """Files from the desktop."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    drop(window, data)


def show(window: MainWindow, number: str, page: str = "replies") -> None:
    """Open the case with this number on that page."""
    key = next(r.key for r in window.sidebar.model.rows if r.proposal_number == number)
    window.show_case(key)
    window.page.show_page(page)
    settle()


def when_asked(answer: str | Callable[[QDialog], object]) -> list[str]:
    """Answer the dialog that opens next, by the button called so; what it said is kept."""
    said: list[str] = []
    patience = iter(range(200))

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            if next(patience, None) is not None:  # a later test's dialog is not meant
                QTimer.singleShot(20, QApplication.instance(), look)
            return
        said.append(dialog.accessibleDescription() or dialog.windowTitle())
        try:
            if isinstance(answer, str):
                buttons = dialog.findChildren(QAbstractButton)
                next(b for b in buttons if b.text() == answer).click()
            else:
                answer(dialog)
        finally:
            if dialog.isVisible():
                dialog.close()

    QTimer.singleShot(0, QApplication.instance(), look)
    return said


def shown(window: MainWindow) -> list[tuple[str, list[tuple[str, str, str]], list[str]]]:
    """What the cards say: each reply's key, its suggestions, its lines."""
    return [
        (
            card.key,
            [(row.key, row.label.text(), row.text.toPlainText()) for row in card.rows],
            card.editor.toPlainText().split("\n"),
        )
        for card in window.page.replies.cards
    ]


def told(window: MainWindow) -> list[tuple[str, list[tuple[str, str, str]], list[str]]]:
    """What the case says, in the same shape."""
    case = window.session.case
    known = {s.key: (s.key, s.label, s.text) for s in case.suggestions()}
    return [
        (r.key, [known[k] for k in r.suggestions], [p.text for p in r.paragraphs] or [""])
        for r in case.replies
    ]
