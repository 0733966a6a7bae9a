"""The small dialogs: what they give back, how they end, that they fit and die."""

import gc
import weakref
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.letter.model import Issue, Office
from desktop.views.dialogs.about import AboutDialog, show_about
from desktop.views.dialogs.issue import IssueDialog, ask_issue
from desktop.views.dialogs.office import OfficeAnswer, OfficeDialog, ask_office
from desktop.views.dialogs.print_letter import LetterShown, PrintDialog
from desktop.views.dialogs.shortcuts import ShortcutsDialog, show_shortcuts
from desktop.widgets import theme

OFFICE = Office(
    "某某市某某区城市更新局", "区更新局", "我委", "我市", "某更提函", "李明", "12345678"
)
DAY = date(2026, 9, 5)
KEYS = [("新建", "Ctrl+N"), ("帮助", "F1")]
LETTER = LetterShown("关于第2025118号提案的答复", 5, 2, True)
EVERY: dict[str, Callable[[QWidget], QDialog]] = {
    "first run": lambda owner: OfficeDialog(owner, Office(), first_run=True),
    "office": lambda owner: OfficeDialog(owner, OFFICE),
    "issue": lambda owner: IssueDialog(owner, DAY),
    "about": lambda owner: AboutDialog(owner, "复函"),
    "help": lambda owner: ShortcutsDialog(owner, KEYS),
    "print": lambda owner: PrintDialog(owner, LETTER, ["一楼", "三楼"], "三楼", {}),
    "no printer": lambda owner: PrintDialog(owner, LETTER, [], "", {}),
}


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QWidget]:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    yield owner
    QApplication.processEvents()
    assert owner.findChildren(QDialog) == []


def with_dialog(act: Callable[[QDialog], None]) -> None:
    """Call `act` with the modal dialog that opens next."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.activateWindow()
        QApplication.processEvents()
        try:
            act(dialog)
        finally:  # a failed act must not leave the test waiting
            dialog.close()

    QTimer.singleShot(0, look)


def enter(qtbot: QtBot) -> Callable[[QDialog], None]:
    return lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return)


def escape(qtbot: QtBot) -> Callable[[QDialog], None]:
    return lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_office_comes_back_as_it_went_in(owner: QWidget, qtbot: QtBot) -> None:
    with_dialog(enter(qtbot))
    assert ask_office(owner, OFFICE) == OfficeAnswer(OFFICE)


def test_escape_changes_nothing(owner: QWidget, qtbot: QtBot) -> None:
    with_dialog(escape(qtbot))
    assert ask_office(owner, OFFICE) is None
    with_dialog(escape(qtbot))
    assert ask_issue(owner, DAY) is None


def test_the_first_run_wants_the_word_on_secrecy_and_a_name(owner: QWidget, qtbot: QtBot) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, OfficeDialog)
        press = lambda: qtbot.keyClick(dialog, Qt.Key.Key_Return)  # noqa: E731
        assert dialog._name_row.problem == ""  # nothing is scolded before it was tried
        press()
        assert dialog.isVisible()
        assert dialog.known.hasFocus()
        dialog.known.click()
        press()
        assert dialog._name_row.problem
        assert dialog.full_name.hasFocus()
        dialog.full_name.insert(" 某局 ")  # says `edited`, as typing does
        assert dialog._name_row.problem == ""
        dialog.own_word.setEditText("我馆")
        press()

    with_dialog(act)
    answer = ask_office(owner, Office(), first_run=True)
    assert answer == OfficeAnswer(Office("某局", own_word="我馆"), samples=True)


def test_the_samples_can_be_declined(owner: QWidget, qtbot: QtBot) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, OfficeDialog)
        dialog.known.click()
        dialog.samples.click()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    with_dialog(act)
    answer = ask_office(owner, OFFICE, first_run=True)
    assert answer is not None
    assert not answer.samples


def test_an_issue_has_its_day_and_signer(owner: QWidget, qtbot: QtBot) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, IssueDialog)
        dialog.on.setDate(QDate(2026, 9, 8))
        dialog.by.insert("王局")
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    with_dialog(act)
    assert ask_issue(owner, DAY) == Issue(date(2026, 9, 8), "王局")


def test_about_says_no_secrets_and_copies_its_facts(owner: QWidget) -> None:
    dialog = show_about(owner, "复函 诊断")
    said = "".join(label.text() for label in dialog.findChildren(QLabel))
    assert "不得录入涉密信息" in said
    assert "Apache-2.0" in said
    next(b for b in dialog.findChildren(QPushButton) if "复制" in b.text()).click()
    assert QGuiApplication.clipboard().text() == "复函 诊断"
    dialog.close()


def test_help_shows_five_steps_and_the_keys_it_is_given(owner: QWidget) -> None:
    dialog = show_shortcuts(owner, KEYS)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert [text[0] for text in said if text[:1].isdigit()] == ["1", "2", "3", "4", "5"]
    assert said[-4:] == ["新建", "Ctrl+N", "帮助", "F1"]
    dialog.close()


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("scale", [100, 150])
def test_every_dialog_fits_and_dies(
    owner: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str, scale: int
) -> None:
    monkeypatch.setattr(theme._now, "scale", scale)
    dialog = EVERY[name](owner)
    dialog.open()
    assert dialog.minimumSizeHint().width() < 1093 - 48
    assert dialog.minimumSizeHint().height() < 614 - 48
    gone = weakref.ref(dialog)
    with qtbot.waitSignal(dialog.destroyed, timeout=1000):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    del dialog
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("name", EVERY)
def test_every_control_has_a_name_and_tab_follows_the_eye(
    owner: QWidget, qtbot: QtBot, name: str
) -> None:
    dialog = EVERY[name](owner)
    dialog.open()
    dialog.activateWindow()
    QApplication.processEvents()
    kinds = (QAbstractButton, QComboBox, QPlainTextEdit, QLineEdit)
    for control in dialog.findChildren(QWidget):
        if isinstance(control, kinds) and not control.objectName().startswith("qt_"):
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or text, control
    stops: list[QWidget] = []
    while (stop := QApplication.focusWidget()) not in stops:
        assert stop is not None
        stops.append(stop)
        qtbot.keyClick(stop, Qt.Key.Key_Tab)
    places = [stop.mapTo(dialog, stop.rect().center()) for stop in stops]
    turn = min(range(len(stops)), key=lambda n: (places[n].y() // 20, places[n].x()))
    order = [(p.y() // 20, p.x()) for p in places[turn:] + places[:turn]]
    assert order == sorted(order)
    dialog.close()
