"""What was raised where nobody expected it: a report, a sentence, and the window goes on."""

import sys
import threading
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop.crash import Report, Watch, write_report
from desktop.views.dialogs.report import show_report
from desktop.views.main_window import MainWindow

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

SAVED = "程序内部出错，这一步没有做完；写下的内容都已保存，请把报告交给维护人员。"
UNSAVED = (
    "程序内部出错，这一步没有做完，最后写下的内容还没有存到磁盘；"
    "请先把它复制出来，再把报告交给维护人员。"
)
AGAIN = "又遇到刚才的内部错误，这一步没有做完"
KILLED = "上次没有正常退出；已保存的内容都在，最多缺最后一秒写的，请看一眼光标所在的地方。"
FELL = "上次程序出了故障；已保存的内容都在，最多缺最后一秒写的，请把报告交给维护人员。"
SHOW = "show_report"


class Mistakes(QObject):
    """Hears of the mistakes made while `window` is open, in whatever thread, until `end`."""

    _heard = Signal(object)

    def __init__(self, window: MainWindow, watch: Watch) -> None:
        """Hear of them from now on; tell of the run before, where it did not come to its end."""
        super().__init__(window)
        self._window, self._last = window, watch.report
        self._known: set[tuple[str, str, int]] = set()
        self._showing = False
        # a mistake may be made while something is painted or destroyed: it is told later
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._raised
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable
        if watch.unclean:
            self._tell_of_last()

    def end(self) -> None:
        """Whoever heard before hears again."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _raised(
        self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """One report for each place in the program."""
        if not isinstance(error, Exception):  # a thread that ends by SystemExit is no mistake
            return
        frames = [(f.f_code.co_filename, line) for f, line in walk_tb(trace)]
        known = type(error).__name__, *(frames[-1] if frames else ("", 0))
        first = known not in self._known
        self._known.add(known)
        self._heard.emit(write_report(error.with_traceback(trace)) if first else None)

    def _in_thread(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value:
            self._raised(raised.exc_type, raised.exc_value, raised.exc_traceback)

    def _unraisable(self, raised: "UnraisableHookArgs") -> None:
        if raised.exc_value:
            self._raised(raised.exc_type, raised.exc_value, raised.exc_traceback)

    def _tell(self, report: Report | None) -> None:
        saved = self._window.session.save()
        if report is None or self._showing:
            self._window.say(AGAIN)
            return
        self._showing = True
        show_report(self._window, SAVED if saved else UNSAVED, report)
        self._showing = False

    def _tell_of_last(self) -> None:
        window = self._window
        bar = window.page.banner if window.session.open_case else window.welcome.banner
        bar.acted.connect(self._acted)
        bar.say(FELL if self._last else KILLED, {SHOW: "查看报告"} if self._last else {})

    def _acted(self, deed: str) -> None:
        if deed == SHOW and self._last:
            show_report(self._window, FELL, self._last)
