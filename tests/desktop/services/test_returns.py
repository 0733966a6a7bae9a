"""来稿: a returned file is looked at, set against what left, and taken in."""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from db import models
from db.enums import Form, RevisionReason
from desktop.errors import LibraryError
from desktop.letter.keys import new_key
from desktop.letter.model import Case, Issue, Note, Paragraph
from desktop.services import exports, receiving, returns, returns_journal, revisions
from desktop.services.cases import find_case, issue_case, reopen_case, save_case, with_new_keys
from desktop.services.library import library
from desktop.services.merge_change import ChangeKind, MergeChange
from desktop.services.receiving import Merge, Text, everything, without_conflicts
from desktop.services.replies import remove_reply
from desktop.services.returns import Return
from desktop.services.taking import both, placed
from desktop.services.trash import delete_case
from tests.cases import FORMS, hard_case, plain_case
from tests.conftest import DATA, TODAY
from tests.docx_edits import (
    edited,
    new_paragraph,
    paragraph,
    paragraphs,
    rewritten,
    set_text,
    without_bookmarks,
    without_custom_xml,
)

MOVED_ON = "移交办法已征求三轮意见，详见〔2025〕4号文。"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path) -> Iterator[Path]:
    with library(tmp_path / "library"):
        yield tmp_path


def without_properties(data: bytes) -> bytes:
    return rewritten(data, lambda name, part: None if name == "docProps/custom.xml" else part)


def without_carriers(data: bytes) -> bytes:
    return without_bookmarks(without_custom_xml(without_properties(data)))


STRIPS: dict[str, Callable[[bytes], bytes]] = {
    "all": lambda data: data,
    "properties alone": lambda data: without_bookmarks(without_custom_xml(data)),
    "the case file alone": lambda data: without_bookmarks(without_properties(data)),
    "bookmarks alone": lambda data: without_custom_xml(without_properties(data)),
    "none": without_carriers,
}


def exported(case: Case, shelf: Path, **settings: Any) -> bytes:
    """The .docx of a case of the library, as it left just now."""
    done = exports.export_case(
        case.key, shelf, TODAY, settings=exports.Settings(**settings), overwrite=True
    )
    return done.path.read_bytes()


def back(shelf: Path, data: bytes, name: str = "返回.docx") -> Return:
    path = shelf / name
    path.write_bytes(data)
    return returns.look(path, TODAY)


def planned(*returned: Return, pick: receiving.Pick = everything) -> Merge:
    (merge,) = receiving.plan(returned, TODAY, pick)
    return merge


def typed(start: str, text: str) -> Callable[[Any], None]:
    return lambda root: set_text(paragraph(root, start), text)


def kept(sentence: str = "我区正按") -> Case:
    """A case of the library with a paragraph that begins so."""
    case = hard_case()
    assert any(p.text.startswith(sentence) for r in case.replies for p in r.paragraphs)
    save_case(None, case)
    return case


def said(case: Case) -> list[str]:
    return [p.text for reply in case.replies for p in reply.paragraphs]


def without_property(name: str) -> Callable[[bytes], bytes]:
    """One custom property taken out."""

    def change(part_name: str, part: bytes) -> bytes:
        return part.replace(name.encode(), b"other") if part_name == "docProps/custom.xml" else part

    return lambda data: rewritten(data, change)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("strip", STRIPS)
def test_an_edit_comes_home_whatever_is_left_of_the_carriers(
    shelf: Path, strip: str, form: Form
) -> None:
    case = kept()
    data = exported(case, shelf, form=form)
    returned = back(shelf, STRIPS[strip](edited(data, typed("移交办法", MOVED_ON))), "改名.docx")
    assert not returned.refusal
    assert (returned.case_key, returned.numbers) == (case.key, "2025118")
    assert returned.subject == "关于完善口袋公园管护机制的建议"
    assert returned.left_at
    assert returned.base
    assert returned.base.case == case
    assert returned.base.guessed is (strip in ("bookmarks alone", "none"))
    merge = planned(returned)
    (change,) = merge.files[0].changes
    assert (change.kind, change.reply) == (ChangeKind.EDITED, case.replies[0].key)
    assert change.after == MOVED_ON
    assert MOVED_ON in said(merge.after)


