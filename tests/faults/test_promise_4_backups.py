"""④ A backup is verified, and nothing takes it along: no kill, no disk, no clock."""

import os
from pathlib import Path

import pytest

from tests.faults.copies import clocks, failures, kills, spoiled
from tests.kills import needs_kill

needs_limits = pytest.mark.skipif(os.name != "posix", reason="Windows sets no limit to a file")


@needs_kill
def test_a_kill_leaves_only_backups_that_verify(tmp_path: Path) -> None:
    found = kills(tmp_path, 12, 1)
    assert found.harm == 0, found
    assert ": 0 of " not in found.twin, found


@needs_limits
def test_a_disk_or_stick_that_fails_is_said_and_the_older_stay(tmp_path: Path) -> None:
    found = failures(tmp_path, 24, 1)
    assert found.harm == 0, found
    assert ": 0 of " not in found.twin, found


def test_a_spoiled_backup_is_refused_or_says_what_is_damaged(tmp_path: Path) -> None:
    found = spoiled(tmp_path, 40, 1)
    assert found.harm == 0, found
    assert ": 0 of " not in found.twin, found


def test_no_clock_takes_the_newest_backups_or_empties_the_trash(tmp_path: Path) -> None:
    found = clocks(tmp_path, 40, 1)
    assert found.harm == 0, found
    assert " at 0 starts" not in found.twin, found
