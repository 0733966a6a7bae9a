"""发出前核对: what should perhaps not leave with a letter; go and look, or let it go."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from desktop.widgets import theme
from desktop.widgets.form import FormDialog, words

if TYPE_CHECKING:
    from desktop.services.before_leaving import Finding

NOTE = (
    "函件里有下面这些内容，多半不该随函发出，或者还没有核对。还没有{deed}，写下的都在；"
    "选中一处可以去看看，确实要发就照样{deed}，同一处不再问。"
)
HIGHEST = 6  # findings that are seen at once


def ask_leaving(parent: QWidget, findings: "Sequence[Finding]", deed: str) -> "Finding | bool":
    """Show `findings` before `deed` (导出 …): the one to go to, or whether it goes on. Blocks."""
    dialog = LeavingDialog(parent, findings, deed)
    dialog.exec()
    return dialog.answer


class LeavingDialog(FormDialog):
    """The list; `answer` is the finding to go to, or whether the letter leaves all the same."""

    def __init__(self, parent: QWidget | None, findings: "Sequence[Finding]", deed: str) -> None:
        super().__init__(parent, "发出前核对", "去看看", cancel="", wide=560)
        self.answer: Finding | bool = False
        self._findings = tuple(findings)
        note = NOTE.format(deed=deed)
        self.setAccessibleDescription(note)
        self.list = QListWidget()
        self.list.setProperty("framed", True)
        self.list.setAccessibleName("需要核对的内容")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for finding in self._findings:
            self.list.addItem(QListWidgetItem(_words(finding)))
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(theme.scaled(52) * min(len(self._findings), HIGHEST) + 6)
        self.list.itemDoubleClicked.connect(self.accept)
        self.on_button = self.add_button(f"照样{deed}")
        self.on_button.setAutoDefault(False)
        self.on_button.clicked.connect(self._go_on)
        self.add_button("取消").clicked.connect(self.reject)
        self.body.addWidget(words(note))
        self.body.addWidget(self.list, 1)
        self.list.setFocus()

    def accept(self) -> None:
        """去看看."""
        self.answer = self._findings[self.list.currentRow()]
        super().accept()

    def _go_on(self) -> None:
        self.answer = True
        super().accept()


def _words(finding: "Finding") -> str:
    """手机号“138…”，在建议1的答复里, and what stands around it."""
    of = f"，是{finding.of}的" if finding.of else ""
    return f"{finding.kind.value}“{finding.text}”{of}，在{finding.where}里\n{finding.context}"
