"""The window's menus, tools and keys: one table, from which bar and menus are made.

An entry names a slot of the main window; the same words stand in menu, tool bar and 帮助.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from db.enums import Outcome
from desktop import terms
from desktop.settings import SCALES
from desktop.widgets.icons import set_icon

THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}


@dataclass(frozen=True)
class Entry:
    """A line of a menu: its name in code, its words, its keys, its icon.

    `when` says what it needs: a case, a case that may be changed, or nothing.
    """

    name: str
    words: str
    keys: str = ""
    icon: str = ""
    when: str = ""
    tip: str = ""


CASE, DRAFT = "case", "draft"
TICKED = ("toggle_preview", "toggle_completion")  # on or off
RULE = Entry("", "")
MENUS: dict[str, tuple[Entry, ...]] = {
    "文件": (
        Entry("new_case", "新建提案", "Ctrl+N", "new", tip="新建一份提案的答复"),
        Entry(
            "import_files",
            "导入…",
            "Ctrl+O",
            "import",
            tip="导入答复函（.docx .txt）或卷宗文件（.json）",
        ),
        Entry("import_folder", "导入文件夹…", tip="把一个文件夹里的答复函和卷宗文件一起导入"),
        RULE,
        Entry("export_letter", "导出 Word…", "Ctrl+E", "export", CASE, "导出 Word 函件"),
        Entry("export_review_copy", "导出审核稿…", "", "", DRAFT, "请人审核的稿子，可以标出修订"),
        Entry("export_pdf", "导出 PDF…", "Ctrl+Shift+E", "", CASE, "导出 PDF，与预览的页面一样"),
        Entry("open_in_word", "用 Word/WPS 打开", "", "", CASE),
        Entry("print_letter", "打印…", "Ctrl+P", "print", CASE, "打印函件"),
        RULE,
        Entry("export_case_file", "导出卷宗文件…", "", "", CASE),
        Entry("keep", "立即保存", "Ctrl+S", "save", CASE, "文字随时自动保存；这里另留一个版本"),
        RULE,
        Entry("edit_office", "本单位信息…", "", "office"),
        Entry("show_trash", "回收站…", "Ctrl+Shift+R", "", "", "看看删除的提案，恢复或彻底删除"),
        Entry("show_backups", "备份与恢复…", tip="看看备份里有什么，恢复一份，或另备份一份"),
        Entry("open_library_folder", "打开文库所在文件夹", "", "folder"),
        RULE,
        Entry("close", "退出", "Ctrl+Q"),
    ),
    "编辑": (
        Entry("undo", "撤销", "Ctrl+Z", "undo", DRAFT),
        Entry("redo", "重做", "Ctrl+Y", "redo", DRAFT),
        RULE,
        Entry("find_words", "查找…", "Ctrl+F", "search", CASE),
        Entry("find_replace", "查找替换…", "Ctrl+H", "replace", DRAFT),
        RULE,
        Entry("toggle_runs_on", "接上段", "Ctrl+J", "", DRAFT, "叙述式印刷时与上一段连成一段"),
        Entry(
            "divide", "接排分段", "Ctrl+Return", "", DRAFT, "从光标处分成两段标注，印出来仍是一段"
        ),
        Entry("level_0", "正文", "Ctrl+Alt+0", "", DRAFT),
        Entry("level_1", "小标题", "Ctrl+Alt+1", "", DRAFT),
        Entry("level_2", "次级小标题", "Ctrl+Alt+2", "", DRAFT),
    ),
    "提案": (
        Entry("add_suggestion", "添加建议", "Ctrl+Shift+N", "add", DRAFT),
        Entry("cut_proposal", "粘贴提案全文，拆成建议…", "Ctrl+Shift+V", "paste", DRAFT),
        Entry(
            "recut_proposal", "按原文重新拆分…", "", "", DRAFT, "改正拆错的地方，写好的答复都保留"
        ),
        Entry("show_original", "查看原文", "Alt+O", "", CASE, "这条建议在提案原文的哪里"),
        Entry("add_general", "添加总的说明", "", "", DRAFT),
        RULE,
        Entry("suggestion_up", "上移建议", "Alt+Up", "up", DRAFT, "移到上面；到顶时并入上一张卡片"),
        Entry(
            "suggestion_down",
            "下移建议",
            "Alt+Down",
            "down",
            DRAFT,
            "移到下面；到底时并入下一张卡片",
        ),
        Entry("pull_out", "单独答复这条建议", "Ctrl+Shift+D", "", DRAFT),
        Entry("ask_units", "会办单位…", "Ctrl+Shift+H", "", DRAFT, "这条建议请哪些单位会办"),
        Entry(
            "send_packs", "发会办包…", "", "", DRAFT, "给会办单位的 Word 文件，留出填写意见的位置"
        ),
        RULE,
        Entry("card_merge", "与上一条合并答复", "Ctrl+Shift+M", "merge", DRAFT),
        Entry("card_split", "拆分答复", "Ctrl+Shift+T", "split", DRAFT),
        Entry("card_up", "上移答复", "Ctrl+Shift+Up", "", DRAFT),
        Entry("card_down", "下移答复", "Ctrl+Shift+Down", "", DRAFT),
        RULE,
        Entry("delete_case", "删除提案…", "Ctrl+Shift+Del", "remove", CASE, "移到回收站，可以恢复"),
    ),
    "函件": (
        Entry("switch_form", "叙述式 ⇄ 清单式", "Ctrl+Shift+L", "", DRAFT),
        Entry(
            "propose_outcomes",
            "建议标注",
            "Ctrl+Shift+B",
            "mark",
            DRAFT,
            "按措辞提出各段去向，由您采纳",
        ),
        Entry(
            "copy_body",
            "复制正文（供提案系统粘贴）",
            "Ctrl+Shift+C",
            "copy",
            CASE,
            "不带标题、称谓和落款的纯文字",
        ),
        RULE,
        Entry("issue", "定稿…", "", "lock", DRAFT),
        Entry("reopen", "重新起草", "", "unlock", CASE),
    ),
    "查看": (
        Entry("page_basics", "基本信息", "Alt+1", "", CASE),
        Entry("page_replies", "建议与答复", "Alt+2", "", CASE),
        Entry("page_letter", "函件", "Alt+3", "", CASE),
        Entry("page_co_handling", "会办", "Alt+4", "", CASE),
        Entry("page_revisions", "版本", "Alt+5", "history", CASE),
        Entry("next_change", "下一处改动", "F9", "", CASE, "在“版本”里看两个版本的不同之处"),
        Entry("previous_change", "上一处改动", "Shift+F9", "", CASE),
        RULE,
        Entry("toggle_preview", "预览", "F6", "preview", "", "显示或收起印出来的样子"),
        Entry(
            "show_earlier", "往年答复", "F4", "history", "", "相近的建议当年怎样答复，查找，取用"
        ),
        Entry("toggle_completion", "随写提示常用语和文号", tip="停笔时提出往年常写的话，↓ 选择"),
        Entry("find_case", "查找提案", "Ctrl+Shift+F", "search"),
        Entry("next_missing", "前往缺少内容的地方", "F8", "", CASE),
    ),
    "帮助": (
        Entry("show_help", "怎样写第一份答复", "F1", "help"),
        Entry("show_about", "关于复函", "", "info"),
    ),
}


class Actions:
    """Every action of the window by its name in the table."""

    def __init__(self, window: QMainWindow, targets: Sequence[QObject]) -> None:
        """Make the menus of `window`; an entry calls the slot of its name on one of `targets`."""
        self._window, self._targets = window, targets
        self.by_name: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self._when: dict[str, str] = {}
        self._keys: list[tuple[str, str]] = []
        for title, entries in MENUS.items():
            menu = window.menuBar().addMenu(title)
            self.menus[title] = menu
            for entry in entries:
                if entry.name:
                    self._add(menu, entry)
                else:
                    menu.addSeparator()
        self._outcomes(self.menus["编辑"])
        self._choices(
            self.menus["函件"], "版头", "head", {h.value: w for h, w in terms.HEADS.items()}
        )
        self._choices(self.menus["查看"], "颜色", "theme", THEMES)
        sizes = {str(scale): f"{scale}%" for scale in SCALES}
        self._choices(self.menus["查看"], "界面字号", "scale", sizes)

    def _add(self, menu: QMenu, entry: Entry) -> None:
        action = menu.addAction(entry.words)
        action.setObjectName(entry.name)
        action.setCheckable(entry.name in TICKED)
        if entry.keys:
            action.setShortcut(QKeySequence(entry.keys))
            self._keys.append((entry.words.rstrip("…"), _spelled(entry.keys)))
        if entry.icon:
            set_icon(action, entry.icon)
        tip = entry.tip or entry.words.rstrip("…")
        action.setToolTip(f"{tip}（{_spelled(entry.keys)}）" if entry.keys else tip)
        action.triggered.connect(self._slot(entry.name))
        self.by_name[entry.name] = action
        self._when[entry.name] = entry.when

    def _outcomes(self, menu: QMenu) -> None:
        inner = menu.addMenu("标注去向")
        for number, outcome in enumerate((*Outcome, None), 1):
            name = f"mark_{outcome.value if outcome else 'none'}"
            keys = f"Ctrl+{number if outcome else 0}"
            words = terms.OUTCOMES[outcome] if outcome else "不标注"
            self._add(inner, Entry(name, words, keys, "", DRAFT))

    def _choices(self, menu: QMenu, title: str, name: str, options: dict[str, str]) -> None:
        inner = menu.addMenu(title)
        group = QActionGroup(self._window)
        for value, words in options.items():
            action = inner.addAction(words)
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
            self.by_name[f"{name}_{value}"] = action
            self._when[f"{name}_{value}"] = DRAFT if name == "head" else ""
        group.triggered.connect(self._slot(f"choose_{name}"))

    def _slot(self, name: str) -> Callable[..., None]:
        target = next((t for t in self._targets if hasattr(t, name)), None)
        assert target is not None, name
        slot: Callable[..., None] = getattr(target, name)
        return slot

    def check(self, name: str, value: str) -> None:
        """Show which of a menu's choices is on."""
        action = self.by_name.get(f"{name}_{value}")
        if action:
            action.setChecked(True)

    def enable(self, *, case: bool, draft: bool) -> None:
        """Only what can be done can be chosen; what cannot says why."""
        may = {"": True, CASE: case, DRAFT: draft}
        why = "请先打开一份提案" if not case else "已定稿，先重新起草才能修改"
        for name, action in self.by_name.items():
            can = may[self._when[name]]
            action.setEnabled(can)
            action.setStatusTip("" if can else why)
        self.by_name["reopen"].setEnabled(case and not draft)

    def name(self, name: str, words: str, deed: str) -> None:
        """撤销 and 重做 say what they would take back; without that they cannot be chosen."""
        action = self.by_name[name]
        action.setText(f"{words}：{deed}" if deed else words)
        action.setEnabled(bool(deed))

    def keys(self) -> list[tuple[str, str]]:
        """What can be done with which keys, for 帮助."""
        return self._keys


def _spelled(keys: str) -> str:
    """Keys as a keyboard shows them."""
    for english, shown in (("Return", "Enter"), ("Up", "↑"), ("Down", "↓")):
        keys = keys.replace(english, shown)
    return keys
