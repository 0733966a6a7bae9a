"""The sample letters, field by field as their JSON says; no sentence of theirs stands here.

Collected only where ../shared/letters is.
"""

from pathlib import Path

import pytest

from desktop.letter.foreign.dissection import dissect
from desktop.letter.foreign.letter_json import letter_json
from desktop.letter.pages.page import read_text
from tests.conftest import LETTERS
from tests.letter_comparison import check_conserved, expected_of, misses

SAMPLES = sorted((LETTERS / "samples").glob("*.txt"))
# 034 prints its date on the last line, as 032 and 086 do; its JSON has none, theirs have it.
EXPLAINED = {("034", "date")}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample(path: Path) -> None:
    anatomy = dissect(read_text(path.read_text(encoding="utf-8")))
    found = misses(expected_of(path), letter_json(anatomy))
    assert {(path.stem, name) for name in found} == {
        miss for miss in EXPLAINED if miss[0] == path.stem
    }, found
    check_conserved(anatomy)


@pytest.mark.parametrize(
    "path", sorted((LETTERS / "reference").glob("*.txt")), ids=lambda path: path.stem
)
def test_nothing_of_a_reference_letter_is_dropped(path: Path) -> None:
    anatomy = dissect(read_text(path.read_text(encoding="utf-8")))
    check_conserved(anatomy)
    assert {why for why, _ in anatomy.left_out()} <= {"书签"}
