"""来稿: a returned file is looked at, set against what left, and taken in."""

import io
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest

from db import models
from db.enums import Form, Outcome, RevisionReason
from desktop.errors import LibraryError
from desktop.letter.compose import field_text
from desktop.letter.keys import new_key
from desktop.letter.model import Case, Issue, Note, Paragraph
from desktop.services import exports, receiving, returns, returns_journal, revisions
from desktop.services.cases import find_case, issue_case, reopen_case, save_case, with_new_keys
from desktop.services.library import library
from desktop.services.merging.merge_change import ChangeKind, MergeChange
from desktop.services.merging.taking import both, placed
from desktop.services.receiving import Merge, Text, everything, without_conflicts
from desktop.services.replies import remove_reply
from desktop.services.returns import Return
from desktop.services.trash import delete_case
from tests.cases import FORMS, hard_case, plain_case
from tests.colleague import Colleague
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
from tests.packs import UNIT, asking_case, filled, pack_docx, pasted_behind

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
    after = receiving.enter(merge)
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


def test_what_one_file_wrote_over_another_ones_words_is_in_a_version(
    shelf: Path, parted: Case
) -> None:
    data = exported(parted, shelf)
    first, second = (
        back(shelf, edited(data, typed("移交办法", words)), f"{words}.docx")
        for words in ("移交办法作废。", "移交办法另定，由街道报区里备案。")
    )
    merge = planned(first, second)
    assert "移交办法作废。" not in said(receiving.enter(merge))
    states = [revisions.case_at(row.id) for row in revisions.list_revisions(parted.key)]
    assert "移交办法作废。" in said(states[0])
    assert states[1] == parted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(4))
def test_no_word_of_three_colleagues_and_ours_is_lost(shelf: Path, seed: int, form: Form) -> None:
    """All edit the same letter; everything is taken, one over the other where they differ."""
    number = count()
    case = plain_case(suggestions=3, form=form)
    replies = tuple(
        replace(
            reply,
            paragraphs=tuple(
                replace(p, text=f"{next(number)}号公园由街道办事处巡查，管护经费按面积核定。")
                for p in reply.paragraphs
            ),
        )
        for reply in case.replies
    )
    case = replace(case, replies=replies)
    save_case(None, case)
    data = exported(case, shelf)
    first = replies[0].paragraphs[0]
    mine = replace(first, text=f"经我们核实，{first.text}")
    reply = replace(replies[0], paragraphs=(mine, *replies[0].paragraphs[1:]))
    save_case(case, replace(case, replies=(reply, *replies[1:])))
    files, words = [], ["经我们核实"]
    for place, strip in enumerate(random.Random(seed).sample([*STRIPS.values()], 3)):
        colleague = Colleague(case, 10 * seed + place)
        files.append(back(shelf, strip(edited(data, colleague)), f"{place}.docx"))
        done = "\n".join(word for deed in colleague.done for word in deed.words)
        words += re.findall("经[^经\n]{5}科核定", done)
    after = receiving.enter(planned(*files))
    rows = revisions.list_revisions(case.key)
    there = [after, *(revisions.case_at(row.id) for row in rows)]
    told = "\n".join(text for one in there for text in (*said(one), *(n.text for n in one.notes)))
    assert len(words) > 3
    assert [word for word in words if word not in told] == []


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


# 会办


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("strip", STRIPS)
def test_the_answers_of_units_come_home_and_the_units_have_answered(
    shelf: Path, strip: str, form: Form
) -> None:
    case = asking_case(form)
    save_case(None, case)
    revisions.keep(case.key)
    outcome = Outcome.DONE if form is Form.RESULT_LIST else None
    said = (f"第{n}家的意见：同意，经费已列入预算。" for n in (1, 2))
    files = [
        back(
            shelf,
            STRIPS[strip](filled(pack_docx(case, number), {("3", outcome): (text,)})),
            f"{number}.docx",
        )
        for number, text in enumerate(said)
    ]
    assert [returned.refusal for returned in files] == ["", ""]
    assert files[0].author.startswith(UNIT)
    merge = planned(*files)
    assert [file.returned.home.assignment for file in merge.files if file.returned.home] == [
        a.key for a in case.assignments
    ]
    answered = {s.key: s.label for s in case.suggestions()}
    changed = [r for r, was in zip(merge.after.replies, case.replies, strict=True) if r != was]
    (reply,) = changed
    assert [answered[key] for key in reply.suggestions] == ["3"]
    assert [p.outcome for p in reply.paragraphs[-2:]] == [outcome, outcome]
    after = receiving.enter(merge)
    assert [a.returned_on for a in after.assignments] == [TODAY, TODAY]
    (later,) = receiving.plan(files, TODAY.replace(day=30), everything)
    assert receiving.enter(later) == after


