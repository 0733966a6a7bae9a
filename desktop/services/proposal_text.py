"""拆成建议: the text of a proposal as pieces (`Cutting`), and the deeds on the borders between.

What is recognised is `desktop.letter.proposal.suggestion_finder`; all of it is shown to the
handler, who changes it before anything is added. A `Cutting` never loses a character, whatever is
done to it.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import chain

from desktop.letter.model import Case, Proposal, Suggestion
from desktop.letter.pages.page import read_text
from desktop.letter.proposal.cutting import Cutting as Cutting
from desktop.letter.proposal.cutting import Part as Part
from desktop.letter.proposal.cutting import Piece, cut_of, joined
from desktop.letter.proposal.proposal_reader import read_proposal
from desktop.letter.proposal.suggestion_finder import sort_lines
from desktop.services.pasting import tidy
from desktop.services.suggestions import add_suggestions

# a border comes to rest at the start of a line, and after a sentence in one
_REST = re.compile("[。！？；][”’」』）》]*\n*|\n+")


def cut_text(text: str) -> Cutting:
    """How a pasted text is cut: as the proposal it is, or by its lines where it is none.

    The text is tidied first. Raises `InputError` where it is too long to be pasted.
    """
    reading = read_proposal(read_text(tidy(text).text))
    source = reading.cutting.source
    return reading.cutting if reading.facts else cut_of(source, sort_lines(source))


def cutting_of(proposal: Proposal) -> Cutting:
    """How the original of `proposal` stands cut into its suggestions."""
    spans = sorted(
        (start, end, Part.ELABORATION if number else Part.SUGGESTION)
        for suggestion in proposal.suggestions
        for number, (start, end) in enumerate(suggestion.spans)
    )
    pieces: list[Piece] = []
    done, size = 0, len(proposal.original)
    for start, end, part in chain(spans, [(size, size, Part.LEFT_OUT)]):
        if done <= start:
            pieces += (Piece(done, start, Part.LEFT_OUT), Piece(start, end, part))
            done = end
    return Cutting(proposal.original, joined(pieces))


def add_cutting(case: Case, cutting: Cutting, proposal: int = 0) -> Case:
    """The case with the suggestions of `cutting` added to that proposal, a reply for each.

    Its text becomes the proposal's original, or the end of it where another was pasted before.
    """
    proposals = list(case.proposals)
    known = proposals[proposal].original
    place = known.find(cutting.source)
    if place < 0:
        known += "\n" if known else ""
        place = len(known)
        known += cutting.source
    proposals[proposal] = replace(proposals[proposal], original=known)
    cards = (
        replace(card, spans=tuple((start + place, end + place) for start, end in card.spans))
        for card in cutting.cards()
    )
    return add_suggestions(replace(case, proposals=tuple(proposals)), cards, proposal)


def suggestions_of(proposal: Proposal, cutting: Cutting) -> tuple[Suggestion, ...]:
    """What the cards of `cutting`, a cutting of the proposal's original or of its end, became."""
    place = proposal.original.find(cutting.source)
    stand = {suggestion.spans: suggestion for suggestion in proposal.suggestions}
    return tuple(
        stand[tuple((start + place, end + place) for start, end in card.spans)]
        for card in cutting.cards()
    )


def resting_place(cutting: Cutting, place: int) -> int:
    """The place nearest to character `place` where a line begins or a sentence is over."""
    source = cutting.source
    start = source.rfind("\n", 0, place) + 1
    line_end = source.find("\n", place) + 1 or len(source)
    places = [start, *(match.end() for match in _REST.finditer(source, start, line_end)), line_end]
    return min(places, key=lambda one: abs(one - place))


def next_resting_place(cutting: Cutting, place: int, step: int) -> int:
    """The resting place after (1) or before (-1) character `place`; the text's ends are some."""
    source = cutting.source
    places = [0, *(match.end() for match in _REST.finditer(source)), len(source)]
    number = bisect_left(places, place) - 1 if step < 0 else bisect_right(places, place)
    return places[max(0, min(number, len(places) - 1))]


def move_border(cutting: Cutting, number: int, place: int) -> Cutting:
    """The border after piece `number` dragged to character `place`.

    It goes no further than the two pieces beside it; one left without a character is gone.
    """
    pieces = list(cutting.pieces)
    if not 0 <= number < len(pieces) - 1:
        return cutting
    before, after = pieces[number : number + 2]
    place = max(before.start, min(place, after.end))
    pieces[number : number + 2] = [replace(before, end=place), replace(after, start=place)]
    return replace(cutting, pieces=joined(pieces))


def split_piece(cutting: Cutting, place: int, part: Part | None = None) -> Cutting:
    """The piece around character `place` split there; the second half becomes `part`.

    None leaves its part as it is. At a border there is nothing to split.
    """
    pieces: list[Piece] = []
    for piece in cutting.pieces:
        if piece.start < place < piece.end:
            pieces.append(replace(piece, end=place))
            pieces.append(Piece(place, piece.end, part or piece.part))
        else:
            pieces.append(piece)
    return replace(cutting, pieces=tuple(pieces))


def join_pieces(cutting: Cutting, number: int) -> Cutting:
    """Piece `number` and the one after it as one, of the first's part."""
    if not 0 <= number < len(cutting.pieces) - 1:
        return cutting
    return move_border(cutting, number, cutting.pieces[number + 1].end)


def mark_stretch(cutting: Cutting, start: int, end: int, part: Part) -> Cutting:
    """The characters from `start` up to `end` as another part; what stands around them stays.

    Where they are none, it is the whole piece around `start`.
    """
    if start == end:
        piece = cutting.pieces[piece_at(cutting, start)]
        start, end = piece.start, piece.end
    split = split_piece(split_piece(cutting, start), end)
    pieces = (
        replace(piece, part=part) if start <= piece.start < end else piece for piece in split.pieces
    )
    return replace(cutting, pieces=joined(pieces))


def piece_at(cutting: Cutting, place: int) -> int:
    """The number of the piece that holds character `place`; of the last at the text's end."""
    return next(
        (n for n, piece in enumerate(cutting.pieces) if place < piece.end), len(cutting.pieces) - 1
    )
