"""A second start on a real X server: the first window comes forward, wherever it was."""

import subprocess
import sys

import pytest

from tests.x11.desk import ROOT, Desk
from tests.x11.screen import wait_until

TITLE, DIALOG = "复函", "欢迎使用复函"
OTHER = "tests.x11.plain_window"


def window_in_front(desk: Desk) -> str:
    """The title of the window that has the keyboard; empty where none has."""
    found = subprocess.run(
        ["xdotool", "getactivewindow", "getwindowname"],
        env=desk.screen.environment,
        capture_output=True,
        text=True,
    )
    return found.stdout.strip()


def start_again(desk: Desk) -> None:
    """As from the menu of the desktop: it ends by itself, without a word."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop"],
        cwd=ROOT,
        env=desk.screen.environment,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def begun(desk: Desk) -> Desk:
    """A fresh user who fills in nothing yet."""
    desk.start()
    desk.wait_for("欢迎使用复函")
    desk.key("Escape")
    desk.wait_for("新建提案", focus=True)
    return desk


def test_from_the_task_bar(begun: Desk) -> None:
    begun.screen.run("xdotool", "getactivewindow", "windowminimize")
    wait_until(lambda: window_in_front(begun) != TITLE, "the window to be minimised")
    start_again(begun)
    wait_until(lambda: window_in_front(begun) == TITLE, "the window to come back")
    begun.wait_for("新建提案", focus=True)
    begun.key("ctrl+n")
    begun.wait_for("编号", focus=True)


def test_from_behind_another_window(begun: Desk) -> None:
    other = Desk(begun.screen, "other")
    other.start(module=OTHER)
    try:
        wait_until(lambda: window_in_front(begun) != TITLE, "the other window in front")
        start_again(begun)
        wait_until(lambda: window_in_front(begun) == TITLE, "the first window in front")
        begun.key("ctrl+n")
        begun.wait_for("编号", focus=True)
    finally:
        other.stop()


def test_with_a_dialog_open(desk: Desk) -> None:
    """It is the dialog that takes the keys, as before."""
    desk.start()
    desk.wait_for(DIALOG)
    other = Desk(desk.screen, "other")
    other.start(module=OTHER)
    try:
        wait_until(lambda: window_in_front(desk) not in (DIALOG, TITLE), "the other in front")
        start_again(desk)
        wait_until(lambda: window_in_front(desk) == DIALOG, "the dialog in front")
        desk.key("Escape")
        wait_until(lambda: window_in_front(desk) == TITLE, "the window again")
    finally:
        other.stop()
