"""The plain editor: text and nothing else, silent when shown, as tall as its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextDocument, QWheelEvent
from pytestqt.qtbot import QtBot

from desktop.widgets import theme
from desktop.widgets.plain_editor import PlainEditor, characters, units


@pytest.fixture
def editor(qtbot: QtBot) -> PlainEditor:
    theme.dress("light", 100)
    editor = PlainEditor()
    qtbot.addWidget(editor)
    editor.resize(300, 40)
    editor.show()
    return editor


def test_showing_is_silent_and_typing_is_not(editor: PlainEditor, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(editor.edited):
        editor.show_text("甲\n乙")
    with qtbot.waitSignal(editor.edited) as said:
        qtbot.keyClicks(editor, "a")
    assert said.args == [editor.toPlainText()]


def test_the_caret_stays_where_it_can(editor: PlainEditor) -> None:
    editor.show_text("一二三四")
    cursor = editor.textCursor()
    cursor.setPosition(3)
    editor.setTextCursor(cursor)
    editor.show_text("一二三四五")
    assert editor.textCursor().position() == 3
    editor.show_text("一")
    assert editor.textCursor().position() == 1


def test_a_field_of_one_line_gives_enter_away(qtbot: QtBot) -> None:
    editor = PlainEditor(single=True)
    qtbot.addWidget(editor)
    editor.show_text("甲乙")
    with qtbot.waitSignal(editor.entered) as said:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert said.args == [0]
    assert editor.toPlainText() == "甲乙"
    data = QMimeData()
    data.setText("丙\r\n丁")
    editor.insertFromMimeData(data)
    assert "\n" not in editor.toPlainText()


def test_it_grows_with_its_text(editor: PlainEditor, qtbot: QtBot) -> None:
    low = editor.height()
    editor.show_text("甲\n乙\n丙")
    qtbot.waitUntil(lambda: editor.height() >= low + 2 * theme.scaled(editor.line_pixels))
    editor.show_text("")
    qtbot.waitUntil(lambda: editor.height() == low)


def test_it_takes_text_and_no_files(editor: PlainEditor) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/etc/hostname")])
    assert not editor.canInsertFromMimeData(files)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert editor.loadResource(kind, QUrl("file:///etc/hostname")) is None


def test_a_read_only_field_takes_nothing(editor: PlainEditor, qtbot: QtBot) -> None:
    editor.show_text("甲")
    editor.setReadOnly(True)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    data = QMimeData()
    data.setText("乙")
    editor.insertFromMimeData(data)
    assert editor.toPlainText() == "甲"


def test_the_wheel_belongs_to_the_page(editor: PlainEditor) -> None:
    from PySide6.QtCore import QPoint, QPointF

    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    editor.wheelEvent(event)
    assert not event.isAccepted()


def test_a_place_is_counted_in_characters(editor: PlainEditor) -> None:
    editor.show_text("甲𠮷乙")
    editor.select(1, 1)
    assert editor.textCursor().selectedText() == "𠮷"


@given(st.text(st.sampled_from("a甲𠮷\n😀")), st.integers(0, 9))
def test_places_of_qt_and_of_python(text: str, at: int) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2
    assert characters(text, units(text[:at])) == len(text[:at])
