"""会办包 leave safely: the file, the journal, what is marked as sent; and arrive at the unit."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db import models
from db.enums import Form, LetterKind
from desktop.errors import (
    ComposeError,
    FuhanError,
    LibraryError,
    OutputError,
    OwnPackError,
    TargetExistsError,
)
from desktop.letter.homecoming.identity import identify
from desktop.letter.model import Case, Issue, Office
from desktop.letter.pages.page import read_docx
from desktop.services import batches, packs
from desktop.services.assignments import add_unit
from desktop.services.cases import find_case, import_file, save_case
from desktop.services.exports import export_case
from desktop.services.foreign import bring_home, read
from desktop.services.library import library
from desktop.services.offices import set_our_office
from desktop.services.revisions import case_at
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.packs import UNIT, asking_case, filled

THEIRS = Office("某某市某某区财政局", "区财政局", "我局", "我区")
NAME = "会办包（区财政局）关于第2025118号提案.docx"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A case in an open library, two units in it, nothing sent."""
    case = asking_case()
    unsent = tuple(replace(a, sent_on=None) for a in case.assignments)
    with library(tmp_path / "ours"):
        save_case(None, replace(case, assignments=unsent))
        yield find_case(case.key)


def write(case: Case, folder: Path, *units: str, **how: bool) -> list[packs.PackWritten]:
    return packs.write_packs(case.key, units, folder, TODAY, **how)


def test_a_pack_is_written_entered_and_marked(case: Case, tmp_path: Path) -> None:
    (written,) = write(case, tmp_path, UNIT)
    assert written.path == tmp_path / NAME
    assert (written.unit, written.findings) == (UNIT, ())
    after = find_case(case.key)
    assert [a.sent_on for a in after.assignments] == [TODAY, None]
    assert after.assignments[0].due_on == written.due_on == TODAY.replace(month=12)
    said = identify(read_docx(written.path.read_bytes()))
    entry = models.Export.get()
    assert (entry.file_name, entry.final) == (NAME, False)
    assert entry.revision.sha256 == said.state
    assert case_at(entry.revision.id) == after
    digests = {row.reply_key: row.sha256 for row in models.ExportedReply.select()}
    assert digests == said.sha256


def test_all_of_them_and_a_month_where_nothing_was_agreed(case: Case, tmp_path: Path) -> None:
    assert [w.unit for w in write(case, tmp_path)] == [UNIT, "区住房和建设局"]
    after = find_case(case.key)
    assert [a.sent_on for a in after.assignments] == [TODAY, TODAY]
    assert after.assignments[1].due_on == TODAY.replace(month=12)
    assert len(list(tmp_path.glob("会办包*.docx"))) == 2


def test_each_is_set_against_the_state_that_left(case: Case, tmp_path: Path) -> None:
    for number, written in enumerate(write(case, tmp_path)):
        said = identify(read_docx(written.path.read_bytes()))
        state = models.Revision.get(models.Revision.sha256 == said.state)
        base = case_at(state.id)
        data = filled(written.path.read_bytes(), {("1", None): ("同意。",)})
        came = bring_home(data, base, None, TODAY + timedelta(days=9))
        assert came.assignment == case.assignments[number].key
        assert [p.text for p in came.case.replies[0].paragraphs][-1] == "同意。"
        (note,) = came.notes
        assert note.endswith("没有填写会办意见。")


def test_a_unit_that_is_not_there_yet_is_added(case: Case, tmp_path: Path) -> None:
    there, new = write(case, tmp_path, UNIT, "区民政局")
    assert (there.added, new.added) == (False, True)
    assert new.path.exists()
    added = find_case(case.key).assignments[-1]
    assert (added.unit, added.suggestions, added.sent_on) == ("区民政局", (), TODAY)


def test_what_is_refused_changes_nothing(case: Case, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="名称是空的"):
        write(case, tmp_path, UNIT, " ")
    with pytest.raises(OutputError, match="没有“"):
        write(case, tmp_path / "none", UNIT)
    (tmp_path / NAME).write_bytes(b"older")
    with pytest.raises(TargetExistsError):
        write(case, tmp_path, UNIT)
    assert (tmp_path / NAME).read_bytes() == b"older"
    assert find_case(case.key) == case
    assert models.Export.select().count() == 0
    assert [*tmp_path.glob(".fuhan*")] == []
    assert write(case, tmp_path, UNIT, overwrite=True)


def test_one_that_cannot_be_written_holds_back_all(case: Case, tmp_path: Path) -> None:
    (tmp_path / "会办包（区住房和建设局）关于第2025118号提案.docx").write_bytes(b"older")
    with pytest.raises(TargetExistsError):
        write(case, tmp_path)
    assert find_case(case.key) == case
    assert [path.name for path in tmp_path.glob("*.*")] == [
        "会办包（区住房和建设局）关于第2025118号提案.docx"
    ]


