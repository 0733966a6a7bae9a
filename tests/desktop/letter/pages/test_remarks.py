"""批注: what they say, who says it, whether it is settled, and the words they are put on."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from desktop.letter.homecoming.returned import Remark
from desktop.letter.ooxml import W, el, w
from desktop.letter.pages.page import Page, read_docx
from desktop.letter.writer import letter_docx
from tests.cases import SENTENCE, plain_case
from tests.conftest import TODAY
from tests.docx_edits import edited, paragraph

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
WHEN = "2025-09-03T10:20:00Z"


def comment(number: int, text: str, author: str = "王科长", paragraph: str = "") -> str:
    *before, last = (f"<w:r><w:t>{line}</w:t></w:r>" for line in text.split("\n"))
    known = f' w14:paraId="{paragraph}"' if paragraph else ""
    body = "".join(f"<w:p>{line}</w:p>" for line in before) + f"<w:p{known}>{last}</w:p>"
    who = f'w:id="{number}" w:author="{author}" w:date="{WHEN}" w:initials="W"'
    return f"<w:comment {who}>{body}</w:comment>"


def page_with(comments: str, edit: Callable[[Any], None], threads: str = "") -> Page:
    """Our letter with a part of comments, which `edit` puts on words."""
    stream = io.BytesIO(edited(letter_docx(plain_case(), TODAY), edit))
    with zipfile.ZipFile(stream, "a") as archive:
        spaces = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:w15="{W15}"'
        archive.writestr("word/comments.xml", f"<w:comments {spaces}>{comments}</w:comments>")
        if threads:
            extended = f"<w15:commentsEx {spaces}>{threads}</w15:commentsEx>"
            archive.writestr("word/commentsExtended.xml", extended)
    return read_docx(stream.getvalue())


def thread(paragraph: str, parent: str = "", *, done: bool = False) -> str:
    above = f' w15:paraIdParent="{parent}"' if parent else ""
    return f'<w15:commentEx w15:paraId="{paragraph}"{above} w15:done="{int(done)}"/>'


def put_on(root: Any, number: int, words: str, of: str = SENTENCE) -> None:
    """Put comment `number` on `words` of a paragraph, as Word does."""
    p = paragraph(root, of)
    for child in list(p)[1:]:
        p.remove(child)
    before, _, after = of.partition(words)
    p.extend(runs(before))
    p.append(el("commentRangeStart", id=number))
    p.extend(runs(words))
    p.append(el("commentRangeEnd", id=number))
    p.append(el("r", el("commentReference", id=number)))
    p.extend(runs(after))


def runs(text: str) -> Iterator[Any]:
    for character in text:  # cut as finely as can be
        r = el("r", el("t"))
        r[0].text = character
        yield r


def number_of(page: Page, start: str) -> int:
    return next(n for n, line in enumerate(page.lines) if line.text.startswith(start))


def test_a_remark_knows_its_words() -> None:
    page = page_with(comment(3, "请核对数字。"), lambda root: put_on(root, 3, "分三档"))
    line = number_of(page, SENTENCE[:6])
    start = SENTENCE.index("分三档")
    assert page.remarks == (
        Remark("请核对数字。", line, start, start + 3, "分三档", "王科长", WHEN),
    )
    assert page.lines[line].text == SENTENCE


def test_a_thread_is_one_remark_with_its_answers() -> None:
    said = comment(1, "这里有误", paragraph="0A") + comment(2, "已改", "李文", "0B")
    threads = thread("0A", done=True) + thread("0B", "0A")
    page = page_with(said, lambda root: put_on(root, 1, "三档"), threads)
    (remark,) = page.remarks
    assert (remark.text, remark.author, remark.done) == ("这里有误\n李文：已改", "王科长", True)


def test_threads_that_go_in_circles_end() -> None:
    said = comment(1, "甲", paragraph="0A") + comment(2, "乙", paragraph="0B")
    page = page_with(
        said, lambda root: put_on(root, 1, "三档"), thread("0A", "0B") + thread("0B", "0A")
    )
    assert [remark.text for remark in page.remarks] == ["甲", "乙"]


def test_only_those_resolved_are_done() -> None:
    said = comment(1, "甲", paragraph="0A") + comment(2, "乙", paragraph="0B")
    page = page_with(
        said, lambda root: put_on(root, 1, "三档"), thread("0A") + thread("0B", done=True)
    )
    assert [(remark.text, remark.done) for remark in page.remarks] == [("甲", False), ("乙", True)]


def test_a_remark_over_several_paragraphs_quotes_the_first() -> None:
    def edit(root: Any) -> None:
        paragraph(root, SENTENCE).insert(2, el("commentRangeStart", id=1))
        paragraph(root, "明年继续").append(el("commentRangeEnd", id=1))

    (remark,) = page_with(comment(1, "请合并"), edit).remarks
    assert remark.quoted == SENTENCE


def test_a_range_between_paragraphs_counts_for_the_next_and_the_last() -> None:
    """Word puts the ends of a range over whole paragraphs outside of them."""

    def edit(root: Any) -> None:
        paragraph(root, SENTENCE).addprevious(el("commentRangeStart", id=1))
        paragraph(root, SENTENCE).addnext(el("commentRangeEnd", id=1))

    (remark,) = page_with(comment(1, "整段重写"), edit).remarks
    assert remark.quoted == SENTENCE


def test_a_remark_without_a_range_has_a_place() -> None:
    def edit(root: Any) -> None:
        paragraph(root, SENTENCE).append(el("r", el("commentReference", id=1)))

    page = page_with(comment(1, "看这里"), edit)
    (remark,) = page.remarks
    assert (remark.line, remark.start, remark.end) == (
        number_of(page, SENTENCE),
        len(SENTENCE),
        len(SENTENCE),
    )


def test_a_remark_on_words_that_were_struck_out_is_kept() -> None:
    def edit(root: Any) -> None:
        put_on(root, 1, "三档")
        p = paragraph(root, SENTENCE)
        for r in [r for r in p.iter(w("r")) if "".join(r.itertext()) in ("三", "档")]:
            struck = el("del", id=9, author="王科长", date=WHEN)
            r.addprevious(struck)
            struck.append(r)

    page = page_with(comment(1, "为什么是三档？"), edit)
    (remark,) = page.remarks
    assert (remark.text, remark.quoted) == ("为什么是三档？", "")
    assert page.lines[remark.line].text == SENTENCE.replace("三档", "")


def test_one_on_nothing_is_on_no_line_and_an_empty_one_is_none() -> None:
    page = page_with(comment(1, "总的意见\n第二行") + comment(2, ""), lambda _: None)
    (remark,) = page.remarks
    assert (remark.text, remark.line, remark.quoted) == ("总的意见\n第二行", -1, "")


def test_tracked_changes_inside_a_remark_are_accepted() -> None:
    said = etree.tostring(
        el(
            "comment",
            el("p", el("del", *runs("旧")), el("ins", *runs("新"))),
            id=1,
            author="王科长",
        ),
        encoding="unicode",
    )
    (remark,) = page_with(said, lambda root: put_on(root, 1, "三档")).remarks
    assert remark.text == "新"
