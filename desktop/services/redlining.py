"""修订: one sheet with what changed since another one marked in it, by character.

Lines belong to parts: a field, a suggestion or a reply, with the form's own words before it. A part
that is there before and after is compared by itself. A line is kept, edited, inserted or deleted;
what was moved is deleted here and inserted there. Whoever accepts everything has `after`, whoever
rejects everything has `before`, paragraph for paragraph.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import chain, pairwise

from desktop.errors import ComposeError
from desktop.letter.blocks import Line, Piece, Revised, Role, Row, Sheet, Table
from desktop.letter.homecoming.align import groups
from desktop.services.differences import Change, differences

_REVISED = {
    Change.SAME: Revised.NO,
    Change.REMOVED: Revised.DELETED,
    Change.ADDED: Revised.INSERTED,
}


def redlined(before: Sheet, after: Sheet) -> Sheet:
    """`after` with what changed since `before`; the head of the page is that of `after`.

    A title is one line with line breaks in it. `ComposeError` where one is 叙述式 and the other
    清单式.
    """
    (head, table, tail), (new_head, new_table, new_tail) = _cut(before), _cut(after)
    if bool(table) is not bool(new_table):
        raise ComposeError(
            "那一版和现在的函件一份是叙述式、一份是清单式，标不出修订，没有导出，"
            "请选形式相同的一版，或先换成同一种形式。"
        )
    body: list[Line | Table] = [*_lines(head, new_head)]
    if table and new_table:
        body += [_table(table, new_table), *_lines(tail, new_tail)]
    copies = next(iter(_lines(_listed(before.copies), _listed(after.copies))), None)
    return replace(after, body=tuple(body), copies=copies)


def count_changes(sheet: Sheet) -> int:
    """How many lines of a redline show a change."""
    return sum(line.is_revised for line in sheet.lines())


def _listed(line: Line | None) -> list[Line]:
    return [line] if line else []


def _cut(sheet: Sheet) -> tuple[list[Line], Table | None, list[Line]]:
    """What stands before the 清单 (all of a 叙述式), the 清单, what stands after it."""
    lines: tuple[list[Line], list[Line]] = ([], [])
    table = None
    for block in sheet.body:
        if isinstance(block, Table):
            table = block
        else:
            lines[table is not None].append(block)
    return lines[0], table, lines[1]


def _table(before: Table, after: Table) -> Table:
    """Row by row, as their cells are anchored. The first stays the first: it holds the vertical
    label of all."""
    (first, *old), (new_first, *new) = before.rows, after.rows
    rows = [_edited_row(first, new_first)]
    for same, a, b, c, d in _opcodes(map(_anchor, old), map(_anchor, new)):
        if same:
            rows += map(_edited_row, old[a:b], new[c:d])
        else:
            rows += [_whole_row(row, Revised.DELETED) for row in old[a:b]]
            rows += [_whole_row(row, Revised.INSERTED) for row in new[c:d]]
    return replace(
        after,
        rows=tuple(rows),
        last=tuple(_lines(before.last, after.last)),
        foot=tuple(_lines(before.foot, after.foot)),
    )


def _anchor(row: Row) -> str:
    return row.cell[0].anchor


def _edited_row(before: Row, after: Row) -> Row:
    return Row(_edited(before.label, after.label), tuple(_lines(before.cell, after.cell)))


def _whole_row(row: Row, change: Revised) -> Row:
    return Row(_whole(row.label, change), tuple(_whole(line, change) for line in row.cell))


def _lines(before: Sequence[Line], after: Sequence[Line]) -> list[Line]:
    """The lines of both, part by part."""
    once = _said_once(before) & _said_once(after)
    (names, old), (new_names, new) = _parts(before, once), _parts(after, once)
    lines: list[Line] = []
    for same, a, b, c, d in _opcodes(names, new_names):
        if same:
            lines += chain.from_iterable(map(_part, old[a:b], new[c:d]))
        else:
            lines += _part([*chain(*old[a:b])], [*chain(*new[c:d])])
    blanks = [n for n, line in enumerate(lines) if not line.pieces and not line.change]
    return [*chain(*(_ended(lines[a:b]) for a, b in pairwise([0, *blanks, len(lines)])))]


def _ended(lines: list[Line]) -> list[Line]:
    """`lines` whose last end stays where it can: what is added there begins with the end of the
    line before it, as where a person types Enter.

    The last end of a cell cannot come or go, nor can the one before the 清单; with one before an
    empty line LibreOffice takes that line too.
    """
    kept = max((n for n, line in enumerate(lines) if not line.change), default=len(lines))
    if len({line.role for line in lines[kept:]}) != 1:
        return lines
    ends = [line.change for line in lines]
    ends.append(ends.pop(kept))
    return [replace(line, change=end) for line, end in zip(lines, ends, strict=True)]


def _said_once(lines: Iterable[Line]) -> set[str]:
    """The form's own words, such as a heading over all replies, by which a place is known."""
    counts = Counter(line.text for line in lines if not line.anchor)
    return {text for text, count in counts.items() if count == 1}


