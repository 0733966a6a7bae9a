"""The page of one case: what it is, and its tabs 基本信息 / 建议与答复 / 函件 / 会办 / 版本."""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from db.enums import Form
from desktop import terms
from desktop.letter.model import Case, Office
from desktop.services.coverage import Missing, Place
from desktop.views.open_case import OpenCase
from desktop.views.replies_page import RepliesPage
from desktop.widgets.column import Column
from desktop.widgets.form import Choice
from desktop.widgets.message import Banner

if TYPE_CHECKING:
    from desktop.views.basics_page import BasicsPage
    from desktop.views.co_handling_page import CoHandlingPage
    from desktop.views.letter_page import LetterPage
    from desktop.views.revisions_page import RevisionsPage

    Page = RepliesPage | BasicsPage | LetterPage | CoHandlingPage | RevisionsPage

PAGES = {
    "basics": "基本信息",
    "replies": "建议与答复",
    "letter": "函件",
    "co_handling": "会办",
    "revisions": "版本",
}


class CasePage(QWidget):
    """The case on the screen. The pages besides 建议与答复 are made when they are first wanted."""

    issue_asked = Signal()
    reopen_asked = Signal()
    restore_asked = Signal(int)
    pack_asked = Signal(str)  # as the 会办 page has it
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """A page without a case."""
        super().__init__(parent)
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.open_case: OpenCase | None = None
        self.title = QLabel(self)
        self.title.setProperty("title", True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.facts = QLabel(self)
        self.facts.setProperty("small", True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("卷宗的各页")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.form = Choice([(form.value, word) for form, word in terms.FORMS.items()])
        self.form.setAccessibleName("形式")
        self.banner = Banner()
        self.stack = QStackedWidget(self)
        self.replies = RepliesPage(self)
        self.replies.refused.connect(self.refused)
        self._made: list[Page] = []
        self._take(self.replies)
        for word in PAGES.values():
            self.tabs.addTab(word)
        self.show_page("replies")
        self._ours: Office | None = None
        self._place()
        self.tabs.currentChanged.connect(self._tab_changed)
        self.form.changed.connect(self._form_changed)

    def _place(self) -> None:
        self.form.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout()
        line.addWidget(self.tabs)
        line.addStretch()
        line.addWidget(self.form)
        top = Column(self, top=12)
        head = top.rows
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.facts)
        head.addSpacing(2)
        head.addLayout(line)
        rule = QFrame(self)
        rule.setProperty("rule", True)
        head.addWidget(rule)
        head.addWidget(self.banner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self.stack, 1)
        for label in (self.title, self.facts):
            label.setMinimumWidth(80)

    def _take(self, page: "Page") -> None:
        """Into the stack, with the case that is open."""
        self._made.append(page)
        self.stack.addWidget(page)
        page.set_case(self.open_case)

    @cached_property
    def basics(self) -> "BasicsPage":
        """基本信息."""
        from desktop.views.basics_page import BasicsPage

        page = BasicsPage(self)
        page.set_ours(self._ours)
        self._take(page)
        return page

    @cached_property
    def letter(self) -> "LetterPage":
        """函件."""
        from desktop.views.letter_page import LetterPage

        page = LetterPage(self)
        page.issue_asked.connect(self.issue_asked)
        page.reopen_asked.connect(self.reopen_asked)
        page.refused.connect(self.refused)
        self._take(page)
        return page

    @cached_property
    def co_handling(self) -> "CoHandlingPage":
        """会办."""
        from desktop.views.co_handling_page import CoHandlingPage

        page = CoHandlingPage(self)
        page.said.connect(self.replies.said)
        page.pack_asked.connect(self.pack_asked)
        self._take(page)
        return page

    @cached_property
    def revisions(self) -> "RevisionsPage":
        """版本."""
        from desktop.views.revisions_page import RevisionsPage

        page = RevisionsPage(self)
        page.restore_asked.connect(self.restore_asked)
        page.refused.connect(self.refused)
        self._take(page)
        return page

    def set_ours(self, office: Office | None) -> None:
        """The facts of our own office, or that they are not known."""
        self._ours = office
        if "basics" in vars(self):
            self.basics.set_ours(office)

    def set_case(self, open_case: OpenCase | None) -> None:
        """Show this case from now on; writes nothing."""
        if self.open_case:
            self.open_case.changed.disconnect(self._changed)
        self.open_case = open_case
        self.banner.hide()
        for page in self._made:
            page.set_case(open_case)
        if open_case:
            open_case.changed.connect(self._changed)
            self._show_head(open_case.case)

    def show_page(self, name: str) -> None:
        """Turn to a page by its name in `PAGES`."""
        self.tabs.setCurrentIndex(list(PAGES).index(name))

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return list(PAGES)[self.tabs.currentIndex()]

    def go_to(self, missing: Missing) -> None:
        """Open the place that is missing something."""
        if missing.place is Place.BASICS or missing.key in ("office", "lead_unit"):
            self.show_page("basics")
            self.basics.go_to(missing)
        elif missing.place is Place.FIELD:
            self.show_page("letter")
            self.letter.go_to(missing)
        else:
            self.show_page("replies")
            self.replies.go_to(missing)

    def _changed(self, before: Case, after: Case, _undone: bool) -> None:
        if (before.proposals, before.form, before.kind, before.issue) != (
            after.proposals,
            after.form,
            after.kind,
            after.issue,
        ):
            self._show_head(after)

    def _show_head(self, case: Case) -> None:
        first = case.proposals[0]
        subject = next((p.subject for p in case.proposals if p.subject), "")
        self.title.setText(subject or "（还没有填写案由）")
        numbers = "、".join(p.proposal_number for p in case.proposals if p.proposal_number)
        names = list(dict.fromkeys(q.name for p in case.proposals for q in p.proposers))
        facts = [f"{terms.PROPOSAL_KINDS[first.kind]} {f'第{numbers}号' if numbers else '无编号'}"]
        facts += [first.session] if first.session else []
        facts += [f"第一提案人 {names[0]}"] if names else []
        facts += [f"联名 {len(names) - 1} 人"] if len(names) > 1 else []
        facts += [f"会办意见，致{case.lead_unit}"] if case.lead_unit else []
        facts += ["已定稿"] if case.issue else []
        self.facts.setText("    ".join(facts))
        self.form.set_value(case.form.value)
        self.form.setEnabled(case.issue is None)
        self.form.setToolTip("已定稿，不能改变形式" if case.issue else "换一种印法，内容不变")

    def _form_changed(self, value: str) -> None:
        if self.open_case:
            self.open_case.change(replace(self.open_case.case, form=Form(value)), "改变形式")

    def _tab_changed(self, number: int) -> None:
        self.stack.setCurrentWidget(getattr(self, list(PAGES)[number]))
