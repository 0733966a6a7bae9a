"""The command line: every verb of the office without the window; without a verb, the window.

Exit 0 when done; 1 with one Chinese sentence on stderr for each thing that was refused; 2 for
wrong usage. Nothing is imported before its verb needs it, so `list` and `show` start at once.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from desktop import (
    __version__,
    cli_reading,
    cli_returns,
    cli_safety,
    cli_search,
    cli_versions,
    terms,
)
from desktop.errors import (
    BehindError,
    DeletedCaseError,
    ExistsError,
    FuhanError,
    IssuedOtherwiseError,
    OwnCaseError,
    PlaceError,
    SeveralCasesError,
    TargetExistsError,
    UnknownCaseError,
    UnnamedOfficeError,
)
from desktop.paths import data_folder

# what a refusal of the services means on the command line
_HINTS: dict[type[FuhanError], str] = {
    ExistsError: "替换请加 --replace，另存一份请加 --as-new。",
    OwnCaseError: "导入时另建一份请加 --as-new。",
    UnknownCaseError: "列出全部卷宗请用 fuhan list。",
    DeletedCaseError: "恢复它请用 fuhan undelete。",
    SeveralCasesError: "指明届次请加 --session。",
    PlaceError: "另选文件夹请加 --data。",
    BehindError: "照现在的样子继续用请加 --as-it-is。",
    TargetExistsError: "覆盖它请加 --overwrite。",
    IssuedOtherwiseError: "另打工作稿请去掉 --final。",
    UnnamedOfficeError: "改用无版头请加 --head plain。",
}


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """What `arguments` say; `verb_name` is None where the window is asked for."""
    if any("\udc80" <= character <= "\udcff" for text in arguments for character in text):
        raise FuhanError("参数里有无法识别的字符，什么也没有做，请换一个名字再试。")
    return _parser().parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Do the verb of `options`; returns the exit code. Raises `FuhanError`, its hint included."""
    try:
        result: int = options.verb(options)
    except FuhanError as error:
        raise FuhanError(_hinted(error)) from error
    return result


