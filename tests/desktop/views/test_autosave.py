"""Saving happens: after the last key, on leaving a field, on closing; and it never lies."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import models
from desktop.errors import LibraryError
from desktop.letter.model import Case
from desktop.services.cases import find_case, save_case
from desktop.services.revisions import case_at, list_revisions
from desktop.views import open_case
from desktop.views.main_window import MainWindow
from desktop.views.session import WAITS
from tests.desktop.views.hands import NARRATIVE, focused, press, settle, show, when_asked, write

FULL = "文库写不进去，磁盘可能已满，这一步没有保存，请先腾出空间再试。"


class Disk:
    """Stands between the open case and the library; full while `full`."""

    def __init__(self) -> None:
        self.full, self.saves = False, 0

    def save(self, before: Case | None, after: Case) -> None:
        """What `save_case` does, unless the disk is full."""
        if self.full:
            raise LibraryError(FULL)
        save_case(before, after)
        self.saves += 1


@pytest.fixture
def disk(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:  # noqa: ARG001
    """The disk under the window; it has room again when the test is over."""
    disk = Disk()
    monkeypatch.setattr(open_case, "save_case", disk.save)
    yield disk
    disk.full = False


@pytest.fixture
def typing(window: MainWindow, disk: Disk) -> MainWindow:
    """The caret in the first reply of a sample; nothing waits to be saved."""
    show(window, NARRATIVE)
    window.page.replies.cards[0].editor.setFocus()
    settle()
    assert disk.saves == 0
    return window


def stored(window: MainWindow) -> Case:
    return find_case(window.session.case.key)


def test_it_is_saved_after_the_last_key(typing: MainWindow, disk: Disk, qtbot: QtBot) -> None:
    write("甲")
    qtbot.wait(600)
    write("乙")
    qtbot.wait(250)
    assert disk.saves == 0, "0.8 s are counted from the last key"
    assert typing.status.saved.text() == "正在保存…"
    qtbot.waitUntil(lambda: disk.saves == 1, timeout=500)
    assert stored(typing) == typing.session.case
    assert typing.status.saved.text().startswith(f"已保存 {datetime.now():%H:%M}")


@pytest.mark.usefixtures("typing")
def test_it_is_saved_while_somebody_types_without_a_pause(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(open_case, "monotonic", lambda: clock[0])
    for _ in range(12):
        write("甲")
        settle()
        clock[0] += 0.5
    assert disk.saves == 4, "no word is older than a second before it is on disk"


def test_leaving_the_field_saves(typing: MainWindow, disk: Disk, qtbot: QtBot) -> None:
    write("甲")
    press(qtbot, Qt.Key.Key_Tab)
    assert disk.saves == 1
    assert stored(typing) == typing.session.case


def test_another_case_another_page_and_ctrl_s_save(
    typing: MainWindow, disk: Disk, qtbot: QtBot
) -> None:
    write("甲")
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert disk.saves == 1
    write("乙")
    key = typing.session.case.key
    show(typing, "73")
    assert disk.saves == 2
    assert any("甲乙" in p.text for p in find_case(key).replies[0].paragraphs)


def test_saved_is_said_only_after_the_commit(
    typing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_commit: list[tuple[str, bool]] = []

    def save(before: Case | None, after: Case) -> None:
        at_commit.append(
            (typing.status.saved.text(), models.Letter._meta.database.in_transaction())
        )
        save_case(before, after)

    monkeypatch.setattr(open_case, "save_case", save)
    write("甲")
    typing.session.save()
    assert at_commit == [("正在保存…", False)]
    assert typing.status.saved.text().startswith("已保存 ")


def test_a_full_disk_is_said_and_tried_again(
    typing: MainWindow, disk: Disk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_case, "RETRY_MS", 50)
    disk.full = True
    write("甲")
    typing.session.save()
    assert typing.status.saved.text() == "未能保存，正在重试"
    assert typing.page.banner.sentence == FULL
    write("乙")
    typing.session.save()
    assert typing.status.saved.text() == "未能保存，正在重试"
    disk.full = False
    qtbot.waitUntil(lambda: disk.saves == 1, timeout=1000)
    assert typing.status.saved.text().startswith("已保存 ")
    assert stored(typing) == typing.session.case


def test_the_warning_goes_once_it_is_saved(typing: MainWindow, disk: Disk) -> None:
    disk.full = True
    write("甲")
    typing.session.save()
    disk.full = False
    typing.session.save()
    assert typing.page.banner.sentence == ""


def test_while_it_cannot_be_saved_no_key_says_it_is_saving(typing: MainWindow, disk: Disk) -> None:
    """“正在保存…” over hours would be a lie of its own."""
    disk.full = True
    write("甲")
    typing.session.save()
    write("乙")
    assert typing.status.saved.text() == "未能保存，正在重试"


def test_a_disk_that_refuses_is_not_asked_at_every_key(
    typing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may take seconds to refuse, as a network drive does."""
    clock, asked = [100.0], []

    def refuse(*_: object) -> None:
        asked.append(clock[0])
        raise LibraryError(FULL)

    monkeypatch.setattr(open_case, "monotonic", lambda: clock[0])
    with monkeypatch.context() as gone:
        gone.setattr(open_case, "save_case", refuse)
        write("甲")
        typing.session.save()
        for _ in range(5):
            clock[0] += 1.5
            write("乙")
            settle()
        assert asked == [100.0], "the next one is the retry's"
    typing.session.save()
    assert stored(typing) == typing.session.case


