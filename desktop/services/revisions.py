"""States (版本) of a case: its whole case file, kept before anything replaces or sends it."""

import hashlib
from datetime import datetime

from db import models
from db.enums import RevisionReason
from desktop.letter import case_file
from desktop.letter.model import Case


def record(letter: models.Letter, case: Case, reason: RevisionReason) -> models.Revision:
    """Keep `case` as a state of `letter`; the newest state serves where it is the same."""
    text = case_file.dump_compact(case)
    digest = hashlib.sha256(text.encode()).hexdigest()
    newest: models.Revision | None = (
        models.Revision.select()
        .where(models.Revision.letter == letter)
        .order_by(models.Revision.id.desc())
        .first()
    )
    if newest and newest.sha256 == digest:
        return newest
    made: models.Revision = models.Revision.create(
        letter=letter, made_at=datetime.now(), reason=reason, case_file=text, sha256=digest
    )
    return made
