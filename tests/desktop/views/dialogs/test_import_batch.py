"""Many files at once as a handler sees them: the table, the choices, 取消, the report."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db import models
from desktop.services import cases
from desktop.services.rows import ReplyFound
from desktop.services.search import EVERYTHING
from desktop.views.dialogs.import_batch import ImportBatch
from desktop.views.dialogs.import_letter import ImportLetter
from desktop.views.main_window import MainWindow
from tests.batches import letter, letter_folder
from tests.conftest import TODAY
from tests.desktop.views.hands import click, drop_files, settle, when_asked

Key = Qt.Key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty files: two broken, two twice there, three that need a look."""
    letter_folder(tmp_path / "来函", 60)
    return tmp_path / "来函"


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, folder: Path) -> ImportBatch:
    """The dialog with all files read."""
    return read(qtbot, window, folder)


def read(qtbot: QtBot, window: MainWindow, *paths: Path) -> ImportBatch:
    dialog = ImportBatch(window, list(paths), TODAY)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.busy.isHidden(), timeout=20000)
    settle()
    return dialog


def import_all(qtbot: QtBot, dialog: ImportBatch) -> None:
    click(qtbot, dialog.main_button)
    qtbot.waitUntil(lambda: not dialog.batch.waiting, timeout=20000)
    settle()


def column(dialog: ImportBatch, number: int) -> list[str]:
    model = dialog.model
    return [str(model.data(model.index(row, number))) for row in range(model.rowCount())]


def test_a_folder_comes_in_and_its_broken_files_are_reported(
    qtbot: QtBot, dialog: ImportBatch
) -> None:
    before = len(models.Letter.select())
    assert dialog.model.rowCount() == 60
    assert dialog.main_button.text() == "导入 56 份"
    assert "需要看 7，已有 2，读不出 2" in dialog.count.text()
    assert dialog.table.y() < 80  # nothing is left of the bar of progress
    import_all(qtbot, dialog)
    assert len(models.Letter.select()) == before + 56 == before + len(dialog.keys)
    assert dialog.count.text().startswith("导入了 56 份，4 个没有导入，原文件都没有改动")
    assert dialog.scope.value() == "out"
    assert column(dialog, 0) == [f"答复函00{n}" for n in ("07.txt", "09.docx", "38.txt", "59.docx")]
    click(qtbot, dialog.copy)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in copied] == column(dialog, 0)
    assert "损坏" in copied[1]


def test_where_all_came_in_nothing_but_the_way_out_is_left(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """Two keys: Enter imports, Enter is 完成."""
    clean(tmp_path, 3)
    dialog = read(qtbot, window, tmp_path)
    dialog.main_button.setFocus()
    qtbot.keyClick(dialog.main_button, Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.keys) == 3, timeout=8000)
    settle()
    assert dialog.count.text() == "3 份全部导入了，原文件都没有改动。"
    assert buttons(dialog) == ["完成", "查看这些卷宗"]
    assert dialog.focusWidget() is dialog.main_button
    qtbot.keyClick(dialog.main_button, Key.Key_Return)
    assert not dialog.isVisible()
    assert not dialog.show_them


def test_where_some_are_left_out_the_choice_stays(qtbot: QtBot, dialog: ImportBatch) -> None:
    """What could not come is listed; what is there already may still be made anew."""
    import_all(qtbot, dialog)
    assert {"完成", "查看这些卷宗", "另存", "复制没有导入的"} <= set(buttons(dialog))
    dialog.table.selectRow(0)
    click(qtbot, next(b for b in dialog.decisions if b.text() == "另存"))
    assert dialog.main_button.text() == "导入 1 份"
    import_all(qtbot, dialog)
    assert dialog.main_button.text() == "完成"
    assert dialog.count.text().startswith("导入了 57 份，3 个没有导入")


def test_the_bar_says_how_far_it_is(qtbot: QtBot, dialog: ImportBatch) -> None:
    said: set[str] = set()
    bar = dialog.busy.findChild(QLabel)
    assert bar
    look = QTimer()
    look.timeout.connect(lambda: said.add(bar.text()))
    look.start(0)
    import_all(qtbot, dialog)
    look.stop()
    counts = [re.fullmatch(r"正在导入 56 份，已导入 (\d+) 份…", words) for words in said]
    assert len({match[1] for match in counts if match}) > 3


