"""导出审核稿 by a person's clicks and keys: the dialog, the file, what the window says."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from db.enums import Form
from desktop import tasks
from desktop.letter.model import Case, Issue
from desktop.letter.ooxml import w
from desktop.letter.pages.package import open_package
from desktop.letter.pages.page import read_docx
from desktop.views.dialogs.review_copy import NO_STATE, ReviewCopy
from desktop.views.main_window import MainWindow
from tests.conftest import TODAY
from tests.desktop.views.hands import CTRL, NARRATIVE, click, press, settle, show, when_asked, write


@pytest.fixture
def asked_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The names the save dialog offers; each is taken, in tmp_path."""
    names: list[str] = []

    def chosen(_parent: Any, _title: str, name: str, _kind: str) -> tuple[str, str]:
        names.append(Path(name).name)
        return str(tmp_path / names[-1]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    return names


def add_words(window: MainWindow, words: str) -> Case:
    """A sentence at the end of the first answer."""
    editor = window.page.replies.cards[0].editor
    first = editor.paragraphs()[0]
    editor.put_caret(first.key, len(first.text))
    editor.setFocus()
    write(words)
    assert window.session.save()
    return window.session.case


def review(window: MainWindow) -> None:
    """文件 › 导出审核稿…, until the file is there."""
    window.deeds.by_name["export_review_copy"].trigger()
    tasks.wait_for_all(10)
    settle()


def export(window: MainWindow) -> None:
    window.deeds.by_name["export_letter"].trigger()
    tasks.wait_for_all(10)
    settle()


def marked(path: Path) -> list[str]:
    root = open_package(path.read_bytes()).main
    return ["".join(t.text for t in e.iter(w("t"))) for e in root.iter(w("ins"))]


def test_clean_is_one_key_away(
    window: MainWindow, qtbot: QtBot, asked_names: list[str], tmp_path: Path
) -> None:
    show(window, NARRATIVE)
    when_asked(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    review(window)
    assert asked_names == ["关于第2025118号提案的答复（审核稿）.docx"]
    assert not marked(tmp_path / asked_names[0])
    assert asked_names[0] in window.page.banner.sentence


def test_what_changed_since_it_left_is_marked(
    window: MainWindow, qtbot: QtBot, asked_names: list[str], tmp_path: Path
) -> None:
    show(window, NARRATIVE)
    export(window)
    add_words(window, "先写一句。")
    window.session.keep()
    add_words(window, "再写一句。")
    told: list[str] = []

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewCopy)
        assert not dialog.row.isVisible()
        click(qtbot, dialog.way.buttons()[1])
        told.append(dialog.state.currentText())
        told.append(dialog.count.text())
        click(qtbot, dialog.main_button)

    when_asked(choose)
    review(window)
    assert "导出" in told[0]
    assert told[1] == "1 段"
    assert asked_names[-1] == "关于第2025118号提案的答复（审核稿·修订）.docx"
    path = tmp_path / asked_names[-1]
    assert marked(path) == ["先写一句。再写一句。"]
    assert any("先写一句。再写一句。" in line.text for line in read_docx(path.read_bytes()).lines)


def test_another_state_by_the_keyboard(
    window: MainWindow, qtbot: QtBot, asked_names: list[str], tmp_path: Path
) -> None:
    show(window, NARRATIVE)
    export(window)
    add_words(window, "先写一句。")
    window.session.keep()
    add_words(window, "再写一句。")

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewCopy)
        qtbot.keyClick(dialog.way.buttons()[0], Qt.Key.Key_Right)
        qtbot.keyClick(dialog.way.buttons()[1], Qt.Key.Key_Space)
        qtbot.keyClick(dialog.state, Qt.Key.Key_Home)
        assert "手动保存" in dialog.state.currentText()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    when_asked(choose)
    review(window)
    assert marked(tmp_path / asked_names[-1]) == ["再写一句。"]


def test_nothing_to_mark_says_so_before_a_name_is_asked(
    window: MainWindow, qtbot: QtBot, asked_names: list[str]
) -> None:
    show(window, NARRATIVE)
    export(window)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewCopy)
        click(qtbot, dialog.way.buttons()[1])
        assert "没有修订可标" in dialog.row.problem
        assert not dialog.main_button.isEnabled()
        click(qtbot, dialog.way.buttons()[0])
        assert dialog.main_button.isEnabled()
        dialog.reject()

    when_asked(look)
    review(window)
    assert len(asked_names) == 1


def test_the_other_form_says_so(window: MainWindow, qtbot: QtBot, asked_names: list[str]) -> None:
    show(window, NARRATIVE)
    export(window)
    window.session.switch_form()
    assert window.session.save()
    assert window.session.case.form is Form.RESULT_LIST

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewCopy)
        click(qtbot, dialog.way.buttons()[1])
        assert "一份是叙述式、一份是清单式" in dialog.row.problem
        dialog.reject()

    when_asked(look)
    review(window)
    assert len(asked_names) == 1


def test_a_case_without_states_says_why(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_N, CTRL)
    write("2025201")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ReviewCopy)
        assert not dialog.way.buttons()[1].isEnabled()
        assert any(label.text() == NO_STATE for label in dialog.findChildren(QLabel))
        dialog.reject()

    said = when_asked(look)
    review(window)
    assert said


def test_only_a_draft_is_reviewed(window: MainWindow) -> None:
    action = window.deeds.by_name["export_review_copy"]
    assert not action.isEnabled()
    show(window, NARRATIVE)
    assert action.isEnabled()
    window.session.issue(Issue(TODAY))
    assert not action.isEnabled()
