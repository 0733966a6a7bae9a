"""The order in which Tab goes through parts that were made late."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def before(part: QWidget) -> QWidget:
    """What takes the focus before `part` does: Qt orders nothing after what takes none."""
    found = part.previousInFocusChain()
    while found and found is not part and found.focusPolicy() == Qt.FocusPolicy.NoFocus:
        found = found.previousInFocusChain()
    return found or part


def chain(*parts: QWidget) -> None:
    """Let Tab go through `parts` as they come, after the first of them."""
    for first, second in pairwise(parts):
        QWidget.setTabOrder(first, second)
