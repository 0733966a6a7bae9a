"""The facts a sorted letter tells, each with its place in the source."""

import re
from collections.abc import Iterator, Sequence

from db.enums import ProposalKind
from desktop.letter.foreign import contacts, facts
from desktop.letter.foreign.anatomy import Fact, Found, Mark, Part
from desktop.letter.foreign.dates import read_date
from desktop.letter.foreign.head_reader import tokens_of
from desktop.letter.foreign.people import addressees_of, is_people_call, named_in
from desktop.letter.foreign.segments import Segment
from desktop.letter.foreign.tail_reader import copies_of, signers
from desktop.letter.foreign.view import View, joined

Marked = Sequence[tuple[Mark, Segment]]
_OPINION = re.compile(r"(?:会办|协办|分办|会签)(?:单位)?(?:的|办理|答复)?(?:意见|情况|函|答复)")
_FOR_THEIR_ANSWER = re.compile(
    r"供[您你贵].{0,16}(?:参考|参阅|答复)|请[您你贵].{0,10}(?:汇总|统一答复)"
)
_PAGE_DATE = re.compile(r"成文(?:日期|时间)：(\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?)")
_TOKEN_FACTS = {
    Part.CATEGORY: Fact.CATEGORY,
    Part.DISCLOSURE: Fact.DISCLOSURE,
    Part.ISSUED_BY: Fact.ISSUED_BY,
}


def is_reply(marks: Marked) -> bool:
    """False for a 会办意见: to the lead unit and not to the proposer, and saying so."""
    call = _view(marks, Part.SALUTATION).text
    title, opening = _view(marks, Part.TITLE).text, _view(marks, Part.OPENING).text
    if _OPINION.search(re.sub(r"《[^《》]*》", "", title)):
        return False
    if is_people_call(call):
        return True
    return not (call and (_OPINION.search(opening) or _FOR_THEIR_ANSWER.search(opening)))


def kind_of(marks: Marked) -> ProposalKind:
    """Whether the letter answers a 提案 or a 人大建议."""
    parts = (Part.TITLE, Part.SALUTATION, Part.OPENING)
    return facts.kind_of(*(_view(marks, part).text for part in parts))


def read(marks: Marked, head: Sequence[Segment]) -> Iterator[Found]:
    """Everything the letter tells; `head` is all that stands above the salutation."""
    title, opening = _view(marks, Part.TITLE), _view(marks, Part.OPENING)
    body = next((segment.view for mark, segment in marks if mark.part is Part.BODY), title)
    yield from _numbers(title, opening)
    yield from _session(title, opening)
    yield from _subject(opening, title, body)
    yield from _people(marks, title, opening)
    yield from _tokens(marks)
    yield from _foot(marks, head)


def _view(marks: Marked, part: Part) -> View:
    return joined(segment.view for mark, segment in marks if mark.part is part)


def _numbers(title: View, opening: View) -> Iterator[Found]:
    known: set[str] = set()
    for view in (title, opening):
        if number := facts.number_of(view):
            told = {one.lstrip("0") for one in number[0].split("、")}
            if not told & known:
                yield Found(Fact.NUMBER, number[0], *view.span(*number[1:]))
            known |= told


def _session(title: View, opening: View) -> Iterator[Found]:
    for view in (title, opening):
        if place := facts.session_of(view):
            text = re.sub(r"\s", "", view.printed(*place))
            yield Found(Fact.SESSION, text, *view.span(*place))
            return


def _subject(*views: View) -> Iterator[Found]:
    for view in views:
        if place := facts.subject_of(view):
            text = re.sub(r"\s", "", view.printed(*place))
            yield Found(Fact.SUBJECT, text, *view.span(*place))
            return


def _people(marks: Marked, title: View, opening: View) -> Iterator[Found]:
    call = _view(marks, Part.SALUTATION)
    named = named_in(opening, Fact.PROPOSER) or named_in(title, Fact.PROPOSER)
    if not is_reply(marks):
        lead = call.text.removeprefix("尊敬的").rstrip("：")
        start = call.text.find(lead)
        place = start, start + len(lead)
        if lead:
            yield Found(Fact.ADDRESSEE, call.plain(*place), *call.span(*place))
        yield from named
        return
    found = list(addressees_of(call))
    if not call.text:
        found = [Found(Fact.ADDRESSEE, one.value, one.start, one.end) for one in named]
    yield from found
    for one in found:
        if one.fact is Fact.ADDRESSEE:
            yield Found(Fact.PROPOSER, one.value, one.start, one.end)


def _tokens(marks: Marked) -> Iterator[Found]:
    for mark, segment in marks:
        for part, place, value in tokens_of(segment) if mark.part is not Part.LEFT_OUT else ():
            if part is not mark.part:
                continue
            if part is Part.DOCUMENT_NUMBER:
                text = re.sub(r"\s", "", segment.view.printed(*place))
                text = re.sub(r"[\[［【（(〔﹝](\d{4})[\]］】）)〕﹞]", r"〔\1〕", text)
                yield Found(Fact.DOCUMENT_NUMBER, text, mark.start, mark.end)
            elif part in _TOKEN_FACTS:
                text = segment.view.plain(*value)
                yield Found(_TOKEN_FACTS[part], text, *segment.view.span(*value))


def _foot(marks: Marked, head: Sequence[Segment]) -> Iterator[Found]:
    def of(part: Part) -> list[Segment]:
        return [segment for mark, segment in marks if mark.part is part]

    for segment in of(Part.SIGNATURE):
        for place in signers(segment.view):
            text = re.sub(r"[（(](?:盖|公|印|签)?章[)）]$", "", segment.view.plain(*place))
            yield Found(Fact.SIGNED_BY, text, *segment.view.span(*place))
    if not of(Part.SIGNATURE):
        for segment in of(Part.CONTACT):
            if unit := contacts.signing_body(segment.view):
                yield Found(Fact.SIGNED_BY, segment.view.plain(*unit), *segment.view.span(*unit))
                break
    yield from _day([segment.view for segment in of(Part.DATE)], head)
    asked = of(Part.CONTACT) or [s for s in of(Part.CLOSING) if contacts.names_one(s.view)]
    yield from contacts.contact_of([segment.view for segment in asked])
    for view, start, end in copies_of(of(Part.COPIES)):
        yield Found(Fact.COPY, view.plain(start, end), *view.span(start, end))


def _day(views: Sequence[View], head: Sequence[Segment]) -> Iterator[Found]:
    """The day of the signature; a page table's 成文日期 only where there is none."""
    for view in views:
        if day := read_date(view.text):
            yield Found(Fact.DATE, day.isoformat(), *view.span())
            return
    if not views:
        page = joined(segment.view for segment in head)
        match = _PAGE_DATE.search(page.text)
        if match and (day := read_date(match[1])):
            yield Found(Fact.DATE, day.isoformat(), *page.span(*match.span(1)))