@pytest.mark.parametrize("strip", STRIPS)
def test_an_unedited_return_changes_nothing(shelf: Path, strip: str) -> None:
    case = kept()
    merge = planned(back(shelf, STRIPS[strip](exported(case, shelf))))
    assert merge.after == case
    assert merge.files[0].notes[-1] == "这份来稿没有改动。"


@pytest.mark.parametrize(
    "strip",
    [
        lambda data: data,
        without_property("fuhan.state"),
        lambda data: without_custom_xml(without_property("fuhan.state")(data)),
        without_carriers,
    ],
    ids=["state", "digests", "digests and no case", "words"],
)
def test_of_several_states_that_left_the_right_one_is_found(
    shelf: Path, strip: Callable[[bytes], bytes]
) -> None:
    first = kept()
    one = exported(first, shelf)
    reply = first.replies[2]
    grown = replace(reply, paragraphs=(*reply.paragraphs, Paragraph(new_key(), "另建台账。")))
    second = replace(first, replies=(*first.replies[:2], grown, *first.replies[3:]))
    save_case(first, second)
    other = exported(second, shelf)
    ours = replace(second, replies=(*second.replies[:2], reply, *second.replies[3:]))
    save_case(second, ours)
    for data, left in ((one, first), (other, second)):
        returned = back(shelf, strip(edited(data, typed("移交办法", MOVED_ON))))
        assert returned.base
        assert returned.base.case == left
        (change,) = planned(returned).files[0].changes
        assert change.after == MOVED_ON


def test_a_case_that_went_on_says_which_version_came_back(shelf: Path) -> None:
    case = kept()
    data = exported(case, shelf)
    assert not back(shelf, data).notes
    reply = case.replies[0]
    mine = replace(reply.paragraphs[-1], text="全天开放一项，明年再议。")
    ours = replace(
        case, replies=(replace(reply, paragraphs=(*reply.paragraphs[:-1], mine)), *case.replies[1:])
    )
    save_case(case, ours)
    returned = back(shelf, edited(data, typed("移交办法", MOVED_ON)))
    (note,) = returned.notes
    now = datetime.now()
    assert note.startswith(f"按{now.month}月{now.day}日导出的版本改的，之后本卷宗又改过")
    after = planned(returned).after
    assert {MOVED_ON, mine.text} <= set(said(after))


def test_what_the_journal_does_not_know_is_taken_from_the_file_itself(shelf: Path) -> None:
    case = kept()
    data = exported(case, shelf)
    models.ExportedReply.delete().execute()
    models.Export.delete().execute()
    models.Revision.delete().execute()
    returned = back(shelf, edited(data, typed("移交办法", MOVED_ON)))
    assert returned.base
    assert returned.base.case.replies == case.replies
    assert returned.left_at is None
    assert len(planned(returned).files[0].changes) == 1


def test_without_carriers_and_number_its_words_tell_the_case(shelf: Path) -> None:
    case = kept()
    other = with_new_keys(plain_case(text="老旧小区加装电梯的资金由三方分担。"))
    proposal = replace(other.proposals[0], proposal_number="2025007", subject="关于加装电梯的建议")
    other = replace(other, proposals=(proposal,))
    save_case(None, other)
    exported(other, shelf)
    data = exported(case, shelf)

    def unnumbered(root: Any) -> None:
        for text, p in paragraphs(root):
            if "2025118" in text:
                set_text(p, text.replace("第2025118号", ""))
        set_text(paragraph(root, "移交办法"), MOVED_ON)

    returned = back(shelf, without_carriers(edited(data, unnumbered)))
    assert returned.case_key == case.key
    assert "请核对是不是这份卷宗" in returned.notes[0]
    changes = planned(returned).files[0].changes
    assert [c.after for c in changes if not c.apart] == [MOVED_ON]


