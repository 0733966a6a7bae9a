"""The 办理结果清单 as rows that may break across pages, and its borders (表格)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from desktop.letter.blocks import Line, Table
from desktop.letter.layout import (
    LABEL_COLUMN,
    NAME_COLUMN,
    Pt,
    is_short_row,
)
from desktop.paper.draw import Placed, Rule, SetLine
from desktop.paper.flow import SLACK, Keep, Part, Poured

BORDER: Pt = 0.5
PAD: Pt = 2.0  # over and under the lines of a cell
SIDE: Pt = 5.4  # left and right of them
CLAIM: Pt = 37.0  # see `_last_row`
COLUMNS_BESIDE = 2  # cells of a row beside the vertical label

SetCell = Callable[[Line, Pt], Sequence[SetLine]]  # a paragraph in a column so wide


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The table a row belongs to: its vertical borders, and its vertical label."""

    edges: tuple[Pt, ...]
    label: tuple[SetLine, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of a cell on one page. `middle`: a label, in the middle of its row where the row is
    whole."""

    x: Pt
    lines: tuple[SetLine, ...]
    middle: bool = False

    @property
    def height(self) -> Pt:
        """What the lines take."""
        return sum(line.height for line in self.lines)

    def split(self, room: Pt) -> tuple["Cell", "Cell"]:
        """The lines that stand in `room`, and the others."""
        cut = 0
        for line in self.lines:
            room -= line.height
            if room < -SLACK:
                break
            cut += 1
        return replace(self, lines=self.lines[:cut]), replace(self, lines=self.lines[cut:])


@dataclass(slots=True, kw_only=True)
class RowPart(Part):
    """A row or its piece on one page, the border over it included. `whole` rows go on no other
    page. The row under the table (落款) has no borders, hence no foot."""

    columns: Columns
    cells: tuple[Cell, ...]
    whole: bool = False
    broken: bool = False

    def split(self, room: Pt, *, must: bool) -> "tuple[RowPart, RowPart] | None":
        """The piece in `room` and the rest; None where no line of the text stands in it."""
        if self.whole and not must:
            return None
        room -= 2 * self.foot + 2 * PAD
        halves = [cell.split(room) for cell in self.cells]
        first, rest = (tuple(half[n] for half in halves) for n in (0, 1))
        if not first[-1].lines or not any(cell.lines for cell in rest):
            return None
        return self._piece(first, Keep.FREE), self._piece(rest, self.keep)

    def _piece(self, cells: tuple[Cell, ...], keep: Keep) -> "RowPart":
        height = row_height(cells, self.foot)
        return replace(
            self, cells=cells, height=height, keep=keep, opens=False, claim=0.0, broken=True
        )


def row_height(cells: Iterable[Cell], border: Pt = BORDER) -> Pt:
    """The height of a row of `cells` with the border over it; without one it is the foot, which has
    no room under its last line either."""
    pads = 2 * PAD if border else PAD
    return border + pads + max(cell.height for cell in cells)


def table_parts(
    table: Table, left: Pt, width: Pt, set_cell: SetCell, room: Sequence[SetLine]
) -> Iterator[RowPart]:
    """The rows of `table` in a column that begins at `left`, each set by `set_cell`; `room` goes
    under its foot."""
    edges = (left, left + LABEL_COLUMN / 20, left + (LABEL_COLUMN + NAME_COLUMN) / 20, left + width)
    label = tuple(set_cell(table.label, LABEL_COLUMN / 20 - 2 * SIDE))
    columns = Columns(edges, label)
    missing = row_height([Cell(edges[0], label)])  # what the rows are too low for the label
    for number, row in enumerate(table.rows, 1):
        cells = (
            _cell([row.label], edges[1], edges[2], set_cell, middle=True),
            _cell(row.cell, edges[2], edges[3], set_cell),
        )
        height = row_height(cells)
        if number == len(table.rows):
            height = max(height, missing)
        missing -= height
        yield RowPart(
            columns=columns,
            cells=cells,
            height=height,
            keep=Keep.NEXT if row.label.keep_next else Keep.FREE,
            foot=BORDER,
            opens=number == 1,
            whole=is_short_row(line.text for line in row.cell),
        )
    if table.last:
        cell = _cell(table.last, edges[0], edges[3], set_cell)
        yield _last_row(columns, cell, footed=bool(table.foot))
    if table.foot:
        cell = _cell(table.foot, edges[0] - SIDE, edges[3] + SIDE, set_cell)
        cell = replace(cell, lines=(*cell.lines, *room))
        height = row_height([cell], border=0.0)
        yield RowPart(columns=columns, cells=(cell,), height=height, whole=True)


def _last_row(columns: Columns, cell: Cell, *, footed: bool) -> RowPart:
    """The full-width row: kept with the foot, or with the text under the table.

    With the text, LibreOffice does so only on the page where the table begins, and as if the row
    were no lower than the vertical label less 37 pt (measured with labels of 3 to 7 characters).
    """
    claim = 0.0 if footed else sum(line.height for line in columns.label) - CLAIM
    return RowPart(
        columns=columns,
        cells=(cell,),
        height=row_height([cell]),
        keep=Keep.NEXT if footed else Keep.FREE,
        foot=BORDER,
        claim=claim,
    )


def _cell(
    paragraphs: Iterable[Line], left: Pt, right: Pt, set_cell: SetCell, *, middle: bool = False
) -> Cell:
    width = right - left - 2 * SIDE
    lines = tuple(line for paragraph in paragraphs for line in set_cell(paragraph, width))
    return Cell(left + SIDE, lines, middle)


@dataclass(frozen=True, slots=True)
class TablePiece:
    """What one page shows of a table: `top` of its first row, lines cell by cell, borders."""

    top: Pt
    lines: list[Placed]
    rules: list[Rule]


def table_pieces(pages: Sequence[Poured]) -> Iterator[list[TablePiece]]:
    """The pieces of tables on each of `pages`."""
    groups = [
        [(key, list(rows)) for key, rows in groupby(_rows(page), lambda row: row[1].columns)]
        for page in pages
    ]
    times = Counter(columns for page in groups for columns, rows in page if _is_beside(rows[0]))
    shown: Counter[Columns] = Counter()
    for page, following in zip(groups, [*groups[1:], []], strict=True):
        pieces = []
        for columns, rows in page:
            goes_on = any(columns is other and _is_beside(begun[0]) for other, begun in following)
            lines: list[Placed] = []
            beside = [row for row in rows if _is_beside(row)]
            if beside:
                label = columns.label[shown[columns] :]
                broken = times[columns] > 1
                lines += _label(columns, label, beside, broken=broken, goes_on=goes_on)
                shown[columns] += len(lines)
            for y, row in rows:
                at_end = goes_on and row is rows[-1][1]
                lines += _row_lines(y, row, whole=not row.broken and not at_end)
            pieces.append(TablePiece(rows[0][0], lines, list(_borders(columns, rows))))
        yield pieces


def _is_beside(row: tuple[Pt, RowPart]) -> bool:
    """Whether a row stands beside the vertical label: it has a label of its own."""
    return len(row[1].cells) == COLUMNS_BESIDE


def _rows(page: Poured) -> Iterator[tuple[Pt, RowPart]]:
    for y, part in page:
        if isinstance(part, RowPart):
            yield y, part


def _label(
    columns: Columns,
    label: Sequence[SetLine],
    rows: list[tuple[Pt, RowPart]],
    *,
    broken: bool,
    goes_on: bool,
) -> list[Placed]:
    """The vertical label beside `rows`: in their middle, or from the top in a broken table. What
    does not stand there goes on overleaf, or closer together where the rows end."""
    if not label:
        return []
    step = label[0].height
    top = rows[0][0] + BORDER + PAD
    room = rows[-1][0] + rows[-1][1].height - PAD - top
    if goes_on:
        label = label[: int((room + SLACK) // step)]
    else:
        step = min(step, room / len(label))
    y = top if broken else top + (room - len(label) * step) / 2
    x = columns.edges[0] + SIDE
    return [Placed(x, y + number * step, line) for number, line in enumerate(label)]


def _row_lines(y: Pt, row: RowPart, *, whole: bool) -> Iterator[Placed]:
    """The lines of a row. Its label stands in its middle, but in a row that is broken, or the last
    of a page's piece, at its top: LibreOffice has it so."""
    top = y + row.foot + PAD
    room = row.height - row.foot - 2 * PAD
    for cell in row.cells:
        at = top + (room - cell.height) / 2 if cell.middle and whole else top
        for line in cell.lines:
            if line.text:
                yield Placed(cell.x, at, line)
            at += line.height


def _borders(columns: Columns, rows: list[tuple[Pt, RowPart]]) -> Iterator[Rule]:
    """The borders of the ruled rows of a page; the last one closes the table's piece."""
    rows = [row for row in rows if row[1].foot]
    if not rows:
        return
    half = BORDER / 2
    first, second, third, last = columns.edges
    top, bottom = rows[0][0] + half, rows[-1][0] + rows[-1][1].height + half
    for number, (y, row) in enumerate(rows):
        left = second if number and len(row.cells) == COLUMNS_BESIDE else first
        yield Rule(left - half, y + half, last + half, y + half, BORDER)
    yield Rule(first - half, bottom, last + half, bottom, BORDER)
    yield Rule(first, top, first, bottom, BORDER)
    inner = [y for y, row in rows if len(row.cells) != COLUMNS_BESIDE]
    end = inner[0] + half if inner else bottom
    if end > top:
        yield Rule(second, top, second, end, BORDER)
        yield Rule(third, top, third, end, BORDER)
    yield Rule(last, top, last, bottom, BORDER)
