"""The start of the window: what is refused is one sentence, what is missing is said."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit

from desktop import app, tasks
from desktop.crash import FOLDER
from desktop.letter.model import Office
from desktop.services import foreign, trash
from desktop.services.backup_files import RESTORE
from desktop.services.backups import daily_backup, list_backups
from desktop.services.cases import save_case, with_new_keys
from desktop.services.library import FILE_NAME, library
from desktop.services.offices import set_our_office
from desktop.services.restoring import look_into
from desktop.services.revisions import keep
from desktop.settings import Settings
from desktop.views.dialogs.backups import BackupsDialog
from desktop.views.main_window import MainWindow
from desktop.views.office_deeds import OfficeDeeds
from desktop.widgets import theme
from tests.cases import plain_case
from tests.desktop.views.hands import settle, when_asked

pytestmark = pytest.mark.usefixtures("qapp", "_restored", "said")


@pytest.fixture
def _restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process as it was: its signals, its hook, its looks."""
    for owned_by_pytest in ("signal.signal", "faulthandler.enable", "faulthandler.disable"):
        monkeypatch.setattr(owned_by_pytest, lambda *_: None)
    hook, locale, mask = sys.excepthook, QLocale(), os.umask(0o022)
    yield
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.deleteLater()
    settle()
    sys.excepthook = hook
    os.umask(mask)
    QLocale.setDefault(locale)
    theme.dress("light", 100)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences shown instead of a window, or over it."""
    said: list[str] = []
    for module in ("app", "views.main_window"):
        monkeypatch.setattr(f"desktop.{module}.show_error", lambda _, s, *__: said.append(s))
    return said


def known(folder: Path) -> None:
    """A library whose office is known: no first run."""
    with library(folder):
        set_our_office(Office("某某局"))


def run(folder: Path, look: object = None) -> int:
    """Start, look at the window for a moment, close it."""

    def leave() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        for window in windows:
            if window.isVisible():
                if callable(look):
                    look(window)
                window.close()

    QTimer.singleShot(150, QApplication.instance(), leave)
    return app.main(folder)


def one_sentence(said: list[str]) -> str:
    (sentence,) = said
    assert sentence.count("。") == 1
    assert sentence.endswith("。")
    assert "Error" not in sentence
    return sentence


@pytest.fixture
def two_of_three(tmp_path: Path) -> Path:
    """A library of three cases, with today's backup of two of them."""
    known(tmp_path)
    with library(tmp_path):
        for number in range(3):
            if number == 2:
                daily_backup(date.today())
            save_case(None, with_new_keys(plain_case()))
    return tmp_path


def damage(folder: Path) -> bytes:
    """Spoil the library; what is left of it."""
    file = folder / FILE_NAME
    data = file.read_bytes()
    file.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    return file.read_bytes()


def then_window(look: Callable[[MainWindow], object]) -> None:
    """Look at the window that opens next, then close it."""
    patience = iter(range(200))

    def wait() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        window = next((w for w in windows if w.isVisible()), None)
        if window:
            look(window)
            window.close()
        elif next(patience, None) is not None:
            QTimer.singleShot(20, QApplication.instance(), wait)

    QTimer.singleShot(20, QApplication.instance(), wait)


def restoring(look: Callable[[MainWindow], object] | None) -> None:
    """Choose the newest backup in the dialog that opens next, mean it, and look at the window that
    opens on it, unless none will."""

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupsDialog)
        tasks.wait_for_all(5)
        settle()
        when_asked("恢复")
        dialog.main_button.click()
        if look:
            when_asked("打开文库")
            then_window(look)

    when_asked(choose)


def test_the_start_purges_what_has_rested_long_enough(tmp_path: Path) -> None:
    known(tmp_path)
    with library(tmp_path):
        for days in (trash.KEPT_DAYS + 1, trash.KEPT_DAYS - 1):
            case = with_new_keys(plain_case())
            save_case(None, case)
            trash.delete_case(case.key, datetime.now() - timedelta(days=days))
        save_case(None, alive := with_new_keys(plain_case()))
        keep(alive.key)  # by the states it is told whether the clock may be right
    run(tmp_path)
    with library(tmp_path):
        assert [row.key for row in trash.list_deleted()] == [case.key]


def test_it_opens_and_closes(tmp_path: Path, said: list[str]) -> None:
    known(tmp_path)
    seen: list[str] = []
    assert run(tmp_path, lambda window: seen.append(window.windowTitle())) == 0
    assert seen == ["复函"]
    assert said == []


def test_a_second_window_is_refused(tmp_path: Path, said: list[str]) -> None:
    with library(tmp_path):
        assert app.main(tmp_path) == 1
    assert "另一个复函程序" in one_sentence(said)


def test_a_library_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """The disk's refusal, made by a file where the folder should be: it binds root too."""
    (tmp_path / "data").write_text("no folder")
    said = when_asked("取消")
    assert app.main(tmp_path / "data") == 1
    assert "不能写入" in one_sentence(said)


