"""Printing: what reaches the printer, where it stands, what is said when nothing does."""

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QTextCursor
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.enums import Head
from desktop.errors import InputError, OutputError
from desktop.letter.model import Case, Issue
from desktop.letter.pages.page import read_docx
from desktop.paper.calibration import PLACES, calibration_page
from desktop.paper.draw import Page
from desktop.paper.fonts import load_fonts
from desktop.paper.output import pdf_bytes
from desktop.settings import Settings
from desktop.views import printers
from desktop.views.dialogs.print_letter import NO_PRINTER, PrintDialog
from desktop.views.main_window import MainWindow
from desktop.views.preview_pages import CasePages
from desktop.views.print_order import Duplex, PrintOrder, parse_pages, sides
from desktop.views.printing import paint_order
from tests import rendering, spooler
from tests.conftest import ROOT
from tests.desktop.views.hands import CTRL, NARRATIVE, SHIFT, press, settle, show, when_asked, write

Key = Qt.Key
NEAR = 0.05 / 25.4 * 72  # 0.05 mm in points
MM = 72 / 25.4
PRINTER = "三楼文印室"


@pytest.fixture
def sample_pages(qapp: object, narrative_sample: Case) -> tuple[Page, ...]:  # noqa: ARG001
    """The narrative sample as pages."""
    return CasePages().of(narrative_sample)


@pytest.fixture
def pdf_printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[QPrinter]:
    """A printer called `PRINTER` that prints into files 打印1.pdf, 打印2.pdf …; those opened."""
    opened: list[QPrinter] = []
    open_for_real = printers.open_printer

    def open_printer(name: str) -> QPrinter:
        printer = open_for_real(name)
        opened.append(printer)
        printer.setOutputFileName(str(tmp_path / f"打印{len(opened)}.pdf"))
        return printer

    monkeypatch.setattr(printers, "names", lambda: ["一楼", PRINTER])
    monkeypatch.setattr(printers, "describe", printers.PrinterShown)
    monkeypatch.setattr(printers, "open_printer", open_printer)
    return opened


def printed(
    target: Path, pages: Sequence[Page], order: PrintOrder
) -> list[list[tuple[float, ...]]]:
    """The boxes of the lines of each page that comes out."""
    printer = printers.open_printer(PRINTER)
    printer.setOutputFileName(str(target))
    printers.instruct(printer, order)
    paint_order(printer, pages, order)
    return boxes(target)


def test_the_letter_has_no_other_paper(qapp: object) -> None:  # noqa: ARG001
    """Whatever was chosen in the system's dialog: upright A4, whole sheets."""
    printer = QPrinter()
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printers.lay_paper(printer)
    size = printer.pageLayout().fullRectPoints().size()
    assert (size.width(), size.height()) == (595, 842)
    assert printer.fullPage()


def boxes(pdf: Path) -> list[list[tuple[float, ...]]]:
    return [
        [(line.left, line.top, line.right, line.bottom) for line in page]
        for page in rendering.pages(pdf)
    ]


def words(pdf: Path) -> str:
    """All that is printed; Qt calls some hanzi by the radicals they look like."""
    text = "".join(line.text for page in rendering.pages(pdf) for line in page)
    return unicodedata.normalize("NFKC", text)


def same(
    one: Sequence[Sequence[tuple[float, ...]]],
    other: Sequence[Sequence[tuple[float, ...]]],
    dx: float = 0.0,
    dy: float = 0.0,
) -> bool:
    """Whether `one` is `other` moved by millimetres, to 0.05 mm."""
    moved = [
        [(a + dx * MM, b + dy * MM, c + dx * MM, d + dy * MM) for a, b, c, d in p] for p in other
    ]
    return [[pytest.approx(box, abs=NEAR) for box in page] for page in moved] == one


