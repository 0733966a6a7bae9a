"""关于: what this program is, what must not be put into it, and facts for a maintainer."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop import __version__
from desktop.views.dialogs.office import SECRECY
from desktop.widgets import theme
from desktop.widgets.form import FormDialog, words
from desktop.widgets.icons import set_icon


def show_about(parent: QWidget, diagnostics: str) -> "AboutDialog":
    """Open 关于 with the text of `desktop.diagnostics`."""
    dialog = AboutDialog(parent, diagnostics)
    dialog.open()
    return dialog


class AboutDialog(FormDialog):
    """Name, version, secrecy, licence, diagnostics to copy."""

    def __init__(self, parent: QWidget | None, diagnostics: str) -> None:
        super().__init__(parent, "关于复函", "关闭", cancel="")
        self.body.addWidget(words(f"复函 {__version__}", "title"))
        self.body.addWidget(words("答复政协提案、人大建议：从收到提案到印出公文。", "second"))
        self.body.addWidget(words(SECRECY + "所有内容只存在这台电脑上，不联网。"))
        self.body.addWidget(words("开源软件，按 Apache-2.0 许可使用。", "second"))
        self._diagnostics = QPlainTextEdit(diagnostics)
        self._diagnostics.setReadOnly(True)
        self._diagnostics.setTabChangesFocus(True)
        self._diagnostics.setAccessibleName("诊断信息")
        self._diagnostics.setMinimumHeight(theme.scaled(170))
        self.body.addSpacing(4)
        self.body.addWidget(words("诊断信息（报告问题时附上，不含函件内容）", "third"))
        self.body.addWidget(self._diagnostics, 1)
        self._copy = self.add_button("复制诊断信息")
        self._copy.setAutoDefault(False)
        set_icon(self._copy, "copy")
        self._copy.clicked.connect(self._copied)
        self.main_button.setFocus()

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self._diagnostics.toPlainText())
        self._copy.setText("已复制")
