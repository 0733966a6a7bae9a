"""The tool bar: the deeds of every day, and the field that finds a case."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMainWindow, QSizePolicy, QToolBar, QToolButton, QWidget

from desktop.views.actions import Actions
from desktop.widgets import theme
from desktop.widgets.icons import set_icon
from desktop.widgets.line_field import LineField

TOOLS = {
    "new_case": "新建",
    "import_files": "导入",
    "": "",
    "export_letter": "导出 Word",
    "print_letter": "打印",
    "copy_body": "复制正文",
    "toggle_preview": "预览",
}
MAIN = "export_letter"


class ToolBar(QToolBar):
    """The bar; `search` is filtered by as one types."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        """A bar of `actions`."""
        super().__init__("工具栏", window)
        self.setObjectName("tools")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name, word in TOOLS.items():
            if name:
                self._add(actions.by_name[name], word, main=name == MAIN)
            else:
                self.addSeparator()
        room = QWidget(self)
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(room)
        self.search = LineField()
        self.search.setProperty("search", True)
        self.search.setPlaceholderText("查找提案：编号、案由、姓名首字母")
        self.search.setAccessibleName("查找提案")
        self.search.setClearButtonEnabled(True)
        picture = QAction(self)
        set_icon(picture, "search", "third")
        self.search.addAction(picture, QLineEdit.ActionPosition.LeadingPosition)
        self.addWidget(self.search)
        self._measure()
        theme.signals.changed.connect(self._measure)

    def _add(self, action: QAction, word: str, *, main: bool) -> None:
        action.setIconText(word)
        self.addAction(action)
        button = self.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(word)
            button.setProperty("main", main)
        if main:
            set_icon(action, "export", "on_accent")

    def _measure(self) -> None:
        if bar := self.layout():  # a new stylesheet doubles them; Qt's layout wants them alike
            bar.setContentsMargins(6, 6, 6, 6)
        self.setIconSize(QSize(theme.scaled(16), theme.scaled(16)))
        self.search.setMinimumWidth(theme.scaled(150))
        self.search.setMaximumWidth(theme.scaled(290))
