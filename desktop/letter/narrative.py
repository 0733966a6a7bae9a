"""叙述式: the replies one after the other, each with its 相关建议 and its 答复."""

from collections.abc import Iterator

from desktop.letter.blocks import Line, Piece, Role, plain
from desktop.letter.model import Letter, Paragraph, Reply, Section, Suggestion
from desktop.letter.numerals import chinese_numeral, ordinal_of
from desktop.letter.wording import Wording


def narrative_body(letter: Letter, wording: Wording) -> Iterator[Line]:
    """The lines between opening and closing."""
    if letter.sections:
        before = wording.before_replies(letter.case.proposals[0].kind)
        if before:
            yield plain(Role.BODY, before, keep_next=True)
    for number, section in enumerate(letter.sections, 1):
        yield from _section(letter, section, number, wording)
    if letter.general:
        yield from reply_lines(letter.general, wording)


def _section(letter: Letter, section: Section, number: int, wording: Wording) -> Iterator[Line]:
    kind = letter.case.kind
    first, second = Role.BODY, Role.BODY
    if wording.table["styled_headings"]:
        first, second = Role.HEADING_1, Role.HEADING_2
    facts = {"n": str(number), "zh": chinese_numeral(number), "suggestions": section.labels}
    yield plain(first, wording.heading("reply", kind, **facts), keep_next=True)
    yield plain(second, wording.heading("related", kind), keep_next=True)
    for suggestion in section.suggestions:
        yield from suggestion_lines(suggestion, Role.BODY)
    yield plain(second, wording.heading("answer", kind), keep_next=True)
    if section.reply.paragraphs:
        yield from reply_lines(section.reply, wording)
    else:  # a place to write, and for the carriers to hold on to
        yield Line(Role.BODY, anchor=f"r_{section.reply.key}")


def suggestion_lines(suggestion: Suggestion, role: Role) -> Iterator[Line]:
    """建议1：text, and 补充说明1：elaboration with its further paragraphs."""
    anchor = f"s_{suggestion.key}"
    label = Piece(f"建议{suggestion.label}：")
    yield Line(role, (label, Piece(suggestion.text, f"{suggestion.key}.text")), anchor)
    source = f"{suggestion.key}.elaboration"
    head: tuple[Piece, ...] = (Piece(f"补充说明{suggestion.label}："),)
    for text in filter(None, suggestion.elaboration.split("\n")):
        yield Line(role, (*head, Piece(text, source)), anchor)
        head = ()


def reply_lines(reply: Reply, wording: Wording) -> Iterator[Line]:
    """A reply's paragraphs in their order; run-on ones continue the line before."""
    anchor = f"r_{reply.key}"
    counts = [0, 0]
    pieces: tuple[Piece, ...] = ()
    for paragraph in reply.paragraphs:
        if paragraph.level:
            if pieces:
                yield Line(Role.BODY, pieces, anchor)
            pieces = ()
            yield _subheading(paragraph, counts, anchor, wording)
        elif paragraph.runs_on and pieces:
            pieces += (Piece(paragraph.text, paragraph.key),)
        else:
            if pieces:
                yield Line(Role.BODY, pieces, anchor)
            pieces = (Piece(paragraph.text, paragraph.key),)
    if pieces:
        yield Line(Role.BODY, pieces, anchor)


def _subheading(paragraph: Paragraph, counts: list[int], anchor: str, wording: Wording) -> Line:
    counts[paragraph.level - 1] += 1
    if paragraph.level == 1:
        counts[1] = 0
    ordinal = wording.ordinal(paragraph.level, counts[paragraph.level - 1])
    if not ordinal:
        return Line(Role.BODY, (Piece(paragraph.text, paragraph.key),), anchor, keep_next=True)
    role = Role.HEADING_3 if paragraph.level == 1 else Role.HEADING_4
    text = paragraph.text[len(ordinal_of(paragraph.text)) :]
    return Line(role, (Piece(ordinal), Piece(text, paragraph.key)), anchor, keep_next=True)
