"""Which paragraphs of three states of a case are the same one, and where they stand.

The key says it; where a paragraph was divided or two were joined, the words say it.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from db.enums import Form, Outcome
from desktop.letter.model import Case, Paragraph, Reply
from desktop.services.comparison import indices_rising
from desktop.services.differences import Change
from desktop.services.merging.three_way import Texts, makes_up, stands_in
from desktop.services.replies import reply_named
from desktop.services.suggestions import reply_of


class Side:
    """The paragraphs of one state in their order."""

    def __init__(self, case: Case) -> None:
        """Those of every reply."""
        self.case = case
        self.paragraphs = {p.key: p for reply in case.replies for p in reply.paragraphs}
        self.reply = {p.key: reply for reply in case.replies for p in reply.paragraphs}
        self.place = {key: number for number, key in enumerate(self.paragraphs)}

    def before(self, key: str) -> Iterator[str]:
        """The paragraphs before this one in its reply, the nearest first."""
        return self._from(key, -1)

    def after(self, key: str) -> Iterator[str]:
        """The paragraphs after this one in its reply, the nearest first."""
        return self._from(key, 1)

    def whole(self, key: str, parted: Mapping[str, str]) -> str:
        """The text of a paragraph with what was divided off it or joined to it."""
        keys = {key, *(part for part, of in parted.items() if of == key)} & {*self.place}
        return "".join(self.paragraphs[k].text for k in sorted(keys, key=self.place.__getitem__))

    def _from(self, key: str, step: int) -> Iterator[str]:
        keys = [p.key for p in self.reply[key].paragraphs]
        place = keys.index(key)
        return iter(keys[place + 1 :] if step > 0 else keys[:place][::-1])


@dataclass(slots=True)
class Thread:
    """One paragraph through three states; several where it was divided or joined. `blank` are
    keys of ours without words beside those with words."""

    base: list[Paragraph] = field(default_factory=list)
    ours: list[Paragraph] = field(default_factory=list)
    theirs: list[Paragraph] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)


class Trace:
    """The threads of a case, and what became of its paragraphs in the file that came back."""

    def __init__(
        self, base: Case, ours: Case, theirs: Case, texts: Texts, *, answer: bool = False
    ) -> None:
        """Blank paragraphs are not printed, so one that did not come back is not gone. Of a unit's
        `answer` (会办意见) every word counts, also where another unit said the same."""
        theirs = _without_blank(theirs)
        back = {p.key for reply in theirs.replies for p in reply.paragraphs}
        self.base = Side(_without_blank(base, back))
        self.ours = Side(ours)
        self.theirs = Side(theirs)
        self.parted = dict(_links(self.base, self.theirs, texts))  # by them: divided off, joined
        self._next: dict[str, str] = {}  # along which a key comes to its thread's name
        of_ours = _links(self.base, self.ours, texts, self.theirs, self.parted)
        for pair in (*of_ours, *self.parted.items()):
            self._tie(*pair)
        for pair in () if answer else self._same_new():
            self._tie(*pair)
        self.threads = self._threads()
        self.moved = _moved(self.base, self.theirs)

    def of(self, key: str) -> Thread:
        """The thread a paragraph of any state belongs to."""
        return self.threads[self._name(key)]

    def reply_now(self, reply: Reply) -> Reply | None:
        """The reply of ours that is this one, or answers its suggestions now; or None."""
        return reply_now(self.ours.case, reply)

    def stays(self, key: str) -> bool:
        """Whether they left this paragraph where it stood."""
        return key in self.base.place and key in self.theirs.place and key not in self.moved

    def _name(self, key: str) -> str:
        while key in self._next:
            key = self._next[key]
        return key

    def _tie(self, key: str, other: str) -> None:
        names = self._name(key), self._name(other)
        if names[0] != names[1]:
            self._next[names[0]] = names[1]

    def _threads(self) -> dict[str, Thread]:
        threads: dict[str, Thread] = {}
        for side, name in ((self.base, "base"), (self.ours, "ours"), (self.theirs, "theirs")):
            for key, paragraph in side.paragraphs.items():
                thread = threads.setdefault(self._name(key), Thread())
                getattr(thread, name).append(paragraph)
        for thread in threads.values():
            if said := [p for p in thread.ours if p.text.strip()]:
                thread.blank = [p.key for p in thread.ours if not p.text.strip()]
                thread.ours = said
        return threads

    def _same_new(self) -> Iterator[tuple[str, str]]:
        """(ours, theirs) of paragraphs both added in the same words to the same reply and cell."""
        known = {**self.base.place, **self._next}
        free = [k for k in self.ours.place if k not in known and k not in self.theirs.place]
        for key, paragraph in self.theirs.paragraphs.items():
            if key in known or key in self.ours.place:
                continue
            reply = self.reply_now(self.theirs.reply[key])
            for mine in free:
                other = self.ours.paragraphs[mine]
                same = other.text == paragraph.text
                same &= paragraph.outcome in (None, other.outcome)
                if same and self.ours.reply[mine] is reply:
                    free.remove(mine)
                    yield mine, key
                    break


def retyped(base: Case, ours: Case, theirs: Case) -> tuple[Case, dict[str, str]]:
    """`theirs` with the keys of paragraphs that are gone given to new ones of the same words, for
    those were moved; and the new key of each key so replaced."""
    back = {p.key for reply in theirs.replies for p in reply.paragraphs}
    known = {p.key for case in (base, ours) for reply in case.replies for p in reply.paragraphs}
    gone: dict[str, list[str]] = {}
    for reply in base.replies:
        for p in reply.paragraphs:
            if p.key not in back and p.text.strip():
                gone.setdefault(p.text, []).append(p.key)
    names: dict[str, str] = {}
    for reply in theirs.replies:
        for p in reply.paragraphs:
            if p.key not in known and gone.get(p.text):
                names[p.key] = gone[p.text].pop(0)
    if not names:
        return theirs, names
    replies = tuple(
        replace(r, paragraphs=tuple(replace(p, key=names.get(p.key, p.key)) for p in r.paragraphs))
        for r in theirs.replies
    )
    return replace(theirs, replies=replies), names


def _without_blank(case: Case, keep: Set[str] = frozenset()) -> Case:
    replies = []
    for r in case.replies:
        printed = tuple(p for p in r.paragraphs if p.text.strip() or p.key in keep)
        replies.append(replace(r, paragraphs=printed))
    return replace(case, replies=tuple(replies))


def _links(
    base: Side,
    other: Side,
    texts: Texts,
    also: Side | None = None,
    parted: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[str, str]]:
    """(new key, key) of what was divided off a paragraph, (gone key, key) of what was joined to
    one; also of what stands between the two.

    `parted` are those of another side, `also`: our half may be made of words of theirs by now.
    """
    for having, lacking, change in ((other, base, Change.REMOVED), (base, other, Change.ADDED)):
        for key in having.place:
            if key in lacking.place or (also and key in also.place and key not in base.place):
                continue
            wanted = {s.paragraphs[key].text for s in (having, also) if s and key in s.place}
            for beside, between in _beside(having, key, lacking):
                newer = other.whole(beside, parted)
                older = [side.whole(beside, parted) for side in (base, also) if side]
                pools = [_lot(texts, text, newer, change) for text in older]
                if not all(pools):  # nothing of it stands elsewhere
                    continue
                pools.append("".join(pools))
                if any(
                    stands_in(texts, pool, text) or (also and makes_up(texts, pool, text))
                    for pool in pools
                    for text in wanted
                ):
                    yield from ((each, beside) for each in (key, *between))
                    break


def _lot(texts: Texts, older: str, newer: str, change: Change) -> str:
    return "".join(run.text for run in texts.runs(older, newer) if run.change is change)


def _beside(side: Side, key: str, other: Side) -> Iterator[tuple[str, list[str]]]:
    """The nearest paragraphs before and after that the other side has too, each with what it
    lacks between."""
    for keys in (side.before(key), side.after(key)):
        between: list[str] = []
        for near in keys:
            if near in other.place:
                yield near, between
                break
            between.append(near)


def _moved(base: Side, theirs: Side) -> set[str]:
    """The fewest paragraphs whose moving explains where theirs stand."""
    moved = {
        key
        for key in theirs.place
        if key in base.place and theirs.reply[key].key != base.reply[key].key
    }
    listed = theirs.case.form is Form.RESULT_LIST
    for reply in theirs.case.replies:
        keys = [p.key for p in reply.paragraphs if p.key in base.place and p.key not in moved]
        put = {key for key in keys if listed and _cell(base, key) is not _cell(theirs, key)}
        rest = [key for key in keys if key not in put]
        rising = indices_rising([base.place[key] for key in rest])
        moved |= {key for number, key in enumerate(rest) if number not in rising}
        moved |= {key for key in put if _is_out_of_row(base, theirs, key)}
    return moved


def _cell(side: Side, key: str) -> Outcome | None:
    return side.paragraphs[key].outcome


def _is_out_of_row(base: Side, theirs: Side, key: str) -> bool:
    """Whether it stands otherwise among the paragraphs of its new cell than it did before; the
    order between cells says nothing."""
    place, cell = base.place, _cell(theirs, key)
    before, after = (
        [place[k] for k in keys if k in place and _cell(theirs, k) is cell]
        for keys in (theirs.before(key), theirs.after(key))
    )
    return any(n > place[key] for n in before) or any(n < place[key] for n in after)


def reply_now(ours: Case, reply: Reply) -> Reply | None:
    """The reply of ours that is this one, or answers its suggestions now; or None."""
    answering = (reply_of(ours, key) for key in reply.suggestions)
    same = [r for r in (reply_named(ours, reply.key), *answering) if r]
    if not same and not reply.suggestions and ours.general_reply:
        return ours.general_reply
    return same[0] if same else None


def nearest(keys: Iterable[str], known: Set[str]) -> str:
    """The first of `keys` that is known, or nothing."""
    return next((key for key in keys if key in known), "")
