"""The verbs of 往年答复: `search`, `similar`."""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from desktop import terms
from desktop.paths import data_folder


def add_verbs(add: Callable[[str, Any, str], argparse.ArgumentParser]) -> None:
    """Add them by `add`: name, action, help."""
    search = add("search", _search, "在往年的建议和答复里查找")
    search.add_argument("words", nargs="*", metavar="WORDS", help="要找的词；几个词都要有")
    search.add_argument("--year", type=int, default=0, metavar="Y", help="只找这一年的")
    search.add_argument("--proposer", default="", metavar="P", help="只找这位提案人的")
    search.add_argument("--unit", default="", metavar="U", help="只找这个单位的")
    named = "、".join(terms.OUTCOMES.values())
    search.add_argument("--outcome", metavar="O", help=f"只找有这种去向的：{named}")
    _add_output(search, 20)
    similar = add("similar", _similar, "查找与一份卷宗的建议（或一段文字）相近的往年答复")
    what = similar.add_mutually_exclusive_group(required=True)
    what.add_argument("reference", nargs="?", metavar="REF", help="提案编号或卷宗的键")
    what.add_argument("--text", metavar="T", help="不看卷宗，只看这段文字")
    similar.add_argument("--session", default="", help="编号不唯一时的届次")
    _add_output(similar, 5)


def _add_output(parser: argparse.ArgumentParser, limit: int) -> None:
    parser.add_argument("--limit", type=int, default=limit, metavar="N", help="最多列出几条")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


@contextmanager
def _index(options: argparse.Namespace) -> Iterator[Any]:
    """The index, in step with the library, which stays open."""
    from desktop.services.library import library
    from desktop.services.search_index import search_index, sync

    folder = options.data or data_folder()
    with library(folder, behind=options.as_it_is), search_index(folder) as index:
        sync(index)
        yield index


def _search(options: argparse.Namespace) -> int:
    from desktop.errors import InputError
    from desktop.services.search import EVERYTHING, Wanted, search

    words = " ".join(options.words).strip()
    wanted = Wanted(options.year, options.proposer, options.unit, _outcome(options.outcome))
    if not words and wanted == EVERYTHING:
        raise InputError("没有说要找什么，没有查找，请写上要找的词，或用 --year 等指明范围。")
    with _index(options) as index:
        rows = search(index, words, wanted, _limit(options))
    if options.json:
        _print_json([asdict(row) for row in rows])
    elif not rows:
        print("没有找到。")
    else:
        print("\n\n".join(map(_shown, rows)))
    return 0


def _outcome(word: str | None) -> Any:
    """去向 by the office's word, or as it is stored."""
    from desktop.errors import InputError

    known = {name: o for o, term in terms.OUTCOMES.items() for name in (o.value, term)}
    if word and word not in known:
        named = "、".join(terms.OUTCOMES.values())
        raise InputError(f"没有“{word}”这种去向，没有查找，请用其中一种：{named}。")
    return known[word] if word else None


def _limit(options: argparse.Namespace) -> int:
    from desktop.errors import InputError

    if options.limit < 1:
        raise InputError("--limit 要大于 0，没有查找，请写明最多列出几条。")
    return int(options.limit)


def _similar(options: argparse.Namespace) -> int:
    from desktop.errors import InputError
    from desktop.services.cases import find_case
    from desktop.services.similar import SimilarTo, similar, similar_to_case

    limit = _limit(options)
    if not (options.reference or "").strip() and not (options.text or "").strip():
        raise InputError("没有说与什么相近，没有查找，请写上提案编号，或用 --text 写一段文字。")
    with _index(options) as index:
        if options.reference:
            case = find_case(options.reference, options.session)
            asked = similar_to_case(index, case, limit)
        else:
            found = similar(index, options.text, limit=limit)
            asked = [SimilarTo("", options.text, tuple(found))]
    if options.json:
        _print_json([asdict(one) for one in asked])
        return 0
    for one in asked:
        print(f"{f'建议{one.label}：' if one.label else ''}{one.text}")
        print("\n\n".join(map(_shown, one.similar)) or "没有相近的往年答复。", end="\n\n")
    return 0


def _shown(row: Any) -> str:
    """A reply for reading: its letter, then its words with what was found in 【】."""
    ended = [terms.OUTCOMES[outcome] for outcome in row.outcomes]
    ended += ["已定稿"] if row.issued else []
    number = f"第{row.proposal_number}号" if row.proposal_number else "无编号"
    when = row.day or row.year or "未写日期"
    head = "\t".join(
        filter(None, (number, row.case, str(when), row.subject, row.proposer, "、".join(ended)))
    )
    why = [f"  相同：{'、'.join(row.why)}"] if row.why else []
    words = [f"  问：{_marked(p)}" for p in row.asked] + [f"  答：{_marked(p)}" for p in row.said]
    return "\n".join((head, *why, *words))


def _marked(passage: Any) -> str:
    text = passage.text
    for start, end in reversed(passage.spans):
        text = f"{text[:start]}【{text[start:end]}】{text[end:]}"
    return str(text)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