def test_a_letter_of_nobody_is_refused(shelf: Path) -> None:
    case = kept()
    exported(case, shelf)
    path = shelf / "别处的函.txt"
    path.write_text((DATA / "twin-narrative.txt").read_text(encoding="utf-8"), encoding="utf-8")
    returned = returns.look(path, TODAY)
    assert "第2025204号" in returned.refusal
    assert "没有收回任何内容" in returned.refusal
    assert returned.home is None


def test_a_return_of_a_case_that_is_not_here_names_it(shelf: Path, tmp_path: Path) -> None:
    case = kept()
    data = exported(case, shelf)
    with library(tmp_path / "another"):
        returned = back(shelf, data)
    assert "第2025118号" in returned.refusal
    assert "文库里没有" in returned.refusal


def test_a_return_of_a_deleted_case_or_of_an_issued_one_waits(shelf: Path) -> None:
    case = kept()
    data = exported(case, shelf)
    delete_case(case.key, datetime(2025, 11, 21))
    for strip in (STRIPS["all"], without_carriers):
        assert "在回收站里" in back(shelf, strip(data)).refusal
    models.Letter.update(deleted_at=None).execute()
    issue_case(case.key, Issue(TODAY))
    assert "已定稿" in (refusal := back(shelf, data).refusal)
    assert "请先重新起草" in refusal
    reopen_case(case.key)
    assert not back(shelf, data).refusal


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "另存为 .docx"),
        (b"%PDF-1.7\n", "PDF"),
        (b"", "没有"),
    ],
    ids=["doc or wps", "pdf", "empty"],
)
def test_what_is_no_docx_says_what_to_do(shelf: Path, data: bytes, word: str) -> None:
    returned = back(shelf, data, "来稿.doc")
    assert word in returned.refusal
    assert "导入" not in returned.refusal
    assert "收回" in returned.refusal


def test_a_file_that_is_not_there_is_refused(shelf: Path) -> None:
    assert "没有这个文件" in returns.look(shelf / "没有.docx", TODAY).refusal


@pytest.mark.parametrize("mark", ["~$返回.docx", ".~lock.返回.docx#"])
def test_a_file_open_in_word_is_read_as_it_was_saved(shelf: Path, mark: str) -> None:
    data = exported(kept(), shelf)
    (shelf / mark).write_bytes(b"")
    returned = back(shelf, data)
    assert "打开着" in returned.notes[0]
    assert not returned.refusal
    assert returns.find_files([shelf / mark]) == []


def test_a_folder_gives_every_file_that_may_be_a_return(shelf: Path) -> None:
    names = ("一.docx", "二.doc", "三.pdf", "~$一.docx", "四.json", "五.wps")
    folder = shelf / "来稿"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"")
    found = {path.name for path in returns.find_files([folder])}
    assert found == {"一.docx", "二.doc", "三.pdf", "五.wps"}


def test_the_file_is_read_once_and_its_bytes_are_let_go(shelf: Path) -> None:
    path = shelf / "返回.docx"
    path.write_bytes(exported(kept(), shelf))
    who = returns.what(path)
    assert who.data
    path.write_bytes(b"%PDF")
    returned = returns.home(returns.base_of(who), TODAY)
    assert not returned.refusal
    assert not returned.data


# several files


def five_edits(case: Case, shelf: Path) -> list[Return]:
    """Five files of one letter, each with an edit of its own and a remark nobody else made."""
    data = exported(case, shelf)
    edits = [
        typed("移交办法", MOVED_ON),
        typed("已按三档", "已按四档核定经费，"),
        typed("全天开放", "全天开放一项不具备条件，暂缓实施。"),
        lambda root: paragraph(root, "移交办法").addnext(new_paragraph("已列入预算。")),
        typed("以上各项", "以上各项由我局牵头落实，年底前报告。"),
    ]
    return [back(shelf, edited(data, e), f"{n}.docx") for n, e in enumerate(edits)]


