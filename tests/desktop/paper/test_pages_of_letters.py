"""Our pages beside LibreOffice's: the two reference letters, the sweeps and letters of all sorts.

The reference letters are read only where ../shared/letters is; no sentence of theirs stands here.
"""

import random
from collections import Counter
from dataclasses import dataclass, replace
from itertools import product

import pytest

from db.enums import Form, Head, Outcome
from desktop.letter.compose import compose
from desktop.letter.layout import load_layout
from desktop.letter.model import (
    ABSENT,
    COMPOSED,
    Case,
    Category,
    Fields,
    Paragraph,
    Reply,
    Suggestion,
    own,
)
from desktop.letter.reader import read_case
from desktop.letter.sheet import lay_out
from desktop.letter.writer import letter_docx
from desktop.paper.draw import Page
from desktop.paper.fonts import ensure_application, load_fonts
from desktop.paper.typesetter import Typesetter
from tests import rendering
from tests.cases import HEADS, OFFICE, SENTENCE, Keys, plain_case
from tests.conftest import LETTERS, TODAY
from tests.desktop.letter.test_paper import COPIES, MARKS, SWEEPS, with_body
from tests.desktop.paper.test_lines_of_letters import differences, rows
from tests.rendering import PrintedLine, to_pdf

SAME = {Form.NARRATIVE: 0.99, Form.RESULT_LIST: 0.97}  # of the lines of the reference letters
NEAR = 1.0  # point
VARIED = 24
# what a row's label, put elsewhere in its row, changes in rows that are read across
LABELS = "LibreOffice forgets to put some labels in the middle of a row it tried to break"
BROKEN = "a line ends elsewhere"

pytestmark = pytest.mark.usefixtures("office_suite")


def reference() -> dict[str, Case]:
    """Both letters in their form, the list also as a narrative, in all heads and layouts."""
    found = {}
    for path in sorted(LETTERS.glob("reference/*.txt")):
        case = read_case(path.read_bytes(), TODAY).case
        for form in {case.form, Form.NARRATIVE}:
            for head, layout in product(Head, ("nominal", "measured")):
                name = f"reference-{path.stem[:7]}-{form.value}-{head.value}-{layout}"
                found[name] = replace(case, form=form, head=head, layout=layout)
        for layout in ("nominal_roman", "measured_roman"):
            found[f"reference-{path.stem[:7]}-{layout}"] = replace(case, layout=layout)
    return found


def varied(seed: int) -> Case:
    """A letter of everything there is, by chance."""
    chance, key = random.Random(seed), Keys()

    def text(most: int) -> str:
        return (SENTENCE * 20)[: chance.randint(4, most)]

    asked = tuple(
        Suggestion(key(), str(n + 1), text(90), text(160) if chance.random() < 0.7 else "")
        for n in range(chance.randint(1, 5))
    )
    replies = [
        Reply(
            key(),
            (one.key,),
            tuple(
                Paragraph(key(), text(chance.choice((60, 200, 440))), chance.choice(list(Outcome)))
                for _ in range(chance.randint(1, 5))
            ),
        )
        for one in asked
    ]
    if chance.random() < 0.6:
        replies.append(Reply(key(), (), (Paragraph(key(), text(150)),)))
    fields = Fields(
        document_number=chance.choice((COMPOSED, ABSENT)),
        closing=chance.choice((COMPOSED, ABSENT, own(f"{text(70)}\n{text(70)}"))),
        contact=chance.choice((COMPOSED, ABSENT)),
        copies=chance.choice((ABSENT, COPIES)),
        attachments=chance.choice((ABSENT, own("台账\n管护责任书"))),
    )
    case = plain_case(
        form=chance.choice(list(Form)),
        head=chance.choice(HEADS),
        layout=chance.choice(("nominal", "measured")),
        sealed=chance.random() < 0.7,
        category=chance.choice((None, Category("shenzhen", "B"))),
        office=replace(
            OFFICE,
            full_name=chance.choice(MARKS),
            contact_name="李文",
            contact_phone="0000-1234567",
        ),
        replies=tuple(replies),
        fields=fields,
    )
    return replace(case, proposals=(replace(case.proposals[0], suggestions=asked),))


