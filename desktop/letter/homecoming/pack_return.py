"""A 会办包 that was filled in: back with us, or arrived at a unit that has this program too."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product

from db.enums import Form
from desktop.errors import ComposeError
from desktop.letter import carriers
from desktop.letter.blocks import Role, Sheet
from desktop.letter.carriers import Carried
from desktop.letter.clean import without_white
from desktop.letter.homecoming.answers import answered
from desktop.letter.homecoming.home import bring_home
from desktop.letter.homecoming.returned import Homecoming, Printed
from desktop.letter.homecoming.several_packs import cut, joined
from desktop.letter.keys import derived_key
from desktop.letter.model import Case
from desktop.letter.numerals import format_date, parse_date
from desktop.letter.pack import pack_case, pack_sheet
from desktop.letter.pages.page import Page
from desktop.letter.pages.page_lines import PageLine

_PACK = "fuhan.pack"
_TELLING = 2  # lines of a 会办包 that no letter has
_OF_EVERY_LETTER = (Role.CELL_LABEL, Role.SIGNATURE, Role.DATE, Role.NOTE)


def pack_home(page: Page, base: Case, today: date) -> Homecoming | None:
    """The answers in a 会办包 set against `base`, the case that left; None where `page` is none.

    What stands in an answer place is appended to our reply to that suggestion; changed words of a
    suggestion are in the case as well, all else is 未归位.
    """
    packed = _packed(page, base, today)
    if not packed:
        return None
    came: Homecoming | None = None
    for piece in cut(page, pack_sheet(packed)):
        if asked := _packed(piece, base, today):
            one = _answers(piece, asked, came.case if came else base, today)
            came = joined(came, one) if came else one
    return came


def _answers(page: Page, packed: Case, base: Case, today: date) -> Homecoming:
    """What one 会办包 answers."""
    home = _filled(page, packed, packed, today)
    said = {suggestion.key: suggestion for suggestion in home.case.suggestions()}
    proposals = (
        replace(
            proposal,
            suggestions=tuple(
                replace(s, text=said[s.key].text, elaboration=said[s.key].elaboration)
                if s.key in said
                else s
                for s in proposal.suggestions
            ),
        )
        for proposal in base.proposals
    )
    asked = {reply.key: reply.suggestions[0] for reply in home.case.replies}
    came = answered(
        replace(base, proposals=tuple(proposals)), home, asked, "", packed.assignments[0]
    )
    return replace(came, notes=(*_unanswered(home.case), *came.notes))


def pack_arrived(page: Page, carried: Carried, today: date) -> Homecoming | None:
    """The opinion a 会办包 asks of us, with what was filled in; None where `page` is no such file.

    Its case has the lead's suggestion keys, and no office yet.
    """
    if not (page.package and _PACK in carriers.properties(page.package) and _is_pack(carried.case)):
        return None
    home = _filled(page, carried.case, None, today)
    (assignment,) = carried.case.assignments
    due = f"，请于{format_date(assignment.due_on)}前返回会办意见" if assignment.due_on else ""
    left = [f"“{one.text[:20]}”不在填写处，没有读入，请核对。" for one in home.unplaced]
    case = home.case
    return replace(
        home,
        case=Case(
            derived_key("opinion", case.key, assignment.key),
            case.kind,
            case.form,
            lead_unit=case.lead_unit,
            proposals=case.proposals,
            replies=case.replies,
        ),
        notes=(f"这是{case.lead_unit}发来的会办包{due}。", *home.notes, *left),
    )


def _filled(page: Page, packed: Case, base: Case | None, today: date) -> Homecoming:
    """The opinion that was asked for, with the page's words; without `base` set against the one
    that the page carries."""
    sheet = pack_sheet(packed)
    printed = Printed(packed.form, packed.wording, packed.head, packed.layout)
    return bring_home(_with_labels(page, sheet), base, printed, today, sheet)


def _packed(page: Page, base: Case, today: date) -> Case | None:
    """What the 会办包 asked for: by its carriers, or by the words that only such a file has."""
    said = carriers.properties(page.package) if page.package else {}
    carried = carriers.find(page.package) if page.package else None
    assignments = [a for a in base.assignments if said.get(_PACK, a.key) == a.key]
    if _PACK in said and carried and not assignments:
        assignments = [*carried.case.assignments]
    elif carried and _PACK not in said and not _is_pack(carried.case):  # another file of ours
        return None
    if carried and _is_pack(carried.case):  # what was printed, whatever we agreed since
        (sent,) = carried.case.assignments
        assignments = [sent if a.key == sent.key else a for a in assignments]
    else:
        day = _day_told(page)
        assignments = [replace(a, sent_on=day or a.sent_on) for a in assignments]
    forms = [carried.printed.form] if carried else [*Form]
    shown = {without_white(line.text) for line in page.lines}
    found, most = None, -1 if _PACK in said else _TELLING - 1
    for assignment, form in product(assignments, forms):
        try:
            packed = pack_case(replace(base, form=form), assignment, today)
        except ComposeError:
            continue
        told = len(shown & {*_telling(pack_sheet(packed))})
        if told > most:
            found, most = packed, told
    return found


def _day_told(page: Page) -> date | None:
    """The day at the foot of the page."""
    days = (parse_date(line.text) for line in reversed(page.lines))
    return next(filter(None, days), None)


def _is_pack(case: Case) -> bool:
    """Whether a case that a file carries is one that `pack_case` could have made."""
    asked = [(suggestion.key,) for suggestion in case.suggestions()]
    sent = [assignment.sent_on is not None for assignment in case.assignments]
    return sent == [True] and bool(asked) and [r.suggestions for r in case.replies] == asked


def _telling(sheet: Sheet) -> Iterator[str]:
    """The lines that no letter to the same proposal has."""
    for line in sheet.lines():
        if line.text and line.role not in _OF_EVERY_LETTER and not line.anchor.startswith("s_"):
            yield without_white(line.text)


def _with_labels(page: Page, sheet: Sheet) -> Page:
    """`page` as it is sorted: nothing indented by hand, and a line that begins with the label of an
    answer place stands in it, whatever follows the label and wherever the bookmark went."""
    labels = {
        without_white(line.text).rstrip("："): line.anchor
        for line in sheet.lines()
        if line.text and line.anchor.startswith("a_")
    }
    return replace(page, lines=tuple(_labelled(line.stripped(), labels) for line in page.lines))


def _labelled(line: PageLine, labels: Mapping[str, str]) -> PageLine:
    bare = without_white(line.text)
    anchor = next((a for label, a in labels.items() if bare.startswith(label)), "")
    return replace(line, anchors=(anchor,)) if anchor else line


def _unanswered(opinion: Case) -> Iterator[str]:
    """The suggestions nothing was written to."""
    labels = {suggestion.key: suggestion.label for suggestion in opinion.suggestions()}
    empty = [labels[reply.suggestions[0]] for reply in opinion.replies if not reply.paragraphs]
    if len(empty) == len(labels):
        yield "各条建议都还没有填写会办意见。"
    elif empty:
        yield f"建议{'、'.join(empty)}没有填写会办意见。"
