"""收回来稿 while the handler decides: what was said of a change holds while it is that change."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.letter.model import Case
from desktop.services import receiving, returns, revisions
from desktop.services.cases import find_case, save_case, with_new_keys
from desktop.services.exports import export_case
from desktop.services.library import library
from desktop.services.merging.merge_change import MergeChange
from desktop.services.picking import Decision, Picking
from desktop.services.receiving import File
from desktop.views.return_words import rows, will
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.docx_edits import edited, new_paragraph, paragraph, set_text
from tests.packs import asking_case, filled, pack_docx

SENTENCE = "我区正按"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with library(tmp_path / "library"):
        save_case(None, plain_case())
        yield plain_case()


def strike(root: Any) -> None:
    gone = paragraph(root, SENTENCE)
    gone.getparent().remove(gone)


def came(case: Case, folder: Path, *edits: Callable[[Any], None]) -> list[Path]:
    """What left, edited by colleagues; a file each."""
    data = export_case(case.key, folder, TODAY, overwrite=True).path.read_bytes()
    found = []
    for number, edit in enumerate(edits):
        path = folder / f"{number}.docx"
        path.write_bytes(edited(data, edit))
        found.append(path)
    return found


def rewrite_ours(case: Case, text: str) -> None:
    first = case.replies[0]
    paragraphs = (replace(first.paragraphs[0], text=text), *first.paragraphs[1:])
    now = replace(first, paragraphs=paragraphs)
    save_case(case, replace(case, replies=(now, *case.replies[1:])))


def only(picking: Picking, number: int) -> tuple[File, MergeChange]:
    (merge,) = picking.merges
    (change,) = merge.files[number].changes
    return merge.files[number], change


def test_two_sides_that_cannot_both_stay_any_more_are_to_be_decided_again(
    case: Case, tmp_path: Path
) -> None:
    """The second file's words were to stand beside ours; then ours were struck out for the first.
    What was said cannot be done, and must not count as said: the words would be gone."""
    theirs = "我区正按绿地面积与日均人流分四档上报管护经费。"
    paths = came(case, tmp_path, strike, lambda root: set_text(paragraph(root, SENTENCE), theirs))
    rewrite_ours(case, "我区正按绿地面积与日均人流分五档核定管护经费。")
    files = [returns.look(path, TODAY) for path in paths]
    picking = Picking(TODAY)
    for one in files:
        picking.add(one)
    picking.decide(*_with(only(picking, 0)), Decision.LEAVE)
    picking.decide(*_with(only(picking, 1)), Decision.BOTH)
    assert theirs in _said(picking)
    picking.decide(*_with(only(picking, 0)), Decision.TAKE)
    file, change = only(picking, 1)
    assert change.conflict
    assert picking.undecided(file) == (change,)


def _with(found: tuple[File, MergeChange]) -> tuple[File, tuple[MergeChange, ...]]:
    return found[0], (found[1],)


def _said(picking: Picking) -> list[str]:
    (merge,) = picking.merges
    return [p.text for reply in merge.after.replies for p in reply.paragraphs]


def test_a_file_whose_field_we_have_already_is_not_called_unchanged(
    case: Case, tmp_path: Path
) -> None:
    new = "感谢您的关心，欢迎继续提出宝贵意见。"
    (found,) = came(case, tmp_path, lambda root: set_text(paragraph(root, "感谢您"), new))
    picking = Picking(TODAY)
    picking.add(returns.look(found, TODAY))
    picking.take_all(conflicts=True)
    ((_, after),) = picking.enter()
    assert after != case
    (again,) = receiving.plan([returns.look(_other(found), TODAY)], TODAY)
    assert again.files[0].changes == ()
    assert again.files[0].notes[-1] == "来稿里的改动，本卷宗都已经有了。"


def _other(path: Path) -> Path:
    """The same words in other bytes."""
    other = path.with_name("另存.docx")
    other.write_bytes(edited(path.read_bytes(), lambda root: root.set("again", "1")))
    return other


def test_what_is_foretold_is_what_is_entered(tmp_path: Path) -> None:
    """An answer marks its unit as 已返回: that too is a change of the case, and is said."""
    with library(tmp_path / "library"):
        asking = asking_case()
        save_case(None, asking)
        revisions.keep(asking.key)
        path = tmp_path / "会办.docx"
        path.write_bytes(filled(pack_docx(asking), {("1", None): ("同意。",)}))
        picking = Picking(TODAY)
        picking.add(returns.look(path, TODAY))
        picking.leave_rest()
        (foretold,) = picking.merges
        assert "1 个单位记为已返回" in will(picking)
        assert "不改动任何内容" not in will(picking)
        ((before, after),) = picking.enter()
        assert before == asking
        assert foretold.after == after == find_case(asking.key)


def test_cases_without_a_number_are_told_apart_by_their_subject(tmp_path: Path) -> None:
    with library(tmp_path / "library"):
        picking = Picking(TODAY)
        for number, subject in enumerate(("修缮乡道", "增设路灯")):
            made = with_new_keys(plain_case())
            proposal = replace(made.proposals[0], proposal_number="", subject=subject)
            made = replace(made, proposals=(proposal,))
            save_case(None, made)
            folder = tmp_path / str(number)
            folder.mkdir()
            for path in came(made, folder, strike):
                picking.add(returns.look(path, TODAY))
        names = [row.name for row in rows(picking) if not row.file]
        assert names == ["无编号 修缮乡道", "无编号 增设路灯"]


def test_the_same_words_three_times_outside_every_reply_are_not_two_of_them(
    case: Case, tmp_path: Path
) -> None:
    """Three lines that nothing tells apart: none is lost, kept as a note or put into a reply."""

    def edit(root: Any) -> None:
        for _ in range(3):
            paragraph(root, "2025年").addnext(new_paragraph("无意见。"))

    (path,) = came(case, tmp_path, edit)
    picking = Picking(TODAY)
    picking.add(returns.look(path, TODAY))
    (merge,) = picking.merges
    assert "".join(note.text for note in merge.after.notes).count("无意见。") == 3
    (file,) = merge.files
    for text in file.unplaced:
        picking.place(file, text, case.replies[0].key)
    assert _said(picking).count("无意见。") == 3
    assert picking.merges[0].after.notes == ()
