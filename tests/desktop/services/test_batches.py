"""Many files at once, without a window: found, read, noticed twice, stored whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import models
from desktop.errors import InputError, LibraryError
from desktop.services import batches, cases
from desktop.services.batches import Batch
from desktop.services.library import library
from desktop.services.rows import Decision
from tests.batches import letter
from tests.conftest import TODAY


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    with library(tmp_path / "文库"):
        yield


def batch_of(folder: Path, *texts: str) -> Batch:
    """Files of these texts, read."""
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    made = Batch()
    for path, outcome in batches.read_some(batches.find_files([folder]), TODAY, 60):
        made.add(path, outcome)
    return made


def stored(batch: Batch) -> int:
    batch.begin()
    while batch.waiting:
        batch.store_some(0)
    return len(models.Letter.select())


def test_files_are_found_in_folders_under_folders(tmp_path: Path) -> None:
    folder = tmp_path / "来函"
    names = ("一.docx", "二/三.TXT", "二/四.json", "二/~$三.docx", "五.jpg", ".隐.txt", "七.DOC")
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text("x")
    alone = tmp_path / "六.jpg"  # what was chosen by name is tried
    found = batches.find_files([folder, alone, alone])
    assert [p.name for p in found] == ["一.docx", "七.DOC", "三.TXT", "四.json", "六.jpg"]


def test_what_cannot_be_read_is_said_and_does_not_vanish(tmp_path: Path) -> None:
    kinds = {"旧.doc": "旧格式", "扫描.pdf": "PDF", "旧.wps": "旧格式", "旧.rtf": "RTF"}
    old = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
    heads = {".pdf": b"%PDF-1.7\n", ".rtf": b"{\\rtf1 a}"}
    for name in kinds:
        (tmp_path / name).write_bytes(heads.get(Path(name).suffix, old))
    read = batches.read_some(batches.find_files([tmp_path]), TODAY, 60)
    assert len(read) == len(kinds)
    for path, outcome in read:
        assert kinds[path.name] in str(outcome)


def test_a_folder_of_everything_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST", 2)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("x")
    with pytest.raises(InputError, match="两万个以上"):
        batches.find_files([tmp_path])


def test_the_same_letter_twice_is_noticed(tmp_path: Path) -> None:
    """In the batch by its number or by its words; in the library; in the 回收站 too."""
    first = letter(1)
    unnumbered = first.replace("第1001号提案", "提案")
    batch = batch_of(
        tmp_path / "a", first, first.replace("感谢", "衷心感谢"), unnumbered, unnumbered
    )
    assert [row.same for row in batch.rows] == ["", "与“0.txt”是同一份", "", "与“2.txt”是同一份"]
    assert stored(batch) == 2
    again = batch_of(tmp_path / "b", first, letter(2))
    assert [row.same for row in again.rows] == ["文库中已有这一份", ""]
    assert [row.decision for row in again.rows] == [Decision.SKIP, Decision.STORE]
    assert stored(again) == 3


@pytest.mark.parametrize(
    ("decision", "count", "said"),
    [
        (Decision.SKIP, 1, "文库中已有这一份"),
        (Decision.REPLACE, 1, "已替换"),
        (Decision.AS_NEW, 2, "已另存一份"),
        (Decision.STORE, 1, "文库中已有这一份"),  # no choice there
    ],
)
def test_the_handler_decides(tmp_path: Path, decision: Decision, count: int, said: str) -> None:
    stored(batch_of(tmp_path / "a", letter(1)))
    batch = batch_of(tmp_path / "b", letter(1))
    batch.decide([0], decision)
    assert stored(batch) == count
    assert said in batch.rows[0].told


def test_what_is_issued_is_not_offered_to_be_replaced(tmp_path: Path) -> None:
    """Old letters come in as 定稿: the same folder once more can only stand beside them."""
    first, other = letter(1), letter(1).replace("感谢", "我局另作答复。感谢")
    batch = batch_of(tmp_path / "a", first)
    batch.as_issued = True
    assert stored(batch) == 1
    for number, text in enumerate((first, other)):
        (row,) = batch_of(tmp_path / f"b{number}", text).rows
        assert row.choices == (Decision.SKIP, Decision.AS_NEW)
    within = batch_of(tmp_path / "c", letter(2), letter(2))
    within.as_issued = True
    within.decide([1], Decision.REPLACE)  # the first is not in yet
    assert stored(within) == 2
    assert "已定稿，不能替换" in within.rows[1].ended
    assert within.to_store() == [], "nothing more that could come in as it stands"


def test_what_needs_a_look(tmp_path: Path) -> None:
    unknown = letter(1).replace("第1001号", "").replace("《关于增设公交站点的建议》", "提案")
    opposed = letter(2).replace("您提出的", "您提出的第77号建议")
    opinion = (
        "关于协办县政协第5号提案的意见\n县住建局：\n由贵局主办的提案，提出如下会办意见：\n已办。\n"
    )
    batch = batch_of(tmp_path / "a", unknown, opposed, opinion, "不是函件", letter(4))
    told = [row.told for row in batch.rows]
    assert "编号、案由未识别" in told[0]
    assert "标题里的编号是1002，开头里是77" in told[1]
    assert "是会办意见" in told[2]
    assert "没有认出答复函" in told[3]
    assert told[4] == ""
    assert batch.to_store() == [0, 1, 2, 4]


def test_what_the_handler_settled_is_what_comes_in(tmp_path: Path) -> None:
    batch = batch_of(tmp_path / "a", letter(1), letter(1))
    reading = cases.read_file(batch.rows[1].path, TODAY)
    batch.settle(1, reading)
    assert batch.rows[1].decision is Decision.SKIP  # twice is still twice
    other = cases.read_file(batch_of(tmp_path / "b", letter(9)).rows[0].path, TODAY)
    batch.settle(1, other)
    assert batch.rows[1].decision is Decision.STORE
    assert batch.rows[1].proposal_number == "1009"
    assert stored(batch) == 2


def test_a_group_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk refuses at the third file: none of its group is in, none is said to be."""
    batch = batch_of(tmp_path / "a", *map(letter, range(5)))
    batch.begin()
    batch.store_some(0)
    store, calls = cases.store, iter(range(9))

    def full(*given: object, **named: object) -> object:
        if next(calls) == 1:
            raise LibraryError("磁盘已满。")
        return store(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(cases, "store", full)
    with pytest.raises(LibraryError):
        batch.store_some(60)
    assert len(models.Letter.select()) == 1
    assert [bool(row.key) for row in batch.rows] == [True, False, False, False, False]
    assert batch.rows[2].ended == "磁盘已满。"
    assert not batch.waiting
    monkeypatch.undo()
    assert stored(batch) == 5


def test_a_mistake_of_ours_stops_one_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = batch_of(tmp_path / "a", *map(letter, range(4)))
    store, calls = cases.store, iter(range(9))

    def falls(*given: object, **named: object) -> object:
        if next(calls) == 1:
            raise KeyError
        return store(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(cases, "store", falls)
    batch.begin()
    with pytest.raises(KeyError):
        batch.store_some(60)
    assert batch.waiting == 3
    assert len(batch.store_some(60)) == 3
    assert "程序内部出错" in batch.rows[1].ended
    assert len(models.Letter.select()) == 3


def test_stopped_in_the_middle(tmp_path: Path) -> None:
    batch = batch_of(tmp_path / "a", *map(letter, range(4)))
    batch.begin()
    batch.store_some(0)
    batch.stop()
    assert len(models.Letter.select()) == 1
    assert [row.ended for row in batch.rows[1:]] == ["没有轮到它，没有导入"] * 3
    assert len(batch.to_store()) == 3


def test_what_came_meanwhile_can_still_be_replaced(tmp_path: Path) -> None:
    """Two windows of one import: the second finds the letter in, and offers what can be done."""
    late = batch_of(tmp_path / "b", letter(1))
    stored(batch_of(tmp_path / "a", letter(1)))
    assert stored(late) == 1
    assert "文库中已有，没有导入" in late.rows[0].told
    assert late.to_store() == []
    late.decide([0], Decision.REPLACE)
    assert stored(late) == 1
    assert late.rows[0].key
