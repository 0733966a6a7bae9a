"""批量导入: a table of files with what was read of each and what needs a look; then all come in."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from desktop import tasks
from desktop.crash import write_report
from desktop.errors import LibraryError
from desktop.letter.reading import Reading
from desktop.models.import_table import SCOPES, ImportTableModel
from desktop.services import batches, cases, foreign
from desktop.services.rows import Decision
from desktop.views.dialogs.import_letter import ISSUED, ISSUED_TIP, ask_reading
from desktop.views.file_table import FileTable
from desktop.widgets import theme
from desktop.widgets.busy import BusyBar
from desktop.widgets.form import FRAME, Choice, FormDialog, words
from desktop.widgets.message import show_error

WIDE, HIGH = 1240, 860
READ_S, STORE_S = 0.1, 0.008  # at a time: read in the background, stored between two keys
OWN = "这是卷宗文件，内容已经分好，会按原样导入，没有要核对的。"
UNDER_WAY = "读完以后再导入，文库还没有改动。"
STOPPABLE = "随时可以取消，已经导入的留在文库里。"
NOTHING = "没有找到可以导入的文件（.docx、.txt、.json），文库没有改动，请换一个文件夹。"


def ask_batch(
    parent: QWidget | None,
    paths: Sequence[Path],
    today: date,
    stored: SignalInstance,
    replaced: SignalInstance,
) -> tuple[list[str], bool]:
    """Read these files and folders, let the handler look, store them; the keys that came in, and
    whether they are to be shown (查看这些卷宗).

    `stored` is told at once that letters came in, `replaced` at the end each case that is another
    one now. Blocks.
    """
    dialog = ImportBatch(parent, paths, today)
    dialog.stored.connect(stored)
    dialog.exec()
    for key in dialog.replaced:
        replaced.emit(key)
    return dialog.keys, dialog.show_them


class ImportBatch(FormDialog):
    """The dialog; `keys` are the cases that came in, `replaced` those that were there before.

    `show_them`: the handler wants to see them in the list.
    """

    stored = Signal()  # all that could come in is in

    def __init__(self, parent: QWidget | None, paths: Sequence[Path], today: date) -> None:
        super().__init__(parent, "批量导入", "导入", "", wide=WIDE)
        self.keys: list[str] = []
        self.replaced: list[str] = []
        self.show_them = False
        self.batch = batches.Batch(paths)
        self._today = today
        self._files: list[Path] = []
        self._next = 0  # of the files: the one to be read next
        self._under_way: tasks.Task | None = None
        self._looking = 0  # the row whose file is being read once more
        self.busy = BusyBar()
        self.count = words("", "second")
        self.model = ImportTableModel(self.batch.rows, self)
        self.table = FileTable(self.model)
        self.told = words("", "second")
        self.issued = QCheckBox(ISSUED)
        self.issued.setToolTip(ISSUED_TIP)
        self.scope = Choice([(key, word) for key, (word, _) in SCOPES.items()], "all")
        self.chosen = words("选中的：", "second", wrap=False)
        self.foot.insertWidget(self.foot.indexOf(self.main_button) - 1, self.chosen)
        self.look = self._button("查看…", "")
        self.decisions = [self._button(d.value, d.name) for d in Decision]
        self.copy = self._button("复制没有导入的", "")
        self.leave = self.add_button("关闭")
        self.show_all = self.add_button("查看这些卷宗")
        self._place()
        self._wire()
        self._begin(paths)

    def _button(self, label: str, name: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setAutoDefault(False)
        button.setProperty("decision", name)
        button.setAccessibleName(f"选中的文件：{label}")
        self.foot.insertWidget(self.foot.indexOf(self.main_button) - 1, button)
        return button

    def _place(self) -> None:
        self.told.setMinimumHeight(theme.scaled(40))  # two lines: the table does not jump
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.main_button.setMinimumWidth(theme.scaled(112))  # its words grow
        self.scope.setAccessibleName("显示")
        self.body.setContentsMargins(16, 12, 16, 4)
        self.body.setSpacing(8)
        head_line = QHBoxLayout()
        head_line.setSpacing(16)
        head_line.addWidget(self.scope)
        head_line.addWidget(self.count, 1)
        self.body.addLayout(head_line)
        self.body.addWidget(self.busy)
        self.body.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.told, 1)
        line.addWidget(self.issued, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)

    def _wire(self) -> None:
        self.busy.cancelled.connect(self.stop)
        self.scope.changed.connect(self.model.set_scope)
        self.table.activated.connect(self.look_at_it)
        self.table.doubleClicked.connect(self.look_at_it)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.model.modelReset.connect(self._enable)
        self.issued.toggled.connect(self._as_issued)
        self.issued.setChecked(True)
        self.look.clicked.connect(self.look_at_it)
        self.copy.clicked.connect(self._copy)
        self.leave.clicked.connect(self.reject)
        self.show_all.clicked.connect(self._show_them)
        for button in self.decisions:
            button.clicked.connect(self._decide)

    # reading
    def _begin(self, paths: Sequence[Path]) -> None:
        self.busy.begin("正在查找文件…")
        self._enable()
        self._under_way = tasks.run(
            partial(batches.find_files, paths), self._found, self._not_found
        )

    def _found(self, files: Any) -> None:
        self._files = files
        self.busy.begin(f"正在读 {len(files)} 个文件…", len(files))
        self._have_read([])

    def _not_found(self, error: Exception) -> None:
        self._under_way = None
        self.busy.end()
        self.count.setText(str(error))

    def _have_read(self, read: Any) -> None:
        """The next files are read while these are taken in."""
        self._next += len(read)
        ahead = self._files[self._next : self._next + 100]
        work = partial(batches.read_some, ahead, self._today, READ_S)
        self._under_way = tasks.run(work, self._have_read, self._fell) if ahead else None
        for path, outcome in read:
            self.batch.add(path, outcome)
        if not ahead:
            self._rest()
            return
        many = len(self._files)
        self.busy.advance(self._next, f"正在读 {many} 个文件，已读 {self._next} 个…")
        self.model.follow()
        self._say()

    def _fell(self, error: Exception) -> None:
        """A mistake of ours: the file it fell over is named, the others are read."""
        self._have_read([(self._files[self._next], error)])

    def _rest(self) -> None:
        """Nothing is under way."""
        self._under_way = None
        self.busy.end()
        self.model.follow()
        self._say()
        self._enable()
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        (self.main_button if self._is_over else self.table).setFocus()

    # storing
    def accept(self) -> None:
        """导入: in small groups, so that the window lives; once all are in, 完成."""
        if self._under_way or self.batch.waiting:
            return
        if self._is_over:
            super().accept()
        if not self.batch.to_store():
            return
        self.batch.begin()
        self.busy.begin(f"正在导入 {self.batch.waiting} 份…", self.batch.waiting)
        self.count.setText(STOPPABLE)
        self._enable()
        self._store_on()

    def _store_on(self) -> None:
        try:
            self._came(self.batch.store_some(STORE_S))
        except LibraryError as error:
            show_error(self, str(error))
        except Exception as error:  # ours: the next file must come in
            write_report(error)
        if self.batch.waiting:
            many = self.busy.steps
            done = many - self.batch.waiting
            self.busy.advance(done, f"正在导入 {many} 份，已导入 {done} 份…")
            QTimer.singleShot(0, self, self._store_on)
            return
        self.stored.emit()
        if self.model.count("out"):  # the report
            self.scope.set_value("out")
            self.model.set_scope("out")
        self._rest()

    def _came(self, numbers: Sequence[int]) -> None:
        for row in (self.batch.rows[number] for number in numbers):
            if row.key:
                self.keys.append(row.key)
                self.replaced += [row.key] * row.changed

    def stop(self) -> None:
        """取消: what was read is shown, what is in stays in."""
        if self.batch.waiting:
            self.batch.stop()  # the group that is next finds nothing
        elif self._under_way:
            self._under_way.cancel()
            self._files = self._files[: self._next]
            foreign.close()  # else a file that takes its time would hold up the next one
            self._rest()

    def _show_them(self) -> None:
        self.show_them = True
        self.reject()

    def reject(self) -> None:
        """Closed while something goes on: it is stopped first."""
        self.stop()
        super().reject()

    # the rows
    def _as_issued(self, ticked: bool) -> None:
        """按定稿存入, or as drafts."""
        self.batch.as_issued = ticked

    def _decide(self) -> None:
        self.batch.decide(self.table.numbers(), Decision[self.sender().property("decision")])
        self.model.follow()
        self._say()
        self._enable()

    def look_at_it(self) -> None:
        """查看: the dialog of one letter, for the chosen file."""
        chosen = [n for n in self.table.numbers() if not self.batch.rows[n].key]
        if self._under_way or self.batch.waiting or not chosen:
            return
        self._looking = chosen[0]
        row = self.batch.rows[self._looking]
        if row.refusal:
            show_error(self, f"{row.path.name}：{row.refusal}")
        elif reading := self.batch.settled.get(self._looking):
            self._look(reading)
        else:
            work = partial(cases.read_file, row.path, self._today)
            self._under_way = tasks.run(work, self._look, self._cannot_look)

    def _look(self, reading: Reading) -> None:
        self._under_way = None
        name = self.batch.rows[self._looking].path.name
        if not (reading.anatomy or reading.proposal):
            show_error(self, f"{name}：{OWN}")
        elif settled := ask_reading(self, name, reading, self._today, "就这样"):
            self.batch.settle(self._looking, settled)
            self.model.follow()
        self._say()
        self._enable()

    def _cannot_look(self, error: Exception) -> None:
        self._under_way = None
        show_error(self, str(error))

    def _copy(self) -> None:
        rows = [row for row in self.batch.rows if not row.key]
        text = "\n".join(f"{row.name}\t{row.told or '跳过'}" for row in rows)
        QGuiApplication.clipboard().setText(text)
        self.copy.setText("已复制")

    def _say(self) -> None:
        """What there is, and once it is over, the report."""
        rows, count = self.batch.rows, self.model.count
        if not rows or self._next < len(self._files):
            self.count.setText(UNDER_WAY if self._files else NOTHING)
            return
        said, hint = f"共 {len(rows)} 个文件，还没有导入", "选中一行按 Enter 查看。"
        told = [("look", "需要看"), ("same", "已有"), ("refused", "读不出")]
        if self.keys and (out := count("out")):
            said = f"导入了 {len(self.keys)} 份，{out} 个没有导入，原文件都没有改动"
            told, hint = told[1:], "“没有导入”里逐个写着原因。"
        elif self.keys:
            said, told, hint = f"{len(self.keys)} 份全部导入了，原文件都没有改动", [], ""
        counted = "，".join(f"{word} {number}" for key, word in told if (number := count(key)))
        self.count.setText(f"{said}；{counted}。{hint}" if counted else f"{said}。{hint}")

    @property
    def _is_over(self) -> bool:
        """Whether letters came in and nothing more is to come."""
        return bool(self.keys) and not (self.batch.waiting or self.batch.to_store())

    def _enable(self) -> None:
        still, over = not (self._under_way or self.batch.waiting), self._is_over
        coming = len(self.batch.to_store())
        chosen, out = [self.batch.rows[n] for n in self.table.numbers()], self.model.count("out")
        self.main_button.setText("完成" if over else f"导入 {coming} 份")
        self.main_button.setEnabled(still and bool(over or coming))
        self.main_button.setToolTip("" if over or coming else "没有要导入的文件")
        for part in (self.chosen, self.look, *self.decisions):
            part.setVisible(bool(out) or not over)
        may = {choice.name for row in chosen for choice in row.choices}
        self._allow(self.look, still and any(not row.key for row in chosen))
        for button in self.decisions:
            self._allow(button, still and button.property("decision") in may)
        self.told.setText("\n".join(f"{row.name}：{row.told}" for row in chosen[:1] if row.told))
        issued = sum(bool(row.issue) for row in self.batch.rows)
        self.issued.setText(f"{ISSUED}（{issued} 份）")
        self.issued.setVisible(bool(issued) and not over)
        self.issued.setEnabled(still)
        self.copy.setVisible(bool(self.keys and out))
        self.leave.setVisible(not over)
        self.show_all.setVisible(still and bool(self.keys))

    def _allow(self, button: QPushButton, can: bool) -> None:
        button.setEnabled(can)
        none = "选中的文件已经导入、读不出，或者没有这种处理"
        button.setToolTip("" if can else none if self.table.numbers() else "请先在表里选中文件")

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the screen lets it be, up to what the eye takes in."""
        room = self.screen().availableSize()
        wide = min(theme.scaled(WIDE), room.width() - FRAME)
        return QSize(wide, min(theme.scaled(HIGH), room.height() - FRAME))
