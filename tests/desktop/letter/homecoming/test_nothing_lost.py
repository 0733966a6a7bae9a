"""Whatever is done to a page, its words come home: in the case, or named as standing outside."""

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from desktop.letter.carriers import find
from desktop.letter.case_file import check
from desktop.letter.homecoming.home import bring_home, read_home
from desktop.letter.homecoming.returned import Homecoming
from desktop.letter.model import Case
from desktop.letter.ooxml import w
from desktop.letter.pages.page import Page, read_docx
from desktop.letter.writer import letter_docx
from tests.cases import FORMS, WORDINGS, hard_case
from tests.conftest import TODAY
from tests.desktop.letter.homecoming.test_returns import half_the_bookmarks, lost, without_carriers
from tests.docx_edits import (
    edited,
    new_paragraph,
    paragraphs,
    set_text,
    without_bookmarks,
    without_custom_xml,
)

Strip = Callable[[bytes], bytes]
DEEDS = 12


def mangled(root: Any, seed: int) -> None:
    """Paragraphs of all kinds added, moved, copied, rewritten, dropped, joined; bookmarks torn."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, DEEDS)):
        living = [p for _, p in paragraphs(root) if p.getparent() is not None]
        one, other = chance.choice(living), chance.choice(living)
        deed = chance.randrange(7)
        if deed == 0:
            one.addnext(new_paragraph(f"新{chance.randint(0, 9999)}句，随手写的。"))
        elif deed == 1 and one is not other:
            other.addnext(one)
        elif deed == 2:
            other.addnext(copy.deepcopy(one))
        elif deed == 3 and list(one.iter(w("r"))):
            set_text(one, f"改写{chance.randint(0, 9999)}为别的话。")
        elif deed == 4:
            one.getparent().remove(one)
        elif deed == 5 and one is not other:
            one.extend(child for child in list(other) if child.tag != w("pPr"))
        else:
            torn = chance.choice(["bookmarkStart", "bookmarkEnd"])
            for mark in list(one.iter(w(torn))):
                mark.getparent().remove(mark)


def pages(strip: Strip) -> Iterator[tuple[Case, Page]]:
    for seed in range(60):
        case = hard_case(form=FORMS[seed % 2], wording=WORDINGS[seed // 2 % 2])
        data = edited(letter_docx(case, TODAY), partial(mangled, seed=seed))
        yield case, read_docx(strip(data))


def bare_and_masked(data: bytes) -> bytes:
    return without_bookmarks(without_custom_xml(data))


@pytest.mark.parametrize("strip", [bytes, half_the_bookmarks, without_carriers])
def test_no_word_of_a_return_is_lost(strip: Strip) -> None:
    for case, page in pages(strip):
        home = bring_home(page, case, None, TODAY)
        assert not [*lost(page, home, case)]
        check(home.case)


@pytest.mark.parametrize("strip", [bytes, without_custom_xml, without_bookmarks, bare_and_masked])
def test_no_word_of_an_import_is_lost(strip: Strip) -> None:
    """By lengths alone a line may be taken for another; its words stay whole."""
    for case, page in pages(strip):
        assert page.package
        carried = find(page.package)
        assert carried
        home = read_home(page, carried, TODAY)
        assert not [*lost(page, home, case)]
        assert not home.unplaced
        check(home.case)


def test_the_check_would_see_a_lost_word() -> None:
    case = hard_case()
    page = read_docx(letter_docx(case, TODAY))
    assert not [*lost(page, Homecoming(case), case)]
    *kept, gone = case.replies[0].paragraphs
    first = replace(case.replies[0], paragraphs=tuple(kept))
    less = replace(case, replies=(first, *case.replies[1:]))
    assert [*lost(page, Homecoming(less), case)] == [gone.text.rstrip("。")]
