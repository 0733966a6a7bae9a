"""批量导入: a table of files with what was read of each and what needs a look; then all come in."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QWidget,
)

from desktop import tasks
from desktop.crash import write_report
from desktop.errors import LibraryError
from desktop.letter.reading import Reading
from desktop.models.import_table import SCOPES, ImportTableModel
from desktop.services import batches, cases, foreign
from desktop.services.rows import Decision
from desktop.views.dialogs.import_letter import ask_letter
from desktop.widgets import theme
from desktop.widgets.busy import BusyBar
from desktop.widgets.form import FRAME, Choice, FormDialog, words
from desktop.widgets.message import show_error

WIDE, HIGH = 1240, 860
READ_S, STORE_S = 0.1, 0.008  # at a time: read in the background, stored between two keys
COLUMNS = (160, 76, 0, 100, 126, 0, 64)  # pixels; 0 shares the rest
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


class _Table(QTableView):
    """The table; Enter looks at a file like a double click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter is not the dialog's main button while a row is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


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
        self.batch = batches.Batch()
        self._today = today
        self._files: list[Path] = []
        self._next = 0  # of the files: the one to be read next
        self._under_way: tasks.Task | None = None
        self._looking = 0  # the row whose file is being read once more
        self.busy = BusyBar()
        self.count = words("", "second")
        self.model = ImportTableModel(self.batch.rows, self)
        self.table = _Table()
        self.table.setModel(self.model)
        self.scope = Choice([(key, word) for key, (word, _) in SCOPES.items()], "all")
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
        self.foot.insertWidget(self.foot.indexOf(self.main_button) - 1, button)
        return button

    def _place(self) -> None:
        table = self.table
        table.setProperty("framed", True)
        table.setAccessibleName("要导入的文件")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.scaled(30))
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, wide in enumerate(COLUMNS):
            if wide:
                table.setColumnWidth(column, theme.scaled(wide))
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(theme.scaled(240))
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
        self.body.addWidget(table, 1)

    def _wire(self) -> None:
        self.busy.cancelled.connect(self.stop)
        self.scope.changed.connect(self.model.set_scope)
        self.table.activated.connect(self.look_at_it)
        self.table.doubleClicked.connect(self.look_at_it)
        self.table.selectionModel().selectionChanged.connect(self._enable)
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
                self.replaced += [row.key] * (row.decision is Decision.REPLACE)

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
    def _numbers(self) -> list[int]:
        return [self.model.number(i.row()) for i in self.table.selectionModel().selectedRows()]

    def _decide(self) -> None:
        self.batch.decide(self._numbers(), Decision[self.sender().property("decision")])
        self.model.follow()
        self._say()
        self._enable()

    def look_at_it(self) -> None:
        """查看: the dialog of one letter, for the chosen file."""
        chosen = self._numbers()
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
        if not reading.anatomy:
            show_error(self, f"{name}：{OWN}")
        elif settled := ask_letter(self, name, reading, self._today, "就这样"):
            self.batch.settle(self._looking, settled)
            self.model.follow()
        self._say()
        self._enable()

    def _cannot_look(self, error: Exception) -> None:
        self._under_way = None
        show_error(self, str(error))

    def _copy(self) -> None:
        rows = [row for row in self.batch.rows if not row.key]
        text = "\n".join(f"{row.path.name}\t{row.told or '跳过'}" for row in rows)
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
        chosen, out = bool(self._numbers()), self.model.count("out")
        self.main_button.setText("完成" if over else f"导入 {coming} 份" if coming else "导入")
        self.main_button.setEnabled(still and bool(over or coming))
        self.main_button.setToolTip("" if over or coming else "没有要导入的文件")
        for button in (self.look, *self.decisions):
            button.setVisible(bool(out) or not over)
            button.setEnabled(still and chosen)
            button.setToolTip("" if chosen else "请先在表里选中文件")
        self.copy.setVisible(bool(self.keys and out))
        self.leave.setVisible(not over)
        self.show_all.setVisible(still and bool(self.keys))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the screen lets it be, up to what the eye takes in."""
        room = self.screen().availableSize()
        wide = min(theme.scaled(WIDE), room.width() - FRAME)
        return QSize(wide, min(theme.scaled(HIGH), room.height() - FRAME))
