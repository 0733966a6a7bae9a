"""What comes out of a file that was read; light, for those who only hand it on."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.letter.foreign.anatomy import Anatomy
from desktop.letter.model import Case, Issue

MAX_FILE = 30 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A case that came in; `notes` are Chinese sentences on what the handler should know.

    `text` is everything the file says, also what did not become part of the case; it does not
    leave the process that reads foreign files. `anatomy` is how a letter was understood, with what
    was left out; None where the file carries its own case. `proposal` is what an original of a
    proposal (提案原文) says, as `proposal_json` has it; `pack` is the key of the lead's case where
    this is a 会办包. The case of either has no office yet. `issue` is the day a signed letter
    bears, if that is past, and its 签发人: as 定稿 it may come in.
    """

    case: Case
    notes: tuple[str, ...] = ()
    text: str = ""
    anatomy: Anatomy | None = None
    proposal: Mapping[str, object] | None = None
    pack: str = ""
    issue: Issue | None = None
