"""What the program says to its user: an error, a question, a bar at the top of a page."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from desktop.widgets import theme
from desktop.widgets.form import FormDialog, words
from desktop.widgets.icons import icon, set_icon

SIGN = 24


def show_error(parent: QWidget | None, sentence: str, detail: str = "") -> None:
    """Say what happened, what is safe, what to do; `detail` waits behind 详细信息. Blocks."""
    ErrorMessage(parent, sentence, detail).exec()


def ask(
    parent: QWidget | None,
    title: str,
    sentence: str,
    choices: Sequence[tuple[str, str]],
    *,
    destructive: str | None = None,
) -> str:
    """Ask, and return the key of the button pressed, or "" when cancelled (取消, Esc).

    `choices` are pairs of a key and the deed in words, the main one first. The one called
    `destructive` is shown as such and never lies under Enter. Blocks.
    """
    question = Question(parent, title, sentence, choices, destructive)
    question.exec()
    return question.chosen


class _Message(FormDialog):
    """A sign and a sentence."""

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, sign: str, main: str
    ) -> None:
        super().__init__(parent, title, main, cancel="", wide=440)
        self.setAccessibleDescription(sentence)
        row = QHBoxLayout()
        row.setSpacing(12)
        token = {"error": "bad", "warning": "pending"}.get(sign, "accent")
        row.addWidget(_sign(sign, token, SIGN), 0, Qt.AlignmentFlag.AlignTop)
        said = words(sentence)
        said.setMinimumHeight(theme.scaled(SIGN))
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(said, 1)
        self.body.addLayout(row)


class ErrorMessage(_Message):
    """One sentence and 知道了; the detail opens under it and can be copied. More `buttons` may
    stand beside 复制."""

    def __init__(self, parent: QWidget | None, sentence: str, detail: str = "") -> None:
        super().__init__(parent, "提示", sentence, "warning", "知道了")
        self._detail = QPlainTextEdit(detail)
        self._detail.setReadOnly(True)
        self._detail.setTabChangesFocus(True)
        self._detail.setAccessibleName("详细信息")
        self._detail.setFixedHeight(theme.scaled(120))
        self._copy = QPushButton("复制")
        self._open = QPushButton("详细信息")
        for button in (self._open, self._copy):
            button.setProperty("quiet", True)
            button.setAutoDefault(False)
        self._open.setCheckable(True)
        for button in (self._open, self._copy):
            button.setVisible(bool(detail))
        set_icon(self._open, "expand")
        set_icon(self._copy, "copy")
        self.buttons = QHBoxLayout()
        for button in (self._open, self._copy):
            self.buttons.addWidget(button)
        self.buttons.addStretch()
        self.body.addLayout(self.buttons)
        self.body.addWidget(self._detail)
        self._open.toggled.connect(self._unfold)
        self._copy.clicked.connect(self._copied)
        self._unfold(False)

    def _unfold(self, unfolded: bool) -> None:
        set_icon(self._open, "collapse" if unfolded else "expand")
        self._detail.setVisible(unfolded)
        self.fit()

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self._detail.toPlainText())
        self._copy.setText("已复制")


class Question(_Message):
    """One sentence and a button for each deed; `chosen` is the key of the one pressed."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        choices: Sequence[tuple[str, str]],
        destructive: str | None,
    ) -> None:
        sign = "warning" if destructive else "help"
        super().__init__(parent, title, sentence, sign, choices[0][1])
        self.chosen = ""
        self._keys: dict[QAbstractButton, str] = {self.main_button: choices[0][0]}
        self._keys |= {self.add_button(label): key for key, label in choices[1:]}
        cancel = self.add_button("取消")
        cancel.clicked.connect(self.reject)
        group = QButtonGroup(self)
        for button, key in self._keys.items():
            group.addButton(button)
            button.setProperty("danger", key == destructive)
        if choices[0][0] == destructive:
            self.main_button.setProperty("main", False)
            cancel.setDefault(True)
            cancel.setFocus()
        group.buttonClicked.connect(self._choose)

    def _choose(self, button: QAbstractButton) -> None:
        self.chosen = self._keys[button]
        self.accept()


class CarefulDialog(FormDialog):
    """A dialog in which much is done: 取消, Esc and the window's cross ask before that is lost."""

    _ending = False

    def lost(self) -> str:
        """What would be lost now, as a question; empty where nothing would."""
        return ""

    def reject(self) -> None:
        """Not by one key."""
        asked = "" if self._ending else self.lost()
        if not asked or ask(self, "取消", asked, [("lose", "放弃")], destructive="lose"):
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """A program that ends waits for no answer."""
        self._ending = not event.spontaneous()
        super().closeEvent(event)


class Banner(QFrame):
    """A slim bar at the top of a page; hidden until it has something to say."""

    acted = Signal(str)  # the deed whose button was pressed
    dismissed = Signal()  # it was closed

    def __init__(self) -> None:
        super().__init__()
        self._sign = QLabel()
        self._sentence = words("")
        self._deeds = QHBoxLayout()
        self._close = QPushButton()
        self._close.setProperty("quiet", True)
        self._close.setAutoDefault(False)
        self._close.setAccessibleName("关闭提示")
        self._close.setToolTip("关闭")
        set_icon(self._close, "close")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._sentence, 1)
        row.addLayout(self._deeds)
        row.addWidget(self._close)
        self._close.clicked.connect(self._dismiss)
        theme.signals.changed.connect(self._draw)
        self._warn = False
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says, empty while it is hidden."""
        return "" if self.isHidden() else self._sentence.text()

    def say(
        self, sentence: str, deeds: Mapping[str, str] | None = None, *, warn: bool = False
    ) -> None:
        """Show `sentence` with a button for each of `deeds`: its name, its words."""
        self._warn = warn
        self.setProperty("strip", warn)
        self.setProperty("bar", not warn)
        self.style().unpolish(self)
        self.style().polish(self)
        self._sentence.setText(sentence)
        while self._deeds.count():
            old = self._deeds.takeAt(0).widget()
            old.hide()  # a dialog may come up before it goes
            old.deleteLater()
        for name, label in (deeds or {}).items():
            button = QPushButton(label)
            button.setProperty("link", True)
            button.setProperty("deed", name)
            button.setAutoDefault(False)
            button.clicked.connect(self._acted)
            self._deeds.addWidget(button)
        self.setAccessibleName(sentence)
        self._draw()
        self.show()

    def warn(self, sentence: str) -> None:
        """Show `sentence` as something to heed."""
        self.say(sentence, warn=True)

    def take_back(self, sentence: str) -> None:
        """What was said is over, unless something else was said since."""
        if sentence and self.sentence == sentence:
            self.hide()

    def _draw(self) -> None:
        meaning, token = ("warning", "pending") if self._warn else ("info", "accent")
        side = theme.scaled(16)
        self._sign.setPixmap(
            icon(meaning, token).pixmap(QSize(side, side), self.devicePixelRatio())
        )

    def _acted(self) -> None:
        self.acted.emit(str(self.sender().property("deed")))

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()


def _sign(meaning: str, token: str, pixels: int) -> QLabel:
    """A label that shows an icon."""
    label = QLabel()
    side = theme.scaled(pixels)
    label.setPixmap(icon(meaning, token).pixmap(QSize(side, side), label.devicePixelRatio()))
    return label
