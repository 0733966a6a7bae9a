"""批注 of a Word file: comments.xml, the threads of commentsExtended.xml, and where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.letter.numbering import Numbering
from desktop.letter.ooxml import Element
from desktop.letter.package import Package
from desktop.letter.page_lines import PageLine
from desktop.letter.returned import Remark
from desktop.letter.walk import Walk, attribute, author_of

_Spots = Sequence[tuple[int, int]]


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
    made = []
    for first in comments:
        if above.get(first.paragraph) in known:
            continue
        answers = [c for c in comments if c is not first and _top(c, above) == first.paragraph]
        said = [first.text, *(f"{c.author}：{c.text}" if c.author else c.text for c in answers)]
        line, start, end = _span(spots.get(first.name, ()), lines)
        made.append(
            Remark(
                "\n".join(filter(None, said)),
                line,
                start,
                end,
                lines[line].text[start:end] if line >= 0 else "",
                first.author,
                first.at,
                first.paragraph in done,
            )
        )
    return tuple(remark for remark in made if remark.text or remark.quoted)


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


def _top(comment: _Comment, above: Mapping[str, str]) -> str:
    """The comment that began the thread; a file may say that two answer each other."""
    name, seen = comment.paragraph, set[str]()
    while name in above and name not in seen:
        seen.add(name)
        name = above[name]
    return name


def _span(spots: _Spots, lines: Sequence[PageLine]) -> tuple[int, int, int]:
    """Line, start and end of a range; of one over several lines what it has of the first."""
    if not spots or spots[0][0] >= len(lines):
        return -1, 0, 0
    (line, start), (last, end) = spots[0], spots[min(1, len(spots) - 1)]
    return line, start, max(start, end) if last == line else len(lines[line].text)
