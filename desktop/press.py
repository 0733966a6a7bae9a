"""Letters onto our own pages without a window: the PDF printer of the command line, and pictures.

Importing this loads Qt; no display is needed.
"""

from pathlib import Path

from desktop.letter.blocks import Sheet
from desktop.letter.model import Case
from desktop.paper.draw import Page
from desktop.paper.fonts import ensure_application, load_fonts
from desktop.paper.output import letter_pages, page_image, pdf_bytes, png_bytes
from desktop.services.exports import Printer, letter_name
from desktop.services.files import write_draft

PICTURE_DPI = 80


class Press:
    """Sets letters in the fonts of this computer (`fonts`); `printer` makes a PDF for an export."""

    def __init__(self) -> None:
        ensure_application()
        self.fonts = load_fonts()
        self.printer = Printer(".pdf", self._pdf)
        self._last: tuple[Page, ...] = ()

    def pages(self, sheet: Sheet, case: Case) -> tuple[Page, ...]:
        """The pages of `case`, whose sheet is `sheet`."""
        self._last = letter_pages(sheet, case.layout, self.fonts)
        return self._last

    def write_pictures(self, path: Path) -> None:
        """Pictures of the last letter's pages beside its file at `path`: …-1.png."""
        for page in self._last:
            picture = png_bytes(page_image(page, self.fonts, PICTURE_DPI))
            write_draft(path.with_name(f"{path.stem}-{page.number}.png"), picture).take_name()

    def _pdf(self, sheet: Sheet, printed: Case, _case: Case, _final: bool) -> bytes:
        return pdf_bytes(self.pages(sheet, printed), self.fonts, letter_name(printed))