def test_the_cases_are_shown_alone_in_the_list(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    clean(tmp_path, 3)
    before = len(window.sidebar.model.rows)
    assert window.sidebar.scopes["came"].isHidden()

    def bring(dialog: object) -> None:
        assert isinstance(dialog, ImportBatch)
        qtbot.waitUntil(lambda: dialog.main_button.isEnabled(), timeout=8000)
        import_all(qtbot, dialog)
        click(qtbot, dialog.show_all)

    when_asked(bring)
    drop_files(window, [tmp_path])
    assert [row.proposal_number for row in window.sidebar.model.shown] == ["1000", "1001", "1002"]
    assert window.session.case.proposals[0].proposal_number == "1000"
    assert window.sidebar.scopes["came"].isVisible()
    click(qtbot, window.sidebar.scopes["all"])
    assert len(window.sidebar.model.shown) == before + 3


def test_what_came_in_is_found_before_the_dialog_is_closed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    clean(tmp_path, 3)
    (tmp_path / "9.txt").write_text(letter(9).replace("踏勘", "踏勘麒麟阁"), encoding="utf-8")
    window.earlier.begin()
    qtbot.waitUntil(lambda: not window.earlier.keeping.busy, timeout=8000)
    found: list[ReplyFound] = []

    def bring(dialog: object) -> None:
        assert isinstance(dialog, ImportBatch)
        qtbot.waitUntil(lambda: dialog.main_button.isEnabled(), timeout=8000)
        with qtbot.waitSignal(window.earlier.keeping.fresh, timeout=8000):
            import_all(qtbot, dialog)
        found.extend(window.earlier._letters.search("麒麟阁", EVERYTHING, 5))
        dialog.accept()

    when_asked(bring)
    drop_files(window, [tmp_path])
    assert [one.proposal_number for one in found] == ["1009"]


def clean(folder: Path, count: int) -> None:
    """Letters about which there is nothing to say."""
    for number in range(count):
        (folder / f"{number}.txt").write_text(letter(number), encoding="utf-8")


def buttons(dialog: ImportBatch) -> list[str]:
    """What can be pressed, but for the scopes above the table."""
    every = dialog.foot.parentWidget().findChildren(QPushButton)
    scopes = dialog.scope.buttons()
    return [b.text() for b in every if b.isVisible() and b not in scopes]


def test_scopes_show_what_needs_a_look(qtbot: QtBot, dialog: ImportBatch) -> None:
    shown = []
    for button in dialog.scope.buttons()[:4]:  # 全部, 需要看, 已有, 读不出
        click(qtbot, button)
        shown.append((dialog.model.rowCount(), set(column(dialog, 6))))
    everything = {"导入", "跳过", "—"}
    assert shown == [(60, everything), (7, everything), (2, {"跳过"}), (2, {"—"})]


def test_a_choice_for_the_chosen_rows(qtbot: QtBot, dialog: ImportBatch) -> None:
    click(qtbot, dialog.scope.buttons()[2])
    dialog.table.selectAll()
    as_new = next(b for b in dialog.decisions if b.text() == "另存")
    click(qtbot, as_new)
    assert column(dialog, 6) == ["另存", "另存"]
    assert dialog.main_button.text() == "导入 58 份"
    import_all(qtbot, dialog)
    assert len(dialog.keys) == 58


def test_enter_looks_at_a_file_and_what_is_corrected_comes_in(
    qtbot: QtBot, dialog: ImportBatch
) -> None:
    """With keys only: down to the fifth row, Enter, the number chosen, 就这样, 导入."""
    words = "关于打通乡村断头路的建议"

    def correct(inner: object) -> None:
        assert isinstance(inner, ImportLetter)
        start = inner.original.toPlainText().index(words)
        inner.original.select(start, start + len(words))
        inner.activateWindow()
        settle()
        qtbot.keyClick(inner.original, Key.Key_A, Qt.KeyboardModifier.AltModifier)
        inner.main_button.click()

    for _ in range(4):
        qtbot.keyClick(dialog.table, Key.Key_Down)
    said = when_asked(correct)
    qtbot.keyClick(dialog.table, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.batch.settled), timeout=8000)
    assert said == ["导入 答复函0004.txt"]
    assert column(dialog, 2)[4] == words
    import_all(qtbot, dialog)
    assert cases.find_case("3004").proposals[0].subject == words


def test_cancel_while_storing_keeps_what_is_in(qtbot: QtBot, dialog: ImportBatch) -> None:
    before = len(models.Letter.select())
    click(qtbot, dialog.main_button)
    dialog.busy.cancelled.emit()
    settle()
    came = len(dialog.keys)
    assert 0 < came < 56
    assert len(models.Letter.select()) == before + came
    assert dialog.busy.isHidden()
    import_all(qtbot, dialog)  # the rest can still come
    assert len(models.Letter.select()) == before + 56


def test_cancel_while_reading_shows_what_was_read(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    dialog = ImportBatch(window, [folder], TODAY)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.batch.rows), timeout=8000)
    dialog.stop()
    settle()
    known = len(dialog.batch.rows)
    qtbot.wait(300)
    assert len(dialog.batch.rows) == known
    assert dialog.busy.isHidden()
    dialog.close()


def test_the_window_lives_meanwhile(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    """A timer of 20 ms is heard all the while, with no pause a hand would feel."""
    from time import monotonic

    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(monotonic()))
    heart.start(20)
    dialog = read(qtbot, window, folder)
    import_all(qtbot, dialog)
    pauses = [after - before for before, after in pairwise(beats)]
    assert len(beats) > 10
    assert max(pauses) < 0.5  # 40 ms of storing and a commit, on a machine that others use too


def test_a_dropped_folder_opens_it(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    letter_folder(tmp_path / "来函", 12)
    before = len(models.Letter.select())

    def bring(dialog: object) -> None:
        assert isinstance(dialog, ImportBatch)
        qtbot.waitUntil(lambda: dialog.main_button.isEnabled(), timeout=8000)
        import_all(qtbot, dialog)

    when_asked(bring)
    drop_files(window, [tmp_path / "来函"])
    assert len(models.Letter.select()) == before + 10
    assert len(window.sidebar.model.rows) == before + 10


def test_an_empty_folder_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    dialog = read(qtbot, window, tmp_path / "空")
    assert "没有找到可以导入的文件" in dialog.count.text()
    assert not dialog.main_button.isEnabled()
    assert dialog.look.toolTip() == "请先在表里选中文件"
    dialog.close()


def test_names_are_no_markup(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for number in (1, 2):
        path = tmp_path / f"<b>粗{number}.txt"
        path.write_text(letter(number).replace("修缮", "<b>修"), encoding="utf-8")
    dialog = read(qtbot, window, tmp_path)
    model = dialog.model
    for number in range(model.columnCount()):
        tip = str(model.data(model.index(0, number), Qt.ItemDataRole.ToolTipRole))
        assert "<b>" not in tip
    dialog.close()
