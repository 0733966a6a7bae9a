"""One search index open for a window: for all threads, mended when it breaks, closed for good."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db.search import FILE_NAME
from desktop.errors import LibraryError
from desktop.services.cases import save_case
from desktop.services.earlier_letters import EarlierLetters
from desktop.services.library import library
from desktop.services.search import EVERYTHING
from desktop.services.search_index import news
from tests.prose import Prose


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[EarlierLetters]:
    with library(tmp_path):
        for case in Prose(3).cases(4):
            save_case(None, case)
        made = EarlierLetters(tmp_path)
        yield made
        made.close()


def fill(letters: EarlierLetters) -> None:
    while not (what := news(letters.known())).empty:
        letters.take_in(what)


def test_it_answers_in_any_thread_while_it_is_written(letters: EarlierLetters) -> None:
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(letters.search, "区", EVERYTHING, 5) for _ in range(20)]
        fill(letters)
        assert all(len(one.result()) <= 5 for one in asked)
    assert letters.search("区", EVERYTHING, 5)
    assert letters.similar("加强夜间照明，增设座椅。", "", "") is not None
    assert letters.completions("") == []


def test_a_broken_index_is_thrown_away_and_made_anew(
    letters: EarlierLetters, tmp_path: Path
) -> None:
    fill(letters)
    before = letters.search("区", EVERYTHING, 5)
    letters.close()
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    anew = EarlierLetters(tmp_path)
    with pytest.raises(LibraryError, match="已经丢弃"):
        anew.search("区", EVERYTHING, 5)
    fill(anew)
    assert anew.search("区", EVERYTHING, 5) == before
    anew.close()


def test_what_is_asked_after_the_end_opens_nothing(letters: EarlierLetters, tmp_path: Path) -> None:
    letters.close()
    with pytest.raises(LibraryError):
        letters.known()
    assert not (tmp_path / FILE_NAME).exists()
