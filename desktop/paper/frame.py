"""What stands around the 版心: mark, 类别 and rules of the 信函格式 (GB/T 9704 10.1), page numbers
(7.5), and the 版心 they leave. letter/frame.py says the same in Word's terms."""

from collections.abc import Callable, Iterator

from desktop.letter.blocks import Sheet
from desktop.letter.layout import (
    CATEGORY_LINE,
    LOWER_RULE_FROM_BOTTOM,
    MARK_TOP,
    PAGE_NUMBER_GAP,
    RULE_GAP,
    RULE_WIDTH,
    Layout,
    Pt,
    Twips,
    mark_size,
    mm_twips,
    pt_twips,
)
from desktop.paper.draw import PAGE_HEIGHT, PAGE_WIDTH, Placed, Rule, SetLine
from desktop.paper.flow import Area
from desktop.paper.setting import ParagraphStyle
from desktop.paper.styles import mark_style, number_style

THICK: Pt = 3.0  # of a double rule, the gap and the thin one beside it
GAP: Pt = 0.75
THIN: Pt = 0.75

SetWords = Callable[[str, ParagraphStyle, Pt], SetLine]  # words on a line of a column so wide


def points(twips: Twips) -> Pt:
    """Twips in points."""
    return twips / 20


def text_width(layout: Layout) -> Pt:
    """Width of the 版心."""
    return points(mm_twips(layout.text_width))


def left_edge(layout: Layout) -> Pt:
    """The 版心's left edge."""
    return points(mm_twips(layout.left_mm))


def bottom_edge(layout: Layout) -> Pt:
    """The 版心's lower edge, where the 抄送 stands."""
    return PAGE_HEIGHT - points(mm_twips(layout.bottom_mm))


def areas(sheet: Sheet, layout: Layout) -> Iterator[Area]:
    """The room for lines on page 1, 2, …: whole lines of the grid, in the middle of what margins
    and head leave, as LibreOffice centres them."""
    top = mm_twips(layout.top_mm)
    if sheet.framed:
        head = pt_twips(_upper_rule(sheet) + THICK + GAP + THIN)
        yield _area(max(top, head), layout)
    else:
        yield _area(top, layout)
    other = _area(top, layout)
    while True:
        yield other


def _area(top: Twips, layout: Layout) -> Area:
    height = pt_twips(PAGE_HEIGHT) - mm_twips(layout.bottom_mm) - top
    pitch = pt_twips(layout.body_line_pt)
    lines = height // pitch
    above = (height - lines * pitch) // 2
    return Area(points(top + above), points(top + above + lines * pitch))


def _upper_rule(sheet: Sheet) -> Pt:
    """The upper edge of the upper rule."""
    return points(MARK_TOP) + mark_size(sheet.mark) + RULE_GAP


def rules(sheet: Sheet) -> tuple[Rule, ...]:
    """The double rules of page 1, thick over thin above and thin over thick below."""
    if not sheet.red:
        return ()
    width = points(mm_twips(RULE_WIDTH))
    x0 = (PAGE_WIDTH - width) / 2
    upper = _upper_rule(sheet)
    lower = PAGE_HEIGHT - points(mm_twips(LOWER_RULE_FROM_BOTTOM))
    places = (
        (upper + THICK / 2, THICK),
        (upper + THICK + GAP + THIN / 2, THIN),
        (lower - THICK - GAP - THIN / 2, THIN),
        (lower - THICK / 2, THICK),
    )
    return tuple(Rule(x0, y, x0 + width, y, thickness, red=True) for y, thickness in places)


def mark(sheet: Sheet, set_words: SetWords) -> Placed:
    """The 发文机关标志, centred on the page as the rules are; a wider one loses nothing."""
    line = set_words(sheet.mark, mark_style(mark_size(sheet.mark)), PAGE_WIDTH)
    return Placed(0.0, points(MARK_TOP), line)


def category_top() -> Pt:
    """The top of the 类别's line above the mark."""
    return points(MARK_TOP - CATEGORY_LINE)


def page_number(number: int, layout: Layout, set_words: SetWords) -> Placed:
    """“— 2 —” under the 版心."""
    line = set_words(f"— {number} —", number_style(number), text_width(layout))
    bottom = PAGE_HEIGHT - points(mm_twips(LOWER_RULE_FROM_BOTTOM) + PAGE_NUMBER_GAP)
    return Placed(left_edge(layout), bottom - line.height, line)
