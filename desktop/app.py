"""The window's start: looks, library, window; what refuses is one sentence."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import input_method
from desktop.crash import Watch, keep_reports_in, write_report
from desktop.ending import Ending
from desktop.errors import FuhanError, OutputError, PlaceError, RescueError
from desktop.mistakes import Mistakes
from desktop.paths import data_folder
from desktop.services.library import library
from desktop.services.offices import our_office
from desktop.services.trash import purge_due
from desktop.settings import Settings
from desktop.views import starting
from desktop.views.dialogs.report import show_report
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from desktop.widgets.message import show_error
from desktop.window_lock import WindowLock

IDLE_MS = 2000  # after the start
NO_FACE = (
    "这台电脑没有安装中文字体，窗口里的字可能显示成方框；卷宗不受影响，请安装一种中文字体"
    "（No Chinese font is installed: please install one）。"
)
OURS = "程序内部出错，只好退出；已保存的内容都在，请把报告交给维护人员。"
NO_STYLE = "界面样式文件缺失，窗口按最简单的样子显示；卷宗和导出不受影响，请重新安装复函。"


def main(data: Path | None = None, shot: Path | None = None, *, behind: bool = False) -> int:
    """Open the window on the library in `data`; with `shot`, take its picture and quit. `behind`
    takes a library as it is that lacks commits it once had.
    """
    if _no_display():
        raise OutputError("这里没有图形界面，窗口打不开；命令行照常可用，见 fuhan --help。")
    os.umask(0o077)  # what is written here is nobody else's
    gc.disable()  # until the window stands: nothing made for it is garbage
    input_method.prepare()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("复函")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _speak_chinese(app)
    input_method.install(app)
    folder, chosen = data or data_folder(), None
    while True:
        try:
            return _start(app, folder, shot, behind=behind, remark=bool(chosen))
        except PlaceError as error:
            if not (chosen := starting.ask_other_folder(error)):
                return 1
            folder = chosen
        except FuhanError as error:
            show_error(None, str(error))
            return 1
        except Exception as error:  # a mistake of ours: no traceback for the handler
            show_report(None, OURS, write_report(error))
            return 1


def _start(
    app: QApplication, folder: Path, shot: Path | None, *, behind: bool, remark: bool
) -> int:
    """Open the library in `folder`, unless a window has it: that one comes forward instead.
    `remark` that it is not the usual one."""
    keep_reports_in(folder)
    settings = Settings(folder)
    dressed = theme.dress(settings.theme, settings.scale)
    run = partial(_run, app, folder, settings, dressed=dressed, shot=shot, remark=remark)
    if shot:
        return _open(folder, run, behind=behind)
    lock = WindowLock(folder)
    lock.called.connect(starting.come_forward)
    try:
        return _open(folder, run, behind=behind) if starting.may_open(lock) else 0
    finally:
        lock.release()


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
    app: QApplication,
    folder: Path,
    settings: Settings,
    *,
    dressed: bool,
    shot: Path | None,
    remark: bool,
) -> Path | None:
    """Until the window is closed; returns the backup that is to be restored then."""
    watch = Watch(folder)
    window = MainWindow(folder, settings)
    mistakes, ending = Mistakes(window, watch), Ending(app, window, watch)
    window.show()
    gc.enable()
    if shot:
        QTimer.singleShot(300, window, lambda: _shoot(window, shot))
    else:
        said = [NO_STYLE] * (not dressed) + [NO_FACE] * (not theme.has_chinese_face())
        said += starting.place_remarks(folder, settings, chosen=remark)
        QTimer.singleShot(0, window, lambda: _greet(window, said))
        QTimer.singleShot(IDLE_MS, window, window.importing.warm)
    app.exec()
    for part in (mistakes, ending, watch):
        part.end()
    source = window.backups.restore_from
    window.deleteLater()
    app.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    return source


def _greet(window: MainWindow, said: list[str]) -> None:
    """Say what is to be said at the start; a new user is asked who we are."""
    for sentence in said:
        window.refuse(sentence)
    if our_office() is None and not window.sidebar.model.rows:
        window.office.welcome_office()


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
