"""Taking over (采纳) what came home: changes and remarks (批注) in, a new case out. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace

from db.enums import Outcome
from desktop.letter.homecoming.returned import Homecoming, Unplaced
from desktop.letter.model import Case, Note, Paragraph, Reply
from desktop.services.differences import Change
from desktop.services.merging.merge_change import (
    ChangeKind,
    MarkedRun,
    MergeChange,
    Place,
    kept_key,
    merge_key,
)
from desktop.services.merging.set_apart import with_text
from desktop.services.merging.tracing import reply_now
from desktop.services.replies import reply_named, with_paragraphs


def take(ours: Case, chosen: Iterable[MergeChange]) -> Case:
    """Our case with these changes. Their order does not matter, nor what is taken later; one that
    has no place (未归位) waits for `placed`."""
    for change in chosen:
        if change.apart:
            ours = with_text(ours, change.part, change.after)
        elif not change.unplaced:
            ours = _with_paragraphs(ours, change)
    return ours


def both(change: MergeChange) -> MergeChange | None:
    """Instead of a conflict: what keeps ours and brings theirs as new paragraphs after it; None
    where the words cannot stand twice (a field, a suggestion, a paragraph taken out)."""
    if not change.conflict or not change.paragraphs or not change.replaces or change.place:
        return None
    texts = change.theirs.split("\n")
    outcome = change.paragraphs[0].outcome
    made = tuple(Paragraph(kept_key(change.key, n), t, outcome) for n, t in enumerate(texts))
    key = merge_key("both", change.key)
    new = _new(key, change.reply, made, change.author, change.at)
    return replace(new, place=Place(change.replaces))


def placed(
    text: Unplaced | MergeChange, reply_key: str, outcome: Outcome | None = None
) -> MergeChange:
    """未归位 text as a change that adds it at the end of this reply of ours."""
    if isinstance(text, MergeChange):
        paragraphs = tuple(replace(p, outcome=outcome or p.outcome) for p in text.paragraphs)
        return replace(text, reply=reply_key, paragraphs=paragraphs, place=Place())
    lines = (line for line in text.text.split("\n") if line.strip())
    made = tuple(Paragraph(_unplaced_key(text, n), line, outcome) for n, line in enumerate(lines))
    return _new(merge_key("placed", made[0].key), reply_key, made, text.author, text.at)


def still_unplaced(ours: Case, home: Homecoming) -> tuple[Unplaced, ...]:
    """The texts outside every reply that no reply of ours has taken in yet; those that nothing
    tells apart are lines of one, or only one of them would ever be taken."""
    known = {p.key for reply in ours.replies for p in reply.paragraphs}
    said: dict[Unplaced, list[str]] = {}
    for text in home.unplaced:
        said.setdefault(text, []).append(text.text)
    told = (replace(text, text="\n".join(lines)) for text, lines in said.items())
    return tuple(text for text in told if _unplaced_key(text) not in known)


def with_notes(ours: Case, home: Homecoming) -> Case:
    """Our case with the remarks (批注) of the file as notes, but for those it has already."""
    known = {note.key for note in ours.notes}
    seen = Counter[tuple[str, ...]]()
    notes = []
    for one in home.remarks:
        remark, place = one.remark, one.place
        said = (place, remark.text, remark.author, remark.at, remark.quoted)
        seen[said] += 1
        key = merge_key("note", *said, str(seen[said]))
        if key not in known:
            reply = reply_named(home.case, place)
            now = reply_now(ours, reply) if reply else None
            where = (now.key if now else "") if reply else place
            notes.append(Note(key, where, *said[1:], done=remark.done))
    return replace(ours, notes=(*ours.notes, *notes))


def _new(
    key: str, reply_key: str, paragraphs: tuple[Paragraph, ...], author: str, at: str
) -> MergeChange:
    """A change that adds these at the end of the reply."""
    text = "\n".join(p.text for p in paragraphs)
    return MergeChange(
        key,
        ChangeKind.ADDED,
        reply_key,
        paragraphs[0].key,
        "",
        text,
        (MarkedRun(Change.ADDED, text, author, at),),
        author,
        at,
        paragraphs=paragraphs,
        place=Place(),
    )


def _with_paragraphs(case: Case, change: MergeChange) -> Case:
    place = change.place
    if not change.replaces:
        return _inserted(case, change.reply, change.paragraphs, place or Place())
    if not change.paragraphs:
        return _without(case, change.replaces)
    if place is None:
        return _rewritten(case, change)
    case = _marked(case, change.paragraphs[0])
    if not place.moves or not reply_named(case, change.reply):
        return case
    group = tuple(p for r in case.replies for p in r.paragraphs if p.key in change.replaces)
    return _inserted(_without(case, change.replaces), change.reply, group, place)


def _inserted(case: Case, reply_key: str, paragraphs: Sequence[Paragraph], place: Place) -> Case:
    """With those of `paragraphs` it has not; what comes after them begins a line of its own."""
    reply = reply_named(case, reply_key)
    known = {p.key for r in case.replies for p in r.paragraphs}
    new = [p for p in paragraphs if p.key not in known]
    if reply is None or not new:
        return case
    at = _spot([p.key for p in reply.paragraphs], place)
    rest = reply.paragraphs[at:]
    rest = tuple(replace(p, runs_on=p.runs_on and n > 0) for n, p in enumerate(rest))
    return _shelved(case, reply, (*reply.paragraphs[:at], *new, *rest))


def _spot(keys: Sequence[str], place: Place) -> int:
    near = next((key for key in reversed(place.following) if key in keys), None)
    if near is not None:
        at = keys.index(near) + 1
        while at < len(keys) and keys[at] in place.past:
            at += 1
        return at
    at = keys.index(place.before) if place.before in keys else len(keys)
    while at and keys[at - 1] in place.ahead:
        at -= 1
    return at


def _without(case: Case, gone: Sequence[str]) -> Case:
    """Without these paragraphs; what stood after them continues what they continued."""
    for reply in case.replies:
        left: list[Paragraph] = []
        continues = True
        for p in reply.paragraphs:
            if p.key in gone:
                continues = continues and p.runs_on
            else:
                left.append(replace(p, runs_on=p.runs_on and continues))
                continues = True
        if len(left) < len(reply.paragraphs):
            case = _shelved(case, reply, left)
    return case


def _rewritten(case: Case, change: MergeChange) -> Case:
    """With the words of these paragraphs; a new one among them stands after the one before it."""
    now = {p.key: p for r in case.replies for p in r.paragraphs}
    made = [
        replace(now[p.key], text=p.text) if p.key in now else p
        for p in change.paragraphs
        if p.key in now or p.text.strip()
    ]
    first = next((key for key in now if key in change.replaces), "")
    for reply in case.replies:
        paragraphs: list[Paragraph] = []
        for p in reply.paragraphs:
            if p.key == first:
                paragraphs += made
            elif p.key not in change.replaces:
                paragraphs.append(p)
        if tuple(paragraphs) != reply.paragraphs:
            case = _shelved(case, reply, paragraphs)
    return case


def _marked(case: Case, like: Paragraph) -> Case:
    for reply in case.replies:
        if any(p.key == like.key for p in reply.paragraphs):
            marked = (
                replace(p, outcome=like.outcome, runs_on=p.runs_on and like.runs_on)
                if p.key == like.key
                else p
                for p in reply.paragraphs
            )
            return _shelved(case, reply, tuple(marked))
    return case


def _shelved(case: Case, reply: Reply, paragraphs: Sequence[Paragraph]) -> Case:
    """With these paragraphs in the reply; its first one continues nothing."""
    first = (replace(p, runs_on=False) for p in paragraphs[:1])
    return with_paragraphs(case, reply.key, (*first, *paragraphs[1:]))


def _unplaced_key(text: Unplaced, line: int = 0) -> str:
    return merge_key("unplaced", *astuple(text), str(line))
