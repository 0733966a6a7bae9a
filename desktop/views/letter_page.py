"""函件: how the letter is printed, and every field of it with what is composed for it.

Fields stand in the order of the paper: head, body, foot. Each is composed (自动), the handler's own
(自拟) or absent (不印); typing makes it his own, 自动 gives the composed text back.
"""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from db.enums import DisclosureKind, FieldState, Head
from desktop import terms
from desktop.letter.model import ABSENT, COMPOSED, Case, Category, Disclosure, Field, own
from desktop.services import letters, notes
from desktop.services.coverage import Missing
from desktop.views.form_page import FormPage
from desktop.views.letter_fields import NONE, FieldRow, NumberEditor, Pick, text_editor
from desktop.widgets.form import Choice, Group, Row
from desktop.widgets.line_field import LineField
from desktop.widgets.plain_editor import PlainEditor


class LetterPage(FormPage):
    """The page."""

    refused = Signal(str)
    issue_asked = Signal()
    reopen_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A page without a case."""
        super().__init__(parent)
        self.fields: dict[str, FieldRow] = {}

    def build(self) -> None:
        """Its groups, in the order of the paper."""
        self.issue_group = self._issue_group()
        self.column.addWidget(self._print_group())
        self.column.addWidget(self._head_group())
        self.column.addWidget(self._body_group())
        self.column.addWidget(self._foot_group())
        self.column.addWidget(self.issue_group)
        self.column.addStretch()

    # groups
    def _issue_group(self) -> Group:
        group = Group("定稿")
        self.issue_note = QLabel()
        self.issue_note.setTextFormat(Qt.TextFormat.PlainText)
        self.issue_note.setWordWrap(True)
        self.issue_note.setProperty("second", True)
        self.issue_button = QPushButton("定稿…")
        self.reopen_button = QPushButton("重新起草")
        self.issue_button.clicked.connect(self.issue_asked)
        self.reopen_button.clicked.connect(self.reopen_asked)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.issue_note, 1)
        line.addWidget(self.issue_button)
        line.addWidget(self.reopen_button)
        group.add(row)
        return group

    def _print_group(self) -> Group:
        group = Group("印刷样式")
        self.form = Choice([(form.value, word) for form, word in terms.FORMS.items()])
        self.form.setAccessibleName("形式")
        self.form.changed.connect(self._form_changed)
        group.add(Row("形式", self.form))
        self.head = Choice([(head.value, word) for head, word in terms.HEADS.items()])
        self.head.changed.connect(self._head_changed)
        self.head_row = Row("版头", self.head, "套打：位置相同，不印红色，用于已印好红头的纸")
        group.add(self.head_row)
        self.wording = Pick(letters.wordings())
        self.wording.activated.connect(self._wording_changed)
        group.add(Row("写法", self.wording, "层次序数、开头结尾等固定句式"))
        self.layout_name = Pick(letters.layouts())
        self.layout_name.activated.connect(self._layout_changed)
        group.add(Row("版面", self.layout_name))
        self.sealed = QCheckBox("加盖印章（署名与日期按盖章的位置排）")
        self.sealed.clicked.connect(self._sealed_changed)
        group.add(Row("用印", self.sealed))
        return group

    def _head_group(self) -> Group:
        group = Group("版头和标题")
        self._add_category(group)
        self._add_field(group, "document_number", NumberEditor())
        self._add_field(group, "title", text_editor("title"))
        return group

    def _body_group(self) -> Group:
        group = Group("正文")
        for name in ("salutation", "opening", "closing"):
            self._add_field(group, name, text_editor(name))
        return group

    def _foot_group(self) -> Group:
        group = Group("落款和版记")
        for name in ("attachments", "signature", "date", "contact"):
            self._add_field(group, name, text_editor(name))
        self.disclosure = Pick(
            {NONE: "不印", **{k.value: w for k, w in terms.DISCLOSURE_KINDS.items()}}
        )
        self.disclosure.activated.connect(self._disclosure_changed)
        self.disclosure_row = Row("公开属性", self.disclosure)
        group.add(self.disclosure_row)
        self.reason = LineField()
        self.reason.edited.connect(self._reason_edited)
        self.reason_row = Row("不公开理由", self.reason)
        group.add(self.reason_row)
        self._add_field(group, "copies", text_editor("copies"))
        return group

    def _add_category(self, group: Group) -> None:
        self._schemes = letters.category_schemes()
        self.scheme = Pick({NONE: "不印", **{n: s.label for n, s in self._schemes.items()}})
        self.grade = Pick({})
        self.scheme.activated.connect(self._category_changed)
        self.grade.activated.connect(self._category_changed)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.scheme)
        line.addWidget(self.grade, 1)
        group.add(Row("办理类别", both))
        self.scheme.setAccessibleName("办理结果类别的方案")
        self.grade.setAccessibleName("办理结果类别")
        both.setFocusProxy(self.scheme)

    def _add_field(self, group: Group, name: str, editor: NumberEditor | PlainEditor) -> None:
        row = FieldRow(name, editor)
        row.text_edited.connect(self._text_edited)
        if isinstance(editor, PlainEditor):
            editor.refused.connect(self.refused)
        row.state_changed.connect(self._state_changed)
        row.note_ticked.connect(self._note_ticked)
        self.fields[name] = row
        group.add(row)

    # showing
    def show_case(self, case: Case) -> None:
        """Show how `case` prints."""
        for name, shown in letters.field_texts(case, date.today()).items():
            self.fields[name].show_field(shown)
            self.fields[name].show_notes(notes.notes_at(case, name))
        self.form.set_value(case.form.value)
        self.head.set_value(case.head.value)
        self.wording.set_value(case.wording)
        self.layout_name.set_value(case.layout)
        self.sealed.setChecked(case.sealed)
        nameless = case.head is Head.LETTER and not case.office.full_name
        self.head_row.set_problem(
            "还没有单位全称（在“基本信息”里），红色版头印不出来" if nameless else "",
            missing=nameless,
        )
        self._show_category(case.category)
        self._show_disclosure(case.disclosure)
        self._show_issue(case)

    def _show_category(self, category: Category | None) -> None:
        scheme = category.scheme if category else NONE
        self.scheme.set_value(scheme)
        grades = self._schemes[scheme].grades if scheme in self._schemes else {}
        self.grade.set_options({grade: f"{grade}  {meaning}" for grade, meaning in grades.items()})
        self.grade.set_value(category.grade if category else NONE)
        self.grade.setVisible(bool(grades))

    def _show_disclosure(self, disclosure: Disclosure | None) -> None:
        self.disclosure.set_value(disclosure.kind.value if disclosure else NONE)
        closed = disclosure is not None and disclosure.kind is DisclosureKind.CLOSED
        self.reason_row.setVisible(closed)
        self.reason.set_text(disclosure.reason if disclosure else "")
        missing = closed and not self.reason.text().strip()
        self.reason_row.set_problem("不予公开须写明理由" if missing else "", missing=missing)

    def _show_issue(self, case: Case) -> None:
        self.issue_button.setVisible(case.issue is None)
        self.reopen_button.setVisible(case.issue is not None)
        if case.issue:
            by = f"，签发人 {case.issue.by}" if case.issue.by else ""
            day = case.issue.on
            self.issue_note.setText(
                f"已于 {day.year}年{day.month}月{day.day}日 定稿{by}。文字、写法、版面和日期"
                "都已固定；要再改，先“重新起草”，定稿时的样子留在“版本”里。"
            )
        else:
            self.issue_note.setText("定稿后文字、写法、版面和日期固定下来，以后改设置也不会变。")
        self.column.insertWidget(0 if case.issue else self.column.count() - 2, self.issue_group)
        for group in self.findChildren(Group):
            group.setEnabled(case.issue is None or group is self.issue_group)

    def go_to(self, missing: Missing) -> None:
        """Show the field that is missing something."""
        target: QWidget = self.reason if missing.key == "disclosure" else self.form
        target.setFocus()
        self.view.ensureWidgetVisible(target, 0, 80)

    # the handler's deeds
    def _set_field(self, name: str, field: Field, deed: str, run: str = "") -> None:
        fields = replace(self.case.fields, **{name: field})
        self.do(replace(self.case, fields=fields), deed, run)

    def _text_edited(self, name: str, text: str) -> None:
        text = letters.clean_field(name, text)
        field = own(text) if text.strip() else ABSENT
        self._set_field(name, field, f"修改{terms.FIELDS[name]}", f"field.{name}")

    def _state_changed(self, name: str, value: str) -> None:
        state = FieldState(value)
        shown = letters.field_texts(self.case, date.today())[name]
        if state is FieldState.COMPOSED:
            field = COMPOSED
        elif state is FieldState.ABSENT or not (shown.text or shown.composed).strip():
            field = ABSENT
        else:
            field = own(shown.text or shown.composed)
        self._set_field(name, field, f"{terms.FIELDS[name]}改为{terms.FIELD_STATES[state]}")
        self._load()
        if state is FieldState.OWN:
            self.fields[name].begin()

    def _note_ticked(self, key: str, done: bool) -> None:
        self.do(notes.tick(self.case, key, done=done), "处理批注")

    def _form_changed(self, value: str) -> None:
        form = next(f for f in terms.FORMS if f == value)
        self.do(replace(self.case, form=form), "改变形式")

    def _head_changed(self, value: str) -> None:
        self.do(replace(self.case, head=Head(value)), "改变版头")

    def _wording_changed(self) -> None:
        self.do(replace(self.case, wording=self.wording.value()), "改变写法")

    def _layout_changed(self) -> None:
        self.do(replace(self.case, layout=self.layout_name.value()), "改变版面")

    def _sealed_changed(self, sealed: bool) -> None:
        self.do(replace(self.case, sealed=sealed), "改变用印")

    def _category_changed(self) -> None:
        scheme = self.scheme.value()
        grades = self._schemes[scheme].grades if scheme in self._schemes else {}
        grade = self.grade.value() if self.grade.value() in grades else next(iter(grades), "")
        self.do(replace(self.case, category=Category(scheme, grade) if grade else None), "改变类别")

    def _disclosure_changed(self) -> None:
        kind = self.disclosure.value()
        disclosure = Disclosure(DisclosureKind(kind), self.reason.text()) if kind else None
        if disclosure and disclosure.kind is not DisclosureKind.CLOSED:
            disclosure = replace(disclosure, reason="")
        self.do(replace(self.case, disclosure=disclosure), "改变公开属性")
        if disclosure and disclosure.kind is DisclosureKind.CLOSED:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reason_edited(self, text: str) -> None:
        disclosure = Disclosure(DisclosureKind.CLOSED, text)
        self.do(replace(self.case, disclosure=disclosure), "修改不公开理由", "disclosure.reason")
