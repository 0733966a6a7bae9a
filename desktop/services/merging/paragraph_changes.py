"""What a returned file changes in the replies' paragraphs: words, and whole ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from db.enums import Form, Outcome
from desktop.letter.model import Paragraph
from desktop.services.differences import Change
from desktop.services.merging.crediting import Credits
from desktop.services.merging.merge_change import (
    ChangeKind,
    MergeChange,
    Place,
    after,
    credit,
    kept_key,
    merge_key,
)
from desktop.services.merging.standing_changes import StandingChanges
from desktop.services.merging.three_way import Piece, Texts
from desktop.services.merging.tracing import Thread, Trace, nearest


class ParagraphChanges:
    """The changes of the replies' paragraphs."""

    def __init__(self, trace: Trace, texts: Texts, credits: Credits) -> None:
        """`trace` tells what belongs together, `credits` who did it."""
        self._trace, self._texts, self._credits = trace, texts, credits
        cases = (trace.ours.case, trace.theirs.case)
        self._listed = any(case.form is Form.RESULT_LIST for case in cases)
        self._standing = StandingChanges(trace, credits)
        self._replies = {r.key: number for number, r in enumerate(trace.theirs.case.replies)}

    def found(self) -> Iterator[MergeChange]:
        """The changes in the order of the page that came back."""
        for thread in sorted(self._trace.threads.values(), key=self._order):
            if change := self._words(thread):
                yield change
            for paragraph in thread.theirs:
                if change := self._standing.of(paragraph, thread):
                    yield change

    def _order(self, thread: Thread) -> tuple[int, int, int, int]:
        """In their replies; one that did not come back stands after what it followed."""
        place, base = self._trace.theirs.place, self._trace.base
        if thread.theirs:
            key = thread.theirs[0].key
            return self._replies[self._trace.theirs.reply[key].key], place[key], 0, 0
        if not thread.base:  # only ours: no change
            return 0, 0, 0, 0
        key = thread.base[0].key
        before = nearest(base.before(key), place.keys())
        reply = self._replies.get(base.reply[key].key, len(self._replies))
        return reply, place.get(before, -1), 1, base.place[key]

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
        return self._edited(thread, base, ours, theirs)

    def _edited(self, thread: Thread, base: str, ours: str, theirs: str) -> MergeChange | None:
        key = merge_key("words", thread.base[0].key, *(p.text for p in thread.theirs))
        pieces = self._texts.merged_for_good(base, ours, theirs)
        conflict = pieces is None or self._is_scattered(thread)
        if conflict and kept_key(key, 0) in self._trace.ours.place:
            return None
        if pieces is None or conflict:
            pieces = self._texts.merged(ours, ours, theirs) or ()
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
            self._theirs(thread) if conflict else self._lines(thread, pieces),
            (*(p.key for p in thread.ours), *thread.blank),
        )

    def _is_scattered(self, thread: Thread) -> bool:
        """Whether what is joined on one side stands on two cards of the other."""
        ours = {self._trace.ours.reply[p.key].key for p in thread.ours}
        theirs = {self._trace.theirs.reply[p.key].key for p in thread.theirs}
        return len(ours) > 1 or len(theirs) > 1

    def _theirs(self, thread: Thread) -> tuple[Paragraph, ...]:
        """The paragraphs as they have them, with our outcomes."""
        mine = {p.key: p for p in thread.ours}
        return tuple(replace(mine.get(p.key, p), text=p.text) for p in thread.theirs)

    def _lines(self, thread: Thread, pieces: Sequence[Piece]) -> tuple[Paragraph, ...]:
        """The paragraphs of a merged text. A break that was ours keeps our paragraph, one of
        theirs brings their own; the first of a joined or divided one stays itself."""
        theirs, left = _joined(thread.theirs), _breaks_left(pieces)
        used = {thread.ours[n].key for n in left}
        mine, lines = 0, [(thread.ours[0], "")]
        for piece in pieces:
            first, *others = piece.text.split("\n")
            if piece.change is not Change.REMOVED:
                lines[-1] = (lines[-1][0], lines[-1][1] + first)
            at = piece.at + len(first)
            for text in others:
                if piece.change is Change.ADDED:
                    new = thread.theirs[theirs[: at + 1].count("\n")]
                    lines.append((self._half(new, thread, used), text))
                    used.add(lines[-1][0].key)
                    at += 1 + len(text)
                    continue
                mine += 1
                if mine in left:
                    lines.append((thread.ours[mine], text))
        return tuple(replace(paragraph, text=text) for paragraph, text in lines)

    def _half(self, new: Paragraph, thread: Thread, used: set[str]) -> Paragraph:
        """Their further paragraph: ours where it is one of ours that is not used yet; a half that
        has no outcome of its own has the first one's."""
        for mine in thread.ours:
            if mine.key == new.key and new.key not in used:
                return mine
        keys = (new.key, *(p.key for p in thread.theirs), merge_key("half", new.key, new.text))
        key = next(k for k in keys if k not in used and k not in self._trace.ours.place)
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
            place=self._standing.place(first.key, thread, reply) if reply else Place(),
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
            replaces=(*(p.key for p in thread.ours), *thread.blank),
        )


def _breaks_left(pieces: Sequence[Piece]) -> set[int]:
    """Which of our paragraphs, counted from 0, still begin one; the first always does."""
    left, number = {0}, 0
    for piece in pieces:
        if piece.change is not Change.ADDED:
            count = piece.text.count("\n")
            if piece.change is Change.SAME:
                left |= {number + n for n in range(1, count + 1)}
            number += count
    return left


def _joined(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(p.text for p in paragraphs)


def _texts(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, str]]:
    return ((p.key, p.text) for p in paragraphs)
