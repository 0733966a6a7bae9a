"""`fuhan pack`: the files, what is said of them, what is refused."""

from pathlib import Path

import pytest

from desktop.letter.case_file import dump
from tests.desktop.test_cli import Program
from tests.packs import asking_case

NAMES = [f"会办包（{unit}）关于第2025118号提案.docx" for unit in ("区财政局", "区住房和建设局")]


@pytest.fixture
def fuhan(tmp_path: Path) -> Program:
    """With a case that has two units."""
    program = Program(tmp_path / "library")
    path = tmp_path / "case.json"
    path.write_text(dump(asking_case()), encoding="utf-8")
    program.done("import", path)
    return program


def test_one_unit_and_all(fuhan: Program, tmp_path: Path) -> None:
    said = fuhan.done("pack", "2025118", "--unit", "区财政局", "--to", tmp_path)
    assert said == f"{tmp_path / NAMES[0]}\t区财政局\t2025-12-21 前返回\n"
    said = fuhan.done("pack", "2025118", "--all", "--to", tmp_path, "--overwrite")
    assert [Path(line.split("\t")[0]).name for line in said.splitlines()] == NAMES
    assert all((tmp_path / name).exists() for name in NAMES)


def test_several_units_by_name(fuhan: Program, tmp_path: Path) -> None:
    units = ("--unit", "区住房和建设局", "--unit", "区财政局")
    assert len(fuhan.done("pack", "2025118", *units, "--to", tmp_path).splitlines()) == 2


def test_what_is_refused(fuhan: Program, tmp_path: Path) -> None:
    assert "名称是空的" in fuhan.refused("pack", "2025118", "--unit", "", "--to", tmp_path)
    fuhan.done("pack", "2025118", "--unit", "区财政局", "--to", tmp_path)
    again = fuhan.refused("pack", "2025118", "--unit", "区财政局", "--to", tmp_path)
    assert again.endswith("覆盖它请加 --overwrite。")
    pack = tmp_path / NAMES[0]
    assert "收回来稿" in fuhan.refused("import", pack)
