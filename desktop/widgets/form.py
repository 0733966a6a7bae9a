"""Forms: rows with a label, an editor and what is wrong with it; groups of rows; small dialogs."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets import theme

LABEL_WIDTH = 96
FRAME = 48  # pixels a window manager needs around a dialog


def words(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """A label with `text` in one of the stylesheet's roles (heading, small, problem, …)."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty(role, True)
    return label


class Choice(QWidget):
    """Segmented buttons, one of them on: one stop for Tab, ← and → inside.

    `options` are pairs of a value and its words. Not `stops`: its owner has the keys.
    """

    changed = Signal(str)  # the new value, on the user's deed only

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str = "", *, stops: bool = True
    ) -> None:
        super().__init__()
        self._stops = stops
        self._value = ""
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (key, label) in enumerate(options):
            button = QPushButton(label)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("segment", True)
            if not stops:
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("first", place == 0)
            button.setProperty("last", place == len(options) - 1)
            self._buttons[key] = button
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        self._group.buttonClicked.connect(self._clicked)
        self.set_value(value)

    def value(self) -> str:
        """The value that is on, or an empty text."""
        return self._value

    def set_value(self, value: str) -> None:
        """Turn `value` on without saying so; an unknown one turns all off."""
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == value)
        self._group.setExclusive(True)
        self._value = value if value in self._buttons else ""
        if not self._stops:
            return
        first = next(iter(self._buttons.values()))
        stop = self._buttons.get(self._value, first)
        self.setFocusProxy(stop)
        for button in self._buttons.values():  # Qt moves the stop of Tab only on a click
            tab = button is stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)

    def buttons(self) -> list[QPushButton]:
        """From left to right."""
        return list(self._buttons.values())

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        """Every button says whose choice it is."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleName(f"{name} {button.text()}")

    def _clicked(self, clicked: QAbstractButton) -> None:
        key = next(key for key, button in self._buttons.items() if button is clicked)
        if key != self._value:
            self._value = key
            if self._stops:
                self.setFocusProxy(clicked)
            self.changed.emit(key)


class Strip(QFrame):
    """Sentences to be heeded, on a tinted ground; hidden where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("strip", True)
        self._said = words("")
        QVBoxLayout(self).addWidget(self._said)
        self.hide()

    def text(self) -> str:
        """What it says, a sentence a line."""
        return self._said.text()

    def say(self, sentences: Sequence[str]) -> None:
        """Say these instead."""
        self._said.setText("\n".join(sentences))
        self.setVisible(bool(sentences))