def _hinted(error: FuhanError) -> str:
    """The sentence of a refusal, and the option that helps, if there is one."""
    kind = OwnCaseError if isinstance(error, ExistsError) and error.fixed else type(error)
    return f"{error}{_HINTS.get(kind, '')}"


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, **settings)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        """The whole help."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 argparse words it in English
        """Wrong usage: exit 2."""
        self.exit(
            2, f"{self.format_usage()}参数不对，什么也没有做；{self.prog} --help 查看说明。\n"
        )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="fuhan", description="复函：政协提案和人大建议的答复。不带命令时打开窗口。"
    )
    parser.add_argument(
        "--version", action="version", version=f"复函 {__version__}", help="显示版本"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="文库所在的文件夹")
    parser.add_argument("--as-it-is", action="store_true", help="文库少了一些保存时也照样打开")
    parser.add_argument("--shot", type=Path, help=argparse.SUPPRESS)  # the window's picture
    verbs = parser.add_subparsers(dest="verb_name", metavar="命令")
    _add_import(verbs)
    listing = _verb(verbs, "list", _list, "列出全部卷宗")
    listing.add_argument("--json", action="store_true", help="以 JSON 输出")
    listing.add_argument("--trash", action="store_true", help="列出回收站里的卷宗")
    show = _verb(verbs, "show", _show, "查看一份卷宗")
    _add_reference(show)
    show.add_argument("--json", action="store_true", help="输出卷宗文件")
    _add_reference(_verb(verbs, "delete", _delete, "把一份卷宗移到回收站"))
    _add_reference(_verb(verbs, "undelete", _undelete, "从回收站恢复一份卷宗"))
    word = _add_export(verbs, "export", _export, "导出 Word 函件")
    cli_versions.add_redline(word)
    _add_export(verbs, "pdf", _pdf, "导出 PDF")
    pages = _verb(verbs, "pages", _pages, "查看各页印出的文字")
    _add_reference(pages)
    _add_settings(pages)
    pages.add_argument("--json", action="store_true", help="以 JSON 输出，带每行的位置")
    for module in (cli_versions, cli_returns, cli_search, cli_safety, cli_reading):
        module.add_verbs(partial(_verb, verbs))
    demo = _verb(verbs, "demo", _demo, "用两份样例演示：导入新文库，按各种形式和版头导出")
    demo.add_argument("--to", type=Path, default=Path("out"), metavar="DIR", help="输出文件夹")
    return parser


def _verb(verbs: Any, name: str, action: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    parser.set_defaults(verb=action)
    return parser


def _add_reference(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reference", metavar="REF", help="提案编号或卷宗的键")
    parser.add_argument("--session", default="", help="编号不唯一时的届次，如 七届二次会议")


def _add_import(verbs: Any) -> None:
    parser = _verb(verbs, "import", _import, "导入答复函（.txt .docx）或卷宗文件（.json）")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="文件，或整个文件夹")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--replace", action="store_true", help="替换已有的卷宗（先留一个版本）")
    choice.add_argument("--as-new", action="store_true", help="另建一份卷宗")
    parser.add_argument("--issued", action="store_true", help="有署名和日期的旧函按定稿存入")


def _add_export(verbs: Any, name: str, action: Any, text: str) -> argparse.ArgumentParser:
    parser = _verb(verbs, name, action, text)
    _add_reference(parser)
    parser.add_argument("--to", type=Path, default=Path(), metavar="FILE|DIR", help="文件或文件夹")
    _add_settings(parser)
    parser.add_argument("--final", action="store_true", help="定稿：冻结文字，不带回传信息")
    parser.add_argument("--overwrite", action="store_true", help="覆盖已有的文件")
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--form", choices=[form.value for form in terms.FORMS], help="叙述式、清单式"
    )
    parser.add_argument(
        "--wording", choices=["house", "standard"], help="本单位常用写法、国标层次序数"
    )
    parser.add_argument(
        "--head", choices=[head.value for head in terms.HEADS], help="信函格式、套打、无版头"
    )
    parser.add_argument(
        "--layout",
        choices=["nominal", "measured", "nominal_roman", "measured_roman"],
        help="标称版心、实测版心；roman：数字用 Times New Roman",
    )


def _library(options: argparse.Namespace) -> Any:
    from desktop.services.library import library

    return library(options.data or data_folder(), behind=options.as_it_is)


def _import(options: argparse.Namespace) -> int:
    from desktop.services.batches import find_files
    from desktop.services.cases import import_file

    refused = 0
    files = find_files(options.files)
    with _library(options):
        for path in files:
            try:
                made = import_file(
                    path,
                    date.today(),
                    replace_existing=options.replace,
                    as_new=options.as_new,
                    as_issued=options.issued,
                )
            except FuhanError as error:
                refused += 1
                print(f"{path}：{_hinted(error)}", file=sys.stderr)
                continue
            print(made.proposal_number or "无编号", made.key, made.subject, sep="\t")
            for note in made.notes:
                print(f"\t注意：{note}")
    if options.files != files or len(files) > 1:
        print(f"导入了 {len(files) - refused} 份，{refused} 个没有导入。")
    return int(refused > 0)


def _list(options: argparse.Namespace) -> int:
    if options.trash:
        return _list_trash(options)
    from desktop.services.case_list import list_cases

    with _library(options):
        rows = list_cases()
    if options.json:
        _print_json([asdict(row) for row in rows])
    elif not rows:
        print("文库还是空的：用 fuhan import 导入一份答复函，或用 fuhan demo 看两份样例。")
    else:
        print("\n".join(map(_line, rows)))
    return 0


def _line(row: Any) -> str:
    number, subject = row.proposal_number or "无编号", row.subject or "（无案由）"
    return f"{number}\t{row.key}\t{row.state.value}\t{subject}\t{row.proposer}"


def _list_trash(options: argparse.Namespace) -> int:
    from desktop.services.trash import list_deleted

    with _library(options):
        rows = list_deleted()
    if options.json:
        _print_json([{**asdict(row), "deleted_at": row.deleted_at.isoformat()} for row in rows])
    elif not rows:
        print("回收站是空的。")
    for row in () if options.json else rows:
        number, subject = row.proposal_number or "无编号", row.subject or "（无案由）"
        print(number, row.key, f"{row.deleted_at:%Y-%m-%d} 删除", subject, sep="\t")
    return 0


def _delete(options: argparse.Namespace) -> int:
    from desktop.services.trash import KEPT_DAYS, delete_case

    with _library(options):
        key = delete_case(options.reference, datetime.now(), options.session)
    print(f"已移到回收站，保留 {KEPT_DAYS} 天；恢复它请用 fuhan undelete {key}。")
    return 0


def _undelete(options: argparse.Namespace) -> int:
    from desktop.services.trash import bring_back

    with _library(options):
        key = bring_back(options.reference, options.session)
    print(f"已从回收站恢复：{key}")
    return 0


def _show(options: argparse.Namespace) -> int:
    from desktop.services.cases import case_file_of, find_case
    from desktop.services.plain_files import summary

    with _library(options):
        if options.json:
            text = case_file_of(options.reference, options.session)
        else:
            text = "\n".join(summary(find_case(options.reference, options.session))) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    return 0


def _export(options: argparse.Namespace) -> int:
    with _library(options):
        return _written(options, cli_versions.printer(options, _settings(options)))


def _written(options: argparse.Namespace, printer: Any) -> int:
    """Export the case by `printer`, print the path, and on stderr what should not have left.

    The library is open.
    """
    from desktop.services.before_leaving import findings
    from desktop.services.cases import find_case
    from desktop.services.exports import export_case

    exported = export_case(
        options.reference,
        options.to,
        date.today(),
        session=options.session,
        settings=_settings(options),
        final=options.final,
        overwrite=options.overwrite,
        printer=printer,
    )
    case = _settings(options).applied(find_case(options.reference, options.session))
    found = findings(case, date.today())
    print(exported.path)
    for finding in found:
        print(f"注意：{finding.sentence}", file=sys.stderr)
    return 0


def _settings(options: argparse.Namespace) -> Any:
    from desktop.services.exports import Settings

    return Settings(
        form=next((form for form in terms.FORMS if form == options.form), None),
        wording=options.wording,
        head=next((head for head in terms.HEADS if head == options.head), None),
        layout=options.layout,
    )


def _pdf(options: argparse.Namespace) -> int:
    from desktop.press import Press

    press = Press()
    with _library(options):
        done = _written(options, press.printer)
    _tell(press)
    return done


def _tell(press: Any) -> None:
    """Say what faces are missing: a note, or on stderr where no hanzi can be read."""
    if press.fonts.sentence:
        if press.fonts.legible:
            print(f"\t注意：{press.fonts.sentence}")
        else:
            print(press.fonts.sentence, file=sys.stderr)


def _pages(options: argparse.Namespace) -> int:
    from desktop.press import Press
    from desktop.services.cases import find_case
    from desktop.services.letters import sheet_of

    with _library(options):
        case = _settings(options).applied(find_case(options.reference, options.session))
    pages = Press().pages(sheet_of(case, date.today()), case)
    if options.json:
        _print_json({"pages": [_page(page) for page in pages]})
        return 0
    for page in pages:
        print(f"第{page.number}页")
        for placed in page.lines:
            print(placed.line.text)
        print()
    return 0


def _page(page: Any) -> dict[str, object]:
    """A page for a machine: its lines with the places of their first characters, in mm."""
    lines = [
        {
            "text": placed.line.text,
            "x_mm": _mm(placed.x + placed.line.runs[0].xs[0]),
            "baseline_mm": _mm(placed.baseline),
            "source": placed.line.spans[0].source if placed.line.spans else "",
        }
        for placed in page.lines
        if placed.line.runs
    ]
    return {"number": page.number, "lines": lines}


def _mm(points: float) -> float:
    return round(points / 72 * 25.4, 2)


def _demo(options: argparse.Namespace) -> int:
    from desktop.press import Press
    from desktop.services.demo import make_demo
    from desktop.services.exports import WORD

    press = Press()
    for path in make_demo(options.to, date.today(), (WORD, press.printer)):
        print(path)
        if path.suffix == press.printer.suffix:
            press.write_pictures(path)
    _tell(press)
    return 0


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
