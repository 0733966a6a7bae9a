"""Letters leave the window: 导出 Word, 导出 PDF, 导出卷宗文件, 复制正文, 用 Word/WPS 打开.

The services are imported where they are used: the window starts without them.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import launch, tasks
from desktop.errors import FuhanError
from desktop.letter.model import Case
from desktop.services.paragraphs import count_characters
from desktop.settings import Settings
from desktop.views.dialogs.paste_limit import ask_limit
from desktop.widgets.message import ask

if TYPE_CHECKING:
    from desktop.services import exports

NO_WORD = (
    "没有找到能打开 Word 文件的程序；函件已写成“{}”，没有受影响，"
    "可以拷到装有 Word 或 WPS 的电脑上打开、打印。"
)
A_COPY = "已交给 Word/WPS 打开。那是一份副本，在那里改的文字不会回到卷宗。"
PRINTED_THERE = "函件已交给 Word/WPS 打印。"
PRINT_THERE = "函件已交给 Word/WPS 打开，请在那里按 Ctrl+P 打印。"


class Exporting(QObject):
    """What leaves, and what is offered once it has."""

    offered = Signal(str, object)  # a sentence, and the deeds offered with it: name → words
    refused = Signal(str)
    began = Signal(str, int, bool)  # as `BusyBar.begin` takes it
    ended = Signal()
    limit_changed = Signal()

    def __init__(self, parent: QWidget, settings: Settings) -> None:
        """Exports of the window `parent`."""
        super().__init__(parent)
        self._window, self._settings = parent, settings
        self._last: Path | None = None

    def export_letter(self, case: Case, printer: "exports.Printer | None" = None) -> None:
        """Ask where, write the .docx in the background, then offer to open it; `printer` where it
        is not the letter as it stands (审核稿)."""
        from desktop.services import exports

        printer = printer or exports.WORD
        name = exports.export_name(case, printer.label + printer.suffix)
        if path := self._ask_where("导出 Word 函件", name, "Word 文档 (*.docx)"):
            self._export(case, path, printer, self._prepared)

    def export_pdf(self, case: Case) -> None:
        """The same as a PDF, its pages those of the preview."""
        from desktop.services import exports

        path = self._ask_where("导出 PDF", exports.export_name(case, ".pdf"), "PDF 文档 (*.pdf)")
        if path:
            self._export(case, path, exports.Printer(".pdf", _pdf), self._prepared)

    def hand_to_word(self, case: Case, folder: Path, *, printing: bool) -> None:
        """Write a copy of its own into `folder` and open it with Word or WPS, to be printed there.

        `printing`: have it printed at once, where the system can ask for that (Windows).
        """
        from desktop.services import exports

        try:
            folder.mkdir(exist_ok=True)
        except OSError:
            self.refused.emit(f"建不了文件夹“{folder}”，没有交给 Word，请检查数据文件夹能否写入。")
            return
        now = f" {datetime.now():%Y%m%d-%H%M%S}.docx"  # never over a copy that was worked on
        path = folder / exports.export_name(case, now)
        self._export(case, path, exports.WORD, self._handed_to_print if printing else self._handed)

    def _export(
        self,
        case: Case,
        path: Path,
        printer: "exports.Printer",
        prepared: Callable[["exports.PreparedExport"], None],
    ) -> None:
        from desktop.services import exports

        self.began.emit("正在导出…", 0, False)
        work = partial(
            exports.prepare_export,
            case,
            path,
            date.today(),
            final=bool(case.issue),
            overwrite=True,
            printer=printer,
        )
        tasks.run(work, prepared, self._failed)

    def export_case_file(self, case: Case) -> None:
        """The whole case as one file for another 复函."""
        from desktop.services import cases, exports
        from desktop.services.files import write_draft

        name = exports.export_name(case).removesuffix(".docx") + ".json"
        path = self._ask_where("导出卷宗文件", name, "复函卷宗文件 (*.json)")
        if not path:
            return
        try:
            write_draft(path, cases.case_file_of(case.key).encode()).take_name()
        except FuhanError as error:
            self.refused.emit(str(error))
            return
        self._say(path)

    def copy_body(self, case: Case) -> None:
        """复制正文（供提案系统粘贴）, with its 字数 against the system's limit."""
        from desktop.services.plain_text import body_text

        try:
            text = body_text(case, date.today())
        except FuhanError as error:
            self.refused.emit(str(error))
            return
        QGuiApplication.clipboard().setText(text)
        count, limit = count_characters(text), self._settings.paste_limit
        over = f"，比系统上限 {limit} 字多 {count - limit} 字" if 0 < limit < count else ""
        self.offered.emit(
            f"正文 {count} 字已复制，可以粘贴到提案系统{over}。", {"limit": "改上限…"}
        )

    def act(self, deed: str) -> None:
        """A deed that was offered."""
        if deed == "open":
            self.open_last()
        elif deed == "folder":
            self.open_last_folder()
        elif deed == "limit":
            limit = ask_limit(self._window, self._settings.paste_limit)
            if limit is not None:
                self._settings.paste_limit = limit
                self.limit_changed.emit()

    def open_last(self) -> None:
        """打开 with Word or WPS."""
        if self._last and not launch.open_file(self._last):
            self.refused.emit(f"打不开“{self._last.name}”，文件已经写好，请到文件夹里打开它。")

    def open_last_folder(self) -> None:
        """打开所在文件夹."""
        folder = self._last or Path(self._settings.last_folder or Path.home())
        if not launch.open_folder(folder):
            self.refused.emit(f"打不开文件夹“{folder}”，文件没有受影响，请用文件管理器打开它。")

    def _ask_where(self, title: str, name: str, kind: str) -> Path | None:
        """A good name in the last folder; asked once more before a file is replaced."""
        folder = Path(self._settings.last_folder or Path.home())
        folder = folder if folder.is_dir() else Path.home()
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(folder / name), kind)
        if not chosen:
            return None
        path = Path(chosen)
        suffix = Path(name).suffix
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
            if path.exists() and not ask(
                self._window,
                title,
                f"“{path.name}”已经存在。",
                [("over", "替换它")],
                destructive="over",
            ):
                return None
        self._settings.last_folder = str(path.parent)
        return path

    def _prepared(self, prepared: "exports.PreparedExport") -> None:
        if path := self._finished(prepared):
            self._say(path)

    def _handed(self, prepared: "exports.PreparedExport") -> None:
        if not (path := self._finished(prepared)):
            return
        if launch.open_file(path):
            self._last = path
            self.offered.emit(A_COPY, {"folder": "打开所在文件夹"})
        else:
            self.refused.emit(NO_WORD.format(path))

    def _handed_to_print(self, prepared: "exports.PreparedExport") -> None:
        if not (path := self._finished(prepared)):
            return
        if launch.print_file(path):
            self.offered.emit(PRINTED_THERE, {})
        elif launch.open_file(path):
            self.offered.emit(PRINT_THERE, {})
        else:
            self.refused.emit(NO_WORD.format(path))

    def _finished(self, prepared: "exports.PreparedExport") -> Path | None:
        from desktop.services import exports

        self.ended.emit()
        try:
            return exports.finish_export(prepared).path
        except FuhanError as error:
            self.refused.emit(str(error))
            return None

    def _failed(self, error: Exception) -> None:
        self.ended.emit()
        self.refused.emit(str(error))

    def _say(self, path: Path) -> None:
        self.tell(path, f"已导出“{path.name}”。", {"open": "打开", "folder": "打开所在文件夹"})

    def tell(self, path: Path, sentence: str, deeds: dict[str, str]) -> None:
        """Say what has left as `path`, and offer these `deeds` with it."""
        self._last = path
        self.offered.emit(sentence, deeds)


def _pdf(sheet: Any, printed: Case, *_: object) -> bytes:
    """As `exports.Printer` wants it; the fonts are those of the thread it is done in."""
    from desktop.paper.fonts import load_fonts
    from desktop.paper.output import letter_pages, pdf_bytes
    from desktop.services.exports import letter_name

    fonts = load_fonts()
    return pdf_bytes(letter_pages(sheet, printed.layout, fonts), fonts, letter_name(printed))