@pytest.fixture
def parted() -> Case:
    """The hard case with every paragraph a line of its own, so that each can be found."""
    case = hard_case()
    replies = tuple(
        replace(r, paragraphs=tuple(replace(p, runs_on=False) for p in r.paragraphs))
        for r in case.replies
    )
    case = replace(case, replies=replies)
    save_case(None, case)
    return case


def test_five_returns_come_in_in_any_order(shelf: Path, parted: Case) -> None:
    files = five_edits(parted, shelf)
    orders = random.Random(7).sample([*permutations(files)], 8)
    outcomes = [planned(*order).after for order in orders]
    assert all(after.replies == outcomes[0].replies for after in outcomes)
    merge = planned(*files)
    assert merge.taken == 5
    assert {MOVED_ON, "已列入预算。", "已按四档核定经费，"} <= set(said(merge.after))
    after = receiving.enter(merge, TODAY)
    assert find_case(parted.key) == after
    assert models.Returned.select().count() == 5


def test_the_second_file_is_compared_with_what_the_first_made(shelf: Path, parted: Case) -> None:
    data = exported(parted, shelf)
    one = back(shelf, edited(data, typed("移交办法", "移交办法作废。")), "甲.docx")
    two = back(shelf, edited(data, typed("移交办法", MOVED_ON)), "乙.docx")
    merge = planned(one, two, pick=without_conflicts)
    first, second = merge.files
    assert (first.conflicts, second.conflicts) == (0, 1)
    assert said(merge.after).count("移交办法作废。") == 1
    (change,) = second.changes
    assert change.before == "移交办法作废。"

    def keep_both(returned: Return, change: Text) -> MergeChange | None:
        assert isinstance(change, MergeChange)
        return both(change) if change.conflict else everything(returned, change)

    merge = planned(one, two, pick=keep_both)
    assert {"移交办法作废。", MOVED_ON} <= set(said(merge.after))
    left = planned(one, two, pick=receiving.nothing)
    assert left.after.replies == parted.replies
    assert [file.conflicts for file in left.files] == [0, 0]


def test_a_change_is_known_again_when_the_fold_is_made_anew(shelf: Path, parted: Case) -> None:
    files = five_edits(parted, shelf)
    keys = [change.key for file in planned(*files).files for change in file.changes]
    assert len(set(keys)) == 5
    for chosen in (set(keys[:2]), set(keys[3:])):

        def pick(_: Return, change: Text, chosen: set[str] = chosen) -> MergeChange | None:
            assert isinstance(change, MergeChange)
            return change if change.key in chosen else None

        merge = planned(*files, pick=pick)
        assert [c.key for file in merge.files for c in file.changes] == keys
        assert {c.key for file in merge.files for c in file.taken} == chosen


def test_files_of_several_cases_are_sorted(shelf: Path) -> None:
    first = kept()
    second = with_new_keys(replace(plain_case(), replies=plain_case().replies))
    proposal = replace(second.proposals[0], proposal_number="2025119")
    second = replace(second, proposals=(proposal,))
    save_case(None, second)
    one, two = (exported(case, shelf) for case in (first, second))
    files = [
        back(shelf, edited(one, typed("移交办法", MOVED_ON)), "一.docx"),
        back(shelf, edited(two, typed("明年继续", "明年一季度落实。")), "二.docx"),
        back(shelf, edited(one, typed("全天开放", "全天开放暂缓。")), "三.docx"),
        returns.look(shelf / "没有.docx", TODAY),
    ]
    merges = receiving.plan(files, TODAY, everything)
    assert [merge.ours for merge in merges] == [first, second]
    assert [len(merge.files) for merge in merges] == [2, 1]


