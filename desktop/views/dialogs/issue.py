"""定稿: the day the letter is issued and who signed it; says what freezes."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.letter.model import Issue
from desktop.widgets.calm import CalmDate
from desktop.widgets.form import FormDialog, Group, Row, words
from desktop.widgets.line_field import LineField, one_line

FREEZES = (
    "定稿后，这份函的文字、用语、版式、日期和签发人都不再变动。"
    "以后要改，可以“重新起草”，定稿的这一版仍留在“版本”里。"
)


def ask_issue(parent: QWidget | None, today: date, by: str = "") -> Issue | None:
    """Ask for the day and 签发人; None when cancelled. Blocks."""
    dialog = IssueDialog(parent, today, by)
    dialog.exec()
    return dialog.issue


class IssueDialog(FormDialog):
    """成文日期 and 签发人."""

    def __init__(self, parent: QWidget | None, today: date, by: str = "") -> None:
        super().__init__(parent, "定稿", "定稿", wide=460)
        self.issue: Issue | None = None
        self.on = CalmDate()
        self.on.set_day(today)
        self.by = LineField(by)
        group = Group("定稿信息")
        group.add(Row("成文日期", self.on, "印在函上的日期，一般为签发的日子"))
        group.add(Row("签发人", self.by, "可不填；只作记录，不印在函上"))
        self.body.addWidget(words(FREEZES))
        self.body.addWidget(group)
        self.body.addStretch()
        self.on.setFocus()

    def accept(self) -> None:
        """Take the day and the name."""
        self.issue = Issue(self.on.day(), one_line(self.by.text()))
        super().accept()
