"""Pictures of the running program, to be looked at: `make shots`.

`python -m tests.shots FOLDER [--readme]` starts the real program once for each size, theme and
library, plays the scenes below, and leaves FOLDER/SIZE-THEME/SCENE.png. `--readme` also renews the
README's two in resources/manual.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from db.enums import Form, Head, Outcome, Role
from desktop import app
from desktop.bookmark import Bookmark, write_bookmark
from desktop.crash import write_report
from desktop.letter.keys import new_key
from desktop.letter.model import Assignment, Issue, Note, Paragraph
from desktop.mistakes import FELL, SAVED
from desktop.paths import RESOURCES, SAMPLES
from desktop.services import batches, cases, returns, trash
from desktop.services.case_list import list_cases
from desktop.services.cases import import_file, save_case
from desktop.services.library import library
from desktop.services.picking import Picking
from desktop.services.returns import Return
from desktop.settings import Settings
from desktop.views import printers
from desktop.views.dialogs.cut_proposal import CutProposal, ask_import
from desktop.views.dialogs.import_batch import ImportBatch
from desktop.views.dialogs.import_letter import ask_letter
from desktop.views.dialogs.original import show_original
from desktop.views.dialogs.report import ReportMessage
from desktop.views.dialogs.returns import ReturnsDialog
from desktop.views.dialogs.review_copy import ReviewCopy
from desktop.views.main_window import MainWindow
from desktop.views.print_order import Duplex
from desktop.views.receiving import CAME
from desktop.views.visiting import BACK
from tests.batches import letter_folder
from tests.desktop.views.earlier import earlier_letters
from tests.returned_files import all_back

SIZES = {"1366x768": (1366, 768), "1093x614": (1093, 614), "1920x1080": (1920, 1080)}
DATA = Path(__file__).parent / "data"
THEMES = ("light", "dark")
SETTLE_MS = 250  # a scene's own timers and short animations

Deed = Callable[[MainWindow], object]


def page(name: str) -> Deed:
    """Show a page of the open case."""
    return lambda window: window.page.show_page(name)


def press(text: str) -> Deed:
    """Choose the menu entry called `text`; a dialog it opens is pictured, then closed."""
    return lambda window: next(
        action
        for action in window.findChildren(QAction)
        if action.text().replace("&", "").partition("(")[0].rstrip("…") == text
    ).trigger()


def nothing(_: MainWindow) -> None:
    """The window as it opens."""


def write(window: MainWindow) -> None:
    """The narrative sample, a paragraph being written in its first card."""
    rows = window.sidebar.model.rows
    window.show_case(next(row.key for row in rows if row.proposal_number == "2025118"))
    window.page.show_page("replies")
    card = window.page.replies.cards[0]
    card.editor.put_caret(card.editor.paragraphs()[-1].key, 4)
    card.editor.setFocus()


def unmark(window: MainWindow) -> None:
    """清单式 with paragraphs that are still to be marked, and proposals for them."""
    for card in window.page.replies.cards[:2]:
        card.editor.selectAll()
        card.editor.mark(None)
    if window.session.case.form is Form.NARRATIVE:
        window.session.switch_form()
    window.page.replies.marking.propose()


def find(window: MainWindow) -> None:
    """查找替换 at work."""
    bar = window.page.replies.find_bar
    bar.open("公园", replacing=True)
    bar.stepped.emit(1)


def issue(window: MainWindow) -> None:
    """定稿, seen on 函件."""
    window.page.replies.find_bar.close_bar()
    window.session.undo()
    window.session.undo()
    window.session.undo()
    window.session.issue(Issue(date.today(), "张三"))
    window.page.show_page("letter")


def told(window: MainWindow) -> None:
    """The bar after an export."""
    deeds = {"open": "打开", "folder": "打开所在文件夹"}
    window.page.banner.say("已导出“关于第2025118号提案的答复.docx”。", deeds)


def preview(window: MainWindow) -> None:
    """The head of the letter on the paper, the title being written; in a narrow window too."""
    if window.preview.isHidden():
        window.preview.fold.toggle()
    window.preview.begin()
    window.page.show_page("letter")
    window.page.letter.fields["title"].begin()


def fit(value: str) -> Deed:
    """整页 or 双页."""
    return lambda window: window.preview.head.buttons[value].click()


def unpreview(window: MainWindow) -> None:
    """As it was before."""
    window.session.undo()
    window.preview.head.buttons["width"].click()
    if window.width() < min(width for width, _ in SIZES.values()) + 1:
        window.preview.fold.toggle()
    write(window)


def compare(window: MainWindow) -> None:
    """版本: what was written since the last state, beside the preview."""
    window.session.keep()
    case = window.session.case
    first, second = case.replies[:2]
    paragraph = first.paragraphs[0]
    text = f"{paragraph.text[:6]}核实后{paragraph.text[10:]}"
    written = replace(paragraph, text=text, outcome=Outcome.PENDING)
    added = Paragraph(new_key(), "明年一季度前将测算结果报区财政局，争取纳入年度预算。")
    replies = (
        replace(second, paragraphs=(added, *second.paragraphs[1:])),
        replace(first, paragraphs=(written, *first.paragraphs[1:])),
        *case.replies[2:],
    )
    office = replace(case.office, region_word="全区")
    assert window.session.draft
    window.session.draft.change(replace(case, replies=replies, office=office), "改写")
    window.session.save()
    window.page.show_page("revisions")
    window.page.revisions.step(1)


def compare_beside(window: MainWindow) -> None:
    """The same with the preview folded: two columns."""
    if not window.preview.isHidden():
        window.preview.fold.toggle()
    window.page.revisions.step(1)


def review(window: MainWindow) -> None:
    """导出审核稿: what changed since the last state is to be marked."""
    dialog = ReviewCopy(window, window.session.case)
    dialog.way.buttons()[1].click()
    dialog.exec()


def uncompare(window: MainWindow) -> None:
    """As it was before."""
    window.session.undo()
    if window.preview.isHidden() and window.width() > min(width for width, _ in SIZES.values()):
        window.preview.fold.toggle()


def delete(window: MainWindow) -> None:
    """删除提案: the question."""
    window.trash.delete_case()


def deleted(window: MainWindow) -> None:
    """What the window says when it is done."""
    trash.delete_case(window.session.case.key, datetime.now())
    window.session.leave()
    window.sidebar.set_rows(list_cases())
    row = trash.list_deleted()[0]
    bar = window.welcome.banner
    bar.say(f"第{row.proposal_number}号“{row.subject}”已移到回收站。", {"undelete": "恢复"})


def undeleted(window: MainWindow) -> None:
    """As it was before."""
    window.trash.act(f"undelete {trash.list_deleted()[0].key}")


def print_letter(window: MainWindow) -> None:
    """打印 on paper with a printed head, on a computer with two printers."""
    name = "HP LaserJet M405（三楼文印室）"
    printers.names = lambda: [name, "奔图 P3301"]
    printers.describe = lambda name: printers.PrinterShown(
        name, "三楼文印室，303", False, tuple(Duplex), Duplex.LONG, ("OnlyOne", "Manual")
    )
    window.session.set_head(Head.PREPRINTED)
    window.letter_deeds.print_letter()
    window.session.undo()


def mistake(window: MainWindow) -> None:
    """A mistake of ours, its report unfolded."""
    try:
        fit("no such button")(window)
    except KeyError as error:
        dialog = ReportMessage(window, SAVED, write_report(error))
    QTimer.singleShot(0, dialog._open.click)
    dialog.exec()


def killed(window: MainWindow) -> None:
    """What the next start says of a run that fell."""
    window.page.banner.say(FELL, {"show_report": "查看报告"})


def import_letter(name: str) -> Deed:
    """The import dialog with a letter of tests/data."""

    def deed(window: MainWindow) -> None:
        path, today = DATA / f"{name}.txt", date.today()
        ask_letter(window, path.name, cases.read_file(path, today), today)

    return deed


def cut(name: str, deed: Callable[[CutProposal], object] = lambda _: None) -> Deed:
    """拆成建议 with a proposal of tests/data, once something was done in it."""

    def scene(window: MainWindow) -> None:
        text = (DATA / "proposals" / f"{name}.txt").read_text(encoding="utf-8")
        QGuiApplication.clipboard().setText(text)
        dialog = CutProposal(window, window.session.case)
        QTimer.singleShot(0, dialog, lambda: deed(dialog))
        dialog.exec()
        QGuiApplication.clipboard().clear()

    return scene


def choose_border(dialog: CutProposal) -> None:
    """The border in the middle of the second suggestion's explanation, by keys."""
    dialog.turn("cut")
    card = dialog.cutting.cards()[1]
    dialog.original.select(card.spans[-1][0] + 20, card.spans[-1][0] + 20)
    dialog.original.do("begin")
    dialog.original._choose(-1)
    dialog.original._choose(1)


