"""A file's bytes → a case, whatever wrote it: our case file, our working copy, a letter.

The one door for everything that comes in from outside. It stands in a process of its own
(`desktop.reader_process`), because a file may be made to take all time and memory there is.
"""

from datetime import date

from desktop.errors import InputError
from desktop.letter import carriers, case_file, file_kinds
from desktop.letter.home import bring_home
from desktop.letter.letter_reader import read_letter
from desktop.letter.package import ZIP, Package
from desktop.letter.page import Page, decoded, read_docx, read_text
from desktop.letter.reading import Reading

MAX_TEXT = 3_000_000  # of all parts: notes, heads, what is struck out


def read_case(data: bytes, today: date) -> Reading:
    """The case in `data`, known by its content and not by a file's name.

    Raises `InputError` with a sentence that says what the data is and what to do.
    """
    file_kinds.refuse_known(data)
    if data.startswith(ZIP):
        try:
            return _read_page(read_docx(data), today)
        except RecursionError as error:
            raise InputError(
                "文件里的内容层层嵌套得太深，没有导入任何内容，请把文字粘贴到新文档里再导入。"
            ) from error
    text = decoded(data)
    if text.lstrip().startswith("{"):
        return Reading(case_file.load(text))
    return _read_page(read_text(text), today, text)


def _read_page(page: Page, today: date, text: str = "") -> Reading:
    carried = carriers.find(page.package) if page.package else None
    if carried:
        home = bring_home(page, carried, today)
        case, notes = home.case, (*page.notes, *home.notes)
    else:
        case, notes = read_letter(page, today), page.notes
    case_file.check(case)
    return Reading(case, notes, _everything(page.package) if page.package else text)


def _everything(package: Package) -> str:
    said, size = [], 0
    for text in package.paragraphs():
        said.append(text)
        size += len(text)
        if size > MAX_TEXT:
            raise InputError(
                "文件各处的文字加起来超过三百万字，不像一份答复函，没有导入任何内容，请确认选对了文件。"
            )
    return "\n".join(said)
