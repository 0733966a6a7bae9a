"""`fuhan merge`: returned files looked at and taken in from the command line."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.letter.case_file import dump
from desktop.letter.model import Case
from tests.cases import hard_case
from tests.desktop.test_cli import Program
from tests.docx_edits import edited, new_paragraph, paragraph, set_text

THEIRS = "移交办法已征求三轮意见，详见〔2025〕4号文。"
OURS = "移交办法已印发。"


@pytest.fixture
def fuhan(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


@pytest.fixture
def case(fuhan: Program, tmp_path: Path) -> Case:
    """A case of the library that left as a Word file."""
    case = hard_case()
    (tmp_path / "case.json").write_text(dump(case), encoding="utf-8")
    fuhan.done("import", tmp_path / "case.json")
    (tmp_path / "sent").mkdir()
    fuhan.done("export", case.key, "--to", tmp_path / "sent")
    return case


def edits(root: Any) -> None:
    """One edit, a new paragraph, a field set apart, a text outside."""
    set_text(paragraph(root, "移交办法"), THEIRS)
    paragraph(root, "以上各项").addnext(new_paragraph("年底前另行报告。"))
    set_text(paragraph(root, "某更提函"), "某更提函〔2025〕19号")
    next(root.iter("{*}p")).addprevious(new_paragraph("附件二请寄一份。"))


@pytest.fixture
def returned(case: Case, tmp_path: Path) -> Path:  # noqa: ARG001 it has left
    return sent_back(tmp_path, edits)


def sent_back(folder: Path, edit: Callable[[Any], None], name: str = "返回.docx") -> Path:
    (sent,) = (folder / "sent").glob("*.docx")
    path = folder / name
    path.write_bytes(edited(sent.read_bytes(), edit))
    return path


def stored(fuhan: Program, case: Case) -> Any:
    return json.loads(fuhan.done("show", case.key, "--json"))["case"]


def texts(fuhan: Program, case: Case) -> list[str]:
    replies = stored(fuhan, case)["replies"]
    return [p["text"] for reply in replies for p in reply["paragraphs"]]


def test_without_accept_it_only_tells(fuhan: Program, case: Case, returned: Path) -> None:
    before = stored(fuhan, case)
    for options in ((), ("--dry-run",), ("--dry-run", "--accept", "all")):
        printed = fuhan.done("merge", returned, *options)
        assert f"{returned}：第2025118号 关于完善口袋公园管护机制的建议" in printed
        group = printed[printed.index("建议1、2的答复") : printed.index("总的说明")]
        assert THEIRS in group
        assert "改　移交办法正在征求意见" in group
        assert "增　年底前另行报告。" in printed
        assert "发文字号\n　　改　某更提函〔2025〕18号 → 某更提函〔2025〕19号" in printed
        assert "未归位　附件二请寄一份。" in printed
        assert "没有改动任何内容；采纳请加 --accept" in printed
    assert stored(fuhan, case) == before


def test_json_says_exactly_what_the_issue_asks(
    fuhan: Program, case: Case, returned: Path, tmp_path: Path
) -> None:
    result = fuhan("merge", returned, tmp_path / "没有.docx", "--json")
    assert result.returncode == 1
    assert result.stderr.startswith(f"{tmp_path / '没有.docx'}：没有这个文件")
    good, bad = json.loads(result.stdout)["files"]
    parts = {"file", "case", "changes", "unplaced", "comments", "notes"}
    assert good.keys() == bad.keys() == parts
    assert (good["file"], good["case"]) == (str(returned), case.key)
    assert good["changes"][0] == {
        "reply": case.replies[0].key,
        "kind": "edited",
        "before": "移交办法正在征求意见，详见〔2025〕4号文。",
        "after": THEIRS,
        "author": "",
        "conflict": False,
        "apart": False,
    }
    added, number = good["changes"][1:]
    assert (added["reply"], added["kind"]) == (case.replies[-1].key, "added")
    assert (number["reply"], number["apart"]) == ("document_number", True)
    (lost,) = good["unplaced"]
    assert lost == {"text": "附件二请寄一份。", "after": "", "author": ""}
    assert good["comments"] == []
    assert (bad["case"], bad["changes"]) == ("", [])
    assert "没有这个文件" in bad["notes"][0]


def test_what_is_not_in_doubt_is_taken_and_the_rest_on_demand(
    fuhan: Program, case: Case, returned: Path
) -> None:
    printed = fuhan.done("merge", returned, "--accept", "non-conflicting")
    assert "某更提函〔2025〕19号〔没有采纳〕" in printed
    assert "采纳 2 处，没有采纳的 2 处可以加 --again 再看；改动前的内容留在“版本”里" in printed
    after = stored(fuhan, case)
    assert {THEIRS, "年底前另行报告。"} <= set(texts(fuhan, case))
    assert after["fields"]["document_number"]["text"] == "某更提函〔2025〕18号"
    assert ["附件二请寄一份。" in note["text"] for note in after["notes"]] == [True]
    printed = fuhan.done("merge", returned, "--accept", "all")
    assert "已收回过" in printed
    assert stored(fuhan, case) == after
    fuhan.done("merge", returned, "--accept", "all", "--again")
    taken = stored(fuhan, case)
    assert taken["fields"]["document_number"]["text"] == "某更提函〔2025〕19号"
    assert taken["notes"] == after["notes"]


def test_a_conflict_is_told_and_taken_as_theirs_only_with_all(
    fuhan: Program, case: Case, tmp_path: Path
) -> None:
    first = case.replies[0]
    mine = tuple(
        replace(p, text=OURS) if p.text.startswith("移交办法") else p for p in first.paragraphs
    )
    ours = replace(case, replies=(replace(first, paragraphs=mine), *case.replies[1:]))
    (tmp_path / "ours.json").write_text(dump(ours), encoding="utf-8")
    fuhan.done("import", "--replace", tmp_path / "ours.json")
    path = sent_back(tmp_path, lambda root: set_text(paragraph(root, "移交办法"), THEIRS))
    printed = fuhan.done("merge", path, "--accept", "non-conflicting")
    assert "之后本卷宗又改过" in printed
    assert f"冲突：我们现在是 {OURS} → {THEIRS}〔没有采纳〕" in printed
    assert OURS in texts(fuhan, case)
    fuhan.done("merge", path, "--accept", "all", "--again")
    assert THEIRS in texts(fuhan, case)
    assert OURS not in texts(fuhan, case)


def test_a_folder_of_returns_refuses_the_bad_ones_and_does_the_others(
    fuhan: Program, case: Case, tmp_path: Path
) -> None:
    folder = tmp_path / "来稿"
    folder.mkdir()
    for name, text in (("甲", "全天开放暂缓。"), ("乙", "全天开放明年再议。")):
        edit = {"甲": "全天开放", "乙": "移交办法"}[name]
        sent_back(
            tmp_path,
            lambda root, start=edit, said=text: set_text(paragraph(root, start), said),  # type: ignore[misc]
            f"来稿/{name}.docx",
        )
    (folder / "丙.doc").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    (folder / "~$甲.docx").write_bytes(b"")
    for where in (folder, f"{folder}/*"):
        result = fuhan("merge", where)
        assert result.returncode == 1
        (refusal,) = result.stderr.splitlines()
        assert "另存为 .docx" in refusal
        assert [line.split("：")[0] for line in result.stdout.splitlines() if "第2025118号" in line]
    result = fuhan("merge", folder, "--accept", "all")
    assert result.returncode == 1
    assert "：已收回 2 份来稿，采纳 2 处；改动前的内容留在“版本”里。" in result.stdout
    assert {"全天开放暂缓。", "全天开放明年再议。"} <= set(texts(fuhan, case))


def test_where_nothing_came_it_says_so_and_asks_for_nothing(
    fuhan: Program, case: Case, tmp_path: Path
) -> None:
    (tmp_path / "空").mkdir()
    assert fuhan.refused("merge", tmp_path / "空").startswith("这里没有来稿，没有收回任何内容")
    printed = fuhan.done("merge", sent_back(tmp_path, lambda _: None))
    assert "这份来稿没有改动。" in printed
    assert "--accept" not in printed
    assert texts(fuhan, case) == [p.text for reply in case.replies for p in reply.paragraphs]
