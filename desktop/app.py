"""The window's start: looks, library, window; and the one place its mistakes become sentences."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import input_method
from desktop.crash import write_report
from desktop.errors import FuhanError, OutputError, RescueError
from desktop.paths import data_folder
from desktop.services.library import library
from desktop.services.offices import our_office
from desktop.services.trash import purge_due
from desktop.settings import Settings
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from desktop.widgets.message import show_error

NO_FACE = (
    "这台电脑没有安装中文字体，窗口里的字可能显示成方框；卷宗不受影响，请安装一种中文字体"
    "（No Chinese font is installed: please install one）。"
)
NO_STYLE = "界面样式文件缺失，窗口按最简单的样子显示；卷宗和导出不受影响，请重新安装复函。"


def main(data: Path | None = None, shot: Path | None = None, *, behind: bool = False) -> int:
    """Open the window on the library in `data`; with `shot`, take its picture and quit. `behind`
    takes a library as it is that lacks commits it once had.
    """
    if _no_display():
        raise OutputError("这里没有图形界面，窗口打不开；命令行照常可用，见 fuhan --help。")
    gc.disable()  # until the window stands: nothing made for it is garbage
    input_method.prepare()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("复函")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _speak_chinese(app)
    input_method.install(app)
    folder = data or data_folder()
    settings = Settings(folder)
    dressed = theme.dress(settings.theme, settings.scale)
    try:
        run = partial(_run, app, folder, settings, dressed=dressed, shot=shot)
        return _open(folder, run, behind=behind)
    except FuhanError as error:
        show_error(None, str(error))
        return 1


def _open(folder: Path, run: Callable[[], Path | None], *, behind: bool) -> int:
    """Run a window on the library, and another one after each restore; returns the exit code.

    A library that refuses but can be rescued is asked about before.
    """
    while True:
        try:
            with library(folder, behind=behind):
                with suppress(FuhanError):  # a full disk is said where something is written
                    purge_due(datetime.now())
                source, behind = run(), False
            if source is None:
                return 0
        except RescueError as error:
            from desktop.views.dialogs.backups import ask_rescue  # seldom wanted

            source, behind = ask_rescue(folder, error)
            if source is None and not behind:
                return 1
        if source:
            _bring_back(folder, source)


def _bring_back(folder: Path, source: Path) -> None:
    """Restore the backup at `source` while nobody has the library in `folder` open."""
    from desktop.services.restoring import restore
    from desktop.views.dialogs.backups import tell_restored

    try:
        done = restore(folder, source)
    except FuhanError as error:
        show_error(None, str(error))
    else:
        tell_restored(done)


def _no_display() -> bool:
    """Qt would abort the process."""
    places = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(map(os.environ.get, places))


def _run(
    app: QApplication, folder: Path, settings: Settings, *, dressed: bool, shot: Path | None
) -> Path | None:
    """Until the window is closed; returns the backup that is to be restored then."""
    window = MainWindow(folder, settings)
    sys.excepthook = _Mistakes(window).report
    _save_on_signals(window)
    window.show()
    gc.enable()
    if not dressed:
        QTimer.singleShot(0, window, lambda: window.refuse(NO_STYLE))
    if not theme.has_chinese_face():
        QTimer.singleShot(0, window, lambda: window.refuse(NO_FACE))
    if shot:
        QTimer.singleShot(300, window, lambda: _shoot(window, shot))
    elif our_office() is None and not window.sidebar.model.rows:
        QTimer.singleShot(0, window, window.welcome_office)
    app.exec()
    sys.excepthook = sys.__excepthook__
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a restore may be killed, but not broken into
    source = window.backups.restore_from
    window.deleteLater()
    app.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    return source


def _shoot(window: MainWindow, path: Path) -> None:
    window.status.show_count()
    window.grab().save(str(path))
    window.close()


def _speak_chinese(app: QApplication) -> None:
    """Qt's own dialogs and menus."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def _save_on_signals(window: MainWindow) -> None:
    """SIGTERM saves. Python hears a signal only between steps of its own: hence the clock."""

    def leave(*_: object) -> None:
        window.session.save()
        window.close()

    signal.signal(signal.SIGTERM, leave)
    clock = QTimer(window)
    clock.timeout.connect(_nothing)
    clock.start(500)


def _nothing() -> None:
    """Let Python look for signals."""


class _Mistakes:
    """What was raised where nobody expected it: a report, a sentence, and the window goes on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._showing = False

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Say it once at a time."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        place = write_report(error.with_traceback(trace))
        saved = self._window.session.save()
        if self._showing:
            return
        self._showing = True
        safe = "写下的内容都已保存" if saved else "最后写下的内容还没有存到磁盘"
        sentence = f"程序内部出错，这一步没有做完；{safe}，请把报告交给维护人员。"
        show_error(self._window, sentence, f"报告在：{place}")
        self._showing = False
