"""Every page at the smallest screen and the largest type: nothing cut, all named, Tab in order."""

from collections.abc import Iterator
from itertools import combinations, pairwise, product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from desktop.views.case_page import PAGES
from desktop.views.main_window import MainWindow
from desktop.widgets import theme
from tests.desktop.views.hands import NARRATIVE, RESULT_LIST, settle, show

SMALL = (1093, 614)
LARGE = 150
LOOKS = [(SMALL, 100), (SMALL, LARGE), ((1366, 768), 100)]
WARNING = "文库写不进去，磁盘可能已满或出了故障，这一步没有保存，请先腾出空间再试。"
SLACK = 2  # pixels: rounding of scaled sizes


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    theme.dress("light", 100)


def laid_out(window: MainWindow, size: tuple[int, int], scale: int) -> None:
    """The window at that size and 界面字号."""
    theme.dress("light", scale)
    window.resize(*size)
    settle()


def visible(window: MainWindow, *kinds: type[QWidget]) -> list[QWidget]:
    """All visible widgets of these kinds that are ours, not inner parts of Qt's."""
    found = (w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible())
    return [w for w in found if not w.objectName().startswith("qt_")]


def named(widget: QWidget) -> str:
    """A widget for a message."""
    text = getattr(widget, "text", lambda: "")
    said = text() if callable(text) else ""
    return f"{type(widget).__name__} {widget.accessibleName()!r} {str(said)[:20]!r}"


def cut(window: MainWindow) -> list[str]:
    """What is narrower than its words, or reaches out of the place it scrolls in."""
    found = []
    for widget in visible(window, QLabel, QPushButton, QToolButton, QCheckBox):
        wraps = isinstance(widget, QLabel) and (widget.wordWrap() or widget in elided(window))
        if not wraps and widget.width() < widget.sizeHint().width() - SLACK:
            found.append(f"{named(widget)}: {widget.width()} < {widget.sizeHint().width()}")
    return found + outside(window)


def elided(window: MainWindow) -> tuple[QLabel, ...]:
    """Labels that may be shortened on purpose: the head of the page, the passing word."""
    return (window.page.title, window.page.facts, window.status.word)


def outside(window: MainWindow) -> list[str]:
    """Pages that are wider than the place they are shown in."""
    found = []
    for area in visible(window, QScrollArea):
        assert isinstance(area, QScrollArea)
        inner = area.widget()
        if inner.width() > area.viewport().width():
            found.append(f"{named(inner)} is {inner.width()} in {area.viewport().width()}")
    for area in visible(window, QAbstractScrollArea):
        assert isinstance(area, QAbstractScrollArea)
        if area.horizontalScrollBar().maximum() > 0 and area.width() > 0:
            found.append(f"{named(area)} scrolls sideways")
    return found


def overlapping(window: MainWindow) -> list[str]:
    """Siblings in a layout that lie over each other."""
    found = []
    for parent in {w.parentWidget() for w in visible(window, QLabel, QAbstractButton, QLineEdit)}:
        if parent is None or not parent.layout():
            continue
        layout = parent.layout()
        children = [
            w
            for w in parent.children()
            if isinstance(w, QWidget) and w.isVisible() and layout.indexOf(w) >= 0
        ]
        for one, other in combinations(children, 2):
            if one.geometry().intersects(other.geometry().adjusted(1, 1, -1, -1)):
                found.append(f"{named(one)} over {named(other)}")
    return found


def wrong(window: MainWindow) -> list[str]:
    """What is cut off or overlaps, and stays so: what was set this moment is laid out soon."""
    for _ in range(10):
        settle()
        if not (found := cut(window) + overlapping(window)):
            break
    return found


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_nothing_is_cut_off(window: MainWindow, size: tuple[int, int], scale: int) -> None:
    laid_out(window, size, scale)
    found: dict[str, list[str]] = {}
    assert window.width() == size[0], "the window itself does not fit"
    for number, page in product((NARRATIVE, RESULT_LIST), PAGES):
        show(window, number, page)
        window.page.banner.say(WARNING, {"open": "打开", "folder": "打开所在文件夹"}, warn=True)
        if here := wrong(window):
            found[f"{number} {page}"] = here
    assert found == {}


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_strip_find_bar_and_empty_pages_are_not_cut(
    window: MainWindow, size: tuple[int, int], scale: int
) -> None:
    laid_out(window, size, scale)
    found: dict[str, list[str]] = {}
    show(window, NARRATIVE)
    window.session.switch_form()
    window.page.replies.cards[0].editor.mark_paragraph(0, None)
    window.page.replies.marking.propose()
    window.page.replies.find_bar.open("公园", replacing=True)
    window.page.replies.finding.step(1)
    found["strip"] = wrong(window)
    window.new_case()
    for page in PAGES:
        window.page.show_page(page)
        found[f"blank {page}"] = wrong(window)
    assert {place: here for place, here in found.items() if here} == {}


