"""预览: the paper follows the case, leads back into it, and does nothing that is not needed."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from db.enums import Form
from desktop.letter.model import Case
from desktop.paper import places
from desktop.paper.draw import PAGE_HEIGHT, PAGE_WIDTH, Page, Placed, Span
from desktop.services.case_list import list_cases
from desktop.services.cases import save_case
from desktop.settings import HIDDEN, SHOWN, Settings
from desktop.views.letter_fields import NumberEditor
from desktop.views.main_window import MainWindow
from desktop.views.preview import EMPTY, NO_CASE
from desktop.views.preview_paper import PaperView
from desktop.views.preview_spread import EDGE, Fit
from desktop.views.reply_editor import ReplyEditor
from desktop.widgets import theme
from desktop.widgets.plain_editor import characters
from tests.cases import hard_case, plain_case
from tests.conftest import ROOT
from tests.desktop.views.hands import (
    CTRL,
    NARRATIVE,
    NONE,
    RESULT_LIST,
    click,
    focused,
    press,
    settle,
    show,
    write,
)
from tests.desktop.views.test_looks import backwards, cut, focusable, overlapping, tab_order

Key = Qt.Key
RARE = "𠮷𠮷市按面积核定，\U00030edd𰻝街的管护经费由区财政承担，〔2025〕4号文已经𠮷日印发。"


@pytest.fixture
def paper(window: MainWindow) -> PaperView:
    """The paper of the narrative sample, beside its cards."""
    show(window, NARRATIVE)
    return begun(window)


def begun(window: MainWindow) -> PaperView:
    """The preview at work, without waiting for it, in a window that has room for it."""
    window.resize(1366, 768)
    settle()
    window.preview.begin()
    caught_up(window)
    assert window.preview.paper
    return window.preview.paper


def caught_up(window: MainWindow) -> None:
    """Everything typed is on the paper, however busy the machine."""
    settle()
    window.preview.refresh()
    settle()


def open_case(window: MainWindow, case: Case) -> PaperView:
    """Put a case into the library and open it."""
    save_case(None, case)
    window.sidebar.set_rows(list_cases())
    window.show_case(case.key)
    return begun(window)


def texts(pages: tuple[Page, ...]) -> str:
    """All that is printed."""
    return "\n".join(placed.line.text for page in pages for placed in page.lines)


def on_screen(paper: PaperView, number: int, x: float, y: float) -> QPoint:
    """A point of a page in the view, scrolled there."""
    paper.verticalScrollBar().setValue(0)
    place = paper._spread.place(number, QPointF(x, y))
    paper.verticalScrollBar().setValue(place.y() - 100)
    return place - QPoint(paper.horizontalScrollBar().value(), paper.verticalScrollBar().value())


def click_paper(qtbot: QtBot, paper: PaperView, number: int, x: float, y: float) -> None:
    """The left button on a point of a page."""
    place = on_screen(paper, number, x, y)
    qtbot.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def move_mouse(paper: PaperView, place: QPoint) -> None:
    """The mouse, no button pressed."""
    kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    there = QPointF(paper.viewport().mapToGlobal(place))
    QApplication.sendEvent(
        paper.viewport(), QMouseEvent(kind, QPointF(place), there, none, none, NONE)
    )


def middle(placed: Placed, at: int) -> tuple[float, float]:
    """A point just inside the character `at` of a line."""
    left, right = placed.line.edges[at : at + 2]
    return placed.x + left + (right - left) * 0.25, placed.y + placed.line.height / 2


def source_lines(paper: PaperView) -> dict[str, tuple[int, Placed, Span]]:
    """Of every source its longest span: the page, the line, the span."""
    found: dict[str, tuple[int, Placed, Span]] = {}
    for page in paper.pages:
        for placed in page.lines:
            for span in placed.line.spans:
                known = found.get(span.source)
                if not known or span.end - span.start > known[2].end - known[2].start:
                    found[span.source] = page.number, placed, span
    return found


def after_caret() -> str:
    """The character after the caret, whatever kind of field has it."""
    field = focused()
    if isinstance(field, QLineEdit):
        text, at = field.text(), field.cursorPosition()
    else:
        assert isinstance(field, QTextEdit)
        text, at = field.toPlainText(), field.textCursor().position()
    return text[characters(text, at) :][:1]


# the paper follows the case
def test_it_begins_by_itself_after_the_window_was_painted(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    show(window, NARRATIVE)
    qtbot.waitUntil(lambda: window.preview.paper is not None)
    assert window.preview.paper
    qtbot.waitUntil(lambda: len(window.preview.paper.pages) > 1)  # type: ignore[union-attr]
    assert window.preview.paper.isVisible()


def test_the_window_starts_without_fonts_and_typesetter() -> None:
    code = (
        "import sys, desktop.app; "
        "sys.exit(any(m.startswith('desktop.paper') or m == 'desktop.services.letters' "
        "for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_what_is_typed_appears_and_only_its_page_is_painted_anew(
    window: MainWindow, paper: PaperView
) -> None:
    card = window.page.replies.cards[0]
    card.editor.put_caret(card.editor.paragraphs()[0].key, 3)
    card.editor.setFocus()
    paper.set_fit(Fit.TWO)
    settle()
    paper.grab()
    before, made = paper.pages, paper.pictures.made
    write("鑫")
    caught_up(window)
    paper.grab()
    assert "鑫" in texts(paper.pages)
    changed = [n for n, (a, b) in enumerate(zip(before, paper.pages, strict=True)) if a is not b]
    assert len(changed) < len(before)
    assert paper.pictures.made - made <= len(changed)
    made = paper.pictures.made
    paper.viewport().repaint()
    assert paper.pictures.made == made


def test_hidden_it_does_nothing_and_shown_it_is_up_to_date(
    window: MainWindow, paper: PaperView, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_F6)
    assert window.preview.isHidden()
    before = paper.pages
    window.page.replies.cards[0].editor.setFocus()
    write("鑫")
    settle()
    assert paper.pages is before
    press(qtbot, Key.Key_F6)
    caught_up(window)
    assert "鑫" in texts(paper.pages)


def test_undo_and_another_form_are_followed(window: MainWindow, paper: PaperView) -> None:
    before = texts(paper.pages)
    window.session.switch_form()
    caught_up(window)
    assert "办" in texts(paper.pages).split("\n")
    window.session.undo()
    caught_up(window)
    assert texts(paper.pages) == before


def test_another_case_is_shown_from_its_first_page(window: MainWindow, paper: PaperView) -> None:
    paper.go_to_page(2)
    show(window, RESULT_LIST)
    caught_up(window)
    assert paper.verticalScrollBar().value() == 0
    assert "人大" in texts(paper.pages)


def test_a_slow_layout_waits_for_a_pause_in_typing(
    window: MainWindow, paper: PaperView, qtbot: QtBot
) -> None:
    window.preview._times = (50.0, 50.0)
    window.page.replies.cards[0].editor.setFocus()
    write("鑫")
    settle()
    assert "鑫" not in texts(paper.pages)
    qtbot.waitUntil(lambda: "鑫" in texts(paper.pages))


# no pages
def test_a_case_that_cannot_be_composed_says_so_over_its_last_pages(
    window: MainWindow, paper: PaperView, qtbot: QtBot
) -> None:
    editor = window.page.replies.cards[0].editor
    editor.setFocus()
    window.session.switch_form()
    caught_up(window)
    before = paper.pages
    editor.mark_paragraph(0, None)
    caught_up(window)
    preview = window.preview
    assert "还没有标注" in preview.told.sentence.text()
    assert preview.told.isVisible()
    assert not preview.told.close_button.isVisible()
    assert paper.isVisible()
    assert paper.pages is before
    assert paper.dimmed
    number, placed, span = next(iter(source_lines(paper).values()))
    with qtbot.assertNotEmitted(paper.wanted):
        click_paper(qtbot, paper, number, *middle(placed, span.start))
    window.session.undo()
    caught_up(window)
    assert not paper.dimmed
    assert "还没有标注" not in preview.told.sentence.text()


def test_without_pages_there_is_one_sentence(window: MainWindow) -> None:
    begun(window)
    preview = window.preview
    assert preview.word.text() == NO_CASE
    assert preview.word.isVisible()
    assert preview.paper
    assert preview.paper.isHidden()
    nameless = plain_case(office=replace(plain_case().office, full_name=""))
    open_case(window, nameless)
    assert "单位全称" in preview.word.text()
    assert preview.paper.isHidden()
    window.new_case()
    caught_up(window)
    assert preview.word.text() == EMPTY
    assert preview.paper.isHidden()
    window.page.basics.focus_first()
    write("2025118")
    window.page.basics.office_fields["full_name"].setFocus()
    write("某某市某某区城市更新局")
    caught_up(window)
    assert preview.paper.isVisible()
    assert "2025118" in texts(preview.paper.pages)


@pytest.mark.usefixtures("paper")
def test_a_mistake_of_ours_is_said_and_the_window_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Case) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(window.preview._press, "of", fail)
    monkeypatch.setattr("desktop.views.preview.write_report", lambda _: Path("report.txt"))
    window.page.replies.cards[0].editor.setFocus()
    write("鑫")
    caught_up(window)
    assert "report.txt" in window.preview.told.sentence.text()
    assert "鑫" in window.page.replies.cards[0].editor.toPlainText()


# from the paper to the form
@pytest.mark.parametrize(
    "case",
    [
        hard_case(),
        hard_case(form=Form.RESULT_LIST),
        hard_case(wording="standard"),
        replace(hard_case(), replies=plain_case(suggestions=4, text=RARE).replies),
    ],
)
def test_a_click_on_any_words_puts_the_caret_there(
    window: MainWindow, qtbot: QtBot, case: Case
) -> None:
    paper = open_case(window, case)
    found = source_lines(paper)
    keys = {p.key for reply in case.replies for p in reply.paragraphs}
    keys |= {f"{s.key}.text" for s in case.suggestions()}
    assert keys | {"title", "document_number", "opening", "attachments", "copies"} <= set(found)
    for source, (number, placed, span) in found.items():
        place = (span.start + span.end) // 2
        click_paper(qtbot, paper, number, *middle(placed, place))
        wanted = placed.line.text[place]
        if source == "document_number" and wanted in "〔〕号":
            continue
        assert after_caret() == wanted, source
        at = span.at + place - span.start
        assert paper._at == places.Spot(source, at), source
        page = "letter" if source in case.fields.__dataclass_fields__ else "replies"
        assert window.page.page == page, source


def test_each_part_of_the_number_is_reached(window: MainWindow, qtbot: QtBot) -> None:
    paper = open_case(window, hard_case())
    number, placed, span = source_lines(paper)["document_number"]
    text = placed.line.text
    for at, part in (
        (1, "prefix"),
        (text.index("〔") + 2, "year"),
        (text.index("〕") + 1, "serial"),
    ):
        click_paper(qtbot, paper, number, *middle(placed, at))
        editor = window.page.letter.fields["document_number"].editor.focusProxy()
        assert isinstance(editor, NumberEditor)
        assert focused() is getattr(editor, part)
        assert after_caret() == text[at]
        assert paper._at == places.Spot("document_number", at - span.start)


def test_lines_of_a_field_are_told_apart(window: MainWindow, qtbot: QtBot) -> None:
    """The end of one paragraph and the beginning of the next are the same printed character."""
    paper = open_case(window, hard_case())
    first, second = (
        (page.number, placed)
        for page in paper.pages
        for placed in page.lines
        if placed.line.spans and placed.line.spans[0].source == "opening"
    )
    click_paper(qtbot, paper, second[0], *middle(second[1], 0))
    field = focused()
    assert isinstance(field, QTextEdit)
    assert field.textCursor().positionInBlock() == 0
    assert field.textCursor().blockNumber() == 1
    end = first[1].x + first[1].line.edges[-1] + 50
    click_paper(qtbot, paper, first[0], end, middle(first[1], 0)[1])
    assert field.textCursor().blockNumber() == 0
    assert field.textCursor().atBlockEnd()


def test_words_of_the_form_lead_to_what_they_announce(window: MainWindow, qtbot: QtBot) -> None:
    case = hard_case(wording="standard")
    paper = open_case(window, case)
    replies = window.page.replies

    def click_words(words: str, nth: int = 0) -> None:
        number, placed = [
            (page.number, placed)
            for page in paper.pages
            for placed in page.lines
            if placed.line.text.startswith(words)
        ][nth]
        click_paper(qtbot, paper, number, *middle(placed, 0))

    click_words("建议1：")
    row = replies.row(next(case.suggestions()).key)
    assert row
    assert focused() is row.text
    assert row.text.textCursor().position() == 0
    click_words("（二）答复")
    assert focused() is replies.cards[0].editor
    click_words("类别")
    assert focused() is window.page.letter.scheme
    click_words("（公开属性")
    assert focused() is window.page.letter.disclosure
    click_words(case.office.full_name)
    assert focused() is window.page.basics.office_fields["full_name"]


def test_the_pointer_tells_where_a_click_leads(paper: PaperView) -> None:
    number, placed, span = source_lines(paper)["title"]
    move_mouse(paper, on_screen(paper, number, *middle(placed, span.start)))
    assert paper.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    move_mouse(paper, on_screen(paper, 1, PAGE_WIDTH / 2, 10))
    assert paper.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


# from the form to the paper
def test_the_field_with_the_caret_is_marked_and_in_view(
    window: MainWindow, paper: PaperView
) -> None:
    for card in (window.page.replies.cards[-1], window.page.replies.cards[0]):
        key = card.editor.paragraphs()[-1].key
        card.editor.put_caret(key, 2)
        card.editor.setFocus()
        settle()
        assert paper._marked == places.areas(paper.pages, key) != ()
        assert paper._caret == places.caret(paper.pages, key, 2)
        box = paper._logical(paper._spread.area(paper._marked[0]))
        assert paper.viewport().rect().contains(box.center())
        picture = paper.viewport().grab().toImage()
        ground = picture.pixelColor(box.left() - 1, box.center().y())
        assert ground == theme.color("paper_mark")
    row = window.page.replies.cards[0].rows[0]
    row.text.setFocus()
    settle()
    assert paper._at == places.Spot(f"{row.key}.text", row.text.textCursor().position())


def test_at_any_size_the_caret_is_brought_into_view(window: MainWindow, paper: PaperView) -> None:
    paper.set_zoom(300)
    editor = window.page.replies.cards[0].editor
    editor.setFocus()
    for at in (0, 20, 3):
        editor.put_caret(editor.paragraphs()[0].key, at)
        settle()
        assert paper._caret
        box = paper._logical(paper._spread.area(paper._caret))
        assert paper.viewport().rect().contains(box.center())


def test_a_field_of_the_letter_is_marked(window: MainWindow, paper: PaperView) -> None:
    window.page.show_page("letter")
    window.page.letter.fields["title"].begin()
    settle()
    assert paper._marked == places.areas(paper.pages, "title") != ()
    window.page.show_page("basics")
    window.page.basics.focus_first()
    settle()
    assert paper._marked == ()


def test_the_mark_stays_while_the_handler_looks_elsewhere(
    window: MainWindow, paper: PaperView
) -> None:
    window.page.replies.cards[0].editor.setFocus()
    settle()
    marked = paper._marked
    assert marked
    window.tools.search.setFocus()
    settle()
    assert paper._marked == marked


def test_typing_is_followed_but_not_while_the_handler_scrolls_the_paper(
    window: MainWindow, paper: PaperView, qtbot: QtBot
) -> None:
    editor = window.page.replies.cards[0].editor
    editor.put_caret(editor.paragraphs()[0].key)
    editor.setFocus()
    settle()
    bar = paper.verticalScrollBar()
    paper.setFocus()
    press(qtbot, Key.Key_PageDown)
    press(qtbot, Key.Key_PageDown)
    place = bar.value()
    write("鑫", editor)
    caught_up(window)
    assert bar.value() == place
    editor.setFocus()
    write("鑫")
    caught_up(window)
    assert paper._caret
    box = paper._logical(paper._spread.area(paper._caret))
    assert paper.viewport().rect().contains(box.center())


def test_a_subheading_keeps_its_place_beside_an_ordinal_of_the_wording(window: MainWindow) -> None:
    paper = open_case(window, hard_case(wording="standard"))
    heading = hard_case().replies[0].paragraphs[0]
    assert heading.text == "1、经费方面"
    editor = window.page.replies.cards[0].editor
    assert isinstance(editor, ReplyEditor)
    editor.put_caret(heading.key, 3)
    editor.setFocus()
    settle()
    assert paper._at == places.Spot(heading.key, 1)


# zoom
def test_pages_fit_the_width_the_whole_page_and_two(window: MainWindow, paper: PaperView) -> None:
    head = window.preview.head
    port, bar = paper.maximumViewportSize(), paper.verticalScrollBar().sizeHint().width()
    assert head.buttons["width"].isChecked()
    assert abs(paper._spread.page_width + 2 * EDGE + bar - port.width()) <= 1
    head.buttons["page"].click()
    assert paper.fit is Fit.PAGE
    assert paper._spread.page_height + 2 * EDGE <= port.height() + 1
    assert head.buttons["page"].isChecked()
    assert not head.buttons["width"].isChecked()
    head.buttons["two"].click()
    first, second, third = (paper._spread.box(n) for n in (1, 2, 3))
    assert first.top() == second.top() < third.top()
    assert first.right() < second.left()
    assert abs(paper._spread.width + bar - port.width()) <= 2
    assert paper._spread.page_height / paper._spread.page_width == pytest.approx(
        PAGE_HEIGHT / PAGE_WIDTH, abs=0.01
    )
    for fit in (Fit.WIDTH, Fit.PAGE, Fit.TWO):
        paper.set_fit(fit)
        assert paper.horizontalScrollBar().maximum() == 0


def test_zoom_goes_in_steps_within_its_limits(window: MainWindow, paper: PaperView) -> None:
    paper.set_zoom(100)
    assert window.preview.foot.zoom.text() == "100%"
    window.preview.foot.larger.click()
    assert paper.zoom == 110
    for _ in range(20):
        window.preview.foot.larger.click()
    assert paper.zoom == 400
    paper.grab()  # too large to be kept: painted straight
    for _ in range(20):
        window.preview.foot.smaller.click()
    assert paper.zoom == 25


def test_the_wheel_with_ctrl_zooms_where_the_mouse_is(paper: PaperView, qtbot: QtBot) -> None:
    paper.set_zoom(100)
    paper.go_to_page(2)
    mouse = QPoint(200, 150)
    before = paper._spread.nearest(mouse + paper._origin())
    wheel = QWheelEvent(
        QPointF(mouse),
        QPointF(paper.viewport().mapToGlobal(mouse)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CTRL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(paper.viewport(), wheel)
    assert paper.zoom == 110
    after = paper._spread.nearest(mouse + paper._origin())
    assert after[0] == before[0]
    assert (after[1] - before[1]).manhattanLength() < 2
    paper.setFocus()
    qtbot.keyClick(paper, Key.Key_0, CTRL)
    assert paper.fit is Fit.WIDTH
    qtbot.keyClick(paper, Key.Key_End, NONE)
    assert paper.page == len(paper.pages)


def test_pages_are_turned_by_the_foot(window: MainWindow, paper: PaperView, qtbot: QtBot) -> None:
    foot, count = window.preview.foot, len(paper.pages)
    assert foot.page.text() == f"1 / {count} 页"
    assert not foot.previous.isEnabled()
    click(qtbot, foot.next)
    assert foot.page.text() == f"2 / {count} 页"
    click(qtbot, foot.previous)
    assert foot.page.text() == f"1 / {count} 页"


def test_only_pages_in_sight_are_painted(paper: PaperView) -> None:
    paper.set_zoom(200)
    made = paper.pictures.made
    paper.viewport().repaint()
    assert paper.pictures.made - made <= 2
    paper.pictures.forget()
    paper.go_to_page(len(paper.pages))
    made = paper.pictures.made
    paper.viewport().repaint()
    assert paper.pictures.made - made <= 2


@pytest.mark.parametrize("ratio", ["1.25", "2.0"])
def test_on_a_fine_screen_every_device_pixel_is_painted_once(ratio: str) -> None:
    """The screen shows the painter's own picture, pixel for pixel, never one that was scaled."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.desktop.views.fine_screen", ratio],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"{ratio} same"), done.stderr


