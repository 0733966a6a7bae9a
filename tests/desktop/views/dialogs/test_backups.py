"""备份与恢复 in the window: what each backup holds, which may come back, where copies go."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop import tasks
from desktop.errors import BehindError, RescueError
from desktop.services import backups
from desktop.services.backup_files import BackupListed
from desktop.services.restoring import look_into
from desktop.views.dialogs.backups import NO_PLACE, NONE, BackupsDialog, ask_rescue, named
from desktop.views.main_window import MainWindow
from desktop.widgets.message import ErrorMessage
from tests.desktop.views.hands import NARRATIVE, settle, show, when_asked, write

FILES = "PySide6.QtWidgets.QFileDialog"
Look = Callable[[BackupsDialog], object]


def opened(window: MainWindow, look: Look) -> None:
    """文件 › 备份与恢复, and what is done in it once the chosen backup has been looked into."""

    wrong: list[Exception | None] = []

    def inside(dialog: QDialog) -> None:
        try:  # what is raised in a dialog's own loop fails no test
            assert isinstance(dialog, BackupsDialog)
            looked()
            look(dialog)
            wrong.append(None)
        except Exception as error:
            wrong.append(error)

    when_asked(inside)
    window.deeds.by_name["show_backups"].trigger()
    settle()
    if error := wrong.pop():
        raise error


def looked() -> None:
    assert tasks.wait_for_all(5)
    settle()


def button(dialog: BackupsDialog, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


def texts(dialog: BackupsDialog) -> list[str]:
    return [b.text() for b in dialog.findChildren(QPushButton)]


@pytest.fixture
def backup(window: MainWindow) -> Path:
    """Today's backup, of both samples."""
    path = backups.daily_backup(date.today()).path
    assert path
    assert window.backups.restore_from is None
    return path


def test_a_backup_is_named_by_its_day_and_kind() -> None:
    day = date(2025, 11, 5)
    assert named(BackupListed(Path(), "备份", day, 1)) == "2025年11月5日 备份"
    assert named(BackupListed(Path(), "备份", day, 2)) == "2025年11月5日 备份（第2份）"
    assert named(BackupListed(Path(), "恢复前", day, 90307)) == "2025年11月5日9时03分 恢复前"
    assert named(BackupListed(Path(), "升级前", day, 140322)) == "2025年11月5日14时03分 升级前"


def test_it_says_what_the_chosen_one_holds(window: MainWindow, backup: Path) -> None:
    said: list[str] = []

    def look(dialog: BackupsDialog) -> None:
        said.append(dialog.held.text())
        assert dialog.main_button.isEnabled()

    opened(window, look)
    assert said[0].startswith("卷宗 2 份")
    for name in look_into(backup).named:
        assert name in said[0]


def test_without_a_backup_nothing_can_be_restored(window: MainWindow) -> None:
    def look(dialog: BackupsDialog) -> None:
        assert dialog.held.text() == NONE
        assert not dialog.main_button.isEnabled()

    opened(window, look)


def test_an_unfit_one_says_so_and_is_not_restored(
    window: MainWindow, backup: Path, qtbot: QtBot
) -> None:
    backup.write_bytes(backup.read_bytes()[:9999])

    def look(dialog: BackupsDialog) -> None:
        assert "已损坏" in dialog.held.text()
        assert not dialog.main_button.isEnabled()
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
        dialog.accept()  # a double click
        assert dialog.answer is None

    opened(window, look)
    assert window.isVisible()


def test_it_is_asked_once_and_never_under_enter(
    window: MainWindow, backup: Path, qtbot: QtBot
) -> None:
    said: list[str] = []

    def look(dialog: BackupsDialog) -> None:
        for answer in ("取消", lambda question: qtbot.keyClick(question, Qt.Key.Key_Return)):
            asked = when_asked(answer)
            dialog.main_button.click()
            said.extend(asked)
            assert dialog.answer is None

    opened(window, look)
    assert ["恢复前" in sentence for sentence in said] == [True, True]
    assert window.isVisible()
    assert backup.exists()


