"""查看原文: the original of a proposal, the passages of one suggestion marked in it."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.letter.model import Proposal
from desktop.views.cutting_text import named_stretch
from desktop.views.original_text import OriginalText
from desktop.widgets.form import FormDialog, words

WIDE, HIGH = 820, 700


def show_original(parent: QWidget, proposal: Proposal, key: str = "") -> None:
    """Show where the suggestion with this key was cut from; without one the whole. Blocks."""
    OriginalDialog(parent, proposal, key).exec()


class OriginalDialog(FormDialog):
    """The text with every suggestion named in the margin, one of them tinted."""

    def __init__(self, parent: QWidget | None, proposal: Proposal, key: str = "") -> None:
        super().__init__(parent, "提案原文", "关闭", cancel="", wide=WIDE, high=HIGH)
        self.original = OriginalText()
        mine = next((one for one in proposal.suggestions if one.key == key), None)
        stretches = [
            replace(
                named_stretch(*span, f"{'补充说明' if number else '建议'}{one.label}"),
                ground="accent_soft" if one is mine else "",
            )
            for one in proposal.suggestions
            for number, span in enumerate(one.spans)
        ]
        stretches.sort(key=lambda stretch: stretch.start)
        self.original.show_stretches(proposal.original, stretches)
        self.body.addWidget(words(_told(mine.label, bool(mine.spans)) if mine else WHOLE, "second"))
        self.body.addWidget(self.original, 1)
        if mine and mine.spans:
            self.original.select(mine.spans[0][0], mine.spans[0][0])
            self.original.centerCursor()
        self.original.setFocus()


WHOLE = "旁边写着哪一段是哪一条建议；拆错的，可以在“提案”菜单里按原文重新拆分。"


def _told(label: str, placed: bool) -> str:
    if placed:
        return f"标出的是建议{label}和它的补充说明。"
    return f"建议{label}是录入的，或拆开以后改写过，没有在原文里标出位置。"
