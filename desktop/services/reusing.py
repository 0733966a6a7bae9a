"""A paragraph taken over from an earlier letter (取用): where it stands then, where it came from,
and what in it is still to be looked at. Pure; the marks live beside the case, not in it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from db.enums import Outcome
from desktop.letter.keys import new_key
from desktop.letter.model import Case, Office, Paragraph, Reply
from desktop.services.aging import aging
from desktop.services.rows import Aged, Ageing, PassageFound, ReplyFound


@dataclass(frozen=True, slots=True)
class Reuse:
    """Where a paragraph came from, in words for the handler, the words of it that age (how often
    each stood there, and why it ages), and the outcome (去向) it had in that letter, which is not
    this one's before the handler says so."""

    source: str
    words: tuple[tuple[str, int, Ageing], ...]
    outcome: Outcome | None = None

    def without(self, word: str) -> "Reuse":
        """The same with `word` looked at."""
        return replace(self, words=tuple(one for one in self.words if one[0] != word))


def reuse_of(found: ReplyFound, said: PassageFound, office: Office) -> Reuse:
    """The marks of `said`, a paragraph of `found`, in a letter of `office`."""
    named = f"第{found.proposal_number}号" if found.proposal_number else f"“{found.subject}”"
    year = f"（{found.year}年）" if found.year else ""
    aged = aging(said.text, found, f"{office.full_name} {office.short_name}")
    why = {said.text[one.start : one.end]: one.why for one in aged}
    often = Counter(said.text[one.start : one.end] for one in aged)
    words = tuple((word, often[word], why[word]) for word in why)
    return Reuse(f"引自{named}{year}", words, said.outcome)


def open_marks(text: str, reuse: Reuse) -> tuple[Aged, ...]:
    """The words that age and stand in `text` unchanged, by place; none overlap. So a mark goes with
    its words, and comes back with them."""
    words = {word: why for word, _, why in reuse.words}
    left = Counter({word: often for word, often, _ in reuse.words})
    if not words:
        return ()
    longest = sorted(words, key=len, reverse=True)
    found = []
    for match in re.finditer("|".join(map(re.escape, longest)), text):
        if left[match.group()]:
            left[match.group()] -= 1
            found.append(Aged(*match.span(), words[match.group()]))
    return tuple(found)


def taken_over(said: PassageFound) -> Paragraph:
    """A new paragraph with these words; what came of them years ago is no outcome of this year."""
    return Paragraph(new_key(), said.text)


def inserted(
    before: tuple[Paragraph, ...], place: int, at: int, new: Sequence[Paragraph]
) -> tuple[Paragraph, ...]:
    """`new` where the caret is, at character `at` of paragraph `place`: before the paragraph it is
    at the beginning of, else after it. No paragraph is cut, and a blank one gives its place."""
    if not before:
        return tuple(new)
    here = before[place]
    if not here.text.strip():
        return (*before[:place], *new, *before[place + 1 :])
    split = place if not at and not here.runs_on else place + 1
    if split and split < len(before) and before[split].runs_on:  # it would run on from other words
        parted = replace(before[split], runs_on=False)
        before = (*before[:split], parted, *before[split + 1 :])
    return (*before[:split], *new, *before[split:])


def followed(before: Case, after: Case, marks: Mapping[str, Reuse]) -> dict[str, Reuse]:
    """The marks that paragraphs of `after` have from those they were made of: of one in two both,
    of two in one the one."""
    new: dict[str, Reuse] = {}
    old = {reply.key: reply for reply in before.replies}
    for reply in after.replies:
        known = old.get(reply.key)
        if known and known is not reply and len(known.paragraphs) != len(reply.paragraphs):
            new.update(_handed_on(known, reply, marks))
    return new


def carried(old: Sequence[str], new: Sequence[str], marks: Mapping[str, Reuse]) -> dict[str, Reuse]:
    """The marks that paragraphs `new` have once words of the paragraphs `old` were put there: each
    those of its own where as many came as went, else those of all."""
    each = [[one] for one in old] if len(old) == len(new) else [old] * len(new)
    return {
        key: reduce(_both, (marks[one] for one in (key, *whence) if one in marks))
        for key, whence in zip(new, each, strict=True)
        if any(one in marks and one != key for one in whence)
    }


def _both(one: Reuse, other: Reuse) -> Reuse:
    """The marks of a paragraph that has words of two."""
    known = {word for word, _, _ in one.words}
    more = tuple(word for word in other.words if word[0] not in known)
    apart = other.source.removeprefix("引自") not in one.source
    source = f"{one.source}、{other.source.removeprefix('引自')}" if apart else one.source
    return Reuse(source, (*one.words, *more), one.outcome or other.outcome)


def _handed_on(before: Reply, after: Reply, marks: Mapping[str, Reuse]) -> dict[str, Reuse]:
    left = {paragraph.key for paragraph in after.paragraphs}
    known = {paragraph.key for paragraph in before.paragraphs}
    new: dict[str, Reuse] = {}
    for old in before.paragraphs:
        if old.key not in marks:
            continue
        for paragraph in after.paragraphs:
            part = paragraph.key not in known and _within(paragraph.text, old.text)
            whole = old.key not in left and _within(old.text, paragraph.text)
            if (part or whole) and paragraph.key not in marks:
                new[paragraph.key] = marks[old.key]
    return new


def _within(part: str, whole: str) -> bool:
    return bool(part.strip()) and part in whole
