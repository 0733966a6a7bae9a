"""The verbs of what goes to colleagues and comes back: `pack`."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.paths import data_folder


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
            for finding in written.findings:
                print(f"注意：{written.unit}：{finding.sentence}", file=sys.stderr)
    return 0
