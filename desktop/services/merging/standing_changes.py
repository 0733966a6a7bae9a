"""What a returned file changes in where paragraphs stand: their reply, place, cell and line."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from desktop.letter.model import Paragraph, Reply
from desktop.services.differences import Change
from desktop.services.merging.crediting import Credits
from desktop.services.merging.merge_change import ChangeKind, MergeChange, Place, merge_key
from desktop.services.merging.tracing import Thread, Trace, nearest


class StandingChanges:
    """The changes of where paragraphs stand, and the places of new ones."""

    def __init__(self, trace: Trace, credits: Credits) -> None:
        """As for `ParagraphChanges`."""
        self._trace, self._credits = trace, credits
        self._stable = {key for key in trace.theirs.place if trace.stays(key)}
        self._loose = trace.moved | (trace.ours.place.keys() - trace.theirs.place.keys())

    def of(self, theirs: Paragraph, thread: Thread) -> MergeChange | None:
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
            wanted = self.place(key, thread, target)
            if not self._stands(key, target, wanted):
                place, reply, conflict = wanted, target, self._moved_by_us(key)
        becomes = replace(ours, runs_on=ours.runs_on and not place.moves)
        if theirs.outcome is not base.outcome and theirs.outcome is not ours.outcome:
            becomes = replace(becomes, outcome=theirs.outcome)
            conflict |= ours.outcome is not base.outcome
        if base.runs_on and not theirs.runs_on and self._same_before(key):
            becomes = replace(becomes, runs_on=False)
        if becomes == ours and not place.moves:
            return None
        kind = ChangeKind.SPLIT
        if becomes.outcome is not ours.outcome:
            kind = ChangeKind.OUTCOME
        stays_in = reply is self._trace.ours.reply[key]
        if place.moves and not (kind is ChangeKind.OUTCOME and stays_in):
            kind = ChangeKind.MOVED
        return self._put(kind, reply, becomes, thread, place, conflict)

    def place(self, key: str, thread: Thread, reply: Reply) -> Place:
        """Beside what did not move in theirs. New and moved ones between are passed over, so that
        it does not matter what is taken first; and what is only ours, which comes before."""
        here = {p.key for p in reply.paragraphs}
        side = self._trace.theirs
        following, past = self._neighbours(reversed([*side.before(key)]), thread, here)
        after, ahead = self._neighbours(side.after(key), thread, here)
        return Place(tuple(following), past | self._loose - ahead, "".join(after[:1]), ahead)

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
            merge_key("place", key, *stands, nearest(self._trace.theirs.before(key), self._stable)),
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
