"""The paragraphs of a reply (答复的段落) as its editor changes them. Pure: a tuple in, one out.

A paragraph keeps its key, and with it its outcome and level, as long as its words or its place
say it is the same one. `first` and `last` are places counted from 0, both inclusive.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from db.enums import Outcome
from desktop.letter.keys import new_key
from desktop.letter.model import Paragraph


def count_characters(text: str) -> int:
    """字数: every character but white space."""
    return len("".join(text.split()))


def blank() -> Paragraph:
    """A new paragraph to write in."""
    return Paragraph(new_key(), "")


def after_edit(
    before: tuple[Paragraph, ...], first: int, last: int, texts: Sequence[str]
) -> tuple[Paragraph, ...]:
    """The paragraphs after the editor put `texts` (one at least) in the place of first..last.

    A text that is still there word for word keeps its paragraph. Of the rest the first keeps the
    first paragraph (Enter, join) and, where several stand for several, the last the last; others
    are new and unmarked, but the second half of a divided paragraph has its outcome.
    """
    old = before[first : last + 1]
    shorter = min(len(old), len(texts))
    head = next((n for n in range(shorter) if old[n].text != texts[n]), shorter)
    shorter -= head
    tail = next((n for n in range(shorter) if old[-1 - n].text != texts[-1 - n]), shorter)
    upto = len(old) - tail
    changed = _continued(old[head:upto], texts[head : len(texts) - tail])
    new = [*old[:head], *changed, *old[upto:]]
    if old:  # what stands in the first one's place continues what that one continued
        if new[0].key != old[0].key:
            new = [replace(p, runs_on=False) if p.key == old[0].key else p for p in new]
        new[0] = replace(new[0], runs_on=old[0].runs_on and first > 0)
    return (*before[:first], *new, *before[last + 1 :])


def _continued(old: Sequence[Paragraph], texts: Sequence[str]) -> list[Paragraph]:
    """Paragraphs with `texts`, each continuing one of `old` or new; no old one twice."""
    free: dict[str, deque[Paragraph]] = {}
    for paragraph in old:
        free.setdefault(paragraph.text, deque()).append(paragraph)
    kept = [free[text].popleft() if free.get(text) else None for text in texts]
    left = {paragraph.key for same in free.values() for paragraph in same}
    if old and texts and kept[0] is None and old[0].key in left:
        kept[0] = old[0]
    if len(old) > 1 and len(texts) > 1 and kept[-1] is None and old[-1].key in left:
        kept[-1] = old[-1]
    new = [
        replace(of, text=text) if of else Paragraph(new_key(), text)
        for of, text in zip(kept, texts, strict=True)
    ]
    divided = len(old) == 1 and len(new) > 1 and not texts[0].startswith(old[0].text)
    if divided and texts[-1].strip():
        new[-1] = replace(new[-1], outcome=old[0].outcome)
    return new


def divide(before: tuple[Paragraph, ...], index: int, at: int) -> tuple[Paragraph, ...]:
    """Divide a paragraph at character `at`, the second half running on (接排分段).

    The narrative prints as before. The start of a paragraph and a sub-heading are not divided.
    """
    whole = before[index]
    if at <= 0 or whole.level:
        return before
    first, second = whole.text[:at], whole.text[at:]
    outcome = whole.outcome if second.strip() else None
    halves = (replace(whole, text=first), Paragraph(new_key(), second, outcome, runs_on=True))
    return (*before[:index], *halves, *before[index + 1 :])


def mark(
    before: tuple[Paragraph, ...], first: int, last: int, outcome: Outcome | None
) -> tuple[Paragraph, ...]:
    """Mark paragraphs with their place in the result list (标注去向); None takes the mark off."""
    marked = (replace(paragraph, outcome=outcome) for paragraph in before[first : last + 1])
    return (*before[:first], *marked, *before[last + 1 :])


def set_runs_on(
    before: tuple[Paragraph, ...], first: int, last: int, value: bool
) -> tuple[Paragraph, ...]:
    """Let paragraphs continue the one before them (接上段), or not; the first of all never does."""
    changed = (
        replace(paragraph, runs_on=value and place > 0)
        for place, paragraph in enumerate(before[first : last + 1], first)
    )
    return (*before[:first], *changed, *before[last + 1 :])


def set_level(
    before: tuple[Paragraph, ...], first: int, last: int, level: int
) -> tuple[Paragraph, ...]:
    """Make paragraphs sub-headings of level 1 or 2 (小标题), or text again with 0."""
    changed = (replace(paragraph, level=level) for paragraph in before[first : last + 1])
    return (*before[:first], *changed, *before[last + 1 :])