# taking in


def test_taking_in_keeps_the_state_before_and_notes_the_file(shelf: Path) -> None:
    case = kept()
    data = exported(case, shelf)
    returned = back(shelf, edited(data, typed("移交办法", MOVED_ON)))
    ours = replace(case, replies=(*case.replies[:3], replace(case.replies[3], paragraphs=())))
    save_case(case, ours)
    merge = planned(returned)
    after = receiving.enter(merge, TODAY)
    assert after == merge.after == find_case(case.key)
    assert MOVED_ON in said(after)
    newest = revisions.list_revisions(case.key)[0]
    assert newest.reason is RevisionReason.MERGE
    assert revisions.case_at(newest.id) == ours
    row = models.Returned.get()
    assert (row.file_name, row.sha256) == ("返回.docx", returned.sha256)
    assert row.export == models.Export.get()


def test_the_same_file_twice_changes_nothing(shelf: Path) -> None:
    case = kept()
    data = edited(exported(case, shelf), typed("移交办法", MOVED_ON))
    merge = planned(back(shelf, data), back(shelf, data, "副本.docx"))
    assert [file.known for file in merge.files] == [False, True]
    assert "与“返回.docx”是同一份文件" in merge.files[1].notes[-1]
    after = receiving.enter(merge, TODAY)
    assert models.Returned.select().count() == 1
    again = back(shelf, data, "又一次.docx")
    assert again.taken_at == returns_journal.known(case.key, again.sha256)
    merge = planned(again)
    assert merge.files[0].known
    assert "已收回过" in merge.files[0].notes[-1]
    before = models.Revision.select().count()
    assert receiving.enter(merge, TODAY) == after
    assert (models.Returned.select().count(), models.Revision.select().count()) == (1, before)


def test_asked_again_it_is_compared_once_more(shelf: Path) -> None:
    case = kept()
    data = edited(exported(case, shelf), typed("移交办法", MOVED_ON))
    receiving.enter(planned(back(shelf, data), pick=receiving.nothing), TODAY)
    again = replace(back(shelf, data), taken_at=None)
    merge = planned(again)
    assert merge.taken == 1
    receiving.enter(merge, TODAY)
    (file,) = planned(replace(back(shelf, data), taken_at=None)).files
    assert file.changes == ()
    assert "本卷宗都已经有了" in file.notes[-1]


def remarked(data: bytes, text: str) -> bytes:
    """With a comment on the paragraph that begins with 移交办法, as Word writes it."""
    from docx import Document

    document = Document(io.BytesIO(data))
    p = next(p for p in document.paragraphs if p.text.startswith("移交办法"))
    document.add_comment(p.runs, text, author="王科长")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_remarks_come_in_once_whatever_is_picked(shelf: Path) -> None:
    case = kept()
    data = remarked(exported(case, shelf), "请写明文号。")
    merge = planned(back(shelf, data), pick=receiving.nothing)
    (note,) = merge.after.notes
    assert (note.text, note.author, note.place) == ("请写明文号。", "王科长", case.replies[0].key)
    receiving.enter(merge, TODAY)
    assert find_case(case.key).notes == (note,)
    assert planned(replace(back(shelf, data), taken_at=None)).after.notes == (note,)


def outside(data: bytes, text: str) -> bytes:
    """With a paragraph typed above the letter's head."""

    def edit(root: Any) -> None:
        next(p for words, p in paragraphs(root) if words).addprevious(new_paragraph(text))

    return edited(data, edit)


