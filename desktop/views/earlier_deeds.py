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
from desktop.services.rows import PassageFound, ReplyFound
from desktop.settings import HIDDEN, SHOWN
from desktop.views.preview_bars import EARLIER
from desktop.views.reply_card import HINT, ReplyCard
from desktop.views.reply_editor import ReplyEditor
from desktop.views.visiting import Visiting

if TYPE_CHECKING:
    from desktop.services.earlier_letters import EarlierLetters
    from desktop.views.main_window import MainWindow

BEGIN_MS = 600  # after the window was made
ASK_MS = 200  # after the last change of what is asked
AFTER_SAVE_MS = 3000  # no save is followed by another for so long: the handler thinks
LIMIT = 20
EMPTY = "文库里还没有往年的答复，可以先导入文件夹"
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
        self._limit = LIMIT
        self._visiting = Visiting(window, self)
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
        self._visiting.wire()
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
        window.preview.come_last()
        self.keeping.fresh.connect(self._fresh)
        self.keeping.advanced.connect(self._advanced)
        self.keeping.failed.connect(self._failed)
        self.answer.answered.connect(self._answered)
        self.answer.failed.connect(self._not_answered)
        self.panel.asked.connect(self._sought)
        self.panel.more.clicked.connect(self._more)
        self.panel.bring.clicked.connect(window.import_folder)
        self.panel.insert_asked.connect(self.insert)
        self.panel.open_asked.connect(self._visiting.go)
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
        """Back to the words, or where they are to be written; on another page, to its tab."""
        page = self._window.page
        page.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        page.replies.take_back_focus()
        if page.page == "replies" and not page.replies.current_editor() and (card := self._there()):
            card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            card.editor.reveal()

    def _there(self) -> ReplyCard | None:
        """The card of the reply that is written."""
        reply = self._reply()
        cards = self._window.page.replies.cards if reply else []
        return next((card for card in cards if reply and card.key == reply.key), None)

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
        card.editor.earlier_dropped.connect(self._dropped, Qt.ConnectionType.QueuedConnection)
        card.editor.written.connect(self._written)

    def _written(self, _paragraphs: object, run: str) -> None:
        """A key, or with no `run` a deed."""
        editor = self.sender()
        if self._letters and self._window.settings.completion == SHOWN and run:
            assert isinstance(editor, ReplyEditor)
            self.completing.written(editor)

    def _opened(self, _: object) -> None:
        self._card = ""
        if self._letters and not self._visiting.under_way:
            self.panel.clear()
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
            self.panel.wait()
            self._soon.start(ASK_MS)

    def _sought(self) -> None:
        self._limit = LIMIT
        self._ask_soon()

    def _more(self) -> None:
        """再列 20 条."""
        self._limit += LIMIT
        self._ask()

    def _ask(self) -> None:
        """Ask for what is sought, else for what is similar; in the background."""
        if not self._letters:
            return
        words, wanted = self.panel.words, self.panel.wanted
        self._searching = self.panel.seeks
        self.panel.allow(self._why_not())
        if self._searching:
            asked: tuple[object, ...] = (words, wanted, self._limit, self._mine)
            one_more = self._limit + 1
            question = partial(self._letters.search, words, wanted, one_more, self._mine)
        else:
            reply = self._reply()
            text, about = _asked(self._window.session.case, reply) if reply else ("", "")
            key = self._window.session.case.key if reply else ""
            asked = (text, about, key)
            question = partial(self._letters.similar, text, about, key)
            if not text and not about:
                self._asked_for = ()
                self.answer.forget()
                self._show([])
                return
        if asked != self._asked_for:
            self._asked_for = asked
            self.answer.ask(question)
        elif not self.answer.busy:
            self.panel.ready()

    @property
    def _mine(self) -> str:
        """The key of the case that is written, which is not found."""
        opened = self._window.session.open_case
        return self._visiting.home or (opened.case.key if opened else "")

    def _why_not(self) -> str:
        """Why nothing can be inserted, or nothing."""
        opened = self._window.session.open_case
        if not opened:
            return NO_DRAFT
        if back := self._visiting.back:
            return f"{back}，才能插入"
        return ISSUED if opened.issued else "" if opened.case.replies else NO_CARD

    # answers
    def _answered(self, found: list[ReplyFound]) -> None:
        more = self._searching and len(found) > self._limit
        self._show(found[: self._limit] if more else found, more=more)

    def _show(self, found: list[ReplyFound], *, more: bool = False) -> None:
        sentence = self._sentence(len(found), more=more)
        self.panel.bring.setVisible(sentence == EMPTY)
        self.panel.show_found(found, sentence, more=more)
        similar = 0 if self._searching else len(found)
        self._window.preview.head.show_count(similar)
        if not self._searching:
            self._hint(similar)

    def _hint(self, count: int) -> None:
        """An empty reply says what waits for it."""
        reply = self._reply()
        for card in self._window.page.replies.cards_there:
            mine = count and reply and card.key == reply.key
            card.editor.set_hint(f"{HINT}，或按 F4 取用相近的 {count} 条往年答复" if mine else HINT)

    def _sentence(self, count: int, *, more: bool) -> str:
        if self.keeping.busy and not count:
            return "正在整理往年答复…"
        if not count and self.keeping.letters <= {self._mine}:
            return EMPTY
        if self._searching:
            if not count:
                return "没有找到，可以少用几个字，或放宽筛选"
            return f"前 {count} 条" if more else f"找到 {count} 条"
        reply = self._reply()
        if not reply:
            return "打开一份提案，这里就有相近的往年答复；也可以直接查找"
        like = _named(self._window.session.case, reply)
        return f"与{like}相近的 {count} 条" if count else f"没有与{like}相近的往年答复"

    def insert(self) -> None:
        """插入 what is chosen, where the caret is in the reply."""
        self._take(paragraphs(self.panel.chosen()))

    def _dropped(self, ticket: str, text: str) -> None:
        """Dropped or pasted; what another window copied is plain words here."""
        card = self._there()
        if self._letters and (chosen := self.panel.model.carried.get(ticket)):
            self._take(chosen)
        elif card and self._window.session.draft:
            card.editor.paste_text(text)

    def _take(self, chosen: list[tuple[ReplyFound, PassageFound]]) -> None:
        page, card = self._window.page, self._there()
        if not chosen or not card or not self._window.session.draft:
            return
        page.show_page("replies")
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


def _asked(case: Case, reply: Reply) -> tuple[str, str]:
    """What is asked of the handler in this reply, and what the letter is about."""
    from desktop.services.similar import about, asked_for

    asked = (asked_for(s) for s in case.suggestions() if s.key in reply.suggestions)
    return "\n".join(asked).strip(), about(case)


def _named(case: Case, reply: Reply) -> str:
    labels = {suggestion.key: suggestion.label for suggestion in case.suggestions()}
    named = "、".join(labels[key] for key in reply.suggestions)
    return f"建议{named}" if named else "这份提案"
