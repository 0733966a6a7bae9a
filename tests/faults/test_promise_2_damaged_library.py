"""② A damaged library is noticed and left alone, never replaced by an empty one, and the backup
comes back."""

from pathlib import Path

from tests.faults.damage import ODD, bytes_changed, odd_things
from tests.kills import needs_kill


@needs_kill
def test_no_changed_byte_is_read_as_if_nothing_was(tmp_path: Path) -> None:
    found = bytes_changed(tmp_path, 60, 1)
    assert found.harm == 0, found
    assert " 0 of " not in found.twin, found


@needs_kill
def test_whatever_lies_there_opens_as_it_was_or_is_refused(tmp_path: Path) -> None:
    found = odd_things(tmp_path, len(ODD), 1)
    assert found.harm == 0, found
    assert " 0 kinds" not in found.twin, found
