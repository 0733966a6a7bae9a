"""The reply editor alone: marks, run-ons, plain paste, characters beyond the BMP, input methods."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QInputMethodEvent, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.enums import Outcome
from desktop.letter.model import Paragraph
from desktop.views import reply_margin
from desktop.views.main_window import MainWindow
from desktop.views.reply_editor import ReplyEditor
from desktop.views.reply_margin import mark_of
from desktop.widgets import theme
from tests.cases import Keys
from tests.desktop.views.hands import CTRL, NARRATIVE, SHIFT, preedit, press, settle, show, write

Key = Qt.Key
RARE = "𠮷野家甲"


@pytest.fixture
def window_with_reply(window: MainWindow) -> MainWindow:
    """One suggestion, its reply empty, the caret in it."""
    window.session.new_case()
    window.page.show_page("replies")
    window.page.replies.add_suggestion()
    window.page.replies.cards[0].editor.setFocus()
    settle()
    return window


@pytest.fixture
def editor(window_with_reply: MainWindow) -> ReplyEditor:
    """Its editor."""
    return window_with_reply.page.replies.cards[0].editor


def texts(window: MainWindow) -> list[str]:
    return [p.text for reply in window.session.case.replies for p in reply.paragraphs]


def paste(editor: ReplyEditor, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    editor.paste()
    settle()


def paste_text(editor: ReplyEditor, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    paste(editor, data)


# paragraphs
def test_dividing_runs_on_and_keeps_the_mark(
    window_with_reply: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("已登记，正测算。")
    press(qtbot, Key.Key_1, CTRL)
    editor.put_caret(editor.paragraphs()[0].key, 4)
    press(qtbot, Key.Key_Return, CTRL)
    press(qtbot, Key.Key_2, CTRL)
    paragraphs = window_with_reply.session.case.replies[0].paragraphs
    assert [(p.text, p.outcome, p.runs_on) for p in paragraphs] == [
        ("已登记，", Outcome.DONE, False),
        ("正测算。", Outcome.UNDER_WAY, True),
    ]
    assert editor.document().begin().next().blockFormat().topMargin() == 0


def test_levels_and_run_ons_by_keys(
    window_with_reply: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("经费方面")
    press(qtbot, Key.Key_1, CTRL | Qt.KeyboardModifier.AltModifier)
    press(qtbot, Key.Key_Return)
    write("已核定。")
    press(qtbot, Key.Key_0, CTRL | Qt.KeyboardModifier.AltModifier)
    press(qtbot, Key.Key_J, CTRL)
    first, second = window_with_reply.session.case.replies[0].paragraphs
    assert (first.level, second.level, second.runs_on) == (1, 0, True)
    weights = [editor.document().findBlockByNumber(n).charFormat().fontWeight() for n in (0, 1)]
    assert weights[0] > weights[1]


def test_marks_of_several_paragraphs_at_once(editor: ReplyEditor, qtbot: QtBot) -> None:
    paste_text(editor, "甲。\n乙。\n丙。")
    press(qtbot, Key.Key_A, CTRL)
    press(qtbot, Key.Key_3, CTRL)
    assert {p.outcome for p in editor.paragraphs()} == {Outcome.PENDING}
    press(qtbot, Key.Key_0, CTRL)
    assert {p.outcome for p in editor.paragraphs()} == {None}


@pytest.mark.parametrize(
    ("paragraph", "proposed", "asks", "words"),
    [
        (Paragraph("k", "甲", Outcome.DONE), None, True, "当年完成"),
        (Paragraph("k", "甲", Outcome.DONE), Outcome.PENDING, True, "当年完成"),
        (Paragraph("k", "甲"), Outcome.PENDING, True, "明年待落实？"),
        (Paragraph("k", "甲"), None, True, "未标注"),
        (Paragraph("k", "甲"), None, False, ""),
        (Paragraph("k", " "), None, True, ""),
    ],
)
def test_the_margin_says_the_outcome_in_words(
    paragraph: Paragraph, proposed: Outcome | None, asks: bool, words: str
) -> None:
    assert mark_of(paragraph, proposed, alone=False, asks=asks).words == words


@pytest.mark.usefixtures("editor")
def test_the_margin_is_wide_enough_for_its_words() -> None:
    room = theme.scaled(reply_margin.WIDTH) - theme.scaled(reply_margin.INSET)
    metrics = QFontMetrics(theme.font(12))
    for outcome in Outcome:
        words = mark_of(Paragraph("k", "甲"), outcome, alone=False, asks=False).words
        assert metrics.horizontalAdvance(words) <= room, words


def test_a_click_in_the_margin_asks_and_beside_it_writes(
    editor: ReplyEditor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        "desktop.views.reply_menus.ask_outcome", lambda _e, number, _p: asked.append(number)
    )
    paste_text(editor, "甲。\n乙。")
    second = editor.cursorRect().center().y()
    qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, second))
    qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, second))
    assert asked == [1]


def test_type_is_14_pixels_on_lines_of_24(editor: ReplyEditor) -> None:
    """window.md: reply text 14 px at 1.7, at 界面字号 100 %."""
    write("甲")
    assert editor.fontInfo().pixelSize() == 14
    assert editor.document().begin().blockFormat().lineHeight() == theme.scaled(14 * 1.7)


# pasting
def test_paste_is_tidied_and_one_undo_gives_the_raw_text(
    window_with_reply: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("头。")
    raw = "\n\n　　已完成,见下:\n\n　　明年继续。\n"
    paste_text(editor, raw)
    assert texts(window_with_reply) == ["头。已完成，见下：", "明年继续。"]
    assert "Ctrl+Z" in window_with_reply.status.word.text()
    press(qtbot, Key.Key_Z, CTRL)
    assert "\n".join(texts(window_with_reply)) == "头。" + raw
    press(qtbot, Key.Key_Z, CTRL)
    assert texts(window_with_reply) == ["头。"]


def test_10_megabytes_are_refused_in_one_sentence(
    window_with_reply: MainWindow, editor: ReplyEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("desktop.views.main_window.show_error", lambda _, s: said.append(s))
    write("原有。")
    paste_text(editor, "长" * 3_500_000)
    assert texts(window_with_reply) == ["原有。"]
    (sentence,) = said
    assert "没有粘贴" in sentence
    assert "原有文字没有改动" in sentence


def test_10_megabytes_into_a_suggestion_are_refused_too(
    window_with_reply: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("desktop.views.main_window.show_error", lambda _, s: said.append(s))
    text = window_with_reply.page.replies.cards[0].rows[0].text
    QGuiApplication.clipboard().setText("长" * 3_500_000)
    text.paste()
    assert text.toPlainText() == ""
    assert len(said) == 1


def test_an_image_is_ignored(window_with_reply: MainWindow, editor: ReplyEditor) -> None:
    data = QMimeData()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    data.setImageData(image)
    paste(editor, data)
    assert texts(window_with_reply) == []


def test_html_comes_in_as_text_and_loads_nothing(
    window_with_reply: MainWindow, editor: ReplyEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    load = ReplyEditor.loadResource

    def noted(self: ReplyEditor, kind: int, name: QUrl) -> object:
        asked.append(load(self, kind, name))
        return asked[-1]

    monkeypatch.setattr(ReplyEditor, "loadResource", noted)
    data = QMimeData()
    data.setHtml(
        '<p><b>已完成</b><img src="file:///etc/hostname"><img src="http://example.com/a.png"></p>'
        "<style>body{color:red}</style>"
    )
    data.setText("已完成")
    paste(editor, data)
    assert texts(window_with_reply) == ["已完成"]
    assert "<img" not in editor.toHtml()
    assert not any(asked)
    for url in ("file:///etc/hostname", "http://example.com/a.png"):
        kind = QTextDocument.ResourceType.ImageResource.value
        assert editor.loadResource(kind, QUrl(url)) is None


def test_control_characters_never_enter(window_with_reply: MainWindow, editor: ReplyEditor) -> None:
    paste_text(editor, "甲\x0b乙\ufeff丙\u202e丁\x00")
    assert "".join(texts(window_with_reply)) == "甲乙丙丁"


# beyond the BMP
def test_rare_characters_divide_between_characters(
    window_with_reply: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write(RARE + RARE)
    editor.put_caret(editor.paragraphs()[0].key, 5)  # behind the second 𠮷
    press(qtbot, Key.Key_Return, CTRL)
    assert texts(window_with_reply) == ["𠮷野家甲𠮷", "野家甲"]
    press(qtbot, Key.Key_Z, CTRL)
    assert texts(window_with_reply) == [RARE + RARE]
    assert editor.toPlainText() == RARE + RARE


def test_rare_characters_typed_over_and_undone(
    window_with_reply: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    write("𠮷𠮶")  # both begin with the same half
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Backspace)
    press(qtbot, Key.Key_Backspace)
    assert texts(window_with_reply) == ["𠮷"]
    write("𠮹")
    for _ in range(3):
        press(qtbot, Key.Key_Z, CTRL)
        assert editor.toPlainText() == "\n".join(texts(window_with_reply))
    while window_with_reply.session.open_case and window_with_reply.session.open_case.redo_name:
        press(qtbot, Key.Key_Y, CTRL)
    assert texts(window_with_reply) == ["𠮷𠮹"] == [editor.toPlainText()]


def test_a_change_within_a_pair_keeps_both_halves(editor: ReplyEditor) -> None:
    """Undo from 𠮷 to 𠮶: the halves of a character never part."""
    key = Keys()()
    editor.show_paragraphs((Paragraph(key, "甲𠮷乙"),))
    editor.show_paragraphs((Paragraph(key, "甲𠮶乙"),))
    assert editor.toPlainText() == "甲𠮶乙"


# input methods
def test_what_is_not_committed_is_no_fact(window_with_reply: MainWindow) -> None:
    write("已")
    before = window_with_reply.session.case
    preedit("wan cheng")
    settle()
    assert window_with_reply.session.case is before
    write("完成")
    assert texts(window_with_reply) == ["已完成"]


def test_what_is_not_committed_survives_an_answer_from_elsewhere(
    window_with_reply: MainWindow, editor: ReplyEditor
) -> None:
    """Autosave and the status line come and go while somebody composes a word."""
    write("已")
    preedit("wan")
    window_with_reply.session.save()
    window_with_reply.status.show_count()
    settle()
    block = editor.document().begin()
    assert block.layout().preeditAreaText() == "wan"
    write("完")
    assert texts(window_with_reply) == ["已完"]


def test_the_hint_hides_while_a_word_is_composed(editor: ReplyEditor) -> None:
    assert editor.is_blank()
    preedit("wan")
    assert not editor.is_blank()
    QApplication.sendEvent(editor, QInputMethodEvent("", []))
    assert editor.is_blank()


# keys that belong to the window
def test_typing_is_one_step_of_undo_until_a_pause(
    window_with_reply: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    qtbot.keyClicks(editor, "GB/T 9704")
    press(qtbot, Key.Key_Z, CTRL)
    assert texts(window_with_reply) == []
    press(qtbot, Key.Key_Y, CTRL)
    assert texts(window_with_reply) == ["GB/T 9704"]


def test_selected_text_is_typed_over(
    window_with_reply: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    paste_text(editor, "甲。\n乙。\n丙。")
    keys = [p.key for p in editor.paragraphs()]
    press(qtbot, Key.Key_Home, CTRL)
    press(qtbot, Key.Key_End, CTRL | SHIFT)
    write("丁。")
    assert texts(window_with_reply) == ["丁。"]
    press(qtbot, Key.Key_Z, CTRL)
    assert [p.key for p in editor.paragraphs()] == keys


def test_a_long_reply_takes_a_key_within_a_frame(editor: ReplyEditor) -> None:
    """30,000 characters: with all it triggers, a key takes one frame; four here, for slow CI."""
    from time import perf_counter

    paste_text(editor, "\n".join(["我区正按绿地面积与日均人流分三档测算管护经费。" * 12] * 110))
    write("热")
    taken = []
    for word in "甲乙丙丁戊己庚辛壬癸":
        start = perf_counter()
        write(word, editor)
        QApplication.processEvents()
        taken.append(perf_counter() - start)
    assert sorted(taken)[len(taken) // 2] < 0.064, taken


def test_read_only_takes_no_key_no_paste_no_mark(
    window: MainWindow, editor: ReplyEditor, qtbot: QtBot
) -> None:
    show(window, NARRATIVE)
    editor = window.page.replies.cards[0].editor
    editor.setReadOnly(True)
    before = window.session.case
    editor.setFocus()
    for key, modifier in ((Key.Key_Return, SHIFT), (Key.Key_Return, CTRL), (Key.Key_1, CTRL)):
        press(qtbot, key, modifier)
    press(qtbot, Key.Key_A)
    paste_text(editor, "甲")
    assert window.session.case is before
