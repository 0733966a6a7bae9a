"""The verbs that keep a library safe: `backup`, `restore`, `verify`, `plain`."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.paths import data_folder


def add_verbs(add: Callable[[str, Any, str], argparse.ArgumentParser]) -> None:
    """Add them by `add`: name, action, help."""
    backup = add("backup", _backup, "备份文库；没有改动就不再备份")
    backup.add_argument("--to", type=Path, metavar="DIR", help="另备份一份到这个文件夹")
    backup.add_argument("--second-place", metavar="DIR", help="设定备份的另存处；空的表示不要")
    back = add("restore", _restore, "从备份恢复文库：先看备份里有什么，加 --yes 才恢复")
    back.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    back.add_argument("--yes", action="store_true", help="恢复；原来的文库会另外留存")
    verify = add("verify", _verify, "检查文库或备份是否完好，不改动它")
    verify.add_argument("file", type=Path, nargs="?", metavar="FILE", help="不写就检查文库")
    plain = add("plain", _plain, "把全部卷宗写成纯文本，一份一个文件")
    plain.add_argument("--to", type=Path, required=True, metavar="DIR", help="输出文件夹")


def _backup(options: argparse.Namespace) -> int:
    from desktop.services import backups
    from desktop.services.library import library

    folder = _folder(options)
    with library(folder, behind=options.as_it_is):
        if options.second_place is not None:
            place = Path(options.second_place).absolute() if options.second_place else None
            backups.set_second_place(folder, place)
            print(f"备份的另存处：{place}" if place else "备份不再另存。")
        if options.to:
            print(backups.backup_to(options.to, date.today()))
            return 0
        made = backups.daily_backup(date.today())
    print(made.path or "上次备份以后没有改动，不用再备份。")
    if made.problem:
        print(f"\t注意：{made.problem}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from desktop.services.restoring import look_into, restore

    if not options.yes:
        _tell(look_into(options.file))
        print("还没有恢复：确认用它换下现在的文库，请加 --yes。")
        return 0
    done = restore(_folder(options), options.file)
    _tell(done.shown)
    print("已经恢复。")
    if done.kept:
        print(f"恢复前的内容：{done.kept}")
    if done.aside:
        print(f"原来的文件：{done.aside}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from desktop.services.library import FILE_NAME
    from desktop.services.restoring import look_into

    shown = look_into(options.file or _folder(options) / FILE_NAME)
    print("文件结构完好，各处引用都对得上。")
    _tell(shown)
    return 1 if shown.damaged or shown.lost else 0


def _plain(options: argparse.Namespace) -> int:
    from desktop.services.library import library
    from desktop.services.plain_files import write_all

    with library(_folder(options), behind=options.as_it_is):
        for path in write_all(options.to, date.today()):
            print(path)
    return 0


def _tell(shown: Any) -> None:
    """What a library holds, a line a fact."""
    print(f"卷宗 {shown.cases} 份，版本 {shown.states} 个。")
    if shown.newest:
        print(f"最近一次留版本或导出：{shown.newest:%Y-%m-%d %H:%M}")
    for name in shown.named:
        print(f"\t{name}")
    if shown.damaged:
        damage = f"有 {shown.damaged} 个版本的内容已损坏，其余不受影响，可以从更早的备份里找回。"
        print(damage, file=sys.stderr)
    if shown.lost:
        loss = f"比上次用完时少了 {shown.lost} 次保存，日志可能被清理掉了，或文件被换成了旧的。"
        print(loss, file=sys.stderr)


def _folder(options: argparse.Namespace) -> Path:
    folder: Path = options.data or data_folder()
    return folder
