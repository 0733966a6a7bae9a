"""⑤ An upgrade backs up first and is whole or not at all; what is newer is refused."""

from pathlib import Path

from tests.faults.upgrades import failures, kills
from tests.kills import needs_kill


@needs_kill
def test_a_killed_upgrade_is_done_or_not_begun_and_goes_on(tmp_path: Path) -> None:
    found = kills(tmp_path, 12, 1)
    assert found.harm == 0, found
    assert ": 0 of " not in found.twin, found


@needs_kill
def test_a_disk_that_fails_stops_it_whole(tmp_path: Path) -> None:
    found = failures(tmp_path, 24, 1)
    assert found.harm == 0, found
