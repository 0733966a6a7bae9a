"""A working .docx comes home: the page gives the text, the carriers give the structure.

The case the file carries is laid out again as it was printed; that tells, for each bookmark, which
lines stood there and which characters of a line came from which part of the case (`blocks.Piece`).
The lines found on the page are set against them: an unchanged line gives its pieces back as they
were, a changed one is divided among the same parts, a new one becomes a new paragraph of the reply
it stands in, one that is gone is gone. Text outside every bookmark goes with what stands before.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.enums import FieldState, Outcome
from desktop.errors import InputError
from desktop.letter import carriers
from desktop.letter.align import Found, align
from desktop.letter.blocks import Line, Sheet
from desktop.letter.carriers import Carried, masked_case
from desktop.letter.clean import without_white
from desktop.letter.compose import FIELD_NAMES, compose, composed_text, title_lines
from desktop.letter.keys import derived_key
from desktop.letter.letter_reader import attachment_name
from desktop.letter.model import ABSENT, COMPOSED, Case, Fields, Paragraph, Reply, Suggestion, own
from desktop.letter.numerals import ordinal_of
from desktop.letter.page import Page, PageLine
from desktop.letter.places import NEIGHBOURS, Places
from desktop.letter.returned import Homecoming, Printed
from desktop.letter.sheet import lay_out

_NOT_KNOWN = "认不出这份文件是哪份卷宗的来稿，没有收回任何内容，请先打开那份卷宗，再收回它。"


def bring_home(page: Page, base: Case | None, printed: Printed | None, today: date) -> Homecoming:
    """A returned file (来稿) set against `base`, the case that left, printed as `printed` says."""
    carried = carriers.find(page.package) if page.package else None
    if base:
        own_settings = Printed(base.form, base.wording, base.head, base.layout)
        carried = Carried(base, False, printed or own_settings, {})
    if not carried:
        raise InputError(_NOT_KNOWN)
    return read_home(page, carried, today)


def read_home(page: Page, carried: Carried, today: date) -> Homecoming:
    """The case of our working copy: its own structure, keys and settings, the page's text.

    An issued case whose text was changed comes home as a draft.
    """
    sheet = lay_out(compose(carried.printed.applied(carried.case), today))
    expected = _by_anchor(sheet)
    notes: list[str] = []
    if any(anchor in expected for line in page.lines for anchor in line.anchors):
        places = Places(page.lines, sheet)
        shown, notes = places.shown, places.notes
    else:
        shown = _by_likeness(page.lines, sheet, masked=carried.masked)
    texts = _Texts()
    for anchor in (*expected, *(name for name in shown if name not in expected)):
        found = align(expected.get(anchor, []), shown.get(anchor, []), masked=carried.masked)
        texts.take(anchor, found)
    case = replace(
        carried.case,
        proposals=tuple(
            replace(p, suggestions=tuple(_suggestion(s, texts) for s in p.suggestions))
            for p in carried.case.proposals
        ),
        replies=tuple(_reply(r, texts) for r in carried.case.replies),
    )
    case = _with_fields(case, carried.printed.applied(carried.case), expected, texts, today)
    if case.issue and _is_changed(case, carried, today):
        notes.append("这份函件已定稿，回来的文字有改动，已作为草稿读入，请核对后重新定稿。")
        case = _reopened(case)
    return Homecoming(case, tuple(notes))


def _by_anchor(sheet: Sheet) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for line in sheet.lines():
        if line.anchor:
            groups.setdefault(line.anchor, []).append(line)
    return groups


def _by_likeness(lines: Iterable[PageLine], sheet: Sheet, *, masked: bool) -> dict[str, list[str]]:
    """The page's lines under each anchor where a word processor dropped every bookmark."""
    shown: dict[str, list[str]] = {}
    current = ""
    for item in align(list(sheet.lines()), [line.text for line in lines], masked=masked):
        if item.line is not None and not item.line.anchor:
            continue
        current = item.line.anchor if item.line else NEIGHBOURS.get(current, ("", current))[1]
        shown.setdefault(current, []).append(item.text)
    return shown


@dataclass
class _Texts:
    """What was found on the page: by anchor in the page's order, and by source."""

    by_anchor: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # (source, text)
    of: dict[str, list[str]] = field(default_factory=dict)
    breaks: set[str] = field(default_factory=set)  # sources that begin a line and did not before

    def take(self, anchor: str, found: Sequence[Found]) -> None:
        """Sort the lines of one anchor; a new line has no source."""
        for item in found:
            parts = item.parts if item.line else (("", item.text),)
            for source, text in parts:
                self.by_anchor.setdefault(anchor, []).append((source, text))
                self.of.setdefault(source, []).append(text)
            first = next((source for source, text in parts if text), "")
            if item.line and first != _first_source(item.line):
                self.breaks.add(first)


def _first_source(line: Line) -> str:
    return next((piece.source for piece in line.pieces if piece.source and piece.text), "")


