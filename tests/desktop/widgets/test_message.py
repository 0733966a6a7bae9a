"""What the program says: the sentence, the deed's own words, and dialogs that die."""

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.busy import BusyBar
from desktop.widgets.form import FormDialog
from desktop.widgets.message import Banner, ErrorMessage, ask, show_error

CHOICES = [("replace", "替换原来的"), ("new", "另存为新卷宗")]


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QWidget]:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    yield owner
    QApplication.processEvents()
    gc.collect()
    assert owner.findChildren(QDialog) == []


def when_open(act: Callable[[FormDialog], None]) -> list[weakref.ref[FormDialog]]:
    """Call `act` with the dialog that opens next."""
    seen: list[weakref.ref[FormDialog]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        seen.append(weakref.ref(dialog))
        try:
            act(dialog)
        finally:  # a failed act must not leave the test waiting
            dialog.close()

    QTimer.singleShot(0, look)
    return seen


def button(dialog: QWidget, label: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == label)


@pytest.mark.parametrize(
    ("label", "key"), [("替换原来的", "replace"), ("另存为新卷宗", "new"), ("取消", "")]
)
def test_ask_returns_the_deed(owner: QWidget, label: str, key: str) -> None:
    seen = when_open(lambda dialog: button(dialog, label).click())
    assert ask(owner, "导入", "已经有第2025118号提案。", CHOICES) == key
    gc.collect()
    assert seen[0]() is None


@pytest.mark.parametrize(
    ("key", "destructive", "answer"),
    [
        (Qt.Key.Key_Escape, None, ""),
        (Qt.Key.Key_Return, None, "replace"),
        (Qt.Key.Key_Return, "replace", ""),
    ],
)
def test_enter_and_escape(
    owner: QWidget, qtbot: QtBot, key: Qt.Key, destructive: str | None, answer: str
) -> None:
    when_open(lambda dialog: qtbot.keyClick(dialog, key))
    assert ask(owner, "导入", "已经有。", CHOICES, destructive=destructive) == answer


def test_an_error_unfolds_its_detail(owner: QWidget) -> None:
    def act(dialog: FormDialog) -> None:
        assert isinstance(dialog, ErrorMessage)
        assert dialog.accessibleDescription() == "打不开，文库没有变动。"
        assert not dialog._detail.isVisible()
        before = dialog.height()
        button(dialog, "详细信息").click()
        assert dialog._detail.isVisible()
        assert dialog.height() > before
        button(dialog, "复制").click()
        button(dialog, "知道了").click()

    seen = when_open(act)
    show_error(owner, "打不开，文库没有变动。", "第120行")
    assert QGuiApplication.clipboard().text() == "第120行"
    gc.collect()
    assert seen[0]() is None


def test_an_error_without_detail_offers_none(owner: QWidget) -> None:
    def act(dialog: FormDialog) -> None:
        assert [b.text() for b in dialog.findChildren(QPushButton) if b.isVisible()] == ["知道了"]
        dialog.reject()

    when_open(act)
    show_error(owner, "打不开。")


def test_a_banner_speaks_acts_and_closes(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    banner = Banner()
    banner.setParent(owner)
    owner.show()
    assert banner.sentence == ""
    banner.say("已导出。", {"open": "打开"})
    assert banner.sentence == "已导出。"
    with qtbot.waitSignal(banner.acted, check_params_cb=lambda deed: deed == "open"):
        button(banner, "打开").click()
    opened = button(banner, "打开")
    banner.say("有半角标点。", warn=True)
    assert not banner._deeds.count()
    assert not opened.isVisible(), "at once: while a dialog is open nothing is deleted"
    with qtbot.waitSignal(banner.dismissed):
        banner._close.click()
    assert banner.sentence == ""


def test_a_busy_bar_says_cancelled_once(qtbot: QtBot) -> None:
    bar = BusyBar()
    qtbot.addWidget(bar)
    said: list[None] = []
    bar.cancelled.connect(lambda: said.append(None))
    bar.begin("正在导出…", steps=3)
    bar.advance(2)
    assert bar._progress.value() == 2
    bar._cancel.click()
    bar._cancel.click()
    assert len(said) == 1
    bar.end()
    assert bar.isHidden()
    bar.begin("正在导入…", can_cancel=False)
    assert bar._cancel.isHidden()
