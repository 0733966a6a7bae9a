"""Every part of both samples' .docx, and of the pages they print as, against tests/reference."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from lxml import etree

from db.enums import Form, Head
from desktop.letter.case_file import load
from desktop.letter.pages.package import open_package
from desktop.letter.pages.page import read_docx
from desktop.letter.writer import letter_docx
from tests.cases import FORMS, HEADS, WORDINGS
from tests.conftest import ROOT, TODAY

REFERENCE = ROOT / "tests" / "reference"
SAMPLES = ("narrative", "result-list")


def compare(path: Path, made: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), (
        f"{path.name}: `make golden`, then read the diff"
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_every_part_of_the_docx(name: str, request: pytest.FixtureRequest) -> None:
    case = load((ROOT / f"resources/samples/{name}.json").read_text(encoding="utf-8"))
    package = open_package(letter_docx(case, TODAY))
    folder = REFERENCE / name
    for part in sorted(package.names()):
        root = etree.fromstring(package.archive.read(part))
        etree.indent(root)
        made = etree.tostring(root, encoding="unicode") + "\n"
        compare(folder / (part.replace("/", "__") + ".golden"), made, request)
    expected = {path.name.removesuffix(".golden").replace("__", "/") for path in folder.iterdir()}
    assert expected == set(package.names())


@pytest.mark.parametrize(
    ("name", "form", "wording", "head"), list(product(SAMPLES, FORMS, WORDINGS, HEADS))
)
def test_every_line_of_the_page(
    name: str, form: Form, wording: str, head: Head, request: pytest.FixtureRequest
) -> None:
    case = load((ROOT / f"resources/samples/{name}.json").read_text(encoding="utf-8"))
    case = replace(case, form=form, wording=wording, head=head)
    made = "\n".join(line.text for line in read_docx(letter_docx(case, TODAY)).lines) + "\n"
    compare(REFERENCE / "pages" / f"{name}-{form}-{wording}-{head}.txt", made, request)


def test_the_same_case_is_the_same_file() -> None:
    case = load((ROOT / "resources/samples/narrative.json").read_text(encoding="utf-8"))
    assert letter_docx(case, TODAY) == letter_docx(case, TODAY)
