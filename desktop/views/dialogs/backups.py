"""备份与恢复: the backups, what each holds, which one is to come back; and where copies go.

A backup is looked into in the background: it may be large, and lie on a slow disk.
"""

from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from desktop import tasks
from desktop.errors import BehindError, FuhanError, RescueError
from desktop.services import backups
from desktop.services.backup_files import DAILY, FOLDER, BackupListed
from desktop.services.restoring import LibraryShown, Restored, look_into
from desktop.widgets import theme
from desktop.widgets.form import FormDialog, words
from desktop.widgets.message import ask, show_error

NOTE = "文库每天自动备份一次。选一份备份，看看里面有什么；恢复它会换下整个文库。"
NONE = "还没有备份。"
SURE = "用“{name}”换下现在的整个文库？"
KEPT = "现在的内容会留作一份“恢复前”的备份，可以再换回来。"
KEPT_CLOSED = "原来的文件会另外留存；还读得出来的话，也留作一份“恢复前”的备份。"
NO_PLACE = "没有设另存处：建议设在U盘或另一块硬盘。"


def ask_backup(parent: QWidget, folder: Path) -> Path | None:
    """Show the backups of the open library in `folder`; the one to restore, or none. Blocks."""
    dialog = BackupsDialog(parent, folder)
    dialog.exec()
    return dialog.answer


def ask_rescue(folder: Path, error: RescueError) -> tuple[Path | None, bool]:
    """The same where the library refused to open: the backup to restore, or whether to open the
    library as it is; neither means to leave it. Blocks."""
    dialog = BackupsDialog(None, folder, error)
    dialog.exec()
    tasks.wait_for_all(10)  # nobody may read a library while it is opened
    return dialog.answer, dialog.as_it_is


def tell_restored(done: Restored) -> None:
    """Say what the library holds now, and where what it held before lies. Blocks."""
    dialog = FormDialog(None, "已经恢复", "打开文库", cancel="", wide=560)
    said = [f"备份已经恢复。{_held(done.shown)}"]
    if done.kept:
        said.append(f"恢复前的内容：{done.kept}")
    if done.aside:
        said.append(f"原来的文件：{done.aside}")
    for line in said:
        label = words(line)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dialog.body.addWidget(label)
    dialog.exec()