# what is ordered
@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("1-3,5", (1, 2, 3, 5)),
        ("５，１－２", (1, 2, 5)),
        ("3-1", (1, 2, 3)),
        (" 2 、4；4 ", (2, 4)),
        ("1—2", (1, 2)),
        ("1至3", (1, 2, 3)),
        ("05", (5,)),
    ],
)
def test_pages_as_they_are_written(text: str, pages: tuple[int, ...]) -> None:
    assert parse_pages(text, 5) == pages


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "请填写"),
        ("，", "请填写"),
        ("前两页", "看不懂“前两页”"),
        ("1-", "看不懂“1-”"),
        ("-3", "看不懂“-3”"),
        ("1.5", "看不懂“1.5”"),
        ("6", "共5页，没有第6页"),
        ("4-6", "没有第6页"),
        ("0", "没有第0页"),
        ("1-99999999999999", "没有第999999页"),
    ],
)
def test_pages_that_are_not_there_are_named(text: str, told: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_pages(text, 5)
    assert told in str(refused.value)
    assert str(refused.value).endswith("。")


def test_sheets_stay_whole_backwards_and_in_copies() -> None:
    assert sides((1, 2, 3)) == (1, 2, 3)
    assert sides((1, 2, 3), backwards=True, copies=2) == (3, 2, 1, 3, 2, 1)
    assert sides((1, 2, 3), duplex=True) == (1, 2, 3)
    assert sides((1, 2, 3), duplex=True, copies=2) == (1, 2, 3, None, 1, 2, 3)
    assert sides((1, 2, 3), duplex=True, backwards=True) == (3, None, 1, 2)
    assert sides((2, 3), duplex=True, backwards=True) == (2, 3)


# what comes out
@pytest.mark.usefixtures("office_suite")
def test_print_stands_where_the_pdf_stands(sample_pages: tuple[Page, ...], tmp_path: Path) -> None:
    """To 0.05 mm; and 套打 moves all of it, no more and no less."""
    reference = tmp_path / "导出.pdf"
    reference.write_bytes(pdf_bytes(sample_pages, load_fonts(), "函"))
    wanted = boxes(reference)
    every = tuple(range(1, len(sample_pages) + 1))
    assert len(wanted) == len(every) > 2
    assert all(len(page) > 10 for page in wanted[:-1])
    plain = printed(tmp_path / "1.pdf", sample_pages, PrintOrder(PRINTER, every))
    assert same(plain, wanted)
    moved = printed(
        tmp_path / "2.pdf", sample_pages, PrintOrder(PRINTER, every, offset=(1.5, -2.0))
    )
    assert same(moved, wanted, 1.5, -2.0)
    assert not same(moved, wanted)
    some = PrintOrder(PRINTER, (2, 3), copies=2, duplex=Duplex.LONG, backwards=True)
    assert same(printed(tmp_path / "3.pdf", sample_pages, some), [wanted[1], wanted[2]] * 2)
    odd = PrintOrder(PRINTER, (3,), copies=2, duplex=Duplex.SHORT)
    assert same(printed(tmp_path / "4.pdf", sample_pages, odd), [wanted[2], [], wanted[2]])


@pytest.mark.usefixtures("office_suite")
def test_the_calibration_page_has_its_crosses_where_it_says(tmp_path: Path) -> None:
    order = PrintOrder(PRINTER, (1,), offset=(0.5, -1.0))
    page = calibration_page(order.offset)
    printed(tmp_path / "校准.pdf", [page], order)
    lefts, tops = ({place[n] for place in PLACES} for n in (0, 1))
    bands = rendering.ink(tmp_path / "校准.pdf", 1, red=False)
    crosses = [band for band in bands if band.left < min(lefts)]  # each pair and its figures
    assert [band.top + 5 + 1.0 for band in crosses] == pytest.approx(sorted(tops), abs=0.15)
    assert [band.left + 5 - 0.5 for band in crosses] == pytest.approx([min(lefts)] * 2, abs=0.15)
    said = words(tmp_path / "校准.pdf")
    assert "右移0.5毫米" in said
    assert "下移-1毫米" in said


THROUGH_THE_SPOOLER = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.paper.calibration import calibration_page
from desktop.views import printers, printing
from desktop.views.print_order import Duplex, PrintOrder

app = QApplication([])
(name,) = printers.names()
order = PrintOrder(name, (1, 2, 3), copies=2, duplex=Duplex.SHORT)
printer = printers.open_printer(name)
printers.instruct(printer, order)
printer.setDocName("关于第2025118号提案的答复")
printing.paint_order(printer, [calibration_page((n, 0)) for n in range(3)], order)
shown = printers.describe(name)
print(json.dumps([printers.usual_name(), shown.note, shown.faulty, shown.duplex, shown.usual]))
"""


@pytest.mark.usefixtures("office_suite")
@pytest.mark.skipif(sys.platform != "linux", reason="CUPS is the spooler of Linux")
def test_the_spooler_is_told_what_its_driver_does(tmp_path: Path) -> None:
    """A real print through CUPS's library, to a spooler of our own on a socket."""
    with spooler.spooler(tmp_path / "s") as spool:
        done = subprocess.run(
            [sys.executable, "-c", THROUGH_THE_SPOOLER],
            cwd=ROOT,
            env={**os.environ, "CUPS_SERVER": str(tmp_path / "s")},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.stderr == ""
    every = ["single", "long", "short"]
    assert json.loads(done.stdout) == [spooler.NAME, "二楼文印室，203", False, every, "long"]
    (job,) = spool.jobs
    assert job["job-name"] == "关于第2025118号提案的答复"
    assert job["copies"] == "2"
    assert job["sides"] == "two-sided-short-edge"
    assert job["media"] == "A4"
    (file,) = spool.files
    (tmp_path / "job.pdf").write_bytes(file)
    assert len(boxes(tmp_path / "job.pdf")) == 3  # the driver copies, not we


def test_what_the_system_dialog_says_is_understood(qapp: object) -> None:  # noqa: ARG001
    printer = printers.open_printer(PRINTER)
    printer.setOutputFileName("函.pdf")
    assert printers.instructed(printer, 5, 2) == PrintOrder("函.pdf", (1, 2, 3, 4, 5))
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setCopyCount(2)
    assert printers.instructed(printer, 5, 2) == PrintOrder("函.pdf", (2,), 2, backwards=True)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(4, 9)
    assert printers.instructed(printer, 5, 2).pages == (4, 5)


def test_trays_have_names_where_the_system_tells_them(qapp: object) -> None:  # noqa: ARG001
    """Windows does; a driver's own trays are chosen in its own dialog."""
    source = QPrinter.PaperSource

    class Windows:
        def supportedPaperSources(self) -> list[QPrinter.PaperSource]:  # noqa: N802
            return [source.Auto, source.OnlyOne, source.Manual, source.CustomSource]

    assert printers._trays(Windows()) == ("OnlyOne", "Manual")  # type: ignore[arg-type]
    assert printers._trays(QPrinter()) == ()


def test_a_page_begins_at_the_corner_of_the_paper(qapp: object) -> None:  # noqa: ARG001
    printer = printers.open_printer(PRINTER)
    assert printer.fullPage()
    assert printer.resolution() >= 600
    assert printer.pageRect(QPrinter.Unit.Point) == printer.paperRect(QPrinter.Unit.Point)
    assert printer.pageLayout().pageSize().name().startswith("A4")


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(
    sample_pages: tuple[Page, ...], tmp_path: Path
) -> None:
    with pytest.raises(OutputError) as refused:
        printed(tmp_path / "没有" / "1.pdf", sample_pages, PrintOrder(PRINTER, (1,)))
    assert PRINTER in str(refused.value)
    assert "函件没有受影响" in str(refused.value)


# from the window
def write_at_the_end(window: MainWindow, words: str) -> None:
    """Into the last reply."""
    editor = window.page.replies.cards[-1].editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    write(words)


def print_dialog(act: Callable[[PrintDialog], object]) -> list[str]:
    """Do `act` in the dialog that opens next."""

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintDialog)
        dialog.activateWindow()
        settle()
        act(dialog)

    return when_asked(look)


@pytest.fixture
def refusals(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of dialogs that refuse."""
    said: list[str] = []
    monkeypatch.setattr("desktop.views.main_window.show_error", lambda _, text: said.append(text))
    show(window, NARRATIVE)
    return said


def test_without_a_printer_the_dialog_says_what_can_be_done(
    qtbot: QtBot, refusals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter exports a PDF, Esc changes nothing."""
    monkeypatch.setattr(printers, "names", list)
    asked: list[str] = []
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getSaveFileName",
        lambda *words: asked.append(words[1]) or ("", ""),
    )

    def look(dialog: PrintDialog) -> None:
        assert not dialog.main_button.isEnabled()
        assert dialog.main_button.toolTip()
        assert not hasattr(dialog, "printer")
        press(qtbot, Key.Key_Return)

    said = print_dialog(look)
    press(qtbot, Key.Key_P, CTRL)
    assert said == [NO_PRINTER]
    assert asked == ["导出 PDF"]
    print_dialog(lambda dialog: qtbot.keyClick(dialog, Key.Key_Escape))
    press(qtbot, Key.Key_P, CTRL)
    assert len(asked) == 1
    assert refusals == []


@pytest.mark.usefixtures("office_suite", "refusals")
def test_by_keyboard_what_was_just_written_is_printed(
    window: MainWindow, qtbot: QtBot, pdf_printer: list[QPrinter], tmp_path: Path
) -> None:
    write_at_the_end(window, "刚刚写下的话。")

    def look(dialog: PrintDialog) -> None:
        assert dialog.printer.hasFocus()
        press(qtbot, Key.Key_Down)
        assert dialog.printer.currentText() == PRINTER
        press(qtbot, Key.Key_Return)

    print_dialog(look)
    press(qtbot, Key.Key_P, CTRL)
    (printer,) = pdf_printer
    assert printer.docName() == "关于第2025118号提案的答复"
    assert "刚刚写下的话" in words(tmp_path / "打印1.pdf")
    assert not window.session.open_case.unsaved  # type: ignore[union-attr]
    assert Settings(tmp_path).printer == window.settings.printer == PRINTER
    assert f"已交给打印机“{PRINTER}”" in window.status.word.text()


@pytest.mark.usefixtures("office_suite", "refusals", "pdf_printer")
def test_the_page_the_preview_shows_can_be_printed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.resize(1366, 768)  # room for it
    settle()
    window.preview.begin()
    window.preview.refresh()
    assert window.preview.paper
    window.preview.paper.go_to_page(2)

    def look(dialog: PrintDialog) -> None:
        button(dialog, "当前页（第2页）").click()
        dialog.main_button.click()

    print_dialog(look)
    press(qtbot, Key.Key_P, CTRL)
    (page,) = boxes(tmp_path / "打印1.pdf")
    pdf = tmp_path / "全部.pdf"
    pdf.write_bytes(pdf_bytes(CasePages().of(window.session.case), load_fonts(), "函"))
    assert same([page], [boxes(pdf)[1]])


@pytest.mark.usefixtures("pdf_printer")
def test_a_printer_that_went_away_is_said_and_nothing_is_lost(
    window: MainWindow, qtbot: QtBot, refusals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = window.session.case

    def look(dialog: PrintDialog) -> None:
        monkeypatch.setattr(printers, "names", lambda: ["别的"])
        dialog.main_button.click()

    print_dialog(look)
    press(qtbot, Key.Key_P, CTRL)
    (said,) = refusals
    assert "找不到打印机“一楼”" in said
    assert window.session.case is before
    assert window.settings.printer == ""


def test_a_case_that_cannot_be_composed_says_why(
    window: MainWindow, qtbot: QtBot, refusals: list[str]
) -> None:
    case = window.session.case
    window.session.draft.change(replace(case, wording="没有"), "试")  # type: ignore[union-attr]
    press(qtbot, Key.Key_P, CTRL)
    assert len(refusals) == 1
    window.session.undo()


def test_a_blank_page_is_not_printed(window: MainWindow, refusals: list[str]) -> None:
    window.new_case()
    window.letter_deeds.print_letter()
    assert len(refusals) == 1


@pytest.mark.usefixtures("office_suite", "refusals")
def test_offsets_are_kept_for_each_printer_and_used(
    window: MainWindow, qtbot: QtBot, pdf_printer: list[QPrinter], tmp_path: Path
) -> None:
    """套打: set, calibrated, changed printer and back; on the next print they are there."""
    window.session.set_head(Head.PREPRINTED)

    def look(dialog: PrintDialog) -> None:
        dialog.right.setValue(1.5)
        dialog.down.setValue(-0.5)
        buttons = dialog.findChildren(QPushButton)
        next(b for b in buttons if b.text() == "打印校准页").click()
        assert dialog.isVisible()
        dialog.printer.setFocus()
        press(qtbot, Key.Key_Down)
        assert (dialog.right.value(), dialog.down.value()) == (0, 0)
        press(qtbot, Key.Key_Up)
        assert (dialog.right.value(), dialog.down.value()) == (1.5, -0.5)
        dialog.main_button.click()

    print_dialog(look)
    press(qtbot, Key.Key_P, CTRL)
    assert len(pdf_printer) == 2
    assert "右移1.5毫米" in words(tmp_path / "打印1.pdf")
    window.settings.store.sync()
    assert Settings(tmp_path).print_offsets == {"一楼": (1.5, -0.5)}
    reference = tmp_path / "不移.pdf"
    pages = CasePages().of(window.session.case)
    reference.write_bytes(pdf_bytes(pages, load_fonts(), "函"))
    assert same(boxes(tmp_path / "打印2.pdf"), boxes(reference), 1.5, -0.5)

    window.session.set_head(Head.LETTER)
    print_dialog(lambda dialog: dialog.main_button.click())
    press(qtbot, Key.Key_P, CTRL)
    pages = CasePages().of(window.session.case)
    reference.write_bytes(pdf_bytes(pages, load_fonts(), "函"))
    assert same(boxes(tmp_path / "打印3.pdf"), boxes(reference))  # no paper to meet


@pytest.mark.usefixtures("office_suite", "refusals")
def test_an_issued_case_prints_as_issued(
    window: MainWindow, pdf_printer: list[QPrinter], tmp_path: Path
) -> None:
    window.session.issue(Issue(date(2025, 9, 5)))
    print_dialog(lambda dialog: dialog.main_button.click())
    window.letter_deeds.print_letter()
    assert len(pdf_printer) == 1
    assert "2025年9月5日" in words(tmp_path / "打印1.pdf")


@pytest.mark.usefixtures("office_suite", "refusals")
def test_the_system_dialog_decides_too(
    window: MainWindow,
    qtbot: QtBot,
    pdf_printer: list[QPrinter],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def accept(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 3)
        dialog.close()
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    said = print_dialog(lambda dialog: button(dialog, "系统打印对话框…").click())
    press(qtbot, Key.Key_P, CTRL)
    settle()
    assert said
    assert len(pdf_printer) == 1
    assert len(boxes(tmp_path / "打印1.pdf")) == 2
    assert not window.findChildren(QPrintDialog)


def button(dialog: QDialog, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


# the other ways
@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the desktop was asked to open."""
    asked: list[Path] = []

    def remember(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    return asked


@pytest.mark.usefixtures("refusals", "pdf_printer")
def test_word_opens_a_copy_of_its_own_each_time(
    window: MainWindow, qtbot: QtBot, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.letter_deeds.open_in_word()
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=8000)
    (copy,) = opened
    assert copy.name.startswith("关于第2025118号提案的答复 2")
    assert copy.suffix == ".docx"
    assert window.folder in copy.parents
    assert read_docx(copy.read_bytes()).lines
    assert "副本" in window.page.banner.sentence
    monkeypatch.delattr("os.startfile", raising=False)  # as anywhere but on Windows
    print_dialog(lambda dialog: button(dialog, "用 Word/WPS 打印…").click())
    press(qtbot, Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: len(opened) == 2, timeout=8000)
    assert "请在那里" in window.page.banner.sentence


def test_without_word_the_copy_is_named(
    window: MainWindow, qtbot: QtBot, refusals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    window.letter_deeds.print_in_word()
    qtbot.waitUntil(lambda: bool(refusals), timeout=8000)
    place = refusals[0].partition("“")[2].partition("”")[0]
    assert Path(place).is_file()


def test_where_the_system_prints_it_is_asked_to(
    window: MainWindow, qtbot: QtBot, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows: the verb of Word or WPS."""
    show(window, NARRATIVE)
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr("os.startfile", lambda *said: asked.append(said), raising=False)
    window.letter_deeds.print_in_word()
    qtbot.waitUntil(lambda: bool(asked), timeout=8000)
    assert asked[0][1] == "print"
    assert "已交给 Word/WPS 打印" in window.page.banner.sentence
    assert Path(asked[0][0]).is_file()
    assert opened == []


@pytest.mark.usefixtures("office_suite", "refusals")
def test_a_pdf_is_exported_and_offered(
    window: MainWindow,
    qtbot: QtBot,
    opened: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """By keyboard; made in another thread from the same draw list."""
    asked: list[tuple[str, ...]] = []

    def choose(_: object, *words: str) -> tuple[str, str]:
        asked.append(words)
        return str(tmp_path / "函"), ""

    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", choose)
    write_at_the_end(window, "刚刚写下的话。")
    press(qtbot, Key.Key_E, CTRL | SHIFT)
    qtbot.waitUntil(lambda: bool(window.page.banner.sentence), timeout=8000)
    assert Path(asked[0][1]).name == "关于第2025118号提案的答复.pdf"
    assert "函.pdf" in window.page.banner.sentence
    assert "刚刚写下的话" in words(tmp_path / "函.pdf")
    button(window.page.banner, "打开").click()  # type: ignore[arg-type]
    assert opened == [tmp_path / "函.pdf"]
    reference = tmp_path / "预览.pdf"
    reference.write_bytes(pdf_bytes(CasePages().of(window.session.case), load_fonts(), "函"))
    assert same(boxes(tmp_path / "函.pdf"), boxes(reference))
