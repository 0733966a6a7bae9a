"""A corner of a file manager: a small window from which files can be dragged."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Files(QLabel):
    """Drags the files named on the command line, as soon as the mouse moves with a button down."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__("文件")
        self.setWindowTitle("文件管理器")
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self._paths = paths

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, ARG002
        """Begin to drag."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    files = Files(sys.argv[1:])
    files.resize(120, 60)
    files.move(40, 400)
    files.show()
    sys.exit(app.exec())
