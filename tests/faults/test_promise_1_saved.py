"""“已保存” means on disk: after a kill at any moment what was said to be saved is there, whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.autosave import service_kills, window_kills
from tests.faults.figures import Figures
from tests.kills import needs_kill

pytestmark = needs_kill


@pytest.mark.parametrize(("kills", "tried"), [(service_kills, 12), (window_kills, 3)])
def test_what_was_said_to_be_saved_survives_a_kill(
    tmp_path: Path, kills: Callable[..., Figures], tried: int
) -> None:
    found = kills(tmp_path, tried, seed=11)
    assert found.harm == 0, found


@pytest.mark.parametrize(("kills", "tried"), [(service_kills, 20), (window_kills, 2)])
def test_the_mutant_is_found_out(tmp_path: Path, kills: Callable[..., Figures], tried: int) -> None:
    assert kills(tmp_path, tried, seed=12, mutant=True).harm
