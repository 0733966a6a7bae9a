"""A part of the corpus, in a minute: every scenario in Word's XML, some by real LibreOffice.

The rest is `make returns`.
"""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.returns.judging import Came, judge
from tests.returns.making import in_libreoffice, in_word, through_libreoffice, uno_missing
from tests.returns.manners import CARRIERS, MANNERS
from tests.returns.scenarios import SCENARIOS
from tests.returns.tally import Tally

HALVES = [name for name, (group, _) in CARRIERS.items() if group == "half"]
TYPED = (
    ("narrative", "a busy colleague, tracked"),
    ("narrative", "a paragraph moved to another reply"),
    ("narrative", "the frame at the foot"),
    ("list", "a busy colleague"),
    ("list", "a new row with a label of its own"),
    ("list", "several paragraphs in a cell, tracked"),
    ("list", "the table turned to text"),
    ("pack-list", "all answered"),
)


def test_the_corpus_is_large_enough() -> None:
    """Issue 7: at least sixty edited returns; no name twice."""
    names = [(scenario.letter, scenario.name) for scenario in SCENARIOS]
    assert len(set(names)) == len(names)
    assert sum(bool(scenario.deeds) for scenario in SCENARIOS) >= 60


@pytest.mark.parametrize("number", range(len(SCENARIOS)))
def test_edited_in_word(number: int) -> None:
    """Each with another program's manners, with all, one half and none of its carriers."""
    scenario, tally = SCENARIOS[number], Tally()
    came = in_word(scenario, [*MANNERS][number % len(MANNERS)])
    for carriers in ("all", HALVES[number % len(HALVES)], "none"):
        verdict = tally.judge(came.scenario.name, came, carriers)
        assert not tally.said, "\n".join(tally.said)
        assert verdict.landed == len(scenario.deeds)
        assert verdict.exact


def test_the_measure_sees_what_goes_wrong() -> None:
    """A file in which nothing was done, and one in which more was done than is said."""
    busy = next(one for one in SCENARIOS if one.name == "a busy colleague")
    idle = replace(busy, deeds=())
    nothing_done = replace(in_word(idle, "word"), scenario=busy)
    verdict = judge(nothing_done)
    assert (verdict.landed, verdict.exact) == (0, False)
    assert len(verdict.missed) >= len(busy.deeds)
    more_done = replace(in_word(busy, "word"), scenario=replace(idle, author="区住建局 李科长"))
    verdict = judge(more_done)
    assert not verdict.exact
    assert verdict.wrong  # of whom it is


def tallied(came: Iterable[tuple[str, Came]]) -> Tally:
    """Everything that came, with all, half and none of its carriers."""
    tally = Tally()
    for way, one in came:
        for carriers in ("all", "half the bookmarks", "none"):
            tally.judge(way, one, carriers)
    assert tally.total("files")
    return tally


@pytest.fixture
def uno() -> None:
    """LibreOffice, and the Python that can drive it."""
    if missing := uno_missing():
        elsewhere = "" if sys.platform == "linux" else ", on Linux only"
        pytest.skip(f"{missing} is not installed: `make setup` installs it{elsewhere}")


@pytest.mark.usefixtures("uno")
def test_edited_in_libreoffice(tmp_path: Path) -> None:
    """Real keys in a real document, saved once and three times, by way of .doc and .odt."""
    typed = [one for one in SCENARIOS if (one.letter, one.name) in TYPED]
    assert len(typed) == len(TYPED)
    tally = tallied(in_libreoffice(typed, tmp_path))
    assert not tally.broken(), "\n".join(tally.said)


@pytest.mark.usefixtures("office_suite")
def test_saved_three_times_by_libreoffice(tmp_path: Path) -> None:
    """Nothing edited: no change, whatever the form, wording and head; comments stay who they are
    of, and resolved."""
    sent = [one for one in SCENARIOS if not one.deeds or not one.typed]
    tally = tallied(through_libreoffice(sent, tmp_path, ["thrice"]))
    assert not tally.said, "\n".join(tally.said)
    assert not tally.broken()
