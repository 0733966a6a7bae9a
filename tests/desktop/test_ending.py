"""Killed, told to go, fallen: what was written is there, and the next start goes on with it.

Real processes, real signals; a disk is full by the limit the system puts on a process.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop import ending
from desktop.crash import FOLDER, RUN, Watch
from desktop.ending import Ending
from desktop.errors import LibraryError
from desktop.letter.model import Office
from desktop.mistakes import FELL, KILLED
from desktop.paths import SAMPLES
from desktop.services.case_list import list_cases
from desktop.services.cases import find_case, import_file
from desktop.services.library import library
from desktop.services.offices import set_our_office
from desktop.views import open_case
from desktop.views.main_window import MainWindow
from tests.desktop.views.hands import NARRATIVE, settle, show, when_asked, write
from tests.typist import AT, KEY_MS, fill_disk, seen, typist

WORDS = "本段正在写 mid-sentence，"
posix = pytest.mark.skipif(os.name != "posix", reason="Windows knows no signals and no rlimits")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with both samples, of a known office."""
    place = tmp_path / "data"
    with library(place):
        set_our_office(Office("某某局"))
        for sample in sorted(SAMPLES.glob("*.json")):
            import_file(sample, date(2025, 11, 21))
    return place


def stored(folder: Path) -> str:
    """The first reply as the library has it."""
    with library(folder):
        key = next(row.key for row in list_cases() if row.proposal_number == NARRATIVE)
        return "\n".join(p.text for p in find_case(key).replies[0].paragraphs)


def gone(child: subprocess.Popen[str]) -> int:
    """How it ended."""
    return child.wait(20)


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_told_to_go_it_saves_the_moment_before(folder: Path, name: str) -> None:
    before = stored(folder)
    with typist(folder, "open", f"type {WORDS}") as child:
        seen(child, 2)
        child.send_signal(getattr(signal, name))
        assert gone(child) == 0
    assert stored(folder) == before[:AT] + WORDS + before[AT:]
    with typist(folder, "look") as child:
        assert seen(child)["bar"] == ""


@posix
def test_told_to_go_while_a_dialog_is_open_it_goes(folder: Path) -> None:
    with typist(folder, "open", f"type {WORDS}", "office", "look") as child:
        assert "本单位" in seen(child, 4)["dialog"]
        child.terminate()
        assert gone(child) == 0
    assert WORDS in stored(folder)


@posix
def test_killed_after_a_pause_nothing_is_missing_and_typing_goes_on_there(folder: Path) -> None:
    before = stored(folder)
    with typist(folder, "open", f"type {WORDS}") as child:
        seen(child, 2)
        time.sleep(1.2)
        child.kill()
        gone(child)
    with typist(folder, "look", "type 接着写。") as child:
        there = seen(child)
        assert there["text"] == before[:AT] + WORDS + before[AT:]
        assert there["caret"] == AT + len(WORDS)
        assert there["bar"] == KILLED
        assert seen(child)["text"] == before[:AT] + WORDS + "接着写。" + before[AT:]
        child.terminate()
        assert gone(child) == 0
    with typist(folder, "look") as child:
        assert seen(child)["bar"] == "", "it is told once"


@posix
def test_killed_between_two_keys_at_most_the_last_second_is_missing(folder: Path) -> None:
    before = stored(folder)
    words = "".join(chr(0x4E00 + n) for n in range(60))  # three seconds without a pause
    with typist(folder, "open", f"slowly {words}") as child:
        seen(child, 1)
        seen(child, 1)
        child.kill()
        gone(child)
    kept = stored(folder).removeprefix(before[:AT]).removesuffix(before[AT:])
    assert words.startswith(kept)
    assert (len(words) - len(kept)) * KEY_MS <= 1000 + 2 * KEY_MS
    with typist(folder, "look", "type 续") as child:
        assert seen(child)["caret"] == AT + len(kept)
        assert seen(child)["text"] == before[:AT] + kept + "续" + before[AT:]


@posix
def test_what_cannot_be_saved_is_not_given_up_for_a_signal(folder: Path) -> None:
    before = stored(folder)
    with typist(folder, "open", "look", f"type {WORDS}", "look") as child:
        seen(child, 2)
        fill_disk(child, True)
        seen(child, 2)
        child.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(1.5)
        fill_disk(child, False)
        child.terminate()
        assert gone(child) == 0
    assert stored(folder) == before[:AT] + WORDS + before[AT:]


