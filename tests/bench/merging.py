"""A returned file (来稿) of a letter of 20 pages: looked at, compared, taken over, taken in."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from docx import Document

from desktop.services import foreign, receiving, returns
from desktop.services.cases import save_case
from desktop.services.exports import export_case
from desktop.services.library import library
from tests.bench.cases import TODAY, of_twenty_pages
from tests.bench.measure import Row, medians
from tests.docx_edits import edited, new_paragraph, paragraphs, set_text

LIMIT, ROUNDS, EVERY = 300.0, 15, 7  # ms; every seventh paragraph is edited


def rows() -> Iterator[Row]:
    """From the drop to what would be taken over, in the warm process; against 300 ms, and against
    python-docx reading the file."""
    case = of_twenty_pages("70301")
    with tempfile.TemporaryDirectory() as place, library(Path(place) / "library"):
        save_case(None, case)
        path = export_case(case.key, Path(place), TODAY).path
        path.write_bytes(edited(path.read_bytes(), _edit))
        assert len(_merged(path).files[0].changes) > 10
        foreign.warm()
        taken = medians(partial(_merged, path), partial(_read, path), ROUNDS)
    name = "a return of 20 pages merged"
    yield Row(name, f"{LIMIT:.0f} ms", 1.0, taken[0], LIMIT)
    yield Row("  the same", "python-docx: its paragraphs", float("inf"), *taken)


def _merged(path: Path) -> receiving.Merge:
    returned = replace(returns.look(path, TODAY), taken_at=None)
    (merge,) = receiving.plan([returned], TODAY, receiving.everything)
    return merge


def _read(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def _edit(root: Any) -> None:
    """Words in one paragraph of seven, a new paragraph behind each of them."""
    for number, (text, p) in enumerate([*paragraphs(root)]):
        if number % EVERY == 0 and len(text) > 100:
            half = len(text) // 2
            set_text(p, f"{text[:half]}（其中{number}处已移交）{text[half:]}")
            p.addnext(new_paragraph(f"第{number}处的经费已列入预算，年底前拨付。"))
