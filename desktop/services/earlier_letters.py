"""往年答复 for as long as a window stands: one connection to the search index, for any threads.

It is opened when it is first used. What goes wrong closes it, and throws a damaged index away; the
next use makes it anew.
"""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import TypeVar

from db.search import SearchIndex
from desktop.errors import LibraryError
from desktop.services import phrases, search, similar
from desktop.services.rows import Completion, ReplyFound
from desktop.services.search_index import News, search_index, take_in

T = TypeVar("T")
Known = tuple[str, dict[str, int]]


class EarlierLetters:
    """The earlier letters of the library in `folder`. Every method is for any thread, one of them
    at a time, and raises `LibraryError` where the index refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = Lock()
        self._open: tuple[ExitStack, SearchIndex] | None = None
        self._closed = False

    def known(self) -> Known:
        """What the index knows, as `search_index.news` takes it."""
        return self._use(_known)

    def take_in(self, what: News) -> None:
        """Bring the index so far."""
        self._use(lambda index: take_in(index, what))

    def search(
        self, words: str, wanted: search.Wanted, limit: int, without: str = ""
    ) -> list[ReplyFound]:
        """The best replies that hold the words, none of the case `without`."""
        return self._use(lambda index: search.search(index, words, wanted, limit, without))

    def similar(self, text: str, about: str, without: str) -> list[ReplyFound]:
        """The replies most like `text` of a letter `about` this, none of the case `without`."""
        return self._use(lambda index: similar.similar(index, text, about, without=without))

    def completions(self, before: str) -> list[Completion]:
        """What the words before the caret may become."""
        return self._use(lambda index: phrases.completions(index, before))

    def close(self) -> None:
        """Close the index for good, once nobody uses it any more."""
        with self._turn:
            self._closed = True
            opened, self._open = self._open, None
            if opened:
                opened[0].close()

    def _use(self, work: Callable[[SearchIndex], T]) -> T:
        with self._turn:
            if self._closed:
                raise LibraryError("窗口正在关闭，没有再查往年答复。")
            try:
                return work(self._index())
            except BaseException:
                opened, self._open = self._open, None
                if opened:
                    opened[0].__exit__(*sys.exc_info())  # it says what is wrong in its own words
                raise

    def _index(self) -> SearchIndex:
        if not self._open:
            stack = ExitStack()
            self._open = stack, stack.enter_context(search_index(self._folder))
        return self._open[1]


def _known(index: SearchIndex) -> Known:
    with index.reading():
        return index.known()
