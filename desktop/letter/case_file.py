"""The case file (卷宗文件): the one JSON form of a case, version 1.

It is what `show --json` prints, what `import` reads, what a revision stores and what our working
.docx carries. UTF-8, two-space indent, a newline at the end, keys in the order of
`desktop.letter.model`; nothing of a library in it, so the same case is the same bytes anywhere.

    {"format": "fuhan-case", "version": 1, "case": {
      "key": "…", "kind": "reply|opinion", "form": "narrative|result-list",
      "wording": "house|standard", "head": "letter|preprinted|plain",
      "layout": "nominal|measured|nominal_roman|measured_roman", "sealed": true,
      "office": {"full_name", "short_name", "own_word", "region_word", "document_prefix",
                 "contact_name", "contact_phone"},
      "lead_unit": "…",                                           for an opinion
      "category": null | {"scheme", "grade"},
      "disclosure": null | {"kind": "open|on_request|closed", "reason"},
      "issue": null | {"on": "2026-09-05", "by"},                 定稿
      "fields": {"title": {"state": "composed|own|absent", "text"}, …},
      "proposals": [{"key", "kind": "cppcc|npc", "proposal_number", "session", "subject",
                     "proposers": [{"name", "body"}],
                     "suggestions": [{"key", "label", "text", "elaboration",
                                      "spans": [[start, end], …]}],
                     "original": "…"}],
      "replies": [{"key", "suggestions": [keys],
                   "paragraphs": [{"key", "text", "outcome": null | "done|under_way|pending|
                                   not_adopted", "runs_on", "level"}]}],
      "assignments": [{"key", "unit", "role": "lead|co_handling|separate|sole",
                       "suggestions": [keys], "contact",
                       "due_on", "sent_on", "returned_on": null | "2026-09-05"}],      会办
      "notes": [{"key", "place": "" | key of a reply | name of a field, "text", "author",
                 "at", "quoted", "done"}]}}                                            批注

A part that has a default in the model may be left out, and what came later (originals, spans,
assignments, notes) is where there is none, so that such a case is the same file as ever. A part
the model does not know is refused, because it comes from a newer program and would be lost.
"""

import dataclasses
import functools
import json
import types
import typing
from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import Enum

from db.enums import DisclosureKind, FieldState
from desktop.errors import InputError
from desktop.letter.categories import grades
from desktop.letter.clean import clean_text
from desktop.letter.keys import LENGTH
from desktop.letter.model import Case

FORMAT = "fuhan-case"
VERSION = 1
LATER = ("original", "spans", "assignments", "notes")  # written where there are any
ONE_LINE_FIELDS = ("document_number", "salutation", "date", "copies")
MAX_TEXT, MAX_PARAGRAPHS = 500_000, 5_000  # a hundred times the longest letter known
_T = typing.TypeVar("_T")


def dump(case: Case) -> str:
    """The case file of `case`."""
    return json.dumps(_document(case), ensure_ascii=False, indent=2) + "\n"


def dump_compact(case: Case) -> str:
    """The case file without white space between its parts."""
    return json.dumps(_document(case), ensure_ascii=False, separators=(",", ":"))


def _document(case: Case) -> dict[str, object]:
    return {"format": FORMAT, "version": VERSION, "case": _plain(case)}


def load(text: str) -> Case:
    """The case a case file holds; `InputError` says what is wrong with one that cannot be used."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            "这不是完整的卷宗文件（JSON 无法读出），没有导入任何内容，请重新拷贝。"
        ) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError("这个 JSON 文件不是复函的卷宗文件，没有导入任何内容。")
    version = document.get("version")
    if type(version) is not int or version < 1:
        raise InputError("卷宗文件的版本号不合格式，没有导入任何内容，请重新拷贝。")
    if version > VERSION or set(document) != {"format", "version", "case"}:
        raise InputError("这个卷宗文件由更新版本的复函写成，没有导入任何内容，请先升级本程序。")
    case = parse(document.get("case"))
    check(case)
    return case


def parse(value: object) -> Case:
    """The case a document's `case` says, its rules unchecked: a draft may still break some."""
    return _record(Case, value, "case")


