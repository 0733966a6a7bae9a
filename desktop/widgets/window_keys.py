"""Keys that a field of text would take for itself, though they are the window's."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def belongs_to_window(event: QEvent) -> bool:
    """Whether `event` is such a key, pressed or asked about (ShortcutOverride).

    The window has one history; and Ctrl+E, which exports, is “end of line” to Qt on X11.
    """
    if not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    if control and event.key() == Qt.Key.Key_E:
        return True
    return any(event.matches(key) for key in HISTORY)
