"""The open case and its life in the library: opened, saved, kept, issued, reopened, restored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from db.enums import Form, Head
from desktop.errors import FuhanError
from desktop.letter.model import Case, Issue
from desktop.services import cases, revisions
from desktop.views.open_case import OpenCase

T = TypeVar("T")
EMPTY = "这份提案还没有任何内容，没有可以印出的函件，请先填写基本信息。"
WAITS = (
    "最后写下的内容还没有存到磁盘上，原因写在上方，这一步没有做；写下的都还在窗口里，"
    "程序会继续重试，请先腾出空间再试，或把它复制出来。"
)


class Session(QObject):
    """What the handler works on. `refused` carries a sentence for a dialog, `said` a quiet word."""

    opened = Signal(object)  # OpenCase, or None when none is open
    changed = Signal(object, object)  # before, after
    saved = Signal(object, object)  # the case, the time of the commit
    failed = Signal(str)  # the commit was refused; it is tried again
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is open."""
        super().__init__(parent)
        self.open_case: OpenCase | None = None

    @property
    def case(self) -> Case:
        """The facts on the screen."""
        assert self.open_case
        return self.open_case.case

    @property
    def draft(self) -> OpenCase | None:
        """The open case while it may be changed."""
        return self.open_case if self.open_case and not self.open_case.issued else None

    def show_case(self, key: str, *, anew: bool = False) -> bool:
        """Open the case with this key; what was open is saved first. False where it cannot be."""
        if self.open_case and self.open_case.case.key == key and not anew:
            return True
        if not self.save_first():
            return False
        case = self._asked(lambda: cases.find_case(key))
        if case:
            self._open(OpenCase(case, self))
        return case is not None

    def new_case(self) -> bool:
        """A blank case; it enters the library with its first fact."""
        if not self.save_first():
            return False
        self._open(OpenCase(cases.new_case(), self, stored=False))
        return True

    def leave(self) -> None:
        """Nothing is open any more; what was open is saved, or given up."""
        old, self.open_case = self.open_case, None
        self.opened.emit(None)
        if old:
            old.deleteLater()

    def _open(self, opened: OpenCase) -> None:
        old, self.open_case = self.open_case, opened
        opened.changed.connect(self._changed)
        opened.saved.connect(self._saved)
        opened.failed.connect(self.failed)
        opened.refused.connect(self.refused)
        self.opened.emit(opened)
        if old:
            old.deleteLater()

    def save(self) -> bool:
        """Everything shown is on disk; False where that is refused."""
        return self.open_case is None or self.open_case.save()

    def save_first(self) -> bool:
        """The same before a deed of the handler, who is told where it is refused."""
        saved = self.save()
        if not saved:
            self.refused.emit(WAITS)
        return saved

    def in_library(self) -> bool:
        """Saved, and more than a blank page."""
        if not self.open_case or not self.save_first():
            return False
        if not self.open_case.in_library:
            self.refused.emit(EMPTY)
        return self.open_case.in_library

    def keep(self) -> None:
        """Ctrl+S: a state that can be named in 版本. It never asks."""
        if self.in_library() and self._asked(lambda: revisions.keep(self.case.key)) is not None:
            self.saved.emit(self.case, datetime.now())
            self.said.emit("已保存，这一版留在“版本”里")

    def undo(self) -> None:
        """撤销."""
        if self.open_case and (deed := self.open_case.undo()):
            self.said.emit(f"已撤销：{deed}")

    def redo(self) -> None:
        """重做."""
        if self.open_case and (deed := self.open_case.redo()):
            self.said.emit(f"已重做：{deed}")

    def switch_form(self) -> None:
        """叙述式 ⇄ 清单式."""
        if self.draft:
            other = Form.RESULT_LIST if self.case.form is Form.NARRATIVE else Form.NARRATIVE
            self.draft.change(replace(self.case, form=other), "改变形式")

    def set_head(self, head: Head) -> None:
        """版头."""
        if self.draft:
            self.draft.change(replace(self.case, head=head), "改变版头")

    def issue(self, issue: Issue) -> None:
        """定稿."""
        if self.draft and self.in_library():
            self._become(lambda: cases.issue_case(self.case.key, issue), "已定稿")

    def reopen(self) -> None:
        """重新起草."""
        if self.open_case and self.open_case.issued:
            said = "可以修改了，定稿的样子留在“版本”里"
            self._become(lambda: cases.reopen_case(self.case.key), said)

    def restore(self, revision: int) -> None:
        """恢复到这个版本."""
        if self.open_case and self.save_first():
            said = "已恢复，恢复前的内容留在“版本”里"
            self._become(lambda: revisions.restore(revision), said)

    def came_home(self, before: Case, after: Case, deed: str) -> None:
        """`deed` has stored `after` for what was `before`: it is shown, and can be taken back."""
        if not self.open_case or self.case.key != before.key:
            self._open(OpenCase(before, self))
        assert self.open_case
        self.open_case.replace(after, deed)
        self.saved.emit(after, datetime.now())

    def _become(self, deed: Callable[[], Case], sentence: str) -> None:
        case = self._asked(deed)
        if case and self.open_case:
            self.open_case.replace(case)
            self.saved.emit(case, datetime.now())
            self.said.emit(sentence)

    def _asked(self, deed: Callable[[], T]) -> T | None:
        """What a service gives, or None where it refused and said why."""
        try:
            return deed()
        except FuhanError as error:
            self.refused.emit(str(error))
            return None

    def _changed(self, before: Case, after: Case, _undone: bool) -> None:
        self.changed.emit(before, after)

    def _saved(self, at: datetime) -> None:
        self.saved.emit(self.case, at)
