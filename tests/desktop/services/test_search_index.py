"""The search index keeps in step with the library, whatever happens to either."""

import shutil
import sqlite3
import stat
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from db import models
from db.search import FILE_NAME, SearchIndex
from desktop.errors import LibraryError
from desktop.letter.model import Case, Paragraph
from desktop.letter.reader import Reading
from desktop.services.backups import daily_backup
from desktop.services.cases import find_case, issue_case, save_case, store, with_new_keys
from desktop.services.library import FILE_NAME as LIBRARY
from desktop.services.library import library
from desktop.services.restoring import restore
from desktop.services.revisions import keep, list_revisions
from desktop.services.revisions import restore as bring_back_state
from desktop.services.search import search
from desktop.services.search_index import entry, further, news, search_index, sync, take_in
from desktop.services.trash import bring_back, delete_case, purge_case
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.kills import kill_at_every_step, needs_kill
from tests.prose import Prose

NOW = datetime(2090, 3, 1)
WORD = "甪直镇"


def saying(case: Case, text: str) -> Case:
    """`case` with another first paragraph."""
    reply = case.replies[0]
    paragraphs = (replace(reply.paragraphs[0], text=text), *reply.paragraphs[1:])
    return replace(case, replies=(replace(reply, paragraphs=paragraphs), *case.replies[1:]))


CASE = saying(plain_case(), f"已在{WORD}试点。")


