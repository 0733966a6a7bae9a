"""A 会办意见 that a unit wrote as a letter of its own, set against the case it was asked about."""

from collections.abc import Iterator
from datetime import date

from db.enums import LetterKind
from desktop.errors import InputError
from desktop.letter import carriers
from desktop.letter.foreign.anatomy import Anatomy, Part
from desktop.letter.foreign.dissection import dissect
from desktop.letter.foreign.letter_reader import case_of
from desktop.letter.homecoming.answers import answered
from desktop.letter.homecoming.home import bring_home
from desktop.letter.homecoming.identity import last_author
from desktop.letter.homecoming.likeness import likeness
from desktop.letter.homecoming.returned import Homecoming, Placed, Unplaced
from desktop.letter.keys import derived_key
from desktop.letter.model import Assignment, Case, Suggestion
from desktop.letter.pages.page import Page

_SAME = 0.5  # so alike the words of a suggestion are with us and with them


def opinion_home(page: Page, base: Case, today: date) -> Homecoming | None:
    """The opinion in `page` as answers to `base`; None where it is no opinion on a case of ours.

    Written with this program it names our suggestions by their keys; any other opinion has its
    sections told by label and words. What answers no suggestion is 未归位.
    """
    if base.kind is LetterKind.OPINION:  # ours, to somebody else
        return None
    home = _read(page, today)
    if not home:
        return None
    unit = home.case.office.full_name
    assignment = _assignment(home.case, base)
    asked = dict(_asked(home.case, base))
    general = home.case.general_reply
    if general and assignment and len(assignment.suggestions) == 1:  # it can mean nothing else
        asked[general.key] = assignment.suggestions[0]
    return answered(base, home, asked, unit, assignment)


def _read(page: Page, today: date) -> Homecoming | None:
    carried = carriers.find(page.package) if page.package else None
    if carried:
        opinion = carried.case.kind is LetterKind.OPINION
        return bring_home(page, None, None, today) if opinion else None
    try:
        anatomy = dissect(page)
    except InputError:
        return None
    if anatomy.is_reply:
        return None
    return Homecoming(
        case_of(anatomy, today),
        page.notes,
        remarks=tuple(Placed(remark, "") for remark in page.remarks),
        unplaced=tuple(_left_out(page, anatomy)),
        author=last_author(page.package) if page.package else "",
    )


def _left_out(page: Page, anatomy: Anatomy) -> Iterator[Unplaced]:
    """What is no part of the letter, and its footnotes; not the head and foot of its paper."""
    for mark in anatomy.of(Part.LEFT_OUT):
        if text := anatomy.text(mark).strip():
            yield Unplaced(text)
    for aside in page.asides:
        if aside.line >= 0:
            yield Unplaced(aside.text, page.lines[aside.line].text, where=aside.where)


def _assignment(opinion: Case, base: Case) -> Assignment | None:
    """The part of the unit that wrote: its replies are those a 会办包 asked for, or its name says
    so, with or without the place before it."""
    replies = {(s, reply.key) for reply in opinion.replies for s in reply.suggestions}
    for one in base.assignments:
        if any(derived_key(one.key, suggestion) == reply for suggestion, reply in replies):
            return one
    name = opinion.office.full_name
    named = [
        a for a in base.assignments if name and (name.endswith(a.unit) or a.unit.endswith(name))
    ]
    return named[0] if len(named) == 1 else None


def _asked(opinion: Case, base: Case) -> Iterator[tuple[str, str]]:
    """Each of their replies with our suggestion that it answers first."""
    theirs = {suggestion.key: suggestion for suggestion in opinion.suggestions()}
    for reply in opinion.replies:
        for key in reply.suggestions:
            if found := _ours(theirs[key], base):
                yield reply.key, found.key
                break


def _ours(theirs: Suggestion, base: Case) -> Suggestion | None:
    ours = [*base.suggestions()]
    for suggestion in ours:
        if suggestion.key == theirs.key:
            return suggestion
    alike = {s.key: likeness(s.text, theirs.text) for s in ours}
    ours = [s for s in ours if alike[s.key] >= _SAME]
    return max(ours, key=lambda s: (s.label == theirs.label, alike[s.key]), default=None)
