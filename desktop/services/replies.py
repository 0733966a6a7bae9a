"""Replies (答复) as cards: merge, split, move, remove. Pure: a case in, a case out.

What cannot be done (an unknown key, the edge of the list, the general reply) leaves the case as
it is.
"""

from dataclasses import replace

from desktop.letter.keys import new_key
from desktop.letter.model import Case, Paragraph, Reply
from desktop.services.assignments import forget
from desktop.services.notes import follow


def merge_into_previous(case: Case, reply_key: str) -> Case:
    """Two cards answered together (合并): the second's suggestions and paragraphs join the first.

    The general reply is never merged.
    """
    place = _place(case, reply_key)
    if not place or not case.replies[place].suggestions:
        return case
    first, second = case.replies[place - 1 : place + 1]
    merged = replace(
        first,
        suggestions=first.suggestions + second.suggestions,
        paragraphs=append(first.paragraphs, second.paragraphs),
    )
    case = follow(case, second.key, first.key)
    return exchange(exchange(case, first.key, merged), second.key)


def split_reply(case: Case, reply_key: str) -> Case:
    """Every suggestion of the card alone (拆分); the first one keeps the paragraphs."""
    reply = reply_named(case, reply_key)
    if reply is None or len(reply.suggestions) < 2:
        return case
    first, *others = reply.suggestions
    alone = (Reply(new_key(), (key,)) for key in others)
    return exchange(case, reply_key, replace(reply, suggestions=(first,)), *alone)


def move_reply(case: Case, reply_key: str, step: int) -> Case:
    """The card exchanged with its neighbour (上移 -1, 下移 +1); the general one stays last."""
    place = _place(case, reply_key)
    numbered = [reply for reply in case.replies if reply.suggestions]
    if place is None or place >= len(numbered) or not 0 <= place + step < len(numbered):
        return case
    numbered.insert(place + step, numbered.pop(place))
    return replace(case, replies=(*numbered, *case.replies[len(numbered) :]))


def add_general(case: Case) -> Case:
    """The case with an empty general reply (总的说明) at its end, unless it has one."""
    if case.general_reply:
        return case
    return replace(case, replies=(*case.replies, Reply(new_key())))


def remove_reply(case: Case, reply_key: str) -> Case:
    """The case without this card, its paragraphs and the suggestions it answers (删除)."""
    reply = reply_named(case, reply_key)
    if reply is None:
        return case
    gone = set(reply.suggestions)
    proposals = tuple(
        replace(p, suggestions=tuple(s for s in p.suggestions if s.key not in gone))
        for p in case.proposals
    )
    return exchange(forget(replace(case, proposals=proposals), gone), reply_key)


def with_paragraphs(case: Case, reply_key: str, paragraphs: tuple[Paragraph, ...]) -> Case:
    """The case with these paragraphs in the reply, as its editor has them."""
    reply = reply_named(case, reply_key)
    if reply is None:
        return case
    return exchange(case, reply_key, replace(reply, paragraphs=paragraphs))


def reply_named(case: Case, reply_key: str) -> Reply | None:
    """The reply with this key, or None."""
    return next((reply for reply in case.replies if reply.key == reply_key), None)


def exchange(case: Case, reply_key: str, *replies: Reply) -> Case:
    """The case with `replies` in the place of the one named; none takes it out."""
    made: list[Reply] = []
    for reply in case.replies:
        made += replies if reply.key == reply_key else (reply,)
    return replace(case, replies=tuple(made))


def insert(case: Case, *replies: Reply) -> Case:
    """The case with `replies` after its numbered ones, before the general one."""
    numbered = tuple(reply for reply in case.replies if reply.suggestions)
    return replace(case, replies=(*numbered, *replies, *case.replies[len(numbered) :]))


def append(first: tuple[Paragraph, ...], second: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Both replies' paragraphs; the second's begin with a paragraph of their own."""
    if second and second[0].runs_on:
        second = (replace(second[0], runs_on=False), *second[1:])
    return first + second


def _place(case: Case, reply_key: str) -> int | None:
    return next((n for n, reply in enumerate(case.replies) if reply.key == reply_key), None)
