"""The bars of the preview: what the pages fit, what is told once, page and zoom."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTabBar, QWidget

from desktop.widgets import theme
from desktop.widgets.form import words
from desktop.widgets.icons import set_icon

HEIGHT = 36  # of head and foot, at 界面字号 100 %
SIDES = ("预览", "往年答复")
PAPER, EARLIER = range(2)
FITS = {
    "width": ("适合宽度", "页面与预览一样宽"),
    "page": ("整页", "看到整页"),
    "two": ("双页", "两页并排"),
}


def quiet_button(word: str, tip: str, icon: str = "") -> QPushButton:
    """A small button without a frame; one with an icon in place of words is named by its tip."""
    button = QPushButton(word)
    button.setProperty("quiet", True)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret where one writes
    button.setToolTip(tip)
    button.setAccessibleName(word if len(word) > 1 else tip)
    if icon:
        set_icon(button, icon)
    return button


class Bar(QFrame):
    """A bar of quiet buttons, as high as all bars."""

    def __init__(self, name: str, parent: QWidget) -> None:
        """A bar called `name` in the stylesheet."""
        super().__init__(parent)
        self.setObjectName(name)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(12, 0, 8, 0)
        self.line.setSpacing(2)
        self._measure()
        theme.signals.changed.connect(self._measure)

    def _measure(self) -> None:
        self.setFixedHeight(theme.scaled(HEIGHT))


class Head(Bar):
    """预览 and 往年答复, and what the pages fit. `chosen` carries a `Fit`'s value."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """A head with 预览 and 适合宽度 on."""
        super().__init__("previewHead", parent)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("右边的各页")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setUsesScrollButtons(False)
        for side in SIDES:
            self.tabs.addTab(side)
        self.line.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        self.line.addStretch()
        self.buttons: dict[str, QPushButton] = {}
        for value, (word, tip) in FITS.items():
            button = quiet_button(word, tip)
            button.setCheckable(True)
            button.setProperty("fit", value)
            button.clicked.connect(self._clicked)
            self.buttons[value] = button
            self.line.addWidget(button)

    def show_side(self, side: int) -> None:
        """Turn to `PAPER` or `EARLIER`; only the paper fits anything."""
        self.tabs.setCurrentIndex(side)
        for button in self.buttons.values():
            button.setVisible(side == PAPER)

    def show_count(self, count: int) -> None:
        """So many earlier answers wait; 0 is not said."""
        self.tabs.setTabText(EARLIER, f"{SIDES[EARLIER]} {count}" if count else SIDES[EARLIER])

    def show_fit(self, fit: str) -> None:
        """Which one is on."""
        for value, button in self.buttons.items():
            button.setChecked(value == fit)

    def _clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("fit")))


class Told(Bar):
    """One sentence that stays until it is put away (×). `closed` says so."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Hidden: there is nothing to tell."""
        super().__init__("previewTold", parent)
        self.sentence = words("", "small")
        self.close_button = quiet_button("", "知道了，不再提示", "close")
        self.close_button.clicked.connect(self.closed)
        self.line.setContentsMargins(12, 6, 8, 6)
        self.line.addWidget(self.sentence, 1)
        self.line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, sentence: str, *, may_close: bool) -> None:
        """Show `sentence`; "" hides the bar."""
        self.sentence.setText(sentence)
        self.close_button.setVisible(may_close)
        self.setVisible(bool(sentence))

    def _measure(self) -> None:
        """As high as its sentence."""


class Foot(Bar):
    """‹ 1 / 5 页 › at the left, 排版提示 in the middle, − 100% ＋ at the right. `turned` and
    `zoomed` carry the step."""

    turned = Signal(int)
    zoomed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        """A foot without pages."""
        super().__init__("previewFoot", parent)
        self.line.setContentsMargins(6, 0, 6, 0)
        self.previous = self._step(quiet_button("", "上一页", "previous"), -1, self._turn)
        self.next = self._step(quiet_button("", "下一页", "next"), 1, self._turn)
        self.smaller = self._step(quiet_button("−", "缩小（Ctrl+滚轮）"), -1, self._zoom)
        self.larger = self._step(quiet_button("＋", "放大（Ctrl+滚轮）"), 1, self._zoom)
        self.page, self.zoom = words("", "small", wrap=False), words("", "small", wrap=False)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("400%"))
        self.remarks = quiet_button("", "单击逐处查看")
        self.remarks.setProperty("remarks", True)
        for widget in (self.previous, self.page, self.next):
            self.line.addWidget(widget)
        self.line.addStretch()
        self.line.addWidget(self.remarks)
        self.line.addStretch()
        for widget in (self.smaller, self.zoom, self.larger):
            self.line.addWidget(widget)
        self.stops = (self.previous, self.next, self.remarks, self.smaller, self.larger)

    def _step(self, button: QPushButton, step: int, slot: Callable[[], None]) -> QPushButton:
        button.setProperty("step", step)
        button.clicked.connect(slot)
        return button

    def _turn(self) -> None:
        self.turned.emit(self.sender().property("step"))

    def _zoom(self) -> None:
        self.zoomed.emit(self.sender().property("step"))

    def show_state(self, page: int, count: int, zoom: float, remarks: int) -> None:
        """Where the pages stand."""
        self.page.setText(f"{page} / {count} 页" if count else "")
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < count)
        self.zoom.setText(f"{zoom:.0f}%" if count else "")
        self.smaller.setEnabled(bool(count))
        self.larger.setEnabled(bool(count))
        self.remarks.setText(f"{remarks} 处排版提示")
        self.remarks.setAccessibleName(self.remarks.text())
        self.remarks.setVisible(bool(remarks))
