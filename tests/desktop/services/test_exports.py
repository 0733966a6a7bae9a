"""Letters that leave: their names, the journal, the issue, and files that are never harmed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import models
from db.enums import Form, Head, ProposalKind
from desktop.errors import ComposeError, LibraryError, OutputError, TargetExistsError
from desktop.letter.case_file import dump, load
from desktop.letter.model import Case, Proposer
from desktop.letter.pages.page import read_docx
from desktop.letter.reader import read_case
from desktop.services.cases import find_case, import_file, save_case
from desktop.services.exports import (
    Settings,
    export_case,
    export_name,
    finish_export,
    letter_name,
    prepare_export,
)
from desktop.services.files import file_name, write_draft
from desktop.services.library import library
from tests.cases import hard_case, plain_case
from tests.conftest import TODAY


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    with library(tmp_path / "library"):
        yield tmp_path


def put(desk: Path, case: Case) -> str:
    path = desk / "case.json"
    path.write_text(dump(case), encoding="utf-8")
    return import_file(path, TODAY).key


def test_the_name_of_a_letter(desk: Path) -> None:
    case = plain_case()
    put(desk, case)
    made = export_case("2025118", desk, TODAY)
    assert made.path.name == "关于第2025118号提案的答复.docx"
    npc = replace(case.proposals[0], kind=ProposalKind.NPC, proposal_number="")
    assert (
        letter_name(plain_case(proposals=(npc,))) == "关于《关于完善口袋公园管护机制的建议》的答复"
    )


def test_the_journal_says_what_left(desk: Path) -> None:
    key = put(desk, hard_case())
    export_case(key, desk / "a.docx", TODAY, settings=Settings(form=Form.RESULT_LIST))
    (entry,) = models.Export.select()
    assert (entry.file_name, entry.final) == ("a.docx", False)
    assert load(entry.revision.case_file) == hard_case()
    digests = {row.reply_key: row.sha256 for row in entry.replies}
    assert digests == {reply.key: reply.sha256 for reply in hard_case().replies}


def test_settings_of_one_export_do_not_stay(desk: Path) -> None:
    key = put(desk, hard_case())
    made = export_case(
        key, desk, TODAY, settings=Settings(Form.RESULT_LIST, "standard", Head.PLAIN)
    )
    assert find_case(key) == hard_case()
    assert read_case(made.path.read_bytes(), TODAY).case == hard_case()


def test_the_issue_freezes_the_case(desk: Path) -> None:
    key = put(desk, plain_case())
    made = export_case(
        key, desk / "final.docx", TODAY, settings=Settings(head=Head.PLAIN), final=True
    )
    case = find_case(key)
    assert made.final
    assert case.issue
    assert case.issue.on == TODAY
    assert case.head is Head.PLAIN
    assert case.fields.date.text == "2025年11月21日"
    page = read_docx(made.path.read_bytes())
    assert page.package
    assert not any("custom" in name for name in page.package.names())
    assert [r.reason for r in models.Revision.select().order_by(models.Revision.id)] == [
        "import",
        "export",
    ]
    again = export_case(key, desk / "again.docx", TODAY)
    assert again.final
    assert again.path.read_bytes() == made.path.read_bytes()
    other = export_case(key, desk / "other.docx", TODAY, settings=Settings(wording="standard"))
    assert not other.final
    with pytest.raises(ComposeError, match="定稿"):
        export_case(key, desk / "x.docx", TODAY, settings=Settings(wording="standard"), final=True)


def test_unmarked_paragraphs_leave_no_file(desk: Path) -> None:
    case = plain_case()
    reply = case.replies[0]
    bare = replace(reply, paragraphs=(replace(reply.paragraphs[0], outcome=None),))
    key = put(desk, replace(case, replies=(bare, *case.replies[1:])))
    with pytest.raises(ComposeError, match="建议1的答复第1段"):
        export_case(key, desk / "a.docx", TODAY, settings=Settings(form=Form.RESULT_LIST))
    assert not (desk / "a.docx").exists()
    assert not models.Export.select().exists()


def test_a_letterhead_needs_a_name(desk: Path) -> None:
    case = plain_case()
    key = put(desk, replace(case, office=replace(case.office, full_name="")))
    with pytest.raises(ComposeError, match="全称"):
        export_case(key, desk, TODAY)
    assert export_case(key, desk, TODAY, settings=Settings(head=Head.PLAIN)).path.exists()


def test_an_existing_file_is_kept(desk: Path) -> None:
    put(desk, plain_case())
    target = desk / "a.docx"
    target.write_bytes(b"mine")
    with pytest.raises(OutputError, match="已经存在"):
        export_case("2025118", target, TODAY)
    assert target.read_bytes() == b"mine"
    export_case("2025118", target, TODAY, overwrite=True)
    assert target.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("target", ["missing/a.docx", "missing", "a.pdf", "字" * 200 + ".docx"])
def test_a_target_that_is_no_good(desk: Path, target: str) -> None:
    put(desk, plain_case())
    before = sorted(desk.rglob("*"))
    with pytest.raises(OutputError):
        export_case("2025118", desk / target, TODAY)
    assert sorted(desk.rglob("*")) == before


def test_a_refused_write_takes_the_journal_entry_back(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = put(desk, plain_case())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="写不进"):
        export_case(key, desk / "a.docx", TODAY, final=True)
    monkeypatch.undo()
    assert not models.Export.select().exists()
    assert find_case(key).issue is None
    assert not list(desk.glob("*.tmp")) + list(desk.glob(".fuhan-*"))


def test_what_is_prepared_has_no_name_until_it_is_finished(desk: Path) -> None:
    key = put(desk, plain_case())
    prepared = prepare_export(find_case(key), desk / "a.docx", TODAY, final=True)
    assert not (desk / "a.docx").exists()
    assert not models.Export.select().exists()
    assert find_case(key).issue is None
    assert finish_export(prepared).final
    assert read_docx((desk / "a.docx").read_bytes())
    assert find_case(key) == prepared.printed
    assert not list(desk.glob(".fuhan-*"))


def test_what_is_prepared_needs_no_library_and_leaves_no_trace(tmp_path: Path) -> None:
    prepared = prepare_export(plain_case(), tmp_path, TODAY)
    assert len(list(tmp_path.iterdir())) == 1
    prepared.discard()
    assert not list(tmp_path.iterdir())
    assert prepared.draft.path.name == export_name(plain_case())


def test_a_case_that_changed_meanwhile_is_not_issued(desk: Path) -> None:
    key = put(desk, plain_case())
    before = find_case(key)
    working = prepare_export(before, desk / "working.docx", TODAY)
    final = prepare_export(before, desk / "final.docx", TODAY, final=True)
    after = replace(before, lead_unit="又写的")
    save_case(before, after)
    with pytest.raises(LibraryError, match="又有改动"):
        finish_export(final)
    assert find_case(key) == after
    finish_export(working)  # the state that left is the one printed
    (entry,) = models.Export.select()
    assert load(entry.revision.case_file) == before
    assert sorted(path.name for path in desk.iterdir()) == ["case.json", "library", "working.docx"]


def test_a_name_taken_meanwhile_is_not_overwritten(desk: Path) -> None:
    put(desk, plain_case())
    prepared = prepare_export(plain_case(), desk / "a.docx", TODAY)
    (desk / "a.docx").write_bytes(b"mine")
    with pytest.raises(TargetExistsError):
        finish_export(prepared)
    assert (desk / "a.docx").read_bytes() == b"mine"
    assert not models.Export.select().exists()


def test_a_file_that_does_not_say_what_the_case_says_never_leaves(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = put(desk, plain_case())
    proposal = replace(plain_case().proposals[0], proposers=(Proposer("别人"),))
    wrong = plain_case(proposals=(proposal,))
    from desktop.letter.writer import letter_docx

    monkeypatch.setattr(
        "desktop.letter.writer.sheet_docx", lambda *_, **__: letter_docx(wrong, TODAY)
    )
    with pytest.raises(RuntimeError):
        export_case(key, desk / "a.docx", TODAY)
    assert not (desk / "a.docx").exists()


KILL = """
import os, signal, sys, threading
from pathlib import Path
from desktop.services.files import write_draft
target, seconds = Path(sys.argv[1]), float(sys.argv[2])
threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
n = 0
while True:
    n += 1
    {write}
