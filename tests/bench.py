"""`make bench`: speed as ratios against something a user knows, measured in the same run.

Each figure is the median of interleaved rounds (ours, yardstick, ours, yardstick …), so that a
busy machine slows both. The yardsticks: docxtpl putting the same text into the same template; and
an interpreter that imports peewee and opens a database.
"""

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docxtpl

from desktop.letter import writer
from desktop.letter.case_file import dump, load
from desktop.letter.compose import compose
from desktop.letter.ooxml import base_package
from desktop.letter.sheet import lay_out
from desktop.services.cases import import_file, with_new_keys
from desktop.services.library import library

ROOT = Path(__file__).parents[1]
TODAY = date(2025, 11, 21)
CASES = 2000


def medians(
    ours: Callable[[], object], yardstick: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Milliseconds of both, in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for action, taken in zip((ours, yardstick), times, strict=True):
            start = time.perf_counter()
            action()
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[0][1:]), statistics.median(times[1][1:])


def template_with_slots() -> bytes:
    """Our template with one docxtpl loop over lines of text."""
    import docx

    document = docx.Document(io.BytesIO(base_package()))
    for text in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        document.add_paragraph(text, style="公文正文")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def compose_narrative() -> tuple[float, float]:
    """Case → .docx bytes, against docxtpl with the same lines."""
    case = load((ROOT / "resources/samples/narrative.json").read_text(encoding="utf-8"))
    lines = [line.text for line in lay_out(compose(case, TODAY)).lines()]
    slots = template_with_slots()

    def yardstick() -> None:
        template = docxtpl.DocxTemplate(io.BytesIO(slots))
        template.render({"lines": lines}, autoescape=True)
        template.save(io.BytesIO())

    return medians(lambda: writer.letter_docx(case, TODAY), yardstick, 40)


def full_library(folder: Path) -> str:
    """A library of 2,000 cases; returns the number of one."""
    sample = load((ROOT / "resources/samples/narrative.json").read_text(encoding="utf-8"))
    file = folder / "case.json"
    with library(folder):
        for number in range(CASES):
            case = with_new_keys(sample)
            proposal = replace(case.proposals[0], proposal_number=f"2025{number:04}")
            file.write_text(dump(replace(case, proposals=(proposal,))), encoding="utf-8")
            import_file(file, TODAY)
    return "20251000"


def run(*arguments: str) -> None:
    """A process of its own, start to end."""
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def main() -> None:
    """Print the table."""
    rows = [("case → .docx bytes", "docxtpl, same text and template", 1.0, *compose_narrative())]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        number = full_library(folder)
        opened = folder / "other.db"
        code = f"import peewee; peewee.SqliteDatabase({str(opened)!r}).connect()"
        fuhan = ("-m", "desktop", "--data", place)
        for verb in (("list",), ("show", number), ("show", number, "--json")):
            taken = medians(lambda verb=verb: run(*fuhan, *verb), lambda: run("-c", code), 15)
            name = f"fuhan {' '.join(verb)}, {CASES} cases"
            rows.append((name, "python: import peewee, open", 2.0, *taken))
    print(f"{'':42}{'yardstick':34}{'ms':>8}{'ms':>8}{'ratio':>8}{'limit':>7}")
    for name, yardstick, limit, ours, theirs in rows:
        over = "  OVER" if ours > limit * theirs else ""
        print(
            f"{name:42}{yardstick:34}{ours:8.1f}{theirs:8.1f}{ours / theirs:8.2f}{limit:7.1f}{over}"
        )


if __name__ == "__main__":
    main()
