"""版本: two states beside each other, marked by more than colour, stepped through by key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from db import models
from desktop.letter.model import Case
from desktop.services.revisions import keep, list_revisions
from desktop.views.comparison_text import NARROW, ComparisonText
from desktop.views.main_window import MainWindow
from desktop.views.revisions_page import RevisionsPage
from desktop.widgets import theme
from tests.desktop.views.hands import NARRATIVE, SHIFT, click, press, settle, show

Key = Qt.Key
NEW = "明年一季度前报区财政局。"


def write_first(case: Case, text: str) -> Case:
    """The case with another first paragraph."""
    first, *others = case.replies
    paragraph, *rest = first.paragraphs
    return replace(
        case,
        replies=(replace(first, paragraphs=(replace(paragraph, text=text), *rest)), *others),
    )


@pytest.fixture
def page(window: MainWindow) -> RevisionsPage:
    """版本 of a case with the states 旧 and 中 and words since, wide enough for two columns."""
    show(window, NARRATIVE)
    window.showNormal()
    window.resize(1366, 768)
    settle()
    if not window.preview.isHidden():
        window.preview.fold.toggle()
    draft = window.session.draft
    assert draft
    key = draft.case.key
    keep(key, "旧")
    for text, name in (("第一次改写。", "中"), (NEW, "")):
        draft.change(
            replace(
                write_first(draft.case, text), office=replace(draft.case.office, own_word=text[:2])
            ),
            "改写",
        )
        draft.save()
        if name:
            keep(key, name)
    show(window, NARRATIVE, "revisions")
    return window.page.revisions


def choose(page: RevisionsPage, name: str, other: str = "") -> None:
    """Two states by their names; the present without a second."""
    row = next(n for n in range(page.list.count()) if name in page.list.item(n).text())
    page.list.setCurrentRow(row)
    found = [n for n in range(page.other.count()) if other and other in page.other.itemText(n)]
    page.other.setCurrentIndex(next(iter(found), 0))
    page.other.activated.emit(page.other.currentIndex())
    settle()


def marked(document: QTextDocument) -> dict[str, set[str]]:
    """What is struck out and what is underlined, with the grounds they have."""
    found: dict[str, set[str]] = {"struck": set(), "underlined": set(), "tinted": set()}
    block = document.begin()
    while block.isValid():
        text = block.text()
        for run in block.textFormats():
            words = text[run.start : run.start + run.length]
            for name, on in (
                ("struck", run.format.fontStrikeOut()),
                ("underlined", run.format.fontUnderline()),
                ("tinted", run.format.background().style() != Qt.BrushStyle.NoBrush),
            ):
                if on:
                    found[name].add(words)
        block = block.next()
    return found


def test_what_changed_is_marked_by_line_and_ground(page: RevisionsPage) -> None:
    choose(page, "旧")
    assert page.comparison.text.columns == 2
    found = marked(page.comparison.text.document())
    assert any("口袋公园" in words or len(words) > 6 for words in found["struck"])
    assert any(NEW.rstrip("。") in words for words in found["underlined"])
    assert found["tinted"] == found["struck"] | found["underlined"]
    assert not found["struck"] & found["underlined"]


def test_any_two_states_are_compared_the_older_on_the_left(page: RevisionsPage) -> None:
    choose(page, "旧", "中")
    names = [label.text() for label in page.comparison.names]
    assert "旧：" in names[0]
    assert names[0].endswith("旧（导入）")
    assert names[1].endswith("中（手动保存）")
    text = page.comparison.text.toPlainText()
    assert "第一次改写" in text
    assert NEW not in text
    choose(page, "中", "旧")  # the same two the other way round
    assert [label.text() for label in page.comparison.names] == names


def test_a_state_is_not_compared_with_itself(page: RevisionsPage) -> None:
    choose(page, "中")
    offered = [page.other.itemText(n) for n in range(page.other.count())]
    assert offered[0] == "现在的内容"
    assert not any("中（" in words for words in offered)
    assert len(offered) == len(list_revisions(page.open_case.case.key))  # type: ignore[union-attr]


def test_changes_are_counted_and_stepped_through(
    window: MainWindow, page: RevisionsPage, qtbot: QtBot
) -> None:
    choose(page, "旧")
    count = int(page.comparison.count.text().split(" ")[0])
    assert count >= 2
    window.resize(1366, 420)  # so that the last change is out of sight
    settle()
    bar = page.comparison.text.verticalScrollBar()
    seen = []
    for number in range(1, count + 1):
        press(qtbot, Key.Key_F9)
        assert page.comparison.count.text() == f"{count} 处改动，第 {number} 处"
        seen.append(bar.value())
    assert seen == sorted(seen)
    assert seen[-1] > 0
    press(qtbot, Key.Key_F9)
    assert page.comparison.count.text().endswith("第 1 处")
    press(qtbot, Key.Key_F9, SHIFT)
    assert page.comparison.count.text().endswith(f"第 {count} 处")
    click(qtbot, page.comparison.previous)
    assert page.comparison.count.text().endswith(f"第 {count - 1} 处")
    click(qtbot, page.comparison.next)
    assert page.comparison.count.text().endswith(f"第 {count} 处")


def test_the_key_turns_to_the_page(window: MainWindow, page: RevisionsPage, qtbot: QtBot) -> None:
    window.page.show_page("replies")
    window.page.replies.cards[0].editor.setFocus()
    press(qtbot, Key.Key_F9)
    assert window.page.page == "revisions"
    assert page.comparison.text.isVisible()


def test_what_did_not_change_is_folded_and_can_be_shown(page: RevisionsPage, qtbot: QtBot) -> None:
    choose(page, "旧")
    unchanged = page.open_case.case.replies[-1].paragraphs[-1].text  # type: ignore[union-attr]
    assert unchanged not in page.comparison.text.toPlainText()
    assert "……未改动" in page.comparison.text.toPlainText()
    click(qtbot, page.comparison.whole)
    assert unchanged in page.comparison.text.toPlainText()
    assert "……未改动" not in page.comparison.text.toPlainText()
    assert page.comparison.text.toPlainText().count(unchanged) == 2, "on both sides"


def test_a_narrow_page_has_one_column_with_both_marks(
    window: MainWindow, page: RevisionsPage
) -> None:
    choose(page, "旧")
    window.resize(1093, 614)
    settle()
    text = page.comparison.text
    assert text.width() < NARROW
    assert text.columns == 1
    assert text.toPlainText().count("自称") == 1
    found = marked(text.document())
    assert found["struck"]
    assert found["underlined"]
    window.resize(1366, 768)
    settle()
    assert text.columns == 2


def test_words_that_look_like_html_are_words(window: MainWindow, page: RevisionsPage) -> None:
    draft = window.session.draft
    assert draft
    draft.change(write_first(draft.case, "<b>甲</b> & <img src=file:///x>乙"), "改写")
    draft.save()
    settle()
    choose(page, "旧")
    assert "<b>甲</b> & <img src=file:///x>乙" in page.comparison.text.toPlainText()


def test_the_same_contents_are_said_and_still_readable(
    window: MainWindow, page: RevisionsPage
) -> None:
    window.session.keep()
    settle()
    page.list.setCurrentRow(0)
    settle()
    assert page.comparison.count.text() == "没有改动"
    assert NEW in page.comparison.text.toPlainText()
    assert not page.comparison.next.isEnabled()


def test_a_damaged_state_is_a_sentence(page: RevisionsPage) -> None:
    models.Revision.update(case_file='{"case": 1}').where(models.Revision.name == "旧").execute()
    choose(page, "旧")
    assert "已损坏" in page.comparison.text.toPlainText()
    choose(page, "中")
    assert "第一次改写" in page.comparison.text.toPlainText()


def test_colours_follow_the_theme(page: RevisionsPage) -> None:
    def grounds(text: ComparisonText) -> set[str]:
        block, found = text.document().begin(), set()
        while block.isValid():
            found |= {
                run.format.background().color().name()
                for run in block.textFormats()
                if run.format.background().style() != Qt.BrushStyle.NoBrush
            }
            block = block.next()
        return found

    choose(page, "旧")
    for dark, name in enumerate(("light", "dark")):
        theme.dress(name, 100)
        settle()
        tokens = {theme.TOKENS[token][dark] for token in ("added", "removed")}
        assert grounds(page.comparison.text) == tokens
    theme.dress("light", 100)
