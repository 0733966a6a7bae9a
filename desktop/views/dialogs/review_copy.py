"""导出审核稿: clean, or with what changed since a state (版本) marked as 修订."""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from db.enums import RevisionReason
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services import exports, review_copy, revisions
from desktop.views.state_words import state_words
from desktop.widgets.calm import CalmBox
from desktop.widgets.form import Choice, FormDialog, Group, Row, words

WAYS = (("clean", "干净的审核稿"), ("redline", "标出修订"))
ABOUT = {
    "clean": "与“导出 Word”一样的工作稿，审核的人改过以后可以收回来。",
    "redline": "改动用 Word 的修订标出，可以逐处接受、拒绝，改过以后可以收回来。",
}
NO_STATE = "这份提案还没有留下版本，没有可以比较的一版；导出过或按 Ctrl+S 保存过以后才能标出修订。"


def ask_review(parent: QWidget | None, case: Case) -> exports.Printer | None:
    """Ask what the 审核稿 of `case` is to show; None if cancelled. Blocks."""
    dialog = ReviewCopy(parent, case)
    dialog.exec()
    return dialog.printer


class ReviewCopy(FormDialog):
    """Two ways; for 修订 the state, and how much has changed since."""

    def __init__(self, parent: QWidget | None, case: Case) -> None:
        super().__init__(parent, "导出审核稿", "导出…", wide=520)
        self.printer: exports.Printer | None = None
        self._case = case
        self._before: Case | None = None
        self.way = Choice(WAYS, "clean")
        self.way.changed.connect(self._show)
        self.about = words("", "second")
        self.state = CalmBox()
        self.state.setMinimumContentsLength(8)
        self.state.setSizeAdjustPolicy(
            CalmBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        left = exports.exported_states(case.key)
        for row in revisions.list_revisions(case.key):
            also = row.id in left and row.reason is not RevisionReason.EXPORT
            exported = "，已导出" if also else ""
            self.state.addItem(f"{state_words(row)}{exported}　{row.characters} 字", row.id)
        self.state.setCurrentIndex(max(0, self.state.findData(next(iter(left), 0))))
        self.state.activated.connect(self._show)
        self.row = Row("自哪一版起", self.state)
        self.count = words("")
        self._counted = Row("改动", self.count)
        group = Group("审核稿")
        for part in (self.way, self.about, self.row, self._counted):
            group.add(part)
        if not self.state.count():
            self.way.buttons()[1].setEnabled(False)
            group.add(words(NO_STATE, "third"))
        self.way.setAccessibleName("审核稿")
        self.body.addWidget(group)
        self.body.addStretch()
        self._show()
        self.way.setFocus()

    def _show(self) -> None:
        """What the chosen way would give."""
        marking = self.way.value() == "redline"
        self._before, problem = None, ""
        if marking:
            try:
                self._before = revisions.case_at(self.state.currentData())
                count = review_copy.count_since(self._before, self._case, date.today())
                self.count.setText(f"{count} 段")
            except FuhanError as error:
                problem = str(error)
        self.row.set_problem(problem)
        self.about.setText(ABOUT[self.way.value()])
        self.row.setVisible(marking)
        self._counted.setVisible(marking and not problem)
        self.main_button.setEnabled(not problem)
        if self.isVisible():
            self.fit()

    def accept(self) -> None:
        """Take the choice."""
        self.printer = review_copy.CLEAN
        if self._before:
            self.printer = review_copy.redline(self._before, datetime.now())
        super().accept()
