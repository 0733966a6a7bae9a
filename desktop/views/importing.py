"""Letters and case files come in: by menu, by drop; read in the background, stored at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import tasks
from desktop.crash import write_report
from desktop.errors import ExistsError, FuhanError
from desktop.letter.reading import Reading
from desktop.services import cases, foreign
from desktop.services.rows import CaseImported
from desktop.settings import Settings
from desktop.views.dialogs.import_batch import ask_batch
from desktop.views.dialogs.import_letter import ask_reading
from desktop.widgets.message import ask, show_error

KINDS = "答复函和卷宗文件 (*.docx *.txt *.json);;所有文件 (*)"
PASTED = "粘贴的函件"
INSTEAD = [("replace", "替换它（先留一个版本）"), ("new", "另存一份")]


class _Source(NamedTuple):
    """What is to come in: its name for the handler, and how it is read."""

    name: str
    read: Callable[[], Reading]


class Importing(QObject):
    """Files one after the other; the window goes on meanwhile."""

    chosen = Signal(object)  # files by menu, a list of Path, for `bring`
    began = Signal(str, int, bool)  # as `BusyBar.begin` takes it
    advanced = Signal(int)
    replaced = Signal(str)  # the case that is another one now
    ended = Signal(object, str)  # the keys that came in, and a sentence
    noted = Signal(str)  # what the handler should know of what came in
    stored = Signal()  # letters are in, while their dialog still stands
    show_asked = Signal(object)  # 查看这些卷宗: their keys

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        """Imports of the window `parent`."""
        super().__init__(parent)
        self._window, self._settings = parent, settings
        self._waiting: list[_Source] = []
        self._total = 0
        self._instead = ""
        self._came: list[CaseImported] = []
        self._refused: list[str] = []
        self._left: list[str] = []  # what the handler himself did not want
        self._task: tasks.Task | None = None

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._task is not None

    def ask_files(self) -> None:
        """导入… by menu."""
        folder = self._settings.last_folder
        chosen, _ = QFileDialog.getOpenFileNames(self._window, "导入", folder, KINDS)
        if chosen:
            self._settings.last_folder = str(Path(chosen[0]).parent)
            self.chosen.emit([Path(name) for name in chosen])

    def ask_folder(self) -> None:
        """导入文件夹… by menu."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, "导入文件夹", self._settings.last_folder
        )
        if chosen:
            self._settings.last_folder = chosen
            self.bring([Path(chosen)])

    def bring(self, paths: list[Path]) -> None:
        """What the handler chose or dropped: one file, or several and whole folders as a table."""
        if len(paths) == 1 and not paths[0].is_dir():
            self.take(paths)
            return
        keys, show = ask_batch(self._window, paths, date.today(), self.stored, self.replaced)
        self.ended.emit(keys, f"已导入 {len(keys)} 份" if keys else "")
        if show:
            self.show_asked.emit(keys)

    def warm(self) -> None:
        """Have the process that reads files started before the first file comes."""
        tasks.run(foreign.warm, lambda _: None, lambda _: None)

    def take(self, paths: list[Path], instead: str = "") -> None:
        """Import these files one after the other; a folder among them is refused by name.

        `instead`, one of `INSTEAD`, says what to do where a case is there already.
        """
        today = date.today()
        self._queue([_Source(p.name, partial(cases.read_file, p, today)) for p in paths], instead)

    def take_text(self, text: str) -> None:
        """Import a letter that was copied elsewhere, as text."""
        self._queue([_Source(PASTED, partial(cases.read_text, text, date.today()))])

    def _queue(self, sources: Sequence[_Source], instead: str = "") -> None:
        self._instead = instead
        self._waiting += sources
        self._total += len(sources)
        if not self._task and self._waiting:
            self.began.emit(f"正在导入 {self._total} 份…", self._total, True)
            self._next()

    def cancel(self) -> None:
        """What is in stays in; the rest is left."""
        if self._task:
            self._task.cancel()
            foreign.close()  # else a file that takes its time would hold up the next one
            left = len(self._waiting) + 1
            self._waiting.clear()
            self._refused.append(f"已取消，剩下的 {left} 个文件没有导入，原文件没有改动。")
            self._finish()

    def _next(self) -> None:
        self.advanced.emit(self._total - len(self._waiting))
        if not self._waiting:
            self._finish()
            return
        self._name, read = self._waiting.pop(0)
        self._task = tasks.run(read, self._read, self._failed)

    def _read(self, reading: Any) -> None:
        try:
            self._settle(reading)
        except Exception as error:  # ours too: the next file must come in
            known = isinstance(error, FuhanError)
            said = str(error) if known else f"程序内部出错，没有导入，报告在：{write_report(error)}"
            self._failed(FuhanError(said))
            return
        self._next()

    def _settle(self, reading: Reading) -> None:
        """Looked at, unless it is our own file, which says itself what it is."""
        if not (reading.anatomy or reading.proposal):
            self._store(reading)
        elif settled := ask_reading(self._window, self._name, reading, date.today()):
            self._store(replace(settled, notes=()))  # they were seen

    def _store(self, reading: Reading) -> None:
        try:
            self._take_in(cases.store(reading, as_issued=True))
            return
        except ExistsError as error:
            asked = f"{self._name}：{error}"
            instead = INSTEAD[1:] if error.fixed else INSTEAD
        first = instead[0][0]  # not by Enter alone: it would be there twice, or replaced
        chosen = self._instead or ask(self._window, "导入", asked, instead, destructive=first)
        if chosen:
            replaced = chosen == "replace"
            anyhow = {"replace_existing": replaced, "as_new": not replaced}
            self._take_in(cases.store(reading, as_issued=True, **anyhow))
        else:
            self._left.append(f"{self._name}没有导入，文库没有改动")

    def _take_in(self, came: CaseImported) -> None:
        self._came.append(came)
        if came.changed:
            self.replaced.emit(came.key)

    def _failed(self, error: Exception) -> None:
        self._refused.append(f"{self._name}：{error}")
        self._next()

    def _finish(self) -> None:
        came, refused, left = self._came, self._refused, self._left
        self._task, self._total, self._came, self._refused, self._left = None, 0, [], [], []
        said = [f"已导入 {len(came)} 份"] if came else []
        self.ended.emit([case.key for case in came], "；".join([*said, *left]))
        if notes := [note for case in came for note in case.notes]:
            self.noted.emit("\n".join(notes[:3]))
        if len(refused) == 1 and not came:
            show_error(self._window, refused[0])
        elif refused:
            head = f"导入了 {len(came)} 份，有 {len(refused)} 个文件没有导入，原文件都没有改动。"
            show_error(self._window, head, "\n".join(refused))
