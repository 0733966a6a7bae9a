"""A report (报告) of our own mistake: the sentence, and 复制 and 另存 for the maintainer."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.crash import Report
from desktop.errors import FuhanError
from desktop.services.files import write_draft
from desktop.widgets.icons import set_icon
from desktop.widgets.message import ErrorMessage, show_error


def show_report(parent: QWidget | None, sentence: str, report: Report) -> None:
    """Say `sentence`, with `report` to be read, copied, saved elsewhere. Blocks."""
    ReportMessage(parent, sentence, report).exec()


class ReportMessage(ErrorMessage):
    """An error whose detail is a report."""

    def __init__(self, parent: QWidget | None, sentence: str, report: Report) -> None:
        super().__init__(parent, sentence, f"{report.text}\n{_place(report)}")
        self._report = report
        self._save = QPushButton("另存…")
        self._save.setProperty("quiet", True)
        self._save.setAutoDefault(False)
        set_icon(self._save, "save")
        self.buttons.insertWidget(self.buttons.count() - 1, self._save)
        self._save.clicked.connect(self._save_as)

    def _save_as(self) -> None:
        name = self._report.path.name if self._report.path else "fuhan.txt"
        chosen, _ = QFileDialog.getSaveFileName(
            self, "另存报告", str(Path.home() / name), "文本 (*.txt)"
        )
        if not chosen:
            return
        try:
            write_draft(Path(chosen), self._report.text.encode()).take_name()
        except FuhanError as error:
            show_error(self, str(error))
        else:
            self._save.setText("已另存")


def _place(report: Report) -> str:
    """Where it lies, without the name of a home: this is copied to the maintainer too."""
    path = report.path
    return f"报告：{path.parent.name}/{path.name}" if path else str(report)
