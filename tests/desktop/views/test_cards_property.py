"""Any mix of what a handler does on real cards: screen, case and library say the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.letter import case_file
from desktop.services.cases import find_case
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import (
    CTRL,
    drop_suggestion,
    opened_window,
    settle,
    shown,
    told,
    write,
)

Key = Qt.Key
TEXTS = ("已完成。", "甲", "𠮷野", "正在推进，", "a,b")
PASTED = ("一段。\n\n　　二段,接着。", "单行", "𠮷\n")
DEEDS = (
    *("type", "type", "enter", "enter", "backspace", "delete", "select", "paste", "mark"),
    *("divide", "group", "pull", "merge", "split", "up", "add", "row", "row_enter", "remove"),
    *("general", "undo", "undo", "redo", "runs_on", "level"),
)
PICKED = st.integers(0, 30)
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), PICKED, PICKED), min_size=4, max_size=14)


class Hand:
    """Does one deed after the other, at places picked by numbers."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot, self.page = window, qtbot, window.page.replies

    def __call__(self, what: str, a: int, b: int) -> None:
        if what in ("undo", "redo"):
            getattr(self.window.session, what)()
        elif self.page.cards:
            self.card = self.page.cards[a % len(self.page.cards)]
            getattr(self, f"on_{what}", self.on_editor)(what, a, b)
        else:
            self.page.add_suggestion()
        QApplication.processEvents()

    def on_editor(self, what: str, a: int, b: int) -> None:
        """Keys in the reply."""
        editor = self.card.editor
        editor.setFocus()
        cursor = editor.textCursor()
        length = editor.document().characterCount() - 1
        walk(cursor, b * 7 % (length + 1))
        if what in ("select", "paste", "mark", "runs_on"):
            walk(cursor, a * 5 % (length + 1), QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        if what == "type":
            write(TEXTS[b % len(TEXTS)], editor)
        elif what == "paste":
            QGuiApplication.clipboard().setText(PASTED[a % len(PASTED)])
            self.qtbot.keyClick(editor, Key.Key_V, CTRL)
        elif what == "runs_on":
            editor.toggle_runs_on()
        elif what == "level":
            editor.set_level(b % 3)
        else:
            key, modifier = {
                "enter": (Key.Key_Return, Qt.KeyboardModifier.NoModifier),
                "backspace": (Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
                "delete": (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
                "select": (Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
                "mark": (Key(Key.Key_0.value + b % 5), CTRL),
                "divide": (Key.Key_Return, CTRL),
            }[what]
            self.qtbot.keyClick(editor, key, modifier)

    def _key(self, b: int) -> str:
        rows = [row for card in self.page.cards for row in card.rows]
        return rows[b % len(rows)].key if rows else ""

    def on_group(self, _: str, _a: int, b: int) -> None:
        """A suggestion dropped on a card."""
        if key := self._key(b):
            drop_suggestion(self.card, key)

    def on_pull(self, _: str, _a: int, b: int) -> None:
        """A suggestion dropped beside the cards."""
        if key := self._key(b):
            drop_suggestion(self.page._ground, key)

    def on_deed(self, what: str, _a: int, _b: int) -> None:
        """A button of the card."""
        button = self.card.buttons[what]
        if button.isVisible():
            button.click()

    on_merge = on_split = on_up = on_deed

    def on_add(self, _: str, _a: int, _b: int) -> None:
        """添加建议."""
        self.page.foot.add.click()

    def on_general(self, _: str, _a: int, _b: int) -> None:
        """添加总的说明."""
        self.page.add_general()

    def on_row(self, _: str, a: int, b: int) -> None:
        """The proposer's words."""
        if self.card.rows:
            write(TEXTS[b % len(TEXTS)], self.card.rows[a % len(self.card.rows)].text)

    def on_row_enter(self, _: str, a: int, b: int) -> None:
        """Enter within them."""
        if self.card.rows:
            text = self.card.rows[b % len(self.card.rows)].text
            cursor = text.textCursor()
            walk(cursor, a % text.document().characterCount())
            text.setTextCursor(cursor)
            self.qtbot.keyClick(text, Key.Key_Return)

    def on_remove(self, _: str, a: int, b: int) -> None:
        """删除建议."""
        if key := self._key(a + b):
            self.page.remove_suggestion(key)


def walk(
    cursor: QTextCursor, steps: int, mode: QTextCursor.MoveMode = QTextCursor.MoveMode.MoveAnchor
) -> None:
    """So many characters from the start, as the arrow keys go: never into half a character."""
    cursor.movePosition(QTextCursor.MoveOperation.Start, mode)
    cursor.movePosition(QTextCursor.MoveOperation.Right, mode, steps)


def agree(window: MainWindow, what: str) -> None:
    """Screen and case say the same, and the case is whole."""
    case = window.session.case
    assert shown(window) == told(window), what
    cards = window.page.replies.cards
    assert [c.editor.paragraphs() for c in cards] == [r.paragraphs for r in case.replies], what
    case_file.check(case)
    keys = [p.key for r in case.replies for p in r.paragraphs]
    assert len(set(keys)) == len(keys), what


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_any_mix_of_deeds_keeps_screen_case_and_library_together(
    qtbot: QtBot, steps: list[tuple[str, int, int]]
) -> None:
    """Each mix on a window of its own: a mix that spoils one must not be taken for another."""
    with TemporaryDirectory() as folder, opened_window(qtbot, Path(folder), samples=False) as one:
        play(one, qtbot, steps)


def play(window: MainWindow, qtbot: QtBot, steps: list[tuple[str, int, int]]) -> None:
    """The deeds, then all of them undone, done again, and saved."""
    window.session.new_case()
    window.page.show_page("replies")
    opened = window.session.open_case
    assert opened is not None
    first, hand = opened.case, Hand(window, qtbot)
    window.page.replies.add_suggestion()
    window.page.replies.add_suggestion()
    for what, a, b in steps:
        hand(what, a, b)
        agree(window, what)
    last = opened.case
    count = 0
    while opened.undo_name:
        opened.undo()
        agree(window, "undo")
        count += 1
    assert opened.case == first
    for _ in range(count):
        opened.redo()
        agree(window, "redo")
    assert opened.case == last
    assert window.session.save()
    if opened.in_library:
        assert find_case(last.key) == last
    settle()
