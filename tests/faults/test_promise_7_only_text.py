"""⑦ From someone else's file only text comes in: the loops in short, and that they can fail."""

import sys
from pathlib import Path

import pytest

from desktop.views.main_window import MainWindow
from tests.faults import foreign, labels, pasting
from tests.faults.figures import Figures
from tests.faults.mutants import mutated_letters
from tests.faults.names import file_names

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")


def number(said: str) -> float:
    """The figure a twin's words begin with."""
    return float(said.split()[0])


def holds(found: Figures, tried: int, harmed: float = 1) -> None:
    """Nothing went wrong, enough was tried, and without the guard it would have gone wrong."""
    assert found.harm == 0, found
    assert found.tried >= tried
    assert number(found.twin) >= harmed, found.twin


@LINUX
def test_archives_that_blow_up_or_lie(tmp_path: Path) -> None:
    holds(foreign.archives(tmp_path, every=3), 10)


def test_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    holds(foreign.other_kinds(tmp_path), 25)


@LINUX
def test_xml_that_grows_or_reaches_out(tmp_path: Path) -> None:
    holds(foreign.markup(tmp_path, every=2), 20)


def test_only_what_a_reader_sees_is_read(tmp_path: Path) -> None:
    holds(foreign.contents(tmp_path), 25, 3)


def test_case_files_changed_by_hand(tmp_path: Path) -> None:
    holds(foreign.case_files(tmp_path, every=6), 15)


@LINUX
def test_no_text_takes_long(tmp_path: Path) -> None:
    holds(foreign.long_texts(tmp_path, every=13), 15, 3)


def test_letters_changed_by_chance(tmp_path: Path) -> None:
    holds(mutated_letters(tmp_path, 40, 3), 40, 5)


def test_every_name_can_be_made(tmp_path: Path) -> None:
    holds(file_names(tmp_path, 200, 1), 200, 100)


def test_what_is_pasted_and_dropped(window: MainWindow) -> None:
    holds(pasting.pastes(window, 60, 1), 60, 5)


def test_markup_is_shown_as_it_is_written(window: MainWindow) -> None:
    holds(labels.labels(window), 8, 10)
