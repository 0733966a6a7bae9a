"""The demonstration: both sample letters through the whole program, into a folder."""

import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from db.enums import Form, Head
from desktop.errors import OutputError
from desktop.paths import SAMPLES
from desktop.services.cases import import_file
from desktop.services.exports import Settings, export_case
from desktop.services.files import file_name
from desktop.services.library import library
from desktop.terms import FORMS, HEADS


def make_demo(folder: Path, today: date) -> Iterator[Path]:
    """Import the samples into a fresh library and export each in all forms and heads.

    Yields the written files; what stood there under their names is replaced.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{folder}”，没有导出，请换一个地方。") from error
    with tempfile.TemporaryDirectory() as place, library(Path(place)):
        for sample in sorted(SAMPLES.glob("*.json")):
            made = import_file(sample, today)
            for form, head in product(Form, Head):
                name = file_name(f"{made.proposal_number}-{FORMS[form]}-{HEADS[head]}", ".docx")
                settings = Settings(form=form, head=head)
                target = folder / name
                yield export_case(made.key, target, today, settings=settings, overwrite=True).path
