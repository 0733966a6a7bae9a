"""③ One program at a time writes a library, and a killed one leaves no lock."""

from pathlib import Path

from tests.faults.processes import CROWD, holding, racing
from tests.kills import needs_kill


@needs_kill
def test_a_crowd_makes_one_library_and_loses_no_update(tmp_path: Path) -> None:
    found = racing(tmp_path, 2 * CROWD, 1)
    assert found.harm == 0, found
    assert ": 0 of " not in found.twin, found


@needs_kill
def test_what_is_held_is_refused_and_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    found = holding(tmp_path, 3, 1)
    assert found.harm == 0, found
