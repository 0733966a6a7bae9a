"""Whether the window has room for the preview, and who gives way where it has not."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.settings import HIDDEN, SHOWN, Settings
from desktop.widgets import theme

ROOMY, ROOMY_TYPE = 900, 400  # a window with room for list, case and preview: 1300 at 100 %
SHARE = 0.316  # of the window's width, until the handler drags the edge
CASE = 680  # what a case needs of a narrow window


class Fold(QObject):
    """Folds the preview away in a narrow window. Brought back there, it takes the list's place."""

    def __init__(self, preview: QWidget, window: QWidget, settings: Settings) -> None:
        """Watch `window`; `preview` is the last part of its splitter, the list the first."""
        super().__init__(preview)
        self._preview, self._window, self._settings = preview, window, settings
        self._roomy = False
        self._listed = 0  # pixels of the list before it gave way
        window.installEventFilter(self)
        theme.signals.changed.connect(self._measure)

    def width(self) -> int:
        """As wide as it was left, or its share of the window."""
        return self._settings.preview_width or round(self._window.width() * SHARE)

    def toggle(self) -> None:
        """Show or hide it; where there is room for it, from now on."""
        visible = self._preview.isHidden()
        if self._roomy:
            self._settings.preview = SHOWN if visible else HIDDEN
        self._preview.setVisible(visible)
        if not self._roomy:
            self._lend_list(visible)

    def keep_width(self, _place: int, handle: int) -> None:
        """The handler dragged an edge of the splitter; in a narrow window that is for now only."""
        if self._roomy and handle == self._split().indexOf(self._preview):
            self._settings.preview_width = self._preview.width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Fold away in a narrow window, come back in a wide one."""
        if event.type() == QEvent.Type.Resize:
            self._measure()
        return super().eventFilter(watched, event)

    def give_back(self) -> None:
        """The list is wanted: where it gave way to the preview, that goes."""
        if self._preview.isVisible() and not self._roomy:
            self.toggle()

    def _measure(self) -> None:
        roomy = self._window.width() >= ROOMY + theme.scaled(ROOMY_TYPE)
        if roomy != self._roomy:
            self._roomy = roomy
            self._lend_list(False)
            self._preview.setVisible(roomy and self._settings.preview == SHOWN)
        if self._preview.isVisible() and roomy and not self._settings.preview_width:
            self._take(self.width())

    def _split(self) -> QSplitter:
        split = self._preview.parentWidget()
        assert isinstance(split, QSplitter)
        return split

    def _take(self, width: int) -> None:
        """So much of the window, from the case."""
        listed, case, mine = self._split().sizes()
        self._split().setSizes([listed, case + mine - width, width])

    def _lend_list(self, lend: bool) -> None:
        split = self._split()
        listed = split.widget(0)
        if lend and listed.isVisible():
            self._listed = split.sizes()[0]
            listed.hide()
            least = self._preview.minimumSizeHint().width()
            self._take(max(least, self._window.width() - theme.scaled(CASE)))
        elif not lend and listed.isHidden():
            listed.show()
            _, case, mine = split.sizes()
            split.setSizes([self._listed, case - self._listed, mine])