def original(window: MainWindow) -> None:
    """查看原文 of the second suggestion of an imported proposal."""
    path = DATA / "proposals" / "long.txt"
    (proposal,) = cases.read_file(path, date.today()).case.proposals
    show_original(window, proposal, proposal.suggestions[1].key)


def import_proposal(window: MainWindow) -> None:
    """The original of a proposal comes in."""
    path = DATA / "proposals" / "form-flattened.txt"
    ask_import(window, path.name, cases.read_file(path, date.today()), "导入")


def import_folder(count: int, *, store: bool = False) -> Deed:
    """A folder of letters: clean, doubtful, broken, twice there; imported to show the report."""

    def deed(window: MainWindow) -> None:
        dialog = ImportBatch(window, [], date.today())
        with tempfile.TemporaryDirectory() as place:
            letter_folder(Path(place), count)
            files = batches.find_files([Path(place)])
            for path, outcome in batches.read_some(files, date.today(), 60):
                dialog.batch.add(path, outcome)
        if store:
            dialog.batch.begin()
            dialog._came(dialog.batch.store_some(60))
            dialog.scope.buttons()[-1].click()
        dialog.exec()

    return deed


def known(window: MainWindow) -> None:
    """The earlier letters are known, and what was asked is answered."""
    earlier = window.earlier
    earlier.begin()
    for _ in range(20):
        wait()
        if not (earlier.keeping.busy or earlier.answer.busy or earlier._soon.isActive()):
            return


