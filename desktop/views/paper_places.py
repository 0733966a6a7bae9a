"""From a place on the paper to the field it is written in, and from the caret to the paper."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from desktop import terms
from desktop.letter.model import Paragraph
from desktop.paper.places import CATEGORY, DISCLOSURE, MARK, Spot
from desktop.services.coverage import Missing, Place
from desktop.views.case_page import CasePage
from desktop.views.letter_fields import NumberEditor
from desktop.views.preview import Preview
from desktop.views.reply_editor import ReplyEditor
from desktop.widgets.line_field import LineField
from desktop.widgets.plain_editor import PlainEditor, characters, units

HEARD = "heard_on_paper"
NOWHERE = ("", 0)


class PaperPlaces(QObject):
    """Leads the clicks of `preview` into the fields of `page`, and its carets onto the paper."""

    def __init__(self, page: CasePage, preview: Preview) -> None:
        """Listen to both."""
        super().__init__(page)
        self._page, self._preview = page, preview
        self._last, self._of = NOWHERE, page.open_case
        self._soon = QTimer(self)  # between an edit and its report a caret stands nowhere
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)
        preview.wanted.connect(self.go_to)
        preview.turned.connect(self._tell)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)

    def take_back(self) -> None:
        """Write on where the caret was."""
        if self._last == NOWHERE:
            self._page.tabs.setFocus()
        else:
            self.go_to(Spot(*self._last))

    # from the paper
    def go_to(self, spot: Spot) -> None:
        """Put the caret where `spot` is written."""
        key, _, part = spot.source.partition(".")
        if spot.source == MARK:
            self._page.go_to(Missing("", Place.BASICS, "office"))
        elif spot.source in (CATEGORY, DISCLOSURE):
            self._page.show_page("letter")
            letter = self._page.letter
            self._show(letter.scheme if spot.source == CATEGORY else letter.disclosure)
        elif part:
            self._page.show_page("replies")
            if row := self._page.replies.row(key):
                self._put_caret(row.text if part == "text" else row.elaboration, spot)
        elif spot.source in terms.FIELDS:
            self._page.show_page("letter")
            self._put_caret(self._page.letter.fields[spot.source].editor.focusProxy(), spot)
        else:
            self._go_to_paragraph(spot)

    def _go_to_paragraph(self, spot: Spot) -> None:
        for card in self._page.replies.cards:
            for paragraph in card.editor.paragraphs():
                if paragraph.key == spot.source:
                    self._page.show_page("replies")
                    before = self._unprinted(paragraph)
                    card.editor.put_caret(paragraph.key, before + spot.at)
                    card.editor.setFocus()
                    card.editor.reveal()

    def _put_caret(self, field: QWidget | None, spot: Spot) -> None:
        if isinstance(field, PlainEditor):
            field.select(_in_field(field.toPlainText(), spot), 0)
            field.setFocus()
            field.reveal()
            if not field.isEnabled():  # 已定稿: no caret comes, which would reveal it once more
                QTimer.singleShot(0, field, field.reveal)
        elif isinstance(field, NumberEditor):
            at = spot.at
            for part in (field.prefix, field.year, field.serial):
                if at <= len(part.text()) or part is field.serial:
                    self._show(part)
                    part.setCursorPosition(units(part.text()[:at]))
                    return
                at -= len(part.text()) + 1  # the bracket after it

    def _show(self, field: QWidget) -> None:
        """A field of 函件 that scrolls by itself."""
        field.setFocus()
        self._page.letter.view.ensureWidgetVisible(field, 0, 80)

    # from the caret
    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, (PlainEditor, LineField)) and self._page.isAncestorOf(new):
            if not new.property(HEARD):
                new.setProperty(HEARD, True)
                new.cursorPositionChanged.connect(self._moved)
            self._moved()

    def _moved(self, *_: int) -> None:
        if self._preview.isVisible():
            self._soon.start(0)

    def _tell(self) -> None:
        """Where the caret is, or was last, while the handler looks at the preview or the list."""
        if self._of is not self._page.open_case:
            self._last, self._of = NOWHERE, self._page.open_case
        widget = QApplication.focusWidget()
        if isinstance(widget, (QTextEdit, QLineEdit)) and self._page.isAncestorOf(widget):
            self._last = self._place_of(widget)
        self._preview.show_place(*self._last)

    def _place_of(self, widget: QTextEdit | QLineEdit) -> tuple[str, int]:
        """Source and printed character of the caret in `widget`."""
        if isinstance(widget, ReplyEditor):
            cursor, paragraph = widget.textCursor(), widget.caret_paragraph()
            at = characters(paragraph.text, cursor.positionInBlock())
            return paragraph.key, max(0, at - self._unprinted(paragraph))
        at = _caret(widget)
        for card in self._page.replies.cards_there:
            for row in card.rows:
                if widget in (row.text, row.elaboration, row.label):
                    part = "elaboration" if widget is row.elaboration else "text"
                    return f"{row.key}.{part}", 0 if widget is row.label else at
        if self._page.page == "letter":
            for name, field in self._page.letter.fields.items():
                if field.isAncestorOf(widget):
                    number = field.editor.focusProxy()
                    before = _before(number, widget) if isinstance(number, NumberEditor) else 0
                    return name, before + at
        return NOWHERE

    def _unprinted(self, paragraph: Paragraph) -> int:
        """The ordinal typed before a sub-heading is no place: the wording prints its own."""
        words = self._preview.printed(paragraph.key) if paragraph.level else ""
        return len(paragraph.text) - len(words) if words else 0


def _caret(widget: QTextEdit | QLineEdit) -> int:
    """The printed characters before the caret; blank lines of a field are not printed."""
    if isinstance(widget, QLineEdit):
        return characters(widget.text(), widget.cursorPosition())
    text = widget.toPlainText()
    before = text[: characters(text, widget.textCursor().position())]
    *lines, last = before.split("\n")
    return sum(len(line) for line in lines if line.strip()) + len(last)


def _in_field(text: str, spot: Spot) -> int:
    """The character of a field of several lines that is printed at `spot`."""
    start, left = 0, spot.at
    for line in text.split("\n"):
        if line.strip():
            end = start + len(line) == len(text) or spot.ending
            if left < len(line) + end:
                return start + left
            left -= len(line)
        start += len(line) + 1
    return len(text)


def _before(number: NumberEditor, widget: QWidget) -> int:
    """What of a 发文字号 is printed before one of its parts, brackets and all."""
    parts = (number.prefix, number.year, number.serial)
    return sum(len(part.text()) + 1 for part in parts[: parts.index(widget)])
