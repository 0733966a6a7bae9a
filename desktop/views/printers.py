"""The printers this computer has (打印机), as they are asked of Qt.

QtPrintSupport is imported where it is used: most days of the window begin without printing.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize

from desktop.views.print_order import Duplex, PrintOrder

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

# Qt's names of trays (QPrinter.PaperSource); what only a driver has is chosen in its own dialog
TRAYS = {
    "OnlyOne": "上层纸盒",  # the same number as Upper
    "Middle": "中层纸盒",
    "Lower": "下层纸盒",
    "Manual": "手动送纸",
    "LargeCapacity": "大容量纸盒",
    "Cassette": "抽取式纸盒",
}
# QPrinter.DuplexMode; DuplexAuto is a driver's own matter
_MODES = {
    Duplex.SINGLE: "DuplexNone",
    Duplex.LONG: "DuplexLongSide",
    Duplex.SHORT: "DuplexShortSide",
}
_SIDES = {mode: side for side, mode in _MODES.items()}


@dataclass(frozen=True, slots=True)
class PrinterShown:
    """A printer: a note on what and where it is, whether it reports a fault, what it can do.

    `trays` (纸盒) are names of `TRAYS`; empty where the system does not tell them.
    """

    name: str
    note: str = ""
    faulty: bool = False
    duplex: tuple[Duplex, ...] = (Duplex.SINGLE,)
    usual: Duplex = Duplex.SINGLE
    trays: tuple[str, ...] = ()


def names() -> list[str]:
    """Every printer by its name; none where nothing is installed."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())


def usual_name() -> str:
    """The system's default printer; empty where there is none."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return QPrinterInfo.defaultPrinterName()


def describe(name: str) -> PrinterShown:
    """The printer called `name`."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(name)
    can = {_SIDES.get(mode.name, Duplex.SINGLE) for mode in info.supportedDuplexModes()}
    said = dict.fromkeys((info.description(), info.location()))  # each once
    return PrinterShown(
        name,
        "，".join(word for word in said if word and word != name),
        info.state() == QPrinter.PrinterState.Error,
        tuple(side for side in Duplex if side in can | {Duplex.SINGLE}),
        _SIDES.get(info.defaultDuplexMode().name, Duplex.SINGLE),
        _trays(open_printer(name)),
    )


def open_printer(name: str) -> "QPrinter":
    """A printer to paint whole sheets of A4 on, at the resolution of its own.

    Where there is none of that name, Qt gives one that has neither a name nor a file to print to.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    lay_paper(printer)
    return printer


def lay_paper(printer: "QPrinter") -> None:
    """Whole upright sheets of A4, whatever was chosen in the system's dialog: the letter has no
    other paper."""
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF())


def instruct(printer: "QPrinter", order: PrintOrder) -> None:
    """Tell `printer` what its driver does itself: copies, both sides, the tray."""
    mode = type(printer).DuplexMode
    printer.setDuplex(mode[_MODES[order.duplex]])
    if order.tray:
        printer.setPaperSource(type(printer).PaperSource[order.tray])
    if printer.supportsMultipleCopies():
        printer.setCopyCount(order.copies)
        printer.setCollateCopies(True)


def instructed(printer: "QPrinter", count: int, current: int) -> PrintOrder:
    """The order that the system's dialog left in `printer`, for a letter of `count` pages."""
    kind = type(printer)
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = {
        kind.PrintRange.PageRange: range(first, min(last, count) + 1),
        kind.PrintRange.CurrentPage: (current,),
    }.get(printer.printRange(), range(1, count + 1))
    return PrintOrder(
        printer.printerName() or Path(printer.outputFileName()).name,
        tuple(pages),
        printer.copyCount(),
        _SIDES.get(printer.duplex().name, Duplex.SINGLE),
        backwards=printer.pageOrder() is kind.PageOrder.LastPageFirst,
    )


def _trays(printer: "QPrinter") -> tuple[str, ...]:
    """Only Windows tells them."""
    told: list[Any] = getattr(printer, "supportedPaperSources", list)()
    return tuple(dict.fromkeys(source.name for source in told if source.name in TRAYS))