def earlier(window: MainWindow) -> None:
    """往年答复 beside the reply that is written: what is similar, by itself."""
    write(window)
    window.earlier.show_earlier()
    known(window)


def seek(window: MainWindow) -> None:
    """The same after a search, narrowed."""
    window.earlier.panel.search.setText("管护 经费")
    window.earlier.panel.narrow.setChecked(True)
    window.earlier.panel.outcome.setCurrentIndex(1)
    known(window)
    window.earlier.panel.focus_list()


def visit(window: MainWindow) -> None:
    """An earlier letter looked at, with the way back above it."""
    window.earlier.panel.open.click()


def take(window: MainWindow) -> None:
    """An earlier paragraph in the reply, what ages in it marked."""
    window.page.banner.acted.emit(BACK)
    window.earlier.panel.clear()
    known(window)
    window.earlier.panel.focus_list()
    window.earlier.insert()
    wait()


def offer(window: MainWindow) -> None:
    """常用语 offered in a pause."""
    card = window.page.replies.cards[1]
    card.editor.setFocus()
    card.editor.put_caret(card.editor.paragraphs()[-1].key, 10_000)
    card.editor.textCursor().insertText("下一步")
    wait()


# library → what is done one after the other, each pictured under its name, if it has one
def share(window: MainWindow) -> None:
    """会办: three units, one late, one back; what the chief remarked."""
    write(window)
    case, today = window.session.case, date.today()
    asked = [s.key for s in case.suggestions()]
    days = [today + timedelta(days=away) for away in (-35, -5, 12)]
    units = (
        Assignment(new_key(), "区财政局", Role.CO_HANDLING, (asked[0],), "王敏 8000-0001"),
        Assignment(new_key(), "区城市管理和综合执法局", sent_on=days[0], due_on=days[1]),
        Assignment(
            new_key(), "区住建局", suggestions=tuple(asked[1:3]), sent_on=days[0], due_on=days[2],
        ),
    )  # fmt: skip
    units = (*units, replace(units[2], key=new_key(), unit="梅园街道办", returned_on=days[1]))
    at = "2025-11-03T09:15:00"
    notes = (
        Note(
            new_key(), case.replies[0].key, "经费分档的依据请补一句，文号核对一下。", "王科长", at
        ),
        Note(
            new_key(), case.replies[0].key, "公园名称用全称。", "王科长", at, "口袋公园", done=True
        ),
        Note(new_key(), "title", "标题能不能再短一点？", "王科长", at),
        Note(new_key(), "", "全文的“我区”“全区”请统一。", "李处", at),
    )
    window.session.draft.change(replace(case, assignments=units, notes=notes), "会办")  # type: ignore[union-attr]


def ask_units(window: MainWindow) -> None:
    """The menu of a suggestion's units."""
    replies = window.page.replies
    replies.units.open_menu(replies.cards[0].rows[0].key)


