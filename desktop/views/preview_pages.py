"""The pages a case prints as, set anew as it is written."""

from datetime import date

from desktop.letter.model import Case
from desktop.paper.draw import Page
from desktop.paper.fonts import load_fonts
from desktop.paper.typesetter import Typesetter
from desktop.services import letters


class CasePages:
    """Sets one case after the other; what did not change since the last one is not set again."""

    def __init__(self) -> None:
        """Finds the fonts."""
        self.fonts = load_fonts()
        self._typesetter = Typesetter(self.fonts.tables)

    def of(self, case: Case) -> tuple[Page, ...]:
        """The pages of `case`; `ComposeError` says what it still lacks."""
        sheet = letters.sheet_of(case, date.today())
        return self._typesetter.pages(sheet, letters.layout_of(case))
