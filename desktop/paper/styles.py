"""How each role of a letter is set and kept together (公文样式): the named styles of the .docx
(resources/letter/base/word/styles.xml), said once more for our own pages. A test holds the two
equal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from desktop.letter.blocks import Role
from desktop.letter.layout import CHARACTER, COPIES_HANGING, COPIES_LINE, COPIES_SIZE, Layout, Pt
from desktop.paper.faces import Face
from desktop.paper.setting import Align, ParagraphStyle

INDENT: Pt = 2 * CHARACTER / 20  # 首行缩进二字
CELL_LINE: Pt = 24
NUMBER_SIZE: Pt = 14  # 页码, 4号


@dataclass(frozen=True, slots=True)
class Style:
    """A named style (样式): how its lines are set, what follows them, where they may part.

    Of widows and orphans the body knows none (widowControl 0), and in the broken rows of a table
    LibreOffice minds neither them nor keepLines.
    """

    paragraph: ParagraphStyle
    after: Pt = 0.0
    keep_next: bool = False


@cache
def styles(layout: Layout) -> Mapping[Role, Style]:
    """The style of every role on the lines of `layout`."""
    western = Face(layout.western) if layout.western else None
    normal = ParagraphStyle(
        Face.FANGSONG, 16, layout.body_line_pt, spacing=-0.25, on_grid=True, western=western
    )
    body = replace(normal, first=INDENT)
    heading = Style(body, keep_next=True)
    tail = Style(replace(normal, align=Align.RIGHT))
    above = replace(normal, align=Align.RIGHT, on_grid=False)
    title = ParagraphStyle(Face.XIAOBIAOSONG, 22, 32, align=Align.CENTRE)
    cell = ParagraphStyle(Face.FANGSONG, 14, CELL_LINE, exact=False, hanging=False, western=western)
    label = replace(cell, size=12, align=Align.CENTRE)
    return {
        Role.CATEGORY: Style(replace(above, face=Face.HEITI, western=None, line=18), after=12),
        Role.DOCUMENT_NUMBER: Style(replace(above, line=16)),
        Role.TITLE: Style(title, keep_next=True),
        Role.SALUTATION: Style(replace(normal, align=Align.LEFT)),
        Role.BODY: Style(body),
        Role.HEADING_1: replace(heading, paragraph=replace(body, face=Face.HEITI, western=None)),
        Role.HEADING_2: replace(heading, paragraph=replace(body, face=Face.KAITI, western=None)),
        Role.HEADING_3: heading,
        Role.HEADING_4: heading,
        Role.CELL: Style(cell),
        Role.CELL_LABEL: Style(label),
        Role.ATTACHMENT: Style(body),
        Role.SIGNATURE: tail,
        Role.DATE: tail,
        Role.NOTE: Style(body),
        Role.COPIES: Style(replace(_copies(), western=western)),
    }


def _copies() -> ParagraphStyle:
    """抄送 (7.4.2): one character in on both sides, wrapped to the character after the colon."""
    hanging = COPIES_HANGING * COPIES_SIZE
    return ParagraphStyle(
        Face.FANGSONG,
        COPIES_SIZE,
        COPIES_LINE,
        first=-hanging,
        left=COPIES_SIZE + hanging,
        right=COPIES_SIZE,
    )


def number_style(page: int) -> ParagraphStyle:
    """The page number's (页码, 7.5): odd pages right, even pages left, one character in."""
    return ParagraphStyle(
        Face.SONG,
        NUMBER_SIZE,
        NUMBER_SIZE,
        align=Align.RIGHT if page % 2 else Align.LEFT,
        left=0.0 if page % 2 else NUMBER_SIZE,
        right=NUMBER_SIZE if page % 2 else 0.0,
    )


def mark_style(size: Pt) -> ParagraphStyle:
    """The 发文机关标志's: red 小标宋 in a line of its own size."""
    return ParagraphStyle(Face.XIAOBIAOSONG, size, size, align=Align.CENTRE, red=True)
