"""The start of the window: what is refused is one sentence, what is missing is said."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop import app
from desktop.crash import write_report
from desktop.letter.model import Office
from desktop.services.library import library
from desktop.services.offices import set_our_office
from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from tests.desktop.views.hands import settle

pytestmark = pytest.mark.usefixtures("qapp", "_restored", "said")


@pytest.fixture
def _restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process as it was: its signals, its hook, its looks."""
    monkeypatch.setattr("signal.signal", lambda *_: None)
    hook, locale = sys.excepthook, QLocale()
    yield
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow):
            window.deleteLater()
    settle()
    sys.excepthook = hook
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


def test_a_library_that_cannot_be_written_is_refused(tmp_path: Path, said: list[str]) -> None:
    """The disk's refusal, made by a file where the folder should be: it binds root too."""
    (tmp_path / "data").write_text("no folder")
    assert app.main(tmp_path / "data") == 1
    assert "不能写入" in one_sentence(said)


def test_a_damaged_library_is_refused(tmp_path: Path, said: list[str]) -> None:
    known(tmp_path)
    file = tmp_path / "fuhan.db"
    data = file.read_bytes()
    file.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    assert app.main(tmp_path) == 1
    one_sentence(said)


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
    monkeypatch.setattr(MainWindow, "welcome_office", lambda _: asked.append(True))
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


def test_our_own_mistake_is_one_sentence_with_a_report(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known(tmp_path)
    reports: list[Path] = []

    def kept(error: BaseException) -> Path:
        reports.append(write_report(error))
        return reports[-1]

    monkeypatch.setattr(app, "write_report", kept)

    def look(_: MainWindow) -> None:
        words = "".join(("周明", "远委员的信"))
        try:
            raise ValueError(words)
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)

    run(tmp_path, look)
    assert "程序内部出错" in one_sentence(said)
    text = reports[0].read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "周明远" not in text
    reports[0].unlink()