# remarks
def test_remarks_are_counted_and_shown_one_after_the_other(
    window: MainWindow, qtbot: QtBot
) -> None:
    lonely = plain_case(text="按" * (26 + 28) + "一。")
    paper = open_case(window, lonely)
    foot = window.preview.foot
    assert foot.remarks.text() == f"{len(paper.remarks)} 处排版提示"
    assert len(paper.remarks) >= 2
    seen = set()
    for _ in paper.remarks:
        click(qtbot, foot.remarks)
        seen.add(paper.remark)
    assert seen == set(range(len(paper.remarks)))
    window.page.replies.cards[0].editor.setFocus()
    show(window, NARRATIVE)
    caught_up(window)
    assert foot.remarks.isVisible() == bool(paper.remarks)


# the panel
@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("scale", [100, 130])
def test_its_bars_are_whole_named_and_reached_by_tab(window: MainWindow, scale: int) -> None:
    try:
        for width in (1366, 1920, 1093):
            theme.dress("light", scale)
            window.resize(width, 768)
            settle()
            if window.preview.isHidden():
                window.preview.fold.toggle()
            caught_up(window)
            assert cut(window) + overlapping(window) == []
            controls = [w for w in focusable(window) if window.preview.isAncestorOf(w)]
            assert len(controls) >= 8
            for control in controls:
                assert control.accessibleName(), control
            assert backwards(window, window.preview) == []
            assert {w for w in controls if w.isEnabled()} <= set(tab_order(window, window))
    finally:
        theme.dress("light", 100)


