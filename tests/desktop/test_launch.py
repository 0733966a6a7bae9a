"""Opening what was written: the right address, and an honest no."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.launch import open_file, open_folder, print_file

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the desktop was asked to open."""
    asked: list[str] = []

    def remember(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    return asked


def test_a_file_and_its_folder(tmp_path: Path, opened: list[str]) -> None:
    letter = tmp_path / "关于第2025118号提案的答复 100%#1.docx"
    letter.touch()
    assert open_file(letter)
    assert open_folder(letter)
    assert open_folder(tmp_path)
    assert [Path(path) for path in opened] == [letter, tmp_path, tmp_path]


def test_what_is_gone_is_not_opened(tmp_path: Path, opened: list[str]) -> None:
    assert not open_file(tmp_path / "gone.docx")
    assert not open_file(tmp_path)
    assert not open_folder(tmp_path / "gone" / "gone.docx")
    assert opened == []


def test_a_desktop_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    assert not open_folder(tmp_path)


def test_a_file_is_printed_where_the_system_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has a verb for it, which its program may not know."""
    letter = tmp_path / "答复.docx"
    letter.touch()
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr("os.startfile", lambda *said: asked.append(said), raising=False)
    assert print_file(letter)
    assert asked == [(str(letter), "print")]
    assert not print_file(tmp_path / "gone.docx")

    def refuse(*_: str) -> None:
        raise OSError

    monkeypatch.setattr("os.startfile", refuse, raising=False)
    assert not print_file(letter)
    monkeypatch.delattr("os.startfile")
    assert not print_file(letter)
