"""`fuhan export` and `pdf` say on stderr what should perhaps not have left; they do not refuse."""

from dataclasses import replace
from pathlib import Path

from desktop.letter.case_file import dump
from desktop.letter.model import Proposer
from desktop.services.cases import with_new_keys
from tests.cases import plain_case
from tests.desktop.test_cli import Program


def test_a_line_for_each_finding_beside_the_path(tmp_path: Path) -> None:
    fuhan = Program(tmp_path / "library")
    other = with_new_keys(plain_case())
    member = replace(other.proposals[0], proposal_number="2024117", proposers=(Proposer("何静雯"),))
    mine = plain_case(general="请何静雯委员联系138-0000-0000。")
    for name, case in (("a", mine), ("b", replace(other, proposals=(member,)))):
        (tmp_path / f"{name}.json").write_text(dump(case), encoding="utf-8")
    fuhan.done("import", tmp_path / "a.json", tmp_path / "b.json")
    for verb, suffix in (("export", ".docx"), ("pdf", ".pdf")):
        result = fuhan(verb, "2025118", "--to", tmp_path)
        assert result.returncode == 0
        assert result.stdout.splitlines()[0].endswith(suffix)
        assert Path(result.stdout.splitlines()[0]).exists()
        said = [line for line in result.stderr.splitlines() if "请核对" in line]
        assert said == [
            "注意：总的说明里有别的提案人“何静雯”（第2024117号提案的），发出前请核对："
            "请何静雯委员联系138-0000-0…",
            "注意：总的说明里有手机号“138-0000-0000”，发出前请核对："
            "请何静雯委员联系138-0000-0000。",
        ]
    assert not fuhan("export", "2024117", "--to", tmp_path).stderr
