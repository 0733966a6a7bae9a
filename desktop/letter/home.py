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
from desktop.letter.align import Found, align
from desktop.letter.blocks import Line, Sheet
from desktop.letter.carriers import Carried
from desktop.letter.clean import without_white
from desktop.letter.compose import FIELD_NAMES, compose, composed_text, title_lines
from desktop.letter.facts import attachment_name
from desktop.letter.keys import derived_key
from desktop.letter.model import ABSENT, Case, Fields, Paragraph, Reply, Suggestion, own
from desktop.letter.numerals import ordinal_of
from desktop.letter.page import Page, PageLine
from desktop.letter.sheet import lay_out


def bring_home(page: Page, carried: Carried, today: date) -> Case:
    """The case of a returned .docx: its own structure, keys and settings, the page's text."""
    sheet = lay_out(compose(carried.printed, today))
    expected = _by_anchor(sheet)
    if any(anchor in expected for line in page.lines for anchor in line.anchors):
        shown = _by_bookmark(page.lines, expected, sheet)
    else:
        shown = _by_likeness(page.lines, sheet, masked=carried.masked)
    texts = _Texts()
    for anchor, lines in expected.items():
        found = align(lines, shown.get(anchor, []), masked=carried.masked)
        texts.take(anchor, found)
    case = replace(
        carried.case,
        proposals=tuple(
            replace(p, suggestions=tuple(_suggestion(s, texts) for s in p.suggestions))
            for p in carried.case.proposals
        ),
        replies=tuple(_reply(r, texts) for r in carried.case.replies),
    )
    return _with_fields(case, carried.printed, expected, texts, today)


def _by_anchor(sheet: Sheet) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    for line in sheet.lines():
        if line.anchor:
            groups.setdefault(line.anchor, []).append(line)
    return groups


def _by_bookmark(
    lines: Iterable[PageLine], expected: dict[str, list[Line]], sheet: Sheet
) -> dict[str, list[str]]:
    """The page's lines under each anchor; a line outside every bookmark goes with its cell's, or
    with the line before it, or, right under a heading of ours, with the line after it."""
    lines = list(lines)
    headings = {without_white(line.text) for line in sheet.lines() if not line.anchor} - {""}
    of_cell = {line.cell: a for line in lines if line.cell for a in line.anchors if a in expected}
    shown: dict[str, list[str]] = {}
    current, waiting = "", list[str]()
    for line in lines:
        anchor = next((a for a in line.anchors if a in expected), "")
        if without_white(line.text) in headings:  # even where a bookmark lost its end
            current = ""
            continue
        if not anchor and not line.text.strip():
            continue
        anchor = anchor or (of_cell.get(line.cell, "") if line.cell else "") or current
        if not anchor:
            waiting.append(line.text)
            continue
        shown.setdefault(anchor, []).extend([*waiting, line.text])
        current, waiting = anchor, []
    if waiting and shown:
        shown[list(shown)[-1]].extend(waiting)
    return shown


def _by_likeness(lines: Iterable[PageLine], sheet: Sheet, *, masked: bool) -> dict[str, list[str]]:
    """The page's lines under each anchor where a word processor dropped every bookmark."""
    shown: dict[str, list[str]] = {}
    current = ""
    for item in align(list(sheet.lines()), [line.text for line in lines], masked=masked):
        if item.line is not None and not item.line.anchor:
            continue
        current = item.line.anchor if item.line else current
        shown.setdefault(current, []).append(item.text)
    return shown


@dataclass
class _Texts:
    """The text found for every source, and the lines that are new, by anchor and predecessor."""

    of: dict[str, list[str]] = field(default_factory=dict)
    new: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # (source before, text)

    def take(self, anchor: str, found: Sequence[Found]) -> None:
        """Sort the lines of one anchor."""
        before = ""
        for item in found:
            if item.line is None and anchor in FIELD_NAMES:
                text = attachment_name(item.text) if anchor == "attachments" else item.text
                self.of.setdefault(anchor, []).append(text)
                continue
            if item.line is None:
                self.new.setdefault(anchor, []).append((before, item.text))
                continue
            for source, text in item.parts:
                self.of.setdefault(source, []).append(text)
                before = source

    def joined(self, source: str, anchor: str) -> str:
        """The text of a source of several lines, new lines of its anchor included."""
        lines = list(self.of.get(source, []))
        lines += [text for before, text in self.new.get(anchor, []) if before == source]
        return "\n".join(lines)


def _suggestion(suggestion: Suggestion, texts: _Texts) -> Suggestion:
    anchor = f"s_{suggestion.key}"
    first, *rest = texts.joined(f"{suggestion.key}.text", anchor).split("\n")
    elaboration = texts.joined(f"{suggestion.key}.elaboration", anchor)
    lines = [*rest, *([elaboration] if elaboration else [])]
    return replace(suggestion, text=first, elaboration="\n".join(lines))


def _reply(reply: Reply, texts: _Texts) -> Reply:
    """Known paragraphs in their order; new ones where they stand on the page, which in an empty
    cell is after all others."""
    anchor = f"r_{reply.key}"
    cells: list[tuple[str, Outcome | None]] = [(f"{anchor}_{o}", o) for o in Outcome]
    paragraphs = _new_paragraphs(reply, anchor, None, "", texts)
    tops = {outcome: _new_paragraphs(reply, cell, outcome, "", texts) for cell, outcome in cells}
    for paragraph in reply.paragraphs:
        paragraphs += tops.pop(paragraph.outcome, [])
        text = _text_of(paragraph, texts)
        if text:
            paragraphs.append(replace(paragraph, text=text))
        for place, outcome in [(anchor, None), *cells]:
            paragraphs += _new_paragraphs(reply, place, outcome, paragraph.key, texts)
    for new in tops.values():
        paragraphs += new
    if paragraphs and paragraphs[0].runs_on:  # what it continued is gone
        paragraphs[0] = replace(paragraphs[0], runs_on=reply.paragraphs[0].runs_on)
    return replace(reply, paragraphs=tuple(paragraphs))


def _text_of(paragraph: Paragraph, texts: _Texts) -> str:
    """The paragraph's text on the page, with the typed ordinal the wording's own stood in for."""
    text = "".join(texts.of.get(paragraph.key, []))
    typed = ordinal_of(paragraph.text) if paragraph.level else ""
    return text if not text or text.startswith(typed) else typed + text


def _new_paragraphs(
    reply: Reply, place: str, outcome: Outcome | None, before: str, texts: _Texts
) -> list[Paragraph]:
    return [
        Paragraph(derived_key(reply.key, before, str(n), text), text, outcome)
        for n, (source, text) in enumerate(texts.new.get(place, []))
        if source == before
    ]


def _with_fields(
    case: Case, printed: Case, expected: dict[str, list[Line]], texts: _Texts, today: date
) -> Case:
    """The fields as the page has them; one that still says what was composed stays composed."""
    printed_case = replace(case, wording=printed.wording)
    fields = {name: getattr(case.fields, name) for name in FIELD_NAMES}
    for name, before in fields.items():
        lines = tuple(line for line in texts.of.get(name, []) if line.strip())
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
