"""`fuhan backup`, `restore`, `verify`, `plain` as a person uses them."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT
from tests.desktop.test_cli import Program


@pytest.fixture
def fuhan(tmp_path: Path) -> Program:
    program = Program(tmp_path / "library")
    program.done("import", ROOT / "resources/samples/narrative.json")
    return program


def test_from_the_backup_back_into_the_library(fuhan: Program, tmp_path: Path) -> None:
    backup = fuhan.done("backup").strip()
    assert Path(backup).parent == fuhan.folder / "备份"
    assert "没有改动" in fuhan.done("backup")
    fuhan.done("import", DATA / "twin-narrative.txt")
    shown = fuhan.done("restore", backup)
    assert "卷宗 1 份" in shown
    assert "第2025118号 " in shown
    assert "--yes" in shown
    assert len(fuhan.done("list").splitlines()) == 2
    done = fuhan.done("restore", backup, "--yes")
    assert "已经恢复" in done
    assert len(fuhan.done("list").splitlines()) == 1
    (kept,) = (fuhan.folder / "备份").glob("恢复前-*.db")
    assert str(kept) in done
    assert "卷宗 2 份" in fuhan.done("verify", kept)
    (tmp_path / "U盘").mkdir()
    assert fuhan.done("backup", "--to", tmp_path / "U盘").startswith(str(tmp_path / "U盘"))


def test_what_is_damaged_is_one_sentence_and_a_failure(fuhan: Program, tmp_path: Path) -> None:
    assert "完好" in fuhan.done("verify")
    backup = Path(fuhan.done("backup").strip())
    shutil.copyfile(backup, tmp_path / "cut.db")
    data = backup.read_bytes()
    backup.write_bytes(data[:5000])
    for verb in (("verify", backup), ("restore", backup), ("restore", backup, "--yes")):
        assert "已损坏" in fuhan.refused(*verb)
    library = fuhan.folder / "fuhan.db"
    original = library.read_bytes()
    fuhan.done("import", DATA / "twin-narrative.txt")
    library.write_bytes(original)
    assert "少了 1 次保存" in fuhan.refused("verify")
    assert "--as-it-is" in fuhan.refused("list")
    assert len(fuhan.done("--as-it-is", "list").splitlines()) == 1
    assert len(fuhan.done("list").splitlines()) == 1
    words = "口袋公园".encode()
    library.write_bytes(original.replace(words, b"x" * len(words)))
    assert "个版本的内容已损坏" in fuhan.refused("verify")


def test_a_second_place_is_set_once_and_used_from_then_on(fuhan: Program, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    assert "没有“" in fuhan.refused("backup", "--second-place", stick)
    stick.mkdir()
    assert f"备份的另存处：{stick}" in fuhan.done("backup", "--second-place", stick)
    fuhan.done("import", DATA / "twin-narrative.txt")
    fuhan.done("backup")
    (copy,) = stick.rglob("*.db")
    assert "卷宗 2 份" in fuhan.done("verify", copy)
    shutil.rmtree(stick)
    fuhan.done("import", DATA / "twin-result-list.txt")
    assert "注意：备份的另存处" in fuhan.done("backup")
    assert "备份不再另存。" in fuhan.done("backup", "--second-place", "")
    assert "注意" not in fuhan.done("backup")


def test_everything_as_plain_text(fuhan: Program, tmp_path: Path) -> None:
    fuhan.done("import", DATA / "twin-narrative.txt", DATA / "twin-result-list.txt")
    written = fuhan.done("plain", "--to", tmp_path / "全部").splitlines()
    assert len(written) == 4
    assert written[-1] == str(tmp_path / "全部" / "index.txt")
    assert all(Path(path).stat().st_size for path in written)
