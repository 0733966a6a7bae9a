"""The right side of the window while no case is open."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.message import Banner


class Welcome(QWidget):
    """No case is open: what to do next."""

    def __init__(self, parent: QWidget) -> None:
        """Words for an empty library until it is told otherwise."""
        super().__init__(parent)
        self.setProperty("ground", True)
        self.banner = Banner()
        self._title, self._hint = QLabel(self), QLabel(self)
        self._title.setProperty("title", True)
        self._hint.setProperty("second", True)
        self._hint.setWordWrap(True)
        self.new = QPushButton("新建提案", self)
        self.new.setProperty("main", True)
        self.bring = QPushButton("导入答复函或卷宗文件…", self)
        self.samples = QPushButton("看看两份样例", self)
        line = QHBoxLayout()
        for button in (self.new, self.bring, self.samples):
            line.addWidget(button)
        line.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(40, 80, 40, 20)
        whole.setSpacing(14)
        whole.addWidget(self.banner)
        whole.addWidget(self._title)
        whole.addWidget(self._hint)
        whole.addLayout(line)
        whole.addStretch()

    def show_library(self, has_cases: bool) -> None:
        """Words for an empty library, or for one with nothing open."""
        self._title.setText("请在左边选一份提案" if has_cases else "从第一份提案开始")
        self._hint.setText(
            "或者新建、导入一份。"
            if has_cases
            else "新建一份提案，把它拆成一条条建议，逐条答复，再导出 Word 函件；"
            "也可以把以前的答复函（.docx、.txt）拖进窗口。"
        )
        self.samples.setVisible(not has_cases)
