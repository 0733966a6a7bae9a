"""What is asked and said around the window's start, and how a second start brings it forward."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from desktop.errors import LibraryError, PlaceError
from desktop.network_place import lies_on_network
from desktop.settings import Settings
from desktop.widgets.message import ask
from desktop.window_lock import Holder, WindowLock

ELSEWHERE = (
    "文库可能正在另一台电脑“{computer}”上打开着（从{since:%Y年%m月%d日 %H:%M}起），"
    "也可能是那台电脑上次没有正常退出；文库还没有打开，没有改动任何内容，"
    "请先在那台电脑上关闭复函，确认没有人在用，再照样打开。"
)
SILENT = (
    "文库已在另一个复函窗口里打开，那个窗口没有回应，可能正停在系统的对话框里，也可能卡住了；"
    "没有改动任何内容，请从任务栏找到那个窗口接着用，"
    "实在没有反应，就在任务管理器里结束它（进程号{process}），再打开一次。"
)
NETWORK = (
    "文库放在网络位置（{folder}），网络一断就可能存不下来，也只能有一台电脑打开它；"
    "现在可以照常使用，建议关闭复函后把整个文件夹移到本机硬盘上。"
)
OTHER = (
    "这次打开的是“{folder}”里的文库，原来的文件夹没有动；"
    '以后都要用它的话，请在启动复函的快捷方式后面加上 --data "{folder}"。'
)


def may_open(lock: WindowLock) -> bool:
    """Take the lock of the library; False where a window of this computer has it and was brought
    forward. Asks about another computer's; raises `LibraryError` where nobody answers."""
    holder = lock.take()
    if holder and holder.here:
        try:
            if lock.call(holder):
                return False
        except OSError:  # a file that was copied onto a read-only medium: the library says so
            return True
        holder = lock.take()  # it may have been closing
    if holder is None:
        return True
    if holder.here:
        raise LibraryError(SILENT.format(process=holder.process))
    if not _ask_elsewhere(holder):
        return False
    lock.take(anyway=True)  # where this is in vain, SQLite's lock refuses too
    return True


def _ask_elsewhere(holder: Holder) -> bool:
    sentence = ELSEWHERE.format(computer=holder.computer, since=holder.since)
    anyway = [("anyway", "照样打开")]
    return bool(ask(None, "文库在别处打开着", sentence, anyway, destructive="anyway"))


def ask_other_folder(error: PlaceError) -> Path | None:
    """Say why no library can be kept where it was to be; the folder chosen instead, if any."""
    if not ask(None, "文库打不开", str(error), [("choose", "另选文件夹…")]):
        return None
    chosen = QFileDialog.getExistingDirectory(None, "选择存放文库的文件夹")
    return Path(chosen) if chosen else None


def place_remarks(folder: Path, settings: Settings, *, chosen: bool) -> list[str]:
    """What is to be said of where the open library lies: that it was `chosen` for this time, and
    once, that it is on a network."""
    said = [OTHER.format(folder=folder)] if chosen else []
    if lies_on_network(folder) and settings.network_told != str(folder):
        said.append(NETWORK.format(folder=folder))
        settings.network_told = str(folder)
    return said


def come_forward() -> None:
    """Bring the window before all others, un-minimised, and before it the dialog it waits for."""
    tops = QApplication.topLevelWidgets()
    front: QWidget | None = None
    for front in [w for w in tops if isinstance(w, QMainWindow) and w.isVisible()]:
        front.setWindowState(front.windowState() & ~Qt.WindowState.WindowMinimized)
        front.raise_()
    if dialog := QApplication.activeModalWidget():
        front = dialog
        front.raise_()
    if front:
        front.activateWindow()
        QApplication.alert(front)  # where the desktop does not let it: its task bar blinks
