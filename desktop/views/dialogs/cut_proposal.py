"""粘贴提案全文，拆成建议: the text on the left, what becomes of each line beside it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from desktop.errors import FuhanError
from desktop.services.proposal_text import Part, Parts, assemble, propose_parts
from desktop.services.secrecy import marked, sentence
from desktop.widgets import theme
from desktop.widgets.form import FormDialog, words
from desktop.widgets.message import show_error
from desktop.widgets.plain_editor import PlainEditor

WORDS = {Part.SUGGESTION: "建议", Part.ELABORATION: "补充说明", Part.LEFT_OUT: "不取"}
TOKENS = {Part.SUGGESTION: "accent", Part.ELABORATION: "second", Part.LEFT_OUT: "third"}
PART = int(Qt.ItemDataRole.UserRole)
TEXT = PART + 1


def ask_cut(parent: QWidget) -> Parts:
    """Ask how the proposal is to be cut; none if cancelled. Blocks."""
    dialog = CutProposal(parent)
    dialog.exec()
    return dialog.answer


class CutProposal(FormDialog):
    """The dialog; `answer` is what the handler settled on."""

    def __init__(self, parent: QWidget | None) -> None:
        """Takes the clipboard's text where that is long enough to be a proposal."""
        super().__init__(parent, "粘贴提案全文，拆成建议", "加入这些建议", wide=860)
        self.answer: Parts = ()
        self._text = ""  # as it was cut last
        self.text = PlainEditor()
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.keep_height(True)
        self.text.set_hint("在此粘贴提案全文（Ctrl+V）")
        self.text.setAccessibleName("提案全文")
        self.text.edited.connect(self._read)
        self.text.refused.connect(self._refuse)
        self.lines = QListWidget()
        self.lines.setProperty("framed", True)
        self.lines.setAccessibleName("逐段的用途")
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.lines.setMinimumHeight(theme.scaled(280))
        self.lines.setMinimumWidth(theme.scaled(300))
        self.body.addWidget(
            words(
                "左边粘贴全文，右边是每一段的用途；不对的，选中后按下面的按钮改，或双击换一种。",
                "second",
            )
        )
        both = QHBoxLayout()
        both.addWidget(self.text, 1)
        both.addWidget(self.lines, 1)
        self.body.addLayout(both, 1)
        self.count = words("", "second", wrap=False)
        self._buttons = {}
        place = self.foot.indexOf(self.main_button)
        self.foot.insertWidget(0, self.count)
        for part, word in WORDS.items():
            button = self.add_button(f"作为{word}" if part is not Part.LEFT_OUT else "不取")
            self.foot.removeWidget(button)
            self.foot.insertWidget(place, button)
            place += 1
            button.setProperty("part", part.value)
            button.clicked.connect(self._set_part)
            button.setAutoDefault(False)
            self._buttons[part] = button
        self.lines.itemDoubleClicked.connect(self._next_part)
        self._count()
        self.text.show_text(_pasted())
        self._read(self.text.toPlainText())

    def accept(self) -> None:
        """Take the lines as they are marked."""
        self.answer = self._parts()
        super().accept()

    def _parts(self) -> Parts:
        items = (self.lines.item(n) for n in range(self.lines.count()))
        return tuple((str(i.data(TEXT)), Part(i.data(PART))) for i in items)

    def _read(self, text: str) -> None:
        if marked(text):
            QTimer.singleShot(0, self, self._take_back)  # the editor is in the middle of its edit
            return
        self._text = text
        self.lines.clear()
        try:
            parts = propose_parts(text)
        except FuhanError as error:
            self.count.setText(str(error))
            return
        for line, part in parts:
            item = QListWidgetItem()
            item.setData(TEXT, line)
            self.lines.addItem(item)
            self._show(item, part)
        self._count()

    def _take_back(self) -> None:
        if mark := marked(self.text.toPlainText()):
            self.text.show_text(self._text)
            self._refuse(sentence(mark))

    def _refuse(self, why: str) -> None:
        show_error(self, why)

    def _show(self, item: QListWidgetItem, part: Part) -> None:
        item.setData(PART, part.value)
        item.setText(f"【{WORDS[part]}】{item.data(TEXT)}")
        item.setForeground(theme.color(TOKENS[part]))
        item.setFont(theme.font(13, bold=part is Part.SUGGESTION))

    def _set_part(self) -> None:
        part = Part(self.sender().property("part"))
        for item in self.lines.selectedItems():
            self._show(item, part)
        self._count()

    def _next_part(self, item: QListWidgetItem) -> None:
        order = list(Part)
        self._show(item, order[(order.index(Part(item.data(PART))) + 1) % len(order)])
        self._count()

    def _count(self) -> None:
        number = len(assemble(self._parts()))
        self.count.setText(f"共 {number} 条建议" if self.lines.count() else "")
        self.main_button.setEnabled(bool(number))
        self.main_button.setToolTip("" if number else "还没有一段作为建议")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Begin where the text goes."""
        super().showEvent(event)
        self.text.setFocus()


def _pasted() -> str:
    text = QGuiApplication.clipboard().text()
    return text if 40 < len(text) < 50_000 and "\n" in text else ""
