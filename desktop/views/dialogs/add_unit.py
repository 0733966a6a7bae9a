"""添加会办单位, asked for on a card."""

from PySide6.QtWidgets import QWidget

from desktop.widgets.form import FormDialog, Row
from desktop.widgets.line_field import LineField, one_line


def ask_unit(parent: QWidget) -> str:
    """Ask for the name of a unit; empty if cancelled. Blocks."""
    dialog = AddUnit(parent)
    dialog.exec()
    return dialog.answer


class AddUnit(FormDialog):
    """One name."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "添加会办单位", "添加", wide=420)
        self.answer = ""
        self._name = LineField()
        note = "请它负责这条建议；期限、联系人在“会办”页填写"
        self.body.addWidget(Row("单位名称", self._name, note))
        self._name.setFocus()

    def accept(self) -> None:
        """Take the name."""
        self.answer = one_line(self._name.text())
        super().accept()
