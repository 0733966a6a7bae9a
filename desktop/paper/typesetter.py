"""`Sheet` → pages (排版): the door to everything of `paper` that is pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.letter.blocks import Line, Piece, Role, Sheet
from desktop.letter.layout import (
    CHARACTER,
    COPIES_GAP,
    Layout,
    Pt,
    copies_room,
    right_indents,
)
from desktop.paper import frame
from desktop.paper.draw import Page, Placed, SetLine
from desktop.paper.faces import FaceTables
from desktop.paper.flow import LinePart, Part, Poured, paragraph_parts, pour
from desktop.paper.setting import LineSetter, ParagraphStyle
from desktop.paper.styles import styles
from desktop.paper.tables import TablePiece, table_parts, table_pieces

TINY: Pt = 0.1  # the empty paragraph the .docx has after the 抄送's frame


class Typesetter:
    """Sets letters in the faces it was given (排版).

    It remembers the paragraphs of its last letter and the pages it made of them: a keystroke sets
    one paragraph anew, and a page that did not change comes back as the same object.
    """

    def __init__(self, tables: FaceTables) -> None:
        """Measure with `tables`."""
        self._setter = LineSetter(tables)
        self._known: dict[object, tuple[SetLine, ...]] = {}
        self._before: dict[object, tuple[SetLine, ...]] = {}  # those of the letter before
        self._pages: tuple[Page, ...] = ()

    def pages(self, sheet: Sheet, layout: Layout) -> tuple[Page, ...]:
        """The pages of `sheet`; there is always one."""
        self._before, self._known = self._known, {}
        made = _Work(self, sheet, layout).pages()
        old = self._pages
        self._pages = tuple(
            old[n] if n < len(old) and old[n] == page else page for n, page in enumerate(made)
        )
        return self._pages

    def lines(
        self,
        role: Role | None,
        pieces: tuple[Piece, ...],
        bases: tuple[int, ...],
        style: ParagraphStyle,
        width: Pt,
    ) -> tuple[SetLine, ...]:
        """The lines of a paragraph, from memory where it was set before."""
        key = (role, pieces, bases, style, width)
        found = self._known.get(key) or self._before.get(key)
        if found is None:
            found = self._setter.lines(role, pieces, bases, style, width)
        self._known[key] = found
        return found


class _Work:
    """One letter on its way to pages."""

    def __init__(self, typesetter: Typesetter, sheet: Sheet, layout: Layout) -> None:
        self._typesetter, self._sheet, self._layout = typesetter, sheet, layout
        self._styles = styles(layout)
        self._width, self._left = frame.text_width(layout), frame.left_edge(layout)
        self._printed: Counter[str] = Counter()  # characters of each source so far
        organs = [line.text for line in sheet.lines() if line.role is Role.SIGNATURE]
        dated = next((line.text for line in sheet.lines() if line.role is Role.DATE), "")
        self._indents = right_indents(organs, dated, sealed=sheet.sealed)

    def pages(self) -> Iterator[Page]:
        """The pages of the letter."""
        copies = self._copies()
        parts = list(self._parts(self._room(copies)))
        poured = pour(parts, frame.areas(self._sheet, self._layout))
        tables = table_pieces(poured)
        for number, (page, pieces) in enumerate(zip(poured, tables, strict=True), 1):
            lines = list(self._body(page, pieces))
            rules = [rule for piece in pieces for rule in piece.rules]
            if number == len(poured):
                lines += copies
            if number == 1 and self._sheet.framed:
                lines = [*self._head(), *lines]
                rules += frame.rules(self._sheet)
            else:
                lines.append(frame.page_number(number, self._layout, self._words))
            yield Page(number, tuple(lines), tuple(rules))

    def _body(self, page: Poured, pieces: Sequence[TablePiece]) -> Iterator[Placed]:
        """The lines of the 版心 from top to bottom, a table's cell by cell."""
        tops = {piece.top: piece.lines for piece in pieces}
        for y, part in page:
            if isinstance(part, LinePart):
                if part.line.text:
                    yield Placed(self._left, y, part.line)
            else:
                yield from tops.get(y, ())

    def _parts(self, room: Sequence[SetLine]) -> Iterator[Part]:
        """The letter in the order of the paper; under its foot, `room` for the 抄送."""
        title: list[Line] = []
        for block in self._sheet.body:
            if isinstance(block, Line) and block.role is Role.TITLE:
                title.append(block)
                continue
            yield from self._title(title)
            title = []
            if isinstance(block, Line):
                yield from self._paragraph(block)
            else:
                yield from table_parts(block, self._left, self._width, self._set, room)
        yield from self._title(title)
        if room and self._sheet.body and isinstance(self._sheet.body[-1], Line):
            yield from paragraph_parts(room, after=TINY)

    def _title(self, lines: Sequence[Line]) -> Iterator[LinePart]:
        """The lines of the title are one paragraph."""
        pieces: list[Piece] = []
        for line in lines:
            pieces += [Piece("\n"), *line.pieces] if pieces else line.pieces
        if lines:
            yield from self._paragraph(replace(lines[-1], pieces=tuple(pieces)))

    def _paragraph(self, line: Line) -> tuple[LinePart, ...]:
        style = self._styles[line.role]
        made = self._set(line, self._width)
        keep = line.keep_next or style.keep_next
        return paragraph_parts(made, after=style.after, keep=keep)

    def _set(self, line: Line, width: Pt) -> tuple[SetLine, ...]:
        paragraph = self._styles[line.role].paragraph
        if line.role in (Role.SIGNATURE, Role.DATE):
            right = round(self._indents.get(line.text, 0) * CHARACTER) / 20
            paragraph = replace(paragraph, right=right)
        bases = []
        for piece in line.pieces:
            bases.append(self._printed[piece.source])
            self._printed[piece.source] += len(piece.text) - piece.text.count("\n")
        return self._typesetter.lines(line.role, line.pieces, tuple(bases), paragraph, width)

    def _words(self, text: str, style: ParagraphStyle, width: Pt) -> SetLine:
        """Words of the frame on one line."""
        return self._typesetter.lines(None, (Piece(text),), (0,), style, width)[0]

    def _head(self) -> Iterator[Placed]:
        """类别 and mark of a framed page 1."""
        if self._sheet.category:
            line = self._set(self._sheet.category, self._width)[0]
            yield Placed(self._left, frame.category_top(), line)
        if self._sheet.red and self._sheet.mark:
            yield frame.mark(self._sheet, self._words)

    def _copies(self) -> list[Placed]:
        """抄送 at the foot of the last page's 版心."""
        if not self._sheet.copies:
            return []
        lines = self._set(self._sheet.copies, self._width)
        bottom = frame.bottom_edge(self._layout)
        return [
            Placed(self._left, bottom - (len(lines) - number) * line.height, line)
            for number, line in enumerate(lines)
        ]

    def _room(self, copies: Sequence[Placed]) -> tuple[SetLine, ...]:
        """The room of the 抄送, an empty line under the 落款."""
        if not self._sheet.copies:
            return ()
        taken = sum(placed.line.height for placed in copies) + frame.points(COPIES_GAP)
        room = max(taken, frame.points(copies_room(self._sheet.copies.text, self._layout)))
        return (SetLine("", None, room, 0.0),)
