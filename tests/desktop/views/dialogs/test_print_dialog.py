"""The print dialog: what it orders, what it says, what of it is there at all."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.views import printers
from desktop.views.dialogs.print_letter import FAULTY, LetterShown, PrintDialog
from desktop.views.print_order import Duplex, PrintOrder
from desktop.views.printers import PrinterShown

FIRST, SECOND = "一楼", "三楼文印室"
EVERY_SIDE = tuple(Duplex)
PRINTERS = {
    FIRST: PrinterShown(FIRST, "走廊", faulty=True),
    SECOND: PrinterShown(SECOND, "", False, EVERY_SIDE, Duplex.LONG, ("OnlyOne", "Manual")),
}
LETTER = LetterShown("关于第2025118号提案的答复", 5, 2)
PREPRINTED = LetterShown("关于第2025118号提案的答复", 5, 0, True)


@pytest.fixture
def owner(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QWidget]:
    """A window, on a computer with two printers."""
    monkeypatch.setattr(printers, "describe", PRINTERS.__getitem__)
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    yield owner
    for dialog in owner.findChildren(PrintDialog):
        dialog.close()


def opened(owner: QWidget, letter: LetterShown = LETTER, printer: str = SECOND) -> PrintDialog:
    dialog = PrintDialog(owner, letter, list(PRINTERS), printer, {FIRST: (1.0, 2.5)})
    dialog.open()
    dialog.activateWindow()
    QApplication.processEvents()
    return dialog


def shown(dialog: PrintDialog) -> list[str]:
    """The words that can be seen."""
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def choose(dialog: PrintDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words).click()


def test_enter_prints_all_of_it_as_the_printer_usually_does(owner: QWidget, qtbot: QtBot) -> None:
    dialog = opened(owner)
    assert f"{LETTER.name}　共5页" in shown(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.order == PrintOrder(SECOND, (1, 2, 3, 4, 5), duplex=Duplex.LONG)
    assert dialog.other == ""


def test_everything_that_is_chosen_is_ordered(owner: QWidget, qtbot: QtBot) -> None:
    dialog = opened(owner)
    dialog.tray.setCurrentText("手动送纸")
    dialog.sides.setCurrentText("双面，短边翻转")
    dialog.copies.setValue(3)
    dialog.backwards.click()
    choose(dialog, "指定页")
    assert dialog.pages.hasFocus()
    qtbot.keyClicks(dialog.pages, "1-2,5")
    qtbot.keyClick(dialog.pages, Qt.Key.Key_Return)
    assert dialog.order == PrintOrder(SECOND, (1, 2, 5), 3, Duplex.SHORT, "Manual", True)


def test_the_page_in_sight(owner: QWidget) -> None:
    dialog = opened(owner)
    choose(dialog, "当前页（第2页）")
    dialog.main_button.click()
    assert dialog.order
    assert dialog.order.pages == (2,)
    hidden = opened(owner, PREPRINTED)
    assert [button.text() for button in hidden.range.buttons()] == ["全部", "指定页"]


def test_wrong_pages_are_said_where_they_stand(owner: QWidget, qtbot: QtBot) -> None:
    dialog = opened(owner)
    choose(dialog, "指定页")
    dialog.main_button.click()
    assert "请填写" in dialog.range_row.problem
    qtbot.keyClicks(dialog.pages, "4-6")
    assert dialog.range_row.problem == ""
    dialog.copies.setFocus()
    dialog.main_button.click()
    assert dialog.range_row.problem == "这份函共5页，没有第6页。"
    assert dialog.pages.hasFocus()
    assert dialog.isVisible()
    assert dialog.order is None
    choose(dialog, "全部")
    assert dialog.range_row.problem == ""
    dialog.main_button.click()
    assert dialog.order


def test_only_what_the_printer_can_do_is_offered(owner: QWidget) -> None:
    dialog = opened(owner)
    assert {"纸盒", "单双面"} <= set(shown(dialog))
    assert FAULTY not in shown(dialog)
    dialog.printer.setCurrentText(FIRST)
    dialog.printer.activated.emit(0)
    assert not {"纸盒", "单双面"} & set(shown(dialog))
    assert {"走廊", FAULTY} <= set(shown(dialog))
    dialog.main_button.click()
    assert dialog.order == PrintOrder(FIRST, (1, 2, 3, 4, 5))


def test_offsets_belong_to_preprinted_paper(owner: QWidget) -> None:
    assert "套打位置" not in shown(opened(owner, LETTER, FIRST))
    dialog = opened(owner, PREPRINTED, FIRST)
    assert "套打位置" in shown(dialog)
    asked: list[PrintOrder] = []
    dialog.calibration_asked.connect(asked.append)
    dialog.copies.setValue(9)
    dialog.right.stepBy(-1)
    choose(dialog, "打印校准页")
    dialog.main_button.click()
    assert asked == [PrintOrder(FIRST, (1,), offset=(0.5, 2.5))]
    assert dialog.order
    assert dialog.order.offset == (0.5, 2.5)
    assert dialog.offsets == {FIRST: (0.5, 2.5)}


@pytest.mark.parametrize(
    ("words", "deed"),
    [
        ("系统打印对话框…", "print_by_system"),
        ("用 Word/WPS 打印…", "print_in_word"),
        ("用 Word/WPS 打开", "open_in_word"),
    ],
)
def test_the_other_ways_are_one_click_away(owner: QWidget, words: str, deed: str) -> None:
    dialog = opened(owner)
    choose(dialog, words)
    assert not dialog.isVisible()
    assert (dialog.other, dialog.order) == (deed, None)


def test_the_wheel_scrolls_and_changes_nothing(owner: QWidget) -> None:
    dialog = opened(owner, PREPRINTED, SECOND)
    before = dialog._ordered((1,))
    for box in (dialog.printer, dialog.sides, dialog.copies, dialog.right, dialog.down):
        at = QPointF(box.rect().center())
        event = QWheelEvent(
            at,
            box.mapToGlobal(at),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, event)
    assert dialog._ordered((1,)) == before
