"""The bundle of `make bundle`: built anew, moved elsewhere, started by somebody without Python."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.conftest import ROOT

Run = Callable[..., str]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built folder, somewhere else than where it was built; some 15 s, so once a session."""
    place = tmp_path_factory.mktemp("bundle")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(place / "dist"), "--workpath", str(place / "build")]
    done = subprocess.run(
        [*command, "build.spec"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return Path(shutil.move(place / "dist" / "fuhan", place / "复函 程序"))


@pytest.fixture
def fuhan(bundle: Path, tmp_path: Path) -> Run:
    """Runs the bundled program from an empty home, in a folder that is not its own."""
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
    if sys.platform == "win32":
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    def run(*arguments: object) -> str:
        done = subprocess.run(
            [str(part) for part in (bundle / "fuhan", *arguments)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    return run


def test_it_imports_lists_and_exports(fuhan: Run, bundle: Path, tmp_path: Path) -> None:
    samples = sorted((bundle / "_internal/resources/samples").glob("*.json"))
    assert len(samples) == 2
    *came, total = fuhan("import", *samples).splitlines()
    assert total == "导入了 2 份，0 个没有导入。"
    numbers = [line.split("\t")[0] for line in came]
    assert all(f"{number}\t" in fuhan("list") for number in numbers)
    fuhan("export", numbers[0], "--to", tmp_path / "letter.docx", "--head", "plain")
    assert docx.Document(str(tmp_path / "letter.docx")).paragraphs
    fuhan("import", tmp_path / "letter.docx", "--as-new")  # read by a second process of the bundle
    fuhan("pdf", numbers[1], "--to", tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")


def test_the_window_opens(fuhan: Run, tmp_path: Path) -> None:
    fuhan("--data", tmp_path / "library", "--shot", tmp_path / "window.png")
    assert (tmp_path / "window.png").read_bytes().startswith(PNG)


def test_it_holds_what_it_needs_and_no_more(bundle: Path) -> None:
    files = {str(path.relative_to(bundle)) for path in bundle.rglob("*")}
    names = {Path(name).name for name in files}
    assert {"qtbase_zh_CN.qm", "phosphor-1.3.0.ttf", "pinyin_dict.json", "LICENSE"} <= names
    assert any("printersupport" in name for name in names)  # else it finds no printer
    unwanted = ("Qt6Qml", "Qt6Quick", "Qt6Network", "Qt6Pdf", "libgtk", "libssl", "default.docx")
    assert not [name for name in names if any(word in name for word in unwanted)]
    assert not [path for path in bundle.rglob("*") if path.is_symlink() and not path.exists()]
    megabytes = sum(p.stat().st_size for p in bundle.rglob("*") if not p.is_symlink()) / 1e6
    assert megabytes < 180
