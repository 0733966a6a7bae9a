"""The line at the foot: what is on disk, 字数, what the letter lacks and the way there."""

from datetime import date, datetime
from functools import cached_property

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from desktop import terms
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services import coverage
from desktop.services.paragraphs import count_characters
from desktop.widgets.elided import ElidedLabel

SAID_MS = 5000
COUNT_AFTER_MS = 400  # composing the whole letter is not for every keystroke


class StatusLine(QStatusBar):
    """The line. `wanted` carries what is missing when the handler wants to go there."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """A line that says nothing."""
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.saved, self.count, self.looks = QLabel(self), QLabel(self), QLabel(self)
        self.saved.setAccessibleName("保存状态")
        self.count.setAccessibleName("字数")
        self.looks.setAccessibleName("印刷样式")
        self.word = ElidedLabel(self)
        self.word.setProperty("word", True)
        for label in (self.saved, self.count, self.looks, self.word):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.addWidget(label)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self.word.clear)
        self.missing = QPushButton(self)
        self.missing.clicked.connect(self._clicked)
        self.addPermanentWidget(self.missing)
        self._case: Case | None = None
        self._first: coverage.Missing | None = None
        self._also: tuple[coverage.Missing, ...] = ()
        self._limit = 0
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self.show_count)
        self.show_case(None, 0)

    def show_case(self, case: Case | None, limit: int) -> None:
        """Speak of `case`; `limit` is what the proposal system takes."""
        self._case, self._limit = case, limit
        self.missing.hide()
        for widget in (self.saved, self.count, self.looks):
            widget.setVisible(case is not None)
        if case is None:
            return
        if self.isVisible():
            self._show_looks(case)
        self._counting.start(COUNT_AFTER_MS)

    def show_also(self, missing: tuple[coverage.Missing, ...]) -> None:
        """What else is to be looked at, that the case itself does not know."""
        self._also = missing
        self._counting.start(COUNT_AFTER_MS)

    def _show_looks(self, case: Case) -> None:
        words = (terms.FORMS[case.form], terms.HEADS[case.head], self._wordings.get(case.wording))
        self.looks.setText(" · ".join(filter(None, words)))

    @cached_property
    def _wordings(self) -> dict[str, str]:
        from desktop.services import letters  # as `body_text`

        return letters.wordings()

    def say(self, sentence: str) -> None:
        """A quiet word beside the rest, for a while."""
        self.word.setText(sentence)
        self._silence.start(SAID_MS)

    def say_saved(self, at: datetime) -> None:
        """已保存, only after the commit."""
        self.saved.setText(f"已保存 {at:%H:%M:%S}")

    def say_unsaved(self) -> None:
        """Something typed is not on disk yet."""
        self.saved.setText("正在保存…")

    def say_opened(self, *, stored: bool) -> None:
        """Nothing was changed since it was read; a blank case is not stored."""
        self.saved.setText("已保存" if stored else "还没有内容")

    def say_failed(self) -> None:
        """The commit was refused; it is tried again."""
        self.saved.setText("未能保存，正在重试")

    def show_count(self) -> None:
        """Count now; while the window is being made nothing is counted, but soon after."""
        case = self._case
        if case is None or not self.isVisible():
            return
        from desktop.services.plain_text import body_text  # composes: not before the first painting

        self._show_looks(case)
        try:
            count = count_characters(body_text(case, date.today()))
        except FuhanError:
            texts = (p.text for reply in case.replies for p in reply.paragraphs)
            count = count_characters("".join(texts))
        over = f"，超过系统上限 {self._limit}" if 0 < self._limit < count else ""
        self.count.setText(f"正文 {count} 字{over}")
        found = (*coverage.missing(case), *self._also) if not case.issue else ()
        self._first = found[0] if found else None
        self.missing.setVisible(bool(found))
        if found:
            more = "" if len(found) == 1 else f"（共缺 {len(found)} 项）"
            first = coverage.summary(case) or found[0].sentence
            self.missing.setText(f"{first}{more}　前往")
            tip = "\n".join([*(item.sentence for item in found[:12]), "F8 前往"])
            self.missing.setToolTip(tip.replace("<", "&lt;"))  # with a tag it would be HTML

    def go(self) -> None:
        """Go to what is missing."""
        self.show_count()
        if self._first:
            self.wanted.emit(self._first)

    def _clicked(self) -> None:
        self.go()
