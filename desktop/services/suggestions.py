"""Suggestions (建议): add, edit, cut, group and pull out. Pure: a case in, a case out.

A suggestion keeps its label (the proposer's own number) wherever it goes. What cannot be done (an
unknown key, the edge of the list, the general reply) leaves the case as it is.
"""

from collections.abc import Iterable
from dataclasses import replace

from desktop.letter.clean import clean_text, without_white
from desktop.letter.keys import new_key
from desktop.letter.model import Case, Proposal, Reply, Suggestion
from desktop.letter.proposal.cutting import Card
from desktop.letter.proposal.ordinals import Labels
from desktop.services.assignments import forget, share
from desktop.services.notes import follow
from desktop.services.replies import append, exchange, insert, reply_named


def next_label(proposal: Proposal) -> str:
    """The label a new suggestion takes: 4 after 3, 四 after 三, 1 where there is none."""
    return Labels(suggestion.label for suggestion in proposal.suggestions).give()


def add_suggestion(case: Case, text: str = "", elaboration: str = "", *, proposal: int = 0) -> Case:
    """The case with one more suggestion at the end of that proposal, in a reply of its own."""
    return add_suggestions(case, [Card("", text, elaboration, ())], proposal)


def add_suggestions(case: Case, cards: Iterable[Card], proposal: int = 0) -> Case:
    """As `add_suggestion`, of all these; a taken label goes on counting."""
    one = case.proposals[proposal]
    labels = Labels(suggestion.label for suggestion in one.suggestions)
    made = [made_of(card, labels) for card in cards]
    proposals = list(case.proposals)
    proposals[proposal] = replace(one, suggestions=(*one.suggestions, *made))
    replies = (Reply(new_key(), (suggestion.key,)) for suggestion in made)
    return insert(replace(case, proposals=tuple(proposals)), *replies)


def made_of(card: Card, labels: Labels) -> Suggestion:
    """A new suggestion of what was cut out, with the next of `labels` if its own is taken."""
    text, elaboration = _one_line(card.text), clean_text(card.elaboration)
    return Suggestion(new_key(), labels.give(card.label), text, elaboration, card.spans)


def edit_suggestion(
    case: Case,
    key: str,
    *,
    label: str | None = None,
    text: str | None = None,
    elaboration: str | None = None,
) -> Case:
    """The case with what is given changed; label and text are one line."""
    for suggestion in case.suggestions():
        if suggestion.key == key:
            edited = replace(
                suggestion,
                label=suggestion.label if label is None else _one_line(label),
                text=suggestion.text if text is None else _one_line(text),
                elaboration=suggestion.elaboration
                if elaboration is None
                else clean_text(elaboration),
            )
            return _exchanged(case, key, edited)
    return case


def remove_suggestion(case: Case, key: str) -> Case:
    """The case without it; its reply goes too if it answered nothing else."""
    home = reply_of(case, key)
    return _leave(forget(_exchanged(case, key), {key}), home, key) if home else case


def split_suggestion(case: Case, key: str, at: int) -> Case:
    """The text from character `at` on becomes a suggestion of its own, answered by the same reply.

    The first half keeps key, label and elaboration. A half without text changes nothing.
    """
    home = reply_of(case, key)
    for proposal in case.proposals:
        for whole in proposal.suggestions:
            first, second = whole.text[:at].strip(), whole.text[at:].strip()
            if whole.key != key or home is None or not (first and second):
                continue
            kept, spans = _split_spans(proposal.original, whole, second)
            made = Suggestion(new_key(), next_label(proposal), second, spans=spans)
            case = _exchanged(case, key, replace(whole, text=first, spans=kept), made)
            case = share(case, key, made.key)
            return exchange(case, home.key, _with(home, made.key, home.suggestions.index(key) + 1))
    return case


def group_suggestion(case: Case, key: str, reply_key: str, position: int | None = None) -> Case:
    """A drag onto a card: the suggestion joins that reply (同答).

    `position` counts among the other suggestions of the card, None is after them. The reply it
    leaves keeps its paragraphs while it has another suggestion; else they go along.
    """
    home, onto = reply_of(case, key), reply_named(case, reply_key)
    if home is None or onto is None or not onto.suggestions or (home is onto and position is None):
        return case
    joined = _with(onto, key, position)
    if home is onto:
        return exchange(case, onto.key, joined)
    if len(home.suggestions) == 1:
        joined = replace(joined, paragraphs=append(joined.paragraphs, home.paragraphs))
        case = follow(case, home.key, onto.key)
    return _leave(exchange(case, onto.key, joined), home, key)


def pull_out(case: Case, key: str) -> Case:
    """The suggestion answered alone (单独答复), in an empty reply after the one it left."""
    home = reply_of(case, key)
    if home is None or len(home.suggestions) == 1:
        return case
    return exchange(case, home.key, _without(home, key), Reply(new_key(), (key,)))


def move_suggestion(case: Case, key: str, step: int) -> Case:
    """Up (-1) or down (+1): past its neighbour on the card, at the edge onto the next card."""
    home = reply_of(case, key)
    if home is None:
        return case
    place = home.suggestions.index(key) + step
    if 0 <= place < len(home.suggestions):
        return group_suggestion(case, key, home.key, place)
    beside = case.replies.index(home) + step
    if not 0 <= beside < len(case.replies):
        return case
    return group_suggestion(case, key, case.replies[beside].key, None if step < 0 else 0)


def reply_of(case: Case, key: str) -> Reply | None:
    """The reply that answers this suggestion, or None where there is no such suggestion."""
    return next((reply for reply in case.replies if key in reply.suggestions), None)


def _exchanged(case: Case, key: str, *made: Suggestion) -> Case:
    """The case with `made` in the place of the suggestion; none takes it out."""
    return replace(case, proposals=tuple(_in_proposal(p, key, made) for p in case.proposals))


def _in_proposal(proposal: Proposal, key: str, made: tuple[Suggestion, ...]) -> Proposal:
    suggestions: list[Suggestion] = []
    for suggestion in proposal.suggestions:
        suggestions += made if suggestion.key == key else (suggestion,)
    return replace(proposal, suggestions=tuple(suggestions))


_Spans = tuple[tuple[int, int], ...]


def _split_spans(original: str, whole: Suggestion, second: str) -> tuple[_Spans, _Spans]:
    """Where the halves of `whole` stand in the original.

    Where `second` does not end the passage word for word, the first half keeps all of it.
    """
    if not whole.spans:
        return (), ()
    (start, end), *others = whole.spans
    wanted = without_white(second)
    place = end
    while wanted and place > start:
        place -= 1
        if not original[place].isspace():
            if original[place] != wanted[-1]:
                break
            wanted = wanted[:-1]
    if wanted or place == start:
        return whole.spans, ()
    return ((start, place), *others), ((place, end),)


def _leave(case: Case, home: Reply, key: str) -> Case:
    left = _without(home, key)
    return exchange(case, home.key, *((left,) if left.suggestions else ()))


def _without(reply: Reply, key: str) -> Reply:
    return replace(reply, suggestions=tuple(k for k in reply.suggestions if k != key))


def _with(reply: Reply, key: str, position: int | None) -> Reply:
    others = _without(reply, key).suggestions
    at = len(others) if position is None else max(0, position)
    return replace(reply, suggestions=(*others[:at], key, *others[at:]))


def _one_line(text: str) -> str:
    return clean_text(text).replace("\n", "")