def check(case: Case) -> None:
    """Raise `InputError` where `case` breaks a rule every part of the program relies on."""
    _check_keys(case)
    _check_suggestions(case)
    if any(not reply.suggestions for reply in case.replies[:-1]):
        raise InputError("卷宗有误：不对应建议的总的说明只能有一条，并排在最后，没有导入任何内容。")
    if (
        case.disclosure
        and case.disclosure.kind is DisclosureKind.CLOSED
        and not case.disclosure.reason.strip()
    ):
        raise InputError("卷宗有误：不予公开须写明理由，没有导入任何内容。")
    if case.category and case.category.grade not in grades(case.category.scheme):
        raise InputError("卷宗有误：办理结果类别不在所选的类别表里，没有导入任何内容。")
    for field in dataclasses.fields(case.fields):
        value = getattr(case.fields, field.name)
        if value.state is FieldState.OWN and not value.text.strip():
            raise InputError(f"卷宗有误：字段 {field.name} 标为自拟却没有文字，没有导入任何内容。")
    _check_spans(case)
    _check_texts(case)


def _check_suggestions(case: Case) -> None:
    placed = Counter(key for reply in case.replies for key in reply.suggestions)
    for suggestion in case.suggestions():
        if placed[suggestion.key] != 1:
            raise InputError(
                f"卷宗有误：建议{suggestion.label}应当恰好归入一条答复，没有导入任何内容。"
            )
    if placed.total() != sum(1 for _ in case.suggestions()):
        raise InputError("卷宗有误：有答复引用了不存在的建议，没有导入任何内容。")
    for assignment in case.assignments:
        asked = set(assignment.suggestions)
        if len(asked) != len(assignment.suggestions) or not asked <= set(placed):
            raise InputError(
                f"卷宗有误：会办单位“{assignment.unit[:20]}”的建议不存在或重复，没有导入任何内容。"
            )


def _check_keys(case: Case) -> None:
    if not case.proposals:
        raise InputError("卷宗有误：没有任何提案或建议，没有导入任何内容。")
    keys = [case.key, *(proposal.key for proposal in case.proposals)]
    keys += [suggestion.key for suggestion in case.suggestions()]
    for reply in case.replies:
        keys += [reply.key, *(paragraph.key for paragraph in reply.paragraphs)]
    keys += [assignment.key for assignment in case.assignments]
    keys += [note.key for note in case.notes]
    if len(set(keys)) != len(keys):
        raise InputError("卷宗有误：有重复的键，没有导入任何内容。")
    for key in keys:
        if len(key) != LENGTH or not key.isascii() or not key.isalnum() or not key[0].isalpha():
            raise InputError(f"卷宗有误：键 {key[:20]!r} 不合规则，没有导入任何内容。")


def _check_spans(case: Case) -> None:
    for proposal in case.proposals:
        size = len(proposal.original)
        for suggestion in proposal.suggestions:
            for span in suggestion.spans:
                if len(span) != 2 or not 0 <= span[0] < span[1] <= size:
                    raise InputError(
                        f"卷宗有误：建议{suggestion.label}在原文里的位置不对，没有导入任何内容。"
                    )


