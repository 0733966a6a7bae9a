"""Imports and the process that reads: started before it is needed, ended when nobody waits."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from desktop import tasks
from desktop.services import foreign
from desktop.services.foreign import ForeignReader
from desktop.views.main_window import MainWindow
from tests.conftest import DATA

ENDLESS = """
from desktop import reader_process
old = reader_process.read_case
def read_case(data, today):
    while data == b"x": open({!r}, "w").close()
    return old(data, today)
reader_process.read_case = read_case
reader_process.main()
"""


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A pipe that opens once a file of one x is being read, for ever."""
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    reader = ForeignReader([sys.executable, "-c", ENDLESS.format(str(begun))])
    monkeypatch.setattr(foreign, "read", reader.read)
    monkeypatch.setattr(foreign, "close", reader.close)
    yield begun
    reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a name of a file")
def test_cancel_stops_the_file_that_takes_its_time(
    window: MainWindow,
    endless: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next import need not wait for it."""
    said: list[str] = []
    monkeypatch.setattr("desktop.views.importing.show_error", lambda _, text: said.append(text))
    (tmp_path / "x.txt").write_bytes(b"x")
    window.importing.take([tmp_path / "x.txt"])
    endless.read_bytes()
    with qtbot.waitSignal(window.importing.ended) as ended:
        window.importing.cancel()
    assert said == ["已取消，剩下的 1 个文件没有导入"]
    with qtbot.waitSignal(window.importing.ended, timeout=5000) as ended:
        window.importing.take([DATA / "twin-narrative.txt"])
    assert "已导入 1 份" in ended.args[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a name of a file")
def test_closing_does_not_wait_for_it(
    window: MainWindow, endless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor are the files behind it forgotten in silence."""
    said: list[str] = []
    monkeypatch.setattr("desktop.views.importing.show_error", lambda _, text: said.append(text))
    (tmp_path / "x.txt").write_bytes(b"x")
    window.importing.take([tmp_path / "x.txt", DATA / "twin-narrative.txt"])
    endless.read_bytes()
    before = monotonic()
    assert window.close()
    assert monotonic() - before < foreign.TIME_LIMIT / 2
    assert said == ["已取消，剩下的 2 个文件没有导入"]


def test_it_is_warm_before_the_first_file(window: MainWindow) -> None:
    foreign.close()
    window.importing.warm()
    assert tasks.wait_for_all(5)
    assert foreign._READER.process_id
