"""Several 会办包 in one file: whoever gathers the answers pastes them one behind the other."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from desktop.letter.blocks import Role, Sheet
from desktop.letter.clean import without_white
from desktop.letter.homecoming.returned import Homecoming, Mark, Trace
from desktop.letter.pages.page import Page


def cut(page: Page, sheet: Sheet) -> tuple[Page, ...]:
    """The page in pieces, one for each time the title of `sheet` stands on it.

    The file's carriers speak of the first one; what stands beside the page stays with it, and so
    do its notes.
    """
    title = next(
        (without_white(line.text) for line in sheet.lines() if line.role is Role.TITLE), ""
    )
    bare = [without_white(line.text) for line in page.lines]
    begins = [n for n, text in enumerate(bare) if title and text.startswith(title)]
    cuts = [0]
    for begin in begins[1:]:
        while bare[begin - 1] in ("", without_white(sheet.mark)):
            begin -= 1
        cuts.append(begin)
    return tuple(_pieces(page, [*cuts, len(page.lines)])) if len(cuts) > 1 else (page,)


def _pieces(page: Page, cuts: list[int]) -> Iterator[Page]:
    for start, end in pairwise(cuts):
        piece = Page(
            page.lines[start:end],
            remarks=tuple(
                replace(one, line=one.line - start)
                for one in page.remarks
                if start <= one.line < end or (one.line < 0 and not start)
            ),
            asides=tuple(
                replace(one, line=one.line - start if one.line >= 0 else -1)
                for one in page.asides
                if start <= one.line < end or (one.line < 0 and not start)
            ),
        )
        yield piece if start else replace(piece, notes=page.notes, package=page.package)


def joined(first: Homecoming, then: Homecoming) -> Homecoming:
    """Both as one; `then` was set against the case of `first`, and its own words are its unit's."""
    known = {p.key for reply in first.case.replies for p in reply.paragraphs}
    marks = dict(then.marks)
    for reply in then.case.replies:
        for p in reply.paragraphs:
            if p.key not in known and p.key not in marks:
                whole = Mark(Trace.INSERTED, 0, len(p.text), p.text, then.author)
                marks[p.key] = (whole,)
    said = (
        f"这份文件里还有{then.author}的会办包，它的意见一并读出，标明是它的，"
        "它的“返回”请在“会办”里标上。"
    )
    others = () if then.assignment == first.assignment else (said,)
    return replace(
        first,
        case=then.case,
        notes=(*first.notes, *others, *(f"{then.author}：{note}" for note in then.notes)),
        marks=(*first.marks, *marks.items()),
        remarks=(*first.remarks, *then.remarks),
        unplaced=(*first.unplaced, *then.unplaced),
    )
