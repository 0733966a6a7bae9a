"""The original of a proposal (提案、建议原文) → what it says: its facts, and its suggestions.

Every suggestion knows where in the original it stands, and every character of the original is in a
suggestion, in what explains one, or in the rest (情况、分析): nothing is dropped.
"""

from dataclasses import dataclass

from desktop.letter.clean import without_white
from desktop.letter.keys import derived_key
from desktop.letter.model import Case, Proposal, Proposer, Reply, Suggestion
from desktop.letter.pages.page import Page
from desktop.letter.proposal.cutting import Card, Cutting, Part, Piece, cut_of
from desktop.letter.proposal.document_kind import Verdict, verdict_of
from desktop.letter.proposal.proposal_facts import Facts, Told, facts_of
from desktop.letter.proposal.proposal_identity import proposal_signs
from desktop.letter.proposal.proposal_lines import Line, lines_of
from desktop.letter.proposal.proposers import is_body
from desktop.letter.proposal.suggestion_finder import sorted_pieces


@dataclass(frozen=True, slots=True)
class ProposalReading:
    """A proposal that was read; `cutting` covers the whole file, a letter beside it too."""

    verdict: Verdict
    facts: Facts | None
    cutting: Cutting
    notes: tuple[str, ...] = ()

    def cards(self) -> tuple[Card, ...]:
        """Its suggestions, each with the places it was cut from."""
        return self.cutting.cards()

    def proposal(self, key: str) -> Proposal:
        """The same as a part of a case (卷宗); all keys are derived from `key`."""
        suggestions = tuple(
            Suggestion(
                derived_key(key, "suggestion", str(n), c.text),
                c.label,
                c.text,
                c.elaboration,
                c.spans,
            )
            for n, c in enumerate(self.cards())
        )
        original = self.cutting.source
        if self.facts is None:
            return Proposal(key, suggestions=suggestions, original=original)
        proposers = (Proposer(told.value, is_body(told.value)) for told in self.facts.proposers)
        return Proposal(
            key,
            self.facts.kind,
            _value(self.facts.number),
            _value(self.facts.session),
            _value(self.facts.subject),
            tuple(proposers),
            suggestions,
            original,
        )


def read_proposal(page: Page) -> ProposalReading:
    """What the proposal on `page` says.

    The text of the reading is the page's lines, joined by newlines. A page that is no proposal
    (`verdict`) has no facts and no suggestions.
    """
    source = "\n".join(line.text for line in page.lines)
    lines = lines_of(source)
    verdict = verdict_of(lines)
    if verdict.proposal is None:
        whole = (Piece(0, len(source), Part.LEFT_OUT),) if source else ()
        return ProposalReading(verdict, None, Cutting(source, whole), page.notes)
    start, end = verdict.proposal
    own = [line for line in lines if start <= line.start < end]
    pieces = sorted_pieces(own)
    around = [*_left_out(0, start), *pieces, *_left_out(end, len(source))]
    facts = facts_of(source, _with_parts(own, pieces))
    return ProposalReading(verdict, facts, cut_of(source, around), page.notes)


def case_of_proposal(reading: ProposalReading) -> Case:
    """A case that answers a proposal that was read: its suggestions, an empty reply for each.

    Its key is derived from its number and session, and its text where it lacks one of them.
    """
    draft = reading.proposal("")
    identity = ["proposal", *proposal_signs(draft)]
    if not (draft.proposal_number and draft.session):
        identity.append(reading.cutting.source)
    key = derived_key("case", *identity)
    proposal = reading.proposal(derived_key(key, "proposal", "0"))
    replies = tuple(
        Reply(derived_key(key, "reply", str(n)), (suggestion.key,))
        for n, suggestion in enumerate(proposal.suggestions)
    )
    return Case(key, proposals=(proposal,), replies=replies)


def proposal_remarks(reading: ProposalReading) -> tuple[str, ...]:
    """What a handler should know of a proposal that was read, in sentences."""
    cards = reading.cards()
    rest = sum(
        len(without_white(reading.cutting.source[piece.start : piece.end]))
        for piece in reading.cutting.pieces
        if piece.part is Part.LEFT_OUT
    )
    told = f"读出{len(cards)}条建议" if cards else "没有认出建议"
    left = f"；情况、分析等{rest}字不是建议，只留在原文里" if rest else ""
    return (f"这是提案原文，{told}，不对的可以“按原文重新拆分”{left}。",)


def proposal_json(reading: ProposalReading) -> dict[str, object]:
    """A read proposal with short keys, ready for `json.dumps`.

    null is 未识别; `spans` are [start, end] in the text of the page; `letter` is the place of a
    reply in the same file.
    """
    facts, letter = reading.facts, reading.verdict.letter
    return {
        "document": reading.verdict.kind.value,
        "kind": facts.kind.value if facts else None,
        "subject": _value(facts.subject if facts else None) or None,
        "session": _value(facts.session if facts else None) or None,
        "number": _value(facts.number if facts else None) or None,
        "proposers": [told.value for told in facts.proposers] if facts else [],
        "suggestions": [
            {
                "label": card.label,
                "text": card.text,
                "elaboration": card.elaboration or None,
                "spans": [list(span) for span in card.spans],
            }
            for card in reading.cards()
        ],
        "letter": list(letter) if letter else None,
    }


def _left_out(start: int, end: int) -> list[Piece]:
    return [Piece(start, end, Part.LEFT_OUT)] if start < end else []


def _with_parts(lines: list[Line], pieces: list[Piece]) -> list[tuple[Line, Part]]:
    """Each line with the part of the piece it stands in."""
    made: list[tuple[Line, Part]] = []
    at = 0
    for line in lines:
        while pieces[at].end <= line.start:
            at += 1
        made.append((line, pieces[at].part))
    return made


def _value(told: Told | None) -> str:
    return told.value if told else ""
