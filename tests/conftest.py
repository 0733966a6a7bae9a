"""What every test relies on: no network, no silent skips, libraries and cases to work with."""

import os
import socket
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.letter.case_file import load
from desktop.letter.model import Case
from tests import rendering

# windows of the test process itself need no screen; tests/x11 brings a real one
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
LETTERS = ROOT.parent / "shared" / "letters"
TODAY = date(2025, 11, 21)

_OF_LETTERS = ["desktop/test_reference_letters.py", "desktop/test_sample_letters.py"]
collect_ignore: list[str] = [] if LETTERS.is_dir() else _OF_LETTERS


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes tests/reference anew instead of comparing with it; `--long` gives tests by
    chance the size the issue asks for."""
    parser.addoption("--golden", action="store_true")
    parser.addoption("--long", action="store_true")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """In CI a skipped test is a failure, unless its reason names a platform."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if not any(platform in reason for platform in ("Windows", "Linux", "macOS")):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of ours ever opens a connection, but to a socket that is a file of this machine."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a test opened a network connection")

    def connect(connection: socket.socket, address: Any) -> None:
        if connection.family is not getattr(socket, "AF_UNIX", None):
            refuse()
        connect_for_real(connection, address)

    connect_for_real = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def office_suite() -> None:
    """LibreOffice and poppler, the real ones."""
    missing = rendering.tools_missing()
    if missing:
        pytest.skip(
            f"{missing} is not installed: `make setup` installs it"
            + ("" if sys.platform == "linux" else ", on Linux only")
        )


@pytest.fixture
def narrative_sample() -> Case:
    """The shipped narrative sample: grouped, elaborated, marked, with every field of the head."""
    return load((ROOT / "resources/samples/narrative.json").read_text(encoding="utf-8"))


@pytest.fixture
def list_sample() -> Case:
    """The shipped 办理结果清单."""
    return load((ROOT / "resources/samples/result-list.json").read_text(encoding="utf-8"))


@pytest.fixture(params=["narrative", "result-list"])
def sample(request: pytest.FixtureRequest) -> Case:
    """Each of the two samples."""
    path = ROOT / "resources/samples" / f"{request.param}.json"
    return load(path.read_text(encoding="utf-8"))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Any]:
    """The window on a library in tmp_path with both samples; nothing is open yet.

    A dialog nobody expects would wait for ever: it is closed after a while, and the test fails.
    """
    from tests.desktop.views.hands import opened_window

    with opened_window(qtbot, tmp_path, samples=True) as window:
        yield window
