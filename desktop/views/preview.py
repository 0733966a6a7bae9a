"""预览: the paper beside the case, as it prints, while it is written.

The panel itself is light; typesetter, fonts and paper are imported after the window's first
painting. While it is hidden it does nothing at all.
"""

from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.crash import write_report
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services import coverage
from desktop.services.coverage import Missing
from desktop.settings import Settings
from desktop.views.case_page import CasePage
from desktop.views.open_case import OpenCase
from desktop.views.preview_bars import PAPER, Foot, Head, Told
from desktop.views.preview_fold import Fold
from desktop.widgets import theme
from desktop.widgets.form import words

if TYPE_CHECKING:
    from desktop.paper.draw import Page
    from desktop.views.paper_places import PaperPlaces
    from desktop.views.preview_pages import CasePages
    from desktop.views.preview_paper import PaperView

NARROWEST = 320  # pixels at 界面字号 100 %
BEGIN_MS = 60  # after the first painting: the window is usable before
QUICK_MS, PAUSE_MS, LATEST_S = 10, 150, 0.3  # a slower layout waits for a pause, but not for ever

NO_CASE = "打开一份提案，这里就是它印出来的样子。"
EMPTY = "还没有可印的内容：填好“基本信息”，拆分建议，这里就是印出来的样子。"
FILL = "前往填写"
LAST = "{}下面是上一次能印的样子。"
OURS = "预览画不出这份函件，内容和导出不受影响；请把报告交给维护人员："