def found(index: SearchIndex, word: str = WORD) -> list[str]:
    sync(index)
    return [row.case for row in search(index, word)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def index(folder: Path) -> Iterator[SearchIndex]:
    """The index of an open library that holds `CASE` and another."""
    with library(folder), search_index(folder) as index:
        save_case(None, with_new_keys(plain_case()))
        save_case(None, CASE)
        assert found(index) == [CASE.key]
        yield index


def as_if_made_anew(index: SearchIndex, folder: Path) -> bool:
    """Whether it says what an index says that is made from nothing."""
    sync(index)
    (folder / "anew").mkdir(exist_ok=True)
    with search_index(folder / "anew") as anew:
        sync(anew)
        contents = [sorted(map(str, dump(which))) for which in (index, anew)]
    shutil.rmtree(folder / "anew")
    return contents[0] == contents[1]


def dump(index: SearchIndex) -> Iterator[object]:
    """Everything that can be asked of an index, numbers aside."""
    with index.reading():
        cards = index.cards(index.newest(9999))
        letters = index.letters(cards)
        yield from ((letters[number], card) for number, card in cards.items())
        library, known = index.known()
        yield library, sorted(known.items())
        yield index.phrases("", 9999), index.policies("", 9999)
        for word in (WORD, "管护", "经费", "旧", "落实"):
            yield word, sorted(cards[row >> 1].reply for row in index.sides(f'"{word[:2]}"'))
        yield from index._connection.execute("SELECT id, count FROM sentence").fetchall()


def test_deeds_are_followed(index: SearchIndex, folder: Path) -> None:
    typed = saying(CASE, "改成别的话了。")
    save_case(CASE, typed)
    assert found(index) == []
    assert found(index, "别的话") == [CASE.key]
    save_case(typed, CASE)
    assert found(index) == [CASE.key]
    delete_case(CASE.key, NOW)
    assert found(index) == []
    bring_back(CASE.key)
    assert found(index) == [CASE.key]
    store(Reading(saying(CASE, "替换进来的。")), replace_existing=True)
    assert found(index) == []
    assert found(index, "替换进来") == [CASE.key]
    bring_back_state(list_revisions(CASE.key)[-1].id)
    assert found(index) == [CASE.key]
    store(Reading(CASE), as_new=True)
    assert len(found(index)) == 2
    delete_case(CASE.key, NOW)
    purge_case(CASE.key)
    assert len(found(index)) == 1
    assert as_if_made_anew(index, folder)


def test_nothing_is_read_twice(index: SearchIndex) -> None:
    assert sync(index) == 0
    keep(CASE.key, "初稿")  # no word has changed
    assert sync(index) == 0
    save_case(CASE, saying(CASE, "一句。"))
    assert sync(index) == 1


def test_what_is_issued_says_so(index: SearchIndex) -> None:
    from desktop.letter.model import Issue

    issue_case(CASE.key, Issue(TODAY, "张某"))
    sync(index)
    (row,) = search(index, WORD)
    assert row.issued
    assert row.day == TODAY


def test_the_library_is_read_a_little_at_a_time(folder: Path) -> None:
    """As a window does: what comes or goes between two steps is not missed."""
    with library(folder), search_index(folder) as index:
        for case in Prose(1).cases(7):
            save_case(None, case)
        steps, what = 0, news(("", {}), 0)
        while not what.empty:
            take_in(index, what)
            assert len(what.came) == (steps != 2)
            if steps == 1:
                save_case(None, CASE)
                delete_case(what.left[0], NOW)
            if what.left:
                what = further(what, 0)
            else:
                with index.reading():
                    what = news(index.known(), 0)
            steps += 1
        assert steps == 8
        assert as_if_made_anew(index, folder)


def test_letters_that_come_and_go_leave_nothing_behind(folder: Path) -> None:
    with library(folder), search_index(folder) as index:
        cases = list(Prose(5).cases(20))
        for case in cases:
            save_case(None, case)
        sync(index)
        for case in cases[::2]:
            delete_case(case.key, NOW)
            save_case(None, saying(with_new_keys(case), "新的一句。"))
        for case in cases[1::2]:
            save_case(case, saying(case, "换了一句。"))
        assert as_if_made_anew(index, folder)
        for (key,) in models.Letter.select(models.Letter.key).tuples():
            if models.Letter.get(key=key).deleted_at is None:
                delete_case(key, NOW)
        sync(index)
        with index.reading():
            assert index.size() == 0
            assert index.phrases("", 9) == index.policies("", 9) == []
            for word in ("新的", "换了", "的", "20", "我局"):
                assert index.sides(f'"{word}"*') == []


def test_a_restored_library_is_read_anew(folder: Path) -> None:
    with library(folder), search_index(folder) as index:
        save_case(None, CASE)
        save_case(CASE, saying(CASE, "备份里的话。"))
        backup = daily_backup(TODAY).path
        now = find_case(CASE.key)
        save_case(now, saying(now, "备份以后的话。"))
        assert found(index, "备份以后") == [CASE.key]
    assert backup
    restore(folder, backup)
    assert not (folder / FILE_NAME).exists()
    with library(folder), search_index(folder) as index:
        now = find_case(CASE.key)
        save_case(now, saying(now, "又一句话。"))  # the same commit as the one that was lost
        assert found(index, "备份以后") == []
        assert found(index, "又一句") == [CASE.key]


@pytest.mark.parametrize("asked", [True, False])
def test_a_library_that_fell_behind_is_read_anew(folder: Path, asked: bool) -> None:
    """Taken as it is by the handler, or put there with its note."""
    path = folder / LIBRARY
    with library(folder):
        save_case(None, CASE)
    names = [path.name, *([] if asked else [f"{path.name}-count"])]
    for name in names:
        shutil.copyfile(folder / name, folder / f"{name}.old")
    with library(folder), search_index(folder) as index:
        for n in range(3):
            now = find_case(CASE.key)
            save_case(now, saying(now, f"丢了的话{n}。"))
        assert found(index, "丢了的话") == [CASE.key]
    for name in names:
        shutil.copyfile(folder / f"{name}.old", folder / name)
    with library(folder, behind=asked), search_index(folder) as index:
        now = find_case(CASE.key)
        save_case(now, saying(now, f"另外的话，{WORD}。"))
        assert found(index, "丢了的话") == []
        assert found(index) == [CASE.key]


def test_another_library_in_its_place_is_read_anew(index: SearchIndex) -> None:
    with index.writing():
        index.begin("another library")
        index.take(*entry(saying(CASE, "别处的话。"), 1))
    assert found(index, "别处") == []
    assert found(index) == [CASE.key]


@pytest.mark.parametrize("garbage", [b"", b"garbage" * 999, b"SQLite format 3\0" + b"\xff" * 5000])
def test_garbage_is_thrown_away(folder: Path, garbage: bytes) -> None:
    with library(folder):
        save_case(None, CASE)
        (folder / FILE_NAME).write_bytes(garbage)
        (folder / f"{FILE_NAME}-wal").write_bytes(garbage)
        with search_index(folder) as index:
            assert found(index) == [CASE.key]


@pytest.mark.parametrize("change", ["PRAGMA user_version=99", "PRAGMA application_id=7"])
def test_an_index_of_another_version_is_thrown_away(folder: Path, change: str) -> None:
    with library(folder):
        save_case(None, CASE)
        with search_index(folder) as index:
            sync(index)
        other = sqlite3.connect(folder / FILE_NAME)
        other.execute(change)
        other.close()
        with search_index(folder) as index, index.reading():
            assert index.known() == ("", {})


def test_damage_met_on_the_way_is_a_sentence_and_heals(folder: Path) -> None:
    with library(folder):
        for case in (CASE, *Prose(2).cases(60)):
            save_case(None, case)
        with search_index(folder) as index:
            sync(index)
        path = folder / FILE_NAME
        data = bytearray(path.read_bytes())
        data[4096:] = b"\xa5" * (len(data) - 4096)
        path.write_bytes(data)
        with pytest.raises(LibraryError, match="重新建立"), search_index(folder) as index:
            search(index, WORD)
        with search_index(folder) as index:
            assert found(index) == [CASE.key]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.usefixtures("index")
def test_nobody_else_may_read_it(folder: Path) -> None:
    files = list(folder.glob(f"{FILE_NAME}*"))
    assert len(files) == 3
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_refuses_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(LibraryError, match="没有影响文库"), search_index(tmp_path):
        pass


@needs_kill
def test_a_crash_between_library_and_index_is_caught_up(folder: Path) -> None:
    """Killed before each letter and each row of terms that is written: nothing half is there."""
    cases = list(Prose(9).cases(3))

    def bring_in() -> None:
        with library(folder), search_index(folder) as index:
            for case in cases:
                save_case(None, with_new_keys(case))
                sync(index)

    def check(_: int) -> None:
        with library(folder), search_index(folder) as index:
            assert as_if_made_anew(index, folder)
            assert index.size() == models.Reply.select().count()
        shutil.rmtree(folder)

    assert kill_at_every_step(bring_in, check, [(SearchIndex, "take"), (SearchIndex, "_words")]) > 5


def test_threads_take_turns(index: SearchIndex) -> None:
    """One brings letters in while others search: each sees whole letters only."""
    entries = [entry(saying(with_new_keys(CASE), "甲乙丙。"), 1) for _ in range(150)]
    problems: list[object] = []
    done = threading.Event()

    def look() -> None:
        before = 0
        while not done.is_set():
            try:
                rows = search(index, "甲乙丙", limit=999)
            except Exception as error:
                problems.append(error)
                return
            if len(rows) < before or any(row.said[0].spans != ((0, 3),) for row in rows):
                problems.append(rows)
            before = len(rows)

    searchers = [threading.Thread(target=look) for _ in range(2)]
    for thread in searchers:
        thread.start()
    for letter, cards in entries:
        with index.writing():
            index.take(letter, cards)
    done.set()
    for thread in searchers:
        thread.join()
    assert not problems
    assert len(search(index, "甲乙丙", limit=999)) == 150


def test_a_window_and_its_background_have_connections_of_their_own(
    index: SearchIndex, folder: Path
) -> None:
    with search_index(folder) as other:
        assert [row.case for row in search(other, WORD)] == [CASE.key]
        with other.reading():  # a search under way does not stop the index from going on
            assert other.size() == 6
            case = with_new_keys(CASE)
            save_case(None, case)
            sync(index)
            assert other.size() == 6
        assert {row.case for row in search(other, WORD)} == {CASE.key, case.key}


def test_blank_parts_are_no_passages(index: SearchIndex) -> None:
    case = with_new_keys(plain_case(suggestions=1, general=""))
    reply = replace(case.replies[0], paragraphs=(Paragraph("blank", "　 "),))
    save_case(None, replace(case, replies=(reply,)))
    sync(index)
    (row,) = [row for row in search(index, "第1条建议") if row.case == case.key]
    assert row.said == ()