def _check_texts(case: Case) -> None:
    paragraphs = [paragraph for reply in case.replies for paragraph in reply.paragraphs]
    if any(not 0 <= paragraph.level <= 2 for paragraph in paragraphs):
        raise InputError("卷宗有误：段落的层次只能是 0、1、2，没有导入任何内容。")
    lines = list(_one_line_texts(case))
    for text in (*lines, *(paragraph.text for paragraph in paragraphs)):
        if "\n" in text:
            start = text.split("\n")[0][:20]
            raise InputError(f"卷宗有误：只占一行的文字里有换行（“{start}…”），没有导入任何内容。")
    fields = (getattr(case.fields, field.name) for field in dataclasses.fields(case.fields))
    texts = [*lines, *(part.text for part in (*paragraphs, *fields, *case.notes))]
    texts += [note.quoted for note in case.notes]
    size = sum(map(len, texts)) + sum(len(s.elaboration) for s in case.suggestions())
    size += sum(len(proposal.original) for proposal in case.proposals)
    if size > MAX_TEXT or max(len(lines), len(paragraphs), len(case.notes)) > MAX_PARAGRAPHS:
        raise InputError("内容多得不像一份答复函，没有导入任何内容，请确认选对了文件。")


def _one_line_texts(case: Case) -> Iterable[str]:
    """Every text that prints as one line, or as a part of one."""
    yield from (getattr(case.fields, name).text for name in ONE_LINE_FIELDS)
    yield from typing.cast(tuple[str, ...], dataclasses.astuple(case.office))
    yield case.lead_unit
    if case.category:
        yield case.category.grade
    if case.disclosure:
        yield case.disclosure.reason
    for proposal in case.proposals:
        yield from (proposal.proposal_number, proposal.session, proposal.subject)
        yield from (proposer.name for proposer in proposal.proposers)
        for suggestion in proposal.suggestions:
            yield from (suggestion.label, suggestion.text)
    for assignment in case.assignments:
        yield from (assignment.unit, assignment.contact)
    for note in case.notes:
        yield from (note.place, note.author, note.at)


def _plain(value: object) -> object:
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is int:
        return value
    if kind is tuple:
        return [_plain(item) for item in typing.cast(tuple[object, ...], value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    parts = {name: getattr(value, name) for name in _hints(typing.cast(typing.Any, kind))}
    return {name: _plain(part) for name, part in parts.items() if part or name not in LATER}


@functools.cache
def _hints(kind: typing.Any) -> dict[str, typing.Any]:
    return typing.get_type_hints(kind)


def _record(kind: type[_T], value: object, place: str) -> _T:
    """The dataclass `kind` out of a JSON object; `place` names it in the refusal."""
    if not isinstance(value, dict):
        raise _refusal(place)
    hints = _hints(typing.cast(typing.Any, kind))
    if unknown := set(value) - set(hints):
        raise InputError(
            f"卷宗文件里有本版本不认识的内容（{place}.{min(unknown)[:40]}），没有导入任何内容，请先升级本程序。"
        )
    made = {name: _value(hints[name], item, f"{place}.{name}") for name, item in value.items()}
    try:
        return kind(**made)
    except TypeError as error:
        raise InputError(f"卷宗文件缺少必要的内容（{place}），没有导入任何内容。") from error


def _value(hint: typing.Any, value: object, place: str) -> typing.Any:
    if isinstance(hint, types.UnionType):  # only `X | None` occurs in the model
        return None if value is None else _value(typing.get_args(hint)[0], value, place)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise _refusal(place)
        inner = typing.get_args(hint)[0]
        return tuple(_value(inner, item, f"{place}[{n}]") for n, item in enumerate(value))
    if dataclasses.is_dataclass(hint):
        return _record(typing.cast(type[object], hint), value, place)
    return _scalar(hint, value, place)


def _scalar(hint: typing.Any, value: object, place: str) -> object:
    if hint in (bool, int):
        if type(value) is not hint:
            raise _refusal(place)
        return value
    if not isinstance(value, str):
        raise _refusal(place)
    try:
        if hint is date:
            return date.fromisoformat(value)
        return clean_text(value) if hint is str else hint(value)
    except ValueError as error:
        raise _refusal(place) from error


def _refusal(place: str) -> InputError:
    return InputError(f"卷宗文件的内容不合格式（{place}），没有导入任何内容。")
