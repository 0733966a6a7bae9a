"""批注 of a Word file: comments.xml, the threads of commentsExtended.xml, and where they stand."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from desktop.letter.homecoming.returned import Remark
from desktop.letter.ooxml import Element
from desktop.letter.pages.numbering import Numbering
from desktop.letter.pages.package import Package
from desktop.letter.pages.page_lines import PageLine
from desktop.letter.pages.walk import Walk, attribute, author_of

_Spots = Sequence[tuple[int, int]]
_DEPTH = 9  # of a thread; Word's have one, and a file may say that two answer each other


@dataclass(frozen=True, slots=True)
class _Comment:
    """One w:comment: `paragraph` is the id by which its thread knows it."""

    name: str
    paragraph: str
    text: str
    author: str
    at: str


def read_remarks(
    package: Package, spots: Mapping[str, _Spots], lines: Sequence[PageLine]
) -> tuple[Remark, ...]:
    """The comments of a file, one for each thread; `spots` are the places that name them."""
    root = package.xml("word/comments.xml")
    if root is None:
        return ()
    comments = [_comment(element) for element in root.iter("{*}comment")]
    above, done = _threads(package.xml("word/commentsExtended.xml"))
    known = {comment.paragraph: comment for comment in comments if comment.paragraph}
    threads: dict[int, list[_Comment]] = {}
    for comment in comments:
        threads.setdefault(id(_top(comment, above, known)), []).append(comment)
    made = (
        _remark(first, threads[id(first)], spots, lines, done)
        for first in comments
        if id(first) in threads
    )
    return tuple(remark for remark in made if remark.text or remark.quoted)


def _remark(
    first: _Comment,
    thread: Sequence[_Comment],
    spots: Mapping[str, _Spots],
    lines: Sequence[PageLine],
    done: Container[str],
) -> Remark:
    answers = (one for one in thread if one is not first)
    said = (f"{one.author}：{one.text}" if one.author else one.text for one in answers)
    line, start, end = _span(spots.get(first.name, ()), lines)
    return Remark(
        "\n".join(filter(None, [first.text, *said])),
        line,
        start,
        end,
        lines[line].text[start:end] if line >= 0 else "",
        first.author,
        first.at,
        first.paragraph in done,
    )


def _comment(element: Element) -> _Comment:
    paragraphs = [*element.iter("{*}p")]
    read = Walk(Numbering(None)).part(element).lines
    return _Comment(
        f"comment {attribute(element, 'id')}",
        attribute(paragraphs[-1], "paraId") if paragraphs else "",
        "\n".join(line.text for line in read).strip(),
        *author_of(element),
    )


def _threads(root: Element | None) -> tuple[dict[str, str], set[str]]:
    """Paragraph id → that of the comment it answers; the ids of the resolved ones."""
    above: dict[str, str] = {}
    done: set[str] = set()
    for one in () if root is None else root.iter("{*}commentEx"):
        paragraph = attribute(one, "paraId")
        if parent := attribute(one, "paraIdParent"):
            above[paragraph] = parent
        if attribute(one, "done") in ("1", "true"):
            done.add(paragraph)
    return above, done


def _top(comment: _Comment, above: Mapping[str, str], known: Mapping[str, _Comment]) -> _Comment:
    """The one that began the thread; itself where none did."""
    top = comment
    for _ in range(_DEPTH):
        parent = known.get(above.get(top.paragraph, ""))
        if parent is None:
            return top
        top = parent
    return comment


def _span(spots: _Spots, lines: Sequence[PageLine]) -> tuple[int, int, int]:
    """Line, start and end of a range; of one over several lines what it has of the first."""
    if not spots or spots[0][0] >= len(lines):
        return -1, 0, 0
    (line, start), (last, end) = spots[0], spots[min(1, len(spots) - 1)]
    return line, start, max(start, end) if last == line else len(lines[line].text)