class Preview(QFrame):
    """The panel: the paper, and behind another tab 往年答复. `wanted` carries the `Spot` a click on
    the paper leads to; `turned` says that the pages are new; `shown` whether the paper can be seen.
    """

    wanted = Signal(object)
    turned = Signal()
    shown = Signal(bool)
    _soon = Signal()  # delivered before what was changed is painted: both in one go

    def __init__(self, window: QWidget, page: CasePage, settings: Settings) -> None:
        """An empty panel for `window`, beside the `page` whose fields its paper leads to."""
        super().__init__(window)
        self.setObjectName("preview")
        self._page, self._settings = page, settings
        self.open_case: OpenCase | None = None
        self.paper: PaperView | None = None
        self.beside: tuple[QWidget, ...] = ()  # where Tab stops in 往年答复
        self.places: PaperPlaces | None = None
        self._press: CasePages | None = None
        self._of = ""  # key of the case whose pages are shown
        self._times = (0.0, 0.0)  # ms of the last two layouts
        self._asked = 0.0  # when the first change was made that is not shown yet; 0: none
        self.head, self.told, self.foot = Head(self), Told(self), Foot(self)
        self.word = words(NO_CASE, "second")
        self.word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.word.setMargin(24)
        self.fill = QPushButton(FILL, self)  # the place that is missing something
        self.fill.clicked.connect(self._go_and_fill)
        self.fill.hide()
        self._mistake = self._ours = ""  # of ours: what it was, what was said of it
        self._queued = False  # refresh when the events that wait are done
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._begun = False
        self.fold = Fold(self, window, settings)
        self._place()
        self._connect()

    def _place(self) -> None:
        self.sheet = QWidget(self)  # the paper and what is said of it
        self._column = QVBoxLayout(self.sheet)
        self.sides = QStackedWidget(self)
        self.sides.addWidget(self.sheet)
        whole = QVBoxLayout(self)
        for column in (whole, self._column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.sides, 1)
        self._column.addWidget(self.told)
        self._column.addWidget(self.word, 1)
        self._column.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self.foot)
        self.head.show_fit("width")
        self.foot.show_state(0, 0, 100, 0)
        self.hide()

    def _connect(self) -> None:
        self._wait.timeout.connect(self.refresh)
        self._soon.connect(self._refresh_now, Qt.ConnectionType.QueuedConnection)
        self.told.closed.connect(self._put_away)
        self.head.tabs.currentChanged.connect(self._turned)

    # the window
    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as it was left, or its share of the window."""
        return QSize(self.fold.width(), 400).expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """No narrower than a page can be read and the bars stand whole."""
        return QSize(theme.scaled(NARROWEST), 200).expandedTo(super().minimumSizeHint())

    def turn(self, side: int) -> None:
        """Show `PAPER` or `EARLIER`, and the panel if it is hidden."""
        self.head.show_side(side)
        if self.isHidden():
            self.fold.toggle()

    def _turned(self, side: int) -> None:
        self.head.show_side(side)
        self.sides.setCurrentIndex(side)
        self.shown.emit(self.sheet.isVisible())
        if side == PAPER:
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What changed while it was hidden."""
        super().showEvent(event)
        self.shown.emit(self.sheet.isVisible())
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing more is done."""
        super().hideEvent(event)
        self._wait.stop()
        self.shown.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The window stands: now there is time for the paper."""
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(BEGIN_MS, self, self._prepare)

    # the case
    def set_case(self, open_case: OpenCase | None) -> None:
        """Follow this case from now on."""
        if self.open_case:
            self.open_case.changed.disconnect(self._changed)
        self.open_case = open_case
        if open_case:
            open_case.changed.connect(self._changed)
        self._times = (0.0, 0.0)
        self._ask()

    def come_last(self) -> None:
        """Tab comes here after the page, whatever was made on that since."""
        stops: list[QWidget] = [self.head.tabs, *self.head.buttons.values()]
        stops += [self.told.close_button, *([self.paper] if self.paper else []), *self.foot.stops]
        stops += self.beside
        there: list[QWidget] = []
        last = self.window().previousInFocusChain()
        while last and (last in stops or last.focusPolicy() == Qt.FocusPolicy.NoFocus):
            there += [last] if last in stops else []  # Qt puts nothing behind what is no stop
            last = last.previousInFocusChain()
        if last and there[::-1] != stops:
            for one, other in pairwise((last, *stops)):
                QWidget.setTabOrder(one, other)

    def show_place(self, source: str, at: int) -> None:
        """The caret went to character `at` of `source`; "" is nothing that prints. Not heard while
        the pages are older than the case: `turned` comes when they are not."""
        if self.paper and not self._asked:
            self.paper.show_place(source, at)

    @property
    def took(self) -> float:
        """Milliseconds of the last layout."""
        return self._times[1]

    def printed(self, source: str) -> str:
        """The words of `source` as the pages print them."""
        from desktop.paper.places import printed

        return printed(self.paper.pages, source) if self.paper else ""

    def _changed(self, _before: Case, _after: Case, _undone: bool) -> None:
        self._ask()

    def _ask(self) -> None:
        """Show the case soon: at once where that is cheap, else when the handler pauses."""
        now = perf_counter()
        self._asked = self._asked or now
        if not self.sheet.isVisible() or not self.paper:
            return
        if min(self._times) <= QUICK_MS:  # once slow may be chance
            self._wait.stop()
            if not self._queued:
                self._queued = True
                self._soon.emit()
        elif not self._wait.isActive() or now - self._asked < LATEST_S:
            self._wait.start(PAUSE_MS)

    def _refresh_now(self) -> None:
        self._queued = False
        if self._asked:
            self.refresh()

    # the paper
    def _prepare(self) -> None:
        """Find the fonts, and go on when what waits is done: no step is long."""
        if not self._press and self._find_fonts():
            QTimer.singleShot(0, self, self.begin)

    def _find_fonts(self) -> bool:
        from desktop.views.preview_pages import CasePages

        try:
            self._press = CasePages()
        except Exception as error:  # ours: a font that cannot be read must not stop the window
            self.word.setText(f"{OURS}{write_report(error)}")
        return self._press is not None

    def begin(self) -> None:
        """Make the paper, with the fonts of this computer."""
        if self.paper or not (self._press or self._find_fonts()):
            return
        from desktop.views.paper_places import PaperPlaces
        from desktop.views.preview_paper import PaperView

        assert self._press
        paper = PaperView(self._press.fonts, self.sheet)
        paper.hide()
        self._column.insertWidget(1, paper, 1)
        paper.wanted.connect(self.wanted)
        paper.moved.connect(self._show_state)
        self.head.chosen.connect(paper.set_fit)
        self.foot.turned.connect(paper.turn)
        self.foot.zoomed.connect(paper.step_zoom)
        self.foot.remarks.clicked.connect(paper.next_remark)
        self.paper = paper
        self.places = PaperPlaces(self._page, self)
        paper.left.connect(self.places.take_back)
        self._page.stack.currentChanged.connect(self.come_last)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.come_last)
        self.come_last()
        self.refresh()

    def refresh(self) -> None:
        """Set the case as it is now, and show it."""
        self._wait.stop()
        self._asked = 0.0
        if not self.paper or not self._press or not self.sheet.isVisible():
            self._asked = perf_counter()
            return
        if not self.open_case or _is_blank(self.open_case.case):
            self._show((), EMPTY if self.open_case else NO_CASE)
            return
        begun = perf_counter()
        case = self.open_case.case
        if case.key != self._of:
            self.paper.set_pages((), ())
        try:
            self._show(self._press.of(case), "")
            self._of = case.key
        except FuhanError as error:
            self._refuse(str(error))
        except Exception as error:  # ours: the words and the window must not depend on it
            if repr(error) != self._mistake:  # one report, not one a key
                self._mistake = repr(error)
                self._ours = f"{OURS}{write_report(error)}"
            self._refuse(self._ours)
        self._times = (self._times[1], (perf_counter() - begun) * 1000)

    def _refuse(self, sentence: str) -> None:
        """There are no pages to show now; the last good ones stay, paler."""
        if self.paper and self.paper.pages:
            self.paper.set_dimmed(True)
            self.told.tell(LAST.format(sentence), may_close=False)
        else:
            self._show((), sentence)
            self.fill.setVisible(bool(self._missing()))

    def _missing(self) -> Missing | None:
        """The first thing the case lacks."""
        case = self.open_case.case if self.open_case else None
        return next(iter(coverage.missing(case)), None) if case and not case.issue else None

    def _go_and_fill(self) -> None:
        if missing := self._missing():
            self._page.go_to(missing)

    def _show(self, pages: "tuple[Page, ...]", word: str) -> None:
        from desktop.paper.remarks import remarks

        paper, press = self.paper, self._press
        assert paper
        assert press
        blank = bool(word) or not pages
        if paper.dimmed:
            paper.set_dimmed(False)
        paper.set_pages(() if blank else pages, () if blank else remarks(pages))
        self.word.setText(word)
        self.word.setVisible(blank)
        self.fill.hide()
        paper.setVisible(not blank)
        faces = press.fonts.sentence
        told = faces if faces != self._settings.faces_told and not blank else ""
        self.told.tell(told, may_close=True)
        self._show_state()
        self.turned.emit()

    def _put_away(self) -> None:
        self._settings.faces_told = self.told.sentence.text()
        if self.paper and self.told.close_button.hasFocus():
            self.paper.setFocus()
        self.told.hide()

    def _show_state(self) -> None:
        paper = self.paper
        if paper:
            self.foot.show_state(paper.page, len(paper.pages), paper.zoom, len(paper.remarks))
            bar = paper.verticalScrollBar()
            if bar.value() == bar.maximum():
                self.foot.next.setEnabled(False)
            self.head.show_fit(paper.fit)


def _is_blank(case: Case) -> bool:
    """Nothing was told of it yet: only the wording's own words would print."""
    told = any(p.proposal_number or p.subject or p.proposers for p in case.proposals)
    return not (told or any(case.suggestions()) or any(r.paragraphs for r in case.replies))
