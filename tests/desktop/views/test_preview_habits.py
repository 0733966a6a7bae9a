"""预览 in daily use: Tab, Esc, refusals that lead on, issued letters, other cases, other sizes."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.enums import Form
from desktop.letter.model import Issue, Office
from desktop.paper import remarks
from desktop.paper.places import Spot, spot_at
from desktop.views import preview_pages
from desktop.views.main_window import MainWindow
from desktop.views.preview import FILL, OURS
from desktop.widgets import theme
from tests.cases import plain_case
from tests.conftest import TODAY
from tests.desktop.views.hands import NARRATIVE, RESULT_LIST, press, settle, show
from tests.desktop.views.test_looks import tab_order
from tests.desktop.views.test_preview import begun, caught_up, open_case

Key = Qt.Key


@pytest.mark.parametrize("page", ["basics", "replies", "letter", "revisions"])
def test_tab_reaches_the_page_before_the_preview(window: MainWindow, page: str) -> None:
    show(window, NARRATIVE)
    begun(window)
    window.page.show_page(page)
    settle()
    stops = tab_order(window, window)
    beside = [window.preview.isAncestorOf(stop) for stop in stops]
    inside = [window.page.isAncestorOf(stop) for stop in stops]
    assert any(beside)
    assert beside.index(True) > max(n for n, one in enumerate(inside) if one)


def test_esc_on_the_paper_and_f6_lead_back_to_the_field(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    paper = begun(window)
    editor = window.page.replies.cards[0].editor
    for leave in (Key.Key_Escape, Key.Key_F6):
        editor.setFocus()
        caught_up(window)
        paper.setFocus()
        press(qtbot, leave)
        settle()
        assert QApplication.focusWidget() is editor


def test_a_refusal_leads_to_what_is_missing(window: MainWindow, qtbot: QtBot) -> None:
    open_case(window, plain_case(office=Office(), key="noofficea"))
    fill = window.preview.fill
    assert fill.isVisible()
    assert fill.text() == FILL
    qtbot.mouseClick(fill, Qt.MouseButton.LeftButton)
    settle()
    assert window.page.page == "basics"
    show(window, NARRATIVE)
    caught_up(window)
    assert not fill.isVisible()


def test_a_click_on_an_issued_letter_shows_its_field(window: MainWindow) -> None:
    """定稿: it cannot be changed, but found."""
    show(window, NARRATIVE)
    begun(window)
    window.session.issue(Issue(TODAY))
    window.preview.wanted.emit(Spot("copies", 0))
    settle()
    settle()
    field, view = window.page.letter.fields["copies"], window.page.letter.view
    assert 0 <= field.mapTo(view.viewport(), QPoint()).y() < view.viewport().height()


def test_what_was_written_in_one_case_is_not_marked_in_another(window: MainWindow) -> None:
    show(window, NARRATIVE)
    paper = begun(window)
    window.page.show_page("letter")
    window.page.letter.fields["title"].begin()
    caught_up(window)
    window.sidebar.list.setFocus()
    show(window, RESULT_LIST)
    caught_up(window)
    assert paper._at is None


def test_the_focus_stays_on_the_paper_when_another_case_opens(window: MainWindow) -> None:
    show(window, NARRATIVE)
    paper = begun(window)
    paper.setFocus()
    show(window, RESULT_LIST)
    paper.setFocus()
    show(window, NARRATIVE)
    caught_up(window)
    assert QApplication.focusWidget() is paper


def test_labels_of_the_list_lead_to_the_first_words_of_their_row(window: MainWindow) -> None:
    """Wherever in its row the label stands; the vertical one leads to the first row."""
    paper = open_case(window, plain_case(form=Form.RESULT_LIST, suggestions=2))
    lines = paper.pages[0].lines
    cell = next(placed for placed in lines if placed.line.spans and placed.line.role == "cell")
    label = next(placed for placed in lines if placed.line.text == "建议1")
    vertical = next(placed for placed in lines if placed.line.text == "办")
    for placed in (label, vertical):
        x, y = placed.x + placed.line.edges[0] + 2, placed.y + placed.line.height / 2
        spot = spot_at(paper.pages, 1, x, y)
        assert spot
        assert (spot.source, spot.at) == (cell.line.spans[0].source, 0)


def test_a_touchpad_zooms_by_the_notch(window: MainWindow) -> None:
    show(window, NARRATIVE)
    paper = begun(window)
    paper.set_zoom(100)
    for _ in range(8):
        turn = QWheelEvent(
            QPointF(50, 50),
            QPointF(paper.viewport().mapToGlobal(QPoint(50, 50))),
            QPoint(),
            QPoint(0, 15),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(paper.viewport(), turn)
    assert paper.zoom == 110


def test_large_type_folds_it_away_at_once(window: MainWindow) -> None:
    show(window, NARRATIVE)
    begun(window)
    assert window.preview.isVisible()
    theme.dress("light", 150)
    settle()
    assert not window.preview.isVisible()
    theme.dress("light", 100)
    settle()
    assert window.preview.isVisible()


def test_finding_a_case_brings_the_list_back(window: MainWindow, qtbot: QtBot) -> None:
    show(window, NARRATIVE)
    window.resize(1093, 614)
    settle()
    press(qtbot, Key.Key_F6)
    settle()
    assert not window.sidebar.isVisible()
    window.deeds.by_name["find_case"].trigger()
    settle()
    assert window.sidebar.isVisible()
    assert window.tools.search.hasFocus()


def test_a_mistake_in_a_remark_does_not_reach_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(window, NARRATIVE)

    def wrong(_pages: object) -> object:
        raise RuntimeError("mistake")

    monkeypatch.setattr(remarks, "remarks", wrong)
    window.resize(1366, 768)
    window.preview.begin()
    caught_up(window)
    assert window.preview.word.text().startswith(OURS)


def test_fonts_that_cannot_be_read_are_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong() -> object:
        raise ValueError("font")

    monkeypatch.setattr(preview_pages, "load_fonts", wrong)
    show(window, NARRATIVE)
    window.resize(1366, 768)
    settle()
    window.preview.begin()
    assert window.preview.word.text().startswith(OURS)
