"""The demonstration: both sample letters through the whole program, into a folder."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path

from db.enums import Form, Head
from desktop.errors import OutputError
from desktop.paths import SAMPLES
from desktop.services.cases import import_file
from desktop.services.exports import Printer, Settings, export_case
from desktop.services.files import file_name
from desktop.services.library import library
from desktop.terms import FORMS, HEADS


def make_demo(folder: Path, today: date, printers: Sequence[Printer]) -> Iterator[Path]:
    """Import the samples into a fresh library and export each in all forms and heads by `printers`.

    Yields the written files; what stood there under their names is replaced.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{folder}”，没有导出，请换一个地方。") from error
    with tempfile.TemporaryDirectory() as place, library(Path(place)):
        for sample in sorted(SAMPLES.glob("*.json")):
            made = import_file(sample, today)
            for form, head, printer in product(Form, Head, printers):
                name = f"{made.proposal_number}-{FORMS[form]}-{HEADS[head]}"
                yield export_case(
                    made.key,
                    folder / file_name(name, printer.suffix),
                    today,
                    settings=Settings(form=form, head=head),
                    overwrite=True,
                    printer=printer,
                ).path
