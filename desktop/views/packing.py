"""发会办包 from the window: which units, where to, written in the background, said.

The services are imported where they are used: the window starts without them.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop import tasks
from desktop.errors import FuhanError
from desktop.services.assignments import mark_sent
from desktop.services.cases import find_case, save_case
from desktop.views.before_leaving import Leaving
from desktop.widgets.message import ask

if TYPE_CHECKING:
    from desktop.services.exports import PreparedExport
    from desktop.views.main_window import MainWindow

TITLE = "发会办包"
NOBODY = "还没有会办单位，先在这里添加"
NEXT = "把文件发给单位填写，返回后用“收回来稿”收进来。"


class Packing(QObject):
    """What menu and 会办 page ask for the open case of a window."""

    def __init__(self, window: "MainWindow") -> None:
        """Deeds of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window
        self._leaving = Leaving(window)

    def send_packs(self) -> None:
        """发会办包… by menu: of all units, or of those that have none yet."""
        units = self._window.session.case.assignments
        if not units:
            self._window.page.show_page("co_handling")
            self._window.page.co_handling.new.setFocus()
            self._window.say(NOBODY)
            return
        wanted = units
        unsent = [unit for unit in units if not unit.sent_on]
        if 0 < len(unsent) < len(units):
            said = f"{len(units)}个会办单位，{len(unsent)}个还没有发出。"
            choices = [("unsent", f"发给这{len(unsent)}个"), ("all", "全部再发一次")]
            chosen = ask(self._window, TITLE, said, choices)
            wanted = {"unsent": tuple(unsent), "all": units}.get(chosen, ())
        if wanted:
            self.ask([unit.key for unit in wanted])

    def send_pack(self, key: str) -> None:
        """发会办包… of one unit."""
        self.ask([key])

    def ask(self, keys: Sequence[str]) -> None:
        """Ask where, and write the 会办包 of the units whose assignments have these keys."""
        from desktop.services import packs

        window, session = self._window, self._window.session
        if not session.draft or not session.in_library():
            return
        case, today = session.case, date.today()
        try:
            found = packs.findings(case, keys, today)
        except FuhanError as error:
            window.refuse(str(error))
            return
        if not self._leaving.may_with(found, case, "发出"):
            return
        folder = self._folder([packs.pack_path(case, key, Path()).name for key in keys])
        if folder:
            window.busy.begin("正在写会办包…", 0, False)
            work = partial(packs.prepare_packs, case, keys, folder, today, overwrite=True)
            tasks.run(work, self._prepared, self._failed)

    def _folder(self, names: Sequence[str]) -> Path | None:
        """A folder; asked once more before files of these names are replaced there."""
        window = self._window
        chosen = QFileDialog.getExistingDirectory(
            window, "会办包放在哪个文件夹", window.settings.last_folder
        )
        if not chosen:
            return None
        window.settings.last_folder = chosen
        there = [name for name in names if Path(chosen, name).exists()]
        if there:
            more = f"等{len(there)}个文件" if len(there) > 1 else ""
            said = f"“{there[0]}”{more}已经存在。"
            if not ask(window, TITLE, said, [("over", "替换")], destructive="over"):
                return None
        return Path(chosen)

    def _failed(self, error: Exception) -> None:
        self._window.busy.end()
        self._window.refuse(str(error))

    def _prepared(self, prepared: "tuple[PreparedExport, ...]") -> None:
        from desktop.services.exports import finish_export

        self._window.busy.end()
        sent = []
        try:
            for pack in prepared:
                finish_export(pack)
                sent.append(pack)
        except FuhanError as error:
            for pack in prepared:
                pack.discard()
            self._window.refuse(str(error))
        if sent and self._mark(sent):
            units = "、".join(pack.printed.assignments[0].unit for pack in sent)
            offered = {"folder": "打开所在文件夹"}
            said = f"给{units}的会办包已写好，{NEXT}"
            self._window.exporting.tell(sent[-1].draft.path, said, offered)

    def _mark(self, sent: "list[PreparedExport]") -> bool:
        """They are 已发出; the handler may have gone on writing, opened another case, or issued
        this one: then the files are there, and it is said why they are not marked."""
        key, opened = sent[0].case.key, self._window.session.draft
        here = opened is not None and opened.case.key == key
        try:
            before = after = opened.case if opened and here else find_case(key)
            for pack in sent:
                (unit,) = pack.printed.assignments
                after = mark_sent(after, unit.key, unit.sent_on)
            if opened and here:
                opened.change(after, TITLE)
                self._window.session.save()
            else:
                save_case(before, after)
        except FuhanError as error:
            self._window.refuse(f"会办包已写好，没有标为已发出：{error}")
            return False
        return True
