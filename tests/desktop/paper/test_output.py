"""The PDF as others see it (poppler), beside the draw list and the picture of the same page."""

import getpass
import re
import socket
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage

from db.enums import Head
from desktop.letter.blocks import Sheet, Table
from desktop.letter.model import Case
from desktop.paper.draw import Page
from desktop.paper.faces import Face
from desktop.paper.fonts import Fonts, load_fonts
from desktop.paper.output import letter_pages, page_image, pdf_bytes, png_bytes, reading_order
from desktop.paper.pdf_text import with_text
from desktop.paper.typesetter import Typesetter
from desktop.services.letters import sheet_of
from tests.desktop.paper.hand_made import PT_MM, ink, line, page

TODAY = date(2025, 11, 21)
NEAR = 0.05  # mm
TITLE = "关于第2025118号提案的答复"

pytestmark = pytest.mark.usefixtures("office_suite")


@pytest.fixture
def fonts(qapp: object) -> Fonts:  # noqa: ARG001
    return load_fonts()


@pytest.fixture
def sheet(sample: Case) -> Sheet:
    return sheet_of(replace(sample, head=Head.LETTER), TODAY)


@pytest.fixture
def pages(sheet: Sheet, fonts: Fonts) -> tuple[Page, ...]:
    return letter_pages(sheet, "nominal", fonts)


def written(pages: tuple[Page, ...], fonts: Fonts, folder: Path) -> Path:
    path = folder / "letter.pdf"
    path.write_bytes(pdf_bytes(pages, fonts, TITLE))
    return path


def told(*command: object) -> str:
    """What a tool of poppler says of a file; it complains of nothing."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0
    assert not done.stderr
    return done.stdout


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts(page: Page) -> str:
    return bare("".join(placed.line.text for placed in reading_order(page)))


def test_the_text_is_there_as_it_was_set_in_the_order_it_is_read(
    pages: tuple[Page, ...], fonts: Fonts, tmp_path: Path
) -> None:
    said = told("pdftotext", "-raw", written(pages, fonts, tmp_path), "-").split("\f")
    assert [bare(text) for text in said if text] == [texts(page) for page in pages]


def test_a_table_is_read_cell_by_cell(list_sample: Case, fonts: Fonts, tmp_path: Path) -> None:
    sheet = sheet_of(list_sample, TODAY)
    said = bare(
        told(
            "pdftotext",
            "-raw",
            written(letter_pages(sheet, "nominal", fonts), fonts, tmp_path),
            "-",
        )
    )
    (table,) = (block for block in sheet.body if isinstance(block, Table))
    assert bare(table.label.text) in said
    rows = [bare("".join(part.text for part in (row.label, *row.cell))) for row in table.rows]
    whole = [row in said for row in rows]
    assert whole.count(False) <= 3  # those that go on on the next page


@pytest.mark.parametrize(
    "text", ["“引号”—…〔2022〕4号，《条例》；", "一二人大民口山水车户", "𠮷野家·5.3%～①℃"]
)
@pytest.mark.parametrize("face", [Face.FANGSONG, Face.KAITI, Face.HEITI, Face.XIAOBIAOSONG])
def test_what_is_copied_is_what_was_written(
    fonts: Fonts, tmp_path: Path, text: str, face: Face
) -> None:
    """Qt's own text says the radical ⼀ for 一 and nothing for 𠮷."""
    path = written((page(line(text, 80, 60, face=face)),), fonts, tmp_path)
    assert bare(told("pdftotext", path, "-")) == text


def test_fonts_are_embedded_as_subsets(
    pages: tuple[Page, ...], fonts: Fonts, tmp_path: Path
) -> None:
    path = written(pages, fonts, tmp_path)
    _, _, *lines = told("pdffonts", path).splitlines()
    assert len(lines) >= 2
    for said in lines:
        assert re.match(r"[A-Z]{6}\+\S+ .* yes yes yes ", said), said
    assert path.stat().st_size < 60_000 * len(pages)


def test_it_says_what_it_is_and_nothing_of_where_it_was_made(
    pages: tuple[Page, ...], fonts: Fonts, tmp_path: Path
) -> None:
    path = written(pages, fonts, tmp_path)
    said = dict(re.findall(r"(\S[^:\n]*):[ ]*(.*)", told("pdfinfo", path)))
    assert said["Title"] == TITLE
    assert said["Creator"] == "复函"
    assert not said["Author"]
    assert said["Page size"] == "595 x 842 pts (A4)"
    assert int(said["Pages"]) == len(pages)
    data = path.read_bytes()
    for place in (Path.home(), tmp_path, "/usr/share"):
        assert str(place).encode() not in data
    metadata = told("pdfinfo", "-meta", path)
    assert TITLE in metadata
    for name in (socket.gethostname(), getpass.getuser()):
        assert not re.search(rf"\b{re.escape(name)}\b", metadata)


