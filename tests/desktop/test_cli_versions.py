"""`fuhan versions` and `fuhan export --redline`, as a person uses them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.letter.case_file import dump
from desktop.letter.model import Case
from desktop.letter.ooxml import w
from desktop.letter.pages.package import open_package
from tests.cases import plain_case
from tests.desktop.test_cli import Program

NAME = "关于第2025118号提案的答复（审核稿·修订）.docx"


@pytest.fixture
def fuhan(tmp_path: Path) -> Program:
    program = Program(tmp_path / "library")
    take(program, tmp_path, plain_case())
    return program


def take(fuhan: Program, folder: Path, case: Case, *options: str) -> None:
    (folder / "case.json").write_text(dump(case), encoding="utf-8")
    fuhan.done("import", folder / "case.json", *options)


def rewritten(words: str) -> Case:
    case = plain_case()
    first = case.replies[0]
    paragraph = replace(first.paragraphs[0], text=words)
    reply = replace(first, paragraphs=(paragraph, *first.paragraphs[1:]))
    return replace(case, replies=(reply, *case.replies[1:]))


def inserted(path: Path) -> str:
    root = open_package(path.read_bytes()).main
    return "".join(t.text for e in root.iter(w("ins")) for t in e.iter(w("t")))


def test_since_it_left_and_since_another_state(fuhan: Program, tmp_path: Path) -> None:
    fuhan.done("export", "2025118", "--to", tmp_path)
    take(fuhan, tmp_path, rewritten("甲乙丙丁。"), "--replace")
    take(fuhan, tmp_path, rewritten("甲乙戊己。"), "--replace")
    shown = fuhan.done("versions", "2025118").splitlines()
    states = json.loads(fuhan.done("versions", "2025118", "--json"))
    assert [line.split("\t")[0] for line in shown] == [str(state["id"]) for state in states]
    assert ["已导出" in line for line in shown] == [state["exported"] for state in states]
    assert sum(state["exported"] for state in states) == 1
    out = fuhan.done("export", "2025118", "--to", tmp_path, "--redline").strip()
    assert out == str(tmp_path / NAME)
    assert "甲乙戊己" in inserted(Path(out))
    between = states[1]["id"]
    other = tmp_path / "自另一版起.docx"
    fuhan.done("export", "2025118", "--redline", between, "--to", other)
    assert inserted(other) == "戊己"


def test_what_is_refused(fuhan: Program, tmp_path: Path) -> None:
    to = ("--to", tmp_path / "a.docx")
    assert "还没有导出过" in fuhan.refused("export", "2025118", *to, "--redline")
    assert "没有这个版本" in fuhan.refused("export", "2025118", *to, "--redline", 99)
    fuhan.done("export", "2025118", "--to", tmp_path)
    assert "没有修订可标" in fuhan.refused("export", "2025118", *to, "--redline")
    take(fuhan, tmp_path, rewritten("甲乙丙丁。"), "--replace")
    final = fuhan.refused("export", "2025118", *to, "--redline", "--final")
    assert "定稿不带修订痕迹" in final
    assert not to[1].exists()
    wrong = fuhan("export", "2025118", *to, "--redline", "昨天")
    assert wrong.returncode == 2
    assert "参数不对" in wrong.stderr