@posix
def test_a_mistake_on_a_full_disk_says_what_is_not_saved(folder: Path) -> None:
    looks = ["look"] * 20
    with typist(folder, "open", "look", "look", f"type {WORDS}", "err", *looks) as child:
        seen(child, 2)
        fill_disk(child, True)
        seen(child, 3)
        said = next(s for _ in looks if (s := seen(child)["dialog"]))
        assert "还没有存到磁盘" in said
        assert "复制出来" in said
        assert "Error" not in said
        assert not (folder / FOLDER).exists() or not list((folder / FOLDER).iterdir())


@posix
def test_a_fall_is_told_with_its_report_and_quotes_nothing(folder: Path) -> None:
    with typist(folder, "open", f"type {WORDS}", "saved", "fall") as child:
        seen(child, 3)
        assert gone(child) == -signal.SIGSEGV
    with typist(folder, "look") as child:
        there = seen(child)
        assert there["bar"] == FELL
        assert WORDS in there["text"]
    (report,) = (folder / FOLDER).iterdir()
    text = report.read_text(encoding="utf-8")
    assert "Segmentation fault" in text
    assert "typist.py" in text
    assert not any(word in text for word in ("本段", "mid-sentence", "某某局", NARRATIVE))


@posix
def test_what_the_window_writes_is_nobody_elses(folder: Path) -> None:
    with typist(folder, "open", f"type {WORDS}", "look") as child:
        seen(child, 3)
        assert (folder / RUN).exists()
        open_to_others = modes(folder)
        child.terminate()
        assert gone(child) == 0
    assert (open_to_others, modes(folder)) == ([], [])
    assert {"fuhan.db", "fuhan.ini", "fuhan.place", "备份"} <= {p.name for p in folder.iterdir()}


def modes(folder: Path) -> list[str]:
    """What others may read or write."""
    return [p.name for p in (folder, *folder.rglob("*")) if p.stat().st_mode & 0o077]


# -- 注销: Qt makes no `QSessionManager` for a test, so the desktop is one of ours


class Desktop:
    """A desktop that ends its session; `asked` is what became of it."""

    def __init__(self, *, talks: bool) -> None:
        self.talks, self.answer = talks, ""

    def allowsInteraction(self) -> bool:  # noqa: N802
        """Whether it lets a program ask."""
        return self.talks

    def release(self) -> None:
        """The program has asked, and it may go on."""
        self.answer = "released"

    def cancel(self) -> None:
        """The handler stays."""
        self.answer = "cancelled"


@pytest.fixture
def log_off(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], None]]:
    """What the desktop's log-off calls; a word is not saved yet."""
    for owned_by_pytest in ("signal.signal", "faulthandler.enable", "faulthandler.disable"):
        monkeypatch.setattr(owned_by_pytest, lambda *_: None)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    show(window, NARRATIVE)
    window.page.replies.cards[0].editor.setFocus()
    settle()
    watch = Watch(window.folder)
    part = Ending(app, window, watch)
    write("注")
    yield part.log_off
    part.end()
    watch.end()


def test_log_off_saves_at_once_and_counts_as_an_end(
    window: MainWindow, log_off: Callable[[Any], None]
) -> None:
    desktop = Desktop(talks=True)
    log_off(desktop)
    assert find_case(window.session.case.key) == window.session.case
    assert desktop.answer == ""
    assert not (window.folder / RUN).exists()
    write("回")  # somebody cancelled it
    assert (window.folder / RUN).exists()


@pytest.mark.parametrize(
    ("talks", "button", "answer"),
    [
        (True, "取消", "cancelled"),
        (True, "仍然注销，丢掉未保存的内容", "released"),
        (False, "", ""),
    ],
)
def test_log_off_asks_only_where_it_may_and_must(
    log_off: Callable[[Any], None],
    monkeypatch: pytest.MonkeyPatch,
    window: MainWindow,
    talks: bool,
    button: str,
    answer: str,
) -> None:
    def full(*_: object) -> None:
        raise LibraryError("磁盘已满，这一步没有保存，请先腾出空间再试。")

    desktop = Desktop(talks=talks)
    with monkeypatch.context() as patch:
        patch.setattr(open_case, "save_case", full)
        asked = when_asked(button) if talks else []
        log_off(desktop)
    assert desktop.answer == answer
    assert asked == ([ending.UNSAVED] if talks else [])
    assert (window.folder / RUN).exists()
