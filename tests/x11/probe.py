"""The program, and beside it a window into where its things are. It only looks, it never acts.

`python -m tests.x11.probe SOCKET MODULE ARGUMENTS…` runs MODULE as a program. As soon as its event
loop turns, SOCKET answers lines with lines of JSON: `where NAME`, `text NAME`, `focus`, `caret`,
`paper`, `printed WORDS`, `idle`, `shot FILE`.
"""

import json
import os
import runpy
import sys
from collections.abc import Callable, Iterator
from itertools import count, takewhile
from traceback import format_exc
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from desktop.paper.draw import Placed
    from desktop.views.preview_paper import PaperView


class Probe(QObject):
    """Answers one line with one line."""

    def __init__(self, socket: str) -> None:
        super().__init__(QApplication.instance())
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._accept)
        # the test looks for the name: it must not see a socket nobody listens at yet
        assert self._server.listen(f"{socket}.new"), self._server.errorString()
        os.rename(f"{socket}.new", socket)

    def _accept(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(connection.deleteLater)

    def _read(self) -> None:
        connection = self.sender()
        assert isinstance(connection, QLocalSocket)
        while connection.canReadLine():
            request = connection.readLine().data().decode().rstrip("\n")
            word, _, name = request.partition(" ")
            if word == "idle":
                QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: _say(connection, True)))
            else:
                try:
                    _say(connection, ANSWERS[word](name))
                except Exception:  # the test hears of it at once
                    _say(connection, {"error": format_exc()})


def _say(connection: QLocalSocket, answer: object) -> None:
    connection.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
    connection.flush()


def where(name: str) -> list[dict[str, Any]]:
    """What bears `name` and can be seen; where nothing does, what has it in its name."""
    found = list(things())
    exact = [thing for names, thing in found if name in names]
    return exact or [thing for names, thing in found if any(name in other for other in names)]


def text(name: str) -> list[str]:
    """The texts of what bears `name`."""
    return [thing["text"] for thing in where(name)]


def focus(_: str) -> str:
    """The name of the widget that has the keyboard."""
    widget = QApplication.focusWidget()
    return next(iter(names_of(widget)), type(widget).__name__) if widget else ""


def caret(_: str) -> list[str]:
    """The name of the field that has the keyboard, and its words before the caret."""
    widget = QApplication.focusWidget()
    if isinstance(widget, QLineEdit):
        before = widget.text()[: widget.cursorPosition()]
    elif isinstance(widget, QTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(0, QTextCursor.MoveMode.KeepAnchor)
        before = cursor.selection().toPlainText()
    else:
        return ["", ""]
    return [focus(""), before]


def paper(_: str) -> list[str]:
    """The words of each page of the preview as it stands."""
    return ["".join(p.line.text for p in page.lines) for view in _papers() for page in view.pages]


def printed(words: str) -> list[dict[str, Any]]:
    """Where the preview prints `words` first: a place for every line they reach over."""
    found = []
    for view in _papers():
        for page in view.pages:
            start = "".join(p.line.text for p in page.lines).find(words)
            end = start + len(words)
            for line in page.lines if start >= 0 else ():
                mine = line.line.text[max(start, 0) : max(end, 0)]
                if mine:
                    found.append(_on_paper(view, page.number, line, max(start, 0), mine))
                start, end = start - len(line.line.text), end - len(line.line.text)
            if found:
                break
    return found


def _papers() -> "list[PaperView]":
    from desktop.views.preview_paper import PaperView  # not before the program does

    return [w for w in QApplication.allWidgets() if isinstance(w, PaperView) and w.isVisible()]


def _on_paper(
    view: "PaperView", page: int, placed: "Placed", start: int, words: str
) -> dict[str, Any]:
    from desktop.paper.places import Area

    left, right = (placed.x + placed.line.edges[n] for n in (start, start + len(words)))
    area = Area(page, left, placed.y, right, placed.y + placed.line.height)
    return place(view.viewport(), view._logical(view._spread.area(area)), words, words)


def shot(file: str) -> bool:
    """The whole screen as a picture."""
    return QGuiApplication.primaryScreen().grabWindow(0).save(file)


ANSWERS: dict[str, Callable[[str], object]] = {
    "where": where,
    "text": text,
    "focus": focus,
    "caret": caret,
    "paper": paper,
    "printed": printed,
    "shot": shot,
}


def things() -> Iterator[tuple[list[str], dict[str, Any]]]:
    """Every visible thing with its names: widgets, and the parts of widgets that are none."""
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        names = names_of(widget)
        if names:
            yield names, place(widget, face(widget), names[0], text_of(widget))
        for label, host, rectangle in parts(widget):
            yield [plain(label)], place(host, rectangle, plain(label), label)


def plain(label: str) -> str:
    """A label without its mark for the Alt key (`&保存`, `文件(&F)`) and its key."""
    return label.partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")


def names_of(widget: QWidget) -> list[str]:
    """Its names, the accessible one first; none where another widget takes the keyboard for it."""
    if widget.focusProxy():
        return []
    names = [widget.accessibleName(), widget.objectName()]
    # a label that stands beside a field lends it its name
    if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and not widget.buddy()):
        names.append(plain(widget.text()))
    if isinstance(widget, QGroupBox):
        names.append(plain(widget.title()))
    if widget.isWindow():
        names.append(widget.windowTitle())
    return [name for name in names if name and not name.startswith("qt_")]


