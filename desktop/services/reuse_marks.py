"""The marks of paragraphs taken over from earlier letters (引用待核对), kept beside their case: no
case file, state or letter holds them, and they go when the case goes for good."""

import json
from collections.abc import Mapping

from db import models
from db.enums import Outcome
from desktop.services.library import writing
from desktop.services.reusing import Reuse
from desktop.services.rows import Ageing


def marks_of(case: str) -> dict[str, Reuse]:
    """The marks of the case with this key, by paragraph; one that is not there now may come back
    by 撤销 or from 版本."""
    letter = models.Letter.key == case
    found = models.Reuse.select().join(models.Letter).where(letter)
    return {row.paragraph: _reuse(row) for row in found}


def keep_marks(case: str, marks: Mapping[str, Reuse | None]) -> bool:
    """Keep these marks of the case with this key; None puts a paragraph's away. False where the
    library does not know the case yet. Raises `LibraryError` where the disk refuses."""
    letter = models.Letter.get_or_none(models.Letter.key == case)
    if not letter:
        return False
    with writing():
        models.Reuse.delete().where(models.Reuse.paragraph.in_(list(marks))).execute()
        for paragraph, reuse in marks.items():
            if reuse:
                models.Reuse.create(
                    letter=letter,
                    paragraph=paragraph,
                    source=reuse.source,
                    outcome=reuse.outcome,
                    words=json.dumps([(w, n, why.name) for w, n, why in reuse.words]),
                )
    return True


def _reuse(row: models.Reuse) -> Reuse:
    words = tuple((word, often, Ageing[why]) for word, often, why in json.loads(row.words))
    return Reuse(row.source, words, Outcome(row.outcome) if row.outcome else None)
