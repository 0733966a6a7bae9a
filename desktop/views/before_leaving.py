"""Before a letter leaves the window: what should perhaps not go out with it is shown once."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.errors import FuhanError
from desktop.letter.model import Case

if TYPE_CHECKING:
    from desktop.services.before_leaving import Finding
    from desktop.views.main_window import MainWindow


class Leaving(QObject):
    """Asks for the open case of a window. What was let go of a case is not asked again while the
    window is open, as long as it is the same text in the same place."""

    def __init__(self, window: "MainWindow") -> None:
        """Nothing was let go yet."""
        super().__init__(window)
        self._window = window
        self._let_go: set[tuple[str, str, str]] = set()  # case, place, text

    def may(self, case: Case, deed: str, *, body_only: bool = False) -> bool:
        """Whether `case`, or only its body, is to leave by `deed` (导出, 打印 …). Blocks to ask."""
        from desktop.services.before_leaving import findings  # at the first letter that leaves

        try:
            found = findings(case, date.today())
        except FuhanError:  # a letter that cannot be printed: what prints it says why
            return True
        return self.may_with(found, case, deed, body_only=body_only)

    def may_with(
        self, found: "Iterable[Finding]", case: Case, deed: str, *, body_only: bool = False
    ) -> bool:
        """The same where `found` is known to stand in what leaves."""
        from desktop.views.dialogs.before_leaving import ask_leaving

        keys = {(case.key, row.source, row.text): row for row in found}
        asked = {
            key: row
            for key, row in keys.items()
            if key not in self._let_go and (row.in_body or not body_only)
        }
        answer = ask_leaving(self._window, tuple(asked.values()), deed) if asked else True
        if answer is True:
            self._let_go |= asked.keys()
        elif answer:
            self._go_to(answer)
        return answer is True

    def _go_to(self, finding: "Finding") -> None:
        from desktop.paper.places import Spot

        preview = self._window.preview
        preview.begin()  # its paper knows which field is which, shown or not
        if preview.places:
            preview.places.go_to(Spot(finding.source, finding.at))
