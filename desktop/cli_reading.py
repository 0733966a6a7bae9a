"""The verb that reads a letter and stores nothing: `read`."""

import argparse
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

_UNKNOWN = "未识别"
_LABELS = {
    "kind": "种类",
    "document_number": "发文字号",
    "category": "办理结果类别",
    "disclosure": "公开属性",
    "issued_by_person": "签发人",
    "title": "标题",
    "session": "届次",
    "number": "提案编号",
    "subject": "案由",
    "proposers": "提案人",
    "salutation": "称谓",
    "opening": "开头",
    "body": "正文",
    "closing": "结尾",
    "signed_by": "署名",
    "date": "成文日期",
    "contact": "联系人",
    "copies": "抄送",
}
_KINDS = {"cppcc": "政协提案", "npc": "人大建议"}


def add_verbs(add: Callable[[str, Any, str], argparse.ArgumentParser]) -> None:
    """Add it by `add`: name, action, help."""
    parser = add("read", _read, "读一份函件或提案原文（.docx .txt），看各项读成什么；不存入文库")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def _read(options: argparse.Namespace) -> int:
    from desktop.services.letter_fields import letter_fields

    fields, notes = letter_fields(options.file, date.today())
    if options.json:
        print(json.dumps(fields, ensure_ascii=False, indent=2))
        return 0
    print("\n".join(_proposal_lines(fields) if "suggestions" in fields else _lines(fields)))
    for note in notes:
        print(f"\t注意：{note}")
    return 0


def _lines(fields: dict[str, Any]) -> Iterator[str]:
    """The fields for a person: one a line, paragraphs under their field, what was left out last."""
    yield "会办意见" if not fields["is_reply"] else "答复"
    for name, label in _LABELS.items():
        value = fields[name]
        if name in ("body", "closing"):
            yield f"{label}（{len(value)}段）"
            yield from (f"　　{paragraph}" for paragraph in value)
        else:
            value = fields.get(f"{name}_conflict", value)
            yield f"{label}：{_shown(name, value) or _UNKNOWN}"
    for left in fields["left_out"]:
        yield f"未读入（{left['why']}）：{left['text']}"


def _proposal_lines(fields: dict[str, Any]) -> Iterator[str]:
    """An original for a person: its facts, then each suggestion."""
    yield "提案原文"
    for name in ("kind", "number", "session", "subject", "proposers"):
        value = fields[name]
        yield f"{_LABELS[name]}：{_shown(name, value) if value else _UNKNOWN}"
    for suggestion in fields["suggestions"]:
        yield f"建议{suggestion['label']}：{suggestion['text']}"
        yield from (f"　　{line}" for line in (suggestion["elaboration"] or "").splitlines())


def _shown(name: str, value: Any) -> str:
    if name == "kind":
        return _KINDS[value]
    if name == "contact":
        return "　".join(filter(None, (value or {}).values()))
    return "、".join(value) if isinstance(value, list) else value or ""