"""
SAFE = "write_draft(target, (b'%d' % (n % 10)) * 200_000).take_name()"
DIRECT = "target.write_bytes((b'%d' % (n % 10)) * 200_000)"  # the mutant: writes over the file


def killed_runs(tmp_path: Path, write: str) -> int:
    """How many of 12 killed runs left a file that is cut or mixed."""
    broken = 0
    for run in range(12):
        target = tmp_path / "letter.docx"
        target.write_bytes(b"0" * 200_000)
        code = KILL.format(write=write)
        done = subprocess.run([sys.executable, "-c", code, str(target), str(0.05 + run * 0.004)])
        assert done.returncode == -signal.SIGKILL
        data = target.read_bytes()
        broken += len(data) != 200_000 or len(set(data)) != 1
    return broken


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_a_kill_never_leaves_half_a_letter(tmp_path: Path) -> None:
    assert killed_runs(tmp_path, SAFE) == 0
    assert killed_runs(tmp_path, DIRECT) > 0  # the test can fail


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("关于第1号提案的答复", "关于第1号提案的答复.docx"),
        ('a/b\\c:d*e?f"g<h>i|j', "abcdefghij.docx"),
        ("CON", "_CON.docx"),
        ("名字. . ", "名字.docx"),
        ("", "未命名.docx"),
        ("字" * 200, "字" * 60 + ".docx"),
        ("\U00020000" * 100, "\U00020000" * 58 + ".docx"),
    ],
)
def test_file_names(stem: str, name: str) -> None:
    assert file_name(stem, ".docx") == name
    assert len(name.encode()) <= 255


def test_a_draft_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="写不进"):
        write_draft(tmp_path / "missing" / "a", b"")
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(OutputError, match="写不进"):
        write_draft(tmp_path / "folder", b"").take_name()
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
