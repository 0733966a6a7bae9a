"""What stands around the cards of 建议与答复: their ground, the 未标注 strip, the empty state."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.views.suggestion_row import DRAGGED
from desktop.widgets import theme
from desktop.widgets.column import Column
from desktop.widgets.icons import set_icon

EDGE, STEP = 40, 24  # pixels: where a drag scrolls, and how far


class Ground(Column):
    """The ground behind the cards: a suggestion dropped here is answered alone."""

    dropped = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Ground without cards."""
        super().__init__(parent, top=10, bottom=20)
        self.setObjectName("ground")
        self.setAcceptDrops(True)
        self.rows.setSpacing(12)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """A suggestion may be dropped here."""
        if event.mimeData().hasFormat(DRAGGED):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Near the edge the page scrolls."""
        event.acceptProposedAction()
        view = self.parentWidget()
        page = view.parentWidget() if view else None
        if not isinstance(page, QScrollArea) or not view:
            return
        y = self.mapTo(view, event.position().toPoint()).y()
        bar = page.verticalScrollBar()
        if y < EDGE:
            bar.setValue(bar.value() - STEP)
        elif y > view.height() - EDGE:
            bar.setValue(bar.value() + STEP)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """It is answered alone."""
        event.acceptProposedAction()
        self.dropped.emit(bytes(event.mimeData().data(DRAGGED).data()).decode())


class Strip(QFrame):
    """未标注: how many paragraphs the 清单式 cannot place, and the ways there."""

    def __init__(self, parent: QWidget) -> None:
        """A strip with nothing to say."""
        super().__init__(parent)
        self.setProperty("strip", True)
        self.label = QLabel(self)
        self.next = QPushButton("前往下一段", self)
        self.propose = QPushButton("建议标注", self)
        self.propose.setToolTip("按“已…”“正在…”“将…”等措辞提出去向，由您逐段或一次采纳")
        self.take = QPushButton(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 8, 4)
        line.addWidget(self.label)
        line.addStretch()
        for button in (self.next, self.propose, self.take):
            button.setProperty("quiet", True)
            line.addWidget(button)
        self.hide()

    def show_counts(self, unmarked: int, proposed: int) -> None:
        """So many are to be marked, for so many there is a proposal."""
        self.setVisible(bool(unmarked or proposed))
        words = f"清单式还有 {unmarked} 段未标注去向" if unmarked else "已按措辞提出去向"
        self.label.setText(f"{words}，{proposed} 段有建议" if proposed else words)
        self.take.setText(f"采纳全部 {proposed} 处")
        self.take.setVisible(bool(proposed))
        self.propose.setVisible(not proposed)
        self.next.setVisible(bool(unmarked))


class Empty(QWidget):
    """What to do with a proposal that nothing was made of yet."""

    def __init__(self, parent: QWidget) -> None:
        """Three ways to begin."""
        super().__init__(parent)
        title = QLabel("先把提案拆成一条条建议", self)
        title.setProperty("title", True)
        hint = QLabel("每条建议一张卡片，在卡片里写答复；要一并答复的，拖到同一张卡片上。", self)
        hint.setProperty("second", True)
        hint.setWordWrap(True)
        self.cut = QPushButton("粘贴提案全文，拆成建议…", self)
        self.cut.setProperty("main", True)
        self.add = QPushButton("逐条添加建议", self)
        self.general = QPushButton("不拆分，直接写答复", self)
        line = QHBoxLayout()
        for button in (self.cut, self.add, self.general):
            line.addWidget(button)
        line.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.scaled(40), 0, 0)
        whole.setSpacing(12)
        whole.addWidget(title)
        whole.addWidget(hint)
        whole.addLayout(line)


class Foot(QWidget):
    """What can be added under the last card."""

    def __init__(self, parent: QWidget) -> None:
        """Three buttons."""
        super().__init__(parent)
        self.add = QPushButton("添加建议", self)
        self.cut = QPushButton("粘贴提案全文，拆成建议…", self)
        self.general = QPushButton("添加总的说明", self)
        self.general.setToolTip("不对应某一条建议的话：办理过程、其他需要说明的情况")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for button, meaning in ((self.add, "add"), (self.cut, "paste"), (self.general, "add")):
            set_icon(button, meaning)
            line.addWidget(button)
        line.addStretch()
