"""The command line as a person uses it: the installed program, its exit codes, its sentences."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.letter.case_file import dump
from desktop.letter.model import Office
from tests.batches import as_docx, letter
from tests.cases import plain_case
from tests.conftest import DATA, ROOT


class Program:
    """`fuhan --data LIBRARY …` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "desktop", "--data", self.folder, *arguments]
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, encoding="utf-8", cwd=ROOT
        )
        assert "Traceback" not in done.stderr
        assert "程序内部出错" not in done.stderr
        return done

    def done(self, *arguments: object) -> str:
        """What a call that must succeed printed."""
        result = self(*arguments)
        assert result.returncode == 0, result.stderr
        assert not result.stderr
        return result.stdout

    def refused(self, *arguments: object) -> str:
        """The one sentence of a call that must be refused."""
        result = self(*arguments)
        assert result.returncode == 1
        (sentence,) = result.stderr.splitlines()
        return sentence


@pytest.fixture
def fuhan(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


def test_from_the_letter_to_the_letter(fuhan: Program, tmp_path: Path) -> None:
    number, key, subject = fuhan.done("import", DATA / "twin-narrative.txt").strip().split("\t")
    assert (number, subject) == ("2025204", "关于办好“家门口长者食堂”的建议")
    assert "2025204\t" in fuhan.done("list")
    shown = json.loads(fuhan.done("show", number, "--json"))
    assert shown["case"]["key"] == key
    assert "建议1、2及其答复" in fuhan.done("show", key)
    out = fuhan.done("export", number, "--to", tmp_path, "--head", "plain").strip()
    assert out == str(tmp_path / "关于第2025204号提案的答复.docx")
    elsewhere = Program(tmp_path / "elsewhere")
    elsewhere.done("import", out)
    assert elsewhere.done("show", key, "--json") == fuhan.done("show", key, "--json")


def test_show_prints_the_case_file_byte_for_byte(fuhan: Program, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(dump(plain_case()), encoding="utf-8")
    fuhan.done("import", tmp_path / "a.json")
    assert fuhan.done("show", "2025118", "--json") == dump(plain_case())


def test_an_empty_list_says_what_to_do_next(fuhan: Program) -> None:
    assert "fuhan import" in fuhan.done("list")
    assert json.loads(fuhan.done("list", "--json")) == []


def test_a_deleted_case_rests_and_comes_back(fuhan: Program) -> None:
    number, key, *_ = fuhan.done("import", DATA / "twin-narrative.txt").split("\t")
    assert "回收站是空的" in fuhan.done("list", "--trash")
    shown = fuhan.done("show", key, "--json")
    assert f"fuhan undelete {key}" in fuhan.done("delete", number)
    assert json.loads(fuhan.done("list", "--json")) == []
    assert fuhan.done("list", "--trash").startswith(f"{number}\t{key}\t")
    (row,) = json.loads(fuhan.done("list", "--trash", "--json"))
    assert row["key"] == key
    for verb in ("show", "delete", "export"):
        assert "fuhan undelete" in fuhan.refused(verb, number)
    assert key in fuhan.done("undelete", number)
    assert fuhan.done("show", key, "--json") == shown
    assert "回收站里没有" in fuhan.refused("undelete", number)


def test_one_bad_file_does_not_stop_the_others(fuhan: Program, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("购物清单\n鸡蛋", encoding="utf-8")
    files = (DATA / "twin-narrative.txt", tmp_path / "bad.txt", DATA / "twin-result-list.txt")
    result = fuhan("import", *files)
    assert result.returncode == 1
    assert "\t注意：届次未识别，请核对。" in result.stdout.splitlines()
    assert result.stdout.splitlines()[-1] == "导入了 2 份，1 个没有导入。"
    assert result.stderr.startswith(f"{tmp_path / 'bad.txt'}：没有认出答复函")
    assert len(json.loads(fuhan.done("list", "--json"))) == 2


def test_refusals_are_one_sentence(fuhan: Program, tmp_path: Path) -> None:
    fuhan.done("import", DATA / "twin-narrative.txt")
    assert "已在文库中" in fuhan.refused("import", DATA / "twin-narrative.txt")
    assert "没有" in fuhan.refused("show", "999")
    assert "还没有标注" in fuhan.refused(
        "export", "2025204", "--to", tmp_path, "--form", "result-list"
    )
    assert not list(tmp_path.glob("*.docx"))
    library = fuhan.folder / "fuhan.db"
    library.write_bytes(b"")
    assert "已损坏" in fuhan.refused("list")
    assert library.read_bytes() == b""


def test_refusals_name_the_option_that_helps(fuhan: Program, tmp_path: Path) -> None:
    fuhan.done("import", DATA / "twin-narrative.txt")
    again = fuhan.refused("import", DATA / "twin-narrative.txt")
    assert "--replace" in again
    assert "--as-new" in again
    assert "fuhan list" in fuhan.refused("show", "999")
    fuhan.done("export", "2025204", "--to", tmp_path)
    assert "--overwrite" in fuhan.refused("export", "2025204", "--to", tmp_path)
    fuhan.done("export", "2025204", "--to", tmp_path, "--overwrite", "--final")
    assert "--as-new" in fuhan.refused("import", DATA / "twin-narrative.txt", "--replace")
    assert "--final" in fuhan.refused(
        "export", "2025204", "--to", tmp_path / "b.docx", "--final", "--wording", "standard"
    )
    fuhan.done("import", DATA / "twin-narrative.txt", "--as-new")
    assert "--session" in fuhan.refused("show", "2025204")
    case = plain_case(office=Office())
    (tmp_path / "a.json").write_text(dump(case), encoding="utf-8")
    fuhan.done("import", tmp_path / "a.json")
    assert "--head plain" in fuhan.refused("export", case.key, "--to", tmp_path)
    (tmp_path / "file").touch()
    assert "--data" in Program(tmp_path / "file" / "library").refused("list")


@pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS always have a display")
def test_without_a_display_the_window_is_a_sentence(
    fuhan: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "没有图形界面" in fuhan.refused()


@pytest.mark.parametrize(
    "arguments", [("nope",), ("import",), ("export", "1", "--form", "letter"), ("show",)]
)
def test_wrong_usage(fuhan: Program, arguments: tuple[str, ...]) -> None:
    result = fuhan(*arguments)
    assert result.returncode == 2
    assert "用法：" in result.stderr
    assert "参数不对，什么也没有做" in result.stderr
    assert "usage" not in result.stderr


def test_version(fuhan: Program) -> None:
    assert fuhan.done("--version").startswith("复函 ")


def test_a_mistake_of_ours_is_one_sentence_and_a_report_without_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.__main__ import main

    words = "林某某的答复"

    def fail(_: object) -> int:
        raise RuntimeError(words)

    monkeypatch.setattr("desktop.cli.run", fail)
    monkeypatch.setattr("desktop.crash._places", [])  # a window of this process had its own
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert main(["list"]) == 1
    assert "程序内部出错" in capsys.readouterr().err
    (report,) = tmp_path.glob("fuhan-*.txt")
    assert "RuntimeError" in report.read_text(encoding="utf-8")
    assert words not in report.read_text(encoding="utf-8")


def test_read_prints_a_letter_and_stores_nothing(fuhan: Program) -> None:
    letter = DATA / "letters" / "disagreeing.txt"
    fields = json.loads(fuhan.done("read", letter, "--json"))
    assert (fields["kind"], fields["number"]) == ("npc", "110")
    assert fields["number_conflict"] == ["110", "111"]
    assert fields["left_out"] == []
    shown = fuhan.done("read", letter)
    assert "提案编号：110、111" in shown
    assert "抄送：未识别" in shown
    assert not fuhan.folder.exists()


def test_read_knows_our_own_files(fuhan: Program, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(dump(plain_case()), encoding="utf-8")
    fields = json.loads(fuhan.done("read", tmp_path / "a.json", "--json"))
    fuhan.done("import", tmp_path / "a.json")
    made = fuhan.done("export", "2025118", "--to", tmp_path, "--head", "plain").strip()
    again = json.loads(fuhan.done("read", made, "--json"))
    assert {**again, "left_out": []} == fields
    assert fields["number"] == "2025118"


def test_read_refuses_what_is_no_letter(fuhan: Program, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("购物清单\n鸡蛋", encoding="utf-8")
    assert "没有认出答复函" in fuhan.refused("read", tmp_path / "a.txt")


def test_a_folder_comes_in_and_is_counted(fuhan: Program, tmp_path: Path) -> None:
    folder = tmp_path / "来函"
    (folder / "2023年").mkdir(parents=True)
    (folder / "2023年" / "一.txt").write_text(letter(1), encoding="utf-8")
    (folder / "二.docx").write_bytes(as_docx(letter(2)))
    (folder / "扫描.pdf").write_bytes(b"%PDF-1.7\n")
    result = fuhan("import", "--issued", folder)
    assert result.returncode == 1
    assert result.stdout.splitlines()[-1] == "导入了 2 份，1 个没有导入。"
    assert "扫描.pdf" in result.stderr
    assert fuhan.done("list").count("已定稿") == 2