def swept() -> dict[str, Case]:
    return {
        f"{name}-{lines}": with_body(form, lines, closing=closing, copies=copies)
        for name, (form, closing, copies) in SWEEPS.items()
        for lines in range(0, 25, 3)
    }


@dataclass(frozen=True)
class Printed:
    """A letter as we set it and as LibreOffice prints it."""

    case: Case
    ours: tuple[Page, ...]
    theirs: list[list[PrintedLine]]

    def differences(self) -> list[tuple[int, list[str], list[str]]]:
        """Page by page, the rows that are not the same."""
        return [
            (page.number, mine, other)
            for page, lines in zip(self.ours, self.theirs, strict=True)
            for mine, other in differences(
                list(rows(page)), ["".join(line.text.split()) for line in lines]
            )
        ]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Every letter, all printed in one go."""
    ensure_application()
    cases = {**reference(), **swept(), **{f"varied-{n}": varied(n) for n in range(VARIED)}}
    folder = tmp_path_factory.mktemp("letters")
    files = [folder / f"{name}.docx" for name in cases]
    for file, case in zip(files, cases.values(), strict=True):
        file.write_bytes(letter_docx(case, TODAY, final=True))
    typesetter = Typesetter(load_fonts().tables)
    return {
        name: Printed(
            case,
            typesetter.pages(lay_out(compose(case, TODAY)), load_layout(case.layout)),
            rendering.pages(pdf),
        )
        for (name, case), pdf in zip(cases.items(), to_pdf(files, folder), strict=True)
    }


def test_every_letter_has_as_many_pages(printed: dict[str, Printed]) -> None:
    counts = {name: (len(one.ours), len(one.theirs)) for name, one in printed.items()}
    assert {name: count for name, count in counts.items() if count[0] != count[1]} == {}
    assert len(printed) >= 6 * 9 + VARIED
    assert {len(one.ours) for one in printed.values()} >= {2, 3, 4}


def why(mine: list[str], other: list[str]) -> str:
    """The reason of a difference: the same characters in other rows are a label's."""
    return LABELS if sorted("".join(mine)) == sorted("".join(other)) else BROKEN


def test_the_lines_of_each_page_are_libreoffices(printed: dict[str, Printed]) -> None:
    """Of the sweeps and the varied letters all but a few labels."""
    total = different = 0
    listed = []
    for name, one in printed.items():
        total += sum(map(len, one.theirs))
        for number, mine, other in one.differences():
            different += max(len(mine), len(other))
            listed.append(f"{name} page {number}: {len(mine)} rows, {why(mine, other)}")
    print(f"{total - different} of {total} rows identical", *listed, sep="\n")
    assert total > 3000
    assert total - different >= 0.99 * total
    assert [line for line in listed if line.endswith(BROKEN)] == []


def test_the_lines_of_the_reference_letters(printed: dict[str, Printed]) -> None:
    for form, same in SAME.items():
        letters = [
            one
            for name, one in printed.items()
            if name.startswith("reference") and one.case.form is form
        ]
        total = sum(len(page) for one in letters for page in one.theirs)
        different = sum(
            max(len(mine), len(other)) for one in letters for _, mine, other in one.differences()
        )
        assert total - different >= same * total, f"{different} of {total} lines differ"


def test_every_line_stands_within_a_point_of_libreoffices(printed: dict[str, Printed]) -> None:
    """The middle of a line's box is, with poppler, 0.3 of its size over the baseline."""
    compared = 0
    for name, one in printed.items():
        for page, lines in zip(one.ours, one.theirs, strict=True):
            theirs = {line.text: (line.top + line.bottom) / 2 for line in lines}
            texts = ["".join(placed.line.text.split()) for placed in page.lines]
            once = {text for text, count in Counter(texts).items() if count == 1}
            for placed, text in zip(page.lines, texts, strict=True):
                if text in once & theirs.keys():
                    middle = placed.baseline - 0.3 * placed.line.runs[0].size
                    assert theirs[text] == pytest.approx(middle, abs=NEAR), f"{name}: {text}"
                    compared += 1
    assert compared > 1000
