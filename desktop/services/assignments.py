"""会办: which unit is asked about which suggestions, by when; sent, returned, late. Pure.

A unit without suggestions of its own is asked about the whole proposal. What cannot be done (an
unknown key, a name that is empty or taken) leaves the case as it is.
"""

import calendar
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from db.enums import ProposalKind
from desktop import terms
from desktop.letter.clean import clean_text
from desktop.letter.keys import new_key
from desktop.letter.model import Assignment, Case
from desktop.services.rows import AssignmentShown

WHOLE = "全部建议"


def add_unit(case: Case, unit: str, asked: Iterable[str] = ()) -> Case:
    """The case with one more 会办 unit, asked about these suggestions or about all."""
    name = _one_line(unit)
    if not name or _taken(case, name):
        return case
    made = Assignment(new_key(), name, suggestions=_in_order(case, asked))
    return replace(case, assignments=(*case.assignments, made))


def remove_unit(case: Case, key: str) -> Case:
    """The case without this unit (移除)."""
    return replace(case, assignments=tuple(a for a in case.assignments if a.key != key))


def rename_unit(case: Case, key: str, unit: str) -> Case:
    """The unit under another name."""
    name = _one_line(unit)
    return case if not name or _taken(case, name) else _changed(case, key, unit=name)


def set_contact(case: Case, key: str, contact: str) -> Case:
    """Whom to call there."""
    return _changed(case, key, contact=_one_line(contact))


def set_due(case: Case, key: str, due_on: date | None) -> Case:
    """By when its opinion is wanted (要求返回); None: not agreed."""
    return _changed(case, key, due_on=due_on)


def mark_sent(case: Case, key: str, on: date | None) -> Case:
    """The unit was asked that day (发出); one without a due day then has a month. None: not yet."""
    one = assignment_named(case, key)
    if one is None:
        return case
    due_on = one.due_on or (a_month_after(on) if on else None)
    return _changed(case, key, sent_on=on, due_on=due_on)


def mark_returned(case: Case, key: str, on: date | None) -> Case:
    """Its opinion came that day (返回); None: not yet."""
    return _changed(case, key, returned_on=on)


def assign(case: Case, keys: Iterable[str], key: str) -> Case:
    """The unit is asked about these suggestions as well; one asked about all is already."""
    one = assignment_named(case, key)
    if one is None or not one.suggestions:
        return case
    return _changed(case, key, suggestions=_in_order(case, (*one.suggestions, *keys)))


def assign_all(case: Case, key: str) -> Case:
    """The unit is asked about the whole proposal, whatever it may come to hold."""
    return _changed(case, key, suggestions=())


def unassign(case: Case, keys: Collection[str], key: str) -> Case:
    """The unit is no longer asked about these; where nothing were left, it is to be removed."""
    one = assignment_named(case, key)
    if one is None:
        return case
    asked = one.suggestions or tuple(s.key for s in case.suggestions())
    left = tuple(suggestion for suggestion in asked if suggestion not in keys)
    return _changed(case, key, suggestions=left) if left else case


def forget(case: Case, keys: Collection[str]) -> Case:
    """The case whose units are no longer asked about suggestions that are gone.

    A unit is not lost with its last suggestion: it then stands for the whole proposal.
    """
    if not any(key in keys for a in case.assignments for key in a.suggestions):
        return case
    return replace(
        case,
        assignments=tuple(
            replace(a, suggestions=tuple(key for key in a.suggestions if key not in keys))
            for a in case.assignments
        ),
    )


def widened(before: Case, after: Case) -> tuple[str, ...]:
    """The units that were asked about some suggestions, and stand for all since these are gone."""
    some = {a.key for a in before.assignments if a.suggestions}
    return tuple(a.unit for a in after.assignments if a.key in some and not a.suggestions)


def share(case: Case, key: str, made: str) -> Case:
    """The case whose units asked about suggestion `key` are asked about `made`, cut off it, too."""
    units = [a.key for a in case.assignments if key in a.suggestions]
    for unit in units:
        case = assign(case, (made,), unit)
    return case


def assignment_named(case: Case, key: str) -> Assignment | None:
    """The assignment with this key, or None."""
    return next((a for a in case.assignments if a.key == key), None)


def units_asked(case: Case, suggestion: str) -> tuple[Assignment, ...]:
    """The units that are asked about this suggestion, those asked about all included."""
    return tuple(a for a in case.assignments if not a.suggestions or suggestion in a.suggestions)