def _parts(lines: Iterable[Line], once: set[str]) -> tuple[list[str], list[list[Line]]]:
    """The names of the parts and their lines: those of an anchor with the form's words before them,
    or words that are said `once`. A title's lines are one."""
    names: list[str] = []
    parts: list[list[Line]] = []
    for line in lines:
        name = line.anchor or (line.text if line.text in once else "")
        if names and names[-1] == name and line.role is Role.TITLE:
            title = parts[-1].pop()
            line = replace(line, pieces=(*title.pieces, Piece("\n"), *line.pieces))
        if not names or names[-1] not in ("", name):
            names.append(name)
            parts.append([])
        names[-1] = name
        parts[-1].append(line)
    return names, parts


def _part(before: list[Line], after: list[Line]) -> Iterator[Line]:
    """The lines of both: the same, edited, deleted and inserted ones."""
    old, new = ([(line.role, line.text) for line in lines] for lines in (before, after))
    for same, a, b, c, d in _opcodes(old, new):
        if same:
            yield from after[c:d]
            continue
        edited = _edits(before[a:b], after[c:d])
        for (i, j), (n, m) in pairwise([(-1, -1), *edited, (d - c, b - a)]):
            yield from (_whole(line, Revised.DELETED) for line in before[a + j + 1 : a + m])
            yield from (_whole(line, Revised.INSERTED) for line in after[c + i + 1 : c + n])
            if c + n < d:
                yield _edited(before[a + m], after[c + n])


def _edits(before: list[Line], after: list[Line]) -> Iterator[tuple[int, int]]:
    """(after, before) pairs in order, of one role each: those that are alike, and between these
    what stands in the other's place, from the end."""
    found = groups([line.text for line in before], [line.text for line in after])
    alike = [(group.first, group.start) for group in found]
    for (i, j), (n, m) in pairwise([(-1, -1), *alike, (len(after), len(before))]):
        between = [(n - k, m - k) for k in range(min(n - i, m - j) - 1, 0, -1)]
        ours = [(n, m)] if n < len(after) else []
        yield from (p for p in between + ours if after[p[0]].role is before[p[1]].role)


def _opcodes(
    old: Iterable[object], new: Iterable[object]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Whether they are the same, and from where to where in each, in order."""
    for tag, a, b, c, d in SequenceMatcher(None, [*old], [*new], autojunk=False).get_opcodes():
        yield tag == "equal", a, b, c, d


def _edited(before: Line, after: Line) -> Line:
    """`after` with the words that changed."""
    if before.text == after.text:
        return after
    runs = differences(before.text, after.text)
    return replace(
        after, pieces=tuple(Piece(run.text, change=_REVISED[run.change]) for run in runs)
    )


def _whole(line: Line, change: Revised) -> Line:
    """`line` with its end inserted or deleted; a deleted one belongs to nothing any more."""
    pieces = tuple(replace(piece, change=change) for piece in line.pieces)
    anchor = line.anchor if change is Revised.INSERTED else ""
    return replace(line, pieces=pieces, anchor=anchor, change=change)
