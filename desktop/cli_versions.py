"""The states of a case (版本): the verb `versions`, and what `export --redline` marks since one."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from desktop import terms
from desktop.paths import data_folder


def add_verbs(add: Callable[[str, Any, str], argparse.ArgumentParser]) -> None:
    """Add it by `add`: name, action, help."""
    parser = add("versions", _versions, "列出一份卷宗留下的版本，最新的在前")
    parser.add_argument("reference", metavar="REF", help="提案编号或卷宗的键")
    parser.add_argument("--session", default="", help="编号不唯一时的届次")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def add_redline(parser: argparse.ArgumentParser) -> None:
    """The option of `export`."""
    parser.add_argument(
        "--redline",
        nargs="?",
        type=int,
        const=0,
        metavar="VERSION",
        help="审核稿：以修订标出改动；版本号见 fuhan versions，不写就从上次导出起",
    )


def printer(options: argparse.Namespace, settings: Any) -> Any:
    """What `export` prints by in these settings; for a redline the library must be open."""
    from desktop.services import review_copy
    from desktop.services.cases import find_case
    from desktop.services.exports import WORD

    if options.redline is None:
        return WORD
    case = find_case(options.reference, options.session)
    before = review_copy.state_since(case, options.redline)
    return review_copy.redline(settings.applied(before), datetime.now())


def _versions(options: argparse.Namespace) -> int:
    from desktop.services.cases import find_case
    from desktop.services.exports import exported_states
    from desktop.services.library import library
    from desktop.services.revisions import list_revisions

    with library(options.data or data_folder(), behind=options.as_it_is):
        key = find_case(options.reference, options.session).key
        rows, left = list_revisions(key), exported_states(key)
    if options.json:
        shown = [
            {**asdict(row), "made_at": row.made_at.isoformat(), "exported": row.id in left}
            for row in rows
        ]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    elif not rows:
        print("这份卷宗还没有留下版本。")
    for row in () if options.json else rows:
        told = [str(row.id), f"{row.made_at:%Y-%m-%d %H:%M}", terms.REVISION_REASONS[row.reason]]
        told += [f"{row.characters}字", "已导出" if row.id in left else "", row.name]
        print("\t".join(told).rstrip())
    return 0
