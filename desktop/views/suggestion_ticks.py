"""负责的建议: a tick for each suggestion a unit is asked about, and all of them at once."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from desktop.letter.model import Suggestion
from desktop.widgets.tab_order import before, chain

ACROSS = 4
LAST = "至少负责一条；不再请它会办的，用“移除”"


class SuggestionTicks(QWidget):
    """The ticks. Both signals speak of the handler only."""

    ticked = Signal(str, bool)  # the suggestion, whether it is asked about
    whole_asked = Signal()

    def __init__(self) -> None:
        """Nothing to tick yet."""
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self.whole = QPushButton(self)
        self.whole.setProperty("quiet", True)
        self.whole.clicked.connect(self.whole_asked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)  # a box stands nearer to its own words than to others
        self._grid.setColumnStretch(ACROSS, 1)

    def show_ticks(self, suggestions: Collection[Suggestion], asked: Collection[str]) -> None:
        """One a suggestion, on where it is in `asked`; all are where that is empty. Silent."""
        keys = [suggestion.key for suggestion in suggestions]
        if keys != list(self.boxes):
            self._make(keys)
        on = [key for key in keys if key in asked or not asked]
        for suggestion in suggestions:
            box = self.boxes[suggestion.key]
            box.setText(f"建议{suggestion.label}".replace("&", "&&"))
            box.setChecked(suggestion.key in on)
            box.setEnabled(on != [suggestion.key])
            said = suggestion.text.replace("<", "&lt;")  # with a tag it would be HTML
            box.setToolTip(said if box.isEnabled() else LAST)
        self.whole.setEnabled(bool(asked))
        self.whole.setText("改为全部建议" if asked else "全部建议，以后添加的也归它")
        self.whole.setToolTip("整件提案都请它会办")

    def _make(self, keys: list[str]) -> None:
        start = before(next(iter(self.boxes.values()), self.whole))
        for box in self.boxes.values():
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {key: QCheckBox(self) for key in keys}
        for place, (key, box) in enumerate(self.boxes.items()):
            box.setProperty("suggestion", key)
            box.clicked.connect(self._clicked)
            self._grid.addWidget(box, place // ACROSS, place % ACROSS)
        below, left = -(-len(keys) // ACROSS), Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(self.whole, below, 0, 1, ACROSS + 1, left)
        chain(start, *self.boxes.values(), self.whole)

    def _clicked(self, on: bool) -> None:
        self.ticked.emit(str(self.sender().property("suggestion")), on)