class BackupsDialog(FormDialog):
    """The list. Afterwards `answer` is the backup to restore, `as_it_is` the wish to open a library
    that is behind."""

    def __init__(
        self, parent: QWidget | None, folder: Path, refusal: RescueError | None = None
    ) -> None:
        """The backups of the library in `folder`, which is open unless `refusal` says why not."""
        super().__init__(parent, "备份与恢复", "恢复这份备份…", cancel="", wide=640)
        self.answer: Path | None = None
        self.as_it_is = False
        self._folder = folder
        self._kept = KEPT_CLOSED if refusal else KEPT
        self._task: tasks.Task | None = None
        self.list = QListWidget()
        self.list.setProperty("framed", True)
        self.list.setAccessibleName("备份")
        self.list.setMinimumHeight(theme.scaled(150))
        self.list.currentItemChanged.connect(self._look)
        self.list.itemDoubleClicked.connect(self.accept)
        self.held = words("")
        self.held.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.held.setMinimumHeight(theme.scaled(132))  # or the dialog would leap
        self._add_foot(refusal)
        self.body.addWidget(words(str(refusal)) if refusal else words(NOTE, "second"))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.held)
        if not refusal:
            self._add_places()
        self._load()

    def _add_foot(self, refusal: RescueError | None) -> None:
        self._add_deed("另选备份文件…", self._choose_file)
        if refusal is None:
            self._add_deed("立即备份到…", self._back_up)
        elif isinstance(refusal, BehindError):
            self._add_deed("照现在的样子打开", self._take_as_it_is)
        self.add_button("关闭" if refusal is None else "退出").clicked.connect(self.reject)

    def _add_deed(self, label: str, deed: object) -> None:
        button = self.add_button(label)
        button.setAutoDefault(False)
        button.clicked.connect(deed)

    def _add_places(self) -> None:
        """The second place (另存处), and what was done last."""
        self.place, self.said = words(""), words("", "second")
        self.set_button, self.clear_button = QPushButton("设定…"), QPushButton("不要另存处")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        for button, deed in (
            (self.set_button, self._choose_place),
            (self.clear_button, self._clear_place),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
            row.addWidget(button)
        self.set_button.setAccessibleName("设定另存处")
        self.body.addLayout(row)
        self.body.addWidget(self.said)
        self._show_place()

    def _load(self) -> None:
        self.list.clear()
        for backup in backups.list_backups(self._folder):
            self.list.addItem(_item(backup.path, named(backup)))
        self.list.setCurrentRow(0)
        if self.list.count():
            self.list.setFocus()
        else:
            self._look()

    # the chosen one
    def _look(self) -> None:
        if self._task:
            self._task.cancel()
        self.main_button.setEnabled(False)
        if path := self._path():
            self.held.setText("正在查看这份备份…")
            self._task = tasks.run(partial(look_into, path), self._looked, self._unfit)
        else:
            self.held.setText(NONE)

    def _path(self) -> Path | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _looked(self, shown: LibraryShown) -> None:
        more = ["……"] if shown.cases > len(shown.named) else []
        self.held.setText("\n".join([_held(shown), *shown.named, *more]))
        self.main_button.setEnabled(True)

    def _unfit(self, error: Exception) -> None:
        self.held.setText(str(error))

    def _choose_file(self) -> None:
        """另选备份文件…: it joins the list."""
        start = str(self._folder / FOLDER)
        chosen, _ = QFileDialog.getOpenFileName(self, "选择备份文件", start, "备份 (*.db)")
        if chosen:
            self.list.insertItem(0, _item(Path(chosen), chosen))
            self.list.setCurrentRow(0)

    def accept(self) -> None:
        """Restore the chosen one, once that is meant."""
        item = self.list.currentItem()
        if not item or not self.main_button.isEnabled():
            return
        sentence = SURE.format(name=item.text()) + self._kept
        if ask(self, "恢复", sentence, [("restore", "恢复")], destructive="restore"):
            self.answer = self._path()
            super().accept()

    def _take_as_it_is(self) -> None:
        self.as_it_is = True
        super().accept()

    # where copies go
    def _back_up(self) -> None:
        """立即备份到…"""
        if folder := self._ask_folder("备份到"):
            try:
                path = backups.backup_to(folder, date.today())
            except FuhanError as error:
                show_error(self, str(error))
                return
            self.said.setText(f"已备份到“{path}”。")

    def _choose_place(self) -> None:
        if place := self._ask_folder("设定备份的另存处"):
            self._set_place(place)

    def _clear_place(self) -> None:
        self._set_place(None)

    def _ask_folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, title)
        return Path(chosen) if chosen else None

    def _set_place(self, place: Path | None) -> None:
        try:
            backups.set_second_place(self._folder, place)
        except FuhanError as error:
            show_error(self, str(error))
        self._show_place()

    def _show_place(self) -> None:
        try:
            place = backups.second_place(self._folder)
            self.place.setText(f"另存处：{place}" if place else NO_PLACE)
            self.clear_button.setVisible(place is not None)
        except FuhanError as error:
            self.place.setText(str(error))


def named(backup: BackupListed) -> str:
    """2025年11月21日 备份; 2025年11月21日14时03分 恢复前."""
    day = f"{backup.day.year}年{backup.day.month}月{backup.day.day}日"
    if backup.kind == DAILY:
        return f"{day} {DAILY}" + (f"（第{backup.serial}份）" if backup.serial > 1 else "")
    return f"{day}{backup.serial // 10000}时{backup.serial // 100 % 100:02}分 {backup.kind}"


def _item(path: Path, text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setData(Qt.ItemDataRole.UserRole, path)
    return item


def _held(shown: LibraryShown) -> str:
    """What a library holds, in sentences."""
    said = f"卷宗 {shown.cases} 份，版本 {shown.states} 个"
    if shown.newest:
        said += f"，最后一次留版本或导出是{_moment(shown.newest)}"
    if shown.damaged:
        said += f"；有 {shown.damaged} 个版本的内容已损坏，其余不受影响"
    if shown.lost:
        said += f"；比上次用完时少了 {shown.lost} 次保存"
    return said + "。"


def _moment(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"
