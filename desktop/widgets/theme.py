"""The look: one table of colours for light and dark, one stylesheet built from it.

No other file names a colour. Sizes are pixels at 界面字号 100 %; `scaled` gives them at the size
the user chose. `resources/style.qss` holds `$token` for a colour and `$n13` for 13 scaled pixels.
"""

import re
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.paths import RESOURCES

STYLE = RESOURCES / "style.qss"
# token: light, dark (window.md, “Look”; done and pending darker, for 4.5 : 1 on every ground)
TOKENS: dict[str, tuple[str, str]] = {
    "ground": ("#f5f6f7", "#1e2226"),
    "panel": ("#ffffff", "#262b30"),
    "line": ("#e1e4e8", "#363d44"),
    "strong_line": ("#cfd5db", "#48515a"),
    "ink": ("#1f2933", "#e4e8ec"),
    "second": ("#5b6773", "#a7b1bb"),
    "third": ("#66727e", "#98a3ae"),
    "accent": ("#23577a", "#7fb8dc"),
    "accent_soft": ("#e6f0f6", "#2b3c49"),
    "on_accent": ("#ffffff", "#17212a"),
    "accent_hover": ("#1b4764", "#97c6e4"),
    "done": ("#2b7549", "#77c796"),
    "under_way": ("#23577a", "#7fb8dc"),
    "pending": ("#94590a", "#e3aa55"),
    "not_adopted": ("#6b7280", "#9aa4ae"),
    "bad": ("#b3261e", "#f2867d"),
    "bad_soft": ("#fbeceb", "#43292a"),
    "pending_soft": ("#fbf3e6", "#3b3226"),
    "hover": ("#f4f6f8", "#2f353b"),
    "found": ("#fdeeb5", "#5a4a1c"),
    "added": ("#dcf0e2", "#23402f"),  # under what differs between two 版本
    "removed": ("#fbe3e1", "#4d2b2b"),
    "desk": ("#e9ecef", "#17191c"),  # under the paper of the preview, which is white in both
    "paper": ("#ffffff", "#ffffff"),
    "paper_mark": ("#d9ebf7", "#d9ebf7"),
    "paper_caret": ("#23577a", "#23577a"),
    "paper_remark": ("#d08a24", "#d08a24"),
}
FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
BASE = 13


class _Signals(QObject):
    """Says that the looks changed; custom-painted widgets listen."""

    changed = Signal()


@dataclass
class _Now:
    dark: bool = False
    scale: int = 100


_now = _Now()
signals = _Signals()


def color(token: str) -> QColor:
    """The colour called `token` in the theme that is on."""
    return QColor(TOKENS[token][_now.dark])


def scaled(pixels: float) -> int:
    """`pixels` of the drawings at the 界面字号 that is on."""
    return round(pixels * _now.scale / 100)


def system_is_dark() -> bool:
    """What the desktop asks for."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def font(pixels: float = BASE, *, bold: bool = False) -> QFont:
    """The interface's face at `pixels` of the drawings."""
    made = QFont(QApplication.font())
    made.setPixelSize(scaled(pixels))
    made.setBold(bold)
    return made


def apply(app: QApplication, *, dark: bool, scale: int) -> bool:
    """Dress the whole program; False where the stylesheet is missing (it then goes undressed)."""
    _now.dark, _now.scale = dark, scale
    face = QFont(app.font())
    face.setFamilies([*FAMILIES, app.font().family()])
    face.setPixelSize(scaled(BASE))
    app.setFont(face)
    app.setPalette(_palette())
    text = _style()
    app.setStyleSheet(text)
    signals.changed.emit()
    return bool(text)


def dress(wanted: str, scale: int) -> bool:
    """`apply` the colours the user chose: "light", "dark", or what the system shows."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dark = system_is_dark() if wanted == "system" else wanted == "dark"
    return apply(app, dark=dark, scale=scale)


def has_chinese_face() -> bool:
    """Whether any installed face can show what the program says."""
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return bool(families)


def _style() -> str:
    try:
        text = STYLE.read_text(encoding="utf-8")
    except OSError:
        return ""
    colours = {name: pair[_now.dark] for name, pair in TOKENS.items()}
    sizes = {f"n{n}": f"{scaled(int(n))}px" for n in re.findall(r"\$\{?n(\d+)", text)}
    names = {"icons": _icons(), "arrow": ("light", "dark")[_now.dark]}
    return Template(text).substitute({**colours, **sizes, **names})


def _icons() -> str:
    return (RESOURCES / "icons").as_posix()


def _palette() -> QPalette:
    """Qt's own parts (menus of fields, selections) follow the same table."""
    made = QPalette()
    role = QPalette.ColorRole
    for target, token in (
        (role.Window, "ground"),
        (role.Base, "panel"),
        (role.AlternateBase, "ground"),
        (role.Text, "ink"),
        (role.WindowText, "ink"),
        (role.Button, "panel"),
        (role.ButtonText, "ink"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.ToolTipBase, "panel"),
        (role.ToolTipText, "ink"),
        (role.PlaceholderText, "third"),
        (role.Link, "accent"),
    ):
        made.setColor(target, color(token))
    for target in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, color("third"))
    return made
