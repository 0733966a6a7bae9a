"""A page of which some lines changed is painted there only, and looks as if painted anew."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.letter.model import Case
from desktop.paper.draw import PAGE_WIDTH, Page
from desktop.paper.fonts import load_fonts
from desktop.paper.typesetter import Typesetter
from desktop.services import letters
from desktop.views import preview_pictures
from desktop.views.preview_pictures import Pictures, changed
from desktop.views.preview_spread import Fit, Room, Spread, fitting, stepped
from tests.cases import FORMS, plain_case

SIZE = (431, 609)
SCALE = SIZE[0] / PAGE_WIDTH

pytestmark = pytest.mark.usefixtures("qapp")


def with_text(case: Case, text: str) -> Case:
    """`case` with this as its first answer."""
    first, *rest = case.replies
    paragraph, *others = first.paragraphs
    first = replace(first, paragraphs=(replace(paragraph, text=text), *others))
    return replace(case, replies=(first, *rest))


def typesetter() -> Typesetter:
    return Typesetter(load_fonts().tables)


def pages_of(setter: Typesetter, case: Case) -> tuple[Page, ...]:
    sheet = letters.sheet_of(case, date(2025, 11, 21))
    return setter.pages(sheet, letters.layout_of(case))


@pytest.mark.parametrize("form", FORMS)
def test_what_is_typed_is_painted_into_the_picture(form: str) -> None:
    setter, pictures = typesetter(), Pictures(load_fonts())
    case = plain_case(suggestions=5, form=form)
    bands = []
    before: tuple[Page, ...] = ()
    for length in (20, 21, 22, 30, 31, 60, 61, 5, 4):
        pages = pages_of(setter, with_text(case, ("鑫" + "按面积核定，" * 20)[:length]))
        for page in pages:
            ours = pictures.of(page, *SIZE, SCALE)
            fresh = Pictures(load_fonts()).of(page, *SIZE, SCALE)
            assert ours == fresh, (length, page.number)
        bands += [changed(a, b) for a, b in zip(before, pages, strict=False) if a is not b]
        before = pages
    assert any(bands), "nothing was ever patched"


def test_an_unchanged_page_is_not_painted_again_and_memory_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = pages_of(typesetter(), plain_case(suggestions=30))
    assert len(pages) > 4
    pictures = Pictures(load_fonts())
    for _ in range(2):
        for page in pages:
            pictures.of(page, *SIZE, SCALE)
    assert pictures.made == len(pages)
    monkeypatch.setattr(preview_pictures, "KEPT", 2 * SIZE[0] * SIZE[1] * 4 + 10_000)
    pictures.forget()
    for page in pages:
        pictures.of(page, *SIZE, SCALE)
    assert len(pictures._kept) == 2


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_pages_stand_on_whole_device_pixels_side_by_side(ratio: float) -> None:
    room = Room(round(900 * ratio), round(700 * ratio), ratio)
    zoom = fitting(Fit.TWO, 100, room)
    spread = Spread(5, 2, zoom, room)
    boxes = [spread.box(number) for number in range(1, 6)]
    assert spread.width <= room.width
    assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)
    assert {box.size().toTuple() for box in boxes} == {(spread.page_width, spread.page_height)}
    for number, box in enumerate(boxes, 1):
        assert spread.nearest(box.center())[0] == number
        assert number in spread.seen(box.top(), box.top() + 1)
    assert list(spread.seen(0, spread.height)) == [1, 2, 3, 4, 5]


def test_steps_of_zoom_stay_within_their_limits() -> None:
    assert [stepped(100, step) for step in (1, -1)] == [110, 90]
    assert [stepped(49.3, step) for step in (1, -1)] == [67, 33]  # 50 looks the same
    assert (stepped(400, 1), stepped(25, -1)) == (400, 25)