def test_the_welcome_is_not_cut(window: MainWindow) -> None:
    for size, scale in LOOKS:
        laid_out(window, size, scale)
        assert cut(window) + overlapping(window) == []


# names
def focusable(window: MainWindow) -> list[QWidget]:
    """What Tab or a click can reach."""
    return [
        w
        for w in visible(window, QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.focusProxy() is None
        and not isinstance(w, QScrollArea)
        and not isinstance(w.parentWidget(), QLineEdit)
    ]


@pytest.mark.parametrize("page", [*PAGES, "welcome", "blank"])
def test_every_control_has_a_name(window: MainWindow, page: str) -> None:
    if page == "blank":
        window.new_case()
        window.page.show_page("replies")
    elif page != "welcome":
        show(window, NARRATIVE, page)
        window.page.replies.find_bar.open("", replacing=True)
    settle()
    nameless = []
    for widget in focusable(window):
        words = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or words):
            nameless.append(f"{named(widget)} in {named(widget.parentWidget())}")
    assert nameless == []


# Tab
def tab_order(window: MainWindow, root: QWidget) -> list[QWidget]:
    """The widgets of `root` Tab stops at, in its order."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not window:
        if (
            root.isAncestorOf(widget)
            and widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        ):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def place(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def backwards(window: MainWindow, root: QWidget) -> list[str]:
    """Pairs in which Tab goes up the page, or left within a row."""
    found = []
    for one, other in pairwise(tab_order(window, root)):
        first, second = place(one, root), place(other, root)
        same_row = min(first.bottom(), second.bottom()) > max(first.top(), second.top())
        wrong = second.left() < first.left() if same_row else second.top() < first.top()
        if wrong:
            found.append(f"{named(one)} {first.topLeft()} → {named(other)} {second.topLeft()}")
    return found


@pytest.mark.parametrize(("number", "page"), [*product((NARRATIVE, RESULT_LIST), PAGES)])
def test_tab_follows_the_eye(window: MainWindow, number: str, page: str) -> None:
    show(window, number, page)
    shown_page = window.page.stack.currentWidget()
    assert tab_order(window, shown_page)
    assert backwards(window, shown_page) == []


def test_tab_follows_the_eye_after_cards_moved(window: MainWindow) -> None:
    show(window, NARRATIVE)
    replies = window.page.replies
    replies.pull_out(replies.cards[0].rows[1].key)
    replies.add_suggestion()
    replies._deed("up", replies.cards[1].key)
    settle()
    assert backwards(window, replies) == []


def test_tab_leaves_no_control_out_and_comes_round(window: MainWindow) -> None:
    show(window, NARRATIVE, "letter")
    reached = set(tab_order(window, window))
    assert {w for w in focusable(window) if w.isEnabled()} <= reached
    assert any(isinstance(w, QTabBar) for w in reached)


def test_tab_goes_from_the_tabs_into_the_page_and_then_to_the_status_line(
    window: MainWindow,
) -> None:
    """Tool bar, list, tabs, page, status line: the parts of the window in the eye's order."""
    show(window, NARRATIVE, "basics")
    parts = (window.tools, window.sidebar, window.page.tabs, window.page.stack, window.status)
    order = tab_order(window, window)
    seen = [n for w in order for n, part in enumerate(parts) if part is w or part.isAncestorOf(w)]
    starts = [a for a, b in pairwise([-1, *seen]) if b != a and b < a]
    assert starts == [], [named(w) for w in order]


def test_the_tool_bar_is_as_high_as_before_after_a_change_of_looks(window: MainWindow) -> None:
    settle()
    before = window.tools.height()
    theme.dress("dark", 100)
    settle()
    assert window.tools.height() == before
    theme.dress("light", 100)
