"""The command line's own pages: `fuhan pdf`, `fuhan pages`, `fuhan demo`."""

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT
from tests.desktop.test_cli import Program

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="fontconfig and displays: Linux only")


@pytest.fixture
def fuhan(tmp_path: Path) -> Program:
    program = Program(tmp_path / "library")
    program.done("import", ROOT / "resources/samples/narrative.json")
    return program


def test_a_letter_leaves_as_a_pdf(fuhan: Program, tmp_path: Path) -> None:
    path, *note = fuhan.done("pdf", "2025118", "--to", tmp_path).splitlines()
    assert path == str(tmp_path / "关于第2025118号提案的答复.pdf")
    assert Path(path).read_bytes().startswith(b"%PDF")
    assert all(line.startswith("\t注意：本机未安装 ") for line in note)
    assert len(note) <= 1


def test_the_same_letter_is_the_same_pdf_on_every_run(fuhan: Program, tmp_path: Path) -> None:
    made = []
    for name in ("a.pdf", "b.pdf"):
        fuhan.done("pdf", "2025118", "--to", tmp_path / name)
        made.append(re.sub(rb"20\d\d[-:TZ+\d]+", b"", (tmp_path / name).read_bytes()))
    assert made[0] == made[1]


def test_what_is_refused_is_one_sentence_and_leaves_nothing(fuhan: Program, tmp_path: Path) -> None:
    there = tmp_path / "a.pdf"
    there.write_text("mine")
    assert "--overwrite" in fuhan.refused("pdf", "2025118", "--to", there)
    assert "只能导出为 .pdf" in fuhan.refused("pdf", "2025118", "--to", tmp_path / "a.docx")
    assert "文件夹" in fuhan.refused("pdf", "2025118", "--to", tmp_path / "nowhere" / "a.pdf")
    assert "名字太长" in fuhan.refused("pdf", "2025118", "--to", tmp_path / f"{'长' * 200}.pdf")
    assert "fuhan list" in fuhan.refused("pdf", "999", "--to", tmp_path)
    assert there.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"library", "a.pdf"}
    fuhan.done("pdf", "2025118", "--to", there, "--overwrite")
    assert there.read_bytes().startswith(b"%PDF")


def test_a_final_pdf_issues_the_case(fuhan: Program, tmp_path: Path) -> None:
    fuhan.done("pdf", "2025118", "--to", tmp_path / "a.pdf", "--final")
    assert "已定稿" in fuhan.done("show", "2025118")
    assert "--final" in fuhan.refused(
        "pdf", "2025118", "--to", tmp_path / "b.pdf", "--final", "--layout", "measured"
    )


def test_pages_tell_where_every_line_stands(fuhan: Program) -> None:
    told = json.loads(fuhan.done("pages", "2025118", "--json", "--head", "letter"))
    pages = told["pages"]
    assert [page["number"] for page in pages] == list(range(1, len(pages) + 1))
    lines = [line for page in pages for line in page["lines"]]
    assert all(set(line) == {"text", "x_mm", "baseline_mm", "source"} for line in lines)
    assert all(15 < line["x_mm"] < 195 and 20 < line["baseline_mm"] < 280 for line in lines)
    title = next(line for line in lines if line["source"] == "title")
    assert title["text"] == "临江市云塘区园林绿化局"
    lines_of_2 = pages[1]["lines"]
    assert min(line["x_mm"] for line in lines_of_2) == pytest.approx(28, abs=0.05)
    apart = [b["baseline_mm"] - a["baseline_mm"] for a, b in pairwise(lines_of_2[:-1])]
    assert apart == pytest.approx([28.95 * 25.4 / 72] * len(apart), abs=0.1)
    last = pages[1]["lines"][-1]
    assert (last["text"], last["source"]) == ("— 2 —", "")


def test_pages_can_be_read(fuhan: Program) -> None:
    said = fuhan.done("pages", "2025118", "--form", "result-list", "--head", "plain")
    assert said.startswith("第1页\n")
    assert "第2页\n" in said
    assert "当年完成事项" in said
    assert "fuhan list" in fuhan.refused("pages", "999")


def test_the_options_are_those_of_the_export(fuhan: Program, tmp_path: Path) -> None:
    options = ("--form", "result-list", "--head", "plain", "--layout", "measured")
    fuhan.done("pdf", "2025118", "--to", tmp_path / "a.pdf", *options)
    pages = json.loads(fuhan.done("pages", "2025118", "--json", *options))["pages"]
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.count(b"/Type /Page\n") == len(pages)


@LINUX
def test_without_a_display_and_without_a_word(
    fuhan: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":987")  # nobody is there
    fuhan.done("pdf", "2025118", "--to", tmp_path / "a.pdf")


@LINUX
@pytest.mark.parametrize("folders", ["", "<dir>/usr/share/fonts/truetype/dejavu</dir>"])
def test_without_a_chinese_font_one_sentence_and_a_pdf_of_boxes(
    fuhan: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folders: str
) -> None:
    """With no font at all, and with Latin ones alone."""
    configuration = tmp_path / "fonts.conf"
    cache = f"<cachedir>{tmp_path / 'cache'}</cachedir>"
    configuration.write_text(f"<fontconfig>{folders}{cache}</fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
    path = tmp_path / "a.pdf"
    result = fuhan("pdf", "2025118", "--to", path)
    assert result.returncode == 0
    assert result.stdout == f"{path}\n"
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("本机没有可用的中文字体")
    assert path.read_bytes().startswith(b"%PDF")
    assert json.loads(fuhan.done("pages", "2025118", "--json"))["pages"][0]["lines"]


@pytest.mark.usefixtures("office_suite")
def test_rare_and_private_characters(fuhan: Program, tmp_path: Path) -> None:
    """𠮷 is printed and copied; what no font has is a box and stops nothing."""
    text = (DATA / "twin-narrative.txt").read_text(encoding="utf-8")
    odd = tmp_path / "odd.txt"
    odd.write_text(text.replace("长者食堂", "𠮷者\ue123食堂"), encoding="utf-8")
    number = fuhan.done("import", odd).split("\t")[0]
    fuhan.done("pdf", number, "--to", tmp_path / "a.pdf")
    said = subprocess.run(
        ["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "𠮷者" in said
    assert "\ue123" not in said


def test_the_demo_writes_both_samples_in_all_forms_and_heads(
    fuhan: Program, tmp_path: Path
) -> None:
    """As .docx, .pdf and pictures, without an office suite; the handler's library is left alone."""
    before = fuhan.done("list")
    out = tmp_path / "out"
    written = [line for line in fuhan.done("demo", "--to", out).splitlines() if "注意" not in line]
    kinds = [Path(path).suffix for path in written]
    assert kinds.count(".docx") == kinds.count(".pdf") == 12
    assert len(set(written)) == 24
    assert all(Path(path).stat().st_size > 5000 for path in written)
    for path in written:
        assert Path(path).with_name(f"{Path(path).stem}-1.png").stat().st_size > 10000
    assert fuhan.done("list") == before
