"""A process that sets letters and makes PDFs: `-m tests.bench.paper FOLDER`.

It prints one JSON object: lists of milliseconds, ours and each yardstick's taken in turn.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QTextDocument

from desktop.letter.layout import load_layout
from desktop.letter.model import Case
from desktop.letter.writer import letter_docx
from desktop.paper.draw import Page
from desktop.paper.faces import Face
from desktop.paper.fonts import Fonts, ensure_application, load_fonts
from desktop.paper.output import letter_pages, pdf_bytes
from desktop.paper.typesetter import Typesetter
from desktop.services.letters import sheet_of
from tests import rendering
from tests.bench.cases import TODAY, of_thirty, of_twenty_pages
from tests.bench.measure import Row, medians, milliseconds, told

ROUNDS, FILES = 10, 20


def rows(place: str) -> Iterator[Row]:
    """The lines of the table."""
    times = told("-m", "tests.bench.paper", place)
    laid_out, glyphs = times["lines"], times["glyphs"]
    yield Row("20 pages, lines broken and placed", "QTextDocument, same text", 3.0, *laid_out)
    yield Row("  and every glyph placed", "the same", float("inf"), *glyphs)
    yield Row(
        f"PDF of 5 pages, one of {FILES}", "soffice, one more in a batch", 1 / 3, *times["pdf"]
    )


def of_five_pages(key: str) -> Case:
    """Three of thirty suggestions."""
    whole = of_thirty(key)
    (proposal,) = whole.proposals
    asked = replace(proposal, suggestions=proposal.suggestions[1:4])
    return replace(whole, proposals=(asked,), replies=whole.replies[1:4])


def layout(fonts: Fonts) -> dict[str, tuple[float, float]]:
    """Ours with nothing remembered but what the faces measure, and Qt's own.

    Ours puts lines on pages; of the lines somebody looks at, glyphs (`SetLine.ink`): a measure of
    its own. Qt's, asked for its pages, has placed the glyphs too.
    """
    case = of_twenty_pages("50101")
    sheet, page = sheet_of(case, TODAY), load_layout(case.layout)
    text = "\n".join(line.text for line in sheet.lines())
    font = QFont(fonts.stand_ins.get(Face.FANGSONG, Face.FANGSONG))
    font.setPointSizeF(16)

    def lines() -> tuple[Page, ...]:
        return Typesetter(fonts.tables).pages(sheet, page)

    def glyphs() -> None:
        assert all(placed.line.ink for set_page in lines() for placed in set_page.lines)

    def theirs() -> None:
        document = QTextDocument()
        document.setDefaultFont(font)
        document.setPageSize(QSizeF(590, 850))  # of 版心 size at Qt's 96 dpi
        document.setPlainText(text)
        assert document.pageCount() >= 15

    return {
        "lines": medians(lines, theirs, ROUNDS),
        "glyphs": medians(glyphs, theirs, ROUNDS),
    }


def pdf(folder: Path, fonts: Fonts) -> tuple[float, float]:
    """Case → PDF on disk, and .docx → PDF on disk: what one more file of a batch takes."""
    case = of_five_pages("50102")
    data = letter_docx(case, TODAY)
    files = [folder / f"{number}.docx" for number in range(FILES + 1)]
    for file in files:
        file.write_bytes(data)
    rendering.to_pdf(files[:1], folder)  # makes its profile

    def ours() -> None:
        for file in files[1:]:
            pages = letter_pages(sheet_of(case, TODAY), case.layout, fonts)
            file.with_suffix(".ours.pdf").write_bytes(pdf_bytes(pages, fonts, file.stem))

    begin = milliseconds(lambda: rendering.to_pdf(files[:1], folder))
    theirs = milliseconds(lambda: rendering.to_pdf(files, folder)) - begin
    return milliseconds(ours) / FILES, theirs / FILES


def main(folder: Path) -> None:
    """Measure both."""
    ensure_application()
    fonts = load_fonts()
    print(json.dumps({**layout(fonts), "pdf": pdf(folder, fonts)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
