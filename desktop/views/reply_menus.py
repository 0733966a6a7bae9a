"""The menus of the right mouse button on 建议与答复."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from db.enums import Outcome
from desktop import terms
from desktop.views.reply_editor import ReplyEditor

LEVELS = ("正文", "小标题", "次级小标题")


def ask_outcome(editor: ReplyEditor, number: int, place: QPoint) -> None:
    """标注去向 of one paragraph, asked for in the margin."""
    menu = _menu(editor)
    marks = _add_outcomes(menu)
    chosen = menu.exec(place)
    if chosen in marks:
        editor.mark_paragraph(number, marks[chosen])


def add_deeds(menu: QMenu, editor: ReplyEditor) -> None:
    """What can be done with the selected paragraphs, under what can be done with words."""
    if editor.isReadOnly():
        return
    menu.addSeparator()
    for action, outcome in _add_outcomes(menu).items():
        action.triggered.connect(partial(editor.mark, outcome))
    menu.addSeparator()
    _add_kinds(menu, editor)


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _add_outcomes(menu: QMenu) -> dict[QAction, Outcome | None]:
    marks: dict[QAction, Outcome | None] = {
        menu.addAction(f"{terms.OUTCOMES[outcome]}\tCtrl+{number}"): outcome
        for number, outcome in enumerate(Outcome, 1)
    }
    marks[menu.addAction("不标注\tCtrl+0")] = None
    return marks


def _add_kinds(menu: QMenu, editor: ReplyEditor) -> None:
    """接上段, and text or a sub-heading."""
    at_caret = editor.caret_paragraph()
    runs_on = menu.addAction("接上段", editor.toggle_runs_on)
    runs_on.setCheckable(True)
    runs_on.setChecked(at_caret.runs_on)
    for level, word in enumerate(LEVELS):
        action = menu.addAction(word)
        action.setCheckable(True)
        action.setChecked(at_caret.level == level)
        action.triggered.connect(partial(editor.set_level, level))