def test_another_folder_is_chosen_where_none_can_be_written(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("no folder")
    other = tmp_path / "另一个"
    known(other)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    when_asked("另选文件夹…")
    then_window(lambda window: seen.append(window.folder))
    seen: list[Path] = []
    assert app.main(tmp_path / "data") == 0
    assert seen == [other]
    assert str(other) in one_sentence(said)
    assert (tmp_path / "data").read_text() == "no folder"


def test_a_damaged_library_is_left_alone_where_nothing_is_chosen(tmp_path: Path) -> None:
    known(tmp_path)
    left = damage(tmp_path)
    sentences: list[str] = []

    def look(dialog: QDialog) -> None:
        sentences.extend(label.text() for label in dialog.findChildren(QLabel))

    when_asked(look)
    assert app.main(tmp_path) == 1
    one_sentence([sentence for sentence in sentences if "已损坏" in sentence])
    assert (tmp_path / FILE_NAME).read_bytes() == left


def test_a_damaged_library_is_restored_and_opened(two_of_three: Path, said: list[str]) -> None:
    left = damage(two_of_three)
    numbers: list[int] = []
    restoring(lambda window: numbers.append(window.sidebar.model.rowCount()))
    assert app.main(two_of_three) == 0
    assert numbers == [2]
    (aside,) = two_of_three.glob("损坏留存-*")
    assert (aside / FILE_NAME).read_bytes() == left
    assert said == []


def test_a_library_that_is_gone_is_restored_and_opened(two_of_three: Path) -> None:
    (two_of_three / FILE_NAME).unlink()
    numbers: list[int] = []
    restoring(lambda window: numbers.append(window.sidebar.model.rowCount()))
    assert app.main(two_of_three) == 0
    assert numbers == [2]


def test_a_library_that_is_behind_opens_as_it_is(two_of_three: Path) -> None:
    (backup,) = list_backups(two_of_three)
    shutil.copyfile(backup.path, two_of_three / FILE_NAME)
    numbers: list[int] = []
    when_asked("照现在的样子打开")
    then_window(lambda window: numbers.append(window.sidebar.model.rowCount()))
    assert app.main(two_of_three) == 0
    assert numbers == [2]
    assert not list(two_of_three.glob("损坏留存-*"))
    assert run(two_of_three) == 0  # it is asked once


def test_as_it_is_nothing_is_asked(two_of_three: Path) -> None:
    """`fuhan --as-it-is`."""
    (backup,) = list_backups(two_of_three)
    shutil.copyfile(backup.path, two_of_three / FILE_NAME)
    numbers: list[int] = []
    then_window(lambda window: numbers.append(window.sidebar.model.rowCount()))
    assert app.main(two_of_three, behind=True) == 0
    assert numbers == [2]


def test_the_window_restores_and_opens_again(two_of_three: Path, said: list[str]) -> None:
    """Of today's backup, which an ordinary closing would have written over."""
    numbers: list[int] = []

    def first(window: MainWindow) -> None:
        numbers.append(window.sidebar.model.rowCount())
        restoring(second)
        window.deeds.by_name["show_backups"].trigger()

    def second(window: MainWindow) -> None:
        numbers.append(window.sidebar.model.rowCount())

    then_window(first)
    assert app.main(two_of_three) == 0
    assert numbers == [3, 2]
    assert said == []
    kept = [copy.path for copy in list_backups(two_of_three) if copy.kind == RESTORE]
    assert [look_into(path).cases for path in kept] == [3]


def test_a_restore_that_is_refused_leaves_the_library_as_it_was(
    two_of_three: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup goes while the window closes: a stick pulled out."""
    numbers: list[int] = []
    (backup,) = list_backups(two_of_three)
    monkeypatch.setattr(MainWindow, "hideEvent", lambda *_: backup.path.unlink(missing_ok=True))

    def first(window: MainWindow) -> None:
        restoring(None)
        window.deeds.by_name["show_backups"].trigger()
        then_window(lambda window: numbers.append(window.sidebar.model.rowCount()))

    then_window(first)
    assert app.main(two_of_three) == 0
    assert "没有改动任何内容" in one_sentence(said)
    assert numbers == [3]


def test_a_missing_stylesheet_is_one_sentence(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known(tmp_path)
    monkeypatch.setattr(theme, "STYLE", tmp_path / "nowhere.qss")
    assert run(tmp_path) == 0
    assert one_sentence(said) == app.NO_STYLE


def test_no_chinese_font_is_one_sentence(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known(tmp_path)
    monkeypatch.setattr(theme, "has_chinese_face", lambda: False)
    assert run(tmp_path) == 0
    assert one_sentence(said) == app.NO_FACE


def test_broken_settings_do_not_stop_it(tmp_path: Path) -> None:
    known(tmp_path)
    (tmp_path / "fuhan.ini").write_bytes(b"\x00\xff[[[\nscale=-\n")
    assert run(tmp_path) == 0
    assert Settings(tmp_path).scale == 100


def test_the_first_run_asks_who_we_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(OfficeDeeds, "welcome_office", lambda _: asked.append(True))
    assert run(tmp_path) == 0
    assert asked == [True]


def test_qts_own_menus_speak_chinese(tmp_path: Path) -> None:
    known(tmp_path)
    words: list[str] = []

    def look(window: MainWindow) -> None:
        menu = QLineEdit(window).createStandardContextMenu()
        words.extend(action.text() for action in menu.actions())

    run(tmp_path, look)
    assert any("粘贴" in word for word in words)


def test_a_picture_is_taken(tmp_path: Path) -> None:
    known(tmp_path)
    picture = tmp_path / "window.png"
    assert app.main(tmp_path, picture) == 0
    assert picture.stat().st_size > 1000


def test_the_reader_of_files_is_started_once_the_window_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(tmp_path)
    foreign.close()
    monkeypatch.setattr(app, "IDLE_MS", 0)
    assert run(tmp_path) == 0
    assert tasks.wait_for_all(5)
    assert foreign._READER.process_id


def test_a_mistake_before_the_window_stands_is_one_sentence_with_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(tmp_path)

    def fail(*_: object) -> None:
        raise ValueError("".join(("某某", "局")))

    monkeypatch.setattr(app, "Watch", fail)
    said = when_asked("知道了")
    assert app.main(tmp_path) == 1
    assert "请把报告交给维护人员" in one_sentence(said)
    (report,) = (tmp_path / FOLDER).iterdir()
    assert "某某局" not in report.read_text(encoding="utf-8")