class Row(QWidget):
    """A label, its editor, a note under it, and in words what is wrong with it."""

    problem_changed = Signal()

    def __init__(self, label: str, editor: QWidget, note: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.missing = False
        self._label = words(label, "second")
        self._label.setBuddy(editor)
        self._note = words(note, "third")
        self._problem = words("", "problem")
        editor.setAccessibleName(label)
        column = QVBoxLayout()
        column.setSpacing(4)
        self._column = column
        for part in (editor, self._note, self._problem):
            column.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        theme.signals.changed.connect(self._measure)
        self._describe()

    @property
    def problem(self) -> str:
        """What is wrong, as shown; empty if nothing is."""
        return self._problem.text()

    def set_problem(self, sentence: str, *, missing: bool = False) -> None:
        """Say under the row what is wrong; `missing`: nothing was filled in. Empty: all is well."""
        self._problem.setText(sentence)
        self.missing = missing and bool(sentence)
        self._describe()
        self.problem_changed.emit()

    def add_below(self, widget: QWidget) -> None:
        """Put a part under the editor and all that is said of it."""
        self._column.addWidget(widget)

    def _describe(self) -> None:
        said = [part for part in (self._problem, self._note) if part.text()]
        for part in (self._problem, self._note):
            part.setVisible(part in said)
        self.editor.setAccessibleDescription(" ".join(part.text() for part in said))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Measured once the stylesheet is on."""
        self._measure()
        super().showEvent(event)

    def _measure(self) -> None:
        self.editor.ensurePolished()
        line = min(theme.scaled(32), self.editor.sizeHint().height())  # of the editor's first line
        self._label.setFixedWidth(theme.scaled(LABEL_WIDTH))
        self._label.setMinimumHeight(line)


class Group(QFrame):
    """A card of rows; its head says how many of them are missing or wrong."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self._rows: list[Row] = []
        self._note = words("", "problem", wrap=False)
        self._note.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(words(title, "heading", wrap=False))
        head.addWidget(self._note)
        head.addStretch()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(12)
        self._column.addLayout(head)

    @property
    def note(self) -> str:
        """What the head says is missing, e.g. 还缺2项."""
        return self._note.text()

    def add(self, widget: QWidget) -> None:
        """Put a row, or any other widget, under those already there."""
        self._column.addWidget(widget)
        if isinstance(widget, Row):
            self._rows.append(widget)
            widget.problem_changed.connect(self._count)
            self._count()

    def _count(self) -> None:
        missing = sum(row.missing for row in self._rows)
        wrong = sum(bool(row.problem) for row in self._rows) - missing
        said = [f"还缺{missing}项"] * bool(missing) + [f"{wrong}项有误"] * bool(wrong)
        self._note.setText("，".join(said))
        self._note.setVisible(bool(said))


class FormDialog(QDialog):
    """A small dialog: a body that scrolls where the screen is too small, and buttons under it.

    Enter is the main button, Esc the way out. It dies when closed.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        main: str,
        cancel: str = "取消",
        *,
        wide: int = 520,
        high: int = 0,
    ) -> None:
        """`high` is as high as its body can use; 0 where that is as high as it is."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._wide, self._high = wide, high
        ground = QWidget()
        ground.setProperty("ground", True)
        self.body = QVBoxLayout(ground)
        self.body.setContentsMargins(20, 20, 20, 8)
        self.body.setSpacing(12)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(ground)
        self._rule = QFrame()
        self._rule.setProperty("rule", True)
        self._rule.hide()
        self._scroll.verticalScrollBar().rangeChanged.connect(self._draw_rule)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(20, 8, 20, 16)
        self.foot.setSpacing(8)
        self.foot.addStretch()
        self.main_button = self.add_button(main)
        self.main_button.setProperty("main", True)
        self.main_button.setDefault(True)
        self.main_button.clicked.connect(self.accept)
        if cancel:
            self.add_button(cancel).clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._rule)
        column.addLayout(self.foot)

    def add_button(self, label: str) -> QPushButton:
        """Another button at the end of the foot; Enter on it is its own."""
        button = QPushButton(label, self)
        before = self.foot.itemAt(self.foot.count() - 1).widget()
        self.foot.addWidget(button)
        if before is not None:  # or it would come after the body
            QWidget.setTabOrder(before, button)
        return button

    def add_deed(self, label: str, key: str) -> QPushButton:
        """A button before the main one, with the key that does the same; Enter passes it by."""
        button = QPushButton(f"{label}  {key}", self)
        button.setAutoDefault(False)
        button.setAccessibleName(label)
        self.foot.insertWidget(self.foot.indexOf(self.main_button) - 1, button)
        return button

    def go_to(self, editor: QWidget) -> None:
        """Put the focus on `editor` and bring it into view."""
        self._scroll.ensureWidgetVisible(editor, 0, theme.scaled(48))
        editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Page Up and Page Down leaf through a body that scrolls."""
        bar, action = self._scroll.verticalScrollBar(), QAbstractSlider.SliderAction
        if event.key() == Qt.Key.Key_PageDown:
            bar.triggerAction(action.SliderPageStepAdd)
        elif event.key() == Qt.Key.Key_PageUp:
            bar.triggerAction(action.SliderPageStepSub)
        else:
            super().keyPressEvent(event)

    def _draw_rule(self, _top: int, bottom: int) -> None:
        """A rule over the foot, where the body goes on under it."""
        self._rule.setVisible(bottom > 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as asked for, as high as the body needs, never more than the screen has."""
        room = self.screen().availableSize()
        width = min(theme.scaled(self._wide), room.width() - FRAME)
        if self._high:
            return QSize(width, min(theme.scaled(self._high), room.height() - FRAME))
        self.body.activate()
        body = self.body.heightForWidth(width)
        height = (
            body if body > 0 else self.body.sizeHint().height()
        ) + self.foot.sizeHint().height()
        return QSize(width, min(height + 4, room.height() - FRAME))

    def fit(self) -> None:
        """Take the size the body needs now."""
        self.resize(self.sizeHint())

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        """Measured once the stylesheet is on, and before Qt makes the window: else it makes one of
        100 × 30 pixels and enlarges it, and an X window manager may keep the first size."""
        if visible:
            self.ensurePolished()
            self.fit()
        super().setVisible(visible)