@pytest.mark.parametrize("form", FORMS)
def test_units_that_say_the_same_are_both_heard(shelf: Path, form: Form) -> None:
    case = asking_case(form)
    save_case(None, case)
    revisions.keep(case.key)
    outcome = Outcome.DONE if form is Form.RESULT_LIST else None
    words = {("3", outcome): ("无意见。",)}
    files = [back(shelf, filled(pack_docx(case, n), words), f"{n}.docx") for n in (0, 1)]
    merge = planned(*files)
    assert [[(c.after, c.author) for c in file.changes] for file in merge.files] == [
        [("无意见。", unit.unit)] for unit in case.assignments
    ]
    texts = [p.text for reply in merge.after.replies for p in reply.paragraphs]
    assert texts.count("无意见。") == 2
    after = receiving.enter(merge)
    again = planned(back(shelf, filled(pack_docx(case), words) + b"\0", "again.docx"))
    assert (again.files[0].changes, again.after) == ((), after)


def test_an_empty_package_says_so(shelf: Path) -> None:
    case = asking_case()
    save_case(None, case)
    revisions.keep(case.key)
    merge = planned(back(shelf, pack_docx(case)))
    assert "都还没有填写" in " ".join(merge.files[0].notes)
    assert merge.after == receiving.enter(merge) == case  # who wrote nothing has not answered


def test_an_answer_goes_to_what_the_case_has_become_and_asks_nothing(shelf: Path) -> None:
    case = asking_case()
    save_case(None, case)
    revisions.keep(case.key)
    data = filled(pack_docx(case), {("1", None): ("同意。",)})
    reply = case.replies[0]
    ours = replace(case, replies=(replace(reply, paragraphs=()), *case.replies[1:]))
    save_case(case, ours)
    merge = planned(back(shelf, data))
    assert not any("又改过" in note for note in merge.files[0].notes)
    assert [p.text for p in merge.after.replies[0].paragraphs] == ["同意。"]


def test_two_units_in_one_package_are_named(shelf: Path) -> None:
    case = asking_case()
    save_case(None, case)
    revisions.keep(case.key)
    words = ("同意。", "区住房和建设局：我局另有补充。")
    (file,) = planned(back(shelf, filled(pack_docx(case), {("1", None): words}))).files
    assert any("区财政局、区住房和建设局的改动" in note for note in file.notes)


def test_a_unit_that_answers_anew_may_have_taken_something_back(shelf: Path) -> None:
    case = asking_case()
    save_case(None, case)
    revisions.keep(case.key)
    first, then = (
        back(shelf, filled(pack_docx(case), {("1", None): (text,)}), f"{text}.docx")
        for text in ("同意。", "不同意。")
    )
    together = planned(first, then)
    receiving.enter(planned(first))
    for merge in (together, planned(then)):
        notes = merge.files[-1].notes
        assert any("区财政局已经返回过意见" in note for note in notes)
        texts = [p.text for p in merge.after.replies[0].paragraphs]
        assert texts[-2:] == ["同意。", "不同意。"]
    assert not any("已经返回过" in note for note in together.files[0].notes)
    assert not any("已经返回过意见" in note for note in planned(first).files[0].notes)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("strip", STRIPS)
def test_two_packages_in_one_file_come_home_each_with_its_unit(
    shelf: Path, strip: str, form: Form
) -> None:
    case = asking_case(form)
    save_case(None, case)
    revisions.keep(case.key)
    outcome = Outcome.DONE if form is Form.RESULT_LIST else None
    one = filled(pack_docx(case), {("1", outcome): ("同意。", "无意见。")})
    other = filled(pack_docx(case, 1), {("1", outcome): ("无意见。",), ("4", outcome): ("支持。",)})
    merge = planned(back(shelf, STRIPS[strip](pasted_behind(one, other))))
    (file,) = merge.files
    units = [a.unit for a in case.assignments]
    said = [(c.after, c.author) for c in file.changes]
    assert sorted(said) == sorted(
        [("同意。", units[0]), ("无意见。", units[0]), ("无意见。", units[1]), ("支持。", units[1])]
    )
    assert file.unplaced == ()
    assert any(f"还有{units[1]}的会办包" in note for note in file.notes)
    assert [p.text for p in merge.after.replies[0].paragraphs[4:]] == [
        "同意。",
        "无意见。",
        "无意见。",
    ]


OPINION = """区财政局
关于第2025118号提案的会办意见
某某市某某区城市更新局：
你局转来的提案收悉。经研究，提出会办意见如下：
一、关于第1条建议的内容。
管护资金由区财政按面积核拨，另行行文。
区财政局
2025年10月9日
"""


def test_a_letter_to_the_same_number_is_taken_only_where_it_is_an_opinion(shelf: Path) -> None:
    case = asking_case()
    save_case(None, case)
    exported(case, shelf)
    returned = back(shelf, OPINION.encode(), "区财政局意见.txt")
    assert not returned.refusal
    assert returned.base
    assert returned.base.strange
    after = planned(returned).after
    words = "管护资金由区财政按面积核拨，另行行文。"
    assert words in [*said(after), *(note.text.removeprefix("未归位：") for note in after.notes)]
    letter = (DATA / "twin-narrative.txt").read_text(encoding="utf-8")
    other = back(shelf, letter.replace("2025204", "2025118").encode(), "别的函.txt")
    assert "文库里没有" in other.refusal


