"""The order in which Tab goes through parts that were made late."""

from itertools import pairwise

from PySide6.QtWidgets import QWidget


def before(part: QWidget) -> QWidget:
    """What Tab leaves for `part`."""
    found = part.previousInFocusChain()
    assert found is not None  # the chain is a ring
    return found


def chain(*parts: QWidget) -> None:
    """Let Tab go through `parts` as they come, after the first of them."""
    for first, second in pairwise(parts):
        QWidget.setTabOrder(first, second)
