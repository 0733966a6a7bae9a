"""What a unit answered (会办意见) becomes paragraphs of our replies, whatever file it came in."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from desktop.letter.homecoming.returned import Homecoming, Unplaced
from desktop.letter.keys import derived_key
from desktop.letter.model import Assignment, Case, Paragraph


def answered(
    base: Case, home: Homecoming, asked: Mapping[str, str], unit: str, assignment: Assignment | None
) -> Homecoming:
    """`home`, the case a unit wrote, as the answers to `base`, the case it was asked about.

    `asked` has for a reply of theirs the key of our suggestion it answers: its paragraphs are
    appended to our reply to that one, in the order of its suggestions; those of any other reply
    are 未归位. A paragraph's key is derived from the unit, the suggestion and its words, so what is
    sent twice comes once. The `unit` is the author, with the person the file names.
    """
    unit = assignment.unit if assignment else unit
    known = {p.key for reply in base.replies for p in reply.paragraphs}
    names: dict[str, str] = {}  # of their paragraphs, here
    answers: dict[str, list[Paragraph]] = {}
    for reply in home.case.replies:
        key = asked.get(reply.key, "")
        for paragraph in reply.paragraphs if key else ():
            place = (assignment.key if assignment else unit, key, str(paragraph.outcome))
            name = names[paragraph.key] = _free_key((*place, paragraph.text), names.values())
            if paragraph.text.strip() and name not in known:
                answers.setdefault(key, []).append(replace(paragraph, key=name))
    replies = tuple(
        replace(
            r, paragraphs=(*r.paragraphs, *(p for s in r.suggestions for p in answers.get(s, ())))
        )
        if answers.keys() & {*r.suggestions}
        else r
        for r in base.replies
    )
    at = {suggestion: reply.key for reply in base.replies for suggestion in reply.suggestions}
    author = _author(unit, home.author)
    return replace(
        home,
        case=replace(base, replies=replies),
        marks=tuple(
            (names.get(part, part), m) for part, m in home.marks if part in names or "." in part
        ),
        remarks=tuple(replace(o, place=at.get(asked.get(o.place, ""), "")) for o in home.remarks),
        unplaced=(*_beside(home.case, asked, author), *home.unplaced),
        author=author,
        assignment=assignment.key if assignment else "",
    )


def _free_key(of: tuple[str, ...], taken: Collection[str]) -> str:
    number = 0
    while (key := derived_key("answer", *of, str(number))) in taken:
        number += 1
    return key


def _author(unit: str, person: str) -> str:
    if not person or person == unit:
        return unit
    return f"{unit}（{person}）" if unit else person


def _beside(case: Case, asked: Mapping[str, str], author: str) -> Iterator[Unplaced]:
    """What stands in the replies that answer nothing of ours."""
    before = ""
    for reply in case.replies:
        for paragraph in reply.paragraphs:
            if reply.key not in asked and paragraph.text.strip():
                yield Unplaced(paragraph.text, before, author)
            before = paragraph.text
