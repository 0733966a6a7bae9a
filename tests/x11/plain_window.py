"""A small window to try the desk itself on: a field, an editor, two lists, a menu, a dialog."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import input_method


class Window(QMainWindow):
    """Everything named, nothing done but showing."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("试桌")
        self.editor, self.field = QTextEdit(), QLineEdit()
        self.editor.setAccessibleName("正文")
        self.field.setAccessibleName("编号")
        ask = QPushButton("询问(&A)")
        ask.clicked.connect(self.ask)
        self.left, self.right = self.a_list("左", ["建议一", "建议二"]), self.a_list("右", [])
        lists, column, middle = QHBoxLayout(), QVBoxLayout(), QWidget(self)
        lists.addWidget(self.left)
        lists.addWidget(self.right)
        for part in (self.field, self.editor, ask):
            column.addWidget(part)
        column.addLayout(lists)
        middle.setLayout(column)
        self.setCentralWidget(middle)
        menu = self.menuBar().addMenu("文件(&F)")
        menu.addAction("清空(&C)", "Ctrl+L", self.editor.clear)

    def a_list(self, name: str, items: list[str]) -> QListWidget:
        """A list whose rows can be dragged."""
        made = QListWidget()
        made.setAccessibleName(name)
        made.addItems(items)
        made.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        made.setDefaultDropAction(Qt.DropAction.MoveAction)
        return made

    def ask(self) -> None:
        """A dialog with a field."""
        dialog = QDialog(self)
        dialog.setWindowTitle("问题")
        field, done = QLineEdit(dialog), QPushButton("确定", dialog)
        field.setAccessibleName("姓名")
        done.clicked.connect(dialog.accept)
        dialog.setLayout(QVBoxLayout())
        dialog.layout().addWidget(field)
        dialog.layout().addWidget(done)
        dialog.exec()
        self.field.setText(field.text())


if __name__ == "__main__":
    print("input method:", input_method.prepare(), flush=True)
    app = QApplication(sys.argv)
    input_method.install(app)
    window = Window()
    window.resize(900, 600)
    window.show()
    sys.exit(app.exec())
