"""The window: list on the left, the open case beside it, everything wired in one place."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import diagnostics, launch, tasks
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.paths import SAMPLES
from desktop.services import offices
from desktop.services.case_list import list_cases, listed
from desktop.services.library import FILE_NAME, checkpoint
from desktop.settings import Settings
from desktop.views import whereabouts
from desktop.views.actions import Actions
from desktop.views.backing_up import BackingUp
from desktop.views.backup_deeds import BackupDeeds
from desktop.views.case_list import CaseListPane
from desktop.views.case_page import CasePage
from desktop.views.cutting_deeds import CuttingDeeds
from desktop.views.dialogs.about import show_about
from desktop.views.dialogs.issue import ask_issue
from desktop.views.dialogs.shortcuts import show_shortcuts
from desktop.views.earlier_deeds import EarlierDeeds
from desktop.views.exporting import Exporting
from desktop.views.importing import Importing
from desktop.views.letter_deeds import LetterDeeds
from desktop.views.office_deeds import OfficeDeeds
from desktop.views.open_case import OpenCase
from desktop.views.packing import Packing
from desktop.views.page_deeds import PageDeeds
from desktop.views.preview import Preview
from desktop.views.printing import Printing
from desktop.views.session import Session
from desktop.views.status_line import StatusLine
from desktop.views.tool_bar import ToolBar
from desktop.views.trash_deeds import TrashDeeds
from desktop.views.welcome import Welcome
from desktop.widgets import theme
from desktop.widgets.busy import BusyBar
from desktop.widgets.message import ask, show_error

IDLE_MS = 30_000
UNSAVED = "有内容还没有存到磁盘上，关闭会丢掉它；请先腾出空间，或把它复制出来。"


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """A window on the library in `folder`, which is open."""
        super().__init__()
        self.folder, self.settings = folder, settings
        self.setWindowTitle("复函")
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.session = Session(self)
        self.letter_deeds = LetterDeeds(self)
        self.trash = TrashDeeds(self)
        self.backups = BackupDeeds(self)
        self.office = OfficeDeeds(self)
        self.cutting = CuttingDeeds(self)
        self.earlier = EarlierDeeds(self)
        self.packing = Packing(self)
        deeds = PageDeeds(self), self.letter_deeds, self.trash, self.backups, self.office
        targets = (self, *deeds, self.cutting, self.earlier, self.packing, self.session)
        self.deeds = Actions(self, targets)
        self.tools = ToolBar(self, self.deeds)  # Tab follows the order in which parts are made
        self.sidebar = CaseListPane(self)
        self.page = CasePage(self)
        self.welcome = Welcome(self)
        self.preview = Preview(self, self.page, settings)
        self.busy = BusyBar(self)
        self.status = StatusLine(self)
        self.exporting = Exporting(self, settings)
        self.printing = Printing(self, settings)
        self.importing = Importing(self, settings)
        self.backing_up = BackingUp(self, folder)
        self._case_before: Case | None = None  # when an import began
        self._warning = ""  # why the last commit was refused
        self._idle = QTimer(self)
        self._place()
        self._wire()
        self._return()

    def _place(self) -> None:
        self.addToolBar(self.tools)
        self.setStatusBar(self.status)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.page)
        right = QWidget(self)
        right.setProperty("ground", True)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.busy)
        column.addWidget(self.stack, 1)
        self.split = QSplitter(self)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.sidebar)
        self.split.addWidget(right)
        self.split.setStretchFactor(1, 1)
        self.split.addWidget(self.preview)
        for place in range(3):
            self.split.setCollapsible(place, False)
        self.setCentralWidget(self.split)

    def _wire(self) -> None:
        """Every signal between the parts, and nowhere else."""
        session, page, replies = self.session, self.page, self.page.replies
        session.opened.connect(self._opened)
        session.changed.connect(self._changed)
        session.saved.connect(self._saved)
        session.failed.connect(self._not_saved)
        self.sidebar.opened.connect(self.show_case)
        self.sidebar.entered.connect(self.go_and_write)
        self.sidebar.wished.connect(self._wished)
        self.sidebar.wished.connect(self.trash.wished)
        self.tools.search.textChanged.connect(self.sidebar.set_words)
        self.tools.search.returnPressed.connect(self._open_found)
        page.banner.acted.connect(self.exporting.act)
        for banner in (page.banner, self.welcome.banner):
            banner.acted.connect(self.trash.act)
        replies.cut_asked.connect(self.cutting.cut_proposal)
        replies.original_asked.connect(self.cutting.show_original_of)
        replies.taking_over.left.connect(self.status.show_also)
        page.issue_asked.connect(self.issue)
        page.reopen_asked.connect(session.reopen)
        page.restore_asked.connect(session.restore)
        page.pack_asked.connect(self.packing.send_pack)
        self.status.wanted.connect(page.go_to)
        self.preview.shown.connect(self.deeds.by_name["toggle_preview"].setChecked)
        said = session, replies, self.printing, self.trash, self.sidebar, self.earlier, self.cutting
        for speaker in said:
            speaker.said.connect(self.say)
        for part in (session, page, self.exporting, self.printing, self.trash):
            part.refused.connect(self.refuse)
        self.exporting.offered.connect(page.banner.say)
        self.backing_up.warned.connect(page.banner.warn)
        self.exporting.limit_changed.connect(self._limit_changed)
        for work in (self.exporting, self.importing):
            work.began.connect(self.busy.begin)
        self.exporting.ended.connect(self.busy.end)
        self.importing.began.connect(self._import_began)
        self.importing.advanced.connect(self.busy.advance)
        self.importing.replaced.connect(self._replaced)
        self.importing.ended.connect(self._imported)
        self.importing.show_asked.connect(self.sidebar.show_came)
        self.busy.cancelled.connect(self.importing.cancel)
        self.welcome.new.clicked.connect(self.new_case)
        self.welcome.bring.clicked.connect(self.import_files)
        self.welcome.samples.clicked.connect(self.add_samples)
        self.earlier.wire()
        self._idle.timeout.connect(self.earlier.rest)
        self._idle.timeout.connect(self._rest)
        self._idle.start(IDLE_MS)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def _return(self) -> None:
        """Where the handler was."""
        whereabouts.restore(self)
        self.sidebar.set_rows(list_cases())
        self.page.set_ours(offices.our_office())
        self.caret = whereabouts.Caret(self)
        if not self.caret.open_case():
            self._opened(None)

    # the open case
    def show_case(self, key: str) -> None:
        """Open a case of the list."""
        if not self.session.show_case(key) and self.session.open_case:
            self.sidebar.select(self.session.case.key)

    def _opened(self, opened: OpenCase | None) -> None:
        self.page.set_case(opened)
        self.preview.set_case(opened)
        self.stack.setCurrentWidget(self.page if opened else self.welcome)
        self.welcome.show_library(bool(self.sidebar.model.rows))
        if not opened:
            self.welcome.new.setFocus()
        self.status.show_case(opened.case if opened else None, self.settings.paste_limit)
        self.status.say_opened(stored=bool(opened and opened.in_library))
        self.status.show_count()
        self.sidebar.show_open(opened.case.key if opened else "")
        self._show_title()
        self._enable()

    def _changed(self, before: Case, after: Case) -> None:
        self.status.show_case(after, self.settings.paste_limit)
        if self.session.open_case and not self.session.open_case.failing:
            self.status.say_unsaved()
        if before.proposals is not after.proposals:
            self._show_title()
        if (before.issue, before.head) != (after.issue, after.head):
            self._enable()
        self._name_undo()

    def _saved(self, case: Case, at: datetime) -> None:
        self.status.say_saved(at)
        self.page.banner.take_back(self._warning)
        self.sidebar.put(listed(case))
        if not self.sidebar.current():
            self.sidebar.select(case.key)
        if self.page.page == "revisions":
            self.page.revisions.load()

    def _not_saved(self, sentence: str) -> None:
        self.status.say_failed()
        self._warning = sentence
        self.page.banner.warn(sentence)

    def _show_title(self) -> None:
        number = listed(self.session.case).proposal_number if self.session.open_case else ""
        self.setWindowTitle(f"第{number}号 - 复函" if number else "复函")

    def _enable(self) -> None:
        opened = self.session.open_case
        self.deeds.enable(case=opened is not None, draft=self.session.draft is not None)
        if opened:
            self.deeds.check("head", opened.case.head.value)
        self._name_undo()

    def _name_undo(self) -> None:
        opened = self.session.open_case
        self.deeds.name("undo", "撤销", opened.undo_name if opened else "")
        self.deeds.name("redo", "重做", opened.redo_name if opened else "")

    # 文件
    def new_case(self) -> None:
        """新建提案."""
        if self.session.new_case():
            self.page.show_page("basics")
            self.page.basics.focus_first()

    def import_files(self) -> None:
        """导入…"""
        if self.session.save_first():
            self.importing.ask_files()

    def import_folder(self) -> None:
        """导入文件夹…"""
        if self.session.save_first():
            self.importing.ask_folder()

    def add_samples(self) -> None:
        """Two sample letters to play with."""
        self.importing.take(sorted(SAMPLES.glob("*.json")))

    def open_library_folder(self) -> None:
        """打开文库所在文件夹."""
        if not launch.open_folder(self.folder):
            self.refuse(f"打不开文件夹“{self.folder}”，文库没有受影响，请用文件管理器打开它。")

    def issue(self) -> None:
        """定稿…"""
        if (
            self.session.draft
            and self.session.in_library()
            and (answer := ask_issue(self, date.today()))
        ):
            self.session.issue(answer)

    # 查看、帮助
    def choose_theme(self, action: QAction) -> None:
        """颜色."""
        self.settings.theme = action.data()
        self._dress()

    def choose_scale(self, action: QAction) -> None:
        """界面字号."""
        self.settings.scale = int(action.data())
        self._dress()

    def _dress(self) -> None:
        theme.dress(self.settings.theme, self.settings.scale)

    def show_help(self) -> None:
        """怎样写第一份答复."""
        show_shortcuts(self, self.deeds.keys())

    def show_about(self) -> None:
        """关于复函."""
        show_about(self, diagnostics.text(self.folder / FILE_NAME, len(self.sidebar.model.rows)))

    # what the handler is told
    def say(self, sentence: str) -> None:
        """A quiet word in the status line."""
        self.status.say(sentence)

    def refuse(self, sentence: str) -> None:
        """What happened, what is safe, what to do."""
        show_error(self, sentence)

    def _limit_changed(self) -> None:
        self.status.show_case(self.session.case, self.settings.paste_limit)

    def _import_began(self) -> None:
        opened = self.session.open_case
        self._case_before = opened.case if opened else None

    def _replaced(self, key: str) -> None:
        """At once: what is typed next belongs to what came in."""
        if self.session.open_case and self.session.case.key == key:
            self.session.show_case(key, anew=True)

    def _imported(self, keys: list[str], sentence: str) -> None:
        self.busy.end()
        self.sidebar.set_rows(list_cases())
        opened = self.session.open_case
        writing = self.page.isAncestorOf(QApplication.focusWidget() or self)
        if keys and (not opened or (opened.case is self._case_before and not writing)):
            self.session.show_case(keys[0])
        self.say(sentence)

    # the list
    def _open_found(self) -> None:
        if keys := self.sidebar.keys():
            self.show_case(keys[0])

    def go_and_write(self) -> None:
        """建议与答复, the caret in the first reply."""
        self.page.show_page("replies")
        if self.page.replies.cards:
            self.page.replies.cards[0].editor.setFocus()

    def _wished(self, deed: str, key: str) -> None:
        """What was chosen from the menu of a row."""
        if deed in ("open", "export"):
            self.show_case(key)
        opened = self.session.open_case
        if deed == "export" and opened and opened.case.key == key:
            self.letter_deeds.export_letter()
        elif deed == "folder":
            self.exporting.open_last_folder()

    def _focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        """Leaving a field saves it."""
        if self.session.open_case and self.session.open_case.unsaved:
            QTimer.singleShot(0, self.session, self.session.save)

    def _rest(self) -> None:
        """Idle: fold the journal into the library, so that the file alone holds everything."""
        if self.session.save():
            with suppress(FuhanError):  # a full disk is said where something is written
                checkpoint()
            self.backing_up.rest()

    # Qt's own
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Import what is dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if paths and self.session.save_first():
            self.importing.bring(paths)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Nothing is lost: what cannot be saved keeps the window open, unless it is given up."""
        event.ignore()  # until everything is safe
        if field := QApplication.focusWidget():
            field.clearFocus()  # an input method commits what it has
        self.importing.cancel()  # it says what is left
        tasks.wait_for_all(10)
        lose = [("lose", "仍然关闭，丢掉未保存的内容")]
        if not self.session.save() and not ask(self, "关闭", UNSAVED, lose, destructive="lose"):
            if field:
                field.setFocus()
            return
        self.earlier.close()
        self.backing_up.at_close()
        whereabouts.remember(self)
        event.accept()
