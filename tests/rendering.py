"""The rendered page, measured: LibreOffice's PDF as lines of text, and its ink as millimetres."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parents[1]
FONTS = ROOT / ".ci" / "fonts.conf"
PYTHON = "/usr/bin/python3"  # Debian's own, which has LibreOffice's bindings
DPI = 300
MM = 25.4 / DPI
_WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)
_PAGE = re.compile(r"<page .*?</page>", re.S)


def tools_missing() -> str:
    """The first renderer this machine lacks, or an empty string."""
    return next(
        (tool for tool in ("soffice", "pdftotext", "pdftoppm") if not shutil.which(tool)), ""
    )


def to_pdf(files: Iterable[Path], folder: Path) -> list[Path]:
    """`files` printed to PDF by LibreOffice in one go, with the stand-in fonts."""
    return convert(files, folder, "pdf")


def convert(files: Iterable[Path], folder: Path, kind: str) -> list[Path]:
    """`files` saved by LibreOffice as `kind` into `folder`."""
    files = list(files)
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    profile = (folder / "profile").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    command += ["--outdir", str(folder), *map(str, files)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    made = [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    missing = [path for path in made if not path.exists()]
    if missing:
        raise AssertionError(f"soffice made no {missing}: {done.stdout}{done.stderr}")
    return made


def settle_changes(files: Iterable[Path], folder: Path) -> None:
    """Every tracked change of `files` accepted, and rejected, by LibreOffice: as FILE-accepted.docx
    and FILE-rejected.docx in `folder`."""
    by_hand("tests.settle_changes", folder, *files)


def by_hand(module: str, *arguments: Path, said: str = "") -> str:
    """What a module that drives LibreOffice answers to what is `said` to it."""
    done = subprocess.run(
        [PYTHON, "-m", module, *map(str, arguments)],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
        cwd=ROOT,
        input=said,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


@dataclass(frozen=True)
class PrintedLine:
    """A line of a page; all lengths in points from the page's upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def pages(pdf: Path) -> list[list[PrintedLine]]:
    """The lines of each page of `pdf`, from top to bottom."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    html = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [_lines(page) for page in _PAGE.findall(html)]


def _lines(page: str) -> list[PrintedLine]:
    words = sorted(
        (
            (float(a), float(b), float(c), float(d), unescape(t))
            for a, b, c, d, t in _WORD.findall(page)
        ),
        key=lambda word: (word[1] + word[3]) / 2,
    )
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for word in words:
        middle = (word[1] + word[3]) / 2
        if rows and middle - (rows[-1][0][1] + rows[-1][0][3]) / 2 <= 6:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [
        PrintedLine(
            "".join(word[4] for word in sorted(row)),
            min(word[0] for word in row),
            max(word[2] for word in row),
            min(word[1] for word in row),
            max(word[3] for word in row),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Ink:
    """A band of rows that hold ink of one colour; millimetres from the page's corner."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def is_rule(self) -> bool:
        """Wide and low: a line across the page, not writing."""
        return self.right - self.left > 100 and self.bottom - self.top < 3


def ink(pdf: Path, page: int, *, red: bool) -> list[Ink]:
    """The bands of red, or of any, ink on `page` (from 1) at 300 dpi, top to bottom."""
    command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), str(pdf)]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    assert header
    width, height = int(header[1]), int(header[2])
    pixels = memoryview(data)[header.end() :]
    bands: list[list[int]] = []
    for y in range(height):
        span = _span(bytes(pixels[y * width * 3 : (y + 1) * width * 3]), red=red)
        if not span:
            continue
        wide = span[1] - span[0] > 100 / MM
        if bands and bands[-1][1] == y - 1 and bands[-1][4] == wide:
            bands[-1][1] = y
            bands[-1][2] = min(bands[-1][2], span[0])
            bands[-1][3] = max(bands[-1][3], span[1])
        else:
            bands.append([y, y, *span, int(wide)])
    return [Ink(a * MM, (b + 1) * MM, c * MM, (d + 1) * MM) for a, b, c, d, _ in bands]


def _span(row: bytes, *, red: bool) -> tuple[int, int] | None:
    """First and last inked pixel of a row, or None."""
    light = row[1::3].translate(_DARK)  # the green of red and of black ink is dark
    if red:
        reds = row[0::3].translate(_BRIGHT)
        light = bytes(a & b for a, b in zip(light, reds, strict=True)) if any(light) else light
    first = light.find(1)
    return (first, light.rfind(1)) if first >= 0 else None


_DARK = bytes(1 if value < 120 else 0 for value in range(256))
_BRIGHT = bytes(1 if value > 180 else 0 for value in range(256))
