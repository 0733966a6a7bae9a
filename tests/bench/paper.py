"""A process that sets letters and makes PDFs: `-m tests.bench.paper FOLDER`.

It prints one JSON object: lists of milliseconds, ours and each yardstick's taken in turn.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QTextDocument

from desktop.letter.layout import load_layout
from desktop.letter.model import Case
from desktop.letter.writer import letter_docx
from desktop.paper.faces import Face
from desktop.paper.fonts import Fonts, ensure_application, load_fonts
from desktop.paper.output import letter_pages, pdf_bytes
from desktop.paper.typesetter import Typesetter
from desktop.services.letters import sheet_of
from tests import rendering
from tests.bench.cases import TODAY, of_thirty, of_twenty_pages
from tests.bench.measure import Row, medians, told

ROUNDS, FILES = 10, 20


def rows(place: str) -> Iterator[Row]:
    """The lines of the table."""
    times = told("-m", "tests.bench.paper", place)
    yield Row("20 pages laid out from nothing", "QTextDocument, same text", 3.0, *times["layout"])
    yield Row(f"PDF of 5 pages, one of {FILES}", "soffice, one batch", 1 / 3, *times["pdf"])


def of_five_pages(key: str) -> Case:
    """Three of thirty suggestions."""
    whole = of_thirty(key)
    (proposal,) = whole.proposals
    asked = replace(proposal, suggestions=proposal.suggestions[1:4])
    return replace(whole, proposals=(asked,), replies=whole.replies[1:4])


def layout(fonts: Fonts) -> tuple[float, float]:
    """Ours with nothing remembered but what the faces measure, and Qt's own."""
    case = of_twenty_pages("50101")
    sheet, page = sheet_of(case, TODAY), load_layout(case.layout)
    text = "\n".join(line.text for line in sheet.lines())
    font = QFont(fonts.stand_ins.get(Face.FANGSONG, Face.FANGSONG))
    font.setPointSizeF(16)

    def theirs() -> None:
        document = QTextDocument()
        document.setDefaultFont(font)
        document.setPageSize(QSizeF(590, 850))  # of 版心 size at Qt's 96 dpi
        document.setPlainText(text)
        assert document.pageCount() >= 15

    return medians(lambda: Typesetter(fonts.tables).pages(sheet, page), theirs, ROUNDS)


def pdf(folder: Path, fonts: Fonts) -> tuple[float, float]:
    """Sheet → PDF on disk, and .docx → PDF on disk, each a file of a batch."""
    case = of_five_pages("50102")
    sheet, data = sheet_of(case, TODAY), letter_docx(case, TODAY)
    files = [folder / f"{number}.docx" for number in range(FILES)]
    for file in files:
        file.write_bytes(data)
    begun = time.perf_counter()
    for file in files:
        made = pdf_bytes(letter_pages(sheet, case.layout, fonts), fonts, file.stem)
        file.with_suffix(".ours.pdf").write_bytes(made)
    between = time.perf_counter()
    rendering.to_pdf(files, folder)
    ended = time.perf_counter()
    return (between - begun) * 1000 / FILES, (ended - between) * 1000 / FILES


def main(folder: Path) -> None:
    """Measure both."""
    ensure_application()
    fonts = load_fonts()
    print(json.dumps({"layout": layout(fonts), "pdf": pdf(folder, fonts)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
