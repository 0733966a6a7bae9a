"""基本信息: the proposals that are answered, what kind of letter it is, and who answers."""

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.enums import LetterKind, ProposalKind
from desktop import terms
from desktop.letter.model import Case, Office, Proposal, Proposer
from desktop.services import proposals
from desktop.services.coverage import Missing
from desktop.views.form_page import FormPage
from desktop.widgets.form import Choice, Group, Row
from desktop.widgets.icons import set_icon
from desktop.widgets.line_field import LineField

OFFICE_ROWS = (
    ("full_name", "单位全称", "印在红色版头和署名处"),
    ("short_name", "单位简称", ""),
    ("own_word", "自称", "正文里怎样称自己，如“我局”"),
    ("region_word", "地区自称", "如“我区”"),
    ("document_prefix", "机关代字", "发文字号的开头，如“某更提函”"),
    ("contact_name", "联系人", ""),
    ("contact_phone", "联系电话", ""),
)


class BasicsPage(FormPage):
    """The page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A page without a case."""
        super().__init__(parent)
        self._proposals: list[_ProposalGroup] = []
        self._ours: Office | None = None

    def build(self) -> None:
        """Its groups."""
        self._place_of_proposals = QVBoxLayout()
        self._place_of_proposals.setSpacing(12)
        self.column.addLayout(self._place_of_proposals)
        self._add_group()
        self.add_button = QPushButton("添加并案答复的提案")
        self.add_button.setToolTip("一份函件答复两件以上提案（如“第13、53号”）时用")
        set_icon(self.add_button, "add")
        self.add_button.clicked.connect(self._add)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch()
        self.column.addLayout(line)
        self.column.addWidget(self._kind_group())
        self.column.addWidget(self._office_group())
        self.column.addStretch()

    def _kind_group(self) -> Group:
        group = Group("函件")
        self.kind = Choice(
            [(kind.value, word) for kind, word in terms.LETTER_KINDS.items()],
        )
        self.kind.changed.connect(self._kind_changed)
        group.add(Row("种类", self.kind, "答复写给提案人；会办意见写给主办单位"))
        self.lead_unit = LineField()
        self.lead_unit.edited.connect(self._lead_unit_edited)
        self.lead_row = Row("主办单位", self.lead_unit)
        group.add(self.lead_row)
        return group

    def _office_group(self) -> Group:
        group = Group("承办单位")
        self.office_fields: dict[str, LineField] = {}
        self.office_rows: dict[str, Row] = {}
        for name, word, note in OFFICE_ROWS:
            field = LineField()
            field.setProperty("fact", name)
            field.edited.connect(self._office_edited)
            self.office_fields[name] = field
            self.office_rows[name] = Row(word, field, note)
            group.add(self.office_rows[name])
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        self.ours_button = QPushButton("改用本单位信息")
        self.ours_button.setToolTip("把“文件 › 本单位信息”里的内容用到这份函件上")
        self.ours_button.clicked.connect(self._use_ours)
        line.addWidget(self.ours_button)
        line.addStretch()
        group.add(foot)
        return group

    def set_ours(self, office: Office | None) -> None:
        """What 本单位信息 says."""
        self._ours = office

    def show_case(self, case: Case) -> None:
        """Show the facts of `case`."""
        while len(self._proposals) < len(case.proposals):
            self._add_group()
        while len(self._proposals) > len(case.proposals):
            gone = self._proposals.pop()
            gone.hide()
            gone.deleteLater()
        for group, proposal in zip(self._proposals, case.proposals, strict=True):
            group.show_proposal(proposal, alone=len(case.proposals) == 1)
        self._chain_tabs()
        self.kind.set_value(case.kind.value)
        opinion = case.kind is LetterKind.OPINION
        self.lead_unit.set_text(case.lead_unit)
        self.lead_row.setVisible(opinion)
        missing_lead = opinion and not case.lead_unit
        self.lead_row.set_problem(
            "会办意见写给主办单位，请填写它的名称" if missing_lead else "", missing=missing_lead
        )
        for name, field in self.office_fields.items():
            field.set_text(getattr(case.office, name))
        nameless = not case.office.full_name
        self.office_rows["full_name"].set_problem(
            "没有单位全称，红色版头和署名都印不出来" if nameless else "", missing=nameless
        )
        self.ours_button.setVisible(self._ours is not None and self._ours != case.office)
        self.setEnabled(case.issue is None)

    def _add_group(self) -> None:
        group = _ProposalGroup(len(self._proposals))
        group.edited.connect(self._proposal_edited)
        group.proposers_edited.connect(self._proposers_edited)
        group.turned.connect(self._turned)
        group.removed.connect(self._remove)
        self._place_of_proposals.addWidget(group)
        self._proposals.append(group)

    def _chain_tabs(self) -> None:
        """Tab follows the eye, though names and further proposals are made late."""
        stops = [stop for group in self._proposals for stop in group.stops()]
        for first, second in pairwise([*stops, self.add_button]):
            QWidget.setTabOrder(first, second)

    def go_to(self, missing: Missing) -> None:
        """Show the field that is missing something."""
        fields: dict[str, LineField] = {"office": self.office_fields["full_name"]}
        fields["lead_unit"] = self.lead_unit
        for group, proposal in zip(self._proposals, self.case.proposals, strict=False):
            if missing.key == proposal.key:
                fields[missing.key] = group.first_missing()
        field = fields.get(missing.key)
        if field:
            field.setFocus()
            self.view.ensureWidgetVisible(field, 0, 80)

    def focus_first(self) -> None:
        """Begin to write."""
        if self._proposals:
            self._proposals[0].fields["proposal_number"].setFocus()

    # the handler's deeds
    def _proposal_edited(self, number: int, fact: str, value: object) -> None:
        after = proposals.edit_proposal(self.case, number, **{fact: value})
        self.do(after, "修改基本信息", f"proposal.{number}.{fact}")

    def _proposers_edited(self, number: int, text: str) -> None:
        known = self.case.proposals[number].proposers
        self._proposal_edited(number, "proposers", proposals.read_proposers(text, known))

    def _turned(self, number: int, name: str) -> None:
        known = self.case.proposals[number].proposers
        after = proposals.edit_proposal(
            self.case, number, proposers=proposals.turn_proposer(known, name)
        )
        self.do(after, "修改提案人")

    def _add(self) -> None:
        self.do(proposals.add_proposal(self.case), "添加并案提案")
        self._proposals[-1].fields["proposal_number"].setFocus()

    def _remove(self, number: int) -> None:
        self.do(proposals.remove_proposal(self.case, number), "移除并案提案")

    def _kind_changed(self, value: str) -> None:
        self.do(replace(self.case, kind=LetterKind(value)), "改变函件种类")

    def _lead_unit_edited(self, text: str) -> None:
        self.do(replace(self.case, lead_unit=text), "修改主办单位", "lead_unit")

    def _office_edited(self, text: str) -> None:
        self.do_office(str(self.sender().property("fact")), text, "修改承办单位")

    def _use_ours(self) -> None:
        if self._ours:
            self.do(replace(self.case, office=self._ours), "改用本单位信息")