def late(assignment: Assignment, today: date) -> int:
    """How many calendar days its opinion is overdue (逾期); 0 where it is not, or has come."""
    if assignment.returned_on or not assignment.due_on:
        return 0
    return max(0, (today - assignment.due_on).days)


def shown(case: Case, today: date) -> tuple[AssignmentShown, ...]:
    """The units as the 会办 tab lists them."""
    return tuple(
        AssignmentShown(
            a.key,
            a.unit,
            labels(case, a),
            a.contact,
            a.due_on,
            a.sent_on,
            a.returned_on,
            _state(a, today),
            late(a, today),
        )
        for a in case.assignments
    )


def labels(case: Case, assignment: Assignment) -> str:
    """What it is asked about: 建议1、2, or 全部建议."""
    names = [s.label for s in case.suggestions() if s.key in assignment.suggestions]
    return f"建议{'、'.join(names)}" if names else WHOLE


def line(case: Case, assignment: Assignment) -> str:
    """All that is known of a unit as one line, for 版本 and plain text."""
    days = (
        f"{word} {day.isoformat()}"
        for word, day in (
            ("要求返回", assignment.due_on),
            ("发出", assignment.sent_on),
            ("返回", assignment.returned_on),
        )
        if day
    )
    contact = f"联系人 {assignment.contact}" if assignment.contact else ""
    return "，".join(filter(None, (assignment.unit, labels(case, assignment), contact, *days)))


def reminder_text(case: Case, assignment: Assignment, today: date) -> str:
    """催办: the text that is sent to a unit, ready to copy."""
    office = case.office
    whole = not assignment.suggestions
    about = "" if whole else f"其中{labels(case, assignment)}"
    sent = f"有关材料已于{_day(assignment.sent_on)}送贵单位。" if assignment.sent_on else ""
    asked = f"{_paper(case)}由{office.own_word}主办，{about}请贵单位会办。"
    lines = [f"{assignment.unit}：", f"　　{asked}{sent}{_wanted(assignment, today)}"]
    call = [f"联系人：{office.contact_name}"] if office.contact_name else []
    call += [f"电话：{office.contact_phone}"] if office.contact_phone else []
    lines += [f"　　{'，'.join(call)}。"] if call else []
    lines += [name] if (name := office.full_name or office.short_name) else []
    return "\n".join([*lines, _day(today)])


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last: a 会办 opinion has a month."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _wanted(assignment: Assignment, today: date) -> str:
    if days := late(assignment, today):
        due = f"会办意见原定{_day(assignment.due_on)}前返回，现已逾期{days}天，尚未收到，"
        return f"{due}请抓紧办理，并尽快返回。"
    by = f"于{_day(assignment.due_on)}前" if assignment.due_on else "及时"
    return f"请抓紧办理，{by}返回会办意见。"


def _paper(case: Case) -> str:
    """某某区政协七届二次会议第2025118号提案《关于……的建议》, as far as it is known."""
    first = case.proposals[0]
    number = "、".join(p.proposal_number for p in case.proposals if p.proposal_number)
    subject = next((p.subject for p in case.proposals if p.subject), "")
    word = "提案" if first.kind is ProposalKind.CPPCC else "建议"
    named = f"第{number}号{word}" if number else terms.PROPOSAL_KINDS[first.kind]
    return f"{first.session}{named}{f'《{subject}》' if subject else ''}"


def _state(assignment: Assignment, today: date) -> str:
    if assignment.returned_on:
        return f"已返回 {month_day(assignment.returned_on)}"
    sent = "已发出" if assignment.sent_on else "未发出"
    if days := late(assignment, today):
        return f"逾期{days}天" if assignment.sent_on else f"{sent}，逾期{days}天"
    if not assignment.sent_on or not assignment.due_on:
        return sent
    left = (assignment.due_on - today).days
    return f"{sent}，还有{left}天" if left else f"{sent}，今天到期"


def month_day(day: date) -> str:
    """11月3日."""
    return f"{day.month}月{day.day}日"


def _day(day: date | None) -> str:
    return f"{day.year}年{month_day(day)}" if day else ""


def _changed(case: Case, key: str, **values: object) -> Case:
    return replace(
        case,
        assignments=tuple(
            replace(a, **values) if a.key == key else a  # type: ignore[arg-type]
            for a in case.assignments
        ),
    )


def _in_order(case: Case, keys: Iterable[str]) -> tuple[str, ...]:
    """Those of `keys` that are suggestions of the case, in the proposers' order."""
    wanted = set(keys)
    return tuple(s.key for s in case.suggestions() if s.key in wanted)


def _taken(case: Case, unit: str) -> bool:
    return any(a.unit == unit for a in case.assignments)


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())
