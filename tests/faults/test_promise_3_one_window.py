"""Promise 3: one window writes a library at a time, and a second start brings it forward."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSysInfo, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from db import connection
from desktop import app, window_lock
from desktop.letter.model import Office
from desktop.paths import SAMPLES
from desktop.services.case_list import list_cases
from desktop.services.library import library
from desktop.services.offices import set_our_office
from desktop.settings import Settings
from desktop.views import starting
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from desktop.window_lock import CALL, LOCK, WindowLock
from tests.desktop.views.hands import settle, when_asked
from tests.faults.a_window import a_window, hear
from tests.faults.figures import Figures
from tests.kills import needs_kill

ROOT = Path(__file__).parents[2]
ELSEWHERE = "ZHANG-PC"
IN_USE = "另一个复函程序"


@pytest.fixture(autouse=True)
def _restored(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process as it was: its signals, its hook, its looks."""
    for owned_by_pytest in ("signal.signal", "faulthandler.enable", "faulthandler.disable"):
        monkeypatch.setattr(owned_by_pytest, lambda *_: None)
    hook, mask = sys.excepthook, os.umask(0o022)
    yield
    for window in qapp.topLevelWidgets():
        window.deleteLater()
    settle()
    sys.excepthook = hook
    os.umask(mask)
    theme.dress("light", 100)


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was refused, each a sentence for a handler."""
    said: list[str] = []

    def show(_: object, sentence: str, *__: object) -> None:
        figures = Figures()
        figures.refused(sentence)
        assert figures.harm == 0
        assert sentence.count("。") == 1
        said.append(sentence)

    for module in ("app", "views.main_window"):
        monkeypatch.setattr(f"desktop.{module}.show_error", show)
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library whose office is known."""
    with library(tmp_path):
        set_our_office(Office("某某局"))
    return tmp_path


def start(folder: Path) -> tuple[int, bool]:
    """Start the window and close it once it stands; the exit code, and whether it stood."""
    stood: list[bool] = []

    def leave() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        if shown := [w for w in windows if w.isVisible()]:
            stood.append(True)
            shown[0].close()

    timer = QTimer()
    timer.timeout.connect(leave)
    timer.start(100)
    return app.main(folder), bool(stood)


def write_lock(folder: Path, process: int, computer: str, machine: bytes = b"") -> None:
    """A lock file as Qt writes it."""
    name = Path(sys.executable).resolve().name
    lines = (str(process), name, computer, machine.decode(), "")
    (folder / LOCK).write_text("\n".join(lines) if machine else "\n".join(lines[:3]) + "\n")


def dead_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


# -- what lies where the lock file should


def empty(lock: Path) -> None:
    lock.touch()


def garbage(lock: Path) -> None:
    lock.write_bytes(b"\xff\x00\n" * 100_000)


def of_a_dead_process(lock: Path) -> None:
    write_lock(lock.parent, dead_process(), QSysInfo.machineHostName())


def of_a_number_given_again(lock: Path) -> None:
    """To another program of the same name: only the system's lock tells."""
    write_lock(lock.parent, os.getppid(), QSysInfo.machineHostName())
    name = Path(f"/proc/{os.getppid()}/exe")
    if name.exists():  # Qt compares the names
        lines = lock.read_text().splitlines()
        lock.write_text("\n".join([lines[0], name.resolve().name, *lines[2:]]) + "\n")


def of_this_computer_before_it_was_renamed(lock: Path) -> None:
    machine = bytes(QSysInfo.machineUniqueId().data())
    write_lock(lock.parent, dead_process(), "OLD-NAME", machine)


def a_folder(lock: Path) -> None:
    lock.mkdir()


def unreadable(lock: Path) -> None:
    """For anybody: permissions do not bind root."""
    lock.symlink_to(lock)


def a_link(lock: Path) -> None:
    other = lock.with_name("elsewhere.txt")
    other.write_text("somebody's")
    lock.symlink_to(other)


LEFT = (
    empty,
    garbage,
    of_a_dead_process,
    of_a_number_given_again,
    of_this_computer_before_it_was_renamed,
    a_folder,
    unreadable,
    a_link,
)


@pytest.mark.parametrize("left", LEFT)
def test_what_nobody_holds_stops_no_window(folder: Path, said: list[str], left: object) -> None:
    assert callable(left)
    left(folder / LOCK)
    assert start(folder) == (0, True)
    assert said == []
    if left not in (a_folder, unreadable):
        assert not (folder / LOCK).exists()  # it was ours, and went with the window
    if (other := folder / "elsewhere.txt").exists():
        assert other.read_text() == "somebody's"


def test_a_lock_of_ours_goes_with_the_window(folder: Path) -> None:
    assert start(folder) == (0, True)
    assert not (folder / LOCK).exists()


def test_another_computers_is_asked_about_and_left(folder: Path, said: list[str]) -> None:
    write_lock(folder, 4711, ELSEWHERE)
    left = (folder / LOCK).read_bytes()
    day = time.mktime((2025, 11, 20, 14, 3, 0, 0, 0, -1))
    os.utime(folder / LOCK, (day, day))
    asked = when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    assert start(folder) == (0, False)
    (sentence,) = asked
    assert ELSEWHERE in sentence
    assert "2025年11月20日 14:03" in sentence
    assert sentence.count("。") == 1
    assert (folder / LOCK).read_bytes() == left
    assert said == []