def face(widget: QWidget) -> QRect:
    """What of it answers to a click: a check box only where its box and words are."""
    rectangle = widget.rect()
    if isinstance(widget, QCheckBox):
        rectangle.setWidth(min(rectangle.width(), widget.sizeHint().width()))
    return rectangle


def text_of(widget: QWidget) -> str:
    """What it says now."""
    for method in ("toPlainText", "currentText", "text", "title", "windowTitle"):
        if callable(read := getattr(widget, method, None)) and isinstance(said := read(), str):
            return said
    return ""


def parts(widget: QWidget) -> Iterator[tuple[str, QWidget, QRect]]:
    """The parts of `widget` that can be pointed at: label, the widget they lie in, rectangle."""
    if isinstance(widget, QAbstractItemView) and widget.model():
        for index in _indexes(widget, widget.rootIndex()):
            label = index.data(Qt.ItemDataRole.DisplayRole)
            if label is not None:
                yield str(label), widget.viewport(), widget.visualRect(index)
    elif isinstance(widget, (QMenu, QMenuBar)):
        for action in widget.actions():
            if action.isVisible():
                yield action.text(), widget, widget.actionGeometry(action)
    elif isinstance(widget, QTabBar):
        for number in range(widget.count()):
            yield widget.tabText(number), widget, widget.tabRect(number)
    elif isinstance(widget, QTextEdit):
        yield from _blocks(widget)


def _indexes(view: QAbstractItemView, parent: QModelIndex) -> Iterator[QModelIndex]:
    model = view.model()
    for row in range(model.rowCount(parent)):
        # PySide6 hides columnCount of list models; hasIndex asks it all the same
        for column in takewhile(lambda c, r=row: model.hasIndex(r, c, parent), count()):
            index = model.index(row, column, parent)
            if not view.visualRect(index).isEmpty():
                yield index
            if column == 0:
                yield from _indexes(view, index)


def _blocks(editor: QTextEdit) -> Iterator[tuple[str, QWidget, QRect]]:
    block = editor.document().begin()
    layout = editor.document().documentLayout()
    while block.isValid():
        if block.text():
            box = layout.blockBoundingRect(block).toRect()
            box.translate(
                -editor.horizontalScrollBar().value(), -editor.verticalScrollBar().value()
            )
            yield block.text(), editor.viewport(), box
        block = block.next()


def place(widget: QWidget, rectangle: QRect, name: str, said: str) -> dict[str, Any]:
    """Where the part of `rectangle` that can be seen lies, in pixels of the screen."""
    inside = widget
    while True:
        rectangle = rectangle.intersected(inside.rect())
        parent = inside.parentWidget()
        if inside.isWindow() or parent is None:
            break
        rectangle = rectangle.translated(inside.pos())
        inside = parent
    corner, ratio = inside.mapToGlobal(rectangle.topLeft()), widget.devicePixelRatio()
    return {
        "name": name,
        "x": round(corner.x() * ratio),
        "y": round(corner.y() * ratio),
        "width": round(rectangle.width() * ratio),
        "height": round(rectangle.height() * ratio),
        "visible": not rectangle.isEmpty(),
        "enabled": widget.isEnabled(),
        "focus": widget.hasFocus(),
        "text": said,
    }


def main(socket: str, module: str, *arguments: str) -> None:
    """Run `module` as the program it is; the probe joins when its first event loop begins."""
    probes: list[Probe] = []
    run_program, run_dialog = QApplication.exec, QDialog.exec

    def join() -> None:
        if not probes:
            probes.append(Probe(socket))

    def program(*_: object) -> int:
        join()
        return run_program()

    def dialog(self: QDialog) -> int:
        join()  # a program that cannot start says why, and ends
        return run_dialog(self)

    QApplication.exec = program  # type: ignore[method-assign,assignment]
    QDialog.exec = dialog  # type: ignore[method-assign]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
