"""帮助 (F1): how the first letter is written, and the keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets import theme
from desktop.widgets.form import FormDialog, Group, words

STEPS = (
    (
        "新建或导入",
        "点“新建”填写提案的编号、案由和提案人；已有答复函的，点“导入”或把文件拖进窗口。",
    ),
    ("列出建议", "在“建议与答复”里粘贴提案全文，拆成一条条建议。"),
    ("逐条答复", "在每条建议下面写答复；几条建议合在一起答复的，把一条拖到另一条的卡片上。"),
    ("核对函件", "在“函件”里看标题、称谓、落款，写的就是印出来的文字。"),
    ("导出定稿", "点“导出 Word”得到公文；签发后定稿，以后不会被改动。"),
)
Keys = Sequence[tuple[str, str]]


def show_shortcuts(parent: QWidget, keys: Keys) -> "ShortcutsDialog":
    """Open the page beside the work. `keys`: pairs of a deed and its keys."""
    dialog = ShortcutsDialog(parent, keys)
    dialog.show()
    return dialog


class ShortcutsDialog(FormDialog):
    """Five steps, then the table of keys."""

    def __init__(self, parent: QWidget | None, keys: Keys) -> None:
        super().__init__(parent, "帮助", "关闭", cancel="", wide=640)
        steps = Group("怎样写第一份答复")
        steps.add(_table([(f"{n}　{name}", told) for n, (name, told) in enumerate(STEPS, 1)]))
        self.body.addWidget(steps)
        table = Group("快捷键")
        table.add(_table(keys))
        self.body.addWidget(table)
        self.body.addStretch()
        self.main_button.setFocus()


def _table(pairs: Sequence[tuple[str, str]]) -> QWidget:
    """Two columns of words, the first a fixed width."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, theme.scaled(120))
    grid.setColumnStretch(1, 1)
    for line, (left, right) in enumerate(pairs):
        grid.addWidget(words(left, wrap=False), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(right, "second"), line, 1)
    return table
