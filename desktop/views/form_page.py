"""What the pages of fields share: a column of groups that scrolls, and one case behind it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.letter.model import Case, Office
from desktop.views.open_case import OpenCase
from desktop.widgets.column import Column


class FormPage(QWidget):
    """A page of groups. A subclass fills `column` in `build`, and shows a case in `show_case`.

    It is built when it is first seen: the window starts with another page.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """A page without a case."""
        super().__init__(parent)
        self.open_case: OpenCase | None = None
        self._built = self._loading = False
        ground = Column(self, top=14, bottom=20)
        ground.setObjectName("ground")
        self.column = ground.rows
        self.column.setSpacing(12)
        self.view = QScrollArea(self)
        self.view.setWidget(ground)
        self.view.setWidgetResizable(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)

    def set_case(self, open_case: OpenCase | None) -> None:
        """Show this case from now on; writes nothing."""
        if self.open_case:
            self.open_case.changed.disconnect(self._changed)
        self.open_case = open_case
        if open_case:
            open_case.changed.connect(self._changed)
            self._changed(open_case.case, open_case.case, False)
            self.view.verticalScrollBar().setValue(0)

    @property
    def case(self) -> Case:
        """The facts now."""
        assert self.open_case
        return self.open_case.case

    def build(self) -> None:
        """Fill `column`."""
        raise NotImplementedError

    def show_case(self, case: Case) -> None:
        """Show `case`; what it sets must not sound like a deed of the handler."""
        raise NotImplementedError

    def do(self, after: Case, deed: str, run: str = "") -> None:
        """The handler did `deed`."""
        if self.open_case and not self._loading:
            self.open_case.change(after, deed, run)

    def do_office(self, fact: str, text: str, deed: str) -> None:
        """Another fact of the office that answers."""
        office: Office = replace(self.case.office, **{fact: text})
        self.do(replace(self.case, office=office), deed, f"office.{fact}")

    def _changed(self, _before: Case, _after: Case, _undone: bool) -> None:
        if self.isVisible():
            self._load()

    def showEvent(self, event: object) -> None:  # noqa: N802
        """What changed while another page was shown."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self.open_case:
            self._load()

    def _load(self) -> None:
        if not self._built:
            self._built = True
            self.build()
        self._loading = True
        try:
            self.show_case(self.case)
        finally:  # or every later key would be taken for ours
            self._loading = False
        ground = self.view.widget()
        bar = self.view.verticalScrollBar().sizeHint().width()
        self.view.setMinimumWidth(ground.minimumSizeHint().width() + bar)
