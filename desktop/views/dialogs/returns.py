"""收回来稿: returned files on the left, their changes on the right, each to be taken or left."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QWidget

from desktop import tasks
from desktop.crash import write_report
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services import foreign, returns
from desktop.services.merging.merge_change import MergeChange
from desktop.services.picking import Decision, Picking
from desktop.services.receiving import File, Text
from desktop.services.returns import Return
from desktop.views.return_list import WIDE as LIST
from desktop.views.return_list import ReturnList
from desktop.views.return_page import ReturnPage
from desktop.views.return_words import counted, rows, will
from desktop.widgets import theme
from desktop.widgets.busy import BusyBar
from desktop.widgets.form import FormDialog, words
from desktop.widgets.message import ask

WIDE, HIGH = 1240, 860
TITLE = "收回来稿"
UNSAVED = "来稿还没有收回，文库没有改动；现在关闭，刚才选的采纳、不采纳都不保留。"
DROP = ("drop", "关闭")
OURS = "程序内部出错，没有收回这份文件，文库没有改动，请把这份报告交给维护人员："


def ask_returns(
    parent: QWidget | None, paths: Sequence[Path], today: date
) -> list[tuple[Case, Case]]:
    """Look at these returned files and let the handler choose; the cases that were taken into, each
    as it was and as it is now. Blocks."""
    dialog = ReturnsDialog(parent, paths, today)
    dialog.exec()
    return dialog.entered


class ReturnsDialog(FormDialog):
    """The dialog; `entered` is what `ask_returns` gives back."""

    def __init__(self, parent: QWidget | None, paths: Sequence[Path], today: date) -> None:
        super().__init__(parent, TITLE, "收回", wide=WIDE, high=HIGH)
        self.entered: list[tuple[Case, Case]] = []
        self.picking = Picking(today)
        self._today = today
        self._waiting = returns.find_files(paths)
        self._many = len(self._waiting)
        self._task: tasks.Task | None = None
        self._path: Path | None = None  # of the file that is shown
        self.busy = BusyBar()
        self.count = words("", "heading")
        self.clear, self.all, self.rest = (
            self._button(label, tip)
            for label, tip in (
                ("全部采纳（不含冲突）", "冲突和编号、名称、标题的改动留着逐处核对"),
                ("全部采纳", "冲突的用来稿"),
                ("其余不采纳", "还没有决定的都不采纳"),
            )
        )
        self.list = ReturnList()
        self.page = ReturnPage()
        self.will = words("", "second")
        self._place()
        self._wire()
        self._begin()

    def _button(self, label: str, tip: str) -> QPushButton:
        button = QPushButton(label)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.count, 1)
        for button in (self.clear, self.all, self.rest):
            head.addWidget(button)
        both = QSplitter()
        both.setChildrenCollapsible(False)
        both.setHandleWidth(12)
        both.addWidget(self.list)
        both.addWidget(self.page)
        both.setStretchFactor(1, 1)
        both.setSizes([theme.scaled(LIST), theme.scaled(WIDE - LIST)])
        both.setMinimumHeight(theme.scaled(200))
        self.body.setContentsMargins(16, 12, 16, 4)
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addWidget(self.busy)
        self.body.addWidget(both, 1)
        self.foot.insertWidget(0, self.will, 1)

    def _wire(self) -> None:
        self.busy.cancelled.connect(self._stop)
        self.clear.clicked.connect(self._take_clear)
        self.all.clicked.connect(self._take_all)
        self.rest.clicked.connect(self._leave_rest)
        self.list.chosen.connect(self._chosen)
        self.list.put.connect(self._put)
        self.page.decided.connect(self._decided)
        self.page.placed.connect(self._placed)
        self.page.again_asked.connect(self._look_again)
        self.page.looked.connect(self._looked)
        self.page.left.connect(self._step_out)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self.take_back)

    # reading: in the background what needs no library, here what does
    def _begin(self) -> None:
        self.busy.begin(f"正在看 {self._many} 份来稿…", self._many)
        self._next()

    def _next(self) -> None:
        self.busy.advance(self._many - len(self._waiting))
        if self._waiting:
            work = partial(returns.what, self._waiting[0])
            self._task = tasks.run(work, self._known, self._fell)
        else:
            self._rest()

    def _known(self, returned: Return) -> None:
        try:
            known = returns.base_of(returned)
        except Exception as error:  # ours: the others must be looked at
            self._fell(FuhanError(f"{OURS}{write_report(error)}"))
            return
        work = partial(returns.home, known, self._today)
        self._task = tasks.run(work, self._have, self._fell)

    def _have(self, returned: Return) -> None:
        del self._waiting[0]
        self.picking.add(returned)
        self._show()
        self._next()

    def _fell(self, error: Exception) -> None:
        """A mistake of ours: the file is refused, the others are looked at."""
        self._have(Return(self._waiting[0], refusal=str(error)))

    def _stop(self) -> None:
        """取消 while files are read: those that were are shown."""
        if self._task:
            self._task.cancel()
            foreign.close()  # else a file that takes its time would hold up the next one
            self._waiting.clear()
            self._rest()

    def _rest(self) -> None:
        self._task = None
        self.busy.end()
        self._show()
        self._work_on_first()

    # showing
    def _show(self) -> None:
        """What there is, as it would be taken in now."""
        self.list.show_rows(rows(self.picking))
        files = [file for merge in self.picking.merges for file in merge.files]
        paths = [file.returned.path for file in files]
        paths += [returned.path for returned in self.picking.refused]
        if self._path not in paths:
            self._path = paths[0] if paths else None
            self.list.show_part(str(self._path), "")
        self._show_file()
        changes = sum(len(file.changes) for file in files)
        left = any(self.picking.undecided(file) for file in files)
        self.count.setText(counted(self.picking))
        for button, can in (
            (self.clear, changes > sum(file.conflicts for file in files)),
            (self.all, bool(changes)),
            (self.rest, left),
        ):
            button.setEnabled(can)
        self.will.setText("" if self._task else will(self.picking))
        self.setAccessibleDescription(f"{self.count.text()}。{self.will.text()}")
        self.main_button.setEnabled(not self._task and any(not file.known for file in files))

    def _show_file(self) -> None:
        if not self._path:
            return
        if found := self.picking.file(self._path):
            self.page.show_file(*found, self.picking)
        for returned in self.picking.refused:
            if returned.path == self._path:
                self.page.show_refused(returned)

    def _chosen(self, path: str, part: str) -> None:
        """A line of the list."""
        self._path = Path(path)
        self._show_file()
        self.page.go_to(part)

    def _looked(self, part: str) -> None:
        self.list.show_part(str(self._path), part)

    # going about
    def _work_on_first(self) -> bool:
        """To the first change nothing was said of; False where there is none."""
        for merge in self.picking.merges:
            for file in merge.files:
                for change in self.picking.undecided(file)[:1]:
                    self._work_on(file, change)
                    return True
        return False

    def _work_on(self, file: File, change: MergeChange) -> None:
        if self._path != file.returned.path:
            self._path = file.returned.path
            self._show_file()
        self.page.work_on(change)

    def _step_out(self, by: int) -> None:
        """↓ below the last change of a file is the first of the next."""
        files = [f for merge in self.picking.merges for f in merge.files if f.changes]
        at = next(n for n, file in enumerate(files) if file.returned.path == self._path) + by
        if 0 <= at < len(files):
            self._work_on(files[at], files[at].changes[0 if by > 0 else -1])

    # choosing
    def _file(self) -> File:
        """The file that is shown."""
        found = self.picking.file(self._path) if self._path else None
        assert found
        return found[1]

    def _decided(self, changes: tuple[MergeChange, ...], decision: str) -> None:
        self.picking.decide(self._file(), changes, Decision(decision))
        self._show()

    def _placed(self, text: Text, reply: str) -> None:
        self.picking.place(self._file(), text, reply)
        self._show()

    def _put(self, number: int, reply: str) -> None:
        """A text of the file was dropped on a reply in the list."""
        found = self.picking.file(self._path) if self._path else None
        if found and reply in [one.key for one in found[0].ours.replies]:
            self._placed(found[1].unplaced[number], reply)

    def _take_clear(self) -> None:
        self.picking.take_all(conflicts=False)
        self._show()
        self._work_on_first()

    def _take_all(self) -> None:
        self.picking.take_all(conflicts=True)
        self._show()

    def _leave_rest(self) -> None:
        self.picking.leave_rest()
        self._show()

    def take_back(self) -> None:
        """Ctrl+Z: what was chosen last."""
        self.picking.undo()
        self._show()

    def _look_again(self) -> None:
        self.picking.look_again(self._file().returned)
        self._show()
        self._work_on_first()

    def accept(self) -> None:
        """收回, once something was said of every change."""
        if self._task or not self.main_button.isEnabled() or self._work_on_first():
            return
        known = len(self.picking.refused)
        self.entered += self.picking.enter()
        if refused := self.picking.refused[known:]:  # a case was changed meanwhile: it says so
            self._path = refused[0].path
            self._show()
            self._looked("")
            return
        super().accept()

    def reject(self) -> None:
        """Nothing more is changed; what was chosen of many files is not lost by one key."""
        if self.picking.begun and not ask(self, TITLE, UNSAVED, [DROP], destructive=DROP[0]):
            return
        self._stop()
        super().reject()
