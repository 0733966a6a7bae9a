"""The menus of the right mouse button on 建议与答复."""

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


def editor_menu(editor: ReplyEditor, place: QPoint) -> None:
    """What can be done with the words and paragraphs that are selected."""
    menu = _menu(editor)
    writable, selected = not editor.isReadOnly(), editor.textCursor().hasSelection()
    for word, slot, enabled in (
        ("剪切\tCtrl+X", editor.cut, writable and selected),
        ("复制\tCtrl+C", editor.copy, selected),
        ("粘贴\tCtrl+V", editor.paste, writable and editor.canPaste()),
        ("全选\tCtrl+A", editor.selectAll, True),
    ):
        menu.addAction(word, slot).setEnabled(enabled)
    marks: dict[QAction, Outcome | None] = {}
    if writable:
        menu.addSeparator()
        marks = _add_outcomes(menu)
        menu.addSeparator()
        _add_kinds(menu, editor)
    chosen = menu.exec(place)
    if chosen in marks:
        editor.mark(marks[chosen])
    elif chosen and chosen.data() is not None:
        editor.set_level(int(chosen.data()))


def suggestion_menu(parent: QWidget, place: QPoint, *, grouped: bool) -> str:
    """alone, up, down, remove, or nothing."""
    menu = _menu(parent)
    deeds = {
        menu.addAction("单独答复\tCtrl+Shift+D"): "alone",
        menu.addAction("上移\tAlt+↑"): "up",
        menu.addAction("下移\tAlt+↓"): "down",
    }
    next(iter(deeds)).setEnabled(grouped)
    menu.addSeparator()
    deeds[menu.addAction("删除建议")] = "remove"
    chosen = menu.exec(place)
    return deeds[chosen] if chosen else ""


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
        action.setData(level)
