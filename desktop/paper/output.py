"""Pages that leave: as one PDF, as pictures. Both by the one painter."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.letter.blocks import Sheet
from desktop.letter.layout import load_layout
from desktop.paper.draw import PAGE_HEIGHT, PAGE_WIDTH, Page, Placed
from desktop.paper.fonts import Fonts
from desktop.paper.painter import paint_page
from desktop.paper.pdf_text import with_text
from desktop.paper.typesetter import Typesetter

_RESOLUTION = 1200  # units an inch in the PDF: places are right to 0.01 mm
_WHITE = 0xFFFFFFFF


def letter_pages(sheet: Sheet, layout: str, fonts: Fonts) -> tuple[Page, ...]:
    """The pages of `sheet` in the layout (版面) of that name, found to say what the sheet says."""
    pages = Typesetter(fonts.tables).pages(sheet, load_layout(layout))
    lines = [placed.line for page in pages for placed in page.lines if placed.line.role]
    meant = list(sheet.lines())
    if sheet.category and sheet.framed:
        meant.append(sheet.category)
    if _characters(line.text for line in lines) != _characters(line.text for line in meant):
        raise RuntimeError("the pages do not say what the sheet says")
    return pages


def _characters(texts: Iterable[str]) -> Counter[str]:
    """How often each character occurs; blanks at the ends of lines are on no page."""
    return Counter(character for text in texts for character in text if not character.isspace())


def pdf_bytes(pages: Sequence[Page], fonts: Fonts, title: str) -> bytes:
    """The pages as a PDF of A4 called `title`, its fonts embedded, its text there to select."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(),
        )
    )
    writer.setTitle(title)
    writer.setCreator("复函")
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), title.encode()))  # else a random one
    painter = QPainter(writer)
    pages = [replace(page, lines=tuple(reading_order(page))) for page in pages]
    for page in pages:
        if page is not pages[0]:
            writer.newPage()
        paint_page(painter, page, fonts, _RESOLUTION / 72)
    painter.end()
    return with_text(bytes(buffer.data().data()), _painted(pages, fonts))


def reading_order(page: Page) -> list[Placed]:
    """The lines of a page as they are read: in a table cell by cell, row by row.

    A cell begins under the border that covers it; what stands under the same one is read from left
    to right, column by column.
    """

    def place(placed: Placed) -> tuple[float, float, float]:
        above = [
            rule.y0
            for rule in page.rules
            if rule.y0 == rule.y1 <= placed.baseline and rule.x0 - 1 <= placed.x < rule.x1
        ]
        return max(above, default=0.0), placed.x if above else 0.0, placed.y

    return sorted(page.lines, key=place)


def _painted(pages: Sequence[Page], fonts: Fonts) -> Iterator[str]:
    """The characters of the pages that are glyphs, in the order they are painted."""
    for page in pages:
        for placed in page.lines:
            for run in placed.line.runs:
                glyphs = fonts.glyphs(run.face, run.text)
                yield from (c for c, (font, _) in zip(run.text, glyphs, strict=True) if font >= 0)


def page_image(page: Page, fonts: Fonts, dpi: float) -> QImage:
    """The page as a picture, black and red on white."""
    scale = dpi / 72
    image = QImage(
        round(PAGE_WIDTH * scale), round(PAGE_HEIGHT * scale), QImage.Format.Format_RGB32
    )
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    image.fill(_WHITE)
    painter = QPainter(image)
    paint_page(painter, page, fonts, scale)
    painter.end()
    return image


def png_bytes(image: QImage) -> bytes:
    """A picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
