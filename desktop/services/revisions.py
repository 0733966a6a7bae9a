"""States (版本) of a case: its whole case file, kept before anything replaces or sends it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from db import models
from db.enums import RevisionReason
from desktop.errors import LibraryError
from desktop.letter import case_file
from desktop.letter.model import Case
from desktop.services.library import writing
from desktop.services.loading import letter_of, read_case
from desktop.services.paragraphs import count_characters
from desktop.services.records import update_case
from desktop.services.rows import RevisionListed


def record(
    letter: models.Letter, case: Case, reason: RevisionReason, name: str = ""
) -> models.Revision:
    """Keep `case` as a state of `letter`; the newest state serves where it is the same.

    That one takes `name`, if there is one. For services only, in their transaction.
    """
    text = case_file.dump_compact(case)
    digest = _digest(text)
    newest: models.Revision | None = _newest_first(letter).first()
    if newest is None or newest.sha256 != digest:
        made: models.Revision = models.Revision.create(
            letter=letter,
            made_at=datetime.now(),
            reason=reason,
            case_file=text,
            sha256=digest,
            name=name,
        )
        return made
    if name:
        newest.name = name
        newest.save(only=[models.Revision.name])
    return newest


def list_revisions(key: str) -> list[RevisionListed]:
    """The states of the case with this key, newest first."""
    return [_listed(state) for state in _newest_first(letter_of(key))]


def case_at(revision_id: int) -> Case:
    """The case as it was in a state; `LibraryError` where that is gone or damaged."""
    return case_of(_state(revision_id))


def keep(key: str, name: str = "") -> RevisionListed:
    """Keep the case as it is (Ctrl+S), under `name` if one is given."""
    with writing():
        letter = letter_of(key)
        return _listed(record(letter, read_case(letter), RevisionReason.MANUAL, name))


def rename(revision_id: int, name: str) -> None:
    """Give a state a name, or none."""
    with writing():
        state = _state(revision_id)
        state.name = name
        state.save(only=[models.Revision.name])


def restore(revision_id: int) -> Case:
    """Bring a state back into its case, whose present state is kept first; returns the case.

    An issued case (已定稿) refuses.
    """
    with writing():
        state = _state(revision_id)
        letter = state.letter
        before = read_case(letter)
        if before.issue:
            raise LibraryError("这份卷宗已定稿，没有恢复，文库没有改动，请先重新起草。")
        record(letter, before, RevisionReason.RESTORE)
        after = case_of(state)
        update_case(letter, before, after)
    return after


def _newest_first(letter: models.Letter) -> Any:
    states = models.Revision.select().where(models.Revision.letter == letter)
    return states.order_by(models.Revision.id.desc())


def _state(revision_id: int) -> models.Revision:
    state: models.Revision | None = models.Revision.get_or_none(models.Revision.id == revision_id)
    if state is None:
        raise LibraryError("文库里没有这个版本，没有改动任何内容，请刷新版本列表再试。")
    return state


def case_of(state: models.Revision) -> Case:
    """The case a state's record holds; for services only. Raises as `case_at`."""
    if _digest(state.case_file) != state.sha256:
        raise LibraryError(
            "这个版本的记录已损坏，程序没有改动它，卷宗现在的内容不受影响；"
            "请改用别的版本，或从备份恢复文库。"
        )
    # Its digest says that we wrote it: the rules for what comes in, which a draft may still break,
    # are not asked.
    return case_file.parse(json.loads(state.case_file)["case"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _listed(state: models.Revision) -> RevisionListed:
    reason = RevisionReason(state.reason)
    return RevisionListed(state.id, state.made_at, reason, state.name, _characters(state))


def _characters(state: models.Revision) -> int:
    """字数 of the replies; none where the state is damaged."""
    if _digest(state.case_file) != state.sha256:
        return 0
    replies = json.loads(state.case_file)["case"]["replies"]
    return sum(count_characters(p["text"]) for reply in replies for p in reply["paragraphs"])
