"""Every dialog the window opens, opened ten times, leaves nothing behind."""

import gc
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from desktop.crash import write_report
from desktop.letter.reader import read_case
from desktop.mistakes import SAVED
from desktop.services.before_leaving import Finding, Kind
from desktop.views.dialogs import (
    about,
    add_unit,
    backups,
    before_leaving,
    cut_proposal,
    import_batch,
    import_letter,
    issue,
    office,
    original,
    paste_limit,
    print_letter,
    report,
    review_copy,
    shortcuts,
    trash,
)
from desktop.views.main_window import MainWindow
from desktop.widgets import form
from desktop.widgets.message import ask
from tests.cases import plain_case, with_original
from tests.conftest import DATA
from tests.desktop.views.hands import NARRATIVE, settle, show, when_asked

TIMES = 10
BESIDE = ("about", "help")  # they do not block
FINDING = Finding(Kind.MOBILE, "13800000000", "电话13800000000", "结尾", "closing", 2)
DAY = date(2025, 11, 21)
READING = read_case((DATA / "messy-letter.txt").read_bytes(), DAY)
PLACED = with_original(plain_case())
OPENED: dict[str, Callable[[MainWindow], object]] = {
    "about": lambda window: window.show_about(),
    "help": lambda window: window.show_help(),
    "office": lambda window: window.office.edit_office(),
    "first run": lambda window: window.office.welcome_office(),
    "issue": lambda window: window.issue(),
    "cut": lambda window: window.cutting.cut_proposal(),
    "recut": lambda window: cut_proposal.ask_recut(window, PLACED, 0),
    "original": lambda window: original.show_original(window, PLACED.proposals[0]),
    "backups": lambda window: window.backups.show_backups(),
    "trash": lambda window: window.trash.show_trash(),
    "print": lambda window: window.letter_deeds.print_letter(),
    "unit": lambda window: add_unit.ask_unit(window),
    "review copy": lambda window: window.letter_deeds.export_review_copy(),
    "limit": lambda window: window.exporting.act("limit"),
    "report": lambda window: report.show_report(window, SAVED, write_report(ValueError())),
    "leaving": lambda window: before_leaving.ask_leaving(window, [FINDING], "导出"),
    "import": lambda window: import_letter.ask_letter(window, "a.txt", READING, DAY),
    "batch": lambda window: import_batch.ask_batch(
        window, [], DAY, window.importing.stored, window.importing.replaced
    ),
    "error": lambda window: window.refuse("没有做成，内容没有改动，请再试一次。"),
    "question": lambda window: ask(window, "问", "要不要？", [("yes", "要")]),
}


def close_all(window: MainWindow) -> None:
    """Those that do not block."""
    for dialog in window.findChildren(QDialog):
        dialog.close()
    settle()


@pytest.mark.parametrize("name", OPENED)
def test_it_dies_when_closed(
    window: MainWindow, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    born: list[weakref.ref[QDialog]] = []
    begin = form.FormDialog.__init__

    def noted(self: form.FormDialog, *args: object, **settings: object) -> None:
        born.append(weakref.ref(self))
        begin(self, *args, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr(form.FormDialog, "__init__", noted)
    show(window, NARRATIVE)
    before = len(QApplication.topLevelWidgets())
    for _ in range(TIMES):
        if name not in BESIDE:
            when_asked(lambda dialog: dialog.close())
        OPENED[name](window)
        close_all(window)
    gc.collect()
    settle()
    assert len(born) == TIMES
    assert [r for r in born if r() is not None] == []
    # the window itself may have made a list to drop down meanwhile; a dialog leaves one each time
    assert len(QApplication.topLevelWidgets()) < before + TIMES
    assert not window.findChildren(QDialog)


def right_click() -> QContextMenuEvent:
    reason = QContextMenuEvent.Reason.Mouse
    return QContextMenuEvent(reason, QPoint(120, 10), QPoint(10, 10))


def test_menus_die_too(window: MainWindow) -> None:
    show(window, NARRATIVE)
    before = len(window.findChildren(QMenu))
    editor = window.page.replies.cards[0].editor
    for _ in range(TIMES):
        QTimer.singleShot(0, lambda: [m.close() for m in [QApplication.activePopupWidget()] if m])
        QApplication.sendEvent(editor.viewport(), right_click())
        settle()
    assert len(window.findChildren(QMenu)) == before


def test_every_dialog_is_opened_here() -> None:
    modules = (
        about, add_unit, backups, before_leaving, cut_proposal, import_batch, import_letter, issue,
        office, original, paste_limit, print_letter, report, review_copy, shortcuts, trash,
    )  # fmt: skip
    folder = Path(about.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert files == {module.__name__.rpartition(".")[2] for module in modules}