def test_the_same_pages_are_the_same_file_but_for_the_date(
    pages: tuple[Page, ...], fonts: Fonts
) -> None:
    made = [re.sub(rb"20\d\d[-:TZ+\d]+", b"", pdf_bytes(pages, fonts, TITLE)) for _ in range(2)]
    assert made[0] == made[1]


def test_pdf_and_picture_put_every_line_at_the_same_place(
    pages: tuple[Page, ...], fonts: Fonts, tmp_path: Path
) -> None:
    """The middle of the ink of each line and rule of page 1, poppler's and ours.

    Poppler cuts a glyph's place down to a whole pixel: it gets finer ones.
    """
    path = written(pages[:1], fonts, tmp_path)
    told("pdftoppm", "-r", 600, "-gray", "-singlefile", path, path.with_suffix(""))
    theirs, ours = QImage(str(path.with_suffix(".pgm"))), page_image(pages[0], fonts, 600)
    bands = [
        QRectF(
            placed.x - 3,
            placed.baseline - 0.9 * placed.line.runs[0].size,
            placed.line.edges[-1] + 6,
            1.05 * placed.line.runs[0].size,
        )
        for placed in pages[0].lines
    ] + [
        QRectF(rule.x0 + 9, rule.y0 - 1, 200, 2)
        for rule in pages[0].rules
        if rule.y0 == rule.y1 and rule.width < 1
    ]
    assert len(bands) >= 15
    for band in bands:
        mine, poppler = middle(ours, band, 600), middle(theirs, band, 600)
        assert mine == pytest.approx(poppler, abs=NEAR), band


def middle(image: QImage, band: QRectF, dpi: float) -> tuple[float, float]:
    """Where in mm the middle of the ink in `band` (points) stands."""
    scale = dpi / 72
    x, y, width, height = (round(value * scale) for value in band.getRect())
    found = ink(image, QRect(x, y, width, height), dark=200)
    assert not found.isEmpty()
    pixel = 25.4 / dpi
    return (found.x() + found.width() / 2) * pixel, (found.y() + found.height() / 2) * pixel


def test_characters_stand_in_the_pdf_where_the_draw_list_says(
    pages: tuple[Page, ...], fonts: Fonts, tmp_path: Path
) -> None:
    """The first characters of the lines, exactly, from poppler's boxes."""
    said = told("pdftotext", "-bbox", written(pages[:1], fonts, tmp_path), "-")
    boxes = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" .*?yMax="([\d.]+)">(.)', said)
    found = [(float(x), float(y0), float(y1), first) for x, y0, y1, first in boxes]
    for placed in pages[0].lines:
        run = placed.line.runs[0]
        table = fonts.tables[run.face]
        x, top = placed.x + run.xs[0], placed.baseline - table.ascent * run.size
        near = min(found, key=lambda box: abs(box[0] - x) + abs(box[1] - top))
        assert near[3] == run.text[0]
        assert abs(near[0] - x) * PT_MM < NEAR
        assert abs(near[1] - top) * PT_MM < 2 * NEAR  # poppler rounds the font's ascent


def test_text_that_does_not_tally_leaves_qts_own(fonts: Fonts) -> None:
    data = pdf_bytes((page(line("田野", 80, 60)),), fonts, TITLE)
    assert with_text(data, "田") == data
    assert with_text(data, "山水") != data


def test_pages_that_lost_words_are_not_printed(
    sheet: Sheet, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Typesetter.pages

    def forgetful(self: Typesetter, sheet: Sheet, layout: object) -> tuple[Page, ...]:
        return made(self, replace(sheet, body=sheet.body[:4]), layout)  # type: ignore[arg-type]

    monkeypatch.setattr(Typesetter, "pages", forgetful)
    with pytest.raises(RuntimeError):
        letter_pages(sheet, "nominal", fonts)


def test_a_letter_of_nothing_is_a_page(fonts: Fonts, tmp_path: Path) -> None:
    said = told("pdfinfo", written((page(),), fonts, tmp_path))
    assert "Pages:           1" in said


def test_a_picture_is_a_png(fonts: Fonts) -> None:
    image = page_image(page(line("田", 80, 60)), fonts, 96)
    data = png_bytes(image)
    assert data.startswith(b"\x89PNG")
    assert QImage.fromData(data).convertToFormat(image.format()) == image
