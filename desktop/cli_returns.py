"""The verbs of what goes to colleagues and comes home: `pack`, `merge`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop import terms
from desktop.errors import FuhanError, InputError
from desktop.paths import data_folder

if TYPE_CHECKING:
    from desktop.services.merging.merge_change import MergeChange
    from desktop.services.receiving import File, Merge
    from desktop.services.returns import Return

_KINDS = {
    "edited": "改",
    "added": "增",
    "removed": "删",
    "moved": "移",
    "split": "拆",
    "joined": "并",
    "outcome": "标",
    "suggestion": "改",
    "field": "改",
}
_ADDED = "原来不在会办单位里，已加上，请它办全部建议；名称不对请在“会办”里改。"
_AROUND, _LONGEST = 12, 48  # characters
_HOW = "没有改动任何内容；采纳请加 --accept all，或 --accept non-conflicting（有冲突的留下）。"


def add_verbs(add: Callable[[str, Any, str], argparse.ArgumentParser]) -> None:
    """Add them by `add`: name, action, help."""
    pack = add("pack", _pack, "给会办单位写会办包：请它办的建议，和填写意见的位置")
    pack.add_argument("reference", metavar="REF", help="提案编号或卷宗的键")
    pack.add_argument("--session", default="", help="编号不唯一时的届次")
    units = pack.add_mutually_exclusive_group(required=True)
    units.add_argument("--unit", action="append", metavar="NAME", help="会办单位；可以写几个")
    units.add_argument("--all", action="store_true", help="全部会办单位")
    pack.add_argument("--to", type=Path, default=Path(), metavar="DIR", help="放在哪个文件夹")
    pack.add_argument("--overwrite", action="store_true", help="覆盖已有的文件")
    merge = add("merge", _merge, "收回来稿：改过的 Word 稿，看改了什么，采纳进卷宗")
    merge.add_argument("files", nargs="+", type=Path, metavar="FILE", help="文件，或放来稿的文件夹")
    merge.add_argument("--dry-run", action="store_true", help="只看，不采纳")
    merge.add_argument("--json", action="store_true", help="以 JSON 输出")
    merge.add_argument(
        "--accept",
        choices=["all", "non-conflicting"],
        help="采纳全部（冲突用来稿的），或只采纳没有冲突、不涉及编号名称标题的",
    )
    merge.add_argument("--again", action="store_true", help="收回过的文件也再对照一次")


def _pack(options: argparse.Namespace) -> int:
    from desktop.services.library import library
    from desktop.services.packs import write_packs

    with library(options.data or data_folder(), behind=options.as_it_is):
        for written in write_packs(
            options.reference,
            options.unit or (),
            options.to,
            date.today(),
            session=options.session,
            overwrite=options.overwrite,
        ):
            due = f"{written.due_on.isoformat()} 前返回" if written.due_on else ""
            print(written.path, written.unit, due, sep="\t")
            if written.added:
                print(f"注意：{written.unit}{_ADDED}", file=sys.stderr)
            for finding in written.findings:
                print(f"注意：{written.unit}：{finding.sentence}", file=sys.stderr)
    return 0


def _merge(options: argparse.Namespace) -> int:
    from desktop.services import receiving
    from desktop.services.library import library
    from desktop.services.returns import find_files

    picks = {"all": receiving.everything, "non-conflicting": receiving.without_conflicts}
    accepts = options.accept and not options.dry_run
    pick = picks[options.accept] if options.accept else receiving.nothing
    with library(options.data or data_folder(), behind=options.as_it_is):
        paths = find_files(_expanded(options.files))
        if not paths:
            raise InputError("这里没有来稿，没有收回任何内容，请看看选对了文件夹没有。")
        returns = [_looked_at(path, options) for path in paths]
        merges = receiving.plan(returns, date.today(), pick)
        refusals = {returned.path: returned.refusal for returned in returns if returned.refusal}
        said = [_entered(merge, refusals) for merge in merges] if accepts else []
    files = {file.returned.path: (merge, file) for merge in merges for file in merge.files}
    if options.json:
        shown = (_as_json(returned, files.get(returned.path)) for returned in returns)
        print(json.dumps({"files": list(shown)}, ensure_ascii=False, indent=2))
    else:
        for returned in returns:
            if returned.path in files:
                print("\n".join(_lines(*files[returned.path], told=bool(options.accept))))
        for sentence in filter(None, said):
            print(sentence)
        if not accepts and any(_brings(file) for merge in merges for file in merge.files):
            print(_HOW)
    for path, refusal in refusals.items():
        print(f"{path}：{refusal}", file=sys.stderr)
    return 1 if refusals else 0


def _brings(file: "File") -> bool:
    """Whether there is anything in it to take in."""
    home = file.returned.home
    return bool(file.changes or file.unplaced or (home and home.remarks and not file.known))


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """The paths, a pattern as the files it fits: not every shell does that."""
    for path in paths:
        fitting = sorted(path.parent.glob(path.name)) if not path.exists() else []
        yield from fitting or [path]


def _looked_at(path: Path, options: argparse.Namespace) -> "Return":
    from dataclasses import replace

    from desktop.services.returns import look

    returned = look(path, date.today())
    return replace(returned, taken_at=None) if options.again else returned


def _entered(merge: "Merge", refusals: dict[Path, str]) -> str:
    """Take the files of a case in; the sentence that says so, or "" and the refusal of each."""
    from desktop.services.receiving import enter

    new = [file for file in merge.files if not file.known]
    if not new:
        return ""
    try:
        enter(merge)
    except FuhanError as error:
        refusals |= {file.returned.path: str(error) for file in new}
        return ""
    left = sum(len(file.changes) + len(file.unplaced) for file in new) - merge.taken
    kept = f"，没有采纳的 {left} 处可以加 --again 再看" if left else ""
    before = "；改动前的内容留在“版本”里" if merge.after != merge.ours else ""
    named = new[0].returned.named
    return f"{named}：已收回 {len(new)} 份来稿，采纳 {merge.taken} 处{kept}{before}。"


def _lines(merge: "Merge", file: "File", *, told: bool) -> Iterator[str]:
    """A file for a person; `told`: what was not picked is marked."""
    from desktop.services.place_names import place_name
    from desktop.services.receiving import as_unplaced

    returned = file.returned
    left = f"，{returned.left_at:%Y-%m-%d %H:%M} 导出的" if returned.left_at else ""
    yield f"{returned.path}：{returned.named}"
    yield f"　{returned.author or '不知是谁改的'}{left}，{len(file.changes)} 处改动"
    for note in file.notes:
        yield f"\t注意：{note}"

    def place(change: "MergeChange") -> str:
        return place_name(merge.after, change.reply or change.part)

    for name, group in groupby(file.changes, place):
        yield f"　{name}"
        for change in group:
            by = f"（{change.author}）" if change.author else ""
            left_out = "〔没有采纳〕" if told and change not in file.taken else ""
            yield f"　　{_KINDS[change.kind]}　{_shown(change)}{by}{left_out}"
    for text in map(as_unplaced, file.unplaced):
        by = f"（{text.author}）" if text.author else ""
        yield f"　未归位　{_short(text.text)}{by}"
    for placed in returned.home.remarks if returned.home and not file.known else ():
        remark = placed.remark
        where = place_name(merge.ours, placed.place)
        quoted = f"“{_short(remark.quoted)}”：" if remark.quoted else ""
        done = "（已解决）" if remark.done else ""
        yield f"　批注　{where}　{quoted}{_short(remark.text)}（{remark.author or '无名'}）{done}"


def _shown(change: "MergeChange") -> str:
    """Before → after, as far as they differ."""
    before, after = change.before.replace("\n", "⏎"), change.after.replace("\n", "⏎")
    if before == after:
        mark = change.paragraphs[0].outcome if change.kind == "outcome" else None
        return _short(before) + (f" → {terms.OUTCOMES[mark]}" if mark else "")
    if not (before and after):
        return _short(before or after)
    head = change.runs[0].text if change.runs and change.runs[0].change == "same" else ""
    start = max(0, len(head) - _AROUND)
    cut = "…" if start else ""
    words = f"{cut}{_short(before[start:])} → {cut}{_short(after[start:])}"
    return f"冲突：我们现在是 {words}" if change.conflict else words


def _short(text: str) -> str:
    text = text.replace("\n", "⏎")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _as_json(returned: "Return", found: "tuple[Merge, File] | None") -> dict[str, object]:
    """A file for a machine; `reply` is the key of a reply, or what else it stands in."""
    from desktop.services.receiving import as_unplaced

    file = found[1] if found else None
    notes = file.notes if file else (*returned.notes, returned.refusal)
    told = returned.home.remarks if file and returned.home and not file.known else ()
    return {
        "file": str(returned.path),
        "case": returned.case_key,
        "changes": [_change(change) for change in file.changes] if file else [],
        "unplaced": [
            {"text": text.text, "after": text.after, "author": text.author}
            for text in map(as_unplaced, file.unplaced if file else ())
        ],
        "comments": [
            {
                "reply": placed.place,
                "text": placed.remark.text,
                "author": placed.remark.author,
                "quoted": placed.remark.quoted,
                "done": placed.remark.done,
            }
            for placed in told
        ],
        "notes": list(notes),
    }


def _change(change: "MergeChange") -> dict[str, object]:
    return {
        "reply": change.reply or change.part,
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "author": change.author,
        "conflict": change.conflict,
        "apart": change.apart,
    }
