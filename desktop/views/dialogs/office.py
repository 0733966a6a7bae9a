"""本单位信息: what every letter of this office prints about itself, asked at the first run."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from desktop.letter.model import Office
from desktop.widgets.calm import CalmBox
from desktop.widgets.form import FormDialog, Group, Row, words
from desktop.widgets.line_field import LineField, one_line

OWN_WORDS = ("我局", "我委", "我办", "我院", "我中心", "我街道", "我镇")
REGION_WORDS = ("我区", "我市", "我县", "我省", "我州", "我旗")
SECRECY = "本程序不得录入涉密信息。"


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """The office as filled in, and whether the two samples (样例) are wanted to look at."""

    office: Office
    samples: bool = False


def ask_office(
    parent: QWidget | None, office: Office, *, first_run: bool = False
) -> OfficeAnswer | None:
    """Ask for 本单位信息; None if put off or cancelled. Blocks."""
    dialog = OfficeDialog(parent, office, first_run=first_run)
    dialog.exec()
    return dialog.answer


class OfficeDialog(FormDialog):
    """The office's names and words; at the first run also the word on secrecy and the samples."""

    def __init__(self, parent: QWidget | None, office: Office, *, first_run: bool = False) -> None:
        title, main, cancel = (
            ("欢迎使用复函", "开始使用", "以后再填")
            if first_run
            else ("本单位信息", "保存", "取消")
        )
        super().__init__(parent, title, main, cancel, wide=560)
        self.answer: OfficeAnswer | None = None
        self._first_run = first_run
        if first_run:
            self._add_start()
        self._add_names(office)
        self._add_contact(office)
        self.body.addStretch()
        (self.known if first_run else self.full_name).setFocus()

    def _add_start(self) -> None:
        self.body.addWidget(words("先填写本单位信息", "title"))
        told = "这些内容会印在每份答复函上，只需填写一次，以后可以在菜单里修改。"
        self.body.addWidget(words(told, "second"))
        group = Group("开始之前")
        self.known = QCheckBox("我已知道，不录入涉密信息")
        self.known.toggled.connect(self._check)
        self._known_row = Row("保密", self.known, f"{SECRECY}所有内容只存在这台电脑上，不联网。")
        self.samples = QCheckBox("先看看两份样例")
        self.samples.setChecked(True)
        group.add(self._known_row)
        group.add(Row("样例", self.samples, "一份叙述式、一份清单式，可以随意修改"))
        self.body.addWidget(group)

    def _add_names(self, office: Office) -> None:
        group = Group("单位")
        self.full_name = LineField(office.full_name)
        self.full_name.edited.connect(self._check)
        self._name_row = Row("单位全称", self.full_name, "印在版头、标题和落款")
        self.short_name = LineField(office.short_name)
        self.prefix = LineField(office.document_prefix)
        self.own_word = _choice("单位自称", OWN_WORDS, office.own_word)
        self.region_word = _choice("地区自称", REGION_WORDS, office.region_word)
        group.add(self._name_row)
        group.add(Row("单位简称", self.short_name, "可不填；标题转行时不会从简称中间断开"))
        group.add(Row("机关代字", self.prefix, "如发文字号“某更提函〔2025〕18号”里的“某更提函”"))
        told = "用在开头和结尾，如“我局”“我区”；列表里没有的可以直接输入"
        group.add(Row("自称", _beside(self.own_word, self.region_word), told))
        self.body.addWidget(group)

    def _add_contact(self, office: Office) -> None:
        group = Group("联系方式")
        self.contact_name = LineField(office.contact_name)
        self.contact_phone = LineField(office.contact_phone)
        group.add(Row("联系人", self.contact_name, "可不填；印在函末，方便委员、代表联系"))
        group.add(Row("联系电话", self.contact_phone))
        self.body.addWidget(group)

    def accept(self) -> None:
        """Take what is filled in, or say what is missing and go there."""
        self._check()
        if self._first_run and self._known_row.problem:
            self.go_to(self.known)
            return
        if self._name_row.problem:
            self.go_to(self.full_name)
            return
        office = Office(
            full_name=one_line(self.full_name.text()),
            short_name=one_line(self.short_name.text()),
            own_word=one_line(self.own_word.currentText()) or OWN_WORDS[0],
            region_word=one_line(self.region_word.currentText()) or REGION_WORDS[0],
            document_prefix=one_line(self.prefix.text()),
            contact_name=one_line(self.contact_name.text()),
            contact_phone=one_line(self.contact_phone.text()),
        )
        self.answer = OfficeAnswer(office, self._first_run and self.samples.isChecked())
        super().accept()

    def _check(self) -> None:
        named = bool(one_line(self.full_name.text()))
        self._name_row.set_problem(
            "" if named else "请填写单位全称，版头和落款要用它。", missing=True
        )
        if self._first_run:
            known = self.known.isChecked()
            self._known_row.set_problem("" if known else "请先确认这一条。", missing=True)


def _choice(name: str, offered: tuple[str, ...], value: str) -> CalmBox:
    """A list to choose from in which anything else may be typed."""
    box = CalmBox()
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # an editable one takes it by the wheel
    box.setEditable(True)
    box.setInsertPolicy(CalmBox.InsertPolicy.NoInsert)
    box.addItems(list(offered))
    box.setCurrentText(value)
    for part in (box, *box.findChildren(QLineEdit)):
        part.setAccessibleName(name)
    return box


def _beside(left: QWidget, right: QWidget) -> QWidget:
    """Two editors in one row."""
    pair = QWidget()
    pair.setFocusProxy(left)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return pair