def test_a_restore_closes_the_window_and_leaves_the_chosen_backup_as_it_is(
    window: MainWindow, backup: Path
) -> None:
    """Today's backup is usually written over when the window closes."""
    show(window, NARRATIVE)
    window.page.replies.cards[0].editor.setFocus()
    write("备份以后写的。")
    before = backup.read_bytes()

    def look(dialog: BackupsDialog) -> None:
        when_asked("恢复")
        dialog.main_button.click()

    opened(window, look)
    assert not window.isVisible()
    assert window.backups.restore_from == backup
    assert backup.read_bytes() == before


def test_a_window_that_stays_open_restores_nothing(
    window: MainWindow, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backup.exists()
    monkeypatch.setattr(window, "close", lambda: False)

    def look(dialog: BackupsDialog) -> None:
        when_asked("恢复")
        dialog.main_button.click()

    opened(window, look)
    assert window.backups.restore_from is None


def test_another_file_joins_the_list(
    window: MainWindow, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "别处.db"
    other.write_bytes(backup.read_bytes())
    monkeypatch.setattr(f"{FILES}.getOpenFileName", lambda *_: (str(other), ""))
    answers: list[Path | None] = []

    def look(dialog: BackupsDialog) -> None:
        button(dialog, "另选备份文件…").click()
        looked()
        assert dialog.held.text().startswith("卷宗 2 份")
        when_asked("恢复")
        dialog.main_button.click()
        answers.append(dialog.answer)

    opened(window, look)
    assert answers == [other]


def test_a_backup_is_made_at_once_where_it_is_wanted(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "U盘"
    monkeypatch.setattr(f"{FILES}.getExistingDirectory", lambda *_: str(place))
    refused: list[bool] = []

    def look(dialog: BackupsDialog) -> None:
        when_asked(lambda message: refused.append(isinstance(message, ErrorMessage)))
        button(dialog, "立即备份到…").click()
        place.mkdir()
        button(dialog, "立即备份到…").click()
        (made,) = place.glob("*.db")
        assert dialog.said.text() == f"已备份到“{made}”。"
        assert look_into(made).cases == 2

    opened(window, look)
    assert refused == [True]


def test_the_second_place_is_set_and_cleared(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr(f"{FILES}.getExistingDirectory", lambda *_: str(stick))

    def look(dialog: BackupsDialog) -> None:
        assert dialog.place.text() == NO_PLACE
        assert not dialog.clear_button.isVisible()
        dialog.set_button.click()
        assert dialog.place.text() == f"另存处：{stick}"
        assert backups.second_place(window.folder) == stick
        dialog.clear_button.click()
        assert dialog.place.text() == NO_PLACE

    opened(window, look)
    assert backups.second_place(window.folder) is None


def test_a_second_place_that_cannot_be_read_is_said(window: MainWindow) -> None:
    (window.folder / backups.PLACE_FILE).write_text("{", encoding="utf-8")
    said: list[str] = []
    opened(window, lambda dialog: said.append(dialog.place.text()))
    assert "读不出来" in said[0]


@pytest.mark.usefixtures("qapp")
def test_a_closed_library_offers_only_what_needs_none(tmp_path: Path) -> None:
    """And 照现在的样子打开 only where it is merely behind."""
    for error, may in ((RescueError("坏了。"), False), (BehindError("旧了。"), True)):
        offered: list[str] = []

        def look(dialog: QDialog, offered: list[str] = offered) -> None:
            assert isinstance(dialog, BackupsDialog)
            offered.extend(texts(dialog))

        when_asked(look)
        assert ask_rescue(tmp_path, error) == (None, False)
        assert ("照现在的样子打开" in offered) is may
        assert "立即备份到…" not in offered
        assert "设定…" not in offered
