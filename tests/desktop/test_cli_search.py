"""`fuhan search` and `similar` as a person uses them."""

import json
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT
from tests.desktop.test_cli import Program


@pytest.fixture
def fuhan(tmp_path: Path) -> Program:
    program = Program(tmp_path / "library")
    program.done("import", ROOT / "resources/samples/narrative.json", DATA / "twin-narrative.txt")
    return program


def test_search_shows_the_letter_and_the_words(fuhan: Program) -> None:
    shown = fuhan.done("search", "口袋公园", "--limit", "1")
    assert shown.startswith("第2025118号\t")
    assert "【口袋公园】" in shown
    assert len(json.loads(fuhan.done("search", "口袋公园", "--json"))) > 1
    (row,) = json.loads(fuhan.done("search", "管护责任书", "口袋公园", "--json"))
    assert (row["proposal_number"], row["year"], row["issued"]) == ("2025118", 2025, False)
    assert row["said"][0]["text"][slice(*row["said"][0]["spans"][0])] in ("管护责任书", "口袋公园")
    assert "没有找到" in fuhan.done("search", "月球")
    assert json.loads(fuhan.done("search", "月球", "--json")) == []


def test_filters(fuhan: Program) -> None:
    assert "没有找到" in fuhan.done("search", "公园", "--year", "1999")
    assert "没有找到" in fuhan.done("search", "公园", "--proposer", "查无此人")
    assert "【公园】" in fuhan.done(
        "search", "公园", "--year", "2025", "--proposer", "周明远", "--outcome", "done"
    )
    assert "【公园】" in fuhan.done("search", "公园", "--outcome", "当年完成")
    assert fuhan.done("search", "--proposer", "周明远").startswith("第2025118号\t")
    assert "2025118" in fuhan.done("search", "2025118")


def test_what_cannot_be_asked_is_said(fuhan: Program) -> None:
    assert "当年完成" in fuhan.refused("search", "公园", "--outcome", "nope")
    for limit in ("0", "-3"):
        assert "--limit" in fuhan.refused("search", "公园", "--limit", limit)
        assert "--limit" in fuhan.refused("similar", "--text", "公园", "--limit", limit)
    assert "没有说要找什么" in fuhan.refused("search", "")
    assert "没有说要找什么" in fuhan.refused("search")
    assert "没有说与什么相近" in fuhan.refused("similar", "--text", "")


def test_what_is_deleted_is_not_found(fuhan: Program) -> None:
    assert "【口袋】" in fuhan.done("search", "口袋")
    fuhan.done("delete", "2025118")
    assert "没有找到" in fuhan.done("search", "口袋")
    fuhan.done("undelete", "2025118")
    (fuhan.folder / "fuhan-search.db").write_bytes(b"garbage")
    assert "【口袋】" in fuhan.done("search", "口袋")


def test_similar_to_a_text_or_a_case(fuhan: Program) -> None:
    shown = fuhan.done("similar", "--text", "希望多办几家长者食堂")
    assert "第2025204号" in shown
    assert "相同：" in shown
    (asked,) = json.loads(fuhan.done("similar", "--text", "长者食堂选址", "--json", "--limit", "1"))
    assert asked["similar"][0]["proposal_number"] == "2025204"
    assert asked["similar"][0]["why"]
    of_case = json.loads(fuhan.done("similar", "2025118", "--json"))
    assert [one["label"] for one in of_case][:2] == ["1", "2"]
    assert not any(row["proposal_number"] == "2025118" for one in of_case for row in one["similar"])
    assert "没有编号" in fuhan.refused("similar", "999") or "没有" in fuhan.refused(
        "similar", "999"
    )
    assert fuhan("similar").returncode == 2
    assert "没有相近" in fuhan.done("similar", "--text", "月球")