def _suggestion(suggestion: Suggestion, texts: _Texts) -> Suggestion:
    """Its text is the line that was it; every other line belongs to the elaboration."""
    wanted = f"{suggestion.key}.text"
    found = texts.by_anchor.get(f"s_{suggestion.key}", [])
    text = next((text for source, text in found if source == wanted), "")
    elaboration = [text for source, text in found if source != wanted]
    return replace(suggestion, text=text, elaboration="\n".join(elaboration))


def _reply(reply: Reply, texts: _Texts) -> Reply:
    """Its paragraphs in the page's order. In the 清单 the order between cells is the one they had;
    what is new in a cell stands where it stands there."""
    anchor = f"r_{reply.key}"
    known = {paragraph.key: paragraph for paragraph in reply.paragraphs}
    paragraphs = _paragraphs(reply, texts.by_anchor.get(anchor, []), None, known, texts)
    cells = {
        outcome: _paragraphs(
            reply, texts.by_anchor.get(f"{anchor}_{outcome}", []), outcome, known, texts
        )
        for outcome in Outcome
    }
    for paragraph in reply.paragraphs:
        cell = cells.get(paragraph.outcome, []) if paragraph.outcome else []
        while cell:
            paragraphs.append(cell.pop(0))
            if paragraphs[-1].key in known:
                break
    for cell in cells.values():
        paragraphs += cell
    return replace(reply, paragraphs=tuple(paragraphs))


def _paragraphs(
    reply: Reply,
    found: list[tuple[str, str]],
    outcome: Outcome | None,
    known: dict[str, Paragraph],
    texts: _Texts,
) -> list[Paragraph]:
    """The paragraphs of one place; a new one has its place's outcome and a key derived from it."""
    made: list[Paragraph] = []
    for number, (source, text) in enumerate(found):
        if source in known:
            paragraph = replace(known[source], text=_text_of(known[source], texts))
            if outcome is None and source in texts.breaks:  # the page shows a break before it
                paragraph = replace(paragraph, runs_on=False)
            if paragraph.text and paragraph not in made:
                made.append(paragraph)
        elif text:
            key = derived_key(reply.key, str(outcome), str(number), text)
            first_half = known.get(source.removeprefix("+"))
            made.append(Paragraph(key, text, first_half.outcome if first_half else outcome))
    return made


def _text_of(paragraph: Paragraph, texts: _Texts) -> str:
    """The paragraph's text on the page, with the typed ordinal the wording's own stood in for."""
    text = "".join(texts.of.get(paragraph.key, []))
    typed = ordinal_of(paragraph.text) if paragraph.level else ""
    return text if not text or text.startswith(typed) else typed + text


def _with_fields(
    case: Case, printed: Case, expected: dict[str, list[Line]], texts: _Texts, today: date
) -> Case:
    """The fields as the page has them; one that still says what was composed stays composed."""
    printed_case = replace(case, wording=printed.wording)
    fields = {name: getattr(case.fields, name) for name in FIELD_NAMES}
    for name, before in fields.items():
        found = texts.by_anchor.get(name, [])
        lines = tuple(_field_line(name, source, text) for source, text in found if text.strip())
        if not lines:
            fields[name] = ABSENT if name in expected else before
            continue
        text = "\n".join(lines)
        if name == "title" and title_lines(case, "".join(lines)) == lines:
            text = "".join(lines)  # the breaks are the program's, not the handler's
        if before.state is not FieldState.COMPOSED or not _is_composed(
            printed_case, name, text, today
        ):
            fields[name] = own(text)
        elif case.issue:
            fields[name] = replace(before, text=text)
    return replace(case, fields=Fields(**fields))


def _is_composed(case: Case, name: str, text: str, today: date) -> bool:
    shown = without_white(text)
    year = re.search(r"\d{4}", shown)
    if year and name in ("date", "document_number") and not case.issue:
        # a place still to be filled in shows the year it was printed in
        today = today.replace(year=max(1, int(year[0])), day=min(today.day, 28))
    return shown == without_white(composed_text(case, name, today))


def _field_line(name: str, source: str, text: str) -> str:
    """A new line of the 附件说明 has its number taken off."""
    return attachment_name(text) if name == "attachments" and not source else text


def _is_changed(case: Case, carried: Carried, today: date) -> bool:
    """Whether a returned case prints something else; of masked texts the lengths are compared, and
    the replies' digests."""
    if any(reply.sha256 != carried.sha256.get(reply.key) for reply in case.replies):
        return True
    before, after = (
        [line.text for line in lay_out(compose(one, today)).lines() if line.text]
        for one in (carried.case, masked_case(case) if carried.masked else case)
    )
    return before != after


def _reopened(case: Case) -> Case:
    """A draft again: what was composed is composed anew."""
    fields = {name: getattr(case.fields, name) for name in FIELD_NAMES}
    composed = {n: COMPOSED for n, value in fields.items() if value.state is FieldState.COMPOSED}
    return replace(case, issue=None, fields=replace(case.fields, **composed))
