"""`fuhan import` of a file with a secrecy mark (密级标志): refused, nothing is written."""

from pathlib import Path

from tests.conftest import DATA
from tests.desktop.test_cli import Program

MARK = "机密★1年"


def test_the_marked_file_stays_out_and_the_others_come_in(tmp_path: Path) -> None:
    fuhan = Program(tmp_path / "library")
    text = (DATA / "twin-narrative.txt").read_text(encoding="utf-8")
    marked = tmp_path / "marked.txt"
    marked.write_text(f"{MARK}\n{text}", encoding="utf-8")
    sentence = fuhan.refused("import", marked, DATA / "twin-result-list.txt")
    assert sentence == (
        f"{marked}：这里出现了密级标志“{MARK}”，没有录入，其余内容没有改动；"
        "涉密信息不得录入本程序，请按保密规定另行处理。"
    )
    assert len(fuhan.done("list").splitlines()) == 1
    fuhan.done("backup")
    files = [path for path in fuhan.folder.rglob("*") if path.is_file()]
    assert len(files) > 1
    assert not any(MARK.encode() in path.read_bytes() for path in files)
    assert not any(text[:40].encode() in path.read_bytes() for path in files)
