"""The paper on a finer screen, against the painter itself: `python -m … RATIO`."""

import os
import sys
from datetime import date

os.environ.update(QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=sys.argv[1])

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.paper.fonts import load_fonts
from desktop.paper.painter import paint_page
from desktop.paper.typesetter import Typesetter
from desktop.services import letters
from desktop.views.preview_paper import PaperView
from tests.cases import hard_case


def main() -> None:
    """Print the ratio, and whether both are the same."""
    application = QApplication([])
    fonts, case = load_fonts(), hard_case()
    sheet = letters.sheet_of(case, date(2025, 11, 21))
    pages = Typesetter(fonts.tables).pages(sheet, letters.layout_of(case))
    paper = PaperView(fonts)
    paper.resize(431, 700)
    paper.show()
    paper.set_pages(pages)
    application.processEvents()
    shown = paper.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    shown.setDevicePixelRatio(1)
    box = paper._spread.box(1)
    own = QImage(box.size(), QImage.Format.Format_RGB32)
    own.fill(Qt.GlobalColor.white)
    painter = QPainter(own)
    paint_page(painter, pages[0], fonts, paper._spread.scale)
    painter.end()
    same = shown.copy(box.intersected(shown.rect())) == own.copy(
        box.intersected(shown.rect()).translated(-box.topLeft())
    )
    print(paper.viewport().devicePixelRatioF(), "same" if same else "different")


if __name__ == "__main__":
    main()
