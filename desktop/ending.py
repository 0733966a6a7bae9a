"""The end that others decide: a signal, the desktop's log-off. What was written is saved first."""

import signal

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

from desktop.crash import Watch
from desktop.views.main_window import MainWindow
from desktop.widgets.message import ask

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK")  # the last is Windows's
LOOK_EVERY_MS = 250
UNSAVED = "有内容还没有存到磁盘上，注销会丢掉它；请先取消注销，腾出空间，或把它复制出来。"


class Ending(QObject):
    """Saves `window` when the program is told to go, until `end`."""

    def __init__(self, app: QApplication, window: MainWindow, watch: Watch) -> None:
        """Listen from now on."""
        super().__init__(window)
        self._app, self._window, self._watch = app, window, watch
        self._signals = [found for name in SIGNALS if (found := getattr(signal, name, None))]
        self._signals = [s for s in self._signals if signal.getsignal(s) is not signal.SIG_IGN]
        for number in self._signals:
            signal.signal(number, self._heard)
        self._told = False
        clock = QTimer(self)  # Python hears a signal only between steps of its own
        clock.timeout.connect(self._look)
        clock.start(LOOK_EVERY_MS)
        app.commitDataRequest.connect(self.log_off, Qt.ConnectionType.DirectConnection)
        app.aboutToQuit.connect(window.session.save)
        window.session.changed.connect(self._goes_on)

    def end(self) -> None:
        """What comes after may be killed, but not broken into."""
        for number in self._signals:
            signal.signal(number, signal.SIG_DFL)
        self._app.commitDataRequest.disconnect(self.log_off)

    def _heard(self, *_: object) -> None:
        self._told = True

    def _look(self) -> None:
        """Go, if told to. What cannot be saved is not given up: the window stays and tries on."""
        if self._told:
            self._told = False
            if self._window.session.save():
                self._app.closeAllWindows()

    def log_off(self, desktop: QSessionManager) -> None:
        """The desktop ends its session: save at once; ask only where it could not be saved."""
        if self._window.session.save():
            self._window.caret.keep()
            self._watch.end()  # Windows may kill at once
        elif desktop.allowsInteraction():
            lose = [("lose", "仍然注销，丢掉未保存的内容")]
            if ask(self._window, "注销", UNSAVED, lose, destructive="lose"):
                desktop.release()
            else:
                desktop.cancel()

    def _goes_on(self) -> None:
        """Somebody cancelled the log-off, and writes on."""
        self._watch.begin()
