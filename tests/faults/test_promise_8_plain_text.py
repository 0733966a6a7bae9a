"""⑧ The text outlives the program: everything can be written out as plain text at any time.

Conservation is read from the tables, not from the writer: every text a handler or a proposer wrote,
in whatever column of whatever table, is looked for in the files.
"""

import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from peewee import CharField, TextField, fn

from db import models
from db.enums import RevisionReason
from desktop.errors import OutputError
from desktop.letter.model import Case, Issue, Office, Proposal
from desktop.services import offices, plain_files, returns_journal, revisions
from desktop.services.cases import issue_case, save_case, with_new_keys
from desktop.services.exports import export_case
from desktop.services.library import library, writing
from desktop.services.loading import letter_of
from desktop.services.plain_files import INDEX, write_all
from desktop.services.trash import delete_case
from tests.cases import hard_case, plain_case, shared_case
from tests.conftest import TODAY
from tests.kills import kill_at_every_step, needs_kill

# columns that hold no words: keys and digests, and values the files say in Chinese (terms)
NO_WORDS = {"key", "reply_key", "sha256", "kind", "form", "wording", "head", "layout", "state"}
NO_WORDS |= {"outcome", "reason", "category_scheme", "disclosure_kind", "LetterField.name"}
NO_WORDS |= {"role", "place"}
NAMES = (
    "CON",
    "nul.txt",
    "a/b\\c:d*e",
    "..",
    "字" * 200,
    "𠮷" * 90,
    " . ",
    "INDEX",
    "版本",
    "回收站",
)
HALF, OLD_IN_TRASH = "这一段只在回收站里。", "回收站里卷宗的旧稿。"
OLD, OLDEST = "第一稿里写过、后来删去的话。", "更早的一稿。"


def fill(desk: Path) -> None:
    """Cases of every kind, deleted ones, states, exports, an office no case knows."""
    for name in NAMES:
        case = with_new_keys(plain_case(general=f"卷宗{name}的总的说明。"))
        proposal = replace(case.proposals[0], proposal_number="", subject=name)
        save_case(None, replace(case, proposals=(proposal,)))
    hard = hard_case(lead_unit="某某市某局")
    save_case(None, hard)
    export_case(hard.key, desk, TODAY)
    shared = with_new_keys(shared_case())
    save_case(None, shared)
    returns_journal.enter(shared.key, "digest", "财政局改过的.docx", "王科长")
    kept = with_new_keys(plain_case())
    save_case(None, kept)
    for text, name in ((OLDEST, ""), (OLD, "送审稿"), (OLD, "送审二稿")):
        revisions_of(kept, text, name)
    issue_case(kept.key, Issue(TODAY, "张签发"))
    thrown = with_new_keys(plain_case(general=HALF))
    save_case(None, thrown)
    revisions_of(thrown, OLD_IN_TRASH, "")
    delete_case(thrown.key, datetime(2025, 11, 20))
    offices.set_our_office(
        Office("某局全称", "某局", "本局", "本区", "某函", "李文", "0000-1234567")
    )


def revisions_of(case: Case, text: str, name: str) -> None:
    """An older state of `case` whose general reply said `text`."""
    *replies, general = case.replies
    said = replace(general, paragraphs=(replace(general.paragraphs[0], text=text),))
    with writing():
        letter = letter_of(case.key)
        state = revisions.record(
            letter, replace(case, replies=(*replies, said)), RevisionReason.AUTOMATIC, name
        )
        state.made_at = datetime(2025, 11, 1) + timedelta(minutes=state.id)
        state.save()


def words() -> Iterator[tuple[str, str]]:
    """Where each line of text in the library stands, and the line."""
    for model in models.MODELS:
        for row in model.select():
            for field in model._meta.sorted_fields:
                where = f"{model.__name__}.{field.name}"
                if isinstance(field, (TextField, CharField)) and not {where, field.name} & NO_WORDS:
                    value = getattr(row, field.name) or ""
                    if field.name == "case_file":
                        yield from ((where, line) for line in strings(json.loads(value)["case"]))
                    else:
                        yield from ((where, line) for line in value.split("\n"))


