"""What a returned file changes in the replies' paragraphs: their words and where they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from db.enums import Form, Outcome
from desktop.letter.model import Paragraph, Reply
from desktop.services.crediting import Credits
from desktop.services.differences import Change
from desktop.services.merge_change import (
    ChangeKind,
    MergeChange,
    Place,
    after,
    credit,
    kept_key,
    merge_key,
)
from desktop.services.three_way import Piece, Texts
from desktop.services.tracing import Thread, Trace, nearest


class ParagraphChanges:
    """The changes of the replies' paragraphs."""

    def __init__(self, trace: Trace, texts: Texts, credits: Credits) -> None:
        """`trace` tells what belongs together, `credits` who did it."""
        self._trace, self._texts, self._credits = trace, texts, credits
        cases = (trace.ours.case, trace.theirs.case)
        self._listed = any(case.form is Form.RESULT_LIST for case in cases)
        self._stable = {key for key in trace.theirs.place if trace.stays(key)}

    def found(self) -> Iterator[MergeChange]:
        """The changes in the order of the page that came back."""
        for thread in sorted(self._trace.threads.values(), key=self._order):
            if change := self._words(thread):
                yield change
            for paragraph in thread.theirs:
                if change := self._standing(paragraph, thread):
                    yield change

    def _order(self, thread: Thread) -> tuple[int, int, int]:
        """Of one that did not come back: after what it followed."""
        place = self._trace.theirs.place
        if thread.theirs:
            return place[thread.theirs[0].key], 0, 0
        if not thread.base:
            return -1, 0, 0
        key = thread.base[0].key
        number = self._trace.base.place[key]
        beside = [place[k] for k in self._trace.base.before(key) if k in place][:1]
        beside += [place[k] - 1 for k in self._trace.base.after(key) if k in place][:1]
        return beside[0] if beside else len(place), 1, number

    # words
    def _words(self, thread: Thread) -> MergeChange | None:
        base, ours, theirs = map(_joined, (thread.base, thread.ours, thread.theirs))
        if not thread.base:
            return None if thread.ours or not thread.theirs else self._added(thread)
        if theirs == base and thread.theirs:
            return None
        if not thread.theirs:
            return self._removed(thread) if ours.strip() else None
        if not thread.ours:
            return self._added(thread)
        if ours == theirs or (ours != base and self._texts.holds(base, ours, theirs)):
            return None
        pieces = self._texts.merged_for_good(base, ours, theirs)
        scattered = len({self._trace.ours.reply[p.key].key for p in thread.ours}) > 1
        return self._edited(thread, pieces, scattered)

    def _edited(
        self, thread: Thread, merged: tuple[Piece, ...] | None, scattered: bool
    ) -> MergeChange | None:
        base, ours, theirs = map(_joined, (thread.base, thread.ours, thread.theirs))
        conflict = merged is None or scattered
        pieces = merged or self._texts.merged(ours, ours, theirs) or ()
        key = merge_key("words", thread.base[0].key, *(p.text for p in thread.theirs))
        if merged is None and kept_key(key, 0) in self._trace.ours.place:
            return None
        kind = ChangeKind.EDITED
        if any(p.key in self._trace.parted for p in thread.theirs):
            kind = ChangeKind.SPLIT
        elif any(p.key in self._trace.parted for p in thread.base):
            kind = ChangeKind.JOINED
        runs = self._credits.runs(pieces, _texts(thread.theirs))
        return MergeChange(
            key,
            kind,
            self._trace.ours.reply[thread.ours[0].key].key,
            thread.ours[0].key,
            ours,
            after(pieces),
            runs,
            *credit(runs),
            conflict,
            base if conflict else "",
            theirs if conflict else "",
            self._lines(thread, pieces) if merged else self._theirs(thread),
            tuple(p.key for p in thread.ours),
        )

    def _theirs(self, thread: Thread) -> tuple[Paragraph, ...]:
        mine = {p.key: p for p in thread.ours}
        return tuple(replace(mine.get(p.key, p), text=p.text) for p in thread.theirs)

    def _lines(self, thread: Thread, pieces: Sequence[Piece]) -> tuple[Paragraph, ...]:
        """The paragraphs of a merged text. A break that was ours keeps our paragraph, one of
        theirs brings their own; the first of a joined or divided one stays itself."""
        theirs = _joined(thread.theirs)
        mine, lines = 0, [(thread.ours[0], "")]
        for piece in pieces:
            first, *others = piece.text.split("\n")
            if piece.change is not Change.REMOVED:
                lines[-1] = (lines[-1][0], lines[-1][1] + first)
            at = piece.at + len(first)
            for text in others:
                if piece.change is Change.ADDED:
                    new = thread.theirs[theirs[: at + 1].count("\n")]
                    lines.append((self._half(new, thread, lines), text))
                    at += 1 + len(text)
                    continue
                mine += 1
                if piece.change is Change.SAME:
                    lines.append((thread.ours[mine], text))
        return tuple(replace(paragraph, text=text) for paragraph, text in lines)

    def _half(
        self, new: Paragraph, thread: Thread, lines: Sequence[tuple[Paragraph, str]]
    ) -> Paragraph:
        """Their further paragraph: ours where it is one of ours that is not used yet; a half that
        has no outcome of its own has the first one's."""
        taken = {paragraph.key for paragraph, _ in lines}
        for mine in thread.ours:
            if mine.key == new.key and new.key not in taken:
                return mine
        keys = (new.key, *(p.key for p in thread.theirs), merge_key("half", new.key, new.text))
        key = next(k for k in keys if k not in taken and k not in self._trace.ours.place)
        was, outcome = thread.base[0], new.outcome
        first = self._trace.theirs.paragraphs.get(was.key, was)
        if first.outcome is was.outcome and outcome in (None, was.outcome):
            outcome = thread.ours[0].outcome
        return Paragraph(key, new.text, outcome, level=new.level)

    # whole paragraphs
    def _added(self, thread: Thread) -> MergeChange:
        """A new one; or one that we have taken out since and they edited, which is a conflict."""
        first = thread.theirs[0]
        reply = self._trace.reply_now(self._trace.theirs.reply[first.key])
        runs = self._credits.runs(
            [Piece(Change.ADDED, _joined(thread.theirs))], _texts(thread.theirs)
        )
        conflict = bool(thread.base)
        return MergeChange(
            merge_key("words", first.key, *(p.text for p in thread.theirs)),
            ChangeKind.ADDED,
            reply.key if reply else "",
            first.key,
            "",
            _joined(thread.theirs),
            runs,
            *credit(runs),
            conflict,
            _joined(thread.base),
            _joined(thread.theirs) if conflict else "",
            tuple(replace(p, outcome=self._outcome(p)) for p in thread.theirs),
            place=self._place(first.key, thread, reply) if reply else Place(),
        )

    def _outcome(self, paragraph: Paragraph) -> Outcome | None:
        """In the 清单 a new paragraph is in the cell of what stands before it, or else after."""
        side = self._trace.theirs
        if paragraph.outcome or not self._listed or not side.reply[paragraph.key].suggestions:
            return paragraph.outcome
        beside = (*side.before(paragraph.key), *side.after(paragraph.key))
        return next((o for key in beside if (o := side.paragraphs[key].outcome)), None)

    def _removed(self, thread: Thread) -> MergeChange:
        base, ours = _joined(thread.base), _joined(thread.ours)
        run = self._credits.whole(Change.REMOVED, thread.base[0].key, ours)
        conflict = ours != base or len(thread.ours) != len(thread.base)
        return MergeChange(
            merge_key("words", thread.base[0].key),
            ChangeKind.REMOVED,
            self._trace.ours.reply[thread.ours[0].key].key,
            thread.ours[0].key,
            ours,
            "",
            (run,),
            run.author,
            run.at,
            conflict,
            base if conflict else "",
            replaces=tuple(p.key for p in thread.ours),
        )

    # where they stand
    def _standing(self, theirs: Paragraph, thread: Thread) -> MergeChange | None:
        """A paragraph that was moved, put into another cell or begins a line of its own now."""
        key = theirs.key
        base = self._trace.base.paragraphs.get(key)
        ours = self._trace.ours.paragraphs.get(key)
        if base is None or ours is None or self._is_hidden(thread):
            return None
        reply = self._trace.ours.reply[key]
        target = self._trace.reply_now(self._trace.theirs.reply[key])
        place, conflict = Place(moves=False), False
        if key in self._trace.moved and target and not self._is_carried(key):
            wanted = self._place(key, thread, target)
            if not self._stands(key, target, wanted):
                place, reply, conflict = wanted, target, self._moved_by_us(key)
        becomes = replace(ours, runs_on=ours.runs_on and not place.moves)
        if theirs.outcome is not base.outcome and theirs.outcome is not ours.outcome:
            becomes = replace(becomes, outcome=theirs.outcome)
            conflict |= ours.outcome is not base.outcome
        if theirs.runs_on is not base.runs_on and self._same_before(key):
            becomes = replace(becomes, runs_on=theirs.runs_on and not place.moves)
        if becomes == ours and not place.moves:
            return None
        kind = ChangeKind.SPLIT if ours.runs_on else ChangeKind.JOINED
        if becomes.outcome is not ours.outcome:
            kind = ChangeKind.OUTCOME
        if place.moves and (kind is not ChangeKind.OUTCOME or not self._in_reply(key, reply)):
            kind = ChangeKind.MOVED
        return self._put(kind, reply, becomes, thread, place, conflict)

    def _put(
        self,
        kind: ChangeKind,
        reply: Reply,
        becomes: Paragraph,
        thread: Thread,
        place: Place,
        conflict: bool,
    ) -> MergeChange:
        key = becomes.key
        run = self._credits.whole(Change.SAME, key, becomes.text)
        theirs = self._trace.theirs.paragraphs[key]
        stands = (str(theirs.outcome), str(theirs.runs_on), self._trace.theirs.reply[key].key)
        return MergeChange(
            merge_key("place", key, *stands, *self._stable_before(key)),
            kind,
            reply.key,
            key,
            becomes.text,
            becomes.text,
            (run,),
            run.author,
            run.at,
            conflict,
            becomes.text if conflict else "",
            theirs.text if conflict else "",
            (becomes,),
            self._group(key, thread),
            place,
        )

    def _is_hidden(self, thread: Thread) -> bool:
        """Whether we joined to it what they keep apart: the words are to be settled first."""
        ours, base = self._trace.ours.place, self._trace.base.place
        return any(p.key in base and p.key not in ours for p in thread.theirs)

    def _group(self, key: str, thread: Thread) -> tuple[str, ...]:
        """What goes along with it: its halves, what was joined to it, what runs on from it."""
        known = [p.key for p in thread.theirs if p.key in self._trace.base.place]
        if len(known) == 1:
            keys = [p.key for p in (*thread.base, *thread.ours, *thread.theirs)]
        else:
            keys = [key, *(k for k, of in self._trace.parted.items() if of == key)]
        keys += takewhile(self._is_carried, self._trace.theirs.after(key))
        return tuple(dict.fromkeys(keys))

    def _is_carried(self, key: str) -> bool:
        """Whether it runs on from a paragraph that was moved and followed that one."""
        base, theirs = self._trace.base, self._trace.theirs
        if key not in self._trace.moved or not base.paragraphs[key].runs_on:
            return False
        before = [next(side.before(key), "") for side in (base, theirs)]
        runs_on = theirs.paragraphs[key].runs_on
        return runs_on and before[0] == before[1] and before[0] in self._trace.moved

    def _in_reply(self, key: str, reply: Reply) -> bool:
        return self._trace.ours.reply[key] is reply

    def _stable_before(self, key: str) -> tuple[str, ...]:
        return tuple(k for k in self._trace.theirs.before(key) if k in self._stable)[:1]

    def _place(self, key: str, thread: Thread, reply: Reply) -> Place:
        """Beside what did not move in theirs; new and moved ones between are passed over, so that
        it does not matter what is taken first."""
        here = {p.key for p in reply.paragraphs}
        side = self._trace.theirs
        following, past = self._neighbours(reversed([*side.before(key)]), thread, here)
        after, ahead = self._neighbours(side.after(key), thread, here)
        return Place(tuple(following), past, "".join(after[:1]), ahead)

    def _neighbours(
        self, keys: Iterable[str], thread: Thread, here: set[str]
    ) -> tuple[list[str], frozenset[str]]:
        """Our paragraphs that are those of `keys` and did not move; and all others of them."""
        stable, others = list[str](), set[str]()
        for key in keys:
            other = self._trace.of(key)
            mine = [p.key for p in other.ours if p.key in here]
            if other is not thread:
                others |= {key, *(p.key for p in other.ours)}
                if key in self._stable and mine:
                    stable.append(key if key in here else mine[-1])
        return stable, frozenset(others.difference(stable))

    def _stands(self, key: str, reply: Reply, place: Place) -> bool:
        """Whether our paragraph stands there already, whatever is new between."""
        ours, theirs = self._trace.ours, self._trace.theirs
        if ours.reply[key] is not reply:
            return False
        stable = {k for k in (*theirs.before(key), *theirs.after(key)) if k in self._stable}
        if place.following:
            known = stable.union(place.following)
            return nearest(ours.before(key), known) == place.following[-1]
        return nearest(ours.after(key), {*stable, place.before}) == place.before

    def _moved_by_us(self, key: str) -> bool:
        base, ours = self._trace.base, self._trace.ours
        if self._trace.reply_now(base.reply[key]) is not ours.reply[key]:
            return True
        before, now = ([*side.before(key)] for side in (base, ours))
        common = self._stable & {p.key for p in ours.reply[key].paragraphs}
        common &= {p.key for p in base.reply[key].paragraphs}
        return nearest(before, common) != nearest(now, common)

    def _same_before(self, key: str) -> bool:
        """Whether it follows the same paragraph in theirs as when it left."""
        sides = (self._trace.base, self._trace.theirs)
        threads = [[self._trace.of(k) for k in side.before(key)][:1] for side in sides]
        return [id(t) for t in threads[0]] == [id(t) for t in threads[1]]


def _joined(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(p.text for p in paragraphs)


def _texts(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    return ((p.key, p.text) for p in paragraphs)
