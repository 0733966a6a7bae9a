"""备份 in the window: made by itself, at the end too, and said once where it cannot be made."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import tasks
from desktop.services import backups, soundness
from desktop.services.library import FILE_NAME
from desktop.services.restoring import look_into
from desktop.views import backing_up
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import NARRATIVE, settle, show, write


def made(window: MainWindow, qtbot: QtBot) -> list[Path]:
    """The backups there are, once everything under way is done."""
    qtbot.waitUntil(lambda: window.backing_up._under_way is None, timeout=8000)
    tasks.wait_for_all(5)
    settle()
    return [backup.path for backup in backups.list_backups(window.folder)]


def test_a_day_has_its_backup_while_the_handler_writes(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    window.backing_up.rest()
    editor = window.page.replies.cards[0].editor
    editor.setFocus()
    write("备份时照样写字。")
    (path,) = made(window, qtbot)
    assert look_into(path).cases == 2
    window.backing_up.rest()
    assert made(window, qtbot) == [path]  # once a day


def test_what_changed_is_backed_up_at_the_end(window: MainWindow, qtbot: QtBot) -> None:
    window.backing_up.rest()
    made(window, qtbot)
    show(window, NARRATIVE)
    window.page.replies.cards[0].editor.setFocus()
    write("最后一句。")
    window.session.save()
    window.backing_up.at_close()
    (path,) = made(window, qtbot)
    assert "最后一句。".encode() in path.read_bytes()


def test_a_new_day_has_a_new_backup(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.backing_up.rest()
    made(window, qtbot)
    show(window, NARRATIVE)
    window.page.replies.cards[0].editor.setFocus()
    write("第二天。")
    window.session.save()

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date.today() + timedelta(days=1)

    monkeypatch.setattr(backing_up, "date", Tomorrow)
    window.backing_up.rest()
    assert len(made(window, qtbot)) == 2


def test_where_it_cannot_be_made_that_is_said_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the folder of backups should be."""
    show(window, NARRATIVE)
    monkeypatch.setattr(backups, "FOLDER", FILE_NAME)
    said: list[str] = []
    window.backing_up.warned.connect(said.append)
    window.backing_up.rest()
    qtbot.waitUntil(lambda: bool(said), timeout=8000)
    made(window, qtbot)
    assert len(said) == 1
    assert said[0].endswith("。")
    assert window.page.banner.sentence == said[0]


def test_a_damaged_state_is_found_in_an_idle_moment(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(window, NARRATIVE)
    window.backing_up.rest()
    made(window, qtbot)
    damaged = soundness.StatesChecked((soundness.StateDamaged(1, "key"),), None)
    monkeypatch.setattr(soundness, "check_states", lambda _after: damaged)
    window.backing_up.rest()
    assert "1个旧版本" in window.page.banner.sentence


def test_while_one_is_chosen_none_is_made(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    window.backing_up.rest()  # under way
    window.backing_up.hold(True)
    there = made(window, qtbot)
    window.backing_up.rest()
    window.backing_up.at_close()
    assert made(window, qtbot) == there
    window.backing_up.hold(False)
    window.backing_up.rest()
    assert len(made(window, qtbot)) == 1