def test_what_cannot_be_saved_is_not_left(typing: MainWindow, disk: Disk) -> None:
    disk.full = True
    key = typing.session.case.key
    write("甲")
    other = next(r.key for r in typing.sidebar.model.rows if r.key != key)
    typing.sidebar.list.setFocus()
    typing.sidebar.select(other)
    said = when_asked("知道了")
    typing.show_case(other)
    assert said == [WAITS]
    assert typing.session.case.key == key == typing.sidebar.current()
    when_asked("知道了")
    typing.new_case()
    assert typing.session.case.key == key


@pytest.mark.parametrize(
    "deed",
    [
        "keep",
        "import_files",
        "import_folder",
        "receive_returns",
        "export_letter",
        "export_case_file",
        "print_letter",
        "issue",
        "delete_case",
        "show_trash",
        "show_backups",
    ],
)
def test_no_deed_is_refused_in_silence(typing: MainWindow, disk: Disk, deed: str) -> None:
    disk.full = True
    write("甲")
    typing.session.save()
    said = when_asked("知道了")
    typing.deeds.by_name[deed].trigger()
    assert said == [WAITS]
    assert typing.page.banner.sentence == FULL, "why it could not"


def test_closing_saves(typing: MainWindow, disk: Disk) -> None:
    write("甲")
    assert typing.close()
    assert disk.saves == 1


def test_closing_asks_where_it_cannot_be_saved(typing: MainWindow, disk: Disk) -> None:
    disk.full = True
    write("甲")
    said = when_asked("取消")
    assert not typing.close()
    assert "还没有存到磁盘" in said[0]
    assert typing.isVisible()
    assert focused() is typing.page.replies.cards[0].editor, "and can write on"
    when_asked("仍然关闭，丢掉未保存的内容")
    assert typing.close()


def test_a_blank_case_is_stored_with_its_first_fact_and_not_before(window: MainWindow) -> None:
    window.new_case()
    window.session.save()
    assert len(models.Letter.select()) == 2
    write("2025201", window.page.basics._proposals[0].fields["proposal_number"])
    window.session.save()
    assert len(models.Letter.select()) == 3
    assert window.sidebar.current() == window.session.case.key


def test_undo_is_saved_too(typing: MainWindow, disk: Disk, qtbot: QtBot) -> None:
    before = typing.session.case
    write("甲")
    typing.session.save()
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: disk.saves == 2, timeout=1500)
    assert stored(typing) == before


def test_a_mistake_of_ours_while_saving_loses_nothing(
    typing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, tried again, and the window does not close over it in silence."""

    def broken(*_: object) -> None:
        raise KeyError("ours")

    with monkeypatch.context() as patched:
        patched.setattr(open_case, "save_case", broken)
        write("甲")
        assert not typing.session.save()
        assert typing.status.saved.text() == "未能保存，正在重试"
        assert "复制出来" in typing.page.banner.sentence
        when_asked("取消")
        assert not typing.close()
        assert typing.isVisible()
    assert typing.session.save()
    assert stored(typing) == typing.session.case


def test_what_is_taken_back_before_it_was_written_is_saved(
    typing: MainWindow, disk: Disk, qtbot: QtBot
) -> None:
    write("甲")
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    typing.session.save()
    assert disk.saves == 0
    assert typing.status.saved.text().startswith("已保存 ")


def test_closing_commits_what_is_being_composed(typing: MainWindow) -> None:
    """clearFocus is what makes an input method commit; nothing is saved before it."""
    typing.close()
    assert QApplication.focusWidget() is None


# states kept by themselves
def test_what_was_there_is_kept_at_the_first_change_and_every_five_minutes(
    typing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(open_case, "monotonic", lambda: clock[0])
    first = typing.session.case
    kept = len(list_revisions(first.key))
    texts = []
    for minute in range(11):
        clock[0] = 1000.0 + 60 * minute
        texts.append(typing.session.case)
        write(f"第{minute}分钟。")
        typing.session.save()
    states = [state for state in list_revisions(first.key) if state.reason.value == "automatic"]
    assert [case_at(state.id) for state in reversed(states)] == [texts[5], texts[10]]
    assert len(list_revisions(first.key)) == kept + 2, "the first is the state of the import"


def test_a_state_that_cannot_be_kept_does_not_keep_the_words_from_the_disk(
    typing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LibraryError(FULL)

    monkeypatch.setattr(open_case, "keep_automatic", refuse)
    write("甲")
    assert typing.session.save()
    assert stored(typing) == typing.session.case
