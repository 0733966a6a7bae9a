"""What left (发出的那一稿) that a returned file (来稿) goes back to, and the case it belongs to.

Its carriers say it: the state in the journal, the case's key, the replies' digests. Where they are
gone, its number and its words do. For the library's thread.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from db import models
from db.queries import letters_named
from desktop.errors import LibraryError
from desktop.letter.clean import without_white
from desktop.letter.homecoming.returned import FileKind, Identity
from desktop.letter.model import Case
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
    was, where it is known.

    `guessed`: known by number and words alone. `strange`: by the number, and the words are others,
    as those of an opinion (会办意见) may be; a letter is then somebody else's.
    """

    case: Case
    ours: Case
    export_id: int | None = None
    left_at: datetime | None = None
    guessed: bool = False
    strange: bool = False


def base_of(identity: Identity) -> Base:
    """What the file with this identity goes back to.

    Raises `LibraryError`: its case is not here, rests in the 回收站, or is issued (定稿).
    """
    state = _state(identity.state)
    carried = state.letter if state else _letter_carried(identity)
    letter, strange = (carried, False) if carried else _letter_told(identity)
    if letter is None:
        raise LibraryError(unknown(identity))
    if letter.deleted_at:
        raise LibraryError(
            f"{_named(identity)}的卷宗在回收站里，没有收回任何内容，请先恢复它，再收回来稿。"
        )
    ours = read_case(letter)
    if ours.issue:
        raise LibraryError(
            f"{_named(identity)}的卷宗已定稿，没有收回任何内容，请先重新起草，再收回来稿。"
        )
    base = _base(letter, ours, identity, state)
    return replace(base, guessed=not carried, strange=strange)


def _base(
    letter: models.Letter, ours: Case, identity: Identity, state: models.Revision | None
) -> Base:
    if state:
        left = _last(models.Export.letter == letter, models.Revision.sha256 == state.sha256)
        return _entered(case_of(state), ours, left)
    carried = identity.case
    if carried and (carried.key, carried.kind) != (ours.key, ours.kind):
        carried = None
    digests = identity.sha256
    if carried:
        digests = {reply.key: reply.sha256 for reply in carried.replies}
    if left := _left_with(letter, digests, whole=bool(carried)):
        return _entered(case_of(left.revision), ours, left)
    return Base(carried, ours) if carried else _likest(letter, ours, identity.lines)


def _entered(case: Case, ours: Case, left: models.Export | None) -> Base:
    """With the journal's entry of the export, if there is one."""
    return Base(case, ours, left.id, left.made_at) if left else Base(case, ours)


def _state(sha256: str) -> models.Revision | None:
    found = models.Revision.select().where(models.Revision.sha256 == sha256)
    state: models.Revision | None = found.order_by(models.Revision.id.desc()).first()
    return state


def _left_with(
    letter: models.Letter, sha256: Mapping[str, str], *, whole: bool
) -> models.Export | None:
    """The last export of the letter in which most of these replies were as they say; or all."""
    row: Any = models.ExportedReply
    exports = models.Export.select(models.Export.id).where(models.Export.letter == letter)
    left = row.select().where(row.reply_key.in_(list(sha256)), row.export.in_(exports))
    fitting = Counter(r.export_id for r in left if sha256[r.reply_key] == r.sha256)
    best = max(fitting, key=lambda export: (fitting[export], export), default=None)
    if not best or (whole and fitting[best] < len(sha256)):
        return None
    return _last(models.Export.id == best)


def _last(*where: Any) -> models.Export | None:
    found = models.Export.select(models.Export, models.Revision).join(models.Revision)
    export: models.Export | None = found.where(*where).order_by(models.Export.id.desc()).first()
    return export


def _letter_carried(identity: Identity) -> models.Letter | None:
    """The letter that the carriers name, by its key, its replies' or its suggestions'."""
    for found in _carrying(identity):
        if found:
            return found
    return None


def _carrying(identity: Identity) -> Iterator[models.Letter | None]:
    yield models.Letter.get_or_none(models.Letter.key == identity.case_key)
    reply: Any = models.ExportedReply
    left = reply.get_or_none(reply.reply_key.in_(list(identity.sha256)))
    yield left and left.export.letter
    links: Any = models.LetterProposal.select().join(models.Proposal).join(models.Suggestion)
    asked: Any = links.where(models.Suggestion.key.in_(identity.suggestions)).first()
    yield asked and asked.letter


def _letter_told(identity: Identity) -> tuple[models.Letter | None, bool]:
    """The letter whose number the file names, or whose words it has; and whether the words are
    others than the number's."""
    if identity.kind is FileKind.PACK:  # somebody else's: its suggestions are not ours
        return None, False
    number = "、".join(identity.numbers)
    named = [letters_named(number, deleted=deleted) for deleted in (False, True)] if number else []
    for letters in named:
        if found := _fitting(letters, identity.lines, _SAME_NUMBER):
            return found, False
    if found := _fitting(_similar(identity.lines), identity.lines, _SIMILAR):
        return found, False
    return next((letter for letters in named for letter in letters), None), True


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


def _likest(letter: models.Letter, ours: Case, lines: Sequence[str]) -> Base:
    """The state that left and has most in common with these lines; ours where none did."""
    page, best = _Page(lines), -1.0
    likest = Base(ours, ours)
    for case, left in _left(letter):
        likeness = page.likeness(case)
        if likeness > best:
            best, likest = likeness, _entered(case, ours, left)
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


def unknown(identity: Identity) -> str:
    """The sentence where no case of ours is the one the file belongs to."""
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
