"""打印: the letter's pages go to a printer, by our own dialog or the system's.

Qt's printing, the faces and the typesetter are imported at the first print.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from db.enums import Head
from desktop.crash import write_report
from desktop.errors import FuhanError, OutputError
from desktop.letter.model import Case
from desktop.settings import Settings
from desktop.views import printers
from desktop.views.print_order import Duplex, PrintOrder, sides

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.paper.draw import Page
    from desktop.views.dialogs.print_letter import LetterShown

GONE = "找不到打印机“{}”，可能已被移除或断开，没有打印，函件没有受影响；请换一台，或导出 PDF。"
FAILED = "打印机“{}”没有接受这次打印，函件没有受影响；请看看它是否开着，或换一台，或导出 PDF。"
OURS = "程序内部出错，没有打印，写下的内容不受影响；请把报告交给维护人员："
POINTS_PER_INCH = 72


class Printing(QObject):
    """What is printed, and what is said of it."""

    said = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        """Prints for the window `parent`."""
        super().__init__(parent)
        self._window, self._settings = parent, settings

    def print_letter(self, case: Case, current: int = 0) -> str:
        """Ask how, and print; `current` is the page that is looked at, 0 for none. Blocks.

        Returns what the handler chose to do instead, an entry of `actions.MENUS`, or "".
        """
        from desktop.paper.fonts import load_fonts
        from desktop.paper.output import letter_pages
        from desktop.services.exports import letter_name
        from desktop.services.letters import sheet_of
        from desktop.views.dialogs.print_letter import LetterShown, PrintDialog

        try:
            pages = letter_pages(sheet_of(case, date.today()), case.layout, load_fonts())
        except FuhanError as error:
            self.refused.emit(str(error))
            return ""
        except Exception as error:  # ours: the window must not depend on it
            self.refused.emit(f"{OURS}{write_report(error)}")
            return ""
        preprinted = case.head is Head.PREPRINTED
        letter = LetterShown(letter_name(case), len(pages), min(current, len(pages)), preprinted)
        names = printers.names()
        dialog = PrintDialog(
            self._window, letter, names, self._first_choice(names), self._settings.print_offsets
        )
        dialog.calibration_asked.connect(self._calibrate)
        dialog.exec()
        if dialog.order:
            self._settings.print_offsets = dialog.offsets
            self._print(pages, dialog.order, letter.name)
        elif dialog.other == "print_by_system":
            self._print_by_system(pages, letter)
        return dialog.other if dialog.other != "print_by_system" else ""

    def _first_choice(self, names: Sequence[str]) -> str:
        """The printer used last, else the system's own."""
        wanted = (self._settings.printer, printers.usual_name(), *names)
        return next((name for name in wanted if name in names), "")

    def _print(self, pages: Sequence["Page"], order: PrintOrder, name: str) -> None:
        if order.printer not in printers.names():  # gone since the dialog opened
            self.refused.emit(GONE.format(order.printer))
            return
        self._settings.printer = order.printer
        printer = printers.open_printer(order.printer)
        printers.instruct(printer, order)
        self._send(printer, pages, order, name)

    def _calibrate(self, order: PrintOrder) -> None:
        """打印校准页, at once: the dialog stays open for what is measured on it."""
        from desktop.paper.calibration import calibration_page

        offsets = {**self._settings.print_offsets, order.printer: order.offset}
        self._settings.print_offsets = offsets  # what is measured on it was printed with them
        self._print([calibration_page(order.offset)], order, "套打校准页")

    def _print_by_system(self, pages: Sequence["Page"], letter: "LetterShown") -> None:
        """For who needs the driver's own settings."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

        printer = printers.open_printer(self._first_choice(printers.names()))
        dialog = QPrintDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        option = QAbstractPrintDialog.PrintDialogOption
        dialog.setOption(option.PrintSelection, False)
        dialog.setOption(option.PrintCurrentPage, bool(letter.current))
        dialog.setMinMax(1, letter.pages)
        if dialog.exec():
            printers.lay_paper(printer)
            order = printers.instructed(printer, letter.pages, letter.current)
            if letter.preprinted:
                offset = self._settings.print_offsets.get(order.printer, order.offset)
                order = replace(order, offset=offset)
            self._send(printer, pages, order, letter.name)

    def _send(
        self, printer: "QPrinter", pages: Sequence["Page"], order: PrintOrder, name: str
    ) -> None:
        printer.setDocName(name)
        printer.setCreator("复函")
        try:
            paint_order(printer, pages, order)
        except OutputError as error:
            self.refused.emit(str(error))
            return
        copies = f"，{order.copies}份" if order.copies > 1 else ""
        in_file = order.printer == Path(printer.outputFileName()).name
        where = "已打印到文件" if in_file else "已交给打印机"
        self.said.emit(f"{where}“{order.printer}”：{len(order.pages)}页{copies}")


def paint_order(printer: "QPrinter", pages: Sequence["Page"], order: PrintOrder) -> None:
    """Put the pages of `order` onto `printer`; raises `OutputError`, then nothing is printed."""
    from desktop.paper.fonts import load_fonts
    from desktop.paper.painter import paint_page

    fonts, scale = load_fonts(), printer.resolution() / POINTS_PER_INCH
    dx, dy = order.offset
    copies = 1 if printer.supportsMultipleCopies() else order.copies
    todo = sides(
        order.pages,
        copies=copies,
        duplex=order.duplex is not Duplex.SINGLE,
        backwards=order.backwards,
    )
    painter = QPainter()
    if not painter.begin(printer):
        raise OutputError(FAILED.format(order.printer))
    going = True
    for place, number in enumerate(todo):
        going = going and (place == 0 or printer.newPage())
        if going and number:
            paint_page(painter, pages[number - 1], fonts, scale, dx=dx, dy=dy)
    if not going:
        printer.abort()
    if not (painter.end() and going) or printer.printerState() is type(printer).PrinterState.Error:
        raise OutputError(FAILED.format(order.printer))
