"""打印: on which printer, which pages, how often; what can be done instead stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.errors import InputError
from desktop.settings import MOST_OFFSET, Offsets
from desktop.views import printers
from desktop.views.print_order import EXAMPLE, Duplex, PrintOrder, parse_pages
from desktop.widgets.calm import CalmBox, CalmCount, CalmMeasure
from desktop.widgets.form import Choice, FormDialog, Group, Row, words
from desktop.widgets.line_field import LineField

SIDES = {
    Duplex.SINGLE: "单面",
    Duplex.LONG: "双面，长边翻转",
    Duplex.SHORT: "双面，短边翻转",
}
NO_PRINTER = (
    "这台电脑没有安装打印机，现在不能打印，函件没有受影响；"
    "可以导出 PDF 带到别处打印，或者用 Word/WPS 打开。"
)
FAULTY = "这台打印机报告有故障，请看看它是否开着、有没有纸。"
OTHER_WAYS = {
    "print_by_system": "系统打印对话框…",
    "print_in_word": "用 Word/WPS 打印…",
    "open_in_word": "用 Word/WPS 打开",
}
WITHOUT_PRINTER = {"export_pdf": "导出 PDF…", "open_in_word": "用 Word/WPS 打开"}
MOST_COPIES = 99


@dataclass(frozen=True, slots=True)
class LetterShown:
    """What is to be printed: its name, how many pages it has, the page the preview shows (0: none),
    and whether it goes onto paper with a printed head (套打)."""

    name: str
    pages: int
    current: int = 0
    preprinted: bool = False


class PrintDialog(FormDialog):
    """The dialog. Afterwards `order` is what to print, or `other` the other way that was chosen;
    `offsets` are those of all printers (套打), as they were set."""

    calibration_asked = Signal(object)  # a PrintOrder with the printer, its tray, its offset

    def __init__(
        self,
        parent: QWidget | None,
        letter: LetterShown,
        names: Sequence[str],
        chosen: str,
        offsets: Mapping[str, tuple[float, float]],
    ) -> None:
        """`chosen` is the one of the printers `names` to begin with."""
        super().__init__(parent, "打印", "打印", wide=600)
        self.order: PrintOrder | None = None
        self.other = ""
        self.offsets: Offsets = dict(offsets)
        self._letter = letter
        self.body.addWidget(words(f"{letter.name}　共{letter.pages}页", "second"))
        if names:
            self._add_printer(names, chosen)
            self._add_pages()
            self._add_offset()
            self.foot.insertLayout(0, self._ways(OTHER_WAYS))
            self._show_printer()
            self.printer.setFocus()
        else:
            self.setAccessibleDescription(NO_PRINTER)
            self.body.addWidget(words(NO_PRINTER))
            ways = self._ways(WITHOUT_PRINTER)
            ways.addStretch()
            self.body.addLayout(ways)
            ways.itemAt(0).widget().setFocus()
            self.main_button.setEnabled(False)
            self.main_button.setToolTip("没有安装打印机")
        self.body.addStretch()

    def _add_printer(self, names: Sequence[str], chosen: str) -> None:
        self.printer = CalmBox()
        self.printer.addItems(list(names))
        self.printer.setCurrentText(chosen)
        self.printer.activated.connect(self._show_printer)
        self.about, self.fault = words("", "third"), words(FAULTY, "problem")
        said = _together(QVBoxLayout(), self.printer, self.about, self.fault)
        self.tray = CalmBox()
        self._tray_row = Row("纸盒", self.tray)
        self.sides = CalmBox()
        self._sides_row = Row("单双面", self.sides)
        group = Group("打印机")
        for row in (Row("打印机", said), self._tray_row, self._sides_row):
            group.add(row)
        self.printer.setAccessibleName("打印机")
        self.body.addWidget(group)

    def _add_pages(self) -> None:
        self.copies = CalmCount()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setSuffix(" 份")
        self.backwards = QCheckBox("从最后一页印起")
        much = _together(QHBoxLayout(), self.copies, self.backwards)
        options = {
            "all": "全部",
            "current": f"当前页（第{self._letter.current}页）",
            "some": "指定页",
        }
        if not self._letter.current:
            del options["current"]
        self.range = Choice(list(options.items()), "all")
        self.range.changed.connect(self._show_range)
        self.pages = LineField()
        self.pages.setPlaceholderText(f"如 {EXAMPLE}")
        self.pages.edited.connect(self._show_range)
        self.range_row = Row("页码", _together(QHBoxLayout(), self.range, self.pages))
        self.range.setAccessibleName("页码")
        self.pages.setAccessibleName("指定的页码")
        group = Group("打印内容")
        group.add(Row("份数", much))
        group.add(self.range_row)
        self.copies.setAccessibleName("份数")
        self.body.addWidget(group)
        self._show_range()

    def _add_offset(self) -> None:
        """Only for a letter that must meet what its paper already bears."""
        self.right, self.down = CalmMeasure(), CalmMeasure()
        for box, way in ((self.right, "右移"), (self.down, "下移")):
            box.setPrefix(f"{way} ")
            box.setSuffix(" 毫米")
            box.setDecimals(1)
            box.setSingleStep(0.5)
            box.setRange(-MOST_OFFSET, MOST_OFFSET)
            box.valueChanged.connect(self._keep_offset)
        if not self._letter.preprinted:
            return
        self.calibrate = QPushButton("打印校准页")
        self.calibrate.clicked.connect(self._calibrate)
        group = Group("套打位置")
        offset = _together(QHBoxLayout(), self.right, self.down, self.calibrate)
        group.add(Row("移动", offset, "负数是左移、上移；每台打印机各记各的"))
        self.right.setAccessibleName("右移，毫米")
        self.down.setAccessibleName("下移，毫米")
        self.body.addWidget(group)

    def _ways(self, ways: Mapping[str, str]) -> QHBoxLayout:
        """Buttons for what can be done instead."""
        row = QHBoxLayout()
        for deed, word in ways.items():
            button = QPushButton(word)
            button.setProperty("deed", deed)
            button.setProperty("link", ways is OTHER_WAYS)
            button.clicked.connect(self._choose_other)
            row.addWidget(button)
        return row

    def accept(self) -> None:
        """Take the order, or say what is wrong with it and go there."""
        try:
            self.order = self._ordered(self._numbers())
        except InputError as error:
            self.range_row.set_problem(str(error), missing=not self.pages.text().strip())
            self.fit()
            self.go_to(self.pages)
            return
        super().accept()

    def _numbers(self) -> tuple[int, ...]:
        every = tuple(range(1, self._letter.pages + 1))
        if self.range.value() == "some":
            return parse_pages(self.pages.text(), len(every))
        return (self._letter.current,) if self.range.value() == "current" else every

    def _ordered(self, pages: tuple[int, ...]) -> PrintOrder:
        return PrintOrder(
            self.printer.currentText(),
            pages,
            self.copies.value(),
            Duplex(self.sides.currentData()),
            str(self.tray.currentData()),
            self.backwards.isChecked(),
            self._offset() if self._letter.preprinted else (0.0, 0.0),
        )

    def _offset(self) -> tuple[float, float]:
        return self.right.value(), self.down.value()

    def _show_printer(self) -> None:
        """What the chosen printer is and can do, and the offset set for it."""
        shown = printers.describe(self.printer.currentText())
        self.about.setText(shown.note)
        self.about.setVisible(bool(shown.note))
        self.fault.setVisible(shown.faulty)
        self.printer.setAccessibleDescription(FAULTY if shown.faulty else shown.note)
        _fill(self.tray, {"": "由打印机决定", **{t: printers.TRAYS[t] for t in shown.trays}})
        self._tray_row.setVisible(len(shown.trays) > 1)
        _fill(self.sides, {side.value: SIDES[side] for side in shown.duplex})
        self.sides.setCurrentIndex(max(0, self.sides.findData(shown.usual.value)))
        self._sides_row.setVisible(len(shown.duplex) > 1)
        for box, value in zip(
            (self.right, self.down), self.offsets.get(shown.name, (0.0, 0.0)), strict=True
        ):
            box.blockSignals(True)  # showing is not setting
            box.setValue(value)
            box.blockSignals(False)
        self.fit()

    def _show_range(self) -> None:
        chosen = self.range.value() == "some"
        self.pages.setVisible(chosen)
        self.range_row.set_problem("")
        if self.isVisible():
            self.fit()
        if chosen and not self.pages.text():
            self.pages.setFocus()

    def _keep_offset(self) -> None:
        self.offsets[self.printer.currentText()] = self._offset()

    def _calibrate(self) -> None:
        self.calibration_asked.emit(replace(self._ordered((1,)), copies=1))
        self.calibrate.setText("再打印校准页")

    def _choose_other(self) -> None:
        self.other = str(self.sender().property("deed"))
        self.reject()


def _together(box: QBoxLayout, first: QWidget, *others: QWidget) -> QWidget:
    """Several editors as one, the first of them with the focus."""
    together = QWidget()
    together.setFocusProxy(first)
    together.setLayout(box)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    for part in (first, *others):
        box.addWidget(part)
    return together


def _fill(box: CalmBox, options: Mapping[str, str]) -> None:
    box.clear()
    for value, word in options.items():
        box.addItem(word, value)
