"""A file's bytes → a case, whatever wrote it: our case file, our working copy, a letter.

The one door for everything that comes in from outside. It stands in a process of its own
(`desktop.reader_process`), because a file may be made to take all time and memory there is.
"""

from datetime import date

from desktop.errors import InputError
from desktop.letter import carriers, case_file
from desktop.letter.compose import compose
from desktop.letter.foreign.anatomy import Anatomy
from desktop.letter.foreign.dissection import dissect
from desktop.letter.foreign.head_reader import CONTENTS_HEAD, LISTED
from desktop.letter.foreign.letter_reader import case_of, issue_of, remarks
from desktop.letter.homecoming.home import read_home
from desktop.letter.homecoming.pack_return import pack_arrived
from desktop.letter.pages import file_kinds
from desktop.letter.pages.package import ZIP
from desktop.letter.pages.page import Page, PageLine, decoded, read_docx, read_text
from desktop.letter.proposal.document_kind import DocumentKind
from desktop.letter.proposal.proposal_reader import (
    case_of_proposal,
    proposal_json,
    proposal_remarks,
    read_proposal,
)
from desktop.letter.reading import Reading
from desktop.letter.sheet import lay_out

_SCANNED = (
    "这份文件只有图片（扫描件），没有可读的文字，没有导入任何内容，"
    "请先用扫描软件识别成文字，或索取 Word 原件。"
)
_SCANNED_WORDS = 40  # characters: no letter is as short
_ONLY_CONTENTS = "这份文件只有目录，没有函件，没有导入任何内容，请选择目录所列的函件文件。"
_EMPTY = "文件里没有文字，没有收回任何内容，卷宗没有改动，请对方检查后重发。"
MAX_TEXT = 3_000_000  # of all parts: notes, heads, what is struck out


def read_case(data: bytes, today: date) -> Reading:
    """The case in `data`, known by its content and not by a file's name.

    Raises `InputError` with a sentence that says what the data is and what to do.
    """
    file_kinds.refuse_known(data)
    if data.startswith(ZIP):
        return _read_page(_page_of_docx(data), today)
    text = decoded(data)
    if text.lstrip().startswith("{"):
        return Reading(case_file.load(text))
    return _read_page(read_text(text), today)


def read_returned(data: bytes) -> Page:
    """The page of a returned file (来稿), a .docx or plain text.

    Raises `InputError` as `read_case`, and for a file without words.
    """
    file_kinds.refuse_known(data)
    page = _page_of_docx(data) if data.startswith(ZIP) else read_text(decoded(data))
    if not any(line.text.strip() for line in page.lines):
        _refuse_what_cannot_be(page)
        raise InputError(_EMPTY)
    return page


def everything(page: Page) -> str:
    """All words of a page's file, also what it hides, struck out or keeps beside the page."""
    if not page.package:
        return "\n".join([*(line.text for line in page.lines), *(t for _, t in page.elsewhere)])
    said, size = [], 0
    for text in page.package.paragraphs():
        said.append(text)
        size += len(text)
        if size > MAX_TEXT:
            raise InputError(
                "文件各处的文字加起来超过三百万字，不像一份答复函，没有导入任何内容，请确认选对了文件。"
            )
    return "\n".join(said)


def anatomy_of(reading: Reading, today: date) -> Anatomy:
    """How the letter that was read is understood; one of ours as it prints today."""
    if reading.anatomy:
        return reading.anatomy
    lines = lay_out(compose(reading.case, today)).lines()
    return dissect(Page(tuple(PageLine(line.text) for line in lines)))


def _page_of_docx(data: bytes) -> Page:
    try:
        return read_docx(data)
    except RecursionError as error:
        raise InputError(
            "文件里的内容层层嵌套得太深，没有导入任何内容，请把文字粘贴到新文档里再导入。"
        ) from error


def _read_page(page: Page, today: date) -> Reading:
    anatomy, proposal, pack, issue = None, None, "", None
    if carried := carriers.find(page.package) if page.package else None:
        opinion = pack_arrived(page, carried, today)
        pack = carried.case.key if opinion else ""
        home = opinion or read_home(page, carried, today)
        case, notes = home.case, home.notes
    elif (original := read_proposal(page)).verdict.kind is DocumentKind.PROPOSAL:
        proposal = proposal_json(original)
        case, notes = case_of_proposal(original), proposal_remarks(original)
    else:
        _refuse_what_cannot_be(page)
        anatomy = dissect(page, original.verdict.proposal)
        case = case_of(anatomy, today)
        notes = tuple(remarks(anatomy, case))
        issue = issue_of(anatomy, today)
    case_file.check(case)
    said = *page.accepted, *page.notes, *notes
    return Reading(case, said, everything(page), anatomy, proposal, pack, issue)


def _refuse_what_cannot_be(page: Page) -> None:
    """Raise `InputError` for a scanned letter, and for a table of contents alone."""
    texts = [line.text.strip() for line in page.lines if line.text.strip()]
    pictured = page.package and sum(map(len, texts)) < _SCANNED_WORDS  # a line of a scanner's own
    if pictured and page.package and any("/media/" in name for name in page.package.names()):
        raise InputError(_SCANNED)
    listed = sum(bool(LISTED.search(text)) for text in texts[1:])
    if texts and CONTENTS_HEAD.fullmatch(texts[0]) and listed > 0.8 * len(texts[1:]):
        raise InputError(_ONLY_CONTENTS)
