"""收回来稿: the deed; and a returned file that is dropped on the window, or chosen for import."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop import tasks
from desktop.services import returns
from desktop.services.case_list import list_cases
from desktop.services.returns import Return
from desktop.views.importing import INSTEAD
from desktop.widgets.message import ask

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

KINDS = "来稿 (*.docx *.doc *.wps *.odt *.rtf);;所有文件 (*)"
MOST = 20  # files that are asked who they are before they are imported
DEED = "收回来稿"
CAME = "来稿已收回，改动前的内容留在“版本”里；要整个撤销，按 Ctrl+Z。"
CAME_UNCHANGED = "来稿已收回，没有改动任何内容。"


class Receiving(QObject):
    """The slot of `actions.MENUS` that takes returned files in, and the door for what is dropped:
    a return is offered to be taken in, anything else is imported."""

    def __init__(self, window: "MainWindow") -> None:
        """Deeds of `window`, whose parts may be made later."""
        super().__init__(window)
        self._window = window
        self._paths: list[Path] = []  # dropped, while they are asked who they are
        self._known: list[Return] = []
        self._task: tasks.Task | None = None
        window.session.changed.connect(self._went_on)

    @property
    def busy(self) -> bool:
        """Whether files are asked who they are."""
        return self._task is not None

    def receive_returns(self) -> None:
        """收回来稿…"""
        if not self._window.session.save_first():
            return
        settings = self._window.settings
        folder = settings.last_folder
        chosen, _ = QFileDialog.getOpenFileNames(self._window, DEED, folder, KINDS)
        if chosen:
            settings.last_folder = str(Path(chosen[0]).parent)
            self.take_in([Path(name) for name in chosen])

    def bring(self, paths: list[Path]) -> None:
        """Files that were dropped, or chosen for import."""
        window = self._window
        if not window.session.save_first():
            return
        may_be = all(path.suffix.lower() == ".docx" and path.is_file() for path in paths)
        if not may_be or len(paths) > MOST or self.busy or window.importing.busy:
            window.importing.bring(paths)
            return
        self._paths, self._known = paths, []
        window.busy.begin("正在看是不是返回的稿子…", len(paths), can_cancel=False)
        self._ask_next()

    def cancel(self) -> None:
        """The window closes: nobody is asked any more."""
        if self._task:
            self._task.cancel()

    def _ask_next(self) -> None:
        """Who the next file is; once all have said it, what is to become of them."""
        self._window.busy.advance(len(self._known))
        if len(self._known) < len(self._paths):
            work = partial(returns.what, self._paths[len(self._known)])
            self._task = tasks.run(work, self._told, self._fell)
            return
        self._task = None
        self._window.busy.end()
        ours = [one for one in self._known if one.base and (one.left_at or not one.base.guessed)]
        deed = self._asked(ours) if ours else "import"
        if deed == "home":
            self.take_in(self._paths)
        elif deed == "import":
            self._window.importing.bring(self._paths)
        elif deed:
            self._window.importing.take(self._paths, deed)

    def _told(self, returned: Return) -> None:
        self._known.append(returns.base_of(returned))
        self._ask_next()

    def _fell(self, _: Exception) -> None:
        """A mistake of ours: the import says what it finds."""
        self._known.append(Return(self._paths[len(self._known)]))
        self._ask_next()

    def _asked(self, ours: list[Return]) -> str:
        """What to do with the files, of which these are returns."""
        numbers = "、".join(dict.fromkeys(one.numbers for one in ours if one.numbers))
        named = f"第{numbers}号" if numbers else "文库中的卷宗"
        many, single = len(self._paths), len(self._paths) == 1
        some = f"这 {many} 份都是" if len(ours) == many else f"{many} 份里有 {len(ours)} 份是"
        what = f"“{self._paths[0].name}”是" if single else some
        sentence = f"{what}{named}发出后返回的稿子，可以收回来逐处核对；还没有改动任何内容。"
        importing = INSTEAD if single and _is_whole(ours[0]) else [("import", "导入…")]
        return ask(self._window, DEED, sentence, [("home", DEED), *importing])

    def take_in(self, paths: list[Path]) -> None:
        """Let the handler choose what comes in of these files, and show the case it came into."""
        from desktop.views.dialogs.returns import ask_returns  # with it comes the comparing

        if not self._window.session.save_first():
            return
        entered = ask_returns(self._window, paths, date.today())
        if not entered:
            return
        session = self._window.session
        opened = session.case.key if session.open_case else ""
        before, after = next((one for one in entered if one[0].key == opened), entered[0])
        session.came_home(before, after, DEED)
        self._window.sidebar.set_rows(list_cases())
        self._window.page.banner.say(CAME if before != after else CAME_UNCHANGED)

    def _went_on(self) -> None:
        """It was taken back, or something else is now what Ctrl+Z takes back."""
        self._window.page.banner.take_back(CAME)


def _is_whole(returned: Return) -> bool:
    """Whether it carries the case itself, which could also be imported instead of what we have."""
    known, base = returned.identity, returned.base
    assert known
    assert base
    return not base.guessed and known.case_key == returned.case_key and not known.assignment