class _ProposalGroup(Group):
    """One proposal: kind, number, session, subject, proposers."""

    edited = Signal(int, str, object)
    proposers_edited = Signal(int, str)
    turned = Signal(int, str)
    removed = Signal(int)

    def __init__(self, number: int) -> None:
        super().__init__("提案" if not number else f"并案的第{number + 1}件提案")
        self._number = number
        self.kind = Choice([(kind.value, word) for kind, word in terms.PROPOSAL_KINDS.items()])
        self.kind.changed.connect(self._kind_changed)
        self.add(Row("类型", self.kind))
        self.fields: dict[str, LineField] = {}
        self.rows: dict[str, Row] = {}
        for name, word, note in (
            ("proposal_number", "编号", "只填号码，如 2025118"),
            ("session", "届次", "照原件写，如 某某区政协七届二次会议"),
            ("subject", "案由", "如 关于完善口袋公园管护机制的建议"),
            ("proposers", "提案人", "几位用顿号隔开，第一位为领衔；单位和界别也写在这里"),
        ):
            field = LineField()
            field.setProperty("fact", name)
            field.edited.connect(self._edited)
            self.fields[name] = field
            self.rows[name] = Row(word, field, note)
            self.add(self.rows[name])
        self._names = _Names()
        self._names.turned.connect(self._turned)
        self.add(self._names)
        self._remove = QPushButton("移除这件提案")
        self._remove.setToolTip("连同它的建议一起移除，Ctrl+Z 可以恢复")
        self._remove.clicked.connect(self._removed)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._remove)
        line.addStretch()
        self._foot = foot
        self.add(foot)

    def show_proposal(self, proposal: Proposal, *, alone: bool) -> None:
        """Show its facts; silent."""
        self.kind.set_value(proposal.kind.value)
        for name in ("proposal_number", "session", "subject"):
            self.fields[name].set_text(getattr(proposal, name))
        known = proposals.read_proposers(self.fields["proposers"].text(), proposal.proposers)
        if known != proposal.proposers:
            self.fields["proposers"].set_text(proposals.proposers_text(proposal.proposers))
        for name, sentence in (
            ("proposal_number", "还没有编号：标题和列表要用它"),
            ("subject", "还没有案由"),
            ("proposers", "还没有提案人：称谓要用它"),
        ):
            empty = not getattr(proposal, name)
            self.rows[name].set_problem(sentence if empty else "", missing=empty)
        self._names.show_proposers(proposal.proposers)
        self._foot.setVisible(not alone)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [*self.kind.buttons(), *self.fields.values(), *self._names.buttons(), self._remove]

    def first_missing(self) -> LineField:
        """The first field without a word."""
        return next((f for f in self.fields.values() if not f.text()), self.fields["subject"])

    def _edited(self, text: str) -> None:
        fact = str(self.sender().property("fact"))
        if fact == "proposers":
            self.proposers_edited.emit(self._number, text)
        else:
            self.edited.emit(self._number, fact, text)

    def _kind_changed(self, value: str) -> None:
        self.edited.emit(self._number, "kind", ProposalKind(value))

    def _turned(self, name: str) -> None:
        self.turned.emit(self._number, name)

    def _removed(self) -> None:
        self.removed.emit(self._number)