@pytest.mark.usefixtures("paper")
def test_missing_faces_are_told_until_that_is_put_away(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told = window.preview.told
    monkeypatch.setattr(window.preview._press.fonts, "sentence", "缺了一种字体。")  # type: ignore[union-attr]
    window.preview.refresh()
    assert told.isVisible()
    assert told.sentence.text() == "缺了一种字体。"
    window.page.replies.cards[0].editor.setFocus()
    click(qtbot, told.close_button)
    assert focused() is window.page.replies.cards[0].editor
    assert told.isHidden()
    assert window.settings.faces_told == "缺了一种字体。"
    window.preview.refresh()
    assert told.isHidden()


@pytest.mark.usefixtures("paper")
def test_it_folds_away_in_a_narrow_window_and_can_be_brought_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    tick = window.deeds.by_name["toggle_preview"]
    assert window.preview.isVisible()
    assert tick.isChecked()
    listed = window.split.sizes()[0]
    window.resize(1093, 614)
    settle()
    assert window.preview.isHidden()
    assert not tick.isChecked()
    press(qtbot, Key.Key_F6)
    assert window.preview.isVisible()
    assert not window.sidebar.isVisible()  # the list gave way
    assert window.width() == 1093
    press(qtbot, Key.Key_F6)
    assert window.split.sizes()[0] == listed
    assert window.settings.preview == SHOWN
    press(qtbot, Key.Key_F6)
    window.resize(1366, 768)
    settle()
    assert window.preview.isVisible()
    assert window.split.sizes()[0] == listed
    press(qtbot, Key.Key_F6)
    assert window.settings.preview == HIDDEN
    window.settings.store.sync()
    assert Settings(window.folder).preview == HIDDEN
    window.resize(1093, 614)
    window.resize(1366, 768)
    settle()
    assert window.preview.isHidden()


def test_its_share_of_the_window_until_it_is_dragged(window: MainWindow, paper: PaperView) -> None:
    assert window.preview.width() == pytest.approx(432, abs=6)
    window.resize(1920, 1080)
    settle()
    assert window.preview.width() == pytest.approx(607, abs=6)
    listed, case, mine = window.split.sizes()
    window.split.moveSplitter(listed + case - 60, 2)
    assert window.settings.preview_width == window.preview.width()
    assert window.preview.width() == pytest.approx(mine + 60, abs=4)
    assert paper.fit is Fit.WIDTH
