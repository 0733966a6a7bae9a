"""What a maintainer must know of this computer, to be copied from 关于; no letter, no name."""

import os
import platform
import sys
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication

from desktop import __version__, input_method

FACES = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")
INPUT_VARIABLES = ("QT_IM_MODULE", "XMODIFIERS", "IBUS_USE_PORTAL")


def text(library: Path, cases: int) -> str:
    """Version, system, screens, faces, the file of the library and its number of cases."""
    return "\n".join(
        (
            f"复函 {__version__}",
            f"系统：{platform.platform()}（{platform.machine()}，{QGuiApplication.platformName()}）",
            f"Python {platform.python_version()}，Qt {qVersion()}"
            + ("，打包版" if getattr(sys, "frozen", False) else ""),
            f"屏幕：{_screens()}",
            f"公文字体：{_faces()}",
            f"输入法：{_input_method()}",
            f"文库：{_place(library)}，{_size(library)}，卷宗{cases}份",
        )
    )


def _screens() -> str:
    return "；".join(
        f"{s.size().width()}×{s.size().height()}，缩放{s.devicePixelRatio():.0%}"
        for s in QGuiApplication.screens()
    )


def _faces() -> str:
    there = [face for face in FACES if QFontDatabase.hasFamily(face)]
    lacking = [face for face in FACES if face not in there]
    said = [f"有{'、'.join(there)}"] * bool(there) + [f"缺{'、'.join(lacking)}"] * bool(lacking)
    return "；".join(said)


def _input_method() -> str:
    said = [input_method.found()] * bool(input_method.found())
    said += [f"{name}={os.environ[name]}" for name in INPUT_VARIABLES if name in os.environ]
    return "，".join(said) or "未指定"


def _place(path: Path) -> str:
    """`path` with the home folder as ~: a home bears its user's name."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def _size(path: Path) -> str:
    try:
        return f"{path.stat().st_size / 1024:.0f} KB"
    except OSError:
        return "文件读不到"
