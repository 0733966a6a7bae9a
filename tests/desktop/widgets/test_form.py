"""Form parts: user deeds speak, loading is silent, problems stand in words, keys go where they
should."""

import gc
import weakref

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.form import Choice, FormDialog, Group, Row
from desktop.widgets.line_field import LineField, one_line


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """A window whose page takes widgets one under the other."""
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    QVBoxLayout(window.centralWidget())
    qtbot.addWidget(window)
    return window


def show(window: QMainWindow, *widgets: QWidget) -> None:
    for widget in widgets:
        window.centralWidget().layout().addWidget(widget)
    window.show()
    window.activateWindow()
    QApplication.processEvents()


@pytest.fixture
def field(window: QMainWindow) -> LineField:
    field = LineField("城市更新局")
    show(window, field)
    field.setFocus()
    return field


@pytest.mark.parametrize(
    ("raw", "clean"),
    [("  甲\r\n乙\t丙\x00\u200b ", "甲乙 丙"), ("甲\u2028乙\ufeff", "甲乙"), ("\n\n", "")],
)
def test_one_line(raw: str, clean: str) -> None:
    assert one_line(raw) == clean


def test_typing_is_said_and_setting_is_not(field: LineField, qtbot: QtBot) -> None:
    said: list[str] = []
    field.edited.connect(said.append)
    field.set_text("区更新局")
    assert said == []
    field.setCursorPosition(1)
    qtbot.keyClicks(field, "X")
    assert said == ["区X更新局"]


def test_setting_keeps_the_caret(field: LineField) -> None:
    field.setCursorPosition(3)
    field.set_text("城市更新和土地整备局")
    assert field.cursorPosition() == 3
    field.set_text("局")
    assert field.cursorPosition() == 1


def test_what_no_letter_bears_leaves_the_caret_where_it_is(field: LineField) -> None:
    said: list[str] = []
    field.edited.connect(said.append)
    field.setText("𠮷野路管理处")
    field.setCursorPosition(4)  # two of them are 𠮷
    commit = QInputMethodEvent()
    commit.setCommitString("东\u200b段")
    QGuiApplication.sendEvent(field, commit)
    assert said == ["𠮷野路东段管理处"]
    assert field.cursorPosition() == 6


@pytest.mark.parametrize("way", ["key", "menu", "drop"])
def test_what_is_pasted_or_dropped_is_one_clean_line(
    field: LineField, qtbot: QtBot, way: str
) -> None:
    said: list[str] = []
    field.edited.connect(said.append)
    field.clear()
    text = "某某市\n某某区\u200b\r\n城市更新局\n"
    QGuiApplication.clipboard().setText(text)
    if way == "key":
        qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    elif way == "menu":
        next(a for a in field.context_menu().actions() if a.text() == "粘贴").trigger()
    else:
        data = QMimeData()
        data.setText(text)
        buttons, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        field.dropEvent(QDropEvent(QPointF(2, 2), copy, data, buttons, no_key))
    assert field.text() == "某某市某某区城市更新局"
    assert said == [field.text()]


@pytest.mark.parametrize("key", [QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo])
def test_undo_belongs_to_the_window(
    field: LineField, window: QMainWindow, qtbot: QtBot, key: QKeySequence.StandardKey
) -> None:
    action = QAction(window)
    action.setShortcut(key)
    window.addAction(action)
    qtbot.keyClicks(field, "abc")
    with qtbot.waitSignal(action.triggered, timeout=1000):
        combined = QKeySequence(key)[0]
        qtbot.keyClick(field, combined.key(), combined.keyboardModifiers())
    assert field.text() == "城市更新局abc"


def test_without_a_window_s_history_a_field_still_undoes_nothing(
    field: LineField, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "城市更新局abc"
    assert [a.text() for a in field.context_menu().actions()] == ["剪切", "复制", "粘贴", "全选"]


@pytest.fixture
def choice(window: QMainWindow) -> Choice:
    choice = Choice([("narrative", "叙述式"), ("list", "清单式"), ("both", "都要")], "narrative")
    before, after = LineField(), LineField()
    show(window, before, choice, after)
    before.setFocus()
    return choice


def test_a_choice_is_one_stop_and_arrows_move_in_it(choice: Choice, qtbot: QtBot) -> None:
    said: list[str] = []
    choice.changed.connect(said.append)
    before = QApplication.focusWidget()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().text() == "叙述式"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert said == ["list", "both", "list"]
    assert choice.value() == "list"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), LineField)
    assert QApplication.focusWidget() is not before


def test_a_choice_speaks_once_and_only_for_the_user(choice: Choice, qtbot: QtBot) -> None:
    said: list[str] = []
    choice.changed.connect(said.append)
    choice.set_value("both")
    assert (choice.value(), said) == ("both", [])
    qtbot.mouseClick(choice._buttons["both"], Qt.MouseButton.LeftButton)
    assert said == []
    qtbot.mouseClick(choice._buttons["list"], Qt.MouseButton.LeftButton)
    assert said == ["list"]
    choice.set_value("unknown")
    assert choice.value() == ""
    assert not any(button.isChecked() for button in choice._buttons.values())


def test_a_row_says_its_problem_and_its_group_counts(window: QMainWindow) -> None:
    group = Group("基本信息")
    number, subject, form = (
        Row("编号", LineField()),
        Row("案由", LineField(), "印在标题里"),
        Row("形式", Choice([("a", "叙述式"), ("b", "清单式")])),
    )
    for row in (number, subject, form):
        group.add(row)
    show(window, group)
    assert group.note == ""
    subject.set_problem("请填写案由。", missing=True)
    form.set_problem("请选择形式。", missing=True)
    number.set_problem("编号里有全角数字。")
    assert group.note == "还缺2项，1项有误"
    assert subject.editor.accessibleDescription() == "请填写案由。 印在标题里"
    assert "请填写案由。" in [la.text() for la in subject.findChildren(QLabel) if la.isVisible()]
    for row in (number, subject, form):
        row.set_problem("")
    assert group.note == ""
    assert subject.editor.accessibleDescription() == "印在标题里"


def test_labels_are_buddies_and_names(qtbot: QtBot) -> None:
    row = Row("案由", LineField())
    qtbot.addWidget(row)
    assert row.editor.accessibleName() == "案由"
    assert next(la for la in row.findChildren(QLabel) if la.buddy()).buddy() is row.editor
    choice = Choice([("a", "叙述式")])
    row = Row("形式", choice)
    qtbot.addWidget(row)
    assert choice._buttons["a"].accessibleName() == "形式 叙述式"


def test_a_dialog_never_outgrows_the_screen_and_dies(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = FormDialog(owner, "很长", "好")
    for number in range(40):
        dialog.body.addWidget(Row(f"第{number}项", LineField()))
    dialog.open()
    room = dialog.screen().availableSize()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
    last = dialog.findChildren(LineField)[-1]
    dialog.go_to(last)
    assert not last.visibleRegion().isEmpty()
    bar = dialog._scroll.verticalScrollBar()
    lowest = bar.value()
    qtbot.keyClick(dialog.main_button, Qt.Key.Key_PageUp)
    assert bar.value() < lowest
    gone = weakref.ref(dialog)
    with qtbot.waitSignal(dialog.destroyed, timeout=1000):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    del dialog, last
    gc.collect()
    assert gone() is None