def test_another_computers_is_taken_where_that_is_chosen(folder: Path, said: list[str]) -> None:
    write_lock(folder, 4711, ELSEWHERE)
    when_asked("照样打开")
    assert start(folder) == (0, True)
    assert not (folder / LOCK).exists()
    assert said == []


def test_sqlites_lock_stands_behind_that_choice(folder: Path, said: list[str]) -> None:
    write_lock(folder, 4711, ELSEWHERE)
    when_asked("照样打开")
    with library(folder):
        assert start(folder) == (1, False)
    (sentence,) = said
    assert IN_USE in sentence


# -- windows


def test_a_second_start_brings_the_first_window_forward(folder: Path) -> None:
    """Two programs, as a handler starts them: the first was minimised."""
    with a_window(folder) as first:
        assert hear(first) == "opened"
        begun = time.monotonic()
        with a_window(folder) as second:
            assert hear(second) == ""
            assert second.wait() == 0
        assert time.monotonic() - begun < 10
        assert hear(first) == "called shown -"
        assert not (folder / CALL).exists()
        assert start(folder) == (0, False)  # and again
        assert hear(first) == "called shown -"
        first.terminate()
        assert hear(first) == ""
        assert first.wait() == 0
    assert not (folder / LOCK).exists()


def test_a_dialog_comes_forward_with_its_window(tmp_path: Path) -> None:
    """The first run asks for the office."""
    with a_window(tmp_path) as first:
        assert hear(first) == "opened"
        assert start(tmp_path) == (0, False)
        assert hear(first).startswith("called shown 欢迎")


@needs_kill
def test_a_window_that_hangs_is_named_and_left(
    folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that was killed keeps nobody out."""
    monkeypatch.setattr(window_lock, "PATIENCE", 0.3)
    with a_window(folder) as first:
        assert hear(first) == "opened"
        first.send_signal(signal.SIGSTOP)
        assert start(folder) == (1, False)
        (sentence,) = said
        assert f"进程号{first.pid}" in sentence
        assert not (folder / CALL).exists()
        first.kill()
        first.wait()
        assert (folder / LOCK).exists()
    assert start(folder) == (0, True)
    assert len(said) == 1


def test_a_window_that_is_closing_is_waited_for(folder: Path) -> None:
    lock = WindowLock(folder)
    assert lock.take() is None
    with a_window(folder) as second:
        end = time.monotonic() + 20
        while not (folder / CALL).exists():
            assert time.monotonic() < end
            assert second.poll() is None
            time.sleep(0.01)
        lock.release()
        assert hear(second) == "opened"


def test_where_no_call_can_be_made_sqlites_lock_decides(folder: Path, said: list[str]) -> None:
    """A folder copied onto a read-only medium, lock file and all."""
    lock = WindowLock(folder)
    assert lock.take() is None
    (folder / CALL).symlink_to(folder / CALL)  # binds root too
    lock._clock.stop()
    with library(folder):
        assert start(folder) == (1, False)
    (sentence,) = said
    assert IN_USE in sentence
    lock.release()


def test_a_folder_that_is_no_call_calls_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_lock, "LOOK_MS", 10)
    lock = WindowLock(tmp_path)
    calls: list[bool] = []
    lock.called.connect(lambda: calls.append(True))
    assert lock.take() is None
    (tmp_path / CALL).mkdir()
    QTest.qWait(2 * window_lock.LOOK_MS)
    assert calls == []
    (tmp_path / CALL).rmdir()
    (tmp_path / CALL).touch()
    QTest.qWait(2 * window_lock.LOOK_MS)
    assert calls == [True]
    lock.release()


def test_the_command_line_beside_a_window_changes_nothing(folder: Path) -> None:
    with a_window(folder) as first:
        assert hear(first) == "opened"
        sample = str(next(SAMPLES.glob("*.json")))
        command = [sys.executable, "-m", "desktop", "--data", str(folder), "import", sample]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 1
        assert IN_USE in done.stderr
        assert first.poll() is None
    with library(folder):
        assert list_cases() == []


def test_the_command_line_keeps_a_window_out(folder: Path, said: list[str]) -> None:
    with library(folder):
        assert start(folder) == (1, False)
    (sentence,) = said
    assert IN_USE in sentence
    assert not (folder / LOCK).exists()


def test_the_twin_without_locks_lets_a_second_window_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `processes` then finds lost."""
    with a_window(folder, "--unlocked") as first:
        assert hear(first) == "opened"
        monkeypatch.setattr(connection, "_PRAGMAS", connection._PRAGMAS[1:])
        monkeypatch.setattr(WindowLock, "take", lambda *_, **__: None)
        assert start(folder) == (0, True)


# -- where the library lies


def test_a_network_place_is_said_once(
    folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "lies_on_network", lambda _: True)
    for _ in range(2):
        assert start(folder) == (0, True)
    (sentence,) = said
    assert sentence == starting.NETWORK.format(folder=folder)
    assert Settings(folder).network_told == str(folder)


def test_a_question_unanswered_opens_nothing(folder: Path) -> None:
    """Closed by its corner."""
    write_lock(folder, 4711, ELSEWHERE)
    when_asked(QDialog.close)
    assert start(folder) == (0, False)
