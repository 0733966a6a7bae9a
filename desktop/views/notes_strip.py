"""批注 where they stand: who remarked what, to be ticked off; those dealt with are folded away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.letter.model import Note
from desktop.services.notes import shortened, signed
from desktop.widgets.form import words
from desktop.widgets.icons import set_icon
from desktop.widgets.tab_order import before, chain


class NotesStrip(QFrame):
    """The notes of one place; hidden where there are none."""

    ticked = Signal(str, bool)  # the note's key, whether it is dealt with

    def __init__(self, parent: QWidget | None = None) -> None:
        """A strip without notes."""
        super().__init__(parent)
        self.setProperty("notes", True)
        self.buttons: list[QPushButton] = []
        self.fold = self._quiet("", "")
        self.fold.setCheckable(True)
        self.fold.clicked.connect(self._show)
        self._notes: tuple[Note, ...] = ()
        self._lines: list[QWidget] = []
        self._read_only = False
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 4, 8, 4)
        self._rows.setSpacing(2)
        self._rows.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these; silent."""
        if tuple(notes) != self._notes:
            self._notes = tuple(notes)
            self._show()
        self.setVisible(bool(notes))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order: open notes, the fold, the others."""
        still = sum(not button.property("reopens") for button in self.buttons)
        return [*self.buttons[:still], self.fold, *self.buttons[still:]]

    def set_read_only(self, read_only: bool) -> None:
        """定稿: to be read, not ticked."""
        self._read_only = read_only
        for button in self.buttons:
            button.setVisible(not read_only)

    def _show(self) -> None:
        """Open notes first, then the fold, then the others where it is unfolded."""
        focused = any(part.hasFocus() for part in self.stops())
        start = before(self.stops()[0])
        for line in self._lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        done = [note for note in self._notes if note.done]
        self.buttons, self._lines = [], []
        for note in self._notes:
            if not note.done:
                self._add(note, len(self._lines))
        self.fold.setText(f"已处理的批注 {len(done)} 条")
        self.fold.setAccessibleName(self.fold.text())
        self.fold.setVisible(bool(done))
        set_icon(self.fold, "collapse" if self.fold.isChecked() else "expand")
        for note in done if self.fold.isChecked() else ():
            self._add(note, self._rows.count())
        chain(start, *self.stops())
        left = [stop for stop in self.stops() if not stop.isHidden()]
        if focused and left:  # go on with the next
            left[0].setFocus()

    def _add(self, note: Note, place: int) -> None:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        quoted = f"（“{shortened(note.quoted)}”）" if note.quoted else ""
        said = words(f"{signed(note) or '批注'}{quoted}：{note.text}", "third" if note.done else "")
        said.setToolTip(note.quoted.replace("<", "&lt;"))  # all of it; with a tag it would be HTML
        row.addWidget(said, 1)
        button = self._quiet("还要处理" if note.done else "处理好了", "" if note.done else "check")
        button.setAccessibleName(f"{button.text()}：{note.text[:30]}")
        button.setProperty("note", note.key)
        button.setProperty("reopens", note.done)
        button.clicked.connect(self._clicked)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        button.setVisible(not self._read_only)
        self._rows.insertWidget(place, line)
        line.show()  # now, or it could not take the focus
        self._lines.append(line)
        self.buttons.append(button)

    def _quiet(self, text: str, icon: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("quiet", True)
        if icon:
            set_icon(button, icon)
        return button

    def _clicked(self) -> None:
        button = self.sender()
        self.ticked.emit(str(button.property("note")), not button.property("reopens"))
