"""Where the handler was: the window's place, its list, its page, its choices; kept in settings."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt

from desktop.views.case_page import PAGES
from desktop.widgets import theme

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

SIDEBAR, NARROWEST = 252, 200
WIDTH, HEIGHT = 1366, 768


def restore(window: "MainWindow") -> None:
    """Put the window where it was; at the first start where it fits."""
    settings = window.settings
    if not window.restoreGeometry(QByteArray(settings.geometry)):
        window.resize(WIDTH, HEIGHT)
        if window.screen().availableSize().width() <= WIDTH:  # the frame needs room too
            window.setWindowState(Qt.WindowState.WindowMaximized)
    listed, shown = settings.list_width or theme.scaled(SIDEBAR), window.preview.sizeHint().width()
    window.sidebar.setMinimumWidth(theme.scaled(NARROWEST))
    window.split.setSizes([listed, window.width() - listed - shown, shown])
    window.split.splitterMoved.connect(window.preview.fold.keep_width)
    window.sidebar.set_order(settings.sort)
    window.deeds.check("theme", settings.theme)
    window.deeds.check("scale", str(settings.scale))
    window.page.show_page(settings.last_page if settings.last_page in PAGES else "replies")


def remember(window: "MainWindow") -> None:
    """Keep where it is now."""
    settings, opened = window.settings, window.session.open_case
    settings.geometry = bytes(window.saveGeometry().data())
    settings.list_width = window.split.sizes()[0] or settings.list_width
    settings.last_page = window.page.page
    settings.last_case = opened.case.key if opened else ""
    settings.sort = str(window.sidebar.order.currentData())
