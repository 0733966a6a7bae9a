"""Reports: where in the program, never what a letter says; few, and never in the way."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import crash
from desktop.crash import FOLDER, KEPT, RUN, Report, Watch, keep_reports_in, write_report

WORDS = "".join(("周明", "远委员的信"))  # never whole in this file, whose lines a report quotes


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder; pytest keeps the interpreter's own traces."""
    for owned_by_pytest in ("faulthandler.enable", "faulthandler.disable"):
        monkeypatch.setattr(owned_by_pytest, lambda *_: None)
    monkeypatch.setattr(crash, "_places", [])
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    return folder


def failing() -> Report:
    """The report of a mistake that quotes a letter, and was caused by another that does."""
    try:
        try:
            raise OSError(28, WORDS)
        except OSError as error:
            raise KeyError(WORDS) from error
    except KeyError as error:
        return write_report(error)


def test_it_says_where_and_never_what(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(Path(__file__).parents[1]))
    keep_reports_in(data)
    report = failing()
    assert report.path
    assert report.path.parent == data / FOLDER
    assert report.path.read_text(encoding="utf-8") == report.text
    assert str(report) == str(report.path)
    assert all(word in report.text for word in ("复函 ", "KeyError", "OSError 28", "in failing"))
    assert "周明远" not in report.text
    assert "~/desktop" in report.text, "a home bears its user's name"
    assert str(Path(__file__).parents[1]) not in report.text


def test_causes_that_go_in_a_circle_end(data: Path) -> None:
    keep_reports_in(data)
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert write_report(one).text.count("KeyError") == 1


def test_the_last_ten_are_kept_and_nothing_else_is_touched(data: Path) -> None:
    keep_reports_in(data)
    failing()
    (data / FOLDER / "fuhan-笔记.txt").write_text("mine")
    names = [str(failing()) for _ in range(KEPT + 5)]
    left = {str(path) for path in (data / FOLDER).iterdir()}
    assert len(left) == KEPT + 1
    assert names[-1] in left
    assert str(data / FOLDER / "fuhan-笔记.txt") in left


def test_without_a_data_folder_it_lies_among_the_temporary_files(
    data: Path, tmp_path: Path
) -> None:
    assert failing().path
    data.rmdir()
    data.write_text("no folder")
    keep_reports_in(data)
    place = failing().path
    assert place
    assert place.parent == tmp_path / "temp"


def test_where_nothing_can_be_written_it_is_still_there_to_be_copied(
    data: Path, tmp_path: Path
) -> None:
    keep_reports_in(data / "nowhere")
    (tmp_path / "temp").rmdir()
    (tmp_path / "temp").write_text("no folder")
    report = failing()
    assert report.path is None
    assert "KeyError" in report.text
    assert "没有写成文件" in str(report)


def test_half_a_report_is_none(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full after the first bytes."""

    class Full:
        def __init__(self, handle: int, *_: object, **__: object) -> None:
            os.write(handle, b"\xe5\xa4\x8d")
            os.close(handle)

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def write(self, _: str) -> None:
            raise OSError(28, "No space left on device")

    keep_reports_in(data)
    monkeypatch.setattr(os, "fdopen", Full)
    assert failing().path is None
    assert list((data / FOLDER).iterdir()) == []


def test_a_run_that_came_to_its_end_is_not_told_of(data: Path) -> None:
    first = Watch(data)
    assert not first.unclean
    first.end()
    first.end()
    second = Watch(data)
    assert not second.unclean
    assert second.report is None
    second.end()
    assert list(data.iterdir()) == []


def test_a_run_that_did_not_is_told_of_once(data: Path) -> None:
    keep_reports_in(data)
    Watch(data)._file.close()  # type: ignore[union-attr]
    second = Watch(data)
    assert second.unclean
    assert second.report is None
    second.end()
    third = Watch(data)
    assert not third.unclean
    third.end()


@pytest.mark.parametrize("left", [b"\x00" * 4096, b"\n", b""])
def test_an_empty_trace_is_no_report(data: Path, left: bytes) -> None:
    (data / RUN).write_bytes(left)
    watch = Watch(data)
    watch.end()
    assert watch.unclean
    assert watch.report is None


def test_a_trace_becomes_a_report(data: Path) -> None:
    keep_reports_in(data)
    (data / RUN).write_bytes(b"Fatal Python error: Aborted\n\xff" + b"x" * 1_000_000)
    watch = Watch(data)
    assert (data / RUN).read_bytes() == b"", "told once, then away"
    watch.end()
    assert watch.report
    assert watch.report.path
    assert "Fatal Python error: Aborted" in watch.report.path.read_text(encoding="utf-8")
    assert len(watch.report.text) < 100_000


def test_where_no_run_can_be_watched_the_program_runs(data: Path) -> None:
    (data / RUN).mkdir()
    watch = Watch(data)
    assert watch.report is None
    watch.end()
