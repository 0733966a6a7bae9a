"""A working .docx comes home: the page gives the text, the case that left gives the structure.

The case is laid out again as it was printed; that tells which lines stood in each part, and which
characters of a line came from where (`blocks.Piece`). The lines of the page are sorted by part
(`places`) and set against the printed ones (`matching`); the case is rebuilt of them. What stands
outside every part is 未归位 in a return; a plain import puts it to its neighbour.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from db.enums import FieldState, Form
from desktop.errors import ComposeError, InputError
from desktop.letter import carriers
from desktop.letter.blocks import Line, Sheet
from desktop.letter.carriers import Carried, masked_case
from desktop.letter.case_file import ONE_LINE_FIELDS
from desktop.letter.clean import without_white
from desktop.letter.compose import FIELD_NAMES, compose, composed_text, title_lines
from desktop.letter.foreign.letter_reader import attachment_name
from desktop.letter.homecoming.identity import last_author
from desktop.letter.homecoming.places import Places, Put
from desktop.letter.homecoming.rebuilding import Rebuilding
from desktop.letter.homecoming.returned import Homecoming, Mark, Placed, Printed, Trace, Unplaced
from desktop.letter.model import ABSENT, COMPOSED, Case, Fields, own
from desktop.letter.pages.page import Page
from desktop.letter.pages.page_lines import PageLine
from desktop.letter.sheet import lay_out
from desktop.letter.wording import wording_names

_NOT_KNOWN = "认不出这份文件是哪份卷宗的来稿，没有收回任何内容，请先打开那份卷宗，再收回它。"
_PAGE_NUMBER = re.compile(r"[\s\d—–―－-]*")


def bring_home(
    page: Page, base: Case | None, printed: Printed | None, today: date, sheet: Sheet | None = None
) -> Homecoming:
    """A returned file (来稿) set against `base`, the case that left, as it was `printed`.

    Without `base` the file's own carriers serve (masked, if need be), without `printed` the
    settings whose headings it shows. `sheet` is what was printed where that was no letter (会办包).
    Raises `InputError` where neither base nor carriers are known.
    """
    carried = carriers.find(page.package) if page.package else None
    if base:
        printed = printed or _fitting(page, base, today)
        carried = Carried(base, False, printed, {})
    if not carried:
        raise InputError(_NOT_KNOWN)
    sheet = sheet or _sheet(carried, today)
    places = Places(page.lines, sheet, masked=carried.masked)
    case, rebuilding = _rebuilt(carried, sheet, [put for put in places.put if put.sure], today)
    rebuilding.strike_out(_struck(page.lines))
    return Homecoming(
        case,
        (*places.notes, *page.notes),
        tuple((part, tuple(marks)) for part, marks in rebuilding.marks.items() if marks),
        tuple(_remarks(page, places.put, case)),
        (*_outside(page, places.put), *_beside(page, sheet)),
        last_author(page.package) if page.package else "",
    )


def read_home(page: Page, carried: Carried, today: date) -> Homecoming:
    """The case of our own working copy, imported by what it carries: all of the page is in it.

    An issued case whose text was changed comes home as a draft.
    """
    sheet = _sheet(carried, today)
    places = Places(page.lines, sheet, masked=carried.masked)
    case, _ = _rebuilt(carried, sheet, places.put, today)
    notes = places.notes
    if case.issue and _is_changed(case, carried, today):
        notes.append("这份函件已定稿，回来的文字有改动，已作为草稿读入，请核对后重新定稿。")
        case = _reopened(case)
    return Homecoming(case, tuple(notes))


def _sheet(carried: Carried, today: date) -> Sheet:
    return lay_out(compose(carried.printed.applied(carried.case), today))


def _fitting(page: Page, base: Case, today: date) -> Printed:
    """The settings in which most lines of `base` are those of the page; its own where equal."""
    shown = {without_white(line.text) for line in page.lines}
    fitting, most = Printed(base.form, base.wording, base.head, base.layout), -1
    for form, wording in product((base.form, *Form), (base.wording, *wording_names())):
        printed = replace(fitting, form=form, wording=wording)
        try:
            lines = lay_out(compose(printed.applied(base), today)).lines()
        except ComposeError:
            continue
        found = len(shown & {without_white(line.text) for line in lines})
        if found > most:
            fitting, most = printed, found
    return fitting


def _rebuilt(
    carried: Carried, sheet: Sheet, put: Sequence[Put], today: date
) -> tuple[Case, Rebuilding]:
    expected: dict[str, list[Line]] = {}
    for line in sheet.lines():
        if line.anchor:
            expected.setdefault(line.anchor, []).append(line)
    shown: dict[str, list[PageLine]] = {}
    for one in put:
        if one.anchor:
            shown.setdefault(one.anchor, []).append(one.line)
    rebuilding = Rebuilding(expected, shown, masked=carried.masked)
    case = rebuilding.case(carried.case)
    return _with_fields(case, carried.printed, rebuilding, today), rebuilding


def _with_fields(case: Case, printed: Printed, rebuilding: Rebuilding, today: date) -> Case:
    """The fields as the page has them; one that still says what was composed stays composed."""
    printed_case = replace(case, wording=printed.wording)
    fields = {name: getattr(case.fields, name) for name in FIELD_NAMES}
    for name, before in fields.items():
        found = [words for words in rebuilding.words(name) if words.line.text.strip()]
        lines = [_field_line(name, words.source, words.line) for words in found]
        texts = tuple(line.text for line in lines)
        breaks = "" if name in ONE_LINE_FIELDS else "\n"
        if name == "title" and title_lines(case, "".join(texts)) == texts:
            breaks = ""  # they are the program's, not the handler's
        rebuilding.mark(name, lines, breaks)
        if rebuilding.is_unchanged(name):
            continue
        if not lines:
            fields[name] = ABSENT if rebuilding.is_printed(name) else before
            continue
        text = breaks.join(texts)
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


def _field_line(name: str, source: str, line: PageLine) -> PageLine:
    """A new line of the 附件说明 has its number taken off."""
    if name != "attachments" or source:
        return line
    text = attachment_name(line.text)
    start = line.text.rfind(text)
    return line.part(start, start + len(text)) if start >= 0 else replace(line, text=text)


def _struck(lines: Sequence[PageLine]) -> dict[str, Mark]:
    """Who struck out which paragraph, by its words."""
    return {
        words: mark
        for line in lines
        for mark in line.marks
        if mark.kind in (Trace.DELETED, Trace.MOVED_AWAY)
        for words in mark.text.split("\n")
        if words
    }


def _remarks(page: Page, put: Sequence[Put], case: Case) -> Iterator[Placed]:
    """The comments, each with the reply or the field that it stands at."""
    answering = {key: reply.key for reply in case.replies for key in reply.suggestions}
    at = {one.number: one.near for one in put}
    for remark in page.remarks:
        anchor = at.get(remark.line, "")
        kind, _, rest = anchor.partition("_")
        key = rest.partition("_")[0]
        place = {"r": key, "s": answering.get(key, ""), "a": answering.get(key, "")}
        yield Placed(remark, place.get(kind, anchor))


def _outside(page: Page, put: Sequence[Put]) -> Iterator[Unplaced]:
    """The lines outside every part of the letter."""
    before, so_far = [], ""
    for line in page.lines:
        before.append(so_far)
        so_far = line.text if line.text.strip() else so_far
    for one in put:
        if not one.sure and one.line.text.strip():
            came = (mark for mark in one.line.marks if mark.kind is Trace.INSERTED)
            author, at = next(((mark.author, mark.at) for mark in came), ("", ""))
            where = "文本框" if one.line.boxed else ""
            yield Unplaced(one.line.text, before[one.number], author, at, where)


def _beside(page: Page, sheet: Sheet) -> Iterator[Unplaced]:
    """Footnotes, and what heads and feet say that we did not print there."""
    ours = {sheet.mark, sheet.category.text if sheet.category else ""}
    for aside in page.asides:
        lines = [
            text
            for text in aside.text.split("\n")
            if aside.line >= 0 or not (text.strip() in ours or _PAGE_NUMBER.fullmatch(text))
        ]
        if lines:
            after = page.lines[aside.line].text if aside.line >= 0 else ""
            yield Unplaced("\n".join(lines), after, where=aside.where)


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