def test_one_whose_name_is_refused_leaves_those_before_it_entered(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        if "住房" in str(target):
            raise OSError("no room")
        rename(source, target)

    rename = os.replace
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError):
        write(case, tmp_path)
    assert [a.sent_on for a in find_case(case.key).assignments] == [TODAY, None]
    assert models.Export.select().count() == 1
    assert [path.name for path in tmp_path.glob("*.*")] == [NAME]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"assignments": ()}, "还没有会办单位"),
        ({"office": Office()}, "还没有填写本单位全称"),
        ({"issue": Issue(TODAY)}, "已定稿"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, change: dict[str, object], says: str) -> None:
    case = replace(asking_case(), **change)  # type: ignore[arg-type]
    with library(tmp_path / "ours"):
        save_case(None, case)
        with pytest.raises(FuhanError, match=says):
            write(case, tmp_path)
    assert [*tmp_path.glob("*.docx")] == []


def test_nothing_to_ask(tmp_path: Path) -> None:
    case = add_unit(plain_case(suggestions=0), UNIT)
    with pytest.raises(ComposeError, match="还没有拆分建议"):
        packs.prepare_packs(case, [case.assignments[0].key], tmp_path, TODAY)


def test_a_list_with_unmarked_paragraphs_can_be_asked_about(tmp_path: Path) -> None:
    """The letter could not be printed as 清单式 yet; what is asked can."""
    case = asking_case(Form.RESULT_LIST)
    reply = case.replies[0]
    unmarked = replace(reply, paragraphs=tuple(replace(p, outcome=None) for p in reply.paragraphs))
    case = replace(case, replies=(unmarked, *case.replies[1:]))
    (prepared,) = packs.prepare_packs(case, [case.assignments[0].key], tmp_path, TODAY)
    assert prepared.draft.place.exists()


def test_without_a_number_the_subject_names_it(tmp_path: Path) -> None:
    case = asking_case()
    case = replace(case, proposals=(replace(case.proposals[0], proposal_number=""),))
    name = packs.pack_path(case, case.assignments[0].key, tmp_path).name
    assert name == "会办包（区财政局）关于《关于完善口袋公园管护机制的建议》.docx"
    (prepared,) = packs.prepare_packs(case, [case.assignments[0].key], tmp_path, TODAY)
    title = [line.text for line in read_docx(prepared.draft.place.read_bytes()).lines[:2]]
    assert "".join(title) == "关于协助办理《关于完善口袋公园管护机制的建议》的函"


def test_a_mobile_number_in_a_suggestion_is_shown(case: Case, tmp_path: Path) -> None:
    first, *others = case.proposals[0].suggestions
    told = replace(first, elaboration="详情请联系13812345678。")
    after = replace(case, proposals=(replace(case.proposals[0], suggestions=(told, *others)),))
    save_case(case, after)
    (written,) = write(case, tmp_path, UNIT)
    (finding,) = written.findings
    assert "13812345678" in finding.sentence
    assert "建议1的补充说明" in finding.sentence


def test_our_own_pack_is_no_new_case(case: Case, tmp_path: Path) -> None:
    (written,) = write(case, tmp_path, UNIT)
    with pytest.raises(OwnPackError, match="收回来稿"):
        import_file(written.path, TODAY)


def test_to_a_unit_and_back_as_its_letter(tmp_path: Path) -> None:
    """区财政局 has this program: it imports the package, writes, and sends its letter."""
    case = asking_case()
    with library(tmp_path / "ours"):
        save_case(None, case)
        (written,) = write(case, tmp_path, UNIT)
        base = find_case(case.key)
    part = filled(written.path.read_bytes(), {("3", None): ("已安排资金。",)})
    written.path.write_bytes(part)
    with library(tmp_path / "theirs"):
        set_our_office(THEIRS)
        came = import_file(written.path, TODAY)
        assert came.notes[0].startswith("这是某某市某某区城市更新局发来的会办包")
        opinion = find_case(came.key)
        assert (opinion.kind, opinion.office) == (LetterKind.OPINION, THEIRS)
        assert [s.key for s in opinion.suggestions()] == [s.key for s in case.suggestions()][:3]
        first, second, third = opinion.replies
        words = replace(third.paragraphs[0], key="kkkkkkkk", text="同意，已列入预算。")
        written_by_them = replace(
            opinion, replies=(replace(first, paragraphs=(words,)), second, third)
        )
        save_case(opinion, written_by_them)
        letter = export_case(came.key, tmp_path, TODAY).path
    home = bring_home(letter.read_bytes(), base, None, TODAY)
    assert (home.author, home.assignment) == (UNIT, case.assignments[0].key)
    new = [
        [p.text for p in r.paragraphs][len(o.paragraphs) :]
        for r, o in zip(home.case.replies, base.replies, strict=True)
    ]
    assert new == [["同意，已列入预算。"], ["已安排资金。"], []]
    assert home.unplaced == ()


def test_among_many_files_it_is_ours_to_answer(tmp_path: Path) -> None:
    case = asking_case()
    with library(tmp_path / "ours"):
        save_case(None, case)
        (written,) = write(case, tmp_path, UNIT)
    with library(tmp_path / "theirs"):
        set_our_office(THEIRS)
        batch = batches.Batch()
        batch.add(written.path, read(written.path.read_bytes(), TODAY))
        batch.begin()
        batch.store_some(1)
        assert find_case(batch.rows[0].key).office == THEIRS