def strings(value: object, name: str = "") -> Iterator[str]:
    """Every text of a case file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, name)
    elif isinstance(value, str) and name not in {*NO_WORDS, "scheme", "on", "suggestions"}:
        yield from value.split("\n")


def missing(out: Path) -> dict[str, str]:
    """What of the library is in none of the files: where it stands, and one line of it."""
    texts = [path.read_text(encoding="utf-8-sig") for path in out.rglob("*.txt")]
    written = "\n".join(texts)
    return {where: line for where, line in words() if line.strip() and line not in written}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    with library(tmp_path / "library"):
        fill(tmp_path)
        yield tmp_path


def test_every_word_of_every_table_is_in_the_files(desk: Path) -> None:
    paths = list(write_all(desk / "out", TODAY))
    assert missing(desk / "out") == {}
    assert len(paths) == len(set(map(str.lower, map(str, paths))))
    assert {path for path in (desk / "out").rglob("*") if path.is_file()} == set(paths)
    assert paths[-1] == desk / "out" / INDEX
    index = paths[-1].read_text(encoding="utf-8-sig")
    assert all(path.name in index for path in paths[:-1])
    for path in paths:
        assert len(path.name.encode()) <= 255
        assert path.stem.split(".")[0].lower() not in {"con", "nul"}
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        assert data.count(b"\n") == data.count(b"\r\n")


def test_states_are_told_apart_and_not_repeated(desk: Path) -> None:
    list(write_all(desk / "out", TODAY))
    (path,) = (p for p in (desk / "out" / "版本").iterdir() if OLD in p.read_text("utf-8-sig"))
    text = path.read_text(encoding="utf-8-sig")
    assert text.count(OLDEST) == 1
    heads = [line.split(" ", 1)[1][20:] for line in text.splitlines() if line.startswith("═══")]
    assert heads == ["定稿前", "自动 送审二稿", "自动"]
    assert HALF in "".join(p.read_text("utf-8-sig") for p in (desk / "out/回收站").glob("*.txt"))


def without_elaborations(monkeypatch: pytest.MonkeyPatch) -> None:
    def bare(proposal: Proposal) -> Proposal:
        asked = tuple(replace(s, elaboration="") for s in proposal.suggestions)
        return replace(proposal, suggestions=asked)

    def patch(name: str) -> None:
        read = getattr(plain_files, name)

        def less(of: object) -> Case:
            case = read(of)
            return replace(case, proposals=tuple(map(bare, case.proposals)))

        monkeypatch.setattr(plain_files, name, less)

    patch("read_case")
    patch("case_of")


def without_trash(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = plain_files.case_rows
    monkeypatch.setattr(plain_files, "case_rows", lambda deleted: () if deleted else rows())


def without_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_files, "_states", lambda *_: ())


def without_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_files, "_journal", lambda *_: ())


def without_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_files, "_co_handling", lambda _: ())


def without_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_files, "_office", lambda *_: ())


@pytest.mark.parametrize(
    ("twin", "lost"),
    [
        (without_elaborations, "Suggestion.elaboration"),
        (without_trash, "Paragraph.text"),
        (without_states, "Revision.case_file"),
        (without_the_journal, "Export.file_name"),
        (without_the_journal, "Returned.file_name"),
        (without_units, "Assignment.contact"),
        (without_units, "Note.text"),
        (without_offices, "Office.own_word"),
    ],
)
def test_a_writer_that_leaves_something_out_is_caught(
    desk: Path,
    twin: Callable[[pytest.MonkeyPatch], None],
    lost: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twin(monkeypatch)
    list(write_all(desk / "out", TODAY))
    assert lost in missing(desk / "out")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (models.Paragraph, {"outcome": "nonsense"}),
        (models.Letter, {"form": "nonsense"}),
        (models.Letter, {"kind": "nonsense"}),
        (models.Letter, {"issued_on": "nonsense"}),
        (models.Letter, {"deleted_at": "nonsense"}),
        (models.Proposal, {"kind": "nonsense"}),
        (models.LetterField, {"state": "nonsense"}),
        (models.Assignment, {"role": "nonsense"}),
        (models.Assignment, {"due_on": "nonsense"}),
        (models.Revision, {"case_file": "{}"}),
        (models.Revision, {"reason": "nonsense"}),
        (models.Revision, {"made_at": "nonsense"}),
        (models.Export, {"made_at": "nonsense"}),
    ],
)
def test_a_damaged_row_is_named_and_the_others_follow(
    desk: Path, table: Any, change: dict[str, str]
) -> None:
    clean = contents(desk / "clean")
    table.update(**change).where(table.id == table.select(fn.MAX(table.id))).execute()
    made = contents(desk / "out")
    differ = {name for name in clean if made.get(name) != clean[name]} - {INDEX}
    assert len(differ) <= 1  # what was damaged in a deleted case's row may show in the index alone
    told = made[INDEX] + "".join(made[name] for name in differ & made.keys())
    assert any(word in told for word in ("已损坏", "nonsense"))
    if table is models.Letter:  # of the case that cannot be read, what it said before
        assert OLD_IN_TRASH in "".join(made.values())


def contents(out: Path) -> dict[str, str]:
    """Everything written into `out`, by its name in there."""
    paths = write_all(out, TODAY)
    return {str(p.relative_to(out)): p.read_text(encoding="utf-8-sig") for p in paths}


@needs_kill
def test_killed_in_the_middle_and_run_again(tmp_path: Path) -> None:
    """Whole files only, at every step; what stood there before stands, or its successor does."""
    place, out = tmp_path / "library", tmp_path / "out"
    with library(place):
        for number in range(3):
            case = with_new_keys(plain_case(general=f"第{number}份。"))
            save_case(None, case)
            revisions_of(case, "旧稿。", "")
        before = contents(out)
        delete_case(case.key, datetime(2025, 11, 20))
        after = contents(tmp_path / "after")

    def write() -> None:
        with library(place):
            list(write_all(out, TODAY))

    def check(_number: int) -> None:
        for path in out.rglob("*.txt"):
            name = str(path.relative_to(out))
            assert path.read_text(encoding="utf-8-sig") in (before.get(name), after.get(name))

    assert kill_at_every_step(write, check) > 2 * len(after)
    assert missing_from_nothing(place, out)


def missing_from_nothing(place: Path, out: Path) -> bool:
    """Whether every word is there, after the last run that was not killed."""
    with library(place):
        return missing(out) == {}


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no limit of a file's size")
def test_the_disk_is_full_in_the_middle(tmp_path: Path) -> None:
    """A write that comes short (a real limit of the system) is one sentence; whole files only."""
    out = tmp_path / "out"
    with library(tmp_path / "library"):
        for number in range(6):
            save_case(None, with_new_keys(plain_case(general=f"第{number}份" * 400 * number)))
        whole = contents(tmp_path / "whole")
        reached = set()
        for kilobytes in (1, 6, 12, 18):
            reached.add(_written_under(kilobytes << 10, out))
            for path in out.rglob("*"):
                assert path.is_dir() or path.read_text("utf-8-sig") == whole[path.name]
        assert len(reached) > 2  # it broke off at several places
        assert contents(out) == whole


def _written_under(limit: int, out: Path) -> int:
    """How many files stand after writing with no file above `limit` bytes."""
    import resource

    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, usual[1]))
    try:
        with pytest.raises(OutputError, match="原来的文件没有动"):
            list(write_all(out, TODAY))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, ignored)
    return len([*out.rglob("*.txt")])
