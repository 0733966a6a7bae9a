"""Letters on our pages, in faces that need no window."""

from desktop.letter.compose import compose
from desktop.letter.layout import load_layout
from desktop.letter.model import Case
from desktop.letter.sheet import lay_out
from desktop.paper.draw import Page, Placed
from desktop.paper.faces import Face, FaceTable, FaceTables
from desktop.paper.typesetter import Typesetter
from tests.conftest import TODAY

MM = 25.4 / 72


class Advances(dict[str, float]):
    """Half an em for what stands on a typewriter, a whole one for everything else."""

    def __missing__(self, character: str) -> float:
        """The advance of any character."""
        return 0.5 if character < "\u2000" else 1.0


PLAIN: FaceTables = {face: FaceTable(Advances(), ascent=0.9, descent=0.2) for face in Face}


def typeset(case: Case) -> tuple[Page, ...]:
    """The pages of `case`, set anew."""
    return Typesetter(PLAIN).pages(lay_out(compose(case, TODAY)), load_layout(case.layout))


def texts(page: Page) -> list[str]:
    """What its lines say, in the order of the draw list."""
    return [placed.line.text for placed in page.lines]


def body(page: Page) -> list[Placed]:
    """Its lines without mark and page number."""
    return [placed for placed in page.lines if placed.line.role is not None]


def bottom(placed: Placed) -> float:
    """Where a line ends."""
    return placed.y + placed.line.height