def choose_unit(window: MainWindow) -> None:
    """会办, the late unit chosen."""
    window.page.show_page("co_handling")
    window.page.co_handling.table.selectRow(1)


def field_note(window: MainWindow) -> None:
    """函件, with what was remarked on its title."""
    window.page.show_page("letter")
    window.page.letter.fields["title"].begin()


@cache
def files_back() -> list[Return]:
    """Five files that came home, one of them twice, and one of somebody else's."""
    key = next(row.key for row in list_cases() if row.proposal_number == "2025118")
    today = date.today()
    with tempfile.TemporaryDirectory() as place:
        paths = all_back(key, Path(place), today)
        shutil.copyfile(paths[0], Path(place) / "财政局（再发一遍）.docx")
        shutil.copyfile(DATA / "twin-narrative.txt", Path(place) / "别处的函.txt")
        others = [path for path in returns.find_files([Path(place)]) if path not in paths]
        read = [path for path in (*paths, *others) if "的答复" not in path.name]
        return [returns.look(path, today) for path in read]


def came_back(deed: Callable[[ReturnsDialog], object]) -> Deed:
    """收回来稿 with files that were read, once something was done in it."""

    def scene(window: MainWindow) -> None:
        dialog = ReturnsDialog(window, [], date.today())
        for returned in files_back():
            dialog.picking.add(returned)
        dialog._rest()
        QTimer.singleShot(SETTLE_MS // 3, dialog, lambda: deed(dialog))
        dialog.exec()

    return scene


def nothing_chosen(_: ReturnsDialog) -> None:
    """As it opens."""


def chief_chosen(dialog: ReturnsDialog) -> None:
    """What is clear is taken; a conflict is next."""
    dialog.clear.click()


def rest_shown(dialog: ReturnsDialog) -> None:
    """The end of the same file: what is set apart, without a place, remarked."""
    dialog.clear.click()
    dialog.page.go_to("apart")


def refused_shown(dialog: ReturnsDialog) -> None:
    """A file nothing comes of."""
    dialog._chosen(str(dialog.picking.refused[0].path), "")
    dialog._looked("")


def taken_in(window: MainWindow) -> None:
    """The case afterwards."""
    window.session.leave()
    files = files_back()
    picking = Picking(date.today())
    for returned in files:
        picking.add(returned)
    picking.take_all(conflicts=True)
    ((before, after),) = picking.enter()
    window.session.came_home(before, after, "收回来稿")
    window.page.banner.say(CAME)


SCENES: dict[str, list[tuple[str, Deed]]] = {
    "empty": [
        ("empty", nothing),
        ("office", lambda window: window.office.welcome_office()),
        ("new", press("新建提案")),
        ("unsplit", page("replies")),
        ("cut", press("粘贴提案全文，拆成建议")),
    ],
    "samples": [
        ("open", nothing),
        ("basics", page("basics")),
        ("letter", page("letter")),
        ("revisions", page("revisions")),
        ("compare", compare),
        ("compare-beside", compare_beside),
        ("review", review),
        ("compare-over", uncompare),
        ("replies", write),
        ("preview", preview),
        ("preview-list", press("叙述式 ⇄ 清单式")),
        ("preview-two", fit("two")),
        ("preview-gone", unpreview),
        ("no printer", press("打印")),
        ("print", print_letter),
        ("delete", delete),
        ("deleted", deleted),
        ("trash", press("回收站")),
        ("backups", press("备份与恢复")),
        ("undeleted", undeleted),
        ("told", told),
        ("mistake", mistake),
        ("killed", killed),
        ("unmarked", unmark),
        ("find", find),
        ("issue", press("定稿")),
        ("issued", issue),
        ("import-clean", import_letter("letters/full-council-name")),
        ("import-messy", import_letter("messy-letter")),
        ("import-disagreeing", import_letter("letters/disagreeing")),
        ("import-opinion", import_letter("letters/opinion-plain")),
        ("cut-long", cut("long")),
        ("cut-border", cut("long", choose_border)),
        ("cut-inline", cut("one-paragraph")),
        ("cut-text", cut("measures", lambda dialog: dialog.turn("text"))),
        ("original", original),
        ("import-proposal", import_proposal),
        ("import-wrong", lambda window: window.importing.take([DATA / "no-letter.txt"])),
        ("import-folder", import_folder(500)),
        ("import-done", import_folder(60, store=True)),
        ("help", press("怎样写第一份答复")),
        ("about", press("关于复函")),
    ],
    "earlier": [
        ("", earlier),
        ("earlier", lambda window: window.earlier.panel.focus_list()),
        ("", seek),
        ("earlier-search", nothing),
        ("", visit),
        ("earlier-visit", nothing),
        ("", take),
        ("earlier-taken", nothing),
        ("", offer),
        ("earlier-offer", nothing),
    ],
}
SCENES["units"] = [
    ("units-none", page("co_handling")),
    ("", share),
    ("units-cards", nothing),
    ("units-menu", ask_units),
    ("units", page("co_handling")),
    ("units-late", choose_unit),
    ("", page("letter")),  # built first: the picture does not wait for that
    ("units-field", field_note),
]
SCENES["returns"] = [
    ("returns", came_back(nothing_chosen)),
    ("returns-chief", came_back(chief_chosen)),
    ("returns-rest", came_back(rest_shown)),
    ("returns-refused", came_back(refused_shown)),
    ("returns-in", taken_in),
]
README_SCENE = "replies"


def main() -> None:
    """Play all scenes, each run in a process of its own: a screen's size is fixed at start."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--play", nargs=3, metavar=("SIZE", "THEME", "LIBRARY"))
    options = parser.parse_args()
    if options.play:
        sys.exit(play(options.folder, *options.play))
    for size in SIZES:
        for theme in THEMES:
            for name in SCENES:
                start(options.folder, size, theme, name)
    if options.readme:
        (RESOURCES / "manual").mkdir(exist_ok=True)
        for theme in THEMES:
            picture = options.folder / f"1366x768-{theme}" / f"{README_SCENE}.png"
            shutil.copyfile(picture, RESOURCES / "manual" / f"window-{theme}.png")


def start(folder: Path, size: str, theme: str, name: str) -> None:
    """Play the scenes of library `name` on a screen of `size`, without a display."""
    width, height = SIZES[size]
    screen = {"name": "", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96}
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / "screen.json"
        config.write_text(json.dumps({"screens": [{**screen, "dpr": 1}]}))
        subprocess.run(
            [sys.executable, "-m", "tests.shots", folder, "--play", size, theme, name],
            env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
            check=True,
            timeout=60,
        )


def play(folder: Path, size: str, theme: str, name: str) -> int:
    """Start the program on a fresh library and take its pictures; returns its exit code."""
    target = folder / f"{size}-{theme}"
    target.mkdir(parents=True, exist_ok=True)
    begin = QApplication.exec

    def begin_and_play(*_: object) -> int:
        QTimer.singleShot(SETTLE_MS, lambda: take_all(target, SIZES[size], SCENES[name]))
        return begin()

    QApplication.exec = begin_and_play  # type: ignore[method-assign,assignment]
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        Settings(data).theme = theme
        if name != "empty":
            with library(data):
                for sample in sorted(SAMPLES.glob("*.json")):
                    made = import_file(sample, date.today())
                for case in earlier_letters() if name == "earlier" else ():
                    save_case(None, case)
            write_bookmark(data, Bookmark(made.key, "replies"))
        return app.main(data)


def take_all(target: Path, size: tuple[int, int], scenes: list[tuple[str, Deed]]) -> None:
    """Play `scenes` one after the other, then close the window."""
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    close_others(window)
    window.showNormal()
    window.setGeometry(0, 0, *size)
    for name, deed in scenes:
        if name:
            file = target / f"{name}.png"
            QTimer.singleShot(SETTLE_MS, lambda: finish(window, file))  # noqa: B023
        deed(window)  # a dialog's own loop runs in here
        wait()
    window.close()


def finish(window: MainWindow, file: Path) -> None:
    """Take the picture `file`, then close what the scene opened."""
    screenshot(window).save(str(file))
    close_others(window)


def wait() -> None:
    """Let the program work until the scene is pictured."""
    loop = QEventLoop()
    QTimer.singleShot(2 * SETTLE_MS, loop.quit)
    loop.exec()


def close_others(window: MainWindow) -> None:
    """Close dialogs and menus."""
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.done(0) if isinstance(other, ReturnsDialog) else other.close()  # asks nothing


def screenshot(window: MainWindow) -> QPixmap:
    """The window with its dialogs and menus where they stand."""
    picture = window.grab()
    painter = QPainter(picture)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            painter.drawPixmap(other.mapToGlobal(QPoint()) - window.pos(), other.grab())
    painter.end()
    return picture


if __name__ == "__main__":
    main()
