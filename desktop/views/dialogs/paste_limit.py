"""The limit of the proposal system (提案系统的字数上限), against which 复制正文 counts."""

from PySide6.QtWidgets import QSpinBox, QWidget

from desktop.widgets.form import FormDialog, Row, words


def ask_limit(parent: QWidget, limit: int) -> int | None:
    """Ask for the limit; 0 is none. None if cancelled. Blocks."""
    dialog = PasteLimit(parent, limit)
    dialog.exec()
    return dialog.answer


class PasteLimit(FormDialog):
    """One number."""

    def __init__(self, parent: QWidget | None, limit: int) -> None:
        super().__init__(parent, "提案系统的字数上限", "保存", wide=420)
        self.answer: int | None = None
        self._limit = QSpinBox()
        self._limit.setRange(0, 100_000)
        self._limit.setSingleStep(100)
        self._limit.setValue(limit)
        self._limit.setSpecialValueText("不限")
        self.body.addWidget(words("复制正文时按它提示字数是否超出，只作提醒。", "second"))
        self.body.addWidget(Row("上限（字）", self._limit, "填 0 为不限"))

    def accept(self) -> None:
        """Take the number."""
        self.answer = self._limit.value()
        super().accept()