class _Names(QWidget):
    """Who was recognised: each name with 个人 or 单位; a click turns one into the other."""

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(100, 0, 0, 0)
        self._line.setSpacing(4)
        self._line.addStretch()
        self._shown: tuple[Proposer, ...] = ()

    def show_proposers(self, proposers: tuple[Proposer, ...]) -> None:
        """A button for each of the first eight."""
        if proposers == self._shown:
            return
        self._shown = proposers
        while self._line.count() > 1:
            widget = self._line.takeAt(0).widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for place, proposer in enumerate(proposers[:8]):
            word = "单位" if proposer.body else "个人"
            button = QPushButton(f"{proposer.name} · {word}")
            button.setProperty("quiet", True)
            button.setProperty("name", proposer.name)
            button.setToolTip("单击在个人与单位之间切换：称谓和“您”“贵单位”随之改变")
            button.setAccessibleName(f"{proposer.name}是{word}，单击切换")
            button.clicked.connect(self._clicked)
            self._line.insertWidget(place, button)
        self.setVisible(bool(proposers))

    def buttons(self) -> list[QPushButton]:
        """One a name."""
        items = (self._line.itemAt(n).widget() for n in range(self._line.count()))
        return [widget for widget in items if isinstance(widget, QPushButton)]

    def _clicked(self) -> None:
        self.turned.emit(str(self.sender().property("name")))
