"""⑥ An export never destroys the file it replaces."""

import os
import time
from pathlib import Path

from desktop.services.backup_files import thin
from desktop.services.files import write_draft
from tests.conftest import TODAY
from tests.faults.exports import failures, kills
from tests.kills import needs_kill


@needs_kill
def test_a_kill_leaves_the_letter_that_stood_there_or_the_new_one(tmp_path: Path) -> None:
    found = kills(tmp_path, 24, 1)
    assert found.harm == 0, found
    assert ": 0 of " not in found.twin, found


@needs_kill
def test_a_refused_export_leaves_everything_as_it_was(tmp_path: Path) -> None:
    found = failures(tmp_path, 72, 1)
    assert found.harm == 0, found
    assert ": 0 of " not in found.twin, found


def test_what_a_kill_left_beside_the_letter_is_removed_later(tmp_path: Path) -> None:
    names = [".fuhan-old.tmp", ".fuhan-new.tmp", "old.tmp", "old.db.tmp"]
    for name in names:
        (tmp_path / name).touch()
        if "old" in name:
            os.utime(tmp_path / name, (time.time() - 4000,) * 2)
    write_draft(tmp_path / "letter.docx", b"new").take_name()
    names.remove(".fuhan-old.tmp")
    assert {path.name for path in tmp_path.iterdir()} == {"letter.docx", *names}
    thin(tmp_path, TODAY)
    assert not (tmp_path / "old.db.tmp").exists()
