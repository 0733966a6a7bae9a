"""往年答复 in the window: what is asked and when, and that its index keeps in step.

The panel, the index and all that belongs to them are made after the window's first painting.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.letter.model import Case, Reply
from desktop.models.earlier_answers import paragraphs
from desktop.services.coverage import answered
from desktop.services.rows import ReplyFound
from desktop.settings import HIDDEN, SHOWN
from desktop.views.preview_bars import EARLIER
from desktop.views.reply_card import HINT, ReplyCard
from desktop.views.reply_editor import ReplyEditor

if TYPE_CHECKING:
    from desktop.services.earlier_letters import EarlierLetters
    from desktop.views.main_window import MainWindow

BEGIN_MS = 600  # after the window was made
ASK_MS = 200  # after the last change of what is asked
AFTER_SAVE_MS = 3000  # no save is followed by another for so long: the handler thinks
LIMIT = 20
NO_DRAFT, ISSUED, NO_CARD = "先打开一份提案", "已定稿，不能插入", "还没有答复，先添加建议"


class EarlierDeeds(QObject):
    """The slots of `actions.MENUS` for 往年答复, and all its wiring. `said` is a quiet word."""

    said = Signal(str)

    def __init__(self, window: "MainWindow") -> None:
        """Deeds in `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window
        self._letters: EarlierLetters | None = None
        self._card = ""  # key of the reply the caret is in, or was in last
        self._asked_for: tuple[object, ...] = ()  # what is shown, or on its way
        self._searching = self._closed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._ask)

    def wire(self) -> None:
        """Hear the parts of the window, which are all there."""
        window = self._window
        window.session.opened.connect(self._opened)
        window.session.changed.connect(self._changed)
        window.session.saved.connect(self._saved)
        window.preview.head.tabs.currentChanged.connect(self._turned)
        window.sidebar.listed.connect(self._library_changed)
        window.importing.stored.connect(self._library_changed)
        window.page.replies.card_made.connect(self._hear)
        ticked = window.deeds.by_name["toggle_completion"]
        ticked.setChecked(window.settings.completion == SHOWN)
        QTimer.singleShot(BEGIN_MS, self, self.begin)

    def begin(self) -> None:
        """Make the panel and look after the index."""
        if self._letters or self._closed:
            return
        from desktop.services.earlier_letters import EarlierLetters
        from desktop.views.completing import Completing
        from desktop.views.earlier_keeping import EarlierKeeping
        from desktop.views.earlier_panel import EarlierPanel
        from desktop.views.latest_answer import LatestAnswer

        window = self._window
        self._letters = EarlierLetters(window.folder)
        self.keeping = EarlierKeeping(self._letters, self)
        self.answer = LatestAnswer(self)
        self.completing = Completing(self._letters, self)
        self.panel = EarlierPanel(window.preview)
        window.preview.sides.addWidget(self.panel)
        window.preview.beside = self.panel.stops
        self.keeping.fresh.connect(self._fresh)
        self.keeping.advanced.connect(self._advanced)
        self.keeping.failed.connect(self._failed)
        self.answer.answered.connect(self._answered)
        self.answer.failed.connect(self._not_answered)
        self.panel.asked.connect(self._ask_soon)
        self.panel.insert_asked.connect(self.insert)
        self.panel.open_asked.connect(window.show_case)
        self.panel.left.connect(self._leave)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)
        self._focused(None, QApplication.focusWidget())
        self._turned(window.preview.head.tabs.currentIndex())
        self.keeping.refresh()
        self._ask()

    def close(self) -> None:
        """The window closes: the index is closed too, for good."""
        self._closed = True
        self._soon.stop()
        if self._letters:
            self.keeping.stop()
            self.answer.forget()
            self.completing.put_away()
            self._letters.close()

    # 查看
    def show_earlier(self) -> None:
        """往年答复: there, and back to the reply."""
        window = self._window
        self.begin()
        focus = QApplication.focusWidget()
        if focus and self.panel.isAncestorOf(focus):
            self._leave()
            return
        window.preview.turn(EARLIER)
        self.panel.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.panel.search.selectAll()

    def _leave(self) -> None:
        """Back to the words; on another page, to its tab."""
        page = self._window.page
        page.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        page.replies.take_back_focus()

    def toggle_completion(self, on: bool) -> None:
        """随写提示常用语, or not."""
        self._window.settings.completion = SHOWN if on else HIDDEN
        if self._letters and not on:
            self.completing.put_away()

    def _turned(self, side: int) -> None:
        if side == EARLIER:
            self.begin()
            self._window.preview.sides.setCurrentWidget(self.panel)

    # which card
    def _hear(self, card: ReplyCard) -> None:
        """A drop is still going on when it is heard."""
        card.editor.earlier_dropped.connect(self.insert, Qt.ConnectionType.QueuedConnection)
        card.editor.written.connect(self._written)

    def _written(self, _paragraphs: object, run: str) -> None:
        """A key, or with no `run` a deed."""
        editor = self.sender()
        if self._letters and self._window.settings.completion == SHOWN and run:
            assert isinstance(editor, ReplyEditor)
            self.completing.written(editor)

    def _opened(self, _: object) -> None:
        self._card = ""
        self._ask_soon()

    def _changed(self, _before: Case, _after: Case) -> None:
        """What is asked may be another; only then it is asked anew."""
        if self._letters:
            self.keeping.touch()
            self._soon.start(ASK_MS)

    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The caret went into a card, or from one to another."""
        place: QWidget | None = new
        while place and not isinstance(place, ReplyCard):
            place = place.parentWidget()
        if isinstance(place, ReplyCard) and place.key != self._card:
            self._card = place.key
            self._ask_soon()

    def _reply(self) -> Reply | None:
        """The reply that is written; before anything is, the first one that waits."""
        opened = self._window.session.open_case
        replies = opened.case.replies if opened else ()
        mine = (reply for reply in replies if reply.key == self._card)
        waiting = (reply for reply in replies if not answered(reply))
        return next(mine, None) or next(waiting, None) or next(iter(replies), None)

    # asking
    def _ask_soon(self) -> None:
        if self._letters:
            self._soon.start(ASK_MS)

    def _ask(self) -> None:
        """Ask for what is sought, else for what is similar; in the background."""
        if not self._letters:
            return
        words, opened = self.panel.words, self._window.session.open_case
        self._searching = bool(words)
        self.panel.allow(self._why_not())
        if words:  # of another case other replies are one's own
            asked: tuple[object, ...] = (words, self.panel.wanted, opened and opened.case.key)
            question = partial(self._letters.search, words, self.panel.wanted, LIMIT)
        else:
            text, key = self._text()
            asked, question = (text, key), partial(self._letters.similar, text, key)
            if not text.strip():
                self._asked_for = ()
                self.answer.forget()
                self._show([])
                return
        if asked != self._asked_for:
            self._asked_for = asked
            self.answer.ask(question)

    def _text(self) -> tuple[str, str]:
        """What is asked of the handler in the card, or what the letter is about; its case."""
        from desktop.services.similar import asked_for

        reply = self._reply()
        if not reply:
            return "", ""
        case = self._window.session.case
        asked = [asked_for(s) for s in case.suggestions() if s.key in reply.suggestions]
        return "\n".join(asked or [p.subject for p in case.proposals]), case.key

    def _why_not(self) -> str:
        """Why nothing can be inserted, or nothing."""
        opened = self._window.session.open_case
        if not opened:
            return NO_DRAFT
        return ISSUED if opened.issued else "" if opened.case.replies else NO_CARD

    # answers
    def _answered(self, found: list[ReplyFound]) -> None:
        opened = self._window.session.open_case
        mine = opened.case.key if opened else ""
        self._show([one for one in found if one.case != mine])

    def _show(self, found: list[ReplyFound]) -> None:
        self.panel.show_found(found, self._sentence(len(found)))
        if not self._searching:
            self._window.preview.head.show_count(len(found))
            self._hint(len(found))

    def _hint(self, count: int) -> None:
        """An empty reply says what waits for it."""
        reply = self._reply()
        for card in self._window.page.replies.cards_there:
            mine = count and reply and card.key == reply.key
            card.editor.set_hint(f"{HINT}，或按 F4 取用相近的 {count} 条往年答复" if mine else HINT)

    def _sentence(self, count: int) -> str:
        if self._searching:
            if not count:
                return "没有找到，可以少用几个字，或放宽筛选"
            return f"最相近的 {count} 条" if count == LIMIT else f"找到 {count} 条"
        if self.keeping.busy and not count:
            return "正在整理往年答复…"
        reply = self._reply()
        if not reply:
            return "打开一份提案，这里就有相近的往年答复；也可以直接查找"
        labels = {s.key: s.label for s in self._window.session.case.suggestions()}
        named = "、".join(labels[key] for key in reply.suggestions)
        like = f"建议{named}" if named else "这份提案"
        return f"与{like}相近的 {count} 条" if count else f"没有与{like}相近的往年答复"

    def insert(self) -> None:
        """插入 what is chosen, where the caret is in the reply."""
        page, reply = self._window.page, self._reply()
        chosen = paragraphs(self.panel.chosen())
        if not chosen or not reply or not self._window.session.draft:
            return
        page.show_page("replies")
        card = next(card for card in page.replies.cards if card.key == reply.key)
        page.replies.taking_over.take(card, chosen)
        self.said.emit(f"已插入 {len(chosen)} 段（Ctrl+Z 撤销）")

    # the index
    def _saved(self, *_: object) -> None:
        if self._letters:
            self.keeping.refresh(AFTER_SAVE_MS)

    def _library_changed(self) -> None:
        """Letters came or went."""
        if self._letters:
            self.keeping.refresh(ASK_MS)

    def rest(self) -> None:
        """An idle moment."""
        self._saved()

    def _advanced(self, known: int) -> None:
        if not self.panel.model.lines:
            self.panel.tell(f"正在整理往年答复，已有 {known} 份…")

    def _fresh(self, any_new: bool) -> None:
        if any_new:
            self._asked_for = ()
        self._ask()
        if not self.answer.busy and not self.panel.model.lines:
            self._show([])

    def _not_answered(self, sentence: str) -> None:
        """An index that was thrown away is made anew."""
        self._failed(sentence)
        self.keeping.refresh(AFTER_SAVE_MS)

    def _failed(self, sentence: str) -> None:
        """Quietly; it is tried again in the next idle moment."""
        self._asked_for = ()
        self.panel.show_found([], sentence)
        self.said.emit(sentence)
