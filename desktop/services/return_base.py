"""What left (发出的那一稿) that a returned file (来稿) goes back to, and the case it belongs to.

Its carriers say it: the state in the journal, the case's key, the replies' digests. Where they are
gone, its number and its words do. For the library's thread.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from db import models
from db.queries import letters_named
from desktop.errors import LibraryError
from desktop.letter.clean import without_white
from desktop.letter.model import Case
from desktop.letter.returned import FileKind, Identity
from desktop.services.loading import read_case
from desktop.services.revisions import case_of
from desktop.services.search_index import search_index, sync
from desktop.services.similar import similar

_STATES = 20  # of a case that are compared by their words, the newest
_SAME_NUMBER, _SIMILAR = 0.3, 0.5  # how much of its words must stand in the file, to be the one
_ASKED, _ANSWERS, _CANDIDATES = 8, 3, 3  # paragraphs the index is asked for, answers, cases taken


@dataclass(frozen=True, slots=True)
class Base:
    """The case as it left (`case`) and as we have it (`ours`); the journal's entry and when that
    was, where it is known. `guessed`: known by its words alone."""

    case: Case
    ours: Case
    export_id: int | None = None
    left_at: datetime | None = None
    guessed: bool = False


def base_of(identity: Identity) -> Base:
    """What the file with this identity goes back to.

    Raises `LibraryError`: its case is not here, rests in the 回收站, or is issued (定稿).
    """
    state = _state(identity.state)
    letter = state.letter if state else _letter_carried(identity)
    guessed = letter is None
    letter = letter or _letter_told(identity)
    if letter is None:
        raise LibraryError(_unknown(identity))
    if letter.deleted_at:
        raise LibraryError(
            f"{_named(identity)}的卷宗在回收站里，没有收回任何内容，请先恢复它，再收回来稿。"
        )
    ours = read_case(letter)
    if ours.issue:
        raise LibraryError(
            f"{_named(identity)}的卷宗已定稿，没有收回任何内容，请先重新起草，再收回来稿。"
        )
    export = _export_of(state) if state else _export_with(letter, identity.sha256)
    if state or export:
        left = case_of(state or export.revision)
    elif identity.case and identity.case.key == ours.key:
        left = identity.case
    else:
        left, export = _likest(letter, ours, identity.lines)
    return Base(
        left, ours, export and export.id, export.made_at if export else None, guessed=guessed
    )


def _state(sha256: str) -> models.Revision | None:
    found = models.Revision.select().where(models.Revision.sha256 == sha256)
    state: models.Revision | None = found.order_by(models.Revision.id.desc()).first()
    return state


def _export_of(state: models.Revision) -> Any:
    """The last time this state left."""
    return _last(models.Export.letter == state.letter, models.Revision.sha256 == state.sha256)


def _export_with(letter: models.Letter, sha256: Mapping[str, str]) -> Any:
    """The last export of the letter that most of these replies left with as they are."""
    row = models.ExportedReply
    exports = models.Export.select(models.Export.id).where(models.Export.letter == letter)
    left: Any = row.select().where(row.reply_key.in_(list(sha256)), row.export.in_(exports))
    fitting = Counter(r.export_id for r in left if sha256[r.reply_key] == r.sha256)
    best = max(fitting, key=lambda export: (fitting[export], export), default=None)
    return best and _last(models.Export.id == best)


def _last(*where: Any) -> Any:
    found = models.Export.select(models.Export, models.Revision).join(models.Revision)
    return found.where(*where).order_by(models.Export.id.desc()).first()


def _letter_carried(identity: Identity) -> models.Letter | None:
    """The letter that the carriers name, by its key, its replies' or its suggestions'."""
    by_key: models.Letter | None = models.Letter.get_or_none(models.Letter.key == identity.case_key)
    if by_key:
        return by_key
    entry: Any = models.ExportedReply
    left = entry.get_or_none(entry.reply_key.in_(list(identity.sha256)))
    if left:
        letter: models.Letter = left.export.letter
        return letter
    links: Any = models.LetterProposal.select().join(models.Proposal).join(models.Suggestion)
    asked: Any = links.where(models.Suggestion.key.in_(identity.suggestions)).first()
    letter_asked: models.Letter | None = asked and asked.letter
    return letter_asked


def _letter_told(identity: Identity) -> models.Letter | None:
    """The letter whose number the file names, or whose words it has."""
    if identity.kind is FileKind.PACK:  # somebody else's: its suggestions are not ours
        return None
    number = "、".join(identity.numbers)
    for deleted in (False, True):
        named = letters_named(number, deleted=deleted) if number else []
        if found := _fitting(named, identity.lines, _SAME_NUMBER):
            return found
    return _fitting(_similar(identity.lines), identity.lines, _SIMILAR)


def _fitting(
    letters: Iterable[models.Letter], lines: Sequence[str], least: float
) -> models.Letter | None:
    page = _Page(lines)
    fits = {letter: max(map(page.holds, _states(letter))) for letter in letters}
    best = max(fits, key=fits.__getitem__, default=None)
    return best if best and fits[best] >= least else None


def _similar(lines: Sequence[str]) -> list[models.Letter]:
    """Letters that left and speak of what the longest paragraphs do."""
    folder = Path(models.Letter._meta.database.database).parent
    votes = Counter[str]()
    with search_index(folder) as index:
        sync(index)
        for line in sorted(lines, key=len, reverse=True)[:_ASKED]:
            votes.update(found.case for found in similar(index, line, limit=_ANSWERS))
    keys = [key for key, _ in votes.most_common(_CANDIDATES)]
    left = models.Export.select(models.Export.letter)
    return list(
        models.Letter.select().where(models.Letter.key.in_(keys), models.Letter.id.in_(left))
    )


def _states(letter: models.Letter) -> Iterator[Case]:
    """The case as it is, and as it left."""
    yield read_case(letter)
    yield from (case for case, _ in _left(letter))


def _left(letter: models.Letter) -> Iterator[tuple[Case, models.Export]]:
    """The states that left and are undamaged, the newest first."""
    found = models.Export.select(models.Export, models.Revision).join(models.Revision)
    found = found.where(models.Export.letter == letter).order_by(models.Export.id.desc())
    for export in found.limit(_STATES):
        with suppress(LibraryError):
            yield case_of(export.revision), export


def _likest(
    letter: models.Letter, ours: Case, lines: Sequence[str]
) -> tuple[Case, models.Export | None]:
    """The state that left and has most in common with these lines; ours where none did."""
    page, best = _Page(lines), -1.0
    likest: tuple[Case, models.Export | None] = ours, None
    for case, export in _left(letter):
        likeness = page.likeness(case)
        if likeness > best:
            best, likest = likeness, (case, export)
    return likest


class _Page:
    """The words of a file, for telling which state of a case it was printed of."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [without_white(line) for line in lines]
        self._whole = "\n".join(self._lines)
        self._pairs = set(pairwise(self._whole))

    def holds(self, case: Case) -> float:
        """How much of the case's words stands in the file: a text as it is, or its pairs of
        characters."""
        texts = [text for text in map(without_white, _texts(case)) if text]
        held = sum(len(text) * self._held(text) for text in texts)
        return held / max(1, sum(map(len, texts)))

    def likeness(self, case: Case) -> float:
        """The same, and how much of the file stands in the case."""
        whole = "\n".join(map(without_white, _texts(case)))
        said = sum(len(line) for line in self._lines if line and line in whole)
        return self.holds(case) + said / max(1, len(self._whole))

    def _held(self, text: str) -> float:
        if text in self._whole:
            return 1.0
        pairs = set(pairwise(text))
        return len(pairs & self._pairs) / max(1, len(pairs))


def _texts(case: Case) -> Iterator[str]:
    for suggestion in case.suggestions():
        yield suggestion.text
        yield suggestion.elaboration
    for reply in case.replies:
        yield from (paragraph.text for paragraph in reply.paragraphs)


def _unknown(identity: Identity) -> str:
    if identity.kind is FileKind.PACK:
        return (
            "这是别的单位请我们会办的会办包，不是本文库发出的，没有收回任何内容，"
            "请用“导入”把它读成会办意见。"
        )
    return (
        f"这份来稿是{_named(identity)}的，文库里没有发出过它的卷宗，没有收回任何内容，"
        "请看看是不是发错了文件；要当作新的函件读入，请用“导入”。"
    )


def _named(identity: Identity) -> str:
    """第2025118号, or what its title says."""
    if identity.numbers:
        return f"第{'、'.join(identity.numbers)}号"
    subject = next((p.subject for p in identity.case.proposals), "") if identity.case else ""
    return f"《{subject or identity.title}》" if subject or identity.title else "别的文件"