def test_somebody_elses_package_is_to_be_imported(shelf: Path, tmp_path: Path) -> None:
    data = pack_docx(asking_case())
    with library(tmp_path / "another"):
        assert "请用“导入”" in back(shelf, data).refusal


# taking in


def test_taking_in_keeps_the_state_before_and_notes_the_file(shelf: Path) -> None:
    case = kept()
    data = exported(case, shelf)
    returned = back(shelf, edited(data, typed("移交办法", MOVED_ON)))
    ours = replace(case, replies=(*case.replies[:3], replace(case.replies[3], paragraphs=())))
    save_case(case, ours)
    merge = planned(returned)
    after = receiving.enter(merge)
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
    after = receiving.enter(merge)
    assert models.Returned.select().count() == 1
    again = back(shelf, data, "又一次.docx")
    assert again.taken_at == returns_journal.known(case.key, again.sha256)
    merge = planned(again)
    assert merge.files[0].known
    assert "已收回过" in merge.files[0].notes[-1]
    before = models.Revision.select().count()
    assert receiving.enter(merge) == after
    assert (models.Returned.select().count(), models.Revision.select().count()) == (1, before)


def test_asked_again_it_is_compared_once_more(shelf: Path) -> None:
    case = kept()
    data = edited(exported(case, shelf), typed("移交办法", MOVED_ON))
    receiving.enter(planned(back(shelf, data), pick=receiving.nothing))
    again = replace(back(shelf, data), taken_at=None)
    merge = planned(again)
    assert merge.taken == 1
    receiving.enter(merge)
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
    receiving.enter(merge)
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
    receiving.enter(planned(back(shelf, data)))
    again = planned(replace(back(shelf, data), taken_at=None))
    assert again.after == find_case(case.key)


@pytest.mark.parametrize("strip", STRIPS)
def test_a_field_of_one_line_cut_in_two_is_no_reason_to_refuse(shelf: Path, strip: str) -> None:
    case = kept()

    def cut(root: Any) -> None:
        p = paragraph(root, "尊敬的")
        words = "".join(t.text or "" for t in p.iter("{*}t"))
        set_text(p, words[:9])
        p.addnext(new_paragraph(words[9:]))

    merge = planned(back(shelf, STRIPS[strip](edited(exported(case, shelf), cut))))
    assert not merge.files[0].unplaced
    assert all(change.apart for change in merge.files[0].changes)
    assert head(merge.after) == head(case)


def head(case: Case) -> str:
    """称谓 and opening, without line ends."""
    return "".join(field_text(case, n, TODAY) for n in ("salutation", "opening")).replace("\n", "")


def test_what_was_edited_in_a_reply_that_is_gone_is_not_lost(shelf: Path) -> None:
    case = kept()
    data = edited(exported(case, shelf), typed("移交办法", MOVED_ON))
    ours = remove_reply(case, case.replies[0].key)
    save_case(case, ours)
    (file,) = planned(back(shelf, data)).files
    assert MOVED_ON in [receiving.as_unplaced(text).text for text in file.unplaced]
    assert any("已经没有的答复" in note for note in file.notes)
    after = receiving.enter(planned(back(shelf, data)))
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
    receiving.enter(merge)
    assert revisions.case_at(revisions.list_revisions(case.key)[0].id) == case


def test_one_page_of_a_letter_does_not_take_out_the_others(shelf: Path) -> None:
    case = kept()
    (first, *_), *_ = (reply.paragraphs for reply in case.replies)

    def cut_off(root: Any) -> None:
        kept_ones = [p for text, p in paragraphs(root) if text.endswith(first.text)]
        for block in [*root[0]][:-1]:
            if block not in kept_ones[:1]:
                root[0].remove(block)
        set_text(kept_ones[0], first.text + "这一段可以。")

    sent_back = back(shelf, edited(exported(case, shelf), cut_off))
    (file,) = planned(sent_back, pick=receiving.without_conflicts).files
    assert any("只有原稿的一部分" in note for note in file.notes)
    assert not any("各段都重新写过" in note for note in file.notes)
    assert any(change.kind is ChangeKind.REMOVED for change in file.changes)
    assert not any(change.kind is ChangeKind.REMOVED for change in file.taken)


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
        receiving.enter(merge)
    assert find_case(case.key) == ours
    merge = planned(back(shelf, data))
    issue_case(case.key, Issue(TODAY))
    with pytest.raises(LibraryError, match="已定稿"):
        receiving.enter(merge)
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
        receiving.enter(merge)
    assert find_case(case.key) == case
    assert models.Revision.select().count() == states