def test_a_text_without_a_place_is_kept_as_a_note_or_put_where_it_is_wanted(shelf: Path) -> None:
    case = kept()
    lost = "另：请把附件二也寄一份给我们。"
    data = outside(exported(case, shelf), lost)
    merge = planned(back(shelf, data))
    (text,) = merge.files[0].unplaced
    assert text == receiving.as_unplaced(text)
    (note,) = merge.after.notes
    assert lost in note.text
    assert case.replies == merge.after.replies

    def put(_: Return, text: Text) -> MergeChange | None:
        return placed(text, case.replies[2].key)

    merge = planned(back(shelf, data), pick=put)
    assert lost in [p.text for p in merge.after.replies[2].paragraphs]
    assert not merge.after.notes
    receiving.enter(planned(back(shelf, data)), TODAY)
    again = planned(replace(back(shelf, data), taken_at=None))
    assert again.after == find_case(case.key)


def test_what_was_edited_in_a_reply_that_is_gone_is_not_lost(shelf: Path) -> None:
    case = kept()
    data = edited(exported(case, shelf), typed("移交办法", MOVED_ON))
    ours = remove_reply(case, case.replies[0].key)
    save_case(case, ours)
    (file,) = planned(back(shelf, data)).files
    assert MOVED_ON in [receiving.as_unplaced(text).text for text in file.unplaced]
    assert any("已经没有的答复" in note for note in file.notes)
    after = receiving.enter(planned(back(shelf, data)), TODAY)
    assert any(MOVED_ON in note.text for note in after.notes)


def test_a_letter_rewritten_from_end_to_end_says_so_and_loses_nothing(shelf: Path) -> None:
    case = kept()
    told = [p.text for reply in case.replies for p in reply.paragraphs]

    def rewrite(root: Any) -> None:
        for number, (text, p) in enumerate(paragraphs(root)):
            if any(text.startswith(one[:8]) for one in told) or text.startswith("已按三档"):
                set_text(p, f"此处另拟，内容见第{number}页，" + "甲乙丙丁戊己庚辛"[number % 8] * 9)

    merge = planned(back(shelf, edited(exported(case, shelf), rewrite)))
    assert any("各段都重新写过" in note for note in merge.files[0].notes)
    receiving.enter(merge, TODAY)
    assert revisions.case_at(revisions.list_revisions(case.key)[0].id) == case


def test_two_hands_in_one_file_are_named(shelf: Path) -> None:
    from desktop.letter.ooxml import el

    case = kept()

    def edit(root: Any) -> None:
        for start, who in (("移交办法", "区财政局"), ("以上各项", "区城管局")):
            added = el("ins", *new_paragraph("另有补充。"), id=9, author=who)
            paragraph(root, start).append(added)

    (file,) = planned(back(shelf, edited(exported(case, shelf), edit))).files
    assert any("区财政局、区城管局的改动" in note for note in file.notes)


def test_what_was_planned_for_another_state_is_not_written(shelf: Path) -> None:
    case = kept()
    data = edited(exported(case, shelf), typed("移交办法", MOVED_ON))
    merge = planned(back(shelf, data))
    ours = replace(case, notes=(Note(new_key(), "", "随后写的。"),))
    save_case(case, ours)
    with pytest.raises(LibraryError, match="刚才又有改动"):
        receiving.enter(merge, TODAY)
    assert find_case(case.key) == ours
    merge = planned(back(shelf, data))
    issue_case(case.key, Issue(TODAY))
    with pytest.raises(LibraryError, match="已定稿"):
        receiving.enter(merge, TODAY)
    assert models.Returned.select().count() == 0


def test_where_the_disk_refuses_nothing_is_written(shelf: Path) -> None:
    case = kept()
    data = edited(exported(case, shelf), typed("移交办法", MOVED_ON))
    merge = planned(back(shelf, data))
    states = models.Revision.select().count()
    models.Returned._meta.database.execute_sql(
        "CREATE TRIGGER full BEFORE INSERT ON returned BEGIN SELECT RAISE(FAIL, 'full'); END"
    )
    with pytest.raises(LibraryError):
        receiving.enter(merge, TODAY)
    assert find_case(case.key) == case
    assert models.Revision.select().count() == states
