"""粘贴提案全文，拆成建议: what its lines become, and the deeds on the borders between them.

What is recognised is `desktop.letter.suggestion_finder`; all of it is shown to the handler, who
changes it before anything is added. A `Cutting` never loses a character, whatever is done to it.
"""

from collections.abc import Iterable
from dataclasses import replace

from desktop.letter.cutting import Cutting as Cutting
from desktop.letter.cutting import Part as Part
from desktop.letter.cutting import Piece, cut_of
from desktop.letter.model import Case
from desktop.letter.suggestion_finder import sort_lines
from desktop.services.pasting import tidy
from desktop.services.suggestions import add_suggestions

Parts = tuple[tuple[str, Part], ...]


def propose_parts(text: str) -> Parts:
    """The lines of a pasted proposal, tidied, each with what it seems to be.

    A line that holds several suggestions is cut; no character is lost. Raises `InputError` where
    the text is too long to be pasted.
    """
    source = tidy(text).text
    lines = ((source[p.start : p.end].replace("\n", ""), p.part) for p in sort_lines(source))
    return tuple((line, part) for line, part in lines if line)


def assemble(parts: Iterable[tuple[str, Part]]) -> tuple[tuple[str, str, str], ...]:
    """Label, text and elaboration of every suggestion in `parts`.

    The label is the ordinal as typed (1 or 一); one that is missing or taken goes on counting. A
    long line that begins with a heading is divided into the heading and what explains it.
    """
    pieces: list[Piece] = []
    lines: list[str] = []
    for line, part in parts:
        start = pieces[-1].end if pieces else 0
        lines.append(f"{line}\n")
        pieces.append(Piece(start, start + len(lines[-1]), part))
    return _rows(cut_of("".join(lines), pieces))


def add_cut(case: Case, parts: Iterable[tuple[str, Part]], proposal: int = 0) -> Case:
    """The case with the suggestions of `parts` added to that proposal, a reply for each."""
    return add_suggestions(case, assemble(parts), proposal)


def add_cutting(case: Case, cutting: Cutting, proposal: int = 0) -> Case:
    """The case with the suggestions of `cutting` added to that proposal, a reply for each."""
    return add_suggestions(case, _rows(cutting), proposal)


def move_border(cutting: Cutting, number: int, place: int) -> Cutting:
    """The border after piece `number` dragged to character `place`.

    It goes no further than the two pieces beside it; one left without a character is gone.
    """
    pieces = list(cutting.pieces)
    if not 0 <= number < len(pieces) - 1:
        return cutting
    before, after = pieces[number : number + 2]
    place = max(before.start, min(place, after.end))
    moved = [replace(before, end=place), replace(after, start=place)]
    pieces[number : number + 2] = [piece for piece in moved if piece.start < piece.end]
    return replace(cutting, pieces=tuple(pieces))


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


def mark_piece(cutting: Cutting, number: int, part: Part) -> Cutting:
    """Piece `number` (from 0) as another part."""
    pieces = list(cutting.pieces)
    pieces[number] = replace(pieces[number], part=part)
    return replace(cutting, pieces=tuple(pieces))


def _rows(cutting: Cutting) -> tuple[tuple[str, str, str], ...]:
    return tuple((card.label, card.text, card.elaboration) for card in cutting.cards())
