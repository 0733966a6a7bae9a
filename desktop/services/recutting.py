"""按原文重新拆分: a proposal cut anew, its suggestions and their answers kept. Pure.

A card that begins where a suggestion began, or else goes over its words, is that suggestion: it
keeps key, label and answer; its words only change where they were cut otherwise, so what was edited
on the card stays. The answer to a suggestion that is none any more goes to the one that has its
words now, or into the general reply (总的说明); so do the units (会办单位) that were asked about
it. What was typed in and stands nowhere in the original is left alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from desktop.letter.keys import new_key
from desktop.letter.model import Case, Proposal, Reply, Suggestion
from desktop.letter.proposal.cutting import Card, Cutting
from desktop.letter.proposal.ordinals import Labels
from desktop.services.assignments import assign
from desktop.services.coverage import answered
from desktop.services.proposal_text import cutting_of
from desktop.services.replies import add_general, append, exchange
from desktop.services.suggestions import group_suggestion, made_of, remove_suggestion, reply_of

_Stood = tuple[Card, Suggestion]  # how a suggestion was cut out


def recut(case: Case, cutting: Cutting, proposal: int = 0) -> Case:
    """The case with that proposal's original cut as `cutting`, a cutting of the same text, says."""
    one = case.proposals[proposal]
    stood = _standing(one)
    cards = cutting.cards()
    known = _known(stood, cards)
    labels = Labels(suggestion.label for suggestion in one.suggestions)
    made = [_made(card, known.get(card.spans[0]), labels) for card in cards]
    proposals = list(case.proposals)
    proposals[proposal] = replace(one, suggestions=_in_order(one.suggestions, stood, made))
    case = _with_replies(replace(case, proposals=tuple(proposals)), made)
    case = _with_units(case, [suggestion for _, suggestion in stood], made)
    left = {suggestion.key for suggestion in made}
    for card, suggestion in stood:
        if suggestion.key not in left:
            case = _handed_over(case, suggestion.key, _holding(card.spans[0][0], made))
    return case


def _standing(proposal: Proposal) -> list[_Stood]:
    """The suggestions that stand in the original."""
    starts = {s.spans[0]: s for s in proposal.suggestions if s.spans}
    cards = cutting_of(proposal).cards()
    return [(card, starts[card.spans[0]]) for card in cards if card.spans[0] in starts]


def _known(stood: Sequence[_Stood], cards: Sequence[Card]) -> dict[tuple[int, int], _Stood]:
    """Which suggestion a card is, by the card's first span."""
    starts = {pair[0].spans[0][0]: pair for pair in stood}
    known = {c.spans[0]: starts[c.spans[0][0]] for c in cards if c.spans[0][0] in starts}
    same = {card.spans[0][0] for card in cards} & set(starts)
    waiting = [pair for pair in stood if pair[0].spans[0][0] not in same]
    for card in cards:
        if card.spans[0] in known:
            continue
        while waiting and waiting[0][0].spans[-1][1] <= card.spans[0][0]:
            waiting.pop(0)
        if waiting and waiting[0][0].spans[0][0] < card.spans[-1][1]:
            known[card.spans[0]] = waiting.pop(0)
    return known


def _made(card: Card, stood: _Stood | None, labels: Labels) -> Suggestion:
    if stood is None:
        return made_of(card, labels)
    was, suggestion = stood
    return replace(
        suggestion,
        text=suggestion.text if card.text == was.text else card.text,
        elaboration=suggestion.elaboration
        if card.elaboration == was.elaboration
        else card.elaboration,
        spans=card.spans,
    )


def _in_order(
    before: Sequence[Suggestion], stood: Sequence[_Stood], made: Sequence[Suggestion]
) -> tuple[Suggestion, ...]:
    """What was made, and each suggestion of no place after the one it stood after."""
    order = list(made)
    placed = {suggestion.key for _, suggestion in stood}
    for previous, one in pairwise((None, *before)):
        if one and one.key not in placed:
            at = (n for n, s in enumerate(order, 1) if previous and s.key == previous.key)
            order.insert(next(at, len(order)), one)
    return tuple(order)


def _with_replies(case: Case, made: Sequence[Suggestion]) -> Case:
    """An empty reply for each new suggestion, after the reply to the one before it."""
    homes = {key: reply.key for reply in case.replies for key in reply.suggestions}
    after: dict[str, list[Reply]] = {}
    home = ""
    for suggestion in made:
        home = homes.get(suggestion.key, home)
        if suggestion.key not in homes:
            after.setdefault(home, []).append(Reply(new_key(), (suggestion.key,)))
    replies = after.get("", [])
    for reply in case.replies:
        replies += (reply, *after.get(reply.key, ()))
    return replace(case, replies=tuple(replies))


def _with_units(case: Case, were: Sequence[Suggestion], made: Sequence[Suggestion]) -> Case:
    """The case whose units are asked about what was cut off a suggestion of theirs, and about the
    one that has the words of theirs now."""
    heirs: dict[str, list[str]] = {}  # by the suggestion a unit was asked about
    known, left = {s.key for s in were}, {s.key for s in made}
    for one in made:
        if one.key not in known and (was := _holding(one.spans[0][0], were)):
            heirs.setdefault(was.key, []).append(one.key)
    for gone in were:
        if gone.key not in left and (heir := _holding(gone.spans[0][0], made)):
            heirs.setdefault(gone.key, []).append(heir.key)
    for unit in case.assignments:
        wanted = [key for asked in unit.suggestions for key in heirs.get(asked, ())]
        case = assign(case, wanted, unit.key) if wanted else case
    return case


def _holding(place: int, among: Sequence[Suggestion]) -> Suggestion | None:
    """The suggestion that has the words at this place of the original."""
    return next((s for s in among if any(a <= place < b for a, b in s.spans)), None)


def _handed_over(case: Case, key: str, heir: Suggestion | None) -> Case:
    """The case without this suggestion; what answers it alone goes to the heir's reply."""
    home = reply_of(case, key)
    target = reply_of(case, heir.key) if heir else None
    if target:
        case = group_suggestion(case, key, target.key)
    elif home and home.suggestions == (key,) and answered(home):
        case = add_general(case)
        general = case.general_reply
        assert general
        said = append(general.paragraphs, home.paragraphs)
        case = exchange(case, general.key, replace(general, paragraphs=said))
    return remove_suggestion(case, key)
