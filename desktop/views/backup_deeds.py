"""What 文件 › 备份与恢复 does: show the backups, and leave the window for the one to restore."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow


class BackupDeeds(QObject):
    """The slot of `actions.MENUS`. `restore_from` is the backup that is to take the library's place
    once the window is closed. From the choice until then no backup is made: today's might be it."""

    def __init__(self, window: "MainWindow") -> None:
        """Deeds on the library of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window
        self.restore_from: Path | None = None

    def show_backups(self) -> None:
        """备份与恢复…"""
        from desktop.views.dialogs.backups import ask_backup  # seldom wanted

        window = self._window
        if not window.session.save_first():
            return
        window.backing_up.hold(True)
        try:
            self.restore_from = ask_backup(window, window.folder)
            if self.restore_from and not window.close():
                self.restore_from = None
        finally:
            window.backing_up.hold(False)
