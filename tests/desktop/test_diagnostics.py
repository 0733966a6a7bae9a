"""诊断信息: enough for a maintainer, and no one's name."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from desktop import __version__, diagnostics

pytestmark = pytest.mark.usefixtures("qapp")


def test_it_says_what_a_maintainer_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "张三"
    library = home / "share" / "fuhan.sqlite"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"x" * 4096)
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(QFontDatabase, "hasFamily", lambda face: face == "黑体")
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    told = diagnostics.text(library, 213)
    for part in (__version__, "Qt 6", "QT_IM_MODULE=fcitx", "4 KB", "卷宗213份", "有黑体；缺方正"):
        assert part in told
    assert "~/share/fuhan.sqlite" in told
    assert "张三" not in told


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    assert "文件读不到" in diagnostics.text(tmp_path / "none", 0)
